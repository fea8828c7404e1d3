/*
 * Zendesk Chat's history as a table, an event a row, with the names of its
 * API ("Chat API: Chats": chat_id, timestamp, type, sender_type, name, msg).
 */
#include "read/sheet.h"

enum { CHAT, WHEN, SENDER, NAME, TEXT, TYPE };

static const struct sheet_kind kind = {
    .columns =
	{
	    [CHAT] = {{"chat_id", "Chat ID"}, false},
	    [WHEN] = {{"timestamp", "timestamps", "Time"}, false},
	    [SENDER] = {{"sender_type", "Sender type"}, false},
	    [NAME] = {{"name", "Sender name"}, true},
	    [TEXT] = {{"msg", "Message"}, false},
	    [TYPE] = {{"type", "Event type"}, true},
	},
    .ncolumns = 6,
    .above = 0,
    .when = WHEN,
    .wanted = "chat_id,timestamp,type,sender_type,name,msg",
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no header with chat_id, sender_type and msg";
	return sheet_sniff(s, &kind);
}

static struct span
role_of(struct span sender)
{
	if (span_caseeq(sender, SPAN("Visitor")))
		return SPAN("customer");
	if (span_caseeq(sender, SPAN("Trigger")))
		return SPAN("bot");
	return sender;
}

static int
emit_row(struct sheet *s, const struct csvrecord *rec, struct err *err)
{
	const struct sink *sink = s->emitter.reader->sink;
	struct span type = sheet_cell(s, TYPE);
	struct draft d = {.record = {.line = rec->line,
			      .byte = rec->byte,
			      .conversation = sheet_cell(s, CHAT),
			      .role = role_of(sheet_cell(s, SENDER)),
			      .speaker = sheet_cell(s, NAME),
			      .text = sheet_cell(s, TEXT)}};

	if (type.len > 0 && !span_eq(type, SPAN("chat.msg")) &&
	    !span_eq(type, SPAN("chat.triggered"))) {
		s->emitter.read++;
		return sink->skip(sink->ctx, rec->line, "no message", err);
	}
	if (!moment_parse_wall(sheet_cell(s, WHEN), &d.at))
		return emit_reject(&s->emitter, rec->line, rec->byte, rec->text,
		    err, "\"%.*s\" is no date and time",
		    SPAN_FMT(value_shown(
			s->emitter.reader->options, sheet_cell(s, WHEN))));
	return draft_emit(&s->emitter, &d, err);
}

static int
read_zendeskcsv(struct reader *r, struct err *err)
{
	return sheet_read(r, &kind, emit_row, err);
}

const struct format format_zendeskcsv = {
    .name = "zendeskcsv",
    .help = "Zendesk Chat history CSV: chat_id, timestamp, sender_type, …",
    .sniff = sniff,
    .read = read_zendeskcsv,
};
