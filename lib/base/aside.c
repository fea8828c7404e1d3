#include "base/aside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

const char *
aside_temporary(void)
{
	const char *dir = getenv("TMPDIR");

	return dir == NULL || *dir == '\0' ? "/tmp" : dir;
}

/* Of a run that was killed: nobody holds its lock. */
static void
remove_stale(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (fd == -1)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		unlinkat(folder, name, 0);
	close(fd);
}

void
aside_clear(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	size_t n;

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL) {
		n = strlen(e->d_name);
		if (strncmp(e->d_name, ".ofuku-", 7) == 0 && n > 11 &&
		    strcmp(e->d_name + n - 4, ".tmp") == 0)
			remove_stale(dirfd(d), e->d_name);
	}
	closedir(d);
}

/* It does not grow from the path's own name, which may be as long as the
 * system allows. */
char *
aside_name(const char *path, int len, unsigned n)
{
	struct buf name = {0};

	buf_printf(
	    &name, "%.*s.ofuku-%ld-%u.tmp", len, path, (long)getpid(), n);
	return buf_cstr(&name);
}

/* A lock tells others that somebody writes it; it may have been removed
 * before the lock was there. False: another name is to be tried. */
static bool
claim(int fd)
{
	struct stat st;

	if (flock(fd, LOCK_EX | LOCK_NB) == -1)
		return errno != EWOULDBLOCK;
	return fstat(fd, &st) == 0 && st.st_nlink > 0;
}

int
aside_open(const char *path, int len, int access, mode_t mode, char **name)
{
	for (unsigned i = 0; i < 1000; i++) {
		char *s = aside_name(path, len, i);
		int fd = open(s, access | O_CREAT | O_EXCL | O_CLOEXEC, mode);

		if (fd != -1 && claim(fd)) {
			*name = s;
			return fd;
		}
		free(s);
		if (fd == -1 && errno != EEXIST)
			return -1;
		if (fd != -1)
			close(fd);
	}
	return -1;
}
