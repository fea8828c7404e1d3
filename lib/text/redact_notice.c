/* What chat programs say of their users: 田中が鈴木を招待しました. */
#include "text/redact_reading.h"

static const char *const came[] = {"ガ参加シマシタ", "ガグループニ参加シマシタ",
    "ガトークニ参加シマシタ", "ガ退出シマシタ", "ガグループヲ退出シマシタ",
    "ガグループカラ退出シマシタ", "ガトークヲ退出シマシタ", "ガ退会シマシタ",
    "ガグループヲ退会シマシタ", NULL};
/* Of a notice alone. */
static const char *const did[] = {"ガメッセージノ送信ヲ取リ消シマシタ",
    "ガグループ名ヲ", "ガグループノ", "ガアルバム", "ガノートヲ",
    "ガイベントヲ", "ガ背景ヲ", "ガアナウンスヲ", "ガ通話ヲ",
    "ガグループ通話ヲ", "ガビデオ通話ヲ", " joined", " left", " was added",
    NULL};
static const char *const invited[] = {"ヲ招待シマシタ",
    "ヲグループニ招待シマシタ", "ヲ追加シマシタ", "ヲグループニ追加シマシタ",
    "ヲ退会サセマシタ", "ヲグループカラ退会サセマシタ",
    "ヲグループカラ削除シマシタ", " to the group", " from the group", NULL};
static const char *const invites[] = {
    "ガ", " invited ", " added ", " removed ", NULL};

/* 田中, 山本 花子, けんた: a known name, whole. */
static bool
is_known_name(const struct redact_reading *r, size_t start, size_t end)
{
	bool full;

	return end - start > 1 &&
	    (redact_is_given(r, start, end) ||
		redact_name_end(r, start, &full) == end);
}

/* One of those that stand from start to end, parted by commas. */
static void
add_one(struct redact_reading *r, size_t start, size_t end, bool all)
{
	static const char *const titles[] = {"サン", "サマ", "様", "」", NULL};
	/* Named by no name. */
	static const char *const nobodies[] = {"オ客様", "アナタ", "ユーザー",
	    "メンバー", "担当者", "You", "窓口", NULL};

	while (start < end && redact_glyph(r, start) == ' ')
		start++;
	start += start < end && redact_word(r, start, "「") > 0;
	if (redact_is_whole(r, start, end, nobodies))
		return;
	if (end - start > 2)
		end -= redact_any_before(r, end, titles);
	if (start < end && (all || is_known_name(r, start, end)))
		redact_add(r, start, end, REDACT_NAME);
}

static void
add_all(struct redact_reading *r, size_t start, size_t end, bool all)
{
	for (size_t i = start; i <= end && start < end; i++) {
		uint32_t c = i == end ? ',' : redact_glyph(r, i);

		if (c != ',' && c != 0x3001 /* 、 */)
			continue;
		add_one(r, start, i, all);
		start = i + 1;
	}
}

/* Does the notice end at i? */
static bool
ends(const struct redact_reading *r, size_t i)
{
	i += redact_word(r, i, "。");
	i += redact_word(r, i, ".");
	return i >= r->n || redact_glyph(r, i) == '\n';
}

/* 佐藤が鈴木を招待しました: where 鈴木を ends, behind the が at i. */
static size_t
invited_end(const struct redact_reading *r, size_t i)
{
	for (; i < r->n && redact_glyph(r, i) != '\n'; i++) {
		size_t n = redact_any(r, i, invited);

		if (n > 0 && ends(r, i + n))
			return i;
	}
	return 0;
}

/* The notice that begins at start; names are at most NOTICE_MAX from it. */
static void
read_notice(struct redact_reading *r, size_t start, bool all)
{
	enum { NOTICE_MAX = 60 };

	for (size_t i = start; i < r->n && i - start < NOTICE_MAX; i++) {
		uint32_t c = redact_glyph(r, i);
		size_t n, end = 0;

		if (c == '\n')
			break;
		if (c != 0x304c /* が */ && c != ' ')
			continue;
		n = redact_any(r, i, came);
		if ((n > 0 && ends(r, i + n)) ||
		    (all && redact_any(r, i, did) > 0)) {
			add_all(r, start, i, all);
			break;
		}
		n = redact_any(r, i, invites);
		if (n > 0)
			end = invited_end(r, i + n);
		if (end > 0) {
			add_all(r, start, i, all);
			add_all(r, i + n, end, all);
			break;
		}
	}
}

void
redact_notices(struct redact_reading *r, bool all)
{
	size_t start = 0;

	while (start < r->n) {
		read_notice(r, start, all);
		while (start < r->n && redact_glyph(r, start) != '\n')
			start++;
		start++;
	}
}
