/* sample: as many as wanted, the same each time, in their order, spread. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "form/form.h"
#include "sinks/sample.h"

static void offer(struct sample *sample, unsigned from, unsigned upto)
{
    for (unsigned i = from; i < upto; i++) {
        char key[32], json[64];
        uint64_t hash[2];
        size_t len = (size_t)snprintf(key, sizeof key, "KH%05u", i);
        size_t json_len = (size_t)snprintf(json, sizeof json, "{\"%s\"}", key);
        form_key_hash(key, len, hash);
        sample_offer(sample, hash, key, len, json, json_len);
    }
}

START_TEST(spread)
{
    struct sample sample = {.max = 100}, again = {.max = 100};
    offer(&sample, 0, 10000);
    ck_assert_uint_le(sample.count, 200);
    sample_end(&sample);
    offer(&again, 0, 10000);
    sample_end(&again);
    ck_assert_uint_eq(sample.count, 100);
    ck_assert_uint_eq(sample.offered, 10000);
    unsigned early = 0;
    for (unsigned i = 0; i < 100; i++) {
        const struct drawn *drawn = &sample.drawn[i];
        char expected[64];
        snprintf(expected, sizeof expected, "KH%05u", (unsigned)drawn->number);
        ck_assert_str_eq(drawn->id, expected);
        snprintf(expected, sizeof expected, "{\"KH%05u\"}",
                 (unsigned)drawn->number);
        ck_assert_str_eq(drawn->json, expected);
        ck_assert_uint_eq(drawn->json_len, strlen(expected));
        ck_assert(i == 0 || drawn[-1].number < drawn->number);
        ck_assert_uint_eq(drawn->number, again.drawn[i].number);
        early += drawn->number < 5000;
    }
    ck_assert_uint_ge(early, 30);
    ck_assert_uint_le(early, 70);
    sample_release(&sample);
    sample_release(&again);
}
END_TEST

START_TEST(fewer_than_wanted)
{
    struct sample sample = {.max = 10};
    sample_end(&sample);
    ck_assert_uint_eq(sample.count, 0);
    offer(&sample, 0, 7);
    sample_end(&sample);
    ck_assert_uint_eq(sample.count, 7);
    ck_assert_str_eq(sample.drawn[6].id, "KH00006");
    sample_release(&sample);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("sample");
    TCase *c = tcase_create("sample");
    tcase_add_test(c, spread);
    tcase_add_test(c, fewer_than_wanted);
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
