/* body.c: by the type that each value was said with. A script's tables have no
 * order of their own. */
#include "body.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"

static bool put_text(struct buf *out, const struct option_value *value,
                     struct err *err)
{
    if (utf8_valid(value->text, value->len) != value->len)
        return err_set(err, EXIT_USAGE, "a text in it is no valid UTF-8");
    json_string(out, value->text, value->len);
    return true;
}

static bool put_number(struct buf *out, const struct option_value *value,
                       struct err *err)
{
    if (value->text[strspn(value->text, "-+.0123456789eE")] != '\0')
        return err_set(err, EXIT_USAGE, "%s is no number in JSON", value->text);
    buf_add(out, value->text, value->len);
    return true;
}

static bool put_list(struct buf *out, const struct option_value *value,
                     struct err *err)
{
    bool good = true;
    buf_putc(out, '[');
    for (unsigned i = 0; good && i < value->count; i++) {
        buf_puts(out, i > 0 ? "," : "");
        good = body_json(out, &value->items[i], err);
    }
    buf_putc(out, ']');
    return good;
}

/* Of two items, name and value. */
static int by_name(const void *a, const void *b)
{
    const struct option_value *one = a, *other = b;
    size_t len = one->len < other->len ? one->len : other->len;
    int order = memcmp(one->text, other->text, len);
    return order != 0 ? order
                      : (one->len > other->len) - (one->len < other->len);
}

static bool put_object(struct buf *out, const struct option_value *value,
                       struct err *err)
{
    bool good = true;
    size_t size = value->count * sizeof *value->items;
    struct option_value *items = mem_alloc(size + 1);
    if (size > 0)
        memcpy(items, value->items, size);
    qsort(items, value->count / 2, 2 * sizeof *items, by_name);
    buf_putc(out, '{');
    for (unsigned i = 0; good && i + 1 < value->count; i += 2) {
        buf_puts(out, i > 0 ? "," : "");
        good = put_text(out, &items[i], err);
        buf_putc(out, ':');
        good = good && body_json(out, &items[i + 1], err);
    }
    buf_putc(out, '}');
    free(items);
    return good;
}

bool body_json(struct buf *out, const struct option_value *value,
               struct err *err)
{
    switch (value->type) {
    case OPTION_TEXT:
        return put_text(out, value, err);
    case OPTION_NUMBER:
        return put_number(out, value, err);
    case OPTION_TRUTH:
        buf_puts(out, strcmp(value->text, "yes") == 0 ? "true" : "false");
        return true;
    case OPTION_LIST:
        return put_list(out, value, err);
    case OPTION_TABLE:
        return put_object(out, value, err);
    default:
        return err_set(err, EXIT_USAGE, "a function is no value in JSON");
    }
}
