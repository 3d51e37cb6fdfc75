/* option.c: values, from a script or the command line, as a format wants
 * them. A message shows at most OPTION_SHOWN letters of a value. */
#include "option.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "charset/charset.h"

const struct format_option *option_find(const struct format_option *rows,
                                        const char *name)
{
    for (const struct format_option *row = rows; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

static const char *const type_names[] = {
    [OPTION_TEXT] = "text",     [OPTION_NUMBER] = "number",
    [OPTION_TRUTH] = "boolean", [OPTION_LIST] = "list",
    [OPTION_TABLE] = "table",   [OPTION_FUNCTION] = "function",
};

/* What has a text is read from its text, whatever the row's type. */
static bool is_plain(enum option_type type)
{
    return type == OPTION_TEXT || type == OPTION_NUMBER || type == OPTION_TRUTH;
}

/* `{ }` is a list as well as a table. */
static bool is_empty(const struct option_value *value)
{
    return value->type == OPTION_TABLE && value->count == 0;
}

bool option_set(const struct format_option *row, void *options,
                const struct option_value *value, struct err *err)
{
    bool fits = is_plain(row->type) ? is_plain(value->type)
                : row->type == OPTION_LIST
                    ? value->type == OPTION_LIST || is_plain(value->type) ||
                          is_empty(value)
                    : value->type == row->type;
    const struct option_value list = {
        .type = OPTION_LIST, .items = value, .count = 1};
    if (fits)
        return row->set(
            (char *)options + row->offset,
            row->type == OPTION_LIST && is_plain(value->type) ? &list : value,
            err);
    if (is_plain(row->type))
        return err_set(err, EXIT_USAGE,
                       "a text, a number or a boolean, not a %s",
                       type_names[value->type]);
    return err_set(err, EXIT_USAGE, "a %s, not a %s", type_names[row->type],
                   type_names[value->type]);
}

struct option_value option_text_value(const char *text, size_t len)
{
    return (struct option_value){.type = OPTION_TEXT, .text = text, .len = len};
}

struct option_value option_value_copy(const struct option_value *value,
                                      struct arena *arena)
{
    struct option_value copy = *value;
    if (value->text != NULL) {
        char *text = arena_alloc(arena, value->len + 1);
        memcpy(text, value->text, value->len);
        text[value->len] = '\0';
        copy.text = text;
    }
    if (value->count > 0) {
        struct option_value *items =
            arena_alloc(arena, value->count * sizeof *items);
        for (unsigned i = 0; i < value->count; i++)
            items[i] = option_value_copy(&value->items[i], arena);
        copy.items = items;
    }
    return copy;
}

/* The text's place among the words, in any letter case, or -1. */
static int word(const struct option_value *value, const char *const *words)
{
    for (int i = 0; words[i] != NULL; i++)
        if (strlen(words[i]) == value->len &&
            strncasecmp(words[i], value->text, value->len) == 0)
            return i;
    return -1;
}

const char *option_show(const struct option_value *value,
                        struct option_shown *shown)
{
    char *to = shown->text;
    size_t len = utf8_cut(value->text, value->len, OPTION_SHOWN);
    for (size_t i = 0; i < len; i++)
        if (value->text[i] != '\0')
            *to++ = value->text[i];
        else
            to = stpcpy(to, "\\u{0}");
    *to = '\0';
    return shown->text;
}

bool option_text(void *member, const struct option_value *value,
                 struct err *err)
{
    (void)err;
    *(const char **)member = value->text;
    return true;
}

bool option_truth(void *member, const struct option_value *value,
                  struct err *err)
{
    static const char *const words[] = {"false", "true", "no", "yes", "0",
                                        "1",     "off",  "on", NULL};
    int at = word(value, words);
    if (at < 0)
        return err_set(err, EXIT_USAGE, "\"%s\" is neither true nor false",
                       option_show(value, &(struct option_shown){""}));
    *(bool *)member = (at & 1) != 0;
    return true;
}

static bool read_byte(int *byte, const struct option_value *value)
{
    static const char *const names[] = {"tab",  "\\t",       "space", "comma",
                                        "pipe", "semicolon", NULL};
    static const char bytes[] = "\t\t ,|;";
    int at = word(value, names);
    unsigned char first = (unsigned char)value->text[0];
    bool one = value->len == 1 && first < 0x80 && first != '\n' &&
               first != '\r' && first != '\0';
    if (at < 0 && !one)
        return false;
    *byte = at >= 0 ? bytes[at] : first;
    return true;
}

bool option_byte(void *member, const struct option_value *value,
                 struct err *err)
{
    return read_byte(member, value) ||
           err_set(err, EXIT_USAGE,
                   "\"%s\" is not one ASCII character, nor \"tab\"",
                   option_show(value, &(struct option_shown){""}));
}

bool option_byte_or_none(void *member, const struct option_value *value,
                         struct err *err)
{
    static const char *const none[] = {"none", "", "false", "no", NULL};
    if (word(value, none) >= 0)
        *(int *)member = 0;
    else if (!read_byte(member, value))
        return err_set(
            err, EXIT_USAGE,
            "\"%s\" is not one ASCII character, nor \"tab\" or \"none\"",
            option_show(value, &(struct option_shown){""}));
    return true;
}

bool option_line(void *member, const struct option_value *value,
                 struct err *err)
{
    enum { DIGITS = 6 };
    static const char *const none[] = {"none", "false", "no", NULL};
    int line = 0;
    bool number = value->len > 0 && value->len <= DIGITS;
    for (size_t i = 0; number && i < value->len; i++) {
        number = value->text[i] >= '0' && value->text[i] <= '9';
        line = line * 10 + (value->text[i] - '0');
    }
    if (!number && word(value, none) < 0)
        return err_set(err, EXIT_USAGE,
                       "\"%s\" is no line number, nor 0 for no header",
                       option_show(value, &(struct option_shown){""}));
    *(int *)member = number ? line : 0;
    return true;
}

bool option_size(void *member, const struct option_value *value,
                 struct err *err)
{
    static const unsigned long long max = 1 << 30;
    char *end = NULL;
    bool digits = value->len > 0 && value->len < 12 && value->text[0] >= '0' &&
                  value->text[0] <= '9';
    unsigned long long size = digits ? strtoull(value->text, &end, 10) : 0;
    unsigned shift = 0;
    if (digits && (*end == 'K' || *end == 'M'))
        shift = *end++ == 'K' ? 10 : 20;
    /* A NUL ends the digits as well, but not the value. */
    if (!digits || end != value->text + value->len || size == 0 ||
        size > max >> shift)
        return err_set(err, EXIT_USAGE,
                       "'%s' is no size in bytes up to 1024M, such as "
                       "65536, 512K or 64M",
                       option_show(value, &(struct option_shown){""}));
    *(size_t *)member = (size_t)size << shift;
    return true;
}

/* Digits and a letter that multiplies; 0: it is none. */
static uint64_t read_size(const struct option_value *value)
{
    static const char letters[] = "KMGT";
    char *end = NULL;
    bool digits = value->len > 0 && value->len < 16 && value->text[0] >= '0' &&
                  value->text[0] <= '9';
    uint64_t size = digits ? strtoull(value->text, &end, 10) : 0;
    const char *letter = digits && *end != '\0' ? strchr(letters, *end) : NULL;
    unsigned shift = letter ? 10 * (unsigned)(letter - letters + 1) : 0;
    if (letter != NULL)
        end++;
    return digits && end == value->text + value->len &&
                   size <= (uint64_t)1 << (62 - shift)
               ? size << shift
               : 0;
}

bool option_bytes(void *member, const struct option_value *value,
                  struct err *err)
{
    uint64_t size = read_size(value);
    if (size == 0)
        return err_set(err, EXIT_USAGE,
                       "'%s' is no size in bytes, such as 65536, 64M or 8G",
                       option_show(value, &(struct option_shown){""}));
    *(uint64_t *)member = size;
    return true;
}

bool option_count_to(void *member, unsigned most,
                     const struct option_value *value, struct err *err)
{
    uint64_t count = read_size(value);
    if (count == 0 || count > most || strpbrk(value->text, "KMGT") != NULL)
        return err_set(err, EXIT_USAGE,
                       "\"%s\" is no whole number from 1 to %u",
                       option_show(value, &(struct option_shown){""}), most);
    *(unsigned *)member = (unsigned)count;
    return true;
}

bool option_count(void *member, const struct option_value *value,
                  struct err *err)
{
    return option_count_to(member, 1000000000, value, err);
}

bool option_either(void *member, const char *zero, const char *one,
                   const struct option_value *value, struct err *err)
{
    const char *const words[] = {zero, one, NULL};
    int place = word(value, words);
    if (place < 0)
        return err_set(err, EXIT_USAGE, "\"%s\" is neither %s nor %s",
                       option_show(value, &(struct option_shown){""}), zero,
                       one);
    *(int *)member = place;
    return true;
}

bool option_encoding(void *member, const struct option_value *value,
                     struct err *err)
{
    if (strlen(value->text) != value->len || !charset_known(value->text))
        return err_set(
            err, EXIT_USAGE,
            "\"%s\" is no encoding known here; `iconv -l` lists the names",
            option_show(value, &(struct option_shown){""}));
    *(const char **)member = value->text;
    return true;
}

bool option_whole(void *member, const struct option_value *value,
                  struct err *err)
{
    (void)err;
    *(struct option_value *)member = *value;
    return true;
}
