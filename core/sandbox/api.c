/* api.c: where a request goes, by its path; and getToken. */
#include "api.h"

#include <string.h>
#include <strings.h>

#include "answer.h"
#include "get.h"
#include "members.h"
#include "page.h"
#include "play.h"
#include "sync.h"

static void put_token(struct fast *fast, struct buf *out)
{
    struct token token = tokens_issue(&fast->tokens);
    /* In UTC, as a client's clock may be in any zone. */
    struct tm utc;
    char expires[32] = "";
    if (gmtime_r(&token.expires, &utc) != NULL)
        strftime(expires, sizeof expires, "%Y-%m-%dT%H:%M:%SZ", &utc);
    buf_addf(out,
             "{\"success\":true,\"code\":200,\"messages\":\"Success\","
             "\"token\":{\"accesstoken\":\"%s\",\"expires\":\"%s\"}}",
             token.text, expires);
}

static void get_token(struct fast *fast, const struct fast_request *request,
                      struct fast_answer *answer)
{
    /* The body is not hashed into the store: it holds a password. */
    struct member members[] = {{.name = "username"}, {.name = "password"}};
    struct store_request log = {
        .path = "/api/getToken", .code = FAST_OK, .fault = fast_fault(request)};
    struct buf why = {0};
    if (!members_read(request->body, request->len, members, 2, &why)) {
        log.code = FAST_INVALID;
    } else if (!member_is(&members[0], fast->username) ||
               !member_is(&members[1], fast->password)) {
        log.code = FAST_NO_TOKEN;
        buf_puts(&why, "wrong username or password");
    }
    if (log.code == FAST_OK)
        put_token(fast, &answer->body);
    else
        fast_error(answer, log.code, why.at, why.len);
    fast_log(fast, &log, answer);
    members_release(members, 2);
    buf_release(&why);
}

static void show_page(struct fast *fast, const struct fast_request *request,
                      struct fast_answer *answer)
{
    (void)request;
    answer->page = true;
    fast_page(fast->store, &answer->body);
}

static const struct route routes[] = {
    {"/api/getToken", "POST", CALL_TOKEN, get_token},
    {"/api/SyncData", "POST", CALL_SYNC, fast_sync_data},
    {"/api/GetData", "POST", CALL_GET, fast_get_data},
    {"/", "GET", CALL_NONE, show_page},
};

/* NULL: the answer says why. */
static const struct route *find_route(const struct fast_request *request,
                                      struct fast_answer *answer)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (strcasecmp(routes[i].path, request->path) != 0)
            continue;
        if (strcmp(routes[i].method, request->method) == 0)
            return &routes[i];
        fast_say(answer, FAST_BAD_METHOD, "this method is not allowed here");
        return NULL;
    }
    fast_say(answer, FAST_NOT_FOUND, "there is nothing at this path");
    return NULL;
}

void fast_answer(struct fast *fast, const struct fast_request *request,
                 struct fast_answer *answer)
{
    struct fault_draw draw;
    const struct route *route = find_route(request, answer);
    if (route == NULL)
        return;
    answer->status = 200;
    if (fault_dice_draw(&fast->faults, route->call, &draw))
        fast_play(fast, route, request, &draw, answer);
    else
        route->answer(fast, request, answer);
}
