#include "read/slackfolder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "read/json.h"
#include "read/stream.h"

/* A list that is being read. */
struct list {
	struct slackfolder *folder;
	struct arena *arena;
	struct span name; /* of the channel's folder */
};

static struct span
text_of(struct json_value v, const char *key)
{
	struct span text = {"", 0};

	json_string(json_get(v, key), &text);
	return text;
}

static void
take_user(const struct list *l, struct json_value v)
{
	struct json_value profile = json_get(v, "profile");
	const struct span names[] = {text_of(profile, "display_name"),
	    text_of(profile, "real_name"), text_of(v, "real_name"),
	    text_of(v, "name")};
	struct span id = text_of(v, "id");
	struct slackuser *u;
	size_t i = 0;

	while (i < 3 && names[i].len == 0)
		i++;
	if (id.len == 0 || map_get(&l->folder->users, id) != NULL)
		return;
	u = arena_alloc(l->arena, sizeof(*u));
	u->name = arena_dup(l->arena, names[i]);
	json_bool(json_get(v, "is_bot"), &u->bot);
	*map_slot(&l->folder->users, arena_dup(l->arena, id)) = u;
}

/* A folder has the name of its channel, that of a direct talk its id. */
static void
take_channel(const struct list *l, struct json_value v)
{
	struct span id = text_of(v, "id");

	if (id.len > 0 && l->folder->channel.len == 0 &&
	    (span_eq(text_of(v, "name"), l->name) || span_eq(id, l->name)))
		l->folder->channel = arena_dup(l->arena, id);
}

static const struct {
	const char *file;
	/* NULL: nothing is taken from it. */
	void (*take)(const struct list *, struct json_value);
} lists[] = {
    {"users.json", take_user},
    {"org_users.json", take_user},
    {"channels.json", take_channel},
    {"groups.json", take_channel},
    {"dms.json", take_channel},
    {"mpims.json", take_channel},
    {"integration_logs.json", NULL},
    {"canvases.json", NULL},
    {"lists.json", NULL},
    {"file_conversations.json", NULL},
    {"huddle_transcripts.json", NULL},
};

enum { NLISTS = sizeof(lists) / sizeof(*lists) };

bool
slackfolder_lists(struct span path)
{
	const char *slash = memrchr(path.at, '/', path.len);
	struct span last = path;

	if (slash != NULL)
		last = (struct span){
		    slash + 1, (size_t)(path.at + path.len - slash - 1)};
	for (size_t i = 0; i < NLISTS; i++)
		if (span_eq(last, span_of(lists[i].file)))
			return true;
	return false;
}

static void
take_all(const struct list *l, struct span text,
    void (*take)(const struct list *, struct json_value))
{
	struct json json;
	struct json_walk w;
	struct json_value v;
	const char *why;

	json_open(&json, JSON_DEPTH);
	if (json_parse(&json, text, &why)) {
		w = json_each(json_root(&json));
		while (json_next(&w, NULL, &v))
			take(l, v);
	}
	json_close(&json);
}

static void
read_list(const struct list *l, const char *path, size_t max,
    void (*take)(const struct list *, struct json_value))
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct err err = {0};
	struct stream *in;
	struct span text;

	if (fd == -1)
		return;
	if (stream_open(&in, fd, span_of(path), NULL, &err) == 0) {
		if (stream_all(in, max, &text, &err) == 0)
			take_all(l, text, take);
		stream_close(in);
	}
	close(fd);
}

/* The folder in which the file lies; NULL: there is none. */
static char *
folder_of(struct arena *a, struct span path)
{
	const char *slash = memrchr(path.at, '/', path.len);
	char *found = NULL, *copy = NULL;

	if (span_eq(path, SPAN("-")))
		return NULL;
	if (slash != NULL)
		path.len = (size_t)(slash - path.at) + 1;
	found = realpath(slash == NULL ? "." : arena_cstr(a, path), NULL);
	if (found == NULL && errno == ENOMEM)
		mem_exhausted(0);
	if (found != NULL)
		copy = arena_cstr(a, span_of(found));
	free(found);
	return copy;
}

void
slackfolder_read(
    struct slackfolder *f, struct arena *a, struct span path, size_t max)
{
	struct list l = {.folder = f, .arena = a};
	char *folder = folder_of(a, path), *slash;

	*f = (struct slackfolder){.channel = {"", 0}};
	slash = folder == NULL ? NULL : strrchr(folder, '/');
	if (slash == NULL)
		return;
	*slash = '\0';
	l.name = span_of(slash + 1);
	for (size_t i = 0; i < NLISTS; i++)
		if (lists[i].take != NULL)
			read_list(&l,
			    arena_printf(a, "%s/%s", folder, lists[i].file),
			    max, lists[i].take);
}

void
slackfolder_free(struct slackfolder *f)
{
	map_free(&f->users);
}

const struct slackuser *
slackfolder_user(const struct slackfolder *f, struct span id)
{
	return map_get(&f->users, id);
}
