#include "read/format.h"

#include "read/draft.h"
#include "read/stranger.h"

#define X(name) extern const struct format format_##name;
#include "read/formats.def"
#undef X

const struct format *const formats[] = {
#define X(name) &format_##name,
#include "read/formats.def"
#undef X
};
enum {
#define X(name) FORMAT_##name,
#include "read/formats.def"
#undef X
	NFORMATS
};
const size_t nformats = NFORMATS;

const struct format *
format_named(const char *name)
{
	for (size_t i = 0; i < nformats; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

const struct format *
format_detect(const struct sample *s, const char *why[], unsigned near[])
{
	struct sample mine = *s;
	const struct format *best = NULL;
	int most = 0;

	for (size_t i = 0; i < nformats; i++)
		if (formats[i]->signs && formats[i]->sniff(s, &why[i]) == 100)
			return formats[i];

	for (size_t i = 0; i < nformats; i++) {
		int sure;

		why[i] = "";
		near[i] = 0;
		mine.near = &near[i];
		sure = formats[i]->sniff(&mine, &why[i]);
		if (sure > most) {
			most = sure;
			best = formats[i];
		}
	}
	return best;
}

static int
choose(const struct input *in, struct stream *stream,
    const struct format **used, struct err *err)
{
	struct sample s = {.path = in->path,
	    .pack = in->pack,
	    .viewer = in->viewer,
	    .options = in->options};
	const struct stranger *stranger;
	struct span head;
	const char *why[NFORMATS];
	unsigned near[NFORMATS];

	*used = in->options->format;
	if (*used != NULL)
		return 0;
	if (stream_peek(stream, SNIFF_SIZE, &s.text, &s.whole, err) == -1)
		return -1;
	if (s.text.len == 0) {
		fail(err, "%.*s:1:1: no utterance: the input is empty",
		    SPAN_FMT(s.path));
		return -1;
	}
	head = stream_head(stream);
	stranger = stranger_of(head);
	*used = format_detect(&s, why, near);
	if (stranger == NULL && (*used == NULL || !(*used)->signs))
		stranger = stranger_report(s.text);
	if (stranger == NULL && *used != NULL)
		return 0;
	/* In a folder a stranger is passed over, a damaged document is not. */
	*used = stranger == NULL && stranger_is_damaged(&s) ? &format_json :
							      NULL;
	stranger_refuse(&s, stranger, head, why, near, FORMAT_text + 1, err);
	return -1;
}

int
input_begin(const struct input *in, struct stream **stream,
    const struct format **used, struct err *err)
{
	const char *encoding;
	bool guessed;

	*used = NULL;
	if (stream_open_watched(stream, in->fd, in->path, in->opened,
		in->options->encoding, in->options->watch, err) == -1)
		return -1;
	if (choose(in, *stream, used, err) == -1)
		return -1;
	encoding = stream_encoding(*stream, &guessed);
	if (in->began != NULL)
		in->began(in->sink->ctx, *used, encoding);
	if (guessed)
		in->sink->note(
		    in->sink->ctx, NOTE_ENCODING_GUESSED, 0, span_of(encoding));
	return 0;
}

static struct reader
reader_of(const struct input *in, struct stream *stream, struct arena *arena)
{
	return (struct reader){.in = stream,
	    .pack = in->pack,
	    .viewer = in->viewer,
	    .options = in->options,
	    .sink = in->sink,
	    .arena = arena};
}

int
input_block(const struct input *in, struct stream *block,
    const struct format *format, struct part *part, struct err *err)
{
	struct arena arena = {0};
	struct reader r = reader_of(in, block, &arena);
	int rc;

	r.part = part;
	rc = format->read(&r, err);
	arena_free(&arena);
	return rc;
}

int
input_rest(const struct input *in, struct stream *stream,
    const struct format *format, struct err *err)
{
	return input_block(in, stream, format, NULL, err);
}

int
input_read(const struct input *in, const struct format **used, struct err *err)
{
	struct stream *stream = NULL;
	int rc = input_begin(in, &stream, used, err);

	if (rc == 0)
		rc = input_rest(in, stream, *used, err);
	stream_close(stream);
	return rc;
}

int
input_splits(const struct input *in, struct stream *stream,
    const struct format *format, struct part *part, struct err *err)
{
	const struct reader r = reader_of(in, stream, NULL);

	*part = (struct part){.size = BLOCK_SIZE};
	if (!format->splits)
		return 0;
	if (format->know == NULL)
		return 1;
	part->known = format->know(&r, err);
	return part->known == NULL ? -1 : 1;
}

void
input_part_free(const struct format *format, struct part *part)
{
	if (part->known != NULL)
		format->forget(part->known);
	part->known = NULL;
}

int
input_block_end(
    const struct input *in, const struct part *part, struct err *err)
{
	const char *what = part->nothing == NULL ? BLANK_LINES : part->nothing;

	if (part->read > 0 && part->read > part->foreign)
		return 0;
	return emit_nothing(in->path, part->read > 0 ? ALL_FOREIGN : what, err);
}
