/* What each kind of the sandbox's faults answers and leaves in the store; and
 * the store's file. test_sandbox_draws.c has what is played when,
 * test_sandbox_breaks.c what a client sees of it. */
#include <check.h>
#include <curl/curl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "form/form.h"
#include "sandbox/api.h"
#include "sandbox/page.h"

#define RECORD(code)                                                           \
    "{\"CustomerCode\":\"" code "\",\"CustomerName\":\"A\",\"status\":\"1\"}"
#define BODY(records) "{\"form\":\"setCustomer\",\"data\":[" records "]}"
#define ONE           BODY(RECORD("1"))
#define FOUR          BODY(RECORD("1") "," RECORD("2") "," RECORD("3") "," RECORD("4"))

static void has(const char *seen, const char *part)
{
    ck_assert_msg(strstr(seen, part) != NULL, "%s\nand not: %s", seen, part);
}

static struct fast fast;
static struct fast_answer answer;
static char token[TOKEN_TEXT + 1];

/* A sandbox that plays this fault always. */
static void begin(enum fault_kind kind, unsigned calls, const char *file)
{
    struct err err;
    struct sandbox_fault fault = {kind, calls, 1};
    ck_assert(forms_load(&err) != NULL);
    fast = (struct fast){.username = mem_text("u"), .password = mem_text("p")};
    tokens_init(&fast.tokens, 60, 1);
    ck_assert(fault_dice_init(&fast.faults, &fault, 1, 1, &err));
    fast.store = store_open(file, &err);
    ck_assert_msg(fast.store != NULL, "%s", err.text);
    memcpy(token, tokens_issue(&fast.tokens).text, sizeof token);
}

static void end(void)
{
    buf_release(&answer.body);
    store_close(fast.store);
    tokens_release(&fast.tokens);
    fault_dice_release(&fast.faults);
    free(fast.username);
    free(fast.password);
    forms_release();
}

static const char *ask(const char *path, const char *body)
{
    struct fast_request request = {"POST", path,         token,
                                   body,   strlen(body), NULL};
    buf_release(&answer.body);
    answer = (struct fast_answer){0};
    fast_answer(&fast, &request, &answer);
    return buf_text(&answer.body);
}

static const char *sync(const char *body)
{
    return ask("/api/SyncData", body);
}

static struct sandbox_counts counted(void)
{
    struct err err;
    ck_assert(store_begin(fast.store, &err));
    struct sandbox_counts counts = store_counts(fast.store);
    ck_assert(store_end(fast.store, false, &err));
    return counts;
}

static void without_faults(void)
{
    fault_dice_release(&fast.faults);
}

/* Every kind but those with tests of their own: is ONE stored? '?': either, as
 * the coin falls; and what a client is told, once and when all is well. */
START_TEST(stored_or_not)
{
    static const struct {
        enum fault_kind kind;
        char stored;
        unsigned status;
        enum fault_end end;
        const char *says;
    } cases[] = {
        {FAULT_500, 'n', 500, END_SENT, "fault 500 is played\",\"code\":500}"},
        {FAULT_503, 'n', 503, END_SENT, "\"success\":false"},
        {FAULT_429, 'n', 429, END_SENT, "\"code\":429}"},
        {FAULT_RESET, 'n', 200, END_RESET, ""},
        {FAULT_HANG, '?', 200, END_HANG, ""},
        {FAULT_EMPTY, '?', 200, END_SENT, ""},
        {FAULT_TRUNCATE, 'y', 200, END_CUT, "\"records\":1,"},
        {FAULT_EXPIRE, 'n', 401, END_SENT, "\"code\":401}"},
        {FAULT_COMMIT_THEN_RESET, 'y', 200, END_RESET, ""},
        {FAULT_COMMIT_THEN_500, 'y', 500, END_SENT, "\"code\":500}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(cases[i].kind, CALL_SYNC, NULL);
        const char *said = sync(ONE);
        has(said, cases[i].says);
        ck_assert_int_eq(said[0] == '\0', cases[i].says[0] == '\0');
        ck_assert_uint_eq(answer.status, cases[i].status);
        ck_assert_int_eq(answer.end, cases[i].end);
        struct sandbox_counts counts = counted();
        ck_assert_uint_eq(counts.faults, 1);
        ck_assert_uint_eq(counts.requests, 1);
        if (cases[i].stored != '?')
            ck_assert_uint_eq(counts.customers, cases[i].stored == 'y');
        without_faults();
        memcpy(token, tokens_issue(&fast.tokens).text, sizeof token);
        has(sync(ONE), "\"success\":true,\"messages\":\"SUCCESS\"");
        ck_assert_uint_eq(counted().customers, 1);
        ck_assert_uint_eq(counted().duplicates, counts.customers);
        end();
    }
}
END_TEST

/* Forty requests: the coin falls both ways, and every kind of garbage comes. */
START_TEST(coins)
{
    static const enum fault_kind kinds[] = {FAULT_HANG, FAULT_EMPTY,
                                            FAULT_GARBAGE};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        unsigned seen = 0;
        begin(kinds[i], CALL_ALL, NULL);
        for (int n = 0; n < 40; n++) {
            char *body = mem_format("{\"form\":\"setCustomer\",\"data\":[{"
                                    "\"CustomerCode\":\"%d\",\"CustomerName\":"
                                    "\"A\",\"status\":\"1\"}]}",
                                    n);
            const char *said = sync(body);
            seen |= said[0] == '<' ? 1 : said[0] == '{' ? 2 : 4;
            free(body);
        }
        ck_assert_uint_ge(counted().customers, 10);
        ck_assert_uint_le(counted().customers, 30);
        ck_assert_uint_eq(counted().faults, 40);
        ck_assert_uint_eq(seen, kinds[i] == FAULT_GARBAGE ? 7 : 4);
        end();
    }
}
END_TEST

/* Both ways of Retry-After: a number, and a date a second from now. */
START_TEST(retry_after)
{
    unsigned seen = 0;
    begin(FAULT_503, CALL_TOKEN, NULL);
    for (int i = 0; i < 40; i++) {
        ask("/api/getToken", "{}");
        ck_assert_uint_eq(answer.status, 503);
        bool number = strcmp(answer.retry_after, "1") == 0;
        seen |= number ? 1 : 2;
        if (!number) {
            time_t ahead = curl_getdate(answer.retry_after, NULL) - time(NULL);
            ck_assert(ahead == 0 || ahead == 1);
        }
    }
    ck_assert_uint_eq(seen, 3);
    end();
}
END_TEST

/* Fewer than sent, and as many as it says; again and again the same. */
START_TEST(partial)
{
    unsigned long records = 0, last = 0;
    unsigned sizes = 0;
    begin(FAULT_PARTIAL, CALL_SYNC, NULL);
    has(sync(ONE), "\"success\":true,\"messages\":\"SUCCESS\",\"records\":0,");
    ck_assert_uint_eq(counted().customers, 0);
    for (int i = 0; i < 20; i++) {
        char *body = mem_format(
            "{\"form\":\"setCustomer\",\"data\":[{\"CustomerCode\":\"%d-1\","
            "\"CustomerName\":\"A\",\"status\":\"1\"},{\"CustomerCode\":"
            "\"%d-2\",\"CustomerName\":\"A\",\"status\":\"1\"},"
            "{\"CustomerCode\":\"%d-3\",\"CustomerName\":\"A\",\"status\":"
            "\"1\"}]}",
            i, i, i);
        char *said = mem_text(sync(body));
        records = strtoul(strstr(said, "\"records\":") + 10, NULL, 10);
        ck_assert_uint_eq(counted().customers - last, records);
        last += records;
        sizes |= 1u << records;
        ck_assert_str_eq(sync(body), said);
        free(said);
        free(body);
    }
    ck_assert_uint_eq(sizes, 7);
    ck_assert_uint_eq(counted().faults, 21);
    ck_assert_uint_eq(counted().duplicates, 20);
    /* What is refused cannot be stored in part. */
    has(sync(BODY("{}")), "\"code\":601");
    ck_assert_uint_eq(counted().faults, 21);
    end();
}
END_TEST

/* The token is gone, for GetData as well; one that was not there is not
 * forgotten. */
START_TEST(expire)
{
    begin(FAULT_EXPIRE, CALL_SYNC | CALL_GET, NULL);
    has(ask("/api/GetData", "{\"form\":\"getCustomer\",\"Id\":\"1\"}"),
        "{\"success\":false,\"messages\":\"the token is unknown or has "
        "expired\",\"code\":401}");
    ck_assert(!tokens_know(&fast.tokens, token));
    sync(ONE);
    ck_assert_uint_eq(answer.status, 401);
    ck_assert_uint_eq(counted().faults, 1);
    end();
}
END_TEST

/* ---- the file ---- */

static char *look(const char *file, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *row;
    ck_assert_int_eq(sqlite3_open(file, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
    struct buf out = {0};
    while (sqlite3_step(row) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(row); i++) {
            const void *text = sqlite3_column_text(row, i);
            buf_addf(&out, "%s ", text != NULL ? (const char *)text : "-");
        }
    }
    sqlite3_finalize(row);
    sqlite3_close(db);
    buf_text(&out);
    size_t len;
    return buf_detach(&out, &len);
}

static void expect_rows(const char *file, const char *sql, const char *rows)
{
    char *seen = look(file, sql);
    ck_assert_str_eq(seen, rows);
    free(seen);
}

#define STORED "SELECT key, request, stored FROM record ORDER BY key"

/* Repetitions are no second request; another body with the record is; twice
 * in one body is once. */
START_TEST(who_stored_it)
{
    char path[] = "/tmp/sandbox-XXXXXX";
    close(mkstemp(path));
    begin(FAULT_COMMIT_THEN_500, CALL_SYNC, path);
    sync(ONE);
    sync(ONE);
    expect_rows(path, STORED, "1 1 1 ");
    sync(BODY(RECORD("2") "," RECORD("2") "," RECORD("1")));
    expect_rows(path, STORED, "1 3 2 2 3 1 ");
    expect_rows(path, "SELECT id, code, repeats, fault FROM request",
                "1 200 - commit-then-500 2 200 1 commit-then-500 "
                "3 200 - commit-then-500 ");
    struct buf page = {0};
    fast_page(fast.store, &page);
    has(buf_text(&page), "<td>commit-then-500</td>");
    buf_release(&page);
    end();
    remove(path);
}
END_TEST

/* A file from before there were versions, and one from a later one. */
START_TEST(old_files)
{
    struct err err;
    char path[] = "/tmp/sandbox-XXXXXX";
    close(mkstemp(path));
    free(look(path, "CREATE TABLE record (form TEXT NOT NULL, key TEXT NOT "
                    "NULL, fields TEXT NOT NULL, changed TEXT NOT NULL,"
                    " PRIMARY KEY (form, key)) WITHOUT ROWID"));
    free(look(path, "CREATE TABLE request (id INTEGER PRIMARY KEY, at TEXT NOT "
                    "NULL, path TEXT NOT NULL, form TEXT, hash BLOB, records "
                    "INTEGER NOT NULL, code INTEGER NOT NULL, fkey TEXT, "
                    "repeats INTEGER, answer TEXT)"));
    free(look(path, "INSERT INTO record VALUES ('setCustomer', '1', '{}', "
                    "'2020-01-01T00:00:00Z')"));
    for (int i = 0; i < 2; i++) {
        begin(FAULT_TRUNCATE, CALL_SYNC, path);
        expect_rows(path, STORED, i == 0 ? "1 - 1 " : "1 1 2 ");
        sync(ONE);
        ck_assert_uint_eq(counted().customers, 1);
        end();
    }
    free(look(path, "PRAGMA user_version = 99"));
    ck_assert_ptr_null(store_open(path, &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    has(err.text, "a later version of fastsync has made this file");
    remove(path);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("sandbox faults");
    TCase *c = tcase_create("faults");
    tcase_add_test(c, stored_or_not);
    tcase_add_test(c, coins);
    tcase_add_test(c, retry_after);
    tcase_add_test(c, partial);
    tcase_add_test(c, expire);
    tcase_add_test(c, who_stored_it);
    tcase_add_test(c, old_files);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
