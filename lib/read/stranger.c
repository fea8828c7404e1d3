#include "read/stranger.h"

#include <stdio.h>

#include "read/json.h"
#include "text/encoding.h"
#include "text/lang.h"
#include "text/utf8.h"

enum { BEGINNING = 32, NEAREST = 3, KEYS_TOLD = 6 };

/* What a file of that kind has at offset at, and, if within is not NULL,
 * anywhere in its head. Case of letters does not count in texts. */
static const struct kind {
	size_t at;
	const char *magic;
	size_t len;
	const char *within;
	struct stranger stranger;
} kinds[] = {
#define MAGIC(s) s, sizeof(s) - 1
#define HEAR "it holds sound: transcribe it first"
#define AS_CSV "save it as CSV (UTF-8) and read that"
#define AS_TEXT "save it as plain text and read that"
#define NO_TEXT "it holds no text"
    {0, MAGIC("PK\3\4"), "xl/", {"an Excel workbook (.xlsx)", AS_CSV, true}},
    {0, MAGIC("PK\3\4"), "word/", {"a Word document (.docx)", AS_TEXT, true}},
    {0, MAGIC("PK\3\4"), "opendocument.spreadsheet",
	{"an OpenDocument sheet (.ods)", AS_CSV, true}},
    {0, MAGIC("PK\3\4"), "opendocument.text",
	{"an OpenDocument text (.odt)", AS_TEXT, true}},
    {0, MAGIC("PK\3\4"), NULL,
	{"a ZIP archive", "unpack it and read the folder", true}},
    {0, MAGIC("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), NULL,
	{"an old Office file (.xls, .doc)",
	    "save a workbook as CSV (UTF-8), a document as plain text", true}},
    {0, MAGIC("%PDF-"), NULL,
	{"a PDF document",
	    "ask its source for text, CSV or JSON, or convert it "
	    "(pdftotext -layout)",
	    true}},
    {0, MAGIC("\x89PNG\r\n"), NULL, {"a PNG picture", NO_TEXT, true}},
    {0, MAGIC("\xff\xd8\xff"), NULL, {"a JPEG picture", NO_TEXT, true}},
    {0, MAGIC("GIF8"), NULL, {"a GIF picture", NO_TEXT, true}},
    {0, MAGIC("ID3"), NULL, {"an MP3 recording", HEAR, true}},
    {0, MAGIC("\xff\xfb"), NULL, {"an MP3 recording", HEAR, true}},
    {8, MAGIC("WAVE"), NULL, {"a WAV recording", HEAR, true}},
    {4, MAGIC("ftyp"), NULL, {"an MP4 recording", HEAR, true}},
    {0, MAGIC("OggS"), NULL, {"an Ogg recording", HEAR, true}},
    {0, MAGIC("fLaC"), NULL, {"a FLAC recording", HEAR, true}},
    {0, MAGIC("\x1a\x45\xdf\xa3"), NULL,
	{"a Matroska or WebM recording", HEAR, true}},
    {0, MAGIC("SQLite format 3"), NULL,
	{"an SQLite database",
	    "export its table as CSV (sqlite3 -header -csv FILE 'SELECT "
	    "…')",
	    true}},
    {0, MAGIC("PAR1"), NULL,
	{"a Parquet file", "export it as CSV or JSON Lines", true}},
    {0,
	MAGIC("\xfd"
	      "7zXZ"),
	NULL,
	{"xz data", "unpack it and pipe it in: xz -dc FILE | ofuku …", true}},
    {0, MAGIC("\x1f\x8b\x08"), NULL,
	{"gzip data within packed data", "unpack it once", true}},
    {0, MAGIC("\x28\xb5\x2f\xfd"), NULL,
	{"zstd data within packed data", "unpack it once", true}},
    {0, MAGIC("BZh"), NULL,
	{"bzip2 data", "unpack it and pipe it in: bzip2 -dc FILE | ofuku …",
	    true}},
    {0, MAGIC("7z\xbc\xaf"), NULL,
	{"a 7z archive", "unpack it and read the folder", true}},
    {257, MAGIC("ustar"), NULL,
	{"a tar archive", "unpack it and read the folder", true}},
    {0,
	MAGIC("\x7f"
	      "ELF"),
	NULL, {"a program (ELF)", NO_TEXT, true}},
    {0, MAGIC("{\\rtf"), NULL, {"a rich text document (.rtf)", AS_TEXT, false}},
    {0, MAGIC("<!doctype html"), NULL, {"an HTML page", AS_TEXT, false}},
    {0, MAGIC("<html"), NULL, {"an HTML page", AS_TEXT, false}},
    {0, MAGIC("<?xml"), NULL,
	{"an XML document", "export it as CSV, JSON or text", false}},
};

static bool
is_kind(const struct kind *k, struct span head)
{
	struct span there;

	if (head.len < k->at + k->len ||
	    ((head.at[k->at] ^ k->magic[0]) & 0xdf) != 0)
		return false;
	there = (struct span){head.at + k->at, k->len};
	return span_caseeq(there, (struct span){k->magic, k->len}) &&
	    (k->within == NULL ||
		memmem(head.at, head.len, k->within, strlen(k->within)) !=
		    NULL);
}

/* Behind a byte order mark and, of a text, blanks. */
static struct span
skip_mark(struct span head)
{
	if (span_starts(head, SPAN("\xef\xbb\xbf")))
		head = (struct span){head.at + 3, head.len - 3};
	return head;
}

const struct stranger *
stranger_of(struct span head)
{
	struct span text = span_trim(skip_mark(head));

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (is_kind(&kinds[i], kinds[i].stranger.binary ? head : text))
			return &kinds[i].stranger;
	return NULL;
}

/* Of this one no format need say what it missed. */
static const struct stranger ours = {"a report of ofuku",
    "name transcripts; `ofuku summarize` reads exchanges reports", false};

/* The next cell of the line, which separates them as reports may, or as a
 * spreadsheet that saved one again. */
static struct span
next_cell(struct span *line)
{
	size_t n = 0;
	struct span cell;

	while (n < line->len && line->at[n] != ',' && line->at[n] != ';' &&
	    line->at[n] != '\t')
		n++;
	cell = span_trim((struct span){line->at, n});
	n += n < line->len;
	*line = (struct span){line->at + n, line->len - n};
	if (cell.len > 1 && cell.at[0] == '"' && cell.at[cell.len - 1] == '"')
		cell = (struct span){cell.at + 1, cell.len - 2};
	return cell;
}

static bool
begins_as(struct span line, const char *const *columns)
{
	for (; *columns != NULL; columns++)
		if (!heading_is(*columns, next_cell(&line)))
			return false;
	return true;
}

/* {"policy":"…","rules":"…","engine":"ofuku …" */
static bool
is_json_report(struct span line)
{
	static const struct span keys[] = {
	    SPAN("\",\"rules\":\""), SPAN("\",\"engine\":\"ofuku ")};
	const char *at;

	if (!span_starts(line, SPAN("{\"policy\":\"")))
		return false;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		at = memmem(line.at, line.len, keys[i].at, keys[i].len);
		if (at == NULL)
			return false;
		line = (struct span){at, line.len - (size_t)(at - line.at)};
	}
	return true;
}

static bool
is_rejects(struct span line)
{
	static const char *const rejects[] = {
	    "source", "line", "byte", "reason", "excerpt", NULL};

	return begins_as(line, rejects);
}

/* The page of --html, by its head. */
static bool
is_page(struct span text)
{
	static const struct span name = SPAN(
	    "<meta name=\"generator\" content=\"ofuku\">");

	return span_starts(text, SPAN("<!doctype html>")) &&
	    memmem(text.at, text.len, name.at, name.len) != NULL;
}

static bool
is_manifest(struct span text)
{
	return span_starts(text, SPAN("{\"manifest\":"));
}

const struct stranger *
stranger_report(struct span text)
{
	static const char *const reports[] = {
	    "policy", "rules", "engine", NULL};
	struct span line = {text.at, span_find(text, '\n')};

	return begins_as(line, reports) || is_rejects(line) ||
		is_json_report(line) ?
	    &ours :
	    NULL;
}

/* Columns that one report has, and exchanges has not. */
static const char *const others[] = {
    "conversations", "utterances", "severity", "event", NULL};

static bool
is_other(struct span cell)
{
	for (size_t i = 0; others[i] != NULL; i++)
		if (heading_is(others[i], cell))
			return true;
	return false;
}

static bool
has_other_key(struct span line)
{
	for (size_t i = 0; others[i] != NULL; i++) {
		char key[32];
		int n = snprintf(key, sizeof(key), ",\"%s\":", others[i]);

		if (memmem(line.at, line.len, key, (size_t)n) != NULL)
			return true;
	}
	return false;
}

bool
stranger_other_report(struct span text)
{
	struct span line = {text.at, span_find(text, '\n')};

	if (is_page(text) || is_rejects(line) || is_manifest(text))
		return true;
	if (stranger_report(text) == NULL)
		return false;
	if (is_json_report(line))
		return has_other_key(line);
	while (line.len > 0)
		if (is_other(next_cell(&line)))
			return true;
	return false;
}

/* How long the character at the beginning is if it prints, else 0. */
static size_t
printable(struct span s)
{
	const char *next = s.at;
	uint32_t c;

	if ((unsigned char)*s.at < 0x80)
		return *s.at >= ' ' && *s.at != 0x7f;
	if (utf8_valid((struct span){s.at, s.len < 4 ? s.len : 4}) == 0)
		return 0;
	c = utf8_next(&next);
	return c < 0xa0 ? 0 : (size_t)(next - s.at);
}

/* The first characters, with what does not print as \xHH. */
static void
quote_start(struct span text, struct buf *out)
{
	size_t end = text.len < BEGINNING ? text.len : BEGINNING;
	size_t i = 0;

	buf_addc(out, '"');
	while (i < end) {
		struct span rest = {text.at + i, text.len - i};
		size_t n = printable(rest);

		if (n == 0)
			buf_printf(out, "\\x%02X", (unsigned char)*rest.at);
		buf_add(out, (struct span){rest.at, n});
		i += n > 0 ? n : 1;
	}
	buf_adds(out, i < text.len ? "…\"" : "\"");
}

static bool
decodes(struct span text)
{
	size_t n = text.len < BEGINNING ? text.len : BEGINNING;

	return n == 0 || memchr(text.at, (unsigned char)BAD_BYTE, n) == NULL;
}

/* A date or a time in brackets, as logs have them, begins no array. */
static bool
may_be_json(struct span text)
{
	char c = text.len > 0 ? text.at[0] : '\0';
	size_t i = 1;

	while (i < text.len && text.at[i] >= '0' && text.at[i] <= '9')
		i++;
	if (c == '[' && i > 1 && i < text.len && text.at[i] != '\0' &&
	    strchr("-/:", text.at[i]) != NULL)
		return false;
	return c == '{' || c == '[' || c == '"';
}

/* Is the fault one that the end of the sample makes? */
static bool
by_cut(const struct sample *s, const struct json_fault *f)
{
	return !s->whole &&
	    (strncmp(f->reason, "the text ends", 13) == 0 ||
		strncmp(f->reason, "the string that", 15) == 0 ||
		f->byte + 16 > s->text.len);
}

bool
stranger_is_damaged(const struct sample *s)
{
	struct span text = span_trim(s->text), inner;
	struct json_fault f;

	if (text.len < 2 || (text.at[0] != '{' && text.at[0] != '['))
		return false;
	inner = span_trim((struct span){text.at + 1, text.len - 1});
	return inner.len > 0 &&
	    inner.at[0] == (text.at[0] == '{' ? '"' : '{') &&
	    json_locate(s->text, JSON_DEPTH, &f) && !by_cut(s, &f);
}

/* "an object with "name", "version"": what a sound document is. */
static void
describe_json(struct span text, struct buf *out)
{
	struct buf room = {0};
	struct json json;
	struct json_walk w;
	struct json_value v;
	struct span key;
	size_t n = 0;

	json_open(&json, JSON_DEPTH);
	if (json_parse_copy(&json, text, &room)) {
		buf_adds(out, json_type_name(json_root(&json)));
		w = json_each(json_root(&json));
		while (w.keys && n < KEYS_TOLD && json_next(&w, &key, &v))
			buf_printf(out, "%s\"%.*s\"",
			    n++ == 0 ? " with " : ", ",
			    (int)(key.len < 40 ? key.len : 40), key.at);
	}
	json_close(&json);
	buf_free(&room);
}

/* The formats of whose keys the sample has most, and what they missed. */
static void
add_nearest(const char *const why[], const unsigned near[], size_t general,
    struct buf *out, bool told[])
{
	for (size_t n = 0; n < NEAREST; n++) {
		size_t best = nformats;

		for (size_t i = general; i < nformats; i++)
			if (near[i] > 0 && !told[i] &&
			    (best == nformats || near[i] > near[best]))
				best = i;
		if (best == nformats)
			return;
		told[best] = true;
		buf_printf(out, "; %s: %s", formats[best]->name, why[best]);
	}
}

/* What the general formats missed, then the nearest; the others' names. */
static void
add_candidates(const struct sample *s, const char *const why[],
    const unsigned near[], size_t general, struct buf *out)
{
	bool told[64] = {false};
	const char *before = "; nor ";

	for (size_t i = 0; i < general; i++) {
		buf_printf(out, "; %s: %s", formats[i]->name, why[i]);
		if (formats[i]->explain != NULL)
			formats[i]->explain(s, out);
	}
	add_nearest(why, near, general, out, told);
	for (size_t i = general; i < nformats; i++) {
		if (told[i])
			continue;
		buf_printf(out, "%s%s", before, formats[i]->name);
		before = ", ";
	}
	buf_adds(out, "; --format NAME says more");
}

/* What is said first, and the place, of a text that may be JSON. */
static const char *
judge_json(const struct sample *s, struct json_fault *f, struct buf *out)
{
	bool wrong = json_locate(s->text, JSON_DEPTH, f);

	if (wrong && !by_cut(s, f) && may_be_json(span_trim(s->text))) {
		buf_printf(out, "%s: %s; ", f->kind, f->reason);
		return "no known transcript format";
	}
	f->line = f->column = 1;
	if (wrong)
		return "no known transcript format";
	buf_adds(out, "it is valid JSON, ");
	if (!s->options->discreet) {
		describe_json(s->text, out);
		buf_adds(out, ", ");
	}
	buf_adds(out, "but no transcript; ");
	return "no utterance";
}

int
stranger_refuse(const struct sample *s, const struct stranger *stranger,
    struct span head, const char *const why[], const unsigned near[],
    size_t general, struct err *err)
{
	const char *verdict = "no known transcript format";
	struct json_fault f = {.line = 1, .column = 1};
	struct buf text = {0};

	if (stranger != NULL)
		buf_printf(
		    &text, "it is %s: %s; ", stranger->what, stranger->advice);
	else
		verdict = judge_json(s, &f, &text);
	buf_adds(&text, "it begins ");
	if (s->options->discreet)
		buf_adds(&text, "\"…\"");
	else
		quote_start((stranger == NULL || !stranger->binary) &&
			    decodes(s->text) ?
			s->text :
			head,
		    &text);
	if (s->options->encoding != NULL)
		buf_printf(&text,
		    " when it is read as %s: --encoding=auto finds its own",
		    s->options->encoding);
	if (stranger != NULL && stranger->binary) {
		buf_adds(&text, "; all formats want text");
	} else if (stranger != &ours) {
		add_candidates(s, why, near, general, &text);
	}
	fail(err, "%.*s:%llu:%llu: %s: %.*s", SPAN_FMT(s->path),
	    (unsigned long long)f.line, (unsigned long long)f.column, verdict,
	    SPAN_FMT(buf_span(&text)));
	buf_free(&text);
	return -1;
}
