#include "base/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define PIECE ((size_t)2 << 20) /* a large page */
enum { ALIGN = 16, HEAD = 64, SPARE_MOST = 4 };

/* Stands at the beginning of a piece, which is aligned to its size. */
struct piece {
	atomic_size_t users; /* what was taken of it, and who takes of it */
	size_t used;
	struct piece *next; /* spare */
};
_Static_assert(sizeof(struct piece) <= HEAD, "the head has room");

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct piece *spare;
static unsigned nspare;
static _Thread_local struct piece *mine;

static struct piece *
map_piece(void)
{
	char *at = mmap(NULL, 2 * PIECE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t before;

	if (at == MAP_FAILED)
		return NULL;
	before = -(uintptr_t)at & (PIECE - 1);
	if (before > 0)
		munmap(at, before);
	munmap(at + before + PIECE, PIECE - before);
	madvise(at + before, PIECE, MADV_HUGEPAGE);
	return (struct piece *)(void *)(at + before);
}

static struct piece *
piece_new(void)
{
	struct piece *p;

	pthread_mutex_lock(&lock);
	p = spare;
	if (p != NULL) {
		spare = p->next;
		nspare--;
	}
	pthread_mutex_unlock(&lock);
	if (p == NULL)
		p = map_piece();
	if (p == NULL)
		return NULL;
	atomic_init(&p->users, 1);
	p->used = HEAD;
	return p;
}

static void
drop(struct piece *p)
{
	bool keep;

	if (atomic_fetch_sub(&p->users, 1) > 1)
		return;
	pthread_mutex_lock(&lock);
	keep = nspare < SPARE_MOST;
	if (keep) {
		p->next = spare;
		spare = p;
		nspare++;
	}
	pthread_mutex_unlock(&lock);
	if (!keep)
		munmap(p, PIECE);
}

void *
pool_take(size_t n)
{
	void *at;

	if (SANITIZED || n > POOL_MOST)
		return NULL;
	n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (mine != NULL && PIECE - mine->used < n)
		pool_leave();
	if (mine == NULL)
		mine = piece_new();
	if (mine == NULL)
		return NULL;
	at = (char *)mine + mine->used;
	mine->used += n;
	atomic_fetch_add(&mine->users, 1);
	return at;
}

void
pool_give(void *at)
{
	drop((struct piece *)((uintptr_t)at & ~(uintptr_t)(PIECE - 1)));
}

void
pool_leave(void)
{
	if (mine != NULL)
		drop(mine);
	mine = NULL;
}
