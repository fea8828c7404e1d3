#include "rule/firstlook.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/prefilter_tables.h"
#include "text/utf8.h"
#include "text/view.h"

/* The most that are looked for for a phrase's sake. */
enum { PHRASE_WINDOWS = 2048 };

/* A window, and how many of it to expect at a place. */
struct rarest {
	struct window window;
	double cost;
};

/* In talk with customers these are no rare characters. */
static double
window_share(uint16_t c)
{
	static const uint16_t common[] = {u'電', u'話', u'番', u'号', u'連',
	    u'絡', u'相', u'談', u'確', u'認', u'案', u'内', u'利', u'用',
	    u'予', u'約', u'希', u'望', u'意', u'検', u'討', u'考', u'行',
	    u'出', u'通', u'手', u'名', u'前', u'大', u'丈', u'夫', u'無',
	    u'料', u'日', u'時', u'間', u'場', u'所', u'方', u'法', u'問',
	    u'何', u'人', u'様'};

	if (c >= 0x4e00)
		for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++)
			if (common[i] == c)
				return 0.02;
	return required_share(c);
}

/*
 * Words that stand in most conversations, with how many to expect at a place:
 * a window that has one, or is a part of one, is not as rare as its units are.
 */
static const struct common {
	const uint16_t *word;
	double share;
} commons[] = {{u"ます", 0.03}, {u"です", 0.03}, {u"した", 0.03},
    {u"して", 0.02}, {u"って", 0.02}, {u"から", 0.02}, {u"ない", 0.02},
    {u"ので", 0.02}, {u"いただきます", 0.002}, {u"いただいて", 0.002},
    {u"ありがとう", 0.002}, {u"ございます", 0.002}, {u"お願いします", 0.002},
    {u"ください", 0.002}, {u"もらって", 0.002}, {u"たいと思い", 0.002},
    {u"考えてい", 0.002}, {u"いいんです", 0.002}, {u"相談して", 0.002},
    {u"言って", 0.002}, {u"書いて", 0.002}, {u"いて、", 0.002},
    {u"名前", 0.002}, {u"お電話", 0.002}, {u"手続き", 0.002},
    {u"申し込み", 0.002}, {u"センター", 0.002}, {u"サービス", 0.002},
    {u"サポート", 0.002}, {u"メール", 0.002}, {u"ネット", 0.002}};

static bool
holds(const uint16_t *at, size_t len, const uint16_t *part, size_t n)
{
	for (size_t i = 0; i + n <= len; i++)
		if (at[i] == part[0] &&
		    memcmp(at + i, part, n * sizeof(*part)) == 0)
			return true;
	return false;
}

/* Does a window of four hold three units of a common word, and where not? */
static bool
holds_most(const uint16_t *at, size_t len, const struct common *c, size_t n,
    size_t *other)
{
	*other = len - 1;
	if (len < 4 || n < 3)
		return false;
	if (holds(c->word, n, at, len - 1))
		return true;
	*other = 0;
	return holds(c->word, n, at + 1, len - 1);
}

/* What to expect of a window at least. */
static double
least_share(const uint16_t *at, size_t len)
{
	double least = 0;

	for (size_t i = 0; i < sizeof(commons) / sizeof(*commons); i++) {
		const struct common *c = &commons[i];
		double share = c->share;
		size_t n = 0, other;

		while (c->word[n] != 0)
			n++;
		/* What two units are a part of has a rarer one beside it. */
		if (!holds(c->word, n, at, len) &&
		    (n <= 2 || !holds(at, len, c->word, n)))
			share *= holds_most(at, len, c, n, &other) ?
			    window_share(at[other]) :
			    0;
		if (share > least)
			least = share;
	}
	return least;
}

static struct rarest
rarest_window(const struct literal *l)
{
	uint16_t units[LITERAL_UNITS];
	double shares[LITERAL_UNITS + 4];
	struct rarest best = {.cost = 2};
	size_t n = 0;

	for (size_t i = 0; i < l->len; i++) {
		if (l->at[i] == ' ')
			continue;
		units[n] = l->at[i];
		shares[n++] = window_share(l->at[i]);
	}
	for (size_t i = n; i < n + 4; i++)
		shares[i] = 1;
	for (size_t i = 0; i == 0 ? n > 0 : i + 1 < n; i++) {
		double least,
		    cost = shares[i] * shares[i + 1] * shares[i + 2] *
		    shares[i + 3];

		if (cost >= best.cost)
			continue;
		least = least_share(units + i, n - i < 4 ? n - i : 4);
		if (cost < least)
			cost = least;
		if (cost >= best.cost)
			continue;
		best = (struct rarest){.cost = cost};
		for (size_t k = i; k < n && k < i + 4; k++)
			best.window.units = best.window.units << 16 | units[k];
		/* The bar tells only what stands behind the literal's end. */
		if (i + 4 >= n && l->at[l->len - 1] != ' ')
			best.window.bar = l->bar;
	}
	return best;
}

/* Of the last three units, or of two that are all. */
static inline uint32_t
triple_hash(uint64_t units)
{
	return (uint32_t)((units << 16) * UINT64_C(0x9e3779b97f4a7c15) >> 48);
}

/* Where the window stands in the table, or would. */
static struct window *
window_at(const struct firstlook *f, uint64_t units)
{
	size_t i = (units * UINT64_C(0x9e3779b97f4a7c15) >> 40) & f->mask;

	while (f->windows[i].units != 0 && f->windows[i].units != units)
		i = (i + 1) & f->mask;
	return &f->windows[i];
}

static void
look_for(struct firstlook *f, const struct window *w, struct arena *a)
{
	if (w->units > UINT16_MAX) {
		struct window *known = window_at(f, w->units);

		set_bit(f->pairs, pair_hash((uint32_t)w->units));
		set_bit(f->triples, triple_hash(w->units));
		if (known->units == 0)
			*known = *w;
		else if (known->bar != w->bar)
			known->bar = 0;
		known->mark &= w->mark;
		return;
	}
	if (f->alone == NULL)
		f->alone = arena_alloc(a, ALPHABET_BYTES);
	alphabet_add(f->alone, (uint16_t)w->units);
}

/* What to expect of the windows of each set. */
static double *
set_costs(const struct literal *l, size_t n, const struct rarest *windows,
    size_t nsets)
{
	double *costs = mem_alloc((nsets + 1) * sizeof(*costs));

	for (size_t i = 0; i < n; i++)
		costs[l[i].set] += windows[i].cost;
	return costs;
}

static void
lead_with_rarest(struct clause *c, const double *costs)
{
	for (size_t i = 1; i < c->n; i++)
		if (costs[c->sets[i]] < costs[c->sets[0]]) {
			uint32_t set = c->sets[0];

			c->sets[0] = c->sets[i];
			c->sets[i] = set;
		}
}

/* Of each clause the set that is the rarest by its windows. */
static void
look_for_rarest(const struct literal *l, size_t n, const struct rarest *windows,
    struct prefilter *p, struct firstlook *f, struct arena *a)
{
	double *costs = set_costs(l, n, windows, p->nsets);
	bool *looked = mem_alloc((p->nsets + 1) * sizeof(*looked));

	for (size_t i = 0; i < p->nclauses; i++) {
		lead_with_rarest(&p->clauses[i], costs);
		looked[p->clauses[i].sets[0]] |= p->clauses[i].n > 0;
	}
	for (size_t i = 0; i < n; i++)
		if (looked[l[i].set])
			look_for(f, &windows[i].window, a);
	free(looked);
	free(costs);
}

/* May the unit stand beside a head in the folded view, or go there? */
static bool
may_follow(const struct fold_pair *p, struct viewer *v, uint16_t c)
{
	return alphabet_has(p->nexts, c) || alphabet_has(p->marks, c) ||
	    fold_drops(v, c);
}

/* A head with each of them. */
static void
look_for_pairs(struct firstlook *f, uint16_t head, struct viewer *v,
    size_t *room, struct arena *a)
{
	for (uint32_t c = 0x3000; c < 0xa000; c++) {
		const struct window w = {.units = (uint64_t)head << 16 | c,
		    .mark = !alphabet_has(f->phrase->nexts, (uint16_t)c)};

		if (!unit_is_plain((uint16_t)c) ||
		    !may_follow(f->phrase, v, (uint16_t)c))
			continue;
		if (*room == 0)
			return;
		look_for(f, &w, a);
		--*room;
	}
}

/* True: there was room for all. */
static bool
look_for_phrase(struct firstlook *f, struct viewer *v, struct arena *a)
{
	size_t room = PHRASE_WINDOWS;

	for (uint32_t c = 0; c <= UINT16_MAX; c++) {
		const struct window one = {.units = c};

		if (alphabet_has(f->phrase->alone, (uint16_t)c))
			look_for(f, &one, a);
		if (alphabet_has(f->phrase->heads, (uint16_t)c))
			look_for_pairs(f, (uint16_t)c, v, &room, a);
	}
	return room > 0;
}

/* Of all literals; NULL: one has none. */
static struct rarest *
windows_of(const struct literal *l, size_t n)
{
	struct rarest *w = mem_alloc((n + 1) * sizeof(*w));

	for (size_t i = 0; i < n; i++) {
		w[i] = rarest_window(&l[i]);
		if (w[i].window.units == 0) {
			free(w);
			return NULL;
		}
	}
	return w;
}

const struct firstlook *
firstlook_new(const struct literal *l, size_t n, struct prefilter *p,
    struct viewer *v, struct arena *a)
{
	const size_t most = n + (p->phrase != NULL ? PHRASE_WINDOWS : 0);
	struct rarest *windows = windows_of(l, n);
	struct firstlook *f;

	if (windows == NULL)
		return NULL;
	f = arena_alloc(a, sizeof(*f));
	f->bars = p->bars;
	/* More than so many, which are fewer windows: many texts are alike. */
	while (f->mask < most)
		f->mask = f->mask * 2 + 1;
	f->windows = arena_alloc(a, (f->mask + 1) * sizeof(*f->windows));
	look_for_rarest(l, n, windows, p, f, a);
	free(windows);
	f->phrase = p->phrase;
	if (f->phrase != NULL && !look_for_phrase(f, v, a))
		f->phrase = p->phrase = NULL;
	for (uint32_t c = 0x3000; c < 0xa000; c++)
		if (unit_is_plain((uint16_t)c) &&
		    (f->alone == NULL || !alphabet_has(f->alone, (uint16_t)c)))
			set_bit(f->plain, c);
	return f;
}

/* Does the phrase's pair begin with the last unit, perhaps? */
static bool
ends_with_head(const struct firstlook *f, uint64_t units)
{
	return f->phrase != NULL &&
	    alphabet_has(f->phrase->heads, (uint16_t)units);
}

/* Behind a character that is not plain. What stands for it, a blank as such;
 * LOOK_AGAIN: only the plain view tells, or it is what is looked for. */
enum { LOOK_AGAIN = 1 << 16 };

static uint32_t
look_up(const struct firstlook *f, struct classes *classes,
    const unsigned char **at, uint64_t units)
{
	const char *from = (const char *)*at;
	uint32_t c = utf8_next(&from), cell;

	*at = (const unsigned char *)from;
	if (c > 0xffff)
		return LOOK_AGAIN;
	cell = classes_cell(classes, c);
	if (cell_bits(cell) & CLASS_SLOW)
		return LOOK_AGAIN;
	/* A filler may stand behind it, which goes with it. */
	if (cell_bits(cell) & CLASS_BLANK)
		return ends_with_head(f, units) ? LOOK_AGAIN : ' ';
	if (f->alone != NULL && alphabet_has(f->alone, (uint16_t)cell))
		return LOOK_AGAIN;
	if (ends_with_head(f, units) &&
	    ((cell_bits(cell) & (CLASS_DROP | CLASS_BREAK)) ||
		alphabet_has(f->phrase->nexts, (uint16_t)cell) ||
		alphabet_has(f->phrase->marks, (uint16_t)cell)))
		return LOOK_AGAIN;
	return cell & 0xffff;
}

/* The last four units: do they end with a window, of two units or more?
 */
static inline bool
may_end_window(const struct firstlook *f, uint64_t units)
{
	return has_bit(f->pairs, pair_hash((uint32_t)units)) &&
	    (has_bit(f->triples, triple_hash(units)) ||
		has_bit(f->triples, triple_hash((uint32_t)units)));
}

/* Behind a head and a mark: can the phrase's pair not go on with what stands
 * there? */
static bool
ends_pair(const struct firstlook *f, struct classes *classes, const char *at,
    const char *end)
{
	const struct fold_pair *p = f->phrase;
	uint32_t c;

	if (at == end)
		return false;
	c = utf8_next(&at);
	return c <= UINT16_MAX && unit_is_plain((uint16_t)c) &&
	    !(cell_bits(classes_cell(classes, c)) &
		(CLASS_DROP | CLASS_BREAK)) &&
	    !alphabet_has(p->nexts, (uint16_t)c) &&
	    !alphabet_has(p->marks, (uint16_t)c) &&
	    !alphabet_has(p->fillers, (uint16_t)c);
}

/* The last four units: do they end with a window, and nothing that it bars
 * stands behind it? */
static bool
ends_window(const struct firstlook *f, struct classes *classes, uint64_t units,
    const unsigned char *at, const unsigned char *end)
{
	for (unsigned cut = 0; cut <= 32; cut += 16) {
		const uint64_t last = units << cut >> cut;
		const struct window *w = window_at(f, last);

		if (w->units != last)
			continue;
		if (w->mark ? !ends_pair(f, classes, (const char *)at,
				  (const char *)end) :
			      !bar_holds_utf8(f->bars + w->bar,
				  (const char *)at, (const char *)end))
			return true;
	}
	return false;
}

/* What a first look has seen so far: the last four units, blanks left out. */
struct looking {
	const struct firstlook *f;
	struct classes *classes;
	const unsigned char *at, *end;
	uint64_t units;
};

/* A unit, behind which stands at. True: there may be something, and another
 * look is needed. */
static inline bool
see(const struct firstlook *f, struct classes *classes, uint64_t *units,
    uint32_t c, const unsigned char *at, const unsigned char *end)
{
	*units = *units << 16 | c;
	return may_end_window(f, *units) &&
	    ends_window(f, classes, *units, at, end);
}

/* Over units that are plain, which most are: three bytes each. */
static bool
see_plain(struct looking *l)
{
	const struct firstlook *f = l->f;
	const unsigned char *at = l->at, *end = l->end;
	uint64_t units = l->units;
	bool seen = false;

	while (end - at > 2 && (at[0] & 0xf0) == 0xe0) {
		uint32_t high = (at[0] & 0x0fu) << 6 | (at[1] & 0x3fu);

		if (!(f->plain[high] >> (at[2] & 0x3f) & 1))
			break;
		seen = see(f, l->classes, &units, high << 6 | (at[2] & 0x3fu),
		    at + 3, end);
		at += 3;
		if (seen)
			break;
	}
	l->at = at;
	l->units = units;
	return seen;
}

bool
firstlook_nothing(
    const struct firstlook *f, struct classes *classes, struct span raw)
{
	const unsigned char *at = (const unsigned char *)raw.at;
	struct looking l = {f, classes, at, at + raw.len, 0};

	for (;;) {
		uint32_t c;

		if (see_plain(&l))
			return false;
		if (l.at >= l.end)
			return !ends_with_head(f, l.units);
		c = look_up(f, classes, &l.at, l.units);
		if (c == LOOK_AGAIN ||
		    (c != ' ' && see(f, classes, &l.units, c, l.at, l.end)))
			return false;
	}
}
