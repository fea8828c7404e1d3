/*
 * Numbers that tell of people. A run is digits of any script, with what may
 * stand between them; its groups are what separators leave. Of each group on
 * the longest row of groups that is a number of some kind is one; a number
 * that its text calls an order's or a member's is none.
 */
#include "text/redact_reading.h"

enum { GAP_MAX = 4, WORDS_MAX = 3, NUMBER_MIN = 4, NUMBER_MAX = 16 };

struct group {
	size_t start, end; /* glyphs */
	unsigned first, n; /* digits */
	bool written;      /* in ASCII digits alone */
	bool loose;        /* です or と stands before it */
};

/* Used for one run after another; what is in it lives in the arena. */
struct run {
	const struct redact_reading *r;
	char *digits; /* values, not characters */
	unsigned n;
	struct group *groups;
	size_t ngroups, cap; /* cap: digits, and so groups, there is room for */
};

/* Some groups of a run: what is tried as a number. */
struct number {
	const struct run *run;
	const struct group *groups;
	size_t ngroups;
	const char *digits;
	unsigned n;
	bool written;
	bool loose;     /* です or と stands in it */
	bool reference; /* of an order, a member, a device */
};

static const struct {
	const char *word;
	char value;
} spoken[] = {{"ゼロ", 0}, {"レイ", 0}, {"マル", 0}, {"イチ", 1}, {"ニイ", 2},
    {"ニー", 2}, {"ニ", 2}, {"サン", 3}, {"ヨン", 4}, {"シチ", 7}, {"シイ", 4},
    {"シー", 4}, {"シ", 4}, {"ゴオ", 5}, {"ゴー", 5}, {"ゴウ", 5}, {"ゴ", 5},
    {"ロク", 6}, {"ナナ", 7}, {"ハチ", 8}, {"キュウ", 9}, {"キュー", 9},
    {"〇", 0}, {"○", 0}, {"◯", 0}, {"零", 0}, {"一", 1}, {"二", 2}, {"三", 3},
    {"四", 4}, {"五", 5}, {"六", 6}, {"七", 7}, {"八", 8}, {"九", 9}};

/* How many glyphs of a spoken digit stand at i. いち of にいち is not cut. */
static size_t
spoken_at(const struct redact_reading *r, size_t i, char *value)
{
	for (size_t k = 0; k < sizeof(spoken) / sizeof(*spoken); k++) {
		size_t n = redact_word(r, i, spoken[k].word);
		bool cut = n == 2 && redact_word(r, i + 1, "イチ") > 0;

		*value = spoken[k].value;
		if (n > 0 && !cut)
			return n;
	}
	return 0;
}

/* Ends one of the kana digits before i, or before の or a comma there? */
static bool
behind_spoken(const struct redact_reading *r, size_t i)
{
	static const char *const gaps[] = {"ノ", "、", " ", NULL};
	size_t k = i - redact_any_before(r, i, gaps);

	k -= redact_any_before(r, k, gaps);
	for (size_t w = 0; w < sizeof(spoken) / sizeof(*spoken); w++)
		if (redact_before(r, k, spoken[w].word) > 0)
			return true;
	return false;
}

/* に, ご and し are mostly a particle, a prefix and an ending. */
static bool
is_particle(const struct redact_reading *r, size_t i)
{
	static const char *const ends[] = {"、", "。", " ", "\n", "デ", "ニナ",
	    "ガ", "ト", "ノ", "-", "ー", NULL};
	uint32_t c = redact_glyph(r, i);
	bool behind;
	char value;

	if (c != 0x306b /* に */ && c != 0x3054 /* ご */ && c != 0x3057)
		return false;
	behind = behind_spoken(r, i);
	if (spoken_at(r, i + 1, &value) > 0)
		return c == 0x3057 /* し */ && !behind;
	return !behind ||
	    (redact_glyph(r, i + 1) != 0 && redact_any(r, i + 1, ends) == 0);
}

/* さん behind a written number, its owner's title, is no 3, and neither is the
 * 三 of 三田. */
static bool
is_beside(const struct redact_reading *r, size_t i)
{
	char value;

	if (i == 0 || !is_digit(redact_glyph(r, i - 1)))
		return false;
	if (is_kanji(redact_glyph(r, i)))
		return is_kanji(redact_glyph(r, i + 1)) &&
		    spoken_at(r, i + 1, &value) == 0;
	return redact_word(r, i, "サン") > 0 &&
	    spoken_at(r, i + 2, &value) == 0;
}

/* How many glyphs of a digit stand at i; 0: none does. */
static size_t
digit_at(const struct redact_reading *r, size_t i, char *value)
{
	size_t n;

	if (is_digit(redact_glyph(r, i))) {
		*value = (char)(redact_glyph(r, i) - '0');
		return 1;
	}
	n = spoken_at(r, i, value);
	return (n == 1 && is_particle(r, i)) || is_beside(r, i) ? 0 : n;
}

static bool
is_separator(uint32_t c)
{
	static const uint32_t separators[] = {'-', ' ', '(', ')', '.', '/', ',',
	    '*', '|', 0x2026 /* … */, 0x304c /* が */, '_', 0x30fc,
	    0x306e /* の */, 0x30ce /* ノ */, 0x3067 /* で */, 0x3001 /* 、 */,
	    0x301c, '~', '\n', 0x30fb};

	for (size_t i = 0; i < sizeof(separators) / sizeof(*separators); i++)
		if (c == separators[i])
			return true;
	return false;
}

/* What is said between digits: "090ハイフン1234の、えーっと、5678". */
static size_t
filler_at(const struct redact_reading *r, size_t i)
{
	static const char *const fillers[] = {"ハイフン", "マイナス",
	    "ダッシュ", "カッコトジ", "カッコ", "エーット", "エエット",
	    "エット", "エート", "エエト", "エー", "エエ", "アノー", "アノ",
	    "ソノー", "ウーント", "ウーン", "ウン", "ンー", "マア", "ハイ",
	    "デスネ", "デシテ", "ソレカラ", "ナンダッケ", "次ガ", "次ハ",
	    "ツギガ", "下ガ", "下ハ", "最後ガ", "最後ハ", "最後ニ", "最後",
	    "番号ガ", "番号ハ", NULL};

	return redact_any(r, i, fillers);
}

/* What more often parts numbers than digits: "090です、4417です", "090と". */
static size_t
loose_at(const struct redact_reading *r, size_t i)
{
	static const char *const words[] = {"デス。", "デス", "ト", NULL};

	return redact_any(r, i, words);
}

/* The next digit behind i within a gap; 0: there is none. */
static size_t
next_digit(const struct redact_reading *r, size_t i, bool *loose)
{
	size_t marks = 0, words = 0, n;
	char value;

	for (*loose = false; marks <= GAP_MAX && words <= WORDS_MAX; i += n) {
		if (digit_at(r, i, &value) > 0)
			return i;
		n = filler_at(r, i);
		if (n == 0) {
			n = loose_at(r, i);
			*loose |= n > 0;
		}
		words += n > 0;
		marks = n > 0 ? 0 : marks + 1;
		if (n == 0 && !is_separator(redact_glyph(r, i)))
			break;
		n += n == 0;
	}
	return 0;
}

static void
make_room(struct run *run)
{
	size_t cap = run->cap * 2 + 64;
	struct arena *a = run->r->arena;
	char *digits = arena_take(a, cap);
	struct group *groups = arena_take(a, cap * sizeof(*groups));

	if (run->n > 0) {
		memcpy(digits, run->digits, run->n);
		memcpy(groups, run->groups, run->ngroups * sizeof(*groups));
	}
	run->digits = digits;
	run->groups = groups;
	run->cap = cap;
}

static void
add_digit(struct run *run, size_t i, size_t n, char value, bool loose)
{
	struct group *g;

	if (run->n == run->cap)
		make_room(run);
	g = run->ngroups == 0 ? NULL : &run->groups[run->ngroups - 1];
	if (g == NULL || g->end != i) {
		g = &run->groups[run->ngroups++];
		*g = (struct group){.start = i,
		    .first = run->n,
		    .written = true,
		    .loose = loose};
	}
	g->written &= is_digit(redact_glyph(run->r, i));
	g->end = i + n;
	g->n++;
	run->digits[run->n++] = value;
}

/* Reads the run at i, where a digit stands; returns where it ends. */
static size_t
read_run(const struct redact_reading *r, size_t i, struct run *run)
{
	size_t n, next = i;
	bool loose = false;
	char value;

	run->n = 0;
	run->ngroups = 0;
	while (next > 0 || run->n == 0) {
		i = next;
		n = digit_at(r, i, &value);
		add_digit(run, i, n, value, loose);
		i += n;
		next = next_digit(r, i, &loose);
	}
	return i;
}

/* Skips back over what may stand between a word and its number. */
static size_t
skip_back(const struct redact_reading *r, size_t i)
{
	static const char *const between[] = {"ハデスネ", "ガデスネ",
	    "ナンデスケド", "ナンデスケレド", "ナンデスガ", "デスケド",
	    "デスガ", "ノ方", "ノホウ", "ハイ", "?", "ッテ", "ヲ言イマス。",
	    "ヲイイマス。", "エーット", "エエット", "エット", "エート",
	    "エエト", "アノー", "アノ", "エー", "ハ", "ガ", "ノ", "ヲ", "デ",
	    "、", ",", ":", " ", "(", "「", "\"", "=", "#", "デス", "モ", NULL};
	size_t n;

	while (i > 0 && (n = redact_any_before(r, i, between)) > 0)
		i -= n;
	return i;
}

/* Does one of the words stand before i, near it and in its sentence? */
static bool
said_before(const struct redact_reading *r, size_t i, size_t within,
    const char *const *words)
{
	for (size_t k = i; k > 0 && i - k <= within; k--) {
		uint32_t c = redact_glyph(r, k - 1);

		if (redact_any_before(r, k, words) > 0)
			return true;
		if (c == 0x3002 || c == '?' || c == '!')
			return false;
	}
	return false;
}

static const char *const phone_words[] = {"電話", "携帯", "ケータイ", "TEL",
    "Tel", "tel", "ファックス", "ファクス", "FAX", "Fax", "fax", "Phone",
    "phone", "PHONE", "Mobile", "mobile", "MOBILE", "Cell", "cell", "連絡先",
    "折リ返シ", "直通", NULL};

/* "KX-", but not "TEL": letters that are of the number behind them. */
static bool
has_letters(const struct redact_reading *r, size_t i)
{
	static const char *const words[] = {"TEL", "Tel", "tel", "FAX", "Fax",
	    "fax", "Phone", "phone", "PHONE", "Mobile", "mobile", "MOBILE",
	    "Cell", "cell", "VISA", "Visa", "visa", "JCB", "AMEX", "Amex",
	    "Master", "master", "MASTER", "Card", "card", "CARD", "No", "or",
	    "OR", "and", NULL};
	uint32_t c = i == 0 ? 0 : redact_glyph(r, i - 1);
	size_t n;

	if (i > 1 && (c == '-' || c == '_'))
		i--;
	if (i == 0 || !is_letter(redact_glyph(r, i - 1)))
		return false;
	n = redact_any_before(r, i, words);
	return n == 0 || (i > n && is_letter(redact_glyph(r, i - n - 1)));
}

/* "注文番号は", "型番:", "KX-": what follows is no number of a person's. */
static bool
is_reference(const struct redact_reading *r, size_t start)
{
	static const char *const others[] = {"型番", "品番", "シリアル",
	    "コード", "ID", "Id", "id", "No.", "NO.", "No", "ナンバー", "IMEI",
	    "ICCID", "EID", "JAN", "ISBN", NULL};
	static const char *const own[] = {"口座", "郵便", "カード", "個人",
	    "マイ", "代表", "ダイヤル", "ノ", "、", "。", " ", "」", NULL};
	size_t i = skip_back(r, start), n = redact_before(r, i, "番号");

	if (has_letters(r, start))
		return true;
	if (n > 0 && n == i)
		return false;
	if (n == 0)
		n = redact_any_before(r, i, others);
	return n > 0 && redact_any_before(r, i - n, own) == 0 &&
	    redact_any_before(r, skip_back(r, i - n), phone_words) == 0;
}

/* Does a word go on there that only begins as a unit does: 本人, 日中? */
static bool
is_word_not_unit(const struct redact_reading *r, size_t i)
{
	static const char *const words[] = {"本人", "本店", "本町", "本社",
	    "本部", "本支店", "本日", "本名", "本当", "本郷", "本庄", "本宅",
	    "日付", "日中", "日曜", "日本", "日程", "日頃", "日野", "日立",
	    "時間", "時々", "名前", "名義", "名字", "名古屋", "名様", "月末",
	    "月曜", "月初", "月島", "年金", "年会費", "年配", "年中", "千駄木",
	    "年齢", "千葉", "千代", "千住", "千里", "千歳", "個人", "円山",
	    "円町", "人様", "人名", "人形町", "人事", "点検", "分割", "秒読",
	    "回線", "台帳", "台東", "度々", "件名", "週末", "割引", "万一",
	    "十条", "十三", "百合", "通帳", "通知", "通話", "通常", NULL};

	return redact_any(r, i, words) > 0;
}

/* Letters of a word, not of a unit or a model, stand there: TEL, VISA, or. */
static bool
is_latin_word(const struct redact_reading *r, size_t i)
{
	static const char *const words[] = {"TEL", "Tel", "tel", "FAX", "Fax",
	    "fax", "VISA", "Visa", "visa", "JCB", "AMEX", "Amex", "Master",
	    "master", "MASTER", "Mail", "mail", "MAIL", "Mobile", "mobile",
	    "or", "OR", "and", "AND", "to", NULL};

	return redact_any(r, i, words) > 0;
}

/* "3000円", "12345通": how many of something. */
static bool
is_quantity(const struct number *x)
{
	static const char *const units[] = {"円", "個", "点", "人", "年", "月",
	    "日", "時", "分", "秒", "回", "%", "枚", "通", "台", "ポイント",
	    "キロ", "度", "件", "本", "歳", "週", "割", "万", "千", "億", "十",
	    "百", "名", "号室", "丁目", "番地", "ページ", "ドル", "番目", NULL};
	const struct redact_reading *r = x->run->r;
	size_t start = x->groups[0].start, end = x->groups[x->ngroups - 1].end;
	uint32_t before = start == 0 ? 0 : redact_glyph(r, start - 1);

	if (before == '$' || before == 0xa5 || before == 0xffe5 ||
	    before == '\\')
		return true;
	if (is_letter(redact_glyph(r, end)))
		return !is_latin_word(r, end);
	return redact_any(r, end, units) > 0 && !is_word_not_unit(r, end);
}

/* Does one of the words stand right before it, maybe with 番号? */
static bool
is_called_one_of(const struct number *x, const char *const *words)
{
	const struct redact_reading *r = x->run->r;
	size_t i = skip_back(r, x->groups[0].start);

	return redact_any_before(r, i, words) > 0 ||
	    redact_any_before(r, i - redact_before(r, i, "番号"), words) > 0;
}

/* A number that is called what it is counts nothing. */
static bool
is_counted(const struct number *x, const char *const *words)
{
	return is_quantity(x) && !is_called_one_of(x, words);
}

/* In groups of four that end in 0: prices, 4000と4500と5000. */
static bool
is_round(const struct number *x)
{
	for (size_t i = 0; i < x->ngroups; i++)
		if (x->groups[i].n != 4 ||
		    x->digits[x->groups[i].first - x->groups[0].first + 3] != 0)
			return false;
	return true;
}

static bool
all_one(const struct number *x)
{
	return x->ngroups == x->n;
}

/* The lengths of its groups, such as {4, 4, 4}, end with 0. */
static bool
has_groups(const struct number *x, const unsigned *lengths)
{
	for (size_t i = 0; i < x->ngroups; i++)
		if (lengths[i] == 0 || x->groups[i].n != lengths[i])
			return false;
	return lengths[x->ngroups] == 0;
}

/* Spelled digits come in any groups, and so do ones apart. */
static bool
is_grouped(const struct number *x, const unsigned *lengths)
{
	return x->ngroups == 1 || all_one(x) || !x->written ||
	    has_groups(x, lengths);
}

static bool
luhn(const struct number *x)
{
	int sum = 0;

	for (unsigned i = 0; i < x->n; i++) {
		int d = (unsigned char)x->digits[x->n - 1 - i];

		if (i % 2 == 1)
			d = d > 4 ? 2 * d - 9 : 2 * d;
		sum += d;
	}
	return sum % 10 == 0;
}

/* ISO/IEC 7812: the first digits of the networks that issue cards. */
static bool
is_network(const struct number *x)
{
	int four = 0;

	for (unsigned i = 0; i < 4; i++)
		four = four * 10 + x->digits[i];
	return (four >= 2221 && four <= 2720) ||
	    (four >= 3000 && four <= 3059) || (four >= 3400 && four <= 3999) ||
	    (four >= 4000 && four <= 6999);
}

/* Is the other of groups i-1 and i four digits, behind the same mark that x has
 * within? */
static bool
joins_four(const struct number *x, size_t i, size_t other)
{
	const struct run *run = x->run;
	const struct group *before = &run->groups[i - 1], *g = &run->groups[i];
	uint32_t mark = redact_glyph(run->r, x->groups[0].end);

	return run->groups[other].n == 4 && before->written == g->written &&
	    g->start - before->end == 1 &&
	    redact_glyph(run->r, before->end) == mark &&
	    redact_word(run->r, run->groups[other].end, "年") == 0;
}

/* Are its groups some of a card's, such as 4111 1111 1111 and 1113? A row of
 * such groups that three divides is one of My Numbers. */
static bool
is_of_card(const struct number *x)
{
	enum { ROW_MAX = 12 };
	const struct run *run = x->run;
	size_t from = (size_t)(x->groups - run->groups);
	size_t to = from + x->ngroups, first = from, last = to;

	if (x->ngroups < 2)
		return false;
	while (first > 0 && from - first < ROW_MAX &&
	    joins_four(x, first, first - 1))
		first--;
	while (last < run->ngroups && last - to < ROW_MAX &&
	    joins_four(x, last, last))
		last++;
	return (last - first) % 3 > 0;
}

/* 3852 0000 0232 37: in fours, whatever a card has printed. */
static bool
has_fours(const struct number *x)
{
	for (size_t i = 0; i + 1 < x->ngroups; i++)
		if (x->groups[i].n != 4)
			return false;
	return x->ngroups == 4;
}

/* Of such a number with a right check digit; in groups as cards print them, or
 * in halves. */
static bool
is_card(const struct number *x)
{
	static const unsigned four[] = {4, 4, 4, 4, 0}, half[] = {8, 8, 0},
			      amex[] = {4, 6, 5, 0}, diners[] = {4, 6, 4, 0};
	static const char *const words[] = {"カード", NULL};

	if (x->reference || x->n < 14 || x->n > 16 ||
	    (x->n < 16 && is_counted(x, words)) || !is_network(x) || !luhn(x) ||
	    (x->loose && is_round(x)))
		return false;
	return (x->n == 16 && has_groups(x, half)) || has_fours(x) ||
	    is_grouped(x,
		x->n == 16     ? four :
		    x->n == 15 ? amex :
				 diners);
}

/* The check digit of the ministry's order no. 85 of 2014, article 5. */
static bool
is_mynumber(const struct number *x)
{
	static const unsigned four[] = {4, 4, 4, 0};
	static const char *const words[] = {
	    "マイナンバー", "個人", "個人ナンバー", NULL};
	int sum = 0;

	if (x->n != 12 || x->reference || is_counted(x, words) ||
	    ((is_of_card(x) || x->loose) && !is_called_one_of(x, words)) ||
	    !is_grouped(x, four))
		return false;
	for (int n = 1; n <= 11; n++)
		sum += x->digits[11 - n] * (n <= 6 ? n + 1 : n - 5);
	sum %= 11;
	return x->digits[11] == (sum <= 1 ? 0 : 11 - sum);
}

/* "+", "プラス": then comes a country. */
static size_t
plus_before(const struct number *x)
{
	static const char *const pluses[] = {"+", "+(", "プラス", NULL};
	size_t i = x->groups[0].start;

	return i - redact_any_before(x->run->r, i, pluses);
}

static bool
begins(const struct number *x, const char *digits)
{
	for (unsigned i = 0; digits[i] != '\0'; i++)
		if (i >= x->n || x->digits[i] != digits[i] - '0')
			return false;
	return true;
}

static bool
begins_one_of(const struct number *x, const char *const *prefixes)
{
	for (; *prefixes != NULL; prefixes++)
		if (begins(x, *prefixes))
			return true;
	return false;
}

/* "03-1234-5678", not "0-3-12345-678", unless it is said to be one's. */
static bool
has_phone_groups(const struct number *x)
{
	unsigned last = x->groups[x->ngroups - 1].n;
	size_t most = begins(x, "010") ? 5 : 4;

	if (x->ngroups == 1 || all_one(x) || !x->written)
		return true;
	if (said_before(x->run->r, x->groups[0].start, 8, phone_words))
		return true;
	return x->ngroups <= most && x->groups[0].n >= 2 &&
	    x->groups[0].n <= 7 && last >= 3 && last <= 8;
}

/* "0081-90-1234-5678", "010-81-3-1234-5678": as dialled from abroad. */
static bool
is_from_abroad(const struct number *x)
{
	unsigned n = begins(x, "0081") ? 4 : begins(x, "01081") ? 5 : x->n;

	return !x->reference && x->ngroups > 1 && has_phone_groups(x) &&
	    (x->n - n == 9 || x->n - n == 10) && x->digits[n] != 0;
}

/* (03)5213-8841: does a group stand in brackets? */
static bool
is_in_brackets(const struct redact_reading *r, const struct group *g)
{
	return g->start > 0 && redact_glyph(r, g->start - 1) == '(' &&
	    redact_glyph(r, g->end) == ')';
}

static bool
is_bracketed(const struct number *x)
{
	return x->ngroups > 1 && is_in_brackets(x->run->r, x->groups);
}

/* In groups that only telephones have, whatever it is said to be. */
static bool
is_called(const struct number *x)
{
	static const unsigned eleven[] = {3, 4, 4, 0}, ten[] = {4, 3, 3, 0};
	static const char *const free[] = {"0120", "0800", "0570", NULL};
	static const char *const mobile[] = {
	    "050", "060", "070", "080", "090", NULL};

	return is_bracketed(x) ||
	    (has_groups(x, eleven) && begins_one_of(x, mobile)) ||
	    ((has_groups(x, ten) || has_groups(x, eleven)) &&
		begins_one_of(x, free));
}

static bool
is_domestic(const struct number *x)
{
	static const char *const mobile[] = {
	    "050", "060", "070", "080", "090", "020", NULL};

	if (x->digits[0] != 0 || !has_phone_groups(x))
		return false;
	if (x->reference && !is_called(x))
		return false;
	return (x->n == 11 && begins_one_of(x, mobile)) ||
	    (x->n == 10 && x->digits[1] != 0);
}

/* 2026-1001. */
static bool
is_day(const struct number *x)
{
	const char *d = x->digits;
	int month, day;

	if (x->n != 8 || !(begins(x, "19") || begins(x, "20")))
		return false;
	month = d[4] * 10 + d[5];
	day = d[6] * 10 + d[7];
	return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Without its area code, where the text says that it is a telephone's. */
static bool
is_local(const struct number *x)
{
	static const unsigned eight[] = {4, 4, 0}, seven[] = {3, 4, 0},
			      six[] = {2, 4, 0};
	const struct redact_reading *r = x->run->r;
	size_t start = x->groups[0].start;

	/* "電話で2026-1001の件": of that day. */
	return !x->reference && !x->loose &&
	    !(is_day(x) && redact_before(r, start, "デ") > 0) &&
	    (has_groups(x, eight) || has_groups(x, seven) ||
		has_groups(x, six)) &&
	    said_before(r, start, 12, phone_words);
}

static bool
is_phone(const struct number *x)
{
	bool plus = plus_before(x) < x->groups[0].start;

	if (is_counted(x, phone_words) && !(x->ngroups > 1 && is_domestic(x)))
		return false;
	if (plus && begins(x, "81"))
		return x->n >= 11 && x->n <= 13;
	if (plus)
		return x->n >= 10 && x->n <= 15;
	return is_domestic(x) || is_from_abroad(x) || is_local(x);
}

static bool
before_prefecture(const struct number *x)
{
	static const char *const names[] = {"北海道", "青森県", "岩手県",
	    "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県",
	    "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県",
	    "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県",
	    "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府",
	    "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県",
	    "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県",
	    "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県",
	    "鹿児島県", "沖縄県", NULL};
	size_t end = x->groups[x->ngroups - 1].end;
	uint32_t c = redact_glyph(x->run->r, end);

	end += c == ' ' || c == 0x3001 || c == ',' || c == '\n';
	return redact_any(x->run->r, end, names) > 0;
}

/* 京都市下京区, 三鷹市: a city stands behind it, and not 地区 or 市区町村. */
static bool
before_city(const struct number *x)
{
	enum { CITY_MAX = 6 };
	static const char *const gaps[] = {"、", " ", "ノ", ",", "\n", NULL};
	static const char *const no_city[] = {
	    "市場", "市販", "市内", "市区", "郡部", NULL};
	static const char *const others[] = {"ハ", "ガ", "デ", "ヲ", "ニ", "ト",
	    "モ", "カラ", "マデ", "ダ", "都", "本", "同", "各", "当", "全",
	    NULL};
	const struct redact_reading *r = x->run->r;
	size_t i = x->groups[x->ngroups - 1].end, n = 0;

	i += redact_any(r, i, gaps);
	if (redact_any(r, i, others) > 0)
		return false;
	while (is_kanji(redact_glyph(r, i + n)) ||
	    is_hiragana(redact_glyph(r, i + n))) {
		uint32_t c = redact_glyph(r, i + n);

		if (c == 0x5e02 /* 市 */ || c == 0x90e1 /* 郡 */)
			return n > 0 && n <= CITY_MAX &&
			    redact_any(r, i + n, no_city) == 0;
		n++;
	}
	return false;
}

static const char *const postal_words[] = {
    "〒", "郵便番号", "ユウビンバンゴウ", NULL};

/* "郵便番号をお願いします。はい、939の8204です": does the sentence before the one
 * that the number begins say the word? */
static bool
is_answer_to(const struct number *x, const char *const *words)
{
	enum { NEAR = 20 };
	const struct redact_reading *r = x->run->r;
	size_t i = skip_back(r, x->groups[0].start);

	return i > 0 &&
	    (redact_glyph(r, i - 1) == 0x3002 /* 。 */ ||
		redact_glyph(r, i) == '?') &&
	    said_before(r, i - 1, NEAR, words);
}

/* "郵便番号が変わって、前が182-0024で": said in its sentence. */
static bool
is_postal_talk(const struct number *x)
{
	enum { NEAR = 32, NEARER = 12 };
	const struct redact_reading *r = x->run->r;
	size_t start = x->groups[0].start;

	return (said_before(r, start, NEAR, postal_words) ||
		   is_answer_to(x, postal_words)) &&
	    !said_before(r, start, NEARER, phone_words);
}

static bool
is_postal(const struct number *x)
{
	static const unsigned lengths[] = {3, 4, 0};
	bool shaped = has_groups(x, lengths);
	size_t i;

	if (x->n != 7 || !is_grouped(x, lengths))
		return false;
	i = skip_back(x->run->r, x->groups[0].start);
	if (redact_any_before(x->run->r, i, postal_words) > 0)
		return true;
	if (x->loose || x->reference)
		return !x->loose && shaped && before_prefecture(x);
	if (shaped && !is_quantity(x) && (before_city(x) || is_postal_talk(x)))
		return true;
	return (shaped || (x->ngroups == 1 && x->written)) &&
	    before_prefecture(x);
}

/* "普通預金の1234567": the kind of account stands right before it. */
static bool
behind_kind(const struct number *x)
{
	static const char *const kinds[] = {"普通", "当座", "貯蓄", "普通)",
	    "当座)", "貯蓄)", "普)", "当)", "普", NULL};
	static const char *const between[] = {"預金", "口座", "番号", NULL};
	size_t i = skip_back(x->run->r, x->groups[0].start), n;

	while ((n = redact_any_before(x->run->r, i, between)) > 0)
		i = skip_back(x->run->r, i - n);
	return redact_any_before(x->run->r, i, kinds) > 0;
}

static bool
behind_account(const struct number *x)
{
	static const char *const numbers[] = {"口座番号", NULL};
	static const char *const accounts[] = {
	    "口座", "通帳ノ記号", "記号", NULL};
	const struct redact_reading *r = x->run->r;
	size_t start = x->groups[0].start, i;

	if (x->n >= 4 && said_before(r, start, 8, numbers))
		return true;
	if (x->n == 7 && is_answer_to(x, numbers))
		return true;
	i = skip_back(r, start);
	if (x->n >= 5 && redact_any_before(r, i, accounts) > 0)
		return true;
	return redact_before(r, i, "番号") > 0 &&
	    said_before(r, i, 12, accounts);
}

/* 番号が of "記号が12345、番号が12345671": each is a number of its own. */
static bool
is_said_apart(const struct number *x)
{
	const struct redact_reading *r = x->run->r;

	for (size_t i = 1; i < x->ngroups; i++)
		if (redact_before(r, x->groups[i].start, "番号ガ") > 0 ||
		    redact_before(r, x->groups[i].start, "番号ハ") > 0)
			return true;
	return false;
}

/* "ゆうちょ 12345-12345671": symbol, maybe a digit more, and number. */
static bool
is_savings(const struct number *x)
{
	static const char *const words[] = {
	    "ユウチョ", "郵貯", "貯金", "通帳", "記号番号", NULL};
	size_t last = x->ngroups - 1;

	return (last == 1 || (last == 2 && x->groups[1].n == 1)) &&
	    !is_said_apart(x) && x->groups[0].n == 5 && x->digits[0] <= 1 &&
	    x->groups[last].n >= 2 && x->groups[last].n <= 8 &&
	    said_before(x->run->r, x->groups[0].start, 14, words);
}

static bool
is_account(const struct number *x)
{
	static const char *const words[] = {"口座番号", "口座ノ番号", NULL};

	if (is_savings(x))
		return true;
	if (x->n > 8 || x->loose || is_counted(x, words))
		return false;
	return (x->n >= 6 && behind_kind(x)) || behind_account(x);
}

static const struct {
	enum redact_kind kind;
	bool (*is)(const struct number *);
} tests[] = {
    {REDACT_POSTAL, is_postal},
    {REDACT_CARD, is_card},
    {REDACT_MYNUMBER, is_mynumber},
    {REDACT_PHONE, is_phone},
    {REDACT_ACCOUNT, is_account},
};

/* Stands c in the gap before group i, and nothing that is said? */
static bool
gap_has(const struct run *run, size_t i, uint32_t c)
{
	bool has = false;

	for (size_t at = run->groups[i - 1].end; at < run->groups[i].start;
	     at++) {
		has |= redact_glyph(run->r, at) == c;
		if (!is_separator(redact_glyph(run->r, at)))
			return false;
	}
	return has;
}

/* Does a dash or the like hold groups i-1 and i together? */
static bool
is_tight(const struct run *run, size_t i)
{
	return i > 0 && i < run->ngroups && run->groups[i - 1].written &&
	    run->groups[i].written && !gap_has(run, i, 0x3001 /* 、 */) &&
	    (gap_has(run, i, '-') || gap_has(run, i, 0x30fc) ||
		gap_has(run, i, '.'));
}

/* 1234-5678と03-1234-5678 are two. */
static bool
has_tight(const struct run *run, size_t from, size_t to)
{
	for (size_t i = from + 1; i < to; i++)
		if (is_tight(run, i))
			return true;
	return false;
}

/* How many gaps between groups from and to hold c. */
static size_t
gaps_with(const struct run *run, size_t from, size_t to, uint32_t c)
{
	size_t n = 0;

	for (size_t i = from + 1; i < to; i++)
		n += gap_has(run, i, c);
	return n;
}

/* Slashes part dates, and numbers from one another; those of one number stand
 * in all of its gaps, and no more beside it: 03/1234/5678. Commas part
 * thousands, too. */
static bool
is_listed(const struct run *run, size_t from, size_t to)
{
	size_t slashes = gaps_with(run, from, to, '/');
	size_t commas = gaps_with(run, from, to, ','), marks = slashes + commas;
	bool zero = run->digits[run->groups[from].first] == 0;
	bool spelled = run->groups[to - 1].first - run->groups[from].first ==
	    to - from - 1; /* each group is a digit: 7,7,1,0,2,9,4 */

	if (marks == 0 || (spelled && slashes == 0 && commas + 1 == to - from))
		return false;
	if (marks < 2 || marks + 1 < to - from)
		return true;
	return (!zero && (slashes > 0 || run->groups[from].n < 4)) ||
	    (slashes > 0 &&
		((from > 0 && gap_has(run, from, '/')) ||
		    (to < run->ngroups && gap_has(run, to, '/'))));
}

/* さん of 佐藤さんの090-1234-5678, に of 上記に、090…: a word beside it. */
static bool
has_word(const struct group *first, const struct group *last)
{
	bool written = false;

	for (const struct group *g = first; g <= last; g++)
		written |= g->written;
	return written &&
	    ((!first->written && first->n <= 2) ||
		(!last->written && last->n <= 2));
}

/* An open bracket before it belongs to a telephone number. */
static size_t
first_glyph(const struct number *x, enum redact_kind kind)
{
	size_t start = x->groups[0].start;

	if (kind == REDACT_PHONE && plus_before(x) < start)
		start = plus_before(x);
	if (kind == REDACT_PHONE && start == x->groups[0].start &&
	    is_bracketed(x))
		start--;
	return start;
}

static struct number
number_of(const struct run *run, size_t from, size_t to)
{
	struct number x = {.run = run,
	    .groups = &run->groups[from],
	    .ngroups = to - from,
	    .digits = &run->digits[run->groups[from].first],
	    .written = true};

	x.n = run->groups[to - 1].first + run->groups[to - 1].n -
	    run->groups[from].first;
	for (size_t i = from; i < to; i++) {
		x.written &= run->groups[i].written;
		x.loose |= i > from && run->groups[i].loose;
	}
	return x;
}

/* Takes groups from to to as what they are; false: as nothing. */
static bool
take(struct redact_reading *r, const struct run *run, size_t from, size_t to,
    bool reference)
{
	struct number x = number_of(run, from, to);

	x.reference = reference;
	if (x.n < NUMBER_MIN || is_listed(run, from, to) ||
	    (x.loose && has_tight(run, from, to)) ||
	    has_word(&run->groups[from], &run->groups[to - 1]))
		return false;
	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		if (tests[i].is(&x)) {
			redact_add(r, first_glyph(&x, tests[i].kind),
			    run->groups[to - 1].end, tests[i].kind);
			return true;
		}
	return false;
}

/* Behind the last group of the row that one mark joins, such as the dashes of
 * 4111-1111-1111-1111; a longer row than a number has does not matter. */
static size_t
row_end(const struct run *run, size_t from)
{
	enum { ROW_MAX = 5 };
	const struct group *g = &run->groups[from];
	size_t to = from + 1;

	for (; to < run->ngroups && to - from < ROW_MAX; to++)
		if (g[to - from].start - g[to - from - 1].end != 1 ||
		    g[to - from].written != g->written ||
		    redact_glyph(run->r, g[to - from - 1].end) !=
			redact_glyph(run->r, g->end))
			break;
	return to;
}

/* Whatever stands beside a row that is a card's, it is none of it. Behind the
 * card that begins there; from: none does. */
static size_t
card_end(const struct run *run, size_t from)
{
	size_t to = row_end(run, from);
	struct number x = number_of(run, from, to);

	if (to - from < 2 || to - from > 4 ||
	    (from > 0 &&
		redact_glyph(run->r, run->groups[from - 1].end) ==
		    redact_glyph(run->r, run->groups[from].end)) ||
	    is_listed(run, from, to))
		return from;
	x.reference = is_reference(run->r, run->groups[from].start);
	return is_card(&x) ? to : from;
}

/* Behind the last group, before limit, that a number from there may have. */
static size_t
furthest(const struct run *run, size_t from, size_t limit)
{
	unsigned first = run->groups[from].first;
	size_t to = from;

	while (to < limit &&
	    run->groups[to].first + run->groups[to].n - first <= NUMBER_MAX)
		to++;
	return to;
}

/* Where a number from there ends; from: none begins there. One whose area code
 * is in brackets may have an extension behind a dash. */
static size_t
take_from(
    struct redact_reading *r, const struct run *run, size_t from, size_t limit)
{
	size_t to = furthest(run, from, limit);
	bool reference = is_reference(r, run->groups[from].start);
	bool extends = is_in_brackets(r, &run->groups[from]);

	for (; to > from; to--)
		if ((extends || !is_tight(run, to)) &&
		    take(r, run, from, to, reference))
			break;
	return to;
}

static void
take_groups(
    struct redact_reading *r, const struct run *run, size_t from, size_t limit)
{
	while (from < limit) {
		size_t to = is_tight(run, from) ?
		    from :
		    take_from(r, run, from, limit);

		from = to > from ? to : from + 1;
	}
}

static void
take_run(struct redact_reading *r, const struct run *run)
{
	size_t from = 0;

	for (size_t i = 0; i < run->ngroups;) {
		size_t to = card_end(run, i);

		if (to == i) {
			i++;
			continue;
		}
		take_groups(r, run, from, i);
		redact_add(r, run->groups[i].start, run->groups[to - 1].end,
		    REDACT_CARD);
		from = i = to;
	}
	take_groups(r, run, from, run->ngroups);
}

void
redact_numbers(struct redact_reading *r)
{
	struct run run = {.r = r};
	char value;

	for (size_t i = 0; i < r->n;) {
		if (digit_at(r, i, &value) == 0) {
			i++;
			continue;
		}
		i = read_run(r, i, &run);
		if (run.n >= NUMBER_MIN)
			take_run(r, &run);
	}
}

/* Past words and separators, such as the はい before a number. */
static size_t
skip_said(const struct redact_reading *r, size_t i, const char *const *words)
{
	size_t n;

	for (; i < r->n; i += n) {
		n = redact_any(r, i, words);
		n += n == 0 && is_separator(redact_glyph(r, i));
		if (n == 0)
			break;
	}
	return i;
}

bool
redact_is_dictated(const struct redact_reading *r, size_t *start, size_t *end)
{
	enum { DICTATED_MIN = 3 };
	static const char *const before[] = {
	    "ハイ", "エエ", "エー", "デハ", "。", NULL};
	static const char *const behind[] = {"デスネ", "デスカ", "デスト",
	    "デス", "デゴザイマスネ", "デヨロシイデスカ", "デショウカ", "ネ",
	    "ト", "ハイ", "オ願イシマス", "オ願イイタシマス", "ドウゾ",
	    "アリガトウゴザイマス", "。", "?", NULL};
	struct run run = {.r = r};
	char value;

	*start = skip_said(r, 0, before);
	if (digit_at(r, *start, &value) == 0)
		return false;
	*end = read_run(r, *start, &run);
	return run.n >= DICTATED_MIN && skip_said(r, *end, behind) == r->n;
}
