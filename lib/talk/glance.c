#include "talk/glance.h"

#include "talk/turn.h"

enum quiet
glance(struct prefilter_scratch *scratch, struct matcher *m,
    const struct rules *r, struct span text)
{
	return matcher_unfiltered(m) ?
	    QUIET_NOT :
	    prefilter_quiet(r->threats, matcher_viewer(m), text, scratch);
}

/*
 * May an utterance be joined by nothing to one behind it? Others may stand
 * between the two: which ones make turns is not known yet.
 */
static bool
may_join(const struct conversation *c, size_t i, int64_t gap)
{
	for (size_t k = i + 1; k < c->n; k++) {
		if (split_sentence(&c->at[i], &c->at[k], gap))
			return true;
		if (moment_known(c->at[k].start) &&
		    c->at[k].start.ms - c->at[i].end.ms > gap)
			return false;
	}
	return false;
}

bool
conversation_quiet(const struct conversation *c, const struct rules *r)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->at[i].quiet != QUIET_WITH_OTHERS)
			return false;
	for (size_t i = 0; i < c->n; i++)
		if (moment_known(c->at[i].end) &&
		    !raw_ends_sentence(c->at[i].text) &&
		    may_join(c, i, r->join_gap_ms))
			return false;
	return true;
}
