/* define.c: what a CREATE TABLE defines: columns, and keys and rules, which
 * begin with a word. Some of these words are names of columns as well, with no
 * quotes around them: what stands behind them tells. A column that the server
 * computes has `AS (` behind it. */
#include "statement.h"

#include <string.h>

/* Nowhere names without quotes. */
static const char *const rules[] = {"CONSTRAINT", "PRIMARY", "UNIQUE",
                                    "FOREIGN",    "CHECK",   "LIKE",
                                    "SELECT",     NULL};

/* Words that may be names, and what makes them none, behind them or behind the
 * name that follows them. */
static const struct {
    const char *word;
    const char *const next[4];
    bool named; /* a name may stand behind it: KEY name (a, b) */
} keys[] = {
    {"KEY", {NULL}, true},
    {"INDEX", {NULL}, true},
    {"FULLTEXT", {"KEY", "INDEX", NULL}, true},
    {"SPATIAL", {"KEY", "INDEX", NULL}, true},
    {"EXCLUDE", {"USING", NULL}, false},
    {"PERIOD", {"FOR", NULL}, false},
};

bool statement_add_column(struct statement *statement,
                          const struct token *token)
{
    struct buf name = {0};
    bool good = token_is_name(token) && statement->columns.count < DUMP_COLUMNS;
    if (good) {
        token_add_name(&name, token);
        sql_names_add(&statement->columns, buf_text(&name));
    }
    buf_release(&name);
    return good;
}

/* Behind `KEY name`: columns in brackets, or how they are kept; not the length
 * of a type. */
static bool has_columns(struct lexer *lexer, int *depth)
{
    static const char *const kept[] = {"USING", "UNIQUE", "CLUSTERED",
                                       "NONCLUSTERED", NULL};
    const struct token *token = lexer_next(lexer);
    bool bracket = token_sign(token, '(');
    bool columns = token_any(token, kept);
    if (bracket) {
        ++*depth;
        token = lexer_next(lexer);
        columns = token_is_name(token) && !token_word(token, "MAX");
    }
    lexer_back(lexer);
    return columns;
}

/* A word that may be a name was taken: is it of a key? */
static bool is_key(struct lexer *lexer, unsigned which, int *depth)
{
    const struct token *token = lexer_next(lexer);
    bool key = token_sign(token, '(') || token->kind == TOKEN_NAME ||
               token_any(token, keys[which].next);
    if (key || !keys[which].named || token->kind != TOKEN_WORD) {
        lexer_back(lexer);
        return key;
    }
    return has_columns(lexer, depth);
}

/* What stands where a definition begins. */
static void take_definition(struct lexer *lexer, struct statement *statement,
                            int *depth)
{
    enum { KEYS = sizeof keys / sizeof *keys };
    const struct token *token = &lexer->token;
    unsigned which = 0;
    if (token_any(token, rules))
        return;
    while (which < KEYS && !token_word(token, keys[which].word))
        which++;
    if (!statement_add_column(statement, token) || which == KEYS)
        return;
    if (is_key(lexer, which, depth))
        sql_names_drop(&statement->columns);
}

/* The column that was defined last, once. */
static void note_computed(struct statement *statement)
{
    const struct sql_names *columns = &statement->columns;
    struct sql_names *computed = &statement->computed;
    const char *name =
        columns->count > 0 ? columns->all[columns->count - 1] : NULL;
    bool noted = computed->count > 0 && name != NULL &&
                 strcmp(computed->all[computed->count - 1], name) == 0;
    if (name != NULL && !noted)
        sql_names_add(computed, name);
}

void statement_define(struct lexer *lexer, struct statement *statement)
{
    bool begins = true, as = false;
    for (int depth = 1; depth > 0;) {
        const struct token *token = lexer_next(lexer);
        if (token->kind == TOKEN_END || token_sign(token, ';'))
            return;
        bool definition = begins && depth == 1;
        if (as && token_sign(token, '('))
            note_computed(statement);
        as = depth == 1 && token_word(token, "AS");
        begins = depth == 1 && token_sign(token, ',');
        depth += token_sign(token, '(') - token_sign(token, ')');
        if (definition)
            take_definition(lexer, statement, &depth);
    }
}
