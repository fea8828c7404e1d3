#include "read/format.h"

#include "base/buf.h"
#include "read/draft.h"
#include "text/utf8.h"
#include "text/encoding.h"

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
format_detect(const struct sample *s, const char *why[])
{
	const struct format *best = NULL;
	int most = 0;

	for (size_t i = 0; i < nformats; i++) {
		int sure;

		why[i] = "";
		sure = formats[i]->sniff(s, &why[i]);
		if (sure > most) {
			most = sure;
			best = formats[i];
		}
	}
	return best;
}

/* The first characters, with what does not print as \xHH. */
static void
quote_start(struct span text, struct buf *out)
{
	size_t end = text.len < 32 ? text.len : 32;
	size_t i = 0;

	buf_addc(out, '"');
	while (i < end) {
		struct span rest = {text.at + i, text.len - i};
		size_t n = (unsigned char)*rest.at < 0x80 ?
		    1 :
		    utf8_valid(
			(struct span){rest.at, rest.len < 4 ? rest.len : 4});

		if (n == 0 || (unsigned char)*rest.at < ' ' ||
		    *rest.at == 0x7f) {
			buf_printf(out, "\\x%02X", (unsigned char)*rest.at);
			n = 1;
		} else if (n > 1) {
			const char *next = rest.at;

			utf8_next(&next);
			n = (size_t)(next - rest.at);
			buf_add(out, (struct span){rest.at, n});
		} else {
			buf_addc(out, *rest.at);
		}
		i += n;
	}
	buf_adds(out, i < text.len ? "…\"" : "\"");
}

/*
 * None fits: how the input begins, and what the general formats missed,
 * which stand first in the table. Of the others the names are enough.
 */
static void
none_fits(const struct sample *s, const char *const why[], struct err *err)
{
	struct buf text = {0};

	buf_adds(&text, "it begins ");
	quote_start(s->text, &text);
	for (size_t i = 0; i <= FORMAT_text; i++) {
		buf_printf(&text, "; %s: %s", formats[i]->name, why[i]);
		if (formats[i]->explain != NULL)
			formats[i]->explain(s, &text);
	}
	for (size_t i = FORMAT_text + 1; i < nformats; i++)
		buf_printf(&text, "%s%s",
		    i == FORMAT_text + 1 ? "; nor " : ", ", formats[i]->name);
	fail(err,
	    "%.*s: no known transcript format: %.*s; --format NAME says "
	    "more",
	    SPAN_FMT(s->path), SPAN_FMT(buf_span(&text)));
	buf_free(&text);
}

static int
choose(const struct input *in, struct stream *stream,
    const struct format **used, struct err *err)
{
	struct sample s = {.path = in->path,
	    .pack = in->pack,
	    .viewer = in->viewer,
	    .options = in->options};
	const char *why[NFORMATS];

	*used = in->options->format;
	if (*used != NULL)
		return 0;
	if (stream_peek(stream, SNIFF_SIZE, &s.text, &s.whole, err) == -1)
		return -1;
	if (s.text.len == 0) {
		fail(err, "%.*s: no utterance: the input is empty",
		    SPAN_FMT(s.path));
		return -1;
	}
	*used = format_detect(&s, why);
	if (*used != NULL)
		return 0;
	none_fits(&s, why, err);
	return -1;
}

int
input_begin(const struct input *in, struct stream **stream,
    const struct format **used, struct err *err)
{
	const char *encoding;
	bool guessed;

	*used = NULL;
	if (stream_open(stream, in->fd, in->path, in->options->encoding, err) ==
	    -1)
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

int
input_block(const struct input *in, struct stream *block,
    const struct format *format, struct part *part, struct err *err)
{
	struct arena arena = {0};
	struct reader r = {
	    block, in->pack, in->viewer, in->options, in->sink, &arena, part};
	int rc = format->read(&r, err);

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

bool
input_splits(const struct stream *stream, const struct format *format)
{
	return format->splits && stream_is_plain(stream);
}

int
input_block_end(
    const struct input *in, const struct part *part, struct err *err)
{
	return part->read > 0 ? 0 : emit_nothing(in->path, BLANK_LINES, err);
}
