/* cell.c: white space is put only once something follows it, so there is none
 * at a cell's ends. */
#include "cell.h"

#include <stdint.h>

#include "base/utf8.h"
#include "charset/charset.h"

void cell_begin(struct cell *cell, struct buf *out, size_t max)
{
    *cell = (struct cell){.out = out, .from = out->len, .max = max};
}

static bool is_empty(const struct cell *cell)
{
    return cell->out->len == cell->from;
}

static void put(struct cell *cell, const char *text, size_t len)
{
    size_t has = cell->out->len - cell->from;
    if (has + len > cell->max) {
        cell->too_long = true;
        return;
    }
    buf_add(cell->out, text, len);
}

static void put_space(struct cell *cell)
{
    if (cell->breaks > 0 && !is_empty(cell))
        for (unsigned i = 0; i < cell->breaks; i++)
            put(cell, "\n", 1);
    else if (cell->blank && !is_empty(cell))
        put(cell, " ", 1);
    cell->breaks = 0;
    cell->blank = false;
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

/* What a page numbers in 128 to 159, which arrives by itself, is meant as
 * Windows-1252 has it, as all browsers know. */
static bool put_windows(struct cell *cell, const char *text, size_t len)
{
    if (len != 2 || text[0] != '\xC2' || (unsigned char)text[1] > 0x9F)
        return false;
    uint16_t rune = charset_windows[(unsigned char)text[1] - 0x80];
    if (rune == 0)
        return false;
    put_space(cell);
    utf8_put(cell->out, rune);
    return true;
}

void cell_text(struct cell *cell, const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    if (put_windows(cell, text, len))
        return;
    while (at < end && !cell->too_long) {
        const char *from = at;
        if (is_space(*at) && !cell->as_is) {
            cell->blank = true;
            at++;
            continue;
        }
        while (at < end && (cell->as_is || !is_space(*at)))
            at++;
        put_space(cell);
        put(cell, from, (size_t)(at - from));
    }
}

void cell_blank(struct cell *cell)
{
    cell->blank = true;
}

void cell_break(struct cell *cell)
{
    enum { MOST = 1000 };
    if (cell->breaks < MOST)
        cell->breaks++;
}

void cell_block(struct cell *cell)
{
    if (cell->breaks == 0)
        cell->breaks = 1;
}
