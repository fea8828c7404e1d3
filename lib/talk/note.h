/*
 * Oddities of the input: one catalogue. Each has a name, a level that says
 * what was lost, a message and an entry in ofuku-formats(5).
 */
#ifndef OFUKU_TALK_NOTE_H
#define OFUKU_TALK_NOTE_H

enum note_level { LOST_NOTHING, LOST_FIELD, LOST_RECORD, LOST_INPUT };

/* id, name, level, message; "%.*s" in a message takes the detail. */
#define NOTES(X) \
	X(NOTE_AT_WINS, "at-wins", LOST_FIELD, \
	    "record has both at and start: at is used") \
	X(NOTE_END_BEFORE_START, "end-before-start", LOST_FIELD, \
	    "end lies before start: the end is taken as unknown") \
	X(NOTE_ID_RECURS, "id-recurs", LOST_NOTHING, \
	    "conversation id \"%.*s\" recurs with an earlier time: a new conversation") \
	X(NOTE_MIXED_ZONES, "mixed-zones", LOST_NOTHING, \
	    "conversation \"%.*s\" has times with and without an offset: those " \
	    "without are read as +09:00 (--tz names another zone)") \
	X(NOTE_NOT_A_TRANSCRIPT, "not-a-transcript", LOST_INPUT, \
	    "no transcript in any known format: skipped (name it to see why)") \
	X(NOTE_READ_ONCE, "read-once", LOST_NOTHING, "given twice: read once") \
	X(NOTE_WRITTEN_TO, "written-to", LOST_NOTHING, \
	    "written to while it was read: its last record may be cut, and " \
	    "what came later is missing") \
	X(NOTE_ENCODING_GUESSED, "encoding-guessed", LOST_NOTHING, \
	    "no encoding decodes without an error: read as %.*s") \
	X(NOTE_DUPLICATE_COLUMN, "duplicate-column", LOST_FIELD, \
	    "two columns mean %.*s: the first is used") \
	X(NOTE_DATE_ONLY, "date-only", LOST_FIELD, \
	    "a date without a time of day: the time is taken as unknown") \
	X(NOTE_SERIAL_DATE, "serial-date", LOST_NOTHING, \
	    "a time is a number of days, as a spreadsheet keeps it: read as " \
	    "date and time of day") \
	X(NOTE_NO_SUCH_COLUMN, "no-such-column", LOST_FIELD, \
	    "--map names a column that the table has not: %.*s") \
	X(NOTE_BLANK_IN_CUE, "blank-in-cue", LOST_NOTHING, \
	    "text behind a blank line: taken as said at the time of the cue before") \
	X(NOTE_NUL_REPLACED, "nul-replaced", LOST_NOTHING, \
	    "NUL stands as U+FFFD, as WebVTT wants it") \
	X(NOTE_BEFORE_START, "before-start", LOST_FIELD, \
	    "a time before the start: taken as 0") \
	X(NOTE_TIME_UNKNOWN, "time-unknown", LOST_FIELD, \
	    "the time of a phrase is in no known form: this and others like it " \
	    "are taken as unknown") \
	X(NOTE_MORE_PAGES, "more-pages", LOST_NOTHING, \
	    "a page of several (%.*s): what is said on those that follow is " \
	    "judged only where they are given, too") \
	X(NOTE_RAGGED_ROW, "ragged-row", LOST_NOTHING, \
	    "row has other columns than the header: %.*s") \
	X(NOTE_ID_UNUSED, "id-unused", LOST_FIELD, \
	    "a conversation is named, but the first record names none: the " \
	    "file is one conversation, whatever others name")

enum note_id {
#define X(id, name, level, message) id,
	NOTES(X)
#undef X
	    NOTE_N
};

struct note {
	const char *name;
	enum note_level level;
	const char *message;
};

extern const struct note notes[NOTE_N];
const char *note_level_name(enum note_level);

#endif
