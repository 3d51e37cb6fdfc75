/* expression.c: it is read by descent: texts that are joined, of which
 * each is a literal, a function or something in brackets, with casts behind. */
#include "expression.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "decode/sql/asked.h"
#include "fault.h"

enum { DEPTH = 32, ARGUMENTS = 64, NAME = 32 };

/* A token as messages show it. */
static const char *no_value(struct arena *arena, const struct token *token)
{
    enum { SHOWN = 32 };
    if (token->kind == TOKEN_END)
        return "the dump ends in the middle of a row";
    bool valid = utf8_valid(token->text, token->len) == token->len;
    size_t len = valid ? utf8_cut(token->text, token->len, SHOWN) : 0;
    return dump_fault(arena, "line %llu: \"%.*s\" stands where a value should",
                      (unsigned long long)token->line, (int)len, token->text);
}

static const char *take_text(const struct token *token, struct arena *arena,
                             struct operand *operand)
{
    char *text = arena_alloc(arena, token->len);
    if (token->unended)
        return dump_fault(arena,
                          "line %llu: the text that begins here does "
                          "not end",
                          (unsigned long long)token->line);
    if (token->too_long)
        return dump_fault(arena, "line %llu: a text is longer than max_cell",
                          (unsigned long long)token->line);
    if (token->broken)
        return dump_fault(arena, "line %llu: an escape in a text is broken",
                          (unsigned long long)token->line);
    if (utf8_valid(token->text, token->len) < token->len)
        return dump_fault(arena,
                          "line %llu: a text is no valid UTF-8; encoding = "
                          "\"…\" says what it is",
                          (unsigned long long)token->line);
    memcpy(text, token->text, token->len);
    operand->value = value_text(text, token->len);
    return NULL;
}

static const char *take_bits(const struct token *token, struct arena *arena,
                             struct operand *operand)
{
    enum { MOST = 63 };
    int64_t number = 0;
    for (size_t i = 0; i < token->len; i++) {
        if ((token->text[i] != '0' && token->text[i] != '1') || i == MOST)
            return dump_fault(arena,
                              "line %llu: these are no bits, or too "
                              "many",
                              (unsigned long long)token->line);
        number = 2 * number + (token->text[i] - '0');
    }
    operand->value = (struct value){.integer = number, .type = VALUE_INT};
    return NULL;
}

/* A name of code, in `to`: a longer one is cut between characters. */
static void keep_name(const struct token *token, char to[NAME])
{
    size_t len = token->len < NAME - 1 ? token->len : NAME - 1;
    while (len < token->len && len > 0 && (token->text[len] & 0xC0) == 0x80)
        len--;
    memcpy(to, token->text, len);
    to[len] = '\0';
}

/* Up to the bracket that closes; the type's first word stays in `type`. */
static void take_type(struct lexer *lexer, char *type)
{
    const struct token *token = lexer_next(lexer);
    keep_name(token, type);
    for (int depth = 0;; token = lexer_next(lexer)) {
        if (token->kind == TOKEN_END || token_sign(token, ';') ||
            (depth == 0 && token->kind == TOKEN_SIGN &&
             strchr("),|+:", token->sign)))
            break;
        depth += token_sign(token, '(') - token_sign(token, ')');
    }
    lexer_back(lexer);
}

static const char *expect(struct lexer *lexer, struct arena *arena, char sign)
{
    const struct token *token = lexer_next(lexer);
    return token_sign(token, sign) ? NULL : no_value(arena, token);
}

/* CAST(value AS type), of which `CAST(` was taken. */
static const char *take_cast(struct lexer *lexer, struct arena *arena,
                             unsigned depth, struct operand *operand)
{
    char type[NAME];
    const char *fault = dump_value(lexer, arena, depth, operand);
    if (fault == NULL && !token_word(lexer_next(lexer), "AS"))
        fault = no_value(arena, &lexer->token);
    if (fault != NULL)
        return fault;
    take_type(lexer, type);
    fault = expect(lexer, arena, ')');
    return fault ? fault : dump_cast(arena, type, operand);
}

/* CONVERT(type, value [, style]). */
static const char *take_convert(struct lexer *lexer, struct arena *arena,
                                unsigned depth, struct operand *operand)
{
    char type[NAME];
    struct operand style;
    take_type(lexer, type);
    const char *fault = expect(lexer, arena, ',');
    if (fault == NULL)
        fault = dump_value(lexer, arena, depth, operand);
    if (fault == NULL && token_sign(lexer_next(lexer), ','))
        fault = dump_value(lexer, arena, depth, &style);
    else
        lexer_back(lexer);
    if (fault == NULL)
        fault = expect(lexer, arena, ')');
    return fault ? fault : dump_cast(arena, type, operand);
}

/* The arguments of a function, and what it answers. */
static const char *take_call(struct lexer *lexer, struct arena *arena,
                             unsigned depth, const char *name,
                             struct operand *operand)
{
    struct operand args[ARGUMENTS];
    unsigned count = 0;
    if (token_sign(lexer_next(lexer), ')'))
        return dump_call(arena, name, args, 0, operand);
    lexer_back(lexer);
    for (;;) {
        if (count == ARGUMENTS)
            return "a function has more than 64 arguments";
        const char *fault = dump_value(lexer, arena, depth, &args[count++]);
        if (fault != NULL)
            return fault;
        if (!token_sign(lexer_next(lexer), ','))
            break;
    }
    if (!token_sign(&lexer->token, ')'))
        return no_value(arena, &lexer->token);
    return dump_call(arena, name, args, count, operand);
}

/* A word before a literal that says what it is: DATE '…', _utf8mb4'…'. */
static bool introduces(const char *word)
{
    static const char *const words[] = {"DATE",     "TIME",        "TIMESTAMP",
                                        "DATETIME", "TIMESTAMPTZ", "INTERVAL",
                                        "BINARY",   NULL};
    for (const char *const *at = words; *at != NULL; at++)
        if (strcasecmp(*at, word) == 0)
            return true;
    return word[0] == '_';
}

/* U&'…', of which all but the text was taken. */
static const char *take_unicode(struct lexer *lexer, struct arena *arena,
                                struct operand *operand)
{
    struct operand text = {.bytes = false};
    const struct token *token = lexer_next(lexer);
    uint64_t line = token->line;
    const char *fault = token->kind == TOKEN_TEXT
                            ? take_text(token, arena, &text)
                            : no_value(arena, token);
    if (fault == NULL && token_word(lexer_next(lexer), "UESCAPE"))
        return dump_fault(arena, "line %llu: U&'…' UESCAPE is not read",
                          (unsigned long long)line);
    if (fault == NULL)
        lexer_back(lexer);
    return fault ? fault : dump_call(arena, "UNISTR", &text, 1, operand);
}

static const char *take_word(struct lexer *lexer, struct arena *arena,
                             unsigned depth, struct operand *operand)
{
    struct token word = lexer->token;
    char name[NAME];
    bool truth = token_word(&word, "TRUE");
    if (token_word(&word, "NULL"))
        return NULL;
    if (truth || token_word(&word, "FALSE")) {
        operand->value = (struct value){.truth = truth, .type = VALUE_BOOL};
        return NULL;
    }
    keep_name(&word, name);
    const char *fault = no_value(arena, &word);
    if (token_sign(lexer_next(lexer), '(')) {
        if (strcasecmp(name, "CAST") == 0)
            return take_cast(lexer, arena, depth, operand);
        return strcasecmp(name, "CONVERT") == 0
                   ? take_convert(lexer, arena, depth, operand)
                   : take_call(lexer, arena, depth, name, operand);
    }
    if (strcasecmp(name, "U") == 0 && token_sign(&lexer->token, '&'))
        return take_unicode(lexer, arena, operand);
    if (strcasecmp(name, "ARRAY") == 0)
        return dump_fault(arena, "line %llu: ARRAY[…] is no value of a cell",
                          (unsigned long long)word.line);
    lexer_back(lexer);
    bool literal =
        lexer->token.kind == TOKEN_TEXT || lexer->token.kind == TOKEN_BYTES;
    return introduces(name) && literal
               ? dump_value(lexer, arena, depth, operand)
               : fault;
}

static const char *take_sign(struct lexer *lexer, struct arena *arena,
                             unsigned depth, struct operand *operand)
{
    char sign = lexer->token.sign;
    if (sign == '(') {
        const char *fault = dump_value(lexer, arena, depth, operand);
        return fault ? fault : expect(lexer, arena, ')');
    }
    const struct token *token =
        sign == '-' || sign == '+' ? lexer_next(lexer) : &lexer->token;
    if (token->kind != TOKEN_NUMBER)
        return no_value(arena, token);
    char *text = arena_alloc(arena, token->len + 1);
    text[0] = sign;
    memcpy(text + 1, token->text, token->len);
    return asked_number(arena, text, token->len + 1, &operand->value)
               ? NULL
               : no_value(arena, token);
}

static const char *take_one(struct lexer *lexer, struct arena *arena,
                            unsigned depth, struct operand *operand)
{
    const struct token *token = lexer_next(lexer);
    *operand = (struct operand){.value = {.type = VALUE_NIL}};
    switch (token->kind) {
    case TOKEN_TEXT:
        return take_text(token, arena, operand);
    case TOKEN_NUMBER:
        return !token->too_long && asked_number(arena, token->text, token->len,
                                                &operand->value)
                   ? NULL
                   : no_value(arena, token);
    case TOKEN_BYTES:
        operand->bytes = true;
        return take_text(token, arena, operand);
    case TOKEN_BITS:
        return lexer->dialect->bits ? take_text(token, arena, operand)
                                    : take_bits(token, arena, operand);
    case TOKEN_NAME:
        return lexer->dialect->double_text && token->sign == '"'
                   ? take_text(token, arena, operand)
                   : no_value(arena, token);
    case TOKEN_WORD:
        return take_word(lexer, arena, depth, operand);
    case TOKEN_SIGN:
        return take_sign(lexer, arena, depth, operand);
    default:
        return no_value(arena, token);
    }
}

/* `::type`, of which the sign was taken. */
static const char *pass_cast(struct lexer *lexer, struct arena *arena)
{
    char type[NAME];
    take_type(lexer, type);
    return type[0] != '\0' && type[0] != ')' ? NULL
                                             : no_value(arena, &lexer->token);
}

/* A text that grows; what it has room for, nobody else has. */
struct joined {
    struct operand *to;
    char *text; /* NULL: it is a literal still */
    size_t cap;
};

/* Joins; NULL and anything is NULL. */
static const char *join(struct arena *arena, struct joined *joined, size_t max,
                        const struct operand *more)
{
    struct value *left = &joined->to->value;
    const struct value *right = &more->value;
    if (left->type == VALUE_NIL || right->type == VALUE_NIL) {
        left->type = VALUE_NIL;
        return NULL;
    }
    if (left->type != VALUE_TEXT || right->type != VALUE_TEXT)
        return "only texts can be joined";
    size_t len = (size_t)left->len + right->len;
    if (len > max)
        return "a text is longer than max_cell";
    if (joined->text == NULL || len > joined->cap) {
        joined->cap = 2 * len;
        joined->text = arena_alloc(arena, joined->cap);
        memcpy(joined->text, left->text, left->len);
    }
    memcpy(joined->text + left->len, right->text, right->len);
    *left = value_text(joined->text, len);
    return NULL;
}

const char *dump_value(struct lexer *lexer, struct arena *arena, unsigned depth,
                       struct operand *operand)
{
    struct joined joined = {.to = operand};
    if (depth == DEPTH)
        return "brackets stand in brackets more than 32 times";
    const char *fault = take_one(lexer, arena, depth + 1, operand);
    while (fault == NULL) {
        const struct token *token = lexer_next(lexer);
        struct operand more;
        if (token_sign(token, ':')) {
            fault = pass_cast(lexer, arena);
            continue;
        }
        bool sign = token_sign(token, '|') || token_sign(token, '+');
        if (!sign)
            lexer_back(lexer); /* 'a' 'b', or the value is over */
        if (!sign && token->kind != TOKEN_TEXT)
            return NULL;
        fault = take_one(lexer, arena, depth + 1, &more);
        if (fault == NULL)
            fault = join(arena, &joined, lexer->max, &more);
    }
    return fault;
}
