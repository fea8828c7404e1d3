/*
 * Public collections that are not shipped: CORPORA names the folder that
 * holds jsontestsuite/ and csv/ (see `make check-corpora`).
 */
#include "read/input_test.h"

#include <dirent.h>
#include <stdio.h>

#include "read/csvrow.h"
#include "read/csvrecord.h"
#include "read/json.h"

static const char *
corpus(const char *name)
{
	const char *root = getenv("CORPORA");
	static char path[4096];

	cr_assert_not_null(root, "CORPORA is not set");
	snprintf(path, sizeof(path), "%s/%s", root, name);
	return path;
}

static struct buf
file_text(const char *folder, const char *name)
{
	struct buf path = {0}, text = {0};
	char *to;
	size_t n;
	FILE *f;

	buf_printf(&path, "%s/%s", folder, name);
	f = fopen(buf_cstr(&path), "rb");
	cr_assert_not_null(f, "%s", path.at);
	do {
		to = buf_room(&text, 65536 + STREAM_PADDING);
		n = fread(to, 1, 65536, f);
		text.len += n;
	} while (n > 0);
	memset(to, 0, STREAM_PADDING);
	fclose(f);
	buf_free(&path);
	return text;
}

/* What JSONTestSuite asks: y_ is read, n_ refused, with a place. */
static void
check_json(const char *name, struct span text)
{
	struct json json;
	struct json_fault fault;
	const char *why;
	bool parsed, sound;

	json_open(&json, JSON_DEPTH);
	parsed = json_parse(&json, text, &why);
	sound = !json_locate(text, JSON_DEPTH, &fault);
	json_close(&json);
	if (name[0] == 'y')
		cr_assert(parsed && sound, "%s: %s", name, fault.reason);
	if (name[0] == 'n') {
		cr_assert(!parsed && !sound, "%s", name);
		cr_assert_gt(strlen(fault.reason), 0);
		cr_assert(fault.line > 0 && fault.byte <= text.len);
	}
}

/* As an input it is never silent: a record, a reject, a skip or an error. */
static void
check_input(const char *name, struct span text)
{
	struct heard h = hear_bytes(text, (struct read_options){0});

	cr_assert_gt(h.log.len, 0, "%s is read in silence", name);
	if (name[0] == 'n')
		cr_assert_eq(h.records, 0, "%s: %s", name, h.log.at);
	buf_free(&h.log);
}

Test(corpora, json_test_suite)
{
	const char *folder = corpus("jsontestsuite");
	DIR *dir = opendir(folder);
	struct dirent *e;
	size_t n = 0;

	cr_assert_not_null(dir, "%s", folder);
	while ((e = readdir(dir)) != NULL) {
		struct buf text;

		if (!span_ends(span_of(e->d_name), SPAN(".json")))
			continue;
		text = file_text(folder, e->d_name);
		check_json(e->d_name, buf_span(&text));
		check_input(e->d_name, buf_span(&text));
		buf_free(&text);
		n++;
	}
	closedir(dir);
	cr_assert_gt(n, 300);
}

/* One object of the JSON file against the row; from: the first member that
 * counts. */
static void
check_row(const struct csvrow *header, const struct csvrow *row,
    struct json_value object, size_t from)
{
	struct json_walk members = json_each(object);
	struct json_value value;
	struct span key, text;
	size_t i = 0;

	for (; json_next(&members, &key, &value); i++) {
		cr_assert(json_string(value, &text));
		cr_assert(span_eq(key, csvrow_cell(header, i)));
		cr_assert(i < from || span_eq(text, csvrow_cell(row, i)),
		    "\"%.*s\"", SPAN_FMT(csvrow_cell(row, i)));
	}
	cr_assert_eq(row->n, i);
}

/*
 * A CSV file's rows must be the array of objects in its JSON file. One is a
 * lone object, and has another telephone number than its CSV file.
 */
static void
check_rows(struct csvrecords *records, struct json_value want)
{
	bool lone = json_type(want) == JSON_OBJECT;
	struct csvrow header, row;
	struct json_walk objects = json_each(want);
	struct json_value object = want;
	struct csvrecord rec;
	struct err err;

	csvrow_open(&header, ',');
	csvrow_open(&row, ',');
	cr_assert_eq(csvrecords_next(records, &rec, &err), 1);
	csvrow_parse(&header, rec.text);
	while (lone || json_next(&objects, NULL, &object)) {
		cr_assert_eq(csvrecords_next(records, &rec, &err), 1);
		cr_assert_null(rec.damage);
		csvrow_parse(&row, rec.text);
		check_row(&header, &row, object, lone);
		if (lone)
			break;
	}
	cr_assert_eq(csvrecords_next(records, &rec, &err), 0);
	csvrow_close(&header);
	csvrow_close(&row);
}

static void
check_csv(const char *name)
{
	struct buf csv_name = {0}, json_name = {0}, csv, text;
	struct csvrecords records = {
	    .max = 1 << 20, .quotes = {.delimiter = ','}};
	struct json json;
	struct err err;
	const char *why;
	int fd;

	buf_printf(&csv_name, "%s.csv", name);
	buf_printf(&json_name, "%s.json", name);
	csv = file_text(corpus("csv/csvs"), buf_cstr(&csv_name));
	text = file_text(corpus("csv/json"), buf_cstr(&json_name));
	json_open(&json, JSON_DEPTH);
	cr_assert(json_parse(&json, buf_span(&text), &why), "%s", name);
	fd = fd_of(buf_span(&csv));
	cr_assert_eq(stream_open(&records.in, fd, SPAN("in"), NULL, &err), 0);
	check_rows(&records, json_root(&json));
	stream_close(records.in);
	csvrecords_close(&records);
	close(fd);
	json_close(&json);
	buf_free(&csv_name);
	buf_free(&json_name);
	buf_free(&csv);
	buf_free(&text);
}

Test(corpora, csv_spectrum)
{
	static const char *const names[] = {"comma_in_quotes", "empty",
	    "empty_crlf", "escaped_quotes", "json", "location_coordinates",
	    "newlines", "newlines_crlf", "quotes_and_newlines", "simple",
	    "simple_crlf", "utf8"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		check_csv(names[i]);
}
