/* query.c: words, without what stands in quotes and comments. A word that
 * changes what is stored is a keyword in every dialect, so that a column of
 * that name stands in quotes.
 *
 * Servers do not agree on where a text or a comment ends. What they may take
 * for another statement than we do is refused. */
#include "query.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"

static const char *const reading[] = {"SELECT", "WITH", "VALUES", "TABLE",
                                      NULL};
static const char *const writing[] = {"INTO",  "INSERT", "UPDATE",
                                      "MERGE", "DELETE", NULL};
/* Words that run another statement, in one text and without a semicolon between
 * them, or end the transaction that would be undone. */
static const char *const running[] = {
    "EXEC",     "EXECUTE",        "DROP", "TRUNCATE",   "ALTER",     "CREATE",
    "GRANT",    "REVOKE",         "DENY", "COMMIT",     "BACKUP",    "RESTORE",
    "SHUTDOWN", "DBCC",           "BULK", "OPENROWSET", "OPENQUERY", "KILL",
    "DECLARE",  "OPENDATASOURCE", NULL};
/* These make files, which no session is kept from; nothing splits such a word,
 * so that comments and quotes, which no two servers take alike, do not count.
 */
static const char *const files[] = {"OUTFILE", "DUMPFILE", NULL};

static bool is_of(const char *const *words, const char *word, size_t len)
{
    for (; *words != NULL; words++)
        if (strlen(*words) == len && strncasecmp(*words, word, len) == 0)
            return true;
    return false;
}

static bool is_word(char c)
{
    return ascii_digit(c) || ascii_letter(c) || c == '_' || c == '$' ||
           (c & 0x80) != 0;
}

static const char *names_file(const char *query)
{
    for (const char *const *word = files; *word != NULL; word++)
        for (const char *at = query; *at != '\0'; at++)
            if (strncasecmp(at, *word, strlen(*word)) == 0)
                return *word;
    return NULL;
}

/* Past the end of what was begun; at the end, where nothing ends it. */
static const char *past(const char *at, const char *end)
{
    const char *found = strstr(at, end);
    return found ? found + strlen(end) : at + strlen(at);
}

/* Past a quote; one that stands twice ends nothing. */
static const char *past_quote(const char *at, char quote)
{
    while ((at = strchr(at, quote)) != NULL && at[1] == quote)
        at += 2;
    return at;
}

/* Past blanks, comments, and what stands in quotes. */
static const char *skip(const char *at, bool *blank)
{
    static const char opens[] = "'\"`[", closes[] = "'\"`]";
    *blank = true;
    if (strncmp(at, "--", 2) == 0)
        return at + strcspn(at, "\r\n");
    if (strncmp(at, "/*", 2) == 0)
        return past(at + 2, "*/");
    if (*at != '\0' && strchr(" \t\r\n(", *at) != NULL)
        return at + 1;
    *blank = false;
    const char *open = *at != '\0' ? strchr(opens, *at) : NULL;
    if (open == NULL)
        return at;
    const char *end = past_quote(at + 1, closes[open - opens]);
    return end ? end + 1 : at + strlen(at);
}

/* What was skipped. Some servers know comments in comments. *semicolon: one is
 * in it. */
static bool check_skipped(const char *at, const char *next, bool *semicolon,
                          struct err *err)
{
    size_t len = (size_t)(next - at);
    bool comment = len > 3 && strncmp(at, "/*", 2) == 0;
    const char *inner = comment ? strstr(at + 2, "/*") : NULL;
    *semicolon = *semicolon || (len > 1 && memchr(at, ';', len) != NULL);
    return inner == NULL || inner >= next ||
           err_set(err, EXIT_USAGE,
                   "the query has a comment in a comment, which servers do not "
                   "read alike");
}

/* To some servers these begin or end a text, to others not: then what stands in
 * a text may be a statement. */
static bool check_hidden(const char *query, bool semicolon, struct err *err)
{
    return !semicolon || strpbrk(query, "\\$[") == NULL ||
           err_set(err, EXIT_USAGE,
                   "the query has a ; in a text or a comment, and \\, $ or [, "
                   "which servers do not read alike: put the text into params");
}

static bool more_than_reads(const char *word, size_t len, struct err *err)
{
    return err_set(err, EXIT_USAGE,
                   "the query does more than read (%.*s): only SELECT is "
                   "allowed",
                   (int)len, word);
}

static bool check_word(const char *word, size_t len, bool first, bool guarded,
                       struct err *err)
{
    if (first && !is_of(reading, word, len))
        return err_set(err, EXIT_USAGE,
                       "the query begins with \"%.*s\": only a SELECT (WITH, "
                       "VALUES, TABLE) is allowed",
                       len > 20 ? 20 : (int)len, word);
    bool writes = is_of(writing, word, len) && word[len] != '(';
    return (!writes && (guarded || !is_of(running, word, len))) ||
           more_than_reads(word, len, err);
}

bool query_reads(const char *query, bool guarded, struct err *err)
{
    const char *file = names_file(query);
    if (file != NULL)
        return more_than_reads(file, strlen(file), err);
    bool first = true, over = false, semicolon = false, blank;
    for (const char *at = query; *at != '\0';) {
        const char *next = skip(at, &blank);
        size_t len = 0;
        while (next == at && is_word(at[len]))
            len++;
        if (!check_skipped(at, next, &semicolon, err))
            return false;
        if (over && !blank && *at != ';')
            return err_set(err, EXIT_USAGE, "the query is not one statement");
        if (len > 0 && !check_word(at, len, first, guarded, err))
            return false;
        first = first && len == 0;
        over = over || (next == at && *at == ';');
        at = next > at ? next : at + (len > 0 ? len : 1);
    }
    return first ? err_set(err, EXIT_USAGE, "the query is not one statement")
                 : check_hidden(query, semicolon, err);
}
