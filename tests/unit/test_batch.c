/* batch: bodies, their limits, and what is kept beside them. */
#include <check.h>
#include <string.h>

#include "batch/batch.h"

static struct chunk *chunk;

/* Adds a record to the chunk, as a mapper does. */
static const struct record *record(const char *key, const char *json)
{
    struct record *made = chunk_add_record(chunk);
    if (chunk->json.len > 0)
        buf_putc(&chunk->json, ',');
    *made = (struct record){.key_hash = {(uint64_t)key[0], (uint64_t)key[1]},
                            .content = 7,
                            .place = {.line = 100 + chunk->record_count},
                            .origin = origin_text(json, strlen(json)),
                            .key = key,
                            .key_len = (uint32_t)strlen(key),
                            .json = (uint32_t)chunk->json.len,
                            .json_len = (uint32_t)strlen(json)};
    buf_puts(&chunk->json, json);
    return made;
}

static void setup(void)
{
    chunk = chunk_new();
}

static void teardown(void)
{
    chunk_free(chunk);
}

START_TEST(a_body)
{
    struct batch_limits limits;
    batch_limits(&limits, "setCustomer", 3, 1000);
    struct batch *batch = batch_new(&limits);
    const char *const jsons[] = {"{\"a\":1}", "{}", "{\"b\":2}"};
    for (int i = 0; i < 3; i++) {
        const struct record *one = record("K1", jsons[i]);
        ck_assert(batch_takes(batch, one));
        batch_add(batch, chunk, one);
    }
    ck_assert(!batch_takes(batch, record("K2", "{}")));
    batch_close(batch);
    ck_assert_str_eq(buf_text(&batch->body),
                     "{\"form\":\"setCustomer\",\"data\":[{\"a\":1},{},"
                     "{\"b\":2}]}");
    const struct batch_entry *entry = &batch->entries[2];
    ck_assert_uint_eq(entry->place.line, 103);
    ck_assert_uint_eq(entry->content, 7);
    ck_assert(memcmp(batch->body.at + entry->json, "{\"b\":2}",
                     entry->json_len) == 0);
    ck_assert(memcmp(batch->texts.at + entry->key, "K1", 2) == 0);
    ck_assert(memcmp(batch->texts.at + entry->source, "{\"b\":2}", 7) == 0);
    batch_free(batch);
}
END_TEST

static void requests(struct batch *batch, uint32_t at, uint32_t upto,
                     const char *expected)
{
    batch->part.at = at;
    batch->part.upto = upto;
    struct buf body = {0};
    const struct buf *made = batch_request(batch);
    buf_add(&body, made->at, made->len);
    ck_assert_str_eq(buf_text(&body), expected);
    buf_release(&body);
}

/* Neighbours, as a body of their own. */
START_TEST(parts)
{
    struct batch_limits limits;
    batch_limits(&limits, "f", 100, 1000);
    struct batch *batch = batch_new(&limits);
    static const char *const jsons[] = {"{\"a\":1}", "{}", "{\"b\":[2,3]}"};
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 3; i++)
            batch_add(batch, chunk, record("K1", jsons[i]));
        batch_close(batch);
        ck_assert_uint_eq(isolation_size(&batch->part), 3);
        ck_assert_ptr_eq(batch_request(batch), &batch->body);
        requests(batch, 0, 1, "{\"form\":\"f\",\"data\":[{\"a\":1}]}");
        requests(batch, 1, 3, "{\"form\":\"f\",\"data\":[{},{\"b\":[2,3]}]}");
        requests(batch, 1, 2, "{\"form\":\"f\",\"data\":[{}]}");
        requests(batch, 0, 3,
                 "{\"form\":\"f\",\"data\":[{\"a\":1},{},{\"b\":[2,3]}]}");
        batch_clear(batch);
    }
    batch_free(batch);
}
END_TEST

START_TEST(the_limit_of_bytes)
{
    struct batch_limits limits;
    batch_limits(&limits, "f", 100, 40);
    struct batch *batch = batch_new(&limits);
    ck_assert_uint_eq(limits.frame, strlen("{\"form\":\"f\",\"data\":[]}"));
    /* Alone, a record of any size is taken. */
    ck_assert(batch_takes(
        batch, record("K1", "{\"a\":\"0123456789012345678901234567\"}")));
    const struct record *small = record("K2", "{\"a\":1}");
    batch_add(batch, chunk, small);
    ck_assert(batch_takes(batch, small)); /* 22 + 7 + 1 + 7 = 37 */
    batch_add(batch, chunk, small);
    ck_assert(batch_takes(batch, record("K3", "{}")));   /* 40 */
    ck_assert(!batch_takes(batch, record("K3", "{ }"))); /* 41 */
    batch_close(batch);
    ck_assert_uint_le(batch->body.len, 40);
    ck_assert_uint_eq(batch->body.len, 37);
    batch_free(batch);
}
END_TEST

START_TEST(used_again)
{
    struct batch_limits limits;
    batch_limits(&limits, "f", 100, 4000);
    struct batch *batch = batch_new(&limits);
    batch_add(batch, chunk, record("K1", "{}"));
    batch->again = true;
    batch_clear(batch);
    ck_assert_uint_eq(batch->count, 0);
    ck_assert(!batch->again);
    batch_add(batch, chunk, record("K2", "{}"));
    batch_close(batch);
    ck_assert_str_eq(buf_text(&batch->body), "{\"form\":\"f\",\"data\":[{}]}");
    batch_free(batch);
    batch_free(NULL);
}
END_TEST

START_TEST(keys_in_common)
{
    struct batch_limits limits;
    batch_limits(&limits, "f", 1000, 100000);
    struct batch *one = batch_new(&limits), *two = batch_new(&limits);
    for (char c = 'a'; c <= 'z'; c++) {
        const char key[] = {c, '1', '\0'};
        batch_add(c % 2 ? one : two, chunk, record(key, "{}"));
    }
    ck_assert(!batch_meets(one, two));
    ck_assert(batch_holds(two, (const uint64_t[2]){'b', '1'}));
    ck_assert(!batch_holds(one, (const uint64_t[2]){'b', '1'}));
    batch_add(one, chunk, record("b1", "{}"));
    ck_assert(batch_meets(one, two));
    ck_assert(batch_meets(two, one));
    batch_free(one);
    batch_free(two);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("batch");
    TCase *c = tcase_create("batch");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, a_body);
    tcase_add_test(c, parts);
    tcase_add_test(c, the_limit_of_bytes);
    tcase_add_test(c, used_again);
    tcase_add_test(c, keys_in_common);
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
