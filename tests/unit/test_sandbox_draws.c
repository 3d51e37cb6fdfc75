/* Faults of the sandbox: what a command line says of them, which go together,
 * and when they are played. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sandbox/fault.h"

static void has(const char *seen, const char *part)
{
    ck_assert_msg(strstr(seen, part) != NULL, "%s\nand not: %s", seen, part);
}

START_TEST(words)
{
    struct sandbox_fault fault;
    struct err err;
    static const struct {
        const char *text;
        struct sandbox_fault fault;
    } good[] = {
        {"500:0.25", {FAULT_500, CALL_SYNC, 0.25}},
        {"reset:50%:getToken", {FAULT_RESET, CALL_TOKEN, 0.5}},
        {"commit-then-reset:1", {FAULT_COMMIT_THEN_RESET, CALL_SYNC, 1}},
        {"429:100%:all", {FAULT_429, CALL_ALL, 1}},
        {"hang:0:GetData", {FAULT_HANG, CALL_GET, 0}},
    };
    static const struct {
        const char *text, *why;
    } bad[] = {
        {"500", "write KIND:RATE[:CALL]"},
        {"", "write KIND:RATE[:CALL]"},
        {"boom:1", "there is no fault \"boom\" (known: 500, 503, 429, reset,"},
        {"500:", "the rate must be"},
        {"500:%", "the rate must be"},
        {"500:.", "the rate must be"},
        {"500:1.1", "the rate must be"},
        {"500:101%", "the rate must be"},
        {"500:-1", "the rate must be"},
        {"500:1e-3", "the rate must be"},
        {"500:nan", "the rate must be"},
        {"500:0.1.2", "the rate must be"},
        {"500:1:syncdata", "there is no call \"syncdata\""},
        {"500:1:", "there is no call \"\""},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert(fault_parse(good[i].text, &fault, &err));
        ck_assert_int_eq(fault.kind, good[i].fault.kind);
        ck_assert_uint_eq(fault.calls, good[i].fault.calls);
        ck_assert_double_eq_tol(fault.rate, good[i].fault.rate, 1e-12);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_msg(!fault_parse(bad[i].text, &fault, &err), "%s",
                      bad[i].text);
        ck_assert_int_eq(err.code, EXIT_USAGE);
        has(err.text, bad[i].why);
    }
}
END_TEST

START_TEST(wrong_together)
{
    struct fault_dice dice = {0};
    struct err err;
    static const struct {
        struct sandbox_fault all[2];
        const char *why;
    } bad[] = {
        {{{FAULT_PARTIAL, CALL_GET, 0}, {0}},
         "the fault partial makes no sense for GetData; it is for SyncData"},
        {{{FAULT_EXPIRE, CALL_ALL, 0}, {0}},
         "the fault expire makes no sense for getToken; it is for SyncData or "
         "GetData"},
        {{{FAULT_COMMIT_THEN_500, CALL_TOKEN, 0}, {0}}, "commit-then-500"},
        {{{FAULT_COMMIT_THEN_RESET, CALL_GET, 0}, {0}}, "commit-then-reset"},
        {{{FAULT_500, CALL_ALL, 0.6}, {FAULT_503, CALL_GET, 0.5}},
         "the faults of GetData come to 110% of its requests, at "
         "most 100%"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert(!fault_dice_init(&dice, bad[i].all, 2, 1, &err));
        fault_dice_release(&dice);
        ck_assert_int_eq(err.code, EXIT_USAGE);
        has(err.text, bad[i].why);
    }
    static const struct sandbox_fault full[] = {
        {FAULT_500, CALL_SYNC, 0.7},
        {FAULT_503, CALL_SYNC, 0.2},
        {FAULT_429, CALL_SYNC, 0.1},
        {FAULT_RESET, CALL_GET, 1},
        {FAULT_EXPIRE, CALL_SYNC | CALL_GET, 0}};
    ck_assert(fault_dice_init(&dice, full, 5, 1, &err));
    fault_dice_release(&dice);
}
END_TEST

enum { DRAWS = 4000 };

/* Draws for SyncData, with one for getToken before each; a letter each. */
static char *draw_many(uint64_t seed, double first, double second)
{
    struct sandbox_fault all[] = {{FAULT_500, CALL_SYNC, first},
                                  {FAULT_RESET, CALL_SYNC, second}};
    struct fault_dice dice = {0};
    struct fault_draw draw;
    struct err err;
    ck_assert(fault_dice_init(&dice, all, 2, seed, &err));
    char *seen = mem_zero(DRAWS + 1, 1);
    for (int i = 0; i < DRAWS; i++) {
        ck_assert(!fault_dice_draw(&dice, CALL_TOKEN, &draw));
        bool drawn = fault_dice_draw(&dice, CALL_SYNC, &draw);
        seen[i] = !drawn ? '.' : draw.kind == FAULT_500 ? '5' : 'r';
    }
    fault_dice_release(&dice);
    return seen;
}

static int count_of(const char *seen, char letter)
{
    int count = 0;
    for (; *seen != '\0'; seen++)
        count += *seen == letter;
    return count;
}

START_TEST(draws)
{
    char *first = draw_many(7, 0.2, 0.01);
    char *again = draw_many(7, 0.2, 0.01);
    char *other = draw_many(8, 0.2, 0.01);
    ck_assert_str_eq(first, again);
    ck_assert_str_ne(first, other);
    ck_assert_int_ge(count_of(first, '5'), DRAWS * 18 / 100);
    ck_assert_int_le(count_of(first, '5'), DRAWS * 22 / 100);
    ck_assert_int_ge(count_of(first, 'r'), DRAWS * 5 / 1000);
    ck_assert_int_le(count_of(first, 'r'), DRAWS * 15 / 1000);
    free(again);
    free(other);
    again = draw_many(0, 0.5, 0);
    other = draw_many(0, 0.5, 0);
    ck_assert_str_ne(again, other);
    free(again);
    free(other);
    again = draw_many(1, 0, 1);
    ck_assert_int_eq(count_of(again, 'r'), DRAWS);
    other = draw_many(1, 0, 0);
    ck_assert_int_eq(count_of(other, '.'), DRAWS);
    free(first);
    free(again);
    free(other);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("sandbox draws");
    TCase *c = tcase_create("draws");
    tcase_add_test(c, words);
    tcase_add_test(c, wrong_together);
    tcase_add_test(c, draws);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
