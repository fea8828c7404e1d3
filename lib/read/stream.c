#include "read/stream.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "read/container.h"
#include "text/encoding.h"

enum {
	CHUNK = 256 << 10, /* how much is asked for at once */
	ANCHOR_GAP = 64,   /* decoded bytes between two anchors */
	HEAD_MAX = 8192    /* bytes kept as they came */
};

/* Where a byte of decoded text came from. */
struct anchor {
	uint64_t text;     /* offset in the decoded input */
	uint64_t origin;   /* offset in the input */
	unsigned char bad; /* the byte, where it did not decode */
};

struct stream {
	struct container *input;
	struct span path;
	const char *label, *coding; /* as it is printed; as it is opened */
	bool guessed;
	bool sound, without_cr;  /* stream_is_sound and so on */
	bool ended;              /* nothing more comes */
	struct err *trouble;     /* told behind the text before it */
	struct decoder *decoder; /* NULL: UTF-8, passed through */

	struct buf text; /* decoded; padded behind len */
	size_t at;       /* of text: what is not returned yet */
	uint64_t base;   /* offset of text.at[0], decoded */

	struct buf bytes; /* read, not decoded yet */
	size_t bytes_at;
	uint64_t bytes_base; /* offset of bytes.at[0] in the input */
	uint64_t mark;       /* length of a byte order mark */

	struct anchor *anchors; /* ascending; only with a decoder */
	size_t nanchors, anchor_cap;

	size_t last, last_len; /* of text: what was returned last */
	struct buf head;       /* how the input began, not decoded: a copy */
	size_t head_len;       /* where that is text's beginning yet */
	uint64_t line;         /* on which it begins */
	bool chunked;          /* its line ends are not counted yet */
	bool returns;          /* lines end at CR alone: LF was put for it */
};

static struct anchor *
anchor_add(struct stream *s, uint64_t text, uint64_t origin)
{
	struct anchor *a;

	s->anchors = mem_grow(
	    s->anchors, &s->anchor_cap, s->nanchors + 1, sizeof(*a));
	a = &s->anchors[s->nanchors++];
	*a = (struct anchor){text, origin, 0};
	return a;
}

/* Told by the decoder: a line start, or a byte that did not decode. */
static void
decoded_at(void *ctx, size_t out_at, uint64_t in_at, int bad)
{
	struct stream *s = ctx;
	uint64_t text = s->base + out_at;
	const struct anchor *last = s->nanchors == 0 ?
	    NULL :
	    &s->anchors[s->nanchors - 1];

	if (bad < 0 && last != NULL && text - last->text < ANCHOR_GAP)
		return;
	anchor_add(s, text, in_at + s->mark)->bad = (unsigned char)(bad < 0 ?
		0 :
		bad);
}

/* The last anchor at or before a place of the decoded input. */
static const struct anchor *
anchor_of(const struct stream *s, uint64_t text)
{
	size_t lo = 0, hi = s->nanchors;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->anchors[mid].text <= text)
			lo = mid;
		else
			hi = mid;
	}
	return &s->anchors[lo];
}

uint64_t
stream_origin(const struct stream *s, const char *at)
{
	uint64_t text = s->base + (uint64_t)(at - s->text.at);
	const struct anchor *a;

	if (s->decoder == NULL)
		return text;
	a = anchor_of(s, text);
	return a->origin +
	    decoder_length(s->decoder,
		(struct span){s->text.at + (a->text - s->base),
		    (size_t)(text - a->text)});
}

bool
stream_holds(const struct stream *s, const char *at)
{
	const char *from = s->text.at + s->last;

	return (uintptr_t)at >= (uintptr_t)from &&
	    (uintptr_t)at < (uintptr_t)(from + s->last_len);
}

unsigned char
stream_raw(const struct stream *s, const char *at)
{
	const struct anchor *a;

	if (s->decoder == NULL || *at != BAD_BYTE)
		return (unsigned char)*at;
	a = anchor_of(s, s->base + (uint64_t)(at - s->text.at));
	return a->bad;
}

struct span
stream_left(const struct stream *s)
{
	return (struct span){s->text.at + s->at, s->text.len - s->at};
}

/* Forgets the text before keep: moves the rest to the front. */
static void
compact(struct stream *s, size_t keep)
{
	struct anchor first = {0};
	size_t from = 0;

	if (keep == 0)
		return;
	if (s->decoder != NULL) {
		first.text = s->base + keep;
		first.origin = stream_origin(s, s->text.at + keep);
		if (keep < s->text.len)
			first.bad = stream_raw(s, s->text.at + keep);
		while (
		    from < s->nanchors && s->anchors[from].text <= first.text)
			from++;
		/* At least one anchor lies at or before keep. */
		s->anchors[from - 1] = first;
		s->nanchors -= from - 1;
		memmove(s->anchors, s->anchors + from - 1,
		    s->nanchors * sizeof(*s->anchors));
	}
	s->text.len -= keep;
	memmove(s->text.at, s->text.at + keep, s->text.len);
	s->base += keep;
	s->at -= keep;
	s->last = s->last > keep ? s->last - keep : 0;
}

/* DOS marked the end of a text by Ctrl-Z, and some exports do so still. */
static void
drop_end_mark(struct buf *b, size_t from)
{
	enum { CTRL_Z = 0x1a };
	size_t n = b->len;

	while (n > from && (b->at[n - 1] == '\n' || b->at[n - 1] == '\r'))
		n--;
	if (n > from && b->at[n - 1] == CTRL_Z)
		b->len = n - 1;
}

/* What a Mac once wrote as a line end becomes one. */
static void
put_line_ends(struct stream *s, struct buf *b, size_t from)
{
	char *at = b->at + from, *end = b->at + b->len;

	if (s->returns)
		while ((at = memchr(at, '\r', (size_t)(end - at))) != NULL)
			*at = '\n';
}

static void
keep_trouble(struct stream *s, const struct err *err)
{
	s->trouble = mem_alloc(sizeof(*err));
	*s->trouble = *err;
}

/* Reads into b, whose room it makes; 1: more came; 0: none will. */
static int
pull(struct stream *s, struct buf *b)
{
	struct err err;
	size_t room, n = 0;
	int rc;

	if (s->ended)
		return 0;
	rc = container_room(s->input, CHUNK, &room, &err);
	if (rc == 0 && b->at == NULL && container_give(s->input, b, &n))
		(void)buf_room(b, n + STREAM_PADDING);
	else if (rc == 0)
		rc = container_read(s->input,
		    buf_room(b, room + STREAM_PADDING), room, &n, &err);
	if (rc == -1) {
		keep_trouble(s, &err);
		n = 0;
	}
	b->len += n;
	s->ended = n == 0;
	return n > 0;
}

/* The same of what needs no decoder. */
static int
pull_text(struct stream *s, struct buf *b, size_t from)
{
	size_t before = b->len;
	int more = pull(s, b);

	put_line_ends(s, b, before);
	if (s->ended)
		drop_end_mark(b, from);
	return more;
}

/* Decodes what has been read, a piece at a time. */
static int
decode_some(struct stream *s)
{
	size_t before = s->text.len, n;
	bool more = true;

	while (s->text.len == before && more) {
		if (s->bytes_at == s->bytes.len) {
			s->bytes_base += s->bytes.len;
			s->bytes.len = s->bytes_at = 0;
			more = pull(s, &s->bytes) == 1;
		}
		n = s->bytes.len - s->bytes_at;
		if (n > CHUNK / 4)
			n = CHUNK / 4;
		decoder_feed(s->decoder,
		    (struct span){s->bytes.at + s->bytes_at, n}, !more,
		    &s->text, decoded_at, s);
		s->bytes_at += n;
	}
	put_line_ends(s, &s->text, before);
	if (!more)
		drop_end_mark(&s->text, s->at);
	buf_room(&s->text, STREAM_PADDING);
	return s->text.len > before;
}

/* More text behind what is there; 1, or 0 at the end. */
static int
more_text(struct stream *s)
{
	if (s->input == NULL) /* a block */
		return 0;
	if (s->decoder == NULL)
		return pull_text(s, &s->text, s->at);
	return decode_some(s);
}

/* The end was reached: nothing is left, or trouble cut it off. */
static int
end_or_trouble(const struct stream *s, struct err *err)
{
	if (s->trouble == NULL)
		return 0;
	*err = *s->trouble;
	return -1;
}

/* Before the text is changed. */
static void
keep_head(struct stream *s)
{
	buf_add(&s->head, stream_head(s));
	s->head_len = 0;
}

/* The sample turns out not to be UTF-8: it goes through a decoder. */
static int
use_decoder(struct stream *s, const char *name, struct err *err)
{
	if (decoder_open(&s->decoder, name, err) == -1)
		return -1;
	keep_head(s);
	s->bytes = s->text;
	s->bytes_at = (size_t)s->mark;
	s->text = (struct buf){0};
	s->at = 0;
	anchor_add(s, 0, s->mark);
	buf_room(&s->text, CHUNK);
	return 0;
}

/* Does a piece of the sample hold a byte that does not decode? */
static bool
sample_is_broken(struct stream *s, size_t valid)
{
	if (s->decoder != NULL) {
		while (s->bytes_at < s->bytes.len && more_text(s) == 1)
			;
		return memchr(s->text.at, (unsigned char)BAD_BYTE,
			   s->text.len) != NULL;
	}
	s->sound = s->ended && valid == s->text.len;
	return valid < s->text.len && (s->ended || s->text.len - valid > 3);
}

static int
decide_encoding(struct stream *s, const char *encoding, struct err *err)
{
	struct span sample = buf_span(&s->text);
	const size_t valid = utf8_valid(sample);
	const char *name = encoding, *found;
	size_t mark = 0;

	if (sample.len > ENCODING_SAMPLE)
		sample.len = ENCODING_SAMPLE;
	found = sample.len < s->text.len ?
	    encoding_detect(sample, s->ended, &mark) :
	    encoding_detect_from(sample, valid, s->ended, &mark);
	if (name == NULL)
		name = found;
	else if (strcmp(encoding_label(name), encoding_label(found)) != 0)
		mark = 0;
	s->coding = name;
	s->label = encoding_label(name);
	s->at = mark;
	s->mark = mark;
	if (strcmp(s->label, "UTF-8") != 0 && use_decoder(s, name, err) == -1)
		return -1;
	s->guessed = encoding == NULL && sample_is_broken(s, valid);
	return 0;
}

/* Is CR alone the line end? Where LF stands anywhere in the sample, it is not:
 * a cell of a table may hold CR. */
static void
decide_line_ends(struct stream *s)
{
	struct span there;
	bool cr;

	while (s->decoder != NULL && s->text.len < CHUNK && more_text(s) == 1)
		;
	there = stream_left(s);
	cr = span_find(there, '\r') < there.len;
	s->returns = cr && span_find(there, '\n') == there.len;
	s->without_cr = !cr && s->ended && s->decoder == NULL;
	if (s->returns && s->decoder == NULL)
		keep_head(s);
	put_line_ends(s, &s->text, s->at);
	if (s->decoder == NULL && s->ended)
		drop_end_mark(&s->text, s->at);
}

int
stream_open(struct stream **out, int fd, struct span path, const char *encoding,
    struct err *err)
{
	return stream_open_watched(out, fd, path, NULL, encoding, NULL, err);
}

int
stream_open_watched(struct stream **out, int fd, struct span path,
    const struct stat *opened, const char *encoding, struct watch *watch,
    struct err *err)
{
	struct stream *s = mem_alloc(sizeof(*s));

	*out = NULL;
	s->path = path;
	s->line = 1;
	s->input = container_open(fd, path, opened, watch);
	while (s->text.len < ENCODING_SAMPLE && pull(s, &s->text) == 1)
		;
	buf_room(&s->text, STREAM_PADDING);
	s->head_len = s->text.len < HEAD_MAX ? s->text.len : HEAD_MAX;
	if (decide_encoding(s, encoding, err) == -1) {
		stream_close(s);
		return -1;
	}
	decide_line_ends(s);
	s->last = s->at;
	*out = s;
	return 0;
}

void
stream_close(struct stream *s)
{
	if (s == NULL)
		return;
	container_close(s->input);
	decoder_close(s->decoder);
	buf_free(&s->text);
	buf_free(&s->bytes);
	buf_free(&s->head);
	free(s->anchors);
	free(s->trouble);
	free(s);
}

struct span
stream_path(const struct stream *s)
{
	return s->path;
}

struct span
stream_head(const struct stream *s)
{
	return s->head_len > 0 ? (struct span){s->text.at, s->head_len} :
				 buf_span(&s->head);
}

const char *
stream_encoding(const struct stream *s, bool *guessed)
{
	*guessed = s->guessed;
	return s->label;
}

bool
stream_is_sound(const struct stream *s)
{
	return s->sound;
}

bool
stream_is_without_cr(const struct stream *s)
{
	return s->without_cr;
}

static uint64_t
count_lines(struct span text)
{
	enum { MOST = 255 }; /* that a byte counts */
	uint64_t n = 0;
	size_t i = 0;

	while (i < text.len) {
		const size_t end = text.len - i < MOST * 16 ? text.len :
							      i + MOST * 16;
		uint8_t counts[16] = {0};

		for (; i + 16 <= end; i += 16)
			for (unsigned k = 0; k < 16; k++)
				counts[k] = (uint8_t)(counts[k] +
				    (text.at[i + k] == '\n'));
		for (unsigned k = 0; k < 16; k++)
			n += counts[k];
		for (; end == text.len && i < end; i++)
			n += text.at[i] == '\n';
	}
	return n;
}

/* Done with what was returned last: its lines are behind us. */
static void
step_over(struct stream *s)
{
	if (s->chunked)
		s->line += count_lines(
		    (struct span){s->text.at + s->last, s->last_len});
	else if (s->last + s->last_len < s->at)
		s->line++; /* its line end */
	s->chunked = false;
	s->last = s->at;
	s->last_len = 0;
}

int
stream_peek(
    struct stream *s, size_t n, struct span *out, bool *whole, struct err *err)
{
	bool more = true;

	while (s->text.len - s->at < n && more)
		more = more_text(s) == 1;
	*out = stream_left(s);
	*whole = !more;
	if (out->len > n)
		out->len = n;
	return out->len == 0 ? end_or_trouble(s, err) : 0;
}

/* The offset of the next line end at or behind from, with text read as
 * needed; text.len where the input ends first. */
static int
find_line_end(struct stream *s, size_t max, size_t *at, struct err *err)
{
	size_t from = s->at;
	const char *lf;

	for (;;) {
		lf = memchr(s->text.at + from, '\n', s->text.len - from);
		if (lf != NULL)
			break;
		from = s->text.len;
		if (from - s->at > max)
			break;
		if (s->ended && s->decoder == NULL)
			break;
		from -= s->at;
		compact(s, s->at);
		if (more_text(s) == 0)
			break;
	}
	*at = lf == NULL ? s->text.len : (size_t)(lf - s->text.at);
	if (*at - s->at > max)
		return fail(err,
		    "%.*s:%llu: the line is longer than %zu bytes: "
		    "--max-record raises the limit",
		    SPAN_FMT(s->path), (unsigned long long)s->line, max);
	return lf == NULL ? end_or_trouble(s, err) : 0;
}

/* Where files were put behind one another, a mark of the next begins a line. */
static void
skip_mark(struct stream *s, size_t end)
{
	static const char mark[] = "\xef\xbb\xbf";

	if (end - s->at >= 3 && memcmp(s->text.at + s->at, mark, 3) == 0)
		s->at += 3;
}

/* The line that ends there, at its LF or at the end of the text. */
static struct span
take_line(struct stream *s, size_t end)
{
	struct span line = {s->text.at + s->at, end - s->at};

	s->last = s->at;
	s->last_len = line.len;
	s->at = end;
	if (end == s->text.len)
		return line;
	if (line.len > 0 && line.at[line.len - 1] == '\r')
		line.len--;
	s->at++;
	return line;
}

int
stream_line(struct stream *s, size_t max, struct span *line, struct err *err)
{
	size_t end;

	step_over(s);
	if (find_line_end(s, max, &end, err) == -1)
		return -1;
	skip_mark(s, end);
	*line = take_line(s, end);
	return end < s->text.len || line->len > 0;
}

uint64_t
stream_next_line(struct stream *s)
{
	step_over(s);
	return s->line;
}

void
stream_pass(struct stream *s, size_t len, uint64_t n)
{
	step_over(s);
	s->at += len;
	s->line += n;
	s->last = s->at;
}

/* Bytes up to behind the last line end of a text. */
static size_t
whole_lines(struct span text)
{
	const char *lf = text.len == 0 ? NULL :
					 memrchr(text.at, '\n', text.len);

	return lf == NULL ? 0 : (size_t)(lf + 1 - text.at);
}

/* A block that is being made. */
struct block {
	const struct cutter *cutter; /* NULL: at any line end */
	size_t size;                 /* that it is to have, about */
	struct buf text;
	size_t cut;   /* bytes that are its text; 0: none yet */
	size_t tried; /* of whole lines, that were not enough */
	bool alone;
};

/* Again only when there is as much again: a record may be long. */
static bool
try_cut(struct block *b, struct span lines)
{
	const struct cutter *c = b->cutter;

	if (lines.len == 0 || (c != NULL && lines.len < b->tried * 2))
		return false;
	b->tried = lines.len;
	b->cut = c == NULL ? lines.len : c->cut(c->ctx, lines, &b->alone);
	return b->cut > 0 || b->alone;
}

/* Nothing more comes, or there is more than enough of it, without a cut. */
static void
cut_rest(const struct stream *s, struct block *b, struct span all, bool ended)
{
	const bool sound = s->trouble == NULL;

	b->tried = 0;
	if (b->cutter == NULL)
		b->cut = sound ? all.len : 0;
	else if (all.len > 0 && (!ended || !sound || !try_cut(b, all)))
		b->alone = true;
}

/* What is left goes into the block, and what comes up to a cut. */
static void
fill_block(struct stream *s, size_t max, struct block *b)
{
	struct buf *text = &b->text;
	size_t lines;

	buf_add(text, stream_left(s));
	s->base += s->at;
	s->text.len = s->at = 0;
	lines = whole_lines(buf_span(text));
	while (!try_cut(b, (struct span){text->at, lines})) {
		size_t from = text->len, n;

		if (from > max || pull_text(s, text, 0) == 0) {
			cut_rest(s, b, buf_span(text), s->ended);
			break;
		}
		n = whole_lines(
		    (struct span){text->at + from, text->len - from});
		lines = n > 0 ? from + n : lines;
	}
	buf_add(&s->text, (struct span){text->at + b->cut, text->len - b->cut});
	s->base += b->cut;
	text->len = b->cut;
}

/* The same of what is decoded: it comes to where it stands. */
static void
decode_block(struct stream *s, size_t max, struct block *b)
{
	size_t want = b->size;
	bool more = true;

	for (;;) {
		struct span all;

		while (s->text.len - s->at < want && more)
			more = more_text(s) == 1;
		all = stream_left(s);
		if (try_cut(b, (struct span){all.at, whole_lines(all)}))
			break;
		if (!more || all.len > max) {
			cut_rest(s, b, all, !more);
			break;
		}
		want *= 2;
	}
	buf_add(&b->text, (struct span){s->text.at + s->at, b->cut});
	s->at += b->cut;
}

/* The lines that are there do; false: more is needed. */
static bool
take_block(struct stream *s, struct block *b)
{
	const struct span there = stream_left(s);

	for (size_t size = b->size; there.len >= size; size *= 2) {
		size_t n = whole_lines((struct span){there.at, size});

		if (!try_cut(b, (struct span){there.at, n}))
			continue;
		buf_add(&b->text, (struct span){there.at, b->cut});
		s->at += b->cut;
		return true;
	}
	return false;
}

/* What tells of a block where its bytes came from: of s, whose text it was. */
static int
give_anchors(const struct stream *s, struct stream *b, struct err *err)
{
	const char *text = s->text.at + (b->base - s->base);
	const struct anchor *from = anchor_of(s, b->base);
	const struct anchor *end = s->anchors + s->nanchors;

	anchor_add(b, b->base, stream_origin(s, text))->bad = stream_raw(
	    s, text);
	for (from++; from < end && from->text < b->base + b->text.len; from++)
		*anchor_add(b, 0, 0) = *from;
	return decoder_open(&b->decoder, s->coding, err);
}

/* A stream of the text, which it owns. */
static int
block_of(const struct stream *s, struct buf *text, uint64_t base,
    struct stream **out, struct err *err)
{
	struct stream *b = mem_alloc(sizeof(*b));

	b->path = s->path;
	b->label = s->label;
	b->guessed = s->guessed;
	b->ended = true;
	b->text = *text;
	b->base = base;
	b->line = s->line;
	if (s->decoder != NULL && give_anchors(s, b, err) == -1) {
		stream_close(b);
		return -1;
	}
	*out = b;
	return CUT_BLOCK;
}

int
stream_block(struct stream *s, size_t size, size_t max, const struct cutter *c,
    struct stream **out, struct err *err)
{
	struct block b = {.cutter = c, .size = size};
	bool taken;
	uint64_t base;

	step_over(s);
	if (s->decoder != NULL && s->text.len - s->at < size)
		compact(s, s->at);
	base = s->base + s->at;
	/* A pull asks for room behind what was left. */
	buf_room(&b.text, size + CHUNK + STREAM_PADDING);
	taken = take_block(s, &b);
	if (!taken && s->decoder != NULL)
		decode_block(s, max, &b);
	else if (!taken)
		fill_block(s, max, &b);
	s->last = s->at;
	if (b.text.len == 0) {
		buf_free(&b.text);
		return b.alone ? CUT_ALONE : end_or_trouble(s, err);
	}
	buf_room(&b.text, STREAM_PADDING);
	if (block_of(s, &b.text, base, out, err) == -1)
		return -1;
	s->line += count_lines(buf_span(&(*out)->text));
	return CUT_BLOCK;
}

/* All that is there now goes out at once. */
static void
give_all(struct stream *s, struct span *out)
{
	*out = stream_left(s);
	s->last = s->at;
	s->last_len = out->len;
	s->chunked = true;
	s->at = s->text.len;
}

int
stream_chunk(struct stream *s, struct span *chunk, struct err *err)
{
	step_over(s);
	if (s->at == s->text.len) {
		compact(s, s->at);
		more_text(s);
	}
	give_all(s, chunk);
	return chunk->len > 0 ? 1 : end_or_trouble(s, err);
}

int
stream_all(struct stream *s, size_t max, struct span *out, struct err *err)
{
	step_over(s);
	compact(s, s->at);
	while (s->text.len <= max && more_text(s) == 1)
		;
	if (s->text.len > max)
		return fail(err,
		    "%.*s:1: the document is longer than %zu bytes: "
		    "--max-document raises the limit, or split it, or write "
		    "it as JSON Lines",
		    SPAN_FMT(s->path), max);
	give_all(s, out);
	return end_or_trouble(s, err);
}

uint64_t
stream_line_number(const struct stream *s)
{
	return s->line;
}

uint64_t
stream_byte(const struct stream *s)
{
	return stream_origin(s, s->text.at + s->last);
}
