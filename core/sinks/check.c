/* check.c: without a file for them the bodies are only counted.
 *
 * A chunk's records follow one another with ',' between, just as a body wants
 * them. A body that lies in one chunk is written from there, neighbours in one
 * piece; of one that goes on in the next chunk, a copy waits in `out`. So what
 * is written is whole bodies, whenever a run is cut short. */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/mem.h"
#include "batch/batch.h"
#include "bell.h"
#include "deliver/deduplicate.h"
#include "rejects/claims.h"
#include "source/plain.h"
#include "source/taken.h"

/* Bytes: so many are written at once, and a body of so many is not copied. */
enum { WRITE_AT = 1024 * 1024, COPY_BELOW = 16 * 1024 };

/* Neighbours in a chunk's json. */
struct stretch {
    uint32_t from, to;
};

enum { STRETCHES = 64 };

struct check {
    struct sink sink;
    struct deduplicator deduplicator;
    struct batch_limits limits;
    char *path;
    int fd;           /* of the bodies, -1: none */
    bool full;        /* what stood in its file still does */
    struct buf out;   /* whole bodies, and the first part of one */
    size_t whole;     /* bytes of `out` that are whole bodies */
    struct buf begin; /* what stands before a body's records, */
    struct buf end;   /* and after them */
    bool begun;       /* `out` holds records of the body being formed */
    struct stretch stretches[STRETCHES]; /* the other ones, in the chunk */
    unsigned stretch_count;
    uint64_t count;         /* records in the body being formed */
    size_t len;             /* and its bytes */
    const struct buf *json; /* of the chunk at hand */
    struct bell bell;
};

/* Takes `done` bytes off the front of the pieces; answers how many are done. */
static int advance(struct iovec *pieces, int count, size_t done)
{
    int i = 0;
    while (i < count && done >= pieces[i].iov_len)
        done -= pieces[i++].iov_len;
    if (i < count) {
        pieces[i].iov_base = (char *)pieces[i].iov_base + done;
        pieces[i].iov_len -= done;
    }
    return i;
}

/* Who read standard output has had enough (`-o - | head`): this ends as any cat
 * does, quietly. */
static bool write_fail(const struct check *check, struct err *err)
{
    if (errno == EPIPE && check->fd == STDOUT_FILENO) {
        claims_abandon();
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    return err_set(err, EXIT_FAULT, "%s: %s", check->path, strerror(errno));
}

/* What the file had in it goes when rows have been mapped, and none of them was
 * refused for reading it. */
static bool make_room(struct check *check, struct err *err)
{
    if (check->full && taken_wanted(check->path))
        return err_set(err, EXIT_USAGE, "%s: is to be read as well",
                       check->path);
    bool good = !check->full || plain_empty(check->fd);
    check->full = false;
    return good || write_fail(check, err);
}

static bool write_pieces(const struct check *check, struct iovec *pieces,
                         int count, struct err *err)
{
    while (count > 0) {
        ssize_t done = writev(check->fd, pieces, count);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return write_fail(check, err);
        int past = advance(pieces, count, (size_t)done);
        pieces += past;
        count -= past;
    }
    return true;
}

static bool write_out(struct check *check, struct err *err)
{
    struct iovec piece = {check->out.at, check->out.len};
    bool good = make_room(check, err) &&
                (piece.iov_len == 0 || write_pieces(check, &piece, 1, err));
    buf_clear(&check->out);
    check->whole = 0;
    return good;
}

static struct iovec piece_of(const struct check *check, unsigned i)
{
    const struct stretch *stretch = &check->stretches[i];
    return (struct iovec){check->json->at + stretch->from,
                          stretch->to - stretch->from};
}

/* What of the body lies in the chunk moves to `out`. */
static void copy_stretches(struct check *check)
{
    for (unsigned i = 0; i < check->stretch_count; i++) {
        struct iovec piece = piece_of(check, i);
        if (check->begun)
            buf_putc(&check->out, ',');
        else
            buf_add(&check->out, check->begin.at, check->begin.len);
        buf_add(&check->out, piece.iov_base, piece.iov_len);
        check->begun = true;
    }
    check->stretch_count = 0;
}

/* Writes what waits, and then the body from the chunk. */
static bool write_body(struct check *check, struct err *err)
{
    static char comma[] = ",";
    struct iovec pieces[2 * STRETCHES + 2];
    int count = 0;
    pieces[count++] = (struct iovec){check->out.at, check->out.len};
    pieces[count++] = (struct iovec){check->begin.at, check->begin.len};
    for (unsigned i = 0; i < check->stretch_count; i++) {
        if (i > 0)
            pieces[count++] = (struct iovec){comma, 1};
        pieces[count++] = piece_of(check, i);
    }
    pieces[count++] = (struct iovec){check->end.at, check->end.len};
    bool good =
        make_room(check, err) && write_pieces(check, pieces, count, err);
    buf_clear(&check->out);
    check->whole = 0;
    check->stretch_count = 0;
    return good;
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
    if (!check->begun && check->len >= COPY_BELOW)
        return write_body(check, err);
    copy_stretches(check);
    check->begun = false;
    buf_add(&check->out, check->end.at, check->end.len);
    check->whole = check->out.len;
    return check->out.len < WRITE_AT || write_out(check, err);
}

/* Adds a record to the body. */
static void add_record(struct check *check, const struct record *record)
{
    unsigned count = check->stretch_count;
    uint32_t from = record->json, to = from + record->json_len;
    if (count > 0 && from == check->stretches[count - 1].to + 1) {
        check->stretches[count - 1].to = to;
        return;
    }
    if (count == STRETCHES)
        copy_stretches(check);
    check->stretches[check->stretch_count++] = (struct stretch){from, to};
}

static bool take_record(struct check *check, const struct record *record,
                        struct err *err)
{
    bool full =
        !batch_fits(&check->limits, check->count, check->len, record->json_len);
    if (full && !close_body(check, err))
        return false;
    if (check->fd >= 0)
        add_record(check, record);
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
    copy_stretches(check);
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
    if (cut_short)
        check->out.len = check->whole;
    if (good && check->fd >= 0)
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
    buf_release(&check->begin);
    buf_release(&check->end);
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
    const char *why = NULL;
    check->fd = -1;
    if (bodies == NULL)
        return true;
    check->path = mem_text(bodies);
    if (strcmp(bodies, "-") == 0)
        check->fd = STDOUT_FILENO;
    else
        check->fd = plain_write(
            bodies, PLAIN_PIPE | (again ? PLAIN_APPEND : PLAIN_LATER), &why);
    check->full = check->fd > STDOUT_FILENO && !again && !plain_handed(bodies);
    return check->fd >= 0 || err_set(err, EXIT_USAGE, "%s: %s", bodies, why);
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
    batch_begin(&check->limits, &check->begin);
    batch_end(&check->end);
    buf_putc(&check->end, '\n');
    if (open_bodies(check, bodies, again, err))
        return &check->sink;
    release(&check->sink);
    return NULL;
}
