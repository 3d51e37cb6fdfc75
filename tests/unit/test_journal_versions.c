/* journal: of an earlier version, and damaged: what was known stays known, and
 * what does not add up is said, not sent. */
#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch/batch.h"
#include "decode/input.h"
#include "journal/journal.h"
#include "record.h"

#define URL "https://erp.example.vn"

static char folder[] = "/tmp/fastsync-versions-XXXXXX", *before;
static struct err err;
static struct batch_limits limits;

static void setup(void)
{
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    before = getcwd(NULL, 0);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    batch_limits(&limits, "setCustomer", 1000, 1 << 20);
    err = (struct err){.text = ""};
}

static void teardown(void)
{
    char command[128];
    ck_assert_int_eq(chdir(before), 0);
    free(before);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* Runs statements beside the journal; the last one's answer in one text. */
static const char *sql(const char *text)
{
    static char answer[1000];
    sqlite3 *db;
    sqlite3_stmt *statement;
    ck_assert_int_eq(sqlite3_open("journal.db", &db), SQLITE_OK);
    for (answer[0] = '\0'; *text != '\0';) {
        ck_assert_msg(sqlite3_prepare_v2(db, text, -1, &statement, &text) ==
                          SQLITE_OK,
                      "%s", sqlite3_errmsg(db));
        int step;
        while ((step = sqlite3_step(statement)) == SQLITE_ROW)
            for (int i = 0; i < sqlite3_column_count(statement); i++) {
                const unsigned char *cell = sqlite3_column_text(statement, i);
                size_t len = strlen(answer);
                snprintf(answer + len, sizeof answer - len, "%s|",
                         cell ? (const char *)cell : "-");
            }
        ck_assert_msg(step == SQLITE_DONE, "%s", sqlite3_errmsg(db));
        sqlite3_finalize(statement);
    }
    sqlite3_close(db);
    return answer;
}

/* The first schema, as it was. */
static const char version_1[] =
    "CREATE TABLE runs ("
    " id INTEGER PRIMARY KEY,"
    " mapping TEXT NOT NULL,"
    " form TEXT NOT NULL,"
    " begun TEXT NOT NULL,"
    " ended TEXT,"
    " ledger TEXT,"
    " exit INTEGER,"
    " message TEXT);"
    "CREATE TABLE targets ("
    " id INTEGER PRIMARY KEY,"
    " form TEXT NOT NULL,"
    " server TEXT NOT NULL,"
    " UNIQUE (form, server));"
    "CREATE TABLE batches ("
    " id INTEGER PRIMARY KEY,"
    " run INTEGER REFERENCES runs (id),"
    " target INTEGER NOT NULL REFERENCES targets (id),"
    " accepted TEXT NOT NULL,"
    " records INTEGER NOT NULL,"
    " fkey TEXT NOT NULL,"
    " keys BLOB NOT NULL);"
    "CREATE INDEX batches_target ON batches (target);"
    "PRAGMA user_version=1;"
    "INSERT INTO runs VALUES (1, 'kh.lua', 'setCustomer',"
    " '2025-01-01T00:00:00Z', '2025-01-01T00:00:09Z', '{}', 0, NULL),"
    " (2, 'kh.lua', 'setCustomer', '2025-01-02T00:00:00Z', NULL, NULL, NULL,"
    " NULL);"
    "INSERT INTO targets VALUES (1, 'setCustomer', 'erp.example.vn'),"
    " (2, 'setItem', 'erp.example.vn');"
    /* Key hash, content, length, key; words with their lowest byte first. */
    "INSERT INTO batches VALUES (1, 1, 1, '2025-01-01T00:00:01Z', 2, 'key_7',"
    " x'01000000000000000200000000000000' || x'0a00000000000000' ||"
    " x'0300' || x'4b4831' ||"
    " x'03000000000000000400000000000000' || x'0b00000000000000' ||"
    " x'0000'),"
    " (2, 2, 1, '2025-01-02T00:00:01Z', 1, '',"
    " x'01000000000000000200000000000000' || x'0c00000000000000' ||"
    " x'0300' || x'4b4831'),"
    " (3, 2, 2, '2025-01-02T00:00:01Z', 1, '',"
    " x'0900000000000000090000000000000009000000000000000000');";

static uint64_t content_of(const struct seen *seen, uint64_t a, uint64_t b)
{
    const uint64_t key[2] = {a, b};
    uint64_t content = 0;
    bool met;
    ck_assert(seen_find(seen, key, &content, &met));
    return content;
}

/* What version 1 had written down. */
static void remembers(void)
{
    struct seen *seen = seen_new();
    struct journal *journal = journal_open(".", &err);
    uint64_t rows;
    ck_assert_msg(journal != NULL, "%s", err.text);
    ck_assert(journal_load(journal, "setCustomer", URL, seen, &err));
    ck_assert_uint_eq(seen_count(seen), 2);
    ck_assert_uint_eq(content_of(seen, 1, 2), 12);
    ck_assert_uint_eq(content_of(seen, 3, 4), 11);
    ck_assert(journal_last_rows(journal, NULL, &rows, &err));
    ck_assert_uint_eq(rows, 0); /* nobody has counted them */
    seen_free(seen);
    journal_close(journal);
}

START_TEST(from_the_first)
{
    sql("PRAGMA page_size=16384");
    sql(version_1);
    remembers();
    remembers(); /* once is enough */
    ck_assert_int_ge(atoi(sql("PRAGMA user_version")), 2);
    ck_assert_str_eq(sql("SELECT id, answered, refused, message FROM batches "
                         "WHERE target=1"),
                     "1|2025-01-01T00:00:01Z|0||2|2025-01-02T00:00:01Z|0||");
    ck_assert_str_eq(sql("SELECT id, exit, source, rows FROM runs"),
                     "1|0|-|-|2|-|-|-|");
}
END_TEST

/* The newest schema and one that came by migration are the same. */
START_TEST(however_it_came)
{
    static const char schema[] =
        "SELECT type, name, sql FROM sqlite_master ORDER BY name";
    sql(version_1);
    remembers();
    char *migrated = strdup(sql(schema));
    ck_assert_int_eq(unlink("journal.db"), 0);
    journal_close(journal_open(".", &err));
    ck_assert_str_eq(sql(schema), migrated);
    free(migrated);
}
END_TEST

/* A migration that fails leaves what was there. */
START_TEST(as_a_whole_or_not)
{
    sql(version_1);
    sql("CREATE TABLE outbox (a)"); /* in the way */
    ck_assert_ptr_null(journal_open(".", &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_str_eq(sql("PRAGMA user_version"), "1|");
    ck_assert_str_eq(sql("SELECT count(accepted) FROM batches"), "3|");
    sql("DROP TABLE outbox");
    remembers();
}
END_TEST

static char path_a[] = "a.csv", name_code[] = "Code";
static struct column columns[] = {{name_code, 4}};
static struct input input = {.path = path_a,
                             .dialect = {',', '"', '"'},
                             .columns = {.all = columns, .count = 1}};

/* A journal with one pending batch of ten. */
static void make_pending(void)
{
    struct journal *journal = journal_open(".", &err);
    struct batch *batch = batch_new(&limits);
    struct chunk *chunk = chunk_new();
    buf_puts(&chunk->json, "{\"a\":\"b\"}");
    chunk->input = &input;
    for (unsigned i = 0; i < 10; i++) {
        const struct record record = {.key_hash = {i, i},
                                      .content = i + 1,
                                      .json_len = 9,
                                      .place = {.line = i},
                                      .key = "key",
                                      .key_len = 3,
                                      .origin = origin_text("source", 6)};
        batch_add(batch, chunk, &record);
    }
    batch_close(batch);
    ck_assert(journal_load(journal, "setCustomer", URL, NULL, &err));
    ck_assert(journal_post(journal, batch, false, &err));
    ck_assert(journal_commit(journal, &err));
    batch_free(batch);
    chunk_free(chunk);
    journal_close(journal);
}

/* Entry i's word w lies there in the blob, from 1. */
#define SET_WORD(i, w, bytes)                                                  \
    "UPDATE outbox SET entries=CAST(substr(entries, 1, " #i "*56+" #w          \
    "*8) || x'" bytes "' || substr(entries, " #i "*56+" #w "*8+9) AS BLOB)"

static const char *const damages[] = {
    "UPDATE outbox SET entries=substr(entries, 1, 559)",
    "UPDATE outbox SET entries=substr(entries, 1, 600)",
    "UPDATE outbox SET entries=x''",
    "UPDATE outbox SET body=substr(body, 1, 100)",
    "UPDATE outbox SET body=substr(body, 1, length(body)-1)",
    "UPDATE outbox SET body=x''",
    "UPDATE outbox SET records=11",
    "UPDATE outbox SET records=0",
    "UPDATE outbox SET records=-1",
    "UPDATE outbox SET records=4000000000, upto=4000000000",
    "UPDATE outbox SET done=10",
    "UPDATE outbox SET done=5, upto=5",
    "UPDATE outbox SET done=5, upto=3",
    "UPDATE outbox SET upto=11",
    "UPDATE outbox SET done=-1",
    SET_WORD(3, 4, "ff00000000000000"), /* an input that is not there */
    SET_WORD(9, 5, "0000000009000000"), /* JSON that lies before */
    SET_WORD(0, 5, "5a00000009000000"), /* or behind the next one's */
    SET_WORD(4, 5, "ffffffffffffffff"),
    SET_WORD(4, 5, "5a000000ffff0000"),
    SET_WORD(4, 6, "ffffffffffffffff"),
    SET_WORD(4, 6, "0300000007000000"), /* a byte too many in all */
    "DELETE FROM inputs",
};

/* A batch that does not add up is never sent. */
START_TEST(damaged)
{
    make_pending();
    sql(damages[_i]);
    struct journal *journal = journal_open(".", &err);
    struct batch *batch = batch_new(&limits);
    ck_assert(journal_load(journal, "setCustomer", URL, NULL, &err));
    ck_assert_int_eq(journal_next(journal, 0, batch, &err), STEP_FAIL);
    ck_assert_ptr_nonnull(strstr(err.text, "journal.db: "));
    ck_assert_ptr_nonnull(strstr(err.text, "fastsync doctor"));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    batch_free(batch);
    journal_close(journal);
}
END_TEST

/* An input's columns without their end: what is there is taken. */
START_TEST(columns_cut)
{
    make_pending();
    sql("UPDATE inputs SET columns=x'41424344', dialect=x'2c'");
    struct journal *journal = journal_open(".", &err);
    struct batch *batch = batch_new(&limits);
    ck_assert(journal_load(journal, "setCustomer", URL, NULL, &err));
    ck_assert_int_eq(journal_next(journal, 0, batch, &err), STEP_ITEM);
    const struct columns *read = &batch->entries[0].input->columns;
    ck_assert_uint_eq(read->count, 1);
    ck_assert_str_eq(read->all[0].name, "ABCD");
    batch_free(batch);
    journal_close(journal);
}
END_TEST

/* Numbers that are nonsense, but within their bounds, end all the same. */
START_TEST(a_strange_state)
{
    make_pending();
    sql("UPDATE outbox SET suspect=4000000000, found=4000000000, most=0");
    struct journal *journal = journal_open(".", &err);
    struct batch *batch = batch_new(&limits);
    ck_assert(journal_load(journal, "setCustomer", URL, NULL, &err));
    ck_assert_int_eq(journal_next(journal, 0, batch, &err), STEP_ITEM);
    unsigned requests = 0;
    while (!isolation_over(&batch->part) && requests++ < 100) {
        ck_assert_uint_gt(batch_request(batch)->len, 0);
        isolation_refused(&batch->part);
    }
    ck_assert_uint_lt(requests, 100);
    batch_free(batch);
    journal_close(journal);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("journal_versions");
    TCase *c = tcase_create("journal_versions");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, from_the_first);
    tcase_add_test(c, however_it_came);
    tcase_add_test(c, as_a_whole_or_not);
    tcase_add_loop_test(c, damaged, 0, sizeof damages / sizeof *damages);
    tcase_add_test(c, columns_cut);
    tcase_add_test(c, a_strange_state);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
