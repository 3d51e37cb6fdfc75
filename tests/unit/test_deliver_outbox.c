/* deliver/outbox: nothing counts before it is committed; what is left can be
 * taken back; without a journal every call is good. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deliver/outbox.h"

static char folder[] = "/tmp/fastsync-deliver-XXXXXX";
static struct err err;
static struct batch_limits limits;
static struct ledger ledger, resumed;
static struct journal *journal;
static struct outbox outbox;
static const struct journal_answer answer = {.fkey = "fkey", .message = "good"};

static void setup(void)
{
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    batch_limits(&limits, "setCustomer", 100, 10000);
    ledger = (struct ledger){.rows = 5, .pending = 5};
    resumed = (struct ledger){.rows = 2, .pending = 2};
    journal = journal_open(folder, &err);
    ck_assert_msg(journal != NULL, "%s", err.text);
    ck_assert(journal_load(journal, "setCustomer", "https://a", NULL, &err));
    outbox_init(&outbox, journal, &ledger, &resumed);
}

static void teardown(void)
{
    char command[128];
    outbox_release(&outbox);
    journal_close(journal);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static struct batch *make(unsigned count)
{
    struct batch *batch = batch_new(&limits);
    struct chunk *chunk = chunk_new();
    buf_puts(&chunk->json, "{}");
    for (unsigned i = 1; i <= count; i++) {
        const struct record record = {.key_hash = {i, i},
                                      .content = i,
                                      .key = "k",
                                      .key_len = 1,
                                      .json_len = 2,
                                      .origin = origin_text("k", 1)};
        batch_add(batch, chunk, &record);
    }
    batch_close(batch);
    chunk_free(chunk);
    return batch;
}

static uint64_t pending(void)
{
    uint64_t records;
    ck_assert(outbox_pending(&outbox, &records, &err));
    return records;
}

START_TEST(counts_when_committed)
{
    struct batch *batch = make(3);
    ck_assert(outbox_post(&outbox, batch, &err));
    int64_t posted = batch->posted;
    ck_assert(outbox_post(&outbox, batch, &err)); /* once is enough */
    ck_assert_int_eq(batch->posted, posted);
    ck_assert(outbox_sync(&outbox, batch, &err));
    ck_assert_uint_eq(pending(), 3);
    isolation_accepted(&batch->part);
    ck_assert(outbox_accepted(&outbox, batch, 0, 3, &answer, &err));
    ck_assert_uint_eq(ledger.accepted, 0);
    ck_assert(outbox_commit(&outbox, &err));
    ck_assert_uint_eq(ledger.accepted, 3);
    ck_assert_uint_eq(ledger.pending, 2);
    ck_assert_uint_eq(resumed.accepted, 0);
    ck_assert_uint_eq(pending(), 0);
    batch_free(batch);
}
END_TEST

START_TEST(of_earlier_runs)
{
    struct batch *batch = make(2);
    batch->resumed = true;
    ck_assert(outbox_post(&outbox, batch, &err));
    isolation_accepted(&batch->part);
    ck_assert(outbox_accepted(&outbox, batch, 0, 2, &answer, &err));
    ck_assert(outbox_commit(&outbox, &err));
    ck_assert_uint_eq(resumed.accepted, 2);
    ck_assert_uint_eq(resumed.pending, 0);
    ck_assert_uint_eq(ledger.accepted, 0);
    batch_free(batch);
}
END_TEST

START_TEST(left_and_withdrawn)
{
    struct batch *a = make(1), *b = make(2), *c = make(1);
    ck_assert(outbox_leave(&outbox, a, &err));
    ck_assert(outbox_leave(&outbox, b, &err));
    ck_assert(outbox_post(&outbox, c, &err));
    ck_assert_uint_eq(pending(), 4);
    ck_assert(outbox_withdraw_left(&outbox, &err));
    ck_assert_uint_eq(pending(), 1);
    ck_assert(outbox_withdraw_left(&outbox, &err)); /* nothing is left */
    ck_assert(outbox_withdraw(&outbox, c, &err));
    ck_assert_uint_eq(pending(), 0);
    batch_free(a);
    batch_free(b);
    batch_free(c);
}
END_TEST

START_TEST(guarded)
{
    struct batch *batch = make(2), *found = batch_new(&limits);
    ck_assert(outbox_post_guarded(&outbox, batch, &err));
    ck_assert_int_eq(outbox_next(&outbox, 0, found, &err), STEP_END);
    ck_assert(outbox_send_guarded(&outbox, &err));
    ck_assert_int_eq(outbox_next(&outbox, 0, found, &err), STEP_ITEM);
    ck_assert_int_eq(found->posted, batch->posted);
    batch_free(batch);
    batch_free(found);
}
END_TEST

START_TEST(without_a_journal)
{
    struct outbox none;
    struct batch *batch = make(2);
    bool known = true;
    outbox_init(&none, NULL, &ledger, &resumed);
    ck_assert(outbox_post(&none, batch, &err));
    ck_assert_int_eq(batch->posted, 0);
    ck_assert(outbox_leave(&none, batch, &err));
    ck_assert(outbox_knows(&none, 1, &known, &err) && !known);
    ck_assert(outbox_sync(&none, batch, &err));
    ck_assert(outbox_accepted(&none, batch, 0, 2, &answer, &err));
    ck_assert(outbox_commit(&none, &err));
    ck_assert_uint_eq(ledger.accepted, 2);
    ck_assert_int_eq(outbox_next(&none, 0, batch, &err), STEP_END);
    outbox_release(&none);
    batch_free(batch);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("deliver_outbox");
    TCase *c = tcase_create("deliver_outbox");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, counts_when_committed);
    tcase_add_test(c, of_earlier_runs);
    tcase_add_test(c, left_and_withdrawn);
    tcase_add_test(c, guarded);
    tcase_add_test(c, without_a_journal);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
