/* doubt.c: a name or a password that the server refuses may be another than
 * was meant: what is seen of that is told then, and not before, as it may be
 * right. Nothing of a secret is shown. */
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "quotes.h"

/* Also those that a word processor makes. */
static const char *const quotes[][2] = {
    {"\"", "\""},         {"'", "'"},           {"`", "`"},
    {"\u201c", "\u201d"}, {"\u201d", "\u201d"}, {"\u201e", "\u201c"},
    {"\u2018", "\u2019"}, {"\u00ab", "\u00bb"},
};

static bool is_between(const char *text, const char *open, const char *close)
{
    size_t len = strlen(text), first = strlen(open), last = strlen(close);
    return len > first + last && memcmp(text, open, first) == 0 &&
           memcmp(text + len - last, close, last) == 0;
}

static bool is_quoted(const char *text)
{
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (is_between(text, quotes[i][0], quotes[i][1]))
            return true;
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* What is odd about a text, whichever way it came; NULL: nothing. */
static const char *look(const char *text)
{
    size_t len = strlen(text);
    if (is_quoted(text))
        return "stands in quotes, and they are part of it";
    if (len > 0 && (is_blank(text[0]) || is_blank(text[len - 1])))
        return "begins or ends with a blank, which is part of it";
    return NULL;
}

/* `name` is the setting that gave the text: of a file, say, that holds it. */
static bool doubt(const struct config *config, const char *name,
                  const char *text, char *to, size_t room)
{
    static const char *const told[] = {
        [VALUE_QUOTED] = "was read without the quotes around it",
        [VALUE_CUT] = "ends before its \";\", which begins a comment: put it "
                      "in quotes",
        [VALUE_OPEN] = NULL,
    };
    const struct setting *setting = setting_find(name);
    if (text == NULL || *text == '\0' || setting == NULL)
        return false;
    const char *origin = config_origin(config, name);
    const char *what = told[config->form[setting - settings]];
    if (what == NULL || setting->kind == SETTING_PATH ||
        strcmp(name, "password_command") == 0)
        what = look(text);
    if (what != NULL)
        snprintf(to, room, "; %s (%s) %s", name, origin ? origin : "default",
                 what);
    return what != NULL;
}

const char *config_doubt(const struct config *config, char *to, size_t room)
{
    const char *way = config_way(config);
    *to = '\0';
    if (way == NULL)
        return to;
    if (strcmp(way, "token") == 0)
        doubt(config, way, config->token, to, room);
    else if (!doubt(config, way, config->password, to, room))
        doubt(config, "username", config->username, to, room);
    return to;
}
