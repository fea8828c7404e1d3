/* Names of people: before 様, and before と申します. */
#include "text/redact_reading.h"

/* A kanji run longer than PLAIN_MAX is a name only if a known one begins it;
 * REST_MAX: what a given name has, or a surname in kana. */
enum { NAME_MAX = 14, PLAIN_MAX = 7, REST_MAX = 3, KANA_MAX = 4 };
/* How far back a name is looked for, with what leads to it; and in kana. */
enum { RUN_MAX = 64, KANA_RUN_MAX = 16 };

/* A name as it was found: glyphs, and whether it holds a surname of the
 * table. */
struct name {
	size_t start, end;
	bool known;
};

/* What stands before a name without a particle; the longest come first. */
static const char *const leads[] = {"カスタマーセンター", "カスタマーサポート",
    "サポートセンター", "スーパーバイザー", "コミュニケーター",
    "コールセンター", "コンシェルジュ", "オペレーター", "マネージャー",
    "アドバイザー", "カスタマー", "オペレータ", "マネジャー", "エンジニア",
    "株式会社", "有限会社", "合同会社", "行政書士", "司法書士", "スタッフ",
    "サポート", "センター", "営業担当", "担当営業", "リーダー", "担当者",
    "契約者", "名義人", "先ホド", "弁護士", "責任者", "営業部", "総務部",
    "人事部", "経理部", "法務部", "副店長", "支店長", "管理者", "管理人",
    "販売員", "配達員", "主治医", "看護師", "技術者", "税理士", "会計士",
    "チーフ", "担当", "本人", "本日", "明日", "昨日", "先日", "今回", "今日",
    "只今", "当日", "後日", "翌日", "先程", "店長", "部長", "課長", "係長",
    "社長", "主任", "弊社", "当社", "御社", "当店", "以前", "現在", "氏名",
    "名前", "名義", "窓口", "受付", "営業", "総務", "人事", "経理", "秘書",
    "新規", "上記", "下記", "前任", "後任", "同僚", "上司", "部下", "友人",
    "知人", "長男", "長女", "次男", "次女", "次長", "所長", "院長", "社員",
    "旧姓", "通称", "医師", "技師", "通訳", "代理", "代表", "名代", "息子",
    "主人", "私", "僕", "俺", "故", "夫", "妻", "父", "母", "娘", "係", "組",
    NULL};
/* What is said behind a name as well: 山田部長と申します. */
static const char *const ranks[] = {"代表取締役", "営業部長", "総務部長",
    "人事部長", "経理部長", "副部長", "本部長", "副社長", "副店長", "支店長",
    "部長", "次長", "課長", "係長", "社長", "店長", "主任", "所長", "院長",
    "会長", "局長", "室長", "工場長", "専務", "常務", "先生", "教授", "医師",
    "弁護士", "奥", "ゴ主人", "御主人", "ゴ本人", "御本人", "ゴ両親", "御夫妻",
    "ゴ夫妻", "御夫婦", "ゴ夫婦", "御家族", "ゴ家族", "御一行", "ゴ一行", "氏",
    "サン", "サマ", "クン", "リーダー", "マネージャー", NULL};

/* What a firm's name stands behind, or before. */
static const char *const firms[] = {
    "株式会社", "有限会社", "合同会社", "(株)", "(有)", NULL};

typedef bool (*is_kind)(uint32_t);

static size_t
back_while(const struct redact_reading *r, size_t i, is_kind is)
{
	size_t least = i < RUN_MAX ? 0 : i - RUN_MAX;

	while (i > least && is(redact_glyph(r, i - 1)))
		i--;
	return i;
}

static bool
is_foreign(uint32_t c)
{
	return is_katakana(c) || c == 0x30fb || c == '=';
}

static bool
is_latin(uint32_t c)
{
	return is_letter(c) || c == '.' || c == '\'';
}

/* ノ of 一ノ瀬, ツ of 三ツ矢, ケ of 竜ケ崎: between kanji. */
static bool
joins_kanji(const struct redact_reading *r, size_t i)
{
	uint32_t c = redact_glyph(r, i);

	return (c == 0x30ce || c == 0x30c4 || c == 0x30b1) && i > 0 &&
	    is_kanji(redact_glyph(r, i - 1)) &&
	    is_kanji(redact_glyph(r, i + 1));
}

static size_t
back_kanji(const struct redact_reading *r, size_t end)
{
	size_t i = end, least = end < RUN_MAX ? 0 : end - RUN_MAX;

	while (i > least &&
	    (is_kanji(redact_glyph(r, i - 1)) ||
		(i < end && joins_kanji(r, i - 1))))
		i--;
	return i;
}

/* 一の瀬, 木の下: a surname of the table that goes on to the left. */
static size_t
joined_start(const struct redact_reading *r, size_t start, size_t end)
{
	size_t i = start < 2 ? start : start - 2, n;

	if (i == start || redact_glyph(r, start - 1) != 0x306e /* の */ ||
	    (i > 0 && is_kanji(redact_glyph(r, i - 1))))
		return start;
	n = redact_surname(r, i);
	return n > 2 && i + n <= end ? i : start;
}

/* Past what leads to a name, unless nothing is left of it. A lead of one
 * glyph (妻, 夫) may be of a name, and so may one before a glyph (明日 of
 * 明日香): a known one follows it. */
static size_t
skip_leads(const struct redact_reading *r, size_t start, size_t end)
{
	size_t n;

	while ((n = redact_any(r, start, leads)) > 0 && start + n < end &&
	    (((n > 1 || redact_word(r, start, "私") > 0) &&
		 start + n + 1 < end) ||
		redact_surname(r, start + n) > 0))
		start += n;
	return start;
}

/* Is there an honorific お or ご before it: お得意様, ご家族様? */
static bool
is_honoured(const struct redact_reading *r, size_t start)
{
	return start > 0 &&
	    (redact_before(r, start, "オ") > 0 ||
		redact_before(r, start, "ゴ") > 0 ||
		redact_before(r, start, "御") > 0);
}

/* What may stand before a name in kana, so that it is one. */
static bool
is_edge(const struct redact_reading *r, size_t i)
{
	uint32_t c = i == 0 ? 0 : redact_glyph(r, i - 1);

	return !is_hiragana(c) && !is_kanji(c) && !is_katakana(c);
}

/* Ends the kanji run there with a lead, such as 担当 of 担当さくら? */
static bool
behind_lead(const struct redact_reading *r, size_t i)
{
	size_t n = redact_any_before(r, i, leads);

	return n > 1 && n >= i - back_kanji(r, i);
}

/* Kanji that are a surname of the table and at most a given name. */
static bool
is_known(const struct redact_reading *r, size_t start, size_t end)
{
	size_t n = redact_surname(r, start);

	return n > 0 && start + n <= end && end - start - n <= REST_MAX &&
	    (n > 1 || start + n == end) &&
	    !redact_has_thing(r, start + n, end) &&
	    ((n > 1 && start + n == end) || !redact_is_nobody(r, start, end));
}

/* 支店佐藤, 部田中: where a known name begins behind a place of work. */
static size_t
behind_place(const struct redact_reading *r, size_t start, size_t end)
{
	static const char *const places[] = {"店", "部", "課", "係", "室", "局",
	    "所", "院", "社", "員", "者", "長", "士", NULL};

	for (size_t i = start + 1; i < end; i++)
		if (redact_any_before(r, i, places) > 0 && is_known(r, i, end))
			return i;
	return start;
}

static bool
is_surname(const struct redact_reading *r, size_t start, size_t end)
{
	return end > start && redact_surname(r, start) == end - start;
}

static bool
is_plain(const struct redact_reading *r, size_t start, size_t end)
{
	return end - start <= PLAIN_MAX && !redact_has_thing(r, start, end) &&
	    !redact_is_nobody(r, start, end) &&
	    !redact_is_whole(r, start, end, leads) && !is_honoured(r, start);
}

/* のり of 山田のり子, ゆ of 山田ゆ美: kana of a given name. */
static bool
is_given_stem(const struct redact_reading *r, size_t start, size_t end)
{
	static const char *const stems[] = {
	    "ノリ", "ハル", "ハナ", "ハツ", "トモ", "トシ", "モト", NULL};
	static const char *const particles[] = {
	    "ノ", "ハ", "ガ", "ヲ", "ニ", "デ", "ト", "モ", "ヘ", NULL};
	static const char *const honours[] = {"オ", "ゴ", "ノ", NULL};

	return redact_is_whole(r, start, end, stems) ||
	    (redact_any(r, start, particles) == 0 &&
		redact_any_before(r, end, honours) == 0);
}

/* Of a given name in kana and one kanji, with its surname: where it begins;
 * end: there is none. */
static size_t
mixed_start(const struct redact_reading *r, size_t end)
{
	static const char *const tails[] = {"子", "美", "恵", "江", "代", "枝",
	    "香", "奈", "世", "乃", "菜", "太", "也", "雄", "男", "夫", "彦",
	    "樹", "介", NULL};
	/* いい子, 元気な子, 使える男 */
	static const char *const talk[] = {
	    "イ", "ナ", "ル", "タ", "ウ", "ン", NULL};
	size_t kana, kanji;

	if (redact_any_before(r, end, tails) == 0)
		return end;
	kana = back_while(r, end - 1, is_hiragana);
	if (kana == end - 1 || end - 1 - kana > REST_MAX ||
	    !is_given_stem(r, kana, end - 1))
		return end;
	kanji = skip_leads(r, back_kanji(r, kana), kana);
	if (is_known(r, kanji, kana))
		return kanji;
	if (redact_any_before(r, end - 1, talk) > 0)
		return end;
	if (is_edge(r, kana) || behind_lead(r, kana))
		return end - kana > 2 ? kana : end;
	return kana - kanji >= 2 && end - kana > 2 && is_plain(r, kanji, kana) ?
	    kanji :
	    end;
}

static bool
find_kanji(const struct redact_reading *r, struct name *x)
{
	size_t start = back_kanji(r, x->end);

	x->start = mixed_start(r, x->end);
	x->known = x->start < x->end;
	if (x->known)
		return true;
	x->start = joined_start(r, start, x->end);
	if (x->start == start)
		x->start = skip_leads(r, start, x->end);
	if (!is_known(r, x->start, x->end))
		x->start = behind_place(r, x->start, x->end);
	x->known = is_known(r, x->start, x->end);
	return x->known || is_plain(r, x->start, x->end);
}

/* "お任せします", "そのような": what the kana of talk end in, and no name of
 * the tables does. */
static bool
ends_talk(const struct redact_reading *r, size_t end)
{
	static const char *const ends[] = {"ル", "タ", "ダ", "イ", "テ", "デ",
	    "ヨ", "ネ", "カ", "ナ", "ノ", "ン", "ク", "ス", "ツ", "ム", "ウ",
	    "ヌ", "ブ", "グ", "ニ", "ヲ", "ガ", "ハ", "モ", "ト", "ッ", "ケド",
	    "カラ", "マセ", "ナラ", "タラ", NULL};

	return redact_any_before(r, end, ends) > 0;
}

/* さとう, さとうはなこ, はなこ. */
static bool
is_known_kana(const struct redact_reading *r, size_t start, size_t end)
{
	static const char *const titles[] = {"サン", "サマ", "クン", NULL};
	size_t n = redact_surname_read(r, start), rest = start + n;

	if (redact_is_given(r, start, end) || (n > 0 && rest == end))
		return true;
	return n >= 3 && rest < end && redact_any(r, rest, titles) == 0 &&
	    (redact_is_given(r, rest, end) ||
		(end - rest >= 2 && end - rest <= KANA_MAX &&
		    !ends_talk(r, end)));
}

/* Kana may begin a name there: at an edge, behind a particle or a lead. */
static bool
may_begin(const struct redact_reading *r, size_t first, size_t i)
{
	static const char *const particles[] = {
	    "ノ", "ハ", "ガ", "ワタクシ", "ワタシ", "コチラ", "カラ", NULL};

	return i == first ? is_edge(r, i) || behind_lead(r, i) :
			    redact_any_before(r, i, particles) > 0;
}

/* Known kana before end; end: there are none. */
static size_t
known_kana(const struct redact_reading *r, size_t first, size_t end)
{
	size_t i = end - first > KANA_RUN_MAX ? end - KANA_RUN_MAX : first;

	for (; i + 2 <= end; i++)
		if (is_known_kana(r, i, end) &&
		    (may_begin(r, first, i) ||
			redact_surname_read(r, i) >= KANA_MAX))
			return i;
	return end;
}

/* Kana that are no word of talk, whole or behind a particle. */
static size_t
plain_kana(const struct redact_reading *r, size_t first, size_t end)
{
	static const char *const particles[] = {"ノ", "ハ", NULL};
	static const char *const honours[] = {"オ", "ゴ", NULL};
	size_t i = first;

	if (!is_edge(r, first) && !behind_lead(r, first))
		i += redact_any(r, first, particles);
	if ((i == first && !is_edge(r, first) && !behind_lead(r, first)) ||
	    i + 2 > end || end - i > KANA_MAX || ends_talk(r, end) ||
	    redact_any(r, i, honours) > 0 || redact_is_nobody(r, i, end))
		return end;
	return i;
}

/* 山田はなこ, 山田タロウ: where kanji that run into a given name in kana
 * begin; start: there are none. */
static size_t
kanji_before(const struct redact_reading *r, size_t start, size_t end)
{
	static const char *const others[] = {"ノ", "ハ", "ガ", "ヲ", "ニ", "デ",
	    "ト", "モ", "ヘ", "カラ", "マデ", "ヨリ", "サン", "サマ", NULL};
	size_t i = skip_leads(r, back_kanji(r, start), start);
	bool given = redact_is_given(r, start, end) ||
	    is_katakana(redact_glyph(r, start));

	if (i == start || (i + 1 == start && redact_surname(r, i) != 1))
		return start;
	if (!given &&
	    (end - start > KANA_MAX || end - start < 2 || ends_talk(r, end) ||
		redact_any(r, start, others) > 0))
		return start;
	return redact_surname(r, i) == start - i ||
		(given && start - i <= REST_MAX && is_plain(r, i, start)) ?
	    i :
	    start;
}

static bool
find_hiragana(const struct redact_reading *r, struct name *x)
{
	size_t first = back_while(r, x->end, is_hiragana);

	x->start = kanji_before(r, first, x->end);
	x->known = x->start < first;
	if (x->known)
		return true;
	x->start = known_kana(r, first, x->end);
	x->known = x->start < x->end;
	if (!x->known)
		x->start = plain_kana(r, first, x->end);
	return x->start < x->end;
}

static bool
find_katakana(const struct redact_reading *r, struct name *x)
{
	size_t start = back_while(r, x->end, is_foreign), behind;

	while (start < x->end && !is_katakana(redact_glyph(r, start)))
		start++;
	behind = skip_leads(r, start, x->end);
	x->known = redact_surname_read(r, behind) == x->end - behind;
	if (x->known)
		start = behind;
	x->start = kanji_before(r, start, x->end);
	return x->known ||
	    (x->end - start > 1 && x->end - start <= NAME_MAX &&
		!redact_is_nobody(r, start, x->end) &&
		!redact_is_whole(r, start, x->end, leads));
}

static bool
find_latin(const struct redact_reading *r, struct name *x)
{
	size_t kanji;

	x->start = back_while(r, x->end, is_latin);
	if (x->start > 1 && redact_glyph(r, x->start - 1) == ' ' &&
	    is_latin(redact_glyph(r, x->start - 2)))
		x->start = back_while(r, x->start - 1, is_latin);
	if (x->end - x->start < 2 || x->end - x->start > 2 * NAME_MAX)
		return false;
	kanji = skip_leads(r, back_kanji(r, x->start), x->start);
	if (is_surname(r, kanji, x->start)) {
		x->start = kanji;
		x->known = true;
	}
	return true;
}

/* The name that ends at x->end, in the script that it ends in. */
static bool
find_script(const struct redact_reading *r, struct name *x)
{
	uint32_t c = x->end == 0 ? 0 : redact_glyph(r, x->end - 1);

	if (is_kanji(c))
		return find_kanji(r, x);
	if (is_hiragana(c))
		return find_hiragana(r, x);
	if (is_katakana(c))
		return find_katakana(r, x);
	return is_letter(c) && find_latin(r, x);
}

/* 山田部長: a known name before a rank. 東支店長 is the branch's. */
static bool
find_ranked(const struct redact_reading *r, struct name *x)
{
	static const char *const compass[] = {"東", "西", "南", "北", NULL};
	struct name y = {.end = x->end - redact_any_before(r, x->end, ranks)};

	if (y.end == x->end || !find_script(r, &y) || !y.known ||
	    redact_is_whole(r, y.start, y.end, compass))
		return false;
	*x = y;
	return true;
}

static bool
is_read(uint32_t c)
{
	return is_hiragana(c) || is_katakana(c) || c == ' ' || c == 0x30fb;
}

/* 山田（やまだ）: the reading is of the name; 山田（部長）: the rank is not. */
static bool
find_bracketed(const struct redact_reading *r, struct name *x)
{
	size_t last = x->end - 1, open = back_while(r, last, is_read);
	struct name y = {0};
	bool rank = open == last;

	if (rank)
		open -= redact_any_before(r, last, ranks);
	if (open == last || open == 0 || redact_glyph(r, open - 1) != '(')
		return false;
	y.end = open - 1;
	if (y.end > 0 && redact_glyph(r, y.end - 1) == ' ')
		y.end--;
	if (!find_script(r, &y) || (rank && !y.known))
		return false;
	x->start = y.start;
	x->known = y.known;
	if (rank)
		x->end = y.end;
	return true;
}

/* What stands before a blank, a dot or a comma is of the name: 山田 太郎,
 * 齋藤・太郎, 田中、太郎, but not of 佐藤、田中 and 東京 田中. */
static bool
goes_on(const struct redact_reading *r, const struct name *x, size_t start,
    size_t end, bool comma)
{
	bool kana = !is_kanji(redact_glyph(r, x->start));
	bool two = is_surname(r, x->start, x->end);

	if (start == end)
		return false;
	if (comma)
		return end - start > 1 && !two &&
		    (is_surname(r, start, end) ||
			(kana && x->known && redact_surname(r, start) > 1 &&
			    is_known(r, start, end)));
	return is_surname(r, start, end) ||
	    (!two && (end - start > 1 || is_edge(r, start)) &&
		end - start <= KANA_MAX && is_plain(r, start, end));
}

/* "やまだ たろう": start of what is read before end; end: none is. */
static size_t
read_before(const struct redact_reading *r, size_t end)
{
	uint32_t c = end == 0 ? 0 : redact_glyph(r, end - 1);
	size_t i = end;

	if (is_hiragana(c))
		i = back_while(r, end, is_hiragana);
	else if (is_katakana(c))
		i = back_while(r, end, is_katakana);
	return i < end && redact_surname_read(r, i) == end - i &&
		(is_edge(r, i) || behind_lead(r, i)) ?
	    i :
	    end;
}

/* 佐藤（さとう）太郎: the surname before its reading. */
static void
take_read_surname(const struct redact_reading *r, struct name *x)
{
	size_t open = back_while(r, x->start - 1, is_read), start;

	if (open == x->start - 1 || open == 0 ||
	    redact_glyph(r, open - 1) != '(')
		return;
	start = skip_leads(r, back_kanji(r, open - 1), open - 1);
	if (start == open - 1 ||
	    !(is_surname(r, start, open - 1) || is_plain(r, start, open - 1)))
		return;
	x->start = start;
	x->known = true;
}

/* サム of サム リー: a foreign name's first part, before a blank. */
static void
take_foreign(const struct redact_reading *r, struct name *x)
{
	const size_t end = x->start < 2 ? 0 : x->start - 1;
	size_t start;

	if (end == 0 || x->known || redact_glyph(r, end) != ' ' ||
	    !is_katakana(redact_glyph(r, x->start)))
		return;
	start = back_while(r, end, is_foreign);
	while (start < end && !is_katakana(redact_glyph(r, start)))
		start++;
	if (end - start > 1 && end - start <= NAME_MAX &&
	    !redact_is_nobody(r, start, end) &&
	    !redact_is_whole(r, start, end, leads))
		x->start = start;
}

static void
take_surname(const struct redact_reading *r, struct name *x)
{
	size_t end = x->start == 0 ? 0 : x->start - 1, start, read;
	uint32_t gap = redact_glyph(r, end);
	bool comma = gap == 0x3001 || gap == ',' || gap == '\n';

	take_foreign(r, x);

	if (end > 0 && gap == ')')
		take_read_surname(r, x);
	if (end == 0 || !(comma || gap == ' ' || gap == 0x30fb || gap == '='))
		return;
	start = skip_leads(r, back_kanji(r, end), end);
	read = read_before(r, end);
	if (goes_on(r, x, start, end, comma)) {
		x->start = start;
		x->known = true;
	} else if (read < end &&
	    (!comma || redact_is_given(r, x->start, x->end))) {
		x->start = read;
		x->known = true;
	}
}

/* The name that ends at i, with its surname. */
static bool
find_name(const struct redact_reading *r, size_t i, struct name *x)
{
	uint32_t c = redact_glyph(r, i - 1);

	*x = (struct name){.end = i};
	if (i > 1 && (c == ' ' || c == 0x300d || c == '"'))
		c = redact_glyph(r, --x->end - 1);
	if (!(c == ')' ? find_bracketed(r, x) :
			 find_ranked(r, x) || find_script(r, x)))
		return false;
	take_surname(r, x);
	return true;
}

/* 様子, 様々, 様式, サマー: no title. */
static void
before_title(struct redact_reading *r, size_t i)
{
	static const char *const on[] = {
	    "子", "々", "式", "相", "態", "変", "似", "ザマ", NULL};
	size_t n = redact_word(r, i, "様");
	bool kana = n == 0;
	struct name x;

	if (kana)
		n = redact_word(r, i, "サマ");
	if (n == 0 || redact_any(r, i + n, on) > 0 ||
	    (kana && is_katakana(redact_glyph(r, i + n))) ||
	    !find_name(r, i, &x) || redact_any_before(r, x.start, firms) > 0)
		return;
	if (x.known || !kana || !is_hiragana(redact_glyph(r, x.end - 1)))
		redact_add(r, x.start, x.end, REDACT_NAME);
}

/* 担当の, 弊社の, わたくし、: a name follows. */
static bool
is_introduced(const struct redact_reading *r, size_t start)
{
	static const char *const words[] = {"担当ノ", "係ノ", "店ノ", "部ノ",
	    "課ノ", "室ノ", "局ノ", "院ノ", "所ノ", "社ノ", "長ノ", "士ノ",
	    "者ノ", "センターノ", "窓口ノ", "サポートノ", "デスクノ", "受付ノ",
	    "私ハ", "ワタクシ", "ワタシ", "ワタクシハ", "ワタシハ", "私、",
	    "ワタクシ、", "私ハ、", "名前ハ", "氏名ハ", "名前ガ", "氏名ガ",
	    NULL};

	return redact_any_before(r, start, words) > 0 ||
	    redact_any_before(r, start, leads) > 0;
}

/* Says と申します who one is? と申しますと, と申しますのは, と申しますか
 * explain, unless the name is known. What a thing is called stands behind は or
 * を, a name mostly behind a pause. */
static bool
says_who(const struct redact_reading *r, size_t i, const struct name *x)
{
	static const char *const explains[] = {"ノ", "ト", "カ", "モ", NULL};
	static const char *const reasons[] = {"ノデ", "モノ", "カラ", NULL};
	static const char *const singles[] = {"李", "朴", "崔", "鄭", "姜",
	    "張", "陳", "黄", "呉", "周", "徐", "孫", "楊", "趙", "劉", "許",
	    "郭", "蔡", "洪", "宋", "韓", "金", "馬", "何", NULL};

	if (x->known)
		return true;
	if (x->end - x->start == 1 &&
	    !redact_is_whole(r, x->start, x->end, singles))
		return false;
	if (redact_any(r, i, explains) > 0 && redact_any(r, i, reasons) == 0)
		return false;
	return !is_kanji(redact_glyph(r, x->end - 1)) ||
	    x->end - x->start == 1 || is_edge(r, x->start) ||
	    is_introduced(r, x->start) ||
	    redact_is_like_surname(r, x->start, x->end);
}

/* 王と申します, 金と申します: of one kanji that words have, too, and alone. */
static bool
is_single(const struct redact_reading *r, size_t i)
{
	static const char *const words[] = {"王", "金", NULL};

	return redact_any_before(r, i, words) > 0 &&
	    (is_edge(r, i - 1) || is_introduced(r, i - 1));
}

/* この商品は「: what follows names a thing, even if people have that name. */
static bool
names_thing(const struct redact_reading *r, size_t start)
{
	static const char *const quotes[] = {"「", "『", "\"", "、", NULL};
	static const char *const things[] = {"商品ハ", "商品名ハ", "製品ハ",
	    "製品名ハ", "品名ハ", "サービスハ", "サービス名ハ", "プランハ",
	    "プラン名ハ", "機種ハ", "機種名ハ", "機能ハ", "ブランドハ",
	    "ブランド名ハ", "アプリハ", "アプリ名ハ", "コースハ", "コース名ハ",
	    "キャンペーンハ", NULL};
	size_t n;

	while ((n = redact_any_before(r, start, quotes)) > 0)
		start -= n;
	return redact_any_before(r, start, things) > 0;
}

/* 佐々木、下の名前は翔太: the surname that was said before. */
static void
add_surname_said(struct redact_reading *r, size_t start)
{
	static const char *const given[] = {
	    "下ノ名前ハ", "シタノ名前ハ", "下ノ名前ガ", NULL};
	static const char *const between[] = {
	    "、", "デス", "デ", "ガ", " ", NULL};
	size_t end = start - redact_any_before(r, start, given), n;

	if (end == start)
		return;
	while ((n = redact_any_before(r, end, between)) > 0)
		end -= n;
	start = skip_leads(r, back_kanji(r, end), end);
	if (is_surname(r, start, end))
		redact_add(r, start, end, REDACT_NAME);
}

/* B社のジョンといいます: in katakana, behind where one works. */
static bool
is_colleague(const struct redact_reading *r, const struct name *x)
{
	static const char *const works[] = {"担当ノ", "部ノ", "課ノ", "社ノ",
	    "支店ノ", "営業所ノ", "センターノ", "私ハ", NULL};
	/* What is theirs is a thing as well. */
	static const char *const firm[] = {
	    "弊社ノ", "当社ノ", "御社ノ", "貴社ノ", "自社ノ", "他社ノ", NULL};

	return x->end - x->start > 1 &&
	    is_katakana(redact_glyph(r, x->start)) &&
	    redact_any_before(r, x->start, works) > 0 &&
	    redact_any_before(r, x->start, firm) == 0;
}

static void
before_saying(struct redact_reading *r, size_t i)
{
	static const char *const says[] = {"ト申シマス", "トモウシマス",
	    "ト申シマシテ", "ト申ス者", "ト申スモノ", "トイウ者", NULL};
	/* Said of anything: the name before them is known. */
	static const char *const calls[] = {"トイイマ", "ト言イマ", "トユイマ",
	    "トイウンデス", "ト言ウンデス", "ト言ウ者", "トイウモノデス",
	    "ット申シマ", "ッテ申シマ", "ッテ言イマ", "ッテイイマ",
	    "ト、申シマ", "ト 申シマ", "ト申シテオリ", "ト申シマシタ", NULL};
	size_t n = redact_any(r, i, says);
	bool pause = redact_glyph(r, i - 1) == 0x3001;
	struct name x;

	if (n > 0 && is_single(r, i)) {
		redact_add(r, i - 1, i, REDACT_NAME);
		return;
	}
	/* これをXと申します is said of a thing. */
	if ((n == 0 && redact_any(r, i, calls) == 0) ||
	    !find_name(r, i - pause, &x) ||
	    redact_before(r, x.start, "ヲ") > 0 || names_thing(r, x.start))
		return;
	if (n == 0 || pause ?
		(x.known && x.end - x.start > 1) || is_colleague(r, &x) :
		says_who(r, i + n, &x)) {
		redact_add(r, x.start, x.end, REDACT_NAME);
		add_surname_said(r, x.start);
	}
}

/* 株式会社青葉の, 青葉株式会社の: of a firm. */
static bool
behind_firm(const struct redact_reading *r, size_t start)
{
	enum { FIRM_MAX = 16 };
	size_t i = start - redact_before(r, start, "ノ");

	for (size_t k = i; i < start && k > 0 && i - k <= FIRM_MAX; k--) {
		uint32_t c = redact_glyph(r, k - 1);

		if (redact_any_before(r, k, firms) > 0)
			return true;
		if (!is_kanji(c) && !is_katakana(c) && !is_letter(c))
			return false;
	}
	return false;
}

/* Kanji that begin with a surname of two or more, but a place's only with a
 * given name: 大阪支店の千葉です. */
static bool
is_person(const struct redact_reading *r, const struct name *x)
{
	/* 今井町, 高野豆腐: more than a surname, and no name. */
	static const char *const ends[] = {"町", "市", "村", "区", "県", "駅",
	    "店", "館", "堂", "屋", "寺", "院", "社", "製", "産", "酒", "油",
	    "家", "豆腐", "線", "口", "園", "所", NULL};
	size_t n = redact_surname(r, x->start);

	return n > 1 && is_known(r, x->start, x->end) &&
	    (x->start + n == x->end ||
		redact_any_before(r, x->end, ends) == 0) &&
	    !redact_is_place(r, x->start, x->end);
}

/* 株式会社青葉の高橋でございます, 父の小林健一です, 担当の山本さん: who it is
 * is said right before a name that is known. */
static void
before_being(struct redact_reading *r, size_t i)
{
	static const char *const is[] = {"デゴザイマス", "デス", NULL};
	static const char *const says[] = {"担当ノ", "担当者ノ",
	    "オペレーターノ", "オペレータノ", "父ノ", "母ノ", "夫ノ", "妻ノ",
	    "息子ノ", "娘ノ", "主人ノ", "私ハ", "センターノ", "窓口ノ",
	    "銀行ノ", "商事ノ", "証券ノ", "保険ノ", "不動産ノ", NULL};
	static const char *const works[] = {
	    "担当ノ", "担当者ノ", "オペレーターノ", "オペレータノ", NULL};
	bool title = redact_word(r, i, "サン") > 0;
	struct name x = {.end = i};

	if ((!title && redact_any(r, i, is) == 0) ||
	    !is_kanji(redact_glyph(r, i - 1)) || !find_kanji(r, &x) ||
	    !is_person(r, &x))
		return;
	if (redact_any_before(r, x.start, title ? works : says) > 0 ||
	    (!title && behind_firm(r, x.start)))
		redact_add(r, x.start, x.end, REDACT_NAME);
}

/* 美咲 of 妻の美咲に代わります: a given name in kanji, where a person alone is
 * spoken of. */
static bool
is_given_told(const struct redact_reading *r, const struct name *x)
{
	static const char *const persons[] = {"ニ代ワ", "ニカワリ", "ニ替ワ",
	    "ノ代理", "ノ代ワリニ", "ノ名前デ", "ノ名義", NULL};

	return redact_any(r, x->end, persons) > 0 &&
	    redact_is_like_given(r, x->start, x->end) &&
	    is_plain(r, x->start, x->end);
}

/* 宇佐美玲奈, 白沢正夫: whole. */
static bool
is_whole_name(const struct redact_reading *r, const struct name *x)
{
	enum { WHOLE_MIN = 4, GIVEN = 2 };

	if (x->end - x->start < WHOLE_MIN)
		return false;
	if (is_person(r, x))
		return redact_is_like_given(r, x->end - GIVEN, x->end);
	return redact_is_like_whole(r, x->start, x->end) &&
	    is_plain(r, x->start, x->end);
}

/* 娘の宇佐美玲奈の契約, 父の田辺健一が: a name, whole; or a given one. */
static void
behind_kin(struct redact_reading *r, size_t i)
{
	static const char *const kin[] = {"父ノ", "母ノ", "夫ノ", "妻ノ",
	    "息子ノ", "娘ノ", "主人ノ", "家内ノ", "兄ノ", "姉ノ", "弟ノ",
	    "妹ノ", "長男ノ", "長女ノ", "次男ノ", "次女ノ", NULL};
	static const char *const particles[] = {
	    "ノ", "ガ", "ハ", "モ", "ニ", "ヲ", "ト", "カラ", "、", NULL};
	struct name x = {.end = i};

	if (redact_any(r, i, particles) == 0)
		return;
	x.start = back_kanji(r, i);
	if (x.start == i || redact_any_before(r, x.start, kin) == 0)
		return;
	if (is_given_told(r, &x) || is_whole_name(r, &x))
		redact_add(r, x.start, x.end, REDACT_NAME);
}

void
redact_names(struct redact_reading *r)
{
	for (size_t i = 1; i < r->n; i++) {
		before_title(r, i);
		before_saying(r, i);
		before_being(r, i);
		behind_kin(r, i);
	}
}
