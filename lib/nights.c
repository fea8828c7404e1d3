/*
 * An audit that remembers (--state): what is read tonight goes to where
 * earlier nights left their conversations; those that have ended are judged
 * whole, and what has not been reported of them is.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "audit.h"
#include "base/map.h"
#include "base/mem.h"
#include "statefile.h"

struct nights {
	struct audit *audit;
	struct run *run;
	struct statefile *state;
	struct arena arena; /* of a conversation */
	int64_t idle;       /* longest of the policies */
	/* Of all that was read, ms UTC: clocks gone wrong, too, where there
	 * are no others. */
	struct latest {
		bool known;
		int64_t ms;
	} newest, any;
	uint64_t known; /* utterances that had been read before */
	uint64_t waiting;
	char *here; /* the working directory; NULL: not known */
};

static int64_t
utc(const struct run *r, struct moment m)
{
	return moment_zoned(m, r->zone).ms;
}

/* What an utterance is known by, where it is read again. */
static struct span
identity(struct nights *n, const struct utterance *u)
{
	struct buf b = {0};
	struct span s;

	if (moment_known(u->start))
		buf_printf(&b, "%" PRId64,
		    moment_wall(u->start) ? utc(n->run, u->start) :
					    u->start.ms);
	buf_printf(&b, "\n%.*s\n", SPAN_FMT(u->speaker));
	buf_add(&b, u->text);
	s = arena_dup(&n->arena, buf_span(&b));
	buf_free(&b);
	return s;
}

static void
see(struct latest *l, int64_t ms)
{
	if (!l->known || ms > l->ms)
		*l = (struct latest){true, ms};
}

static void
see_times(struct nights *n, struct kept *k, const struct utterance *u)
{
	struct moment end = utterance_end(u);

	if (!moment_wall(end))
		return;
	see(&n->any, utc(n->run, end));
	if (newest_counts(end, n->audit->now))
		see(&n->newest, utc(n->run, end));
	if (!k->timed || utc(n->run, end) > k->last)
		k->last = utc(n->run, end);
	k->timed = true;
}

/* How often which utterance stands in a piece of a conversation. */
struct tally {
	struct map map;
	size_t *counts; /* in the arena */
	size_t used;
};

static struct tally
tally_open(struct nights *n, const struct conversation *c)
{
	return (struct tally){
	    .counts = arena_alloc(&n->arena, (c->n + 1) * sizeof(size_t))};
}

static void
tally_put(struct nights *n, struct tally *t, const struct utterance *u)
{
	void **slot = map_slot(&t->map, identity(n, u));

	if (*slot == NULL) {
		t->counts[t->used] = 0;
		*slot = &t->counts[t->used++];
	}
	++*(size_t *)*slot;
}

static bool
tally_take(struct nights *n, struct tally *t, const struct utterance *u)
{
	size_t *left = map_get(&t->map, identity(n, u));

	if (left == NULL || *left == 0)
		return false;
	--*left;
	return true;
}

static bool
said_at(const struct nights *n, const struct utterance *u, int64_t ms)
{
	return moment_wall(u->start) && utc(n->run, u->start) == ms;
}

/* When the first or, sign -1, the last with a clock was said. */
static struct latest
edge(const struct nights *n, const struct conversation *c, int sign)
{
	struct latest l = {0};

	for (size_t i = 0; i < c->n; i++)
		if (moment_wall(c->at[i].start))
			see(&l, -sign * utc(n->run, c->at[i].start));
	l.ms *= -sign;
	return l;
}

/* Of that time, is the one's beginning all that the other has of it? */
static bool
begins_with(struct nights *n, const struct conversation *then,
    const struct conversation *first, int64_t ms)
{
	size_t at = 0;

	for (size_t i = 0; i < first->n; i++) {
		if (!said_at(n, &first->at[i], ms))
			continue;
		while (at < then->n && !said_at(n, &then->at[at], ms))
			at++;
		if (at == then->n ||
		    !span_eq(identity(n, &first->at[i]),
			identity(n, &then->at[at++])))
			return false;
	}
	return true;
}

/*
 * Does the one piece begin at the very time of the clock at which the other
 * ends, but not with what the other has of that time? They do not overlap,
 * then: they were cut there, and what is said in both was said twice, as a
 * phrase may be within a minute.
 */
static bool
cut_at(struct nights *n, const struct conversation *first,
    const struct conversation *then, int64_t *ms)
{
	struct latest end = edge(n, first, -1), begin = edge(n, then, 1);

	*ms = end.ms;
	return end.known && begin.known && end.ms == begin.ms &&
	    !begins_with(n, then, first, end.ms);
}

/*
 * By the clock: each utterance as often as it stands in either. Exports
 * overlap; nobody says the same twice at the same time, but where the clock
 * is coarse.
 */
static size_t
new_by_clock(struct nights *n, const struct conversation *old,
    const struct conversation *c, const struct utterance **out)
{
	struct tally t = tally_open(n, old);
	size_t found = 0;
	int64_t ms;
	bool cut = cut_at(n, old, c, &ms) || cut_at(n, c, old, &ms);

	for (size_t i = 0; i < old->n; i++)
		if (!cut || !said_at(n, &old->at[i], ms))
			tally_put(n, &t, &old->at[i]);
	for (size_t i = 0; i < c->n; i++)
		if (!tally_take(n, &t, &c->at[i]))
			out[found++] = &c->at[i];
	map_free(&t.map);
	return found;
}

/* Does a begin with b, or end with it? */
static bool
same_from(struct nights *n, const struct conversation *a, size_t from,
    const struct conversation *b)
{
	if (from + b->n > a->n)
		return false;
	for (size_t i = 0; i < b->n; i++)
		if (!span_eq(
			identity(n, &a->at[from + i]), identity(n, &b->at[i])))
			return false;
	return true;
}

/*
 * Without a clock a conversation is its file's: one that has grown goes on,
 * what is there already is not new, and all else is another conversation.
 */
static bool
new_by_order(struct nights *n, const struct conversation *old,
    const struct conversation *c, const struct utterance **out, size_t *found)
{
	*found = 0;
	if (same_from(n, c, 0, old)) {
		for (size_t i = old->n; i < c->n; i++)
			out[(*found)++] = &c->at[i];
		return true;
	}
	return old->n >= c->n && same_from(n, old, old->n - c->n, c);
}

static bool
has_wall_clock(const struct conversation *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (moment_wall(c->at[i].start) || moment_wall(c->at[i].end))
			return true;
	return false;
}

static int
add(struct nights *n, struct kept *k, const struct conversation *c,
    const struct utterance *const *at, size_t found, struct err *err)
{
	n->known += c->n - found;
	if (found == 0)
		return 0;
	k->waiting = true;
	return statefile_add(n->state, k, at, found, err);
}

/* A file by its name alone, however its path is written, and packed or not. */
static struct span
plain_path(const struct nights *n, struct span path)
{
	size_t here = n->here == NULL ? 0 : strlen(n->here);

	if (here > 1 && span_starts(path, span_of(n->here)) &&
	    path.len > here && path.at[here] == '/')
		path = (struct span){path.at + here + 1, path.len - here - 1};
	while (span_starts(path, SPAN("./")) || span_starts(path, SPAN("//")))
		path = (struct span){path.at + 1 + (*path.at == '.'),
		    path.len - 1 - (*path.at == '.')};
	if (span_ends(path, SPAN(".gz")))
		path.len -= 3;
	else if (span_ends(path, SPAN(".zst")))
		path.len -= 4;
	return path;
}

/* Finds where it belongs: by the clock to its id, else to its file. */
static int
merge(struct nights *n, const struct conversation *c, bool of_file,
    struct err *err)
{
	const struct utterance **at = arena_alloc(
	    &n->arena, (c->n + 1) * sizeof(*at));
	bool wall = has_wall_clock(c);
	struct span file = plain_path(n, c->source);
	struct span scope = of_file || !wall ? file : (struct span){0};
	struct conversation old;
	struct kept k;
	size_t found = c->n;

	for (unsigned copy = 2;; copy++) {
		if (statefile_find(
			n->state, scope, c->id, &n->arena, &k, err) == -1)
			return -1;
		if (k.key == 0)
			break;
		if (statefile_load(n->state, &k, &n->arena, &old, err) == -1)
			return -1;
		if (wall)
			found = new_by_clock(n, &old, c, at);
		if (wall || new_by_order(n, &old, c, at, &found))
			break;
		scope = span_of(
		    arena_printf(&n->arena, "%.*s#%u", SPAN_FMT(file), copy));
	}
	if (k.key == 0) {
		k = (struct kept){
		    .scope = scope, .id = c->id, .format = span_of(c->format)};
		for (found = 0; found < c->n; found++)
			at[found] = &c->at[found];
	}
	for (size_t i = 0; i < c->n; i++)
		see_times(n, &k, &c->at[i]);
	return add(n, &k, c, at, found, err);
}

static int
take(void *ctx, struct assembled *whole, struct err *err)
{
	struct nights *n = ctx;
	struct conversation c;
	int rc;

	assembled_open(whole, &n->arena, &c);
	n->audit->arrived++;
	newest_add(&n->audit->arrived_newest, &c, n->audit->now);
	rc = run_tick(n->run, err);
	if (rc == 0)
		rc = merge(n, &c, whole->of_file, err);
	arena_reset(&n->arena);
	assembled_free(whole);
	return rc;
}

/* A file's hash, before it is read; false: it cannot be read now. */
static bool
hash_file(const struct walked *w, struct digest_record *out)
{
	struct stat st;
	int fd = w->sized ? walked_open(w, &st) : -1;
	int rc;

	if (fd == -1)
		return false;
	rc = digest_file(fd, out);
	close(fd);
	return rc == 0;
}

/* 1: it was read before, *when; 0: it was not, for all that is known. */
static int
is_known(struct run *r, struct statefile *s, const struct walked *w,
    struct span *when, struct err *err)
{
	struct digest_record d;
	bool sized = false;

	if (w->repeated)
		return 0;
	if (w->sized && statefile_sized(s, w->size, &sized, err) == -1)
		return -1;
	if (!sized || !hash_file(w, &d))
		return 0;
	if (statefile_input(s, d.hex, &r->arena, when, err) == -1)
		return -1;
	return when->len > 0;
}

static bool
skip(void *hook, struct run *r, const struct walked *w)
{
	struct audit *a = hook;
	struct span when;
	struct err err;
	int rc = is_known(r, a->state, w, &when, &err);

	if (rc == -1)
		r->failed = err;
	if (rc != 1)
		return rc == -1;
	run_say(r, OFUKU_SAY_NOTE,
	    "%.*s: note: was read before, on %.*s: left "
	    "out",
	    SPAN_FMT(w->label), SPAN_FMT(when));
	return true;
}

static int
remember_inputs(struct nights *n, struct err *err)
{
	const struct run *r = n->run;

	for (size_t i = 0; i < r->walk->n; i++) {
		const struct walked *w = &r->walk->at[i];
		const struct digest_record *d = w->repeated ?
		    NULL :
		    digests_get(r->watch.digests, w->label);

		if (d != NULL &&
		    statefile_add_input(n->state, d->hex, d->bytes, err) == -1)
			return -1;
	}
	return 0;
}

/* May what was last said so long ago still go on? */
static bool
goes_on(const struct nights *n, const struct kept *k)
{
	const struct latest *l = n->newest.known ? &n->newest : &n->any;

	if (n->audit->options->flush || !k->timed)
		return false;
	return !l->known || l->ms - k->last <= n->idle;
}

static int
judge_kept(
    struct nights *n, struct lone_judge *l, struct kept *k, struct err *err)
{
	struct conversation c;
	struct once once = {k->issued, k->marks, &n->arena, false};

	if (statefile_load(n->state, k, &n->arena, &c, err) == -1 ||
	    lone_judge_take(l, &c, &once, err) == -1)
		return -1;
	/* What could not be judged is tried again. */
	k->waiting = once.failed;
	k->issued = once.issued;
	k->marks = once.marks;
	return statefile_update(n->state, k, err);
}

static int
judge_all(struct nights *n, struct err *err)
{
	struct lone_judge *l;
	struct kept k = {0};
	int rc = 0;

	if (lone_judge_open(&l, n->audit, err) == -1)
		return -1;
	for (;;) {
		int64_t key = k.key;

		arena_reset(&n->arena);
		rc = statefile_next(n->state, key, true, &n->arena, &k, err);
		if (rc == -1 || k.key == 0)
			break;
		if (goes_on(n, &k))
			n->waiting++;
		else
			rc = judge_kept(n, l, &k, err);
		if (rc == 0)
			rc = run_tick(n->run, err);
		if (rc == -1)
			break;
	}
	lone_judge_close(l);
	return rc;
}

/* What the store still holds, and what it laid aside for want of memory. */
static int
take_rest(struct nights *n, struct err *err)
{
	struct store *s = n->run->store;
	size_t parts;

	if (store_finish(s, err) == -1)
		return -1;
	parts = store_partitions(s);
	for (size_t i = 0; i < parts; i++)
		if (store_partition(s, i, err) == -1)
			return -1;
	return parts > 0 ? store_tell(s, err) : 0;
}

static int
read_all(struct nights *n, struct err *err)
{
	struct run *r = n->run;

	r->made = take;
	r->made_ctx = n;
	r->skip = skip;
	if (run_gather(r, err) == -1 || take_rest(n, err) == -1)
		return -1;
	r->made_ctx = NULL;
	return remember_inputs(n, err);
}

static void
say_waiting(const struct nights *n)
{
	if (n->known > 0)
		run_say(n->run, OFUKU_SAY_NOTE,
		    "note: %" PRIu64 " utterance%s read before: left out",
		    n->known, n->known == 1 ? " was" : "s were");
	if (n->waiting > 0)
		run_say(n->run, OFUKU_SAY_NOTE,
		    "note: %" PRIu64 " conversation%s may still go on: kept "
		    "in %s until they have ended, or for --flush",
		    n->waiting, n->waiting == 1 ? "" : "s",
		    n->audit->options->state);
}

static int
begin(struct nights *n, struct err *err)
{
	struct audit *a = n->audit;
	struct moment now = {
	    .clock = CLOCK_ZONED, .precision = PRECISION_SECOND};
	struct buf at = {0};
	int rc;

	if (a->options->input.since != NULL ||
	    a->options->input.until != NULL || a->options->manifest != NULL ||
	    a->options->input.shards > 1)
		return fail(err,
		    "--state: --since, --until, --shard and --manifest are of "
		    "a run that remembers nothing: leave them out");
	if (fresh_now(a->options->now, n->run, &now.ms, err) == -1 ||
	    statefile_open(&a->state, a->options->state, STATE_RUN,
		a->options->wait, err) == -1)
		return -1;
	a->now = now.ms;
	n->state = a->state;
	moment_print(now, false, &at);
	rc = statefile_begin_run(
	    n->state, buf_cstr(&at), n->run->rules->short_hash, err);
	buf_free(&at);
	return rc;
}

int
nights_run(struct audit *a, struct err *err)
{
	struct run *r = a->run;
	struct nights n = {.audit = a, .run = r};
	int rc;

	for (size_t i = 0; i < r->rules->npolicies; i++)
		if (r->rules->policies[i].exchange.idle_ms > n.idle)
			n.idle = r->rules->policies[i].exchange.idle_ms;
	if (r->watch.digests == NULL)
		r->watch.digests = digests_new();
	n.here = getcwd(NULL, 0);
	rc = begin(&n, err);
	if (rc == 0)
		rc = read_all(&n, err);
	if (rc == 0)
		rc = judge_all(&n, err);
	if (rc == 0)
		say_waiting(&n);
	arena_free(&n.arena);
	free(n.here);
	/* Of tonight's records: those known before count as filtered. */
	a->counts.filtered += n.known;
	a->counts.audited = r->counts.read - r->counts.skipped -
	    r->counts.rejected - r->counts.filtered - n.known;
	return rc;
}

int
nights_commit(struct audit *a, struct err *err)
{
	return a->state == NULL ? 0 : statefile_commit(a->state, err);
}
