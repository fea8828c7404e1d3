#include "talk/roles.h"

#include "base/map.h"

/* One speaker of a conversation, by name. */
struct speaker {
	struct span name;
	enum role role;
	bool greets;                /* agent_says hit */
	const struct utterance *at; /* the first one */
	struct speaker *next;       /* in order of appearance */
};

struct cast {
	struct speaker *first, **end;
	size_t n;
	struct map by_name;   /* of all, where they are many */
	bool agent, customer; /* is one known? */
};

enum { MANY = 16 };

static struct speaker *
cast_find(const struct cast *cast, struct span name)
{
	struct speaker *s = cast->first;

	if (cast->n > MANY)
		return map_get(&cast->by_name, name);
	while (s != NULL && !span_eq(s->name, name))
		s = s->next;
	return s;
}

/* The last of the list is new. */
static void
cast_index(struct cast *cast, struct speaker *last)
{
	struct speaker *from = ++cast->n == MANY + 1 ? cast->first : last;

	for (; cast->n > MANY && from != NULL; from = from->next)
		*map_slot(&cast->by_name, from->name) = from;
}

static struct speaker *
cast_member(struct cast *cast, const struct utterance *u, struct arena *a)
{
	struct speaker *s = cast_find(cast, u->speaker);

	if (s == NULL) {
		s = arena_alloc(a, sizeof(*s));
		s->name = u->speaker;
		s->at = u;
		*cast->end = s;
		cast->end = &s->next;
		cast_index(cast, s);
	}
	return s;
}

static void
cast_know(struct cast *cast, enum role role)
{
	cast->agent |= role == ROLE_AGENT;
	cast->customer |= role == ROLE_CUSTOMER;
}

bool
role_options_given(const struct role_options *o)
{
	return o->agent != NULL || o->customer != NULL || o->other != NULL;
}

int
role_option_hits(struct matcher *m, const char *option, const struct regex *re,
    struct span name, struct subject *s, struct err *err)
{
	const struct view *plain;
	size_t start, end;
	struct err why;
	int rc;

	if (re == NULL)
		return 0;
	subject_set(s, name);
	plain = subject_plain(m, s);
	rc = regex_find(
	    m, re, plain->at, plain->len, 0, NULL, &start, &end, &why);
	return rc == -1 ? fail(err, "%s: %s", option, why.text) : rc;
}

/* Puts the place in front of a matcher's error. */
static int
fail_at(const struct utterance *u, struct err *err)
{
	struct err inner = *err;

	return fail(err, "%.*s:%llu: %s", SPAN_FMT(u->source),
	    (unsigned long long)u->line, inner.text);
}

static int
role_by_options(struct matcher *m, const struct role_options *o,
    struct speaker *sp, struct subject *s, struct err *err)
{
	const struct {
		const char *option;
		const struct regex *re;
		enum role role;
	} by[] = {
	    {"--agent", o->agent, ROLE_AGENT},
	    {"--customer", o->customer, ROLE_CUSTOMER},
	    {"--other", o->other, ROLE_OTHER},
	};

	for (size_t i = 0; i < sizeof(by) / sizeof(*by); i++) {
		int hit = role_option_hits(
		    m, by[i].option, by[i].re, sp->name, s, err);

		if (hit == -1)
			return fail_at(sp->at, err);
		if (hit == 1) {
			sp->role = by[i].role;
			return 0;
		}
	}
	return 0;
}

/* What ofuku itself writes is a role in every language. */
enum role
role_of_field(struct matcher *m, const struct pack *pack, struct span field)
{
	if (span_eq(field, SPAN("agent")))
		return ROLE_AGENT;
	if (span_eq(field, SPAN("customer")))
		return ROLE_CUSTOMER;
	if (span_eq(field, SPAN("other")))
		return ROLE_OTHER;
	return matcher_role(m, pack, field);
}

/* The format's own role field goes first; a name shares what it says. */
static void
read_role_fields(struct matcher *m, const struct pack *pack,
    struct conversation *c, struct cast *cast, struct arena *a)
{
	struct span last = {0};
	enum role role = ROLE_UNKNOWN;

	for (size_t i = 0; i < c->n; i++) {
		struct utterance *u = &c->at[i];

		u->role = ROLE_UNKNOWN;
		if (u->role_field.len > 0) {
			if (last.len == 0 || !span_eq(last, u->role_field))
				role = role_of_field(m, pack, u->role_field);
			last = u->role_field;
			u->role = role;
			cast_know(cast, role);
		}
		if (u->speaker.len > 0) {
			struct speaker *s = cast_member(cast, u, a);

			if (s->role == ROLE_UNKNOWN)
				s->role = u->role;
		}
	}
}

static int
read_names(struct matcher *m, const struct pack *pack,
    const struct role_options *o, struct cast *cast, struct subject *s,
    struct err *err)
{
	for (struct speaker *sp = cast->first; sp != NULL; sp = sp->next) {
		if (sp->role == ROLE_UNKNOWN &&
		    role_by_options(m, o, sp, s, err) == -1)
			return -1;
		if (sp->role == ROLE_UNKNOWN)
			sp->role = matcher_role(m, pack, sp->name);
		cast_know(cast, sp->role);
	}
	return 0;
}

/* Where no speaker is named, what a role field says that no role is called is
 * all there is to ask the options for. */
static int
read_other_fields(struct matcher *m, const struct role_options *o,
    struct conversation *c, struct cast *cast, struct subject *s,
    struct err *err)
{
	struct speaker last = {0};

	if (!role_options_given(o))
		return 0;
	for (size_t i = 0; i < c->n; i++) {
		struct utterance *u = &c->at[i];

		if (u->role != ROLE_UNKNOWN || u->speaker.len > 0 ||
		    u->role_field.len == 0)
			continue;
		if (!span_eq(last.name, u->role_field)) {
			last = (struct speaker){.name = u->role_field, .at = u};
			if (role_by_options(m, o, &last, s, err) == -1)
				return -1;
		}
		u->role = last.role;
		cast_know(cast, last.role);
	}
	return 0;
}

static int
mark_greetings(struct matcher *m, const struct pack *pack,
    const struct conversation *c, struct cast *cast, struct subject *s,
    struct err *err)
{
	struct hits hits = {0};
	int rc = 0;

	for (size_t i = 0; i < c->n && rc == 0; i++) {
		struct speaker *sp = cast_find(cast, c->at[i].speaker);

		if (sp == NULL || sp->role != ROLE_UNKNOWN || sp->greets)
			continue;
		subject_set(s, c->at[i].text);
		hits.n = 0;
		rc = pattern_hits(m, &pack->agent_says, s, &hits, err);
		if (rc == -1)
			fail_at(&c->at[i], err);
		sp->greets = hits.n > 0;
	}
	hits_free(&hits);
	return rc;
}

static size_t
count_unknown(const struct cast *cast, bool greeting)
{
	size_t n = 0;

	for (const struct speaker *s = cast->first; s != NULL; s = s->next)
		n += s->role == ROLE_UNKNOWN && (!greeting || s->greets);
	return n;
}

static void
settle_unknown(struct cast *cast, enum role greets, enum role others)
{
	for (struct speaker *s = cast->first; s != NULL; s = s->next) {
		if (s->role == ROLE_UNKNOWN)
			s->role = s->greets ? greets : others;
		cast_know(cast, s->role);
	}
}

/* Exactly one left, and exactly one side missing: it is that side. */
static void
settle_last(struct cast *cast)
{
	if (count_unknown(cast, false) != 1 || cast->agent == cast->customer)
		return;
	if (cast->agent)
		settle_unknown(cast, ROLE_CUSTOMER, ROLE_CUSTOMER);
	else
		settle_unknown(cast, ROLE_AGENT, ROLE_AGENT);
}

static int
settle(struct matcher *m, const struct pack *pack, const struct conversation *c,
    struct cast *cast, struct subject *s, struct err *err)
{
	if (count_unknown(cast, false) == 0)
		return 0;
	if (!cast->agent && pack->agent_says.nany > 0) {
		if (mark_greetings(m, pack, c, cast, s, err) == -1)
			return -1;
		if (count_unknown(cast, true) == 1)
			settle_unknown(cast, ROLE_AGENT, ROLE_CUSTOMER);
	}
	settle_last(cast);
	return 0;
}

static void
assign(struct conversation *c, const struct cast *cast)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct speaker *s;

		if (c->at[i].role != ROLE_UNKNOWN || c->at[i].speaker.len == 0)
			continue;
		s = cast_find(cast, c->at[i].speaker);
		if (s != NULL)
			c->at[i].role = s->role;
	}
}

int
roles_resolve(struct matcher *m, const struct pack *pack,
    const struct role_options *o, struct conversation *c, struct arena *a,
    struct err *err)
{
	struct cast cast = {0};
	struct subject s = {0};
	int rc;

	cast.end = &cast.first;
	read_role_fields(m, pack, c, &cast, a);
	rc = read_names(m, pack, o, &cast, &s, err);
	if (rc == 0)
		rc = read_other_fields(m, o, c, &cast, &s, err);
	if (rc == 0)
		rc = settle(m, pack, c, &cast, &s, err);
	if (rc == 0)
		assign(c, &cast);
	subject_free(&s);
	map_free(&cast.by_name);
	return rc;
}
