#include "dated.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "list.h"

enum { DATE = 10, FOLDERS_MOST = 1000 };

/* Of now what is a date; of the clock where that says none. */
static void
put_date(const char *now, char date[DATE + 1])
{
	time_t t = time(NULL);
	struct tm tm;

	if (now != NULL && strlen(now) > DATE)
		memcpy(date, now, DATE);
	else if (localtime_r(&t, &tm) != NULL)
		strftime(date, DATE + 1, "%Y-%m-%d", &tm);
}

/* What a run that was killed leaves behind is hidden. */
static bool
is_empty(int fd)
{
	int copy = dup(fd);
	DIR *d = copy == -1 ? NULL : fdopendir(copy);
	const struct dirent *e;
	bool empty = d != NULL;

	while (empty && (e = readdir(d)) != NULL)
		empty = e->d_name[0] == '.';
	if (d != NULL)
		closedir(d);
	else if (copy != -1)
		close(copy);
	return empty;
}

/*
 * Takes the folder, made where it is not there, for this process as long as it
 * lives. False: another has it, or something stands in it; *failed: it cannot
 * be had at all, errno says why.
 */
static bool
take(const char *path, bool *failed)
{
	int fd;

	*failed = mkdir(path, 0777) == -1 && errno != EEXIST;
	if (*failed)
		return false;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*failed = fd == -1 && errno != ENOTDIR;
	if (fd == -1)
		return false;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 && is_empty(fd))
		return true;
	close(fd);
	return false;
}

char *
dated_folder(const char *dir, const char *now)
{
	char date[DATE + 1] = "today";
	char *path = NULL;
	bool failed = mkdir(dir, 0777) == -1 && errno != EEXIST;

	put_date(now, date);
	for (unsigned n = 1; n < FOLDERS_MOST && !failed; n++) {
		int rc = n == 1 ? asprintf(&path, "%s/%s", dir, date) :
				  asprintf(&path, "%s/%s.%03u", dir, date, n);

		if (rc == -1)
			out_of_memory(strlen(dir));
		if (take(path, &failed))
			return path;
		free(path);
	}
	if (!failed)
		errno = EEXIST;
	return NULL;
}
