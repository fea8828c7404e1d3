/*
 * What is printed of people: --redact masks what texts tell of them,
 * --pseudonymize replaces the names of speakers and conversations. Nothing
 * that decides a verdict, a match or a filter comes through here.
 */
#ifndef OFUKU_DISGUISE_H
#define OFUKU_DISGUISE_H

#include "base/digest.h"
#include "judge/judge.h"
#include "ofuku.h"
#include "text/redact.h"

struct disguise {
	bool redact;
	bool keyed; /* --pseudonymize */
	bool open;  /* others may read the key */
	char bytes[DIGEST_KEY_MAX];
	size_t len; /* of the key */
};

int disguise_open(struct disguise *, const struct ofuku_input *, struct err *);
/* Is anything to be disguised at all? */
bool disguise_is_on(const struct disguise *);

/* What tells keys apart, and no more of one than any pseudonym does: as
 * digest_name. Only where there is a key. */
void disguise_key_name(const struct disguise *, char out[DIGEST_NAME + 1]);

/* These give back what they got where nothing is to be done. */
struct span disguise_id(const struct disguise *, struct span, struct arena *);
struct span disguise_speaker(
    const struct disguise *, struct span, struct arena *);
/* A path whose last part holds the conversation's id. */
struct span disguise_source(const struct disguise *, struct span source,
    struct span id, struct arena *);
struct span disguise_text(const struct disguise *, struct span, struct arena *);
/* Raw bytes, for people: what did not decode is shown as \xHH. With --redact
 * it is not shown, and what is escaped in JSON is decoded, so that it can be
 * masked. */
struct span disguise_excerpt(
    const struct disguise *, struct span bytes, struct arena *);
/* --pseudonymize, once roles are resolved: ids, speakers, sources. */
void disguise_people(
    const struct disguise *, struct conversation *, struct arena *);
/*
 * What is masked in each utterance of a conversation (talk/masks.h), once roles
 * are resolved; NULL: nothing is, in any. With pseudonyms alone that is the
 * names that a chat program tells in notices of its own (…が退出しました).
 */
const struct redactions *disguise_find(
    const struct disguise *, const struct conversation *, struct arena *);
/* Masks a conversation's texts, and with --redact its names of speakers, once
 * nothing more is to be matched in it. found: of disguise_find, or NULL. */
void disguise_said(const struct disguise *, const struct redactions *found,
    struct conversation *, struct arena *);
/* --redact of the names in a judgement. */
void disguise_names(
    const struct disguise *, struct judgement *, struct arena *);
/* Tells the events of a judgement what is masked in them; found as above. */
void disguise_events(
    const struct redactions *found, struct judgement *, struct arena *);
/* Masks what its events say. */
void disguise_log(struct judgement *, struct arena *);

#endif
