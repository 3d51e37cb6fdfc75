/* reply_body.c: one walk over the answer's members. What the server says may
 * echo what it was sent, so no text of it is kept before the secrets are out of
 * it. */
#include "reply_body.h"

#include <stdlib.h>
#include <string.h>

#include "auth.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "net/scrub.h"

/* Secrets go before it is cut: half of one would not be known again. */
void reply_show(const struct auth *auth, char *to, size_t max, const char *text,
                size_t len)
{
    struct buf copy = {0};
    buf_reserve(&copy, 3 * len + 1);
    utf8_mend(&copy, text, len);
    for (size_t i = 0; i < copy.len; i++)
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

/* Of a member's value, whose first event it is given. Answers the event that is
 * still to be passed over. */
typedef enum json_event take_value(struct reply_body *body,
                                   struct json_reader *reader,
                                   enum json_event event);

static enum json_event take_success(struct reply_body *body,
                                    struct json_reader *reader,
                                    enum json_event event)
{
    (void)reader;
    if (event != JSON_TRUE && event != JSON_FALSE)
        return event;
    body->has_success = true;
    body->success = event == JSON_TRUE;
    return event;
}

/* Success beside a code that nobody can read is no success. */
static enum json_event take_code(struct reply_body *body,
                                 struct json_reader *reader,
                                 enum json_event event)
{
    uint64_t number = UINT64_MAX;
    bool read = event == JSON_NULL || whole(reader, event, &number);
    body->odd_code = !read || (event != JSON_NULL && number >= 100000);
    if (event != JSON_NULL && !body->odd_code)
        body->code = (int)number;
    return event;
}

static enum json_event take_records(struct reply_body *body,
                                    struct json_reader *reader,
                                    enum json_event event)
{
    if (whole(reader, event, &body->records))
        body->has_records = true;
    return event;
}

/* One text among others: "Email: no address; Fax: too long". */
static void add_text(struct buf *texts, struct buf *name,
                     const struct json_reader *reader)
{
    if (texts->len > 0)
        buf_puts(texts, "; ");
    buf_add(texts, name->at, name->len);
    if (name->len > 0)
        buf_puts(texts, ": ");
    buf_add(texts, reader->text, reader->len);
    buf_clear(name);
}

/* All texts in a list or an object, each after the name it has there. */
static enum json_event gather(struct json_reader *reader, struct buf *texts,
                              struct buf *name)
{
    unsigned outside = reader->depth - 1;
    while (reader->depth > outside) {
        enum json_event event = json_next(reader);
        if (event == JSON_ERROR)
            return event;
        if (event == JSON_KEY) {
            buf_clear(name);
            buf_add(name, reader->text, reader->len);
        } else if ((event == JSON_STRING || event == JSON_NUMBER) &&
                   reader->len > 0) {
            add_text(texts, name, reader);
        }
    }
    return JSON_NULL;
}

static enum json_event take_message(struct reply_body *body,
                                    struct json_reader *reader,
                                    enum json_event event)
{
    struct buf texts = {0}, name = {0};
    if (event == JSON_STRING)
        buf_add(&texts, reader->text, reader->len);
    else if (event == JSON_OBJECT || event == JSON_ARRAY)
        event = gather(reader, &texts, &name);
    reply_show(body->auth, body->message, sizeof body->message - 1,
               buf_text(&texts), texts.len);
    buf_wipe(&texts);
    buf_wipe(&name);
    return event;
}

static enum json_event take_fkey(struct reply_body *body,
                                 struct json_reader *reader,
                                 enum json_event event)
{
    if (event == JSON_STRING)
        reply_show(body->auth, body->fkey, sizeof body->fkey - 1, reader->text,
                   reader->len);
    return event;
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
        event = take(body, reader, event);
    return json_skip(reader, event);
}

/* All of it must be well-formed, and say each thing once: half an answer may be
 * the half that says success. */
bool reply_read(struct reply_body *body, const char *text, size_t len)
{
    struct json_reader reader;
    if (len == 0)
        return false;
    json_open_answer(&reader, text, len);
    enum json_event event = json_next(&reader);
    bool good = event != JSON_ERROR, object = event == JSON_OBJECT;
    if (!object)
        good = good && json_skip(&reader, event);
    while (good && object && (event = json_next(&reader)) == JSON_KEY)
        good = read_member(&reader, body);
    good = good && (!object || event == JSON_OBJECT_END);
    body->whole = good && json_next(&reader) == JSON_END &&
                  !(body->success && body->odd_code);
    body->twice = reader.twice;
    buf_wipe(&reader.scratch);
    json_close(&reader);
    return body->whole && (body->has_success || body->code != 0);
}
