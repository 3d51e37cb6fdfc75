/* areas.c: no text holds a '<', so that the tags are found without a look at
 * the rows. */
#include "areas.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "cell.h"
#include "cut.h"
#include "plain.h"
#include "row.h"
#include "tag.h"

enum {
    TAG = 64 * 1024, /* more bytes than any has */
};

static const char word[] = "<mergeCell ";

/* One end of "B2:D4"; false: it is none. */
static bool read_end(const char *text, size_t len, unsigned *column,
                     uint64_t *row)
{
    int found = xlsx_cell_column(text, len);
    size_t i = 0;
    *row = 0;
    while (i < len && ascii_letter(text[i]))
        i++;
    for (; i < len && ascii_digit(text[i]) && *row <= XLSX_ROWS; i++)
        *row = *row * 10 + (uint64_t)(text[i] - '0');
    *column = (unsigned)found;
    return found >= 0 && i == len && *row > 0 && *row <= XLSX_ROWS;
}

static bool read_area(const char *text, size_t len, struct grid_area *area)
{
    const char *colon = memchr(text, ':', len);
    size_t first = colon ? (size_t)(colon - text) : len;
    const char *second = colon ? colon + 1 : text;
    return read_end(text, first, &area->left, &area->top) &&
           read_end(second, (size_t)(text + len - second), &area->right,
                    &area->bottom) &&
           area->left <= area->right && area->top <= area->bottom;
}

static void add(struct xlsx_areas *areas, struct xlsx_tag *tag)
{
    struct grid_area area;
    size_t len;
    const char *text = xlsx_tag_value(tag, "ref", &len);
    if (text == NULL || areas->count > GRID_AREAS ||
        !read_area(text, len, &area))
        return;
    if (areas->count == areas->cap) {
        areas->cap = areas->cap * 2 + 16;
        areas->all = mem_resize(areas->all, areas->cap * sizeof *areas->all);
    }
    areas->all[areas->count++] = area;
}

/* All tags that are whole in the text; *next: where the first one begins that
 * may not be. */
static void take(struct xlsx_areas *areas, const struct buf *text, size_t *next)
{
    size_t at = 0;
    for (;;) {
        struct xlsx_tag tag;
        at = xlsx_cut_find(text->at, text->len, at, word);
        if (at == text->len)
            break;
        const char *after =
            xlsx_tag_next(text->at + at, text->at + text->len, &tag);
        if (after == NULL && text->len - at < TAG) {
            *next = at;
            return;
        }
        if (after != NULL)
            add(areas, &tag);
        at++;
    }
    *next = text->len > sizeof word ? text->len - sizeof word : 0;
}

/* *odd: the part is not plain, and is to be heard. */
static bool read_all(struct xlsx_areas *areas, struct xlsx_plain *plain,
                     bool *odd, struct err *err)
{
    struct buf text = {0};
    bool good = true, more = true;
    *odd = false;
    areas->count = 0;
    while (good && more && !*odd) {
        size_t left = text.len, next = 0;
        good = xlsx_plain_read(plain, &text, xlsx_plain_step, err);
        more = text.len > left;
        *odd = !xlsx_plain_heard(plain) && xlsx_plain_is_odd(text.at, text.len);
        take(areas, &text, &next);
        text.len -= next;
        if (text.len > 0)
            memmove(text.at, text.at + next, text.len);
    }
    buf_release(&text);
    return good;
}

static bool read_part(struct xlsx_areas *areas, struct zip *zip, unsigned part,
                      bool heard, bool *odd, struct err *err)
{
    struct xlsx_plain *plain = xlsx_plain_open(zip, part, heard, err);
    bool good = plain != NULL && read_all(areas, plain, odd, err);
    xlsx_plain_close(plain);
    return good;
}

bool xlsx_areas_read(struct xlsx_areas *areas, const struct xlsx_book *book,
                     unsigned sheet, struct err *err)
{
    bool odd = false;
    int part = xlsx_book_part(book, sheet, err);
    return part >= 0 &&
           read_part(areas, book->zip, (unsigned)part, false, &odd, err) &&
           (!odd ||
            read_part(areas, book->zip, (unsigned)part, true, &odd, err));
}

void xlsx_areas_release(struct xlsx_areas *areas)
{
    free(areas->all);
    *areas = (struct xlsx_areas){0};
}
