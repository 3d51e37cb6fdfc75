/* walk.c: row by row through the same decoder and mapper as in a run, on the
 * calling thread. */
#include "walk.h"

#include "base/interrupt.h"
#include "base/watch.h"
#include "mapper.h"

struct walk {
    struct job *job;
    uint64_t left; /* rows */
    walk_visit *visit;
    void *out;
};

/* Maps one row; what it became stands alone in the chunk then. */
static bool walk_row(struct walk *walk, struct chunk *chunk,
                     const struct row *row, struct err *err)
{
    /* Only the counts go back: the texts lie in the chunk's arena, which its
     * next filling empties. */
    chunk->record_count = chunk->reject_count = chunk->skip_count = 0;
    chunk->doubt_count = 0;
    buf_clear(&chunk->json);
    if (atomic_load(&interrupted))
        return err_set(err, EXIT_INTERRUPTED, "interrupted");
    if (!mapper_row(walk->job->scripts[0], chunk, row)) {
        *err = chunk->failure;
        return false;
    }
    walk->visit(walk->out, chunk, row);
    return true;
}

static bool walk_input(struct walk *walk, struct input *input, struct err *err)
{
    struct cursor cursor;
    struct row row;
    enum step step = STEP_END;
    bool good = true;
    cursor_open(&cursor, input);
    for (; good && walk->left > 0 &&
           (step = cursor_next(&cursor, &row, err)) == STEP_ITEM;
         --walk->left)
        good = walk_row(walk, cursor.chunk, &row, err);
    cursor_close(&cursor);
    return good && step != STEP_FAIL;
}

static bool walk_inputs(struct walk *walk, struct err *err)
{
    struct job *job = walk->job;
    for (unsigned i = 0; i < job->input_count; i++)
        if (!walk_input(walk, job->inputs[i], err))
            return false;
    return script_settle(job->scripts[0], 1, true, err);
}

/* Watched, and with Ctrl-C, as the threads of a run. */
bool walk_rows(struct job *job, uint64_t max, walk_visit *visit, void *out,
               struct err *err)
{
    struct walk walk = {job, max, visit, out};
    if (!interrupt_begin(NULL, NULL, err))
        return false;
    bool good = watch_begin(err);
    if (good) {
        script_enter(job->scripts[0]);
        good = walk_inputs(&walk, err);
        script_leave(job->scripts[0]);
        watch_end();
    }
    interrupt_end();
    return good;
}
