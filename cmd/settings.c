/* A site's settings: options that a file gives where the user gave none. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "log.h"
#include "message.h"

static const struct option rows[] = {
    {.name = "config",
	.arg = "FILE",
	.kind = OPTION_TEXT,
	.offset = offsetof(struct shared, config),
	.help = "settings of this site: rules, roles, columns (default: "
		"ofuku/config.yaml in $XDG_CONFIG_HOME or ~/.config, if it "
		"is there; empty: none)"},
    {0},
};

const struct option_group group_settings = {"Settings", rows};

static bool
takes_settings(const struct option_group *const *groups)
{
	for (; *groups != NULL; groups++)
		if (*groups == &group_settings)
			return true;
	return false;
}

/* Where settings are looked for that nobody named; NULL: nowhere. */
static char *
usual_path(void)
{
	const char *base = getenv("XDG_CONFIG_HOME"), *below = "";
	char *path;

	/* The base directory specification: a relative path is none. */
	if (base == NULL || *base != '/') {
		base = getenv("HOME");
		below = "/.config";
	}
	if (base == NULL || *base != '/')
		return NULL;
	if (asprintf(&path, "%s%s/ofuku/config.yaml", base, below) == -1)
		out_of_memory(strlen(base));
	return path;
}

size_t
shared_times_given(const struct shared *s, const char *name)
{
	size_t times = 0;

	for (size_t i = 0; i < s->given.n; i++)
		times += strcmp(s->given.at[i], name) == 0;
	return times;
}

bool
shared_given(const struct shared *s, const char *name)
{
	return shared_times_given(s, name) > 0;
}

/* Are others used than those of the settings? A manifest's arguments name
 * whichever were. */
static bool
has_rules(const struct shared *s)
{
	return s->repeats || getenv("OFUKU_RULES") != NULL;
}

/* What an option of the command line says, all of it, wins. */
static int
apply(struct shared *s, const struct option_group *const *groups)
{
	const struct ofuku_setting *one;

	for (size_t i = 0; (one = ofuku_settings_at(s->settings, i)) != NULL;
	     i++) {
		if (shared_given(s, one->name) ||
		    (strcmp(one->name, "rules") == 0 && has_rules(s)))
			continue;
		if (options_set(s->who, groups, one->name, one->value, s) == -1)
			return -1;
	}
	return 0;
}

static void
say_path(const struct shared *s, const char *path)
{
	char *text;

	if (s->quiet)
		return;
	if (asprintf(&text, "settings of %s", path) == -1)
		out_of_memory(strlen(path));
	log_line("note", s->who, text);
	free(text);
}

static int
use(struct shared *s, const struct option_group *const *groups,
    const char *path)
{
	struct ofuku_error err = {0};

	s->settings = ofuku_settings_load(path, mistake_say, NULL, &err);
	if (s->settings == NULL) {
		complain(s->who, "%s", err.text);
		return -1;
	}
	say_path(s, path);
	return apply(s, groups);
}

int
shared_settings(struct shared *s, const struct option_group *const *groups)
{
	if (!takes_settings(groups))
		return 0;
	if (s->config != NULL)
		return *s->config == '\0' ? 0 : use(s, groups, s->config);
	s->config_path = usual_path();
	if (s->config_path == NULL || access(s->config_path, F_OK) == -1)
		return 0;
	s->config = s->config_path;
	return use(s, groups, s->config);
}

int
shared_settings_again(struct shared *s,
    const struct option_group *const *groups, const struct ofuku_manifest *m)
{
	s->repeats = true;
	s->settings = ofuku_manifest_settings(m);
	return s->settings == NULL ? 0 : apply(s, groups);
}
