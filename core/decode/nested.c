/* nested.c: the JSON parser (tree/json/parse.h) over one whole text, of which
 * it wants more bytes to be readable than there may be. */
#include "nested.h"

#include <string.h>

#include "decode/tree/json/parse.h"

bool nested_read(const char *text, size_t len, struct arena *arena,
                 struct value *value)
{
    char *own = arena_alloc(arena, len + PARSE_SLACK);
    if (len > 0)
        memcpy(own, text, len);
    struct parser parser = {
        .at = own, .end = own + len, .arena = arena, .max_depth = VALUE_DEPTH};
    bool good = parse_value(&parser, value) && parse_peek(&parser) < 0 &&
                parser.flaw == NULL;
    parse_release(&parser);
    return good;
}
