/*
 * A text that a spreadsheet would run: it begins with =, +, -, @, a tab or a
 * line break, or with one of the signs in full width or U+2212, which is one
 * of them in encodings of Japan. Reports put a ' before such a text, and take
 * it away when they are read again; both ask here. So that this brings back
 * every text, one that looks as if it had the ' gets one more.
 */
#ifndef OFUKU_TEXT_FORMULA_H
#define OFUKU_TEXT_FORMULA_H

#include <stdbool.h>

#include "base/span.h"

/*
 * Is the text one, in whatever encoding it may be written, or one behind any
 * number of '? Invisible characters at its beginning do not hide the sign:
 * text/encoder.h drops those that an encoding does not have.
 */
bool formula_is(struct span text);
/* Is its first character a ' that was put before such a text? */
bool formula_guarded(struct span cell);

#endif
