/* Addresses of mail: written, and spelled with アットマーク and ドット. */
#include "text/redact_reading.h"

static const char *const ats[] = {"アットマーク", "アット", "(at)", "(AT)",
    "[at]", "[AT]", "(アットマーク)", "(アット)", "@", NULL};
static const char *const symbols[] = {"ドット", "ハイフン", "アンダーバー",
    "アンダースコア", "プラス", "マイナス", "ピリオド", "(dot)", "[dot]",
    "(ドット)", NULL};
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

static void
written(struct redact_reading *r, size_t at)
{
	size_t start = at, end = written_domain(r, at + 1);

	while (start > 0 && is_part(redact_glyph(r, start - 1)))
		start--;
	if (start < at && end > at + 1)
		redact_add(r, start, end, REDACT_EMAIL);
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

static size_t
spelled_start(const struct redact_reading *r, size_t at)
{
	size_t i = at, n;

	while (i > 0) {
		n = redact_any_before(r, i, symbols);
		if (n == 0 && is_spelled(redact_glyph(r, i - 1)))
			n = 1;
		if (n == 0 && i > 1 && redact_glyph(r, i - 1) == ' ' &&
		    blank_joins(r, i - 1))
			n = 1;
		if (n == 0)
			break;
		i -= n;
	}
	while (i < at && redact_glyph(r, i) == ' ')
		i++;
	return i;
}

/* Where the address ends that goes on at i; *dot: a domain has one. */
static size_t
spelled_end(const struct redact_reading *r, size_t i, bool *dot)
{
	size_t end = i, n;

	*dot = false;
	while (redact_glyph(r, end) != 0) {
		*dot |= redact_any(r, end, dots) > 0 ||
		    redact_glyph(r, end) == '.';
		n = redact_any(r, end, symbols);
		if (n == 0 && is_spelled(redact_glyph(r, end)))
			n = 1;
		if (n == 0 && redact_glyph(r, end) == ' ' &&
		    blank_joins(r, end))
			n = 1;
		if (n == 0)
			break;
		end += n;
	}
	return end;
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
	if (dot && end > behind)
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
