/* record.c: a chunk's memory, which it keeps from one use to the next. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

struct chunk *chunk_new(void)
{
    struct chunk *chunk = mem_zero(1, sizeof *chunk);
    arena_init(&chunk->arena);
    return chunk;
}

void chunk_free(struct chunk *chunk)
{
    if (chunk == NULL)
        return;
    buf_release(&chunk->bytes);
    buf_release(&chunk->json);
    arena_release(&chunk->arena);
    free(chunk->records);
    free(chunk->rejects);
    free(chunk->skips);
    free(chunk->doubts);
    free(chunk->decoded);
    free(chunk);
}

void chunk_clear(struct chunk *chunk)
{
    struct chunk kept = *chunk;
    arena_reset(&kept.arena);
    buf_clear(&kept.bytes);
    buf_clear(&kept.json);
    *chunk = (struct chunk){
        .bytes = kept.bytes,
        .arena = kept.arena,
        .json = kept.json,
        .records = kept.records,
        .record_cap = kept.record_cap,
        .rejects = kept.rejects,
        .reject_cap = kept.reject_cap,
        .skips = kept.skips,
        .skip_cap = kept.skip_cap,
        .doubts = kept.doubts,
        .doubt_cap = kept.doubt_cap,
        .decoded = kept.decoded,
        .decoded_cap = kept.decoded_cap,
    };
}

static void *grown(void *all, uint32_t count, uint32_t *cap, size_t size)
{
    if (count < *cap)
        return all;
    *cap = *cap ? *cap * 2 : 64;
    return mem_resize(all, *cap * size);
}

struct record *chunk_add_record(struct chunk *chunk)
{
    chunk->records = grown(chunk->records, chunk->record_count,
                           &chunk->record_cap, sizeof *chunk->records);
    return &chunk->records[chunk->record_count++];
}

struct reject *chunk_add_reject(struct chunk *chunk)
{
    chunk->rejects = grown(chunk->rejects, chunk->reject_count,
                           &chunk->reject_cap, sizeof *chunk->rejects);
    return &chunk->rejects[chunk->reject_count++];
}

struct skip *chunk_add_skip(struct chunk *chunk)
{
    chunk->skips = grown(chunk->skips, chunk->skip_count, &chunk->skip_cap,
                         sizeof *chunk->skips);
    return &chunk->skips[chunk->skip_count++];
}

struct doubt *chunk_add_doubt(struct chunk *chunk)
{
    chunk->doubts = grown(chunk->doubts, chunk->doubt_count, &chunk->doubt_cap,
                          sizeof *chunk->doubts);
    return &chunk->doubts[chunk->doubt_count++];
}

/* Rejects and warnings are shown after their row is over, in the sender's
 * thread: their texts must live as long as the chunk. */
const char *chunk_keep(struct chunk *chunk, const char *text, size_t len)
{
    char *copy = arena_alloc(&chunk->arena, len + 1);
    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

struct decoded *chunk_add_decoded(struct chunk *chunk)
{
    chunk->decoded = grown(chunk->decoded, chunk->decoded_count,
                           &chunk->decoded_cap, sizeof *chunk->decoded);
    return &chunk->decoded[chunk->decoded_count++];
}
