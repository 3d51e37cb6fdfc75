/* reply_body.c: one walk over the answer's members. What the server says may
 * echo what it was sent, so no text of it is kept before the secrets are out of
 * it. */
#include "reply_body.h"

#include <stdlib.h>
#include <string.h>

#include "auth.h"
#include "base/json.h"
#include "base/mem.h"
#include "net/scrub.h"

/* Secrets go before it is cut: half of one would not be known again. */
void reply_show(const struct auth *auth, char *to, size_t max, const char *text,
                size_t len)
{
    struct buf copy = {0};
    buf_reserve(&copy, len + 1);
    buf_add(&copy, text, len);
    for (size_t i = 0; i < len; i++)
        if (copy.at[i] == '\0')
            copy.at[i] = ' ';
    buf_text(&copy);
    if (auth != NULL)
        auth_scrub(auth, copy.at);
    one_line(to, max, copy.at, strlen(copy.at));
    buf_wipe(&copy);
}

/* A whole number as a JSON number or in quotes; false for anything else. Some
 * servers quote their numbers, and some write 429.0. */
static bool whole(const struct json_reader *reader, enum json_event event,
                  uint64_t *number)
{
    char digits[20];
    if ((event != JSON_NUMBER && event != JSON_STRING) || reader->len == 0 ||
        reader->len >= sizeof digits)
        return false;
    memcpy(digits, reader->text, reader->len);
    digits[reader->len] = '\0';
    size_t len = strspn(digits, "0123456789");
    if (digits[len] == '.' && digits[len + 1] != '\0')
        len += 1 + strspn(digits + len + 1, "0");
    if (len != reader->len || digits[0] == '.')
        return false;
    *number = strtoull(digits, NULL, 10);
    return true;
}

typedef void take_value(struct reply_body *body,
                        const struct json_reader *reader,
                        enum json_event event);

static void take_success(struct reply_body *body,
                         const struct json_reader *reader,
                         enum json_event event)
{
    (void)reader;
    if (event != JSON_TRUE && event != JSON_FALSE)
        return;
    body->has_success = true;
    body->success = event == JSON_TRUE;
}

/* A code that is too large for any code is none. */
static void take_code(struct reply_body *body, const struct json_reader *reader,
                      enum json_event event)
{
    uint64_t number;
    if (whole(reader, event, &number))
        body->code = number < 100000 ? (int)number : 0;
}

static void take_records(struct reply_body *body,
                         const struct json_reader *reader,
                         enum json_event event)
{
    if (whole(reader, event, &body->records))
        body->has_records = true;
}

static void take_message(struct reply_body *body,
                         const struct json_reader *reader,
                         enum json_event event)
{
    if (event == JSON_STRING)
        reply_show(body->auth, body->message, sizeof body->message - 1,
                   reader->text, reader->len);
}

static void take_fkey(struct reply_body *body, const struct json_reader *reader,
                      enum json_event event)
{
    if (event == JSON_STRING)
        reply_show(body->auth, body->fkey, sizeof body->fkey - 1, reader->text,
                   reader->len);
}

static const struct {
    const char *name;
    take_value *take;
} members[] = {
    {"success", take_success},  {"code", take_code}, {"records", take_records},
    {"messages", take_message}, {"fkey", take_fkey},
};

/* The member whose key was just read. */
static bool read_member(struct json_reader *reader, struct reply_body *body)
{
    take_value *take = NULL;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (json_is(reader, members[i].name))
            take = members[i].take;
    enum json_event event = json_next(reader);
    if (take != NULL)
        take(body, reader, event);
    return json_skip(reader, event);
}

/* All of it must be well-formed: half an answer may be the half that says
 * success. */
bool reply_read(struct reply_body *body, const char *text, size_t len)
{
    struct json_reader reader;
    enum json_event event;
    if (len == 0)
        return false;
    json_open_answer(&reader, text, len);
    bool good = json_next(&reader) == JSON_OBJECT;
    while (good && (event = json_next(&reader)) == JSON_KEY)
        good = read_member(&reader, body);
    good = good && event == JSON_OBJECT_END && json_next(&reader) == JSON_END;
    buf_wipe(&reader.scratch);
    json_close(&reader);
    return good && (body->has_success || body->code != 0);
}
