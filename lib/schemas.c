/* JSON Schemas (draft 7): of rule files, and of the rows of each report. */
#include "base/buf.h"
#include "base/quote.h"
#include "ofuku.h"
#include "report/report.h"
#include "rule/rules.h"
#include "run.h"
#include "text/lang.h"

static const char rules_name[] = "rules";

const char *
ofuku_schema_name(size_t i, const char **help)
{
	const char *unused;

	if (help == NULL)
		help = &unused;
	if (i > 0)
		return ofuku_report_name(i - 1, help);
	*help = "rule files: for editors, by yaml-language-server";
	return rules_name;
}

/* JSON types of the kinds that have no list of words. */
static const char *
type_of(enum heading_kind kind)
{
	switch (kind) {
	case HEADING_LIST:
		return "array";
	case HEADING_COUNT:
		return "integer";
	case HEADING_NUMBER:
	case HEADING_SECONDS:
	case HEADING_RATIO:
		return "number";
	default:
		return "string";
	}
}

static void
add_words(struct buf *out, const struct heading *h)
{
	const struct heading_word *w;
	bool first = true;

	for (size_t i = 0; (w = heading_word_at(i)) != NULL; i++) {
		if (w->kind != h->kind)
			continue;
		buf_adds(out, first ? ", \"enum\": [" : ", ");
		json_quote(out, span_of(w->en));
		first = false;
	}
	if (!first)
		buf_adds(out, h->empty ? ", null]" : "]");
}

static void
add_property(struct buf *out, const char *report, const char *name)
{
	const struct heading *h = heading_named(report, name);
	bool null = h->empty && h->kind != HEADING_LIST;

	buf_printf(out, "    \"%s\": {\"title\": ", name);
	json_quote(out, span_of(h->ja));
	buf_adds(out, ", \"description\": ");
	json_quote(out, span_of(h->help));
	buf_printf(out,
	    null ? ", \"type\": [\"%s\", \"null\"]" : ", \"type\": \"%s\"",
	    type_of(h->kind));
	add_words(out, h);
	if (h->kind == HEADING_LIST)
		buf_adds(out, ", \"items\": {\"type\": \"string\"}");
	if (h->kind == HEADING_COUNT)
		buf_adds(out, ", \"minimum\": 0");
	if (h->kind == HEADING_RATIO)
		buf_adds(out, ", \"minimum\": 0, \"maximum\": 1");
	buf_addc(out, '}');
}

static void
add_report(struct buf *out, const struct report *r)
{
	buf_printf(out,
	    "{\n"
	    "  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n"
	    "  \"$id\": \"urn:ofuku:schema:%s\",\n"
	    "  \"title\": \"ofuku report %s, a line of JSON Lines: %s\",\n"
	    "  \"type\": \"object\",\n  \"additionalProperties\": false,\n"
	    "  \"required\": [",
	    r->name, r->name, r->help);
	for (size_t i = 0; i < r->ncolumns; i++)
		buf_printf(out, "%s\"%s\"", i == 0 ? "" : ", ", r->columns[i]);
	buf_adds(out, "],\n  \"properties\": {\n");
	for (size_t i = 0; i < r->ncolumns; i++) {
		buf_adds(out, i == 0 ? "" : ",\n");
		add_property(out, r->name, r->columns[i]);
	}
	buf_adds(out, "\n  }\n}\n");
}

static const char *
nearest_schema(const char *name)
{
	const char *names[16], *s;
	size_t n = 0;

	while (n < 16 && (s = ofuku_schema_name(n, NULL)) != NULL)
		names[n++] = s;
	return nearest_name(name, names, n);
}

int
ofuku_schema(const char *name, FILE *out, struct ofuku_error *error)
{
	const struct report *report = report_named(name);
	struct buf text = {0};
	struct err err;

	if (report != NULL) {
		add_report(&text, report);
	} else if (strcmp(name, rules_name) == 0) {
		buf_add(&text, rules_builtin(SPAN("rules.schema.json"))->text);
	} else {
		const char *near = nearest_schema(name);

		fail(&err, "%s: no such schema%s%s%s", name,
		    near == NULL ? ": `ofuku schema` lists them" :
				   "; did you mean \"",
		    near == NULL ? "" : near, near == NULL ? "" : "\"?");
		error_out(error, &err);
		return -1;
	}
	(void)fwrite(text.at, 1, text.len, out);
	buf_free(&text);
	return 0;
}
