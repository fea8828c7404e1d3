/* The folded view: spelling differences that change no word are gone. */
#include <stdlib.h>

#include "base/mem.h"
#include "text/kana.h"
#include "text/utf8.h"
#include "text/view.h"
#include "text/viewer.h"

struct units {
	uint16_t *at;
	size_t n;
};

struct respelling {
	struct units variant, form;
};

struct filler {
	struct units units;
	bool drawn; /* one vowel that is long: a short one is none (おー: お) */
};

struct fold {
	/* By their first units, of those the longest first. */
	struct respelling *spellings;
	size_t nspellings;
	struct filler *fillers; /* longest first */
	size_t nfillers;
	/* Units that a variant, or a filler, begins with. */
	uint8_t first[ALPHABET_BYTES];
	uint8_t filler_first[ALPHABET_BYTES];
};

static void
add(struct foldings *f, uint16_t unit, uint32_t start, uint32_t end)
{
	f->at = mem_grow(f->at, &f->cap, f->n + 1, sizeof(*f->at));
	f->at[f->n++] = (struct folding){unit, start, end};
}

/* Plain view in hiragana; each unit knows the raw bytes it stands for. */
static void
to_hiragana(struct viewer *v, struct span raw, struct foldings *out)
{
	struct view *n = &v->norm;

	viewer_normalize(v, raw);
	out->n = 0;
	for (size_t i = 0; i < n->len;) {
		bool keep;
		size_t j;

		if (!(classes_bits(&v->classes, n->at[i]) & CLASS_BLANK)) {
			add(out, kana_hiragana(n->at[i]), n->raw[i],
			    n->raw[i + 1]);
			i++;
			continue;
		}
		j = viewer_blanks(v, n, i, &keep);
		if (keep)
			add(out, ' ', n->raw[i], n->raw[j]);
		i = j;
	}
}

/* The longest variant that stands at i; NULL: none. */
static const struct respelling *
variant_at(const struct fold *f, const struct foldings *in, size_t i)
{
	uint16_t c = in->at[i].unit;
	size_t lo = 0, hi = f->nspellings;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (f->spellings[mid].variant.at[0] < c)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < f->nspellings && f->spellings[lo].variant.at[0] == c;
	     lo++) {
		const struct units *u = &f->spellings[lo].variant;
		size_t k = 1;

		while (
		    k < u->n && i + k < in->n && in->at[i + k].unit == u->at[k])
			k++;
		if (k == u->n)
			return &f->spellings[lo];
	}
	return NULL;
}

static void
respell(const struct fold *f, const struct foldings *in, struct foldings *out)
{
	out->n = 0;
	for (size_t i = 0; i < in->n;) {
		const struct respelling *r = NULL;
		const struct folding *a = &in->at[i];

		if (alphabet_has(f->first, a->unit))
			r = variant_at(f, in, i);
		if (r == NULL) {
			add(out, a->unit, a->start, a->end);
			i++;
			continue;
		}
		i += r->variant.n;
		for (size_t k = 0; k < r->form.n; k++)
			add(out, r->form.at[k], a->start, in->at[i - 1].end);
	}
}

enum { LONG_MARK = 0x30fc, WAVE_DASH = 0x301c };

/* Iteration marks resolved; ー, 〜 and lengthening small vowels dropped. */
static void
shorten(struct foldings *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++) {
		struct folding a = f->at[i];
		uint16_t before = n == 0 ? 0 : f->at[n - 1].unit;
		uint16_t same = n == 0 ? 0 : kana_iterated(a.unit, before);

		if (a.unit == WAVE_DASH)
			continue;
		if (a.unit == LONG_MARK || kana_lengthens(a.unit, before)) {
			if (n > 0)
				f->at[n - 1].end = a.end;
			continue;
		}
		if (same != 0)
			a.unit = same;
		f->at[n++] = a;
	}
	f->n = n;
}

static bool
dropped(struct viewer *v, uint32_t c)
{
	if (c > 0xffff)
		return class_of(&v->classes, c) &
		    (CLASS_DROP | CLASS_BLANK | CLASS_BREAK);
	return classes_bits(&v->classes, (uint16_t)c) &
	    (CLASS_DROP | CLASS_BLANK | CLASS_BREAK);
}

/* Punctuation, a blank or the text's edge before a byte of the raw text? The
 * plain view may have lost the blank. */
static bool
bounded_before(struct viewer *v, struct span raw, uint32_t byte)
{
	return byte == 0 || dropped(v, utf8_at(raw, utf8_before(raw, byte)));
}

/* The same on both sides. */
static bool
bounded(struct viewer *v, struct span raw, uint32_t start, uint32_t end)
{
	return bounded_before(v, raw, start) &&
	    (end >= raw.len || dropped(v, utf8_at(raw, end)));
}

/* Do units i..end stand for raw characters that none beside them stands for?
 * One that is written out as several (任せ: まかせ) has no bounds within. */
static bool
stand_apart(const struct foldings *in, size_t i, size_t end)
{
	return (i == 0 || in->at[i - 1].end <= in->at[i].start) &&
	    (end == in->n || in->at[end - 1].end <= in->at[end].start);
}

/* Does a unit stand for more than one raw character? */
static bool
is_drawn(const struct folding *a, struct span raw)
{
	const char *at = raw.at + a->start;

	utf8_next(&at);
	return at < raw.at + a->end;
}

static bool
stands_at(const struct filler *w, const struct foldings *in, size_t i)
{
	const struct units *u = &w->units;

	if (in->n - i < u->n)
		return false;
	for (size_t k = 0; k < u->n; k++)
		if (in->at[i + k].unit != u->at[k])
			return false;
	return true;
}

/* Units of the filler that stands alone at i; 0: none does. */
static size_t
filler_at(struct viewer *v, const struct fold *f, const struct foldings *in,
    size_t i, struct span raw)
{
	for (size_t k = 0; k < f->nfillers; k++) {
		const struct filler *w = &f->fillers[k];
		const size_t end = i + w->units.n;

		if (stands_at(w, in, i) && stand_apart(in, i, end) &&
		    (!w->drawn || is_drawn(&in->at[i], raw)) &&
		    bounded(v, raw, in->at[i].start, in->at[end - 1].end))
			return w->units.n;
	}
	return 0;
}

static bool
drops(struct viewer *v, const struct foldings *in, size_t i)
{
	uint16_t c = in->at[i].unit;

	if (U16_IS_LEAD(c) && i + 1 < in->n)
		return dropped(
		    v, (uint32_t)U16_GET_SUPPLEMENTARY(c, in->at[i + 1].unit));
	if (U16_IS_TRAIL(c) && i > 0)
		return dropped(
		    v, (uint32_t)U16_GET_SUPPLEMENTARY(in->at[i - 1].unit, c));
	return dropped(v, c);
}

/* Fillers and all that is no letter, mark or digit dropped. */
static void
strip(struct viewer *v, const struct fold *f, const struct foldings *in,
    struct span raw, struct view *out)
{
	out->len = 0;
	viewer_room(out, in->n);
	for (size_t i = 0; i < in->n;) {
		size_t skip = 0;

		if (f != NULL && alphabet_has(f->filler_first, in->at[i].unit))
			skip = filler_at(v, f, in, i, raw);
		if (skip == 0 && drops(v, in, i))
			skip = 1;
		if (skip > 0) {
			i += skip;
			continue;
		}
		out->at[out->len] = in->at[i].unit;
		out->raw[out->len++] = in->at[i].start;
		i++;
	}
	out->raw[out->len] = (uint32_t)raw.len;
}

void
view_folded(
    struct viewer *v, const struct fold *f, struct span raw, struct view *out)
{
	struct foldings *w = &v->work[0];

	to_hiragana(v, raw, w);
	if (f != NULL && f->nspellings > 0) {
		respell(f, w, &v->work[1]);
		w = &v->work[1];
	}
	shorten(w);
	strip(v, f, w, raw, out);
}

static struct units
copy_units(const struct foldings *f)
{
	struct units u = {mem_alloc((f->n + 1) * sizeof(*u.at)), f->n};

	for (size_t i = 0; i < f->n; i++)
		u.at[i] = f->at[i].unit;
	return u;
}

static int
by_first_then_longest(const void *x, const void *y)
{
	const struct respelling *a = x, *b = y;

	if (a->variant.at[0] != b->variant.at[0])
		return a->variant.at[0] < b->variant.at[0] ? -1 : 1;
	if (a->variant.n != b->variant.n)
		return a->variant.n > b->variant.n ? -1 : 1;
	return memcmp(a->variant.at, b->variant.at,
	    a->variant.n * sizeof(*a->variant.at));
}

static int
longest_first(const void *x, const void *y)
{
	const struct units *a = &((const struct filler *)x)->units;
	const struct units *b = &((const struct filler *)y)->units;

	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return memcmp(a->at, b->at, a->n * sizeof(*a->at));
}

static void
add_spelling(struct viewer *v, struct fold *f, const struct spelling *s)
{
	struct respelling *r = &f->spellings[f->nspellings];

	to_hiragana(v, s->variant, &v->work[0]);
	if (v->work[0].n == 0)
		return;
	r->variant = copy_units(&v->work[0]);
	to_hiragana(v, s->form, &v->work[0]);
	r->form = copy_units(&v->work[0]);
	alphabet_add(f->first, r->variant.at[0]);
	f->nspellings++;
}

/* A filler as the text will look when fillers are looked for. */
static void
add_filler(struct viewer *v, struct fold *f, struct span text)
{
	struct foldings *w = &v->work[1];
	struct filler *to = &f->fillers[f->nfillers];

	to_hiragana(v, text, &v->work[0]);
	respell(f, &v->work[0], w);
	shorten(w);
	if (w->n == 0)
		return;
	to->units = copy_units(w);
	to->drawn = w->n == 1 && is_drawn(&w->at[0], text);
	alphabet_add(f->filler_first, to->units.at[0]);
	f->nfillers++;
}

struct fold *
fold_new(struct viewer *v, const struct fold_spec *spec)
{
	struct fold *f = mem_alloc(sizeof(*f));

	f->spellings = mem_alloc(
	    (spec->nspellings + 1) * sizeof(*f->spellings));
	for (size_t i = 0; i < spec->nspellings; i++)
		add_spelling(v, f, &spec->spellings[i]);
	qsort(f->spellings, f->nspellings, sizeof(*f->spellings),
	    by_first_then_longest);
	f->fillers = mem_alloc((spec->nfillers + 1) * sizeof(*f->fillers));
	for (size_t i = 0; i < spec->nfillers; i++)
		add_filler(v, f, spec->fillers[i]);
	qsort(f->fillers, f->nfillers, sizeof(*f->fillers), longest_first);
	return f;
}

void
fold_free(struct fold *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->nspellings; i++) {
		free(f->spellings[i].variant.at);
		free(f->spellings[i].form.at);
	}
	for (size_t i = 0; i < f->nfillers; i++)
		free(f->fillers[i].units.at);
	free(f->spellings);
	free(f->fillers);
	free(f);
}

static bool
made_of(const struct units *u, const uint8_t *set)
{
	for (size_t i = 0; i < u->n; i++)
		if (!alphabet_has(set, u->at[i]))
			return false;
	return true;
}

static void
add_units(const struct units *u, uint8_t *set)
{
	for (size_t i = 0; i < u->n; i++)
		alphabet_add(set, u->at[i]);
}

/* Katakana go with their hiragana. */
static void
add_katakana(uint8_t *set)
{
	for (uint32_t c = 0x30a1; c <= 0x30fe; c++)
		if (alphabet_has(set, kana_hiragana((uint16_t)c)))
			alphabet_add(set, (uint16_t)c);
}

void
fold_alphabet(const struct fold *f, uint8_t *set)
{
	static const uint16_t marks[] = {LONG_MARK, WAVE_DASH, 0x3005, 0x303b,
	    0x309d, 0x309e, 0x3041, 0x3043, 0x3045, 0x3047, 0x3049};

	for (size_t i = 0; i < f->nfillers; i++)
		add_units(&f->fillers[i].units, set);
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		alphabet_add(set, marks[i]);
	for (size_t i = 0; i < f->nspellings; i++)
		if (made_of(&f->spellings[i].form, set))
			add_units(&f->spellings[i].variant, set);
	add_katakana(set);
}

/* A unit that may become another one, or nothing, by what is before it. */
static bool
is_shortened(uint16_t c)
{
	return c == LONG_MARK || c == WAVE_DASH || kana_iterated(c, 0x3042) ||
	    (c >= 0x3041 && c <= 0x3049 && (c & 1) == 1);
}

bool
fold_drops(struct viewer *v, uint16_t unit)
{
	return U16_IS_SURROGATE(unit) || dropped(v, unit);
}

/* Is what it is in the folded view plain to see? */
static bool
is_steady(struct viewer *v, const struct units *form)
{
	for (size_t i = 0; i < form->n; i++)
		if (is_shortened(form->at[i]) || fold_drops(v, form->at[i]))
			return false;
	return form->n > 0;
}

static bool
has_pair(const struct units *u, uint16_t a, uint16_t b)
{
	for (size_t i = 0; i + 1 < u->n; i++)
		if (u->at[i] == a && u->at[i + 1] == b)
			return true;
	return false;
}

static void
pair_by_spelling(struct viewer *v, const struct respelling *r, uint16_t a,
    uint16_t b, struct fold_pair *p)
{
	const struct units *variant = &r->variant, *form = &r->form;

	if (!is_steady(v, form) || has_pair(form, a, b)) {
		alphabet_add(p->alone, variant->at[0]);
		return;
	}
	if (form->at[form->n - 1] == a)
		alphabet_add(p->heads, variant->at[variant->n - 1]);
	if (form->at[0] == b)
		alphabet_add(p->nexts, variant->at[0]);
	if (alphabet_has(p->fillers, form->at[0]))
		alphabet_add(p->fillers, variant->at[0]);
}

void
fold_pair_add(const struct fold *f, struct viewer *v, uint16_t a, uint16_t b,
    struct fold_pair *p)
{
	alphabet_add(p->heads, a);
	alphabet_add(p->nexts, b);
	for (uint32_t c = 0x3000; c <= LONG_MARK; c++) {
		if (kana_iterated((uint16_t)c, a))
			alphabet_add(p->heads, (uint16_t)c);
		if (is_shortened((uint16_t)c))
			alphabet_add(p->marks, (uint16_t)c);
	}
	for (size_t i = 0; f != NULL && i < f->nfillers; i++)
		alphabet_add(p->fillers, f->fillers[i].units.at[0]);
	for (size_t i = 0; f != NULL && i < f->nspellings; i++)
		pair_by_spelling(v, &f->spellings[i], a, b, p);
	add_katakana(p->heads);
	add_katakana(p->nexts);
	add_katakana(p->alone);
	add_katakana(p->marks);
	add_katakana(p->fillers);
}

/* Behind a head. */
static bool
next_follows(const struct fold_pair *p, struct viewer *v, struct span raw,
    const struct view *plain, size_t i)
{
	for (; i < plain->len; i++) {
		const uint16_t c = plain->at[i];

		if (alphabet_has(p->nexts, c) ||
		    (alphabet_has(p->fillers, c) &&
			bounded_before(v, raw, plain->raw[i])))
			return true;
		if (!alphabet_has(p->marks, c) && !fold_drops(v, c))
			return false;
	}
	return true;
}

bool
fold_pair_in(const struct fold_pair *p, struct viewer *v, struct span raw,
    const struct view *plain)
{
	for (size_t i = 0; i < plain->len; i++)
		if (alphabet_has(p->alone, plain->at[i]) ||
		    (alphabet_has(p->heads, plain->at[i]) &&
			next_follows(p, v, raw, plain, i + 1)))
			return true;
	return false;
}

bool
raw_may_be_of(struct viewer *v, struct span raw, const uint8_t *set)
{
	const char *at = raw.at, *end = raw.at + raw.len;

	while (at < end) {
		uint32_t c = utf8_next(&at), cell;
		uint8_t bits;

		if (c > 0xffff)
			return true;
		cell = classes_cell(&v->classes, c);
		bits = cell_bits(cell);
		if (bits & CLASS_SLOW)
			return true;
		if (!alphabet_has(set, (uint16_t)cell) &&
		    !(bits & (CLASS_DROP | CLASS_BLANK | CLASS_BREAK)))
			return false;
	}
	return true;
}
