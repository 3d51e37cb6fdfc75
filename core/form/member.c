/* member.c: what an encoded record says, for those few who must look into it
 * again. */
#include "base/json.h"
#include "form.h"

void form_member(const char *json, size_t len, const char *wire,
                 struct buf *out)
{
    struct json_reader reader;
    enum json_event event;
    json_open(&reader, json, len);
    json_next(&reader);
    while (json_next(&reader) == JSON_KEY) {
        bool found = json_is(&reader, wire);
        event = json_next(&reader);
        if (found && event == JSON_STRING)
            buf_add(out, reader.text, reader.len);
        if (found || !json_skip(&reader, event))
            break;
    }
    json_close(&reader);
}

const struct field *form_title(const struct form *form)
{
    for (unsigned i = 0; i < form->count; i++)
        if (i != form->key && form->fields[i].required)
            return &form->fields[i];
    return NULL;
}
