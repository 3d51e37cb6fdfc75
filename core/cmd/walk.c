/* walk.c: row by row through the same decoder and mapper as in a run, on the
 * calling thread. */
#include "walk.h"

struct walk {
    struct job *job;
    uint64_t left; /* rows */
    walk_visit *visit;
    void *out;
};

/* Maps one row; what it became stands alone in the chunk then. */
static bool map_row(struct walk *walk, struct chunk *chunk, struct row *row,
                    struct err *err)
{
    chunk->record_count = chunk->reject_count = chunk->skip_count = 0;
    buf_clear(&chunk->json);
    if (row->fault != NULL) {
        struct fault *fault = arena_alloc(&chunk->arena, sizeof *fault);
        *fault = (struct fault){"", row->fault};
        *chunk_add_reject(chunk) =
            (struct reject){.place = row->place, .faults = fault, .count = 1};
    } else if (!script_map(walk->job->scripts[0], chunk, row)) {
        *err = chunk->failure;
        return false;
    }
    walk->visit(walk->out, chunk, row);
    return true;
}

static bool walk_input(struct walk *walk, struct input *input, struct err *err)
{
    struct chunk *chunk = chunk_new();
    struct rows rows = {.input = input};
    struct row row;
    bool good = true;
    input->format->rows_open(&rows);
    while (good && walk->left > 0) {
        chunk_clear(chunk);
        chunk->input = input;
        enum step step = input->format->fill(input, chunk, err);
        if (step != STEP_ITEM) {
            good = step == STEP_END;
            break;
        }
        input->format->rows_begin(&rows, chunk);
        for (; good && walk->left > 0 && input->format->rows_next(&rows, &row);
             --walk->left)
            good = map_row(walk, chunk, &row, err);
    }
    input->format->rows_close(&rows);
    chunk_free(chunk);
    return good;
}

bool walk_rows(struct job *job, uint64_t most, walk_visit *visit, void *out,
               struct err *err)
{
    struct walk walk = {job, most, visit, out};
    for (unsigned i = 0; i < job->input_count; i++)
        if (!walk_input(&walk, job->inputs[i], err))
            return false;
    return true;
}
