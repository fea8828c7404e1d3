/*
 * ICU asks for memory in places that tell nobody when there is none, so that
 * words would be cut elsewhere. With this it gets what never fails.
 */
#ifndef OFUKU_TEXT_ICUMEMORY_H
#define OFUKU_TEXT_ICUMEMORY_H

/* For the whole process, before ICU has been used. */
void icu_use_memory(void);

#endif
