/*
 * Transcripts of any size for `make bench`, from a grammar (talk.txt) and a
 * seed: the same arguments give the same bytes. A conversation depends on
 * seed, kind and its number alone, so that every format and order hold the
 * same talk.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <iconv.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"

static void __attribute__((noreturn, format(printf, 1, 2)))
die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("generate: ", stderr);
	vfprintf(stderr, fmt, ap);
	putc('\n', stderr);
	va_end(ap);
	exit(2);
}

/* splitmix64 (Steele, Lea, Flood 2014): any state is a good one. */
static uint64_t
next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static uint64_t
below(uint64_t *state, uint64_t n)
{
	return (next_random(state) >> 32) * n >> 32;
}

/* The grammar: names, their alternatives, and what those are made of. */
enum part_kind { PART_TEXT, PART_NAME, PART_DIGITS };

struct part {
	enum part_kind kind;
	struct span text;
	struct symbol *symbol;
	unsigned most; /* one to so many of it; digits: so many */
};

struct alternative {
	struct part *parts;
	size_t n, cap;
};

struct symbol {
	struct span name;
	bool fixed; /* chosen once a conversation */
	struct alternative *at;
	size_t n, cap;
	size_t chosen;
};

struct grammar {
	struct buf text;
	struct map names;
	struct symbol **symbols;
	size_t n, cap;
};

static struct symbol *
symbol_named(struct grammar *g, struct span name)
{
	void **slot = map_slot(&g->names, name);
	struct symbol *s = *slot;

	if (s != NULL)
		return s;
	s = mem_alloc(sizeof(*s));
	s->name = name;
	*slot = s;
	g->symbols = mem_grow(g->symbols, &g->cap, g->n + 1, sizeof(s));
	g->symbols[g->n++] = s;
	return s;
}

static void
add_part(struct alternative *a, struct part p)
{
	a->parts = mem_grow(a->parts, &a->cap, a->n + 1, sizeof(p));
	a->parts[a->n++] = p;
}

/* What stands in braces: a name, a name with a number, or digits. */
static struct part
reference(struct grammar *g, struct span s)
{
	size_t star = span_find(s, '*');
	struct part p = {.most = 1};

	if (s.len > 1 && s.at[0] == '#') {
		p.kind = PART_DIGITS;
		p.most = (unsigned)strtoul(s.at + 1, NULL, 10);
		return p;
	}
	if (star < s.len)
		p.most = (unsigned)strtoul(s.at + star + 1, NULL, 10);
	p.kind = PART_NAME;
	p.symbol = symbol_named(g, (struct span){s.at, star});
	return p;
}

static void
add_alternative(struct grammar *g, struct symbol *s, struct span line)
{
	struct alternative *a;

	s->at = mem_grow(s->at, &s->cap, s->n + 1, sizeof(*s->at));
	a = &s->at[s->n++];
	*a = (struct alternative){0};
	while (line.len > 0) {
		size_t open = span_find(line, '{');
		struct span rest = {line.at + open, line.len - open};
		size_t close = span_find(rest, '}');

		if (open > 0)
			add_part(a,
			    (struct part){PART_TEXT, {line.at, open}, NULL, 1});
		if (open == line.len)
			break;
		if (close == rest.len)
			die("a { without its }: %.*s", SPAN_FMT(line));
		add_part(
		    a, reference(g, (struct span){rest.at + 1, close - 1}));
		line = (struct span){rest.at + close + 1, rest.len - close - 1};
	}
}

static void
read_text(const char *path, struct buf *out)
{
	FILE *in = fopen(path, "re");
	size_t n;

	if (in == NULL)
		die("%s: %s", path, strerror(errno));
	while ((n = fread(buf_room(out, 65536), 1, 65536, in)) > 0)
		out->len += n;
	fclose(in);
}

static void
grammar_read(struct grammar *g, const char *path)
{
	struct symbol *s = NULL;
	struct span rest;

	read_text(path, &g->text);
	for (rest = buf_span(&g->text); rest.len > 0;) {
		struct span line = {rest.at, span_find(rest, '\n')};
		bool fixed = line.len > 0 && line.at[0] == '=';

		rest.at += line.len + (line.len < rest.len);
		rest.len -= line.len + (line.len < rest.len);
		if (line.len == 0 || line.at[0] == '#')
			continue;
		if (line.at[0] != '\t') {
			s = symbol_named(g,
			    (struct span){line.at + fixed, line.len - fixed});
			s->fixed = fixed;
		} else if (s != NULL) {
			add_alternative(
			    g, s, (struct span){line.at + 1, line.len - 1});
		}
	}
	for (size_t i = 0; i < g->n; i++)
		if (g->symbols[i]->n == 0)
			die("%s: no alternatives for %.*s", path,
			    SPAN_FMT(g->symbols[i]->name));
}

static void
expand(const struct symbol *s, uint64_t *random, struct buf *out)
{
	size_t pick = s->fixed ? s->chosen : below(random, s->n);
	const struct alternative *a;

	if (s->n == 0)
		die("no alternatives for %.*s", SPAN_FMT(s->name));
	a = &s->at[pick];

	for (size_t i = 0; i < a->n; i++) {
		const struct part *p = &a->parts[i];
		uint64_t times = p->most > 1 && p->kind == PART_NAME ?
		    1 + below(random, p->most) :
		    p->most;

		if (p->kind == PART_TEXT)
			buf_add(out, p->text);
		for (uint64_t k = 0; k < times && p->kind != PART_TEXT; k++)
			if (p->kind == PART_NAME)
				expand(p->symbol, random, out);
			else
				buf_addc(out, (char)('0' + below(random, 10)));
	}
}

/* A conversation on its way: utterances with a role and a time. */
struct said {
	bool agent;
	int64_t start, end; /* ms */
	size_t at, len;     /* of the text, in texts */
};

struct talk {
	struct grammar *g;
	uint64_t random;
	struct said *at;
	size_t n, cap;
	struct buf texts;
	int64_t clock;
	char id[32];
	struct buf agent, customer; /* as speakers */
};

static void
say(struct talk *t, bool agent, const char *name)
{
	const struct symbol *s = symbol_named(t->g, span_of(name));
	struct said *u;

	t->at = mem_grow(t->at, &t->cap, t->n + 1, sizeof(*t->at));
	u = &t->at[t->n++];
	u->agent = agent;
	u->at = t->texts.len;
	expand(s, &t->random, &t->texts);
	u->len = t->texts.len - u->at;
	t->clock += 200 + (int64_t)below(&t->random, 2500);
	u->start = t->clock;
	t->clock += 400 + (int64_t)u->len * 45;
	u->end = t->clock;
}

static bool
chance(struct talk *t, unsigned percent)
{
	return below(&t->random, 100) < percent;
}

static void
dispute(struct talk *t)
{
	uint64_t rounds = 1 + below(&t->random, 5);

	for (uint64_t i = 0; i < rounds; i++) {
		say(t, false, i == 0 || chance(t, 60) ? "threat" : "goes-on");
		say(t, true, chance(t, 75) ? "answer" : "other-answer");
	}
	if (chance(t, 40))
		say(t, false, "withdrawn");
	else if (chance(t, 40))
		say(t, true, "handed-over");
}

enum kind { KIND_ORDINARY, KIND_THREAT_RICH, KIND_HOSTILE };
static const char *const kinds[] = {"ordinary", "threat-rich", "hostile"};

static void
pair(struct talk *t, enum kind kind)
{
	bool hostile = kind == KIND_HOSTILE && chance(t, 30);

	say(t, false, hostile ? "hostile-customer" : "customer-talk");
	if (chance(t, 15))
		say(t, true, "backchannel");
	say(t, true, hostile ? "hostile-agent" : "agent-talk");
	if (chance(t, 20))
		say(t, false, "backchannel");
}

static void
speaker(struct talk *t, struct buf *out, const char *title, const char *name)
{
	buf_reset(out);
	buf_adds(out, title);
	expand(symbol_named(t->g, span_of(name)), &t->random, out);
}

static void
talk_make(struct talk *t, enum kind kind, uint64_t seed, uint64_t number)
{
	uint64_t pairs, dispute_at = UINT64_MAX;

	t->random = seed * 0x2545f4914f6cdd1du + number * 3 + kind;
	next_random(&t->random);
	t->n = 0;
	t->clock = (int64_t)below(&t->random, 3000);
	buf_reset(&t->texts);
	for (size_t i = 0; i < t->g->n; i++)
		t->g->symbols[i]->chosen = below(
		    &t->random, t->g->symbols[i]->n);
	snprintf(t->id, sizeof(t->id), "T%09" PRIu64, number);
	speaker(t, &t->agent, "オペレーター ", "agent");
	speaker(t, &t->customer, "お客様 ", "customer");
	pairs = 2 + below(&t->random, 10);
	if (kind == KIND_THREAT_RICH && chance(t, 30))
		dispute_at = below(&t->random, pairs);
	say(t, true, "opening");
	say(t, false, "need");
	for (uint64_t i = 0; i < pairs; i++) {
		if (i == dispute_at)
			dispute(t);
		pair(t, kind);
	}
	say(t, false, "thanks");
	say(t, true, "closing");
}

/* Where utterances go: one file, or in WebVTT a folder of them. */
struct out {
	const char *path;
	FILE *file;
	struct buf row;
	iconv_t cp932;
	struct buf encoded;
};

static FILE *
open_file(const char *path)
{
	FILE *f = strcmp(path, "-") == 0 ? stdout : fopen(path, "we");

	if (f == NULL)
		die("%s: %s", path, strerror(errno));
	return f;
}

static void
write_all(FILE *f, struct span s)
{
	if (fwrite(s.at, 1, s.len, f) != s.len)
		die("cannot write: %s", strerror(errno));
}

static void
close_file(FILE *f)
{
	if (f == stdout ? fflush(f) != 0 : fclose(f) != 0)
		die("cannot write: %s", strerror(errno));
}

static void
write_json(struct out *o, const struct talk *t, const struct said *u)
{
	buf_reset(&o->row);
	buf_printf(&o->row,
	    "{\"conversation\":\"%s\",\"speaker\":\"%s\",\"role\":\"%s\","
	    "\"start\":%" PRId64 ".%03d,\"end\":%" PRId64
	    ".%03d,\"text\":\"%.*s\"}\n",
	    t->id,
	    buf_cstr((struct buf *)(u->agent ? &t->agent : &t->customer)),
	    u->agent ? "agent" : "customer", u->start / 1000,
	    (int)(u->start % 1000), u->end / 1000, (int)(u->end % 1000),
	    (int)u->len, t->texts.at + u->at);
	write_all(o->file, buf_span(&o->row));
}

static void
header_csv(struct out *o)
{
	write_all(o->file, SPAN("conversation,speaker,role,start,end,text\n"));
}

/* Every other text is quoted, as spreadsheets and databases both do. */
static void
make_csv(struct out *o, const struct talk *t, const struct said *u)
{
	const char *quote = u->start % 2 == 0 ? "\"" : "";

	buf_reset(&o->row);
	buf_printf(&o->row,
	    "%s,%s,%s,%" PRId64 ".%03d,%" PRId64 ".%03d,%s%.*s%s\n", t->id,
	    buf_cstr((struct buf *)(u->agent ? &t->agent : &t->customer)),
	    u->agent ? "agent" : "customer", u->start / 1000,
	    (int)(u->start % 1000), u->end / 1000, (int)(u->end % 1000), quote,
	    (int)u->len, t->texts.at + u->at, quote);
}

static void
write_csv(struct out *o, const struct talk *t, const struct said *u)
{
	make_csv(o, t, u);
	write_all(o->file, buf_span(&o->row));
}

/* A character that CP932 does not have stands as a geta mark. */
static void
write_cp932(struct out *o, const struct talk *t, const struct said *u)
{
	char *in, *to;
	size_t n, room;

	make_csv(o, t, u);
	buf_reset(&o->encoded);
	in = o->row.at;
	n = o->row.len;
	while (n > 0) {
		room = n + 16;
		to = buf_room(&o->encoded, room);
		iconv(o->cp932, &in, &n, &to, &room);
		o->encoded.len = (size_t)(to - o->encoded.at);
		if (n == 0)
			break;
		buf_adds(&o->encoded, "\x81\xac");
		do {
			in++;
			n--;
		} while (n > 0 && (*in & 0xc0) == 0x80);
	}
	write_all(o->file, buf_span(&o->encoded));
}

static void
vtt_time(struct buf *b, int64_t ms)
{
	buf_printf(b, "%02d:%02d:%02d.%03d", (int)(ms / 3600000),
	    (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms % 1000));
}

static void
write_vtt(struct out *o, const struct talk *t, const struct said *u)
{
	buf_reset(&o->row);
	buf_adds(&o->row, "\n");
	vtt_time(&o->row, u->start);
	buf_adds(&o->row, " --> ");
	vtt_time(&o->row, u->end);
	buf_printf(&o->row, "\n<v %s>%.*s</v>\n",
	    buf_cstr((struct buf *)(u->agent ? &t->agent : &t->customer)),
	    (int)u->len, t->texts.at + u->at);
	write_all(o->file, buf_span(&o->row));
}

/* A conversation's own file, a thousand in a folder. */
static void
begin_vtt(struct out *o, const struct talk *t)
{
	struct buf path = {0};

	buf_printf(&path, "%s/%.7s", o->path, t->id);
	if (mkdir(buf_cstr(&path), 0777) == -1 && errno != EEXIST)
		die("%s: %s", buf_cstr(&path), strerror(errno));
	buf_printf(&path, "/%s.vtt", t->id);
	o->file = open_file(buf_cstr(&path));
	write_all(o->file, SPAN("WEBVTT\n"));
	buf_free(&path);
}

static void
end_vtt(struct out *o)
{
	close_file(o->file);
	o->file = NULL;
}

struct format {
	const char *name;
	bool folder;
	void (*header)(struct out *);
	void (*begin)(struct out *, const struct talk *);
	void (*write)(struct out *, const struct talk *, const struct said *);
	void (*end)(struct out *);
};

static const struct format formats[] = {
    {.name = "jsonl", .write = write_json},
    {.name = "csv", .header = header_csv, .write = write_csv},
    {.name = "cp932", .header = header_csv, .write = write_cp932},
    {.name = "vtt",
	.folder = true,
	.begin = begin_vtt,
	.write = write_vtt,
	.end = end_vtt},
};

struct settings {
	enum kind kind;
	uint64_t n, seed;
	const struct format *format;
	bool interleaved;
	const char *grammar, *out;
};

/* One conversation behind the other, n utterances in all. */
static void
grouped(const struct settings *s, struct talk *t, struct out *o)
{
	uint64_t left = s->n;

	for (uint64_t c = 0; left > 0; c++) {
		talk_make(t, s->kind, s->seed, c);
		if (s->format->begin != NULL)
			s->format->begin(o, t);
		for (size_t i = 0; i < t->n && left > 0; i++, left--)
			s->format->write(o, t, &t->at[i]);
		if (s->format->end != NULL)
			s->format->end(o);
	}
}

/* As many lines as a centre has: what they say comes as it is said. */
enum { LINES = 64 };

struct line {
	struct talk talk;
	size_t next;
};

static void
line_refill(const struct settings *s, struct line *l, uint64_t *c)
{
	if (l->next < l->talk.n)
		return;
	talk_make(&l->talk, s->kind, s->seed, (*c)++);
	l->next = 0;
}

static void
interleaved(const struct settings *s, struct grammar *g, struct out *o)
{
	struct line *lines = mem_alloc(LINES * sizeof(*lines));
	uint64_t c = 0, random = s->seed;

	for (size_t i = 0; i < LINES; i++)
		lines[i].talk.g = g;
	for (uint64_t i = 0; i < s->n; i++) {
		struct line *l = &lines[below(&random, LINES)];

		line_refill(s, l, &c);
		s->format->write(o, &l->talk, &l->talk.at[l->next++]);
	}
	for (size_t i = 0; i < LINES; i++) {
		free(lines[i].talk.at);
		buf_free(&lines[i].talk.texts);
		buf_free(&lines[i].talk.agent);
		buf_free(&lines[i].talk.customer);
	}
	free(lines);
}

static void
generate(const struct settings *s)
{
	struct grammar g = {0};
	struct talk t = {.g = &g};
	struct out o = {.path = s->out};

	grammar_read(&g, s->grammar);
	o.cp932 = iconv_open("CP932", "UTF-8");
	if (o.cp932 == (iconv_t)-1)
		die("no converter for CP932");
	if (s->format->folder) {
		if (mkdir(s->out, 0777) == -1 && errno != EEXIST)
			die("%s: %s", s->out, strerror(errno));
	} else {
		o.file = open_file(s->out);
	}
	if (s->format->header != NULL)
		s->format->header(&o);
	if (s->interleaved)
		interleaved(s, &g, &o);
	else
		grouped(s, &t, &o);
	if (o.file != NULL)
		close_file(o.file);
	iconv_close(o.cp932);
}

static size_t
index_of(const char *name, const char *what, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	die("%s: no such %s", name, what);
}

static const struct format *
format_named(const char *name)
{
	const size_t n = sizeof(formats) / sizeof(*formats);

	for (size_t i = 0; i < n; i++)
		if (strcmp(name, formats[i].name) == 0)
			return &formats[i];
	die("%s: no such format: jsonl, csv, cp932, vtt", name);
}

static uint64_t
number(const char *text)
{
	char *end;
	uint64_t n = strtoull(text, &end, 10);

	if (*text == '\0' || *end != '\0')
		die("%s: no number", text);
	return n;
}

int
main(int argc, char **argv)
{
	struct settings s = {.n = 1000, .seed = 1, .format = &formats[0]};
	int c;

	while ((c = getopt(argc, argv, "k:n:s:f:i")) != -1)
		switch (c) {
		case 'k':
			s.kind = (enum kind)index_of(optarg, "kind", kinds, 3);
			break;
		case 'n':
			s.n = number(optarg);
			break;
		case 's':
			s.seed = number(optarg);
			break;
		case 'f':
			s.format = format_named(optarg);
			break;
		case 'i':
			s.interleaved = true;
			break;
		default:
			argc = 0;
		}
	if (argc - optind != 2)
		die("usage: generate [-k ordinary|threat-rich|hostile] "
		    "[-n utterances] [-s seed] [-f jsonl|csv|cp932|vtt] [-i] "
		    "grammar output");
	s.grammar = argv[optind];
	s.out = argv[optind + 1];
	if (s.interleaved && s.format->folder)
		die("a folder of conversations cannot be interleaved");
	generate(&s);
	return 0;
}
