/* last: which record of a key is the last one, in two passes that must agree.
 */
#include "holds.h"

#include <check.h>

#include "decode/input.h"
#include "deliver/last.h"

static struct err err;
static struct last *last;
static struct chunk *chunk;
static char path_kh[] = "kh.csv", path_more[] = "more.csv";
static struct input kh = {.path = path_kh}, more = {.path = path_more};

static void setup(void)
{
    err = (struct err){.text = ""};
    last = last_new();
    chunk = chunk_new();
    chunk->input = &kh;
}

static void teardown(void)
{
    last_free(last);
    last_free(NULL);
    chunk_free(chunk);
}

static struct record *record(uint64_t key, uint64_t content, uint64_t line)
{
    struct record *made = chunk_add_record(chunk);
    *made = (struct record){.key_hash = {key * 77, key},
                            .content = content,
                            .place = {.line = line, .index = line}};
    if (chunk->rows == 0)
        chunk->first = made->place;
    chunk->rows++;
    return made;
}

static void clear(const struct input *input)
{
    chunk_clear(chunk);
    chunk->input = input;
}

/* A1 B1 A2 | C1 A2 in two files. */
static void first_file(void)
{
    clear(&kh);
    record(1, 10, 2);
    record(2, 10, 3);
    record(1, 20, 4);
}

static void second_file(void)
{
    clear(&more);
    record(3, 10, 2);
    record(1, 20, 3);
}

static void first_pass(void)
{
    static const struct ledger counted = {.rows = 5};
    first_file();
    last_note(last, chunk);
    second_file();
    last_note(last, chunk);
    ck_assert_ptr_null(last_counted(last));
    last_ready(last, &counted);
    ck_assert_uint_eq(last_counted(last)->rows, 5);
}

/* The nth record of the chunk: '-', or how what comes after it reads. */
static const char *verdict(uint32_t n)
{
    static struct buf text;
    struct later later;
    buf_clear(&text);
    if (!last_take(last, &chunk->records[n], &later))
        return "-";
    later_put(&text, &later);
    buf_puts(&text, later.same ? " same" : " other");
    return buf_text(&text);
}

START_TEST(the_last_of_each_key)
{
    first_pass();
    first_file();
    ck_assert(last_follow(last, chunk, &err));
    ck_assert_str_eq(verdict(0), "more.csv:3 other");
    ck_assert_str_eq(verdict(1), "-");
    ck_assert_str_eq(verdict(2), "more.csv:3 same");
    ck_assert(!last_complete(last, &err));
    second_file();
    ck_assert(last_follow(last, chunk, &err));
    ck_assert_str_eq(verdict(0), "-");
    ck_assert_str_eq(verdict(1), "-");
    ck_assert(last_complete(last, &err));
}
END_TEST

/* What differs: a key, a place, a count, the order, a chunk too many. */
START_TEST(a_second_pass_that_differs)
{
    first_pass();
    first_file();
    switch (_i) {
    case 0:
        chunk->records[2].key_hash[0]++;
        break;
    case 1:
        chunk->records[2].key_hash[1]++;
        break;
    case 2:
        chunk->records[0].place.line = 5;
        break;
    case 3:
        chunk->rows++;
        break;
    case 4:
        chunk->record_count--;
        chunk->reject_count++;
        break;
    case 5:
        chunk->skipped++;
        break;
    case 6:
        clear(&kh);
        record(2, 10, 2);
        record(1, 10, 3);
        record(1, 20, 4);
        break;
    default:
        ck_assert(last_follow(last, chunk, &err));
        second_file();
        ck_assert(last_follow(last, chunk, &err));
        break;
    }
    ck_assert(!last_follow(last, chunk, &err));
    chunk->reject_count = 0; /* nothing stands there */
    ck_assert_int_eq(err.code, EXIT_INPUT);
    ck_assert_msg(strstr(err.text, _i > 6 ? "more.csv:2: " : "kh.csv:2: "),
                  "%s", err.text);
    ck_assert(!last_complete(last, &err));
}
END_TEST

/* The time of day may stand in a record. */
START_TEST(other_content_is_no_difference)
{
    first_pass();
    first_file();
    chunk->records[1].content = 99;
    ck_assert(last_follow(last, chunk, &err));
}
END_TEST

/* Behind a limit empty chunks come as they like, in either pass. */
START_TEST(chunks_without_rows)
{
    clear(NULL);
    last_note(last, chunk);
    first_pass();
    clear(NULL);
    for (int i = 0; i < 3; i++)
        ck_assert(last_follow(last, chunk, &err));
    first_file();
    ck_assert(last_follow(last, chunk, &err));
}
END_TEST

/* Why a chunk failed says more than that it is another one. */
START_TEST(a_chunk_that_failed)
{
    first_pass();
    first_file();
    chunk->failed = true;
    err_set(&chunk->failure, EXIT_SCRIPT, "kh.lua:3: broken");
    ck_assert(!last_follow(last, chunk, &err));
    ck_assert_int_eq(err.code, EXIT_SCRIPT);
    ck_assert_str_eq(err.text, "kh.lua:3: broken");
}
END_TEST

/* An input too many for a table's entry: the row counts, only its place is not
 * known. */
START_TEST(a_place_that_is_not_known)
{
    static struct input inputs[1100];
    static const struct ledger counted;
    for (int pass = 0; pass < 2; pass++) {
        for (unsigned i = 0; i < 1100; i++) {
            inputs[i].path = path_kh;
            clear(&inputs[i]);
            record(7, i, 1);
            if (pass == 0)
                last_note(last, chunk);
            else
                ck_assert_str_eq(verdict(0),
                                 i < 1099 ? "a later row other" : "-");
        }
        if (pass == 0)
            last_ready(last, &counted);
    }
}
END_TEST

enum { MANY = 300000 };

/* Keys that come once, twice, and a hundred times, among each other. */
static uint64_t key_of(uint64_t i)
{
    if (i % 3 == 0)
        return i;
    return i % 3 == 1 ? MANY + i % (MANY / 2) : 2 * MANY + i % (MANY / 100);
}

START_TEST(many)
{
    static uint64_t number[3 * MANY];
    static const struct ledger counted;
    struct later later;
    for (uint64_t i = 0; i < MANY; i++) {
        record(key_of(i), i, i + 2);
        number[key_of(i)] = i;
        if (i % 1000 == 999) {
            last_note(last, chunk);
            clear(&kh);
        }
    }
    last_ready(last, &counted);
    for (uint64_t i = 0; i < MANY; i++) {
        clear(&kh);
        bool later_comes = last_take(last, record(key_of(i), i, i + 2), &later);
        HOLDS(later_comes == (number[key_of(i)] != i));
        HOLDS(!later_comes || later.place.line == number[key_of(i)] + 2);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("last");
    TCase *c = tcase_create("last");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, the_last_of_each_key);
    tcase_add_loop_test(c, a_second_pass_that_differs, 0, 8);
    tcase_add_test(c, other_content_is_no_difference);
    tcase_add_test(c, chunks_without_rows);
    tcase_add_test(c, a_chunk_that_failed);
    tcase_add_test(c, a_place_that_is_not_known);
    tcase_add_test(c, many);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
