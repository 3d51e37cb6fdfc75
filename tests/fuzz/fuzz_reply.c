/* Any answer of a server: status, headers, body, and what became of the
 * connection. It is read a second time, slowly, by this file: nothing may be
 * called accepted but what says success once, in whole JSON without a name that
 * stands twice. The bytes 1 to 6 in a body stand for a secret as six kinds of
 * text spell it, and none of them may come out (what curl says of a connection
 * is its own, and has none). */
#include "fuzz.h"

#include <curl/curl.h>
#include <math.h>
#include <time.h>

#include "base/json.h"
#include "base/mem.h"
#include "net/retry.h"
#include "server/auth.h"
#include "server/reply.h"

#define PASSWORD "Pa5s/W0rd&\"x"
#define TOKEN    "tOk3n.abc_def"

/* As JSON, URLs, HTML and Base64 (of "user:" and it) have the password. */
static const char *const spelled[] = {
    PASSWORD,
    TOKEN,
    "Pa5s\\u002fW0rd&\\u0022x",
    "Pa5s%2FW0rd%26%22x",
    "Pa5s&#47;W0rd&amp;&quot;x",
    "dXNlcjpQYTVzL1cwcmQmIng=",
};

enum { SPELLED = sizeof spelled / sizeof *spelled };

static const long statuses[] = {200, 200, 200, 201, 204, 299, 0,   100,
                                301, 302, 400, 401, 403, 404, 405, 407,
                                408, 413, 423, 425, 429, 500, 502, 503,
                                504, 599, 600, -1,  199, 300, 307, 999};
static const int transports[] = {CURLE_OK,
                                 CURLE_OK,
                                 CURLE_OK,
                                 CURLE_OK,
                                 CURLE_COULDNT_CONNECT,
                                 CURLE_UNSUPPORTED_PROTOCOL,
                                 CURLE_PEER_FAILED_VERIFICATION,
                                 CURLE_WRITE_ERROR,
                                 CURLE_OPERATION_TIMEDOUT,
                                 CURLE_PROXY,
                                 CURLE_GOT_NOTHING,
                                 CURLE_SSL_CONNECT_ERROR};

/* What the slow reading of a body has found. */
struct heard {
    bool whole, twice, success;
    uint64_t records; /* UINT64_MAX: not said as a plain number */
};

enum { NAMES = 512 };

/* The names of one object, one after the other, each ended by a NUL that no
 * decoded name may hide in: lengths are compared as well. */
struct names {
    struct buf text;
    size_t at[NAMES], len[NAMES];
    unsigned count;
};

static bool add_name(struct names *names, const struct json_reader *reader)
{
    for (unsigned i = 0; i < names->count; i++)
        if (names->len[i] == reader->len &&
            (reader->len == 0 || memcmp(names->text.at + names->at[i],
                                        reader->text, reader->len) == 0))
            return false;
    if (names->count == NAMES)
        return true;
    names->at[names->count] = names->text.len;
    names->len[names->count++] = reader->len;
    buf_add(&names->text, reader->text, reader->len);
    return true;
}

static bool hear(struct json_reader *reader, enum json_event event,
                 struct heard *heard);

static bool hear_object(struct json_reader *reader, struct heard *heard)
{
    enum json_event event;
    bool good = true, top = reader->depth == 1;
    struct names *names = mem_zero(1, sizeof *names);
    while (good && (event = json_next(reader)) == JSON_KEY) {
        bool success = top && json_is(reader, "success");
        bool records = top && json_is(reader, "records");
        if (!add_name(names, reader))
            heard->twice = true;
        event = json_next(reader);
        if (success)
            heard->success = event == JSON_TRUE;
        if (records && (event == JSON_NUMBER || event == JSON_STRING)) {
            char digits[32] = "";
            size_t len = reader->len < 31 ? reader->len : 31;
            memcpy(digits, reader->text, len);
            heard->records = strtoull(digits, NULL, 10);
        }
        good = hear(reader, event, heard);
    }
    buf_release(&names->text);
    free(names);
    return good && event == JSON_OBJECT_END;
}

static bool hear(struct json_reader *reader, enum json_event event,
                 struct heard *heard)
{
    if (event == JSON_OBJECT)
        return hear_object(reader, heard);
    if (event == JSON_ARRAY) {
        while ((event = json_next(reader)) != JSON_ARRAY_END)
            if (!hear(reader, event, heard))
                return false;
        return true;
    }
    return event != JSON_ERROR && event != JSON_END &&
           event != JSON_OBJECT_END && event != JSON_ARRAY_END;
}

static struct heard read_slowly(const struct buf *body)
{
    struct json_reader reader;
    struct heard heard = {.records = UINT64_MAX};
    size_t mark = body->len >= 3 && memcmp(body->at, "\xEF\xBB\xBF", 3) == 0;
    json_open(&reader, body->at + 3 * mark, body->len - 3 * mark);
    reader.mends = true; /* as any answer's, but names are looked at here */
    enum json_event event = json_next(&reader);
    heard.whole = event == JSON_OBJECT && hear(&reader, event, &heard) &&
                  json_next(&reader) == JSON_END;
    json_close(&reader);
    return heard;
}

static void spell(struct bytes from, struct buf *out)
{
    for (; from.left > 0; from.at++, from.left--) {
        if (*from.at >= 1 && *from.at <= SPELLED)
            buf_puts(out, spelled[*from.at - 1]);
        else
            buf_putc(out, (char)*from.at);
    }
    buf_text(out);
}

static bool tells(const char *text)
{
    for (int i = 0; i < SPELLED; i++)
        if (strstr(text, spelled[i]) != NULL)
            return true;
    return false;
}

static void check_text(const char *text, size_t room)
{
    demand(strlen(text) < room);
    demand_shown(text);
    demand(!tells(text));
}

static void check_reply(const struct reply *reply, const struct exchange *x,
                        unsigned records, const struct buf *body)
{
    check_text(reply->message, sizeof reply->message);
    check_text(reply->fkey, sizeof reply->fkey);
    demand(reply->verdict <= VERDICT_UNKNOWN);
    demand(reply->verdict != VERDICT_FATAL || reply->exit != EXIT_DONE);
    bool came = x->transport == CURLE_OK && x->tunnel == 0;
    struct heard heard = read_slowly(body);
    bool sound = came && heard.whole && !heard.twice;
    demand(!reply->readable || sound);
    if (reply->verdict == VERDICT_REFUSED || reply->verdict == VERDICT_ACCEPTED)
        demand(reply->readable);
    if (reply->verdict != VERDICT_ACCEPTED)
        return;
    demand(sound && heard.success && x->status >= 200 && x->status <= 299);
    demand(records == 0 || heard.records == records);
}

/* The token's answer: a header is made of it, so it is one line. */
static void as_token(const struct buf *body, const char *text)
{
    struct auth auth = {.username = "user", .password = PASSWORD, .scheme = ""};
    struct buf line = {0};
    if (auth_answer(&auth, body->at, body->len, 1, 1700000000)) {
        demand(!read_slowly(body).twice);
        demand(auth.token != NULL && *auth.token != '\0');
        auth_header(&auth, &line);
        for (size_t i = 0; i < line.len; i++)
            demand((unsigned char)line.at[i] >= 0x20 && line.at[i] != 0x7F);
        demand(auth.life >= 0 && isfinite(auth.life));
    }
    buf_wipe(&line);
    free(auth.token);
    free(auth.earlier);
    auth_time(text, strlen(text));
}

static void as_header(const char *text)
{
    char *date = mem_text(text);
    char *comma = strchr(date, '|');
    if (comma != NULL)
        *comma = '\0';
    double wait =
        retry_after(date, comma ? comma + 1 : NULL, (time_t)1700000000);
    demand(wait == -1 || (wait >= 0 && isfinite(wait)));
    free(date);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct bytes from = {bytes, len};
    struct reply reply;
    struct buf body = {0};
    static char token[] = TOKEN;
    struct auth auth = {.username = "user",
                        .password = PASSWORD,
                        .scheme = "Bearer ",
                        .token = token,
                        .number = 1};
    unsigned status = take(&from), how = take(&from), flags = take(&from);
    char *text = text_of_bytes(from);
    spell(from, &body);
    struct exchange x = {
        .status = statuses[status % 32],
        .transport = transports[how % (sizeof transports / sizeof *transports)],
        .tunnel = (how & 128) != 0 ? statuses[status % 32] : 0,
        .sent = (flags & 1) != 0,
        .secret = (flags & 2) != 0,
        .overflow = (flags & 4) != 0,
        .proxy_untrusted = (flags & 8) != 0,
        .trouble = (flags & 16) != 0 && !tells(text) ? text : NULL,
        .redirect = (flags & 32) != 0 ? body.at : NULL,
        .body = body.at,
        .len = body.len};
    unsigned records = flags >> 6;
    reply_decide(&reply, &x, records, &auth);
    check_reply(&reply, &x, records, &body);
    as_token(&body, text);
    as_header(text);
    buf_release(&body);
    free(text);
    return 0;
}
