#include "read/refuse.h"

#include <string.h>

#include "read/json.h"

int
json_refuse(const struct stream *in, struct span text, size_t depth,
    const char *why, struct err *err)
{
	struct span path = stream_path(in);
	struct json_fault f;

	if (!json_locate(text, depth, &f))
		return fail(err, "%.*s: %s", SPAN_FMT(path), why);
	return fail(err, "%.*s:%llu:%llu: %s (byte %llu): %s", SPAN_FMT(path),
	    (unsigned long long)f.line, (unsigned long long)f.column, f.kind,
	    (unsigned long long)stream_origin(in, text.at + f.byte), f.reason);
}

int
json_reject_line(struct emitter *e, uint64_t number, struct span line,
    const char *why, struct err *err)
{
	const uint64_t byte = stream_origin(e->reader->in, line.at);
	struct json_fault f;

	if (!json_locate(line, e->reader->options->nesting_max, &f))
		return emit_reject(e, number, byte, line, err, "%s", why);
	if (f.byte < line.len && strstr(f.reason, "UTF-8") != NULL)
		return emit_unless_text(e, line, number, byte, err) == -1 ? -1 :
									    0;
	return emit_reject(e, number, byte, line, err, "%s, column %llu: %s",
	    f.kind, (unsigned long long)f.column, f.reason);
}
