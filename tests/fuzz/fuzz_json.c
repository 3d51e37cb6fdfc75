/* Any bytes as JSON. What is read is written again, and must then read as the
 * same, also as a value; the same bytes as a SyncData body are checked without
 * harm: what the sandbox takes must be what the reader calls JSON; and as an
 * answer they are read more kindly, but for names that stand twice. */
#include <stdint.h>
#include <stdlib.h>

#include "../unit/demand.h"
#include "base/json.h"
#include "decode/nested.h"
#include "form/form.h"
#include "sandbox/check.h"
#include "sandbox/members.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const char *word_of(enum json_event event)
{
    switch (event) {
    case JSON_OBJECT:
        return "{";
    case JSON_OBJECT_END:
        return "}";
    case JSON_ARRAY:
        return "[";
    case JSON_ARRAY_END:
        return "]";
    case JSON_TRUE:
        return "true";
    case JSON_FALSE:
        return "false";
    default:
        return "null";
    }
}

static void write_event(const struct json_reader *reader, enum json_event event,
                        struct buf *out)
{
    if (event == JSON_KEY || event == JSON_STRING)
        json_string(out, reader->text, reader->len);
    else if (event == JSON_NUMBER)
        buf_add(out, reader->text, reader->len);
    else
        buf_puts(out, word_of(event));
    if (event == JSON_KEY)
        buf_putc(out, ':');
}

/* False where the bytes are no JSON; else they are in `out`, compact. */
static bool rewrite(const char *text, size_t len, struct buf *out)
{
    struct json_reader reader;
    enum json_event event;
    bool comma = false;
    json_open(&reader, text, len);
    while ((event = json_next(&reader)) != JSON_END && event != JSON_ERROR) {
        bool end = event == JSON_OBJECT_END || event == JSON_ARRAY_END;
        if (comma && !end)
            buf_putc(out, ',');
        write_event(&reader, event, out);
        comma =
            event != JSON_OBJECT && event != JSON_ARRAY && event != JSON_KEY;
        demand(reader.at <= reader.end && reader.depth <= JSON_MAX_DEPTH);
    }
    json_close(&reader);
    return event == JSON_END;
}

static void read_as_request(const char *text, size_t len, bool is_json)
{
    struct member members[] = {{.name = "form"},
                               {.name = "data", .is_array = true}};
    struct fast_records records = {0};
    struct buf why = {0};
    bool taken = members_read(text, len, members, 2, &why);
    demand(is_json || !taken);
    if (taken && members[1].given)
        fast_check(form_find("setCustomer"), members[1].array,
                   members[1].array_len, &records, &why);
    members_release(members, 2);
    fast_records_release(&records);
    buf_release(&why);
}

/* A value keeps all that its text says: written and read again it is the same.
 * What is deeper than values may be is refused. */
static void read_as_value(const char *text, size_t len, bool is_json)
{
    struct arena arena;
    struct value value;
    struct buf once = {0}, twice = {0};
    arena_init(&arena);
    bool read = nested_read(text, len, &arena, &value);
    demand(!read || is_json);
    if (read) {
        value_json(&once, &value);
        demand(nested_read(once.at, once.len, &arena, &value));
        value_json(&twice, &value);
        demand(once.len == twice.len &&
               memcmp(once.at, twice.at, once.len) == 0);
    }
    buf_release(&once);
    buf_release(&twice);
    arena_release(&arena);
}

static void read_as_answer(const char *text, size_t len, bool is_json)
{
    struct json_reader reader;
    json_open_answer(&reader, text, len);
    reader.folds = len % 2 == 1;
    bool good = json_skip(&reader, json_next(&reader)) &&
                json_next(&reader) == JSON_END;
    demand(!is_json || good || reader.twice);
    demand(!good || !reader.twice);
    json_close(&reader);
}

/* What the server has stored is compared member by member. */
static void read_members(const char *text, size_t len)
{
    const struct form *form = form_find("setCustomer");
    struct buf member = {0};
    for (unsigned i = 0; i < form->count; i++) {
        form_value(text, len, form->fields[i].wire, &member);
        form_member(text, len, form->fields[i].wire, &member);
    }
    buf_release(&member);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct err err;
    struct buf once = {0}, twice = {0};
    demand(forms_load(&err) != NULL);
    bool is_json = rewrite((const char *)bytes, len, &once);
    if (is_json) {
        demand(rewrite(once.at, once.len, &twice));
        demand(once.len == twice.len &&
               memcmp(once.at, twice.at, once.len) == 0);
    }
    read_as_answer((const char *)bytes, len, is_json);
    read_as_value((const char *)bytes, len, is_json);
    if (is_json && once.at[0] == '{')
        read_members((const char *)bytes, len);
    read_as_request((const char *)bytes, len, is_json);
    buf_release(&once);
    buf_release(&twice);
    return 0;
}
