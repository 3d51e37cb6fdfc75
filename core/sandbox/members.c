/* members.c: the outermost object of a request: the members that are asked for
 * are taken, the rest only has to be JSON. */
#include "members.h"

#include "base/json.h"

static bool wrong(struct json_reader *reader, struct buf *why)
{
    buf_addf(why, "not JSON: %s at byte %zu", reader->error,
             (size_t)(reader->at - reader->start));
    return false;
}

static struct member *find_member(struct member *members, unsigned count,
                                  const struct json_reader *reader)
{
    for (unsigned i = 0; i < count; i++) {
        if (json_is(reader, members[i].name))
            return &members[i];
    }
    return NULL;
}

/* The value of a key. */
static bool take_member(struct json_reader *reader, struct member *member,
                        struct buf *why)
{
    if (member->given) {
        buf_addf(why, "%s: given twice", member->name);
        return false;
    }
    enum json_event event = json_next(reader);
    /* Of an array its place in the body is kept: its records are read later,
     * each where it stands. */
    const char *start = reader->at - 1;
    if (event == JSON_ERROR)
        return wrong(reader, why);
    if (event != (member->is_array ? JSON_ARRAY : JSON_STRING)) {
        buf_addf(why, "%s: must be %s", member->name,
                 member->is_array ? "an array" : "a string");
        return false;
    }
    member->given = true;
    if (!member->is_array)
        buf_add(&member->text, reader->text, reader->len);
    else if (!json_skip(reader, event))
        return wrong(reader, why);
    member->array = start;
    member->array_len = (size_t)(reader->at - start);
    return true;
}

static bool take_members(struct json_reader *reader, struct member *members,
                         unsigned count, struct buf *why)
{
    enum json_event event = json_next(reader);
    if (event != JSON_OBJECT && event != JSON_ERROR) {
        buf_puts(why, "the body must be an object");
        return false;
    }
    while ((event = json_next(reader)) == JSON_KEY) {
        struct member *member = find_member(members, count, reader);
        if (member != NULL) {
            if (!take_member(reader, member, why))
                return false;
        } else if (!json_skip(reader, event)) {
            return wrong(reader, why);
        }
    }
    /* After the object nothing may follow. */
    if (event == JSON_OBJECT_END)
        event = json_next(reader);
    return event == JSON_END || wrong(reader, why);
}

bool members_read(const char *body, size_t len, struct member *members,
                  unsigned count, struct buf *why)
{
    struct json_reader reader;
    json_open(&reader, body, len);
    bool good = take_members(&reader, members, count, why);
    json_close(&reader);
    return good;
}

void members_release(struct member *members, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        buf_release(&members[i].text);
}

bool member_is(const struct member *member, const char *text)
{
    size_t len = strlen(text);
    return member->given && member->text.len == len &&
           (len == 0 || memcmp(member->text.at, text, len) == 0);
}
