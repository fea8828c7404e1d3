/* The one place where simdjson is called: a C face of three functions. */
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
json_open(struct json *j)
{
	void *room = mem_alloc(sizeof(simdjson::dom::parser));

	j->parser = new (room) simdjson::dom::parser;
	j->tape = nullptr;
	j->strings = nullptr;
}

void
json_close(struct json *j)
{
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
}
