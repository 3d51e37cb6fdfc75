/* scan.h: the words of a Lua file one after the other, as far as it matters to
 * see what is compared; comments are passed over. */
#ifndef FASTSYNC_BIND_COMPARED_SCAN_H
#define FASTSYNC_BIND_COMPARED_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum kind { END, NAME, CONSTANT, COMPARISON, AND, OTHER };

struct token {
    enum kind kind;
    const char *at;
    size_t len;
    int line;
};

struct scanner {
    const char *at, *end;
    int line;
};

struct token scan_next(struct scanner *s);
bool token_is(const struct token *token, const char *word);
/* Is it that sign, and neither a word nor a text? */
bool token_is_sign(const struct token *token, char sign);

#endif
