/* connect.c: an environment, and a connection that only reads.
 *
 * The driver and the data source are looked up among those that this machine
 * has before anything is loaded: a name that is none would be taken for the
 * path of a library. Drivers are asked to read only; not all of them hear it,
 * so the session is told as well, and its transaction is never committed. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "decode/sql/names.h"
#include "net/secrets.h"
#include "net/web/login.h"
#include "net/web/web.h"
#include "source/reach.h"
#include "state.h"
#include "wide.h"

/* By the start of the product's name. */
static const struct {
    const char *product, *statement;
} sessions[] = {
    {"PostgreSQL", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"},
    {"MariaDB", "SET SESSION TRANSACTION READ ONLY"},
    {"MySQL", "SET SESSION TRANSACTION READ ONLY"},
    {"SQLite", "PRAGMA query_only = 1"},
};

static SQLPOINTER number(unsigned long value)
{
    return (SQLPOINTER)(SQLULEN)value; /* ODBC's numbers are pointers */
}

typedef SQLRETURN lister(SQLHENV, SQLUSMALLINT, SQLCHAR *, SQLSMALLINT,
                         SQLSMALLINT *, SQLCHAR *, SQLSMALLINT, SQLSMALLINT *);

/* The name as it is written there; `about` is what the list says of it. */
static bool look_up(lister *list, SQLHENV environment, const char *name,
                    char *about, struct sql_names *names)
{
    enum { SIZE = 256 };
    SQLCHAR found[SIZE], more[SIZE];
    SQLSMALLINT len, more_len;
    SQLUSMALLINT where = SQL_FETCH_FIRST;
    while (odbc_good(
        list(environment, where, found, SIZE, &len, more, SIZE, &more_len))) {
        where = SQL_FETCH_NEXT;
        if (strcasecmp((char *)found, name) == 0) {
            memcpy(about, more, SIZE);
            return true;
        }
        sql_names_add(names, (char *)found);
    }
    return false;
}

static void list_names(const struct sql_names *names, struct buf *out)
{
    for (unsigned i = 0; i < names->count && out->len < 300; i++)
        buf_addf(out, "%s\"%s\"", i > 0 ? ", " : "", names->all[i]);
    if (names->count == 0)
        buf_puts(out, "none");
}

/* Appends to the string what makes the driver stream. */
static bool check_names(struct odbc *state, struct err *err)
{
    struct connection *connection = &state->connection;
    const char *dsn = connection->dsn;
    struct sql_names names = {.count = 0};
    struct buf known = {0};
    char about[256] = "";
    bool found =
        dsn ? look_up(SQLDataSources, state->environment, dsn, about, &names)
            : look_up(SQLDrivers, state->environment, connection->driver, about,
                      &names);
    list_names(&names, &known);
    if (found)
        connection_stream(&connection->text, dsn ? about : connection->driver);
    else
        err_set(err, EXIT_USAGE, "\"%.100s\" is no %s (there are: %s)",
                dsn ? dsn : connection->driver,
                dsn ? "data source of odbc.ini" : "driver of odbcinst.ini",
                buf_text(&known));
    buf_release(&known);
    sql_names_release(&names);
    return found;
}

/* Who we are to it: by its grant's name or its host's. */
static bool find_login(const struct connection *connection, const char *lines,
                       struct login *login)
{
    while (lines != NULL && *lines != '\0') {
        const char *names[] = {connection->grant, connection->host};
        bool good = login_read(login, lines) && login->kind == LOGIN_USER;
        for (size_t i = 0; good && i < 2; i++)
            if (names[i] != NULL && strlen(names[i]) == login->host_len &&
                strncasecmp(names[i], login->host, login->host_len) == 0)
                return true;
        lines += strcspn(lines, "\n");
        lines += *lines != '\0';
    }
    return false;
}

static bool add_login(const struct connection *connection,
                      const struct web *web, struct buf *text, struct err *err)
{
    struct login login;
    if (web == NULL || !find_login(connection, web->sql_logins, &login)) {
        if (connection->user != NULL)
            connection_add(text, "UID", connection->user);
        return true;
    }
    char *user = mem_text_n(login.name, login.name_len);
    char *path = mem_text_n(login.file, login.file_len);
    char *secret = web->secret("sql_auth", path, err);
    if (secret != NULL) {
        connection_add(text, "UID", user);
        connection_add(text, "PWD", secret);
        secrets_note(secret);
        mem_wipe(secret, strlen(secret));
    }
    bool good = secret != NULL;
    free(secret);
    free(path);
    free(user);
    return good;
}

static bool connect_with(struct odbc *state, const struct buf *text,
                         struct err *err)
{
    struct buf wide = {0};
    wide_from(&wide, text->at, text->len);
    SQLRETURN code =
        SQLDriverConnectW(state->database, NULL, (SQLWCHAR *)(void *)wide.at,
                          SQL_NTS, NULL, 0, NULL, SQL_DRIVER_NOPROMPT);
    state->connected = odbc_good(code);
    buf_wipe(&wide);
    return state->connected || odbc_fail(SQL_HANDLE_DBC, state->database, err);
}

/* A driver without wide letters is given none by what stands before it. */
static bool is_narrow(const struct odbc *state)
{
    enum { LETTER = 0x1EBF, SIZE = 16 };
    SQLWCHAR text[] = {'\'', LETTER, '\'', 0}, answer[SIZE] = {0};
    SQLINTEGER len = 0;
    if (!odbc_good(
            SQLNativeSqlW(state->database, text, SQL_NTS, answer, SIZE, &len)))
        return false;
    if (answer[0] != text[0]) /* it answers nothing, which tells nothing */
        return false;
    for (size_t i = 0; i < SIZE; i++)
        if (answer[i] == LETTER)
            return false;
    return true;
}

static bool begin_reading(struct odbc *state, struct err *err)
{
    const char *statement = NULL;
    SQLHSTMT session;
    SQLSMALLINT len;
    SQLGetInfo(state->database, SQL_DBMS_NAME, state->product,
               sizeof state->product, &len);
    for (size_t i = 0; i < sizeof sessions / sizeof *sessions; i++)
        if (strncasecmp(state->product, sessions[i].product,
                        strlen(sessions[i].product)) == 0)
            statement = sessions[i].statement;
    state->guarded = statement != NULL;
    state->narrow = is_narrow(state);
    SQLSetConnectAttr(state->database, SQL_ATTR_ACCESS_MODE,
                      number(SQL_MODE_READ_ONLY), 0);
    if (statement != NULL) {
        SQLAllocHandle(SQL_HANDLE_STMT, state->database, &session);
        SQLRETURN code =
            SQLExecDirect(session, (SQLCHAR *)(uintptr_t)statement, SQL_NTS);
        bool good = odbc_good(code) || code == SQL_NO_DATA ||
                    odbc_fail(SQL_HANDLE_STMT, session, err);
        SQLFreeHandle(SQL_HANDLE_STMT, session);
        if (!good)
            return false;
    }
    return odbc_good(SQLSetConnectAttr(state->database, SQL_ATTR_AUTOCOMMIT,
                                       number(SQL_AUTOCOMMIT_OFF), 0)) ||
           odbc_fail(SQL_HANDLE_DBC, state->database, err);
}

bool odbc_connect(struct input *input, struct err *err)
{
    struct odbc *state = input->state;
    const struct odbc_options *options = input->options;
    const struct spec *spec = &input->spec;
    const struct web *web = spec->web;
    if (web == NULL && spec->reach != NULL && spec->reach->grants != NULL)
        web = spec->reach->grants->web;
    if (spec->reach != NULL &&
        !connection_granted(&state->connection, web ? web->hosts : NULL, err))
        return false;
    if (!odbc_good(SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE,
                                  &state->environment)))
        return err_set(err, EXIT_INPUT, "ODBC cannot be begun");
    SQLSetEnvAttr(state->environment, SQL_ATTR_ODBC_VERSION,
                  number(SQL_OV_ODBC3), 0);
    SQLAllocHandle(SQL_HANDLE_DBC, state->environment, &state->database);
    SQLSetConnectAttr(state->database, SQL_ATTR_LOGIN_TIMEOUT,
                      number(options->login_timeout), 0);
    struct buf whole = {0};
    bool good = check_names(state, err);
    buf_add(&whole, state->connection.text.at, state->connection.text.len);
    good = good && add_login(&state->connection, web, &whole, err) &&
           connect_with(state, &whole, err) && begin_reading(state, err);
    buf_wipe(&whole);
    return good;
}
