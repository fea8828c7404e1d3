/*
 * Numbers that tell of people. A run is digits of any script, with what may
 * stand between them; its groups are what separators leave. Of each group on
 * the longest row of groups that is a number of some kind is one; a number
 * that its text calls an order's or a member's is none.
 */
#include "text/redact_reading.h"

enum { DIGITS_MAX = 40, GROUPS_MAX = 40, GAP_MAX = 4 };

struct group {
	size_t start, end; /* glyphs */
	unsigned first, n; /* digits */
};

struct run {
	const struct redact_reading *r;
	char digits[DIGITS_MAX]; /* values, not characters */
	unsigned n;
	struct group groups[GROUPS_MAX];
	size_t ngroups;
	bool written; /* in ASCII digits alone */
};

/* Some groups of a run: what is tried as a number. */
struct number {
	const struct run *run;
	const struct group *groups;
	size_t ngroups;
	const char *digits;
	unsigned n;
	bool reference; /* of an order, a member, a device */
};

static const struct {
	const char *word;
	char value;
} spoken[] = {{"ゼロ", 0}, {"レイ", 0}, {"マル", 0}, {"イチ", 1}, {"ニ", 2},
    {"サン", 3}, {"ヨン", 4}, {"ゴ", 5}, {"ロク", 6}, {"ナナ", 7}, {"シチ", 7},
    {"ハチ", 8}, {"キュウ", 9}, {"キュー", 9}, {"〇", 0}, {"○", 0}, {"零", 0},
    {"一", 1}, {"二", 2}, {"三", 3}, {"四", 4}, {"五", 5}, {"六", 6}, {"七", 7},
    {"八", 8}, {"九", 9}};

/* に and ご behind a number are mostly a particle and a prefix. */
static bool
is_particle(const struct redact_reading *r, size_t i)
{
	static const char *const ends[] = {
	    "、", "。", "デス", "デシ", "デゴ", "ノ", "-", "ー", NULL};
	uint32_t c = redact_glyph(r, i), next = redact_glyph(r, i + 1);

	if (c != 0x306b /* に */ && c != 0x3054 /* ご */)
		return false;
	if (next == 0 || next == ' ' || next == '\n' ||
	    redact_any(r, i + 1, ends) > 0)
		return false;
	for (size_t k = 0; k < sizeof(spoken) / sizeof(*spoken); k++)
		if (redact_word(r, i + 1, spoken[k].word) > 0)
			return false;
	return true;
}

/* How many glyphs of a digit stand at i; 0: none does. */
static size_t
digit_at(const struct redact_reading *r, size_t i, char *value)
{
	size_t n = 0;

	if (is_digit(redact_glyph(r, i))) {
		*value = (char)(redact_glyph(r, i) - '0');
		return 1;
	}
	for (size_t k = 0; k < sizeof(spoken) / sizeof(*spoken) && n == 0;
	     k++) {
		n = redact_word(r, i, spoken[k].word);
		*value = spoken[k].value;
	}
	return n > 0 && is_particle(r, i) ? 0 : n;
}

static bool
is_separator(uint32_t c)
{
	static const uint32_t separators[] = {'-', ' ', '(', ')', '.', 0x30fc,
	    0x306e /* の */, 0x3001 /* 、 */, 0x301c, '~', '\n', 0x30fb};

	for (size_t i = 0; i < sizeof(separators) / sizeof(*separators); i++)
		if (c == separators[i])
			return true;
	return false;
}

/* The next digit behind i within a gap; 0: there is none. */
static size_t
next_digit(const struct redact_reading *r, size_t i)
{
	char value;

	for (size_t k = i; k <= i + GAP_MAX; k++) {
		if (digit_at(r, k, &value) > 0)
			return k;
		if (!is_separator(redact_glyph(r, k)))
			break;
	}
	return 0;
}

static void
add_digit(struct run *run, size_t i, size_t n, char value)
{
	struct group *g = run->ngroups == 0 ? NULL :
					      &run->groups[run->ngroups - 1];

	run->written &= is_digit(redact_glyph(run->r, i));
	if (g == NULL || g->end != i) {
		g = &run->groups[run->ngroups++];
		*g = (struct group){.start = i, .first = run->n};
	}
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

	*run = (struct run){.r = r, .written = true};
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
	return x->ngroups == 1 || all_one(x) || !x->run->written ||
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

/* ISO/IEC 7812: the networks' first digits, their lengths, the check digit. */
static bool
is_card(const struct number *x)
{
	static const unsigned four[] = {4, 4, 4, 4, 0}, amex[] = {4, 6, 5, 0},
			      diners[] = {4, 6, 4, 0};

	if (x->reference || is_quantity(x) || x->n < 14 || x->n > 16 ||
	    x->digits[0] < 2 || x->digits[0] > 6 || !luhn(x))
		return false;
	return is_grouped(x, x->n == 16 ? four : x->n == 15 ? amex : diners);
}

/* The check digit of the ministry's order no. 85 of 2014, article 5. */
static bool
is_mynumber(const struct number *x)
{
	static const unsigned four[] = {4, 4, 4, 0};
	int sum = 0;

	if (x->n != 12 || x->reference || is_quantity(x) ||
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

/* "03-1234-5678", not "0-3-12345-678". */
static bool
has_phone_groups(const struct number *x)
{
	unsigned last = x->groups[x->ngroups - 1].n;

	if (x->ngroups == 1 || all_one(x) || !x->run->written)
		return true;
	return x->ngroups <= 4 && x->groups[0].n >= 2 && x->groups[0].n <= 7 &&
	    last >= 3 && last <= 8;
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
	static const char *const words[] = {"電話", "携帯", "ケータイ", "TEL",
	    "Tel", "tel", "ファックス", "FAX", "連絡先", "折リ返シ", "直通",
	    NULL};
	size_t start = x->groups[0].start;

	return !x->reference &&
	    (has_groups(x, eight) || has_groups(x, seven) ||
		has_groups(x, six)) &&
	    said_before(x->run->r, start, 12, words);
}

static bool
is_phone(const struct number *x)
{
	bool plus = plus_before(x) < x->groups[0].start;

	if (is_quantity(x))
		return false;
	if (plus && begins(x, "81"))
		return x->n >= 11 && x->n <= 13;
	if (plus)
		return x->n >= 10 && x->n <= 15;
	return is_domestic(x) || is_local(x);
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
	static const char *const kinds[] = {"普通", "当座", "貯蓄", NULL};
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

static bool
is_account(const struct number *x)
{
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

/* Does a dash or the like hold groups i-1 and i together? */
static bool
is_tight(const struct run *run, size_t i)
{
	size_t at, end;

	if (i == 0 || i >= run->ngroups)
		return false;
	at = run->groups[i - 1].end;
	end = run->groups[i].start;
	for (; at < end; at++)
		if (redact_glyph(run->r, at) == '-' ||
		    redact_glyph(run->r, at) == 0x30fc ||
		    redact_glyph(run->r, at) == '.')
			return run->written;
	return false;
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
	if (x.n < 4 || x.n > 16)
		return false;
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
