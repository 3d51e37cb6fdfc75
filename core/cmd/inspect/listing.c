/* listing.c: how often, where, what it means, and the first of its kind. */
#include "listing.h"

#include "base/number.h"
#include "base/screen/wrap.h"
#include "base/utf8.h"
#include "told.h"

enum { EACH = 3, NAMED = 3, SHOWN = 60, INDENT = 4 };

struct listing {
    const struct gather *gather;
    size_t width;
    struct buf line, *out;
    unsigned lines;
};

/* What nobody sees in it becomes visible, as far as it is what is wrong. */
static void put_rune(struct buf *line, int32_t rune, bool edge)
{
    if (rune == ' ' && edge)
        buf_puts(line, "␣");
    else if (rune == ' ')
        buf_putc(line, WRAP_BLANK);
    else if (rune == 0xA0 || rune == 0xAD || rune == 0x2007 || rune == 0x202F ||
             (rune >= 0x200B && rune <= 0x200D) || rune == 0x2060 ||
             rune == 0xFEFF)
        buf_addf(line, "\\u{%X}", (unsigned)rune);
    else
        utf8_put(line, rune);
}

static void put_excerpt(struct buf *line, const char *excerpt)
{
    const char *at = excerpt, *end = excerpt + strlen(excerpt);
    const char *first = at, *last = end;
    utf8_trim(&first, &last);
    buf_putc(line, '"');
    while (at < end) {
        const char *here = at;
        int32_t rune = utf8_next(&at, end);
        put_rune(line, rune < 0 ? 0xFFFD : rune, here < first || here >= last);
    }
    buf_putc(line, '"');
}

/* The line is whole: adds it, if there is still room. */
static void end_line(struct listing *listing, const struct sign *sign)
{
    struct buf *line = &listing->line;
    buf_addf(line, " %s (", sign->text);
    told_place(listing->gather, &sign->first, line);
    if (strstr(sign->text, sign->excerpt) == NULL) {
        buf_puts(line, ": ");
        put_excerpt(line, sign->excerpt);
    }
    buf_putc(line, ')');
    if (listing->lines++ >= SHOWN)
        return;
    buf_puts(listing->out, "  ");
    wrap_put(listing->out, buf_text(line), 2, INDENT, listing->width);
}

static void begin_line(struct listing *listing, uint64_t count)
{
    char number[NUMBER_TEXT];
    buf_clear(&listing->line);
    buf_addf(&listing->line, "%s ×", number_text(count, number));
}

static const char *name_of(const struct listing *listing, unsigned column)
{
    return listing->gather->input->columns.all[column].name;
}

static void put_each(struct listing *listing, unsigned kind)
{
    const struct signs *signs = &listing->gather->signs;
    for (unsigned i = 0; i < signs->columns; i++) {
        const struct sign *sign = signs_find(signs, kind, i);
        if (sign == NULL)
            continue;
        begin_line(listing, sign->count);
        buf_addf(&listing->line, " %s:", name_of(listing, i));
        end_line(listing, sign);
    }
}

/* Columns that have it, and how often they do together. */
static unsigned count_columns(const struct signs *signs, unsigned kind,
                              uint64_t *together)
{
    unsigned columns = 0;
    *together = 0;
    for (unsigned i = 0; i < signs->columns; i++) {
        const struct sign *sign = signs_find(signs, kind, i);
        columns += sign != NULL;
        *together += sign != NULL ? sign->count : 0;
    }
    return columns;
}

static void put_together(struct listing *listing, unsigned kind,
                         unsigned columns, uint64_t together)
{
    const struct signs *signs = &listing->gather->signs;
    const struct sign *first = NULL;
    unsigned named = 0;
    begin_line(listing, together);
    buf_addf(&listing->line, " %u columns (", columns);
    for (unsigned i = 0; i < signs->columns && named < NAMED; i++) {
        const struct sign *sign = signs_find(signs, kind, i);
        if (sign == NULL)
            continue;
        first = first != NULL ? first : sign;
        buf_addf(&listing->line, "%s%s", named++ > 0 ? ", " : "",
                 name_of(listing, i));
    }
    buf_addf(&listing->line, " and %u more):", columns - named);
    if (first != NULL)
        end_line(listing, first);
}

static void put_kind(struct listing *listing, unsigned kind)
{
    const struct signs *signs = &listing->gather->signs;
    const struct sign *rows = signs_find(signs, kind, signs->columns);
    uint64_t together;
    unsigned columns = count_columns(signs, kind, &together);
    if (columns <= EACH)
        put_each(listing, kind);
    else
        put_together(listing, kind, columns, together);
    if (rows == NULL)
        return;
    begin_line(listing, rows->count);
    end_line(listing, rows);
}

void listing_put(const struct gather *gather, size_t width, struct buf *out)
{
    struct listing listing = {.gather = gather, .width = width, .out = out};
    size_t from = out->len;
    buf_puts(out, "\nLooks wrong\n");
    for (unsigned kind = 0; kind < SIGN_KINDS; kind++)
        put_kind(&listing, kind);
    if (listing.lines == 0)
        out->len = from;
    if (listing.lines > SHOWN)
        buf_addf(out, "  … and %u more (--json tells all)\n",
                 listing.lines - SHOWN);
    buf_release(&listing.line);
}
