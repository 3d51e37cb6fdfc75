/* seen: verdicts, growth, and the promise of 40 bytes a key. */
#include "holds.h"

#include <check.h>

#include "journal/seen.h"

/* Keys as good as a hash makes them. */
static void key_of(uint64_t number, uint64_t key[2])
{
    for (int i = 0; i < 2; i++) {
        uint64_t z = (number * 2 + (uint64_t)i) * 0x9e3779b97f4a7c15ull;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ z >> 27) * 0x94d049bb133111ebull;
        key[i] = z ^ z >> 31;
    }
}

static struct seen_record earlier;

static enum seen_verdict add(struct seen *seen, uint64_t number,
                             uint64_t content, uint64_t at, unsigned in)
{
    uint64_t key[2];
    key_of(number, key);
    seen_prefetch(seen, key);
    return seen_add(seen, key, &(struct seen_record){content, {.line = at}, in},
                    &earlier);
}

static void accept(struct seen *seen, uint64_t number, uint64_t content)
{
    uint64_t key[2];
    key_of(number, key);
    seen_accept(seen, key, content);
}

START_TEST(first_keeps_its_place)
{
    struct seen *seen = seen_new();
    ck_assert_int_eq(add(seen, 1, 10, 17, 3), SEEN_NEW);
    ck_assert_int_eq(add(seen, 1, 10, 18, 3), SEEN_DUPLICATE);
    ck_assert_int_eq(add(seen, 1, 11, 19, 4), SEEN_CONFLICT);
    ck_assert_uint_eq(earlier.place.line, 17);
    ck_assert_uint_eq(earlier.input, 3);
    ck_assert_int_eq(add(seen, 1, 10, 20, 4), SEEN_DUPLICATE);
    ck_assert_uint_eq(seen_count(seen), 1);
    seen_free(seen);
}
END_TEST

START_TEST(found)
{
    struct seen *seen = seen_new();
    uint64_t key[2], content = 5;
    bool met = false;
    key_of(1, key);
    ck_assert(!seen_find(seen, key, &content, &met));
    accept(seen, 1, 10);
    ck_assert(seen_find(seen, key, &content, &met));
    ck_assert_uint_eq(content, 10);
    ck_assert(!met);
    add(seen, 1, 11, 5, 0);
    ck_assert(seen_find(seen, key, &content, &met));
    ck_assert_uint_eq(content, 11);
    ck_assert(met);
    accept(seen, 1, 0); /* nobody knows what the server holds */
    ck_assert(seen_find(seen, key, &content, &met));
    ck_assert_uint_eq(content, 0);
    ck_assert(!met);
    ck_assert_int_eq(add(seen, 1, 10, 5, 0), SEEN_NEW);
    for (uint64_t i = 2; i < 5000; i++) {
        key_of(i, key);
        ck_assert(!seen_find(seen, key, &content, &met));
        accept(seen, i, i);
    }
    ck_assert_uint_eq(seen_count(seen), 4999); /* to ask adds nothing */
    seen_free(seen);
}
END_TEST

START_TEST(journal_then_run)
{
    struct seen *seen = seen_new();
    accept(seen, 1, 10);
    accept(seen, 1, 11);
    ck_assert_int_eq(add(seen, 1, 11, 5, 0), SEEN_UNCHANGED);
    ck_assert_int_eq(add(seen, 1, 11, 6, 0), SEEN_DUPLICATE);
    ck_assert_int_eq(add(seen, 1, 12, 7, 0), SEEN_CONFLICT);
    ck_assert_uint_eq(earlier.place.line, 5);
    accept(seen, 2, 20);
    ck_assert_int_eq(add(seen, 2, 21, 8, 0), SEEN_NEW);
    ck_assert_int_eq(add(seen, 2, 20, 9, 0), SEEN_CONFLICT);
    ck_assert_uint_eq(earlier.place.line, 8);
    seen_free(seen);
}
END_TEST

static bool replace(struct seen *seen, uint64_t number, uint64_t content,
                    uint64_t at, unsigned in)
{
    uint64_t key[2];
    key_of(number, key);
    return seen_replace(
        seen, key, &(struct seen_record){content, {.line = at}, in}, &earlier);
}

START_TEST(the_last_takes_the_place)
{
    struct seen *seen = seen_new();
    struct seen_record record;
    uint64_t key[2];
    key_of(1, key);
    ck_assert(!seen_record(seen, key, &record));
    accept(seen, 1, 10); /* the journal's are of no run */
    ck_assert(!seen_record(seen, key, &record));
    ck_assert(!replace(seen, 1, 11, 1, 0));
    ck_assert(replace(seen, 1, 11, 2, 7));
    ck_assert_uint_eq(earlier.place.line, 1);
    ck_assert_uint_eq(earlier.content, 11);
    ck_assert(replace(seen, 1, 12, 3, 8));
    ck_assert_uint_eq(earlier.place.line, 2);
    ck_assert_uint_eq(earlier.input, 7);
    ck_assert(seen_record(seen, key, &record));
    ck_assert_uint_eq(record.place.line, 3);
    ck_assert_uint_eq(record.input, 8);
    ck_assert_uint_eq(record.content, 12);
    ck_assert_uint_eq(seen_count(seen), 1);
    seen_free(seen);
}
END_TEST

static void place_is(uint64_t line, uint64_t index, uint32_t sheet)
{
    ck_assert_uint_eq(earlier.place.line, line);
    ck_assert_uint_eq(earlier.place.index, index);
    ck_assert_uint_eq(earlier.place.sheet, sheet);
}

START_TEST(places_of_all_kinds)
{
    static const struct place places[] = {
        {.line = 42, .index = 41},
        {.index = 7},
        {.line = 3, .index = 900, .sheet = 2},
        {.line = 9, .index = 9, .sheet = 63},
        {.line = 9, .index = 9, .sheet = 64}, /* too many: not known */
    };
    struct seen *seen = seen_new();
    for (uint64_t i = 0; i < sizeof places / sizeof *places; i++) {
        const struct place *place = &places[i];
        uint64_t key[2];
        key_of(i, key);
        for (uint64_t content = 1; content <= 2; content++)
            seen_add(seen, key, &(struct seen_record){content, *place, 5},
                     &earlier);
        if (place->sheet > 63)
            place_is(0, 0, 0);
        else
            place_is(place->line, place->line > 0 ? 0 : place->index,
                     place->sheet);
    }
    seen_free(seen);
}
END_TEST

START_TEST(places_that_are_too_large)
{
    struct seen *seen = seen_new();
    add(seen, 1, 10, UINT64_MAX, UINT32_MAX);
    ck_assert_int_eq(add(seen, 1, 11, 2, 0), SEEN_CONFLICT);
    place_is(0, 0, 0);
    add(seen, 2, 10, 1ull << 31, 0);
    ck_assert_int_eq(add(seen, 2, 11, 2, 0), SEEN_CONFLICT);
    place_is(0, 0, 0);
    add(seen, 3, 10, (1ull << 31) - 1, 1020);
    ck_assert_int_eq(add(seen, 3, 11, 2, 0), SEEN_CONFLICT);
    place_is((1ull << 31) - 1, 0, 0);
    ck_assert_uint_eq(earlier.input, 1020);
    add(seen, 4, 10, 5, 1021);
    ck_assert_int_eq(add(seen, 4, 11, 2, 0), SEEN_CONFLICT);
    place_is(0, 0, 0);
    seen_free(seen);
}
END_TEST

START_TEST(first_time)
{
    struct seen *seen = seen_new();
    uint64_t key[2] = {0, 0};
    ck_assert(seen_first(seen, key));
    ck_assert(!seen_first(seen, key));
    seen_free(seen);
    seen_free(NULL);
}
END_TEST

START_TEST(keys_that_differ_in_a_bit)
{
    /* What tells keys apart: the first word, and the second's low 24 bits. */
    struct seen *seen = seen_new();
    for (int bit = 0; bit < 88; bit++) {
        uint64_t key[2] = {0, 0};
        key[bit / 64] = 1ull << bit % 64;
        ck_assert(seen_first(seen, key));
    }
    ck_assert_uint_eq(seen_count(seen), 88);
    seen_free(seen);
}
END_TEST

START_TEST(expected_or_not)
{
    static const uint64_t expected[] = {0, 10, 50000, 100000, UINT64_MAX / 2};
    for (size_t n = 0; n < sizeof expected / sizeof *expected; n++) {
        struct seen *seen = seen_new();
        add(seen, 0, 5, 1, 0);
        seen_expect(seen, expected[n]);
        for (uint64_t i = 1; i < 100000; i++)
            HOLDS(add(seen, i, 5, 1, 0) == SEEN_NEW);
        ck_assert_uint_le(seen_bytes(seen), 100000 * 40);
        for (uint64_t i = 0; i < 100000; i++)
            HOLDS(add(seen, i, 5, 1, 0) == SEEN_DUPLICATE);
        seen_free(seen);
    }
}
END_TEST

enum { MANY = 3000000 };

START_TEST(millions)
{
    struct seen *seen = seen_new();
    size_t worst = 0;
    for (uint64_t i = 0; i < MANY; i++) {
        HOLDS(add(seen, i, i ^ 7, i, (unsigned)(i % 100)) == SEEN_NEW);
        if (i % 50000 == 49999) {
            size_t each = seen_bytes(seen) / (i + 1);
            worst = each > worst ? each : worst;
        }
    }
    ck_assert_uint_eq(seen_count(seen), MANY);
    ck_assert_uint_le(worst, 40);
    for (uint64_t i = 0; i < MANY; i += 7) {
        HOLDS(add(seen, i, i ^ 7, 1, 1) == SEEN_DUPLICATE);
        HOLDS(add(seen, i, i, 1, 1) == SEEN_CONFLICT);
        HOLDS(earlier.place.line == i && earlier.input == i % 100);
    }
    seen_free(seen);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("seen");
    TCase *c = tcase_create("seen");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, first_keeps_its_place);
    tcase_add_test(c, found);
    tcase_add_test(c, journal_then_run);
    tcase_add_test(c, the_last_takes_the_place);
    tcase_add_test(c, places_of_all_kinds);
    tcase_add_test(c, places_that_are_too_large);
    tcase_add_test(c, first_time);
    tcase_add_test(c, keys_that_differ_in_a_bit);
    tcase_add_test(c, expected_or_not);
    tcase_add_test(c, millions);
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
