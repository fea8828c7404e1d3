#include <criterion/criterion.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "read/stream.h"

/* Writes into a pipe, step bytes at a time, from a thread of its own. */
struct feed {
	int fd;
	struct span bytes;
	size_t step;
};

static void *
feed_run(void *arg)
{
	struct feed *f = arg;

	for (size_t i = 0; i < f->bytes.len;) {
		size_t n = f->bytes.len - i < f->step ? f->bytes.len - i :
							f->step;
		ssize_t put = write(f->fd, f->bytes.at + i, n);

		if (put <= 0)
			break;
		i += (size_t)put;
	}
	close(f->fd);
	return NULL;
}

struct source {
	struct feed feed;
	pthread_t thread;
	int fd;
};

static void
source_open(struct source *s, struct span bytes, size_t step)
{
	int ends[2];

	cr_assert_eq(pipe(ends), 0);
	s->fd = ends[0];
	s->feed = (struct feed){ends[1], bytes, step};
	cr_assert_eq(pthread_create(&s->thread, NULL, feed_run, &s->feed), 0);
}

static void
source_close(struct source *s)
{
	close(s->fd);
	pthread_join(s->thread, NULL);
}

/* All lines as "number@byte:text;", then what the end says. */
static void
lines_of(struct span bytes, size_t step, const char *encoding, struct buf *out)
{
	struct source src;
	struct stream *s;
	struct span line;
	struct err err = {0};
	int rc;

	buf_reset(out);
	source_open(&src, bytes, step);
	cr_assert_eq(stream_open(&s, src.fd, SPAN("in"), encoding, &err), 0,
	    "%s", err.text);
	while ((rc = stream_line(s, 1 << 20, &line, &err)) == 1)
		buf_printf(out, "%llu@%llu:%.*s;",
		    (unsigned long long)stream_line_number(s),
		    (unsigned long long)stream_byte(s), SPAN_FMT(line));
	if (rc == -1)
		buf_adds(out, err.text);
	buf_cstr(out);
	stream_close(s);
	source_close(&src);
}

static void
expect(struct span bytes, const char *encoding, const char *want)
{
	static const size_t steps[] = {1, 2, 3, 7, 4096};
	struct buf out = {0};

	for (size_t i = 0; i < 5; i++) {
		lines_of(bytes, steps[i], encoding, &out);
		cr_assert_str_eq(out.at, want);
	}
	buf_free(&out);
}

static struct buf
gzipped(struct span text)
{
	struct buf out = {0};
	z_stream z = {0};
	char *to = buf_room(&out, text.len + 1000);

	cr_assert_eq(
	    deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
	    Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)text.at;
	z.avail_in = (uInt)text.len;
	z.next_out = (unsigned char *)to;
	z.avail_out = (uInt)(text.len + 1000);
	cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	out.len = z.total_out;
	deflateEnd(&z);
	return out;
}

static struct buf
zstd_packed(struct span text)
{
	struct buf out = {0};
	size_t bound = ZSTD_compressBound(text.len);

	out.len = ZSTD_compress(
	    buf_room(&out, bound), bound, text.at, text.len, 3);
	cr_assert_not(ZSTD_isError(out.len));
	return out;
}

Test(stream, lines_end_in_lf_or_cr_lf)
{
	expect(
	    SPAN("a\nb\r\n\nc\rd\r\r\n"), NULL, "1@0:a;2@2:b;3@5:;4@6:c\rd\r;");
	expect(SPAN("a\nb"), NULL, "1@0:a;2@2:b;");
	expect(SPAN("\n"), NULL, "1@0:;");
	expect(SPAN(""), NULL, "");
	expect(SPAN("\xef\xbb\xbf"
		    "あ\nb\n"),
	    NULL, "1@3:あ;2@7:b;");
}

Test(stream, lines_end_in_cr_where_no_lf_stands)
{
	expect(SPAN("a\r"), NULL, "1@0:a;");
	expect(SPAN("a\rb\r\rc"), NULL, "1@0:a;2@2:b;3@4:;4@5:c;");
	expect(SPAN("\xff\xfe\x42\x30\r\0b\0\r\0"), NULL, "1@2:あ;2@6:b;");
}

Test(stream, a_mark_of_the_next_file_and_ctrl_z_are_no_text)
{
	expect(SPAN("a\n\xef\xbb\xbf"
		    "b\n"),
	    NULL, "1@0:a;2@5:b;");
	expect(SPAN("a\n\x1a"), NULL, "1@0:a;");
	expect(SPAN("a\r\n\x1a\r\n"), NULL, "1@0:a;");
	expect(SPAN("a\x1a"
		    "b\n"),
	    NULL,
	    "1@0:a\x1a"
	    "b;");
	expect(SPAN("\x82\xa0\n\x1a"), "CP932", "1@0:あ;");
}

Test(stream, decoded_lines_know_their_bytes)
{
	expect(SPAN("\x82\xa0\x82\xa2\n\x82\xa4\r\nx\n"), "CP932",
	    "1@0:あい;2@5:う;3@9:x;");
	expect(SPAN("\xff\xfe\x42\x30\n\0b\0\n\0"), NULL, "1@2:あ;2@6:b;");
	expect(SPAN("\x1b$B$\"\x1b(B\nb\n"), NULL, "1@0:あ;2@9:b;");
}

Test(stream, gzip_of_several_members)
{
	struct buf one = gzipped(SPAN("a\nb")), two = gzipped(SPAN("c\nd\n"));

	buf_add(&one, buf_span(&two));
	expect(buf_span(&one), NULL, "1@0:a;2@2:bc;3@5:d;");
	buf_free(&one);
	buf_free(&two);
}

Test(stream, zstd_of_several_frames)
{
	struct buf one = zstd_packed(SPAN("a\nb"));
	struct buf two = zstd_packed(SPAN("c\nd\n"));

	buf_add(&one, buf_span(&two));
	expect(buf_span(&one), NULL, "1@0:a;2@2:bc;3@5:d;");
	buf_free(&one);
	buf_free(&two);
}

/* What can be read is read, then the error comes, with its place. */
static void
expect_trouble(struct span bytes, const char *lines, const char *trouble)
{
	struct buf out = {0};

	lines_of(bytes, 5, NULL, &out);
	cr_assert(span_starts(buf_span(&out), span_of(lines)), "%s", out.at);
	cr_assert_not_null(strstr(out.at, trouble), "%s", out.at);
	cr_assert_not_null(strstr(out.at, "data at byte "), "%s", out.at);
	buf_free(&out);
}

Test(stream, containers_that_are_cut_off_or_followed_by_something)
{
	struct buf gz = gzipped(SPAN("a\nb\n")),
		   zs = zstd_packed(SPAN("a\nb\n"));
	struct span cut_gz = {gz.at, gz.len - 3}, cut_zs = {zs.at, zs.len - 2};

	expect_trouble(cut_gz, "", "in: gzip data at byte 21: cut off");
	expect_trouble(cut_zs, "", "in: zstd data at byte 11: cut off");
	buf_adds(&gz, "garbage");
	expect_trouble(buf_span(&gz), "1@0:a;2@2:b;", "does not belong");
	buf_adds(&zs, "g");
	expect_trouble(buf_span(&zs), "1@0:a;2@2:b;", "does not belong");
	gz.at[15] ^= 0x55;
	expect_trouble(buf_span(&gz), "", "gzip");
	buf_free(&gz);
	buf_free(&zs);
}

Test(stream, a_directory_is_an_error)
{
	struct stream *s;
	struct span line;
	struct err err = {0};
	FILE *dir = fopen("/", "r");

	cr_assert_not_null(dir);
	cr_assert_eq(stream_open(&s, fileno(dir), SPAN("/"), NULL, &err), 0);
	cr_assert_eq(stream_line(s, 100, &line, &err), -1);
	cr_assert_not_null(strstr(err.text, "directory"));
	stream_close(s);
	fclose(dir);
}

static struct stream *
open_over(struct source *src, struct span bytes, const char *encoding)
{
	struct stream *s;
	struct err err = {0};

	source_open(src, bytes, 1000);
	cr_assert_eq(stream_open(&s, src->fd, SPAN("in"), encoding, &err), 0);
	return s;
}

Test(stream, a_peek_takes_nothing_away)
{
	struct source src;
	struct stream *s = open_over(&src, SPAN("ab\ncd\n"), NULL);
	struct span got;
	struct err err;
	bool whole;

	cr_assert_eq(stream_peek(s, 4, &got, &whole, &err), 0);
	cr_assert(span_eq(got, SPAN("ab\nc")) && !whole);
	cr_assert_eq(stream_peek(s, 100, &got, &whole, &err), 0);
	cr_assert(span_eq(got, SPAN("ab\ncd\n")) && whole);
	cr_assert_eq(stream_line(s, 10, &got, &err), 1);
	cr_assert(span_eq(got, SPAN("ab")));
	cr_assert_eq(stream_line(s, 10, &got, &err), 1);
	cr_assert_eq(stream_peek(s, 1, &got, &whole, &err), 0);
	cr_assert(got.len == 0 && whole);
	stream_close(s);
	source_close(&src);
}

/* Enough lines that the buffer is moved many times. */
static struct buf
many_lines(bool cp932)
{
	struct buf b = {0};

	for (int i = 0; i < 200000; i++)
		buf_printf(
		    &b, cp932 ? "%d \x82\xa0\x82\xa2\n" : "%d あい\n", i);
	return b;
}

static void
count_all(bool cp932)
{
	struct buf all = many_lines(cp932);
	struct source src;
	struct stream *s = open_over(&src, buf_span(&all), NULL);
	struct span line;
	struct err err;
	uint64_t n = 0;
	char want[32];
	bool guessed;

	while (stream_line(s, 100, &line, &err) == 1) {
		uint64_t byte = stream_byte(s);

		snprintf(
		    want, sizeof(want), "%llu あい", (unsigned long long)n);
		cr_assert(span_eq(line, span_of(want)));
		cr_assert_eq(stream_line_number(s), ++n);
		cr_assert_eq(atoll(all.at + byte), (long long)n - 1);
		cr_assert(byte == 0 || all.at[byte - 1] == '\n');
	}
	cr_assert_eq(n, 200000);
	cr_assert_str_eq(
	    stream_encoding(s, &guessed), cp932 ? "CP932" : "UTF-8");
	cr_assert_not(guessed);
	stream_close(s);
	source_close(&src);
	buf_free(&all);
}

Test(stream, many_lines_of_utf8)
{
	count_all(false);
}

Test(stream, many_lines_of_cp932)
{
	count_all(true);
}

Test(stream, chunks_and_documents)
{
	struct buf all = many_lines(false);
	struct source src;
	struct stream *s = open_over(&src, buf_span(&all), NULL);
	struct span got;
	struct err err = {0};
	size_t len = 0;

	while (stream_chunk(s, &got, &err) == 1) {
		cr_assert_eq(stream_byte(s), len);
		cr_assert(span_eq(got, (struct span){all.at + len, got.len}));
		len += got.len;
	}
	cr_assert_eq(len, all.len);
	stream_close(s);
	source_close(&src);
	s = open_over(&src, buf_span(&all), NULL);
	cr_assert_eq(stream_all(s, all.len, &got, &err), 0);
	cr_assert(span_eq(got, buf_span(&all)));
	stream_close(s);
	source_close(&src);
	s = open_over(&src, buf_span(&all), NULL);
	cr_assert_eq(stream_all(s, all.len - 1, &got, &err), -1);
	stream_close(s);
	source_close(&src);
	buf_free(&all);
}

Test(stream, bad_bytes_are_known_by_value_and_place)
{
	struct source src;
	struct stream *s = open_over(&src,
	    SPAN("\x82\xa0\n\x82\xa2\x85 \x82"
		 "\xa4\n"),
	    "CP932");
	struct span line;
	struct err err;

	cr_assert_eq(stream_line(s, 100, &line, &err), 1);
	cr_assert_eq(stream_line(s, 100, &line, &err), 1);
	cr_assert(span_eq(line, SPAN("い\xff う")));
	cr_assert_eq(stream_raw(s, line.at + 3), 0x85);
	cr_assert_eq(stream_origin(s, line.at + 3), 5);
	cr_assert_eq(stream_origin(s, line.at + 5), 7);
	stream_close(s);
	source_close(&src);
}

/* All bytes of a file, told what fstat says of it or not, and its head. */
static void
expect_file(struct span bytes, size_t cut, bool told)
{
	FILE *file = tmpfile();
	struct stat st, *opened = told ? &st : NULL;
	struct stream *s;
	struct span head, all;
	struct err err = {0};

	cr_assert_not_null(file);
	cr_assert_eq(fwrite(bytes.at, 1, cut, file), cut);
	cr_assert_eq(fflush(file), 0);
	cr_assert_eq(fstat(fileno(file), &st), 0);
	/* What grows behind fstat's back is read, too. */
	cr_assert_eq(
	    fwrite(bytes.at + cut, 1, bytes.len - cut, file), bytes.len - cut);
	rewind(file);
	cr_assert_eq(stream_open_watched(&s, fileno(file), SPAN("in"), opened,
			 NULL, NULL, &err),
	    0, "%s", err.text);
	head = stream_head(s);
	cr_assert_eq(head.len, bytes.len < 8192 ? bytes.len : 8192);
	cr_assert_arr_eq(head.at, bytes.at, head.len);
	cr_assert_eq(stream_all(s, SIZE_MAX / 2, &all, &err), 0);
	cr_assert(span_eq(all, bytes), "%zu of %zu bytes, cut at %zu, %d",
	    all.len, bytes.len, cut, told);
	/* Behind it may be read: AddressSanitizer watches. */
	for (size_t i = 0; i < STREAM_PADDING; i++)
		(void)((const volatile char *)all.at)[all.len + i];
	stream_close(s);
	(void)fclose(file);
}

Test(stream, files_of_any_size)
{
	static const size_t sizes[] = {1, 3, 4, 5, 1023, 1024, 3000, 8191, 8193,
	    129021, 129023, 129024, 131071, 131072, 131073, 262145, 400000};
	struct buf b = {0};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		buf_reset(&b);
		while (b.len < sizes[i])
			buf_addc(&b, b.len % 61 == 60 ? '\n' : 'x');
		for (int told = 0; told < 2; told++) {
			expect_file(buf_span(&b), b.len, told);
			expect_file(buf_span(&b), b.len / 2, told);
			expect_file(buf_span(&b), b.len - 1, told);
		}
	}
	buf_free(&b);
}
