/* spec.c: what is said of an input, option by option: one table for what a
 * mapping says and what the command line says over it. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "charset/charset.h"
#include "decoder.h"

void spec_init(struct spec *spec)
{
    *spec = (struct spec){
        .delimiter = -1,
        .quote = -1,
        .escape = -1,
        .header = -1,
        .trim = true,
    };
}

void spec_release(struct spec *spec)
{
    free(spec->path);
    free(spec->encoding);
    spec_init(spec);
}

void spec_copy(struct spec *to, const struct spec *from)
{
    *to = *from;
    to->path = from->path ? mem_text(from->path) : NULL;
    to->encoding = from->encoding ? mem_text(from->encoding) : NULL;
}

/* Text that is one of these words, or -1. */
static int word(const char *text, size_t len, const char *const *words)
{
    for (int i = 0; words[i] != NULL; i++)
        if (strlen(words[i]) == len && strncasecmp(words[i], text, len) == 0)
            return i;
    return -1;
}

static bool set_format(struct spec *spec, const char *text, size_t len,
                       struct err *err)
{
    char *name = mem_text_n(text, len);
    spec->format = format_find(name);
    if (spec->format == NULL)
        err_set(err, EXIT_USAGE, "\"%s\" is no format that can be read", name);
    free(name);
    return spec->format != NULL;
}

static bool set_encoding(struct spec *spec, const char *text, size_t len,
                         struct err *err)
{
    char *name = mem_text_n(text, len);
    if (!charset_known(name)) {
        err_set(err, EXIT_USAGE,
                "\"%s\" is no encoding known here; `iconv -l` lists the names",
                name);
        free(name);
        return false;
    }
    free(spec->encoding);
    spec->encoding = name;
    return true;
}

/* A byte, by itself or by name; 0 for "none". */
static bool set_byte(int *byte, const char *text, size_t len, bool optional,
                     struct err *err)
{
    static const char *const names[] = {"tab",  "\\t",       "space", "comma",
                                        "pipe", "semicolon", NULL};
    static const char bytes[] = "\t\t ,|;";
    static const char *const none[] = {"none", "", "false", NULL};
    int at = word(text, len, names);
    if (optional && word(text, len, none) >= 0) {
        *byte = 0;
    } else if (at >= 0) {
        *byte = (unsigned char)bytes[at];
    } else if (len == 1 && (unsigned char)*text < 0x80 && *text != '\n' &&
               *text != '\r' && *text != '\0') {
        *byte = (unsigned char)*text;
    } else {
        return err_set(err, EXIT_USAGE,
                       "\"%.*s\" is not one ASCII character, nor \"tab\"%s",
                       (int)(len < 40 ? len : 40), text,
                       optional ? " or \"none\"" : "");
    }
    return true;
}

static bool set_delimiter(struct spec *spec, const char *text, size_t len,
                          struct err *err)
{
    return set_byte(&spec->delimiter, text, len, false, err);
}

static bool set_quote(struct spec *spec, const char *text, size_t len,
                      struct err *err)
{
    return set_byte(&spec->quote, text, len, true, err);
}

static bool set_escape(struct spec *spec, const char *text, size_t len,
                       struct err *err)
{
    return set_byte(&spec->escape, text, len, true, err);
}

static bool set_header(struct spec *spec, const char *text, size_t len,
                       struct err *err)
{
    static const char *const none[] = {"none", "false", "no", NULL};
    int line = 0;
    bool number = len > 0 && len < 7;
    for (size_t i = 0; number && i < len; i++) {
        number = text[i] >= '0' && text[i] <= '9';
        line = line * 10 + (text[i] - '0');
    }
    if (word(text, len, none) >= 0)
        line = 0;
    else if (!number)
        return err_set(err, EXIT_USAGE,
                       "\"%.*s\" is no line number, nor 0 for no header",
                       (int)(len < 40 ? len : 40), text);
    spec->header = line;
    return true;
}

static bool set_truth(bool *truth, const char *text, size_t len,
                      struct err *err)
{
    static const char *const words[] = {"false", "true", "no", "yes", "0",
                                        "1",     "off",  "on", NULL};
    int at = word(text, len, words);
    if (at < 0)
        return err_set(err, EXIT_USAGE, "\"%.*s\" is neither true nor false",
                       (int)(len < 40 ? len : 40), text);
    *truth = (at & 1) != 0;
    return true;
}

static bool set_trim(struct spec *spec, const char *text, size_t len,
                     struct err *err)
{
    return set_truth(&spec->trim, text, len, err);
}

static bool set_ragged(struct spec *spec, const char *text, size_t len,
                       struct err *err)
{
    return set_truth(&spec->ragged, text, len, err);
}

/* clang-format off */
const struct spec_option spec_options[] = {
    {"format", "NAME",
     "the input's format, instead of what is detected", set_format},
    {"encoding", "NAME",
     "its encoding, such as windows-1258 or UTF-16", set_encoding},
    {"delimiter", "C",
     "the character between cells, or tab", set_delimiter},
    {"quote", "C",
     "the character around cells, or none (\")", set_quote},
    {"escape", "C",
     "the character before a quote in a cell (doubled quotes)", set_escape},
    {"header", "N",
     "the line the header stands on, 0 for none", set_header},
    {"trim", "BOOL",
     "take white space off the ends of cells (true)", set_trim},
    {"ragged", "BOOL",
     "take rows of another width than the header's (false)", set_ragged},
    {NULL, NULL, NULL, NULL},
};
/* clang-format on */

const struct spec_option *spec_option_find(const char *name)
{
    for (const struct spec_option *option = spec_options; option->name;
         option++)
        if (strcmp(option->name, name) == 0)
            return option;
    return NULL;
}
