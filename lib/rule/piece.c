#include "rule/piece.h"

#include <string.h>

#include "rule/pairbits.h"

static void
piece_nothing(struct piece *p)
{
	p->r.n = 0;
	p->exact = false;
}

static void
add_unit(struct required_units *u, uint16_t c)
{
	set_bit(u->bits,
	    required_unit_hash(
		c >= 'A' && c <= 'Z' ? (uint16_t)(c | 0x20) : c));
}

static void
add_units(struct required_units *u, const struct required_units *also)
{
	for (size_t i = 0; i < 4; i++)
		u->bits[i] |= also->bits[i];
	u->any |= also->any;
}

static void
start_as(struct required_starts *s, const struct required_starts *also)
{
	add_units(&s->first, &also->first);
	add_units(&s->second, &also->second);
}

/* One character, of two units perhaps, of which nothing more is known. */
void
piece_any(struct piece *p)
{
	piece_nothing(p);
	p->r.starts = (struct required_starts){{{0}, true}, {{0}, true}};
	p->nullable = false;
	p->single = true;
	p->lead = 0;
}

/* Matches nothing but where it stands, as an anchor does. */
void
piece_empty(struct piece *p)
{
	p->r.n = 1;
	p->r.sets[0].n = 1;
	p->r.sets[0].cost = 0;
	p->r.sets[0].at[0] = (struct required_text){{0}, 0, 0};
	p->r.starts = (struct required_starts){0};
	p->exact = true;
	p->nullable = true;
	p->single = false;
	p->lead = 0;
}

/* Matches one character: low is 0, or the second half of a pair. */
void
piece_char(struct piece *p, uint16_t c, uint16_t low)
{
	piece_empty(p);
	p->r.sets[0].at[0] = (struct required_text){
	    {c, low}, (uint16_t)(1 + (low != 0)), 0};
	add_unit(&p->r.starts.first, c);
	if (low != 0)
		add_unit(&p->r.starts.second, low);
	p->nullable = false;
	p->single = low == 0;
}

static bool
append(struct required_set *r, const struct required_text *t)
{
	if (r->n == REQUIRED_TEXTS)
		return false;
	r->at[r->n++] = *t;
	return true;
}

static bool
add_text(struct required_set *r, const struct required_text *t)
{
	for (size_t i = 0; i < r->n; i++)
		if (memcmp(&r->at[i], t, sizeof(*t)) == 0)
			return true;
	return append(r, t);
}

/* What stands in a set, a bit for each hash: most texts are new. */
struct known {
	uint64_t bits[4];
};

/* Has a text with its hash been here? From now on one has. */
static bool
known_add(struct known *k, const struct required_text *t)
{
	uint64_t a, b, bit;
	unsigned h;
	bool was;

	memcpy(&a, t->at, sizeof(a));
	memcpy(&b, t->at + 4, sizeof(b));
	b += t->len + ((uint64_t)t->bar << 32);
	a = (a ^ b * UINT64_C(0xff51afd7ed558ccd)) *
	    UINT64_C(0x9e3779b97f4a7c15);
	h = (unsigned)(a >> 56);
	bit = (uint64_t)1 << h % 64;
	was = (k->bits[h / 64] & bit) != 0;
	k->bits[h / 64] |= bit;
	return was;
}

static bool
add_known(
    struct required_set *r, const struct required_text *t, struct known *k)
{
	return known_add(k, t) ? add_text(r, t) : append(r, t);
}

static void
set_copy(struct required_set *to, const struct required_set *from)
{
	to->n = from->n;
	to->cost = from->cost;
	memcpy(to->at, from->at, from->n * sizeof(*from->at));
}

void
required_copy(struct required *to, const struct required *from)
{
	to->n = from->n;
	for (size_t i = 0; i < from->n; i++)
		set_copy(&to->sets[i], &from->sets[i]);
}

double
required_share(uint16_t c)
{
	if (c >= 0x3041 && c <= 0x309f)
		return 0.1;
	if (c >= 0x30a0 && c <= 0x30ff)
		return 0.006;
	if (c >= 0x4e00 && c <= 0x9fff)
		return 0.002;
	return 0.01;
}

static double
cost(const struct required_set *r)
{
	double sum = 0;

	for (size_t i = 0; i < r->n; i++) {
		double p = 1;

		for (size_t k = 0; k < r->at[i].len; k++)
			p *= required_share(r->at[i].at[k]);
		sum += p;
	}
	return sum;
}

static bool
has_empty(const struct required_set *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->at[i].len == 0)
			return true;
	return r->n == 0;
}

/* A set that is to be expected so often stands in most texts. */
static const double common = 0.03;

/*
 * Keeps the rarest sets. One that stands in most texts tells something only
 * where there is no other.
 */
static void
offer(struct required *r, const struct required_set *s)
{
	double c = cost(s);
	size_t at = r->n;

	if (has_empty(s) || (r->n > 0 && c > common && c >= r->sets[0].cost))
		return;
	while (at > 0 && r->sets[at - 1].cost > c)
		at--;
	if (at == REQUIRED_SETS)
		return;
	if (r->n < REQUIRED_SETS)
		r->n++;
	for (size_t i = r->n - 1; i > at; i--)
		set_copy(&r->sets[i], &r->sets[i - 1]);
	set_copy(&r->sets[at], s);
	r->sets[at].cost = c;
	while (r->n > 1 && r->sets[r->n - 1].cost > common)
		r->n--;
}

/* The bar behind a and b: that of a holds there where b is nothing. */
static uint16_t
joined_bar(struct bars *bars, const struct required_text *a,
    const struct required_text *b)
{
	if (a->bar == 0 || b->len > 0)
		return b->bar;
	return b->bar == 0 ? a->bar : bars_both(bars, a->bar, b->bar);
}

/* The last units of a with b behind it; whole: there was room for all. */
static struct required_text
join(struct bars *bars, const struct required_text *a,
    const struct required_text *b, bool *whole)
{
	struct required_text out = {{0}, 0, joined_bar(bars, a, b)};
	size_t len = (size_t)a->len + b->len, over;

	*whole = len <= REQUIRED_UNITS;
	over = *whole ? 0 : len - REQUIRED_UNITS;
	/* Half a character is none. */
	over += over > 0 && over < a->len && (a->at[over] & 0xfc00) == 0xdc00;
	out.len = (uint16_t)(len - over);
	memcpy(out.at, a->at + over, (a->len - over) * sizeof(*a->at));
	memcpy(out.at + a->len - over, b->at, b->len * sizeof(*b->at));
	return out;
}

/*
 * All of a followed by all of b, of those that are too long the ends: false;
 * or there are too many: false, too, and out is empty.
 */
static bool
cross(struct bars *bars, const struct required_set *a,
    const struct required_set *b, struct required_set *out)
{
	/* One text before or behind all of a set makes no two alike. */
	const bool alike = a->n > 1 && b->n > 1;
	struct known known = {{0}};
	bool all = true, whole;

	out->n = 0;
	out->cost = 0;
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++) {
			struct required_text both = join(
			    bars, &a->at[i], &b->at[k], &whole);

			all &= whole;
			if (alike || !all ? !add_known(out, &both, &known) :
					    !append(out, &both)) {
				out->n = 0;
				return false;
			}
		}
	return all;
}

void
piece_optional(struct piece *p, bool once)
{
	p->nullable = true;
	p->lead = 0;
	if (!p->exact || !once ||
	    !add_text(&p->r.sets[0], &(struct required_text){{0}, 0, 0}))
		piece_nothing(p);
}

bool
piece_tells(const struct piece *p)
{
	if (p->exact)
		return !has_empty(&p->r.sets[0]) &&
		    cost(&p->r.sets[0]) <= common;
	return p->lead != 0 || (p->r.n > 0 && p->r.sets[0].cost <= common);
}

void
piece_loosen(struct piece *p)
{
	if (p->exact && has_empty(&p->r.sets[0]))
		p->r.n = 0;
	else if (p->exact)
		p->r.sets[0].cost = cost(&p->r.sets[0]);
	p->exact = false;
}

void
piece_repeat_starts(struct piece *p)
{
	if (p->single)
		add_units(&p->r.starts.second, &p->r.starts.first);
}

void
piece_class(struct piece *p)
{
	piece_empty(p);
	p->r.sets[0].n = 0;
	p->nullable = false;
	p->single = true;
}

bool
piece_member(struct piece *p, uint16_t c)
{
	add_unit(&p->r.starts.first, c);
	return add_text(&p->r.sets[0], &(struct required_text){{c}, 1, 0});
}

void
sequence_begin(struct sequence *s, struct bars *bars)
{
	s->best.n = 0;
	piece_empty(&s->run);
	s->whole = s->nullable = true;
	s->single = false;
	s->lead = 0;
	s->starts = (struct required_starts){0};
	s->bars = bars;
}

bool
sequence_extend(struct sequence *s, uint16_t c)
{
	struct required_set *run = &s->run.r.sets[0];

	for (size_t i = 0; i < run->n; i++)
		if (run->at[i].len == REQUIRED_UNITS)
			return false;
	for (size_t i = 0; i < run->n; i++) {
		run->at[i].at[run->at[i].len++] = c;
		run->at[i].bar = 0;
	}
	if (s->nullable)
		add_unit(&s->starts.first, c);
	if (s->single)
		add_unit(&s->starts.second, c);
	s->single = s->nullable;
	s->nullable = false;
	return true;
}

/* The ends of a with b behind it, where they tell much more than the two. */
static void
offer_ends(struct required *r, const struct required_set *a,
    const struct required_set *b, const struct required_set *ends)
{
	const double much = 0.5;
	double c = cost(ends) / much;

	if (c < cost(a) && c < cost(b))
		offer(r, ends);
}

/* The texts up to here stand before something that begins with a bar. */
static void
bar_run(struct sequence *s, uint16_t bar)
{
	struct required_set *run = &s->run.r.sets[0];

	for (size_t i = 0; bar != 0 && i < run->n; i++)
		run->at[i].bar = bars_both(s->bars, run->at[i].bar, bar);
	if (s->whole && run->n == 1 && run->at[0].len == 0)
		s->lead = run->at[0].bar;
}

void
sequence_add(struct sequence *s, const struct piece *p)
{
	struct required_set *run = &s->run.r.sets[0], both;

	if (s->nullable)
		start_as(&s->starts, &p->r.starts);
	if (s->single)
		add_units(&s->starts.second, &p->r.starts.first);
	s->single = (s->single && p->nullable) || (s->nullable && p->single);
	s->nullable &= p->nullable;
	if (p->exact && cross(s->bars, run, &p->r.sets[0], &both)) {
		set_copy(run, &both);
		return;
	}
	if (!p->exact)
		bar_run(s, p->lead);
	s->whole = false;
	offer(&s->best, run);
	if (p->exact) {
		offer_ends(&s->best, run, &p->r.sets[0], &both);
		set_copy(run, &p->r.sets[0]);
		return;
	}
	for (size_t i = 0; i < p->r.n; i++)
		offer(&s->best, &p->r.sets[i]);
	piece_empty(&s->run);
}

void
sequence_end(const struct sequence *s, struct piece *out)
{
	out->exact = s->whole;
	out->nullable = s->nullable;
	out->single = s->single;
	out->lead = s->lead;
	out->r.starts = s->starts;
	required_copy(&out->r, s->whole ? &s->run.r : &s->best);
	if (!s->whole)
		offer(&out->r, &s->run.r.sets[0]);
}

static bool
unite_sets(struct required_set *a, const struct required_set *b)
{
	struct known known = {{0}};

	for (size_t i = 0; i < a->n; i++)
		known_add(&known, &a->at[i]);
	for (size_t i = 0; i < b->n; i++)
		if (!add_known(a, &b->at[i], &known))
			return false;
	return true;
}

/* A text's first units; half a character is none. */
static struct required_text
cut(const struct required_text *t, size_t units)
{
	struct required_text out = *t;

	if (out.len > units) {
		out.len = (uint16_t)units;
		out.bar = 0;
	}
	if (out.len < t->len && out.len > 0 &&
	    (out.at[out.len - 1] & 0xfc00) == 0xd800)
		out.len--;
	for (size_t k = out.len; k < t->len; k++)
		out.at[k] = 0;
	return out;
}

/* Adds the first units of each text. */
static bool
add_cut(struct required_set *to, const struct required_set *from, size_t units,
    struct known *known)
{
	for (size_t i = 0; i < from->n; i++) {
		struct required_text t = cut(&from->at[i], units);

		if (!add_known(to, &t, known))
			return false;
	}
	return true;
}

/* Both, with their texts cut short until there is room. */
static bool
unite_cut(const struct required_set *a, const struct required_set *b,
    struct required_set *out)
{
	for (size_t units = REQUIRED_UNITS / 2; units > 0; units /= 2) {
		struct known known = {{0}};

		out->n = 0;
		if (add_cut(out, a, units, &known) &&
		    add_cut(out, b, units, &known))
			return true;
	}
	return false;
}

bool
piece_unite_exact(struct piece *a, const struct piece *b)
{
	struct required_set both;

	if (!a->exact || !b->exact)
		return false;
	set_copy(&both, &a->r.sets[0]);
	if (!unite_sets(&both, &b->r.sets[0]))
		return false;
	set_copy(&a->r.sets[0], &both);
	return true;
}

void
piece_unite(struct piece *a, struct piece *b)
{
	struct required best;
	struct required_set both;

	best.n = 0;
	start_as(&a->r.starts, &b->r.starts);
	a->nullable |= b->nullable;
	a->single |= b->single;
	a->lead = a->lead == b->lead ? a->lead : 0;
	if (piece_unite_exact(a, b))
		return;
	piece_loosen(a);
	piece_loosen(b);
	for (size_t i = 0; i < a->r.n; i++)
		for (size_t k = 0; k < b->r.n; k++) {
			set_copy(&both, &a->r.sets[i]);
			if (unite_sets(&both, &b->r.sets[k]))
				offer(&best, &both);
		}
	if (best.n == 0 && a->r.n > 0 && b->r.n > 0 &&
	    unite_cut(&a->r.sets[0], &b->r.sets[0], &both))
		offer(&best, &both);
	required_copy(&a->r, &best);
}
