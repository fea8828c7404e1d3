/* ofuku verify: an audit that left a manifest, once more. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "message.h"

struct verify {
	struct shared shared;
};

static const struct option_group *const groups[] = {
    &group_sandbox, &group_common, NULL};

/* A folder of ours: what lies in it, and itself. */
static void
remove_folder(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *e;
	char *inner;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (asprintf(&inner, "%s/%s", path, e->d_name) == -1)
			out_of_memory(strlen(path));
		if (unlink(inner) == -1)
			remove_folder(inner);
		free(inner);
	}
	if (d != NULL)
		closedir(d);
	rmdir(path);
}

static char *
make_folder(const char *who)
{
	const char *tmp = getenv("TMPDIR");
	char *path;

	if (asprintf(&path, "%s/ofuku-verify-XXXXXX",
		tmp == NULL || *tmp == '\0' ? "/tmp" : tmp) == -1)
		out_of_memory(32);
	if (mkdtemp(path) != NULL)
		return path;
	complain(who, "%s: %s: set TMPDIR to a folder to write in", path,
	    strerror(errno));
	free(path);
	return NULL;
}

/* What is on the disk, and what comes out once more. */
static int
verify_in(
    const struct verify *v, const struct ofuku_manifest *m, const char *folder)
{
	const char *before = v->shared.operands.at[0];
	int changed = (int)ofuku_manifest_look(m, stdout), r;
	char *path;
	struct ofuku_manifest *now;
	struct ofuku_error err = {0};

	if (asprintf(&path, "%s/manifest.json", folder) == -1)
		out_of_memory(strlen(folder));
	r = audit_again(&v->shared, m, folder);
	now = ofuku_manifest_load(path, &err);
	free(path);
	if (now == NULL) {
		complain(v->shared.who,
		    "%s: its audit could not be repeated: run it in the "
		    "folder in which it ran, with its inputs and rules",
		    before);
		return r == OFUKU_BAD_RULES ? r : OFUKU_TROUBLE;
	}
	r = (int)ofuku_manifest_compare(m, now, stdout);
	ofuku_manifest_free(now);
	return r == OFUKU_PASS ? changed : r;
}

static int
verify(const struct verify *v, const struct ofuku_manifest *m)
{
	char *folder = make_folder(v->shared.who);
	int r = OFUKU_TROUBLE;

	if (folder != NULL) {
		r = verify_in(v, m, folder);
		remove_folder(folder);
	}
	free(folder);
	if (r == OFUKU_PASS && !v->shared.quiet)
		fprintf(stderr, "ofuku: %s: repeated, nothing differs\n",
		    v->shared.operands.at[0]);
	return r;
}

static int
run(void *settings)
{
	struct verify *v = settings;
	struct ofuku_manifest *m;
	struct ofuku_error err = {0};
	int r;

	if (v->shared.operands.n != 1) {
		usage_error(v->shared.who, "which manifest?");
		return OFUKU_TROUBLE;
	}
	m = ofuku_manifest_load(v->shared.operands.at[0], &err);
	if (m == NULL) {
		complain(v->shared.who, "%s", err.text);
		return OFUKU_TROUBLE;
	}
	r = verify(v, m);
	ofuku_manifest_free(m);
	return r;
}

const struct command command_verify = {
    .name = "verify",
    .operands = "MANIFEST",
    .help = "repeat an audit from its manifest and compare",
    .more = "Audits once more what audit --manifest has written down, in "
	    "the folder in which it ran, and prints what differs: inputs, "
	    "rules, versions, counts, reports, also those that it wrote into "
	    "files, which are not touched. Exit status: 0 nothing differs, "
	    "1 something does, 2 trouble, 3 invalid rules.",
    .groups = groups,
    .size = sizeof(struct verify),
    .run = run,
};
