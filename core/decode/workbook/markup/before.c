/* before.c: a page has words outside of all tags, too; a CSV has delimiters
 * there, in its first line already. So the text is read as a page would be, and
 * what is a delimiter for once, outside of all tags, ends it. */
#include "before.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"

struct reading {
    const char *at;
    unsigned depth;  /* of tags */
    unsigned quotes; /* outside of tags, as all here */
    bool words;      /* in this line */
    bool loose;      /* in it: a delimiter with a blank behind it, */
    bool was_loose;  /* or in one before it */
};

static const char *past(const char *at, const char *end)
{
    const char *found = strstr(at, end);
    return found ? found + strlen(end) : at + strlen(at);
}

static size_t name_length(const char *name)
{
    size_t len = 0;
    while (ascii_letter(name[len]) || ascii_digit(name[len]) ||
           name[len] == ':' || name[len] == '-' || name[len] == '_')
        len++;
    return len;
}

static bool is_called(const char *name, const char *wanted)
{
    size_t len = strlen(wanted);
    return name_length(name) == len && strncasecmp(name, wanted, len) == 0;
}

static bool is_one_of(const char *name, const char *const *all)
{
    while (*all != NULL && !is_called(name, *all))
        all++;
    return *all != NULL;
}

/* The first tag of that name from here on, behind that, or NULL. */
static const char *find_tag(const char *at, const char *start, const char *name)
{
    for (; (at = strstr(at, start)) != NULL; at++)
        if (is_called(at + strlen(start), name))
            return at + strlen(start);
    return NULL;
}

/* Behind a tag whose name stands here; a '>' in quotes does not end it. */
static const char *tag_end(const char *at)
{
    char quote = '\0';
    for (; *at != '\0' && (quote != '\0' || *at != '>'); at++)
        if (quote != '\0' ? *at == quote : *at == '"' || *at == '\'')
            quote = quote != '\0' ? '\0' : *at;
    return *at != '\0' ? at + 1 : at;
}

/* Scripts and styles go up to their end tag, whatever stands in them. */
static const char *code_end(const char *name)
{
    const char *end = is_called(name, "style") ? "</style" : "</script";
    for (const char *at = name; (at = strchr(at, '<')) != NULL; at++)
        if (strncasecmp(at, end, strlen(end)) == 0)
            return tag_end(at);
    return name + strlen(name);
}

static void pass_tag(struct reading *reading)
{
    static const char *const codes[] = {"script", "style", NULL};
    static const char *const empty[] = {"br",   "hr",    "img",  "meta",
                                        "link", "input", "base", "col",
                                        "wbr",  "area",  NULL};
    const char *name = reading->at + 1;
    bool closes = *name == '/';
    const char *end = tag_end(name);
    if (closes)
        reading->depth -= reading->depth > 0;
    else if (is_one_of(name, codes))
        end = code_end(name);
    else if (!is_one_of(name, empty) && end[-1] == '>' && end[-2] != '/')
        reading->depth++;
    reading->at = end;
}

/* `&aacute;` has a ';' that is none. */
static size_t reference_length(const char *at)
{
    enum { MOST = 12 };
    size_t len = 1 + (at[1] == '#');
    len += name_length(at + len);
    return len < MOST && at[len] == ';' ? len + 1 : 1;
}

static bool ends_line(char byte)
{
    return byte == '\0' || byte == '\n' || byte == '\r';
}

/* Between two cells: none of a number's, at a line's begin or at its end. */
static bool is_delimiter(const struct reading *reading)
{
    const char *at = reading->at;
    if (strchr(",;|\t^~`\x1F", *at) == NULL || ends_line(at[1]))
        return false;
    if (*at == '\t')
        return reading->words && at[1] != '\t' && at[1] != ' ';
    bool number = *at == ',' && reading->words && ascii_digit(at[-1]) &&
                  ascii_digit(at[1]);
    return at[1] != ' ' && !number;
}

static void pass_word(struct reading *reading)
{
    char byte = *reading->at;
    reading->at += byte == '&' ? reference_length(reading->at) : 1;
    if (reading->depth > 0)
        return;
    if (byte == '\n' || byte == '\r') {
        reading->was_loose |= reading->loose;
        reading->words = reading->loose = false;
        return;
    }
    reading->quotes += byte == '"';
    reading->words |= byte != ' ' && byte != '\t';
    reading->loose |= byte == ',' || byte == ';' || byte == '|';
}

/* A table with cells in it, as far as it is in view, behind which nothing goes
 * on as a cell would. */
static bool is_shown(const char *table)
{
    const char *end = find_tag(table, "</", "table");
    if (end == NULL)
        return true;
    if (!find_tag(table, "<", "td") && !find_tag(table, "<", "th"))
        return false;
    end = tag_end(end);
    end += strspn(end, " ");
    return *end == '\0' || strchr(",;|\t\"^~`\x1F", *end) == NULL;
}

static enum before at_table(const struct reading *reading)
{
    bool in_cell = reading->quotes % 2 == 1 ||
                   (reading->words && reading->loose && reading->was_loose);
    return in_cell || !is_shown(reading->at + 1) ? BEFORE_CELLS : BEFORE_PAGE;
}

enum before before_table(const char *text)
{
    struct reading reading = {.at = text};
    while (*reading.at != '\0') {
        const char *at = reading.at;
        if (strncmp(at, "<!--", 4) == 0)
            reading.at = past(at, "-->");
        else if (*at == '<' && (at[1] == '!' || at[1] == '?'))
            reading.at = past(at, ">");
        else if (*at == '<' && is_called(at + 1, "table"))
            return at_table(&reading);
        else if (*at == '<' && (ascii_letter(at[1]) || at[1] == '/'))
            pass_tag(&reading);
        else if (reading.depth == 0 && is_delimiter(&reading))
            return BEFORE_CELLS;
        else
            pass_word(&reading);
    }
    return BEFORE_NOTHING;
}
