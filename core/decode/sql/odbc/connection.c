/* connection.c: pairs of a keyword and a value, each keyword of a table. */
#include "connection.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "net/secrets.h"
#include "source/grant.h"

enum part { DRIVER, HOST, PORT, DATABASE, USER, DSN, TEXTS, PLAIN, SECRET };

/* All that may be said; what means the same is one part. */
static const struct {
    const char *name;
    enum part part;
} keywords[] = {
    {"Driver", DRIVER},
    {"Server", HOST},
    {"Servername", HOST},
    {"Host", HOST},
    {"Port", PORT},
    {"Database", DATABASE},
    {"Db", DATABASE},
    {"UID", USER},
    {"User", USER},
    {"DSN", DSN},
    {"PWD", SECRET},
    {"Password", SECRET},
    {"TDS_Version", PLAIN},
    {"SSLmode", PLAIN},
    {"Encrypt", PLAIN},
    {"Socket", PLAIN},
    {"Charset", PLAIN},
    {"ClientCharset", PLAIN},
    {"TrustServerCertificate", PLAIN},
};
enum { KEYWORDS = sizeof keywords / sizeof *keywords };

/* Drivers by a part of their name: those that go to a server, and what makes
 * each of them stream. Any other reads what it likes on this machine. To some a
 * comma in the host is that before a port; to others, before another host. */
static const struct {
    const char *name, *stream;
    bool server, instances; /* "tcp:host\instance,1433" */
} drivers[] = {
    {"postgres", "UseDeclareFetch=1;Fetch=1000;BoolsAsChar=0;", true, false},
    {"psqlodbc", "UseDeclareFetch=1;Fetch=1000;BoolsAsChar=0;", true, false},
    {"mariadb", "FORWARDONLY=1;NO_CACHE=1;", true, false},
    {"mysql", "FORWARDONLY=1;NO_CACHE=1;", true, false},
    {"sqlite", "StepAPI=1;NoCreat=1;", false, false},
    {"sql server", "", true, true},
    {"freetds", "", true, true},
    {"oracle", "", true, false},
};
enum { DRIVERS = sizeof drivers / sizeof *drivers };

static const char scheme[] = "odbc:";

bool connection_is(const char *path)
{
    return path != NULL && strncmp(path, scheme, sizeof scheme - 1) == 0;
}

static int driver_kind(const char *name)
{
    for (int i = 0; i < DRIVERS; i++)
        for (const char *at = name; *at != '\0'; at++)
            if (strncasecmp(at, drivers[i].name, strlen(drivers[i].name)) == 0)
                return i;
    return -1;
}

void connection_stream(struct buf *text, const char *driver)
{
    int kind = driver_kind(driver);
    buf_puts(text, kind < 0 ? "" : drivers[kind].stream);
}

void connection_add(struct buf *text, const char *name, const char *value)
{
    bool plain = strpbrk(value, "{};=[](),?*!@ ") == NULL;
    buf_addf(text, "%s=%s", name, plain ? "" : "{");
    for (const char *at = value; *at != '\0'; at++) {
        buf_putc(text, *at);
        if (!plain && *at == '}')
            buf_putc(text, '}');
    }
    buf_puts(text, plain ? ";" : "};");
}

/* Pairs. */

static char *trimmed(const char *text, size_t len)
{
    while (len > 0 && strchr(" \t", text[0]) != NULL)
        text++, len--;
    while (len > 0 && strchr(" \t", text[len - 1]) != NULL)
        len--;
    return mem_text_n(text, len);
}

/* In braces a closing one stands twice. NULL: it does not end. */
static char *braced(const char **at)
{
    struct buf value = {0};
    const char *from = *at + 1;
    for (; *from != '\0' && (*from != '}' || from[1] == '}'); from++) {
        buf_putc(&value, *from);
        from += *from == '}';
    }
    char *text = *from == '}' ? mem_text(buf_text(&value)) : NULL;
    buf_release(&value);
    from += *from == '}';
    *at = from + strspn(from, " \t");
    return text;
}

/* False: nothing that is one stands there. */
static bool take_pair(const char **at, char **name, char **value)
{
    size_t len = strcspn(*at, "=;");
    if ((*at)[len] != '=')
        return false;
    *name = trimmed(*at, len);
    *at += len + 1;
    *at += strspn(*at, " \t");
    if (**at == '{') {
        *value = braced(at);
    } else {
        len = strcspn(*at, ";");
        *value = trimmed(*at, len);
        *at += len;
    }
    bool good =
        *value != NULL && **name != '\0' && (**at == ';' || **at == '\0');
    *at += **at == ';';
    return good;
}

static char **member(struct connection *connection, enum part part)
{
    char **const members[] = {
        [DRIVER] = &connection->driver,     [HOST] = &connection->host,
        [PORT] = &connection->port,         [USER] = &connection->user,
        [DATABASE] = &connection->database, [DSN] = &connection->dsn,
    };
    return part < TEXTS ? members[part] : NULL;
}

static bool unknown(const char *name, struct err *err)
{
    struct buf known = {0};
    for (int i = 0; i < KEYWORDS; i++)
        if (keywords[i].part != SECRET)
            buf_addf(&known, "%s%s", i > 0 ? ", " : "", keywords[i].name);
    err_set(err, EXIT_USAGE,
            "\"%.40s\" is not what a connection string says here (%s): "
            "other words belong into odbc.ini, under a name that dsn says",
            name, buf_text(&known));
    buf_release(&known);
    return false;
}

/* Who we are is said to the driver at last, by whoever knows it. */
static bool take(struct connection *connection, const char *name, char *value,
                 unsigned *seen, struct err *err)
{
    int at = 0;
    while (at < KEYWORDS && strcasecmp(keywords[at].name, name) != 0)
        at++;
    if (at == KEYWORDS)
        return unknown(name, err);
    enum part part = keywords[at].part;
    unsigned mark = 1u << (part < TEXTS ? (int)part : PLAIN + at);
    if (part == SECRET) {
        secrets_note(value);
        return err_set(err, EXIT_USAGE,
                       "%s is a secret, which stands in no connection string: "
                       "sql_auth in a configuration file says it",
                       keywords[at].name);
    }
    if ((*seen & mark) != 0)
        return err_set(err, EXIT_USAGE, "%s is said twice", keywords[at].name);
    *seen |= mark;
    if (part != USER)
        connection_add(&connection->text, keywords[at].name, value);
    if (part < TEXTS)
        *member(connection, part) = mem_text(value);
    return true;
}

static bool take_all(struct connection *connection, const char *at,
                     unsigned *seen, struct err *err)
{
    bool good = true;
    for (at += strspn(at, " \t;"); good && *at != '\0';
         at += strspn(at, " \t;")) {
        char *name = NULL, *value = NULL;
        good = take_pair(&at, &name, &value)
                   ? take(connection, name, value, seen, err)
                   : err_set(err, EXIT_USAGE,
                             "is no connection string: Name=value;Name=value; "
                             "is one, a value with ; or } in it in { }");
        free(name);
        free(value);
    }
    return good;
}

/* What is meant. */

static bool is_name(const char *text, const char *others)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    size_t len = text != NULL ? strlen(text) : 0, at = 0;
    while (at < len && (strchr(letters, text[at]) || strchr(others, text[at]) ||
                        (text[at] & 0x80) != 0))
        at++;
    return len > 0 && at == len;
}

/* What stands around the host in "tcp:host\instance,1433" is taken off. */
static char *bare_host(struct connection *connection, const char *said,
                       struct err *err)
{
    said += strncasecmp(said, "tcp:", 4) == 0 ? 4 : 0;
    size_t comma = strcspn(said, ",");
    if (said[comma] == ',' && connection->port != NULL) {
        err_set(err, EXIT_USAGE, "Port is said twice");
        return NULL;
    }
    if (said[comma] == ',')
        connection->port = mem_text(said + comma + 1);
    return mem_text_n(said, strcspn(said, "\\,"));
}

/* The host is what a person grants; a path is a socket of this machine. */
static bool find_host(struct connection *connection, bool instances,
                      struct err *err)
{
    const char *said = connection->host ? connection->host : "";
    bool local = *said == '/' || *said == '\0';
    char *host = local       ? mem_text("localhost")
                 : instances ? bare_host(connection, said, err)
                             : mem_text(said);
    if (host == NULL)
        return false;
    free(connection->host);
    connection->host = host;
    if (!is_name(host, ":[]"))
        return err_set(err, EXIT_USAGE, "\"%.100s\" is no host", host);
    const char *port = connection->port ? connection->port : "0";
    if (*port == '\0' || port[strspn(port, "0123456789")] != '\0')
        return err_set(err, EXIT_USAGE, "\"%.40s\" is no port", port);
    if (connection->database != NULL && strpbrk(connection->database, "=/"))
        return err_set(err, EXIT_USAGE, "\"%.100s\" is no name of a database",
                       connection->database);
    connection->grant = mem_text(host);
    return true;
}

static bool settle(struct connection *connection, unsigned seen,
                   struct err *err)
{
    int kind = connection->driver ? driver_kind(connection->driver) : -1;
    if ((connection->driver == NULL) == (connection->dsn == NULL))
        return err_set(err, EXIT_USAGE,
                       "a connection string names a driver of odbcinst.ini "
                       "(Driver=…), or a data source of odbc.ini (DSN=…)");
    if (connection->dsn != NULL && (seen & ~(1u << DSN | 1u << USER)) != 0)
        return err_set(err, EXIT_USAGE,
                       "beside DSN nothing is said but UID: what leads to the "
                       "server stands in odbc.ini");
    if (!is_name(connection->dsn ? connection->dsn : connection->driver,
                 " ()+"))
        return err_set(err, EXIT_USAGE,
                       "a driver and a data source are names of odbcinst.ini "
                       "and odbc.ini: no library is loaded by its path");
    if (kind >= 0 && drivers[kind].server)
        return find_host(connection, drivers[kind].instances, err);
    connection->grant = connection->dsn
                            ? mem_format("dsn:%s", connection->dsn)
                            : mem_format("driver:%s", connection->driver);
    return true;
}

bool connection_open(struct connection *connection, const char *path,
                     struct err *err)
{
    const char *said = path + sizeof scheme - 1;
    unsigned seen = 0;
    *connection = (struct connection){.dsn = NULL};
    if (*said == '\0')
        return err_set(err, EXIT_USAGE,
                       "names no database: fast.sql { dsn = \"NAME\", query = "
                       "\"SELECT …\" }");
    if (strchr(said, '=') != NULL)
        return take_all(connection, said, &seen, err) &&
               settle(connection, seen, err);
    connection->dsn = mem_text(said);
    connection_add(&connection->text, "DSN", said);
    return settle(connection, seen, err);
}

char *connection_name(const struct connection *connection)
{
    const char *database = connection->database;
    return connection->dsn
               ? mem_format("%s%s", scheme, connection->dsn)
               : mem_format("%s%s%s%s", scheme,
                            connection->host ? connection->host
                                             : connection->driver,
                            database ? "/" : "", database ? database : "");
}

void connection_close(struct connection *connection)
{
    for (enum part part = DRIVER; part < TEXTS; part++)
        free(*member(connection, part));
    free(connection->grant);
    buf_release(&connection->text);
    *connection = (struct connection){.dsn = NULL};
}

bool connection_granted(const struct connection *connection, const char *grants,
                        struct err *err)
{
    char how[GRANT_HOW];
    bool granted = grant_listed(grants, connection->grant);
    if (connection->port != NULL) {
        char *both = mem_format("%s:%s", connection->host, connection->port);
        granted = granted || grant_listed(grants, both);
        free(both);
    }
    return granted ||
           err_set(err, EXIT_USAGE,
                   "a script may read from this database only where it is "
                   "granted: %s",
                   grant_how(how, GRANT_NET, connection->grant));
}
