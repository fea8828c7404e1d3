#include "sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "log.h"
#include "message.h"

/* Of later versions than the header's. */
#define TRUNCATE (UINT64_C(1) << 14)

#define READ_ACCESS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE_ACCESS \
	(READ_ACCESS | LANDLOCK_ACCESS_FS_WRITE_FILE | \
	    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | \
	    LANDLOCK_ACCESS_FS_MAKE_DIR | TRUNCATE)
/* Rights that a rule for a file, not a folder, may name. */
#define FILE_ACCESS \
	(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | \
	    TRUNCATE)

/* All rights of a version: none of these is left but by a rule. */
static uint64_t
handled(int version)
{
	uint64_t all = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

	if (version >= 2)
		all |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		all |= TRUNCATE;
	return all;
}

struct ruleset {
	const struct shared *shared;
	int fd;
	uint64_t handled;
};

/* A rule wants a descriptor: without it an input could not be opened, and
 * nobody would know why. */
static void
check_descriptors(const struct shared *s)
{
	if (errno != EMFILE && errno != ENFILE)
		return;
	complain(s->who, "%s: there must be room for some: see `ulimit -n`",
	    strerror(errno));
	exit(OFUKU_TROUBLE);
}

/* What is not there, or no file of a file system, wants no rule. */
static void
allow(const struct ruleset *r, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr rule = {
	    .parent_fd = open(path, O_PATH | O_CLOEXEC)};
	struct stat st;

	if (rule.parent_fd == -1) {
		check_descriptors(r->shared);
		return;
	}
	if (fstat(rule.parent_fd, &st) == 0) {
		rule.allowed_access = access & r->handled;
		if (!S_ISDIR(st.st_mode))
			rule.allowed_access &= FILE_ACCESS;
		(void)syscall(SYS_landlock_add_rule, r->fd,
		    LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(rule.parent_fd);
}

/* Of an entry of a folder, as readdir(3) says it where the file system lets it
 * know: there may be many, and most are files. */
static unsigned char
kind_of(DIR *folder, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN)
		return e->d_type;
	if (fstatat(dirfd(folder), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == -1)
		return DT_UNKNOWN;
	return (unsigned char)IFTODT(st.st_mode);
}

static char *
path_below(const char *folder, const char *name)
{
	char *path;

	if (asprintf(&path, "%s/%s", folder, name) == -1)
		out_of_memory(strlen(folder));
	return path;
}

static void
allow_below(const struct ruleset *r, const char *folder, const char *name)
{
	char *path = path_below(folder, name);

	allow(r, path, READ_ACCESS);
	free(path);
}

/* A link in a folder leads to what is an input, too. */
static void
allow_links(const struct ruleset *r, const char *folder, struct list *folders)
{
	DIR *d = opendir(folder);
	const struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL) {
		/* What is hidden is passed over when inputs are looked for. */
		const unsigned char kind = e->d_name[0] == '.' ? DT_UNKNOWN :
								 kind_of(d, e);

		if (kind == DT_LNK)
			allow_below(r, folder, e->d_name);
		else if (kind == DT_DIR)
			list_add(folders, path_below(folder, e->d_name));
	}
	if (d != NULL)
		closedir(d);
}

/* One folder is open at a time, however deep they lie. */
static void
allow_links_below(const struct ruleset *r, const char *folder)
{
	struct list folders = {0};

	allow_links(r, folder, &folders);
	while (folders.n > 0) {
		char *next = (char *)folders.at[--folders.n];

		allow_links(r, next, &folders);
		free(next);
	}
	list_free(&folders);
}

static void
allow_input(const struct ruleset *r, const char *path)
{
	struct stat st;

	if (strcmp(path, "-") == 0)
		return;
	allow(r, path, READ_ACCESS);
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		allow_links_below(r, path);
}

/* Where a link leads to that is not there yet; NULL: it is no link. */
static char *
link_target(const char *path)
{
	char to[4096], *target;
	ssize_t n = readlink(path, to, sizeof(to) - 1);
	const char *slash = strrchr(path, '/');
	int folder = slash == NULL ? 0 : (int)(slash - path) + 1;

	if (n <= 0)
		return NULL;
	to[n] = '\0';
	if (asprintf(&target, "%.*s%s", to[0] == '/' ? 0 : folder, path, to) ==
	    -1)
		out_of_memory(strlen(path));
	return target;
}

/* The folder of an output, or of where it leads to; for one that is to be
 * made, the folder that it will be in. */
static void
allow_output(const struct ruleset *r, const char *path)
{
	char *real = realpath(path, NULL);
	char *copy, *slash;

	if (real == NULL)
		real = link_target(path);
	copy = strdup(real == NULL ? path : real);
	free(real);
	if (copy == NULL)
		out_of_memory(strlen(path));
	allow(r, copy, WRITE_ACCESS);
	slash = strrchr(copy, '/');
	if (slash == NULL)
		allow(r, ".", WRITE_ACCESS);
	else
		slash[slash == copy] = '\0';
	if (slash != NULL)
		allow(r, copy, WRITE_ACCESS);
	free(copy);
}

/* What the C library and ICU read by themselves, and what is loaded late. */
static void
allow_system(const struct ruleset *r)
{
	static const char *const paths[] = {"/usr/lib", "/usr/local/lib",
	    "/lib", "/lib64", "/etc/ld.so.cache", "/proc",
	    "/sys/devices/system/cpu", "/dev/null", "/dev/urandom"};
	const char *tmp = getenv("TMPDIR");
	char *beside = link_target("/proc/self/exe"), *slash;

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		allow(r, paths[i], READ_ACCESS);
	/* bin/ofuku of a tarball has its libraries in lib/. */
	slash = beside == NULL ? NULL : strrchr(beside, '/');
	if (slash != NULL) {
		*slash = '\0';
		allow_below(r, beside, "../lib");
	}
	free(beside);
	allow(r, "/dev/null", FILE_ACCESS);
	allow(r, tmp == NULL || *tmp == '\0' ? "/tmp" : tmp,
	    WRITE_ACCESS | LANDLOCK_ACCESS_FS_REMOVE_DIR);
}

/* The version that is in effect; 0: none. */
static int
enter_landlock(const struct shared *s, const struct sandbox *box)
{
	struct landlock_ruleset_attr attr;
	struct ruleset r;
	int version = (int)syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);

	if (version <= 0)
		return 0;
	r.shared = s;
	r.handled = attr.handled_access_fs = handled(version);
	r.fd = (int)syscall(
	    SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
	if (r.fd == -1)
		return 0;
	allow_system(&r);
	for (size_t i = 0; i < s->operands.n; i++)
		allow_input(&r, s->operands.at[i]);
	for (size_t i = 0; i < box->read.n; i++)
		allow(&r, box->read.at[i], READ_ACCESS);
	for (size_t i = 0; i < box->write.n; i++)
		allow_output(&r, box->write.at[i]);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    syscall(SYS_landlock_restrict_self, r.fd, 0) == -1)
		version = 0;
	close(r.fd);
	return version;
}

/* A container may have taken seccomp itself; threads to come inherit it, and
 * there are no others yet. The filter is made at build time, for libseccomp
 * hangs where memory is short. */
static bool
enter_seccomp(void)
{
#define OWN_PID ((uint32_t)getpid())
	struct sock_filter calls[] = {
#include "allowed_calls.h"
	};
	const struct sock_fprog filter = {
	    sizeof(calls) / sizeof(*calls), calls};

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

static void
say(const struct shared *s, int landlock, bool seccomp)
{
	char text[100];

	if (!s->verbose)
		return;
	if (landlock > 0)
		(void)snprintf(text, sizeof(text),
		    "sandbox: files by Landlock %d, calls %s", landlock,
		    seccomp ? "by seccomp" : "not: no seccomp here");
	else
		(void)snprintf(text, sizeof(text),
		    "sandbox: files not: no Landlock here, calls %s",
		    seccomp ? "by seccomp" : "not: no seccomp here");
	log_line("detail", s->who, text);
}

void
sandbox_enter(const struct shared *s, struct sandbox *box)
{
#ifdef WITHOUT_SANDBOX /* make coverage */
	(void)enter_landlock, (void)enter_seccomp, (void)say;
#else
	if (!s->no_sandbox) {
		int landlock = enter_landlock(s, box);

		say(s, landlock, enter_seccomp());
	}
#endif
	list_free(&box->read);
	list_free(&box->write);
}

/* Readers of a state lock it and write beside it, too; the other operands
 * are ids. */
void
sandbox_state(const struct shared *s)
{
	struct shared alone = *s;
	struct sandbox box = {0};

	sandbox_writes(&box, s->operands.at[0]);
	alone.operands.n = 0;
	sandbox_enter(&alone, &box);
}

void
sandbox_reads(struct sandbox *box, const char *path)
{
	if (path != NULL && strcmp(path, "-") != 0)
		list_add(&box->read, path);
}

void
sandbox_writes(struct sandbox *box, const char *path)
{
	if (path != NULL && strcmp(path, "-") != 0)
		list_add(&box->write, path);
}
