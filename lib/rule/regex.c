/* The only file that talks to PCRE2. */
#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "base/map.h"
#include "base/mem.h"
#include "rule/embedded.h"
#include "rule/guard.h"
#include "rule/literal.h"
#include "rule/matcher.h"
#include "rule/regex.h"
#include "text/class.h"
#include "text/encoding.h"
#include "text/utf8.h"

/* How far a pattern has been made: by the thread that first wants it, as
 * most never run. */
enum made {
	MADE_NOTHING,
	MADE_CODE,
	MADE_JIT,   /* and machine code */
	MADE_NO_JIT /* which cannot be had */
};

struct regex {
	pcre2_code *code;
	pcre2_code *fast;     /* a copy with machine code: others may match with
			   * code while it is made */
	pthread_mutex_t lock; /* of making */
	atomic_int made;      /* enum made */
	atomic_bool is_normal; /* its source has been made so */
	atomic_uint uses;      /* until there is machine code */
	struct span source;
	const struct fold *fold; /* of its literals; may be NULL */
	struct view normal;      /* the source as PCRE2 gets it */
	struct required_starts starts;
	unsigned flags;
};

enum {
	/* Machine code takes as long to make as some such matches take
	 * without it. */
	JIT_FROM = 8,
	USE_OF_UNITS = 1024, /* of text: as much as a use of a short one */
	/* Steps are counted by match: of a text that is longer than this the
	 * time is, too, and what is searched is so long between two looks. */
	LONG_TEXT = 1024,
	SPENT = 64,
	/* The clock is not asked for a pattern's first matches on a text. */
	TIMED_FROM = 8,
	OUT_OF_TIME = -10000, /* beside PCRE2's own errors */
	CALLOUT_BEGIN = 1,    /* numbers of the words callouts */
	CALLOUT_END = 2,
	JIT_STACK_MIN = 32 << 10,
	JIT_STACK_MAX = 8 << 20,
	/*
	 * The two engines count steps apart. Where machine code has come this
	 * part of the way to the limit, the interpreter decides, so that both
	 * give up on the same texts.
	 */
	JIT_LIMIT_PART = 10,
};

/* How long a pattern has taken on the text under way. */
struct spent {
	const struct regex *re;
	unsigned calls;
	int64_t ns; /* of those behind the first TIMED_FROM */
};

struct engine {
	struct spent spent[SPENT]; /* by hash; of long texts */
	bool timed;                /* one of them is set */
	int64_t deadline;          /* of this thread's clock; of a long text */
	pcre2_match_data *data;
	pcre2_match_context *jit, *interpreter;
	pcre2_jit_stack *stack;
	struct match_limits limits;
	const struct words *words; /* of the match under way */
};

static void *
room(size_t n, void *ctx)
{
	(void)ctx;
	return mem_resize(NULL, n);
}

static void
leave(void *p, void *ctx)
{
	(void)ctx;
	free(p);
}

/*
 * Memory that never fails: in PCRE2 10.42 the making of machine code runs
 * into null pointers where it does.
 */
static pcre2_general_context *
memory_context(void)
{
	pcre2_general_context *c = pcre2_general_context_create(
	    room, leave, NULL);

	if (c == NULL)
		mem_exhausted(0);
	return c;
}

static void
regex_release(void *handle)
{
	struct regex *re = handle;

	pcre2_code_free(re->code);
	pcre2_code_free(re->fast);
	pthread_mutex_destroy(&re->lock);
	view_free(&re->normal);
}

static int
fail_pcre2(int code, struct err *err)
{
	PCRE2_UCHAR text[256];
	struct buf b = {0};
	int n = pcre2_get_error_message(code, text, 256);

	utf16_utf8(text, n < 0 ? 0 : (size_t)n, &b);
	fail(err, "%s", buf_cstr(&b));
	buf_free(&b);
	return -1;
}

/* Line ends and \R are set, so that every build of PCRE2 matches alike. */
static pcre2_compile_context *
compile_context(void)
{
	pcre2_general_context *memory = memory_context();
	pcre2_compile_context *c = pcre2_compile_context_create(memory);

	pcre2_general_context_free(memory);
	pcre2_set_newline(c, PCRE2_NEWLINE_LF);
	pcre2_set_bsr(c, PCRE2_BSR_UNICODE);
	return c;
}

/* Has it one form alone: no capital, and no small letter but ASCII's? */
static bool
has_no_case(uint16_t c)
{
	return c < 0x80 ? c < 'A' || c > 'Z' :
			  unit_is_plain(c) || (c >= 0x2500 && c <= 0x27bf);
}

/*
 * Views are case-folded: of ASCII they hold small letters alone. What asks for
 * no others need not be compiled to match capitals, too, which takes PCRE2
 * nearly twice as long. False where a pattern may ask for one in some way.
 */
static bool
is_small(const struct view *v)
{
	for (size_t i = 0; i < v->len; i++) {
		uint16_t c = v->at[i], next = i + 1 < v->len ? v->at[i + 1] : 0;

		if (c == '\\') {
			if (unit_is_alnum(next) &&
			    strchr("wWdDsSbBnt", (int)next) == NULL)
				return false;
			i++;
		} else if (!has_no_case(c) || (c == '[' && next == ':')) {
			return false;
		}
	}
	return true;
}

static pcre2_code *
compile(const uint16_t *at, size_t len, uint32_t options, size_t *unit,
    struct err *err)
{
	pcre2_compile_context *context = compile_context();
	int code = 0;
	PCRE2_SIZE offset = 0;
	pcre2_code *compiled = pcre2_compile(at, len,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C |
		PCRE2_USE_OFFSET_LIMIT | options,
	    &code, &offset, context);

	pcre2_compile_context_free(context);
	if (compiled == NULL) {
		*unit = offset < len ? offset : len;
		fail_pcre2(code, err);
	}
	return compiled;
}

static void
add_ascii(uint16_t *at, size_t *len, const char *s)
{
	while (*s != '\0')
		at[(*len)++] = (uint16_t)*s++;
}

/*
 * The pattern between two callouts that look at the word boundaries. It has
 * compiled alone before: "a)(b" must not come to a meaning here.
 */
static pcre2_code *
compile_words(
    const struct view *v, uint32_t options, size_t *unit, struct err *err)
{
	uint16_t *at = mem_alloc((v->len + 16) * sizeof(*at));
	size_t len = 0;
	pcre2_code *code;

	add_ascii(at, &len, "(?C1)(?:");
	memcpy(at + len, v->at, v->len * sizeof(*at));
	len += v->len;
	add_ascii(at, &len, ")(?C2)");
	code = compile(at, len, PCRE2_NO_AUTO_POSSESS | options, unit, err);
	*unit = v->len;
	free(at);
	return code;
}

static void
set_made(struct regex *re, enum made made)
{
	atomic_store_explicit(&re->made, (int)made, memory_order_release);
}

static int
make_normal(
    struct regex *re, struct viewer *viewer, size_t *offset, struct err *err)
{
	const struct literal_spec spec = {viewer, re->fold,
	    re->flags & REGEX_FOLDED, re->flags & REGEX_LITERAL};

	if (literal_normalize(&spec, re->source, &re->normal, offset, err) ==
	    -1)
		return -1;
	atomic_store_explicit(&re->is_normal, true, memory_order_release);
	return 0;
}

/* What flags say of the code. */
static unsigned
code_flags(const struct regex *re)
{
	return re->flags & ~(unsigned)REGEX_TRUSTED;
}

uint64_t
regex_key(const struct regex *re)
{
	if (code_flags(re) & REGEX_FOLDED)
		return 0;
	return (span_hash(re->source) ^ code_flags(re)) | 1;
}

void
regex_pcre2_version(struct buf *out)
{
	PCRE2_UCHAR version[64] = {0};
	int n = pcre2_config(PCRE2_CONFIG_VERSION, version);
	uint32_t link = 0;

	pcre2_config(PCRE2_CONFIG_LINKSIZE, &link);
	utf16_utf8(version, n > 0 ? (size_t)n - 1 : 0, out);
	buf_printf(out, ", link size %u", (unsigned)link);
}

/* Is it the PCRE2 that compiled what is embedded? */
static bool
is_same_pcre2(void)
{
	struct buf version = {0};
	bool same;

	regex_pcre2_version(&version);
	same = strcmp(buf_cstr(&version), embedded_rules.pcre2) == 0;
	buf_free(&version);
	return same;
}

/* False: it was not compiled when ofuku was built, or by another PCRE2. */
static bool
decode_code(struct regex *re)
{
	uint64_t key = regex_key(re);
	const uint64_t *words = key == 0 ? NULL : embedded_code(key);
	pcre2_general_context *memory;
	int n;

	if (words == NULL || !is_same_pcre2())
		return false;
	memory = memory_context();
	n = pcre2_serialize_decode(
	    &re->code, 1, (const uint8_t *)words, memory);
	pcre2_general_context_free(memory);
	if (n == 1)
		set_made(re, MADE_CODE);
	return n == 1;
}

/* The same, faster to match; NULL: there is nothing to gain. */
static pcre2_code *
compile_guarded(const struct view *v, uint32_t options)
{
	struct buf guarded = {0};
	pcre2_code *code = NULL;
	struct err err;
	size_t unit;

	if (guard_alternatives(v->at, v->len, &guarded))
		code = compile((const uint16_t *)(const void *)guarded.at,
		    guarded.len / sizeof(*v->at), options, &unit, &err);
	buf_free(&guarded);
	return code;
}

static int
make_code(struct regex *re, size_t *offset, struct err *err)
{
	const struct view *v = &re->normal;
	const uint32_t options = is_small(v) ? 0 : PCRE2_CASELESS;
	pcre2_code *other = NULL;
	size_t unit = 0;

	re->code = compile(v->at, v->len, options, &unit, err);
	if (re->code != NULL)
		other = re->flags & REGEX_WORDS ?
		    compile_words(v, options, &unit, err) :
		    compile_guarded(v, options);
	if (other != NULL || re->flags & REGEX_WORDS) {
		pcre2_code_free(re->code);
		re->code = other;
	}
	if (re->code == NULL) {
		*offset = v->raw[unit];
		return -1;
	}
	set_made(re, MADE_CODE);
	return 0;
}

static struct regex *
regex_new(struct arena *a, const struct fold *fold, struct span source,
    unsigned flags)
{
	struct regex *re = arena_alloc(a, sizeof(*re));

	pthread_mutex_init(&re->lock, NULL);
	arena_own(a, re, regex_release);
	re->source = source;
	re->fold = fold;
	re->flags = flags;
	re->starts.first.any = true;
	return re;
}

struct regex *
regex_compile_folded(struct arena *a, struct viewer *viewer,
    const struct fold *fold, struct span source, unsigned flags, size_t *offset,
    struct err *err)
{
	struct regex *re;

	if (flags & REGEX_TRUSTED)
		return regex_new(a, fold, source, flags);
	*offset = utf8_valid(source);
	if (*offset < source.len) {
		fail(err, "the pattern is not valid UTF-8");
		return NULL;
	}
	*offset = 0;
	re = regex_new(a, fold, arena_dup(a, source), flags);
	if (make_normal(re, viewer, offset, err) == -1 ||
	    (!decode_code(re) && make_code(re, offset, err) == -1))
		return NULL;
	return re;
}

struct regex *
regex_compile(struct arena *a, struct viewer *viewer, struct span source,
    unsigned flags, size_t *offset, struct err *err)
{
	return regex_compile_folded(
	    a, viewer, NULL, source, flags, offset, err);
}

struct span
regex_source(const struct regex *re)
{
	return re->source;
}

void
regex_set_starts(struct regex *re, const struct required_starts *starts)
{
	re->starts = *starts;
}

const struct required_starts *
regex_starts(const struct regex *re)
{
	return &re->starts;
}

/* A trusted pattern that is none is a bug. */
static void
normal_locked(struct regex *re, struct viewer *viewer)
{
	struct err err;
	size_t offset;

	if (!atomic_load(&re->is_normal) &&
	    make_normal(re, viewer, &offset, &err) == -1)
		abort();
}

static void
code_locked(struct regex *re, struct viewer *viewer)
{
	struct err err;
	size_t offset;

	if (decode_code(re))
		return;
	normal_locked(re, viewer);
	if (make_code(re, &offset, &err) == -1)
		abort();
}

static enum made
fast_locked(struct regex *re)
{
	re->fast = pcre2_code_copy(re->code);
	return re->fast != NULL &&
		pcre2_jit_compile(re->fast, PCRE2_JIT_COMPLETE) == 0 ?
	    MADE_JIT :
	    MADE_NO_JIT;
}

static void
make_locked(struct regex *re, struct viewer *viewer, enum made wanted)
{
	if (atomic_load(&re->made) == MADE_NOTHING)
		code_locked(re, viewer);
	if (wanted >= MADE_JIT && atomic_load(&re->made) == MADE_CODE)
		set_made(re, fast_locked(re));
}

/* Nobody waits for machine code that another thread makes. */
static bool
begin_making(struct regex *re, int state)
{
	return state < MADE_CODE ? pthread_mutex_lock(&re->lock) == 0 :
				   pthread_mutex_trylock(&re->lock) == 0;
}

/*
 * Sees to it that as much is made as is wanted; how far it has come then.
 * viewer: of the calling thread.
 */
static enum made
make(const struct regex *re, struct viewer *viewer, enum made wanted)
{
	struct regex *made = (struct regex *)re;
	int state = atomic_load_explicit(&made->made, memory_order_acquire);

	if (state < (int)wanted && begin_making(made, state)) {
		make_locked(made, viewer, wanted);
		state = atomic_load(&made->made);
		pthread_mutex_unlock(&made->lock);
	}
	return (enum made)state;
}

const struct view *
regex_normal(const struct regex *re, struct viewer *viewer)
{
	struct regex *made = (struct regex *)re;

	if (!atomic_load_explicit(&made->is_normal, memory_order_acquire)) {
		pthread_mutex_lock(&made->lock);
		normal_locked(made, viewer);
		pthread_mutex_unlock(&made->lock);
	}
	return &re->normal;
}

void
regex_encode(const struct regex *re, struct viewer *viewer, struct buf *out)
{
	pcre2_general_context *memory = memory_context();
	const pcre2_code *code;
	uint8_t *bytes;
	PCRE2_SIZE n;

	make(re, viewer, MADE_CODE);
	code = re->code;
	if (pcre2_serialize_encode(&code, 1, &bytes, &n, memory) != 1)
		abort();
	buf_add(out, (struct span){(const char *)bytes, n});
	pcre2_serialize_free(bytes);
	pcre2_general_context_free(memory);
}

bool
regex_matches_empty(const struct regex *re, struct viewer *viewer)
{
	uint32_t empty = 0;

	make(re, viewer, MADE_CODE);
	pcre2_pattern_info(re->code, PCRE2_INFO_MATCHEMPTY, &empty);
	return empty != 0;
}

/* Called in the middle of a match: 0 goes on, 1 wants another way. */
static int
on_callout(pcre2_callout_block *block, void *ctx)
{
	const struct engine *e = ctx;

	if (e->words == NULL ||
	    (block->callout_number != CALLOUT_BEGIN &&
		block->callout_number != CALLOUT_END))
		return 0;
	return !words_boundary(e->words, block->current_position);
}

static pcre2_match_context *
match_context(
    struct engine *e, pcre2_general_context *memory, uint32_t match_limit)
{
	pcre2_match_context *c = pcre2_match_context_create(memory);

	pcre2_set_match_limit(c, match_limit);
	pcre2_set_heap_limit(c, e->limits.heap_kib);
	pcre2_set_callout(c, on_callout, e);
	return c;
}

void
engine_open(struct engine **out, const struct match_limits *limits)
{
	struct engine *e = mem_alloc(sizeof(*e));
	pcre2_general_context *memory = memory_context();

	e->limits = *limits;
	e->data = pcre2_match_data_create(1, memory);
	e->interpreter = match_context(e, memory, limits->match);
	e->jit = match_context(e, memory, limits->match / JIT_LIMIT_PART + 1);
	if (!limits->no_jit)
		e->stack = pcre2_jit_stack_create(
		    JIT_STACK_MIN, JIT_STACK_MAX, memory);
	if (e->stack != NULL)
		pcre2_jit_stack_assign(e->jit, NULL, e->stack);
	pcre2_general_context_free(memory);
	*out = e;
}

void
engine_close(struct engine *e)
{
	if (e == NULL)
		return;
	pcre2_match_data_free(e->data);
	pcre2_match_context_free(e->jit);
	pcre2_match_context_free(e->interpreter);
	pcre2_jit_stack_free(e->stack);
	free(e);
}

/* In a long text as in many short ones. */
static bool
is_used_often(const struct regex *re, size_t len)
{
	atomic_uint *uses = (atomic_uint *)&re->uses;
	unsigned n = atomic_load_explicit(uses, memory_order_relaxed);
	size_t more = len / USE_OF_UNITS + 1;

	if (n >= JIT_FROM || more > JIT_FROM)
		return true;
	atomic_store_explicit(uses, n + (unsigned)more, memory_order_relaxed);
	return false;
}

/* What a view holds is valid UTF-16: it need not be looked at again. */
static int
match(struct engine *e, const struct regex *re, bool jit, const uint16_t *at,
    size_t len, size_t from)
{
	uint32_t options = re->flags & REGEX_EMPTY ? 0 : PCRE2_NOTEMPTY;
	int rc;

	if (jit) {
		rc = pcre2_jit_match(
		    re->fast, at, len, from, options, e->data, e->jit);
		if (rc >= 0 || rc == PCRE2_ERROR_NOMATCH)
			return rc;
	}
	return pcre2_match(re->code, at, len, from,
	    options | PCRE2_NO_JIT | PCRE2_NO_UTF_CHECK, e->data,
	    e->interpreter);
}

static int64_t
cpu_ns(void)
{
	struct timespec t = {0};

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* A second, and what a slow computer takes to read the text ten times. */
static int64_t
allowed_ns(size_t len)
{
	return INT64_C(1000000000) + (int64_t)len * 1000;
}

void
engine_text_begins(struct engine *e)
{
	if (e != NULL && e->timed)
		memset(e->spent, 0, sizeof(e->spent));
	if (e != NULL)
		e->timed = false;
}

static struct spent *
spent_on(struct engine *e, const struct regex *re)
{
	struct spent *s = &e->spent[(uintptr_t)re / sizeof(*re) % SPENT];

	if (s->re != re)
		*s = (struct spent){.re = re};
	e->timed = true;
	return s;
}

/* Where a match may start, from there on; len: nowhere. A match of one unit
 * knows no second. */
static size_t
next_start(const struct required_starts *s, const uint16_t *at, size_t len,
    size_t from)
{
	const bool alone = s->second.any;

	for (; from < len; from++)
		if (required_units_have(&s->first, at[from]) &&
		    (at[from] & 0xfc00) != 0xdc00 &&
		    (alone ||
			(len - from > 1 &&
			    required_units_have(&s->second, at[from + 1]))))
			return from;
	return len;
}

static void
set_limit(struct engine *e, size_t last)
{
	pcre2_set_offset_limit(e->jit, last);
	pcre2_set_offset_limit(e->interpreter, last);
}

/* How many starts are tried between two looks at the clock: at first as many
 * as take no time even where each of them reads the whole text. */
struct pace {
	size_t starts;
	int64_t looked; /* 0: not yet */
};

static struct pace
pace_of(size_t len)
{
	enum { UNITS = 1 << 19, LEAST = 16 };

	return (struct pace){.starts = UNITS / (len + 1) + LEAST};
}

/* May no more starts be tried? The first look begins, where nobody did. */
static bool
is_late(struct engine *e, size_t len, struct pace *p)
{
	enum { QUICK_NS = 10000000 };
	int64_t now = cpu_ns();

	if (e->deadline == 0)
		e->deadline = now + allowed_ns(len);
	if (p->looked > 0 && now - p->looked < QUICK_NS)
		p->starts *= 2;
	else if (p->looked > 0)
		p->starts = p->starts / 2 + 1;
	p->looked = now;
	return now > e->deadline;
}

/* PCRE2 in 16 bits has no table of where matches can start: we have. */
static int
match_from_starts(struct engine *e, const struct regex *re, bool jit,
    const uint16_t *at, size_t len, size_t from)
{
	struct pace pace = pace_of(len);
	int rc = PCRE2_ERROR_NOMATCH;

	from = next_start(&re->starts, at, len, from);
	for (size_t n = 0; from < len && rc == PCRE2_ERROR_NOMATCH;
	     from = next_start(&re->starts, at, len, from + 1)) {
		if (n++ == pace.starts) {
			n = 1;
			if (is_late(e, len, &pace))
				rc = OUT_OF_TIME;
		}
		if (rc == PCRE2_ERROR_NOMATCH) {
			set_limit(e, from);
			rc = match(e, re, jit, at, len, from);
		}
	}
	set_limit(e, PCRE2_UNSET);
	return rc;
}

/* A match may start anywhere: a long text is searched piece by piece. */
static int
match_anywhere(struct engine *e, const struct regex *re, bool jit,
    const uint16_t *at, size_t len, size_t from)
{
	struct pace pace = pace_of(len);
	int rc;

	while (len - from > pace.starts) {
		size_t next = from + pace.starts;

		next += (at[next] & 0xfc00) == 0xdc00;
		set_limit(e, next - 1);
		rc = match(e, re, jit, at, len, from);
		set_limit(e, PCRE2_UNSET);
		if (rc != PCRE2_ERROR_NOMATCH)
			return rc;
		if (is_late(e, len, &pace))
			return OUT_OF_TIME;
		from = next;
	}
	return match(e, re, jit, at, len, from);
}

static int
find(struct matcher *m, const struct regex *re, bool jit, const uint16_t *at,
    size_t len, size_t from)
{
	struct engine *e = matcher_engine(m);
	struct spent *s = len > LONG_TEXT ? spent_on(e, re) : NULL;
	bool timed = s != NULL && s->calls++ >= TIMED_FROM;
	int64_t begun = timed ? cpu_ns() : 0;
	int rc;

	e->deadline = timed ? begun + allowed_ns(len) - s->ns : 0;
	rc = re->starts.first.any || matcher_unfiltered(m) ?
	    match_anywhere(e, re, jit, at, len, from) :
	    match_from_starts(e, re, jit, at, len, from);
	if (!timed)
		return rc;
	s->ns += cpu_ns() - begun;
	return rc >= 0 && s->ns > allowed_ns(len) ? OUT_OF_TIME : rc;
}

/* As much of a pattern as a message has room for. */
static struct span
beginning(struct span source)
{
	enum { SHOWN = 90 };

	if (source.len > SHOWN)
		source.len = utf8_before(source, SHOWN + 1);
	return source;
}

static int
fail_match(
    const struct engine *e, const struct regex *re, int rc, struct err *err)
{
	struct span source = beginning(re->source);
	const char *more = source.len < re->source.len ? "…" : "";
	struct err why;

	if (rc == OUT_OF_TIME)
		return fail(err,
		    "\"%.*s%s\" takes more than a second on one text: bound "
		    "its repeats, or say what they may not pass",
		    SPAN_FMT(source), more);
	if (rc == PCRE2_ERROR_MATCHLIMIT)
		return fail(err,
		    "\"%.*s%s\" takes more than %u steps on one "
		    "text: bound its repeats, or say what they may not pass",
		    SPAN_FMT(source), more, (unsigned)e->limits.match);
	if (rc == PCRE2_ERROR_HEAPLIMIT)
		return fail(err,
		    "\"%.*s%s\" takes more than %u KiB on one "
		    "text: bound its repeats, or say what they may not pass",
		    SPAN_FMT(source), more, (unsigned)e->limits.heap_kib);
	fail_pcre2(rc, &why);
	return fail(err, "\"%.*s%s\" cannot be matched: %s", SPAN_FMT(source),
	    more, why.text);
}

int
regex_find(struct matcher *m, const struct regex *re, const uint16_t *at,
    size_t len, size_t from, const struct words *words, size_t *start,
    size_t *end, struct err *err)
{
	struct engine *e = matcher_engine(m);
	const PCRE2_SIZE *range;
	enum made wanted;
	bool jit;
	int rc;

	if (from >= len && !(re->flags & REGEX_EMPTY))
		return 0;
	e->words = words;
	wanted = !e->limits.no_jit && is_used_often(re, len - from) ? MADE_JIT :
								      MADE_CODE;
	jit = make(re, matcher_viewer(m), wanted) == MADE_JIT &&
	    !e->limits.no_jit;
	rc = find(m, re, jit, at, len, from);
	if (rc == PCRE2_ERROR_NOMATCH)
		return 0;
	if (rc < 0)
		return fail_match(e, re, rc, err);
	range = pcre2_get_ovector_pointer(e->data);
	*start = range[0];
	*end = range[1];
	return 1;
}

/* Called before each item of the pattern, wherever matching has come to. */
static int
on_item(pcre2_callout_block *block, void *ctx)
{
	struct regex_stop *far = ctx;
	size_t start = block->start_match, now = block->current_position;

	if (now <= start || now - start <= far->end - far->start)
		return 0;
	*far = (struct regex_stop){start, now, block->pattern_position};
	return 0;
}

bool
regex_stops(struct matcher *m, const struct regex *re, const uint16_t *at,
    size_t len, struct regex_stop *far)
{
	struct engine *e = matcher_engine(m);
	pcre2_match_context *c = pcre2_match_context_copy(e->interpreter);
	const struct view *normal = regex_normal(re, matcher_viewer(m));
	struct err err;
	size_t unit;
	pcre2_code *code = compile(normal->at, normal->len,
	    PCRE2_CASELESS | PCRE2_AUTO_CALLOUT | PCRE2_NO_AUTO_POSSESS |
		PCRE2_NO_START_OPTIMIZE,
	    &unit, &err);

	*far = (struct regex_stop){0};
	if (code != NULL && c != NULL) {
		pcre2_set_callout(c, on_item, far);
		pcre2_match(code, at, len, 0, PCRE2_NO_JIT | PCRE2_NO_UTF_CHECK,
		    e->data, c);
	}
	far->source = normal->raw[far->source];
	pcre2_code_free(code);
	pcre2_match_context_free(c);
	return far->end > far->start;
}

/* The version that is linked, without its date. */
const char *
pcre2_version_text(void)
{
	static _Thread_local char text[32];
	PCRE2_UCHAR version[64] = {0};

	pcre2_config(PCRE2_CONFIG_VERSION, version);
	for (size_t i = 0; i < sizeof(text) - 1 && version[i] > ' '; i++)
		text[i] = (char)version[i];
	return text;
}
