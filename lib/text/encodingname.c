/* What to say of an encoding that nobody knows. */
#include <stdlib.h>

#include <unicode/ucnv.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "text/encoding.h"

enum { SHOWN = 3 };

struct names {
	const char **at;
	size_t n, cap;
};

/* Before all others, where several are equally near. */
static const char *const usual[] = {"UTF-8", "CP932", "EUC-JP", "ISO-2022-JP",
    "Shift_JIS", "UTF-16LE", "UTF-16BE", "UTF-16"};

static void
names_add(struct names *all, const char *name)
{
	all->at = mem_grow(all->at, &all->cap, all->n + 1, sizeof(*all->at));
	all->at[all->n++] = name;
}

static void
add_aliases(struct names *all, const char *converter)
{
	UErrorCode ec = U_ZERO_ERROR;
	uint16_t n = ucnv_countAliases(converter, &ec);

	for (uint16_t i = 0; i < n && U_SUCCESS(ec); i++) {
		const char *alias = ucnv_getAlias(converter, i, &ec);

		if (U_SUCCESS(ec) && alias != NULL)
			names_add(all, alias);
	}
}

/* Is it the same encoding as one that was named already? */
static bool
named_before(const char *const *shown, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (ucnv_compareNames(shown[i], name) == 0)
			return true;
	return false;
}

static void
remove_name(struct names *all, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (ucnv_compareNames(all->at[i], name) != 0)
			all->at[n++] = all->at[i];
	all->n = n;
}

static void
say_nearest(struct names *all, const char *name, struct buf *out)
{
	const char *shown[SHOWN], *near;
	size_t n = 0;

	while (
	    n < SHOWN && (near = nearest_name(name, all->at, all->n)) != NULL) {
		if (!named_before(shown, n, near))
			shown[n++] = near;
		remove_name(all, near);
	}
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%s%s",
		    i == 0        ? "did you mean " :
			i + 1 < n ? ", " :
				    " or ",
		    shown[i]);
	buf_adds(out,
	    n > 0 ? "? Else name " :
		    "try UTF-8, CP932, EUC-JP, ISO-2022-JP, UTF-16LE or ");
	buf_adds(out, "another of ICU's converters");
}

int
encoding_unknown(const char *name, struct err *err)
{
	struct names all = {0};
	struct buf hint = {0};

	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		names_add(&all, usual[i]);
	for (int32_t i = 0; i < ucnv_countAvailable(); i++)
		add_aliases(&all, ucnv_getAvailableName(i));
	say_nearest(&all, name, &hint);
	fail(err, "unknown encoding \"%s\": %s", name, buf_cstr(&hint));
	buf_free(&hint);
	free(all.at);
	return -1;
}
