/* answer.c: what every answer has: the error body of the documentation, the
 * HTTP status (200 even for most errors: the body decides), and a line in the
 * store. */
#include "answer.h"

#include <string.h>

#include "base/json.h"
#include "fault.h"

/* As the documentation has it: the body says what went wrong, and the status
 * stays 200 but for these. */
unsigned fast_status(int code)
{
    switch (code) {
    case FAST_NO_TOKEN:
    case FAST_NOT_FOUND:
    case FAST_BAD_METHOD:
    case FAST_TOO_LARGE:
        return (unsigned)code;
    default:
        return 200;
    }
}

void fast_error(struct fast_answer *answer, int code, const char *why,
                size_t len)
{
    buf_clear(&answer->body);
    answer->status = fast_status(code);
    buf_puts(&answer->body, "{\"success\":false,\"messages\":");
    json_string(&answer->body, why, len);
    buf_addf(&answer->body, ",\"code\":%d}", code);
}

void fast_say(struct fast_answer *answer, int code, const char *why)
{
    fast_error(answer, code, why, strlen(why));
}

void fast_log(struct fast *fast, const struct store_request *request,
              struct fast_answer *answer)
{
    struct err err;
    /* A transaction of its own: the request changed nothing else. */
    bool good = store_begin(fast->store, &err);
    if (good) {
        good = store_log(fast->store, request, &err);
        good = store_end(fast->store, good, &err) && good;
    }
    if (!good)
        fast_say(answer, FAST_BROKEN, err.text);
}

bool fast_has_fault(const struct fast_request *request, enum fault_kind kind)
{
    return request->fault != NULL && request->fault->kind == kind;
}

const char *fast_fault(const struct fast_request *request)
{
    if (request->fault == NULL ||
        fault_types[request->fault->kind].work == WORK_WRONG)
        return NULL;
    return fault_names[request->fault->kind];
}

/* Before the body is looked at: without a token nothing else counts. */
bool fast_authorised(struct fast *fast, const struct fast_request *request,
                     const char *path, struct fast_answer *answer)
{
    struct store_request log = {
        .path = path, .code = FAST_NO_TOKEN, .fault = fast_fault(request)};
    if (fast_has_fault(request, FAULT_EXPIRE) &&
        tokens_forget(&fast->tokens, request->authorization))
        log.fault = fault_names[FAULT_EXPIRE];
    else if (tokens_know(&fast->tokens, request->authorization))
        return true;
    fast_say(answer, FAST_NO_TOKEN,
             request->authorization == NULL
                 ? "no token: the Authorization header is missing"
                 : "the token is unknown or has expired");
    fast_log(fast, &log, answer);
    return false;
}
