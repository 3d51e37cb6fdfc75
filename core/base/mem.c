/* mem.c: an arena is a list of blocks. Allocation moves through them; a reset
 * goes back to the first one and keeps them all, so that a warm arena serves
 * without asking the system. */
#include "mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "err.h"

enum { ARENA_BLOCK = 64 * 1024, KEPT = 32 * 1024 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t size;
    _Alignas(16) char bytes[];
};

/* glibc gives large blocks back to the system as soon as they are freed, and
 * asks for them again at once, each time with zeroed pages. Chunks and bodies
 * are such blocks; up to this size they are kept. */
void mem_keep(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, KEPT);
    mallopt(M_TRIM_THRESHOLD, KEPT);
#endif
}

/* Nothing can be undone without memory, and the journal makes a sudden end
 * safe. So no caller has to think of it. */
static void *must(void *at)
{
    if (at == NULL) {
        fputs("fastsync: out of memory\n", stderr);
        _Exit(EXIT_FAULT);
    }
    return at;
}

void *mem_alloc(size_t size)
{
    return must(malloc(size ? size : 1));
}

void *mem_zero(size_t count, size_t size)
{
    return must(calloc(count ? count : 1, size ? size : 1));
}

void *mem_resize(void *at, size_t size)
{
    return must(realloc(at, size ? size : 1));
}

char *mem_text_n(const char *text, size_t len)
{
    char *copy = mem_alloc(len + 1);
    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *mem_text(const char *text)
{
    return mem_text_n(text, strlen(text));
}

char *mem_format(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = mem_alloc((size_t)(len < 0 ? 0 : len) + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)(len < 0 ? 0 : len) + 1, format, args);
    va_end(args);
    return text;
}

void mem_wipe(void *at, size_t size)
{
    /* Through a volatile pointer: a plain memset of what is freed next would
     * be left out by the compiler. */
    volatile unsigned char *byte = at;
    while (size-- > 0)
        *byte++ = 0;
}

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

static void enter(struct arena *arena, struct arena_block *block)
{
    arena->current = block;
    arena->at = block->bytes;
    arena->end = block->bytes + block->size;
}

void arena_reset(struct arena *arena)
{
    /* The blocks stay; only the place in them goes back. */
    if (arena->first != NULL)
        enter(arena, arena->first);
}

void arena_release(struct arena *arena)
{
    struct arena_block *block = arena->first;
    while (block != NULL) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    struct mem_bound *bound = arena->bound;
    if (bound != NULL)
        bound->used -= arena->held;
    arena_init(arena);
    arena->bound = bound;
}

static void hold(struct mem_bound *bound, size_t size)
{
    bound->used += size;
    if (bound->used > bound->max && bound->stop == MEM_GO)
        bound->stop = MEM_STOP;
}

/* A new block after the current one, large enough for `step`. */
static struct arena_block *add_block(struct arena *arena, size_t step)
{
    size_t size = step > ARENA_BLOCK ? step : ARENA_BLOCK;
    struct arena_block *block = mem_alloc(sizeof *block + size);
    struct arena_block **link =
        arena->current ? &arena->current->next : &arena->first;
    block->size = size;
    block->next = *link;
    *link = block;
    arena->held += size;
    if (arena->bound != NULL)
        hold(arena->bound, size);
    return block;
}

void *arena_grow(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        must(NULL);
    /* COPY_STEP bytes more than asked for, which copies in steps may write to,
     * and the whole in multiples of 16, so that the next one is aligned. */
    size_t step = (size + COPY_STEP + 15) & ~(size_t)15;
    struct arena_block *next =
        arena->current ? arena->current->next : arena->first;
    /* A block that is too small for this one is passed over until the next
     * reset; it happens only with unusually long texts. */
    while (next != NULL && next->size < step)
        next = next->next;
    enter(arena, next ? next : add_block(arena, step));
    char *at = arena->at;
    arena->at += step;
    return at;
}

/* Printed once where the room is enough that most texts need. */
char *arena_vformat(struct arena *arena, const char *format, va_list args)
{
    enum { USUAL = 256 };
    char first[USUAL] = "";
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(first, sizeof first, format, again);
    va_end(again);
    size_t size = len < 0 ? 1 : (size_t)len + 1;
    char *text = arena_alloc(arena, size);
    if (size <= sizeof first)
        memcpy(text, first, size);
    else
        vsnprintf(text, size, format, args);
    return text;
}
