#include "read/message.h"

void
message_begin(struct message *m, uint64_t line, uint64_t byte,
    struct moment start, struct moment end)
{
	m->open = true;
	m->line = line;
	m->byte = byte;
	m->start = start;
	m->end = end;
	m->role = (struct span){"", 0};
	m->voice = 0;
	buf_reset(&m->speaker);
	buf_reset(&m->text);
}

void
message_speaker(struct message *m, struct span name)
{
	buf_reset(&m->speaker);
	buf_add(&m->speaker, name);
	m->voice = 0;
}

void
message_line(struct message *m, struct span line)
{
	if (m->text.len > 0)
		buf_addc(&m->text, '\n');
	buf_add(&m->text, line);
}

int
message_say(struct message *m, struct span speaker, struct span text,
    uint64_t line, struct err *err)
{
	struct draft d;
	bool wall = moment_wall(m->start);
	int rc = m->sound ?
	    0 :
	    emit_unless_text(&m->emitter, text, line, m->byte, err);

	if (rc == 0 && !m->sound)
		rc = emit_unless_text(&m->emitter, speaker, line, m->byte, err);
	if (rc != 0)
		return rc == -1 ? -1 : 0;
	draft_begin(&d, line, m->byte);
	d.record.speaker = speaker;
	d.record.role = m->role;
	d.record.voice = m->voice;
	d.record.text = text;
	*(wall ? &d.at : &d.start) = m->start;
	*(wall ? &d.until : &d.end) = m->end;
	return draft_emit(&m->emitter, &d, err);
}

int
message_end(struct message *m, struct err *err)
{
	if (!m->open)
		return 0;
	m->open = false;
	return message_say(
	    m, buf_span(&m->speaker), buf_span(&m->text), m->line, err);
}

void
message_free(struct message *m)
{
	buf_free(&m->speaker);
	buf_free(&m->text);
}
