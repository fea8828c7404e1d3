/* From operands to records: each input is opened, read and counted. */
#include <errno.h>
#include <unistd.h>

#include "reading.h"
#include "talk/shard.h"

/* Is the record's conversation another run's? */
static bool
elsewhere(const struct run *r, struct span named)
{
	const struct ofuku_input *in = r->input;
	uint64_t scope;

	return in->shards > 1 &&
	    shard_of(store_id(r->store, named, &scope), in->shards) !=
	    in->shard;
}

/* What cannot be written is not the input's fault: there is no use in
 * reading on. */
static int
ends_run(struct run *r, const struct err *err)
{
	r->failed = *err;
	return -1;
}

static int
on_record(void *ctx, const struct record *rec, struct err *err)
{
	struct run *r = ctx;

	if (run_tick(r, err) == -1)
		return -1;
	r->counts.read++;
	watch_add(&r->watch.records, 1);
	watch_add(&r->watch.done, 1);
	if (elsewhere(r, rec->conversation)) {
		r->counts.filtered++;
		return 0;
	}
	r->counts.audited++;
	if (r->record(r->hook, r, rec, err) == -1)
		return ends_run(r, err);
	return r->enough || r->stop ? fail(err, "enough") : 0;
}

static int
on_skip(void *ctx, uint64_t line, const char *why, struct err *err)
{
	struct run *r = ctx;

	(void)err;
	r->counts.read++;
	r->counts.skipped++;
	run_say(r, OFUKU_SAY_DETAIL, "%.*s:%llu: skipped: %s",
	    SPAN_FMT(r->current->label), (unsigned long long)line, why);
	return 0;
}

static int
on_reject(void *ctx, uint64_t line, uint64_t byte, const char *reason,
    struct span excerpt, struct err *err)
{
	return run_reject(ctx, line, byte, reason, excerpt, err) == -1 ?
	    ends_run(ctx, err) :
	    0;
}

static void
on_note(void *ctx, enum note_id id, uint64_t line, struct span detail)
{
	struct run *r = ctx;
	char *text = arena_printf(
	    &r->arena, notes[id].message, SPAN_FMT(detail));

	if (line == 0)
		run_say(r, OFUKU_SAY_NOTE, "%.*s: note: %s",
		    SPAN_FMT(r->current->label), text);
	else
		run_say(r, OFUKU_SAY_NOTE, "%.*s:%llu: note: %s",
		    SPAN_FMT(r->current->label), (unsigned long long)line,
		    text);
}

static int
on_identify(void *ctx, struct span id, struct err *err)
{
	struct run *r = ctx;

	(void)err;
	store_identify(r->store, id);
	r->conversation = arena_dup(&r->arena, id);
	return 0;
}

/* Is the last extension short and of letters and digits: ".jsonl"? */
static size_t
extension(struct span name)
{
	size_t n = 0;

	while (n < name.len && n <= 8) {
		char c = name.at[name.len - 1 - n];

		if (c == '.')
			return n > 0 && n + 1 < name.len &&
				(name.at[name.len - n] < '0' ||
				    name.at[name.len - n] > '9') ?
			    n + 1 :
			    0;
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			(c >= 'A' && c <= 'Z')))
			return 0;
		n++;
	}
	return 0;
}

/* "a/call-7.jsonl.gz" is conversation call-7; standard input is stdin. */
static struct span
file_id(struct span label)
{
	struct span name = label;
	size_t n;

	if (span_eq(label, SPAN("-")))
		return SPAN("stdin");
	for (size_t i = label.len; i > 0; i--)
		if (label.at[i - 1] == '/') {
			name = (struct span){label.at + i, label.len - i};
			break;
		}
	while ((n = extension(name)) > 0)
		name.len -= n;
	return name;
}

static void
on_began(void *ctx, const struct format *f, const char *encoding)
{
	struct run *r = ctx;

	r->format = f;
	r->counts.inputs++;
	r->conversation = file_id(r->current->label);
	store_input(r->store, f->name, r->conversation);
	run_say(r, OFUKU_SAY_DETAIL, "%.*s: %s, %s",
	    SPAN_FMT(r->current->label), f->name, encoding);
	if (r->began != NULL)
		r->began(r->hook, r);
}

/*
 * A file found by walking that is no transcript is passed over with a note;
 * one that the user named, or that cannot be read, is an error.
 */
static void
say_failed(
    struct run *r, const struct format *used, bool broken, const char *why)
{
	r->current->unread = true;
	if (used == NULL && !broken && !r->current->named)
		on_note(r, NOTE_NOT_A_TRANSCRIPT, 0, (struct span){0});
	else
		run_say(r, OFUKU_SAY_ERROR, "%s", why);
}

static void
say_unread(struct run *r, const char *why)
{
	r->current->unread = true;
	run_say(r, OFUKU_SAY_ERROR,
	    "%.*s: %s: check the path and its "
	    "permissions",
	    SPAN_FMT(r->current->label), why);
}

_Static_assert(NOTE_N <= 32, "a bit for each note");

/* In an input that is read block by block each block has its first one. */
static void
take_note(struct run *r, const struct happening *h)
{
	const bool once = h->note == NOTE_AT_WINS ||
	    h->note == NOTE_DATE_ONLY || h->note == NOTE_SERIAL_DATE ||
	    h->note == NOTE_ID_UNUSED;

	if (once && (r->noted & 1u << h->note) != 0)
		return;
	r->noted |= 1u << h->note;
	on_note(r, h->note, h->line, h->detail);
}

static int
take_happening(struct run *r, const struct happening *h, struct err *err)
{
	switch (h->kind) {
	case HAPPENED_BEGAN:
		r->noted = 0;
		on_began(r, h->format, h->text);
		return 0;
	case HAPPENED_IDENTIFY:
		return on_identify(r, h->detail, err);
	case HAPPENED_SKIP:
		return on_skip(r, h->line, h->text, err);
	case HAPPENED_REJECT:
		return run_reject(r, h->line, h->byte, h->text, h->detail, err);
	case HAPPENED_NOTE:
		take_note(r, h);
		return 0;
	case HAPPENED_UNREAD:
		say_unread(r, h->text);
		return 0;
	case HAPPENED_FAILED:
		say_failed(r, h->format, false, h->text);
		return 0;
	case HAPPENED_BROKEN:
		say_failed(r, h->format, true, h->text);
		return 0;
	case HAPPENED_END:
		return store_input_end(r->store, err);
	}
	return 0;
}

static int
take_stretch(struct run *r, struct batch *b, struct stretch *t, struct err *err)
{
	r->counts.read += t->n;
	if (elsewhere(r, t->id)) {
		r->counts.filtered += t->n;
		return 0;
	}
	return store_take(r->store, b, t, err);
}

int
run_take(struct run *r, struct batch *b, struct err *err)
{
	const struct ofuku_counts before = r->counts;
	size_t h = 0;
	int rc = run_tick(r, err);

	r->current = b->input;
	for (size_t i = 0; i <= b->nstretches && rc == 0; i++) {
		for (; h < b->nhappenings && b->happenings[h].stretch == i &&
		     rc == 0;
		     h++)
			rc = take_happening(r, &b->happenings[h], err);
		if (i < b->nstretches && rc == 0)
			rc = take_stretch(r, b, &b->stretches[i], err);
	}
	r->current->records += r->counts.read - before.read;
	r->current->rejected += r->counts.rejected - before.rejected;
	batch_drop(b);
	watch_add(&r->watch.records, r->counts.read - before.read);
	watch_add(&r->watch.done,
	    r->counts.skipped + r->counts.filtered + r->counts.rejected -
		before.skipped - before.filtered - before.rejected);
	return rc;
}

static int
publish(void *ctx, struct batch *b, struct err *err)
{
	struct run *r = ctx;

	if (r->failed.kind == ERR_NONE && run_take(r, b, &r->failed) == -1)
		*err = r->failed;
	return r->failed.kind == ERR_NONE ? 0 : -1;
}

static void
read_batches(struct run *r)
{
	struct reading g = {.run = r,
	    .input = r->current,
	    .viewer = matcher_viewer(r->matcher),
	    .publish = publish,
	    .ctx = r};

	reading_all(&g);
}

static void
read_one(struct run *r, int fd, const struct stat *opened, struct err *err)
{
	const struct sink sink = {
	    r, on_record, on_skip, on_reject, on_note, on_identify};
	const struct input in = {
	    .fd = fd,
	    .opened = opened,
	    .path = r->current->label,
	    .pack = &r->rules->pack,
	    .viewer = matcher_viewer(r->matcher),
	    .options = &r->read,
	    .sink = &sink,
	    .began = on_began,
	};
	const struct format *used = NULL;
	int rc;

	r->enough = false;
	rc = input_read(&in, &used, err);
	if (rc == 0 || r->enough || r->stop || r->failed.kind != ERR_NONE ||
	    watch_go_on(&r->watch, &r->failed) == -1)
		return;
	say_failed(r, used, err->kind == ERR_INPUT, err->text);
}

static void
open_one(struct run *r, struct err *err)
{
	const char *path = r->current->path;
	bool standard = r->current->named && strcmp(path, "-") == 0;
	struct stat st;
	int fd = standard ? STDIN_FILENO : walked_open(r->current, &st);

	if (fd == -1) {
		say_unread(r, strerror(errno));
		return;
	}
	read_one(r, fd, standard || st.st_mode == 0 ? NULL : &st, err);
	if (!standard)
		close(fd);
}

static void
on_trouble(void *ctx, const char *line)
{
	run_say(ctx, OFUKU_SAY_ERROR, "%s", line);
}

static void
on_passed_over(void *ctx, const char *line)
{
	run_say(ctx, OFUKU_SAY_NOTE, "%s", line);
}

void
run_say_nothing_found(struct run *r)
{
	const struct ofuku_input *in = r->input;

	if (r->read.format != NULL && r->counts.rejected > 0 &&
	    r->counts.rejected == r->counts.read)
		run_say(r, OFUKU_SAY_NOTE,
		    "note: no record could be read as %s: without --format, "
		    "or format in the settings, it is found out",
		    r->read.format->name);
	if (in->nothing || r->counts.inputs > 0 || r->trouble)
		return;
	run_say(r, OFUKU_SAY_ERROR,
	    "%s: no transcript in it: name a file to "
	    "see why it is none, or give --format",
	    in->npaths > 0 ? in->paths[0] : "-");
}

struct walk *
run_walk(struct run *r)
{
	static const char *const standard[] = {"-"};
	const struct ofuku_input *in = r->input;
	struct walk *w;

	if (r->walk != NULL)
		return r->walk;
	w = arena_alloc(&r->arena, sizeof(*w));
	w->exclude = in->exclude;
	w->nexclude = in->nexclude;
	w->trouble = on_trouble;
	w->note = on_passed_over;
	w->ctx = r;
	arena_own(&r->arena, w, (void (*)(void *))walk_free);
	walk_paths(w, in->npaths > 0 ? in->paths : standard,
	    in->npaths > 0 || in->nothing ? in->npaths : 1);
	run_expect(r, w);
	r->walk = w;
	return w;
}

int
run_gather(struct run *r, struct err *err)
{
	struct walk *w = run_walk(r);

	r->store_options.many = w->n > 1;
	run_open_store(r);
	for (size_t i = 0; i < w->n && !r->stop && r->failed.kind == ERR_NONE;
	     i++) {
		r->current = &w->at[i];
		if (r->skip != NULL && r->skip(r->skip_ctx, r, r->current)) {
			r->counts.inputs++;
			continue;
		}
		if (r->record == NULL)
			read_batches(r);
		else if (r->current->repeated)
			on_note(r, NOTE_READ_ONCE, 0, (struct span){0});
		else
			open_one(r, err);
	}
	if (watch_go_on(&r->watch, &r->failed) == 0)
		run_say_nothing_found(r);
	*err = r->failed;
	return err->kind == ERR_NONE ? 0 : -1;
}
