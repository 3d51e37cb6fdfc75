/* spec.c: options are checked as soon as they are said, against the format's
 * table or, where it is not known yet, against each table that has the name. */
#include "spec.h"

#include <stdlib.h>
#include <string.h>

#include "base/nfc.h"
#include "base/utf8.h"
#include "decode/encoding/repair.h"
#include "decoder.h"

static bool set_format(void *member, const struct option_value *value,
                       struct err *err)
{
    const struct format **format = member;
    *format =
        strlen(value->text) == value->len ? format_find(value->text) : NULL;
    return *format != NULL ||
           err_set(err, EXIT_USAGE, "\"%s\" is no format that can be read",
                   value->text);
}

/* The value outlives who says it, so its place is the spec as a whole. */
static bool set_fill_down(void *member, const struct option_value *value,
                          struct err *err)
{
    struct spec *spec = member;
    for (unsigned i = 0; i < value->count; i++)
        if (value->items[i].text == NULL || value->items[i].len == 0)
            return err_set(err, EXIT_USAGE,
                           "names of columns, { \"Group\" }, are wanted");
    spec->fill_down = option_value_copy(value, &spec->memory);
    return true;
}

static bool set_repair(void *member, const struct option_value *value,
                       struct err *err)
{
    const struct repair **repair = member;
    struct buf names = {0};
    *repair =
        strlen(value->text) == value->len ? repair_find(value->text) : NULL;
    if (*repair != NULL)
        return true;
    repair_names(&names);
    err_set(err, EXIT_USAGE, "\"%s\" is no repair: %s", value->text,
            buf_text(&names));
    buf_release(&names);
    return false;
}

/* The command line needs none: a shell finds files there. */
static bool set_pick(void *member, const struct option_value *value,
                     struct err *err)
{
    struct spec *spec = member;
    spec->picked = true;
    spec->newest = strcmp(value->text, "newest") == 0;
    return spec->newest || strcmp(value->text, "all") == 0 ||
           err_set(err, EXIT_USAGE, "\"%s\" is neither all nor newest",
                   value->text);
}

static const char *kept_text(struct spec *spec, const char *text)
{
    const struct option_value value = option_text_value(text, strlen(text));
    return option_value_copy(&value, &spec->memory).text;
}

/* As names of members are spelt. */
static bool set_member(void *member, const struct option_value *value,
                       struct err *err)
{
    struct spec *spec = member;
    if (value->len == 0 || strlen(value->text) != value->len)
        return err_set(err, EXIT_USAGE, "the name of a file is wanted");
    struct buf name = {0};
    if (utf8_valid(value->text, value->len) == value->len)
        utf8_nfc(&name, value->text, value->len);
    else
        buf_add(&name, value->text, value->len);
    spec->unpacking.member = kept_text(spec, buf_text(&name));
    buf_release(&name);
    return true;
}

/* What every input has, whatever its format. */
static const struct format_option own_options[] = {
    {"format", "NAME", "the input's format, instead of what is detected",
     OPTION_TEXT, offsetof(struct spec, format), set_format},
    {"fill_down", "NAME", "a column whose blank cells take the value above",
     OPTION_LIST, 0, set_fill_down},
    {"repair", "NAME",
     "text that was read in a wrong encoding: auto, tcvn3, vni, utf8 or ncr",
     OPTION_TEXT, offsetof(struct spec, repair), set_repair},
    {"pick", NULL, "which files of a pattern: all, or the newest", OPTION_TEXT,
     0, set_pick},
    {"member", "NAME", "the file in an archive, by name or pattern",
     OPTION_TEXT, 0, set_member},
    {"max_unpacked", "BYTES", "what an input may unpack to, such as 8G (4G)",
     OPTION_NUMBER, offsetof(struct spec, unpacking.max_unpacked),
     option_bytes},
    {"max_ratio", "N", "times its packed size that it may become (200)",
     OPTION_NUMBER, offsetof(struct spec, unpacking.max_ratio), option_count},
    {"max_members", "N", "members that an archive may have (10000)",
     OPTION_NUMBER, offsetof(struct spec, unpacking.max_members), option_count},
    {"headers", NULL, "of the request to a URL", OPTION_TABLE, 0,
     request_set_headers},
    {"method", NULL, "of the request to a URL (GET, with a body POST)",
     OPTION_TEXT, 0, request_set_method},
    {"body", NULL, "is sent to a URL", OPTION_TEXT, 0, request_set_body},
    {"body", NULL, "is sent to a URL as JSON", OPTION_TABLE, 0,
     request_set_body},
    {"body", NULL, "is sent to a URL as JSON", OPTION_LIST, 0,
     request_set_body},
    {"next", NULL, "\"link\": the page after a page, by its Link header",
     OPTION_TEXT, 0, request_set_next},
    {"next", NULL, "the page after a page: { page = \"page\" } and others",
     OPTION_TABLE, 0, request_set_next},
    {"next", NULL, "a function of a page: the URL after it, or nil",
     OPTION_FUNCTION, 0, request_set_next},
    {"since", NULL, "what {since} in url, headers or body is at first",
     OPTION_TEXT, 0, request_set_since},
    {"if_changed", NULL, "read only if it is not as the last run read it",
     OPTION_TRUTH, offsetof(struct spec, request.if_changed), option_truth},
    {"end_without_list", NULL, "the last page may lack its list", OPTION_TRUTH,
     offsetof(struct spec, request.end_without_list), option_truth},
    {"max_page", NULL, "bytes that a page may have (256M, a single one 4G)",
     OPTION_NUMBER, offsetof(struct spec, request.max_page), option_bytes},
    {"max_pages", NULL, "pages that there may be (100000)", OPTION_NUMBER,
     offsetof(struct spec, request.max_pages), option_count},
    {"timeout", NULL, "seconds for one page", OPTION_NUMBER,
     offsetof(struct spec, request.timeout), option_count},
    {"rate", NULL, "requests a second at most", OPTION_NUMBER,
     offsetof(struct spec, request.rate), option_count},
    {.name = NULL},
};

void spec_init(struct spec *spec)
{
    *spec = (struct spec){.path = NULL};
    arena_init(&spec->memory);
}

void spec_release(struct spec *spec)
{
    free(spec->path);
    free(spec->said);
    arena_release(&spec->memory);
    spec_init(spec);
}

/* Texts of the command line live in argv, those of a script in Lua: both may
 * end before the input does. */
static void keep(struct spec *spec, const char *name,
                 const struct option_value *value)
{
    const struct option_value text = option_text_value(name, strlen(name));
    spec->said = mem_resize(spec->said, (spec->count + 1) * sizeof *spec->said);
    spec->said[spec->count++] = (struct said){
        .name = option_value_copy(&text, &spec->memory).text,
        .value = option_value_copy(value, &spec->memory),
    };
}

void spec_copy(struct spec *to, const struct spec *from)
{
    spec_init(to);
    to->path = from->path ? mem_text(from->path) : NULL;
    to->folder = from->folder;
    to->reach = from->reach;
    to->picked = from->picked;
    to->newest = from->newest;
    to->format = from->format;
    to->as_is = from->as_is;
    to->by_looks = from->by_looks;
    to->start = from->start;
    to->fill_down = option_value_copy(&from->fill_down, &to->memory);
    to->repair = from->repair;
    to->unpacking = from->unpacking;
    if (from->unpacking.member != NULL)
        to->unpacking.member = kept_text(to, from->unpacking.member);
    request_copy(to, from);
    to->wanted = from->wanted;
    for (unsigned i = 0; i < from->count; i++)
        keep(to, from->said[i].name, &from->said[i].value);
}

/* Tries the value on options that are thrown away. */
static bool try_on(const struct format *format, const struct format_option *row,
                   const struct option_value *value, struct err *err)
{
    void *options = mem_zero(1, format->options_size);
    bool good = option_set(row, options, value, err);
    free(options);
    return good;
}

/* Does a format take it? `known`: one at least has the name. Where none does,
 * what the first one says: it is what is meant most often. */
static bool some_format_takes(const char *name,
                              const struct option_value *value, bool *known,
                              struct err *err)
{
    struct err later;
    *known = false;
    for (unsigned i = 0; formats[i] != NULL; i++) {
        const struct format_option *row =
            option_find(formats[i]->options, name);
        if (row == NULL)
            continue;
        bool first = !*known;
        *known = true;
        if (try_on(formats[i], row, value, first ? err : &later))
            return true;
    }
    return false;
}

static bool belongs_elsewhere(const struct format *format, const char *name,
                              struct err *err)
{
    struct buf owners = {0};
    spec_formats_with(name, &owners);
    err_set(err, EXIT_USAGE, "is no option of %s, but of %s", format->name,
            buf_text(&owners));
    buf_release(&owners);
    return false;
}

/* Where the format is not known yet, one format that takes the value is enough:
 * it is looked at again when the input is open. */
static bool check(const struct spec *spec, const char *name,
                  const struct option_value *value, struct err *err)
{
    bool known;
    bool taken = some_format_takes(name, value, &known, err);
    if (!known)
        return err_set(err, EXIT_USAGE, "there is no option '%s'", name);
    if (spec->format != NULL) {
        const struct format_option *row =
            option_find(spec->format->options, name);
        if (row == NULL)
            return belongs_elsewhere(spec->format, name, err);
        taken = try_on(spec->format, row, value, err);
    }
    return taken;
}

/* Of a name that stands several times, one after the other, the row of that
 * type; else the first one. */
static const struct format_option *find_own(const char *name,
                                            enum option_type type)
{
    const struct format_option *first = option_find(own_options, name);
    for (const struct format_option *row = first;
         row != NULL && row->name != NULL && strcmp(row->name, name) == 0;
         row++)
        if (row->type == type)
            return row;
    return first;
}

bool spec_say(struct spec *spec, const char *name,
              const struct option_value *value, struct err *err)
{
    const struct format_option *own = find_own(name, value->type);
    if (own != NULL)
        return option_set(own, spec, value, err);
    if (!check(spec, name, value, err))
        return false;
    keep(spec, name, value);
    return true;
}

/* What the named format has no option for is not said any more. */
static void forget_others(struct spec *spec)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < spec->count; i++)
        if (option_find(spec->format->options, spec->said[i].name) != NULL)
            spec->said[kept++] = spec->said[i];
    spec->count = kept;
}

/* `--format xlsx` over fast.csv { delimiter = ";" }: what was said of CSV is
 * not said of a workbook. */
bool spec_override(struct spec *spec, const char *name, const char *text,
                   struct err *err)
{
    const struct option_value value = option_text_value(text, strlen(text));
    const struct format *before = spec->format;
    if (!spec_say(spec, name, &value, err))
        return false;
    if (spec->format != before)
        forget_others(spec);
    return true;
}

static bool is_of_command_line(const struct format_option *row)
{
    return row->type != OPTION_TABLE && row->type != OPTION_FUNCTION &&
           row->argument != NULL;
}

/* Has a format before this one the same name? */
static bool is_repeated(unsigned format, const char *name)
{
    for (unsigned i = 0; i < format; i++)
        if (option_find(formats[i]->options, name) != NULL)
            return true;
    return false;
}

bool spec_calls(const struct spec *spec)
{
    bool calls = spec->request.next.type == OPTION_FUNCTION;
    for (unsigned i = 0; i < spec->count; i++)
        calls = calls || spec->said[i].value.type == OPTION_FUNCTION;
    return calls;
}

const struct format_option *spec_option_at(unsigned index, bool script)
{
    unsigned at = 0;
    for (const struct format_option *row = own_options; row->name; row++)
        if ((script || is_of_command_line(row)) && at++ == index)
            return row;
    for (unsigned i = 0; formats[i] != NULL; i++)
        for (const struct format_option *row = formats[i]->options; row->name;
             row++)
            if ((script || is_of_command_line(row)) &&
                !is_repeated(i, row->name) && at++ == index)
                return row;
    return NULL;
}

void spec_formats_with(const char *name, struct buf *out)
{
    unsigned count = 0, done = 0;
    for (unsigned i = 0; formats[i] != NULL; i++)
        count += option_find(formats[i]->options, name) != NULL;
    for (unsigned i = 0; formats[i] != NULL; i++) {
        if (option_find(formats[i]->options, name) == NULL)
            continue;
        done++;
        buf_addf(out, "%s%s",
                 done == 1       ? ""
                 : done == count ? " and "
                                 : ", ",
                 formats[i]->name);
    }
}
