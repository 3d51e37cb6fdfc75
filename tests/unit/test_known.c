/* known: whose an accepted key is; and what the last run rejected. */
#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch/batch.h"
#include "decode/input.h"
#include "form/form.h"
#include "journal/journal.h"
#include "journal/known.h"
#include "record.h"

#define URL "https://erp.example.vn"

static char folder[] = "/tmp/fastsync-known-XXXXXX";
static struct err err;
static struct batch_limits limits;
static struct journal *journal;
static char path_kh[] = "kh.csv", path_b[] = "b.csv";
static struct column columns[] = {{"Code", 4}};
static struct input kh = {.path = path_kh,
                          .dialect = {',', '"', '"'},
                          .columns = {.all = columns, .count = 1}};
static struct input other = {.path = path_b,
                             .dialect = {',', '"', '"'},
                             .columns = {.all = columns, .count = 1}};

static void setup(void)
{
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_ptr_nonnull(forms_load(&err));
    batch_limits(&limits, "setCustomer", 1000, 1 << 20);
    journal = journal_open(folder, &err);
    ck_assert_msg(journal != NULL, "%s", err.text);
}

static void teardown(void)
{
    char command[128];
    journal_close(journal);
    forms_release();
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static void aim(const char *form, const char *url)
{
    ck_assert_msg(journal_load(journal, form, url, NULL, &err), "%s", err.text);
}

static void add(struct batch *batch, const struct input *input, const char *key,
                const char *name, uint64_t line)
{
    struct chunk *chunk = chunk_new();
    chunk->input = input;
    buf_addf(&chunk->json, "{\"CustomerCode\":\"%s\",\"CustomerName\":\"%s\"}",
             key, name);
    struct record record = {.content = line,
                            .json_len = (uint32_t)chunk->json.len,
                            .place = {.line = line},
                            .key = key,
                            .key_len = (uint32_t)strlen(key),
                            .origin = origin_text("source", 6)};
    form_key_hash(key, strlen(key), record.key_hash);
    batch_add(batch, chunk, &record);
    chunk_free(chunk);
}

static void accept(struct batch *batch)
{
    static const struct journal_answer answer = {.fkey = "f", .message = ""};
    batch_close(batch);
    ck_assert_msg(
        journal_accepted(journal, batch, 0, batch->count, &answer, &err), "%s",
        err.text);
    ck_assert(journal_commit(journal, &err));
    batch_free(batch);
}

/* What is known of a key: `5 "An" kh.csv:5`. */
static const char *ask(const char *form, const char *url, const char *key)
{
    static char text[512];
    struct buf title = {0}, place = {0};
    uint64_t hash[2], content = 0;
    struct known *known = known_open(folder, form, url, &err);
    ck_assert_msg(known != NULL, "%s", err.text);
    form_key_hash(key, strlen(key), hash);
    bool found = known_find(known, hash, &content);
    ck_assert(known_title(known, hash, &title, &place, &err));
    snprintf(text, sizeof text, "%s%u \"%s\" %s", found ? "" : "no ",
             (unsigned)content, buf_text(&title), buf_text(&place));
    buf_release(&title);
    buf_release(&place);
    known_close(known);
    return text;
}

START_TEST(whose)
{
    aim("setCustomer", URL);
    struct batch *batch = batch_new(&limits);
    add(batch, &kh, "KH1", "An", 2);
    add(batch, &kh, "KH2", "B\\u00ecnh \\\"b\\u00e9\\\"", 3);
    add(batch, &other, "KH3", "Chi", 4);
    accept(batch);
    ck_assert_str_eq(ask("setCustomer", URL, "KH1"), "2 \"An\" kh.csv:2");
    ck_assert_str_eq(ask("setCustomer", URL, "kh2"),
                     "3 \"Bình \"bé\"\" kh.csv:3");
    /* A batch keeps one file's name. */
    ck_assert_str_eq(ask("setCustomer", URL, "KH3"), "4 \"Chi\" ");
    ck_assert_str_eq(ask("setCustomer", URL, "KH4"), "no 0 \"\" ");
    ck_assert_str_eq(ask("setCustomer", NULL, "KH1"), "2 \"An\" kh.csv:2");
    ck_assert_str_eq(ask("setCustomer", "https://a.vn", "KH1"), "no 0 \"\" ");
    ck_assert_str_eq(ask("setItem", NULL, "KH1"), "no 0 \"\" ");
}
END_TEST

START_TEST(the_last_one)
{
    static const char *const names[] = {"An", "An moi"};
    aim("setCustomer", URL);
    for (unsigned i = 0; i < 2; i++) {
        struct batch *batch = batch_new(&limits);
        add(batch, &other, "KH1", names[i], 9 + i);
        accept(batch);
    }
    ck_assert_str_eq(ask("setCustomer", URL, "KH1"), "10 \"An moi\" b.csv:10");
}
END_TEST

/* A title is for messages, and ends at a character. */
START_TEST(long_titles)
{
    char name[600] = "", kept[400] = "7 \"";
    aim("setCustomer", URL);
    for (unsigned i = 0; i < 100; i++)
        strcat(name, "ễ");
    for (unsigned i = 0; i < KNOWN_TITLE; i++)
        strcat(kept, "ễ");
    strcat(kept, "\" kh.csv:7");
    struct batch *batch = batch_new(&limits);
    add(batch, &kh, "KH1", name, 7);
    add(batch, &kh, "KH2", "", 8);
    accept(batch);
    ck_assert_str_eq(ask("setCustomer", URL, "KH1"), kept);
    ck_assert_str_eq(ask("setCustomer", URL, "KH2"), "8 \"\" kh.csv:8");
}
END_TEST

/* No journal is no fault; one of another version is told. */
START_TEST(none)
{
    sqlite3 *db;
    char path[128];
    ck_assert_ptr_null(known_open("nowhere", "setCustomer", URL, &err));
    ck_assert_str_eq(err.text, "");
    snprintf(path, sizeof path, "%s/journal.db", folder);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_exec(db, "PRAGMA user_version=3", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    ck_assert_ptr_null(known_open(folder, "setCustomer", URL, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "written by an older fastsync"));
}
END_TEST

static const struct ledger no_rows;

/* A run over a source that rejects so many, the first with that identity. */
static void run(const char *source, uint64_t first, unsigned count)
{
    struct buf identities = {0};
    ck_assert(
        journal_run_begin(journal, "kh.lua", "setCustomer", source, &err));
    for (unsigned i = 0; i < count; i++, first++)
        buf_add(&identities, &first, sizeof first);
    ck_assert(journal_keep_rejects(journal, source, &identities, &err));
    ck_assert(journal_run_end(journal, &no_rows, NULL, 3, NULL, true, &err));
    buf_release(&identities);
}

/* The identities of the last run, and 0 after them; "no": there was none. */
static const char *last(const char *source)
{
    static char text[128];
    struct buf found = {0};
    bool known;
    uint64_t number;
    ck_assert(journal_last_rejects(journal, source, &found, &known, &err));
    snprintf(text, sizeof text, "%s", known ? "" : "no");
    for (size_t at = 0; at < found.len; at += sizeof number) {
        memcpy(&number, found.at + at, sizeof number);
        snprintf(text + strlen(text), 8, "%u ", (unsigned)number);
    }
    buf_release(&found);
    return text;
}

START_TEST(last_rejects)
{
    aim("setCustomer", URL);
    ck_assert_str_eq(last("a\n"), "no");
    run("a\n", 1, 0);
    ck_assert_str_eq(last("a\n"), "");
    run("a\n", 5, 2);
    run("b\n", 8, 1);
    ck_assert_str_eq(last("a\n"), "5 6 ");
    ck_assert_str_eq(last("b\n"), "8 ");
    ck_assert_str_eq(last(NULL), "8 ");
    /* One that has another name every night. */
    ck_assert_str_eq(last("c\n"), "8 ");
    run("a\n", 7, 1);
    ck_assert_str_eq(last("a\n"), "7 ");
    aim("setItem", URL);
    ck_assert_str_eq(last("a\n"), "no");
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("known");
    TCase *c = tcase_create("known");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, whose);
    tcase_add_test(c, the_last_one);
    tcase_add_test(c, long_titles);
    tcase_add_test(c, none);
    tcase_add_test(c, last_rejects);
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
