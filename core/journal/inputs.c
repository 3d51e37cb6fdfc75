/* inputs.c: of an input, what a line of the rejects file needs is kept: so a
 * record that is refused long after its input is gone can still be reported in
 * the input's own columns.
 *
 * Names of columns and of sheets are blobs of texts that each end in NUL. */
#include "inputs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "decode/rejected.h"

static struct known_input *add(struct inputs *inputs)
{
    inputs->all =
        mem_resize(inputs->all, (inputs->count + 1) * sizeof *inputs->all);
    struct known_input *known = &inputs->all[inputs->count++];
    *known = (struct known_input){0};
    return known;
}

static void put_name(void *out, const char *name, size_t len)
{
    buf_add(out, name, len);
    buf_putc(out, '\0');
}

static void put_sheets(struct buf *out, const struct input *input)
{
    for (unsigned i = 0; i < input->sheet_count; i++)
        buf_add(out, input->sheets[i], strlen(input->sheets[i]) + 1);
}

static void bind_buf(sqlite3_stmt *statement, int at, const struct buf *buf)
{
    sqlite3_bind_blob(statement, at, buf->at ? buf->at : "", (int)buf->len,
                      SQLITE_STATIC);
}

static bool insert(struct db *db, const struct input *input, int64_t *id,
                   struct err *err)
{
    const struct dialect *d = &input->dialect;
    const char dialect[] = {d->delimiter, d->quote, d->escape};
    struct buf columns = {0}, sheets = {0};
    sqlite3_stmt *statement =
        db_prepare(db,
                   "INSERT INTO inputs (path, dialect, columns, sheets)"
                   " VALUES (?, ?, ?, ?)",
                   err);
    if (statement == NULL)
        return false;
    rejected_names(input, put_name, &columns);
    put_sheets(&sheets, input);
    sqlite3_bind_text(statement, 1, input->path, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, dialect, sizeof dialect, SQLITE_STATIC);
    bind_buf(statement, 3, &columns);
    bind_buf(statement, 4, &sheets);
    bool good = db_do(db, statement, err);
    *id = sqlite3_last_insert_rowid(db->file);
    sqlite3_finalize(statement);
    buf_release(&columns);
    buf_release(&sheets);
    return good;
}

/* What an undone transaction may have numbered has no number any more. */
static void forget_undone(struct inputs *inputs, const struct db *db)
{
    unsigned kept = 0;
    if (inputs->undone == db->undone)
        return;
    inputs->undone = db->undone;
    for (unsigned i = 0; i < inputs->count; i++)
        if (inputs->all[i].restored != NULL)
            inputs->all[kept++] = inputs->all[i];
    inputs->count = kept;
}

/* The latest are looked at first: most batches are of the input at hand. */
bool inputs_number(struct inputs *inputs, struct db *db,
                   const struct input *input, int64_t *id, struct err *err)
{
    static const struct input none = {.path = (char *)""};
    if (input == NULL)
        input = &none;
    forget_undone(inputs, db);
    for (unsigned i = inputs->count; i > 0; i--)
        if (inputs->all[i - 1].input == input) {
            *id = inputs->all[i - 1].id;
            return true;
        }
    if (!insert(db, input, id, err))
        return false;
    struct known_input *known = add(inputs);
    known->input = input;
    known->id = *id;
    return true;
}

/* The names' texts follow the columns, in one piece of memory. */
static void restore_columns(struct columns *columns, const char *names,
                            size_t len)
{
    for (size_t at = 0; at < len; at += strnlen(names + at, len - at) + 1)
        columns->count++;
    columns->all = mem_alloc(columns->count * sizeof *columns->all + len + 1);
    char *copy = (char *)(columns->all + columns->count);
    if (len > 0)
        memcpy(copy, names, len);
    copy[len] = '\0';
    for (unsigned i = 0; i < columns->count; i++) {
        columns->all[i] =
            (struct column){.name = copy, .len = (uint32_t)strlen(copy)};
        copy += columns->all[i].len + 1;
    }
}

static void restore_sheets(struct input *input, const char *names, size_t len)
{
    const char *end = names + len;
    for (const char *at = names; at < end; at += strnlen(at, len) + 1)
        input->sheet_count++;
    input->sheets = mem_zero(input->sheet_count, sizeof *input->sheets);
    for (unsigned i = 0; i < input->sheet_count; i++) {
        input->sheets[i] =
            mem_text_n(names, strnlen(names, (size_t)(end - names)));
        names += strlen(input->sheets[i]) + 1;
    }
}

/* Only what a rejects file is made of: such an input has no source and cannot
 * be read. */
static struct input *restore(sqlite3_stmt *row)
{
    struct input *input = mem_zero(1, sizeof *input);
    const char *dialect = sqlite3_column_blob(row, 1);
    const char *names = sqlite3_column_blob(row, 2);
    input->path = mem_text((const char *)sqlite3_column_text(row, 0));
    if (sqlite3_column_bytes(row, 1) == 3)
        input->dialect = (struct dialect){dialect[0], dialect[1], dialect[2]};
    restore_columns(&input->columns, names ? names : "",
                    (size_t)sqlite3_column_bytes(row, 2));
    const char *sheets = sqlite3_column_blob(row, 3);
    restore_sheets(input, sheets ? sheets : "",
                   (size_t)sqlite3_column_bytes(row, 3));
    return input;
}

static struct input *read_back(struct db *db, int64_t id, struct err *err)
{
    struct input *input = NULL;
    sqlite3_stmt *select =
        db_prepare(db,
                   "SELECT path, dialect, columns, sheets FROM inputs"
                   " WHERE id=?",
                   err);
    if (select == NULL)
        return NULL;
    sqlite3_bind_int64(select, 1, id);
    int step = sqlite3_step(select);
    if (step == SQLITE_ROW)
        input = restore(select);
    else if (step == SQLITE_DONE)
        err_set(err, db->in_run ? EXIT_FAULT : EXIT_USAGE,
                "%s: an input is missing in it; fastsync doctor says how to "
                "mend it",
                db->path);
    else
        db_fail(db, err);
    sqlite3_finalize(select);
    return input;
}

const struct input *inputs_find(struct inputs *inputs, struct db *db,
                                int64_t id, struct err *err)
{
    forget_undone(inputs, db);
    for (unsigned i = 0; i < inputs->count; i++)
        if (inputs->all[i].id == id)
            return inputs->all[i].input;
    struct input *input = read_back(db, id, err);
    if (input == NULL)
        return NULL;
    *add(inputs) =
        (struct known_input){.input = input, .restored = input, .id = id};
    return input;
}

static void free_restored(struct input *restored)
{
    for (unsigned s = 0; s < restored->sheet_count; s++)
        free(restored->sheets[s]);
    free(restored->sheets);
    free(restored->path);
    free(restored->columns.all);
    free(restored);
}

void inputs_release(struct inputs *inputs)
{
    for (unsigned i = 0; i < inputs->count; i++)
        if (inputs->all[i].restored != NULL)
            free_restored(inputs->all[i].restored);
    free(inputs->all);
    *inputs = (struct inputs){.count = 0};
}
