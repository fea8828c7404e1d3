/*
 * LINE WORKS talk log (Admin, 監査 > トーク, "ダウンロード"; the audit API's CSV):
 * 日時,送信者,受信者,トークルームID,トーク, the newest first. The order of time
 * is restored, which takes the whole file: messages of one second have no
 * other order than the file's.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "read/sheet.h"

enum { WHEN, FROM, TO, ROOM, TEXT };

static const struct sheet_kind kind = {
    .columns =
	{
	    [WHEN] = {{"日時", "Date", "Date and time", "Time"}, false},
	    [FROM] = {{"送信者", "Sender"}, false},
	    [TO] = {{"受信者", "Recipient", "Recipients", "Receiver"}, false},
	    [ROOM] = {{"トークルームID", "Message Room ID", "Talk room ID",
			  "Channel ID", "Room ID"},
		false},
	    [TEXT] = {{"トーク", "Message", "Talk"}, false},
	},
    .ncolumns = 5,
    .above = 1,
    .when = WHEN,
    .wanted = "日時,送信者,受信者,トークルームID,トーク",
};

/* A row that waits; its texts lie in struct lineworks' text. */
struct waiting {
	size_t room, from, text, end;
	struct moment at;
	uint64_t line, byte;
};

struct lineworks {
	struct sheet sheet;
	struct buf text;
	struct waiting *rows;
	size_t n, cap;
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no header 日時,送信者,受信者,トークルームID,トーク";
	return sheet_sniff(s, &kind);
}

static int
keep_row(struct lineworks *w, const struct csvrecord *rec, struct err *err)
{
	const struct sheet *s = &w->sheet;
	struct waiting k = {.line = rec->line, .byte = rec->byte};
	size_t max = w->sheet.emitter.reader->options->document_max;

	if (!moment_parse_wall(sheet_cell(s, WHEN), &k.at))
		return emit_reject(&w->sheet.emitter, rec->line, rec->byte,
		    rec->text, err, "\"%.*s\" is no date and time",
		    SPAN_FMT(value_shown(w->sheet.emitter.reader->options,
			sheet_cell(s, WHEN))));
	k.room = w->text.len;
	buf_add(&w->text, sheet_cell(s, ROOM));
	k.from = w->text.len;
	buf_add(&w->text, sheet_cell(s, FROM));
	k.text = w->text.len;
	buf_add(&w->text, sheet_cell(s, TEXT));
	k.end = w->text.len;
	if (w->text.len > max)
		return fail(err,
		    "%.*s:%llu: the talk log is longer than %zu bytes: "
		    "--max-document raises the limit, or download fewer days "
		    "at once",
		    SPAN_FMT(stream_path(s->records.in)),
		    (unsigned long long)rec->line, max);
	w->rows = mem_grow(w->rows, &w->cap, w->n + 1, sizeof(k));
	w->rows[w->n++] = k;
	return 0;
}

static int
emit_row(struct lineworks *w, const struct waiting *k, struct err *err)
{
	const char *text = w->text.at;
	struct draft d = {
	    .record = {.line = k->line,
		.byte = k->byte,
		.conversation = {text + k->room, k->from - k->room},
		.speaker = {text + k->from, k->text - k->from},
		.text = {text + k->text, k->end - k->text}},
	    .at = k->at};

	return draft_emit(&w->sheet.emitter, &d, err);
}

static int
emit_rows(struct lineworks *w, struct err *err)
{
	/* Sorted by hand it may run the other way already. */
	bool oldest_first = w->n > 0 &&
	    w->rows[w->n - 1].at.ms > w->rows[0].at.ms;

	for (size_t i = 0; i < w->n; i++)
		if (emit_row(w, &w->rows[oldest_first ? i : w->n - 1 - i],
			err) == -1)
			return -1;
	return 0;
}

static int
read_rows(struct lineworks *w, struct reader *r, struct err *err)
{
	struct csvrecord rec;
	int rc;

	if (sheet_open(&w->sheet, r, &kind, w, err) == -1)
		return -1;
	while ((rc = sheet_next(&w->sheet, &rec, err)) == 1)
		if ((rc = keep_row(w, &rec, err)) == -1)
			break;
	if (rc == -1 || emit_rows(w, err) == -1)
		return -1;
	return emit_end(
	    &w->sheet.emitter, "there is no row but the header", err);
}

static int
read_lineworks(struct reader *r, struct err *err)
{
	struct lineworks w = {.n = 0};
	int rc = read_rows(&w, r, err);

	sheet_close(&w.sheet);
	buf_free(&w.text);
	free(w.rows);
	return rc;
}

const struct format format_lineworks = {
    .name = "lineworks",
    .help = "LINE WORKS talk log CSV: 日時,送信者,受信者,トークルームID,…",
    .sniff = sniff,
    .read = read_lineworks,
};
