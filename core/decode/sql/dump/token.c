/* token.c: one look at the next byte says what begins there. */
#include "token.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/utf8.h"

static bool is_word(int byte)
{
    return byte >= 0x80 || byte == '_' || byte == '$' || byte == '@' ||
           (byte > 0 && (ascii_digit((char)byte) || ascii_letter((char)byte)));
}

bool token_word(const struct token *token, const char *word)
{
    return token->kind == TOKEN_WORD && token->len == strlen(word) &&
           strncasecmp(token->text, word, token->len) == 0;
}

bool token_any(const struct token *token, const char *const *words)
{
    for (; *words != NULL; words++)
        if (token_word(token, *words))
            return true;
    return false;
}

void token_add_name(struct buf *to, const struct token *token)
{
    const char *nul = memchr(token->text, '\0', token->len);
    utf8_mend(to, token->text, nul ? (size_t)(nul - token->text) : token->len);
}

static void pass_comment(struct lexer *lexer)
{
    struct dump_text *text = &lexer->text;
    unsigned depth = 0;
    int byte;
    while ((byte = dump_look(text, 0)) >= 0) {
        int next = dump_look(text, 1);
        bool opens = byte == '/' && next == '*';
        bool closes = byte == '*' && next == '/';
        dump_pass(text);
        if (opens || closes)
            dump_pass(text);
        if (opens && (depth == 0 || lexer->dialect->nested))
            depth++;
        else if (closes && --depth == 0)
            return;
    }
    lexer->token.unended = true;
}

static bool follows(struct dump_text *text, size_t at, const char *word)
{
    for (; *word != '\0'; word++, at++)
        if (dump_look(text, at) != *word)
            return false;
    return true;
}

/* A comment stands next: programs that begin a dump with one of these do not
 * leave it without the one that ends it. */
static void note_comment(struct lexer *lexer)
{
    static const char mysql[] = "-- Dump completed";
    static const char postgresql[] = "-- PostgreSQL database dump complete";
    struct dump_text *text = &lexer->text;
    if (follows(text, 0, mysql) || follows(text, 0, postgresql))
        lexer->ending = NULL;
    else if (follows(text, 0, "-- MySQL dump 10.13 ") ||
             follows(text, 0, "-- MariaDB dump "))
        lexer->ending = mysql;
    else if (follows(text, 0, "-- PostgreSQL database dump"))
        lexer->ending = postgresql;
}

/* White space and comments; *first: a line began. */
static void pass_space(struct lexer *lexer, bool *first)
{
    struct dump_text *text = &lexer->text;
    for (;;) {
        int byte = dump_look(text, 0), next;
        if (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' ||
            byte == '\f' || byte == '\v') {
            *first = *first || byte == '\n';
            dump_pass(text);
            continue;
        }
        if (byte != '-' && byte != '/' && byte != '#')
            return;
        next = dump_look(text, 1);
        if ((byte == '-' && next == '-') ||
            (byte == '#' && lexer->dialect->hash)) {
            note_comment(lexer);
            dump_pass_line(text);
            *first = true;
        } else if (byte == '/' && next == '*') {
            pass_comment(lexer);
        } else {
            return;
        }
    }
}

static void add(struct lexer *lexer, int byte)
{
    if (lexer->buf.len < lexer->max)
        buf_putc(&lexer->buf, (char)byte);
    else
        lexer->token.too_long = true;
}

static void take_word(struct lexer *lexer)
{
    struct dump_text *text = &lexer->text;
    for (int byte; is_word(byte = dump_look(text, 0));) {
        add(lexer, byte);
        dump_pass(text);
    }
    lexer->token.kind = TOKEN_WORD;
}

/* Letters that may stand before a quote, and what it is then. */
static bool take_prefixed(struct lexer *lexer)
{
    static const struct {
        const char *letters;
        enum token_kind kind;
        bool escapes, oracle;
    } all[] = {
        {"N", TOKEN_TEXT, false, false},  {"E", TOKEN_TEXT, true, false},
        {"X", TOKEN_BYTES, false, false}, {"B", TOKEN_BITS, false, false},
        {"Q", TOKEN_TEXT, false, true},   {"NQ", TOKEN_TEXT, false, true},
    };
    struct token *token = &lexer->token;
    size_t len = lexer->buf.len;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strlen(all[i].letters) != len ||
            strncasecmp(all[i].letters, lexer->buf.at, len) != 0)
            continue;
        dump_pass(&lexer->text);
        buf_clear(&lexer->buf);
        token->kind = all[i].kind;
        token->sign = '\'';
        if (all[i].oracle)
            lexer_oracle(lexer);
        else
            lexer_quoted(lexer, '\'',
                         all[i].escapes || (lexer->dialect->backslash &&
                                            all[i].kind == TOKEN_TEXT));
        return true;
    }
    return false;
}

/* Digits, a point, an exponent; 0x and hexadecimal digits. */
static void take_number(struct lexer *lexer)
{
    struct dump_text *text = &lexer->text;
    int byte = dump_look(text, 0), next = dump_look(text, 1), last = 0;
    lexer->token.kind = TOKEN_NUMBER;
    if (byte == '0' && (next == 'x' || next == 'X')) {
        dump_pass(text);
        dump_pass(text);
        lexer->token.kind = TOKEN_BYTES;
    }
    bool bytes = lexer->token.kind == TOKEN_BYTES;
    while ((byte = dump_look(text, 0)) >= 0) {
        bool sign = !bytes && (byte == '+' || byte == '-') &&
                    (last == 'e' || last == 'E');
        if (!is_word(byte) && byte != '.' && !sign)
            return;
        add(lexer, byte);
        dump_pass(text);
        last = byte;
    }
}

static void take_sign(struct lexer *lexer, int byte)
{
    dump_pass(&lexer->text);
    lexer->token.kind = TOKEN_SIGN;
    lexer->token.sign = (char)byte;
    lexer->depth += (byte == '(') - (byte == ')');
    add(lexer, byte);
    if ((byte == '|' || byte == ':') && dump_look(&lexer->text, 0) == byte)
        dump_pass(&lexer->text);
}

static bool ends_on_line(struct dump_text *text, int close)
{
    enum { MOST = 1024 };
    int byte = 0;
    for (size_t i = 0; i < MOST && byte >= 0 && byte != '\n'; i++)
        if ((byte = dump_look(text, i)) == close)
            return true;
    return false;
}

static void take_quoted(struct lexer *lexer, int byte)
{
    struct dump_text *text = &lexer->text;
    int close = byte == '[' ? ']' : byte, next;
    bool name = byte != '\'';
    dump_pass(text);
    lexer->token.kind = name ? TOKEN_NAME : TOKEN_TEXT;
    lexer->token.sign = (char)byte;
    lexer->token.broken = name && lexer->one_line && !ends_on_line(text, close);
    if (!lexer->token.broken)
        lexer_quoted(lexer, (char)close,
                     lexer->dialect->backslash && (!name || byte == '"'));
    while (name && lexer->token.broken && (next = dump_look(text, 0)) >= 0 &&
           next != '\n')
        dump_pass(text);
}

static void take(struct lexer *lexer)
{
    int byte = dump_look(&lexer->text, 0);
    int next = byte == '.' ? dump_look(&lexer->text, 1) : 0;
    if (byte < 0)
        lexer->token.kind = TOKEN_END;
    else if (byte == '\'' || byte == '"' || byte == '`' ||
             (byte == '[' && lexer->dialect->brackets))
        take_quoted(lexer, byte);
    else if (ascii_digit((char)byte) || (next > 0 && ascii_digit((char)next)))
        take_number(lexer);
    else if (byte == '$' && lexer->dialect->dollar && lexer_dollar(lexer))
        lexer->token.kind = TOKEN_TEXT;
    else if (!is_word(byte))
        take_sign(lexer, byte);
    else
        take_word(lexer);
    if (lexer->token.kind == TOKEN_WORD && lexer->buf.len <= 2 &&
        dump_look(&lexer->text, 0) == '\'')
        take_prefixed(lexer);
}

const struct token *lexer_next(struct lexer *lexer)
{
    struct token *token = &lexer->token;
    if (lexer->held) {
        lexer->held = false;
        return token;
    }
    bool first = token->line == 0; /* of the dump */
    *token = (struct token){.kind = TOKEN_END};
    buf_clear(&lexer->buf);
    pass_space(lexer, &first);
    token->first = first;
    token->line = lexer->text.line;
    take(lexer);
    if (token->unended && lexer->cut == 0)
        lexer->cut = token->line;
    buf_reserve(&lexer->buf, 1); /* so that it lies somewhere */
    token->text = lexer->buf.at;
    token->len = lexer->buf.len;
    return token;
}
