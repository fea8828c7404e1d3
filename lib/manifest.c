#include "manifest.h"

#include "base/quote.h"
#include "settings.h"
#include "text/valid.h"

/* What is no UTF-8, as a file's name may be, in hexadecimal: manifest_word
 * reads it. */
static void
put_word(struct buf *b, struct span s)
{
	if (utf8_is_valid(s.at, s.len)) {
		json_quote(b, s);
		return;
	}
	buf_adds(b, "{\"hex\":\"");
	for (size_t i = 0; i < s.len; i++)
		buf_printf(b, "%02x", (unsigned char)s.at[i]);
	buf_adds(b, "\"}");
}

static void
key(struct buf *b, const char *name, struct span value)
{
	buf_printf(b, "\"%s\":", name);
	put_word(b, value);
}

/* What a list's members have in common. */
static void
put_digest(struct buf *b, const struct digest_record *d)
{
	if (d == NULL)
		buf_adds(b, ",\"sha256\":null,\"bytes\":null");
	else
		buf_printf(b, ",\"sha256\":\"%s\",\"bytes\":%llu", d->hex,
		    (unsigned long long)d->bytes);
}

static void
list_begin(struct buf *b, const char *name)
{
	buf_printf(b, ",\n \"%s\":[", name);
}

static void
item_begin(struct buf *b, size_t i)
{
	buf_adds(b, i == 0 ? "\n  {" : ",\n  {");
}

static void
put_rules(struct buf *b, const struct rules *rules)
{
	struct digest_record d;

	buf_adds(b, ",\n ");
	key(b, "rules", span_of(rules->hash));
	list_begin(b, "rule_files");
	for (size_t i = 0; i < rules->nfiles; i++) {
		item_begin(b, i);
		key(b, "path", rules->files[i].path);
		digest_of(rules->files[i].text, &d);
		put_digest(b, &d);
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

static void
put_arguments(struct buf *b, const struct ofuku_audit_options *o)
{
	list_begin(b, "arguments");
	for (size_t i = 0; i < o->narguments; i++) {
		if (i > 0)
			buf_addc(b, ',');
		put_word(b, span_of(o->arguments[i]));
	}
	buf_addc(b, ']');
}

static void
put_settings(struct buf *b, const struct ofuku_settings *s)
{
	const struct ofuku_setting *one;

	if (s == NULL)
		return;
	buf_adds(b, ",\n \"settings\":{");
	key(b, "path", span_of(settings_path(s)));
	buf_adds(b, ",\"options\":[");
	for (size_t i = 0; (one = ofuku_settings_at(s, i)) != NULL; i++) {
		item_begin(b, i);
		key(b, "name", span_of(one->name));
		if (one->value != NULL) {
			buf_addc(b, ',');
			key(b, "value", span_of(one->value));
		}
		buf_addc(b, '}');
	}
	buf_adds(b, "]}");
}

/* What --fresh counted from: the clock goes on. */
static void
put_now(struct buf *b, const struct audit *a)
{
	const struct moment now = {
	    .ms = a->now, .clock = CLOCK_ZONED, .precision = PRECISION_MILLI};
	struct buf text = {0};

	if (a->options->fresh == 0)
		return;
	moment_print(now, false, &text);
	buf_adds(b, ",\n ");
	key(b, "now", buf_span(&text));
	buf_free(&text);
}

/* The key itself stays where it is. */
static void
put_key(struct buf *b, const struct disguise *d)
{
	char name[DIGEST_NAME + 1];

	if (!d->keyed)
		return;
	disguise_key_name(d, name);
	buf_adds(b, ",\n ");
	key(b, "key", span_of(name));
}

static void
put_inputs(struct buf *b, const struct run *r)
{
	size_t n = 0;

	list_begin(b, "inputs");
	for (size_t i = 0; i < r->walk->n; i++) {
		const struct walked *w = &r->walk->at[i];

		if (w->repeated)
			continue;
		item_begin(b, n++);
		key(b, "path", span_of(w->path));
		put_digest(b, digests_get(r->watch.digests, w->label));
		buf_printf(b, ",\"records\":%llu,\"rejected\":%llu}",
		    (unsigned long long)w->records,
		    (unsigned long long)w->rejected);
	}
	buf_addc(b, ']');
}

static void
put_counts(struct buf *b, const struct ofuku_counts *c)
{
	const struct {
		const char *name;
		uint64_t n;
	} counts[] = {{"read", c->read}, {"audited", c->audited},
	    {"skipped", c->skipped}, {"filtered", c->filtered},
	    {"rejected", c->rejected}, {"conversations", c->conversations},
	    {"exchanges", c->exchanges}, {"pass", c->pass}, {"fail", c->fail},
	    {"unknown", c->unknown}};

	buf_adds(b, ",\n \"counts\":{");
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		buf_printf(b, "%s\"%s\":%llu", i == 0 ? "" : ",",
		    counts[i].name, (unsigned long long)counts[i].n);
	buf_addc(b, '}');
}

static void
put_report(struct buf *b, size_t *n, const struct audit *a, const char *name,
    const char *path)
{
	bool named = path != NULL && strcmp(path, "-") != 0;
	struct span shown = span_of(named ? path : "-");

	item_begin(b, (*n)++);
	key(b, "report", span_of(name));
	buf_addc(b, ',');
	key(b, "path", shown);
	buf_printf(b, ",\"file\":%s",
	    named && output_is_file(path) ? "true" : "false");
	put_digest(b, digests_get(a->digests, shown));
	buf_addc(b, '}');
}

/* A workbook is one file, whatever it holds. */
static void
put_workbook(struct buf *b, size_t *n, const struct audit *a)
{
	bool all = a->options->output_dir != NULL;

	put_report(b, n, a, all ? "reports" : a->outlets[0].report->name,
	    a->workbook_path);
}

static void
put_reports(struct buf *b, const struct audit *a)
{
	size_t n = 0;

	list_begin(b, "reports");
	if (a->workbook != NULL)
		put_workbook(b, &n, a);
	for (size_t i = 0; i < a->noutlets; i++)
		if (a->outlets[i].sheet == NULL)
			put_report(b, &n, a, a->outlets[i].report->name,
			    a->outlets[i].path);
	if (a->options->rejects != NULL)
		put_report(b, &n, a, "rejects", a->options->rejects);
	buf_addc(b, ']');
}

void
manifest_begin(struct audit *a)
{
	a->digests = digests_new();
	a->run->watch.digests = digests_new();
}

int
manifest_open(struct audit *a, struct err *err)
{
	return output_open(&a->manifest, a->options->manifest, err);
}

int
manifest_write(struct audit *a, enum ofuku_status status, struct err *err)
{
	struct buf b = {0};
	struct output *out = a->manifest;
	int rc;

	buf_adds(&b, "{\"manifest\":1,\n ");
	key(&b, "engine", a->report_run.engine);
	put_rules(&b, a->run->rules);
	put_arguments(&b, a->options);
	put_settings(&b, a->options->settings);
	put_now(&b, a);
	put_key(&b, &a->run->disguise);
	put_inputs(&b, a->run);
	put_counts(&b, &a->run->counts);
	put_reports(&b, a);
	buf_printf(&b, ",\n \"status\":%d}\n", (int)status);
	rc = output_write(out, buf_span(&b), err);
	buf_free(&b);
	if (rc == -1)
		return -1;
	a->manifest = NULL;
	return output_commit(out, err);
}
