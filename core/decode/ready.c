/* ready.c: nearly every text is ready as it stands, a blank cell above all;
 * only what is not NFC is written anew. A list or a map is always made anew, as
 * its parts may change.
 */
#include "ready.h"

#include <string.h>

#include "base/nfc.h"
#include "base/scan.h"
#include "base/utf8.h"

/* Letters that are no usual ones: they may be blanks or not be NFC. */
static struct value odd_text(struct ready *ready, struct value text, bool trim)
{
    const char *start = text.text, *end = text.text + text.len;
    if (trim)
        utf8_trim(&start, &end);
    size_t len = (size_t)(end - start);
    if (!utf8_is_nfc(start, len)) {
        buf_clear(&ready->scratch);
        utf8_nfc(&ready->scratch, start, len);
        len = ready->scratch.len;
        start = memcpy(arena_alloc(ready->arena, len), ready->scratch.at, len);
    }
    text = value_text(start, len);
    text.flags = VALUE_TIGHT | value_flags(start, len);
    return text;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* One look tells the flags, and of most texts that they are NFC and have only
 * ASCII's blanks. */
static struct value ready_text(struct ready *ready, struct value text,
                               bool trim)
{
    unsigned seen = scan_text(text.text, text.len);
    if ((seen & SCAN_ODD) != 0)
        return odd_text(ready, text, trim);
    while (trim && text.len > 0 && is_blank(text.text[text.len - 1]))
        text.len--;
    for (; trim && text.len > 0 && is_blank(*text.text); text.text++)
        text.len--;
    text.flags = (uint8_t)(seen | (text.flags & VALUE_TIGHT));
    return text;
}

static struct value ready_list(struct ready *ready, struct value list)
{
    struct value *made = arena_alloc(ready->arena, list.len * sizeof *made);
    for (uint32_t i = 0; i < list.len; i++)
        made[i] = ready_value(ready, &list.list[i]);
    list.list = made;
    return list;
}

/* Blanks at a name's ends stay: without them it might be another's name. */
static struct value ready_map(struct ready *ready, struct value map)
{
    struct value_member *made =
        arena_alloc(ready->arena, map.len * sizeof *made);
    for (uint32_t i = 0; i < map.len; i++)
        made[i] =
            (struct value_member){ready_text(ready, map.members[i].name, false),
                                  ready_value(ready, &map.members[i].value)};
    map.members = made;
    return map;
}

struct value ready_value(struct ready *ready, const struct value *value)
{
    static const struct value nothing = {
        .text = "", .type = VALUE_TEXT, .flags = VALUE_TIGHT};
    switch ((enum value_type)value->type) {
    case VALUE_TEXT:
        return value->len == 0 ? nothing
                               : ready_text(ready, *value, ready->trim);
    case VALUE_LIST:
        return ready_list(ready, *value);
    case VALUE_MAP:
        return ready_map(ready, *value);
    default:
        return *value;
    }
}
