/* scan.c: words, texts, signs. */
#include "scan.h"

#include <ctype.h>
#include <string.h>

static char peek(const struct scanner *s, size_t ahead)
{
    return (size_t)(s->end - s->at) > ahead ? s->at[ahead] : '\0';
}

static void advance(struct scanner *s, size_t len)
{
    for (; len > 0 && s->at < s->end; len--)
        s->line += *s->at++ == '\n';
}

/* The length of `[[` or `[==[` at the scanner, or 0. */
static size_t long_bracket(const struct scanner *s)
{
    size_t len = 1;
    if (peek(s, 0) != '[')
        return 0;
    while (peek(s, len) == '=')
        len++;
    return peek(s, len) == '[' ? len + 1 : 0;
}

/* To the end of `]==]`, whose opening had that length. */
static void skip_long(struct scanner *s, size_t len)
{
    advance(s, len);
    while (s->at < s->end) {
        size_t same = 1;
        while (peek(s, 0) == ']' && peek(s, same) == '=')
            same++;
        bool closes =
            peek(s, 0) == ']' && peek(s, same) == ']' && same + 1 == len;
        advance(s, closes ? len : 1);
        if (closes)
            return;
    }
}

static void skip_quoted(struct scanner *s)
{
    char quote = peek(s, 0);
    advance(s, 1);
    while (s->at < s->end && peek(s, 0) != quote && peek(s, 0) != '\n')
        advance(s, peek(s, 0) == '\\' ? 2 : 1);
    advance(s, 1);
}

static void skip_blank(struct scanner *s)
{
    for (;;) {
        while (s->at < s->end && isspace((unsigned char)*s->at))
            advance(s, 1);
        if (peek(s, 0) != '-' || peek(s, 1) != '-')
            return;
        advance(s, 2);
        size_t bracket = long_bracket(s);
        if (bracket > 0)
            skip_long(s, bracket);
        else
            while (s->at < s->end && *s->at != '\n')
                advance(s, 1);
    }
}

bool token_is(const struct token *token, const char *word)
{
    return token->len == strlen(word) &&
           memcmp(token->at, word, token->len) == 0;
}

static void read_word(struct scanner *s, struct token *token)
{
    while (isalnum((unsigned char)peek(s, token->len)) ||
           peek(s, token->len) == '_')
        token->len++;
    advance(s, token->len);
    if (isdigit((unsigned char)*token->at) || token_is(token, "true") ||
        token_is(token, "false"))
        token->kind = CONSTANT;
    else
        token->kind = token_is(token, "and") ? AND : NAME;
}

struct token scan_next(struct scanner *s)
{
    skip_blank(s);
    struct token token = {.kind = OTHER, .at = s->at, .line = s->line};
    char c = peek(s, 0);
    size_t bracket = long_bracket(s);
    if (s->at == s->end) {
        token.kind = END;
    } else if (isalnum((unsigned char)c) || c == '_') {
        read_word(s, &token);
    } else if (c == '"' || c == '\'' || bracket > 0) {
        token.kind = CONSTANT;
        if (bracket > 0)
            skip_long(s, bracket);
        else
            skip_quoted(s);
    } else {
        bool compares = (c == '=' || c == '~') && peek(s, 1) == '=';
        token.kind = compares ? COMPARISON : OTHER;
        token.len = compares ? 2 : 1;
        advance(s, token.len);
    }
    return token;
}

bool token_is_sign(const struct token *token, char sign)
{
    return token->kind == OTHER && *token->at == sign;
}
