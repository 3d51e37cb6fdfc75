/* outbox: what was posted is there for another process, byte for byte, until
 * its last record has its outcome. */
#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "batch/batch.h"
#include "decode/input.h"
#include "journal/journal.h"
#include "record.h"

#define URL "https://erp.example.vn"

static char folder[] = "/tmp/fastsync-outbox-XXXXXX", *before;
static struct err err;
static struct batch_limits limits;
static struct journal *journal;

static char path_a[] = "a.csv", path_b[] = "b/khách.csv", name_code[] = "Mã",
            name_none[] = "", name_note[] = "Note";
static struct column columns_a[] = {{name_code, 3}, {name_none, 0}};
static struct column columns_b[] = {{name_note, 4}};
static struct input inputs[] = {
    {.path = path_a,
     .dialect = {';', '\'', '\\'},
     .columns = {.all = columns_a, .count = 2}},
    {.path = path_b,
     .dialect = {'\t', 0, 0},
     .columns = {.all = columns_b, .count = 1}},
};

static void open_it(void)
{
    journal = journal_open(".", &err);
    ck_assert_msg(journal != NULL, "%s", err.text);
    ck_assert(journal_load(journal, "setCustomer", URL, NULL, &err));
}

static void reopen(void)
{
    journal_close(journal);
    open_it();
}

static void setup(void)
{
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    before = getcwd(NULL, 0);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    batch_limits(&limits, "setCustomer", 1000, 1 << 20);
    err = (struct err){.text = ""};
    open_it();
}

static void teardown(void)
{
    char command[128];
    journal_close(journal);
    ck_assert_int_eq(chdir(before), 0);
    free(before);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* Keys `first` and following, of both inputs in turn, with texts of all sorts;
 * the source of every third is empty, of every fourth has a NUL in it. */
static struct batch *make(unsigned first, unsigned count)
{
    struct batch *batch = batch_new(&limits);
    struct chunk *chunk = chunk_new();
    for (unsigned i = first; i < first + count; i++) {
        char key[32], source[64];
        struct record record = {
            .content = i * 7 + 1,
            .place = {.line = UINT64_C(5000000000) + i, .sheet = i},
            .key_hash = {i * 3 + 1, i},
            .key = key,
            .origin = {.text = source}};
        record.key_len = (uint32_t)snprintf(key, sizeof key, "KH\"%u\"ế", i);
        record.origin.len = (uint32_t)snprintf(source, sizeof source,
                                               "%u;'x'\r\n;%u", i, i * i);
        record.origin.len *= i % 3 != 0;
        if (i % 4 == 0)
            source[1] = '\0';
        buf_clear(&chunk->json);
        buf_addf(&chunk->json, "{\"CustomerCode\":\"%u\",\"n\":\"ế%0*d\"}", i,
                 (int)(i % 17), 0);
        record.json_len = (uint32_t)chunk->json.len;
        chunk->input = &inputs[i % 2];
        batch_add(batch, chunk, &record);
    }
    batch_close(batch);
    chunk_free(chunk);
    return batch;
}

static void post(struct batch *batch, bool held)
{
    ck_assert_msg(journal_post(journal, batch, held, &err), "%s", err.text);
    ck_assert_int_gt(batch->posted, 0);
    ck_assert(journal_commit(journal, &err));
}

static struct batch *next(int64_t after, enum step step)
{
    struct batch *batch = batch_new(&limits);
    ck_assert_int_eq(journal_next(journal, after, batch, &err), step);
    if (step == STEP_ITEM)
        return batch;
    batch_free(batch);
    return NULL;
}

static void same_text(const struct buf *a, const struct buf *b)
{
    ck_assert_uint_eq(a->len, b->len);
    ck_assert_mem_eq(a->at, b->at, a->len);
}

static void same_input(const struct input *a, const struct input *b)
{
    ck_assert_ptr_ne(a, b);
    ck_assert_str_eq(a->path, b->path);
    ck_assert_mem_eq(&a->dialect, &b->dialect, sizeof a->dialect);
    ck_assert_uint_eq(a->columns.count, b->columns.count);
    for (unsigned i = 0; i < a->columns.count; i++) {
        ck_assert_uint_eq(a->columns.all[i].len, b->columns.all[i].len);
        ck_assert_str_eq(a->columns.all[i].name, b->columns.all[i].name);
    }
}

/* `found` is what was posted. */
static void same(struct batch *a, struct batch *found)
{
    ck_assert_int_eq(a->posted, found->posted);
    ck_assert_mem_eq(&a->part, &found->part, sizeof a->part);
    same_text(&a->body, &found->body);
    same_text(&a->texts, &found->texts);
    same_text(batch_request(a), batch_request(found));
    ck_assert_uint_eq(a->count, found->count);
    for (uint32_t i = 0; i < a->count; i++) {
        struct batch_entry one = a->entries[i], other = found->entries[i];
        if (i < 2)
            same_input(other.input, &inputs[other.place.line % 2]);
        one.input = other.input = NULL;
        ck_assert_int_eq(place_number(&one.place), place_number(&other.place));
        ck_assert_uint_eq(one.place.sheet, other.place.sheet);
        memset(&one.place, 0, sizeof one.place);
        memset(&other.place, 0, sizeof other.place);
        ck_assert_mem_eq(&one, &other, sizeof one);
    }
}

START_TEST(byte_for_byte)
{
    struct batch *posted[2] = {make(0, 40), make(40, 1)};
    post(posted[0], false);
    post(posted[1], false);
    reopen();
    uint64_t batches, records;
    ck_assert(journal_pending(journal, &batches, &records, &err));
    ck_assert_uint_eq(batches, 2);
    ck_assert_uint_eq(records, 41);
    int64_t after = 0;
    for (int i = 0; i < 2; i++) {
        struct batch *found = next(after, STEP_ITEM);
        if (i == 0)
            same(posted[i], found);
        after = found->posted;
        batch_free(found);
        batch_free(posted[i]);
    }
    next(after, STEP_END);
}
END_TEST

/* Whatever the answers are: at every one of them another process would send
 * the very same bytes. */
START_TEST(every_part)
{
    static const struct journal_answer answer = {.message = "bad", .fkey = "f"};
    struct batch *batch = make(0, 60);
    post(batch, false);
    for (unsigned request = 0; !isolation_over(&batch->part); request++) {
        struct isolation *part = &batch->part;
        uint32_t from = part->at, upto = part->upto;
        bool guilty = from <= 17 && upto > 17;
        if (request == 0) {
            isolation_too_large(part);
            ck_assert(journal_part(journal, batch, &err));
        } else if (guilty && upto - from == 1) {
            isolation_refused(part);
            ck_assert(
                journal_refused(journal, batch, from, "bad", &answer, &err));
        } else if (guilty) {
            isolation_refused(part);
            ck_assert(journal_part(journal, batch, &err));
        } else {
            isolation_accepted(part);
            ck_assert(
                journal_accepted(journal, batch, from, upto, &answer, &err));
        }
        ck_assert(journal_commit(journal, &err));
        reopen();
        if (isolation_over(part))
            break;
        struct batch *found = next(0, STEP_ITEM);
        same(batch, found);
        batch_free(batch);
        batch = found; /* and goes on from there */
    }
    batch_free(batch);
    next(0, STEP_END);
    struct seen *seen = seen_new();
    ck_assert(journal_load(journal, "setCustomer", URL, seen, &err));
    for (unsigned i = 0; i < 60; i++) {
        uint64_t content = 99;
        bool met;
        const uint64_t key[2] = {i * 3 + 1, i};
        ck_assert(seen_find(seen, key, &content, &met));
        ck_assert_uint_eq(content, i == 17 ? 0 : i * 7 + 1);
    }
    seen_free(seen);
}
END_TEST

START_TEST(of_this_form_and_server)
{
    struct batch *batch = make(0, 3);
    uint64_t batches, records;
    post(batch, false);
    ck_assert(journal_load(journal, "setItem", URL, NULL, &err));
    next(0, STEP_END);
    ck_assert(journal_pending(journal, &batches, &records, &err));
    ck_assert_uint_eq(batches, 0);
    ck_assert(journal_load(journal, "setCustomer", "http://b", NULL, &err));
    next(0, STEP_END);
    ck_assert(journal_load(journal, "setCustomer", URL, NULL, &err));
    batch_free(next(0, STEP_ITEM));
    batch_free(batch);
}
END_TEST

START_TEST(held)
{
    struct batch *kept = make(0, 3), *dropped = make(3, 3);
    uint64_t number;
    ck_assert(journal_last_number(journal, &number, &err));
    ck_assert_uint_eq(number, 0);
    post(kept, true);
    ck_assert(journal_release_guarded(journal, &err));
    ck_assert(journal_commit(journal, &err));
    post(dropped, true);
    reopen(); /* they go with their process */
    ck_assert(journal_last_number(journal, &number, &err));
    ck_assert_uint_eq(number, (uint64_t)kept->posted);
    int64_t gone = dropped->posted;
    batch_free(dropped);
    dropped = make(6, 3);
    post(dropped, true);
    ck_assert_int_gt(dropped->posted, gone); /* no number comes again */
    ck_assert(journal_drop_guarded(journal, &err));
    struct batch *found = next(0, STEP_ITEM);
    same(kept, found);
    next(found->posted, STEP_END);
    batch_free(found);
    batch_free(kept);
    batch_free(dropped);
}
END_TEST

static void end_run(bool told)
{
    const struct ledger ledger = {0};
    ck_assert(journal_run_end(journal, &ledger, NULL, 3, NULL, told, &err));
}

/* What is owed, with its source and place; *count as expected. */
static void owes(size_t expected, unsigned number)
{
    struct unreported *owed;
    size_t count;
    ck_assert_msg(journal_unreported(journal, &owed, &count, &err), "%s",
                  err.text);
    ck_assert_uint_eq(count, expected);
    if (count > 0) {
        char source[64];
        int len = snprintf(source, sizeof source, "%u;'x'\r\n;%u", number,
                           number * number);
        ck_assert_uint_eq(owed->source_len, (size_t)len);
        ck_assert_mem_eq(owed->source, source, (size_t)len);
        ck_assert_str_eq(owed->reason, "refused: bad");
        ck_assert_uint_eq(owed->place.line, UINT64_C(5000000000) + number);
        ck_assert_uint_eq(owed->key_hash[0], number * 3 + 1);
        ck_assert_uint_eq(owed->key_hash[1], number);
        same_input(owed->input, &inputs[number % 2]);
    }
    unreported_free(owed, count);
}

START_TEST(unreported_until_reported)
{
    static const struct journal_answer answer = {.fkey = "", .message = "bad"};
    struct batch *batch = make(7, 1);
    ck_assert(journal_run_begin(journal, "kh.lua", "f", NULL, &err));
    post(batch, false);
    isolation_refused(&batch->part);
    ck_assert(
        journal_refused(journal, batch, 0, "refused: bad", &answer, &err));
    ck_assert(journal_commit(journal, &err));
    batch_free(batch);
    reopen(); /* killed before the rejects were in their place */
    owes(1, 7);
    ck_assert(journal_run_begin(journal, "kh.lua", "f", NULL, &err));
    end_run(false);
    owes(1, 7);
    ck_assert(journal_run_begin(journal, "kh.lua", "f", NULL, &err));
    end_run(true);
    owes(0, 0);
    reopen();
    owes(0, 0);
}
END_TEST

/* A run of a form over so many rows of a source. */
static void run_over(const char *form, const char *source, uint64_t rows,
                     int exit_code)
{
    const struct ledger ledger = {.rows = rows, .unchanged = rows};
    ck_assert(journal_run_begin(journal, "kh.lua", form, source, &err));
    ck_assert(
        journal_run_end(journal, &ledger, NULL, exit_code, NULL, true, &err));
}

static uint64_t last_rows(const char *form, const char *source)
{
    uint64_t rows = 99;
    ck_assert(journal_load(journal, form, URL, NULL, &err));
    ck_assert(journal_last_rows(journal, source, &rows, &err));
    return rows;
}

/* Two mappings of one script are no measure for each other. */
START_TEST(rows_of_the_last_run)
{
    ck_assert_uint_eq(last_rows("setCustomer", NULL), 0);
    run_over("setCustomer", "a\n", 100, 0);
    run_over("setCustomer", "b\n", 200, 3);
    run_over("setCustomer", "a\n", 300, 7); /* not to its end */
    run_over("setCustomer", NULL, 400, 0);  /* a part */
    run_over("setItem", "a\n", 500, 0);
    ck_assert_uint_eq(last_rows("setCustomer", NULL), 200);
    ck_assert_uint_eq(last_rows("setCustomer", "a\n"), 100);
    ck_assert_uint_eq(last_rows("setCustomer", "c\n"), 0);
    ck_assert_uint_eq(last_rows("setItem", NULL), 500);
    ck_assert_uint_eq(last_rows("setSite", NULL), 0);
}
END_TEST

/* A process that ends at once, before or after the commit. */
static void die(bool committed)
{
    static const struct journal_answer answer = {.fkey = "", .message = ""};
    struct batch *batch = make(0, 3);
    post(batch, false);
    batch_free(batch);
    journal_close(journal);
    pid_t child = fork();
    if (child == 0) {
        journal = journal_open(".", &err);
        batch = batch_new(&limits);
        bool good = journal &&
                    journal_load(journal, "setCustomer", URL, NULL, &err) &&
                    journal_next(journal, 0, batch, &err) == STEP_ITEM;
        if (good)
            isolation_accepted(&batch->part);
        good = good && journal_accepted(journal, batch, 0, 3, &answer, &err) &&
               (!committed || journal_commit(journal, &err));
        _exit(good ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
    open_it();
    struct seen *seen = seen_new();
    uint64_t batches, records;
    ck_assert(journal_load(journal, "setCustomer", URL, seen, &err));
    ck_assert(journal_pending(journal, &batches, &records, &err));
    ck_assert_uint_eq(seen_count(seen), committed ? 3 : 0);
    ck_assert_uint_eq(records, committed ? 0 : 3);
    seen_free(seen);
}

START_TEST(killed_before_the_commit)
{
    die(false);
}
END_TEST

START_TEST(killed_behind_the_commit)
{
    die(true);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("outbox");
    TCase *c = tcase_create("outbox");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, byte_for_byte);
    tcase_add_test(c, every_part);
    tcase_add_test(c, of_this_form_and_server);
    tcase_add_test(c, held);
    tcase_add_test(c, unreported_until_reported);
    tcase_add_test(c, rows_of_the_last_run);
    tcase_add_test(c, killed_before_the_commit);
    tcase_add_test(c, killed_behind_the_commit);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
