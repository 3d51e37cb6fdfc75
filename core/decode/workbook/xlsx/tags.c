/* tags.c: a cell is <c r="B7" s="1" t="s">; it holds its value in <v> or its
 * text in <is>, and maybe a formula. A cell without a reference stands behind
 * the last one. */
#include "tags.h"

#include "inline.h"
#include "put.h"

static uint32_t style_of(const char *text, size_t len)
{
    uint32_t style = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(text[i] - '0');
        if (digit > 9 || style > UINT32_MAX / 10 - 1)
            return UINT32_MAX;
        style = style * 10 + digit;
    }
    return style;
}

/* One attribute of a cell. */
static void read_attribute(struct xlsx_row *row, struct xlsx_cell *cell,
                           const struct xlsx_attribute *attribute)
{
    int column;
    if (attribute->len != 1)
        return;
    switch (*attribute->name) {
    case 'r':
        column = xlsx_cell_column(attribute->value, attribute->value_len);
        if (column < 0)
            xlsx_put_fault(row,
                           "a cell stands in a column that there is none of");
        else
            cell->column = (unsigned)column;
        break;
    case 's':
        cell->style = style_of(attribute->value, attribute->value_len);
        break;
    case 't':
        cell->type = xlsx_cell_type(attribute->value, attribute->value_len);
        break;
    default:
        break;
    }
}

/* The texts of <is>, put together; answers what follows it. */
static const char *read_inline(struct xlsx_row *row, struct xlsx_cell *cell,
                               const char *at, const char *end)
{
    const char *why = NULL;
    cell->has_inline = true;
    cell->inline_text = &row->scratch;
    at = xlsx_inline_read(&row->scratch, at, end, &why);
    if (why != NULL)
        xlsx_put_fault(row, why);
    return at;
}

/* What stands within a cell, whose tag ends before `at`. */
static const char *read_inside(struct xlsx_row *row, struct xlsx_cell *cell,
                               const char *at, const char *end)
{
    struct xlsx_tag tag;
    while ((at = xlsx_tag_next(at, end, &tag)) != NULL) {
        if (xlsx_tag_closes(&tag, "c"))
            return at;
        if (xlsx_tag_opens(&tag, "f"))
            cell->formula = true;
        if (tag.closing || tag.empty)
            continue;
        if (xlsx_tag_is(&tag, "v"))
            at = xlsx_inline_text(at, end, &cell->text, &cell->len);
        else if (xlsx_tag_is(&tag, "is"))
            at = read_inline(row, cell, at, end);
        else
            at = xlsx_tag_skip(at, end, &tag);
        if (at == NULL)
            return NULL;
    }
    return NULL;
}

/* The usual inside of a cell, <v>5</v></c>; NULL: it is another one. */
static const char *read_usual(struct xlsx_cell *cell, const char *at,
                              const char *end)
{
    static const char after[] = "</v></c>";
    enum { AFTER = sizeof after - 1, V = 3 };
    if (end - at < V + AFTER || memcmp(at, "<v>", V) != 0)
        return NULL;
    const char *text = at + V;
    at = memchr(text, '<', (size_t)(end - text));
    if (at == NULL || end - at < AFTER || memcmp(at, after, AFTER) != 0)
        return NULL;
    cell->text = text;
    cell->len = (size_t)(at - text);
    return at + AFTER;
}

/* Reads the cell of this tag; *next is the column of the one after it. */
static const char *read_cell(struct xlsx_row *row, struct xlsx_tag *tag,
                             const char *at, const char *end, unsigned *next)
{
    struct xlsx_cell cell = {.column = *next};
    struct xlsx_attribute attribute;
    while (xlsx_tag_attribute(tag, &attribute))
        read_attribute(row, &cell, &attribute);
    if (!tag->empty) {
        const char *usual = read_usual(&cell, at, end);
        at = usual != NULL ? usual : read_inside(row, &cell, at, end);
    }
    if (at == NULL)
        return NULL;
    if (cell.column >= XLSX_COLUMNS)
        xlsx_put_fault(row, "a cell stands in a column that there is none of");
    else
        xlsx_put_cell(row, &cell);
    *next = cell.column + 1;
    return at;
}

const char *xlsx_tags_part(struct xlsx_row *row, const char *at,
                           const char *end, unsigned *next, bool *over)
{
    struct xlsx_tag tag;
    at = xlsx_tag_next(at, end, &tag);
    if (at == NULL)
        return NULL;
    *over = xlsx_tag_closes(&tag, "row");
    if (*over)
        return at;
    if (xlsx_tag_opens(&tag, "c"))
        return read_cell(row, &tag, at, end, next);
    return tag.closing ? NULL : xlsx_tag_skip(at, end, &tag);
}

void xlsx_tags_head(struct xlsx_row *row, struct xlsx_tag *tag)
{
    struct xlsx_attribute attribute;
    while (xlsx_tag_attribute(tag, &attribute)) {
        if (xlsx_is(attribute.name, attribute.len, "r")) {
            row->line = style_of(attribute.value, attribute.value_len);
            if (row->line == 0 || row->line > XLSX_ROWS)
                xlsx_put_fault(row, "its number is that of no row");
        } else if (xlsx_is(attribute.name, attribute.len, "hidden")) {
            row->hidden = xlsx_is_true(attribute.value, attribute.value_len);
        }
    }
}
