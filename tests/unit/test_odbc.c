/* What is asked of a database before a driver is: connection strings, queries,
 * UTF-16. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "decode/sql/odbc/connection.h"
#include "decode/sql/odbc/query.h"
#include "decode/sql/odbc/wide.h"
#include "net/secrets.h"

START_TEST(strings_lead_to_a_grant)
{
    static const struct {
        const char *said, *grant, *name;
    } rows[] = {
        {"odbc:shop", "dsn:shop", "odbc:shop"},
        {"odbc:DSN=shop;UID=an", "dsn:shop", "odbc:shop"},
        {"odbc:Driver=SQLite3;Database=/a/b.db", "driver:SQLite3",
         "odbc:SQLite3//a/b.db"},
        {"odbc:driver={PostgreSQL Unicode};server=db.vn;database=kh", "db.vn",
         "odbc:db.vn/kh"},
        {"odbc:Driver=MariaDB;Socket=/run/x;Database=kh", "localhost",
         "odbc:localhost/kh"},
        {"odbc:Driver=FreeTDS;Server=tcp:db.vn\\sql,1433", "db.vn",
         "odbc:db.vn"},
        {"odbc:Driver=PostgreSQL;Server=/run/postgresql", "localhost",
         "odbc:localhost"},
        {"odbc:Driver=MDBTools;Server=db.vn;", "driver:MDBTools", "odbc:db.vn"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct connection connection;
        struct err err = {.code = EXIT_DONE};
        ck_assert_msg(connection_open(&connection, rows[i].said, &err), "%s",
                      err.text);
        ck_assert_str_eq(connection.grant, rows[i].grant);
        char *name = connection_name(&connection);
        ck_assert_str_eq(name, rows[i].name);
        free(name);
        ck_assert(!connection_granted(&connection, "other\n", &err));
        ck_assert_ptr_nonnull(strstr(err.text, rows[i].grant));
        ck_assert(connection_granted(&connection, rows[i].grant, &err));
        connection_close(&connection);
    }
}
END_TEST

START_TEST(strings_that_are_refused)
{
    static const struct {
        const char *said, *why;
    } rows[] = {
        {"odbc:", "names no database"},
        {"odbc:Server=x", "names a driver"},
        {"odbc:Driver=a;DSN=b", "names a driver"},
        {"odbc:DSN=a;Server=b", "beside DSN"},
        {"odbc:Driver=/tmp/x.so", "by its path"},
        {"odbc:Driver={../x}", "by its path"},
        {"odbc:DSN=a;Port=5433", "beside DSN"},
        {"odbc:DSN=a;Socket=/tmp/x", "beside DSN"},
        {"odbc:DSN=a;Encrypt=no", "beside DSN"},
        {"odbc:Driver=FreeTDS;Server=a,b", "no port"},
        {"odbc:Driver=FreeTDS;Server=a,1433;Port=1434", "said twice"},
        {"odbc:Driver=PostgreSQL;Server=granted,evil", "no host"},
        {"odbc:Driver=PostgreSQL;Server=granted,evil;Port=5432", "no host"},
        {"odbc:Driver=PostgreSQL;Server=granted,2130706434", "no host"},
        {"odbc:Driver=MariaDB;Server=granted\\evil", "no host"},
        {"odbc:Driver=PostgreSQL;Server=a b", "no host"},
        {"odbc:Driver=PostgreSQL;Server=granted;Database=host=evil", "no name"},
        {"odbc:Driver=PostgreSQL;Server=a;Host=b", "said twice"},
        {"odbc:Driver=SQLite3;LoadExt=x", "odbc.ini"},
        {"odbc:Driver=MariaDB;INITSTMT=x", "odbc.ini"},
        {"odbc:Driver=MariaDB;SAVEFILE=x", "odbc.ini"},
        {"odbc:Driver=MariaDB;pwd={hunter2;x}", "sql_auth"},
        {"odbc:Driver={MariaDB", "no connection string"},
        {"odbc:=x", "no connection string"},
        {"odbc:Driver=MariaDB;x", "no connection string"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct connection connection;
        struct err err = {.code = EXIT_DONE};
        ck_assert_msg(!connection_open(&connection, rows[i].said, &err), "%s",
                      rows[i].said);
        ck_assert_msg(strstr(err.text, rows[i].why) != NULL, "%s: %s",
                      rows[i].said, err.text);
        ck_assert_ptr_null(strstr(err.text, "hunter2"));
        connection_close(&connection);
    }
    ck_assert(secrets_within("hunter2;x"));
    secrets_forget();
}
END_TEST

START_TEST(values_stand_in_braces)
{
    struct buf text = {0};
    connection_add(&text, "UID", "an");
    connection_add(&text, "PWD", "a;b}=c");
    ck_assert_str_eq(buf_text(&text), "UID=an;PWD={a;b}}=c};");
    buf_release(&text);
}
END_TEST

START_TEST(queries_that_read)
{
    static const char *const reads[] = {
        "SELECT 1",
        " ( select 1 ) ; ; -- end",
        "/* DELETE */ WITH x AS (SELECT 1) SELECT * FROM x;",
        "SELECT 'it''s; DELETE', \"into\", `update` FROM a",
        "SELECT 'it''s DELETE', [merge] FROM a",
        "SELECT insert('a', 1, 2, 'b')",
        "SELECT updated, into_x, deleted FROM a",
        "SELECT string_agg(a, ';') /* ; */ FROM b -- ;",
        "SELECT a[1], $1, '\\' FROM b;",
        "SELECT [a]]b] FROM c",
    };
    static const char *const others[] = {
        "",
        " ; -- x",
        "DELETE FROM a",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE a",
        "SELECT * INTO b FROM a",
        "WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x",
        "PRAGMA user_version",
        "/* x */ EXEC sp_who",
        "SELECT 'x' /*!INTO OUTFILE '/tmp/x'*/",
        "SELECT 5--1 INTO OUTFILE '/tmp/x'",
        "SELECT 1 # '\n INTO DUMPFILE '/tmp/x' # '",
        "SELECT '\\'' INTO outfile '/tmp/x' -- '",
        "SELECT 1 -- x\rINTO b",
        "SELECT $$'$$ AS x; COMMIT; --'",
        "SELECT E'\\'' AS x; COMMIT; --'",
        "SELECT 1 AS x /* /* */ ' */; COMMIT; --'",
        "SELECT (ARRAY['])[1]; COMMIT; --']",
        "SELECT 1 AS [a]]'] EXEC sp_who --'",
        "SELECT \"a\"\"'\", 1; COMMIT --'",
    };
    /* Where nothing but these words keeps a session from writing. */
    static const char *const freely[] = {
        "SELECT 1 EXEC('DELETE FROM a COMMIT')",
        "SELECT 1 execute sp_executesql N'x'",
        "SELECT 1 DROP TABLE a COMMIT",
        "SELECT 1\nTRUNCATE TABLE a",
        "SELECT * FROM OPENROWSET('a', 'b', 'DELETE FROM c')",
    };
    struct err err;
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++)
        ck_assert_msg(query_reads(reads[i], false, &err), "%s: %s", reads[i],
                      err.text);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(!query_reads(others[i], false, &err), "%s", others[i]);
    for (size_t i = 0; i < sizeof freely / sizeof *freely; i++)
        ck_assert_msg(!query_reads(freely[i], false, &err), "%s", freely[i]);
    ck_assert(query_reads("SELECT commit, drop FROM a", true, &err));
}
END_TEST

START_TEST(wide_texts_come_back)
{
    static const char text[] = "Huế 𝒳 kh";
    struct buf wide = {0}, back = {0};
    uint16_t high = 0;
    wide_from(&wide, text, sizeof text - 1);
    /* Unit by unit, as pieces may end anywhere. */
    for (size_t i = 0; i < wide.len; i += 2) {
        uint16_t unit;
        memcpy(&unit, wide.at + i, sizeof unit);
        ck_assert(wide_to(&back, &unit, 1, &high));
    }
    ck_assert_uint_eq(high, 0);
    ck_assert_str_eq(buf_text(&back), text);
    static const uint16_t low[] = {0xDC00}, twice[] = {0xD800, 0xD800},
                          alone[] = {0xD800, 'a'};
    ck_assert(!wide_to(&back, low, 1, &high));
    high = 0;
    ck_assert(!wide_to(&back, twice, 2, &high));
    high = 0;
    ck_assert(!wide_to(&back, alone, 2, &high));
    buf_release(&wide);
    buf_release(&back);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("odbc");
    tcase_add_test(tests, strings_lead_to_a_grant);
    tcase_add_test(tests, strings_that_are_refused);
    tcase_add_test(tests, values_stand_in_braces);
    tcase_add_test(tests, queries_that_read);
    tcase_add_test(tests, wide_texts_come_back);
    Suite *suite = suite_create("odbc");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
