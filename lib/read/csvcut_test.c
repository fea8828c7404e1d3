#include "read/csvcut.h"
#include "read/input_test.h"

/* What is cut of a text, behind a header of three columns. */
static size_t
cut(const char *text, bool *alone)
{
	struct csvcut c = {',', true, 3, 3};

	return csvcut_records(&c, span_of(text), alone);
}

static void
cuts(const char *text, size_t want)
{
	bool alone;

	cr_expect_eq(
	    cut(text, &alone), want, "%s: %zu", text, cut(text, &alone));
	cr_expect_not(alone, "%s", text);
}

static void
cuts_alone(const char *text, size_t want)
{
	bool alone;

	cr_expect_eq(
	    cut(text, &alone), want, "%s: %zu", text, cut(text, &alone));
	cr_expect(alone, "%s", text);
}

Test(csvcut, behind_records)
{
	cuts("a,b,c\nd,e,f\n", 12);
	cuts("a,b,\"c\"\r\nd,e,f\r\n", 16);
	cuts("a,b,\"c\nd\"\n", 10);
	cuts("a,b,\"c\nd", 0);
	cuts("a,b,c\nd,e,\"f\n", 6);
	/* In a cell that goes on, other tables may stand. */
	cuts("a,b,\"c\n1,2\n\"\n", 13);
	cuts("\n \n", 3);
	cuts("a,5\" pipe,c\n", 12);
	cuts("\xef\xbb\xbf\"a\n\",b,c\nd", 13);
}

Test(csvcut, not_where_rows_decide)
{
	cuts_alone("a,b,\"c\nd,e,f\n\"\n", 0);
	cuts_alone("a,b,c\na,b,\"c\"d\n", 6);
	cuts_alone("a,b,\"c\n\"d\n", 0);
	/* Rows that CR ends. */
	cuts_alone("a,b,c\rd,e,f\n", 0);
	cuts("a,b,\"c\rd\"\n", 10);
}

Test(csvcut, the_last_record_tells_how_wide_rows_are)
{
	struct csvcut c = {',', false, 0, 0};
	bool alone;

	cr_assert_eq(
	    csvcut_records(&c, SPAN("sep=,\na,b\n\nc,d,e\n"), &alone), 17);
	cr_assert(c.begun);
	cr_assert_eq(c.expected, 2);
	cr_assert_eq(c.usual, 3);
	cr_assert_eq(csvcut_records(&c, SPAN("a,\"b\nc,d,e\"\n"), &alone), 0);
	cr_assert(alone);
}

/* Pieces as they stand in exports, sound and broken. */
static const char *const rows[] = {"c1,客,1.5,はい。\n", "c2,係,0:03,ええ\r\n",
    "c1,客,10:05,\"訴えます、ええ\"\n", "c3,係,,\"一行目\n二行目\n三行目\"\n",
    "c3,係,2:00,\"名前, 住所\n電話, 番号\"\n",
    "c4,客,3,\"c1,客,1.5,引用\nc2,係,2,引用\"\n", "c5,客,4,\"閉じない\n",
    "c6,係,5,\"a\"b\n", "c7,客,6,5\" の管\n", "\n", "  \r\n",
    "会話ID,話者,時刻,内容\n", "c8,客,7,はい,余り\n", "c9,客\n",
    "c1,客,8,\"い\"\"い\"\"え\"\n", "c1,\"客\n様\",9,はい\n",
    "c1,客,1,あ\rc1,係,2,い\n",
    "\xef\xbb\xbf"
    "c1,客,11,はい\n",
    "c1,客,12,\xff\n", "c1,客,きのう,はい\n", "c1,客,2026/10/1,はい\n",
    ",客,1,はい\n", "c1,客,13,\"末尾\n,,,\"\n"};
enum { NROWS = sizeof(rows) / sizeof(*rows), SOUND = 5 };

static unsigned
draw(uint32_t *seed, unsigned n)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % n;
}

static struct buf
table(uint32_t seed)
{
	static const char *const heads[] = {"会話ID,話者,時刻,内容\n",
	    "sep=,\r\n会話ID,話者,時刻,内容\r\n",
	    "\n\n\"会話ID\",話者,時刻,内容\n"};
	struct buf b = {0};
	unsigned rare = 1 + draw(&seed, 4000);

	buf_adds(&b, heads[draw(&seed, 3)]);
	while (b.len < 1200000)
		buf_adds(&b,
		    rows[draw(&seed, draw(&seed, rare) == 0 ? NROWS : SOUND)]);
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
	struct err err = {0};
	struct stream *b;
	int rc;

	while ((rc = stream_block(s, usual.record_max, &c, &b, &err)) > 0) {
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
hear_blocks(struct span bytes, unsigned n[])
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
	read_blocks(&in, s, used, &all, n);
	input_part_free(used, &all);
	stream_close(s);
	close(in.fd);
	viewer_close(viewer);
	drop_notes(&h.log);
	return h;
}

Test(csvcut, blocks_are_read_as_the_whole)
{
	unsigned n[2] = {0, 0};

	for (uint32_t seed = 1; seed <= 24; seed++) {
		struct buf b = table(seed);
		struct heard all = hear_bytes(buf_span(&b), usual);
		struct heard parts = hear_blocks(buf_span(&b), n);

		cr_expect_str_eq(
		    buf_cstr(&all.log), buf_cstr(&parts.log), "seed %u", seed);
		buf_free(&b);
		buf_free(&all.log);
		buf_free(&parts.log);
	}
	cr_expect_gt(n[0], 24);
	cr_expect_gt(n[1], 24);
}
