/* What is read block by block, as by many threads, is what one reads. */
#include <iconv.h>

#include "read/input_test.h"

/* Pieces as they stand in exports, sound and broken. */
static const char *const rows[] = {"c1,客,1.5,はい。\n", "c2,係,0:03,ええ\r\n",
    "c1,客,10:05,\"訴えます、ええ\"\n", "c3,係,,\"一行目\n二行目\n三行目\"\n",
    "c3,係,2:00,\"名前, 住所\n電話, 番号\"\n",
    "c4,客,3,\"c1,客,1.5,引用\nc2,係,2,引用\"\n", "c5,客,4,\"閉じない\n",
    "c6,係,5,\"a\"b\n", "c7,客,6,5\" の管\n", "\n", "  \r\n",
    "会話ID,話者,時刻,内容\n", "c8,客,7,はい,余り\n", "c9,客\n",
    "c1,客,8,\"い\"\"い\"\"え\"\n", "c1,\"客\n様\",9,はい\n",
    "c1,客,1,あ\rc1,係,2,い\n", "\357\273\277c1,客,11,はい\n",
    "c1,客,12,\xff\n", "c1,客,きのう,はい\n", "c1,客,2026/10/1,はい\n",
    ",客,1,はい\n", "c1,客,13,\"末尾\n,,,\"\n"};
enum { NROWS = sizeof(rows) / sizeof(*rows), SOUND = 5 };

static unsigned
draw(uint32_t *seed, unsigned n)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % n;
}

/* A file of about a megabyte, most of it sound. */
static void
add_some(struct buf *b, uint32_t seed, const char *const *at, unsigned n,
    unsigned sound)
{
	unsigned rare = 1 + draw(&seed, 4000);

	while (b->len < 1200000)
		buf_adds(
		    b, at[draw(&seed, draw(&seed, rare) == 0 ? n : sound)]);
}

static struct buf
table(uint32_t seed)
{
	static const char *const heads[] = {"会話ID,話者,時刻,内容\n",
	    "sep=,\r\n会話ID,話者,時刻,内容\r\n",
	    "\n\n\"会話ID\",話者,時刻,内容\n"};
	struct buf b = {0};

	buf_adds(&b, heads[seed % 3]);
	add_some(&b, seed, rows, NROWS, SOUND);
	return b;
}

static struct buf
json_lines(uint32_t seed)
{
	static const char *const lines[] = {
	    "{\"conversation\":\"c1\",\"start\":1,\"text\":\"はい\"}\n",
	    "{\"conversation\":\"c2\",\"start\":1,\"text\":\"\\u3042\"}\n",
	    "{\"text\":\"ええ\",\"conversation\":\"c2\",\"at\":\"10:05\"}\r\n",
	    "\n", "[1]\n", "{\"text\":\"\xff\"}\n", "{\"text\":\"会話なし\"}\n",
	    "{\"start\":1,\"at\":\"2026-10-01\",\"conversation\":\"c\",\"text\":\"はい\"}\n",
	    "{\"conversation\":\"c1\",\"text\":\"折\n"};
	struct buf b = {0};

	buf_adds(&b, lines[0]);
	add_some(&b, seed, lines, sizeof(lines) / sizeof(*lines), 3);
	return b;
}

static const struct read_options usual = {.record_max = RECORD_MAX_DEFAULT,
    .nesting_max = JSON_DEPTH,
    .document_max = DOCUMENT_MAX_DEFAULT};

/* The first note of a kind is the file's. */
static void
drop_notes(struct buf *log)
{
	static const char *const once[] = {"date-only\n", "at-wins\n"};
	struct buf kept = {0};
	bool seen[2] = {false, false};

	for (const char *at = buf_cstr(log); *at != '\0';) {
		const char *end = strchr(at, '\n') + 1;
		struct span line = {at, (size_t)(end - at)};
		bool drop = false;

		for (size_t i = 0; i < 2 && strncmp(at, "note", 4) == 0; i++)
			if (span_ends(line, span_of(once[i]))) {
				drop = seen[i];
				seen[i] = true;
			}
		if (!drop)
			buf_add(&kept, line);
		at = end;
	}
	buf_free(log);
	*log = kept;
	buf_cstr(log);
}

/* Reads by blocks, as flow.c does; how many, and how often alone. */
static void
read_blocks(const struct input *in, struct stream *s, const struct format *f,
    struct part *all, unsigned n[])
{
	const struct cutter c = {f->cut, all->known};
	const struct cutter *cutter = f->cut == NULL ? NULL : &c;
	struct err err = {0};
	struct stream *b;
	int rc;

	while ((rc = stream_block(
		    s, all->size, usual.record_max, cutter, &b, &err)) > 0) {
		struct part part = *all;

		part.alone = rc == CUT_ALONE;
		n[part.alone]++;
		cr_assert_eq(
		    input_block(in, part.alone ? s : b, f, &part, &err), 0);
		if (!part.alone)
			stream_close(b);
		*all = part;
	}
	cr_assert_eq(rc, 0);
	cr_assert_eq(input_block_end(in, all, &err), 0);
}

static struct heard
hear_blocks(struct span bytes, size_t size, unsigned n[])
{
	struct heard h = {.log = {0}};
	const struct sink sink = {&h, heard_record, heard_skip, heard_reject,
	    heard_note, heard_identify};
	struct viewer *viewer;
	struct input in = {.fd = fd_of(bytes),
	    .path = SPAN("in"),
	    .pack = shipped_pack(&viewer),
	    .viewer = viewer,
	    .options = &usual,
	    .sink = &sink};
	const struct format *used;
	struct stream *s;
	struct part all;
	struct err err = {0};

	cr_assert_eq(input_begin(&in, &s, &used, &err), 0);
	cr_assert_eq(input_splits(&in, s, used, &all, &err), 1);
	all.size = size;
	read_blocks(&in, s, used, &all, n);
	input_part_free(used, &all);
	stream_close(s);
	close(in.fd);
	viewer_close(viewer);
	drop_notes(&h.log);
	return h;
}

/* How many pieces were blocks, and how many were read alone, goes to n. */
static void
same_by_blocks(struct span bytes, unsigned n[], uint32_t seed)
{
	struct heard all = hear_bytes(bytes, usual);
	struct heard parts = hear_blocks(
	    bytes, seed % 2 == 0 ? BLOCK_SIZE : (size_t)8 << seed % 9, n);

	cr_expect_str_eq(
	    buf_cstr(&all.log), buf_cstr(&parts.log), "seed %u", seed);
	cr_expect_eq(all.places, parts.places, "seed %u", seed);
	buf_free(&all.log);
	buf_free(&parts.log);
}

Test(blocks, are_read_as_the_whole)
{
	unsigned n[2] = {0, 0}, of_lines[2] = {0, 0};

	for (uint32_t seed = 1; seed <= 24; seed++) {
		struct buf b = table(seed), lines = json_lines(seed);

		same_by_blocks(buf_span(&b), n, seed);
		same_by_blocks(buf_span(&lines), of_lines, seed);
		buf_free(&b);
		buf_free(&lines);
	}
	cr_expect_gt(n[0], 24);
	cr_expect_gt(n[1], 24);
	cr_expect_gt(of_lines[0], 24);
	cr_expect_eq(of_lines[1], 0);
}

/* What has no place in it stays as it is: a byte that does not decode; but
 * where each unit has two bytes it goes. */
static struct buf
encoded(struct span text, const char *encoding)
{
	iconv_t to = iconv_open(encoding, "UTF-8");
	char *from = (char *)(uintptr_t)text.at, *out;
	size_t left = text.len, room = text.len * 2;
	struct buf b = {0};

	cr_assert_neq(to, (iconv_t)-1);
	out = buf_room(&b, room);
	while (iconv(to, &from, &left, &out, &room) == (size_t)-1) {
		const bool narrow = strncmp(encoding, "UTF-16", 6) != 0;

		*out = *from++;
		left--;
		out += narrow;
		room -= narrow;
	}
	b.len = (size_t)(out - b.at);
	iconv_close(to);
	return b;
}

Test(blocks, of_other_encodings)
{
	static const char *const encodings[] = {"CP932", "EUC-JP", "UTF-16LE"};
	unsigned n[2] = {0, 0};

	for (uint32_t seed = 1; seed <= 12; seed++) {
		struct buf b = seed % 2 == 0 ? json_lines(seed) : table(seed);
		struct buf other = encoded(buf_span(&b), encodings[seed % 3]);

		same_by_blocks(buf_span(&other), n, seed);
		buf_free(&b);
		buf_free(&other);
	}
	cr_expect_gt(n[0], 12);
	cr_expect_gt(n[1], 3);
}
