#include "base/apart.h"

#include <libgen.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

/* Links that lead to one another; the system follows as many. */
enum { LINKS_MOST = 40 };

struct apart_file {
	const char *option, *path;
	struct span place; /* the same for the same file; empty: no matter */
	bool written;
	bool there; /* a file, by device and inode */
	dev_t dev;
	ino_t ino;
};

static struct span place_of(struct arena *, const char *path, unsigned links);

/* What is not there yet has the place of its folder, and a name. */
static struct span
place_in_folder(struct arena *a, const char *path, unsigned links)
{
	const char *folder = dirname(arena_cstr(a, span_of(path)));
	const char *name = basename(arena_cstr(a, span_of(path)));
	struct span above;

	if (strcmp(path, folder) == 0)
		return span_of(path);
	above = place_of(a, folder, links);
	if (strcmp(name, ".") == 0)
		return above;
	return span_of(arena_printf(a, "%.*s/%s", SPAN_FMT(above), name));
}

/* Where a link leads to that leads to nothing yet; NULL: it is no link. */
static const char *
link_target(struct arena *a, const char *path)
{
	char to[4096];
	ssize_t n = readlink(path, to, sizeof(to));
	const char *folder;

	if (n <= 0)
		return NULL;
	if (to[0] == '/')
		return arena_printf(a, "%.*s", (int)n, to);
	folder = dirname(arena_cstr(a, span_of(path)));
	return arena_printf(a, "%s/%.*s", folder, (int)n, to);
}

static struct span
place_of(struct arena *a, const char *path, unsigned links)
{
	const char *target = NULL;
	struct stat st;

	if (stat(path, &st) == 0)
		return span_of(arena_printf(
		    a, "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino));
	if (links < LINKS_MOST)
		target = link_target(a, path);
	return target != NULL ? place_of(a, target, links + 1) :
				place_in_folder(a, path, links);
}

/* Is it what standard output goes to, as /dev/stdout is? */
static bool
is_stdout(const struct apart_file *f)
{
	struct stat st;

	return f->there && fstat(STDOUT_FILENO, &st) == 0 &&
	    st.st_dev == f->dev && st.st_ino == f->ino;
}

/* Two outputs may share what standard output goes to, by its name. */
static struct span
place(struct arena *a, const struct apart_file *f, bool other)
{
	if (f->written && strcmp(f->path, "-") == 0)
		return SPAN("-");
	if (other || (f->written && is_stdout(f)))
		return (struct span){0};
	return place_of(a, f->path, 0);
}

static void
add(struct apart *a, const char *option, const char *path, bool written)
{
	struct apart_file f = {
	    .option = option, .path = path, .written = written};
	struct stat st;
	bool found = written && strcmp(path, "-") == 0 ?
	    fstat(STDOUT_FILENO, &st) == 0 :
	    stat(path, &st) == 0;

	f.there = found && S_ISREG(st.st_mode);
	if (f.there) {
		f.dev = st.st_dev;
		f.ino = st.st_ino;
	}
	f.place = place(&a->arena, &f, found && !f.there);
	a->at = mem_grow(a->at, &a->cap, a->n + 1, sizeof(*a->at));
	a->at[a->n++] = f;
}

void
apart_reads(struct apart *a, const char *option, const char *path)
{
	if (path != NULL && *path != '\0')
		add(a, option, path, false);
}

void
apart_writes(struct apart *a, const char *option, const char *path)
{
	if (path != NULL)
		add(a, option, path, true);
}

static struct span
shown(struct apart *a, const struct apart_file *f)
{
	return strcmp(f->path, "-") == 0 ? SPAN("standard output") :
					   path_label(&a->arena, f->path);
}

static int
check_pairs(struct apart *a, const struct apart_file *f, struct err *err)
{
	for (const struct apart_file *g = a->at; g < f; g++)
		if ((f->written || g->written) && f->place.len > 0 &&
		    span_eq(f->place, g->place))
			return fail(err,
			    "%s and %s name one file, %.*s: give each its own",
			    g->option, f->option, SPAN_FMT(shown(a, f)));
	return 0;
}

static bool
begins(struct span head, bool workbook)
{
	static const char *const outputs[] = {"policy,rules,",
	    "policy\trules\t", "方針,", "方針\t",
	    "{\"policy\":", "source,line,byte,reason,", "ファイル,行,",
	    "<!doctype html>", "SQLite format 3", "{\"manifest\":"};

	if (span_starts(head, SPAN("\xef\xbb\xbf")))
		head = (struct span){head.at + 3, head.len - 3};
	for (size_t i = 0; i < sizeof(outputs) / sizeof(*outputs); i++)
		if (span_starts(head, span_of(outputs[i])))
			return true;
	return head.len == 0 ||
	    (workbook && span_starts(head, SPAN("PK\003\004")));
}

/* Is it what a run of ofuku wrote, and no transcript? */
static bool
is_output(const char *path)
{
	char head[32];
	FILE *f = fopen(path, "rbe");
	size_t n = f == NULL ? 0 : fread(head, 1, sizeof(head), f);

	if (f == NULL)
		return false;
	fclose(f);
	return begins(
	    (struct span){head, n}, span_ends(span_of(path), SPAN(".xlsx")));
}

/* What was written into a folder last night is not read tonight; neither is it
 * a transcript that gives way to a report. */
static int
check_inputs(const struct apart_file *f, struct walk *inputs, struct err *err)
{
	size_t n = 0;

	for (size_t i = 0; i < inputs->n; i++) {
		const struct walked *w = &inputs->at[i];
		bool same = w->sized && w->dev == f->dev && w->ino == f->ino;

		if (same && (w->named || !is_output(w->path)))
			return fail(err,
			    "%s: %.*s is an input: write to another file",
			    f->option, SPAN_FMT(w->label));
		if (!same)
			inputs->at[n++] = *w;
	}
	inputs->n = n;
	return 0;
}

int
apart_check(struct apart *a, struct walk *inputs, struct err *err)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct apart_file *f = &a->at[i];

		if (check_pairs(a, f, err) == -1 ||
		    (f->written && f->there &&
			check_inputs(f, inputs, err) == -1))
			return -1;
	}
	return 0;
}

/* Who reads them says it. */
static void
no_trouble(void *ctx, const char *line)
{
	(void)ctx, (void)line;
}

int
apart_check_paths(
    struct apart *a, const char *const *paths, size_t n, struct err *err)
{
	struct walk inputs = {.trouble = no_trouble};
	int rc;

	(void)walk_paths(&inputs, paths, n);
	for (size_t i = 0; i < inputs.n; i++)
		inputs.at[i].named = true;
	rc = apart_check(a, &inputs, err);
	walk_free(&inputs);
	return rc;
}

void
apart_free(struct apart *a)
{
	free(a->at);
	arena_free(&a->arena);
}
