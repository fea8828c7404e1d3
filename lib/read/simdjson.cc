/* The one place where simdjson parses: a C face of a few functions. */
#include <charconv>
#include <new>

#include <simdjson.h>

#include "read/json.h"

extern "C" {

#include "base/mem.h"

static void
no_memory(void)
{
	mem_exhausted(0);
}

void
json_use_memory(void)
{
	std::set_new_handler(no_memory);
}

void
json_open(struct json *j, size_t depth)
{
	void *room = mem_alloc(sizeof(simdjson::dom::parser));
	auto parser = new (room) simdjson::dom::parser;

	j->parser = parser;
	j->depth = depth;
	if (parser->allocate(simdjson::dom::MINIMAL_DOCUMENT_CAPACITY,
		j->depth) != simdjson::SUCCESS)
		mem_exhausted(j->depth);
	j->tape = nullptr;
	j->strings = nullptr;
	j->run = nullptr;
}

void
json_close(struct json *j)
{
	json_run_end(j);
	auto parser = static_cast<simdjson::dom::parser *>(j->parser);

	if (parser == nullptr)
		return;
	parser->~parser();
	free(parser);
	j->parser = nullptr;
}

bool
json_parse(struct json *j, struct span text, const char **why)
{
	auto parser = static_cast<simdjson::dom::parser *>(j->parser);
	auto error = parser->parse(text.at, text.len, false).error();

	if (error == simdjson::MEMALLOC)
		mem_exhausted(text.len);
	if (error != simdjson::SUCCESS) {
		*why = simdjson::error_message(error);
		return false;
	}
	j->tape = parser->doc.tape.get();
	j->strings = parser->doc.string_buf.get();
	return true;
}

bool
json_decimal(struct span digits, double *out)
{
	const char *end = digits.at + digits.len;
	auto r = std::from_chars(digits.at, end, *out);

	return r.ec == std::errc() && r.ptr == end;
}

/*
 * A run: one scan of many lines, and of each line's document when its turn
 * has come. The parser is the thread's: its room is as large as a block.
 */
namespace {

struct run {
	simdjson::dom::document_stream stream;
	simdjson::dom::document_stream::iterator at, end;
	const char *text;
	bool begun;
};

thread_local simdjson::dom::parser run_parser;

bool
is_blank(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
		at++;
	return at >= end;
}

} // namespace

bool
json_run_begin(struct json *j, struct span text)
{
	const size_t least = 4096, most = 1 << 20;

	if (text.len < least || text.len > most)
		return false;
	run_parser.threaded = false;
	if (run_parser.max_depth() != j->depth &&
	    run_parser.allocate(text.len, j->depth) != simdjson::SUCCESS)
		mem_exhausted(j->depth);
	auto r = new (mem_alloc(sizeof(run))) run;
	if (run_parser.parse_many(text.at, text.len, text.len).get(r->stream) !=
	    simdjson::SUCCESS) {
		r->~run();
		free(r);
		return false;
	}
	r->at = r->stream.begin();
	r->end = r->stream.end();
	r->text = text.at;
	r->begun = false;
	j->run = r;
	return true;
}

bool
json_run_next(struct json *j, struct span line)
{
	auto r = static_cast<run *>(j->run);

	if (r == nullptr)
		return false;
	if (r->begun)
		++r->at;
	r->begun = true;
	if (!(r->at != r->end) || (*r->at).error() != simdjson::SUCCESS)
		return false;
	const char *from = r->text + r->at.current_index();
	if (from < line.at || from >= line.at + line.len || *from != '{' ||
	    !is_blank(line.at, from))
		return false;
	const char *end = from + r->at.source().size();
	if (end > line.at + line.len || !is_blank(end, line.at + line.len))
		return false;
	j->tape = run_parser.doc.tape.get();
	j->strings = run_parser.doc.string_buf.get();
	return true;
}

void
json_run_end(struct json *j)
{
	auto r = static_cast<run *>(j->run);

	if (r == nullptr)
		return;
	r->~run();
	free(r);
	j->run = nullptr;
}
}
