/* lists.c: split makes a list of a text, join a text of values and lists;
 * prefix and suffix join a text to a value that is there.
 *
 * The parts of split are borrowed from its text. What join makes is written to
 * the arena once, after a bound of its length is known. */
#include "answer.h"

/* Counted before the parts are made, so that they stand in one block. A blank
 * text has no parts, rather than one that is empty. */
static bool split(struct text_call *call, const struct text_args *args,
                  struct value *answer)
{
    struct value text, separator;
    if (!text_argument(call, args, 1, &separator))
        return false;
    if (separator.len == 0)
        return text_refuse(call, "split: the separator is empty");
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = (struct value){.list = NULL, .type = VALUE_LIST};
    if (text_blank(&text))
        return true;
    const char *at = text.text, *end = text.text + text.len, *found;
    uint32_t count = 1;
    for (; (found = text_search(&text, at, &separator)) != NULL; count++)
        at = found + separator.len;
    if (count > VALUE_PARTS)
        return text_refuse(call, "split: more than %d parts", VALUE_PARTS);
    struct value *parts = arena_alloc(call->arena, count * sizeof *parts);
    at = text.text;
    for (uint32_t i = 0; i < count; i++) {
        found = text_search(&text, at, &separator);
        size_t len = (size_t)((found != NULL ? found : end) - at);
        parts[i] = text_trimmed(text_part(at, len, text.flags));
        at = found != NULL ? found + separator.len : end;
    }
    answer->list = parts;
    answer->len = count;
    return true;
}

/* A bound of what `value` takes as text. */
static size_t max_bytes(const struct value *value)
{
    enum { NUMBER = 40 };
    if (value->type == VALUE_TEXT || value->type == VALUE_DECIMAL)
        return value->len;
    size_t sum = NUMBER;
    if (value->type == VALUE_LIST)
        for (uint32_t i = 0; i < value->len; i++)
            sum += max_bytes(&value->list[i]);
    return sum;
}

/* May the text begin with a mark that composes with a letter before it? */
static bool may_be_mark(const struct value *text)
{
    const unsigned char *at = (const unsigned char *)text->text;
    return text->len > 0 && at[0] >= 0xcc &&
           !(at[0] == 0xe1 && (at[1] & 0xfc) == 0xb8);
}

/* What join has put together so far. */
struct joined {
    struct text_call *call;
    struct value separator;
    struct value text; /* of `count` parts; the first one is borrowed */
    char *made;
    unsigned count;
    bool marks; /* a part may begin with a combining mark */
};

/* The first part is borrowed and copied only when a second one comes: one of
 * two columns is blank in most rows. */
static bool join_add(struct joined *joined, const struct value *value)
{
    if (value->type == VALUE_LIST) {
        for (uint32_t i = 0; i < value->len; i++)
            if (!join_add(joined, &value->list[i]))
                return false;
        return true;
    }
    struct value part = *value, *text = &joined->text;
    if (text_blank(&part))
        return true;
    if (part.type == VALUE_MAP)
        return text_refuse(joined->call, "join: %s is not a text",
                           text_show(joined->call, value));
    if (part.type != VALUE_TEXT && !text_of(joined->call, value, &part))
        return false;
    if (joined->count++ == 0) {
        *text = part;
        return true;
    }
    if (joined->count == 2) {
        value_copy(joined->made, text);
        text->text = joined->made;
    }
    char *at = joined->made + text->len;
    value_copy(at, &joined->separator);
    value_copy(at + joined->separator.len, &part);
    text->len += joined->separator.len + part.len;
    text->flags |= joined->separator.flags | part.flags;
    joined->marks |= may_be_mark(&part);
    return true;
}

static size_t count_parts(const struct value *value)
{
    return value->type == VALUE_LIST ? value->len : 1;
}

/* Room for the longest possible answer is taken at once, so nothing moves
 * while parts are added. */
static bool join(struct text_call *call, const struct text_args *args,
                 struct value *answer)
{
    struct joined joined = {.call = call, .text = text_plain("")};
    if (!text_argument(call, args, 0, &joined.separator))
        return false;
    joined.marks = may_be_mark(&joined.separator);
    size_t bound = 0;
    for (unsigned i = 1; i < args->count; i++)
        bound += max_bytes(&args->all[i]) +
                 count_parts(&args->all[i]) * joined.separator.len;
    if (bound > TEXT_MAX)
        return text_refuse(call, "join: the text grows too long");
    joined.made = arena_alloc(call->arena, bound);
    for (unsigned i = 1; i < args->count; i++)
        if (!join_add(&joined, &args->all[i]))
            return false;
    *answer = joined.marks ? text_composed(call, joined.text) : joined.text;
    return true;
}

/* Two texts as one. */
static bool put_together(struct text_call *call, const struct value *first,
                         const struct value *second, struct value *answer)
{
    size_t len = (size_t)first->len + second->len;
    if (len > TEXT_MAX)
        return text_refuse(call, "the text grows too long");
    char *made = arena_alloc(call->arena, len > 0 ? len : 1);
    value_copy(made, first);
    value_copy(made + first->len, second);
    *answer = text_part(made, len, first->flags | second->flags);
    if (may_be_mark(second))
        *answer = text_composed(call, *answer);
    return true;
}

/* Blank where the value is: a code "SHOP-" would be everybody's. */
static bool beside(struct text_call *call, const struct text_args *args,
                   bool before, struct value *answer)
{
    struct value first, second;
    if (!text_argument(call, args, 0, &first) ||
        !text_argument(call, args, 1, &second))
        return false;
    *answer = text_plain("");
    return text_blank(before ? &second : &first) ||
           put_together(call, &first, &second, answer);
}

static bool prefix(struct text_call *call, const struct text_args *args,
                   struct value *answer)
{
    return beside(call, args, true, answer);
}

static bool suffix(struct text_call *call, const struct text_args *args,
                   struct value *answer)
{
    return beside(call, args, false, answer);
}

/* clang-format off */
const struct text_function text_lists[] = {
    {.name = "split", .usage = "split(s, sep)",
     .help = "a list of its parts between sep, each trimmed",
     .answer = "string[]", .shape = {ARG_TEXT, ARG_STRING}, .call = split},
    {.name = "join", .usage = "join(sep, a, b, …)",
     .help = "those that are not blank, with sep between them",
     .answer = "string", .shape = {ARG_STRING, ARG_REST}, .call = join,
     .subject = 1},
    {.name = "prefix", .usage = "prefix(text, s)",
     .help = "text and then s; blank where s is",
     .answer = "string", .shape = {ARG_TEXT, ARG_TEXT}, .call = prefix,
     .subject = 1},
    {.name = "suffix", .usage = "suffix(s, text)",
     .help = "s and then text; blank where s is",
     .answer = "string", .shape = {ARG_TEXT, ARG_TEXT}, .call = suffix},
    {.name = NULL},
};
/* clang-format on */
