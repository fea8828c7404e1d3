/*
 * Prints, when ofuku is built, the seccomp filter of its sandbox as members of
 * a struct sock_filter array: each call below fails with EPERM, others do not.
 */
#include <errno.h>
#include <linux/filter.h>
#include <seccomp.h>
#include <stdio.h>
#include <unistd.h>

static const int refused[] = {
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(add_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(request_key),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(symlink),
    SCMP_SYS(symlinkat),
    SCMP_SYS(mknod),
    SCMP_SYS(mknodat),
    SCMP_SYS(chown),
    SCMP_SYS(fchownat),
    SCMP_SYS(setuid),
    SCMP_SYS(setgid),
    SCMP_SYS(swapon),
    SCMP_SYS(reboot),
#ifndef __SANITIZE_ADDRESS__ /* whose search for leaks is a tracer's */
    SCMP_SYS(ptrace),
#endif
};

/* The filter's program, written to a file. -1: errno says why. */
static int
put_filter(FILE *f)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int rc = filter == NULL ? -ENOMEM : 0;

	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused) && rc == 0;
	     i++)
		rc = seccomp_rule_add(
		    filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
	if (rc == 0)
		rc = seccomp_export_bpf(filter, fileno(f));
	seccomp_release(filter);
	errno = -rc;
	return rc == 0 ? 0 : -1;
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
		printf("{%#x, %u, %u, %#x},\n", (unsigned)step.code,
		    (unsigned)step.jt, (unsigned)step.jf, (unsigned)step.k);
	fclose(f);
	return fflush(stdout) == 0 ? 0 : 1;
}
