/* Addresses of mail: written, and spelled with アットマーク and ドット. */
#include "text/redact_reading.h"

/* In glyphs: between two pieces, in a word of kana, in a local part that is
 * spelled letter by letter. */
enum { GAP_MAX = 5, WORD_MAX = 16, LOCAL_MAX = 300 };

static const char *const ats[] = {"アットマーク", "アット", "(at)", "(AT)",
    "[at]", "[AT]", "(アットマーク)", "(アット)", "@", NULL};
static const char *const marks[] = {"マーク", "@", ")", "]", NULL};
static const char *const symbols[] = {"ドット", "ハイフン", "アンダーバー",
    "アンダースコア", "プラス", "マイナス", "ピリオド", "(dot)", "[dot]",
    "(ドット)", NULL};
/* Of the Latin alphabet, as they are called; digits, too. */
static const char *const letters[] = {"ダブリュー", "ダブリュ", "ダブル",
    "エックス", "エイチ", "エッチ", "ジェー", "ジェイ", "アール", "ティー",
    "ディー", "ヴィー", "ゼット", "ズィー", "キュー", "エー", "エイ", "ビー",
    "シー", "デー", "イー", "エフ", "ジー", "アイ", "ケー", "ケイ", "エル",
    "エム", "エヌ", "オー", "ピー", "エス", "テー", "ユー", "ブイ", "ワイ",
    "ゼロ", "イチ", "ニー", "サン", "ヨン", "ゴー", "ロク", "ナナ", "ハチ",
    NULL};
/* What a domain has in kana. */
static const char *const domains[] = {"ジーメール", "ヤフー", "ドコモ",
    "エーユー", "ソフトバンク", "アウトルック", "ホットメール", "アイクラウド",
    "イーズウェブ", "ニフティ", "ビッグローブ", "ライブ", "コム", "ネット",
    "オーグ", "ジェーピー", "ジェイピー", "シーオー", "エヌイー", "エーシー",
    NULL};
/* What a domain ends in, so that no dot need be said before it; and domains
 * that are said without their end. */
static const char *const tops[] = {"コム", "シーオー", "ネット", "オーグ",
    "ジェーピー", "ジェイピー", "com", "net", "org", "jp", NULL};
static const char *const mailers[] = {"ジーメール", "ヤフー", "ドコモ",
    "エーユー", "ソフトバンク", "アウトルック", "ホットメール", "アイクラウド",
    "gmail", "yahoo", "docomo", "softbank", "outlook", "hotmail", "icloud",
    NULL};
static const char *const gaps[] = {
    "、", "ノ", "デ", " ", "エーット", "エット", NULL};
static const char *const particles[] = {"ハ", "ガ", "ヲ", "ハ、", NULL};
static const char *const dots[] = {
    "ドット", "ピリオド", "(dot)", "[dot]", "(ドット)", NULL};

static bool
is_part(uint32_t c)
{
	return is_letter(c) || is_digit(c) || c == '.' || c == '_' ||
	    c == '-' || c == '+' || c == '%';
}

static bool
is_spelled(uint32_t c)
{
	return is_part(c) || is_katakana(c);
}

/* Where the domain that begins at i ends; i: there is none. */
static size_t
written_domain(const struct redact_reading *r, size_t i)
{
	size_t end = i, dot = 0;

	while (is_letter(redact_glyph(r, end)) ||
	    is_digit(redact_glyph(r, end)) || redact_glyph(r, end) == '.' ||
	    redact_glyph(r, end) == '-')
		end++;
	while (end > i &&
	    (redact_glyph(r, end - 1) == '.' ||
		redact_glyph(r, end - 1) == '-'))
		end--;
	for (size_t k = i + 1; k < end; k++)
		if (redact_glyph(r, k) == '.')
			dot = k;
	return dot > 0 && is_letter(redact_glyph(r, dot + 1)) && end - dot > 2 ?
	    end :
	    i;
}

/* What stands behind or before the blank goes on with the address. */
static bool
blank_joins(const struct redact_reading *r, size_t i)
{
	return (i > 0 && is_part(redact_glyph(r, i - 1)) &&
		   is_part(redact_glyph(r, i + 1))) ||
	    redact_any(r, i + 1, symbols) > 0 ||
	    redact_any(r, i + 1, ats) > 0 ||
	    redact_any_before(r, i, symbols) > 0 ||
	    redact_any_before(r, i, ats) > 0;
}

/* What is said between the pieces of an address, before i. */
static size_t
gap_before(const struct redact_reading *r, size_t i)
{
	size_t n, all = 0;

	while (all < GAP_MAX && all < i &&
	    (n = redact_any_before(r, i - all, gaps)) > 0)
		all += n;
	return all;
}

static size_t
gap_at(const struct redact_reading *r, size_t i)
{
	size_t n, all = 0;

	while (all < GAP_MAX && (n = redact_any(r, i + all, gaps)) > 0)
		all += n;
	return all;
}

static bool
is_alone(const struct redact_reading *r, size_t start, size_t end)
{
	uint32_t before = start == 0 ? 0 : redact_glyph(r, start - 1);

	return !is_spelled(before) && !is_spelled(redact_glyph(r, end));
}

/* Is all that is spelled before i named letter by letter: "ティーエー"? */
static bool
names_letters(const struct redact_reading *r, size_t i)
{
	size_t start = i, n;

	while (i - start < LOCAL_MAX &&
	    (n = redact_any_before(r, start, letters)) > 0)
		start -= n;
	if (start == i && i > 0 && is_letter(redact_glyph(r, i - 1)))
		start--;
	return start < i && is_alone(r, start, i);
}

/* たなか, but not はたなか of アドレスはたなか: where it begins. */
static size_t
kana_start(const struct redact_reading *r, size_t end)
{
	size_t start = end, from;

	while (start > 0 && end - start < WORD_MAX &&
	    is_hiragana(redact_glyph(r, start - 1)))
		start--;
	if (start > 0 && end - start > 2)
		start += redact_any(r, start, particles);
	for (size_t i = start; i < end; i++)
		if (redact_surname_read(r, i) > 0 || redact_is_given(r, i, end))
			return i;
	for (from = end - start > 1 ? end - 2 : start; from > start; from--)
		if (redact_any_before(r, from, particles) > 0)
			return from;
	return end - start > 1 ? start : end;
}

/* Where a word of kana or kanji that ends at i begins; i: none does. */
static size_t
word_start(const struct redact_reading *r, size_t i)
{
	size_t start = i;

	if (i > 0 && is_hiragana(redact_glyph(r, i - 1)))
		return kana_start(r, i);
	while (start > 0 && i - start < WORD_MAX &&
	    is_kanji(redact_glyph(r, start - 1)))
		start--;
	return start;
}

/* Is what ends at i a surname, whole, with an edge before it? */
static size_t
surname_before(const struct redact_reading *r, size_t i)
{
	size_t start = word_start(r, i);

	return start < i &&
		(redact_surname(r, start) == i - start ||
		    redact_surname_read(r, start) == i - start) ?
	    i - start :
	    0;
}

/* tanaka, 田中.花子, 田中hanako; in taro of 宛先taro 宛先 is no name. */
static size_t
written_start(const struct redact_reading *r, size_t at)
{
	size_t start = at, from;
	uint32_t c;

	do {
		from = start;
		while (start > 0 && is_part(redact_glyph(r, start - 1)))
			start--;
		c = redact_glyph(r, start);
		if (c == '@' || c == '.' || c == '_' || c == '-')
			start = word_start(r, start);
		else if (start < from)
			start -= surname_before(r, start);
	} while (start < from && at - start < LOCAL_MAX);
	return start;
}

static void
written(struct redact_reading *r, size_t at)
{
	size_t start = at, end = written_domain(r, at + 1);

	if (end > at + 1)
		start = written_start(r, at);
	if (start < at && end > at + 1)
		redact_add(r, start, end, REDACT_EMAIL);
}

/* How many glyphs of a letter, its name or a symbol stand before i. */
static size_t
piece_before(const struct redact_reading *r, size_t i)
{
	size_t n = redact_any_before(r, i, symbols);

	if (n == 0)
		n = redact_any_before(r, i, letters);
	if (n == 0 && i > 0 && is_spelled(redact_glyph(r, i - 1)))
		n = 1;
	if (n == 0 && i > 1 && redact_glyph(r, i - 1) == ' ' &&
	    blank_joins(r, i - 1))
		n = 1;
	return n;
}

/* Does what stands from i go on with what stands before the gap there? */
static bool
gap_joins(const struct redact_reading *r, size_t before, size_t i, size_t at)
{
	return i == at || redact_any(r, i, symbols) > 0 ||
	    redact_any_before(r, before, symbols) > 0 ||
	    (names_letters(r, before) &&
		(redact_any(r, i, letters) > 0 ||
		    is_digit(redact_glyph(r, i)))) ||
	    (before > 0 && is_digit(redact_glyph(r, before - 1)) &&
		redact_any(r, i, letters) > 0);
}

/* How many glyphs before i are of the address that goes on there: words of
 * kana and kanji are beside the at, or beside a symbol. */
static size_t
step_back(const struct redact_reading *r, size_t i, size_t at, bool *word)
{
	size_t n = *word ? redact_any_before(r, i, symbols) :
			   piece_before(r, i);
	size_t gap = n > 0 ? 0 : gap_before(r, i);

	if (gap > 0 && !gap_joins(r, i - gap, i, at))
		return 0;
	if (gap > 0)
		n = *word ? redact_any_before(r, i - gap, symbols) :
			    piece_before(r, i - gap);
	if (n > 0 || *word)
		*word = false;
	else if (i == at || (i + 1 == at && surname_before(r, i) > 0) ||
	    redact_any(r, i, symbols) > 0) {
		n = i - gap - word_start(r, i - gap);
		*word = true;
	}
	return n == 0 ? 0 : gap + n;
}

static size_t
spelled_start(const struct redact_reading *r, size_t at)
{
	bool word = false;
	size_t i = at, n = 1;

	while (i > 0 && at - i < LOCAL_MAX && n > 0) {
		n = step_back(r, i, at, &word);
		i -= n;
	}
	while (i < at && redact_glyph(r, i) == ' ')
		i++;
	return i;
}

/* じーめーる before どっと: kana that are of a domain, as a dot follows. */
static size_t
kana_at(const struct redact_reading *r, size_t i)
{
	size_t n = 0;

	while (n < WORD_MAX &&
	    (is_hiragana(redact_glyph(r, i + n)) ||
		redact_glyph(r, i + n) == 0x30fc)) {
		n++;
		if (redact_any(r, i + n, dots) > 0)
			return n;
	}
	return 0;
}

/* How many glyphs of a domain stand at i. */
static size_t
piece_at(const struct redact_reading *r, size_t i)
{
	size_t n = redact_any(r, i, symbols);

	if (n == 0)
		n = redact_any(r, i, domains);
	if (n == 0)
		n = redact_any(r, i, letters);
	if (n == 0 && is_spelled(redact_glyph(r, i)))
		n = 1;
	if (n == 0 && redact_glyph(r, i) == ' ' && blank_joins(r, i))
		n = 1;
	return n == 0 ? kana_at(r, i) : n;
}

/* Does a word of the list stand at i, and no more of a word? */
static size_t
whole_at(const struct redact_reading *r, size_t i, const char *const *words)
{
	size_t n = redact_any(r, i, words);

	return is_spelled(redact_glyph(r, i + n)) ? 0 : n;
}

/* example コム, ジーメールコム: the end of the domain from start, at i behind a
 * gap. */
static size_t
top_at(const struct redact_reading *r, size_t start, size_t i, size_t gap)
{
	bool parted = gap > 0 || redact_is_whole(r, start, i, mailers);

	return i > start && parted ? whole_at(r, i + gap, tops) : 0;
}

/* Where the address ends that goes on at i; *dot: a domain has one, or an end
 * without. */
static size_t
spelled_end(const struct redact_reading *r, size_t i, bool *dot)
{
	/* アット alone begins other words: アットホーム. */
	bool mark = redact_any_before(r, i, marks) > 0;
	size_t end = i, start = i + gap_at(r, i), n, gap, top;

	*dot = false;
	while (redact_glyph(r, end) != 0) {
		n = piece_at(r, end);
		gap = n > 0 ? 0 : gap_at(r, end);
		top = mark ? top_at(r, start, end, gap) : 0;
		if (gap > 0 && top > 0)
			n = top;
		else if (gap > 0 &&
		    (end == i || gap_joins(r, end, end + gap, 0)))
			n = piece_at(r, end + gap);
		if (n == 0)
			break;
		end += gap;
		*dot |= top > 0 || redact_any(r, end, dots) > 0 ||
		    redact_glyph(r, end) == '.';
		end += n;
	}
	return end;
}

/* hanako アットマーク ジーメール: all of a domain is a mailer's name. */
static bool
is_mailer(const struct redact_reading *r, size_t at, size_t i, size_t end)
{
	at -= gap_before(r, at);
	i += gap_at(r, i);
	return at > 0 &&
	    (is_part(redact_glyph(r, at - 1)) || names_letters(r, at)) &&
	    redact_is_whole(r, i, end, mailers);
}

/*
 * An address around the at that stands from i to behind; returns where the
 * next one may begin: what is spelled without a break is one address or none.
 */
static size_t
spelled(struct redact_reading *r, size_t i, size_t behind)
{
	size_t start = spelled_start(r, i), rest, end;
	bool dot;

	rest = end = spelled_end(r, behind, &dot);
	while (end > behind &&
	    (redact_glyph(r, end - 1) == ' ' ||
		redact_glyph(r, end - 1) == '.'))
		end--;
	if (dot && start == i)
		return behind;
	if (end > behind && (dot || is_mailer(r, i, behind, end)))
		redact_add(r, start, end, REDACT_EMAIL);
	return rest > behind ? rest : behind;
}

void
redact_mails(struct redact_reading *r)
{
	size_t i = 0;

	while (i < r->n) {
		size_t n = redact_any(r, i, ats);

		if (redact_glyph(r, i) == '@')
			written(r, i);
		i = n == 0 ? i + 1 : spelled(r, i, i + n);
	}
}
