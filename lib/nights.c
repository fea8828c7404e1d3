/*
 * An audit that remembers (--state): what is read tonight goes to where
 * earlier nights left their conversations; those that have ended are judged
 * whole, and what has not been reported of them is.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "audit.h"
#include "base/map.h"
#include "base/mem.h"
#include "read/container.h"
#include "statefile.h"
#include "talk/overlap.h"

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
	bool zones_noted;
	char *here; /* the working directory; NULL: not known */
	/* Of the inputs, from when they are first asked for: */
	struct map labels;
	struct map hashes;   /* of those that may have a twin */
	struct map contents; /* of what is packed, by label */
	uint64_t *sizes;     /* sorted */
	size_t nsizes;
	bool packed; /* one of them is */
};

static int64_t
utc(const struct run *r, struct moment m)
{
	return moment_zoned(m, r->zone).ms;
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
	int64_t latest;

	if (!moment_wall(end))
		return;
	/* A clock of minutes says so of the whole minute. */
	latest = utc(n->run, end) + moment_resolution(end) - 1;
	see(&n->any, utc(n->run, end));
	if (newest_counts(end, n->audit->now))
		see(&n->newest, utc(n->run, end));
	if (!k->timed || latest > k->last)
		k->last = latest;
	k->timed = true;
}

static bool
has_wall_clock(const struct conversation *c)
{
	return (conversation_clocks(c) &
		   (1u << CLOCK_NAIVE | 1u << CLOCK_ZONED)) != 0;
}

static bool
has_time(const struct conversation *c)
{
	return (conversation_clocks(c) & ~(1u << CLOCK_NONE)) != 0;
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
plain_path(struct nights *n, struct span path)
{
	while (span_starts(path, SPAN("./")) || span_starts(path, SPAN("//")))
		path = (struct span){path.at + 1 + (*path.at == '.'),
		    path.len - 1 - (*path.at == '.')};
	if (span_ends(path, SPAN(".gz")))
		path.len -= 3;
	else if (span_ends(path, SPAN(".zst")))
		path.len -= 4;
	if (n->here == NULL || span_eq(path, SPAN("-")) ||
	    span_starts(path, SPAN("/")))
		return path;
	return span_of(arena_printf(&n->arena, "%.*s/%.*s",
	    SPAN_FMT(path_label(&n->arena, n->here)), SPAN_FMT(path)));
}

static int
by_place(const void *a, const void *b)
{
	const struct walked *const *x = a, *const *y = b;

	return (*x > *y) - (*x < *y);
}

/* Where a conversation comes from, in the order of the inputs. */
struct sources {
	struct span *at;
	size_t n;
};

static void
label_inputs(struct nights *n)
{
	const struct walk *w = n->run->walk;

	if (n->labels.used > 0)
		return;
	for (size_t i = 0; i < w->n; i++)
		if (!w->at[i].repeated)
			*map_slot(&n->labels, w->at[i].label) = &w->at[i];
}

static struct sources
sources_of(struct nights *n, const struct conversation *c)
{
	const struct walked **at = arena_alloc(
	    &n->arena, (c->n + 1) * sizeof(*at));
	struct sources s = {0};
	struct map seen = {0};

	label_inputs(n);
	for (size_t i = 0; i < c->n; i++) {
		void **slot;

		if (i > 0 && span_eq(c->at[i].source, c->at[i - 1].source))
			continue;
		slot = map_slot(&seen, c->at[i].source);
		if (*slot != NULL)
			continue;
		*slot = map_get(&n->labels, c->at[i].source);
		assert(*slot != NULL);
		at[s.n++] = *slot;
	}
	map_free(&seen);
	if (s.n > 1)
		qsort(at, s.n, sizeof(struct walked *), by_place);
	s.at = arena_alloc(&n->arena, (s.n + 1) * sizeof(*s.at));
	for (size_t i = 0; i < s.n; i++)
		s.at[i] = at[i]->label;
	return s;
}

/* Where a piece of a conversation belongs, and what of it is new. */
struct placing {
	struct overlap overlap;
	const struct conversation *piece;
	struct sources sources;
	struct span file;
	bool wall, of_file;
	struct conversation old; /* what is known of it */
	const struct utterance **at;
	size_t found;
};

/* Is it what was known under that name? By the clock, mostly, but standard
 * input may be of another file each night. */
static bool
goes_with(struct placing *p)
{
	const struct conversation *c = p->piece;

	if (!p->wall)
		return overlap_by_order(
		    &p->overlap, &p->old, c, p->at, &p->found);
	p->found = overlap_by_clock_of(
	    &p->overlap, &p->old, c, p->sources.at, p->sources.n, p->at);
	return !p->of_file || !span_eq(p->file, SPAN("-")) || p->found < c->n;
}

/*
 * Of a conversation that has a clock tonight's piece may have none: it goes on
 * where that ends, unless it is its end. 1: it is placed; 0: there is none.
 */
static int
place_behind(
    struct nights *n, struct placing *p, struct kept *k, struct err *err)
{
	const struct conversation *c = p->piece;

	if (p->wall || p->of_file || has_time(c))
		return 0;
	if (statefile_find(
		n->state, (struct span){0}, c->id, &n->arena, k, err) == -1)
		return -1;
	if (k->key == 0)
		return 0;
	if (statefile_load(n->state, k, &n->arena, &p->old, err) == -1)
		return -1;
	if (!overlap_by_order(&p->overlap, &p->old, c, p->at, &p->found))
		for (p->found = 0; p->found < c->n; p->found++)
			p->at[p->found] = &c->at[p->found];
	return 1;
}

/* By the clock to its id, else to its file; key 0: it is not known yet. */
static int
place(struct nights *n, struct placing *p, struct kept *k, struct err *err)
{
	const struct conversation *c = p->piece;
	struct span scope = p->of_file || !p->wall ? p->file : (struct span){0};
	int rc = place_behind(n, p, k, err);

	if (rc != 0)
		return rc == 1 ? 0 : -1;
	for (unsigned copy = 2;; copy++) {
		if (statefile_find(n->state, scope, c->id, &n->arena, k, err) ==
		    -1)
			return -1;
		if (k->key == 0)
			break;
		if (statefile_load(n->state, k, &n->arena, &p->old, err) == -1)
			return -1;
		if (goes_with(p))
			return 0;
		scope = span_of(arena_printf(
		    &n->arena, "%.*s#%u", SPAN_FMT(p->file), copy));
	}
	*k = (struct kept){
	    .scope = scope, .id = c->id, .format = span_of(c->format)};
	p->old = (struct conversation){0};
	p->found = overlap_by_clock_of(&p->overlap, &p->old, c, p->sources.at,
	    p->wall ? p->sources.n : 0, p->at);
	return 0;
}

static int
merge(struct nights *n, const struct conversation *c, bool of_file,
    const struct sources *sources, struct err *err)
{
	struct placing p = {.overlap = {&n->arena, n->run->zone},
	    .piece = c,
	    .sources = *sources,
	    .file = plain_path(n, c->source),
	    .wall = has_wall_clock(c),
	    .of_file = of_file,
	    .at = arena_alloc(&n->arena, (c->n + 1) * sizeof(*p.at))};
	struct kept k;

	if (place(n, &p, &k, err) == -1)
		return -1;
	for (size_t i = 0; i < c->n; i++)
		see_times(n, &k, &c->at[i]);
	return add(n, &k, c, p.at, p.found, err);
}

/* Without a wall clock a conversation ends with its file. */
static int
merge_all(struct nights *n, const struct conversation *c, bool of_file,
    struct err *err)
{
	const struct overlap o = {&n->arena, n->run->zone};
	struct sources sources = sources_of(n, c);
	int rc = 0;

	if (sources.n < 2 || has_wall_clock(c))
		return merge(n, c, of_file, &sources, err);
	for (size_t i = 0; i < sources.n && rc == 0; i++) {
		struct conversation piece = overlap_piece(&o, c, sources.at[i]);
		struct sources one = {&sources.at[i], 1};

		rc = merge(n, &piece, of_file, &one, err);
	}
	return rc;
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
		rc = merge_all(n, &c, whole->of_file, err);
	arena_reset(&n->arena);
	assembled_free(whole);
	return rc;
}

/* What an input holds, unpacked. */
struct content {
	struct digest_record digest;
	bool packed;
};

static bool
looks_packed(const struct walked *w)
{
	return span_ends(w->label, SPAN(".gz")) ||
	    span_ends(w->label, SPAN(".zst"));
}

/* Within the limits of what may be unpacked. */
static int
digest_unpacked(const struct run *r, int fd, const struct walked *w,
    struct digest_record *out)
{
	enum { CHUNK = 256 << 10 };
	struct watch watch = {.stop = r->watch.stop,
	    .unpack_ratio = r->watch.unpack_ratio,
	    .unpack_most = r->watch.unpack_most};
	struct container *c = container_open(fd, w->label, NULL, &watch);
	struct digest *d = digest_open();
	char *chunk = mem_alloc(CHUNK);
	struct err err;
	size_t n = 0;
	int rc;

	while ((rc = container_read(c, chunk, CHUNK, &n, &err)) == 0 && n > 0)
		digest_add(d, chunk, n);
	if (rc == 0)
		digest_finish(d, out);
	digest_free(d);
	container_close(c);
	free(chunk);
	return rc;
}

/* Before it is read; false: it cannot be read now. */
static bool
hash_file(const struct run *r, const struct walked *w, struct content *out)
{
	struct stat st;
	int fd = w->sized ? walked_open(w, &st) : -1;
	int rc;

	if (fd == -1)
		return false;
	out->packed = looks_packed(w);
	rc = out->packed ? digest_unpacked(r, fd, w, &out->digest) :
			   digest_file(fd, &out->digest);
	close(fd);
	return rc == 0;
}

static int
by_size(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
list_sizes(struct nights *n)
{
	const struct walk *w = n->run->walk;

	n->sizes = mem_alloc((w->n + 1) * sizeof(*n->sizes));
	for (size_t i = 0; i < w->n; i++) {
		n->packed |= looks_packed(&w->at[i]);
		if (w->at[i].sized && !w->at[i].repeated)
			n->sizes[n->nsizes++] = w->at[i].size;
	}
	qsort(n->sizes, n->nsizes, sizeof(*n->sizes), by_size);
}

/* May another input of tonight hold the same? It has that size, or is packed:
 * then nobody knows. */
static bool
has_twin(struct nights *n, uint64_t size)
{
	const uint64_t *at;

	if (n->sizes == NULL)
		list_sizes(n);
	at = bsearch(&size, n->sizes, n->nsizes, sizeof(*at), by_size);
	return n->packed || at == NULL || (at > n->sizes && at[-1] == size) ||
	    (at + 1 < n->sizes + n->nsizes && at[1] == size);
}

/* One of tonight with the same content, which has been read; NULL: none. */
static const struct walked *
twin_of(struct nights *n, const struct walked *w, const char *hash)
{
	struct walked *twin = map_get(&n->hashes, span_of(hash));

	if (twin == NULL)
		*map_slot(&n->hashes,
		    arena_dup(&n->run->arena, span_of(hash))) = (void *)w;
	return twin != NULL && !twin->unread ? twin : NULL;
}

/* What is packed is known by what it holds, too. */
static void
keep_content(struct nights *n, const struct walked *w, const struct content *c)
{
	struct digest_record *d;

	if (!c->packed)
		return;
	d = arena_alloc(&n->run->arena, sizeof(*d));
	*d = c->digest;
	*map_slot(&n->contents, w->label) = d;
}

/* 1: what it holds has been read, *why says when; 0: it has not, for all that
 * is known. */
static int
is_known(
    struct nights *n, const struct walked *w, struct span *why, struct err *err)
{
	struct arena *a = &n->run->arena;
	const struct walked *twin;
	struct content c;
	struct span when;
	bool sized = false;

	if (w->repeated || !w->sized || w->size == 0)
		return 0;
	if (statefile_sized(n->state, w->size, &sized, err) == -1)
		return -1;
	if ((!sized && !looks_packed(w) && !has_twin(n, w->size)) ||
	    !hash_file(n->run, w, &c))
		return 0;
	keep_content(n, w, &c);
	if (statefile_input(n->state, c.digest.hex, a, &when, err) == -1)
		return -1;
	twin = when.len == 0 ? twin_of(n, w, c.digest.hex) : NULL;
	if (when.len > 0)
		*why = span_of(arena_printf(
		    a, "was read before, on %.*s", SPAN_FMT(when)));
	else if (twin != NULL)
		*why = span_of(arena_printf(
		    a, "holds what %.*s holds", SPAN_FMT(twin->label)));
	return when.len > 0 || twin != NULL;
}

static bool
skip(void *ctx, struct run *r, const struct walked *w)
{
	struct span why;
	struct err err;
	int rc = is_known(ctx, w, &why, &err);

	if (rc == -1)
		r->failed = err;
	if (rc != 1)
		return rc == -1;
	run_say(r, OFUKU_SAY_NOTE, "%.*s: note: %.*s: left out",
	    SPAN_FMT(w->label), SPAN_FMT(why));
	return true;
}

static int
remember_input(struct nights *n, const struct walked *w, struct err *err)
{
	const struct digest_record *d = map_get(&n->contents, w->label);

	if (d == NULL)
		d = digests_get(n->run->watch.digests, w->label);
	return d == NULL ? 0 :
			   statefile_add_input(n->state, d->hex, d->bytes, err);
}

/* What was not understood is read again: it may be tomorrow. */
static int
remember_inputs(struct nights *n, struct err *err)
{
	const struct run *r = n->run;
	const struct ofuku_audit_options *o = n->audit->options;
	bool many = rejects_too_many(
	    &r->counts, o->max_rejects, o->max_rejects_percent);

	for (size_t i = 0; i < r->walk->n; i++) {
		const struct walked *w = &r->walk->at[i];

		if (!w->repeated && !w->unread && !(many && w->rejected > 0) &&
		    remember_input(n, w, err) == -1)
			return -1;
	}
	return 0;
}

/* May what was last said so long ago still go on? Clocks gone wrong say that
 * only of their like, and where there are no others. */
static bool
goes_on(const struct nights *n, const struct kept *k)
{
	const struct moment last = {.clock = CLOCK_ZONED, .ms = k->last};
	const struct latest *l = &n->newest;

	if (n->audit->options->flush || !k->timed)
		return false;
	if (!l->known && !newest_counts(last, n->audit->now))
		l = &n->any;
	return !l->known || l->ms - k->last <= n->idle;
}

/* Of nights that have clocks with an offset and without. */
static void
join_zones(struct nights *n, struct conversation *c)
{
	const struct run *r = n->run;

	if (!conversation_join_zones(c, r->zone, &n->arena) ||
	    r->store_options.zone_stated || n->zones_noted)
		return;
	n->zones_noted = true;
	run_say(n->run, OFUKU_SAY_NOTE, "%.*s: note: %s", SPAN_FMT(c->source),
	    arena_printf(&n->arena, notes[NOTE_MIXED_ZONES].message,
		SPAN_FMT(disguise_id(&r->disguise, c->id, &n->arena))));
}

static int
judge_kept(
    struct nights *n, struct lone_judge *l, struct kept *k, struct err *err)
{
	struct conversation c;
	struct once once = {k->issued, k->marks, &n->arena, false};

	if (statefile_load(n->state, k, &n->arena, &c, err) == -1)
		return -1;
	join_zones(n, &c);
	if (lone_judge_take(l, &c, &once, err) == -1)
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
	r->skip_ctx = n;
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
		    "in %s until %s ended, or for --flush",
		    n->waiting, n->waiting == 1 ? "" : "s",
		    n->audit->options->state,
		    n->waiting == 1 ? "it has" : "they have");
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
		a->options->wait, n->run->watch.stop, err) == -1)
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
	map_free(&n.labels);
	map_free(&n.hashes);
	map_free(&n.contents);
	free(n.sizes);
	free(n.here);
	/* Of tonight's records: those known before count as filtered. */
	a->counts.filtered += n.known;
	a->counts.audited = r->counts.read - r->counts.skipped -
	    r->counts.rejected - r->counts.filtered - n.known;
	return rc;
}

int
nights_settle(struct audit *a, struct err *err)
{
	return a->state == NULL ? 0 : statefile_settle(a->state, err);
}

int
nights_commit(struct audit *a, struct err *err)
{
	struct err why;

	if (a->state == NULL || statefile_commit(a->state, &why) == 0)
		return 0;
	return fail(err,
	    "%.700s; the reports of this run stand: remove them, the next "
	    "run writes them again",
	    why.text);
}
