/*
 * Conversations to rows: a job is judged in any thread, its rows are written
 * in order. Of partitions, whose conversations lie between each other's, the
 * rows go to a file by partition and are merged at the end.
 */
#include <stdlib.h>

#include "audit.h"
#include "base/mem.h"

/* A thread's tables, and its share of the reports over all judgements. */
struct judger {
	struct table *tables;
	void **states;
};

/* What a job has come to. */
struct result {
	struct ofuku_counts counts;
	struct buf *rows; /* one an outlet */
	size_t *ends;     /* of them behind each conversation */
	uint64_t *orders; /* of each conversation */
	struct remarks remarks;
	size_t n;
	bool undated; /* it was said of one */
	struct newest newest;
	uint64_t findings;
};

/* A conversation under way. */
struct judging {
	struct audit *audit;
	struct worker *worker;
	struct result *result;
	uint64_t order;
	struct once *once; /* NULL: every row is new */
};

static void
judger_open(void *ctx, struct worker *w)
{
	struct audit *a = ctx;
	struct judger *g = mem_alloc(sizeof(*g));

	g->tables = mem_alloc(a->noutlets * sizeof(*g->tables));
	g->states = mem_alloc(a->noutlets * sizeof(*g->states));
	for (size_t i = 0; i < a->noutlets; i++) {
		const struct report *report = a->outlets[i].report;

		g->tables[i].style = a->style;
		g->tables[i].columns = report->columns;
		g->tables[i].ncolumns = report->ncolumns;
		if (report->begin != NULL)
			g->states[i] = report->begin();
	}
	w->own = g;
}

static void
judger_close(void *ctx, struct worker *w)
{
	struct audit *a = ctx;
	struct judger *g = w->own;

	for (size_t i = 0; i < a->noutlets; i++) {
		struct outlet *o = &a->outlets[i];

		table_free(&g->tables[i]);
		if (g->states[i] == NULL)
			continue;
		o->report->join(o->state, g->states[i]);
		o->report->drop(g->states[i]);
	}
	free(g->tables);
	free(g->states);
	free(g);
}

static void
remarks_free(struct remarks *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->at[i].line);
	free(r->at);
	*r = (struct remarks){0};
}

static void
result_free(struct result *r, size_t noutlets)
{
	for (size_t i = 0; i < noutlets; i++)
		buf_free(&r->rows[i]);
	remarks_free(&r->remarks);
	free(r->rows);
	free(r->ends);
	free(r->orders);
	free(r);
}

static struct remark *
remark(struct remarks *to)
{
	to->at = mem_grow(to->at, &to->cap, to->n + 1, sizeof(*to->at));
	to->at[to->n] = (struct remark){0};
	return &to->at[to->n++];
}

/* The conversation cannot be judged, or not by all policies. */
static void
say_error(struct judging *j, const struct err *err)
{
	*remark(&j->result->remarks) = (struct remark){
	    j->order, OFUKU_SAY_ERROR, mem_text(err->text), false};
	if (j->once != NULL)
		j->once->failed = true;
}

/* Once a job is enough: only the first of the run is told. */
static void
say_undated(struct judging *j, const struct conversation *c)
{
	if (!j->result->undated)
		*remark(&j->result->remarks) = (struct remark){j->order,
		    OFUKU_SAY_NOTE, run_undated_line(c->source, c->id), true};
	j->result->undated = true;
}

static void
count_findings(struct ofuku_counts *n, const struct finding *f, size_t nf)
{
	for (size_t i = 0; i < nf; i++)
		n->warnings += f[i].outcome == OUTCOME_FAIL &&
		    f[i].severity == SEVERITY_WARNING;
}

static void
count(struct ofuku_counts *n, const struct judgement *j)
{
	n->exchanges += j->real;
	for (size_t i = 0; i < j->n; i++) {
		const struct exchange *x = &j->exchanges[i];

		n->pass += x->verdict == OUTCOME_PASS;
		n->fail += x->verdict == OUTCOME_FAIL;
		n->unknown += x->verdict == OUTCOME_UNKNOWN;
		count_findings(n, x->findings, x->nfindings);
	}
	count_findings(n, j->findings, j->nfindings);
	n->conversations_failed += j->verdict == OUTCOME_FAIL;
	n->conversations_unknown += j->verdict == OUTCOME_UNKNOWN;
}

/* fresh: what has not been reported yet; whole: all that there is. */
static void
report(struct judging *j, const struct judgement *fresh,
    const struct judgement *whole)
{
	const struct audit *a = j->audit;
	struct judger *g = j->worker->own;

	for (size_t i = 0; i < a->noutlets; i++) {
		const struct report *r = a->outlets[i].report;
		const struct judgement *judgement = r->of_conversations ?
		    whole :
		    fresh;

		g->tables[i].out = &j->result->rows[i];
		if (r->add != NULL)
			r->add(g->states[i], judgement);
		else
			r->rows(&g->tables[i], &a->report_run, judgement);
	}
}

/* The next "POLICY=NUMBER" of what was reported; false: no more. */
static bool
issued_next(struct span *rest, struct span *one)
{
	size_t n = span_find(*rest, ';');

	if (rest->len == 0)
		return false;
	*one = (struct span){rest->at, n};
	n += n < rest->len;
	*rest = (struct span){rest->at + n, rest->len - n};
	return true;
}

static bool
is_of(struct span one, struct span policy)
{
	return one.len > policy.len && one.at[policy.len] == '=' &&
	    span_starts(one, policy);
}

/* The last exchange of a policy that was reported; 0: none. */
static unsigned
last_issued(const struct once *o, struct span policy)
{
	struct span rest = o->issued, one;

	while (issued_next(&rest, &one))
		if (is_of(one, policy))
			return (unsigned)strtoul(
			    one.at + policy.len + 1, NULL, 10);
	return 0;
}

static void
set_issued(struct once *o, struct span policy, unsigned number)
{
	struct buf b = {0};
	struct span rest = o->issued, one;

	while (issued_next(&rest, &one))
		if (!is_of(one, policy))
			buf_printf(&b, "%.*s;", SPAN_FMT(one));
	buf_printf(&b, "%.*s=%u;", SPAN_FMT(policy), number);
	o->issued = arena_dup(o->arena, buf_span(&b));
	buf_free(&b);
}

/*
 * A mark is what was last reported of something: hexadecimal digits of two
 * hashes, of what it is and of what was said of it.
 */
enum { MARK_OF = 12, MARK_SAID = 16, MARK = MARK_OF + MARK_SAID };

static void
make_mark(struct span of, struct span said, char mark[MARK])
{
	struct digest_record d;

	digest_of(of, &d);
	memcpy(mark, d.hex, MARK_OF);
	digest_of(said, &d);
	memcpy(mark + MARK_OF, d.hex, MARK_SAID);
}

/* All marks but that of the same thing, and mark (NULL: none). */
static void
set_mark(struct once *o, const char *of, const char *mark)
{
	struct buf b = {0};

	for (size_t i = 0; i + MARK <= o->marks.len; i += MARK)
		if (memcmp(o->marks.at + i, of, MARK_OF) != 0)
			buf_add(&b, (struct span){o->marks.at + i, MARK});
	if (mark != NULL)
		buf_add(&b, (struct span){mark, MARK});
	o->marks = arena_dup(o->arena, buf_span(&b));
	buf_free(&b);
}

/* True: the last row of it said something else, or there was none; from now
 * on this is the last. */
static bool
mark_new(struct once *o, struct span of, struct span said)
{
	char mark[MARK];

	make_mark(of, said, mark);
	for (size_t i = 0; i + MARK <= o->marks.len; i += MARK)
		if (memcmp(o->marks.at + i, mark, MARK) == 0)
			return false;
	set_mark(o, mark, mark);
	return true;
}

static void
put_finding(struct buf *b, const struct finding *f)
{
	buf_printf(b, "%s\n%d\n%lld\n%lld\n", f->name, (int)f->outcome,
	    (long long)f->measured.n, (long long)f->limit);
}

static struct span
check_of(struct buf *b, const struct judgement *j, struct span name)
{
	buf_printf(b, "%.*s\n%.*s\n", SPAN_FMT(j->policy->id), SPAN_FMT(name));
	return buf_span(b);
}

/* A row without an exchange's number. */
static bool
row_new(struct once *o, const struct judgement *j, const struct finding *f,
    const struct utterance *at)
{
	struct buf of = {0}, b = {0};
	bool is;

	(void)check_of(&of, j, span_of(f->name));
	/* Of doubt there may be many rows, of a check one. */
	if (f->check == NULL && at != NULL)
		buf_printf(&of, "%lld\n%.*s", (long long)at->start.ms,
		    SPAN_FMT(at->text));
	put_finding(&b, f);
	if (at != NULL)
		buf_printf(&b, "%lld\n%.*s", (long long)at->start.ms,
		    SPAN_FMT(at->text));
	is = mark_new(o, buf_span(&of), buf_span(&b));
	buf_free(&of);
	buf_free(&b);
	return is;
}

/* By silence tomorrow may be what is by the end of a file tonight. */
static bool
closed_by_nobody(const struct exchange *x)
{
	return x->closed_by == CLOSED_END || x->closed_by == CLOSED_IDLE;
}

/* What was said in it, and when. */
static void
put_events(struct buf *b, const struct exchange *x)
{
	for (size_t i = 0; i < x->nevents; i++) {
		const struct event *e = &x->events[i];

		if (e->kind == EVENT_CLOSING && closed_by_nobody(x))
			continue;
		buf_printf(b, "%s %lld %.*s\n", event_name(e->kind),
		    (long long)e->at->start.ms, SPAN_FMT(e->patterns));
		buf_add(b, e->text);
		buf_addc(b, '\n');
	}
}

static struct span
exchange_of(struct buf *b, const struct judgement *j, unsigned number)
{
	buf_printf(b, "%.*s\nexchange %u", SPAN_FMT(j->policy->id), number);
	return buf_span(b);
}

/* What an exchange came to. */
static bool
exchange_new(
    struct once *o, const struct judgement *j, const struct exchange *x)
{
	struct buf of = {0}, b = {0};
	bool is;

	buf_printf(&b, "%d %d %lld %lld %s\n", (int)x->verdict,
	    (int)x->answered, (long long)x->opened_at.ms,
	    (long long)x->closed_at.ms,
	    closed_by_nobody(x) ? "" : closed_by_name(x->closed_by));
	put_events(&b, x);
	for (size_t i = 0; i < MEASURE_N; i++)
		buf_printf(&b, "%d %lld\n", (int)x->measures[i].known,
		    (long long)x->measures[i].n);
	for (size_t i = 0; i < x->nfindings; i++)
		put_finding(&b, &x->findings[i]);
	is = mark_new(o, exchange_of(&of, j, x->number), buf_span(&b));
	buf_free(&of);
	buf_free(&b);
	return is;
}

/* What arrives behind its night is never passed over. thing: an exchange or a
 * check. */
static void
say_changed(struct judging *j, const struct judgement *of, const char *thing,
    const char *what)
{
	const struct conversation *c = of->conversation;
	char *line = NULL;

	if (asprintf(&line,
		"%.*s: conversation %.*s: %s of %.*s was reported before all "
		"of it had arrived, or by other rules: %s",
		SPAN_FMT(c->source), SPAN_FMT(c->id), thing,
		SPAN_FMT(of->policy->id), what) == -1)
		mem_exhausted(0);
	*remark(&j->result->remarks) = (struct remark){
	    j->order, OFUKU_SAY_NOTE, line, false};
}

/* Is an exchange to be reported: for the first time, or anew? */
static bool
to_report(struct judging *j, const struct judgement *of,
    const struct exchange *x, unsigned last)
{
	if (x->number == 0)
		return row_new(j->once, of, &x->findings[0], x->opening);
	if (!exchange_new(j->once, of, x))
		return false;
	if (x->number <= last)
		say_changed(j, of,
		    arena_printf(j->once->arena, "exchange %u", x->number),
		    "it is reported anew");
	return true;
}

/* Forgets what was last reported of it. False: nothing was. */
static bool
unmark(struct once *o, struct span of)
{
	size_t before = o->marks.len;
	char mark[MARK];

	make_mark(of, (struct span){0}, mark);
	set_mark(o, mark, NULL);
	return o->marks.len < before;
}

/* Exchanges that what arrived since has joined to others. */
static void
say_gone(
    struct judging *j, const struct judgement *of, unsigned last, unsigned gone)
{
	while (last < gone) {
		struct buf b = {0};

		(void)unmark(j->once, exchange_of(&b, of, ++last));
		say_changed(j, of,
		    arena_printf(j->once->arena, "exchange %u", last),
		    "with that there is none of this number: its row no longer "
		    "counts");
		buf_free(&b);
	}
}

static bool
has_finding(const struct judgement *j, const struct check *k)
{
	for (size_t i = 0; i < j->nfindings; i++)
		if (j->findings[i].check == k)
			return true;
	return false;
}

/* That it holds, as of the conversation's last utterance. */
static struct finding
held(const struct judgement *of, const struct check *k, struct arena *a)
{
	const struct conversation *c = of->conversation;

	return (struct finding){.check = k,
	    .name = arena_cstr(a, k->id),
	    .severity = k->severity,
	    .outcome = OUTCOME_PASS,
	    .message = SPAN("holds with what arrived since: the row before "
			    "this one no longer counts"),
	    .at = &c->at[c->n - 1]};
}

/* Checks of the conversation that failed, and with what arrived since hold:
 * each has a row, too. Returns how many there are. */
static size_t
find_held(struct judging *j, const struct judgement *of, struct finding *out)
{
	const struct policy *p = of->policy;
	size_t n = 0;

	for (size_t i = 0; i < p->nchecks && j->once->marks.len > 0; i++) {
		const struct check *k = &p->checks[i];
		struct buf b = {0};

		if (k->scope != SCOPE_CONVERSATION || has_finding(of, k))
			continue;
		if (unmark(j->once, check_of(&b, of, k->id))) {
			say_changed(j, of,
			    arena_printf(
				j->once->arena, "check %.*s", SPAN_FMT(k->id)),
			    "with that it holds: its row no longer counts");
			out[n++] = held(of, k, j->once->arena);
		}
		buf_free(&b);
	}
	return n;
}

/* Takes out what has been reported, and knows the rest from now on. */
static void
leave_known(struct judging *judging, struct judgement *j)
{
	struct once *o = judging->once;
	unsigned last = last_issued(o, j->policy->id), now = 0;
	struct exchange *x = arena_alloc(o->arena, (j->n + 1) * sizeof(*x));
	struct finding *f = arena_alloc(
	    o->arena, (j->nfindings + j->policy->nchecks + 1) * sizeof(*f));
	size_t n = 0, nf = 0, nheld = 0;

	j->real = 0;
	for (size_t i = 0; i < j->n; i++) {
		const struct exchange *one = &j->exchanges[i];

		now = one->number > now ? one->number : now;
		if (!to_report(judging, j, one, last))
			continue;
		x[n++] = *one;
		j->real += one->number > 0;
	}
	say_gone(judging, j, now, last);
	/* Where exchanges alone are wanted, checks may not have been tried. */
	if (judging->audit->how.depth == JUDGE_ALL || j->n > 0)
		nf = nheld = find_held(judging, j, f);
	for (size_t i = 0; i < j->nfindings; i++)
		if (row_new(o, j, &j->findings[i], j->findings[i].at))
			f[nf++] = j->findings[i];
	if (now != last)
		set_issued(o, j->policy->id, now);
	if (n == 0 && nf == nheld)
		j->verdict = OUTCOME_PASS;
	j->exchanges = x;
	j->n = n;
	j->findings = f;
	j->nfindings = nf;
}

/* Is anything to be reported of a conversation? */
static bool
is_shown(const struct audit *a, const struct judgement *all, size_t n)
{
	bool shown = a->how.depth == JUDGE_ALL;

	for (size_t i = 0; i < n; i++)
		shown |= all[i].n > 0;
	return shown;
}

/*
 * A conversation in which a match hit a limit cannot be judged: that is said
 * and makes the status 2, and the others are judged.
 */
static void
judge_prepared(struct judging *j, struct conversation *c)
{
	const struct rules *rules = j->audit->run->rules;
	const struct disguise *d = &j->audit->run->disguise;
	struct arena *a = &j->worker->arena;
	struct judgement *all = arena_alloc(
	    a, rules->npolicies * sizeof(*all) + 1);
	const struct redactions *found;
	size_t n = 0;
	struct err err;

	for (size_t p = 0; p < rules->npolicies; p++)
		if (judge(j->worker->matcher, &rules->policies[p], c,
			j->audit->how, a, &all[n], &err) == -1)
			say_error(j, &err);
		else
			n++;
	found = is_shown(j->audit, all, n) ? disguise_find(d, c, a) : NULL;
	disguise_said(d, found, c, a);
	for (size_t i = 0; i < n; i++) {
		struct judgement fresh;

		disguise_names(d, &all[i], a);
		disguise_events(found, &all[i], a);
		disguise_log(&all[i], a);
		fresh = all[i];
		if (j->once != NULL)
			leave_known(j, &fresh);
		count(&j->result->counts, &fresh);
		j->result->findings += fresh.nfindings;
		for (size_t k = 0; k < fresh.n; k++)
			j->result->findings += fresh.exchanges[k].nfindings;
		report(j, &fresh, &all[i]);
	}
}

static void
judge_conversation(struct judging *j, struct conversation *c, bool glanced)
{
	const struct audit *a = j->audit;
	struct ofuku_counts *n = &j->result->counts;
	enum prepared how;
	bool undated;
	struct err err;

	if (run_prepare(a->run, j->worker->matcher, c, &j->worker->arena,
		glanced, &how, &undated, &err) == -1) {
		say_error(j, &err);
		how = PREPARED_QUIET;
	}
	if (how == PREPARED_FILTERED) {
		n->filtered += c->n;
		return;
	}
	disguise_people(&a->run->disguise, c, &j->worker->arena);
	newest_add(&j->result->newest, c, a->now);
	n->audited += c->n;
	n->conversations++;
	if (undated)
		say_undated(j, c);
	if (how == PREPARED)
		judge_prepared(j, c);
}

/* Is it known without its utterances that nothing is to be judged? */
static bool
is_hushed(const struct audit *a, const struct assembled *whole)
{
	const struct run *r = a->run;

	return a->how.depth == JUDGE_EXCHANGES && whole->n == 1 &&
	    whole->at[0].stretch->hushed && !r->since.set && !r->until.set &&
	    a->options->fresh == 0;
}

static void
judge_one(struct judging *j, const struct assembled *whole)
{
	struct conversation c;

	if (is_hushed(j->audit, whole)) {
		j->result->counts.audited += whole->utterances;
		j->result->counts.conversations++;
		return;
	}
	assembled_open(whole, &j->worker->arena, &c);
	judge_conversation(j, &c, j->audit->how.depth == JUDGE_EXCHANGES);
}

static void
judge_job(void *ctx, struct worker *w, struct job *job)
{
	struct audit *a = ctx;
	struct result *r = mem_alloc(sizeof(*r));
	struct judging j = {.audit = a, .worker = w, .result = r};
	size_t n = a->noutlets;

	r->n = job->n;
	r->rows = mem_alloc(n * sizeof(*r->rows));
	r->ends = mem_alloc(job->n * n * sizeof(*r->ends));
	r->orders = mem_alloc(job->n * sizeof(*r->orders));
	for (size_t i = 0; i < job->n; i++) {
		j.order = r->orders[i] = job->at[i]->order;
		judge_one(&j, job->at[i]);
		arena_reset(&w->arena);
		assembled_free(job->at[i]);
		for (size_t k = 0; k < n; k++)
			r->ends[i * n + k] = r->rows[k].len;
	}
	job->n = 0;
	job->result = r;
}

static void
add_counts(struct ofuku_counts *to, const struct ofuku_counts *n)
{
	to->audited += n->audited;
	to->filtered += n->filtered;
	to->conversations += n->conversations;
	to->exchanges += n->exchanges;
	to->pass += n->pass;
	to->fail += n->fail;
	to->unknown += n->unknown;
	to->conversations_failed += n->conversations_failed;
	to->conversations_unknown += n->conversations_unknown;
	to->warnings += n->warnings;
}

static void
say(struct audit *a, const struct remark *r)
{
	if (r->level == OFUKU_SAY_ERROR)
		a->trouble = true;
	if (a->options->say != NULL && !(r->undated && a->undated))
		a->options->say(a->options->ctx, r->level, r->line);
	a->undated |= r->undated;
}

static int
write_rows(struct audit *a, struct outlet *o, struct span rows, struct err *err)
{
	buf_add(&o->rows, rows);
	return o->rows.len < (a->options->row != NULL ? 1 : 65536) ?
	    0 :
	    outlet_flush(a, o, err);
}

static int
write_through(struct audit *a, const struct result *r, struct err *err)
{
	for (size_t i = 0; i < r->remarks.n; i++)
		say(a, &r->remarks.at[i]);
	for (size_t k = 0; k < a->noutlets; k++)
		if (write_rows(a, &a->outlets[k], buf_span(&r->rows[k]), err) ==
		    -1)
			return -1;
	return 0;
}

/* The rows of conversation i: its order, their lengths, themselves. */
static int
spill_rows(struct audit *a, const struct result *r, size_t i, size_t stream,
    struct err *err)
{
	size_t n = a->noutlets, all = 0;
	const size_t *end = &r->ends[i * n];

	for (size_t k = 0; k < n; k++) {
		a->lengths[k] = end[k] - (i == 0 ? 0 : end[k - n]);
		all += a->lengths[k];
	}
	if (all == 0)
		return 0;
	if (spill_put(a->spill, stream, &r->orders[i], sizeof(*r->orders),
		err) == -1 ||
	    spill_put(a->spill, stream, a->lengths, n * sizeof(*a->lengths),
		err) == -1)
		return -1;
	for (size_t k = 0; k < n; k++)
		if (spill_put(a->spill, stream,
			r->rows[k].at + (end[k] - a->lengths[k]), a->lengths[k],
			err) == -1)
			return -1;
	return 0;
}

static int
write_aside(struct audit *a, struct result *r, size_t section, struct err *err)
{
	if (a->spill == NULL) {
		a->lengths = mem_alloc(a->noutlets * sizeof(*a->lengths));
		if (spill_open(
			&a->spill, store_partitions(a->run->store), err) == -1)
			return -1;
	}
	for (size_t i = 0; i < r->remarks.n; i++) {
		*remark(&a->remarks) = r->remarks.at[i];
		r->remarks.at[i].line = NULL;
	}
	for (size_t i = 0; i < r->n; i++)
		if (spill_rows(a, r, i, section - 1, err) == -1)
			return -1;
	return 0;
}

/* Of all that has been judged so far. */
static int
within_limits(struct audit *a, const struct result *r, struct err *err)
{
	const struct ofuku_audit_options *o = a->options;

	a->findings += r->findings;
	if (o->max_conversations > 0 &&
	    a->counts.conversations > o->max_conversations)
		return fail(err,
		    "more than %llu conversations: --max-conversations allows "
		    "more, --shard divides them",
		    (unsigned long long)o->max_conversations);
	if (o->max_findings > 0 && a->findings > o->max_findings)
		return fail(err,
		    "more than %llu findings: are these the right rules and "
		    "roles? --max-findings allows more",
		    (unsigned long long)o->max_findings);
	return 0;
}

static int
write_job(void *ctx, struct job *job, struct err *err)
{
	struct audit *a = ctx;
	struct result *r = job->result;
	struct watch *w = &a->run->watch;
	int rc;

	add_counts(&a->counts, &r->counts);
	newest_join(&a->newest, &r->newest);
	watch_add(&w->conversations, r->counts.conversations);
	watch_add(&w->done, r->counts.audited + r->counts.filtered);
	watch_add(&w->found, r->counts.fail + r->counts.unknown);
	rc = within_limits(a, r, err);
	if (rc == 0)
		rc = job->section == 0 ? write_through(a, r, err) :
					 write_aside(a, r, job->section, err);
	result_free(r, a->noutlets);
	return rc == 0 ? run_tick(a->run, err) : rc;
}

static void
drop_job(void *ctx, struct job *job)
{
	const struct audit *a = ctx;

	result_free(job->result, a->noutlets);
}

/* Partitions that are merged: where each is read, and what comes next. */
struct merging {
	struct audit *audit;
	struct spill_reader *readers;
	uint64_t *orders; /* UINT64_MAX: at its end */
	size_t n;
	struct buf rows;
};

static int
next_order(struct merging *m, size_t i, struct err *err)
{
	int rc = spill_get(m->audit->spill, &m->readers[i], &m->orders[i],
	    sizeof(*m->orders), err);

	if (rc == 0)
		m->orders[i] = UINT64_MAX;
	return rc == -1 ? -1 : 0;
}

static int
merge_rows(struct merging *m, size_t i, struct err *err)
{
	struct audit *a = m->audit;
	struct spill_reader *r = &m->readers[i];

	if (spill_get(a->spill, r, a->lengths,
		a->noutlets * sizeof(*a->lengths), err) != 1)
		return -1;
	for (size_t k = 0; k < a->noutlets; k++) {
		buf_reset(&m->rows);
		if (spill_get(a->spill, r, buf_room(&m->rows, a->lengths[k]),
			a->lengths[k], err) != 1)
			return -1;
		m->rows.len = a->lengths[k];
		if (write_rows(a, &a->outlets[k], buf_span(&m->rows), err) ==
		    -1)
			return -1;
	}
	return next_order(m, i, err);
}

static int
merge_all(struct merging *m, struct err *err)
{
	for (size_t i = 0; i < m->n; i++) {
		m->readers[i].stream = i;
		if (next_order(m, i, err) == -1)
			return -1;
	}
	for (;;) {
		size_t least = 0;

		for (size_t i = 1; i < m->n; i++)
			if (m->orders[i] < m->orders[least])
				least = i;
		if (m->orders[least] == UINT64_MAX)
			return 0;
		if (merge_rows(m, least, err) == -1)
			return -1;
	}
}

static int
remark_cmp(const void *x, const void *y)
{
	const struct remark *a = x, *b = y;

	return a->order < b->order ? -1 : a->order > b->order;
}

static int
merge(void *ctx, size_t partitions, struct err *err)
{
	struct audit *a = ctx;
	struct merging m = {.audit = a, .n = partitions};
	int rc;

	if (a->remarks.n > 1)
		qsort(a->remarks.at, a->remarks.n, sizeof(*a->remarks.at),
		    remark_cmp);
	for (size_t i = 0; i < a->remarks.n; i++)
		say(a, &a->remarks.at[i]);
	if (a->spill == NULL)
		return 0;
	m.readers = mem_alloc(m.n * sizeof(*m.readers));
	m.orders = mem_alloc(m.n * sizeof(*m.orders));
	rc = spill_finish(a->spill, err);
	if (rc == 0)
		rc = merge_all(&m, err);
	for (size_t i = 0; i < m.n; i++)
		spill_reader_free(&m.readers[i]);
	free(m.readers);
	free(m.orders);
	buf_free(&m.rows);
	return rc;
}

void
judging_free(struct audit *a)
{
	spill_close(a->spill);
	remarks_free(&a->remarks);
	free(a->lengths);
}

struct lone_judge {
	struct audit *audit;
	struct worker worker;
};

int
lone_judge_open(struct lone_judge **out, struct audit *a, struct err *err)
{
	struct lone_judge *l = mem_alloc(sizeof(*l));

	l->audit = a;
	if (matcher_open(&l->worker.matcher, &a->run->limits,
		a->run->rules->pack.fold, err) == -1) {
		free(l);
		return -1;
	}
	l->worker.glancer.by_options = role_options_given(&a->run->roles);
	judger_open(a, &l->worker);
	*out = l;
	return 0;
}

int
lone_judge_take(struct lone_judge *l, struct conversation *c, struct once *once,
    struct err *err)
{
	struct audit *a = l->audit;
	struct result *r = mem_alloc(sizeof(*r));
	struct judging j = {
	    .audit = a, .worker = &l->worker, .result = r, .once = once};
	int rc;

	r->rows = mem_alloc(a->noutlets * sizeof(*r->rows));
	if (a->how.depth == JUDGE_EXCHANGES)
		for (size_t i = 0; i < c->n; i++)
			utterance_glance(&c->at[i], &l->worker.glancer,
			    l->worker.matcher, a->run->rules);
	judge_conversation(&j, c, false);
	arena_reset(&l->worker.arena);
	add_counts(&a->counts, &r->counts);
	newest_join(&a->newest, &r->newest);
	rc = within_limits(a, r, err);
	if (rc == 0)
		rc = write_through(a, r, err);
	result_free(r, a->noutlets);
	return rc;
}

void
lone_judge_close(struct lone_judge *l)
{
	judger_close(l->audit, &l->worker);
	glancer_free(&l->worker.glancer);
	matcher_close(l->worker.matcher);
	arena_free(&l->worker.arena);
	free(l);
}

int
judging_run(struct audit *a, unsigned threads, struct err *err)
{
	const struct flow_hooks hooks = {
	    .ctx = a,
	    .glance = a->how.depth == JUDGE_EXCHANGES,
	    .worker_begin = judger_open,
	    .worker_end = judger_close,
	    .judge = judge_job,
	    .write = write_job,
	    .drop = drop_job,
	    .merge = merge,
	};

	return flow_run(a->run, threads, &hooks, err);
}
