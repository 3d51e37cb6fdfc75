/* walk.c: a function a tag; a table says which. */
#include "walk.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

void walk_release(struct walk *walk)
{
    tables_release(&walk->tables);
    buf_release(&walk->caption);
    *walk = (struct walk){0};
}

struct start {
    const char *name;
    const char *const *attributes;
    bool hidden;
};

/* The second time, it is text of the cell that its table stands in, if any. */
static void start_caption(struct walk *walk, const struct start *start)
{
    enum { MOST = 4096 };
    (void)start;
    if (walk->tables.found == NULL || walk->tables.depth == 0)
        return;
    buf_clear(&walk->caption);
    cell_begin(&walk->title, &walk->caption, MOST);
    walk->in_caption = true;
}

static void end_caption(struct walk *walk)
{
    const struct table *table = tables_top(&walk->tables);
    if (!walk->in_caption)
        return;
    walk->in_caption = false;
    struct found_table *found =
        table ? found_number(walk->tables.found, table->number) : NULL;
    if (found != NULL && found->caption.len == 0)
        buf_add(&found->caption, walk->caption.at, walk->caption.len);
}

/* What a table that has no caption may be called by. */
static void name_table(struct walk *walk, const char *const *attributes)
{
    const char *id = html_attribute(attributes, "id");
    const struct table *table = tables_top(&walk->tables);
    struct found_table *found =
        walk->tables.found ? found_number(walk->tables.found, table->number)
                           : NULL;
    if (found != NULL && id != NULL && strlen(id) < sizeof found->id)
        memcpy(found->id, id, strlen(id) + 1);
}

/* What an <input> shows. */
static void start_input(struct walk *walk, const struct start *start)
{
    static const char *const shown[] = {"text",  "number", "tel",
                                        "email", "date",   "url"};
    const char *type = html_attribute(start->attributes, "type");
    const char *value = html_attribute(start->attributes, "value");
    bool is_shown = type == NULL;
    for (unsigned i = 0; type && i < sizeof shown / sizeof *shown; i++)
        is_shown |= strcasecmp(type, shown[i]) == 0;
    walk->password |= type != NULL && strcasecmp(type, "password") == 0;
    if (!is_shown || value == NULL || walk->hidden > 0)
        return;
    cell_blank(&walk->tables.cell);
    tables_text(&walk->tables, value, strlen(value));
    cell_blank(&walk->tables.cell);
}

/* From where on something is not shown: a cell's text, or tables. */
static void hide(struct walk *walk, enum tag tag, bool hidden)
{
    const struct table *table = tables_top(&walk->tables);
    bool own = tag == TAG_TABLE || tag == TAG_GROUP || tag == TAG_ROW ||
               tag == TAG_CELL || tag == TAG_COLUMN;
    if (!hidden || own)
        return;
    if (table == NULL && walk->unseen == 0)
        walk->unseen = walk->level;
    if (table != NULL && table->in_cell && walk->hidden == 0)
        walk->hidden = walk->level;
}

static void start_table(struct walk *walk, const struct start *start)
{
    tables_begin(&walk->tables,
                 start->hidden || walk->unseen > 0 || walk->hidden > 0);
    name_table(walk, start->attributes);
}

static void start_group(struct walk *walk, const struct start *start)
{
    tables_group(&walk->tables, start->hidden,
                 strcmp(start->name, "tfoot") == 0);
}

static void start_row(struct walk *walk, const struct start *start)
{
    tables_row(&walk->tables, start->hidden);
}

static void start_cell(struct walk *walk, const struct start *start)
{
    tables_cell(&walk->tables, start->attributes);
}

/* A <colgroup> without a span only holds the columns that it tells of. */
static void start_column(struct walk *walk, const struct start *start)
{
    bool group = strcmp(start->name, "colgroup") == 0;
    if (!group || html_attribute(start->attributes, "span") != NULL)
        tables_columns(&walk->tables, tag_number(start->attributes, "span"),
                       start->hidden);
}

static void start_break(struct walk *walk, const struct start *start)
{
    (void)start;
    cell_break(walk->in_caption ? &walk->title : &walk->tables.cell);
}

static void start_block(struct walk *walk, const struct start *start)
{
    (void)start;
    cell_block(&walk->tables.cell);
}

static void start_as_is(struct walk *walk, const struct start *start)
{
    start_block(walk, start);
    walk->tables.cell.as_is = true;
}

static void start_frame(struct walk *walk, const struct start *start)
{
    (void)start;
    walk->frames = true;
}

static void start_other(struct walk *walk, const struct start *start)
{
    if (walk->island != NULL)
        island_start(walk->island, start->name, start->attributes);
}

static void end_table(struct walk *walk, const char *name)
{
    (void)name;
    end_caption(walk);
    tables_end(&walk->tables);
}

static void end_group(struct walk *walk, const char *name)
{
    (void)name;
    tables_group(&walk->tables, false, false);
}

static void end_row(struct walk *walk, const char *name)
{
    (void)name;
    tables_row_end(&walk->tables);
}

static void end_cell(struct walk *walk, const char *name)
{
    (void)name;
    tables_cell_end(&walk->tables);
}

static void end_title(struct walk *walk, const char *name)
{
    (void)name;
    end_caption(walk);
}

static void end_block(struct walk *walk, const char *name)
{
    (void)name;
    walk->tables.cell.as_is = false;
    cell_block(&walk->tables.cell);
}

static void end_other(struct walk *walk, const char *name)
{
    if (walk->island != NULL)
        island_end(walk->island, name);
}

static void end_nothing(struct walk *walk, const char *name)
{
    (void)walk, (void)name;
}

static const struct {
    void (*start)(struct walk *walk, const struct start *start);
    void (*end)(struct walk *walk, const char *name);
} tags[] = {
    [TAG_OTHER] = {start_other, end_other},
    [TAG_TABLE] = {start_table, end_table},
    [TAG_GROUP] = {start_group, end_group},
    [TAG_ROW] = {start_row, end_row},
    [TAG_CELL] = {start_cell, end_cell},
    [TAG_CAPTION] = {start_caption, end_title},
    [TAG_COLUMN] = {start_column, end_nothing},
    [TAG_BREAK] = {start_break, end_nothing},
    [TAG_BLOCK] = {start_block, end_block},
    [TAG_AS_IS] = {start_as_is, end_block},
    [TAG_INPUT] = {start_input, end_nothing},
    [TAG_FRAME] = {start_frame, end_nothing},
};

static enum tag know(struct walk *walk, const char *name)
{
    size_t at = (uintptr_t)name / 8 % WALK_NAMES;
    if (walk->names[at].name != name) {
        walk->names[at].name = name;
        walk->names[at].tag = tag_of(name);
    }
    return walk->names[at].tag;
}

static void hear_start(void *self, const char *name,
                       const char *const *attributes)
{
    struct walk *walk = self;
    enum tag tag = know(walk, name);
    const struct start start = {name, attributes, tag_hidden(attributes)};
    walk->level++;
    hide(walk, tag, start.hidden);
    if (tag >= TAG_TABLE && tag <= TAG_CELL)
        end_caption(walk);
    tags[tag].start(walk, &start);
}

static void hear_end(void *self, const char *name)
{
    struct walk *walk = self;
    tags[know(walk, name)].end(walk, name);
    if (walk->level == walk->hidden)
        walk->hidden = 0;
    if (walk->level == walk->unseen)
        walk->unseen = 0;
    walk->level -= walk->level > 0;
}

/* Text that is not shown is left out, and said so. */
static void hear_text(void *self, const char *text, size_t len)
{
    struct walk *walk = self;
    if (walk->in_caption)
        cell_text(&walk->title, text, len);
    else if (walk->hidden == 0)
        tables_text(&walk->tables, text, len);
    else if (walk->tables.writing)
        for (size_t i = 0; i < len; i++)
            walk->tables.hid |= (unsigned char)text[i] > ' ';
    if (walk->island != NULL)
        island_text(walk->island, text, len);
}

static void hear_comment(void *self, const char *text)
{
    struct walk *walk = self;
    if (walk->island != NULL)
        island_comment(walk->island, text);
}

struct html_listener walk_listener(struct walk *walk)
{
    return (struct html_listener){.start = hear_start,
                                  .end = hear_end,
                                  .text = hear_text,
                                  .comment = hear_comment,
                                  .self = walk};
}
