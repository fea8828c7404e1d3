/*
 * Numbers that tell of people. A run is digits of any script, with what may
 * stand between them; its groups are what separators leave. Of each group on
 * the longest row of groups that is a number of some kind is one; a number
 * that its text calls an order's or a member's is none.
 */
#include "text/redact_reading.h"

enum { DIGITS_MAX = 40, GROUPS_MAX = 40, GAP_MAX = 4, WORDS_MAX = 3 };

struct group {
	size_t start, end; /* glyphs */
	unsigned first, n; /* digits */
	bool written;      /* in ASCII digits alone */
};

struct run {
	const struct redact_reading *r;
	char digits[DIGITS_MAX]; /* values, not characters */
	unsigned n;
	struct group groups[GROUPS_MAX];
	size_t ngroups;
};

/* Some groups of a run: what is tried as a number. */
struct number {
	const struct run *run;
	const struct group *groups;
	size_t ngroups;
	const char *digits;
	unsigned n;
	bool written;
	bool reference; /* of an order, a member, a device */
};

static const struct {
	const char *word;
	char value;
} spoken[] = {{"ゼロ", 0}, {"レイ", 0}, {"マル", 0}, {"イチ", 1}, {"ニイ", 2},
    {"ニー", 2}, {"ニ", 2}, {"サン", 3}, {"ヨン", 4}, {"シチ", 7}, {"シイ", 4},
    {"シー", 4}, {"シ", 4}, {"ゴオ", 5}, {"ゴー", 5}, {"ゴウ", 5}, {"ゴ", 5},
    {"ロク", 6}, {"ナナ", 7}, {"ハチ", 8}, {"キュウ", 9}, {"キュー", 9},
    {"〇", 0}, {"○", 0}, {"零", 0}, {"一", 1}, {"二", 2}, {"三", 3}, {"四", 4},
    {"五", 5}, {"六", 6}, {"七", 7}, {"八", 8}, {"九", 9}};

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
	return n == 1 && is_particle(r, i) ? 0 : n;
}

static bool
is_separator(uint32_t c)
{
	static const uint32_t separators[] = {'-', ' ', '(', ')', '.', '/',
	    0x30fc, 0x306e /* の */, 0x3001 /* 、 */, 0x301c, '~', '\n',
	    0x30fb};

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
	    "ソノー", "ウーント", "ウーン", "ンー", "マア", "ハイ", "デスネ",
	    "デシテ", "ソレカラ", NULL};

	return redact_any(r, i, fillers);
}

/* The next digit behind i within a gap; 0: there is none. */
static size_t
next_digit(const struct redact_reading *r, size_t i)
{
	size_t marks = 0, words = 0, n;
	char value;

	for (; marks <= GAP_MAX && words <= WORDS_MAX; i += n) {
		if (digit_at(r, i, &value) > 0)
			return i;
		n = filler_at(r, i);
		words += n > 0;
		marks = n > 0 ? 0 : marks + 1;
		if (n == 0 && !is_separator(redact_glyph(r, i)))
			break;
		n += n == 0;
	}
	return 0;
}

static void
add_digit(struct run *run, size_t i, size_t n, char value)
{
	struct group *g = run->ngroups == 0 ? NULL :
					      &run->groups[run->ngroups - 1];

	if (g == NULL || g->end != i) {
		g = &run->groups[run->ngroups++];
		*g = (struct group){
		    .start = i, .first = run->n, .written = true};
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
	size_t n, next;
	char value;

	*run = (struct run){.r = r};
	while (run->n < DIGITS_MAX && (n = digit_at(r, i, &value)) > 0) {
		add_digit(run, i, n, value);
		next = next_digit(r, i + n);
		i += n;
		if (next == 0)
			break;
		i = next;
	}
	while (digit_at(r, i, &value) > 0)
		i++;
	return i;
}

/* Skips back over what may stand between a word and its number. */
static size_t
skip_back(const struct redact_reading *r, size_t i)
{
	static const char *const between[] = {"ハデスネ", "ガデスネ", "ハ",
	    "ガ", "ノ", "ヲ", "デ", "、", ",", ":", " ", "(", "「", "\"", "=",
	    "#", "デス", "モ", NULL};
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

/* "注文番号は", "型番:", "KX-": what follows is no number of a person's. */
static bool
is_reference(const struct redact_reading *r, size_t start)
{
	static const char *const others[] = {"型番", "品番", "シリアル",
	    "コード", "ID", "Id", "id", "No.", "NO.", "No", "ナンバー", NULL};
	static const char *const own[] = {"電話", "携帯", "ケータイ", "口座",
	    "郵便", "カード", "個人", "マイ", "FAX", "Fax", "ファックス",
	    "ファクス", "直通", "代表", "連絡先", "ダイヤル", "ノ", "、", "。",
	    " ", "」", NULL};
	size_t i = skip_back(r, start), n;

	if (start > 0 &&
	    (is_letter(redact_glyph(r, start - 1)) ||
		(start > 1 && redact_glyph(r, start - 1) == '-' &&
		    is_letter(redact_glyph(r, start - 2)))))
		return true;
	n = redact_before(r, i, "番号");
	if (n > 0)
		return i > n && redact_any_before(r, i - n, own) == 0;
	n = redact_any_before(r, i, others);
	return n > 0 && redact_any_before(r, i - n, own) == 0;
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

	return redact_any(r, end, units) > 0 || before == '$' ||
	    before == 0xa5 || before == 0xffe5 || before == '\\' ||
	    is_letter(redact_glyph(r, end));
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

/* Do four digits more go on with it before group i, behind a blank or の? */
static bool
joins_four(const struct run *run, size_t i, size_t other)
{
	const struct group *before = &run->groups[i - 1], *g = &run->groups[i];

	return run->groups[other].n == 4 && before->written == g->written &&
	    g->start - before->end <= 2;
}

/* Is it part of a longer number in fours? */
static bool
goes_on(const struct number *x)
{
	size_t from = (size_t)(x->groups - x->run->groups);
	size_t to = from + x->ngroups;

	return x->ngroups > 1 && x->groups[0].n == 4 &&
	    ((from > 0 && joins_four(x->run, from, from - 1)) ||
		(to < x->run->ngroups && joins_four(x->run, to, to)));
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

/* Of such a number with a right check digit; in groups as cards print them, or
 * in halves. */
static bool
is_card(const struct number *x)
{
	static const unsigned four[] = {4, 4, 4, 4, 0}, half[] = {8, 8, 0},
			      amex[] = {4, 6, 5, 0}, diners[] = {4, 6, 4, 0};

	if (x->reference || is_quantity(x) || x->n < 14 || x->n > 16 ||
	    goes_on(x) || !is_network(x) || !luhn(x))
		return false;
	return (x->n == 16 && has_groups(x, half)) ||
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
	int sum = 0;

	if (x->n != 12 || x->reference || is_quantity(x) || goes_on(x) ||
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
	size_t i = x->groups[0].start;

	if (i > 0 && redact_glyph(x->run->r, i - 1) == '(')
		i--;
	if (i > 0 && redact_glyph(x->run->r, i - 1) == '+')
		return i - 1;
	return i - redact_before(x->run->r, i, "プラス");
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

static const char *const phone_words[] = {"電話", "携帯", "ケータイ", "TEL",
    "Tel", "tel", "ファックス", "FAX", "連絡先", "折リ返シ", "直通", NULL};

/* "03-1234-5678", not "0-3-12345-678", unless it is said to be one's. */
static bool
has_phone_groups(const struct number *x)
{
	unsigned last = x->groups[x->ngroups - 1].n;

	if (x->ngroups == 1 || all_one(x) || !x->written)
		return true;
	if (said_before(x->run->r, x->groups[0].start, 8, phone_words))
		return true;
	return x->ngroups <= 4 && x->groups[0].n >= 2 && x->groups[0].n <= 7 &&
	    last >= 3 && last <= 8;
}

/* "0081-90-1234-5678", "010-81-3-1234-5678": as dialled from abroad. */
static bool
is_from_abroad(const struct number *x)
{
	unsigned n = begins(x, "0081") ? 4 : begins(x, "01081") ? 5 : x->n;

	return !x->reference && x->ngroups > 1 && has_phone_groups(x) &&
	    (x->n - n == 9 || x->n - n == 10) && x->digits[n] != 0;
}

static bool
is_domestic(const struct number *x)
{
	static const char *const mobile[] = {
	    "050", "060", "070", "080", "090", "020", NULL};
	static const char *const called[] = {
	    "0120", "0800", "0570", "050", "060", "070", "080", "090", NULL};

	if (x->digits[0] != 0 || !has_phone_groups(x))
		return false;
	if (x->reference && (x->ngroups == 1 || !begins_one_of(x, called)))
		return false;
	return (x->n == 11 && begins_one_of(x, mobile)) ||
	    (x->n == 10 && x->digits[1] != 0);
}

/* Without its area code, where the text says that it is a telephone's. */
static bool
is_local(const struct number *x)
{
	static const unsigned eight[] = {4, 4, 0}, seven[] = {3, 4, 0},
			      six[] = {2, 4, 0};
	size_t start = x->groups[0].start;

	return !x->reference &&
	    (has_groups(x, eight) || has_groups(x, seven) ||
		has_groups(x, six)) &&
	    said_before(x->run->r, start, 12, phone_words);
}

static bool
is_phone(const struct number *x)
{
	bool plus = plus_before(x) < x->groups[0].start;

	if (is_quantity(x) && !(x->ngroups > 1 && is_domestic(x)))
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

static bool
is_postal(const struct number *x)
{
	static const unsigned lengths[] = {3, 4, 0};
	static const char *const words[] = {"〒", "郵便番号", NULL};
	size_t i = skip_back(x->run->r, x->groups[0].start);

	if (x->n != 7 || !is_grouped(x, lengths))
		return false;
	return redact_any_before(x->run->r, i, words) > 0 ||
	    (has_groups(x, lengths) && before_prefecture(x));
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
	size_t start = x->groups[0].start, i = skip_back(r, start);

	if (x->n >= 4 && said_before(r, start, 8, numbers))
		return true;
	if (x->n >= 5 && redact_any_before(r, i, accounts) > 0)
		return true;
	return redact_before(r, i, "番号") > 0 &&
	    said_before(r, i, 12, accounts);
}

/* "ゆうちょ 12345-12345671": symbol, maybe a digit more, and number. */
static bool
is_savings(const struct number *x)
{
	static const char *const words[] = {
	    "ユウチョ", "郵貯", "貯金", "通帳", "記号番号", NULL};
	size_t last = x->ngroups - 1;

	return (last == 1 || (last == 2 && x->groups[1].n == 1)) &&
	    x->groups[0].n == 5 && x->digits[0] <= 1 &&
	    x->groups[last].n >= 2 && x->groups[last].n <= 8 &&
	    said_before(x->run->r, x->groups[0].start, 14, words);
}

static bool
is_account(const struct number *x)
{
	if (is_savings(x))
		return true;
	if (x->n > 8 || is_quantity(x))
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
	    run->groups[i].written &&
	    (gap_has(run, i, '-') || gap_has(run, i, 0x30fc) ||
		gap_has(run, i, '.'));
}

/* Slashes part dates, and numbers from one another; those of one number stand
 * in all of its gaps, and no more beside it: 03/1234/5678. */
static bool
is_slashed_wrong(const struct run *run, size_t from, size_t to)
{
	size_t slashes = 0;

	for (size_t i = from + 1; i < to; i++)
		slashes += gap_has(run, i, '/');
	if (slashes == 0)
		return false;
	return slashes < 2 || slashes + 1 < to - from ||
	    run->digits[run->groups[from].first] != 0 ||
	    (from > 0 && gap_has(run, from, '/')) ||
	    (to < run->ngroups && gap_has(run, to, '/'));
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
	const struct redact_reading *r = x->run->r;
	size_t start = x->groups[0].start, end = x->groups[0].end;

	if (kind == REDACT_PHONE && plus_before(x) < start)
		start = plus_before(x);
	if (kind == REDACT_PHONE && x->ngroups > 1 && start > 0 &&
	    redact_glyph(r, start - 1) == '(' && redact_glyph(r, end) == ')')
		start--;
	return start;
}

/* Takes groups from to to as what they are; false: as nothing. */
static bool
take(struct redact_reading *r, const struct run *run, size_t from, size_t to)
{
	struct number x = {.run = run,
	    .groups = &run->groups[from],
	    .ngroups = to - from,
	    .digits = &run->digits[run->groups[from].first]};

	x.n = run->groups[to - 1].first + run->groups[to - 1].n -
	    run->groups[from].first;
	if (x.n < 4 || x.n > 16 || is_slashed_wrong(run, from, to) ||
	    has_word(&run->groups[from], &run->groups[to - 1]))
		return false;
	x.written = true;
	for (size_t i = from; i < to; i++)
		x.written &= run->groups[i].written;
	x.reference = is_reference(r, run->groups[from].start);
	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		if (tests[i].is(&x)) {
			redact_add(r, first_glyph(&x, tests[i].kind),
			    run->groups[to - 1].end, tests[i].kind);
			return true;
		}
	return false;
}

static void
take_run(struct redact_reading *r, const struct run *run)
{
	for (size_t from = 0; from < run->ngroups;) {
		size_t to = is_tight(run, from) ? from : run->ngroups;

		while (
		    to > from && (is_tight(run, to) || !take(r, run, from, to)))
			to--;
		from = to > from ? to : from + 1;
	}
}

void
redact_numbers(struct redact_reading *r)
{
	struct run run;
	char value;

	for (size_t i = 0; i < r->n;) {
		if (digit_at(r, i, &value) == 0) {
			i++;
			continue;
		}
		i = read_run(r, i, &run);
		if (run.n >= 4)
			take_run(r, &run);
	}
}
