/*
 * LINE Official Account Manager, chat history as CSV ("チャットのダウンロード"):
 * three rows of the account's name, time zone and time of download, then
 * 送信者タイプ,送信者名,送信日,送信時刻,内容. What the account sends by itself
 * (応答メッセージ, あいさつメッセージ) has its kind for a sender's name.
 */
#include "read/sheet.h"

enum { TYPE, NAME, DATE, TIME, TEXT };

struct lineoa {
	struct sheet sheet;
	struct buf zone; /* "+09:00"; empty: none named, or by name: */
	struct zone *named;
	struct buf clock; /* scratch */
};

static void
preamble(void *ctx, const struct csvrow *row)
{
	struct lineoa *l = ctx;
	struct span name = csvrow_cell(row, 0), zone = csvrow_cell(row, 1);

	if (!span_eq(name, SPAN("タイムゾーン")) &&
	    !span_caseeq(name, SPAN("Time zone")) &&
	    !span_caseeq(name, SPAN("Timezone")))
		return;
	if (zone.len > 0 && zone.at[0] == '\'')
		zone = (struct span){zone.at + 1, zone.len - 1};
	buf_reset(&l->zone);
	buf_add(&l->zone, zone);
}

static const struct sheet_kind kind = {
    .columns =
	{
	    [TYPE] = {{"送信者タイプ", "Sender type"}, false},
	    [NAME] = {{"送信者名", "Sender name", "Sender"}, false},
	    [DATE] = {{"送信日", "Date sent", "Send date"}, false},
	    [TIME] = {{"送信時刻", "Time sent", "Send time"}, false},
	    [TEXT] = {{"内容", "Content", "Message"}, false},
	},
    .ncolumns = 5,
    .above = 3,
    .when = DATE,
    .wanted = "送信者タイプ,送信者名,送信日,送信時刻,内容",
    .preamble = preamble,
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no header 送信者タイプ,送信者名,送信日,送信時刻,内容";
	return sheet_sniff(s, &kind);
}

static struct span
role_of(struct span type, struct span name)
{
	static const char *const automatic[] = {"応答メッセージ",
	    "自動応答メッセージ", "あいさつメッセージ", "AI応答メッセージ",
	    "Auto-response", "Auto-reply message", "Greeting message"};

	if (span_caseeq(type, SPAN("User")))
		return SPAN("customer");
	if (!span_caseeq(type, SPAN("Account")))
		return type;
	for (size_t i = 0; i < sizeof(automatic) / sizeof(*automatic); i++)
		if (span_caseeq(name, span_of(automatic[i])))
			return SPAN("bot");
	return SPAN("agent");
}

static int
emit_row(struct lineoa *l, const struct csvrecord *rec, struct err *err)
{
	const struct sheet *s = &l->sheet;
	struct draft d = {.record = {.line = rec->line,
			      .byte = rec->byte,
			      .speaker = sheet_cell(s, NAME),
			      .text = sheet_cell(s, TEXT)}};

	d.record.role = role_of(sheet_cell(s, TYPE), d.record.speaker);
	buf_reset(&l->clock);
	buf_printf(&l->clock, "%.*s %.*s%.*s", SPAN_FMT(sheet_cell(s, DATE)),
	    SPAN_FMT(sheet_cell(s, TIME)), SPAN_FMT(buf_span(&l->zone)));
	if (!moment_parse_wall(buf_span(&l->clock), &d.at))
		return emit_reject(&l->sheet.emitter, rec->line, rec->byte,
		    rec->text, err, "\"%.*s\" is no date and time",
		    SPAN_FMT(value_shown(l->sheet.emitter.reader->options,
			buf_span(&l->clock))));
	if (l->named != NULL)
		d.at = moment_zoned(d.at, l->named);
	return draft_emit(&l->sheet.emitter, &d, err);
}

/* An offset stands behind the clock, a name (Asia/Tokyo) is looked up; what is
 * neither leaves the clock without a zone. */
static void
settle_zone(struct lineoa *l)
{
	struct err err = {0};
	struct moment m;

	buf_reset(&l->clock);
	buf_printf(
	    &l->clock, "2026-01-01 00:00%.*s", SPAN_FMT(buf_span(&l->zone)));
	if (moment_parse_wall(buf_span(&l->clock), &m))
		return;
	if (zone_open(&l->named, buf_cstr(&l->zone), &err) == -1)
		l->named = NULL;
	buf_reset(&l->zone);
}

static int
read_rows(struct lineoa *l, struct reader *r, struct err *err)
{
	struct csvrecord rec;
	int rc;

	if (sheet_open(&l->sheet, r, &kind, l, err) == -1)
		return -1;
	settle_zone(l);
	while ((rc = sheet_next(&l->sheet, &rec, err)) == 1)
		if ((rc = emit_row(l, &rec, err)) == -1)
			break;
	if (rc == -1)
		return -1;
	return emit_end(
	    &l->sheet.emitter, "there is no row but the header", err);
}

static int
read_lineoa(struct reader *r, struct err *err)
{
	struct lineoa l = {.zone = {0}};
	int rc = read_rows(&l, r, err);

	sheet_close(&l.sheet);
	if (l.named != NULL)
		zone_close(l.named);
	buf_free(&l.zone);
	buf_free(&l.clock);
	return rc;
}

const struct format format_lineoa = {
    .name = "lineoa",
    .help = "LINE Official Account chat CSV: 送信者タイプ,送信者名,…",
    .sniff = sniff,
    .read = read_lineoa,
};
