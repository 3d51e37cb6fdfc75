/* cursor.c: the row reader of the chunk's format stays open from chunk to
 * chunk, until one of another input comes. */
#include "cursor.h"

static void close_rows(struct cursor *cursor)
{
    if (cursor->rows.input != NULL)
        cursor->rows.input->format->rows->close(&cursor->rows);
    cursor->rows = (struct rows){0};
}

static void begin(struct cursor *cursor, struct chunk *chunk)
{
    const struct input *input = chunk->input;
    if (cursor->rows.input != input) {
        close_rows(cursor);
        cursor->rows.input = input;
        input->format->rows->open(&cursor->rows);
    }
    cursor->chunk = chunk;
    cursor->rows.chunk = chunk;
    input->format->rows->begin(&cursor->rows, chunk);
    down_begin(&cursor->down, chunk);
}

void cursor_open(struct cursor *cursor, struct input *input)
{
    *cursor = (struct cursor){.input = input, .chunk = chunk_new()};
}

void cursor_over(struct cursor *cursor, struct chunk *chunk)
{
    begin(cursor, chunk);
}

/* Fills the cursor's own chunk anew. */
static enum step refill(struct cursor *cursor, struct err *err)
{
    struct input *input = cursor->input;
    cursor->rows.chunk = NULL; /* until it is filled */
    left_out_add(&cursor->left, &cursor->chunk->left);
    cursor->unended = cursor->chunk->unended;
    chunk_clear(cursor->chunk);
    cursor->chunk->input = input;
    enum step step = down_fill(input, cursor->chunk, err);
    if (step == STEP_ITEM)
        begin(cursor, cursor->chunk);
    else if (step == STEP_END && !cursor->silent)
        input_tell_end(input, &cursor->left, cursor->rows_met, cursor->unended);
    return step;
}

/* A chunk may hold no row at all (blank lines), so that several are filled for
 * one. */
enum step cursor_next(struct cursor *cursor, struct row *row, struct err *err)
{
    *row = (struct row){0}; /* readers say what there is of a row */
    for (;;) {
        const struct rows *rows = &cursor->rows;
        if (rows->chunk != NULL &&
            rows->input->format->rows->next(&cursor->rows, row)) {
            if (cursor->chunk->above != NULL)
                down_row(&cursor->down, cursor->chunk, row);
            cursor->rows_met = true;
            return STEP_ITEM;
        }
        if (cursor->input == NULL)
            return STEP_END;
        if (rows->chunk != NULL && rows->chunk->failed) {
            *err = rows->chunk->failure;
            return STEP_FAIL;
        }
        enum step step = refill(cursor, err);
        if (step != STEP_ITEM)
            return step;
    }
}

void cursor_close(struct cursor *cursor)
{
    close_rows(cursor);
    down_release(&cursor->down);
    if (cursor->input != NULL)
        chunk_free(cursor->chunk);
    *cursor = (struct cursor){0};
}
