/* lookup.c: the lookups of a script: added while it is loaded, then read. */
#include "own.h"

#include <stdlib.h>
#include <string.h>

struct lookups *lookups_new(uint64_t bytes)
{
    struct lookups *lookups = mem_zero(1, sizeof *lookups);
    lookups->bytes = bytes > 0 ? bytes : LOOKUP_BYTES;
    return lookups;
}

static void release_sources(struct lookup_said *said)
{
    for (unsigned i = 0; i < said->source_count; i++)
        spec_release(&said->sources[i]);
    free(said->sources);
    said->sources = NULL;
    said->source_count = 0;
}

static void lookup_free(struct lookup *lookup)
{
    release_sources(&lookup->said);
    for (uint64_t i = 0; i < lookup->origin_count; i++) {
        free(lookup->origins[i].path);
        free(lookup->origins[i].sheet);
    }
    free(lookup->origins);
    free(lookup->columns);
    keyed_release(&lookup->keyed);
    buf_release(&lookup->call.scratch);
    arena_release(&lookup->memory);
    free(lookup->script);
    free(lookup->path);
    free(lookup);
}

void lookups_free(struct lookups *lookups)
{
    if (lookups == NULL)
        return;
    for (unsigned i = 0; i < lookups->count; i++)
        lookup_free(lookups->all[i]);
    free(lookups->all);
    free(lookups);
}

static struct lookup *lookup_new(struct lookups *set, struct lookup_said *said)
{
    struct lookup *lookup = mem_zero(1, sizeof *lookup);
    arena_init(&lookup->memory);
    lookup->set = set;
    lookup->said = *said;
    lookup->script = mem_text(said->script);
    lookup->path = mem_text(said->sources[0].path);
    for (unsigned i = 0; i < said->key_count; i++)
        lookup_add_column(lookup, said->keys[i], said->line);
    said->sources = NULL;
    said->source_count = 0;
    return lookup;
}

/* Options are not compared: those of the state that was first hold for all. */
static bool same(const struct lookup *lookup, const struct lookup_said *said)
{
    return lookup->said.line == said->line &&
           strcmp(lookup->path, said->sources[0].path) == 0;
}

struct lookup *lookups_add(struct lookups *lookups, unsigned number,
                           struct lookup_said *said, struct err *err)
{
    if (number < lookups->count && same(lookups->all[number], said)) {
        release_sources(said);
        return lookups->all[number];
    }
    bool fits = number == lookups->count && number < LOOKUPS_MAX;
    if (!fits && number >= LOOKUPS_MAX)
        err_set(err, EXIT_SCRIPT, "fast.lookup: more than %d", LOOKUPS_MAX);
    else if (!fits)
        err_set(err, EXIT_SCRIPT,
                "fast.lookup: another one stood here when the script was "
                "loaded before; what it loads must depend on nothing");
    if (!fits) {
        release_sources(said);
        return NULL;
    }
    lookups->all =
        mem_resize(lookups->all, (number + 1) * sizeof *lookups->all);
    lookups->all[number] = lookup_new(lookups, said);
    return lookups->all[lookups->count++];
}

void lookups_whole(struct lookups *lookups)
{
    for (unsigned i = 0; i < lookups->count; i++)
        lookups->all[i]->whole = !lookups->all[i]->said.listed;
}

bool lookups_load(struct lookups *lookups, struct err *err)
{
    for (unsigned i = 0; i < lookups->count; i++) {
        struct lookup *lookup = lookups->all[i];
        if (!lookup->ready && !lookup_load(lookup, err))
            return false;
        lookup->ready = true;
        release_sources(&lookup->said);
    }
    return true;
}

const char *lookup_path(const struct lookup *lookup)
{
    return lookup->path;
}

bool lookup_ready(const struct lookup *lookup)
{
    return lookup->ready;
}

uint64_t lookup_count(const struct lookup *lookup)
{
    return lookup->keyed.count;
}
