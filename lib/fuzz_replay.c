/* Calls a fuzz target with each file that is named: what fuzzers found. */
#include <dirent.h>
#include <string.h>

#include "base/buf.h"
#include "base/fuzz.h"

static size_t played;

static void
play(const char *path)
{
	struct buf b = {0};
	FILE *f = fopen(path, "rbe");
	size_t n;
	unsigned char *copy;

	if (f == NULL) {
		perror(path);
		exit(1);
	}
	while ((n = fread(buf_room(&b, 65536), 1, 65536, f)) > 0)
		b.len += n;
	fclose(f);
	/* To the byte, so that a read beyond the end is seen. */
	copy = malloc(b.len + (b.len == 0));
	if (copy == NULL)
		exit(1);
	if (b.len > 0)
		memcpy(copy, b.at, b.len);
	LLVMFuzzerTestOneInput(copy, b.len);
	free(copy);
	buf_free(&b);
	played++;
}

static void
play_folder(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *e;

	if (d == NULL) {
		play(path);
		return;
	}
	while ((e = readdir(d)) != NULL) {
		char file[4096];

		if (e->d_name[0] == '.')
			continue;
		(void)snprintf(file, sizeof(file), "%s/%s", path, e->d_name);
		play(file);
	}
	closedir(d);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		play_folder(argv[i]);
	printf("%zu passed, 0 failed\n", played);
	return 0;
}
