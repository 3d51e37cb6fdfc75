/* statement.c: what a statement is, its first words tell. Where one ends is not
 * said in the same way everywhere: by a semicolon, by GO or a slash on a line
 * of its own, or by the next INSERT. */
#include "statement.h"

#include <string.h>
#include <strings.h>

static const char *const queries[] = {"SELECT", "WITH", NULL};

/* A batch's end: what stands behind it on its line is no statement. */
static bool ends_batch(struct lexer *lexer, const struct token *token)
{
    bool ends =
        token->first && (token_word(token, "GO") || token_sign(token, '/'));
    if (ends)
        dump_pass_line(&lexer->text);
    return ends;
}

/* INSERT was taken: does INTO, or a name in brackets, stand behind it? Others
 * are of rights and triggers. */
static bool inserts(struct lexer *lexer)
{
    static const char into[] = "INTO";
    struct dump_text *text = &lexer->text;
    size_t at = 0, same = 0;
    int byte;
    if (!token_word(&lexer->token, "INSERT"))
        return false;
    while ((byte = dump_look(text, at)) == ' ' || byte == '\t')
        at++;
    while (into[same] != '\0' &&
           (dump_look(text, at + same) | 0x20) == (into[same] | 0x20))
        same++;
    return into[same] == '\0' || dump_look(text, at) == '[';
}

bool statement_skip(struct lexer *lexer)
{
    static const char *const begin[] = {"INSERT", "CREATE", "COPY", NULL};
    int depth = 0;
    for (bool values = false, rows = false;;) {
        const struct token *token = lexer_next(lexer);
        if (token->kind == TOKEN_END)
            return rows;
        if (token_sign(token, ';') || ends_batch(lexer, token)) {
            lexer->depth = 0;
            return rows;
        }
        if (depth <= 0 &&
            ((token->first && token_any(token, begin)) || inserts(lexer))) {
            lexer_back(lexer);
            return rows;
        }
        rows = rows || (values && token_sign(token, '('));
        values = depth <= 0 && token_word(token, "VALUES");
        depth += token_sign(token, '(') - token_sign(token, ')');
    }
}

/* A trigger, a procedure: statements in a statement; those of a rule stand in
 * brackets. */
static void skip_body(struct lexer *lexer, bool rule)
{
    static const char *const loops[] = {"IF", "LOOP", "WHILE", "REPEAT", NULL};
    bool batches = lexer->dialect->nested && lexer->dialect->brackets;
    int depth = 0, open = lexer->depth;
    batches = batches || strcmp(lexer->dialect->name, "oracle") == 0;
    for (;;) {
        const struct token *token = lexer_next(lexer);
        if (token->kind == TOKEN_END || ends_batch(lexer, token) ||
            (token_sign(token, ';') && depth <= 0 && !batches &&
             (!rule || lexer->depth <= open)))
            return;
        if (token_word(token, "BEGIN") || token_word(token, "CASE")) {
            depth++;
        } else if (token_word(token, "END")) {
            token = lexer_next(lexer);
            depth -= !token_any(token, loops);
            if (!token_any(token, loops) && !token_word(token, "CASE"))
                lexer_back(lexer);
        }
    }
}

/* Up to the line that sets the semicolon again. */
static void skip_delimited(struct lexer *lexer)
{
    struct dump_text *text = &lexer->text;
    static const char word[] = "DELIMITER";
    bool usual = false;
    while (!usual && dump_look(text, 0) >= 0) {
        int byte = dump_look(text, 0);
        while (byte == ' ' || byte == '\t') {
            dump_pass(text);
            byte = dump_look(text, 0);
        }
        usual = byte == ';' && dump_look(text, 1) != ';' &&
                dump_look(text, 1) != ' ';
        dump_pass_line(text);
        while (!usual && dump_look(text, sizeof word - 1) >= 0 &&
               strncasecmp(text->buf.at + text->at, word, sizeof word - 1) != 0)
            dump_pass_line(text);
        for (size_t i = 0; !usual && i < sizeof word - 1; i++)
            if (dump_look(text, 0) >= 0)
                dump_pass(text);
    }
}

/* `a.b.c`, whose first part was taken; the next token is the one behind it. */
static bool take_name(struct lexer *lexer, struct buf *name)
{
    buf_clear(name);
    if (!token_is_name(&lexer->token) || lexer->token.broken)
        return false;
    token_add_name(name, &lexer->token);
    while (token_sign(lexer_next(lexer), '.')) {
        const struct token *token = lexer_next(lexer);
        if (!token_is_name(token) || token->broken)
            return buf_clear(name), false;
        buf_putc(name, '.');
        token_add_name(name, token);
    }
    lexer_back(lexer);
    return true;
}

/* `(a, b)`, where a list stands next, and no query in brackets. */
static bool take_list(struct lexer *lexer, struct statement *statement)
{
    const struct token *token = lexer_next(lexer);
    if (!token_sign(token, '('))
        return lexer_back(lexer), true;
    do {
        token = lexer_next(lexer);
        if (token_sign(token, ')'))
            return true;
        if (token_any(token, queries))
            return lexer_back(lexer), true;
        if (!statement_add_column(statement, token))
            return false;
        token = lexer_next(lexer);
    } while (token_sign(token, ','));
    return token_sign(token, ')');
}

/* The rest of it, from the token taken last on, is passed. */
static enum statement_kind broken(struct lexer *lexer,
                                  struct statement *statement,
                                  const char *fault)
{
    statement->fault = fault;
    if (lexer->token.kind == TOKEN_END) {
        lexer->cut = lexer->begun;
        return STATEMENT_END;
    }
    lexer_back(lexer);
    statement_skip(lexer);
    return STATEMENT_BROKEN;
}

/* INSERT, or INTO, was taken. */
static enum statement_kind take_insert(struct lexer *lexer,
                                       struct statement *statement)
{
    static const char *const between[] = {
        "INTO",     "IGNORE", "LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED",
        "OR",       "ALL",    "FIRST",        "OVERWRITE",     "TABLE",
        "ROLLBACK", "ABORT",  "REPLACE",      "FAIL",          NULL};
    static const char *const behind[] = {"OVERRIDING", "SYSTEM", "USER",
                                         "VALUE", NULL};
    static const char *const others[] = {"DEFAULT", "SET", "EXEC", NULL};
    lexer->one_line = true;
    const struct token *token = lexer_next(lexer);
    while (token_any(token, between))
        token = lexer_next(lexer);
    bool temporary = token_sign(token, '#'), named = !temporary;
    if (named)
        named = take_name(lexer, &statement->name);
    lexer->one_line = false;
    if (temporary) {
        statement_skip(lexer);
        return STATEMENT_END;
    }
    if (!named)
        return broken(lexer, statement,
                      "the table that INSERT names is not there");
    if (!take_list(lexer, statement))
        return broken(lexer, statement, "the list of columns is broken");
    token = lexer_next(lexer);
    while (token_any(token, behind))
        token = lexer_next(lexer);
    if (token_word(token, "VALUES"))
        return STATEMENT_INSERT;
    if (token_sign(token, '('))
        token = lexer_next(lexer);
    lexer_back(lexer);
    bool query = token_any(token, queries);
    statement->sound = query || token_any(token, others);
    return broken(lexer, statement,
                  query ? "INSERT … SELECT holds no rows to be read"
                        : "an INSERT without VALUES holds no rows to be read");
}

static enum statement_kind take_table(struct lexer *lexer,
                                      struct statement *statement)
{
    static const char *const between[] = {"IF", "NOT", "EXISTS", NULL};
    const struct token *token = lexer_next(lexer);
    while (token_any(token, between))
        token = lexer_next(lexer);
    if (take_name(lexer, &statement->name) &&
        token_sign(lexer_next(lexer), '('))
        statement_define(lexer, statement);
    else
        lexer_back(lexer);
    statement_skip(lexer);
    return STATEMENT_CREATE;
}

/* Answers STATEMENT_END where it is none of a table. */
static enum statement_kind take_create(struct lexer *lexer,
                                       struct statement *statement)
{
    static const char *const between[] = {
        "OR",     "REPLACE",  "GLOBAL",  "LOCAL",       "TEMPORARY",
        "TEMP",   "UNLOGGED", "DEFINER", "EDITIONABLE", "NONEDITIONABLE",
        "COLUMN", "ALTER",    NULL};
    static const char *const bodies[] = {"TRIGGER",  "PROCEDURE", "PROC",
                                         "FUNCTION", "PACKAGE",   "EVENT",
                                         "RULE",     NULL};
    const struct token *token = lexer_next(lexer);
    while (token_any(token, between) || token->kind == TOKEN_NAME ||
           token->kind == TOKEN_TEXT || token_sign(token, '=') ||
           token_sign(token, '@'))
        token = lexer_next(lexer);
    if (token_word(token, "TABLE"))
        return take_table(lexer, statement);
    if (token_any(token, bodies)) {
        skip_body(lexer, token_word(token, "RULE"));
        return STATEMENT_END;
    }
    lexer_back(lexer);
    statement_skip(lexer);
    return STATEMENT_END;
}

/* The options of a COPY, up to its semicolon. */
static bool has_options(struct lexer *lexer)
{
    static const char *const plain[] = {"WITH", "FORMAT", "TEXT", NULL};
    const struct token *token;
    bool some = false;
    while (!token_sign(token = lexer_next(lexer), ';') &&
           token->kind != TOKEN_END)
        some = some || (token->kind != TOKEN_SIGN && !token_any(token, plain));
    return some;
}

static enum statement_kind take_copy(struct lexer *lexer,
                                     struct statement *statement)
{
    lexer_next(lexer);
    if (!take_name(lexer, &statement->name) || !take_list(lexer, statement) ||
        !token_word(lexer_next(lexer), "FROM") ||
        !token_word(lexer_next(lexer), "STDIN")) {
        lexer_back(lexer);
        statement_skip(lexer);
        return STATEMENT_END;
    }
    bool options = has_options(lexer);
    dump_pass_line(&lexer->text);
    if (!options)
        return STATEMENT_COPY;
    statement_skip_copy(lexer);
    return broken(lexer, statement,
                  "COPY with options is not read, only its plain text");
}

/* Keys, defaults and owners come behind the rows in every dump, and change
 * none. */
static bool alters_rows(struct lexer *lexer)
{
    static const char *const verbs[] = {"ADD", "DROP", NULL};
    const struct token *token = lexer_next(lexer);
    bool changes = token_word(token, "RENAME");
    if (token_any(token, verbs))
        changes = token_word(lexer_next(lexer), "COLUMN");
    lexer_back(lexer);
    return changes;
}

/* UPDATE, DELETE, TRUNCATE, MERGE, DROP or ALTER was taken. */
static enum statement_kind take_change(struct lexer *lexer,
                                       struct statement *statement)
{
    static const char *const between[] = {
        "FROM",    "INTO", "TABLE", "IF",           "EXISTS", "ONLY",   "OR",
        "REPLACE", "FAIL", "ABORT", "LOW_PRIORITY", "QUICK",  "IGNORE", NULL};
    bool alters = token_word(&lexer->token, "ALTER");
    while (token_any(lexer_next(lexer), between))
        continue;
    bool changes = take_name(lexer, &statement->name);
    if (!changes)
        lexer_back(lexer);
    else if (alters)
        changes = alters_rows(lexer);
    statement_skip(lexer);
    return changes ? STATEMENT_CHANGE : STATEMENT_END;
}

/* One that is none of interest, or what is left of an INSERT. */
static enum statement_kind take_other(struct lexer *lexer,
                                      struct statement *statement)
{
    static const char insert[] = "INSERT";
    const struct token *token = &lexer->token;
    size_t len = sizeof insert - 1;
    bool alike = token->kind == TOKEN_WORD && token->len > len &&
                 strncasecmp(token->text, insert, len) == 0;
    if (lexer->dialect->bare && token_word(token, "BEGIN"))
        lexer->ending = "COMMIT;";
    else if (lexer->dialect->bare &&
             (token_word(token, "COMMIT") || token_word(token, "END")))
        lexer->ending = NULL;
    if (!statement_skip(lexer) && !alike)
        return STATEMENT_END;
    buf_clear(&statement->name);
    statement->fault = "rows stand here, and no INSERT before them";
    return STATEMENT_BROKEN;
}

/* STATEMENT_END: it is none of interest. */
static enum statement_kind take(struct lexer *lexer,
                                struct statement *statement)
{
    static const char *const lines[] = {"REM", "REMARK", "PROMPT", NULL};
    static const char *const changes[] = {
        "UPDATE", "DELETE", "TRUNCATE", "MERGE", "DROP", "ALTER", NULL};
    const struct token *token = &lexer->token;
    if (token_word(token, "INSERT") || token_word(token, "REPLACE") ||
        token_word(token, "INTO"))
        return take_insert(lexer, statement);
    if (token_word(token, "CREATE"))
        return take_create(lexer, statement);
    if (token_word(token, "COPY"))
        return take_copy(lexer, statement);
    if (token_any(token, changes))
        return take_change(lexer, statement);
    if (token_word(token, "DELIMITER"))
        skip_delimited(lexer);
    else if (token_any(token, lines) || token_sign(token, '\\'))
        dump_pass_line(&lexer->text);
    else if (!token_sign(token, ';') && !ends_batch(lexer, token))
        return take_other(lexer, statement);
    return STATEMENT_END;
}

void statement_next(struct lexer *lexer, struct statement *statement)
{
    statement->kind = STATEMENT_END;
    while (statement->kind == STATEMENT_END &&
           lexer_next(lexer)->kind != TOKEN_END) {
        lexer->begun = lexer->token.line;
        lexer->depth = token_sign(&lexer->token, '(');
        sql_names_release(&statement->columns);
        sql_names_release(&statement->computed);
        statement->line = lexer->token.line;
        statement->fault = NULL;
        statement->sound = false;
        statement->kind = take(lexer, statement);
    }
}

void statement_release(struct statement *statement)
{
    buf_release(&statement->name);
    sql_names_release(&statement->columns);
    sql_names_release(&statement->computed);
}

void statement_skip_copy(struct lexer *lexer)
{
    struct dump_text *text = &lexer->text;
    while (dump_look(text, 0) >= 0) {
        bool last = dump_look(text, 0) == '\\' && dump_look(text, 1) == '.';
        dump_pass_line(text);
        if (last)
            return;
    }
    lexer->cut = lexer->begun;
}

bool statement_names(const char *name, const char *asked)
{
    size_t len = strlen(name), end = strlen(asked);
    return end <= len && strcasecmp(name + len - end, asked) == 0 &&
           (end == len || name[len - end - 1] == '.');
}
