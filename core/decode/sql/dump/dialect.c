/* dialect.c: who wrote a dump is told by its words of greeting, and by what
 * only one server's language has: by whichever comes first, as any of them may
 * stand in a text as well. */
#include "dialect.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "decode/encoding/fold.h"

const struct dump_dialect dump_dialects[] = {
    {.name = "standard",
     .title = "of no known server",
     .brackets = true,
     .dollar = true,
     .double_text = true},
    {.name = "mysql",
     .title = "MySQL or MariaDB",
     .backslash = true,
     .hash = true,
     .double_text = true},
    {.name = "postgresql",
     .title = "PostgreSQL",
     .nested = true,
     .dollar = true,
     .bits = true},
    {.name = "sqlserver",
     .title = "SQL Server",
     .brackets = true,
     .nested = true},
    {.name = "oracle", .title = "Oracle"},
    {.name = "sqlite",
     .title = "SQLite",
     .brackets = true,
     .double_text = true,
     .bare = true},
    {.name = NULL},
};

static const struct sign {
    const char *sign, *name;
    bool weak; /* any other one counts more, wherever it stands */
} signs[] = {
    {"MySQL dump", "mysql", false},
    {"MariaDB dump", "mysql", false},
    {"phpMyAdmin", "mysql", false},
    {"PostgreSQL database", "postgresql", false},
    {"standard_conforming_strings", "postgresql", false},
    {"ENGINE=", "mysql", false},
    {"SET NAMES utf8", "mysql", false},
    {" FROM stdin", "postgresql", false},
    {"IDENTITY_INSERT ", "sqlserver", false},
    {"SET ANSI_NULLS", "sqlserver", false},
    {"[dbo].", "sqlserver", false},
    {"\nGO\n", "sqlserver", false},
    {"\nGO\r", "sqlserver", false},
    {"REM INSERTING", "oracle", false},
    {"SET DEFINE OFF", "oracle", false},
    {"VARCHAR2(", "oracle", false},
    {"TO_DATE(", "oracle", false},
    {"q'[", "oracle", false},
    {"PRAGMA foreign_keys", "sqlite", false},
    {"BEGIN TRANSACTION;", "sqlite", true},
    {"INTO `", "mysql", true},
    {"TABLE `", "mysql", true},
};

static const struct dump_dialect *find(const char *name)
{
    for (const struct dump_dialect *at = dump_dialects; at->name; at++)
        if (strcasecmp(at->name, name) == 0)
            return at;
    return NULL;
}

/* The sign that stands there, or NULL. */
static const struct sign *sign_at(const char *text)
{
    char first = ascii_lower(*text);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (ascii_lower(signs[i].sign[0]) == first &&
            strncasecmp(text, signs[i].sign, strlen(signs[i].sign)) == 0)
            return &signs[i];
    return NULL;
}

/* How the comment ends that begins there; NULL: none does. Elsewhere than at a
 * line's beginning, a # may be of a name. */
static const char *comment_end(const char *at, bool line_begins)
{
    if (strncmp(at, "/*", 2) == 0)
        return "*/";
    return strncmp(at, "--", 2) == 0 || (line_begins && *at == '#') ? "\n"
                                                                    : NULL;
}

/* What stands in a text does not count; comments may have apostrophes. */
const struct dump_dialect *dump_dialect_of(const char *head)
{
    const struct sign *found = NULL;
    const char *end = NULL; /* of the comment at hand */
    bool text = false, line_begins = true;
    for (; *head != '\0' && (found == NULL || found->weak); head++) {
        if (end != NULL && strncmp(head, end, strlen(end)) == 0)
            end = NULL;
        else if (end == NULL && !text)
            end = comment_end(head, line_begins);
        text = text != (*head == '\'' && end == NULL);
        line_begins = *head == '\n';
        const struct sign *sign = text ? NULL : sign_at(head);
        if (sign != NULL && (found == NULL || !sign->weak))
            found = sign;
    }
    return found != NULL ? find(found->name) : dump_dialects;
}

bool dump_dialect_set(void *dialect, const struct option_value *value,
                      struct err *err)
{
    const struct dump_dialect *found = find(value->text);
    if (found == NULL)
        return err_set(err, EXIT_USAGE,
                       "\"%s\" is none of mysql, postgresql, sqlserver, "
                       "oracle, sqlite and standard",
                       option_show(value, &(struct option_shown){""}));
    *(const struct dump_dialect **)dialect = found;
    return true;
}

/* Is it a dump? */

static const char *skip_line(const char *at)
{
    at += strcspn(at, "\n");
    return at + (*at == '\n');
}

/* White space, and comments of all kinds. */
static const char *skip_comments(const char *at)
{
    for (;;) {
        at += strspn(at, " \t\r\n;");
        if (strncmp(at, "--", 2) == 0 || *at == '#' ||
            strncasecmp(at, "REM ", 4) == 0) {
            at = skip_line(at);
        } else if (strncmp(at, "/*", 2) == 0) {
            const char *end = strstr(at, "*/");
            at = end ? end + 2 : at + strlen(at);
        } else {
            return at;
        }
    }
}

static bool begins(const char *at, const char *const *words)
{
    for (; *words != NULL; words++) {
        size_t len = strlen(*words);
        if (strncasecmp(at, *words, len) == 0 &&
            (at[len] == '\0' || strchr(" \t\r\n;`\"[", at[len]) != NULL))
            return true;
    }
    return false;
}

/* `COPY name (columns) FROM stdin` on one line. */
static bool is_copy(const char *at)
{
    const char *end = skip_line(at);
    if (strncasecmp(at, "COPY ", 5) != 0)
        return false;
    for (; at < end; at++)
        if (strncasecmp(at, " FROM STDIN", 11) == 0)
            return true;
    return false;
}

static bool has_data(const char *at)
{
    static const char *const words[] = {
        "INSERT INTO",  "INSERT IGNORE INTO", "INSERT ALL", "INSERT [",
        "REPLACE INTO", "CREATE TABLE",       "INSERT OR",  NULL};
    for (; *at != '\0'; at = skip_line(at)) {
        at += strspn(at, " \t\r\n");
        if (begins(at, words) || strncasecmp(at, "INSERT [", 8) == 0 ||
            is_copy(at))
            return true;
    }
    return false;
}

/* A table of lines and cells may begin with one of these words, and may have
 * such a line; hardly both. */
int dump_sniff(const char *head, size_t len)
{
    static const char *const words[] = {
        "INSERT",     "REPLACE",   "CREATE",   "DROP",      "SET",
        "USE",        "BEGIN",     "PRAGMA",   "START",     "LOCK",
        "ALTER",      "COPY",      "SELECT",   "DELETE",    "GO",
        "PRINT",      "IF",        "TRUNCATE", "DELIMITER", "PROMPT",
        "\\restrict", "\\connect", "DECLARE",  NULL};
    enum { PLAIN = 90, MAYBE = 30 };
    struct buf text = {0};
    fold_head(&text, head, len);
    const char *first = skip_comments(buf_text(&text));
    bool comment = first > text.at + strspn(text.at, " \t\r\n");
    int sure = begins(first, words)        ? (has_data(first) ? PLAIN : MAYBE)
               : *first == '\0' && comment ? MAYBE
                                           : 0;
    buf_release(&text);
    return sure;
}
