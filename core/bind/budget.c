/* budget.c: the allocator and the hook.
 *
 * A refused block is asked for a second time after Lua has collected all
 * garbage, with nothing but freeing in between. So a refusal is final when the
 * same size is refused again, or when the next thing to grow is another one,
 * or when the script goes on. Freed blocks that the pool keeps count under the
 * cap too, or blocks of one size after the other would go far beyond it. The
 * hook is armed for a slice of the budget at a time, since library functions
 * take from what is left meanwhile. */
#include "budget.h"

#include <stdio.h>
#include <string.h>

/* A slice is what charged work may be overdrawn by. From LARGE bytes on a
 * block is charged, a byte at 1/BYTES_A_STEP of an instruction: about what
 * filling it costs. */
enum { SLICE = 1 << 16, LARGE = 1 << 16, BYTES_A_STEP = 64 };

/* What it costs to follow one line while a script loads, in instructions: a
 * loop there ends about when it would in a row. */
enum { LINE_STEPS = 5 };

/* About what a script does before the watch tells: 20 to 40 ms of it. */
enum { UNCOUNTED = 10000000 };

static void count(lua_State *L, lua_Debug *ar);

/* What is to stop does so at calls, too: table.sort and the like call functions
 * in C for hours, with no instruction in between. */
static void arm(struct budget *budget, int instructions)
{
    int mask = LUA_MASKCOUNT | (budget->follow ? LUA_MASKLINE : 0) |
               (budget->bound.stop != MEM_GO ? LUA_MASKCALL : 0);
    budget->armed = instructions;
    if (budget->L != NULL)
        lua_sethook(budget->L, count, mask, instructions);
}

static void arm_slice(struct budget *budget)
{
    arm(budget, budget->left < SLICE ? (int)budget->left : SLICE);
}

static void disarm(struct budget *budget)
{
    budget->armed = 0;
    lua_sethook(budget->L, NULL, 0, 0);
}

/* In a signal handler, somewhere in the row. A hook may be set there (ldebug.c,
 * lua_sethook); the next row's begin takes it away. */
static void late(void *subject, enum watch_reason reason)
{
    struct budget *budget = subject;
    if (reason != WATCH_LATE)
        budget->bound.stop =
            reason == WATCH_SPENT ? STOP_SECONDS : STOP_INTERRUPTED;
    if (budget->armed == 0 || reason != WATCH_LATE)
        arm(budget, 1);
}

/* Where the watch looks after a row no hook is set at all; what a row may do
 * before the watch notices is taken off its budget beforehand. */
void budget_begin(struct budget *budget)
{
    budget->left = budget->instructions ? budget->instructions : UINT64_MAX;
    budget->where[0] = '\0';
    if (budget->watched)
        watch_turn(&budget->watch);
    if (budget->bound.stop > MEM_STOP)
        budget->bound.stop = MEM_GO; /* it was the last row's */
    if (budget->patient)
        budget->left -= UNCOUNTED;
    if (budget->spent != SPENT_NOTHING)
        return;
    if (!budget->patient)
        arm_slice(budget);
    else if (budget->armed != 0)
        disarm(budget);
}

void budget_end(struct budget *budget)
{
    if (budget->watched)
        watch_rest(&budget->watch);
}

static void enter(struct budget *budget)
{
    watch_enter(&budget->watch, late, budget, budget->seconds);
    budget->watched = true;
}

void budget_watch(struct budget *budget)
{
    budget->patient = budget->instructions >= 2 * UNCOUNTED;
    enter(budget);
}

void budget_unwatch(struct budget *budget)
{
    if (!budget->watched)
        return;
    watch_leave(&budget->watch);
    budget->watched = budget->patient = false;
}

/* Where none can be started the instructions are counted all the same. */
bool budget_guard(struct budget *budget)
{
    struct err err;
    bool entered = !budget->watched && watch_begin(&err);
    if (entered)
        enter(budget);
    budget_begin(budget);
    return entered;
}

void budget_unguard(struct budget *budget, bool entered)
{
    budget_end(budget);
    if (!entered)
        return;
    budget_unwatch(budget);
    watch_end();
}

/* C functions and the library stand above a script on the stack; its own files
 * are those that begin with "@". */
void budget_where(lua_State *L, char *where, size_t size)
{
    lua_Debug ar;
    where[0] = '\0';
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (ar.source[0] == '@' && ar.currentline > 0) {
            snprintf(where, size, "%s:%d", ar.short_src, ar.currentline);
            return;
        }
    }
    const struct budget *budget = budget_of(L);
    if (budget->follow && budget->line > 0)
        snprintf(where, size, "%s:%d", budget->file, budget->line);
}

void budget_follow(struct budget *budget, bool follow)
{
    budget->follow = follow;
    budget->line = 0;
    budget->file[0] = '\0';
}

/* Where the script is; where it left already, the place noted before stays. */
static void note_place(struct budget *budget)
{
    char where[sizeof budget->where] = "";
    if (budget->L != NULL)
        budget_where(budget->L, where, sizeof where);
    if (*where != '\0')
        memcpy(budget->where, where, sizeof where);
}

bool budget_over(struct budget *budget)
{
    static const enum spent spent[] = {
        [MEM_STOP] = SPENT_MEMORY,
        [STOP_SECONDS] = SPENT_SECONDS,
        [STOP_INTERRUPTED] = SPENT_INTERRUPTED,
    };
    if (budget->bound.stop != MEM_GO)
        budget_stop(budget, spent[budget->bound.stop]);
    return budget->spent != SPENT_NOTHING;
}

/* The hook raises at the next instruction, wherever that is. */
void budget_stop(struct budget *budget, enum spent spent)
{
    if (budget->spent != SPENT_NOTHING)
        return;
    budget->spent = spent;
    note_place(budget);
    arm(budget, 1);
}

int budget_raise(lua_State *L)
{
    lua_pushlightuserdata(L, budget_of(L));
    return lua_error(L);
}

/* Written out only where it is asked for: a loop comes here each time. */
static void follow_line(lua_State *L, struct budget *budget, lua_Debug *ar)
{
    lua_getinfo(L, "S", ar);
    if (ar->source[0] == '@') {
        budget->line = ar->currentline;
        if (strcmp(budget->file, ar->short_src) != 0)
            memcpy(budget->file, ar->short_src, sizeof budget->file);
    }
    if (budget->on_line != NULL)
        budget->on_line(L, ar);
    if (budget->spent == SPENT_NOTHING)
        budget_charge(L, LINE_STEPS);
}

/* The hook. Each slice is paid for when it is over, and the next one armed. */
static void count(lua_State *L, lua_Debug *ar)
{
    struct budget *budget = budget_of(L);
    if (ar->event == LUA_HOOKLINE) {
        follow_line(L, budget, ar);
        return;
    }
    if (budget->refused > 0)
        budget_stop(budget, SPENT_MEMORY);
    if (!budget_over(budget)) {
        uint64_t used = (uint64_t)budget->armed;
        budget->left -= used < budget->left ? used : budget->left;
        if (budget->left > 0) {
            arm_slice(budget);
            return;
        }
        budget_stop(budget, SPENT_INSTRUCTIONS);
    }
    budget_raise(L);
}

void budget_charge(lua_State *L, uint64_t steps)
{
    struct budget *budget = budget_of(L);
    if (steps < budget->left) {
        budget->left -= steps;
        return;
    }
    if (!budget_over(budget))
        budget_stop(budget, SPENT_INSTRUCTIONS);
    budget_raise(L);
}

/* Lua collects and asks once more; only what is refused twice is out of
 * memory. */
static void *refuse(struct budget *budget, size_t size)
{
    if (budget->refused > 0)
        budget_stop(budget, SPENT_MEMORY);
    else
        note_place(budget); /* a library's buffer does not try again */
    budget->refused = size;
    arm(budget, 1); /* the hook looks whether the second try was good */
    return NULL;
}

/* No raising in here: what is overdrawn is found by the hook. */
static void charge_bytes(struct budget *budget, size_t bytes)
{
    uint64_t steps = bytes / BYTES_A_STEP;
    if (steps < budget->left) {
        budget->left -= steps;
        return;
    }
    budget->left = 1;
    arm(budget, 1);
}

/* Lua's allocator. The first test is the hot one: a small block, taken from
 * the pool again. Whatever shrinks or is freed succeeds, as Lua demands. */
void *budget_alloc(void *ud, void *at, size_t old_size, size_t new_size)
{
    struct budget *budget = ud;
    if (at == NULL)
        old_size = 0; /* it says what kind of thing is wanted */
    if (new_size == 0) {
        budget->bound.used -= old_size;
        pool_free(&budget->pool, at, old_size);
        return NULL;
    }
    if (at == NULL && budget->refused == 0 &&
        budget->bound.used + new_size <= budget->bound.max) {
        void *again = pool_again(&budget->pool, new_size); /* nearly always */
        if (again != NULL) {
            budget->bound.used += new_size;
            return again;
        }
    }
    bool grows = new_size > old_size;
    size_t more = grows ? new_size - old_size : 0;
    void *to = NULL;
    if (!grows || (budget->bound.used <= budget->bound.max &&
                   more <= budget->bound.max - budget->bound.used))
        to = pool_resize(&budget->pool, at, old_size, new_size,
                         budget->bound.max);
    if (to == NULL)
        return grows ? refuse(budget, new_size) : at;
    if (grows && budget->refused > 0 && budget->refused != new_size)
        budget_stop(budget, SPENT_MEMORY);
    if (grows)
        budget->refused = 0;
    if (more >= LARGE)
        charge_bytes(budget, more);
    budget->bound.used += new_size;
    budget->bound.used -= old_size;
    return to;
}
