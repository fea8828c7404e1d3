#include "flow.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/pool.h"
#include "reading.h"
#include "read/stream.h"

enum {
	BATCHES_EACH = 4, /* a thread, read and not yet assembled */
	JOBS_EACH = 4,    /* put together and not yet written */
	PIECES_ALONE = 3, /* a small input: its beginning, a block, its end */
	JOB_CONVERSATIONS = 512,
	JOB_UTTERANCES = 4096
};

/* A piece of an input: a block that becomes a batch, or a batch at once. */
struct portion {
	struct stream *block; /* NULL: there is the batch */
	struct batch *batch;  /* NULL: not yet */
	bool unseen;          /* the batch's texts have not been glanced at */
	bool busy;            /* a thread is at it */
	bool fails;           /* nothing behind it counts */
	bool end;             /* of an input that is read by blocks */
	struct portion *next;
};

enum source_state {
	SOURCE_WAITING,
	SOURCE_WHOLE,
	SOURCE_BLOCKS,
	SOURCE_ALONE, /* what comes next is read when all before it has been */
	SOURCE_ENDED
};

/* Of an input from when it is opened until all of it has been taken. */
struct source {
	struct walked *walked;
	size_t number; /* of the flow's sources */
	enum source_state state;
	struct portion *first, **end;
	struct reading reading; /* where it is read by blocks */
	struct err err;
	unsigned unparsed; /* blocks */
	bool busy;         /* a thread takes a block */
	bool parsing; /* the first blocks one by one, until it is decided */
	bool broken;  /* a block could not be read to its end */
};

struct flow {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct run *run;
	const struct flow_hooks *hooks;
	struct worker *workers;
	unsigned threads;
	const struct walk *walk;
	struct source *spare;    /* memory for the next one; or NULL */
	struct source **sources; /* of its inputs; NULL but from head on and
				  * before opened: there may be many */
	size_t nsources, opened, head;
	uint64_t pieces;  /* that have been read in all */
	unsigned batches; /* read and not assembled */
	unsigned jobs;    /* put together and not written */
	bool assembling, writing, assembled, spawned;
	atomic_bool stop;
	size_t section;
	struct job *open; /* that is being put together */
	struct job *first, **end;
	ofuku_say say; /* whom the run's words go to in the end */
	void *say_ctx;
	struct err failed;
};

struct thread {
	struct flow *flow;
	struct worker *worker;
	pthread_t id;
};

static bool judge_or_write(struct flow *, struct worker *);

/* What locks around the work itself. */
static void
leave(struct flow *f)
{
	pthread_mutex_unlock(&f->lock);
}

static void
back(struct flow *f)
{
	pthread_mutex_lock(&f->lock);
	pthread_cond_broadcast(&f->changed);
}

static void
fail_flow(struct flow *f, const struct err *err)
{
	if (f->failed.kind == ERR_NONE)
		f->failed = *err;
	f->stop = true;
}

static struct job *
open_job(struct flow *f)
{
	if (f->open == NULL) {
		f->open = mem_alloc(sizeof(*f->open));
		f->open->section = f->section;
	}
	return f->open;
}

static void
job_free(struct job *j)
{
	for (size_t i = 0; i < j->nsaid; i++)
		free(j->said[i].line);
	for (size_t i = 0; i < j->n; i++)
		if (j->at[i] != NULL)
			assembled_free(j->at[i]);
	free(j->said);
	free(j->at);
	free(j);
}

/* Has all that was put together been written? */
static bool
nothing_before(struct flow *f)
{
	bool nothing;

	pthread_mutex_lock(&f->lock);
	nothing = f->open == NULL && f->jobs == 0;
	pthread_mutex_unlock(&f->lock);
	return nothing;
}

/* Said by the one who assembles: kept until its turn has come. */
static void
on_say(void *ctx, enum ofuku_level level, const char *line)
{
	struct flow *f = ctx;
	struct job *j;

	if (f->say == NULL)
		return;
	if (nothing_before(f)) {
		f->say(f->say_ctx, level, line);
		return;
	}
	j = open_job(f);
	j->said = mem_grow(
	    j->said, &j->said_cap, j->nsaid + 1, sizeof(*j->said));
	j->said[j->nsaid++] = (struct said){level, mem_text(line)};
}

/* Puts the open job where it can be judged. */
static void
close_job(struct flow *f, struct worker *w)
{
	struct job *j = f->open;

	if (j == NULL)
		return;
	f->open = NULL;
	back(f);
	*f->end = j;
	f->end = &j->next;
	f->jobs++;
	while (f->jobs >= f->threads * JOBS_EACH && !f->stop)
		if (!judge_or_write(f, w))
			pthread_cond_wait(&f->changed, &f->lock);
	leave(f);
}

/* The assembling thread's worker is at hand in made. */
struct assembling {
	struct flow *flow;
	struct worker *worker;
};

static int
on_made(void *ctx, struct assembled *a, struct err *err)
{
	struct assembling *x = ctx;
	struct job *j = open_job(x->flow);

	j->at = mem_grow(j->at, &j->cap, j->n + 1, sizeof(*j->at));
	j->at[j->n++] = a;
	j->utterances += a->utterances;
	if (j->n >= JOB_CONVERSATIONS || j->utterances >= JOB_UTTERANCES)
		close_job(x->flow, x->worker);
	if (x->flow->stop) {
		*err = x->flow->failed;
		return -1;
	}
	return 0;
}

static void
say_all(struct flow *f, const struct job *j)
{
	for (size_t i = 0; i < j->nsaid && f->say != NULL; i++)
		f->say(f->say_ctx, j->said[i].level, j->said[i].line);
}

static bool
step_write(struct flow *f)
{
	struct job *j = f->first;
	struct err err;
	int rc;

	if (f->writing || j == NULL || !j->done)
		return false;
	f->writing = true;
	f->first = j->next;
	if (f->first == NULL)
		f->end = &f->first;
	leave(f);
	say_all(f, j);
	rc = f->hooks->write(f->hooks->ctx, j, &err);
	job_free(j);
	back(f);
	if (rc == -1)
		fail_flow(f, &err);
	f->writing = false;
	f->jobs--;
	return true;
}

static bool
step_judge(struct flow *f, struct worker *w)
{
	struct job *j = f->first;

	while (j != NULL && j->begun)
		j = j->next;
	if (j == NULL)
		return false;
	j->begun = true;
	leave(f);
	f->hooks->judge(f->hooks->ctx, w, j);
	back(f);
	j->done = true;
	return true;
}

static bool
judge_or_write(struct flow *f, struct worker *w)
{
	return !f->stop && (step_write(f) || step_judge(f, w));
}

static void
append(struct source *s, struct portion *p)
{
	*s->end = p;
	s->end = &p->next;
}

static struct portion *
take_first(struct source *s)
{
	struct portion *p = s->first;

	s->first = p->next;
	if (s->first == NULL)
		s->end = &s->first;
	return p;
}

static struct source *
source_new(struct flow *f)
{
	struct source *s = f->spare;

	if (s == NULL)
		s = mem_resize(NULL, sizeof(*s));
	f->spare = NULL;
	*s = (struct source){.number = f->opened++, .end = &s->first};
	s->walked = &f->walk->at[s->number];
	f->sources[s->number] = s;
	return s;
}

static void
source_free(struct flow *f, struct source *s)
{
	while (s->first != NULL) {
		struct portion *p = take_first(s);

		stream_close(p->block);
		batch_drop(p->batch);
		free(p);
	}
	reading_close(&s->reading);
	free(f->spare);
	f->spare = s;
}

/* Sources that are at their end and empty are behind us; not while a piece of
 * the first is being taken. */
static void
move_head(struct flow *f)
{
	while (!f->assembling && f->head < f->opened) {
		struct source *s = f->sources[f->head];

		if (s->state != SOURCE_ENDED || s->first != NULL)
			return;
		source_free(f, s);
		f->sources[f->head++] = NULL;
	}
}

/* The batch of the source's next piece, in its turn. */
static struct batch *
batch_of(struct source *s, const struct portion *p)
{
	struct sink sink;
	struct input in = {.path = s->walked->label, .sink = &sink};

	if (!p->end)
		return p->batch;
	if (s->err.kind == ERR_NONE && !s->broken)
		input_block_end(&in, &s->reading.part, &s->err);
	return reading_end(&s->reading, &s->err);
}

static int
take_piece(struct flow *f, struct source *s, struct portion *p, struct err *err)
{
	struct batch *b = batch_of(s, p);
	int rc = 0;

	if (s->broken && !p->end)
		batch_drop(b);
	else
		rc = run_take(f->run, b, err);
	if (p->end)
		reading_close(&s->reading);
	free(p);
	return rc;
}

static bool
is_ready(const struct portion *p)
{
	return p->end || (p->batch != NULL && !p->unseen && !p->busy);
}

static bool
step_assemble(struct flow *f, struct worker *w)
{
	struct source *s = f->head < f->opened ? f->sources[f->head] : NULL;
	struct assembling x = {f, w};
	struct portion *p;
	struct err err;
	bool fails;
	int rc;

	if (f->assembling || s == NULL || s->first == NULL ||
	    !is_ready(s->first))
		return false;
	f->assembling = true;
	p = take_first(s);
	fails = p->fails;
	f->run->made_ctx = &x;
	leave(f);
	rc = take_piece(f, s, p, &err);
	back(f);
	s->broken |= fails;
	if (rc == -1)
		fail_flow(f, &err);
	f->assembling = false;
	f->batches--;
	move_head(f);
	return true;
}

/* The first block that can be parsed now, or batch to glance at. */
static struct portion *
unparsed(struct flow *f, struct source **of)
{
	for (size_t i = f->head; i < f->opened; i++) {
		struct source *s = f->sources[i];

		for (struct portion *p = s->first; p != NULL; p = p->next) {
			bool block = p->block != NULL;

			if (!block && !p->unseen)
				continue;
			if (block && s->parsing && !s->reading.part.decided)
				break;
			*of = s;
			return p;
		}
	}
	return NULL;
}

/* Reads and closes a block, or reads what is alone of the stream. */
static struct batch *
read_part(struct flow *f, struct source *s, struct worker *w,
    struct stream *from, bool *fails)
{
	struct reading g = s->reading;
	struct part *all = &s->reading.part, part = *all;

	part.read = part.foreign = 0;
	part.alone = from == g.stream;
	g.viewer = matcher_viewer(w->matcher);
	g.matcher = f->hooks->glance ? w->matcher : NULL;
	g.glancer = &w->glancer;
	g.publish = NULL;
	g.batch = NULL;
	leave(f);
	*fails = !reading_block(&g, from, &part);
	if (!part.alone)
		stream_close(from);
	back(f);
	all->decided |= part.decided;
	all->single |= part.single;
	all->read += part.read;
	all->foreign += part.foreign;
	if (part.nothing != NULL)
		all->nothing = part.nothing;
	s->reading.room = g.room;
	return g.batch;
}

static void
parse(struct flow *f, struct source *s, struct portion *p, struct worker *w)
{
	struct stream *block = p->block;

	p->block = NULL;
	p->batch = read_part(f, s, w, block, &p->fails);
	s->unparsed--;
}

static void
look_at(struct flow *f, struct portion *p, struct worker *w)
{
	p->unseen = false;
	p->busy = true;
	leave(f);
	reading_glance(p->batch, &w->glancer, w->matcher, f->run->rules);
	back(f);
	p->busy = false;
}

static bool
step_parse(struct flow *f, struct worker *w)
{
	struct source *s = NULL;
	struct portion *p = unparsed(f, &s);
	bool first;

	if (p == NULL)
		return false;
	if (p->block == NULL) {
		look_at(f, p, w);
		return true;
	}
	first = !s->reading.part.decided;
	s->parsing |= first;
	parse(f, s, p, w);
	if (first)
		s->parsing = false;
	return true;
}

/* One that has room, or what the head waits for. */
static bool
has_room(const struct flow *f, size_t source)
{
	return f->batches < f->threads * BATCHES_EACH ||
	    (source == f->head &&
		(source == f->opened || f->sources[source]->first == NULL));
}

static struct portion *
add_piece(struct flow *f, struct source *s, struct stream *block,
    struct batch *batch, bool end)
{
	struct portion *p = mem_alloc(sizeof(*p));

	p->block = block;
	p->batch = batch;
	p->unseen = batch != NULL && batch->n > 0 && f->hooks->glance &&
	    s->reading.matcher == NULL;
	p->end = end;
	append(s, p);
	f->batches++;
	f->pieces++;
	return p;
}

static void
take_block(struct flow *f, struct source *s)
{
	struct stream *block = NULL;
	int rc;

	s->busy = true;
	leave(f);
	rc = reading_cut(&s->reading, &block, &s->err);
	back(f);
	s->busy = false;
	if (rc == CUT_ALONE) {
		s->state = SOURCE_ALONE;
		return;
	}
	s->unparsed += rc == CUT_BLOCK;
	add_piece(f, s, block, NULL, rc != CUT_BLOCK);
	if (rc != CUT_BLOCK)
		s->state = SOURCE_ENDED;
}

/* What no block can hold, when all before it is known. */
static void
read_alone(struct flow *f, struct source *s, struct worker *w)
{
	struct portion *p;
	struct batch *b;
	bool fails;

	s->busy = true;
	b = read_part(f, s, w, s->reading.stream, &fails);
	s->busy = false;
	p = add_piece(f, s, NULL, b, false);
	p->fails = fails;
	p->unseen = false;
	s->state = fails ? SOURCE_ENDED : SOURCE_BLOCKS;
	if (fails)
		add_piece(f, s, NULL, NULL, true);
}

/* Takes the next step in reading an input by blocks; false: there is none. */
static bool
step_blocks(struct flow *f, struct source *s, struct worker *w)
{
	if (s->busy || !has_room(f, s->number))
		return false;
	if (s->broken && s->state != SOURCE_ENDED) {
		/* Nothing behind that counts: an endless line ends here. */
		s->state = SOURCE_ENDED;
		add_piece(f, s, NULL, NULL, true);
	} else if (s->state == SOURCE_BLOCKS)
		take_block(f, s);
	else if (s->state == SOURCE_ALONE && s->unparsed == 0)
		read_alone(f, s, w);
	else
		return false;
	return true;
}

/* Records that a small input may have, which then need no more room. */
static size_t
room_of(const struct walked *w)
{
	enum { RECORD = 128, MOST = 64 };
	const uint64_t n = w->size / RECORD + 8;

	return !w->sized ? 0 : n < MOST ? (size_t)n : MOST;
}

/* Of a small input, while its texts are at hand: there are others for other
 * threads. */
static bool
glances_at_once(const struct flow *f, const struct walked *w)
{
	return f->hooks->glance && w->sized && w->size < BLOCK_SIZE / 4;
}

/* A lane: an input that is read from its beginning to its end. */
struct lane {
	struct flow *flow;
	struct source *source;
	struct worker *worker;
};

static bool
help(struct flow *f, struct worker *w)
{
	return !f->stop &&
	    (step_write(f) || step_assemble(f, w) || step_judge(f, w) ||
		step_parse(f, w));
}

static int
on_publish(void *ctx, struct batch *b, struct err *err)
{
	struct lane *l = ctx;
	struct flow *f = l->flow;

	back(f);
	add_piece(f, l->source, NULL, b, false);
	while (!has_room(f, l->source->number) && !f->stop)
		if (!help(f, l->worker))
			pthread_cond_wait(&f->changed, &f->lock);
	if (f->stop)
		*err = f->failed;
	leave(f);
	return f->stop ? -1 : 0;
}

static void
open_source(struct flow *f, struct worker *w)
{
	struct source *s = source_new(f);
	struct lane l = {f, s, w};
	int rc;

	s->state = SOURCE_WHOLE;
	s->reading = (struct reading){.fd = -1,
	    .run = f->run,
	    .input = s->walked,
	    .viewer = matcher_viewer(w->matcher),
	    .room = room_of(s->walked),
	    .matcher = glances_at_once(f, s->walked) ? w->matcher : NULL,
	    .glancer = &w->glancer,
	    .publish = on_publish,
	    .ctx = &l};
	leave(f);
	rc = reading_open(&s->reading);
	back(f);
	s->state = rc == 1 ? SOURCE_BLOCKS : SOURCE_ENDED;
	if (rc != 1) {
		move_head(f);
		return;
	}
	add_piece(f, s, NULL, s->reading.batch, false);
	s->reading.batch = NULL;
}

static bool
step_read(struct flow *f, struct worker *w)
{
	for (size_t i = f->head; i < f->opened; i++)
		if (step_blocks(f, f->sources[i], w))
			return true;
	if (f->opened == f->nsources || !has_room(f, f->opened))
		return false;
	open_source(f, w);
	return true;
}

/* All that has been put together is written. */
static void
drain(struct flow *f, struct worker *w)
{
	close_job(f, w);
	back(f);
	while (f->jobs > 0 && !f->stop)
		if (!judge_or_write(f, w))
			pthread_cond_wait(&f->changed, &f->lock);
	leave(f);
}

static int
finish_partitions(struct flow *f, struct worker *w, struct err *err)
{
	struct store *store = f->run->store;
	size_t n = store_partitions(store);

	for (size_t i = 0; i < n && !f->stop; i++) {
		f->section = i + 1;
		if (store_partition(store, i, err) == -1)
			return -1;
		drain(f, w);
	}
	f->section = 0;
	if (n == 0 || f->stop)
		return 0;
	if (store_tell(store, err) == -1)
		return -1;
	drain(f, w);
	return f->stop ? 0 : f->hooks->merge(f->hooks->ctx, n, err);
}

/* Everything has been read and taken. */
static bool
step_finish(struct flow *f, struct worker *w)
{
	struct assembling x = {f, w};
	struct err err;
	int rc;

	if (f->assembling || f->assembled || f->head < f->nsources)
		return false;
	f->assembling = true;
	f->run->made_ctx = &x;
	leave(f);
	run_say_nothing_found(f->run);
	rc = store_finish(f->run->store, &err);
	if (rc == 0) {
		close_job(f, w);
		rc = finish_partitions(f, w, &err);
	}
	back(f);
	if (rc == -1)
		fail_flow(f, &err);
	f->assembling = false;
	f->assembled = true;
	return true;
}

static bool
step(struct flow *f, struct worker *w)
{
	return help(f, w) ||
	    (!f->stop && (step_read(f, w) || step_finish(f, w)));
}

static bool
finished(const struct flow *f)
{
	return f->stop || (f->assembled && f->jobs == 0);
}

static void
work(struct flow *f, struct worker *w)
{
	back(f);
	while (!finished(f))
		if (!step(f, w))
			pthread_cond_wait(&f->changed, &f->lock);
	leave(f);
}

/* The run's own matcher is the first worker's. */
static int
worker_open(struct flow *f, struct worker *w, struct err *err)
{
	w->matcher = w == f->workers ? f->run->matcher : NULL;
	if (w->matcher == NULL &&
	    matcher_open(&w->matcher, &f->run->limits, f->run->rules->pack.fold,
		err) == -1)
		return -1;
	w->glancer.by_options = role_options_given(&f->run->roles);
	f->hooks->worker_begin(f->hooks->ctx, w);
	return 0;
}

static void *
thread_main(void *ctx)
{
	struct thread *t = ctx;
	struct err err;

	if (worker_open(t->flow, t->worker, &err) == -1) {
		back(t->flow);
		fail_flow(t->flow, &err);
		leave(t->flow);
		return NULL;
	}
	work(t->flow, t->worker);
	pool_leave();
	return NULL;
}

/* Is the first input, which is open, one of many blocks? */
static bool
is_large(const struct flow *f)
{
	const struct source *s = f->opened > 0 ? f->sources[0] : NULL;

	return s != NULL && s->state == SOURCE_BLOCKS && s->walked->sized &&
	    s->walked->size > PIECES_ALONE * BLOCK_SIZE;
}

/* Is there work for more than one? */
static bool
worth_threads(const struct flow *f)
{
	return f->threads > 1 &&
	    (f->pieces > PIECES_ALONE || f->opened > 1 || is_large(f));
}

/* The first thread works alone until there is enough for others. */
static void
work_alone(struct flow *f, struct worker *w)
{
	back(f);
	while (!finished(f) && !worth_threads(f))
		step(f, w);
	leave(f);
}

/* A system that gives no more threads is served by those there are. */
static void
work_together(struct flow *f)
{
	struct thread *threads = mem_alloc(f->threads * sizeof(*threads));
	unsigned n = 1;

	for (; n < f->threads; n++) {
		threads[n].flow = f;
		threads[n].worker = &f->workers[n];
		if (pthread_create(
			&threads[n].id, NULL, thread_main, &threads[n]) != 0)
			break;
	}
	work(f, &f->workers[0]);
	for (unsigned i = 1; i < n; i++)
		pthread_join(threads[i].id, NULL);
	free(threads);
}

static void
open_sources(struct flow *f)
{
	f->walk = run_walk(f->run);
	f->nsources = f->walk->n;
	f->sources = mem_alloc((f->nsources + 1) * sizeof(*f->sources));
	f->run->store_options.many = f->nsources > 1;
	run_open_store(f->run);
}

/* What was to be said before the run failed is said. */
static void
close_jobs(struct flow *f)
{
	*f->end = f->open;
	while (f->first != NULL) {
		struct job *j = f->first;

		f->first = j->next;
		say_all(f, j);
		if (j->done)
			f->hooks->drop(f->hooks->ctx, j);
		job_free(j);
	}
}

static void
flow_close(struct flow *f)
{
	close_jobs(f);
	for (size_t i = f->head; i < f->opened; i++)
		source_free(f, f->sources[i]);
	free(f->spare);
	for (unsigned i = 0; i < f->threads; i++) {
		struct worker *w = &f->workers[i];

		if (w->matcher == NULL)
			continue;
		f->hooks->worker_end(f->hooks->ctx, w);
		arena_free(&w->arena);
		glancer_free(&w->glancer);
		if (i > 0)
			matcher_close(w->matcher);
	}
	free(f->sources);
	free(f->workers);
	pthread_cond_destroy(&f->changed);
	pthread_mutex_destroy(&f->lock);
}

int
flow_run(struct run *r, unsigned threads, const struct flow_hooks *hooks,
    struct err *err)
{
	struct flow f = {.run = r,
	    .hooks = hooks,
	    .threads = threads,
	    .say = r->say,
	    .say_ctx = r->ctx};

	pthread_mutex_init(&f.lock, NULL);
	pthread_cond_init(&f.changed, NULL);
	f.end = &f.first;
	f.workers = mem_alloc(threads * sizeof(*f.workers));
	r->say = on_say;
	r->ctx = &f;
	r->made = on_made;
	open_sources(&f);
	if (worker_open(&f, &f.workers[0], &f.failed) == 0) {
		work_alone(&f, &f.workers[0]);
		work_together(&f);
	}
	flow_close(&f);
	r->say = f.say;
	r->ctx = f.say_ctx;
	*err = f.failed;
	return err->kind == ERR_NONE ? 0 : -1;
}
