/* mapper.c: the rows of a chunk, one after the other. Rows that the decoder
 * could not make sense of become rejects without the script seeing them. */
#include "mapper.h"

#include <string.h>

void mapper_init(struct mapper *mapper, struct script *script)
{
    *mapper = (struct mapper){.script = script};
    script_enter(script);
}

static void close_rows(struct mapper *mapper)
{
    if (mapper->rows.input != NULL)
        mapper->rows.input->format->rows_close(&mapper->rows);
    mapper->rows = (struct rows){0};
}

void mapper_release(struct mapper *mapper)
{
    close_rows(mapper);
    script_leave(mapper->script);
}

static void open_rows(struct mapper *mapper, const struct input *input)
{
    if (mapper->rows.input == input)
        return;
    close_rows(mapper);
    mapper->rows.input = input;
    input->format->rows_open(&mapper->rows);
}

static void reject(struct chunk *chunk, const struct row *row)
{
    size_t size = strlen(row->fault) + 1;
    struct fault *fault = arena_alloc(&chunk->arena, sizeof *fault);
    fault->field = "";
    fault->text = memcpy(arena_alloc(&chunk->arena, size), row->fault, size);
    *chunk_add_reject(chunk) = (struct reject){.place = row->place,
                                               .source = row->source,
                                               .source_len = row->source_len,
                                               .faults = fault,
                                               .count = 1};
    chunk->rows++;
}

void mapper_map(struct mapper *mapper, struct chunk *chunk, uint64_t limit)
{
    struct row row;
    open_rows(mapper, chunk->input);
    const struct format *format = chunk->input->format;
    format->rows_begin(&mapper->rows, chunk);
    while ((limit == 0 || chunk->rows < limit) &&
           format->rows_next(&mapper->rows, &row)) {
        if (row.fault != NULL)
            reject(chunk, &row);
        else if (!script_map(mapper->script, chunk, &row))
            break;
    }
}
