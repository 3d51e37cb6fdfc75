/* lines.c: from the bytes of a file to name and value. */
#include "lines.h"

#include <ini.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "parse.h"

struct walk {
    const char *at, *end; /* what is still to come */
    char *raw;            /* the line, as libinih has not seen it */
    struct line line;
    bool failed;
    bool (*take)(void *owner, const struct line *line, struct err *err);
    void *owner;
    struct err *err;
};

bool lines_fail(const struct line *line, const char *text, struct err *err)
{
    return err_set(err, EXIT_USAGE, "%s:%u: %s", line->path, line->number,
                   text);
}

static bool fail(struct walk *walk, const char *text)
{
    walk->failed = true;
    return lines_fail(&walk->line, text, walk->err);
}

/* The bytes of the next line, its end included; without the blanks that it
 * begins with: libinih would join it to the one above, as old files do. */
static size_t cut(struct walk *walk)
{
    const char *stop = memchr(walk->at, '\n', (size_t)(walk->end - walk->at));
    size_t len = (size_t)((stop ? stop + 1 : walk->end) - walk->at);
    size_t blanks = strspn(walk->at, " \t");
    if (blanks > len)
        blanks = len;
    walk->at += blanks;
    return len - blanks;
}

/* Hands libinih one line. */
static char *next_line(char *to, int size, void *argument)
{
    struct walk *walk = argument;
    if (walk->failed || walk->at == walk->end) {
        mem_wipe(to, (size_t)size);
        return NULL;
    }
    walk->line.number++;
    size_t len = cut(walk);
    if (len >= (size_t)size ||
        (len + 1 == (size_t)size && walk->at[len - 1] != '\n')) {
        fail(walk, "the line is too long; a long token is better given as "
                   "FASTSYNC_TOKEN in the environment");
        return NULL;
    }
    memcpy(to, walk->at, len);
    to[len] = '\0';
    walk->at += len;
    setting_drop(&walk->raw);
    walk->raw = mem_text(to);
    return to;
}

/* The shell knows quotes itself, so that a command may begin with one. */
static int on_value(void *argument, const char *section, const char *name,
                    const char *value)
{
    struct walk *walk = argument;
    struct line *line = &walk->line;
    if (walk->failed)
        return 0;
    *line = (struct line){.path = line->path,
                          .number = line->number,
                          .section = *section ? section : "default",
                          .name = name,
                          .form = quotes_read(walk->raw, &value)};
    line->value = value;
    if (line->form == VALUE_OPEN && strcmp(name, "password_command") != 0) {
        char text[160];
        snprintf(text, sizeof text,
                 "%.40s: it begins with a quote and does not end with the "
                 "same one (put the whole in the other kind of quotes)",
                 name);
        return fail(walk, text);
    }
    walk->failed = !walk->take(walk->owner, line, walk->err);
    return !walk->failed;
}

bool lines_each(const struct content *content, const char *path,
                bool (*take)(void *owner, const struct line *line,
                             struct err *err),
                void *owner, struct err *err)
{
    struct walk walk = {.at = content->at,
                        .end = content->at + content->len,
                        .line = {.path = path},
                        .take = take,
                        .owner = owner,
                        .err = err};
    int bad = ini_parse_stream(next_line, &walk, on_value, &walk);
    setting_drop(&walk.raw);
    walk.line.number = bad > 0 ? (unsigned)bad : 0;
    if (bad != 0 && !walk.failed)
        fail(&walk, "neither \"[section]\" nor \"name = value\"");
    return !walk.failed;
}
