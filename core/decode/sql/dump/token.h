/* token.h: a dump's text as words, names, texts, numbers and signs.
 *
 * A token's text lies in the lexer until the next one is taken. Comments are
 * passed over. Memory is bounded by the longest cell. */
#ifndef FASTSYNC_DECODE_SQL_DUMP_TOKEN_H
#define FASTSYNC_DECODE_SQL_DUMP_TOKEN_H

#include "dialect.h"
#include "text.h"

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,   /* insert, NULL, Customers */
    TOKEN_NAME,   /* "Customers", `Customers`, [Customers] */
    TOKEN_TEXT,   /* 'Huế' */
    TOKEN_NUMBER, /* as it stands, without a sign before it */
    TOKEN_BYTES,  /* X'00FF', 0x00FF: the digits */
    TOKEN_BITS,   /* b'101': the digits */
    TOKEN_SIGN,   /* a character; "::" and "||" are one as well */
};

struct token {
    enum token_kind kind;
    char sign;        /* of a sign; of a name or text, the quote */
    bool first;       /* it begins its line */
    bool unended;     /* the dump ends in it */
    bool too_long;    /* only its beginning is kept */
    bool broken;      /* an escape in it is none */
    uint64_t line;    /* it begins on */
    const char *text; /* not terminated; never NULL */
    size_t len;
};

struct lexer {
    struct dump_text text;
    const struct dump_dialect *dialect;
    size_t max; /* bytes of a token */
    struct buf buf;
    struct token token; /* taken last */
    bool held;          /* it is to be given once more */
    int depth;          /* brackets that were opened and not closed */
    bool one_line;      /* a name that is not over on its line is broken */
    uint64_t begun;     /* the line of the statement at hand */
    uint64_t cut;       /* the dump ends in what begins there; 0: it does not */
    const char *ending; /* how it says that it is whole, once it should: static;
                           NULL: it has said so, or does not say it */
};

/* The next one, which lives until the one after it is taken. */
const struct token *lexer_next(struct lexer *lexer);
/* The token taken last will be the next one again. */
static inline void lexer_back(struct lexer *lexer)
{
    lexer->held = true;
}

/* Is it that word, in any case (`word`: upper case)? */
bool token_word(const struct token *token, const char *word);
bool token_any(const struct token *token, const char *const *words);
static inline bool token_is_name(const struct token *token)
{
    return token->kind == TOKEN_WORD || token->kind == TOKEN_NAME;
}
/* Appends it as a name, which holds no NUL. */
void token_add_name(struct buf *to, const struct token *token);
static inline bool token_sign(const struct token *token, char sign)
{
    return token->kind == TOKEN_SIGN && token->sign == sign;
}

/* For this room's lexer alone (quoted.c): a text whose quote was passed. */
void lexer_quoted(struct lexer *lexer, char quote, bool escapes);
void lexer_oracle(struct lexer *lexer);
bool lexer_dollar(struct lexer *lexer);

#endif
