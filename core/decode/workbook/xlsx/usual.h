/* usual.h: a row's tag and its cells as nearly all programs write them, byte by
 * byte: <c r="B7" s="1" t="s"><v>5</v></c> of a string or an integer,
 * <c r="B7" t="inlineStr"><is><t>text</t></is></c>, or <c r="B7" s="1"/>. All
 * else is left to tags (tag.h). Pure; any thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_USUAL_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_USUAL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { XLSX_USUAL = 96 }; /* bytes that are looked at, at most */

struct xlsx_usual {
    unsigned column; /* from 0; of three letters at most */
    uint32_t style;
    char type;      /* 's': a shared string, 'n': a number, 'i': a text that
                       stands here, or another letter */
    bool empty;     /* it has no value */
    uint64_t value; /* a number of 17 digits at most, without zeros in front */
    const char *digits; /* as they stand */
    unsigned len;
};

/* Digits at *at, no more than `most` of them. */
static inline uint64_t xlsx_usual_digits(const char **at, unsigned most)
{
    uint64_t sum = 0;
    const char *p = *at;
    for (unsigned digit; most > 0 && (digit = (unsigned)(*p - '0')) <= 9; p++) {
        sum = sum * 10 + digit;
        most--;
    }
    *at = p;
    return sum;
}

/* `r="AB12"` at *at, behind which a blank or the tag's end stands. */
static inline bool xlsx_usual_reference(const char **at, unsigned *column)
{
    enum { FRONT = 6, LETTERS = 3, DIGITS = 7 };
    const char *p = *at;
    unsigned sum = 0, letter;
    if (memcmp(p, "<c r=\"", FRONT) != 0)
        return false;
    p += FRONT;
    for (unsigned i = 0; i < LETTERS; i++, p++) {
        if ((letter = (unsigned)(*p - 'A')) > 25)
            break;
        sum = sum * 26 + letter + 1;
    }
    xlsx_usual_digits(&p, DIGITS);
    *column = sum - 1;
    *at = p + 1;
    return *p == '"' && sum > 0;
}

/* ` s="1" t="s">`, of which both may be missing. */
static inline bool xlsx_usual_style(const char **at, uint32_t *style,
                                    char *type)
{
    enum { DIGITS = 6, FRONT = 4, INLINE = 8 };
    const char *p = *at;
    *style = 0;
    *type = 'n';
    if (memcmp(p, " s=\"", FRONT) == 0) {
        p += FRONT;
        *style = (uint32_t)xlsx_usual_digits(&p, DIGITS);
        if (*p++ != '"')
            return false;
    }
    if (memcmp(p, " t=\"", FRONT) == 0) {
        *type = p[FRONT];
        p += FRONT + 1;
        if (*type == 'i' && memcmp(p, "nlineStr", INLINE) == 0)
            p += INLINE;
        if (*p++ != '"')
            return false;
    }
    *at = p;
    return true;
}

/* What follows the attribute, if it stands there with a short number. */
static inline const char *xlsx_usual_skip(const char *at, const char *name,
                                          size_t size)
{
    enum { MOST = 12 };
    if (memcmp(at, name, size) != 0)
        return at;
    const char *p = at + size;
    for (int i = 0; i < MOST && ((*p >= '0' && *p <= ':') || *p == '.'); i++)
        p++;
    return *p == '"' ? p + 1 : at;
}

/* What follows <row r="7"> at `at`, of which XLSX_USUAL bytes are readable;
 * NULL: its tag is another one. */
static inline const char *xlsx_usual_row(const char *at, uint64_t *line)
{
    static const char row[] = "<row r=\"", spans[] = " spans=\"",
                      descent[] = " x14ac:dyDescent=\"";
    enum { DIGITS = 7 };
    if (memcmp(at, row, sizeof row - 1) != 0)
        return NULL;
    at += sizeof row - 1;
    *line = xlsx_usual_digits(&at, DIGITS);
    if (*at++ != '"')
        return NULL;
    at = xlsx_usual_skip(at, spans, sizeof spans - 1);
    at = xlsx_usual_skip(at, descent, sizeof descent - 1);
    return *at == '>' ? at + 1 : NULL;
}

/* What follows <is><t> behind the cell's tag, whose '>' stands at `at`. */
static inline const char *xlsx_usual_text(const char *at)
{
    static const char text[] = "><is><t>",
                      kept[] = "><is><t xml:space=\"preserve\">";
    if (memcmp(at, text, sizeof text - 1) == 0)
        return at + sizeof text - 1;
    return memcmp(at, kept, sizeof kept - 1) == 0 ? at + sizeof kept - 1 : NULL;
}

/* The cell at `at`, of which XLSX_USUAL bytes are readable; answers what
 * follows it, of a text that stands here where the text begins. NULL: it is
 * another one. */
static inline const char *xlsx_usual_take(const char *at,
                                          struct xlsx_usual *cell)
{
    enum { V = 4, AFTER = 8, DIGITS = 17 };
    if (!xlsx_usual_reference(&at, &cell->column) ||
        !xlsx_usual_style(&at, &cell->style, &cell->type))
        return NULL;
    cell->empty = at[0] == '/' && at[1] == '>';
    if (cell->empty)
        return at + 2;
    if (cell->type == 'i')
        return xlsx_usual_text(at);
    if (memcmp(at, "><v>", V) != 0)
        return NULL;
    cell->digits = at += V;
    cell->value = xlsx_usual_digits(&at, DIGITS);
    cell->len = (unsigned)(at - cell->digits);
    bool plain = cell->len > 0 && (*cell->digits != '0' || cell->len == 1);
    return plain && memcmp(at, "</v></c>", AFTER) == 0 ? at + AFTER : NULL;
}

#endif
