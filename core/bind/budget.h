/* budget.h: what a script may use: memory; and for each row, for `setup` and
 * for the loading instructions and seconds of a processor's time.
 *
 * The allocator refuses what goes over the cap; the count hook raises once the
 * instructions are spent. A script may catch either with pcall, so both leave
 * `spent` set: from then on the hook raises before every instruction, and
 * whoever entered Lua looks at `spent` before anything else. Work that library
 * functions do by themselves is charged as instructions: steps of a pattern,
 * elements moved, large blocks of memory filled, lines followed.
 *
 * The hook costs every instruction, whether or not it runs: a twelfth of all
 * that a `map` costs. So while a thread maps rows they run without it until
 * the watch says that one has been at it for long; what it did until then is
 * taken for UNCOUNTED instructions. A budget that is not far above those is
 * counted from the start.
 *
 * Instructions cost unlike much: one may compare two texts of a hundred
 * megabytes. So the watch also tells when the seconds are over, or the program
 * is to end, and when what C keeps for a script goes beyond the memory its
 * arenas tell; all three set `bound.stop`. The hook finds it there before the
 * next instruction or call, and so do the loops in C that are long
 * (budget_look): none does more in one go than a text of TEXT_MAX bytes or the
 * charge for it.
 *
 * Hooks do not run in three places: in finalizers, in an error handler that
 * was called for the hook's own error, and while a dead coroutine is closed.
 * So scripts get no __gc, no coroutines, and an xpcall that calls its handler
 * afterwards (base.c). One state, one thread. */
#ifndef FASTSYNC_BIND_BUDGET_H
#define FASTSYNC_BIND_BUDGET_H

#include <lua.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/watch.h"
#include "pool.h"

enum spent {
    SPENT_NOTHING,
    SPENT_INSTRUCTIONS,
    SPENT_MEMORY,
    SPENT_SECONDS,
    SPENT_INTERRUPTED, /* the program is to end */
    SPENT_STOP,        /* the host said stop, see host_stop */
};

/* Why bound.stop is set, besides MEM_STOP. */
enum { STOP_SECONDS = MEM_STOP + 1, STOP_INTERRUPTED };

struct budget {
    lua_State *L;           /* NULL until there is one */
    struct mem_bound bound; /* bytes of Lua's and the arenas' together */
    struct pool pool;       /* where small blocks come from */
    size_t refused;         /* size of a refused block that Lua may ask again */
    uint64_t instructions;  /* a row; 0: no limit */
    unsigned seconds;       /* the same */
    uint64_t left;          /* of them, armed ones included */
    volatile sig_atomic_t armed; /* instructions until the hook runs, or 0 */
    bool watched;                /* the thread has entered the watch */
    bool patient;                /* rows run without the hook until late */
    struct watch watch;
    enum spent spent;
    char where[160];       /* "khach-hang.lua:12", or "" */
    bool follow;           /* while loading: remember each line, since the usual
                            * `return fast.setCustomer { … }` is a tail call and
                            * leaves no frame */
    int line;              /* the last one, of `file`; 0: none */
    char file[LUA_IDSIZE]; /* as messages name it */
    void (*on_line)(lua_State *L, lua_Debug *ar); /* for each, or NULL */
};

/* The state's extra space points to its host, which begins with the budget. */
static inline struct budget *budget_of(lua_State *L)
{
    return *(struct budget **)lua_getextraspace(L);
}

/* A lua_Alloc; `budget` is a struct budget. */
void *budget_alloc(void *budget, void *at, size_t old_size, size_t new_size);
/* A new row (or setup, or load): the instructions are whole again. */
void budget_begin(struct budget *budget);
/* That row is over. Only a watched thread needs to say so. */
void budget_end(struct budget *budget);
/* The calling thread enters and leaves the watch (watch.h), to map rows. */
void budget_watch(struct budget *budget);
void budget_unwatch(struct budget *budget);
/* The same around one call that is about no row, on a thread that may have
 * entered already; starts a watch where there is none. It begins the call's
 * budget as well, and ends it. True: it entered, which the end must know. */
bool budget_guard(struct budget *budget);
void budget_unguard(struct budget *budget, bool entered);
/* Charges work; raises when that is more than what is left. */
void budget_charge(lua_State *L, uint64_t steps);
/* Raises where the script is to stop: for loops in C. */
static inline void budget_look(lua_State *L);
/* The same for those who must not raise: true, and `spent` is set. */
bool budget_over(struct budget *budget);
/* Bytes that may still be asked for. */
static inline size_t budget_room(const struct budget *budget)
{
    const struct mem_bound *bound = &budget->bound;
    return bound->used < bound->max ? bound->max - bound->used : 0;
}
/* From now on nothing more runs; does not raise. */
void budget_stop(struct budget *budget, enum spent spent);
/* Raises in a state whose budget is spent. */
int budget_raise(lua_State *L);
static inline void budget_look(lua_State *L)
{
    struct budget *budget = budget_of(L);
    if (budget->bound.stop != MEM_GO && budget_over(budget))
        budget_raise(L);
}
/* Whether lines are followed from the next budget_begin on. */
void budget_follow(struct budget *budget, bool follow);
/* Script and line of the innermost frame that is a script's own, else the last
 * line that was followed, or "". */
void budget_where(lua_State *L, char *where, size_t size);

#endif
