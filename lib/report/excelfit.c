#include "report/excelfit.h"

/* A character beyond U+FFFF, four bytes in UTF-8, is two units. */
static size_t
units_of(unsigned char byte)
{
	if ((byte & 0xc0) == 0x80)
		return 0;
	return byte >= 0xf0 ? 2 : 1;
}

static void
end_cell(struct excelfit *f)
{
	f->long_cells += f->units > EXCEL_UNITS_MOST;
	f->units = 0;
}

/* A quote that follows the one that closed is one of the text. */
static void
take_quote(struct excelfit *f)
{
	f->units += !f->quoted && f->before == '"';
	f->quoted = !f->quoted;
}

static void
take(struct excelfit *f, char c, char delimiter)
{
	if (c == '"')
		take_quote(f);
	else if (f->quoted)
		f->units += units_of((unsigned char)c);
	else if (c == delimiter || c == '\n')
		end_cell(f);
	else if (c != '\r')
		f->units += units_of((unsigned char)c);
	f->rows += c == '\n' && !f->quoted;
	f->before = c;
}

void
excelfit_feed(struct excelfit *f, struct span rows, char delimiter)
{
	for (size_t i = 0; i < rows.len; i++)
		take(f, rows.at[i], delimiter);
}
