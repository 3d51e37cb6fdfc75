/* keys.c: no verdicts: of the ledger only what the mapping itself decides. */
#include "keys.h"

#include <stdlib.h>

#include "base/mem.h"
#include "bell.h"

struct keys {
    struct sink sink;
    struct last *last;
    struct bell bell;
};

static bool take(struct sink *sink, const struct chunk *chunk, struct err *err)
{
    struct ledger *ledger = &sink->ledger;
    (void)err;
    ledger->rows += chunk->rows;
    ledger->extra += chunk->extra;
    ledger->skipped += chunk->skipped;
    ledger->rejected += chunk->reject_count;
    ledger->pending += chunk->record_count;
    last_note(((struct keys *)sink)->last, chunk);
    return true;
}

static bool wait(struct sink *sink, struct err *err)
{
    (void)err;
    bell_wait(&((struct keys *)sink)->bell);
    return true;
}

static void wake(struct sink *sink)
{
    bell_ring(&((struct keys *)sink)->bell);
}

static bool finish(struct sink *sink, bool interrupted, struct err *err)
{
    (void)interrupted;
    (void)err;
    last_ready(((struct keys *)sink)->last, &sink->ledger);
    return true;
}

static void release(struct sink *sink)
{
    bell_release(&((struct keys *)sink)->bell);
    free(sink);
}

static const struct sink_kind noting = {take, wait, wake, finish, release};

struct sink *keys_new(struct last *last)
{
    struct keys *keys = mem_zero(1, sizeof *keys);
    keys->sink.kind = &noting;
    keys->last = last;
    bell_init(&keys->bell);
    return &keys->sink;
}
