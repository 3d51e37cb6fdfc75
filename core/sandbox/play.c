/* play.c: plays the fault of a request: whether it is worked on, and what
 * becomes of the answer. All of it stands in fault_types' columns. */
#include "play.h"

#include "answer.h"

/* What is no JSON: what a proxy says, an answer that stops short, and bytes
 * that are no text at all. */
#define GARBAGE(bytes) (bytes), sizeof(bytes) - 1
static const struct {
    const char *bytes;
    size_t len;
} garbage[] = {
    {GARBAGE("<html><head><title>502 Bad Gateway</title></head></html>\n")},
    {GARBAGE("{\"success\":true,\"messages\":\"SUCC")},
    {GARBAGE("\0\xFF\xFE{\x80\x1F\x8B\b\0\0")},
};
#undef GARBAGE

enum { GARBAGES = sizeof garbage / sizeof *garbage };

static void keep_body(const struct fault_type *type,
                      const struct fault_draw *draw, struct fast_answer *answer)
{
    (void)type;
    (void)draw;
    (void)answer;
}

static void put_error(const struct fault_type *type,
                      const struct fault_draw *draw, struct fast_answer *answer)
{
    struct buf why = {0};
    buf_addf(&why, "fault %s is played", fault_names[draw->kind]);
    fast_error(answer, (int)type->status, why.at, why.len);
    buf_release(&why);
}

static void put_garbage(const struct fault_type *type,
                        const struct fault_draw *draw,
                        struct fast_answer *answer)
{
    (void)type;
    size_t which = draw->random % GARBAGES;
    buf_clear(&answer->body);
    buf_add(&answer->body, garbage[which].bytes, garbage[which].len);
}

static void put_nothing(const struct fault_type *type,
                        const struct fault_draw *draw,
                        struct fast_answer *answer)
{
    (void)type;
    (void)draw;
    buf_clear(&answer->body);
}

static void (*const bodies[])(const struct fault_type *type,
                              const struct fault_draw *draw,
                              struct fast_answer *answer) = {
    [BODY_OWN] = keep_body,
    [BODY_ERROR] = put_error,
    [BODY_GARBAGE] = put_garbage,
    [BODY_EMPTY] = put_nothing,
};

/* A second from now, as a number or as a date. */
static void put_retry_after(bool date, struct fast_answer *answer)
{
    struct tm utc;
    time_t then = time(NULL) + 1;
    if (!date || gmtime_r(&then, &utc) == NULL ||
        strftime(answer->retry_after, sizeof answer->retry_after,
                 "%a, %d %b %Y %H:%M:%S GMT", &utc) == 0)
        memcpy(answer->retry_after, "1", sizeof "1");
}

void fast_play(struct fast *fast, const struct route *route,
               const struct fast_request *request,
               const struct fault_draw *draw, struct fast_answer *answer)
{
    const struct fault_type *type = &fault_types[draw->kind];
    struct fast_request faulty = *request;
    faulty.fault = draw;
    if (type->work == WORK_NONE || (type->work == WORK_CHANCE && !draw->coin)) {
        /* Not processed: written down without a code. */
        struct store_request log = {.path = route->path,
                                    .fault = fault_names[draw->kind]};
        fast_log(fast, &log, answer);
    } else {
        route->answer(fast, &faulty, answer);
    }
    /* After the work: a fault changes what is said of it, not what was done. */
    bodies[type->body](type, draw, answer);
    if (type->status != 0)
        answer->status = type->status;
    if (type->retry_after)
        put_retry_after(draw->coin, answer);
    answer->end = type->end;
}
