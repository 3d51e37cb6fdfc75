/* choose.c: one value or another: default, first, pick, lookup.
 *
 * What is chosen is answered as it is, whatever its type. pick refuses what it
 * does not know, with the first few of the keys that it does know, since a
 * code that nobody thought of must not become a wrong record. So does lookup,
 * whose rows say what they do with such a key. */
#include "answer.h"

static bool use_default(struct text_call *call, const struct text_args *args,
                        struct value *answer)
{
    (void)call;
    *answer = args->all[text_blank(&args->all[0]) ? 1 : 0];
    return true;
}

/* The first that is not blank, lists flattened; false when there is none. */
static bool first_of(const struct value *values, size_t count,
                     struct value *answer)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].type == VALUE_LIST) {
            if (first_of(values[i].list, values[i].len, answer))
                return true;
        } else if (!text_blank(&values[i])) {
            *answer = values[i];
            return true;
        }
    }
    return false;
}

static bool first(struct text_call *call, const struct text_args *args,
                  struct value *answer)
{
    (void)call;
    if (!first_of(args->all, args->count, answer))
        *answer = (struct value){.type = VALUE_NIL};
    return true;
}

/* `"0", "1", …` */
static const char *known_keys(struct text_call *call,
                              const struct text_lookup *lookup)
{
    struct text_known known = {.count = 0};
    lookup->keys(lookup->table, &known);
    buf_clear(&call->scratch);
    for (unsigned i = 0; i < known.count && i < TEXT_KNOWN; i++) {
        buf_puts(&call->scratch, i > 0 ? ", " : "");
        buf_puts(&call->scratch, text_show(call, &known.first[i]));
    }
    if (known.count > TEXT_KNOWN)
        buf_puts(&call->scratch, ", …");
    return known.count > 0 ? buf_text(&call->scratch) : "nothing";
}

/* Trimmed before it is looked up: keys in a script have no blanks at their
 * ends, cells may. */
static bool pick(struct text_call *call, const struct text_args *args,
                 struct value *answer)
{
    const struct text_lookup *lookup = args->lookup;
    struct value key;
    if (!text_argument(call, args, 0, &key))
        return false;
    key = text_trimmed(key);
    if (!lookup->find(lookup->table, &key, answer)) {
        if (args->all[2].type == VALUE_NIL)
            return text_refuse(call, "%s is not in the table (known: %s)",
                               text_show(call, &key), known_keys(call, lookup));
        *answer = args->all[2];
    }
    if (text_is_same(answer))
        *answer = args->all[0];
    return true;
}

static bool look_up(struct text_call *call, const struct text_args *args,
                    struct value *answer)
{
    return args->rows->find(args->rows, call, &args->all[0], &args->all[3],
                            answer);
}

/* clang-format off */
const struct text_function text_choose[] = {
    {.name = "default", .usage = "default(s, v)",
     .help = "s, or v where s is blank",
     .answer = "any", .shape = {ARG_ANY, ARG_ANY}, .call = use_default},
    {.name = "first", .usage = "first(a, b, …)",
     .help = "the first that is not blank",
     .answer = "any", .shape = {ARG_REST}, .call = first},
    {.name = "pick", .usage = "pick(s, table, otherwise)",
     .help = "looked up in table; what is not there takes otherwise "
             "(fast.same: itself), and without it the row is rejected",
     .answer = "any",
     .shape = {ARG_TEXT, ARG_LOOKUP, ARG_ANY | ARG_OPTIONAL}, .call = pick},
    {.name = "lookup", .usage = "lookup(s, rows, column, otherwise)",
     .help = "the column's value in the row of a fast.lookup whose key is s; "
             "what is not there takes otherwise, and without it does what the "
             "lookup's missing says; blank where s is",
     .answer = "any",
     .shape = {ARG_ANY, ARG_ROWS, ARG_STRING, ARG_ANY | ARG_OPTIONAL},
     .call = look_up},
    {.name = NULL},
};
/* clang-format on */
