/* answer.h: how text functions read their arguments and make their answers.
 * For the files of text/, and others that make texts in an arena. */
#ifndef FASTSYNC_TEXT_ANSWER_H
#define FASTSYNC_TEXT_ANSWER_H

#include "text.h"

/* Argument `i` as text; the common case costs a copy of sixteen bytes. */
static inline bool text_argument(struct text_call *call,
                                 const struct text_args *args, unsigned i,
                                 struct value *text)
{
    *text = args->all[i];
    return text->type == VALUE_TEXT || text_convert(call, args, i, text);
}

static inline bool text_is_ascii(const struct value *text)
{
    return (text->flags & VALUE_WIDE) == 0;
}

/* A constant of the program, which must be plain ASCII. */
static inline struct value text_plain(const char *text)
{
    return (struct value){.text = text,
                          .len = (uint32_t)strlen(text),
                          .type = VALUE_TEXT,
                          .flags = VALUE_TIGHT};
}

/* A part of a text, or bytes in the arena: its flags hold for the part. */
static inline struct value text_part(const char *at, size_t len, uint8_t flags)
{
    return (struct value){
        .text = at, .len = (uint32_t)len, .type = VALUE_TEXT, .flags = flags};
}

/* What stands in call->scratch from `from` on, copied to the arena (and
 * borrowed instead where it is the same as `like`, which may be NULL). */
struct value text_keep(struct text_call *call, size_t from,
                       const struct value *like);

/* `text` without white space at its ends; borrows. */
struct value text_trimmed(struct value text);
/* The same, each run of white space inside as one blank. */
struct value text_squeezed(struct text_call *call, struct value text);

/* Where `what` (not empty) stands in the text from `at` on, or NULL. */
const char *text_search(const struct value *text, const char *at,
                        const struct value *what);

/* A text put together of others may need NFC where a mark met a letter. */
struct value text_composed(struct text_call *call, struct value text);

#endif
