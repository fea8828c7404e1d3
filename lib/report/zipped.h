/*
 * Is a ZIP file of XML documents whole? For one that a library wrote by way of
 * temporary files, without asking whether those took what it wrote.
 */
#ifndef OFUKU_REPORT_ZIPPED_H
#define OFUKU_REPORT_ZIPPED_H

#include <stdbool.h>

/* Each member can be read (APPNOTE.TXT 4.3) and ends with its root's tag. */
bool zipped_whole(int fd);

#endif
