/* Where a request goes, by its path; and getToken. */
#include "server.h"

#include <string.h>
#include <strings.h>

static void put_token(struct fast *fast, struct buf *out)
{
    struct token token = tokens_issue(&fast->tokens);
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
    struct member members[] = {{.name = "username"}, {.name = "password"}};
    struct store_request log = {.path = "/api/getToken", .code = FAST_OK};
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

static const struct route {
    const char *path;
    const char *method;
    void (*answer)(struct fast *fast, const struct fast_request *request,
                   struct fast_answer *answer);
} routes[] = {
    {"/api/getToken", "POST", get_token},
    {"/api/SyncData", "POST", fast_sync_data},
    {"/api/GetData", "POST", fast_get_data},
    {"/", "GET", show_page},
};

void fast_answer(struct fast *fast, const struct fast_request *request,
                 struct fast_answer *answer)
{
    answer->status = 200;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (strcasecmp(routes[i].path, request->path) != 0)
            continue;
        if (strcmp(routes[i].method, request->method) == 0)
            routes[i].answer(fast, request, answer);
        else
            fast_say(answer, FAST_BAD_METHOD, "another method is wanted");
        return;
    }
    fast_say(answer, FAST_NOT_FOUND, "there is nothing at this path");
}
