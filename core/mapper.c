/* mapper.c: the rows of a chunk, one after the other. Rows that the decoder
 * could not make sense of become rejects without the script seeing them. */
#include "mapper.h"

#include <string.h>

void mapper_init(struct mapper *mapper, struct script *script)
{
    *mapper = (struct mapper){.script = script};
    script_enter(script);
}

void mapper_release(struct mapper *mapper)
{
    cursor_close(&mapper->cursor);
    script_leave(mapper->script);
}

static void reject(struct chunk *chunk, const struct row *row)
{
    size_t size = strlen(row->fault) + 1;
    struct fault *fault = arena_alloc(&chunk->arena, sizeof *fault);
    fault->field = "";
    fault->text = memcpy(arena_alloc(&chunk->arena, size), row->fault, size);
    *chunk_add_reject(chunk) = (struct reject){.place = row->place,
                                               .origin = row->origin,
                                               .carried = row->carried,
                                               .faults = fault,
                                               .count = 1};
    chunk->rows++;
}

bool mapper_row(struct script *script, struct chunk *chunk,
                const struct row *row)
{
    if (row->fault == NULL)
        return script_map(script, chunk, row);
    reject(chunk, row);
    return true;
}

/* As if it had not been mapped: what came of its rows cannot be relied on. */
static void forget(struct chunk *chunk)
{
    chunk->record_count = chunk->reject_count = 0;
    chunk->skip_count = chunk->doubt_count = 0;
    chunk->rows = chunk->skipped = chunk->extra = 0;
    buf_clear(&chunk->json);
}

void mapper_map(struct mapper *mapper, struct chunk *chunk, uint64_t limit)
{
    struct row row;
    struct err err;
    cursor_over(&mapper->cursor, chunk);
    while ((limit == 0 || chunk->rows < limit) &&
           cursor_next(&mapper->cursor, &row, &err) == STEP_ITEM)
        if (!mapper_row(mapper->script, chunk, &row))
            break;
    if (chunk->failed ||
        script_settle(mapper->script, chunk->rows, false, &chunk->failure))
        return;
    forget(chunk);
    chunk->failed = true;
}

bool mapper_end(struct mapper *mapper, struct err *err)
{
    return script_settle(mapper->script, 0, true, err);
}
