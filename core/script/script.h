/* script.h: a lua_State's life: sandbox, budgets, the only way in.
 *
 * A script is opened once per thread, all on the main thread, the first one
 * alone so that its errors appear once. It runs the mapping file and holds
 * what it returned. A state has an explicit list of libraries, text chunks
 * only, an allocator with a cap, and a budget of instructions per row that a
 * script's own pcall cannot swallow. Every entry into Lua is protected. */
#ifndef FASTSYNC_SCRIPT_H
#define FASTSYNC_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bind/client.h"
#include "decode/input.h"
#include "mapping.h"
#include "record.h"

/* 0 is the standard, below. */
struct script_limits {
    size_t memory;         /* bytes a state may hold */
    uint64_t instructions; /* VM instructions a row (or setup, or the load) */
    unsigned seconds;      /* of a processor's time, the same */
    unsigned records;      /* of one row */
    const struct grants *grants; /* borrowed (source/reach.h); NULL: none */
    struct lookups *lookups;     /* borrowed: of all states of the script; NULL:
                                    the state has its own */
};

enum {
    SCRIPT_MEMORY = 256 * 1024 * 1024,
    SCRIPT_SECONDS = 10,
    SCRIPT_RECORDS = 10000,
};
#define SCRIPT_INSTRUCTIONS UINT64_C(100000000)

struct script;

/* Opens a state and runs the file. NULL: err is EXIT_SCRIPT (EXIT_USAGE for a
 * file that is not there), with script and line. `quiet`: a further copy. */
struct script *script_open(const char *path, const struct script_limits *limits,
                           bool quiet, struct err *err);
void script_free(struct script *script); /* NULL is allowed */

/* What it returned: mappings, or (count 0) a function to be called once. */
unsigned script_count(const struct script *script);
const struct mapping *script_mapping(const struct script *script, unsigned i);

/* Warnings of these kinds (warning_bit) reject their row from now on. */
void script_strict(struct script *script, uint32_t kinds);
/* Makes mapping i the one that script_map runs; calls its setup(env). */
bool script_use(struct script *script, unsigned i, struct err *err);

/* Finds the columns that the mapping names in an input. script_map does it by
 * itself; who asks before knows that they are there, though no row may come. */
bool script_bind(struct script *script, const struct input *input,
                 struct err *err);

/* The calling thread is the one that maps rows from here until it leaves, with
 * watch_begin's thread there to look at it (watch.h). Who maps few rows need
 * not enter. */
void script_enter(struct script *script);
void script_leave(struct script *script);

/* Maps one row of `chunk`: encodes its records into the chunk, or adds its
 * reject, and counts. False: the run stops, chunk->failed is set. */
bool script_map(struct script *script, struct chunk *chunk,
                const struct row *row);

/* After a chunk of so many rows, before what became of them is handed on, and
 * at the end (`last`): false where a row has changed what was there before the
 * first one, and the mapping is not ordered (kept.h); err is EXIT_SCRIPT. */
bool script_settle(struct script *script, uint64_t rows, bool last,
                   struct err *err);

/* Calls the function a script returned, with the inputs; fast.connect()
 * answers the client. */
bool script_drive(struct script *script, const char *const *inputs,
                  const struct script_client *client, struct err *err);

#endif
