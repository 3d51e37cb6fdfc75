/* view: looking changes nothing, and is not misled by a run. */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "batch/batch.h"
#include "form/form.h"
#include "journal/journal.h"
#include "journal/view.h"
#include "record.h"

#define URL "http://Fast.example:80/erp"

static char folder[] = "/tmp/fastsync-read-XXXXXX";
static struct err err;
static struct batch_limits limits;
static struct journal *writer;
static struct view *reader;

static void setup(void)
{
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    batch_limits(&limits, "setCustomer", 1000, 1 << 20);
    err = (struct err){.text = ""};
    writer = NULL;
    reader = NULL;
}

static void teardown(void)
{
    char command[128];
    view_close(reader);
    journal_close(writer);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* The writer accepts these keys, a letter each, with that content. */
static void accept(const char *keys, uint64_t content)
{
    static const struct journal_answer answer = {.fkey = "f",
                                                 .message = "good"};
    struct batch *batch = batch_new(&limits);
    struct chunk *chunk = chunk_new();
    buf_puts(&chunk->json, "{}");
    for (; *keys != '\0'; keys++) {
        struct record record = {
            .content = content, .json_len = 2, .key = keys, .key_len = 1};
        form_key_hash(keys, 1, record.key_hash);
        batch_add(batch, chunk, &record);
    }
    batch_close(batch);
    ck_assert(journal_accepted(writer, batch, 0, batch->count, &answer, &err));
    ck_assert(journal_commit(writer, &err));
    batch_free(batch);
    chunk_free(chunk);
}

static void begin(const char *form, const char *url)
{
    writer = journal_open(folder, &err);
    ck_assert_msg(writer != NULL, "%s", err.text);
    ck_assert(journal_load(writer, form, url, NULL, &err));
    ck_assert(journal_run_begin(writer, "kh.lua", form, NULL, &err));
}

static void end(void)
{
    static const struct ledger none;
    ck_assert(journal_run_end(writer, &none, NULL, 0, NULL, true, &err));
    journal_close(writer);
    writer = NULL;
}

static bool add_key(void *owner, const uint64_t key_hash[2], uint64_t content,
                    const char *key, size_t len, struct err *e)
{
    uint64_t hash[2];
    (void)e;
    form_key_hash(key, len, hash);
    ck_assert(hash[0] == key_hash[0] && hash[1] == key_hash[1]);
    buf_addf(owner, "%.*s%u ", (int)len, key, (unsigned)content);
    return true;
}

static const char *keys(const char *form, const char *url)
{
    static struct buf all;
    buf_clear(&all);
    ck_assert_msg(view_aim(reader, form, url, &err), "%s", err.text);
    ck_assert_msg(view_each_key(reader, add_key, &all, &err), "%s", err.text);
    return buf_text(&all);
}

static void look(void)
{
    ck_assert_msg(view_open(folder, &reader, &err), "%s", err.text);
    ck_assert_ptr_nonnull(reader);
}

START_TEST(nothing_there)
{
    struct stat status;
    ck_assert(view_open(folder, &reader, &err));
    ck_assert_ptr_null(reader);
    char *path = strcpy(malloc(128), folder);
    strcat(path, "/journal.db");
    ck_assert_int_ne(stat(path, &status), 0);
    ck_assert(view_open("/nowhere/at/all", &reader, &err));
    ck_assert_ptr_null(reader);
    free(path);
}
END_TEST

START_TEST(keys_in_order)
{
    int64_t oldest = 0;
    begin("setCustomer", URL);
    accept("ab", 1);
    accept("bc", 2);
    end();
    look();
    ck_assert_str_eq(keys("setCustomer", "https://fast.example:80/erp/"),
                     "a1 b1 b2 c2 ");
    ck_assert(view_oldest(reader, &oldest, &err));
    ck_assert_int_le(oldest, (int64_t)time(NULL));
    ck_assert_int_ge(oldest, (int64_t)time(NULL) - 60);
    ck_assert_str_eq(keys("setCustomer", "https://other.example"), "");
    ck_assert_str_eq(keys("setItem", URL), "");
    ck_assert(view_oldest(reader, &oldest, &err));
    ck_assert_int_eq(oldest, 0);
    ck_assert(view_unmoved(reader, &err));
}
END_TEST

START_TEST(a_run_meanwhile)
{
    begin("setCustomer", URL);
    end();
    look();
    begin("setCustomer", URL);
    ck_assert(!view_unmoved(reader, &err));
    ck_assert_int_eq(err.code, EXIT_BUSY);
}
END_TEST

/* Locks are a process's: another one must hold it. */
START_TEST(a_run_going_on)
{
    int pipes[2];
    char byte;
    ck_assert_int_eq(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        bool good = journal_open(folder, &err) != NULL;
        if (write(pipes[1], good ? "y" : "n", 1) == 1)
            pause();
        _exit(0);
    }
    ck_assert_int_eq(read(pipes[0], &byte, 1), 1);
    ck_assert_int_eq(byte, 'y');
    ck_assert(!view_open(folder, &reader, &err));
    ck_assert_int_eq(err.code, EXIT_BUSY);
    ck_assert_ptr_null(reader);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    look();
}
END_TEST

START_TEST(no_journal_at_all)
{
    char path[128];
    snprintf(path, sizeof path, "%s/journal.db", folder);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    ck_assert_int_eq(write(fd, "a text file, and a long one at that\n", 36),
                     36);
    close(fd);
    ck_assert(!view_open(folder, &reader, &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert(strstr(err.text, "is no journal") != NULL);
    fd = open(path, O_WRONLY | O_TRUNC);
    close(fd);
    ck_assert(!view_open(folder, &reader, &err));
    ck_assert(strstr(err.text, "older") != NULL);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("journal_view");
    TCase *c = tcase_create("journal_view");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, nothing_there);
    tcase_add_test(c, keys_in_order);
    tcase_add_test(c, a_run_meanwhile);
    tcase_add_test(c, a_run_going_on);
    tcase_add_test(c, no_journal_at_all);
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
