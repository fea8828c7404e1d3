#include "base/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

struct stop *
stop_new(void)
{
	struct stop *s = mem_alloc(sizeof(*s));

	if (pipe2(s->ends, O_CLOEXEC | O_NONBLOCK) == -1)
		s->ends[0] = s->ends[1] = -1;
	return s;
}

void
stop_free(struct stop *s)
{
	if (s == NULL)
		return;
	close(s->ends[0]);
	close(s->ends[1]);
	free(s);
}

/* What is written stays in the pipe: from now on no thread waits. */
void
stop_ask(struct stop *s)
{
	int before = errno;

	atomic_store(&s->asked, true);
	if (write(s->ends[1], "", 1) == -1)
		errno = before;
	errno = before;
}

int
watch_go_on(const struct watch *w, struct err *err)
{
	return w != NULL && stop_asked(w->stop) ? fail(err, "interrupted") : 0;
}

/* poll leaves a negative descriptor out, and says of a file that it can be
 * read. */
int
watch_wait(const struct watch *w, int fd, struct err *err)
{
	struct pollfd fds[] = {
	    {.fd = fd, .events = POLLIN}, {.fd = -1, .events = POLLIN}};

	if (w == NULL || w->stop == NULL)
		return 0;
	fds[1].fd = w->stop->ends[0];
	while (!stop_asked(w->stop) && poll(fds, 2, -1) == -1 && errno == EINTR)
		;
	return watch_go_on(w, err);
}

void
watch_read(struct watch *w, uint64_t bytes)
{
	if (w != NULL)
		watch_add(&w->bytes, bytes);
}
