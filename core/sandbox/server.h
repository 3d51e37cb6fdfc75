/* server.h: what the sandbox's own files share.
 *
 * server.c carries HTTP and owns the threads, send.c sends answers or breaks
 * them off; api.c turns a request into an answer and knows nothing of HTTP's
 * machinery; play.c does what fault.c has drawn; members.c and check.c read
 * bodies; token.c hands out tokens, store.c keeps things, page.c and table.c
 * show them. */
#ifndef FASTSYNC_SANDBOX_SERVER_H
#define FASTSYNC_SANDBOX_SERVER_H

#include <stdbool.h>

#include "fault.h"
#include "form/form.h"
#include "sandbox.h"
#include "store.h"
#include "token.h"

/* Codes of the documentation, as they stand in a body; where a code is one of
 * HTTP's as well, api.c says whether the status shows it. */
enum fast_code {
    FAST_OK = 200,
    FAST_NO_FORM = 201,
    FAST_NO_DATA = 202,
    FAST_INVALID = 400,
    FAST_NO_TOKEN = 401,
    FAST_NO_RIGHT = 403,
    FAST_NOT_FOUND = 404,
    FAST_BAD_METHOD = 405,
    FAST_TOO_LARGE = 413,
    FAST_BROKEN = 500,
    FAST_STRUCTURE = 601,
};

/* What answers depend on; immutable but for what locks itself. */
struct fast {
    char *username, *password, *deny;
    unsigned max_batch;
    struct tokens tokens;
    struct fault_dice faults;
    struct store *store;
};

/* A request as api.c sees it; borrowed. */
struct fast_request {
    const char *method;        /* "POST" */
    const char *path;          /* "/api/SyncData" */
    const char *authorization; /* the header, or NULL */
    const char *body;
    size_t len;
    const struct fault_draw *fault; /* what befalls it, or NULL */
};

struct fast_answer {
    unsigned status;      /* of HTTP */
    bool page;            /* HTML for people: no latency */
    enum fault_end end;   /* how it is sent, if at all */
    char retry_after[32]; /* the header's value; "": none */
    struct buf body;
};

/* Always makes an answer; `answer` is zero at first. */
void fast_answer(struct fast *fast, const struct fast_request *request,
                 struct fast_answer *answer);
void fast_sync_data(struct fast *fast, const struct fast_request *request,
                    struct fast_answer *answer);
void fast_get_data(struct fast *fast, const struct fast_request *request,
                   struct fast_answer *answer);

/* A path of the server: what answers there, and which call that is. */
struct route {
    const char *path;
    const char *method;
    enum fault_call call;
    void (*answer)(struct fast *fast, const struct fast_request *request,
                   struct fast_answer *answer);
};

/* Answers as the route does, but for the fault that befalls the request. */
void fast_play(struct fast *fast, const struct route *route,
               const struct fast_request *request,
               const struct fault_draw *draw, struct fast_answer *answer);
bool fast_befalls(const struct fast_request *request, enum fault_kind kind);
/* What the store is told of a request's fault: its kind, or NULL. A fault in
 * the work itself may find nothing to spoil: whoever plays it says so. */
const char *fast_fault(const struct fast_request *request);

/* What answers share (answer.c). The HTTP status that goes with a code: */
unsigned fast_status(int code);
/* Makes the answer the documentation's error body, whatever it was. */
void fast_error(struct fast_answer *answer, int code, const char *why,
                size_t len);
void fast_say(struct fast_answer *answer, int code, const char *why);
/* Writes down a request by itself; a failure becomes the answer. */
void fast_log(struct fast *fast, const struct store_request *request,
              struct fast_answer *answer);
/* False: the answer says 401, and it is written down. */
bool fast_authorised(struct fast *fast, const struct fast_request *request,
                     const char *path, struct fast_answer *answer);

/* Members of a request's body that are looked for: a text, or an array's
 * place in the body. */
struct member {
    const char *name;
    bool is_array;
    bool given;
    struct buf text;   /* unescaped */
    const char *array; /* from '[' to behind ']' */
    size_t array_len;
};

/* Reads a whole body; other members are passed over. False: `why` says what is
 * wrong with it. The texts are the caller's to release in any case. */
bool members_read(const char *body, size_t len, struct member *members,
                  unsigned count, struct buf *why);
void members_release(struct member *members, unsigned count);
bool member_is(const struct member *member, const char *text);

/* Records of a request, in its order. */
struct fast_record {
    size_t key, key_len; /* in `keys`: trimmed, in upper case */
    const char *json;    /* in the body */
    size_t json_len;
};

struct fast_records {
    struct fast_record *all;
    size_t count, cap;
    struct buf keys;
};

/* Judges an array that is valid JSON. False: `why` says what is wrong first. */
bool fast_check(const struct form *form, const char *array, size_t len,
                struct fast_records *records, struct buf *why);
void fast_records_release(struct fast_records *records);

/* The page on `/`. */
void fast_page(struct store *store, struct buf *out);
/* See sandbox_table. */
void fast_table(struct store *store, unsigned most, struct buf *out);

struct MHD_Connection;

/* Sends the answer as its `end` says. `stopped` is readable once the sandbox
 * stops. False: the connection is to be closed. */
bool send_answer(struct MHD_Connection *connection, struct fast_answer *answer,
                 int stopped);

/* A listening socket, or -1; `url` is its address. */
int listen_on(const char *where, char url[128], struct err *err);

#endif
