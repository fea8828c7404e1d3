#include "reading.h"

#include <errno.h>
#include <unistd.h>

enum {
	BATCH_TEXT = 256 << 10, /* bytes of text and names */
	BATCH_RECORDS = 8192,
	FIRST_BLOCK = 8 << 10 /* of a long input: soon read */
};

static struct batch *
batch_of(struct reading *g)
{
	if (g->batch != NULL)
		return g->batch;
	g->batch = batch_new(g->input, g->room);
	if (g->matcher != NULL)
		glancer_begin(g->glancer);
	return g->batch;
}

static int
publish(struct reading *g, struct err *err)
{
	struct batch *b = g->batch;

	g->batch = NULL;
	if (b == NULL)
		return 0;
	g->room = b->n + b->n / 8;
	batch_trim(b);
	return g->publish(g->ctx, b, err);
}

static int
publish_full(struct reading *g, struct err *err)
{
	const struct batch *b = g->batch;

	return g->publish != NULL &&
		(b->arena.used >= BATCH_TEXT || b->n >= BATCH_RECORDS ||
		    b->nhappenings >= BATCH_RECORDS) ?
	    publish(g, err) :
	    0;
}

static void
look(struct spoken *u, struct glancer *g, struct matcher *m,
    const struct rules *rules)
{
	const struct seen seen = glance(
	    g, m, rules, u->who, (struct span){u->text, u->text_len});

	u->quiet = (uint8_t)seen.quiet;
	u->phraseless = seen.phraseless;
}

static int
on_record(void *ctx, const struct record *rec, struct err *err)
{
	struct reading *g = ctx;
	struct batch *b = batch_of(g);
	struct spoken *u = batch_record(b, rec, g->input->label);
	const struct rules *rules = g->run->rules;

	if (g->matcher != NULL) {
		look(u, g->glancer, g->matcher, rules);
		stretch_glanced(&b->stretches[b->nstretches - 1], &g->hush, u,
		    rules->join_gap_ms);
	}
	return publish_full(g, err);
}

static int
on_skip(void *ctx, uint64_t line, const char *why, struct err *err)
{
	struct reading *g = ctx;
	struct happening *h = batch_happening(batch_of(g), HAPPENED_SKIP);

	h->line = line;
	h->text = arena_cstr(&g->batch->arena, span_of(why));
	return publish_full(g, err);
}

static int
on_reject(void *ctx, uint64_t line, uint64_t byte, const char *reason,
    struct span excerpt, struct err *err)
{
	struct reading *g = ctx;
	struct happening *h = batch_happening(batch_of(g), HAPPENED_REJECT);

	h->line = line;
	h->byte = byte;
	h->text = arena_cstr(&g->batch->arena, span_of(reason));
	h->detail = arena_dup(&g->batch->arena, excerpt);
	return publish_full(g, err);
}

static void
on_note(void *ctx, enum note_id id, uint64_t line, struct span detail)
{
	struct reading *g = ctx;
	struct happening *h = batch_happening(batch_of(g), HAPPENED_NOTE);

	h->note = id;
	h->line = line;
	h->detail = arena_dup(&g->batch->arena, detail);
}

static int
on_identify(void *ctx, struct span id, struct err *err)
{
	struct reading *g = ctx;
	struct happening *h = batch_happening(batch_of(g), HAPPENED_IDENTIFY);

	(void)err;
	h->detail = arena_dup(&g->batch->arena, id);
	return 0;
}

static void
on_began(void *ctx, const struct format *f, const char *encoding)
{
	struct reading *g = ctx;
	struct happening *h = batch_happening(batch_of(g), HAPPENED_BEGAN);

	g->format = f;
	h->format = f;
	h->text = arena_cstr(&g->batch->arena, span_of(encoding));
}

static void
set_input(struct reading *g, struct sink *sink, struct input *in)
{
	*sink = (struct sink){
	    g, on_record, on_skip, on_reject, on_note, on_identify};
	*in = (struct input){
	    .fd = g->fd,
	    .opened = g->standard || g->opened.st_mode == 0 ? NULL : &g->opened,
	    .path = g->input->label,
	    .pack = &g->run->rules->pack,
	    .viewer = g->viewer,
	    .options = &g->run->read,
	    .sink = sink,
	    .began = on_began,
	};
}

static void
told(struct reading *g, enum happening_kind kind, const char *text)
{
	struct happening *h = batch_happening(batch_of(g), kind);

	h->text = arena_cstr(&g->batch->arena, span_of(text));
	h->format = g->format;
}

static void
told_error(struct reading *g, const struct err *err)
{
	told(g, err->kind == ERR_INPUT ? HAPPENED_BROKEN : HAPPENED_FAILED,
	    err->text);
}

/* Has the file been written to since it was opened? */
static bool
written_to(const struct reading *g)
{
	const struct stat *was = &g->opened;
	struct stat st;

	return g->fd != -1 && S_ISREG(was->st_mode) && fstat(g->fd, &st) == 0 &&
	    (st.st_size != was->st_size ||
		st.st_mtim.tv_sec != was->st_mtim.tv_sec ||
		st.st_mtim.tv_nsec != was->st_mtim.tv_nsec);
}

/* False: it is told why not. */
static bool
open_input(struct reading *g)
{
	const char *path = g->input->path;

	g->standard = g->input->named && strcmp(path, "-") == 0;
	if (!g->standard)
		g->fd = walked_open(g->input, &g->opened);
	else if (fstat(g->fd = STDIN_FILENO, &g->opened) == -1)
		g->opened.st_mode = 0;
	if (g->fd != -1)
		return true;
	told(g, HAPPENED_UNREAD, strerror(errno));
	return false;
}

void
reading_glance(struct batch *b, struct glancer *g, struct matcher *m,
    const struct rules *rules)
{
	glancer_begin(g);
	for (size_t i = 0; i < b->nstretches; i++) {
		const struct stretch *t = &b->stretches[i];

		for (uint32_t k = t->first; k < t->first + t->n; k++)
			look(&b->at[k], g, m, rules);
	}
}

struct batch *
reading_end(struct reading *g, const struct err *err)
{
	struct batch *b;

	if (err->kind != ERR_NONE)
		told_error(g, err);
	else if (written_to(g))
		on_note(g, NOTE_WRITTEN_TO, 0, (struct span){0});
	batch_happening(batch_of(g), HAPPENED_END);
	b = g->batch;
	g->batch = NULL;
	batch_trim(b);
	return b;
}

void
reading_close(struct reading *g)
{
	if (g->format != NULL)
		input_part_free(g->format, &g->part);
	stream_close(g->stream);
	g->stream = NULL;
	if (g->fd != -1 && !g->standard)
		close(g->fd);
	g->fd = -1;
	batch_drop(g->batch);
	g->batch = NULL;
}

static void
publish_end(struct reading *g, struct err *err)
{
	struct err ignored;

	g->publish(g->ctx, reading_end(g, err), &ignored);
	reading_close(g);
}

/* 1: it can be read by blocks; 0: all is done. */
static int
begin(struct reading *g, bool by_blocks)
{
	struct sink sink;
	struct input in;
	struct err err = {0};
	int rc;

	g->fd = -1;
	if (g->input->repeated) {
		on_note(g, NOTE_READ_ONCE, 0, (struct span){0});
	} else if (open_input(g)) {
		set_input(g, &sink, &in);
		rc = input_begin(&in, &g->stream, &g->format, &err);
		if (rc == 0 && by_blocks)
			rc = input_splits(
			    &in, g->stream, g->format, &g->part, &err);
		if (rc == 1)
			return 1;
		if (rc == 0)
			input_rest(&in, g->stream, g->format, &err);
	}
	publish_end(g, &err);
	return 0;
}

void
reading_all(struct reading *g)
{
	begin(g, false);
}

int
reading_open(struct reading *g)
{
	return begin(g, true);
}

/* Where others may wait for what its first records decide. */
static bool
is_long(const struct reading *g)
{
	return !g->input->sized || g->input->size > g->part.size;
}

int
reading_cut(struct reading *g, struct stream **block, struct err *err)
{
	const struct cutter c = {g->format->cut, g->part.known};
	const bool brief = !g->cut && is_long(g);

	g->cut = true;
	return stream_block(g->stream, brief ? FIRST_BLOCK : g->part.size,
	    g->run->read.record_max, c.cut == NULL ? NULL : &c, block, err);
}

bool
reading_block(struct reading *g, struct stream *block, struct part *part)
{
	struct sink sink;
	struct input in;
	struct err err = {0};

	set_input(g, &sink, &in);
	batch_of(g);
	if (input_block(&in, block, g->format, part, &err) == -1)
		told_error(g, &err);
	g->room = g->batch->n + g->batch->n / 8;
	batch_trim(g->batch);
	return err.kind == ERR_NONE;
}
