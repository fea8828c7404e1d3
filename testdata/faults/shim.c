/*
 * Calls that fail, for the tests alone: LD_PRELOAD puts it before the C
 * library. OFUKU_FAULT is a list, by commas, of CALL:ACTION:FIRST[:HOW_MANY]:
 * from the FIRST call of that name on, HOW_MANY (default 1, 0: all) fail.
 * ACTION is an errno name; SHORT (one byte); KILL and KILLED (by signal 9,
 * before or behind the call); TERM (asked to end, before it); or, of read, SHRINK, GROW and REPLACE, done to
 * the file OFUKU_FAULT_FILE (the last by OFUKU_FAULT_OTHER) before the call;
 * or, of pread, too, ESCAPE: what hostile input would have done, tried and
 * told on fd 2.
 * OFUKU_FAULT_COUNTS names a file for how many calls of each name there were.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum call {
	C_MALLOC,
	C_READ,
	C_WRITE,
	C_PREAD,
	C_PWRITE,
	C_OPEN,
	C_TEMPORARY,
	C_FSYNC,
	C_RENAME,
	C_LINK,
	C_UNLINK,
	C_CLOSE,
	C_OPENDIR,
	C_READDIR,
	C_MKDIR,
	C_STAT,
	C_POLL,
	C_THREAD,
	C_N
};

static const char *const names[C_N] = {"malloc", "read", "write", "pread",
    "pwrite", "open", "temporary", "fsync", "rename", "link", "unlink", "close",
    "opendir", "readdir", "mkdir", "stat", "poll", "thread"};

enum action {
	A_ERRNO,
	A_SHORT,
	A_KILL,
	A_KILLED,
	A_TERM,
	A_SHRINK,
	A_GROW,
	A_REPLACE,
	A_ESCAPE
};

static const struct {
	const char *name;
	enum action action;
	int error;
} actions[] = {{"EINTR", A_ERRNO, EINTR}, {"EIO", A_ERRNO, EIO},
    {"ENOSPC", A_ERRNO, ENOSPC}, {"EMFILE", A_ERRNO, EMFILE},
    {"ENFILE", A_ERRNO, ENFILE}, {"ENOMEM", A_ERRNO, ENOMEM},
    {"EACCES", A_ERRNO, EACCES}, {"EAGAIN", A_ERRNO, EAGAIN},
    {"EDQUOT", A_ERRNO, EDQUOT}, {"EOPNOTSUPP", A_ERRNO, EOPNOTSUPP},
    {"SHORT", A_SHORT, 0}, {"KILL", A_KILL, 0}, {"KILLED", A_KILLED, 0},
    {"TERM", A_TERM, 0},
    {"SHRINK", A_SHRINK, 0}, {"GROW", A_GROW, 0}, {"REPLACE", A_REPLACE, 0},
    {"ESCAPE", A_ESCAPE, 0}};

struct fault {
	enum call call;
	enum action action;
	int error;
	unsigned long first, last;
};

static struct fault faults[8];
static size_t nfaults;
static unsigned long counts[C_N];
static bool on;

static void
parse(const char *spec)
{
	char call[16], action[16];
	unsigned long first, many = 1;
	struct fault *f = &faults[nfaults];

	if (nfaults == 8 ||
	    sscanf(spec, "%15[a-z]:%15[A-Z]:%lu:%lu", call, action, &first,
		&many) < 3)
		abort();
	*f = (struct fault){C_N, A_ERRNO, 0, first,
	    many == 0 ? (unsigned long)-1 : first + many - 1};
	for (size_t i = 0; i < C_N; i++)
		if (strcmp(call, names[i]) == 0)
			f->call = (enum call)i;
	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (strcmp(action, actions[i].name) == 0) {
			f->action = actions[i].action;
			f->error = actions[i].error;
			nfaults++;
		}
}

/* Opened before a sandbox forbids it, out of the way of others. */
static int counts_fd = -1;

static void __attribute__((constructor)) begin(void)
{
	const char *s = getenv("OFUKU_FAULT");
	const char *path = getenv("OFUKU_FAULT_COUNTS");
	int fd;

	if (path != NULL) {
		fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
		counts_fd = fcntl(fd, F_DUPFD_CLOEXEC, 500);
		close(fd);
	}

	while (s != NULL && *s != '\0') {
		parse(s);
		s = strchr(s, ',');
		s = s == NULL ? NULL : s + 1;
	}
	on = true;
}

static void __attribute__((destructor)) end(void)
{
	on = false;
	if (counts_fd == -1)
		return;
	for (size_t i = 0; i < C_N; i++)
		dprintf(counts_fd, "%s %lu\n", names[i], counts[i]);
	close(counts_fd);
}

/* The real one, under the asan build its runtime's. */
static void *
real(const char *name)
{
	void *p = dlsym(RTLD_NEXT, name);

	if (p == NULL)
		abort();
	return p;
}
#define REAL(name) ((__typeof__(&name))real(#name))

/* What is to be done with this call of the name; NULL: nothing. */
static const struct fault *
fault(enum call c)
{
	unsigned long n;

	if (!on)
		return NULL;
	n = __atomic_add_fetch(&counts[c], 1, __ATOMIC_RELAXED);
	for (size_t i = 0; i < nfaults; i++)
		if (faults[i].call == c && n >= faults[i].first &&
		    n <= faults[i].last)
			return &faults[i];
	return NULL;
}

static void
die(void)
{
	kill(getpid(), SIGKILL);
	for (;;)
		pause();
}

/* Harmless where they succeed: no signal, no change, an argument amiss. */
static void
try_calls(void)
{
	const long parent = getppid();
	const struct {
		const char *what;
		long number, a, b, c, d;
	} calls[] = {
	    {"signal", SYS_kill, parent, 0, 0, 0},
	    {"signal to a thread", SYS_tgkill, parent, parent, 0, 0},
	    {"queued signal", SYS_rt_sigqueueinfo, parent, 0, 0, 0},
	    {"owner of a descriptor", SYS_fcntl, 2, F_SETOWN, getpid(), 0},
	    {"process by descriptor", SYS_pidfd_open, parent, 0, 0, 0},
	    {"signal by descriptor", SYS_pidfd_send_signal, -1, 0, 0, 0},
	    {"limits of others", SYS_prlimit64, parent, 0, 0, 0},
	    {"own limits", SYS_prlimit64, 0, 0, 1, 0},
	    {"trace", SYS_ptrace, -1, parent, 0, 0},
	    {"memory of others", SYS_process_vm_readv, parent, 0, 0, 0},
	    {"process", SYS_clone, CLONE_FS | CLONE_NEWNS, 0, 0, 0},
	    {"name spaces", SYS_unshare, 0, 0, 0, 0},
	    {"another name space", SYS_setns, -1, 0, 0, 0},
	    {"user", SYS_setresuid, -1, -1, -1, 0},
	    {"group", SYS_setresgid, -1, -1, -1, 0},
	    {"clock", SYS_clock_settime, CLOCK_REALTIME, 0, 0, 0},
	    {"time of day", SYS_settimeofday, 0, 0, 0, 0},
	    {"clock's pace", SYS_adjtimex, 0, 0, 0, 0},
	    {"mode", SYS_fchmodat, -1, 0, 0, 0},
	    {"mode of a descriptor", SYS_fchmod, -1, 04755, 0, 0},
	    {"owner", SYS_fchownat, -1, 0, -1, -1},
	    {"attribute", SYS_setxattr, 0, 0, 0, 0},
	    {"device", SYS_mknodat, -1, 0, 0, 0},
	    {"memory file", SYS_memfd_create, (long)"x", 0, 0, 0},
	    {"personality", SYS_personality, 0xffffffff, 0, 0, 0},
	    {"kernel log", SYS_syslog, 10, 0, 0, 0},
	    {"host name", SYS_sethostname, 0, -1, 0, 0},
	    {"messages", SYS_sendmmsg, -1, 0, 0, 0},
	    {"message", SYS_recvmsg, -1, 0, 0, 0},
	    {"mount", SYS_mount, 0, 0, 0, 0},
	    {"file system", SYS_fsopen, 0, 0, 0, 0},
	    {"tree", SYS_open_tree, -1, 0, 0, 0},
	    {"root", SYS_chroot, 0, 0, 0, 0},
	    {"swap", SYS_swapoff, 0, 0, 0, 0},
	    {"accounting", SYS_acct, -1, 0, 0, 0},
	    {"quota", SYS_quotactl, 0, 0, 0, 0},
	    {"program in the kernel", SYS_bpf, -1, 0, 0, 0},
	    {"events", SYS_perf_event_open, 0, 0, 0, 0},
	    {"page faults", SYS_userfaultfd, -1, 0, 0, 0},
	    {"ring", SYS_io_uring_setup, 0, 0, 0, 0},
	    {"key", SYS_keyctl, -1, 0, 0, 0},
	    {"module", SYS_delete_module, 0, 0, 0, 0},
	    {"watch on files", SYS_inotify_init1, 0, 0, 0, 0},
	    {"queue", SYS_mq_open, 0, 0, 0, 0},
	    {"shared memory", SYS_shmget, 0, 0, 0, 0},
	    {"semaphore", SYS_semget, 0, 0, 0, 0},
	    {"another filter", SYS_prctl, -1, 0, 0, 0},
	    {"typing", SYS_ioctl, -1, TIOCSTI, 0, 0},
	};

	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		errno = 0;
		dprintf(2, "escape: %s: %s\n", calls[i].what,
		    syscall(calls[i].number, calls[i].a, calls[i].b,
			calls[i].c, calls[i].d) == -1 ?
			strerror(errno) :
			"done");
	}
}

static int
try_fork(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid == -1 || waitpid(pid, NULL, 0) == -1 ? -1 : 0;
}

/* One line a try: how it ended. path: of a file that is no input. */
static void
escape(const char *path)
{
	static char *const argv[] = {(char *)"/bin/true", NULL};
	char beside[4096];
	int fd;

#define TRY(what, call) \
	(errno = 0, fd = (call), \
	    dprintf(2, "escape: %s: %s\n", what, \
		fd == -1 ? strerror(errno) : "done"))
	TRY("read a file", REAL(open)("/etc/passwd", O_RDONLY));
	TRY("read another file", REAL(open)(path, O_RDONLY));
	snprintf(beside, sizeof(beside), "%s.new", path);
	TRY("make a file", REAL(open)(beside, O_WRONLY | O_CREAT, 0666));
	TRY("change a file", REAL(open)(path, O_WRONLY));
	TRY("remove a file", REAL(unlink)(path));
	TRY("socket", socket(AF_INET, SOCK_STREAM, 0));
	TRY("local socket", socket(AF_UNIX, SOCK_STREAM, 0));
	TRY("program", execv(argv[0], argv));
	TRY("link", symlink(path, beside));
	TRY("fork", try_fork());
#undef TRY
	try_calls();
}

/* Before the call: true where it fails, errno set. */
static bool
fails(const struct fault *f)
{
	if (f == NULL)
		return false;
	if (f->action == A_KILL)
		die();
	if (f->action == A_TERM)
		raise(SIGTERM);
	if (f->action != A_ERRNO)
		return false;
	errno = f->error;
	return true;
}

static void
done(const struct fault *f)
{
	if (f != NULL && f->action == A_KILLED)
		die();
}

#ifndef WITHOUT_MALLOC
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

void *
malloc(size_t n)
{
	return fails(fault(C_MALLOC)) ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return fails(fault(C_MALLOC)) ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return fails(fault(C_MALLOC)) ? NULL : __libc_realloc(p, n);
}
#endif

static void
disturb(enum action action)
{
	const char *path = getenv("OFUKU_FAULT_FILE");
	const char *other = getenv("OFUKU_FAULT_OTHER");
	static const char line[] =
	    "{\"conversation\":\"c0\",\"text\":\"later\"}\n";
	int fd;

	if (action == A_ESCAPE)
		escape(path);
	if (path == NULL || action == A_ESCAPE)
		return;
	if (action == A_SHRINK && truncate(path, 100) == -1)
		abort();
	if (action == A_REPLACE && REAL(rename)(other, path) == -1)
		abort();
	if (action != A_GROW)
		return;
	fd = REAL(open)(path, O_WRONLY | O_APPEND | O_CLOEXEC);
	if (fd == -1 ||
	    REAL(write)(fd, line, sizeof(line) - 1) != sizeof(line) - 1)
		abort();
	REAL(close)(fd);
}

static size_t
shortened(const struct fault *f, size_t n)
{
	return f != NULL && f->action == A_SHORT && n > 1 ? 1 : n;
}

ssize_t
read(int fd, void *to, size_t n)
{
	const struct fault *f = fault(C_READ);
	ssize_t r;

	if (fails(f))
		return -1;
	if (f != NULL)
		disturb(f->action);
	r = REAL(read)(fd, to, shortened(f, n));
	done(f);
	return r;
}

ssize_t
write(int fd, const void *at, size_t n)
{
	const struct fault *f = fault(C_WRITE);
	ssize_t r;

	if (fails(f))
		return -1;
	r = REAL(write)(fd, at, shortened(f, n));
	done(f);
	return r;
}

ssize_t
pread(int fd, void *to, size_t n, off_t at)
{
	const struct fault *f = fault(C_PREAD);
	ssize_t r;

	if (fails(f))
		return -1;
	if (f != NULL)
		disturb(f->action);
	r = REAL(pread)(fd, to, shortened(f, n), at);
	done(f);
	return r;
}

ssize_t
pread64(int fd, void *to, size_t n, off64_t at)
{
	return pread(fd, to, n, at);
}

ssize_t
pwrite(int fd, const void *from, size_t n, off_t at)
{
	const struct fault *f = fault(C_PWRITE);
	ssize_t r;

	if (fails(f))
		return -1;
	r = REAL(pwrite)(fd, from, shortened(f, n), at);
	done(f);
	return r;
}

ssize_t
pwrite64(int fd, const void *from, size_t n, off64_t at)
{
	return pwrite(fd, from, n, at);
}

/* Files without a name count apart. */
static int
open_at(int folder, const char *path, int flags, mode_t mode)
{
	bool temporary = (flags & O_TMPFILE) == O_TMPFILE;
	const struct fault *f = fault(temporary ? C_TEMPORARY : C_OPEN);
	int fd;

	if (fails(f))
		return -1;
	fd = REAL(openat)(folder, path, flags, mode);
	done(f);
	return fd;
}

/* A mode is there where a file may be made. */
#define MODE_OF(flags, mode) \
	do { \
		va_list ap; \
\
		va_start(ap, flags); \
		if ((flags) & (O_CREAT | O_TMPFILE)) \
			mode = (mode_t)va_arg(ap, int); \
		va_end(ap); \
	} while (0)

int
open(const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open_at(AT_FDCWD, path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open_at(AT_FDCWD, path, flags, mode);
}

int
openat(int folder, const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open_at(folder, path, flags, mode);
}

/* A whole function around the real one: counted, failing, killing. */
#define WRAP(type, name, call, failure, params, args) \
	type name params \
	{ \
		const struct fault *f = fault(call); \
		type r; \
\
		if (fails(f)) \
			return failure; \
		r = REAL(name) args; \
		done(f); \
		return r; \
	}

WRAP(int, fsync, C_FSYNC, -1, (int fd), (fd))
WRAP(int, fdatasync, C_FSYNC, -1, (int fd), (fd))
WRAP(int, rename, C_RENAME, -1, (const char *from, const char *to), (from, to))
WRAP(int, linkat, C_LINK, -1,
    (int from, const char *old, int to, const char *new, int flags),
    (from, old, to, new, flags))
WRAP(int, unlink, C_UNLINK, -1, (const char *path), (path))
WRAP(int, unlinkat, C_UNLINK, -1, (int folder, const char *path, int flags),
    (folder, path, flags))
WRAP(int, close, C_CLOSE, -1, (int fd), (fd))
WRAP(DIR *, opendir, C_OPENDIR, NULL, (const char *path), (path))
WRAP(struct dirent *, readdir, C_READDIR, NULL, (DIR * d), (d))
WRAP(int, mkdir, C_MKDIR, -1, (const char *path, mode_t mode), (path, mode))
WRAP(int, stat, C_STAT, -1, (const char *path, struct stat *st), (path, st))
WRAP(int, poll, C_POLL, -1, (struct pollfd * fds, nfds_t n, int wait),
    (fds, n, wait))
WRAP(int, pthread_create, C_THREAD, EAGAIN,
    (pthread_t * id, const pthread_attr_t *attr, void *(*start)(void *),
	void *ctx),
    (id, attr, start, ctx))
WRAP(int, mkostemp, C_OPEN, -1, (char *path, int flags), (path, flags))
