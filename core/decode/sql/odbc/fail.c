/* fail.c: the first record of what a driver says, and by its SQLSTATE what is
 * to be done. The driver manager and the driver put their names in front. */
#include <string.h>

#include "net/secrets.h"
#include "state.h"
#include "wide.h"

static const struct {
    const char *state; /* it begins so */
    enum exit_code code;
    const char *advice;
} classes[] = {
    {"28", EXIT_USAGE, "sql_auth in a configuration file says who we are"},
    {"IM002", EXIT_USAGE, "`odbcinst -q -s` lists the names that there are"},
    {"IM", EXIT_USAGE, "is the driver installed? `odbcinst -q -d` lists them"},
    {"01S00", EXIT_USAGE, "is it what the driver understands?"},
    {"08", EXIT_PENDING,
     "is the server there, and may this machine and user "
     "come in?"},
    {"57", EXIT_PENDING, "the server has ended it; run it again"},
    {"HYT", EXIT_PENDING, "query_timeout and login_timeout give it more time"},
    {"42", EXIT_USAGE, "is the query one of this database?"},
    {"07", EXIT_USAGE, "do params fit the query's ?"},
    {"22", EXIT_INPUT, "a value of the query or of its params does not fit"},
    {"25006", EXIT_USAGE, "the query does more than read"},
    {"", EXIT_INPUT, NULL},
};

/* "[unixODBC][Driver Manager]Data source name not found" */
static const char *own_words(const char *text)
{
    while (*text == '[' && strchr(text, ']') != NULL)
        text = strchr(text, ']') + 1;
    return text + strspn(text, " ");
}

/* On one line. */
static void flatten(char *text)
{
    size_t len = 0;
    for (const char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at > ' ')
            text[len++] = *at;
        else if (len > 0 && text[len - 1] != ' ')
            text[len++] = ' ';
    while (len > 0 && strchr(" ;.", text[len - 1]) != NULL)
        len--;
    text[len] = '\0';
}

static bool say(const char *state, char *words, struct err *err)
{
    size_t class = 0;
    while (strncmp(state, classes[class].state, strlen(classes[class].state)) !=
           0)
        class ++;
    const char *advice = classes[class].advice;
    secrets_scrub(words);
    flatten(words);
    return err_set(err, classes[class].code, "%.600s (SQLSTATE %s)%s%s",
                   own_words(words), state, advice ? "; " : "",
                   advice ? advice : "");
}

bool odbc_fail(SQLSMALLINT kind, SQLHANDLE handle, struct err *err)
{
    enum { STATE = 5, WORDS = 1000 };
    SQLWCHAR state[STATE + 1] = {0}, words[WORDS];
    SQLSMALLINT len = 0;
    SQLINTEGER number;
    struct buf state_text = {0}, text = {0};
    uint16_t high = 0;
    if (!odbc_good(SQLGetDiagRecW(kind, handle, 1, state, &number, words, WORDS,
                                  &len)))
        return err_set(err, EXIT_INPUT,
                       "the driver fails and does not say why");
    size_t count = len < 0 ? 0 : len < WORDS ? (size_t)len : WORDS - 1;
    wide_to(&state_text, state, STATE, &high);
    high = 0;
    wide_to(&text, words, count, &high);
    buf_text(&text);
    say(buf_text(&state_text), text.at, err);
    buf_release(&state_text);
    buf_release(&text);
    return false;
}
