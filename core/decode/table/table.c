/* table.c: what may be said of any table, read from options. */
#include "table.h"

#include <string.h>
#include <strings.h>

enum { DIGITS = 6 };

/* A line number at *at, which moves past it. */
static bool read_line(const char **at, const char *end, unsigned *line)
{
    unsigned digits = 0;
    *line = 0;
    for (; *at < end && **at >= '0' && **at <= '9'; (*at)++, digits++) {
        if (digits == DIGITS)
            return false;
        *line = *line * 10 + (unsigned)(**at - '0');
    }
    return digits > 0;
}

/* Lines grow, and none is no line among others. */
static bool add_line(struct table_lines *lines, unsigned line)
{
    if (lines->count == TABLE_HEADER_LINES ||
        (lines->count > 0 && line <= lines->line[lines->count - 1]) ||
        (lines->count > 0 && lines->line[0] == 0))
        return false;
    lines->line[lines->count++] = line;
    return true;
}

/* `3`, or `1,2`. */
static bool read_lines(struct table_lines *lines,
                       const struct option_value *value)
{
    const char *at = value->text, *end = at + value->len;
    for (;;) {
        unsigned line;
        while (at < end && *at == ' ')
            at++;
        if (!read_line(&at, end, &line) || !add_line(lines, line))
            return false;
        while (at < end && *at == ' ')
            at++;
        if (at == end)
            return true;
        if (*at++ != ',')
            return false;
    }
}

static bool says(const struct option_value *value, const char *word)
{
    return value->text != NULL && strlen(word) == value->len &&
           strncasecmp(value->text, word, value->len) == 0;
}

static bool says_none(const struct option_value *value)
{
    return says(value, "none") || says(value, "false") || says(value, "no");
}

bool table_set_lines(void *member, const struct option_value *value,
                     struct err *err)
{
    struct table_lines lines = {.count = 0};
    struct option_shown shown;
    for (unsigned i = 0; i < value->count; i++) {
        const struct option_value *item = &value->items[i];
        bool good =
            item->text != NULL &&
            (says_none(item) ? add_line(&lines, 0) : read_lines(&lines, item));
        if (!good)
            return err_set(err, EXIT_USAGE,
                           "\"%s\" is no line number, nor up to %d of them "
                           "that grow (1,2), nor 0 for no header",
                           item->text ? option_show(item, &shown) : "",
                           TABLE_HEADER_LINES);
    }
    if (lines.count == 0)
        return err_set(err, EXIT_USAGE,
                       "a line number or a list of them, or 0 for no header");
    *(struct table_lines *)member = lines;
    return true;
}

bool table_set_skip(void *number, const struct option_value *value,
                    struct err *err)
{
    const char *at = value->text, *end = at + value->len;
    unsigned lines;
    if (!read_line(&at, end, &lines) || at < end)
        return err_set(err, EXIT_USAGE, "\"%s\" is no number of lines",
                       option_show(value, &(struct option_shown){""}));
    *(unsigned *)number = lines;
    return true;
}

/* The one word that says it, or what takes it back. */
static bool set_word(bool *truth, const struct option_value *value,
                     const char *word, const char *other, struct err *err)
{
    bool is = says(value, word) || says(value, "true") || says(value, "yes");
    if (!is && !says_none(value) && !says(value, other))
        return err_set(err, EXIT_USAGE, "\"%s\" is neither \"%s\" nor \"%s\"",
                       option_show(value, &(struct option_shown){""}), word,
                       other);
    *truth = is;
    return true;
}

bool table_set_hidden(void *truth, const struct option_value *value,
                      struct err *err)
{
    return set_word(truth, value, "skip", "read", err);
}

bool table_set_merged(void *truth, const struct option_value *value,
                      struct err *err)
{
    return set_word(truth, value, "fill", "first", err);
}
