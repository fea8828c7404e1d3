/*
 * Finds what a reader of reports need not see: phone numbers, addresses of
 * mail, numbers of cards, postal codes, My Numbers, account numbers and names
 * of people, as people in Japan write them and as a recogniser writes down
 * what they spell. Finding is all: what is printed instead is the caller's
 * choice, and nothing that is judged sees it. Any thread may call; results
 * live in the arena.
 */
#ifndef OFUKU_TEXT_REDACT_H
#define OFUKU_TEXT_REDACT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/span.h"

enum redact_kind {
	REDACT_PHONE,
	REDACT_EMAIL,
	REDACT_CARD,
	REDACT_POSTAL,
	REDACT_MYNUMBER,
	REDACT_ACCOUNT,
	REDACT_NAME,
	REDACT_N
};

struct redaction {
	uint32_t start, end; /* bytes of the text */
	enum redact_kind kind;
	bool cut; /* it goes on in another text: talk/masks.h */
};

/* By start; none overlaps another. */
struct redactions {
	struct redaction *at;
	size_t n, cap;
};

/* "phone", and what stands in its place: "[電話番号]". */
const char *redact_name(enum redact_kind);
struct span redact_mask(enum redact_kind);

/* text is valid UTF-8, less than 4 GiB. */
void redact_find(struct span text, struct arena *, struct redactions *);
/* The same of what somebody is called, which states no name: オペレーター 佐藤
 * stays, and is for pseudonyms. */
void redact_called(struct span text, struct arena *, struct redactions *);
/* The same of a notice, a text that a chat program says of its users: who
 * came, went or was invited, whatever they call themselves. */
void redact_notice(struct span text, struct arena *, struct redactions *);
/* Are digits all that text says, with what one says around them (はい、…です
 * ね)? Which: three or more. */
bool redact_dictated(struct span text, struct arena *, struct redaction *);
/*
 * What a question asks for (お名前をお願いします): n texts, each of which, before
 * the answer, states it (お名前は、), so that redact_find finds it.
 */
enum { REDACT_ASKED = 5 };
size_t redact_asked(struct span question, struct span states[REDACT_ASKED]);
/* Adds one; those that it overlaps become part of it. */
void redact_unite(struct redactions *, struct redaction, struct arena *);
/*
 * The text from start to end (bytes) with masks: one that it cuts stands
 * there whole. The text itself where nothing is masked.
 */
struct span redact_piece(struct span text, const struct redactions *,
    size_t start, size_t end, struct arena *);
/* Where a byte of the text stands once masked; within a mask its start, or
 * with end its end. */
size_t redact_place(const struct redactions *, size_t byte, bool end);

#endif
