#include "statefile.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/mem.h"

#define DAMAGED \
	"%s: a conversation in it is damaged: put a copy of the file back, " \
	"or erase the conversation (ofuku state list, forget)"
#define APPLICATION 0x6f66756b /* "ofuk" */
enum { VERSION = 2, TEXT_MOST = 1 << 30 };

/* Statements are kept: most are used for every conversation. */
struct statement {
	const char *sql;
	sqlite3_stmt *compiled;
};

struct statefile {
	sqlite3 *db;
	/* Who else has it is waited for: */
	const struct stop *stop;
	int64_t patience; /* ms that are left */
	const char *path;
	int64_t run;
	int erased; /* what SQLite said of emptying the log */
	struct statement *statements;
	size_t n, cap;
	/* NULL: nothing has been packed or unpacked yet. Each is made once: its
	 * making asks the processor what it can, which is slow where that is a
	 * virtual one. */
	ZSTD_CCtx *packer;
	ZSTD_DCtx *unpacker;
};

static const char schema[] =
    "CREATE TABLE run(id INTEGER PRIMARY KEY, at TEXT NOT NULL,"
    " rules TEXT NOT NULL, last INTEGER NOT NULL);" /* to be taken back? */
    /* path: empty, as the names of files may name people. */
    "CREATE TABLE input(hash TEXT PRIMARY KEY, path TEXT NOT NULL,"
    " bytes INTEGER NOT NULL, run INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE conversation(id INTEGER PRIMARY KEY, scope TEXT NOT NULL,"
    " name TEXT NOT NULL, format TEXT NOT NULL, waiting INTEGER NOT NULL,"
    " last INTEGER, utterances INTEGER NOT NULL, issued TEXT NOT NULL,"
    " marks BLOB NOT NULL, UNIQUE(scope, name));"
    "CREATE INDEX waiting ON conversation(id) WHERE waiting;"
    /* What one run added to a conversation. */
    "CREATE TABLE part(conversation INTEGER NOT NULL, run INTEGER NOT NULL,"
    " data BLOB NOT NULL, PRIMARY KEY(conversation, run));"
    /* Conversations as they were before the last run; was 0: not there. */
    "CREATE TABLE before(id INTEGER PRIMARY KEY, was INTEGER NOT NULL,"
    " waiting INTEGER, last INTEGER, utterances INTEGER, issued TEXT,"
    " marks BLOB);"
    "PRAGMA application_id = 1868985707;" /* APPLICATION */
    "PRAGMA user_version = 2;";

/* What to do about what SQLite says. */
static const char *
advice(int code)
{
	switch (code) {
	case SQLITE_CORRUPT:
		return ": it is damaged: `sqlite3 FILE .recover` saves what "
		       "can be read, or put a copy back";
	case SQLITE_FULL:
		return ": make room on its disk; nothing of this run is kept "
		       "in it";
	case SQLITE_IOERR:
		return ": see its disk; nothing of this run is kept in it";
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
		return ": check the permissions of the file and its folder, "
		       "where two more files stand beside it";
	default:
		return "";
	}
}

/* said: SQLite's words for it. */
static int
fail_code(
    const struct statefile *s, int code, const char *said, struct err *err)
{
	if ((code & 0xff) == SQLITE_BUSY)
		return fail(err,
		    "%s: another run has this state: --wait SECONDS waits for "
		    "it",
		    s->path);
	if ((code & 0xff) == SQLITE_NOTADB)
		return fail(err, "%s: is no state of ofuku", s->path);
	return fail(err, "%s: %s%s", s->path, said, advice(code & 0xff));
}

static int
fail_db(const struct statefile *s, struct err *err)
{
	return fail_code(
	    s, sqlite3_extended_errcode(s->db), sqlite3_errmsg(s->db), err);
}

static int
execute(struct statefile *s, const char *sql, struct err *err)
{
	return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ?
	    0 :
	    fail_db(s, err);
}

/* NULL after filling err. sql is one text of the program; release() it. */
static sqlite3_stmt *
prepare(struct statefile *s, const char *sql, struct err *err)
{
	sqlite3_stmt *q;

	for (size_t i = 0; i < s->n; i++)
		if (s->statements[i].sql == sql)
			return s->statements[i].compiled;
	if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q,
		NULL) != SQLITE_OK) {
		fail_db(s, err);
		return NULL;
	}
	s->statements = mem_grow(
	    s->statements, &s->cap, s->n + 1, sizeof(*s->statements));
	s->statements[s->n++] = (struct statement){sql, q};
	return q;
}

static void
release(sqlite3_stmt *q)
{
	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
}

static void
bind_text(sqlite3_stmt *q, int i, struct span text)
{
	sqlite3_bind_text64(q, i, text.len == 0 ? "" : text.at, text.len,
	    SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void
bind_blob(sqlite3_stmt *q, int i, struct span bytes)
{
	sqlite3_bind_blob64(
	    q, i, bytes.len == 0 ? "" : bytes.at, bytes.len, SQLITE_TRANSIENT);
}

/* A column's bytes, copied. */
static struct span
column(sqlite3_stmt *q, int i, struct arena *a)
{
	const void *at = sqlite3_column_blob(q, i);

	return arena_dup(a,
	    (struct span){
		at == NULL ? "" : at, (size_t)sqlite3_column_bytes(q, i)});
}

/* 1: a row; 0: none; -1. */
static int
step(struct statefile *s, sqlite3_stmt *q, struct err *err)
{
	int rc = sqlite3_step(q);

	if (rc == SQLITE_ROW)
		return 1;
	return rc == SQLITE_DONE ? 0 : fail_db(s, err);
}

/* A statement without rows, with what has been bound; it is gone then. */
static int
finish(struct statefile *s, sqlite3_stmt *q, struct err *err)
{
	int rc = step(s, q, err);

	release(q);
	return rc == -1 ? -1 : 0;
}

static int
number(struct statefile *s, const char *sql, int64_t *out, struct err *err)
{
	sqlite3_stmt *q = prepare(s, sql, err);
	int rc;

	*out = 0;
	if (q == NULL)
		return -1;
	rc = step(s, q, err);
	if (rc == 1)
		*out = sqlite3_column_int64(q, 0);
	release(q);
	return rc == -1 ? -1 : 0;
}

/* It is ours, or empty and becomes ours. */
static int
check_schema(struct statefile *s, enum statefile_use use, struct err *err)
{
	int64_t application, version, tables;

	if (number(s, "PRAGMA application_id", &application, err) == -1 ||
	    number(s, "PRAGMA user_version", &version, err) == -1 ||
	    number(s, "SELECT count(*) FROM sqlite_schema", &tables, err) == -1)
		return -1;
	if (application == APPLICATION && version == VERSION)
		return 0;
	if (application == APPLICATION)
		return fail(err,
		    "%s: a state of version %" PRId64 ", this ofuku knows %d: "
		    "begin another, and audit what `ofuku state export` of "
		    "the old one prints",
		    s->path, version, VERSION);
	if (tables > 0)
		return fail(err, "%s: is no state of ofuku", s->path);
	if (use != STATE_RUN)
		return fail(err,
		    "%s: holds nothing yet: no run with it has ended", s->path);
	return execute(s, schema, err);
}

/* What it says is for nobody else. */
static int
make_file(const char *path, enum statefile_use use, struct err *err)
{
	int fd = open(
	    path, O_RDWR | O_CLOEXEC | (use == STATE_RUN ? O_CREAT : 0), 0600);
	struct stat st;
	bool is_file;

	if (fd == -1)
		return fail(
		    err, "%s: cannot be opened: %s", path, strerror(errno));
	is_file = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	close(fd);
	return is_file ?
	    0 :
	    fail(err, "%s: is no file: a state is one of its own", path);
}

enum { NAP = 50 }; /* ms */

/* Another run has it: 1: it is to be asked again. */
static int
on_busy(void *ctx, int times)
{
	struct statefile *s = ctx;

	(void)times;
	if (s->patience <= 0 || stop_asked(s->stop))
		return 0;
	s->patience -= NAP;
	usleep(NAP * 1000);
	return 1;
}

/* Where there is no memory, there is not even a handle. */
static int
connect(struct statefile *s, struct err *err)
{
	if (sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK)
		return fail_db(s, err);
	sqlite3_busy_handler(s->db, on_busy, s);
	return 0;
}

/*
 * SQLite does not ask the handler where two make one file a log at once: each
 * might wait for the other.
 */
static int
execute_waiting(struct statefile *s, const char *sql, struct err *err)
{
	int rc;

	do
		rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
	while ((rc & 0xff) == SQLITE_BUSY && on_busy(s, 0) != 0);
	return rc == SQLITE_OK ? 0 : fail_db(s, err);
}

int
statefile_open(struct statefile **out, const char *path, enum statefile_use use,
    unsigned wait, const struct stop *stop, struct err *err)
{
	struct statefile *s;
	int rc;

	*out = NULL;
	if (make_file(path, use, err) == -1)
		return -1;
	s = mem_alloc(sizeof(*s));
	s->path = path;
	s->stop = stop;
	s->patience = (int64_t)wait * 1000;
	rc = connect(s, err);
	if (rc == 0)
		rc = execute_waiting(s,
		    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		    "PRAGMA secure_delete = ON",
		    err);
	if (rc == 0)
		rc = execute_waiting(
		    s, use == STATE_LOOK ? "BEGIN" : "BEGIN IMMEDIATE", err);
	if (rc == 0)
		rc = check_schema(s, use, err);
	if (rc == -1) {
		statefile_close(s);
		return -1;
	}
	*out = s;
	return 0;
}

void
statefile_close(struct statefile *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		sqlite3_finalize(s->statements[i].compiled);
	free(s->statements);
	ZSTD_freeCCtx(s->packer);
	ZSTD_freeDCtx(s->unpacker);
	sqlite3_close(s->db);
	free(s);
}

int
statefile_settle(struct statefile *s, struct err *err)
{
	/* Of this call the handle remembers no error. */
	int rc = sqlite3_db_cacheflush(s->db);

	return rc == SQLITE_OK ? 0 : fail_code(s, rc, sqlite3_errstr(rc), err);
}

int
statefile_commit(struct statefile *s, struct err *err)
{
	if (execute(s, "COMMIT", err) == -1)
		return -1;
	s->erased = sqlite3_wal_checkpoint_v2(
	    s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	return 0;
}

int
statefile_erased(const struct statefile *s, struct err *err)
{
	if (s->erased == SQLITE_OK)
		return 0;
	return fail(err, "%s: what was erased still stands in the file: %s",
	    s->path,
	    (s->erased & 0xff) == SQLITE_BUSY ?
		"another command reads it; --wait SECONDS waits for that, and "
		"the next change erases it" :
		sqlite3_errstr(s->erased));
}

int
statefile_begin_run(
    struct statefile *s, const char *at, struct span rules, struct err *err)
{
	sqlite3_stmt *q;

	if (execute(s,
		"CREATE INDEX IF NOT EXISTS input_bytes ON input(bytes);"
		"DELETE FROM before; UPDATE run SET last = 0",
		err) == -1)
		return -1;
	q = prepare(s, "INSERT INTO run(at, rules, last) VALUES(?, ?, 1)", err);
	if (q == NULL)
		return -1;
	bind_text(q, 1, span_of(at));
	bind_text(q, 2, rules);
	if (finish(s, q, err) == -1)
		return -1;
	s->run = sqlite3_last_insert_rowid(s->db);
	return 0;
}

int
statefile_sized(struct statefile *s, uint64_t bytes, bool *is, struct err *err)
{
	sqlite3_stmt *q = prepare(
	    s, "SELECT 1 FROM input WHERE bytes = ? LIMIT 1", err);
	int rc;

	if (q == NULL)
		return -1;
	sqlite3_bind_int64(q, 1, (int64_t)bytes);
	rc = step(s, q, err);
	*is = rc == 1;
	release(q);
	return rc == -1 ? -1 : 0;
}

/* The first column of its first row, with what has been bound; len 0: there is
 * no row. It is gone then. */
static int
first_text(struct statefile *s, sqlite3_stmt *q, struct arena *a,
    struct span *out, struct err *err)
{
	int rc = step(s, q, err);

	*out = (struct span){0};
	if (rc == 1)
		*out = column(q, 0, a);
	release(q);
	return rc == -1 ? -1 : 0;
}

int
statefile_input(struct statefile *s, const char *hash, struct arena *a,
    struct span *when, struct err *err)
{
	sqlite3_stmt *q = prepare(s,
	    "SELECT coalesce(run.at, '?') FROM input LEFT JOIN run"
	    " ON run.id = input.run WHERE hash = ?",
	    err);

	if (q == NULL)
		return -1;
	bind_text(q, 1, span_of(hash));
	return first_text(s, q, a, when, err);
}

int
statefile_add_input(
    struct statefile *s, const char *hash, uint64_t bytes, struct err *err)
{
	sqlite3_stmt *q = prepare(s,
	    "INSERT OR IGNORE INTO input(hash, path, bytes, run)"
	    " VALUES(?, '', ?, ?)",
	    err);

	if (q == NULL)
		return -1;
	bind_text(q, 1, span_of(hash));
	sqlite3_bind_int64(q, 2, (int64_t)bytes);
	sqlite3_bind_int64(q, 3, s->run);
	return finish(s, q, err);
}

#define COLUMNS \
	"id, scope, name, format, waiting, last, utterances, issued, marks"

static void
take_row(sqlite3_stmt *q, struct arena *a, struct kept *k)
{
	*k = (struct kept){.key = sqlite3_column_int64(q, 0),
	    .scope = column(q, 1, a),
	    .id = column(q, 2, a),
	    .format = column(q, 3, a),
	    .waiting = sqlite3_column_int(q, 4) != 0,
	    .timed = sqlite3_column_type(q, 5) != SQLITE_NULL,
	    .last = sqlite3_column_int64(q, 5),
	    .utterances = sqlite3_column_int64(q, 6),
	    .issued = column(q, 7, a),
	    .marks = column(q, 8, a)};
}

static int
take_one(struct statefile *s, sqlite3_stmt *q, struct arena *a, struct kept *k,
    struct err *err)
{
	int rc = step(s, q, err);

	*k = (struct kept){0};
	if (rc == 1)
		take_row(q, a, k);
	release(q);
	return rc == -1 ? -1 : 0;
}

int
statefile_find(struct statefile *s, struct span scope, struct span id,
    struct arena *a, struct kept *k, struct err *err)
{
	sqlite3_stmt *q = prepare(s,
	    "SELECT " COLUMNS " FROM conversation WHERE scope = ? AND name = ?",
	    err);

	if (q == NULL)
		return -1;
	bind_text(q, 1, scope);
	bind_text(q, 2, id);
	return take_one(s, q, a, k, err);
}

int
statefile_next(struct statefile *s, int64_t key, bool waiting_only,
    struct arena *a, struct kept *k, struct err *err)
{
	sqlite3_stmt *q = prepare(s,
	    waiting_only ? "SELECT " COLUMNS
			   " FROM conversation WHERE waiting AND id > ?"
			   " ORDER BY id LIMIT 1" :
			   "SELECT " COLUMNS " FROM conversation WHERE id > ?"
			   " ORDER BY id LIMIT 1",
	    err);

	if (q == NULL)
		return -1;
	sqlite3_bind_int64(q, 1, key);
	return take_one(s, q, a, k, err);
}

/*
 * Utterances as bytes: numbers of seven bits a byte, the lowest first (LEB128,
 * signed ones folded), and texts behind their lengths; a source that is the
 * one before it is empty. Which role they have is found out anew each time.
 */
static void
put_number(struct buf *b, uint64_t n)
{
	for (; n > 0x7f; n >>= 7)
		buf_addc(b, (char)(n & 0x7f) | (char)0x80);
	buf_addc(b, (char)n);
}

static void
put_text(struct buf *b, struct span s)
{
	put_number(b, s.len);
	buf_add(b, s);
}

static void
put_moment(struct buf *b, struct moment m)
{
	put_number(b, (uint64_t)m.clock | (uint64_t)m.precision << 2);
	if (!moment_known(m))
		return;
	put_number(b, (uint64_t)m.ms << 1 ^ (m.ms < 0 ? UINT64_MAX : 0));
	put_number(b, (uint16_t)m.offset);
}

static void
put_utterance(struct buf *b, const struct utterance *u, struct span *source)
{
	struct span other = span_eq(u->source, *source) ? SPAN("") : u->source;

	put_text(b, u->text);
	put_text(b, u->speaker);
	put_text(b, u->role_field);
	put_text(b, other);
	put_moment(b, u->start);
	put_moment(b, u->end);
	put_number(b, u->line);
	put_number(b, u->byte);
	*source = u->source;
}

static uint64_t
get_number(struct span *s)
{
	uint64_t n = 0;

	for (unsigned shift = 0; s->len > 0 && shift < 64; shift += 7) {
		unsigned char c = (unsigned char)*s->at++;

		s->len--;
		n |= (uint64_t)(c & 0x7f) << shift;
		if (c < 0x80)
			break;
	}
	return n;
}

static struct span
get_text(struct span *s)
{
	uint64_t n = get_number(s);
	struct span text;

	if (n > s->len)
		n = s->len;
	text = (struct span){s->at, (size_t)n};
	*s = (struct span){s->at + n, s->len - (size_t)n};
	return text;
}

static struct moment
get_moment(struct span *s)
{
	uint64_t kind = get_number(s), folded;
	struct moment m = {.clock = (uint8_t)(kind & 3),
	    .precision = (uint8_t)(kind >> 2 & 3)};

	if (!moment_known(m))
		return (struct moment){0};
	folded = get_number(s);
	m.ms = (int64_t)(folded >> 1) ^ -(int64_t)(folded & 1);
	m.offset = (int16_t)(uint16_t)get_number(s);
	return m;
}

static struct utterance
get_utterance(struct span *s, struct span *source)
{
	struct utterance u = {.text = get_text(s)};

	u.speaker = get_text(s);
	u.role_field = get_text(s);
	u.source = get_text(s);
	if (u.source.len == 0)
		u.source = *source;
	*source = u.source;
	u.start = get_moment(s);
	u.end = get_moment(s);
	u.line = get_number(s);
	u.byte = get_number(s);
	return u;
}

/* Unpacked, in the arena. */
static int
unpack(struct statefile *s, struct span packed, struct arena *a,
    struct span *out, struct err *err)
{
	unsigned long long size = ZSTD_getFrameContentSize(
	    packed.at, packed.len);
	char *room;
	size_t n;

	if (size > TEXT_MOST)
		return fail(err, DAMAGED, s->path);
	room = arena_alloc(a, (size_t)size + 1);
	if (s->unpacker == NULL)
		s->unpacker = ZSTD_createDCtx();
	if (s->unpacker == NULL)
		mem_exhausted(packed.len);
	n = ZSTD_decompressDCtx(
	    s->unpacker, room, (size_t)size, packed.at, packed.len);
	if (ZSTD_isError(n))
		return fail(err, DAMAGED, s->path);
	*out = (struct span){room, n};
	return 0;
}

/* Utterances as they come out of their parts. */
struct unpacked {
	struct utterance *at;
	size_t n, cap;
};

static int
load_parts(struct statefile *s, sqlite3_stmt *q, struct arena *a,
    struct unpacked *u, struct err *err)
{
	int rc;

	while ((rc = step(s, q, err)) == 1) {
		struct span rest = {0}, source = {0};

		if (unpack(s, column(q, 0, a), a, &rest, err) == -1)
			return -1;
		while (rest.len > 0) {
			u->at = mem_grow(
			    u->at, &u->cap, u->n + 1, sizeof(*u->at));
			u->at[u->n++] = get_utterance(&rest, &source);
		}
	}
	return rc;
}

/* As many as there were when they were packed? */
static int
take_utterances(const struct statefile *s, const struct kept *k,
    const struct unpacked *u, struct arena *a, struct conversation *c,
    struct err *err)
{
	if (u->n == 0 || (int64_t)u->n != k->utterances)
		return fail(err, DAMAGED, s->path);
	c->n = u->n;
	c->at = arena_alloc(a, u->n * sizeof(*c->at));
	memcpy(c->at, u->at, u->n * sizeof(*c->at));
	conversation_sort(c, a);
	c->source = c->at[0].source;
	return 0;
}

int
statefile_load(struct statefile *s, const struct kept *k, struct arena *a,
    struct conversation *c, struct err *err)
{
	sqlite3_stmt *q = prepare(s,
	    "SELECT data FROM part WHERE conversation = ? ORDER BY run", err);
	struct unpacked u = {0};
	int rc;

	if (q == NULL)
		return -1;
	*c = (struct conversation){
	    .id = k->id, .format = arena_cstr(a, k->format)};
	sqlite3_bind_int64(q, 1, k->key);
	rc = load_parts(s, q, a, &u, err);
	release(q);
	if (rc == 0)
		rc = take_utterances(s, k, &u, a, c, err);
	free(u.at);
	return rc;
}

/* Once a run: how it was before. */
static int
remember(struct statefile *s, const struct kept *k, struct err *err)
{
	sqlite3_stmt *q = prepare(s,
	    "INSERT OR IGNORE INTO before SELECT id, 1, waiting, last,"
	    " utterances, issued, marks FROM conversation WHERE id = ?",
	    err);

	if (q == NULL)
		return -1;
	sqlite3_bind_int64(q, 1, k->key);
	return finish(s, q, err);
}

static int
insert(struct statefile *s, struct kept *k, struct err *err)
{
	sqlite3_stmt *q = prepare(s,
	    "INSERT INTO conversation(scope, name, format, waiting, last,"
	    " utterances, issued, marks) VALUES(?, ?, ?, ?, ?, ?, '', '')",
	    err);

	if (q == NULL)
		return -1;
	bind_text(q, 1, k->scope);
	bind_text(q, 2, k->id);
	bind_text(q, 3, k->format);
	sqlite3_bind_int(q, 4, k->waiting);
	if (k->timed)
		sqlite3_bind_int64(q, 5, k->last);
	sqlite3_bind_int64(q, 6, k->utterances);
	if (finish(s, q, err) == -1)
		return -1;
	k->key = sqlite3_last_insert_rowid(s->db);
	q = prepare(s, "INSERT INTO before(id, was) VALUES(?, 0)", err);
	if (q == NULL)
		return -1;
	sqlite3_bind_int64(q, 1, k->key);
	return finish(s, q, err);
}

/* As zstd says: bytes at packed, or an error. */
static size_t
pack(struct statefile *s, struct span data, char *packed, size_t room)
{
	if (s->packer == NULL)
		s->packer = ZSTD_createCCtx();
	if (s->packer == NULL)
		mem_exhausted(room);
	ZSTD_CCtx_setParameter(s->packer, ZSTD_c_checksumFlag, 1);
	return ZSTD_compress2(s->packer, packed, room, data.at, data.len);
}

static int
put_part(struct statefile *s, const struct kept *k, struct span data,
    struct err *err)
{
	size_t room = ZSTD_compressBound(data.len);
	char *packed = mem_alloc(room);
	size_t n = pack(s, data, packed, room);
	sqlite3_stmt *q = prepare(s,
	    "INSERT OR REPLACE INTO part(conversation, run, data)"
	    " VALUES(?, ?, ?)",
	    err);

	if (q == NULL || ZSTD_isError(n)) {
		free(packed);
		return q == NULL ?
		    -1 :
		    fail(err, "%s: zstd: %s", s->path, ZSTD_getErrorName(n));
	}
	sqlite3_bind_int64(q, 1, k->key);
	sqlite3_bind_int64(q, 2, s->run);
	bind_blob(q, 3, (struct span){packed, n});
	free(packed);
	return finish(s, q, err);
}

/* What this run has added before, unpacked, is put before it. */
static int
add_part(struct statefile *s, const struct kept *k, struct span data,
    struct err *err)
{
	sqlite3_stmt *q = prepare(
	    s, "SELECT data FROM part WHERE conversation = ? AND run = ?", err);
	struct arena a = {0};
	struct span packed, before = {0};
	struct buf all = {0};
	int rc;

	if (q == NULL)
		return -1;
	sqlite3_bind_int64(q, 1, k->key);
	sqlite3_bind_int64(q, 2, s->run);
	rc = first_text(s, q, &a, &packed, err);
	if (rc == 0 && packed.len > 0)
		rc = unpack(s, packed, &a, &before, err);
	if (rc == 0) {
		buf_add(&all, before);
		buf_add(&all, data);
		rc = put_part(s, k, buf_span(&all), err);
	}
	buf_free(&all);
	arena_free(&a);
	return rc;
}

int
statefile_read_at(struct statefile *s, int64_t key, struct arena *a,
    struct span *at, struct err *err)
{
	sqlite3_stmt *q = prepare(s,
	    "SELECT at FROM run WHERE id ="
	    " (SELECT max(run) FROM part WHERE conversation = ?)",
	    err);

	if (q == NULL)
		return -1;
	sqlite3_bind_int64(q, 1, key);
	return first_text(s, q, a, at, err);
}

int
statefile_add(struct statefile *s, struct kept *k,
    const struct utterance *const *at, size_t n, struct err *err)
{
	const bool fresh = k->key == 0;
	struct buf data = {0};
	struct span source = {0};
	int rc;

	k->utterances += (int64_t)n;
	if ((fresh ? insert(s, k, err) : statefile_update(s, k, err)) == -1)
		return -1;
	for (size_t i = 0; i < n; i++)
		put_utterance(&data, at[i], &source);
	rc = fresh ? put_part(s, k, buf_span(&data), err) :
		     add_part(s, k, buf_span(&data), err);
	buf_free(&data);
	return rc;
}

int
statefile_update(struct statefile *s, const struct kept *k, struct err *err)
{
	sqlite3_stmt *q;

	if (remember(s, k, err) == -1)
		return -1;
	q = prepare(s,
	    "UPDATE conversation SET waiting = ?, last = ?, utterances = ?,"
	    " issued = ?, marks = ? WHERE id = ?",
	    err);
	if (q == NULL)
		return -1;
	sqlite3_bind_int(q, 1, k->waiting);
	if (k->timed)
		sqlite3_bind_int64(q, 2, k->last);
	sqlite3_bind_int64(q, 3, k->utterances);
	bind_text(q, 4, k->issued);
	bind_blob(q, 5, k->marks);
	sqlite3_bind_int64(q, 6, k->key);
	return finish(s, q, err);
}

static int
with_key(struct statefile *s, const char *sql, int64_t key, struct err *err)
{
	sqlite3_stmt *q = prepare(s, sql, err);

	if (q == NULL)
		return -1;
	sqlite3_bind_int64(q, 1, key);
	return finish(s, q, err);
}

int
statefile_forget(struct statefile *s, int64_t key, struct err *err)
{
	static const char *const all[] = {
	    "DELETE FROM part WHERE conversation = ?",
	    "DELETE FROM before WHERE id = ?",
	    "DELETE FROM conversation WHERE id = ?"};

	for (size_t i = 0; i < 3; i++)
		if (with_key(s, all[i], key, err) == -1)
			return -1;
	return 0;
}

static int
last_run(
    struct statefile *s, struct arena *a, struct span *when, struct err *err)
{
	sqlite3_stmt *q = prepare(s, "SELECT id, at FROM run WHERE last", err);
	int rc;

	*when = (struct span){0};
	if (q == NULL)
		return -1;
	rc = step(s, q, err);
	if (rc == 1) {
		s->run = sqlite3_column_int64(q, 0);
		*when = column(q, 1, a);
	}
	release(q);
	return rc == -1 ? -1 : 0;
}

int
statefile_undo(
    struct statefile *s, struct arena *a, struct span *when, struct err *err)
{
	static const char *const all[] = {"DELETE FROM part WHERE run = ?",
	    "DELETE FROM input WHERE run = ?", "DELETE FROM run WHERE id = ?"};

	if (last_run(s, a, when, err) == -1)
		return -1;
	if (when->len == 0)
		return 0;
	for (size_t i = 0; i < 3; i++)
		if (with_key(s, all[i], s->run, err) == -1)
			return -1;
	return execute(s,
	    "DELETE FROM conversation WHERE id IN"
	    " (SELECT id FROM before WHERE NOT was);"
	    "UPDATE conversation SET (waiting, last, utterances, issued, marks)"
	    " = (SELECT waiting, last, utterances, issued, marks FROM before"
	    "    WHERE before.id = conversation.id)"
	    " WHERE id IN (SELECT id FROM before WHERE was);"
	    "DELETE FROM before",
	    err);
}
