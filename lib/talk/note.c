#include "talk/note.h"

const struct note notes[NOTE_N] = {
#define X(id, name, level, message) [id] = {name, level, message},
    NOTES(X)
#undef X
};

const char *
note_level_name(enum note_level level)
{
	static const char *const names[] = {
	    [LOST_NOTHING] = "nothing lost",
	    [LOST_FIELD] = "field lost",
	    [LOST_RECORD] = "record lost",
	    [LOST_INPUT] = "input lost",
	};

	return names[level];
}
