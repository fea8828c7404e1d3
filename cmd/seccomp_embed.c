/*
 * Prints, when ofuku is built, the seccomp filter of its sandbox as members of
 * a struct sock_filter array: the calls below are what reading, matching and
 * writing take, all others fail with EPERM. OWN_PID, which the array's user
 * defines, is the process's own id. A name that libseccomp does not know is
 * one of a newer kernel or of another machine: nobody here calls it.
 */
#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stdio.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#endif

/* Stands for OWN_PID in the filter; no process has this id. */
#define OWN_PID 0x5e1f0f1dU

static const char *const allowed[] = {
    /* Files, which Landlock chooses. */
    "access",
    "faccessat",
    "faccessat2",
    "open",
    "openat",
    "close",
    "close_range",
    "read",
    "readv",
    "pread64",
    "preadv",
    "write",
    "writev",
    "pwrite64",
    "pwritev",
    "lseek",
    "_llseek",
    "stat",
    "stat64",
    "fstat",
    "fstat64",
    "lstat",
    "lstat64",
    "newfstatat",
    "fstatat64",
    "statx",
    "statfs",
    "statfs64",
    "fstatfs",
    "fstatfs64",
    "getdents",
    "getdents64",
    "readlink",
    "readlinkat",
    "getcwd",
    "dup",
    "dup2",
    "dup3",
    "pipe",
    "pipe2",
    "flock",
    "fadvise64",
    "fadvise64_64",
    "readahead",
    "poll",
    "ppoll",
    "ppoll_time64",
    "select",
    "_newselect",
    "pselect6",
    "pselect6_time64",
    /* Outputs: linkat gives one that is complete its name, fchown and fchmod
     * make SQLite's files those of the state's owner. */
    "ftruncate",
    "ftruncate64",
    "fallocate",
    "fsync",
    "fdatasync",
    "mkdir",
    "mkdirat",
    "rename",
    "renameat",
    "renameat2",
    "linkat",
    "unlink",
    "unlinkat",
    "rmdir",
    "umask",
    "fchown",
    "fchown32",
    /* Memory; PCRE2 makes some of it executable. */
    "brk",
    "mmap",
    "mmap2",
    "munmap",
    "mremap",
    "mprotect",
    "madvise",
    "msync",
    /* Threads and what they wait for. */
    "futex",
    "futex_time64",
    "set_robust_list",
    "rseq",
    "set_tid_address",
    "membarrier",
    "sched_yield",
    "sched_getaffinity",
    "exit",
    "exit_group",
    "wait4",
    "waitpid",
    "waitid",
    /* Signals to itself. */
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "rt_sigsuspend",
    "sigaction",
    "sigprocmask",
    "sigreturn",
    "sigaltstack",
    "alarm",
    "setitimer",
    "restart_syscall",
    /* What it is, and what time. */
    "getpid",
    "gettid",
    "getppid",
    "getpgrp",
    "getpgid",
    "getuid",
    "getuid32",
    "geteuid",
    "geteuid32",
    "getgid",
    "getgid32",
    "getegid",
    "getegid32",
    "getrlimit",
    "ugetrlimit",
    "getrusage",
    "sysinfo",
    "uname",
    "getcpu",
    "times",
    "getrandom",
    "time",
    "gettimeofday",
    "clock_gettime",
    "clock_gettime64",
    "clock_getres",
    "nanosleep",
    "clock_nanosleep",
    "clock_nanosleep_time64",
#ifdef SANITIZED
    /* Their search for leaks is another process, and a tracer. */
    "clone",
    "ptrace",
    "prctl",
    "kill",
    "tgkill",
    "getdents64",
    "pipe2",
#endif
};

enum { ARGUMENTS_MOST = 2 };

/* Allowed where each of the arguments, & mask, is the value. */
struct limited {
	const char *name;
	struct {
		unsigned at;
		uint64_t mask, value;
	} arguments[ARGUMENTS_MOST];
};

#define ALL UINT64_MAX
#define LOW UINT64_C(0xffffffff)
#define NEW_SPACES \
	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | \
	    CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)
#ifdef __s390__
#define CLONE_FLAGS 1
#else
#define CLONE_FLAGS 0
#endif

#define FCNTL(command) \
	{"fcntl", {{1, LOW, command}}}, \
	{ \
		"fcntl64", \
		{ \
			{ \
				1, LOW, command \
			} \
		} \
	}
#define IOCTL(request) \
	{ \
		"ioctl", \
		{ \
			{ \
				1, LOW, request \
			} \
		} \
	}

static const struct limited limited[] = {
#ifndef SANITIZED
    {"clone", {{CLONE_FLAGS, CLONE_THREAD | NEW_SPACES, CLONE_THREAD}}},
    {"kill", {{0, LOW, OWN_PID}}},
    {"tgkill", {{0, LOW, OWN_PID}}},
#endif
    {"prlimit64", {{0, LOW, 0}, {2, ALL, 0}}},
    {"fchmod", {{1, LOW & ~UINT64_C(0777), 0}}},
    /* Not F_SETOWN and F_SETSIG, which signal others. */
    FCNTL(F_DUPFD),
    FCNTL(F_DUPFD_CLOEXEC),
    FCNTL(F_GETFD),
    FCNTL(F_SETFD),
    FCNTL(F_GETFL),
    FCNTL(F_SETFL),
    FCNTL(F_GETLK),
    FCNTL(F_SETLK),
    FCNTL(F_SETLKW),
    FCNTL(F_OFD_GETLK),
    FCNTL(F_OFD_SETLK),
    FCNTL(F_OFD_SETLKW),
    /* Is it a terminal, whose, how wide; not TIOCSTI, which types. */
    IOCTL(TCGETS),
#ifdef TCGETS2
    IOCTL(TCGETS2),
#endif
    IOCTL(TIOCGPGRP),
    IOCTL(TIOCGWINSZ),
};

/* 0, or a negative errno. */
static int
add(scmp_filter_ctx filter, uint32_t action, const char *name, unsigned n,
    const struct scmp_arg_cmp *arguments)
{
	int call = seccomp_syscall_resolve_name(name);

	return call == __NR_SCMP_ERROR ?
	    0 :
	    seccomp_rule_add_array(filter, action, call, n, arguments);
}

static int
add_limited(scmp_filter_ctx filter, const struct limited *l)
{
	struct scmp_arg_cmp arguments[ARGUMENTS_MOST];
	unsigned n = 0;

	for (; n < ARGUMENTS_MOST && l->arguments[n].mask != 0; n++)
		arguments[n] = (struct scmp_arg_cmp){l->arguments[n].at,
		    SCMP_CMP_MASKED_EQ, l->arguments[n].mask,
		    l->arguments[n].value};
	return add(filter, SCMP_ACT_ALLOW, l->name, n, arguments);
}

static int
add_all(scmp_filter_ctx filter)
{
	/* Its flags are out of a filter's sight; without it clone is called. */
	int rc = add(filter, SCMP_ACT_ERRNO(ENOSYS), "clone3", 0, NULL);

	for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed) && rc == 0;
	     i++)
		rc = add(filter, SCMP_ACT_ALLOW, allowed[i], 0, NULL);
	for (size_t i = 0; i < sizeof(limited) / sizeof(*limited) && rc == 0;
	     i++)
		rc = add_limited(filter, &limited[i]);
	return rc;
}

/* The filter's program, written to a file. -1: errno says why. */
static int
put_filter(FILE *f)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int rc = filter == NULL ? -ENOMEM : add_all(filter);

	if (rc == 0)
		rc = seccomp_export_bpf(filter, fileno(f));
	seccomp_release(filter);
	errno = -rc;
	return rc == 0 ? 0 : -1;
}

static void
print_step(const struct sock_filter *step)
{
	printf("{%#x, %u, %u, ", (unsigned)step->code, (unsigned)step->jt,
	    (unsigned)step->jf);
	if (step->k == OWN_PID)
		printf("OWN_PID},\n");
	else
		printf("%#x},\n", (unsigned)step->k);
}

int
main(void)
{
	FILE *f = tmpfile();
	struct sock_filter step;

	if (f == NULL || put_filter(f) == -1 || fseek(f, 0, SEEK_SET) == -1) {
		perror("seccomp_embed");
		return 1;
	}
	while (fread(&step, sizeof(step), 1, f) == 1)
		print_step(&step);
	fclose(f);
	return fflush(stdout) == 0 ? 0 : 1;
}
