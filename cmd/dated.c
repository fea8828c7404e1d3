#include "dated.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "list.h"

enum { DATE = 10, FOLDERS_MOST = 1000000 };

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
holds_something(const char *folder)
{
	DIR *d = opendir(folder);
	const struct dirent *e;
	bool holds = d == NULL && errno != ENOENT;

	while (d != NULL && !holds && (e = readdir(d)) != NULL)
		holds = e->d_name[0] != '.';
	if (d != NULL)
		closedir(d);
	return holds;
}

char *
dated_folder(const char *dir, const char *now)
{
	char date[DATE + 1] = "today";
	char *path = NULL;

	if (mkdir(dir, 0777) == -1 && errno != EEXIST)
		return NULL;
	put_date(now, date);
	for (unsigned n = 1; n < FOLDERS_MOST; n++) {
		int rc = n == 1 ? asprintf(&path, "%s/%s", dir, date) :
				  asprintf(&path, "%s/%s.%u", dir, date, n);

		if (rc == -1)
			out_of_memory(strlen(dir));
		if (!holds_something(path))
			return path;
		free(path);
	}
	errno = EEXIST;
	return NULL;
}
