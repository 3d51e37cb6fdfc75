/* journal: what is written down is there again, under a lock. */
#include <check.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "batch/batch.h"
#include "journal/check.h"
#include "journal/history.h"
#include "journal/journal.h"
#include "record.h"

static char folder[] = "/tmp/fastsync-journal-XXXXXX";
static struct err err;
static struct batch_limits limits;

static void setup(void)
{
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    batch_limits(&limits, "setCustomer", 100000, 1 << 30);
    err = (struct err){.text = ""};
}

static void teardown(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static uint64_t mixed(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ z >> 27) * 0x94d049bb133111ebull;
    return z ^ z >> 31;
}

static void key_of(uint64_t number, uint64_t key[2])
{
    key[0] = mixed(number * 2 + 1);
    key[1] = mixed(number * 2 + 2);
}

/* A batch of keys first … first + count - 1, with that content. */
static struct batch *make(uint64_t first, unsigned count, uint64_t content)
{
    struct batch *batch = batch_new(&limits);
    struct chunk *chunk = chunk_new();
    buf_puts(&chunk->json, "{}");
    for (unsigned i = 0; i < count; i++) {
        char key[32];
        struct record record = {.content = content, .json_len = 2, .key = key};
        record.key_len = (uint32_t)snprintf(key, sizeof key, "KH%06llu",
                                            (unsigned long long)first + i);
        key_of(first + i, record.key_hash);
        batch_add(batch, chunk, &record);
    }
    batch_close(batch);
    chunk_free(chunk);
    return batch;
}

static struct journal *open_it(void)
{
    struct journal *journal = journal_open(folder, &err);
    ck_assert_msg(journal != NULL, "%s", err.text);
    return journal;
}

static void accept(struct journal *journal, uint64_t first, unsigned count,
                   uint64_t content)
{
    static const struct journal_answer answer = {.fkey = "fkey_1",
                                                 .message = "good"};
    struct batch *batch = make(first, count, content);
    ck_assert_msg(journal_accepted(journal, batch, 0, count, &answer, &err),
                  "%s", err.text);
    ck_assert(journal_commit(journal, &err));
    batch_free(batch);
}

static void load(struct journal *journal, const char *form, const char *url,
                 struct seen *seen)
{
    ck_assert_msg(journal_load(journal, form, url, seen, &err), "%s", err.text);
}

static enum seen_verdict add(struct seen *seen, uint64_t number,
                             uint64_t content)
{
    uint64_t key[2];
    struct seen_record earlier;
    key_of(number, key);
    return seen_add(seen, key, &(struct seen_record){content, {.line = 1}, 0},
                    &earlier);
}

#define URL "https://Erp.Example.vn/"

START_TEST(remembered)
{
    struct journal *journal = open_it();
    ck_assert(journal_run_begin(journal, "kh.lua", "setCustomer", NULL, &err));
    load(journal, "setCustomer", URL, NULL);
    accept(journal, 0, 500, 7);
    accept(journal, 500, 500, 7);
    accept(journal, 10, 1, 8);
    struct ledger ledger = {.rows = 1000, .accepted = 1000};
    ck_assert(journal_run_end(journal, &ledger, NULL, 0, NULL, true, &err));
    journal_close(journal);

    journal = open_it();
    struct seen *seen = seen_new();
    load(journal, "setCustomer", "http://erp.example.vn", seen);
    ck_assert_uint_eq(seen_count(seen), 1000);
    ck_assert_int_eq(add(seen, 0, 7), SEEN_UNCHANGED);
    ck_assert_int_eq(add(seen, 999, 7), SEEN_UNCHANGED);
    ck_assert_int_eq(add(seen, 10, 8), SEEN_UNCHANGED);
    ck_assert_int_eq(add(seen, 11, 8), SEEN_NEW);
    seen_free(seen);
    journal_close(journal);
}
END_TEST

START_TEST(servers_and_forms_apart)
{
    static const char *const others[][2] = {
        {"setItem", URL},
        {"setCustomer", "https://erp.example.vn:444/"},
        {"setCustomer", "https://erp.example.vn/test"},
        {"setCustomer", "https://test.example.vn"}};
    struct journal *journal = open_it();
    load(journal, "setCustomer", URL, NULL);
    accept(journal, 0, 3, 7);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct seen *seen = seen_new();
        load(journal, others[i][0], others[i][1], seen);
        ck_assert_uint_eq(seen_count(seen), 0);
        seen_free(seen);
    }
    journal_close(journal);
}
END_TEST

/* What a query answers, in one text. */
static const char *ask(const char *sql)
{
    static char text[1000];
    char path[128];
    sqlite3 *db;
    sqlite3_stmt *statement;
    snprintf(path, sizeof path, "%s/journal.db", folder);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) ==
                      SQLITE_OK,
                  "%s", sqlite3_errmsg(db));
    text[0] = '\0';
    while (sqlite3_step(statement) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const unsigned char *cell = sqlite3_column_text(statement, i);
            size_t len = strlen(text);
            snprintf(text + len, sizeof text - len, "%s|",
                     cell ? (const char *)cell : "-");
        }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return text;
}

START_TEST(runs_and_batches)
{
    struct journal *journal = open_it();
    struct ledger ledger = {.rows = 5, .accepted = 3, .rejected = 2};
    ck_assert(journal_run_begin(journal, "kh.lua", "setCustomer", NULL, &err));
    load(journal, "setCustomer", URL, NULL);
    accept(journal, 0, 3, 7);
    ck_assert(journal_run_end(journal, &ledger, NULL, 3, NULL, true, &err));
    ck_assert(journal_run_begin(journal, "kh.lua", "setCustomer", NULL, &err));
    accept(journal, 3, 1, 7);
    ck_assert(
        journal_run_end(journal, &ledger, NULL, 7, "gave up", true, &err));
    ck_assert(journal_run_begin(journal, "kh.lua", "setCustomer", NULL, &err));
    journal_close(journal);
    ck_assert_str_eq(ask("SELECT id, mapping, form, exit, message, "
                         "ended IS NULL FROM runs"),
                     "1|kh.lua|setCustomer|3|-|0|2|kh.lua|setCustomer|7|gave "
                     "up|0|3|kh.lua|setCustomer|-|-|1|");
    ck_assert_str_eq(ask("SELECT run, records, fkey, length(keys) FROM "
                         "batches"),
                     "1|3|fkey_1|102|2|1|fkey_1|34|");
    ck_assert_str_eq(ask("SELECT form, server FROM targets"),
                     "setCustomer|erp.example.vn|");
    ck_assert_str_eq(ask("SELECT json_extract(ledger, '$.ledger.accepted') "
                         "FROM runs WHERE id=1"),
                     "3|");
}
END_TEST

START_TEST(private_files)
{
    struct journal *journal = open_it();
    static const char *const names[] = {"journal.db", "journal.lock",
                                        "journal.db-wal", "journal.db-shm"};
    load(journal, "setCustomer", URL, NULL);
    accept(journal, 0, 3, 7);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        struct stat status;
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        ck_assert_msg(stat(path, &status) == 0, "%s", path);
        ck_assert_int_eq(status.st_mode & 0777, 0600);
    }
    journal_close(journal);
}
END_TEST

START_TEST(one_at_a_time)
{
    struct journal *journal = open_it();
    char expected[256];
    snprintf(expected, sizeof expected,
             "%s/journal.lock: another run of this mapping is going on "
             "(process %ld); wait for its end",
             folder, (long)getpid());
    pid_t child = fork();
    if (child == 0) {
        bool refused = journal_open(folder, &err) == NULL &&
                       err.code == EXIT_BUSY && strcmp(err.text, expected) == 0;
        _exit(refused ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
    journal_close(journal);
    journal_close(open_it());
}
END_TEST

START_TEST(killed_in_the_middle)
{
    pid_t child = fork();
    if (child == 0) {
        struct journal *journal = journal_open(folder, &err);
        struct batch *batch = make(0, 500, 7);
        static const struct journal_answer answer = {.fkey = "", .message = ""};
        bool good = journal_load(journal, "setCustomer", URL, NULL, &err) &&
                    journal_accepted(journal, batch, 0, 500, &answer, &err) &&
                    journal_commit(journal, &err);
        _exit(good ? 0 : 1); /* nothing is closed */
    }
    int status = -1;
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
    struct journal *journal = open_it();
    struct seen *seen = seen_new();
    load(journal, "setCustomer", URL, seen);
    ck_assert_uint_eq(seen_count(seen), 500);
    seen_free(seen);
    journal_close(journal);
}
END_TEST

START_TEST(compacted)
{
    struct journal *journal = open_it();
    load(journal, "setCustomer", URL, NULL);
    accept(journal, 0, 1, 9);
    for (uint64_t i = 0; i < 8; i++)
        accept(journal, 1, 5000, i);
    struct seen *seen = seen_new();
    load(journal, "setCustomer", URL, seen); /* compacts */
    seen_free(seen);
    journal_close(journal);
    ck_assert_str_eq(ask("SELECT count(*), sum(records), "
                         "sum(length(keys))/34 FROM batches"),
                     "9|40001|5001|");
    journal = open_it();
    seen = seen_new();
    load(journal, "setCustomer", URL, seen);
    ck_assert_uint_eq(seen_count(seen), 5001);
    ck_assert_int_eq(add(seen, 0, 9), SEEN_UNCHANGED);
    ck_assert_int_eq(add(seen, 17, 7), SEEN_UNCHANGED);
    ck_assert_int_eq(add(seen, 5000, 7), SEEN_UNCHANGED);
    seen_free(seen);
    journal_close(journal);
}
END_TEST

static void spoil(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    fputs(text, file);
    fclose(file);
}

START_TEST(what_is_no_journal)
{
    char expected[256];
    char text[5000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    spoil("journal.db", text);
    ck_assert_ptr_null(journal_open(folder, &err));
    snprintf(expected, sizeof expected,
             "%s/journal.db: is no journal of fastsync; move it away, or use "
             "another --state",
             folder);
    ck_assert_str_eq(err.text, expected);
    ck_assert_int_eq(err.code, EXIT_USAGE);
}
END_TEST

/* What runs in the midst of our statements is refused before any of them. */
START_TEST(what_runs_by_itself)
{
    static const char *const made[] = {
        "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM outbox; END",
        "CREATE TRIGGER t BEFORE UPDATE ON targets BEGIN SELECT 1; END",
        "CREATE VIEW v AS SELECT 1",
        "ALTER TABLE runs RENAME TO r; CREATE VIEW runs AS SELECT * FROM r",
        ("CREATE VIEW forever AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL"
         " SELECT x+1 FROM n) SELECT x FROM n"),
    };
    char path[300];
    snprintf(path, sizeof path, "%s/journal.db", folder);
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        sqlite3 *file;
        remove(path);
        journal_close(journal_open(folder, &err));
        ck_assert_int_eq(sqlite3_open(path, &file), SQLITE_OK);
        ck_assert_int_eq(sqlite3_exec(file, made[i], NULL, NULL, NULL),
                         SQLITE_OK);
        sqlite3_close(file);
        ck_assert_ptr_null(journal_open(folder, &err));
        ck_assert_int_eq(err.code, EXIT_USAGE);
        ck_assert_ptr_nonnull(strstr(err.text, "holds triggers or views"));
        ck_assert_ptr_null(history_open(folder, &err));
        ck_assert_ptr_nonnull(strstr(err.text, "holds triggers or views"));
        ck_assert(!journal_check(folder, &err));
        ck_assert_ptr_nonnull(strstr(err.text, "triggers or views stand"));
    }
}
END_TEST

START_TEST(a_newer_one)
{
    journal_close(open_it());
    ask("PRAGMA user_version=99");
    ck_assert_ptr_null(journal_open(folder, &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert(strstr(err.text, "newer fastsync") != NULL);
}
END_TEST

START_TEST(a_broken_blob)
{
    struct journal *journal = open_it();
    load(journal, "setCustomer", URL, NULL);
    accept(journal, 0, 3, 7);
    journal_close(journal);
    ask("UPDATE batches SET keys=substr(keys, 1, 80)");
    journal = open_it();
    struct seen *seen = seen_new();
    load(journal, "setCustomer", URL, seen);
    ck_assert_uint_eq(seen_count(seen), 2);
    seen_free(seen);
    journal_close(journal);
}
END_TEST

START_TEST(no_folder)
{
    ck_assert_ptr_null(journal_open("/nowhere/at/all", &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert(strstr(err.text, "--state") != NULL);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("journal");
    TCase *c = tcase_create("journal");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, remembered);
    tcase_add_test(c, servers_and_forms_apart);
    tcase_add_test(c, runs_and_batches);
    tcase_add_test(c, private_files);
    tcase_add_test(c, one_at_a_time);
    tcase_add_test(c, killed_in_the_middle);
    tcase_add_test(c, compacted);
    tcase_add_test(c, what_is_no_journal);
    tcase_add_test(c, what_runs_by_itself);
    tcase_add_test(c, a_newer_one);
    tcase_add_test(c, a_broken_blob);
    tcase_add_test(c, no_folder);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
