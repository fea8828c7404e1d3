/*
 * Chatwork's log export as CSV (Enterprise plan, "チャットログ・エクスポート"; one
 * file a room): a message's id, when it was sent, the account and the text.
 * The help pages describe the export, not the columns: they are known here
 * by the names of Chatwork's API (message_id, account_id, name, send_time,
 * body) and their Japanese ones.
 */
#include "read/sheet.h"

enum { ID, WHEN, ROOM, ACCOUNT, NAME, TEXT };

static const struct sheet_kind kind = {
    .columns =
	{
	    [ID] = {{"メッセージID", "message_id", "Message ID"}, false},
	    [WHEN] = {{"送信日時", "投稿日時", "日時", "send_time", "Send time",
			  "Sent at"},
		false},
	    [ROOM] = {{"ルームID", "チャットID", "room_id", "Room ID"}, true},
	    [ACCOUNT] = {{"アカウントID", "account_id", "Account ID",
			     "account.account_id"},
		false},
	    [NAME] = {{"アカウント名", "名前", "表示名", "account_name",
			  "Account name", "name"},
		false},
	    [TEXT] = {{"メッセージ", "本文", "メッセージ内容", "body",
			  "Message"},
		false},
	},
    .ncolumns = 6,
    .above = 0,
    .when = WHEN,
    .wanted = "メッセージID, 送信日時, アカウントID, アカウント名, "
	      "メッセージ",
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no header with メッセージID, 送信日時, アカウントID";
	return sheet_sniff(s, &kind);
}

static int
emit_row(struct sheet *s, const struct csvrecord *rec, struct err *err)
{
	const struct sink *sink = s->emitter.reader->sink;
	struct draft d = {.record = {.line = rec->line,
			      .byte = rec->byte,
			      .conversation = sheet_cell(s, ROOM),
			      .speaker = sheet_cell(s, NAME),
			      .text = sheet_cell(s, TEXT)}};

	if (span_eq(d.record.text, SPAN("[delete]")) ||
	    span_eq(d.record.text, SPAN("[deleted]"))) {
		s->emitter.read++;
		return sink->skip(sink->ctx, rec->line, "deleted", err);
	}
	if (d.record.speaker.len == 0)
		d.record.speaker = sheet_cell(s, ACCOUNT);
	if (!moment_parse_wall(sheet_cell(s, WHEN), &d.at))
		return emit_reject(&s->emitter, rec->line, rec->byte, rec->text,
		    err, "\"%.*s\" is no date and time",
		    SPAN_FMT(value_shown(
			s->emitter.reader->options, sheet_cell(s, WHEN))));
	return draft_emit(&s->emitter, &d, err);
}

static int
read_chatwork(struct reader *r, struct err *err)
{
	return sheet_read(r, &kind, emit_row, err);
}

const struct format format_chatwork = {
    .name = "chatwork",
    .help = "Chatwork log export CSV: メッセージID, 送信日時, アカウント名, …",
    .sniff = sniff,
    .read = read_chatwork,
};
