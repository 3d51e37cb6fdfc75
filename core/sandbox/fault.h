/* fault.h: faults that a sandbox plays, so that what happens then can be
 * rehearsed.
 *
 * A fault is a kind, the calls it is for, and the share of their requests that
 * has it. For each request one draw decides between all faults of its
 * call and none: their rates add up, and cannot exceed one. The draws depend
 * on the seed and on the order of the requests, nothing else.
 *
 * kind               for                 processed  what the client sees
 * 500, 503, 429      all                 no         that status, an error body;
 *                                                   503 and 429 with a
 *                                                   Retry-After of one second,
 *                                                   as a number or as a date
 * reset              all                 no         the connection reset
 * hang               all                 by chance  nothing, ever
 * garbage            all                 by chance  200, and what is no JSON
 * empty              all                 by chance  200, and no body
 * truncate           all                 yes        half of the answer, then
 *                                                   the connection's end
 * expire             SyncData, GetData   no         the documented 401; the
 *                                                   token is forgotten
 * partial            SyncData            in part    success, `records` smaller
 *                                                   than sent; the others are
 *                                                   not stored
 * commit-then-reset  SyncData            yes        the connection reset
 * commit-then-500    SyncData            yes        500, an error body
 *
 * What was processed is in the store and in its memory of answers: the same
 * body again is answered as it would have been the first time. So a request
 * that befell `partial` stays short however often it is sent. Latency passes
 * before a fault as before any answer. */
#ifndef FASTSYNC_SANDBOX_FAULT_H
#define FASTSYNC_SANDBOX_FAULT_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* To add a kind: its line here, and its row in fault.c. */
#define FAULT_KINDS(X)                                                         \
    X(FAULT_500, "500")                                                        \
    X(FAULT_503, "503")                                                        \
    X(FAULT_429, "429")                                                        \
    X(FAULT_RESET, "reset")                                                    \
    X(FAULT_HANG, "hang")                                                      \
    X(FAULT_GARBAGE, "garbage")                                                \
    X(FAULT_TRUNCATE, "truncate")                                              \
    X(FAULT_EMPTY, "empty")                                                    \
    X(FAULT_EXPIRE, "expire")                                                  \
    X(FAULT_PARTIAL, "partial")                                                \
    X(FAULT_COMMIT_THEN_RESET, "commit-then-reset")                            \
    X(FAULT_COMMIT_THEN_500, "commit-then-500")

#define FAULT_NUMBER(number, name) number,
enum fault_kind { FAULT_KINDS(FAULT_NUMBER) FAULT_COUNT };
#undef FAULT_NUMBER

enum fault_call {
    CALL_NONE = 0, /* no call of the API */
    CALL_TOKEN = 1,
    CALL_SYNC = 2,
    CALL_GET = 4,
    CALL_ALL = CALL_TOKEN | CALL_SYNC | CALL_GET,
};

struct sandbox_fault {
    enum fault_kind kind;
    unsigned calls; /* of enum fault_call, or'ed */
    double rate;    /* 0 to 1 */
};

/* Reads "KIND:RATE[:CALL]". False: EXIT_USAGE. Whether kind and call go
 * together is fault_dice_init's to say. */
bool fault_parse(const char *text, struct sandbox_fault *fault,
                 struct err *err);

/* What a kind does. */
enum fault_work {
    WORK_NONE,
    WORK_CHANCE, /* a coin decides */
    WORK_DONE,
    WORK_WRONG, /* the fault is in the work itself */
};
enum fault_body { BODY_OWN, BODY_ERROR, BODY_GARBAGE, BODY_EMPTY };
enum fault_end { END_SENT, END_CUT, END_RESET, END_HANG };

struct fault_type {
    unsigned calls; /* that it is for */
    enum fault_work work;
    unsigned status; /* of HTTP; 0: the answer's own */
    bool retry_after;
    enum fault_body body;
    enum fault_end end;
};

extern const char *const fault_names[FAULT_COUNT];
extern const struct fault_type fault_types[FAULT_COUNT];

/* The fault of one request. */
struct fault_draw {
    enum fault_kind kind;
    bool coin;       /* for what goes one way or the other */
    uint64_t random; /* for the rest */
};

/* The faults of a sandbox. Zero plays none; fault_dice_draw may be called from
 * any thread. */
struct fault_dice {
    pthread_mutex_t lock;
    struct sandbox_fault *all;
    unsigned count;
    unsigned calls; /* that any of them is for; others draw nothing */
    uint64_t state;
};

/* Copies `all`. False: EXIT_USAGE, a kind that makes no sense for a call, or
 * more than every request. Released in any case. seed 0: unpredictable. */
bool fault_dice_init(struct fault_dice *faults, const struct sandbox_fault *all,
                     unsigned count, uint64_t seed, struct err *err);
void fault_dice_release(struct fault_dice *faults);
/* True: the next request of `call` has a fault. */
bool fault_dice_draw(struct fault_dice *faults, enum fault_call call,
                     struct fault_draw *draw);

#endif
