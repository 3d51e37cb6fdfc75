/* detect.c: from the outside in: packings, packages, formats. */
#include "detect.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "decode/detect/look.h"
#include "decode/sql/odbc/connection.h"
#include "source/unpack.h"

/* How sure a format is that need not be called so. */
enum { PLAINLY = 80, EXTENSION = 20 };

struct zip_limits detect_limits(const struct input *input)
{
    struct unpacking limits = unpack_limits(&input->spec.unpacking);
    return (struct zip_limits){.max_unpacked = limits.max_unpacked,
                               .max_ratio = limits.max_ratio};
}

/* Does the name end in one of the format's? Names are a hint, never a proof:
 * many an .xls is something else. */
static bool has_extension(const struct format *format, const char *name,
                          size_t len)
{
    for (const char *const *end = format->extensions; *end; end++) {
        size_t end_len = strlen(*end);
        if (len > end_len &&
            strncasecmp(name + len - end_len, *end, end_len) == 0)
            return true;
    }
    return false;
}

/* Of "kh.csv.gz" what is before ".gz". */
static size_t name_length(const char *name)
{
    static const char *const ends[] = {".gz", ".bz2", ".xz", ".zst", ".zstd"};
    size_t len = strlen(name);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i]);
        if (len > end && strcasecmp(name + len - end, ends[i]) == 0)
            return len - end;
    }
    return len;
}

static const char *name_of(const struct input *input)
{
    const char *member = unpack_member(input->source);
    return member ? member : input->path;
}

/* The format surest of the head; a fitting extension counts for a lot. */
static const struct format *surest(const struct input *input, const char *head,
                                   size_t len, int *plainly)
{
    const struct format *found = NULL;
    const char *name = name_of(input);
    size_t name_len = name_length(name);
    int best = -1;
    *plainly = 0;
    for (unsigned i = 0; formats[i] != NULL; i++) {
        int sure = formats[i]->sniff(head, len);
        int more = sure > 0 && has_extension(formats[i], name, name_len);
        if (sure + more * EXTENSION <= best)
            continue;
        *plainly = sure;
        best = sure + more * EXTENSION;
        found = formats[i];
    }
    return found;
}

/* Unpacking. */

/* What a ZIP begins with that is meant to be a workbook, whole or not. */
static bool begins_like_package(const char *head, size_t len)
{
    static const char *const names[] = {"[Content_Types].xml", "_rels/", "xl/",
                                        "docProps/", "mimetype"};
    enum { NAME = 30 };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t name = strlen(names[i]);
        if (len >= NAME + name && memcmp(head + NAME, names[i], name) == 0)
            return true;
    }
    return false;
}

static bool look_into_zip(struct input *input, const char *head, size_t len,
                          const struct kind **kind, struct err *err)
{
    struct zip_limits limits = detect_limits(input);
    bool like_package = begins_like_package(head, len);
    if (detect_package(input->source, &limits, kind, err))
        return true;
    struct err why = *err;
    size_t named = strlen(input->path);
    if (why.code != EXIT_INPUT || strncmp(why.text, input->path, named) == 0)
        return false;
    return err_set(err, why.code, "%s: begins like a %s, but %s", input->path,
                   like_package ? "workbook" : "ZIP archive", why.text);
}

/* One layer; *more: there was one. *member: what is said of it, then of what
 * is in it. */
static bool unpack(struct input *input, unsigned depth, const char **member,
                   bool *more, const struct kind **kind, struct err *err)
{
    const char *head;
    size_t len;
    *more = false;
    if (!source_peek(input->source, &head, &len, err))
        return false;
    enum packing packing = unpack_kind(head, len);
    if (packing == PACKED_NOT)
        return true;
    if (packing == PACKED_ZIP && !look_into_zip(input, head, len, kind, err))
        return false;
    if (*kind != NULL)
        return true;
    if (depth == DETECT_LAYERS)
        return err_set(err, EXIT_INPUT,
                       "%s: is packed more than %d times over; unpack it",
                       input->path, DETECT_LAYERS);
    struct unpacking said = input->spec.unpacking;
    said.member = *member;
    struct source *source = unpack_open(input->source, &said, err);
    if (source == NULL)
        return false;
    input->source = source;
    input->size = source_size(source); /* it is read in these bytes now */
    *member = unpack_rest(source);
    free(input->path);
    input->path = mem_text(source->path);
    *more = true;
    return true;
}

/* A part, or what is not all there yet, may begin as an archive does. */
static bool doubt_name(const struct input *input, struct err *err)
{
    const struct kind *kind = detect_name(name_of(input), 0);
    struct err why = *err;
    return kind != NULL && why.code == EXIT_INPUT
               ? err_set(err, why.code, "%s (it is %s; %s)", why.text,
                         kind->title, kind->advice)
               : false;
}

static bool unpack_all(struct input *input, const struct kind **kind,
                       struct err *err)
{
    bool more = true;
    const char *member = input->spec.unpacking.member;
    for (unsigned depth = 0; more; depth++)
        if (!unpack(input, depth, &member, &more, kind, err))
            return doubt_name(input, err);
    if (member == NULL)
        return true;
    return err_set(err, EXIT_USAGE,
                   "%s: member = \"%s\" is said, and this is no archive",
                   input->path, member);
}

/* Which format. */

static bool refuse(const struct input *input, const struct kind *kind,
                   struct err *err)
{
    return err_set(err, EXIT_INPUT, "%s: is %s; %s", input->path, kind->title,
                   kind->advice);
}

/* May the one be read where the other was asked for? */
static bool stands_in(const struct format *real, const struct format *asked)
{
    return real->family != NULL && asked->family != NULL;
}

static bool same_family(const struct format *a, const struct format *b)
{
    return a->family != NULL && b->family != NULL &&
           strcmp(a->family, b->family) == 0;
}

/* The format whose first extension the name has, or NULL. */
static const struct format *called_by(const char *name, size_t len)
{
    for (unsigned i = 0; formats[i] != NULL; i++) {
        const char *end = formats[i]->extensions[0];
        size_t end_len = end ? strlen(end) : 0;
        if (end != NULL && len > end_len &&
            strncasecmp(name + len - end_len, end, end_len) == 0)
            return formats[i];
    }
    return NULL;
}

/* CSV and TSV are one thing to most people. */
static void note_name(struct input *input)
{
    const char *name = name_of(input);
    size_t len = name_length(name);
    const struct format *real = input->format, *called = called_by(name, len);
    bool texts = called != NULL && same_family(real, called) &&
                 strcmp(real->family, "text") == 0;
    if (called != NULL && called != real && called->family != NULL &&
        real->family != NULL && !texts)
        buf_addf(&input->noted, ", called %s", called->extensions[0]);
}

static void note_asked(struct input *input, const struct format *asked)
{
    if (asked != NULL && asked != input->format && !input->rejects_file)
        buf_addf(&input->noted, ", asked for as %s", asked->title);
}

/* `plain`: it is that format, whatever it is called. */
static bool settle(struct input *input, const struct format *plain,
                   const struct format *likely, const char *head, size_t len,
                   struct err *err)
{
    const struct format *asked = input->spec.format;
    if (asked == NULL || plain == asked) {
        input->format = plain ? plain : likely;
    } else if (plain != NULL && stands_in(plain, asked)) {
        input->format = plain;
    } else if (plain != NULL) {
        return err_set(err, EXIT_INPUT, "%s: is %s, and not %s as it was said",
                       input->path, plain->title, asked->title);
    } else {
        /* A text that is called a workbook. */
        bool text = likely->family != NULL && stands_in(likely, asked) &&
                    !same_family(likely, asked) && asked->sniff(head, len) <= 0;
        input->format = text ? likely : asked;
    }
    note_name(input);
    note_asked(input, asked);
    return true;
}

static bool settle_kind(struct input *input, const struct kind *kind,
                        struct err *err)
{
    const struct format *format =
        kind->format ? format_find(kind->format) : NULL;
    if (format == NULL)
        return refuse(input, kind, err);
    return settle(input, format, format, "", 0, err);
}

/* What CSV, which takes any text, is not meant to read. */
static const struct kind *foreign(const struct input *input, const char *head,
                                  size_t len)
{
    const struct kind *kind = detect_tail(input->source, head, len);
    if (kind == NULL)
        kind = detect_bytes(head, len);
    if (kind == NULL)
        kind = detect_text(head, len);
    return kind ? kind : detect_name(name_of(input), len);
}

/* A rejects file of our own, corrected, stands in for any format; where rows
 * are asked for as they stand, nobody claims anything. */
static bool settle_text(struct input *input, const char *head, size_t len,
                        struct err *err)
{
    const struct format *asked = input->spec.format;
    const struct format *claiming =
        input->spec.as_is ? NULL : format_claiming(head, len);
    int plainly;
    const struct format *likely = surest(input, head, len, &plainly);
    const struct kind *kind = claiming == NULL && plainly < PLAINLY
                                  ? foreign(input, head, len)
                                  : NULL;
    input->rejects_file = claiming != NULL;
    if (kind != NULL)
        return refuse(input, kind, err);
    const struct format *plain = plainly >= PLAINLY ? likely : NULL;
    if (plain != NULL && asked != NULL && asked->sniff(head, len) >= PLAINLY)
        plain = asked; /* it is plainly both */
    if (claiming == NULL)
        return settle(input, plain, likely, head, len, err);
    /* A format of the same family reads it by the same half. */
    input->format =
        asked != NULL && asked->rows == claiming->rows ? asked : claiming;
    return true;
}

/* A database has no bytes to look at. */
static bool settle_database(struct input *input, struct err *err)
{
    const struct format *asked = input->spec.format;
    input->format = &format_sql;
    return asked == NULL || asked == &format_sql ||
           err_set(err, EXIT_USAGE, "%s: is a database, and not %s",
                   input->path, asked->title);
}

bool detect_format(struct input *input, struct err *err)
{
    if (connection_is(input->spec.path))
        return settle_database(input, err);
    const struct kind *kind = NULL;
    const char *head;
    size_t len;
    if (!unpack_all(input, &kind, err) ||
        !source_peek(input->source, &head, &len, err))
        return false;
    return kind != NULL ? settle_kind(input, kind, err)
                        : settle_text(input, head, len, err);
}

/* What the asked format says of how text is written means nothing in another
 * one; which sheet is meant does. */
bool detect_drops(struct input *input, const struct said *said)
{
    static const char *const harmless[] = {"encoding", "delimiter", "quote",
                                           "escape",   "max_cell",  "trim",
                                           "ragged",   "merged",    "hidden"};
    bool drops = strcmp(said->name, "sheet") == 0 && said->value.text != NULL &&
                 (strcmp(said->value.text, "1") == 0 ||
                  strcmp(said->value.text, "*") == 0);
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        drops = drops || strcmp(said->name, harmless[i]) == 0;
    if (input->spec.format == NULL || input->spec.format == input->format ||
        !drops)
        return false;
    bool more = strstr(buf_text(&input->noted), ", without its ") != NULL;
    buf_addf(&input->noted, "%s%s", more ? " and " : ", without its ",
             said->name);
    return true;
}
