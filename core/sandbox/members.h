/* members.h: the outermost object of a request's body. */
#ifndef FASTSYNC_SANDBOX_MEMBERS_H
#define FASTSYNC_SANDBOX_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Members of a request's body that are looked for: a text, or an array's
 * place in the body. */
struct member {
    const char *name;
    bool is_array;
    bool given;
    struct buf text;   /* unescaped */
    const char *array; /* from '[' to ']' inclusive */
    size_t array_len;
};

/* Reads a whole body; other members are passed over. False: `why` says what is
 * wrong with it. The texts are the caller's to release in any case. */
bool members_read(const char *body, size_t len, struct member *members,
                  unsigned count, struct buf *why);
void members_release(struct member *members, unsigned count);
bool member_is(const struct member *member, const char *text);

#endif
