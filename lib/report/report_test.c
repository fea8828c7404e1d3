#include <criterion/criterion.h>

#include "report/report.h"

/*
 * Hand-made judgements: a real exchange that fails and one doubtful row, in
 * a conversation of three utterances.
 */
static const struct report_run run = {
    SPAN("0123456789ab"), SPAN("ofuku 0.1.0; ICU 72.1; PCRE2 10.42")};

#define HEAD "kasuhara,0123456789ab,ofuku 0.1.0; ICU 72.1; PCRE2 10.42"

static struct moment
at(int64_t ms)
{
	return (struct moment){
	    .ms = ms, .clock = CLOCK_RELATIVE, .precision = PRECISION_MILLI};
}

static struct value
known(int64_t n)
{
	return (struct value){.known = true, .n = n};
}

struct story {
	struct policy policy;
	struct check checks[2];
	struct utterance said[3];
	struct conversation conversation;
	struct finding findings[4];
	struct event events[3];
	struct exchange exchanges[2];
	struct judgement judgement;
};

static void
say(struct story *s)
{
	s->policy.id = SPAN("kasuhara");
	s->said[0] = (struct utterance){.text = SPAN("訴えますよ"),
	    .speaker = SPAN("客"),
	    .start = at(1000),
	    .end = at(2500),
	    .line = 1,
	    .role = ROLE_CUSTOMER};
	s->said[1] = (struct utterance){.text = SPAN("=お任せ,\nします"),
	    .speaker = SPAN("佐藤"),
	    .start = at(3000),
	    .end = at(5250),
	    .line = 2,
	    .role = ROLE_AGENT};
	s->said[2] = (struct utterance){
	    .text = SPAN("もういい"), .start = at(6000), .line = 4};
	s->conversation = (struct conversation){.id = SPAN("c1"),
	    .source = SPAN("-"),
	    .format = "jsonl",
	    .at = s->said,
	    .n = 3};
}

static void
find(struct story *s)
{
	s->checks[0] = (struct check){
	    .id = SPAN("too-long"), .measure = MEASURE_DURATION};
	s->checks[1] = (struct check){
	    .id = SPAN("unanswered"), .measure = MEASURE_UNANSWERED};
	s->findings[0] = (struct finding){.check = &s->checks[0],
	    .name = "too-long",
	    .outcome = OUTCOME_FAIL,
	    .measured = known(1200001),
	    .limit = 1200000,
	    .message = SPAN("1200.001 > 1200"),
	    .at = &s->said[1]};
	s->findings[1] = (struct finding){.check = &s->checks[1],
	    .name = "unanswered",
	    .severity = SEVERITY_WARNING,
	    .outcome = OUTCOME_UNKNOWN,
	    .message = SPAN("?"),
	    .at = &s->said[0]};
	s->findings[2] = (struct finding){.name = "roles-unknown",
	    .outcome = OUTCOME_UNKNOWN,
	    .at = &s->said[2]};
	s->findings[3] = (struct finding){.check = &s->checks[1],
	    .name = "apologies",
	    .severity = SEVERITY_INFO,
	    .outcome = OUTCOME_FAIL,
	    .measured = known(6),
	    .limit = 5,
	    .message = SPAN("6")};
}

static void
happen(struct story *s)
{
	s->events[0] = (struct event){.kind = EVENT_PRESS,
	    .at = &s->said[0],
	    .text = s->said[0].text,
	    .n = 1,
	    .round_trip = 1,
	    .patterns = SPAN("sue;lawyer")};
	s->events[1] = (struct event){.kind = EVENT_REPETITION,
	    .at = &s->said[1],
	    .text = s->said[1].text,
	    .n = 1,
	    .round_trip = 1,
	    .patterns = SPAN("entrust"),
	    .similarity = {.distance = 1, .length = 39}};
	s->events[2] = (struct event){
	    .kind = EVENT_CLOSING, .at = &s->said[2], .text = s->said[2].text};
}

static void
exchange_rows(struct story *s)
{
	struct exchange *x = &s->exchanges[0];

	*x = (struct exchange){.number = 1,
	    .opening = &s->said[0],
	    .last = &s->said[1],
	    .agent = SPAN("佐藤\0鈴木"),
	    .customer = SPAN("客"),
	    .opened_at = at(1000),
	    .closed_at = at(5250),
	    .closed_by = CLOSED_CALM,
	    .triggers = SPAN("sue;lawyer"),
	    .similarity = {.distance = 1, .length = 39},
	    .verdict = OUTCOME_FAIL,
	    .findings = s->findings,
	    .nfindings = 2,
	    .events = s->events,
	    .nevents = 3};
	for (size_t i = 0; i < MEASURE_N; i++)
		x->measures[i] = known((int64_t)i);
	x->measures[MEASURE_DURATION] = known(4250);
	x->measures[MEASURE_FIRST_REPLY] = known(2000);
	x->measures[MEASURE_FIRST_REPLY_TURN] = (struct value){0};
	s->exchanges[1] = (struct exchange){.opening = &s->said[2],
	    .agent = SPAN("佐藤"),
	    .opened_at = at(6000),
	    .triggers = SPAN("sue"),
	    .verdict = OUTCOME_UNKNOWN,
	    .measures = {{.known = true, .n = 9}},
	    .findings = &s->findings[2],
	    .nfindings = 1};
}

static void
story_make(struct story *s)
{
	*s = (struct story){0};
	say(s);
	find(s);
	happen(s);
	exchange_rows(s);
	s->judgement = (struct judgement){.policy = &s->policy,
	    .conversation = &s->conversation,
	    .exchanges = s->exchanges,
	    .n = 2,
	    .real = 1,
	    .agent = SPAN("佐藤\0鈴木"),
	    .customer = SPAN("客"),
	    .agent_turns = 1,
	    .customer_turns = 1,
	    .hits = SPAN("sue=1;lawyer=1"),
	    .findings = &s->findings[3],
	    .nfindings = 1,
	    .verdict = OUTCOME_FAIL};
}

static struct table
table_for(const struct report *r, enum table_shape shape, struct buf *out)
{
	return (struct table){.style = {.shape = shape},
	    .columns = r->columns,
	    .ncolumns = r->ncolumns,
	    .out = out};
}

static void
expect_rows(const char *name, enum table_shape shape, const char *want)
{
	const struct report *r = report_named(name);
	struct story s;
	struct buf out = {0};
	struct table t = table_for(r, shape, &out);

	story_make(&s);
	r->rows(&t, &run, &s.judgement);
	cr_expect_str_eq(buf_cstr(&out), want);
	table_free(&t);
	buf_free(&out);
}

Test(report, exchanges)
{
	expect_rows("exchanges", TABLE_CSV,
	    HEAD ",-,c1,1,佐藤;鈴木,客,0:00:01.000,0:00:05.250,calm,4.25,"
		 "sue;lawyer,0,1,3,4,5,6,2,,0.974,fail,too-long;unanswered?,"
		 "訴えますよ\n" HEAD
		 ",-,c1,,佐藤,,0:00:06.000,,,,sue,,,,,,,,,,unknown,"
		 "roles-unknown?,もういい\n");
}

Test(report, findings)
{
	expect_rows("findings", TABLE_CSV,
	    HEAD ",-,2,c1,1,too-long,error,fail,agent,佐藤,0:00:03.000,"
		 "1200.001,1200,1200.001 > 1200,\"'=お任せ,\nします\"\n" HEAD
		 ",-,1,c1,1,unanswered,warning,unknown,customer,客,"
		 "0:00:01.000,,0,?,訴えますよ\n" HEAD
		 ",-,4,c1,,roles-unknown,error,unknown,unknown,,"
		 "0:00:06.000,,,,もういい\n" HEAD
		 ",-,,c1,,apologies,info,fail,,,,6,5,6,\n");
}

Test(report, log)
{
	expect_rows("log", TABLE_CSV,
	    HEAD ",-,1,c1,1,0:00:01.000,customer,客,press,1,1,sue;lawyer,,"
		 "訴えますよ\n" HEAD
		 ",-,2,c1,1,0:00:03.000,agent,佐藤,repetition,1,1,entrust,"
		 "0.974,\"'=お任せ,\nします\"\n" HEAD
		 ",-,4,c1,1,0:00:06.000,unknown,,closing,,,,,もういい\n");
}

Test(report, conversations)
{
	expect_rows("conversations", TABLE_CSV,
	    HEAD ",-,c1,jsonl,佐藤;鈴木,客,3,1,1,0:00:01.000,0:00:06.000,5,"
		 "0.001,1,sue=1;lawyer=1,fail\n");
}

Test(report, conversation_without_times)
{
	const struct report *r = report_named("conversations");
	struct utterance u = {.text = SPAN("はい"), .line = 1};
	struct conversation c = {.id = SPAN("c"),
	    .source = SPAN("a.txt"),
	    .format = "text",
	    .at = &u,
	    .n = 1};
	struct policy p = {.id = SPAN("kasuhara")};
	struct judgement j = {.policy = &p, .conversation = &c};
	struct buf out = {0};
	struct table t = table_for(r, TABLE_CSV, &out);

	r->rows(&t, &run, &j);
	cr_expect_str_eq(
	    buf_cstr(&out), HEAD ",a.txt,c,text,,,1,0,0,,,,,0,,pass\n");
	table_free(&t);
	buf_free(&out);
}

Test(report, json_lines_keep_types)
{
	expect_rows("conversations", TABLE_JSONL,
	    "{\"policy\":\"kasuhara\",\"rules\":\"0123456789ab\","
	    "\"engine\":\"ofuku 0.1.0; ICU 72.1; PCRE2 10.42\","
	    "\"source\":\"-\",\"conversation\":\"c1\",\"format\":\"jsonl\","
	    "\"agent\":[\"佐藤\",\"鈴木\"],\"customer\":[\"客\"],"
	    "\"utterances\":3,\"agent_turns\":1,\"customer_turns\":1,"
	    "\"started_at\":\"0:00:01.000\",\"ended_at\":\"0:00:06.000\","
	    "\"duration_s\":5,\"resolution_s\":0.001,\"exchanges\":1,"
	    "\"hits\":[\"sue=1\",\"lawyer=1\"],\"verdict\":\"fail\"}\n");
}

/* Adds the judgements in order and compares the report over all of them. */
static void
expect_agents(const struct judgement *const *js, size_t n, const char *want)
{
	const struct report *r = report_named("agents");
	struct buf out = {0};
	struct table t = table_for(r, TABLE_CSV, &out);
	void *state = r->begin();

	for (size_t i = 0; i < n; i++)
		r->add(state, js[i]);
	r->end(state, &t, &run);
	r->drop(state);
	cr_expect_str_eq(buf_cstr(&out), want);
	table_free(&t);
	buf_free(&out);
}

/* Doubtful rows count for nobody; two agents share an exchange. */
Test(report, agents)
{
	struct story s, other;
	const struct judgement *js[] = {&other.judgement, &s.judgement};

	story_make(&s);
	story_make(&other);
	other.judgement.agent = SPAN("鈴木");
	other.exchanges[0].agent = SPAN("鈴木");
	other.exchanges[0].verdict = OUTCOME_PASS;
	other.exchanges[0].nfindings = 0;
	other.exchanges[0].measures[MEASURE_ROUND_TRIPS] = known(9);
	other.exchanges[0].measures[MEASURE_DURATION] = (struct value){0};
	expect_agents(js, 2,
	    HEAD ",佐藤,1,1,0,1,0,1,3,4.25,2\n" HEAD
		 ",鈴木,2,2,1,1,0,9,3,4.25,3\n");
}

Test(report, agents_without_an_exchange_or_a_name)
{
	struct story quiet, unnamed, bots;
	const struct judgement *js[] = {
	    &quiet.judgement, &unnamed.judgement, &bots.judgement};

	story_make(&quiet);
	quiet.judgement.n = quiet.judgement.real = 0;
	quiet.judgement.nfindings = 0;
	quiet.judgement.agent = SPAN("=佐藤");
	story_make(&unnamed);
	unnamed.judgement.agent = SPAN("");
	unnamed.exchanges[0].agent = SPAN("");
	story_make(&bots);
	bots.judgement.n = bots.judgement.real = 0;
	bots.judgement.agent = SPAN("");
	bots.judgement.agent_turns = 0;
	expect_agents(js, 3,
	    HEAD ",,1,1,0,1,0,1,3,4.25,2\n" HEAD ",'=佐藤,1,0,0,0,0,,,,0\n");
}

Test(report, agents_stand_by_policy_first)
{
	struct story a, b;
	const struct judgement *js[] = {&a.judgement, &b.judgement};

	story_make(&a);
	story_make(&b);
	b.policy.id = SPAN("ab");
	a.judgement.n = b.judgement.n = 0;
	a.judgement.agent = SPAN("a");
	b.judgement.agent = SPAN("z");
	expect_agents(js, 2,
	    "ab,0123456789ab,ofuku 0.1.0; ICU 72.1; PCRE2 10.42,"
	    "z,1,0,0,0,0,,,,1\n" HEAD ",a,1,0,0,0,0,,,,1\n");
}

/* Every report of SPEC section 7, with its columns in that order. */
static const struct {
	const char *name;
	const char *columns;
} contract[] = {
    {"exchanges",
	"policy, rules, engine, source, conversation, exchange, agent, "
	"customer, opened_at, closed_at, closed_by, duration_s, "
	"triggers, presses, round_trips, repetitions, phrase_hits, "
	"near_misses, unanswered, first_reply_s, first_reply_turn, "
	"similarity, verdict, findings, evidence"},
    {"findings",
	"policy, rules, engine, source, line, conversation, exchange, "
	"check, severity, outcome, role, speaker, at, measured, limit, "
	"message, evidence"},
    {"log",
	"policy, rules, engine, source, line, conversation, exchange, "
	"at, role, speaker, event, n, round_trip, pattern, similarity, "
	"text"},
    {"conversations",
	"policy, rules, engine, source, conversation, format, agent, "
	"customer, utterances, agent_turns, customer_turns, started_at, "
	"ended_at, duration_s, resolution_s, exchanges, hits, verdict"},
    {"agents",
	"policy, rules, engine, agent, conversations, exchanges, pass, "
	"fail, unknown, round_trips_max, repetitions_max, "
	"duration_max_s, findings"},
};

Test(report, columns_are_the_contract)
{
	struct buf got = {0};

	cr_assert_eq(nreports, sizeof(contract) / sizeof(*contract));
	for (size_t i = 0; i < nreports; i++) {
		cr_expect_str_eq(reports[i]->name, contract[i].name);
		buf_reset(&got);
		for (size_t k = 0; k < reports[i]->ncolumns; k++)
			buf_printf(&got, "%s%s", k > 0 ? ", " : "",
			    reports[i]->columns[k]);
		cr_expect_str_eq(buf_cstr(&got), contract[i].columns);
	}
	buf_free(&got);
}

Test(report, every_row_of_the_list_is_whole)
{
	for (size_t i = 0; i < nreports; i++) {
		const struct report *r = reports[i];

		cr_expect(report_named(r->name) == r, "%s twice", r->name);
		cr_expect(strlen(r->help) > 0);
		cr_expect((r->rows != NULL) != (r->begin != NULL));
		cr_expect((r->begin != NULL) == (r->end != NULL));
		cr_expect((r->begin != NULL) == (r->drop != NULL));
	}
	cr_expect(report_named("Exchanges") == NULL);
	cr_expect(report_named("") == NULL);
}
