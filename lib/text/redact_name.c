/* Names of people: before 様, and before と申します. */
#include "text/redact_reading.h"

enum { NAME_MAX = 14 };

/* What is said of a customer, or of anybody, but names nobody. */
static const char *const generic_ends[] = {"客", "者", "会社", "御社", "貴社",
    "弊社", "当社", "各社", "支社", "本社", "店", "会員", "社員", "役員",
    "職員", "委員", "議員", "店員", "皆", "奥", "社長", "店長", "部長", "課長",
    "係長", "会長", "院長", "所長", "園長", "館長", "支店長", "係", "族", "仕",
    "模", "同", "誰", "貴", "疲", "労", "世話", "馳走", "蔭", "陰", "互", "毒",
    "各位", "得意", "取引先", "勤務先", "企業", "銀行", "病院", "医院", "学校",
    "薬局", "郵便局", "相談室", "営業部", "総務部", "大家", "父親", "母親",
    "両親", "先生", "学生", "教師", "講師", "医師", "看護師", "弁護士", "奥方",
    "夫婦", "孫", "娘", "息子", "姉妹", "兄弟", "子供", "オーナー", "ユーザー",
    "ユーザ", "ゲスト", "メンバー", "クライアント", "スポンサー", "ドライバー",
    "モデル", "ペット", "ママ", "パパ", "テナント", "メーカー", "カスタマー",
    "ベンダー", "ホスト", "スタッフ", "センター", "グループ", "ホテル", "組合",
    "協会", "団体", "窓口", NULL};
static const char *const generic_whole[] = {"何", "神", "王", "殿", "姫", "仏",
    "俺", "若", "嬢", "坊", "父", "母", "兄", "姉", "弟", "妹", "婿", "嫁",
    "爺", "婆", "旦那", "子", "女王", "王子", "王女", "有", "異", "一", "両",
    "上", "下", "別", "外", "人", "本人", "友人", "名義人", "代理人", "保証人",
    "相続人", "恋人", "主人", "法人", "知人", "受取人", "夫人", "婦人",
    "管理人", "世話人", "株主", "施主", "貸主", "借主", "家主", "祖父", "祖母",
    "両親", "夫", "妻", "日", "月", "天", "内儀", "生憎", "貴方", "貴女", "彼",
    "彼女", "女", "男", "仲人", "大家", "閻魔", "釈迦", "先方", "個人", "今",
    "二", "三", "御", "名", "皆々", "左", "然", "多", NULL};
static const char *const generic_kana[] = {"ドチラ", "ドナタ", "ミナ", "ミンナ",
    "オカゲ", "オツカレ", "ツカレ", "ゴクロウ", "オセワ", "ゴチソウ",
    "オキノドク", "キノドク", "オタガイ", "アナタ", "オキャク", "オコ", "カミ",
    "オウ", "オク", "ナニ", "サ", "コノ", "ソノ", "アノ", "ドノ", "オヒイ",
    "オジイ", "オバア", "オトウ", "オカア", "オニイ", "オネエ", "アリ",
    "サヨウ", "オアイニク", "ゴシンセキ", "オヒ", "オツキ", "イカ", "コウ",
    "ドウ", "ソウ", "オレ", "キ", "トノ", "ヒメ", "ホトケ", "ゴカゾク", NULL};
/* What stands before a name without a particle. */
static const char *const leads[] = {"株式会社", "有限会社", "合同会社",
    "担当者", "担当", "契約者", "名義人", "本人", "本日", "明日", "昨日",
    "先日", "今回", "今日", "只今", "当日", "後日", "翌日", "先程", "先ホド",
    "私", "僕", "俺", "店長", "部長", "課長", "係長", "社長", "主任", "弊社",
    "当社", "御社", "当店", "弁護士", "行政書士", "司法書士", "責任者",
    "オペレーター", "スタッフ", "以前", "現在", "氏名", "名前", "名義", "窓口",
    "受付", "サポート", "カスタマー", "センター", NULL};
static const char *const surnames[] = {"佐藤", "鈴木", "高橋", "田中", "伊藤",
    "渡辺", "渡邊", "渡邉", "山本", "中村", "小林", "加藤", "吉田", "山田",
    "佐々木", "山口", "松本", "井上", "木村", "林", "斎藤", "齋藤", "斉藤",
    "清水", "山崎", "森", "池田", "橋本", "阿部", "石川", "山下", "中島",
    "石井", "小川", "前田", "岡田", "長谷川", "藤田", "後藤", "近藤", "村上",
    "遠藤", "青木", "坂本", "福田", "太田", "西村", "藤井", "金子", "岡本",
    "藤原", "三浦", "中野", "中川", "原田", "松田", "竹内", "小野", "田村",
    "中山", "和田", "石田", "森田", "上田", "原", "内田", "柴田", "酒井",
    "宮崎", "横山", "高木", "安藤", "宮本", "大野", "小島", "谷口", "今井",
    "工藤", "高田", "増田", "丸山", "杉山", "村田", "大塚", "小山", "平野",
    "藤本", "河野", "上野", "野口", "武田", "松井", "千葉", "菅原", "岩崎",
    "久保", "木下", "佐野", "野村", "松尾", "菊地", "菊池", "市川", "杉本",
    "古川", "大西", "島田", "水野", "桜井", "高野", "吉川", "山内", "西田",
    "西川", "北村", "五十嵐", "福島", "安田", "中田", "平田", "川口", "川崎",
    "飯田", "東", "本田", "沢田", "久保田", "吉村", "辻", "関", "服部", "樋口",
    "松岡", "永井", "荒木", "川村", "須藤", "望月", "大島", NULL};

typedef bool (*is_kind)(uint32_t);

static size_t
back_while(const struct redact_reading *r, size_t i, is_kind is)
{
	while (i > 0 && is(redact_glyph(r, i - 1)))
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

static bool
is_whole(const struct redact_reading *r, size_t start, size_t end,
    const char *const *words)
{
	for (; *words != NULL; words++)
		if (redact_word(r, start, *words) == end - start)
			return true;
	return false;
}

static bool
begins_surname(const struct redact_reading *r, size_t start)
{
	return redact_any(r, start, surnames) > 0;
}

/* Past what leads to a name, unless nothing is left of it. */
static size_t
skip_leads(const struct redact_reading *r, size_t start, size_t end)
{
	size_t n;

	while ((n = redact_any(r, start, leads)) > 0 && start + n < end)
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

/* A surname before a blank or before a given name in kana is of it. */
static size_t
with_surname(const struct redact_reading *r, size_t start)
{
	size_t i = start, kanji;

	if (i > 0 && redact_glyph(r, i - 1) == ' ')
		i--;
	kanji = back_while(r, i, is_kanji);
	kanji = skip_leads(r, kanji, i);
	if (kanji == i || i - kanji > 4 || kanji == start)
		return start;
	return begins_surname(r, kanji) ||
		(i < start && i - kanji >= 2 && !is_whole(r, kanji, i, leads) &&
		    redact_any_before(r, i, generic_ends) == 0) ?
	    kanji :
	    start;
}

/* Where the kana before end begin to be a name: behind a particle. */
static size_t
kana_start(const struct redact_reading *r, size_t end)
{
	static const char *const particles[] = {"ノ", "ハ", "ガ", "ヲ", "ニ",
	    "デ", "ト", "モ", "ヘ", "ワタクシ", "ワタシ", "コチラ", "カラ",
	    NULL};
	size_t first = back_while(r, end, is_hiragana), n;

	if (is_edge(r, first) && end - first <= 4)
		return first;
	if (with_surname(r, first) < first && end - first <= 4)
		return first;
	for (size_t i = first; i + 2 <= end; i++) {
		n = redact_any(r, i, particles);
		if (n > 0 && i + n + 2 <= end && end - i - n <= 4)
			return i + n;
	}
	return end;
}

/* Where the name that ends before end begins; end: it is none. */
static size_t
name_start(const struct redact_reading *r, size_t end)
{
	uint32_t c = end == 0 ? 0 : redact_glyph(r, end - 1);
	size_t start = end;

	if (is_katakana(c))
		start = back_while(r, end, is_foreign);
	else if (is_kanji(c))
		start = skip_leads(r, back_while(r, end, is_kanji), end);
	else if (is_hiragana(c))
		start = kana_start(r, end);
	else if (is_letter(c))
		start = back_while(r, end, is_latin);
	while (start < end && redact_glyph(r, start) == 0x30fb)
		start++;
	return end - start > NAME_MAX ? end : start;
}

/* "さとうと", but not "お任せしますと": what the kana end in. */
static bool
is_saying(const struct redact_reading *r, size_t start, size_t end)
{
	static const char *const ends[] = {"マス", "デス", "シタ", "ナイ",
	    "タイ", "スル", "レル", "エル", "セル", "ケル", "ベル", "メル",
	    "ダ", "ヨ", "ネ", "カ", "マセン", "ット", "クダサイ", "コウ",
	    "モット", "ヨウ", NULL};

	return is_hiragana(redact_glyph(r, end - 1)) &&
	    (redact_any_before(r, end, ends) > 0 ||
		is_whole(r, start, end, generic_kana) ||
		redact_word(r, start, "モッ") > 0);
}

static bool
names_nobody(const struct redact_reading *r, size_t start, size_t end)
{
	if (redact_any_before(r, end, generic_ends) > 0 &&
	    !(end - start > 1 && is_whole(r, start, end, surnames)))
		return true;
	return is_whole(r, start, end, generic_whole) ||
	    is_whole(r, start, end, generic_kana) || is_honoured(r, start);
}

/* "山田 太郎" whole. */
static size_t
whole_start(const struct redact_reading *r, size_t start)
{
	size_t i = with_surname(r, start);

	if (i == start && start > 1 && redact_glyph(r, start - 1) == ' ' &&
	    is_latin(redact_glyph(r, start)) &&
	    is_latin(redact_glyph(r, start - 2)))
		i = back_while(r, start - 1, is_latin);
	return i;
}

/* 様子, 様々, 様式: no title. */
static void
before_title(struct redact_reading *r, size_t i)
{
	static const char *const on[] = {
	    "子", "々", "式", "相", "態", "変", "似", NULL};
	size_t n = redact_word(r, i, "様"), end = i, start;
	bool kana = n == 0;

	if (kana)
		n = redact_word(r, i, "サマ");
	if (n == 0 || redact_any(r, i + n, on) > 0)
		return;
	if (end > 0 && redact_glyph(r, end - 1) == ' ')
		end--;
	start = name_start(r, end);
	if (start == end || names_nobody(r, start, end) ||
	    (kana && is_hiragana(redact_glyph(r, end - 1))))
		return;
	if (end - start == 1 && !is_kanji(redact_glyph(r, start)))
		return;
	redact_add(r, whole_start(r, start), end, REDACT_NAME);
}

/* と申しますと, と申しますのは, と申しますか explain, they name nobody. */
static void
before_saying(struct redact_reading *r, size_t i)
{
	static const char *const says[] = {"ト申シマス", "トモウシマス",
	    "ト申シマシテ", "ト申ス者", "ト申スモノ", "トイウ者", NULL};
	static const char *const explains[] = {"ノ", "ト", "カ", "モ", NULL};
	size_t n = redact_any(r, i, says), end = i, start;
	uint32_t c;

	if (n == 0 ||
	    (redact_any(r, i + n, explains) > 0 &&
		redact_word(r, i + n, "ガ") == 0))
		return;
	c = end == 0 ? 0 : redact_glyph(r, end - 1);
	if (c == ' ' || c == 0x300d || c == '"')
		end--;
	start = name_start(r, end);
	if (start == end || is_saying(r, start, end) ||
	    is_whole(r, start, end, generic_whole) ||
	    redact_any_before(r, end, generic_ends) > 0)
		return;
	redact_add(r, whole_start(r, start), end, REDACT_NAME);
}

void
redact_names(struct redact_reading *r)
{
	for (size_t i = 1; i < r->n; i++) {
		before_title(r, i);
		before_saying(r, i);
	}
}
