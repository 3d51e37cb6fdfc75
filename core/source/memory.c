/* memory.c: bytes that are there already: a test's, a script's, a part of
 * another source. */
#include <string.h>

#include "base/mem.h"
#include "source.h"

struct memory {
    struct source source;
    const char *bytes; /* borrowed */
    size_t at;
};

static bool memory_read_at(struct source *source, uint64_t offset, void *into,
                           size_t len, size_t *got, struct err *err)
{
    const struct memory *memory = (struct memory *)source;
    uint64_t left = offset < source->size ? source->size - offset : 0;
    (void)err;
    *got = left < len ? (size_t)left : len;
    if (*got > 0)
        memcpy(into, memory->bytes + offset, *got);
    return true;
}

static bool memory_read(struct source *source, void *into, size_t len,
                        size_t *got, struct err *err)
{
    struct memory *memory = (struct memory *)source;
    memory_read_at(source, memory->at, into, len, got, err);
    memory->at += *got;
    return true;
}

static bool memory_seek(struct source *source, uint64_t offset, struct err *err)
{
    (void)err;
    ((struct memory *)source)->at = (size_t)offset;
    return true;
}

static void memory_close(struct source *source)
{
    (void)source; /* the bytes are not ours */
}

static const struct source_kind memory_kind = {
    .read = memory_read,
    .read_at = memory_read_at,
    .seek = memory_seek,
    .close = memory_close,
};

struct source *source_memory(const char *bytes, size_t len)
{
    struct memory *memory = mem_zero(1, sizeof *memory);
    memory->source.kind = &memory_kind;
    memory->source.path = mem_text("memory");
    memory->source.size = len;
    memory->bytes = bytes;
    return &memory->source;
}
