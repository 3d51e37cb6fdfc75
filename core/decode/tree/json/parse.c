/* parse.c: by recursion, as deep as depth is bounded. The parts of a list or a
 * map stand on a stack until all of them are known, and go to the arena then.
 */
#include "parse.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "scalar.h"

const char parse_twins[] = "a name stands twice in an object, with two values";

static bool fail_end(struct parser *parser, const char *error)
{
    return parse_fail(parser, parser->at == parser->end
                                  ? "the text ends here, in the middle"
                                  : error);
}

bool parse_next(struct parser *parser, char close, bool *more)
{
    int next = parse_peek(parser);
    *more = next == ',';
    if (!*more && next != close)
        return fail_end(parser, close == '}' ? "',' or '}' must stand here"
                                             : "',' or ']' must stand here");
    parser->at++;
    return true;
}

static bool push(struct parser *parser, const struct value *part)
{
    if (parser->count == parser->cap) {
        parser->cap = parser->cap > 0 ? 2 * parser->cap : 64;
        parser->parts =
            mem_resize(parser->parts, parser->cap * sizeof *parser->parts);
    }
    parser->parts[parser->count++] = *part;
    return true;
}

static bool enter(struct parser *parser)
{
    if (parser->depth == parser->max_depth)
        return parse_fail(parser, "nested deeper than max_depth allows");
    parser->depth++;
    parser->at++;
    return true;
}

static bool take_parts(struct parser *parser)
{
    uint32_t from = parser->count;
    bool more = parse_peek(parser) != ']';
    if (!more)
        parser->at++;
    while (more) {
        struct value part;
        if (!parse_value(parser, &part))
            return false;
        if (parser->count - from == VALUE_PARTS)
            return parse_fail(parser, "a list of more than 1 048 576 parts");
        if (!parser->skim)
            push(parser, &part);
        if (!parse_next(parser, ']', &more))
            return false;
    }
    return true;
}

/* What a list or a map says of its parts, after those before it. */
static uint8_t unready_flag(struct parser *parser, bool before)
{
    uint8_t flag = parser->unready ? PARSE_UNREADY : 0;
    parser->unready |= before;
    return flag;
}

static bool take_list(struct parser *parser, struct value *value)
{
    uint32_t from = parser->count;
    bool unready = parser->unready;
    parser->unready = false;
    if (!enter(parser) || !take_parts(parser))
        return false;
    uint32_t len = parser->count - from;
    struct value *list = arena_alloc(parser->arena, len * sizeof *list);
    if (len > 0)
        memcpy(list, parser->parts + from, len * sizeof *list);
    *value = (struct value){.list = list,
                            .len = len,
                            .type = VALUE_LIST,
                            .flags = unready_flag(parser, unready)};
    parser->count = from;
    parser->depth--;
    return true;
}

/* A name, and the colon after it. */
static bool take_name(struct parser *parser, struct value *name)
{
    if (parse_peek(parser) != '"')
        return fail_end(parser, "a name in quotes must stand here");
    if (!parse_string(parser, name))
        return false;
    if (parse_peek(parser) != ':')
        return fail_end(parser, "':' must stand here");
    parser->at++;
    return true;
}

static bool take_members(struct parser *parser)
{
    uint32_t from = parser->count;
    bool more = parse_peek(parser) != '}';
    if (!more)
        parser->at++;
    while (more) {
        struct value name, value;
        if (!take_name(parser, &name) || !parse_value(parser, &value))
            return false;
        if ((parser->count - from) / 2 == VALUE_PARTS)
            return parse_fail(parser, "an object of more than 1 048 576 parts");
        if (!parser->skim) {
            push(parser, &name);
            push(parser, &value);
        }
        if (!parse_next(parser, '}', &more))
            return false;
    }
    return true;
}

bool parse_same(const struct value *one, const struct value *other)
{
    bool same = one->type == other->type && one->len == other->len;
    switch (same ? (enum value_type)one->type : VALUE_NIL) {
    case VALUE_TEXT:
    case VALUE_DECIMAL:
        return memcmp(one->text, other->text, one->len) == 0;
    case VALUE_INT:
        return one->integer == other->integer;
    case VALUE_BOOL:
        return one->truth == other->truth;
    case VALUE_LIST:
        for (uint32_t i = 0; same && i < one->len; i++)
            same = parse_same(&one->list[i], &other->list[i]);
        return same;
    case VALUE_MAP:
        for (uint32_t i = 0; same && i < one->len; i++)
            same = parse_same(&one->members[i].name, &other->members[i].name) &&
                   parse_same(&one->members[i].value, &other->members[i].value);
        return same;
    default:
        return same;
    }
}

/* Twins stand together then, in their order. */
static int compare_names(const void *a, const void *b)
{
    const struct value_member *one = *(struct value_member *const *)a;
    const struct value_member *other = *(struct value_member *const *)b;
    if (one->name.len != other->name.len)
        return one->name.len < other->name.len ? -1 : 1;
    int order = memcmp(one->name.text, other->name.text, one->name.len);
    return order != 0 ? order : one < other ? -1 : 1;
}

/* Marks a member whose name another one before it has, which may be marked
 * itself: then it is compared with the first of them alone. */
static bool mark_twin(const struct value_member *first,
                      struct value_member *member)
{
    bool twins = member->name.type == VALUE_TEXT &&
                 parse_same(&first->name, &member->name);
    if (twins)
        member->name.type = VALUE_NIL;
    return !twins || parse_same(&first->value, &member->value);
}

/* False: one of them has another value. Sorted where there are many: an object
 * of a million names costs little more than reading it. */
static bool mark_twins(struct parser *parser, struct value_member *members,
                       uint32_t len)
{
    enum { FEW = 16 };
    bool same = true;
    if (len <= FEW) {
        for (uint32_t i = 1; i < len; i++)
            for (uint32_t k = 0; k < i; k++)
                same &= mark_twin(&members[k], &members[i]);
        return same;
    }
    struct value_member **sorted =
        arena_alloc(parser->arena, len * sizeof *sorted);
    for (uint32_t i = 0; i < len; i++)
        sorted[i] = &members[i];
    qsort(sorted, len, sizeof *sorted, compare_names);
    for (uint32_t i = 1, first = 0; i < len; i++) {
        same &= mark_twin(sorted[first], sorted[i]);
        first = sorted[i]->name.type == VALUE_NIL ? first : i;
    }
    return same;
}

/* How many members are left without those marked. */
static uint32_t drop_twins(struct value_member *members, uint32_t len)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < len; i++)
        if (members[i].name.type != VALUE_NIL)
            members[kept++] = members[i];
    return kept;
}

static bool take_map(struct parser *parser, struct value *value)
{
    uint32_t from = parser->count;
    const char *start = parser->at;
    bool unready = parser->unready;
    parser->unready = false;
    if (!enter(parser) || !take_members(parser))
        return false;
    uint32_t len = (parser->count - from) / 2;
    struct value_member *members =
        arena_alloc(parser->arena, len * sizeof *members);
    if (len > 0)
        memcpy(members, parser->parts + from, len * sizeof *members);
    if (!mark_twins(parser, members, len))
        parse_flaw(parser, start, parse_twins);
    len = drop_twins(members, len);
    *value = (struct value){.members = members,
                            .len = len,
                            .type = VALUE_MAP,
                            .flags = unready_flag(parser, unready)};
    parser->count = from;
    parser->depth--;
    return true;
}

static bool take_word(struct parser *parser, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(parser->end - parser->at) < len ||
        memcmp(parser->at, word, len) != 0)
        return parse_fail(parser, "no JSON value can begin like this");
    parser->at += len;
    return true;
}

bool parse_value(struct parser *parser, struct value *value)
{
    int first = parse_peek(parser);
    switch (first) {
    case '"':
        return parser->skim ? parse_skip_string(parser)
                            : parse_string(parser, value);
    case '{':
        return take_map(parser, value);
    case '[':
        return take_list(parser, value);
    case 't':
    case 'f':
        *value = (struct value){.truth = first == 't', .type = VALUE_BOOL};
        return take_word(parser, first == 't' ? "true" : "false");
    case 'n':
        *value = (struct value){.type = VALUE_NIL};
        return take_word(parser, "null");
    case -1:
        return fail_end(parser, "");
    default:
        return parse_number(parser, value);
    }
}
