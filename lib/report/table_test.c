#include <criterion/criterion.h>

#include "report/table.h"

static const char *const columns[] = {"a", "b"};

struct fixture {
	struct buf out;
	struct table table;
};

static void
open_table(struct fixture *f, struct table_style style)
{
	*f = (struct fixture){0};
	f->table = (struct table){
	    .style = style, .columns = columns, .ncolumns = 2, .out = &f->out};
}

static void
expect(struct fixture *f, const char *want)
{
	cr_expect_str_eq(buf_cstr(&f->out), want);
	buf_free(&f->out);
	table_free(&f->table);
}

/* One row: the text and an empty cell. */
static void
text_is(struct table_style style, struct span text, const char *want)
{
	struct fixture f;

	open_table(&f, style);
	table_text(&f.table, text);
	table_empty(&f.table);
	table_end_row(&f.table);
	expect(&f, want);
}

static const struct table_style csv = {.shape = TABLE_CSV};
static const struct table_style tsv = {.shape = TABLE_TSV};
static const struct table_style jsonl = {.shape = TABLE_JSONL};
static const struct table_style excel = {.shape = TABLE_CSV, .excel = true};
static const struct table_style raw = {.shape = TABLE_CSV, .raw = true};

Test(table, quotes_only_where_needed)
{
	text_is(csv, SPAN("訴えます、ええ"), "訴えます、ええ,\n");
	text_is(csv, SPAN("a,b"), "\"a,b\",\n");
	text_is(csv, SPAN("a\"b"), "\"a\"\"b\",\n");
	text_is(csv, SPAN("\""), "\"\"\"\",\n");
	text_is(csv, SPAN("a\nb"), "\"a\nb\",\n");
	text_is(csv, SPAN("a\rb"), "\"a\rb\",\n");
	text_is(csv, SPAN(" a"), "\" a\",\n");
	text_is(csv, SPAN("a\tb;c"), "a\tb;c,\n");
	text_is(csv, SPAN(""), ",\n");
}

Test(table, tsv_quotes_tabs_and_not_commas)
{
	text_is(tsv, SPAN("a,b"), "a,b\t\n");
	text_is(tsv, SPAN("a\tb"), "\"a\tb\"\t\n");
	text_is(tsv, SPAN("a\nb"), "\"a\nb\"\t\n");
}

Test(table, guards_what_a_spreadsheet_would_run)
{
	static const char *const signs[] = {
	    "=", "+", "-", "@", "＝", "＋", "－", "＠", "−"};
	struct buf text = {0}, want = {0};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		buf_printf(&text, "%s1+1", signs[i]);
		buf_printf(&want, "'%s1+1,\n", signs[i]);
		text_is(csv, buf_span(&text), buf_cstr(&want));
		buf_reset(&text);
		buf_reset(&want);
	}
	buf_free(&text);
	buf_free(&want);
	text_is(csv, SPAN("\t=1"), "'\t=1,\n");
	text_is(csv, SPAN("\r=1"), "\"'\r=1\",\n");
	text_is(csv, SPAN("\n=1"), "\"'\n=1\",\n");
	text_is(tsv, SPAN("=1"), "'=1\t\n");
	text_is(csv, SPAN("=\"a\",b"), "\"'=\"\"a\"\",b\",\n");
	text_is(csv, SPAN("1=1"), "1=1,\n");
	/* Not to be taken for a guarded =1. */
	text_is(csv, SPAN("'=1"), "''=1,\n");
	text_is(csv, SPAN("''=1"), "'''=1,\n");
	text_is(csv, SPAN("'1"), "'1,\n");
	text_is(csv, SPAN("ー伸ばす"), "ー伸ばす,\n");
}

/* An encoding that does not have them drops them. */
Test(table, guards_behind_what_is_invisible)
{
	static const char *const marks[] = {"\u200b", "\ufeff", "\u00ad",
	    "\u2060", "\u200e", "\u202e", "\ufe0f", "\u200b\u00ad"};
	struct buf text = {0}, want = {0};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		buf_printf(&text, "%s=1+1", marks[i]);
		buf_printf(&want, "'%s=1+1,\n", marks[i]);
		text_is(csv, buf_span(&text), buf_cstr(&want));
		buf_reset(&text);
		buf_reset(&want);
	}
	buf_free(&text);
	buf_free(&want);
	text_is(csv, SPAN("\u200b訴える=1"), "\u200b訴える=1,\n");
	text_is(csv, SPAN("\u200b"), "\u200b,\n");
}

Test(table, leaves_formulas_when_raw_and_in_json)
{
	text_is(raw, SPAN("=1"), "=1,\n");
	text_is(jsonl, SPAN("=1"), "{\"a\":\"=1\",\"b\":null}\n");
}

Test(table, source_of_a_dash_is_not_guarded)
{
	struct fixture f;

	open_table(&f, csv);
	table_source(&f.table, SPAN("-"));
	table_source(&f.table, SPAN("-dir/a.csv"));
	table_end_row(&f.table);
	expect(&f, "-,'-dir/a.csv\n");
}

Test(table, numbers_are_not_guarded)
{
	struct fixture f;

	open_table(&f, csv);
	table_int(&f.table, -12);
	table_milli(&f.table, 974);
	table_end_row(&f.table);
	table_int(&f.table, INT64_MIN);
	table_milli(&f.table, 1000);
	table_end_row(&f.table);
	expect(&f, "-12,0.974\n-9223372036854775808,1.000\n");
}

Test(table, json_keeps_numbers_and_escapes_texts)
{
	struct fixture f;

	open_table(&f, jsonl);
	table_int(&f.table, 3);
	table_milli(&f.table, 8);
	table_end_row(&f.table);
	table_text(&f.table, SPAN("a\"\\\b\t\n\v\f\r\x01\0\x1f\x7f/気"));
	table_text(&f.table, SPAN("気持ち"));
	table_end_row(&f.table);
	expect(&f,
	    "{\"a\":3,\"b\":0.008}\n"
	    "{\"a\":\"a\\\"\\\\\\b\\t\\n\\u000b\\f\\r\\u0001\\u0000"
	    "\\u001f\x7f/気\",\"b\":\"気持ち\"}\n");
}

Test(table, nul_in_a_text_stays)
{
	struct fixture f;
	struct span want = SPAN("\"a\0,\",\n");

	open_table(&f, csv);
	table_text(&f.table, SPAN("a\0,"));
	table_empty(&f.table);
	table_end_row(&f.table);
	cr_expect(span_eq(buf_span(&f.out), want));
	buf_free(&f.out);
	table_free(&f.table);
}

Test(table, lists_are_arrays_in_json)
{
	struct fixture f;

	open_table(&f, jsonl);
	table_list(&f.table, SPAN("sue;lawyer"));
	table_list(&f.table, SPAN(""));
	table_end_row(&f.table);
	expect(&f, "{\"a\":[\"sue\",\"lawyer\"],\"b\":[]}\n");
	open_table(&f, csv);
	table_list(&f.table, SPAN("sue;lawyer"));
	table_list(&f.table, SPAN("=x;y"));
	table_end_row(&f.table);
	expect(&f, "sue;lawyer,'=x;y\n");
}

Test(table, a_semicolon_in_a_name_makes_no_two_of_it)
{
	struct fixture f;

	open_table(&f, jsonl);
	table_names(&f.table, SPAN("佐藤;A\0鈴木"));
	table_names(&f.table, SPAN(""));
	table_end_row(&f.table);
	expect(&f, "{\"a\":[\"佐藤;A\",\"鈴木\"],\"b\":[]}\n");
	open_table(&f, csv);
	table_names(&f.table, SPAN("佐藤;A\0鈴木"));
	table_names(&f.table, SPAN("=x;"));
	table_end_row(&f.table);
	expect(&f, "佐藤；A;鈴木,'=x；\n");
}

Test(table, excel_has_a_mark_and_crlf)
{
	struct fixture f;

	open_table(&f, excel);
	table_header(&f.table);
	table_text(&f.table, SPAN("x\ny"));
	table_int(&f.table, 1);
	table_end_row(&f.table);
	expect(&f,
	    "\xef\xbb\xbf"
	    "a,b\r\n\"x\ny\",1\r\n");
}

Test(table, json_has_neither_header_nor_excel)
{
	struct fixture f;

	open_table(
	    &f, (struct table_style){.shape = TABLE_JSONL, .excel = true});
	table_header(&f.table);
	table_int(&f.table, 1);
	table_int(&f.table, 2);
	table_end_row(&f.table);
	expect(&f, "{\"a\":1,\"b\":2}\n");
}

/* 2026-10-01T10:00:05.250+09:00 */
static const struct moment zoned = {.ms = INT64_C(1790816405250),
    .offset = 540,
    .clock = CLOCK_ZONED,
    .precision = PRECISION_MILLI};

Test(table, times_are_what_excel_knows)
{
	struct fixture f;

	open_table(&f, csv);
	table_moment(&f.table, zoned);
	table_moment(&f.table, (struct moment){0});
	table_end_row(&f.table);
	expect(&f, "2026-10-01T10:00:05.250+09:00,\n");
	open_table(&f, excel);
	table_moment(&f.table, zoned);
	table_duration(&f.table, 1200500);
	table_end_row(&f.table);
	expect(&f, "2026-10-01 10:00:05,1200.5\r\n");
}

Test(table, evidence_is_clipped_at_80_graphemes)
{
	struct fixture f;
	struct buf text = {0}, want = {0};

	for (size_t i = 0; i < 80; i++)
		buf_adds(&text, "か\u3099"); /* one grapheme, two points */
	buf_add(&want, buf_span(&text));
	buf_addc(&want, ',');
	buf_add(&want, buf_span(&text));
	buf_adds(&want, "…\n");
	open_table(&f, csv);
	table_evidence(&f.table, buf_span(&text));
	buf_adds(&text, "x");
	table_evidence(&f.table, buf_span(&text));
	table_end_row(&f.table);
	expect(&f, buf_cstr(&want));
	buf_free(&text);
	buf_free(&want);
}

Test(table, evidence_keeps_line_breaks_and_is_guarded)
{
	struct fixture f;

	open_table(&f, csv);
	table_evidence(&f.table, SPAN("=訴える\n\"本気\"だ"));
	table_evidence(&f.table, SPAN(""));
	table_end_row(&f.table);
	expect(&f, "\"'=訴える\n\"\"本気\"\"だ\",\n");
}
