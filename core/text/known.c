/* known.c: the keys of a table for messages. */
#include "text.h"

#include <string.h>

static int known_order(const struct value *a, const struct value *b)
{
    size_t shorter = a->len < b->len ? a->len : b->len;
    int order = shorter > 0 ? memcmp(a->text, b->text, shorter) : 0;
    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

/* An insertion into the few that are kept; nearly all keys of a long table
 * only count. */
void text_known_add(struct text_known *known, struct value key)
{
    unsigned filled = known->count < TEXT_KNOWN ? known->count : TEXT_KNOWN;
    known->count++;
    unsigned at = filled;
    while (at > 0 && known_order(&key, &known->first[at - 1]) < 0)
        at--;
    if (at == TEXT_KNOWN)
        return;
    for (unsigned i = filled < TEXT_KNOWN ? filled : TEXT_KNOWN - 1; i > at;
         i--)
        known->first[i] = known->first[i - 1];
    known->first[at] = key;
}
