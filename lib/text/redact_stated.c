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
	bool guess;  /* a name where people alone are spoken of: see may_name */
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
	/* Of one kanji, and words of their own as well. */
	static const char *const words[] = {"恵", "愛", "幸", "光", "夢", "心",
	    "海", "空", "花", "春", "夏", "秋", "千", "星", NULL};
	size_t end = while_kanji(r, i);

	if (end == i)
		return given_kana_end(r, i, parted);
	if (parted && redact_is_whole(r, i, end, words))
		return end;
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
    "名前:", "氏名:", "名前)", "氏名)", "名前デスカ", "名前デスネ", NULL};
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
	    "サン", "予約", "登録", "契約", "申シ込ミ", "申込", NULL};

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
	    "父デ、", "母デ、", "夫デ、", "妻デ、", "息子デ、", "娘デ、",
	    "主人デ、", "カタカナデ", "カナデ", "漢字デ", "フルネームデ",
	    "確カ", "タブン", "ハイ", "「", "『", "、", " ", "\"", NULL};
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

/* Was a name asked for right before i: お名前いただけますか。はい、? */
static bool
is_asked(const struct redact_reading *r, size_t i)
{
	enum { NEAR = 12 };
	static const char *const marks[] = {"。", "?", " ", "\n", NULL};
	static const char *const asks[] = {"願イシマス", "願イイタシマス",
	    "願イデキマスカ", "クダサイ", "下サイ", "イタダケマスカ",
	    "頂ケマスカ", "イタダケマスデショウカ", "ヨロシイデスカ",
	    "ヨロシイデショウカ", "伺エマスカ", "ウカガエマスカ", NULL};
	static const char *const names[] = {
	    "名前", "氏名", "フルネーム", "名字", "苗字", NULL};
	size_t n, ask;

	while ((n = redact_any_before(r, i, marks)) > 0)
		i -= n;
	ask = redact_any_before(r, i, asks);
	for (size_t k = i - ask; ask > 0 && k > 0 && i - ask - k < NEAR; k--) {
		n = redact_any_before(r, k, names);
		if (n > 0)
			return !redact_is_of_thing(r, k - n);
	}
	return false;
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

/* 鵜飼です, 林でお願いします: where nothing goes on, and nobody asks. */
static bool
is_told_so(const struct redact_reading *r, const struct stated *x)
{
	static const char *const told[] = {"デス", "デゴザイマス", "デ、",
	    "デオ願イ", "ニナリマス", "ニナッテ", "サン", "様", "。", NULL};

	return x->end == r->n ||
	    (x->full && redact_word(r, x->end, "、") > 0) ||
	    (redact_any(r, x->end, told) > 0 &&
		redact_word(r, x->end, "デスカ") == 0);
}

static void
behind_label(struct redact_reading *r, const struct stated *x)
{
	size_t least = is_kanji(redact_glyph(r, x->start)) ? 2 : 3, i, n;
	bool few = !x->full && x->end - x->start < least;

	if (!ends_there(r, x->end) || (few && !x->guess) ||
	    (x->guess && !is_told_so(r, x)))
		return;
	i = skip_lead(r, x->start);
	n = redact_any_before(r, i, labels);
	if (n == 0 && is_asked(r, i)) {
		redact_add(r, x->start, x->end, REDACT_NAME);
		return;
	}
	if (n == 0 && !few &&
	    (x->full || !redact_is_place(r, x->start, x->end)))
		n = redact_any_before(r, i, place_labels);
	if (n == 0 && x->full)
		n = redact_any_before(r, i, loose_labels);
	if (n > 0 && !redact_is_of_thing(r, i - n))
		redact_add(r, x->start, x->end, REDACT_NAME);
}

/* A surname of two kanji or more, no place's, alone or with a given name that
 * is parted from it, in kana, or looks like one: 小松菜 and 三浦半島 are none. */
static bool
is_person(const struct redact_reading *r, const struct stated *x)
{
	size_t n = redact_surname(r, x->start), given = x->start + n;

	return n > 1 && !redact_is_place(r, x->start, given) &&
	    (!is_kanji(redact_glyph(r, given)) ||
		(x->full && redact_is_like_given(r, given, x->end)));
}

/* What one says that one does oneself, and so does no noun that only looks
 * like a name: が承ります, が担当いたします. */
static bool
is_doing(const struct redact_reading *r, size_t i)
{
	static const char *const deeds[] = {"ガ承", "ガウケタマワ", "ガ伺イ",
	    "ガ担当イタ", "ガ担当サセ", "ガ担当シマ", "ガ対応イタ",
	    "ガ対応サセ", "ガ対応シマ", "ガゴ案内イ", "ガゴ対応イ",
	    "ガオ調ベイ", "ガオ受ケイ", "ト名乗", NULL};

	return redact_any(r, i, deeds) > 0;
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
	static const char *const doers[] = {"ガ", "カラ", "ニ", "サン", NULL};
	bool single = (x->guess ||
			  redact_surname(r, x->start) == x->end - x->start) &&
	    redact_any(r, x->end, doers) > 0;

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

/* Past marks that end what was said before i, back. */
static size_t
skip_pauses(const struct redact_reading *r, size_t i)
{
	static const char *const pauses[] = {"、", "。", "!", " ", NULL};
	size_t n;

	while ((n = redact_any_before(r, i, pauses)) > 0)
		i -= n;
	return i;
}

/* Behind what one says right before one says who one is, or who it was. */
static bool
is_announced(const struct redact_reading *r, size_t i)
{
	static const char *const words[] = {"モシモシ", "代ワリマシタ",
	    "替ワリマシタ", "変ワリマシタ", "世話ニナッテオリマス",
	    "世話ニナッテマス", "世話ニナリマス", "ハジメマシテ", "初メマシテ",
	    "ワタクシ", "担当イタシマス", "サセテイタダキマス",
	    "イタシマスノハ", "イタダキマスノハ", "電話シタノハ",
	    "予約シタノハ", "契約シタノハ", "対応シタノハ", "担当シタノハ",
	    "クレタノハ", "クダサッタノハ", "出タノハ", "ドウモ", "電話シタ",
	    "予約シタ", "予約シテイル", "予約シテル", NULL};

	return redact_any_before(r, skip_pauses(r, i), words) > 0;
}

static bool
is_greeted(const struct redact_reading *r, size_t i)
{
	static const char *const greetings[] = {"コンニチハ", "コンバンハ",
	    "オハヨウゴザイマス", "失礼シマス", "失礼イタシマス",
	    "オ電話アリガトウゴザイマス", "疲レ様デス", "疲レサマデス",
	    "世話様デス", "世話サマデス", "ゴ無沙汰シテオリマス",
	    "ゴブサタシテオリマス", "御無沙汰シテオリマス", NULL};

	return redact_any_before(r, skip_pauses(r, i), greetings) > 0;
}

/* サポートの, 営業部の, アオイ電器の: of where one works. */
static bool
behind_office(const struct redact_reading *r, size_t i)
{
	static const char *const offices[] = {"サポートノ", "センターノ",
	    "窓口ノ", "デスクノ", "受付ノ", "案内ノ", "担当ノ", "担当者ノ",
	    "責任者ノ", "オペレーターノ", "フロントノ", "店長ノ", "部長ノ",
	    "課長ノ", "係長ノ", "所長ノ", "主任ノ", "マネージャーノ",
	    "リーダーノ", "スーパーバイザーノ", "センター", "サポート",
	    "デスク", "営業部ノ", "総務部ノ", "人事部ノ", "経理部ノ",
	    "管理部ノ", "業務部ノ", "支店ノ", "営業所ノ", "課ノ", "係ノ",
	    "室ノ", "商事ノ", "商会ノ", "商店ノ", "物産ノ", "電器ノ", "電機ノ",
	    "工業ノ", "建設ノ", "産業ノ", "不動産ノ", "工務店ノ", "製作所ノ",
	    "運輸ノ", "銀行ノ", "証券ノ", "保険ノ", "生命ノ", "事務所ノ",
	    "病院ノ", "クリニックノ", NULL};

	return redact_any_before(r, i, offices) > 0;
}

/* May what begins at i be all that is said before that? */
static bool
begins_clause(const struct redact_reading *r, size_t i)
{
	static const char *const openings[] = {"ハイ、", "ハイ", "アノ、",
	    "アノー、", "アノー", "エット、", "エーット、", "エート、",
	    "エー、", "ア、", "。", "?", "!", "\n", "サッキノ", "先ホドノ",
	    "先程ノ", "電話シタ", "電話シマシタ", "電話イタシマシタ",
	    "予約シタ", "予約シテイル", "予約シテル", "注文シタ", "契約シタ",
	    "契約シテイル", "契約シテル", "オ待タセシマシタ、",
	    "オ待タセイタシマシタ、", "スミマセン、", "オ世話ニナッタ", "私",
	    NULL};

	while (i > 0 && redact_glyph(r, i - 1) == ' ')
		i--;
	return i == 0 || redact_any_before(r, i, openings) > 0 ||
	    is_announced(r, i) || is_greeted(r, i) || behind_number(r, i);
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

/* 森 花子です: in kanji, with a blank, and behind a mark. */
static bool
is_parted(const struct redact_reading *r, const struct stated *x)
{
	static const char *const edges[] = {"、", "。", "?", "!", " ", NULL};
	size_t n = redact_surname(r, x->start);

	return x->full && n > 0 && redact_glyph(r, x->start + n) == ' ' &&
	    is_kanji(redact_glyph(r, x->start + n + 1)) &&
	    redact_any_before(r, x->start, edges) > 0;
}

/* サポートの蓮見でございます, もしもし、鵜飼です. */
static bool
is_said_of_oneself(const struct redact_reading *r, const struct stated *x)
{
	bool humble = x->start == 0 && x->end > 1 &&
	    redact_word(r, x->end, "デゴザイマスガ") > 0;

	return (humble || behind_office(r, x->start) ||
		   is_announced(r, x->start)) &&
	    redact_word(r, x->end, "デスネ") == 0 &&
	    redact_word(r, x->end, "デゴザイマスネ") == 0;
}

/* もしもし、田中です, はい、なかむらです. */
static void
at_telephone(struct redact_reading *r, const struct stated *x)
{
	enum { READ_MIN = 4 };
	bool kana = !is_kanji(redact_glyph(r, x->start)) &&
	    redact_surname_read(r, x->start) >= READ_MIN &&
	    (x->full || !redact_is_place(r, x->start, x->end));

	if (!is_told(r, x->end) || redact_is_firm(r, x->start, x->end) ||
	    redact_is_town(r, x->start, x->end))
		return;
	if (((x->person || kana) && begins_clause(r, x->start)) ||
	    (x->person && behind_office(r, x->start)) ||
	    (x->guess && is_said_of_oneself(r, x)) || is_parted(r, x))
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

	if (((x->person && redact_any(r, x->end, deeds) > 0) ||
		(x->guess && is_doing(r, x->end))) &&
	    !redact_is_firm(r, x->start, x->end))
		redact_add(r, x->start, x->end, REDACT_NAME);
}

/* 岡田さんに代わって, 岡田さん、いますか: said of people alone. */
static bool
is_of_people(const struct redact_reading *r, size_t i)
{
	static const char *const words[] = {"イラッシャ", "ハイラッシャ",
	    "オラレ", "ハオラレ", "ハイマスカ", "イマスカ", "ニ代ワ", "ニ替ワ",
	    "ニカワッ", "ニ繋", "ニツナ", "トイウ方", "トイウ人", "ッテ方",
	    "ッテ人", "テ方", "テ人", "ッテイウ", "テイウ", "トイウ担当",
	    "トイウオペ", "ヲオ願イ", "オ願イ", "ヲ呼", "ヲ出シ", "トオッシャ",
	    "ニ対応", "ニオ礼", "ガ対応", "ガ電話", "カラ電話", "カラオ電話",
	    "ニ言ワレ", "ト話", "トオ話", "ニ伝エ", "ニオ伝エ", NULL};
	size_t n = redact_word(r, i, "サン");

	i += n + redact_word(r, i + n, "、");
	return n > 0 && redact_any(r, i, words) > 0;
}

/* 谷口部長, 岡田さんに代わって: no shop, and no maker. */
static void
before_rank(struct redact_reading *r, const struct stated *x)
{
	size_t n = redact_surname(r, x->start), end = x->start + n;

	if (x->guess && x->end - x->start > 1) {
		if (is_of_people(r, x->end))
			redact_add(r, x->start, x->end, REDACT_NAME);
		return;
	}
	if (n > 1 && (redact_any(r, end, ranks) > 0 || is_of_people(r, end)) &&
	    !redact_is_place(r, x->start, end) &&
	    !redact_is_firm(r, x->start, end))
		redact_add(r, x->start, end, REDACT_NAME);
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

/* What leads to a name without a particle, and is none of it. */
static const char *const leads[] = {"私", "昨日", "今日", "本日", "明日",
    "先日", "先程", "今回", "前回", "以前", "センター", "サポート",
    "オペレーター", "担当", "窓口", "受付", "係", NULL};

/* Is i where a word of kanji begins, behind kana or a mark, or behind what
 * leads to a name? */
static bool
may_begin(const struct redact_reading *r, size_t i)
{
	uint32_t c = i == 0 ? 0 : redact_glyph(r, i - 1);

	return redact_any_before(r, i, leads) > 0 ||
	    !(is_kanji(c) || is_katakana(c) ||
		(is_hiragana(c) && is_hiragana(redact_glyph(r, i)) &&
		    !begins_clause(r, i)));
}

/* Kanji that are no word, and no place. */
static bool
is_no_word(const struct redact_reading *r, size_t start, size_t end)
{
	return !redact_has_thing(r, start, end) &&
	    !redact_is_nobody(r, start, end) &&
	    !redact_is_place(r, start, end) && !redact_is_town(r, start, end) &&
	    !redact_is_firm(r, start, end);
}

/* A surname that no table has, in two or three kanji, or with a given name; or
 * one of one kanji, that words have, too. Ends the run of kanji there. */
static bool
may_name(const struct redact_reading *r, size_t start, size_t end)
{
	enum { SURNAME_MAX = 3 };
	/* 範囲内, 跡地, 公園: what places things, and places, are words more
	 * than names that no table has. */
	static const char *const sides[] = {"内", "外", "中", "上", "下", "前",
	    "後", "口", "本", "部", "地", "屋", "町", "村", "城", "門", "館",
	    "駅", "園", "寺", "堂", "院", "市", "家", "近", "辺", "湖", "通",
	    "泉", NULL};
	static const char *const compass[] = {"東", "西", "南", "北", NULL};

	if (end - start == 1)
		return redact_surname(r, start) == 1 &&
		    !redact_is_whole(r, start, end, compass);
	return (redact_is_like_whole(r, start, end) ||
		   (end - start <= SURNAME_MAX &&
		       redact_is_like_surname(r, start, end) &&
		       redact_any_before(r, end, sides) == 0)) &&
	    is_no_word(r, start, end);
}

/* 倉永 由紀: where the second of two words of kanji ends, if one of them looks
 * like what it would be; i: there are none. */
static size_t
parted_end(const struct redact_reading *r, size_t i)
{
	size_t end = while_kanji(r, i), given;

	if (end - i < 2 || end - i > KANJI_MAX || redact_glyph(r, end) != ' ' ||
	    !is_no_word(r, i, end))
		return i;
	given = given_end(r, end + 1, true);
	return given > end + 1 &&
		(redact_is_like_surname(r, i, end) ||
		    redact_is_like_given(r, end + 1, given)) ?
	    given :
	    i;
}

/* The name that begins at i; its end is i where there is none. */
static struct stated
stated_at(const struct redact_reading *r, size_t i)
{
	struct stated x = {.start = i};
	size_t end = while_kanji(r, i), parted;

	x.end = redact_name_end(r, i, &x.full);
	x.person = x.end > i && is_person(r, &x);
	if (x.person || end == i || (x.end > i && x.end != end) ||
	    redact_any(r, i, leads) > 0 || !may_begin(r, i))
		return x;
	parted = parted_end(r, i);
	x.guess = parted > i || may_name(r, i, end);
	if (x.guess) {
		x.end = parted > i ? parted : end;
		x.full |= parted > i;
	}
	return x;
}

/* ウカイ リョウヘイ, RYOHEI UKAI: where two words of one script end; i: there
 * are none. */
static size_t
two_words_end(const struct redact_reading *r, size_t i)
{
	enum { WORD_MIN = 2, WORD_MAX = 12 };
	bool kana = is_katakana(redact_glyph(r, i));
	size_t end = i, start;

	for (int word = 0; word < 2; word++) {
		start = end;
		while (kana ? is_katakana(redact_glyph(r, end)) :
			      is_letter(redact_glyph(r, end)))
			end++;
		if (end - start < WORD_MIN || end - start > WORD_MAX)
			return i;
		if (word == 0 && redact_glyph(r, end) != ' ' &&
		    redact_glyph(r, end) != 0x30fb /* ・ */)
			return i;
		end += word == 0;
	}
	return end;
}

/* 名義はKEN TANABE, フリガナはウカイ リョウヘイ. */
static void
two_words(struct redact_reading *r, size_t i)
{
	static const char *const names[] = {"オ名前ハ", "オ名前ガ", "氏名ハ",
	    "氏名ガ", "氏名:", "名義ハ", "名義ガ", "名義:", "名義人ハ",
	    "契約者ハ", "契約者様ハ", "受取人ハ", "宛名ハ",
	    "宛名:", "カタカナデ", "カナデ", "ローマ字デ", "ローマ字ハ",
	    "フルネームデ", "フルネームハ", "フリガナハ", "フリガナ:", NULL};
	static const char *const scripts[] = {
	    "カタカナ", "フルネーム", "ローマ", "アルファベット", NULL};
	size_t end = two_words_end(r, i), label, n;

	if (end == i || !ends_there(r, end) || redact_any(r, i, scripts) > 0)
		return;
	label = i;
	n = redact_any_before(r, label, names);
	if (n == 0) {
		label = skip_lead(r, i);
		n = redact_any_before(r, label, names);
	}
	if (n == 0 && is_letter(redact_glyph(r, i)))
		n = redact_any_before(r, label, labels);
	if (n > 0 && !redact_is_of_thing(r, label - n))
		redact_add(r, i, end, REDACT_NAME);
}

void
redact_stated(struct redact_reading *r)
{
	alone(r);
	for (size_t i = 0; i < r->n; i++) {
		struct stated x = stated_at(r, i);

		two_words(r, i);
		if (x.end == i)
			continue;
		behind_label(r, &x);
		behind_surname_label(r, i);
		behind_agent(r, &x);
		behind_work(r, &x);
		if (!may_begin(r, i))
			continue;
		at_telephone(r, &x);
		before_doing(r, &x);
		before_rank(r, &x);
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
