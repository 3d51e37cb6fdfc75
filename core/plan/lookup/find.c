/* find.c: a key's row, and what is said where there is none. */
#include "own.h"

#include <inttypes.h>
#include <string.h>

#include "base/case.h"
#include "text/answer.h"

/* Two keys of two columns must not be one text: each part but the last has its
 * length before it. */
static void add_part(struct buf *out, const struct value *part, bool last)
{
    if (!last)
        buf_add(out, &part->len, sizeof part->len);
    buf_add(out, part->text, part->len);
}

/* One column without regard to case is met for each row: nothing is copied
 * where the text has no capital letter. */
static struct value lowered(struct text_call *call, struct value text)
{
    buf_clear(&call->scratch);
    utf8_lower(&call->scratch, text.text, text.len);
    return text_keep(call, 0, &text);
}

bool lookup_key(const struct lookup *lookup, struct text_call *call,
                const struct value *values, struct value *key)
{
    struct value parts[LOOKUP_KEYS] = {{.type = VALUE_NIL}};
    unsigned count = lookup->said.key_count;
    uint32_t len = 0;
    for (unsigned i = 0; i < count; i++) {
        if (!text_of(call, &values[i], &parts[i]))
            return false;
        parts[i] = text_trimmed(parts[i]);
        if (lookup->said.any_case)
            parts[i] = lowered(call, parts[i]);
        len += parts[i].len;
    }
    *key = parts[0];
    if (count == 1 || len == 0)
        return true;
    buf_clear(&call->scratch);
    for (unsigned i = 0; i < count; i++)
        add_part(&call->scratch, &parts[i], i + 1 == count);
    *key = text_keep(call, 0, NULL);
    return true;
}

/* `17`, or `Sheet1!17`, after the file's name. */
void lookup_place(const struct lookup *lookup, const struct keyed_row *row,
                  struct buf *out)
{
    const struct lookup_origin *origin = &lookup->origins[row->origin];
    struct place place = place_of(row->number, 0);
    buf_puts(out, origin->path);
    buf_puts(out, place.line > 0 ? ":" : ": ");
    place_put(out, &place, origin->sheet);
}

/* The columns of the key as messages have them: `ADDRESSID` or `A and B`. */
static const char *key_names(const struct lookup *lookup,
                             struct text_call *call)
{
    buf_clear(&call->scratch);
    for (unsigned i = 0; i < lookup->said.key_count; i++) {
        buf_puts(&call->scratch, i > 0 ? " and " : "");
        buf_puts(&call->scratch, lookup->columns[i].name);
    }
    return buf_text(&call->scratch);
}

/* `"A", "B"` of a key of two columns. */
static void show_key(struct text_call *call, const struct value *key,
                     struct buf *out)
{
    bool list = key->type == VALUE_LIST;
    for (uint32_t i = 0; i < (list ? key->len : 1); i++) {
        buf_puts(out, i > 0 ? ", " : "");
        buf_puts(out, text_show(call, list ? &key->list[i] : key));
    }
}

static bool differs(const struct lookup *lookup, struct text_call *call,
                    const struct value *key, const struct keyed_row *row)
{
    struct buf place = {0}, shown = {0};
    show_key(call, key, &shown);
    lookup_place(lookup, row, &place);
    text_refuse(call,
                "%s stands in several rows of %s that differ (%s is the "
                "first); duplicates = \"first\" or \"last\" takes one",
                buf_text(&shown), lookup->path, buf_text(&place));
    buf_release(&shown);
    buf_release(&place);
    return false;
}

/* As many values as the key has columns. */
static const struct value *parts_of(const struct lookup *lookup,
                                    struct text_call *call,
                                    const struct value *key)
{
    unsigned count = lookup->said.key_count;
    if (count == 1 && key->type != VALUE_LIST)
        return key;
    if (key->type == VALUE_LIST && key->len == count)
        return key->list;
    text_refuse(call, "the key of %s is %u column%s: %s", lookup->path, count,
                count == 1 ? "" : "s, a list of values",
                key_names(lookup, call));
    return NULL;
}

enum looked lookup_row(const struct lookup *lookup, struct text_call *call,
                       const struct value *key, struct looked_up *found)
{
    struct value text;
    if (text_blank(key))
        return LOOKED_BLANK;
    if (!lookup->ready) {
        text_refuse(call, "the rows of %s are not there while the script loads",
                    lookup->path);
        return LOOKED_REFUSED;
    }
    const struct value *parts = parts_of(lookup, call, key);
    if (parts == NULL || !lookup_key(lookup, call, parts, &text))
        return LOOKED_REFUSED;
    const uint64_t *slot = keyed_slot(&lookup->keyed, &text);
    if (slot == NULL || *slot == 0)
        return LOOKED_MISSING;
    struct keyed_row row = keyed_row(&lookup->keyed, keyed_at(*slot));
    if ((*row.flags & KEYED_DIFFERS) != 0) {
        differs(lookup, call, key, &row);
        return LOOKED_REFUSED;
    }
    *found = (struct looked_up){.cells = row.cells, .key = row.key};
    return LOOKED_FOUND;
}

struct value lookup_cell(struct looked_up *found)
{
    return cell_unpack(&found->cells, &found->key);
}

/* A blank key asks for nothing, as a row that has no address of its own. */
static bool missing(const struct lookup *lookup, struct text_call *call,
                    const struct value *key, const struct value *otherwise,
                    struct value *answer)
{
    *answer = text_plain("");
    if (otherwise->type != VALUE_NIL)
        *answer = *otherwise;
    else if (key == NULL || lookup->said.missing == MISSING_BLANK)
        return true;
    else if (lookup->said.missing == MISSING_REJECT)
        return text_refuse(call, "%s is no %s of %s", text_show(call, key),
                           key_names(lookup, call), lookup->path);
    else
        text_warn(call, WARNING_MISSING, key, "%s is no %s of %s",
                  text_show(call, key), key_names(lookup, call), lookup->path);
    return true;
}

bool lookup_find(const struct text_rows *rows, struct text_call *call,
                 const struct value *key, const struct value *otherwise,
                 struct value *answer)
{
    struct looked_up found;
    const struct lookup *lookup = rows->lookup;
    switch (lookup_row(lookup, call, key, &found)) {
    case LOOKED_FOUND:
        for (uint32_t i = 0; i < rows->column; i++)
            lookup_cell(&found);
        *answer = lookup_cell(&found);
        return true;
    case LOOKED_MISSING:
        return missing(lookup, call, key, otherwise, answer);
    case LOOKED_BLANK:
        return missing(lookup, call, NULL, otherwise, answer);
    case LOOKED_REFUSED:
        break;
    }
    return false;
}
