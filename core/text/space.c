/* space.c: white space: trim, squeeze, blank. */
#include "answer.h"

static bool trim(struct text_call *call, const struct text_args *args,
                 struct value *answer)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = text_trimmed(text);
    return true;
}

static bool squeeze(struct text_call *call, const struct text_args *args,
                    struct value *answer)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = text_squeezed(call, text);
    return true;
}

static bool blank(struct text_call *call, const struct text_args *args,
                  struct value *answer)
{
    (void)call;
    *answer =
        (struct value){.truth = text_blank(&args->all[0]), .type = VALUE_BOOL};
    return true;
}

/* clang-format off */
const struct text_function text_space[] = {
    {.name = "trim", .usage = "trim(s)",
     .help = "without white space at its ends",
     .answer = "string", .shape = {ARG_TEXT}, .call = trim},
    {.name = "squeeze", .usage = "squeeze(s)",
     .help = "trimmed, and every run of white space as one blank",
     .answer = "string", .shape = {ARG_TEXT}, .call = squeeze},
    {.name = "blank", .usage = "blank(s)",
     .help = "is it nil, empty or white space",
     .answer = "boolean", .shape = {ARG_ANY}, .call = blank},
    {.name = NULL},
};
/* clang-format on */
