/* Bounds: exact in counts and milliseconds, honest in minutes. */
#include <inttypes.h>

#include "base/buf.h"
#include "judge/case.h"

const char *
outcome_name(enum outcome o)
{
	static const char *const names[] = {
	    [OUTCOME_PASS] = "pass",
	    [OUTCOME_FAIL] = "fail",
	    [OUTCOME_UNKNOWN] = "unknown",
	};

	return names[o];
}

/* distance: how far the value is on the good side of the limit. */
static enum outcome
judge_distance(int64_t distance, int64_t slack)
{
	if (slack == 0)
		return distance >= 0 ? OUTCOME_PASS : OUTCOME_FAIL;
	if (distance >= slack)
		return OUTCOME_PASS;
	return distance <= -slack ? OUTCOME_FAIL : OUTCOME_UNKNOWN;
}

/*
 * Times known to the minute only can be off by one either way (SPEC section
 * 4); finer ones compare exactly.
 */
struct verdict_of
bound_judge(const struct check *k, struct value v, int64_t resolution)
{
	int64_t slack = measures[k->measure].time && resolution >= 60000 ?
	    resolution :
	    0;
	struct verdict_of best = {
	    OUTCOME_PASS, k->has_max ? k->max : k->min, k->has_max};

	if (!v.known) {
		best.outcome = OUTCOME_UNKNOWN;
		return best;
	}
	if (k->has_max)
		best.outcome = judge_distance(k->max - v.n, slack);
	if (k->has_min && best.outcome != OUTCOME_FAIL) {
		enum outcome o = judge_distance(v.n - k->min, slack);

		if (o != OUTCOME_PASS)
			best = (struct verdict_of){o, k->min, false};
	}
	return best;
}

/* 74000 ms as "1:14", with thousandths where there are any. */
static void
print_clock(int64_t ms, struct buf *out)
{
	int64_t s = ms / 1000;

	if (s >= 3600)
		buf_printf(out, "%" PRId64 ":%02d:%02d", s / 3600,
		    (int)(s / 60 % 60), (int)(s % 60));
	else
		buf_printf(out, "%d:%02d", (int)(s / 60), (int)(s % 60));
	if (ms % 1000 != 0)
		buf_printf(out, ".%03d", (int)(ms % 1000));
}

static void
print_amount(const struct check *k, int64_t n, struct buf *out)
{
	if (measures[k->measure].time)
		print_clock(n, out);
	else
		buf_printf(out, "%" PRId64, n);
}

static void
fill_in(const struct check *k, enum lang lang, int64_t measured, int64_t limit,
    struct buf *out)
{
	struct span m = k->messages[lang];

	while (m.len > 0) {
		size_t brace = span_find(m, '{');

		buf_add(out, (struct span){m.at, brace});
		m.at += brace;
		m.len -= brace;
		if (span_starts(m, SPAN("{measured}"))) {
			print_amount(k, measured, out);
			m.at += 10;
			m.len -= 10;
		} else if (span_starts(m, SPAN("{limit}"))) {
			print_amount(k, limit, out);
			m.at += 7;
			m.len -= 7;
		} else if (m.len > 0) {
			buf_addc(out, *m.at++);
			m.len--;
		}
	}
}

/* Why a check cannot be judged. */
static const char *const doubts[][LANGS] = {
    [DOUBT_NO_ANSWER] = {"no press (訴え) has an answer",
	"訴えへの応答がありません"},
    [DOUBT_NO_TIME] = {"a time is missing", "時刻がありません"},
    [DOUBT_MINUTES] = {"the source's clock shows minutes only",
	"時計が分までしか分かりません"},
};

static void
print_doubt(const struct case_ *c, const struct check *k,
    const struct verdict_of *v, enum doubt why, struct buf *out)
{
	const struct measure *m = &measures[k->measure];
	enum lang lang = c->lang;

	if (lang == LANG_JA) {
		buf_printf(out, "%sが%s ", m->ja, v->is_max ? "上限" : "下限");
		print_amount(k, v->limit, out);
		buf_printf(out, " を守っているか判定できません: %s",
		    doubts[why][lang]);
		return;
	}
	buf_printf(out, "cannot tell whether %s", m->name);
	if (measure_takes_pattern(k->measure))
		buf_printf(out, "(%.*s)",
		    SPAN_FMT(c->policy->patterns[k->pattern].id));
	buf_printf(out, " keeps %s ", v->is_max ? "max" : "min");
	print_amount(k, v->limit, out);
	buf_printf(out, ": %s", doubts[why][lang]);
}

struct span
finding_message(const struct case_ *c, const struct check *k,
    const struct verdict_of *v, struct value value, enum doubt why)
{
	struct buf b = {0};
	struct span s;

	if (v->outcome == OUTCOME_UNKNOWN) {
		print_doubt(c, k, v, why, &b);
	} else {
		fill_in(k, c->lang, value.n, v->limit, &b);
	}
	s = arena_dup(c->arena, buf_span(&b));
	buf_free(&b);
	return s;
}
