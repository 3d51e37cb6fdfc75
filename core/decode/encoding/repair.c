/* repair.c: only texts are looked at that have letters which Vietnamese has not
 * so, or a reference; few of those are left in a good input. */
#include "repair.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "charset/letters.h"
#include "charset/lost.h"

static const struct repair repairs[] = {
    {"auto", MISREAD_NOT},  {"tcvn3", MISREAD_TCVN3},    {"vni", MISREAD_VNI},
    {"utf8", MISREAD_UTF8}, {"ncr", MISREAD_REFERENCES},
};
enum { REPAIRS = sizeof repairs / sizeof *repairs };

const struct repair *repair_find(const char *name)
{
    for (size_t i = 0; i < REPAIRS; i++)
        if (strcasecmp(repairs[i].name, name) == 0)
            return &repairs[i];
    return NULL;
}

void repair_names(struct buf *out)
{
    for (size_t i = 0; i < REPAIRS; i++)
        buf_addf(out, "%s%s",
                 i == 0            ? ""
                 : i + 1 < REPAIRS ? ", "
                                   : " or ",
                 repairs[i].name);
}

/* What is in doubt stays; who looks at the field tells it (form/misread.c).
 * `text` has 31 bytes after it that may be read. */
static enum misreading find(const struct repair *repair, const char *text,
                            size_t len, struct buf *meant)
{
    enum misreading found = MISREAD_NOT;
    bool any = repair->wanted == MISREAD_NOT, doubtful = false;
    if (repair->wanted != MISREAD_REFERENCES && !letters_in_place(text, len))
        found = misread_find(text, len, repair->wanted, meant, &doubtful);
    if (doubtful)
        return MISREAD_NOT;
    if (found == MISREAD_NOT && (any || repair->wanted == MISREAD_REFERENCES) &&
        len > 0 && memchr(text, '&', len) != NULL)
        found = misread_find(text, len, MISREAD_REFERENCES, meant, &doubtful);
    return found;
}

/* By the first name that is misread. */
static const struct repair *find_by_looks(const struct columns *columns)
{
    enum misreading found = MISREAD_NOT;
    struct buf meant = {0};
    bool doubtful;
    for (unsigned i = 0; i < columns->count && found == MISREAD_NOT; i++)
        found = misread_find(columns->all[i].name, columns->all[i].len,
                             MISREAD_NOT, &meant, &doubtful);
    buf_release(&meant);
    if (found == MISREAD_UTF8_TWICE)
        found = MISREAD_UTF8;
    for (size_t i = 0; i < REPAIRS && found != MISREAD_NOT; i++)
        if (repairs[i].wanted == found)
            return &repairs[i];
    return NULL;
}

/* A name of several columns is repaired as the header has it, without the
 * number behind it. */
void repair_columns(struct input *input)
{
    struct columns *columns = &input->columns, made = {0};
    if (input->spec.by_looks && input->spec.repair == NULL && input->named)
        input->spec.repair = find_by_looks(columns);
    const struct repair *repair = input->spec.repair;
    if (repair == NULL || columns->count == 0)
        return;
    struct value *names = mem_zero(columns->count, sizeof *names);
    struct buf *texts = mem_zero(columns->count, sizeof *texts), name = {0};
    unsigned count = columns->count;
    bool repaired = false;
    for (unsigned i = 0; i < count; i++) {
        size_t len = columns->repeats != NULL ? columns->repeats[i].stem
                                              : columns->all[i].len;
        buf_clear(&name);
        buf_add(&name, columns->all[i].name, len);
        if (find(repair, name.at, len, &texts[i]) != MISREAD_NOT)
            repaired = true;
        else
            buf_add(&texts[i], name.at, len);
        names[i] = value_text(texts[i].at, texts[i].len);
    }
    if (repaired) {
        columns_name(&made, names, count);
        columns_release(columns);
        *columns = made;
    }
    for (unsigned i = 0; i < count; i++)
        buf_release(&texts[i]);
    buf_release(&name);
    free(texts);
    free(names);
}

static void tell(struct repairer *repairer, const char *field,
                 const struct value *value, const struct value *meant,
                 enum misreading found)
{
    struct warnings *warnings = &repairer->warnings;
    warn(warnings, WARNING_REPAIRED, field, value, "%s: it is read as \"%s\"",
         misread_name(found), warning_show(warnings->arena, meant));
    if (found == MISREAD_TCVN3 && lost_any(meant->text, meant->len))
        warn(warnings, WARNING_LOST, field, value,
             "the letter ư of TCVN3 is a soft hyphen in Windows-1252, and is "
             "lost here: export it again");
}

/* False: it stands as it was. */
static bool repair_text(struct repairer *repairer, const struct repair *repair,
                        const char *field, struct value *value)
{
    if ((value->flags & (VALUE_WIDE | VALUE_SPECIAL)) == 0 || value->len == 0)
        return false;
    buf_clear(&repairer->text);
    buf_add(&repairer->text, value->text, value->len);
    buf_clear(&repairer->meant);
    enum misreading found =
        find(repair, repairer->text.at, value->len, &repairer->meant);
    if (found == MISREAD_NOT)
        return false;
    char *kept = arena_alloc(repairer->ready.arena, repairer->meant.len + 1);
    memcpy(kept, repairer->meant.at, repairer->meant.len);
    struct value meant = value_text(kept, repairer->meant.len);
    meant = ready_value(&repairer->ready, &meant);
    tell(repairer, field, value, &meant, found);
    *value = meant;
    return true;
}

static bool repair_value(struct repairer *repairer, const struct repair *repair,
                         const char *field, struct value *value);

static bool repair_list(struct repairer *repairer, const struct repair *repair,
                        const char *field, struct value *list)
{
    bool repaired = false;
    for (uint32_t i = 0; i < list->len; i++) {
        struct value item = list->list[i];
        if (!repair_value(repairer, repair, field, &item))
            continue;
        struct value *made =
            arena_alloc(repairer->ready.arena, list->len * sizeof *made);
        memcpy(made, list->list, list->len * sizeof *made);
        made[i] = item;
        list->list = made;
        repaired = true;
    }
    return repaired;
}

static bool repair_map(struct repairer *repairer, const struct repair *repair,
                       const char *field, struct value *map)
{
    bool repaired = false;
    for (uint32_t i = 0; i < map->len; i++) {
        struct value part = map->members[i].value;
        if (!repair_value(repairer, repair, field, &part))
            continue;
        struct value_member *made =
            arena_alloc(repairer->ready.arena, map->len * sizeof *made);
        memcpy(made, map->members, map->len * sizeof *made);
        made[i].value = part;
        map->members = made;
        repaired = true;
    }
    return repaired;
}

static bool repair_value(struct repairer *repairer, const struct repair *repair,
                         const char *field, struct value *value)
{
    switch ((enum value_type)value->type) {
    case VALUE_TEXT:
        return repair_text(repairer, repair, field, value);
    case VALUE_LIST:
        return repair_list(repairer, repair, field, value);
    case VALUE_MAP:
        return repair_map(repairer, repair, field, value);
    default:
        return false;
    }
}

/* The decoder's own doubts come first. */
static void begin(struct repairer *repairer, struct chunk *chunk,
                  const struct input *input, const struct row *row)
{
    struct warnings *warnings = &repairer->warnings;
    repairer->ready.arena = warnings->arena = &chunk->arena;
    repairer->ready.trim = input->trim;
    warnings_clear(warnings);
    warnings_add(warnings, row->warnings);
}

/* The row's own cells are the decoder's: a copy is repaired. */
static struct value *copy_cells(struct repairer *repairer,
                                const struct row *row)
{
    unsigned count = row->width > row->count ? row->width : row->count;
    if (repairer->cap < count) {
        repairer->cap = count;
        repairer->cells =
            mem_resize(repairer->cells, count * sizeof *repairer->cells);
    }
    memcpy(repairer->cells, row->cells, count * sizeof *repairer->cells);
    return repairer->cells;
}

void repair_row(struct repairer *repairer, struct chunk *chunk, struct row *row)
{
    const struct input *input = chunk->input;
    bool begun = false;
    if (row->fault != NULL)
        return;
    for (unsigned i = 0; i < row->count; i++) {
        struct value cell = row->cells[i];
        if (cell.type == VALUE_TEXT &&
            (cell.flags & (VALUE_WIDE | VALUE_SPECIAL)) == 0)
            continue;
        if (!begun)
            begin(repairer, chunk, input, row);
        begun = true;
        if (!repair_value(repairer, input->spec.repair,
                          input->columns.all[i].name, &cell))
            continue;
        if (row->cells != repairer->cells)
            row->cells = copy_cells(repairer, row);
        repairer->cells[i] = cell;
        row->warnings = &repairer->warnings;
    }
}

void repair_release(struct repairer *repairer)
{
    buf_release(&repairer->ready.scratch);
    buf_release(&repairer->text);
    buf_release(&repairer->meant);
    free(repairer->cells);
    *repairer = (struct repairer){.cells = NULL};
}
