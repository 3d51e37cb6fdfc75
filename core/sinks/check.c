/* check.c: without a file for them the bodies are only counted.
 *
 * A chunk's records follow one another with ',' between, just as a body wants
 * them: neighbours are copied in one piece. */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "batch/batch.h"
#include "bell.h"
#include "deliver/deduplicate.h"

enum { WRITE_AT = 1024 * 1024 };

/* Neighbours in a chunk's json, not yet copied. */
struct stretch {
    uint32_t from, to;
};

struct check {
    struct sink sink;
    struct deduplicator deduplicator;
    struct batch_limits limits;
    char *path;
    int fd; /* of the bodies, -1: none */
    struct buf out;
    struct stretch stretch;
    uint64_t count;         /* records in the body being formed */
    size_t len;             /* and its bytes */
    const struct buf *json; /* of the chunk at hand */
    struct bell bell;
};

static bool write_out(struct check *check, struct err *err)
{
    const char *at = check->out.at;
    size_t left = check->out.len;
    while (left > 0) {
        ssize_t done = write(check->fd, at, left);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return err_set(err, EXIT_FAULT, "%s: %s", check->path,
                           strerror(errno));
        at += done;
        left -= (size_t)done;
    }
    buf_clear(&check->out);
    return true;
}

static void copy_stretch(struct check *check)
{
    struct stretch *stretch = &check->stretch;
    if (stretch->to > stretch->from)
        buf_add(&check->out, check->json->at + stretch->from,
                stretch->to - stretch->from);
    *stretch = (struct stretch){0};
}

/* The body being formed is complete. */
static bool close_body(struct check *check, struct err *err)
{
    struct ledger *ledger = &check->sink.ledger;
    ledger->batches++;
    ledger->bytes += check->len;
    check->count = 0;
    if (check->fd < 0)
        return true;
    copy_stretch(check);
    batch_end(&check->out);
    buf_putc(&check->out, '\n');
    return check->out.len < WRITE_AT || write_out(check, err);
}

/* Puts a record's JSON after what is there, with ',' between. */
static void write_record(struct check *check, const struct record *record)
{
    struct stretch *stretch = &check->stretch;
    bool neighbour = stretch->to > 0 && record->json == stretch->to + 1;
    if (!neighbour) {
        copy_stretch(check);
        if (check->count == 0)
            batch_begin(&check->limits, &check->out);
        else
            buf_putc(&check->out, ',');
        stretch->from = record->json;
    }
    stretch->to = record->json + record->json_len;
}

static bool take_record(struct check *check, const struct record *record,
                        struct err *err)
{
    bool full =
        !batch_fits(&check->limits, check->count, check->len, record->json_len);
    if (full && !close_body(check, err))
        return false;
    if (check->fd >= 0)
        write_record(check, record);
    check->len = check->count == 0 ? check->limits.frame : check->len + 1;
    check->len += record->json_len;
    check->count++;
    return true;
}

static bool take(struct sink *sink, const struct chunk *chunk, struct err *err)
{
    struct check *check = (struct check *)sink;
    struct pass pass;
    const struct record *record;
    enum step step = STEP_END;
    check->json = &chunk->json;
    bool good = pass_begin(&pass, &check->deduplicator, chunk, err);
    while (good && (step = pass_next(&pass, &record, err)) == STEP_ITEM)
        good = take_record(check, record, err);
    good = pass_end(&pass, good && step == STEP_END, err);
    copy_stretch(check);
    return good;
}

/* No network: only the pipeline can wake it. */
static bool wait(struct sink *sink, struct err *err)
{
    (void)err;
    bell_wait(&((struct check *)sink)->bell);
    return true;
}

static void wake(struct sink *sink)
{
    bell_ring(&((struct check *)sink)->bell);
}

/* An interrupted run would not have sent the body being formed. */
static bool finish(struct sink *sink, bool cut_short, struct err *err)
{
    struct check *check = (struct check *)sink;
    bool good = cut_short || check->count == 0 || close_body(check, err);
    if (good && check->fd >= 0 && !cut_short)
        good = write_out(check, err);
    if (good && !ledger_balances(&sink->ledger))
        good = err_set(err, EXIT_FAULT,
                       "the ledger does not balance; this is a fault of "
                       "fastsync");
    return good;
}

static void release(struct sink *sink)
{
    struct check *check = (struct check *)sink;
    if (check->fd > STDOUT_FILENO)
        close(check->fd);
    buf_release(&check->out);
    deduplicator_release(&check->deduplicator);
    bell_release(&check->bell);
    free(check->path);
    free(check);
}

static const struct sink_kind checking = {take, wait, wake, finish, release};

/* A second mapping of the same script goes after the first one's bodies. */
static bool open_bodies(struct check *check, const char *bodies, bool again,
                        struct err *err)
{
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (again ? O_APPEND : O_TRUNC);
    check->fd = -1;
    if (bodies == NULL)
        return true;
    check->path = mem_text(bodies);
    if (strcmp(bodies, "-") == 0)
        check->fd = STDOUT_FILENO;
    else
        check->fd = open(bodies, flags, 0600);
    return check->fd >= 0 ||
           err_set(err, EXIT_USAGE, "%s: %s", bodies, strerror(errno));
}

struct sink *check_new(const struct config *config,
                       const struct mapping *mapping, struct last *last,
                       struct rejects *rejects, const char *state,
                       const char *bodies, bool again, struct err *err)
{
    struct check *check = mem_zero(1, sizeof *check);
    check->sink.kind = &checking;
    bell_init(&check->bell);
    deduplicator_init(&check->deduplicator, mapping, last, rejects,
                      &check->sink.ledger);
    deduplicator_ask(&check->deduplicator, state, config);
    batch_limits(&check->limits, mapping->form->name, config->batch,
                 config->batch_bytes);
    if (open_bodies(check, bodies, again, err))
        return &check->sink;
    release(&check->sink);
    return NULL;
}
