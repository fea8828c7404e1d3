/*
 * A glance at each text as it is read: nearly no utterance of an ordinary
 * conversation can hold a threat, and one without any needs no judging.
 */
#ifndef OFUKU_TALK_GLANCE_H
#define OFUKU_TALK_GLANCE_H

#include "rule/prefilter.h"
#include "talk/batch.h"

/* Scratch of one thread; {0} is empty. */
struct glancer {
	struct view plain;
	struct prefilter_scratch scratch;
	bool by_options; /* names are asked of --agent and its like first */
	const struct who *known[2]; /* of the batch under way; NULL: nobody */
	bool agent[2];              /* what each of them is */
	unsigned last;
};
/* Another batch: who is known is not of it. */
void glancer_begin(struct glancer *);
void glancer_free(struct glancer *);

struct seen {
	enum quiet quiet;
	bool phraseless;
};

/*
 * Is it sure that no pattern that opens an exchange can match in the text, and
 * that the phrase by which one is answered does not count in it? An agent's,
 * by its role field or its name, stays unseen where customers' texts tell of
 * the phrase: what an agent threatens is asked for where a customer may have
 * said that.
 */
struct seen glance(struct glancer *, struct matcher *, const struct rules *,
    const struct who *, struct span text);
/* What was seen of the stretch that a reader is in. */
struct hush {
	int64_t start;          /* the last one, or INT64_MIN */
	int64_t end;            /* the latest, as well */
	int64_t other_end;      /* the next to it */
	struct span text;       /* that ends then */
	bool by_field, by_name; /* what has told who somebody is */
};
/* Its last record has been glanced at. */
void stretch_glanced(struct stretch *, struct hush *, const struct spoken *,
    int64_t join_gap_ms);
void utterance_glance(struct utterance *, struct glancer *, struct matcher *,
    const struct rules *);
/* Are utterances joined by nothing, perhaps? What a glance said of each then
 * tells nothing of their turn. */
bool conversation_seamless(const struct conversation *, const struct rules *);
/* Of one that is not, and was glanced at: is it sure of all passages that they
 * can make, but for those of agents, and that no customer says the phrase? */
bool conversation_quiet(const struct conversation *);
/* The same where their roles are known, which may keep them apart. */
bool turns_quiet(
    const struct conversation *, struct matcher *, const struct pack *);
/* May the phrase count in a turn of a customer? Roles are known. */
bool customers_may_repeat(const struct conversation *);

#endif
