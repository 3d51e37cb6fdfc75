/* blocked: what comes for a key that stays pending waits, in order, once. */
#include <check.h>

#include "deliver/blocked.h"

static struct batch_pool pool;
static struct seen *accepted;
static struct blocked blocked;
static struct chunk *chunk;

static void setup(void)
{
    batch_limits(&pool.limits, "setCustomer", 2, 1000);
    accepted = seen_new();
    chunk = chunk_new();
    blocked_init(&blocked, &pool, accepted);
}

static void teardown(void)
{
    blocked_release(&blocked);
    batch_pool_release(&pool);
    seen_free(accepted);
    chunk_free(chunk);
}

static struct record *record(uint64_t key, uint64_t content)
{
    struct record *made = chunk_add_record(chunk);
    *made = (struct record){.key_hash = {key, key * 77},
                            .content = content,
                            .json = (uint32_t)chunk->json.len,
                            .json_len = 2,
                            .key = "K",
                            .key_len = 1,
                            .origin = origin_text("k", 1)};
    buf_puts(&chunk->json, "{}");
    return made;
}

/* A batch of two keys, given up. */
static struct batch *give_up(uint64_t a, uint64_t b, bool resumed)
{
    struct batch *batch = batch_pool_take(&pool);
    batch_add(batch, chunk, record(a, 10 * a));
    batch_add(batch, chunk, record(b, 10 * b));
    batch_close(batch);
    batch->resumed = resumed;
    blocked_add(&blocked, batch);
    return batch;
}

static bool has(uint64_t key)
{
    return blocked_has(&blocked, (uint64_t[]){key, key * 77});
}

START_TEST(keys)
{
    ck_assert(!has(1));
    struct batch *batch = give_up(1, 2, false);
    ck_assert(has(1) && has(2) && !has(3));
    ck_assert(blocked_meets(&blocked, batch));
    batch_pool_give(&pool, batch);

    /* What is done of a batch is not blocked. */
    batch = batch_pool_take(&pool);
    batch_add(batch, chunk, record(7, 1));
    batch_add(batch, chunk, record(8, 1));
    batch_close(batch);
    batch->part.at = 1;
    blocked_add(&blocked, batch);
    ck_assert(!has(7) && has(8));
    batch_pool_give(&pool, batch);
}
END_TEST

START_TEST(what_an_earlier_run_left_is_unknown)
{
    uint64_t content, key[2] = {1, 77};
    bool met;
    seen_accept(accepted, key, 10);
    batch_pool_give(&pool, give_up(1, 2, false));
    ck_assert(seen_find(accepted, key, &content, &met));
    ck_assert_uint_eq(content, 10);
    batch_pool_give(&pool, give_up(1, 2, true));
    ck_assert(seen_find(accepted, key, &content, &met));
    ck_assert_uint_eq(content, 0);
}
END_TEST

START_TEST(records_wait_in_order)
{
    batch_pool_give(&pool, give_up(1, 2, false));
    ck_assert_ptr_null(blocked_take(&blocked));
    ck_assert_ptr_null(blocked_put(&blocked, chunk, record(1, 10)));
    ck_assert_ptr_null(blocked_take(&blocked)); /* it says the same */
    ck_assert_ptr_null(blocked_put(&blocked, chunk, record(1, 11)));
    ck_assert_ptr_null(blocked_put(&blocked, chunk, record(1, 11)));
    ck_assert_ptr_null(blocked_put(&blocked, chunk, record(2, 21)));
    /* Full; and no batch has a key twice. */
    struct batch *full = blocked_put(&blocked, chunk, record(2, 22));
    ck_assert_uint_eq(full->count, 2);
    ck_assert_uint_eq(full->entries[1].content, 21);
    batch_pool_give(&pool, full);
    full = blocked_put(&blocked, chunk, record(2, 23));
    ck_assert_uint_eq(full->count, 1);
    ck_assert_uint_eq(full->entries[0].content, 22);
    batch_pool_give(&pool, full);
    full = blocked_take(&blocked);
    ck_assert_uint_eq(full->entries[0].content, 23);
    batch_pool_give(&pool, full);
    ck_assert_ptr_null(blocked_take(&blocked));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("blocked");
    TCase *c = tcase_create("blocked");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, keys);
    tcase_add_test(c, what_an_earlier_run_left_is_unknown);
    tcase_add_test(c, records_wait_in_order);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
