#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/output.h"

/* Each test runs in a process and an empty folder of its own. */
static void
enter_folder(void)
{
	char name[] = "/tmp/ofuku-output-XXXXXX";

	cr_assert(mkdtemp(name) != NULL);
	cr_assert_eq(chdir(name), 0);
}

static void
leave_folder(void)
{
	char name[4096];

	cr_assert(getcwd(name, sizeof(name)) != NULL);
	for (size_t i = 0; i < 2; i++) {
		static const char *const names[] = {"out", "link"};

		unlink(names[i]);
	}
	cr_expect_eq(rmdir(name), 0, "something was left behind");
}

/* cppcheck-suppress unknownMacro */
TestSuite(output, .init = enter_folder, .fini = leave_folder);

static size_t
entries(void)
{
	DIR *d = opendir(".");
	size_t n = 0;

	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2;
}

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	fputs(text, f);
	fclose(f);
}

static void
expect_file(const char *path, const char *want)
{
	char got[200] = "";
	FILE *f = fopen(path, "r");

	cr_assert(f != NULL);
	got[fread(got, 1, sizeof(got) - 1, f)] = '\0';
	fclose(f);
	cr_expect_str_eq(got, want);
}

static struct output *
opened(const char *path)
{
	struct output *o;
	struct err err;

	cr_assert_eq(output_open(&o, path, &err), 0, "%s", err.text);
	return o;
}

static void
write_all(struct output *o, const char *text)
{
	struct err err;

	cr_assert_eq(output_write(o, span_of(text), &err), 0);
}

static void
commit(struct output *o)
{
	struct err err;

	cr_assert_eq(output_commit(o, &err), 0, "%s", err.text);
}

Test(output, appears_only_when_committed)
{
	struct output *o = opened("out");

	write_all(o, "one\n");
	write_all(o, "two\n");
	cr_expect(access("out", F_OK) == -1);
	commit(o);
	expect_file("out", "one\ntwo\n");
	cr_expect_eq(entries(), 1);
}

Test(output, abandoned_leaves_the_old_file)
{
	struct output *o;

	write_file("out", "old");
	o = opened("out");
	write_all(o, "new");
	output_abandon(o);
	expect_file("out", "old");
	cr_expect_eq(entries(), 1);
	output_abandon(NULL);
}

Test(output, mode_comes_from_the_umask)
{
	struct stat st;

	umask(027);
	commit(opened("out"));
	cr_assert_eq(stat("out", &st), 0);
	cr_expect_eq((int)(st.st_mode & 0777), 0640);
}

Test(output, mode_of_what_is_replaced_stays)
{
	struct stat st;

	write_file("out", "old");
	cr_assert_eq(chmod("out", 0640), 0);
	umask(022);
	commit(opened("out"));
	cr_assert_eq(stat("out", &st), 0);
	cr_expect_eq((int)(st.st_mode & 0777), 0640);
}

Test(output, link_stays_and_its_target_is_replaced)
{
	struct output *o;
	struct stat st;

	write_file("out", "old");
	cr_assert_eq(symlink("out", "link"), 0);
	o = opened("link");
	write_all(o, "new");
	expect_file("out", "old");
	commit(o);
	expect_file("out", "new");
	cr_assert_eq(lstat("link", &st), 0);
	cr_expect(S_ISLNK(st.st_mode));
}

Test(output, dangling_link_makes_its_target)
{
	struct output *o;

	cr_assert_eq(symlink("out", "link"), 0);
	o = opened("link");
	write_all(o, "new");
	commit(o);
	expect_file("out", "new");
}

Test(output, fifo_is_written_in_place)
{
	struct output *o;
	char got[10] = "";
	struct stat st;
	int fd;

	cr_assert_eq(mkfifo("out", 0600), 0);
	fd = open("out", O_RDONLY | O_NONBLOCK);
	o = opened("out");
	write_all(o, "row\n");
	cr_expect_eq((int)read(fd, got, sizeof(got)), 4);
	cr_expect_str_eq(got, "row\n");
	commit(o);
	close(fd);
	cr_assert_eq(lstat("out", &st), 0);
	cr_expect(S_ISFIFO(st.st_mode));
}

/* A name for standard output neither replaces nor truncates its file. */
Test(output, dev_stdout_is_standard_output)
{
	int saved = dup(STDOUT_FILENO), fd;
	struct output *o;

	fd = open("out", O_WRONLY | O_CREAT, 0600);
	dup2(fd, STDOUT_FILENO);
	cr_assert(write(STDOUT_FILENO, "head\n", 5) == 5);
	o = opened("/dev/stdout");
	write_all(o, "row\n");
	commit(o);
	cr_assert(write(STDOUT_FILENO, "tail\n", 5) == 5);
	dup2(saved, STDOUT_FILENO);
	close(fd);
	expect_file("out", "head\nrow\ntail\n");
}

Test(output, much_more_than_a_chunk_arrives)
{
	struct output *o = opened("out");
	struct stat st;

	for (size_t i = 0; i < 100000; i++)
		write_all(o, "行\n");
	commit(o);
	cr_assert_eq(stat("out", &st), 0);
	cr_expect_eq((int)st.st_size, 400000);
}

Test(output, longest_name_can_be_written)
{
	char name[256];

	memset(name, 'n', 255);
	name[255] = '\0';
	commit(opened(name));
	cr_expect_eq(unlink(name), 0);
}

static void
open_fails(const char *path, const char *want)
{
	struct output *o;
	struct err err;

	cr_expect_eq(output_open(&o, path, &err), -1);
	cr_expect_str_eq(err.text, want);
	cr_expect(o == NULL);
}

Test(output, says_why_it_cannot_open)
{
	open_fails("none/out",
	    "none/out: cannot create a file in its folder: "
	    "No such file or directory");
	open_fails(".", ".: is a directory: name a file in it");
	open_fails("out/",
	    "out/: cannot create a file in its folder: "
	    "No such file or directory");
}

Test(output, full_disk_is_an_error)
{
	struct output *o = opened("/dev/full");
	struct err err;

	cr_expect_eq(output_write(o, SPAN("row\n"), &err), -1);
	cr_expect_str_eq(
	    err.text, "/dev/full: cannot write: No space left on device");
	output_abandon(o);
}

Test(output, folder_is_made_or_there)
{
	struct err err;

	cr_expect_eq(output_folder("link", &err), 0);
	cr_expect_eq(output_folder("link", &err), 0);
	cr_expect_eq(rmdir("link"), 0);
	write_file("out", "");
	cr_expect_eq(output_folder("out", &err), -1);
	cr_expect_str_eq(
	    err.text, "out: cannot make this folder: Not a directory");
	cr_expect_eq(output_folder("none/deep", &err), -1);
	cr_expect_str_eq(err.text,
	    "none/deep: cannot make this folder: "
	    "No such file or directory");
}

Test(output, encoded_to_the_last_byte)
{
	struct unencoded lost = {0};
	const struct output_encoding how = {
	    .name = "ISO-2022-JP", .lost = &lost};
	struct output *o;
	struct err err;

	cr_assert_eq(output_open_encoded(&o, "out", &how, &err), 0);
	write_all(o, "é");
	write_all(o, "字");
	commit(o);
	expect_file("out", "\x1b$B\".;z\x1b(B");
	cr_expect_eq(lost.n, 1);
	unencoded_free(&lost);
}

Test(output, unknown_encoding_makes_no_file)
{
	const struct output_encoding how = {.name = "CP-nix"};
	struct output *o;
	struct err err;

	cr_expect_eq(output_open_encoded(&o, "out", &how, &err), -1);
	cr_expect_not_null(strstr(err.text, "--output-encoding"));
	cr_expect_eq(entries(), 0);
}

Test(output, has_no_name_or_a_locked_one_until_it_is_done)
{
	struct output *o;
	struct err err;

	cr_assert_eq(output_open(&o, "out", &err), 0);
	write_all(o, "text");
	cr_expect_leq(entries(), 1);
	cr_expect_neq(access("out", F_OK), 0);
	commit(o);
	expect_file("out", "text");
}

Test(output, what_a_killed_run_left_goes)
{
	struct output *o, *other;
	struct err err;

	write_file(".ofuku-1-0.tmp", "half a repo");
	write_file(".ofuku-1-0.tmpl", "not ours");
	cr_assert_eq(output_open(&o, "out", &err), 0);
	cr_expect_neq(access(".ofuku-1-0.tmp", F_OK), 0);
	/* One that is being written stays. */
	cr_assert_eq(output_open(&other, "link", &err), 0);
	write_all(o, "text");
	commit(o);
	commit(other);
	expect_file("out", "text");
	cr_expect_eq(access(".ofuku-1-0.tmpl", F_OK), 0);
	unlink(".ofuku-1-0.tmpl");
}
