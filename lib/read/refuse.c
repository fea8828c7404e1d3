#include "read/refuse.h"

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
