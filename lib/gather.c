/* From operands to records: each input is opened, read and counted. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "run.h"
#include "talk/shard.h"

/* Is the record's conversation another run's? */
static bool
elsewhere(const struct run *r, const struct record *rec)
{
	const struct ofuku_input *in = r->input;
	uint64_t scope;

	return in->shards > 1 &&
	    shard_of(store_id(r->store, rec, &scope), in->shards) != in->shard;
}

static int
on_record(void *ctx, const struct record *rec, struct err *err)
{
	struct run *r = ctx;
	const char *why;

	r->counts.read++;
	if (elsewhere(r, rec)) {
		r->counts.filtered++;
		return 0;
	}
	if (r->record != NULL) {
		r->counts.audited++;
		if (r->record(r->hook, r, rec, err) == -1)
			return -1;
		return r->enough || r->stop ? fail(err, "enough") : 0;
	}
	why = store_add(r->store, rec);
	if (why == NULL)
		return 0;
	r->counts.read--;
	return run_reject(r, rec->line, rec->byte, why, rec->text, err);
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

int
run_reject(struct run *r, uint64_t line, uint64_t byte, const char *reason,
    struct span excerpt, struct err *err)
{
	r->counts.read++;
	r->counts.rejected++;
	run_say(r, OFUKU_SAY_REJECT, "%.*s:%llu: %s",
	    SPAN_FMT(r->current->label), (unsigned long long)line, reason);
	if (r->reject == NULL)
		return 0;
	return r->reject(r->hook, r, line, byte, reason, excerpt, err);
}

static int
on_reject(void *ctx, uint64_t line, uint64_t byte, const char *reason,
    struct span excerpt, struct err *err)
{
	return run_reject(ctx, line, byte, reason, excerpt, err);
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
	store_input(r->store, r->current->label, f->name, r->conversation);
	run_say(r, OFUKU_SAY_DETAIL, "%.*s: %s, %s",
	    SPAN_FMT(r->current->label), f->name, encoding);
	if (r->began != NULL)
		r->began(r->hook, r);
}

/*
 * A file found by walking that is no transcript is passed over with a note;
 * one that the user named is an error.
 */
static void
read_one(struct run *r, int fd, struct err *err)
{
	const struct sink sink = {
	    r, on_record, on_skip, on_reject, on_note, on_identify};
	const struct input in = {
	    .fd = fd,
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
	if (rc == 0 || r->enough || r->stop)
		return;
	if (used == NULL && !r->current->named)
		on_note(r, NOTE_NOT_A_TRANSCRIPT, 0, (struct span){0});
	else
		run_say(r, OFUKU_SAY_ERROR, "%s", err->text);
}

static void
open_one(struct run *r, struct err *err)
{
	const char *path = r->current->path;
	bool standard = r->current->named && strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1) {
		run_say(r, OFUKU_SAY_ERROR,
		    "%.*s: %s: check the path and its "
		    "permissions",
		    SPAN_FMT(r->current->label), strerror(errno));
		return;
	}
	read_one(r, fd, err);
	if (!standard)
		close(fd);
}

static void
on_trouble(void *ctx, const char *line)
{
	run_say(ctx, OFUKU_SAY_ERROR, "%s", line);
}

static void
say_nothing_found(struct run *r, const struct ofuku_input *in)
{
	if (r->counts.inputs > 0 || r->trouble)
		return;
	run_say(r, OFUKU_SAY_ERROR,
	    "%s: no transcript in it: name a file to "
	    "see why it is none, or give --format",
	    in->npaths > 0 ? in->paths[0] : "-");
}

int
run_gather(struct run *r, struct err *err)
{
	static const char *const standard[] = {"-"};
	const struct ofuku_input *in = r->input;
	struct walk *w = arena_alloc(&r->arena, sizeof(*w));

	w->exclude = in->exclude;
	w->nexclude = in->nexclude;
	w->trouble = on_trouble;
	w->ctx = r;
	arena_own(&r->arena, w, (void (*)(void *))walk_free);
	walk_paths(w, in->npaths > 0 ? in->paths : standard,
	    in->npaths > 0 ? in->npaths : 1);
	for (size_t i = 0; i < w->n && !r->stop; i++) {
		r->current = &w->at[i];
		if (r->current->repeated)
			on_note(r, NOTE_READ_ONCE, 0, (struct span){0});
		else
			open_one(r, err);
	}
	say_nothing_found(r, in);
	err->kind = ERR_NONE;
	return 0;
}
