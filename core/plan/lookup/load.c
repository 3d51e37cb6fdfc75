/* load.c: a lookup read from its files, once, before the first row.
 *
 * A row that cannot be used ends it: a lookup that lacks something would make
 * wrong records. What is left out on purpose, rows without a key and keys that
 * come again, is counted and told. */
#include "own.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/log.h"
#include "decode/cursor.h"
#include "decode/paths/pattern.h"
#include "plan/column.h"
#include "plan/grown.h"
#include "source/taken.h"
#include "text/answer.h"
#include "told.h"

struct loading {
    struct lookup *lookup;
    struct input *input;
    struct cursor cursor;
    struct text_call call;
    struct arena arena; /* of one row */
    uint64_t room;      /* bytes that are left for this lookup */
    uint32_t sheet;     /* of the origin added last, and */
    bool begun;         /* it is one of this input's */
    struct told told;
    struct err *err;
};

static const struct value nothing = {.text = "", .type = VALUE_TEXT};

/* All columns that have a name, as they are called here. */
static void add_all(struct lookup *lookup, const struct columns *columns)
{
    for (unsigned i = 0; i < columns->count; i++) {
        const struct column *column = &columns->all[i];
        if (lookup_find_column(lookup, column->name, column->len) !=
            LOOKUP_NONE)
            continue;
        unsigned added = lookup_add_column(
            lookup, value_text(column->name, column->len), lookup->said.line);
        lookup->columns[added].optional = true;
    }
    lookup->whole = false;
}

/* What nobody named may be missing in a second file. */
static bool bind_column(const struct lookup *lookup, struct plan_column *column,
                        const struct input *input, struct err *err)
{
    if (!column->optional)
        return plan_bind_column(lookup->script, column, input, err);
    int index = columns_find(&input->columns, column->name, column->len);
    column->index = index >= 0 ? (uint32_t)index : NO_COLUMN;
    column->inside = 0;
    return true;
}

static bool bind_columns(struct lookup *lookup, const struct input *input,
                         struct err *err)
{
    struct errs errs = {.count = 0};
    struct err why;
    if (lookup->whole)
        add_all(lookup, &input->columns);
    for (unsigned i = 0; i < lookup->count; i++)
        if (!bind_column(lookup, &lookup->columns[i], input, &why))
            errs_add(&errs, &why);
    return errs_end(&errs, err);
}

static bool cell_of(struct loading *loading, const struct plan_column *column,
                    const struct row *row, struct value *cell)
{
    *cell = column->index < row->count ? row->cells[column->index] : nothing;
    return column->inside == 0 ||
           plan_path_reach(&column->path, column->inside, column->name, cell,
                           cell, &loading->call);
}

/* `addresses.csv:17: …` */
static bool row_fault(struct loading *loading, const struct row *row,
                      const char *why)
{
    struct buf place = {0};
    input_place(loading->input, &row->place, &place);
    err_set(loading->err, EXIT_INPUT, "%s: %s", buf_text(&place), why);
    buf_release(&place);
    return false;
}

static bool key_of(struct loading *loading, const struct row *row,
                   struct value *key)
{
    const struct lookup *lookup = loading->lookup;
    struct value values[LOOKUP_KEYS];
    for (unsigned i = 0; i < lookup->said.key_count; i++)
        if (!cell_of(loading, &lookup->columns[i], row, &values[i]))
            return row_fault(loading, row, loading->call.reason);
    return lookup_key(lookup, &loading->call, values, key) ||
           row_fault(loading, row, loading->call.reason);
}

static bool not_flat(struct loading *loading, const struct row *row,
                     const struct plan_column *column)
{
    text_refuse(&loading->call,
                "column \"%s\" holds a list or a map, which a lookup does not "
                "keep; columns = { … } says which it keeps, and \"%s.NAME\" is "
                "a part",
                column->name, column->name);
    return row_fault(loading, row, loading->call.reason);
}

/* The cells after the key; a text's white space has gone with the decoder. */
static bool pack_cells(struct loading *loading, const struct row *row,
                       const struct value *key)
{
    struct lookup *lookup = loading->lookup;
    struct value cell;
    for (unsigned i = lookup->said.key_count; i < lookup->count; i++) {
        if (!cell_of(loading, &lookup->columns[i], row, &cell))
            return row_fault(loading, row, loading->call.reason);
        if (!cell_pack(&lookup->keyed.bytes, &cell, key))
            return not_flat(loading, row, &lookup->columns[i]);
    }
    return true;
}

/* The file or sheet that the row is of, as a number. */
static uint64_t origin_of(struct loading *loading, const struct row *row)
{
    struct lookup *lookup = loading->lookup;
    if (loading->begun && loading->sheet == row->place.sheet)
        return lookup->origin_count - 1;
    const char *sheet = input_sheet(loading->input, row->place.sheet);
    lookup->origins = mem_resize(lookup->origins, (lookup->origin_count + 1) *
                                                      sizeof *lookup->origins);
    lookup->origins[lookup->origin_count] =
        (struct lookup_origin){.path = mem_text(loading->input->path),
                               .sheet = sheet ? mem_text(sheet) : NULL};
    loading->begun = true;
    loading->sheet = row->place.sheet;
    return lookup->origin_count++;
}

/* The same cells are the same bytes, and none is the beginning of others. */
static bool same_cells(const struct keyed *keyed, uint64_t a, uint64_t b)
{
    const char *first = keyed_row(keyed, a).cells;
    const char *second = keyed_row(keyed, b).cells;
    size_t len = (size_t)(keyed->bytes.at + keyed->bytes.len - second);
    return memcmp(first, second, len) == 0;
}

/* The key of the row at `at` is in the slot already. */
static bool take_again(struct loading *loading, uint64_t *slot, uint64_t at,
                       const struct value *key)
{
    struct lookup *lookup = loading->lookup;
    struct keyed *keyed = &lookup->keyed;
    uint64_t old = keyed_at(*slot);
    bool same = same_cells(keyed, old, at);
    told_again(&loading->told, lookup, old, at, same);
    if (!same && lookup->said.again == AGAIN_REFUSE)
        return told_refuse(&loading->told, lookup, loading->err);
    if (!same && lookup->said.again == AGAIN_LAST) {
        keyed_put(keyed, slot, at, key);
        return true;
    }
    if (!same && lookup->said.again == AGAIN_REJECT)
        *keyed_row(keyed, old).flags |= KEYED_DIFFERS;
    keyed->bytes.len = at;
    return true;
}

static bool check_room(const struct loading *loading, const struct row *row)
{
    const struct lookup *lookup = loading->lookup;
    struct buf place = {0};
    if (keyed_held(&lookup->keyed, 0) <= loading->room)
        return true;
    input_place(loading->input, &row->place, &place);
    err_set(loading->err, EXIT_SCRIPT,
            "%s:%d: %s: lookups take more than %" PRIu64
            " bytes; --max-lookup raises that, and columns = { … } keeps less",
            lookup->script, lookup->said.line, buf_text(&place),
            lookup->set->bytes);
    buf_release(&place);
    return false;
}

static bool take_row(struct loading *loading, const struct row *row)
{
    struct lookup *lookup = loading->lookup;
    struct keyed *keyed = &lookup->keyed;
    struct value key;
    arena_reset(&loading->arena);
    if (!key_of(loading, row, &key))
        return false;
    if (key.len == 0) {
        told_blank(&loading->told, loading->input, &row->place);
        return true;
    }
    uint64_t at = keyed_begin(keyed, origin_of(loading, row),
                              place_number(&row->place), &key);
    if (!pack_cells(loading, row, &key))
        return false;
    keyed_grow(keyed);
    uint64_t *slot = keyed_slot(keyed, &key);
    if (*slot != 0)
        return take_again(loading, slot, at, &key);
    keyed_put(keyed, slot, at, &key);
    return check_room(loading, row);
}

static bool take_rows(struct loading *loading)
{
    struct row row;
    enum step step;
    while ((step = cursor_next(&loading->cursor, &row, loading->err)) ==
           STEP_ITEM) {
        if (atomic_load(&interrupted))
            return err_set(loading->err, EXIT_INTERRUPTED, "interrupted");
        if (row.fault != NULL)
            return row_fault(loading, &row, row.fault);
        if (!take_row(loading, &row))
            return false;
    }
    return step == STEP_END;
}

/* As an input is told, with what came of it. */
static void describe(const struct loading *loading, uint64_t before)
{
    struct buf line = {0};
    uint64_t keys = loading->lookup->keyed.count - before;
    input_describe(loading->input, &line);
    log_note("%s; a lookup of %" PRIu64 " key%s", buf_text(&line), keys,
             keys == 1 ? "" : "s");
    buf_release(&line);
}

static bool load_input(struct loading *loading, const struct spec *spec)
{
    struct lookup *lookup = loading->lookup;
    uint64_t before = lookup->keyed.count;
    if (!taken_read(spec->path, loading->err) ||
        (loading->input = input_open(spec, loading->err)) == NULL)
        return false;
    input_stop_on(loading->input, &interrupted);
    loading->begun = false;
    bool good = bind_columns(lookup, loading->input, loading->err);
    if (good) {
        cursor_open(&loading->cursor, loading->input);
        good = take_rows(loading);
        cursor_close(&loading->cursor);
    }
    if (good)
        describe(loading, before);
    input_close(loading->input);
    return good;
}

/* Names that are known to be used help to find a header. */
static void want(const struct lookup *lookup, struct wanted_columns *wanted,
                 struct arena *arena)
{
    struct wanted_name *names =
        arena_alloc(arena, lookup->count * sizeof *names);
    for (unsigned i = 0; i < lookup->count; i++)
        names[i] = (struct wanted_name){lookup->columns[i].name,
                                        lookup->columns[i].len};
    *wanted = (struct wanted_columns){.names = names, .count = lookup->count};
}

/* The files that one path stands for. */
static bool load_source(struct loading *loading, const struct spec *said)
{
    struct paths paths;
    bool good = pattern_paths(said, &paths, loading->err);
    for (unsigned i = 0; good && i < paths.files.count; i++) {
        struct spec spec;
        struct wanted_columns wanted;
        struct arena names;
        arena_init(&names);
        spec_copy(&spec, said);
        free(spec.path);
        spec.path = mem_text(paths.files.all[i]);
        want(loading->lookup, &wanted, &names);
        spec.wanted = &wanted;
        good = load_input(loading, &spec);
        spec_release(&spec);
        arena_release(&names);
    }
    paths_release(&paths);
    return good;
}

/* What the others of the set hold is not there for this one. */
static uint64_t room_of(const struct lookup *lookup)
{
    const struct lookups *set = lookup->set;
    uint64_t held = 0;
    for (unsigned i = 0; i < set->count; i++)
        if (set->all[i] != lookup)
            held += keyed_held(&set->all[i]->keyed, 0);
    return held < set->bytes ? set->bytes - held : 0;
}

bool lookup_load(struct lookup *lookup, struct err *err)
{
    struct loading loading = {
        .lookup = lookup, .room = room_of(lookup), .err = err};
    bool good = true;
    arena_init(&loading.arena);
    loading.call.arena = &loading.arena;
    for (unsigned i = 0; good && i < lookup->said.source_count; i++)
        good = load_source(&loading, &lookup->said.sources[i]);
    if (good) {
        keyed_end(&lookup->keyed);
        told_tell(&loading.told, lookup);
    }
    told_release(&loading.told);
    buf_release(&loading.call.scratch);
    arena_release(&loading.arena);
    return good;
}
