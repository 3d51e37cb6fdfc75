/* island.c: the tags are told by their names alone, as Excel reads them:
 *
 *   <x:ExcelWorkbook><x:ExcelWorksheets>
 *    <x:ExcelWorksheet>
 *     <x:Name>KH</x:Name> <x:WorksheetSource HRef="sheet001.htm"/>
 *     <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible> …
 */
#include "island.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "html.h"

void island_release(struct island *island)
{
    for (unsigned i = 0; i < island->count; i++) {
        buf_release(&island->sheets[i].name);
        buf_release(&island->sheets[i].part);
    }
    free(island->sheets);
    buf_release(&island->visible);
    *island = (struct island){0};
}

static void add_sheet(struct island *island)
{
    if (island->count == ISLAND_SHEETS)
        return;
    if (island->count == island->cap) {
        island->cap = island->cap > 0 ? 2 * island->cap : 8;
        island->sheets =
            mem_resize(island->sheets, island->cap * sizeof *island->sheets);
    }
    island->sheets[island->count++] = (struct island_sheet){0};
}

void island_start(struct island *island, const char *name,
                  const char *const *attributes)
{
    if (name[0] != 'x' || name[1] != ':')
        return;
    if (strcmp(name, "x:excelworksheet") == 0)
        add_sheet(island);
    if (island->count == 0)
        return;
    struct island_sheet *sheet = &island->sheets[island->count - 1];
    const char *part = html_attribute(attributes, "href");
    if (strcmp(name, "x:name") == 0 && sheet->name.len == 0)
        island->text = &sheet->name;
    else if (strcmp(name, "x:visible") == 0)
        island->text = &island->visible;
    else if (strcmp(name, "x:worksheetsource") == 0 && part != NULL)
        buf_puts(&sheet->part, part);
}

void island_end(struct island *island, const char *name)
{
    const struct buf *visible = &island->visible;
    if (island->text == NULL || name[0] != 'x' || name[1] != ':')
        return;
    if (visible->len >= 9 && memcmp(visible->at, "SheetHidden", 9) == 0 &&
        island->count > 0)
        island->sheets[island->count - 1].hidden = true;
    buf_clear(&island->visible);
    island->text = NULL;
}

void island_text(struct island *island, const char *text, size_t len)
{
    enum { MOST = 1024 };
    if (island->text != NULL && island->text->len + len <= MOST)
        buf_add(island->text, text, len);
}

static void hear_start(void *self, const char *name,
                       const char *const *attributes)
{
    island_start(self, name, attributes);
}

static void hear_end(void *self, const char *name)
{
    island_end(self, name);
}

static void hear_text(void *self, const char *text, size_t len)
{
    island_text(self, text, len);
}

static void hear_comment(void *self, const char *text)
{
    (void)self, (void)text;
}

/* `[if gte mso 9]><xml> … </xml><![endif]`; a damaged one names nothing. */
void island_comment(struct island *island, const char *text)
{
    enum { MOST = 1024 * 1024 };
    const struct html_listener listener = {.start = hear_start,
                                           .end = hear_end,
                                           .text = hear_text,
                                           .comment = hear_comment,
                                           .self = island};
    struct err err;
    size_t used, len = strlen(text);
    if (strncmp(text, "[if", 3) != 0 || len > MOST ||
        strstr(text, "x:") == NULL)
        return;
    struct html *html = html_new(&listener, false, MOST);
    if (html != NULL && html_feed(html, text, len, true, &used, &err))
        html_end(html);
    html_free(html);
    island->text = NULL;
}
