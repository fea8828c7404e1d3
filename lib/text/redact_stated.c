/*
 * Names where nobody is called 様 and nobody says と申します: what one is asked
 * for (名前は…), who works there (担当の…が), who is at the telephone (…です).
 */
#include <string.h>

#include "text/redact_reading.h"

/* In glyphs: a given name in kanji, and in kana. */
enum { KANJI_MAX = 3, KANA_MAX = 6 };

/* A name that begins with a surname that is known; full: with a given one. */
struct stated {
	size_t start, end; /* glyphs */
	bool full;
	bool person; /* in kanji, two or more, no place's: see is_person */
};

/* What may stand behind a name that is all that is said. */
static const char *const ends[] = {"デス", "デゴザイマス", "デ、", "デ ",
    "デオ願イ", "デ登録", "デ大丈夫", "デ契約", "デ予約", "ト", "ニナリマス",
    "ニナッテ", "ダ", "サン", "サマ", "様", "ノ名前", "ノ名義", "、", "。", ")",
    "」", "』", "\"", "\n", "/", ",", "(", " ", NULL};

static bool
ends_there(const struct redact_reading *r, size_t i)
{
	return i >= r->n || redact_any(r, i, ends) > 0;
}

/* 山田部長, 佐藤さん: what is behind the name is of no name. */
static const char *const ranks[] = {"部長", "課長", "係長", "次長", "社長",
    "店長", "主任", "所長", "専務", "常務", "先生", "教授", "弁護士",
    "マネージャー", "リーダー", NULL};

static size_t
while_kanji(const struct redact_reading *r, size_t i)
{
	while (is_kanji(redact_glyph(r, i)))
		i++;
	return i;
}

/* Where a given name in kana ends that begins at i; parted: a blank stands
 * before it, so that katakana need not be known. */
static size_t
given_kana_end(const struct redact_reading *r, size_t i, bool parted)
{
	size_t end = i;

	while (is_katakana(redact_glyph(r, end)))
		end++;
	if (parted && end - i > 1 && end - i <= KANA_MAX)
		return end;
	for (size_t n = KANA_MAX; n > 1; n--)
		if (redact_is_given(r, i, i + n))
			return i + n;
	return i;
}

static size_t
given_end(const struct redact_reading *r, size_t i, bool parted)
{
	size_t end = while_kanji(r, i);

	if (end == i)
		return given_kana_end(r, i, parted);
	if (end - i > KANJI_MAX || redact_any(r, i, ranks) > 0 ||
	    redact_has_thing(r, i, end) || redact_is_nobody(r, i, end))
		return i;
	return end;
}

size_t
redact_name_end(const struct redact_reading *r, size_t i, bool *full)
{
	size_t n = redact_surname(r, i), behind, given;
	bool parted;

	if (n == 0)
		n = redact_surname_read(r, i);
	if (n == 0)
		return i;
	parted = redact_glyph(r, i + n) == ' ' ||
	    redact_glyph(r, i + n) == 0x30fb /* ・ */;
	behind = i + n + parted;
	given = given_end(r, behind, parted);
	*full = given > behind;
	return *full ? given : i + n;
}

/* What a name follows that somebody asked for. */
static const char *const labels[] = {"名前ハ", "氏名ハ", "名前ガ", "氏名ガ",
    "名前:", "氏名:", "名前)", "氏名)", NULL};
/* The same, but a place may follow them. */
static const char *const place_labels[] = {"名義ハ", "名義ガ", "名義人ハ",
    "契約者ハ", "契約者様ハ", "受取人ハ", "受ケ取リ人ハ", "宛名ハ",
    "名義:", "宛名:", "名義)", "宛名)", "担当者:", "担当:", NULL};
/* The same where the name is whole, as other things follow them, too. */
static const char *const loose_labels[] = {"フルネームデ", "フルネームハ",
    "カタカナデ", "口座名義", "契約者名", "オ届ケ先", "名義", "氏名", "名前",
    "宛名", "契約者", NULL};

static const char *const surname_labels[] = {
    "名字ハ", "苗字ハ", "名字ガ", "苗字ガ", "姓ガ", "姓ハ", NULL};

bool
redact_is_of_thing(const struct redact_reading *r, size_t i)
{
	static const char *const people[] = {"私", "僕", "父", "母", "夫", "妻",
	    "息子", "娘", "主人", "家内", "者", "先", "本人", "様", "方", "人",
	    "サン", NULL};

	i -= redact_before(r, i, "オ");
	i -= redact_before(r, i, "ゴ");
	return redact_before(r, i, "ノ") > 0 &&
	    redact_any_before(r, i - 1, people) == 0;
}

/* Back past what one says before the name: 父の, えーと, 「. */
static size_t
skip_lead(const struct redact_reading *r, size_t i)
{
	static const char *const between[] = {"エーット", "エット", "エート",
	    "エー", "父ノ", "母ノ", "夫ノ", "妻ノ", "息子ノ", "娘ノ", "主人ノ",
	    "ハイ", "「", "『", "、", " ", "\"", NULL};
	size_t n;

	while ((n = redact_any_before(r, i, between)) > 0)
		i -= n;
	return i;
}

/* 苗字が森、名前が健二です: the given name behind the surname's end. */
static void
add_given_said(struct redact_reading *r, size_t i)
{
	static const char *const between[] = {
	    "デスネ", "デス", "デ", "、", "。", " ", "下ノ", "シタノ", NULL};
	static const char *const given[] = {
	    "名前ハ", "名前ガ", "名ハ", "名ガ", NULL};
	size_t n, end;

	while ((n = redact_any(r, i, between)) > 0)
		i += n;
	n = redact_any(r, i, given);
	end = given_end(r, i + n, true);
	if (n > 0 && end > i + n && ends_there(r, end))
		redact_add(r, i + n, end, REDACT_NAME);
}

static void
behind_surname_label(struct redact_reading *r, size_t i)
{
	size_t n = redact_surname(r, i);

	if (n == 0)
		n = redact_surname_read(r, i);
	if (!ends_there(r, i + n) ||
	    redact_any_before(r, skip_lead(r, i), surname_labels) == 0)
		return;
	redact_add(r, i, i + n, REDACT_NAME);
	add_given_said(r, i + n);
}

/* 担当上田, and no more. */
static void
behind_agent(struct redact_reading *r, const struct stated *x)
{
	static const char *const agents[] = {
	    "担当者", "担当", "オペレーター", "オペレータ", NULL};
	size_t i = x->start - redact_before(r, x->start, " ");

	if (x->end == r->n && x->end - x->start > 1 &&
	    redact_any_before(r, i, agents) > 0)
		redact_add(r, x->start, x->end, REDACT_NAME);
}

static void
behind_label(struct redact_reading *r, const struct stated *x)
{
	size_t least = is_kanji(redact_glyph(r, x->start)) ? 2 : 3, i, n;

	if (!ends_there(r, x->end) || (!x->full && x->end - x->start < least))
		return;
	i = skip_lead(r, x->start);
	n = redact_any_before(r, i, labels);
	if (n == 0 && (x->full || !redact_is_place(r, x->start, x->end)))
		n = redact_any_before(r, i, place_labels);
	if (n == 0 && x->full)
		n = redact_any_before(r, i, loose_labels);
	if (n > 0 && !redact_is_of_thing(r, i - n))
		redact_add(r, x->start, x->end, REDACT_NAME);
}

/* A surname of two kanji or more, no place's, alone or with a given name that
 * is parted from it, or in kana: 小松菜 and 三浦半島 are none. */
static bool
is_person(const struct redact_reading *r, const struct stated *x)
{
	size_t n = redact_surname(r, x->start);

	return n > 1 && !redact_is_place(r, x->start, x->start + n) &&
	    !is_kanji(redact_glyph(r, x->start + n));
}

/* 担当の西川が, 上司の杉本に. */
static void
behind_work(struct redact_reading *r, const struct stated *x)
{
	static const char *const works[] = {"担当ノ", "担当者ノ", "責任者ノ",
	    "上司ノ", "店長ノ", "部長ノ", "課長ノ", "係長ノ", "主任ノ",
	    "社長ノ", "オペレーターノ", "オペレータノ", "弁護士ノ",
	    "スーパーバイザーノ", "コンシェルジュノ", "マネージャーノ",
	    "担当者ハ", "担当ハ", NULL};
	static const char *const particles[] = {"ガ", "ニ", "カラ", "ヲ", "ハ",
	    "ト", "ヘ", "デス", "デゴザイマス", "サン", "モ", "、", NULL};

	static const char *const persons[] = {
	    "ニ代ワ", "ニ替ワ", "ガ承", "サン", NULL};
	bool single = redact_surname(r, x->start) == x->end - x->start &&
	    redact_any(r, x->end, persons) > 0;

	if (((x->person && redact_any(r, x->end, particles) > 0) || single) &&
	    redact_any_before(r, x->start, works) > 0)
		redact_add(r, x->start, x->end, REDACT_NAME);
}

/* 302号室の田中です, 会員番号123456の吉田です. */
static bool
behind_number(const struct redact_reading *r, size_t i)
{
	static const char *const units[] = {
	    "号室", "丁目", "番地", "号", "番", NULL};
	size_t of = i - redact_before(r, i, "ノ");
	size_t n = of - redact_any_before(r, of, units);

	return of < i && n > 0 && is_digit(redact_glyph(r, n - 1));
}

/* May what begins at i be all that is said before that? */
static bool
begins_clause(const struct redact_reading *r, size_t i)
{
	static const char *const openings[] = {"ハイ、", "ハイ", "モシモシ、",
	    "モシモシ", "アノ、", "アノー、", "アノー", "エット、",
	    "エーット、", "エート、", "エー、", "ア、", "。", "?", "!", "\n",
	    "サッキノ", "先ホドノ", "先程ノ", "電話シタ", "電話シマシタ",
	    "電話イタシマシタ", "予約シタ", "予約シテイル", "予約シテル",
	    "注文シタ", "契約シタ", "契約シテイル", "契約シテル",
	    "代ワリマシタ、", "替ワリマシタ、", "変ワリマシタ、",
	    "オ待タセシマシタ、", "オ待タセイタシマシタ、",
	    "オ世話ニナッテオリマス、", "オ世話ニナリマス、", "スミマセン、",
	    "オ世話ニナッタ", "サセテイタダキマス", "私", "ワタクシ、", NULL};

	while (i > 0 && redact_glyph(r, i - 1) == ' ')
		i--;
	return i == 0 || redact_any_before(r, i, openings) > 0 ||
	    behind_number(r, i);
}

/* です or でございます ends the clause: no question, no reason. */
static bool
is_told(const struct redact_reading *r, size_t i)
{
	static const char *const is[] = {
	    "デゴザイマス", "デス", "ダケド", "ダケレド", NULL};
	static const char *const on[] = {"カ", "シ", "ヨ", "ッテ", NULL};
	size_t n = redact_any(r, i, is);

	return n > 0 && redact_any(r, i + n, on) == 0;
}

/* もしもし、田中です, はい、なかむらです. */
static void
at_telephone(struct redact_reading *r, const struct stated *x)
{
	enum { READ_MIN = 4 };
	bool kana = !is_kanji(redact_glyph(r, x->start)) &&
	    redact_surname_read(r, x->start) >= READ_MIN &&
	    (x->full || !redact_is_place(r, x->start, x->end));

	if ((x->person || kana) && is_told(r, x->end) &&
	    !redact_is_firm(r, x->start, x->end) &&
	    !redact_is_town(r, x->start, x->end) && begins_clause(r, x->start))
		redact_add(r, x->start, x->end, REDACT_NAME);
}

/* 藤本が承ります, 山崎と名乗る人, 小林の妻です. */
static void
before_doing(struct redact_reading *r, const struct stated *x)
{
	static const char *const deeds[] = {"ガ承", "ガウケタマワ", "ガ伺",
	    "ガ担当", "ガ対応", "ガゴ案内", "ガゴ対応", "ガオ調ベ", "ガオ受ケ",
	    "カラオ電話", "カラ折リ返", "カラゴ連絡", "ト名乗", "トナノ",
	    "ノホウカラ折", "ノホウカラオ電話", "ノホウカラゴ連絡",
	    "ノ方カラ折", "ノ方カラオ電話", "ノ方カラゴ連絡", "ノ妻デス",
	    "ノ夫デス", "ノ母デス", "ノ父デス", "ノ娘デス", "ノ息子デス",
	    "ノ家内デス", NULL};

	if (x->person && redact_any(r, x->end, deeds) > 0 &&
	    !redact_is_firm(r, x->start, x->end))
		redact_add(r, x->start, x->end, REDACT_NAME);
}

/* 谷口部長, 岡田さんに代わって: no shop, and no maker. */
static void
before_rank(struct redact_reading *r, size_t i)
{
	/* Said of people alone. */
	static const char *const of_people[] = {"サンイラッシャ",
	    "サンハイラッシャ", "サンオラレ", "サンハオラレ", "サンハイマスカ",
	    "サンイマスカ", "サンニ代ワ", "サンニ替ワ", "サントイウ方",
	    "サントイウ人", "サンッテ方", "サンッテ人", "サンテ方", "サンテ人",
	    "サンッテイウ", "サンテイウ", "サントイウ担当", "サントイウオペ",
	    "サンヲオ願イ", "サンヲ呼", "サンヲ出シ", "サントオッシャ",
	    "サンニ対応", "サンガ対応", "サンガ電話", "サンカラ電話",
	    "サンカラオ電話", "サンニ言ワレ", "サント話", "サントオ話",
	    "サンニ伝エ", "サンニオ伝エ", NULL};
	size_t n = redact_surname(r, i), end = i + n;

	if (n > 1 &&
	    (redact_any(r, end, ranks) > 0 ||
		redact_any(r, end, of_people) > 0) &&
	    !redact_is_place(r, i, end) && !redact_is_firm(r, i, end))
		redact_add(r, i, end, REDACT_NAME);
}

/* 渡辺 直樹, and no more. */
static void
alone(struct redact_reading *r)
{
	bool full = false;
	size_t n = redact_surname(r, 0), end;

	if (n < 2 || redact_glyph(r, n) != ' ' || redact_is_place(r, 0, n))
		return;
	end = redact_name_end(r, 0, &full);
	if (full && (end == r->n || redact_glyph(r, end) == 0x3002 /* 。 */) &&
	    end + 1 >= r->n)
		redact_add(r, 0, end, REDACT_NAME);
}

/* Is i where a word of kanji begins, behind kana or a mark, or behind what
 * leads to a name? */
static bool
may_begin(const struct redact_reading *r, size_t i)
{
	static const char *const leads[] = {"私", "昨日", "今日", "先日",
	    "センター", "サポート", "オペレーター", "担当", "窓口", "受付",
	    "係", NULL};
	uint32_t c = i == 0 ? 0 : redact_glyph(r, i - 1);

	return redact_any_before(r, i, leads) > 0 ||
	    !(is_kanji(c) || is_katakana(c) ||
		(is_hiragana(c) && is_hiragana(redact_glyph(r, i)) &&
		    !begins_clause(r, i)));
}

void
redact_stated(struct redact_reading *r)
{
	alone(r);
	for (size_t i = 0; i < r->n; i++) {
		struct stated x = {.start = i};

		x.end = redact_name_end(r, i, &x.full);
		if (x.end == i)
			continue;
		x.person = is_person(r, &x);
		behind_label(r, &x);
		behind_surname_label(r, i);
		behind_agent(r, &x);
		behind_work(r, &x);
		if (!may_begin(r, i))
			continue;
		at_telephone(r, &x);
		before_doing(r, &x);
		before_rank(r, i);
	}
}

static bool
has_one_of(struct span text, const char *const *words)
{
	for (; *words != NULL; words++)
		if (memmem(text.at, text.len, *words, strlen(*words)) != NULL)
			return true;
	return false;
}

size_t
redact_asked(struct span question, struct span states[REDACT_ASKED])
{
	static const char *const asks[] = {"願", "伺", "教え", "うかが",
	    "いただけ", "頂け", "ください", "下さい", "でしょうか", "よろしい",
	    "ですか", "お名前は", "番号は", NULL};
	static const char *const things[] = {"店のお名前", "店の名前", "店名",
	    "品のお名前", "品の名前", "社のお名前", "社の名前", "設のお名前",
	    "設の名前", "駅の名前", "ルのお名前", "ルの名前", "場所のお名前",
	    "場所の名前", NULL};
	static const struct {
		const char *asked[4];
		struct span states;
	} all[] = {{{"名前", "氏名", "フルネーム"}, SPAN("お名前は、")},
	    {{"名字", "苗字"}, SPAN("苗字は、")},
	    {{"電話", "連絡先"}, SPAN("電話番号は、")},
	    {{"郵便番号"}, SPAN("郵便番号は、")},
	    {{"口座番号"}, SPAN("口座番号は、")}};
	size_t n = 0, i = has_one_of(question, things);

	if (!has_one_of(question, asks))
		return 0;
	for (; i < sizeof(all) / sizeof(*all); i++)
		if (has_one_of(question, all[i].asked))
			states[n++] = all[i].states;
	return n;
}
