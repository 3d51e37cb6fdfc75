/* mem.h: memory that cannot run out quietly, and arenas.
 *
 * mem_* answer usable memory or end the process with exit code 1 and one line
 * on standard error: a customer sync that is out of memory has nothing better
 * to do, and the journal makes that safe at any instruction.
 *
 * An arena hands out memory that lives until the arena is reset: what a row
 * or a chunk needs is taken from it and never freed singly. After the first
 * few chunks it has all the blocks it will ever need and allocates no more.
 * One owner, one thread at a time. */
#ifndef FASTSYNC_MEM_H
#define FASTSYNC_MEM_H

#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "copy.h"

/* Freed memory is kept for the next request's buffers, where the C library can
 * be told so; else each of them would be given back and cleared anew. */
void mem_keep(void);

void *mem_alloc(size_t size);                   /* not cleared */
void *mem_zero(size_t count, size_t size);      /* cleared */
void *mem_resize(void *at, size_t size);        /* as realloc */
char *mem_text(const char *text);               /* a copy, ends in NUL */
char *mem_text_n(const char *text, size_t len); /* the same of len bytes */
/* printf into fresh memory; the caller frees. */
char *mem_format(const char *format, ...)
    __attribute__((cold, format(printf, 1, 2)));
void mem_wipe(void *at, size_t size); /* for secrets: not optimised away */

struct arena_block;

/* What several arenas, and others who count themselves, may hold together.
 * Asking for more does not fail, but sets `stop`, at which whoever works there
 * looks between its steps (others may set it for reasons of their own). */
struct mem_bound {
    size_t max, used; /* bytes */
    volatile sig_atomic_t stop;
};

enum { MEM_GO, MEM_STOP };

struct arena {
    char *at;                  /* next free byte of the current block */
    char *end;                 /* the end of the current block */
    struct arena_block *first; /* all blocks; kept by reset */
    struct arena_block *current;
    size_t held;             /* bytes of all blocks */
    struct mem_bound *bound; /* that they count for, or NULL */
};

void arena_init(struct arena *arena);    /* allocates nothing yet */
void arena_reset(struct arena *arena);   /* all handed out is void; kept */
void arena_release(struct arena *arena); /* all memory given back */

void *arena_grow(struct arena *arena,
                 size_t size); /* arena_alloc's slow half */

/* `size` bytes aligned to 16, not cleared, with COPY_STEP readable and
 * writable bytes after them, so that copies may go in steps (copy.h). */
static inline void *arena_alloc(struct arena *arena, size_t size)
{
    size_t step = (size + COPY_STEP + 15) & ~(size_t)15;
    if (step > (size_t)(arena->end - arena->at) || step < size)
        return arena_grow(arena, size);
    char *at = arena->at;
    arena->at += step;
    return at;
}

/* What was handed out since the mark is void. */
struct arena_mark {
    char *at, *end;
    struct arena_block *current;
};

static inline struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->at, arena->end, arena->current};
}

static inline void arena_return(struct arena *arena, struct arena_mark mark)
{
    if (mark.current == NULL) {
        arena_reset(arena);
        return;
    }
    arena->at = mark.at;
    arena->end = mark.end;
    arena->current = mark.current;
}

/* vprintf into the arena. */
char *arena_vformat(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

#endif
