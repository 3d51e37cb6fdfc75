/* reply_body.c: what an answer's body says, as far as it matters, and texts
 * from outside made fit to be shown. */
#include <stdlib.h>
#include <string.h>

#include "auth.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "reply_part.h"

size_t reply_line(char *to, size_t most, const char *text, size_t len)
{
    bool valid = utf8_valid(text, len) == len;
    size_t used = 0;
    for (size_t i = 0; i < len && used < most; i++) {
        unsigned char c = (unsigned char)text[i];
        bool blank = c <= ' ' || c == 0x7f;
        if (blank && (used == 0 || to[used - 1] == ' '))
            continue;
        to[used++] = blank ? ' ' : c >= 0x80 && !valid ? '?' : text[i];
    }
    /* A character that was cut goes as a whole. */
    while (used > 0 && utf8_valid(to, used) < used)
        used--;
    while (used > 0 && to[used - 1] == ' ')
        used--;
    to[used] = '\0';
    return used;
}

/* reply_line of a text from outside. Secrets go before it is cut: half of one
 * would not be known again. */
void reply_show(const struct auth *auth, char *to, size_t most,
                const char *text, size_t len)
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
    reply_line(to, most, copy.at, strlen(copy.at));
    buf_wipe(&copy);
}

/* A whole number as a JSON number or in quotes; false for anything else. */
static bool whole(const struct json_reader *reader, enum json_event event,
                  uint64_t *number)
{
    char digits[20];
    if ((event != JSON_NUMBER && event != JSON_STRING) || reader->len == 0 ||
        reader->len >= sizeof digits)
        return false;
    memcpy(digits, reader->text, reader->len);
    digits[reader->len] = '\0';
    if (strspn(digits, "0123456789") != reader->len)
        return false;
    *number = strtoull(digits, NULL, 10);
    return true;
}

/* Takes the member whose key was just read, as far as it matters. */
static bool take_member(struct json_reader *reader, struct reply_body *body)
{
    enum { OTHER, SUCCESS, CODE, RECORDS, MESSAGES, FKEY };
    int which = OTHER;
    static const char *const names[] = {"success", "code", "records",
                                        "messages", "fkey"};
    for (int i = 0; i < FKEY; i++)
        if (json_is(reader, names[i]))
            which = i + 1;
    enum json_event event = json_next(reader);
    uint64_t number;
    if (which == SUCCESS && (event == JSON_TRUE || event == JSON_FALSE)) {
        body->has_success = true;
        body->success = event == JSON_TRUE;
    } else if (which == CODE && whole(reader, event, &number)) {
        body->code = number < 100000 ? (int)number : 0;
    } else if (which == RECORDS && whole(reader, event, &number)) {
        body->has_records = true;
        body->records = number;
    } else if (which == MESSAGES && event == JSON_STRING) {
        reply_show(body->auth, body->message, sizeof body->message - 1,
                   reader->text, reader->len);
    } else if (which == FKEY && event == JSON_STRING) {
        reply_show(body->auth, body->fkey, sizeof body->fkey - 1, reader->text,
                   reader->len);
    }
    return json_skip(reader, event);
}

bool reply_read(struct reply_body *body, const char *text, size_t len)
{
    struct json_reader reader;
    enum json_event event;
    if (len == 0)
        return false;
    json_open_answer(&reader, text, len);
    bool good = json_next(&reader) == JSON_OBJECT;
    while (good && (event = json_next(&reader)) == JSON_KEY)
        good = take_member(&reader, body);
    good = good && event == JSON_OBJECT_END && json_next(&reader) == JSON_END;
    buf_wipe(&reader.scratch);
    json_close(&reader);
    return good && (body->has_success || body->code != 0);
}
