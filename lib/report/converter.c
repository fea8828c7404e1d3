#include "report/converter.h"

#define CONVERTER(name) extern const struct converter converter_##name;
#include "report/converters.def"
#undef CONVERTER

const struct converter *const converters[] = {
#define CONVERTER(name) &converter_##name,
#include "report/converters.def"
#undef CONVERTER
};
const size_t nconverters = sizeof(converters) / sizeof(*converters);

static const struct {
	const char *one, *many;
} losses[LOSS_N] = {
#define X(id, one, many) {one, many},
    LOSSES(X)
#undef X
};

const struct converter *
converter_named(const char *name)
{
	for (size_t i = 0; i < nconverters; i++)
		if (strcmp(converters[i]->name, name) == 0)
			return converters[i];
	return NULL;
}

void
conversion_open(
    struct conversion *c, const struct converter *to, struct buf *out)
{
	*c = (struct conversion){.to = to, .out = out};
	if (to->begin != NULL)
		to->begin(c);
}

void
conversion_close(struct conversion *c)
{
	table_free(&c->table);
}

void
conversion_conversation(
    struct conversion *c, const struct conversation *talk, struct span id)
{
	c->conversations++;
	c->origin = conversation_first(talk);
	c->before = 0;
	if (c->to->conversation != NULL)
		c->to->conversation(c, id);
	for (size_t i = 0; i < talk->n; i++) {
		const struct utterance *u = &talk->at[i];
		const struct record r = {.conversation = id,
		    .speaker = u->speaker,
		    .role = u->role_field,
		    .text = u->text,
		    .start = u->start,
		    .end = u->end,
		    .line = u->line};

		c->to->record(c, &r);
	}
}

void
conversion_losses(const struct conversion *c, struct buf *out)
{
	const char *comma = "";

	for (int i = 0; i < LOSS_N; i++) {
		if (c->losses[i] == 0)
			continue;
		buf_printf(out, "%s%llu %s", comma,
		    (unsigned long long)c->losses[i],
		    c->losses[i] == 1 ? losses[i].one : losses[i].many);
		comma = ", ";
	}
}
