/*
 * libofuku: audit stored call and chat transcripts against a complaint-
 * handling policy. This is the whole public interface; the command line
 * sees nothing else. See libofuku(3).
 *
 * Strings are UTF-8 and NUL-terminated unless a length stands beside them.
 * The library never prints and never exits: what there is to say goes to a
 * callback, what went wrong into a struct ofuku_error.
 */
#ifndef OFUKU_H
#define OFUKU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OFUKU_API __attribute__((visibility("default")))

/* Exit statuses of the commands. */
enum ofuku_status {
	OFUKU_PASS = 0,     /* every exchange passes, or there is none */
	OFUKU_FINDINGS = 1, /* an exchange fails or is unknown */
	OFUKU_TROUBLE = 2,  /* usage, input, output, a limit */
	OFUKU_BAD_RULES = 3 /* invalid rule file */
};

struct ofuku_error {
	enum ofuku_status status; /* OFUKU_TROUBLE or OFUKU_BAD_RULES */
	char text[1000];          /* one line, without "ofuku: " */
};

/* What a line is about, so that -q and -v can choose. */
enum ofuku_level {
	OFUKU_SAY_ERROR,  /* an input that could not be read */
	OFUKU_SAY_REJECT, /* a rejected record: FILE:LINE: reason */
	OFUKU_SAY_NOTE,   /* an oddity: FILE:LINE: note */
	OFUKU_SAY_DETAIL, /* -v: what is read, its format and encoding */
	OFUKU_SAY_SUMMARY /* of the whole run: what outputs cannot hold */
};
typedef void (*ofuku_say)(void *ctx, enum ofuku_level, const char *line);

/*
 * A row of a report as a JSON object in UTF-8, as --output-format=jsonl has
 * it, without a line end; rows come in the order of the report, one at a time,
 * from any of the audit's threads. json is the library's and lives until the
 * call returns. Another result than 0 ends the audit.
 */
typedef int (*ofuku_row)(void *ctx, const char *json, size_t len);

/* "0.1.0", and "ofuku 0.1.0; ICU 72.1; PCRE2 10.42" as reports have it. */
OFUKU_API const char *ofuku_version(void);
OFUKU_API const char *ofuku_engine(void);
/* Several lines for --version: ICU, Unicode, PCRE2 and the rest. */
OFUKU_API void ofuku_versions(FILE *);
/* Called when memory has run out; must not return. Default: abort(). To be
 * set before anything else is called, also of ICU, whose memory it covers. */
OFUKU_API void ofuku_on_exhausted(void (*hook)(size_t wanted));

/*
 * Rule sets: immutable, shared by threads. n 0 takes the policy in the
 * library. Each mistake goes to say as "file:line:col: message"; then the
 * result is NULL and *err says how many there were.
 */
struct ofuku_rules;
OFUKU_API struct ofuku_rules *ofuku_rules_load(const char *const *paths,
    size_t n, ofuku_say say, void *ctx, struct ofuku_error *err);
OFUKU_API void ofuku_rules_free(struct ofuku_rules *);
OFUKU_API const char *ofuku_rules_hash(const struct ofuku_rules *);

/*
 * A site's settings: options of the command line by their names, from a YAML
 * file. Each mistake goes to say as "file:line:col: message"; then the result
 * is NULL and *err says how many there were.
 */
struct ofuku_settings;
struct ofuku_setting {
	const char *name;  /* of an option, without dashes */
	const char *value; /* NULL: a flag */
};
OFUKU_API struct ofuku_settings *ofuku_settings_load(
    const char *path, ofuku_say say, void *ctx, struct ofuku_error *err);
/* In the order of the options; several of one name for a list. NULL at the
 * end. */
OFUKU_API const struct ofuku_setting *ofuku_settings_at(
    const struct ofuku_settings *, size_t i);
/*
 * Those by which a report may become another one count in the hash of the
 * rules, as a rule file would; but for the n names of except, which the user
 * has said otherwise.
 */
OFUKU_API void ofuku_rules_count_settings(struct ofuku_rules *,
    const struct ofuku_settings *, const char *const *except, size_t n);
OFUKU_API void ofuku_settings_free(struct ofuku_settings *);

/* How far a run has come. */
struct ofuku_progress {
	uint64_t bytes, total;  /* read of the inputs, as they are stored; of
				 * how many, 0: not known */
	uint64_t records, done; /* read; and judged, skipped, rejected */
	uint64_t conversations; /* judged */
	uint64_t found;         /* that fail or are unknown, or match */
	bool hide;              /* standard output is written next */
};
/*
 * Called at most ten times a second, but for hide; in any thread of the run,
 * as ofuku_say may be at the same time in another.
 */
typedef void (*ofuku_watch)(void *ctx, const struct ofuku_progress *);

/*
 * A request to end runs early: what was written aside is removed, and the
 * run ends with the error "interrupted". ofuku_stop_ask may be called by a
 * signal handler or any thread; a stop is freed behind the last run.
 */
struct ofuku_stop;
OFUKU_API struct ofuku_stop *ofuku_stop_new(void);
OFUKU_API void ofuku_stop_ask(struct ofuku_stop *);
OFUKU_API void ofuku_stop_free(struct ofuku_stop *);

/* Which inputs, and what the user says of them. {0}: standard input. */
struct ofuku_input {
	const char *const *paths; /* files, directories, "-" */
	size_t npaths;
	bool nothing;         /* without paths: not even standard input */
	const char *format;   /* NULL: detect each */
	const char *encoding; /* NULL: detect each */
	char delimiter;       /* of CSV; 0: detect */
	bool no_header;
	bool no_details;         /* nobody wants to be told OFUKU_SAY_DETAIL */
	const char *const *maps; /* "conversation=通話ID,text=3" */
	size_t nmaps;
	const char *const *exclude; /* globs on walked paths and names */
	size_t nexclude;
	bool ids_file;        /* ids from content count per file */
	size_t max_record;    /* bytes of a line, row, message; 0: 64 MiB */
	size_t max_document;  /* of a JSON document; 0: 512 MiB */
	uint32_t max_nesting; /* of JSON's arrays and objects; 0: 1024 */
	uint32_t max_ratio;   /* how many times its size a packed input may
			       * unpack to, beyond 64 MiB; 0: 1000 */
	size_t max_unpacked;  /* bytes that one may unpack to; 0: 64 GiB */
	const char *agent, *customer, *other; /* PCRE2 on names */
	const char *since, *until; /* whole conversations, first time */
	uint64_t shard, shards;    /* only the conversations of this
					 * one, from 1; shards 0: all */
	const char *tz;            /* of clocks without an offset that
					 * are joined with others; NULL:
					 * +09:00, with a note */
	ofuku_watch watch;         /* NULL: nobody wants to know */
	void *watch_ctx;
	struct ofuku_stop *stop; /* NULL: the run goes to its end */
	/* Of what is printed by audit, show, grep and convert alone. */
	bool redact;              /* texts without telephone numbers, … */
	const char *pseudonymize; /* file of the key: ids and speakers by
				   * keyed hashes; NULL: as they are */
	const char *settings;     /* file that gave some of the options, which
				   * no output may be; NULL: none did */
};

enum ofuku_fail_on {
	OFUKU_FAIL_UNKNOWN, /* default: an unknown or failed exchange */
	OFUKU_FAIL_WARNING, /* also a failed check of severity warning */
	OFUKU_FAIL_ERROR,   /* a failed exchange only */
	OFUKU_FAIL_NEVER
};

struct ofuku_counts {
	uint64_t read, audited, skipped, filtered, rejected; /* records */
	uint64_t inputs, conversations, exchanges;
	uint64_t pass, fail, unknown; /* exchanges and doubtful rows */
	uint64_t conversations_failed, conversations_unknown;
	uint64_t warnings; /* failed checks */
};

struct ofuku_audit_options {
	struct ofuku_input input;
	const char *report;        /* NULL: "exchanges" */
	const char *output;        /* NULL or "-": standard output */
	const char *output_dir;    /* all reports, NAME.csv each, or
					 * one reports.xlsx */
	const char *output_format; /* "csv" (default), "tsv", "jsonl", "xlsx" */
	const char *output_encoding; /* NULL: UTF-8 */
	bool excel, raw;
	const char *html;     /* a page for people; NULL: none. Where nothing is
			   * said of a report, it is all that is written */
	const char *lang;     /* of the page, ofuku_lang_name; NULL: "en" */
	const char *rejects;  /* CSV of the rejected records */
	uint64_t max_rejects; /* status 2 above this many */
	double max_rejects_percent; /* of records read; 0: none */
	uint64_t expect;            /* conversations; status 2 below this */
	uint64_t fresh;  /* seconds; status 2 if the newest utterance is older,
			  * or none has a wall clock; 0: do not look */
	const char *now; /* for fresh, RFC 3339; NULL: the system's clock */
	const char *state;    /* what is remembered from run to run; NULL:
			       * nothing is */
	bool flush;           /* what waits in it is judged, too */
	unsigned wait;        /* seconds that another run may have it */
	const char *manifest; /* what was read, by what, and what came out */
	const char *const *arguments; /* for the manifest: the options */
	size_t narguments;
	const struct ofuku_settings *settings; /* the same; NULL: none */
	enum ofuku_fail_on fail_on;
	bool grouped;     /* records of a conversation stand together */
	size_t memory;    /* bytes for what must be held; 0: 1 GiB */
	unsigned threads; /* 0: as many as cores */
	bool no_jit;
	bool no_prefilter;                        /* try every pattern: slow */
	uint64_t max_conversations, max_findings; /* judged, found; 0: any */
	uint32_t match_limit; /* steps of a match; 0: 5,000,000 */
	size_t match_heap;    /* bytes of a match; 0: 64 MiB */
	ofuku_say say;
	void *ctx;
	ofuku_row row; /* takes the report's rows as they are known, instead of
			* output, output_dir and output_format; ctx is passed.
			* NULL: they are written */
};

/*
 * Audits. Returns the exit status; *counts is filled as far as it came.
 * *err is filled where the run had to be given up (status 2); trouble with
 * single inputs and records has been said and counted.
 */
OFUKU_API enum ofuku_status ofuku_audit(const struct ofuku_rules *,
    const struct ofuku_audit_options *, struct ofuku_counts *,
    struct ofuku_error *);

/*
 * The same for callers from other languages: the files and folders with the
 * policy in the library and every default; each exchange is given to row.
 */
OFUKU_API enum ofuku_status ofuku_audit_rows(const char *const *paths,
    size_t npaths, ofuku_row row, void *ctx, struct ofuku_error *);

/* The manifest of an audit, read back. NULL: it is none. */
struct ofuku_manifest;
OFUKU_API struct ofuku_manifest *ofuku_manifest_load(
    const char *path, struct ofuku_error *);
OFUKU_API void ofuku_manifest_free(struct ofuku_manifest *);
/* The audit's arguments, an array that ends with NULL; the manifest's. */
OFUKU_API char **ofuku_manifest_arguments(const struct ofuku_manifest *);
/* Of these, what its settings said; NULL: it had none. Free them. */
OFUKU_API struct ofuku_settings *ofuku_manifest_settings(
    const struct ofuku_manifest *);
/* The time that --fresh took for now, RFC 3339; NULL: none was wanted. */
OFUKU_API const char *ofuku_manifest_now(const struct ofuku_manifest *);
/* Says on out which of the reports that it wrote into files are not there any
 * more as they were written. OFUKU_PASS: none. */
OFUKU_API enum ofuku_status ofuku_manifest_look(
    const struct ofuku_manifest *, FILE *out);
/* Says on out how an audit differs from one before. OFUKU_PASS: in nothing. */
OFUKU_API enum ofuku_status ofuku_manifest_compare(
    const struct ofuku_manifest *before, const struct ofuku_manifest *now,
    FILE *out);

struct ofuku_convert_options {
	struct ofuku_input input;
	const char *to;              /* ofuku_target_name; NULL: what output
					 * ends in, else jsonl */
	const char *output;          /* NULL or "-": standard output */
	const char *output_encoding; /* NULL: UTF-8 */
	const char *rejects;         /* these three as in an audit */
	uint64_t max_rejects;
	double max_rejects_percent;
	ofuku_say say;
	void *ctx;
};

/*
 * Converts. Returns an exit status, OFUKU_PASS or OFUKU_TROUBLE; counts and
 * err are filled as by ofuku_audit. What the target cannot hold is said.
 */
OFUKU_API enum ofuku_status ofuku_convert(const struct ofuku_rules *,
    const struct ofuku_convert_options *, struct ofuku_counts *,
    struct ofuku_error *);
OFUKU_API const char *ofuku_target_name(size_t i, const char **help);

/* "en", "ja": what people are written to in. NULL at the end. */
OFUKU_API const char *ofuku_lang_name(size_t i, const char **help);
/* Name and help of each format and report, in order; NULL at the end. */
OFUKU_API const char *ofuku_format_name(size_t i, const char **help);
OFUKU_API const char *ofuku_report_name(size_t i, const char **help);

/* state: what ofuku_audit remembers of runs with a state. */
struct ofuku_state_options {
	const char *const *ids; /* of conversations; nids 0: all */
	size_t nids;
	bool waiting;       /* only those that may go on */
	const char *before; /* forget: only what ended before this day */
	int64_t before_ms;  /* set by the library */
	unsigned wait;      /* seconds that a run may have it */
	bool table;         /* list: aligned, not CSV */
	FILE *out;
	/* An id that no conversation has; may be NULL. */
	void (*missing)(void *ctx, const char *id);
	void *ctx;
};
enum ofuku_state_how { OFUKU_STATE_LIST, OFUKU_STATE_SHOW, OFUKU_STATE_EXPORT };
/* OFUKU_FINDINGS: there is none of an id. *found: how many were meant. */
OFUKU_API enum ofuku_status ofuku_state_look(const char *path,
    enum ofuku_state_how, const struct ofuku_state_options *, uint64_t *found,
    struct ofuku_error *);
OFUKU_API enum ofuku_status ofuku_state_forget(const char *path,
    const struct ofuku_state_options *, uint64_t *found, struct ofuku_error *);
/* OFUKU_FINDINGS: there is no run to take back; when: the one that was. */
OFUKU_API enum ofuku_status ofuku_state_undo(
    const char *path, unsigned wait, char when[64], struct ofuku_error *);

/* setup: settings that a sample of an export wants. */
struct ofuku_setup_options {
	struct ofuku_input
	    input;          /* one file; what the user says of it stands */
	const char *output; /* NULL or "-": standard output */
	const char *lang;   /* of the reports, ofuku_lang_name; NULL: not
				   * said */
	ofuku_say say;      /* what could not be told */
	void *ctx;
};
/* OFUKU_PASS: all was told; OFUKU_FINDINGS: not all. */
OFUKU_API enum ofuku_status ofuku_setup(const struct ofuku_rules *,
    const struct ofuku_setup_options *, struct ofuku_error *);

/* show: exchanges as annotated transcripts. */
struct ofuku_show_options {
	struct ofuku_input input;
	const char *conversation; /* NULL: each; this id alone */
	const char *verdict;      /* "pass", "fail", "unknown" */
	const char *check;        /* that failed or is unknown */
	const char *agent;        /* part of an agent's name */
	bool by_agent;            /* only of agents that input.agent means */
	bool list;                /* two lines each, not what was said */
	bool all;                 /* whole conversations */
	bool color;               /* SGR sequences */
	size_t width;             /* columns; 0: 80 */
	const char *lang;         /* ofuku_lang_name; NULL: "en" */
	uint32_t match_limit;     /* as in struct ofuku_audit_options */
	size_t match_heap;
	FILE *out;
	ofuku_say say;
	void *ctx;
};
/* OFUKU_PASS: something was shown; OFUKU_FINDINGS: nothing was. */
OFUKU_API enum ofuku_status ofuku_show(const struct ofuku_rules *,
    const struct ofuku_show_options *, struct ofuku_error *);

/* summarize: exchanges reports, read back. */
struct ofuku_summary_options {
	const char *const *paths;  /* reports, folders of them, "-" */
	size_t npaths;             /* with compare two: old, new */
	const char *by;            /* "agent,week"; NULL: by policy */
	bool mix;                  /* of different rule sets together */
	bool compare;              /* which exchanges changed, and why */
	const char *output;        /* NULL or "-": standard output */
	const char *output_format; /* "csv" (default), "tsv", "jsonl",
					 * "table", "xlsx" */
	size_t width;     /* columns for a table, if possible; 0: any */
	const char *html; /* instead: a page for people, not with compare; log
			   * and findings reports among the paths say more */
	const char *lang; /* of the page, ofuku_lang_name; NULL: "en" */
	const struct ofuku_rules *rules; /* whose limits the page draws,
					  * where they judged; NULL: none */
	const char *settings;    /* file that gave some of the options, which no
			       * output may be; NULL: none did */
	bool latest;             /* of rows of one exchange the one that is
				  * read last counts; not with compare */
	struct ofuku_stop *stop; /* NULL: the run goes to its end */
	ofuku_say say;
	void *ctx;
};
/* Name of each key of by; NULL at the end. */
OFUKU_API const char *ofuku_summary_key(size_t i);
/* With compare, OFUKU_FINDINGS where something changed. */
OFUKU_API enum ofuku_status ofuku_summarize(
    const struct ofuku_summary_options *, struct ofuku_error *);

/*
 * The views and words of a text, appended to out as lines
 * "raw<TAB>…", "plain<TAB>…", "folded<TAB>…", "words<TAB>…|…" (or, with json,
 * as one object a text).
 */
OFUKU_API int ofuku_segment_text(const struct ofuku_rules *, const char *text,
    size_t len, bool json, FILE *out, struct ofuku_error *);
/* The same for each utterance of the inputs. Returns an exit status. */
OFUKU_API enum ofuku_status ofuku_segment(const struct ofuku_rules *,
    const struct ofuku_input *, bool json, FILE *out, ofuku_say, void *ctx,
    struct ofuku_error *);

/* rules list: one line a policy, phrase, pattern, check. */
OFUKU_API void ofuku_rules_list(const struct ofuku_rules *, FILE *out);
/* rules show ID, or @ID: what it compiled to. -1: no such id, with a
 * suggestion. */
OFUKU_API int ofuku_rules_show(const struct ofuku_rules *, const char *id,
    FILE *out, struct ofuku_error *);
/*
 * rules explain: what patterns see of the text, each match, what dropped it,
 * and for phrases how it differs. 1: hit; 0: not; -1: trouble, no such id.
 */
OFUKU_API int ofuku_rules_explain(const struct ofuku_rules *, const char *id,
    const char *text, size_t len, FILE *out, struct ofuku_error *);
/* rules check: loads with lint; warnings go to say too; "-" is standard input.
 * 0, or -1. */
OFUKU_API int ofuku_rules_check(const char *const *paths, size_t n,
    ofuku_say say, void *ctx, struct ofuku_error *err);
/* rules test: runs every example; returns how many fail, -1 on trouble. */
OFUKU_API int ofuku_rules_test(const struct ofuku_rules *, bool verbose,
    FILE *out, size_t *run, struct ofuku_error *);
/* The shipped policies, without ".yaml"; NULL at the end. */
OFUKU_API const char *ofuku_policy_name(size_t i, const char **help);
/* rules init: the text of a shipped file ("kasuhara.yaml"); NULL: none. */
OFUKU_API const char *ofuku_rules_builtin(const char *name, size_t *len);
/* Writes that text to path, in one step; -1: no such file in the program, or
 * something stands there and is not to be replaced, or a disk is full. */
OFUKU_API int ofuku_rules_write(
    const char *name, const char *path, bool replace, struct ofuku_error *);

/*
 * JSON Schemas: "rules" for rule files, and for each report that of its rows
 * in JSON Lines. Names and helps in order, NULL at the end; -1: no such name.
 */
OFUKU_API const char *ofuku_schema_name(size_t i, const char **help);
OFUKU_API int ofuku_schema(const char *name, FILE *out, struct ofuku_error *);

/* What grep prints. */
enum ofuku_grep_show {
	OFUKU_GREP_UTTERANCES, /* each that is selected, a line */
	OFUKU_GREP_MATCHES,    /* what matched alone, a line each */
	OFUKU_GREP_KWIC,       /* a concordance: each match in its midst */
	OFUKU_GREP_DRIFT,      /* of phrases: how near, and what differs */
	OFUKU_GREP_JSON,       /* an object a match */
	OFUKU_GREP_COUNTS,     /* of utterances, for each input */
	OFUKU_GREP_INPUTS,     /* the inputs that hold one */
	OFUKU_GREP_INPUTS_WITHOUT,
	OFUKU_GREP_NOTHING /* the status is the answer */
};

/* Whose utterances. */
enum ofuku_role {
	OFUKU_ROLE_ANY,
	OFUKU_ROLE_AGENT,
	OFUKU_ROLE_CUSTOMER,
	OFUKU_ROLE_OTHER,
	OFUKU_ROLE_UNKNOWN
};

struct ofuku_grep_options {
	struct ofuku_input input;
	const char *const *patterns; /* PCRE2, or "@ID" of the rule set */
	size_t npatterns;            /* one of them has to match */
	bool literal;                /* no character has a meaning */
	bool fuzzy;                  /* texts, matched approximately */
	double tolerance;            /* of fuzzy, percent: 0 to 50 */
	bool words;                  /* matches are whole words */
	bool whole;                  /* a match is the whole utterance */
	const char *const *near;     /* "N:PATTERN": within N words */
	size_t nnear;
	bool near_misses;    /* of phrases: what comes near, uncounted */
	bool invert;         /* utterances that do not match */
	const char *speaker; /* PCRE2 on names; NULL: all */
	enum ofuku_role role;
	/* A pattern or "@ID": only what is said before the first utterance of
	 * its conversation that matches, or after it; NULL: wherever. */
	const char *said_before, *said_after;
	uint64_t max; /* utterances an input; 0: all */
	enum ofuku_grep_show show;
	bool matches; /* count all of them, though none is shown */
	bool source;  /* name the input */
	bool line;    /* name the line */
	bool bare;    /* the text alone */
	bool color;
	size_t before, after; /* utterances of context */
	size_t kwic;          /* columns on either side */
	bool no_jit;
	uint32_t match_limit; /* as in struct ofuku_audit_options */
	size_t match_heap;
	FILE *out;
	ofuku_say say;
	void *ctx;
};

struct ofuku_grep_counts {
	struct ofuku_counts records; /* those of other speakers and roles
					 * count as filtered */
	uint64_t utterances;         /* selected */
	uint64_t matches;
};

/*
 * Prints the utterances that match. OFUKU_PASS: one was selected;
 * OFUKU_FINDINGS: none was; OFUKU_TROUBLE: something could not be searched
 * (but with OFUKU_GREP_NOTHING what was found wins).
 */
OFUKU_API enum ofuku_status ofuku_grep(const struct ofuku_rules *,
    const struct ofuku_grep_options *, struct ofuku_grep_counts *,
    struct ofuku_error *);

/* dump: what a stage hands to the next, as JSON Lines. */
OFUKU_API const char *ofuku_stage_name(size_t i, const char **help);
OFUKU_API enum ofuku_status ofuku_dump(const struct ofuku_rules *,
    const struct ofuku_input *, const char *stage, FILE *out, ofuku_say,
    void *ctx, struct ofuku_error *);

#ifdef __cplusplus
}
#endif
#endif
