/* retry: delays within their bounds, and what servers ask for. */
#include <check.h>
#include <stdbool.h>

#include "net/retry.h"

START_TEST(chance_is_even)
{
    uint64_t state = 1, again = 1;
    double sum = 0;
    for (int i = 0; i < 10000; i++) {
        double chance = retry_chance(&state);
        ck_assert(chance >= 0 && chance < 1);
        ck_assert(chance == retry_chance(&again));
        sum += chance;
    }
    ck_assert(sum > 4800 && sum < 5200);
}
END_TEST

START_TEST(bounds_double)
{
    static const struct {
        unsigned attempt;
        double bound;
    } all[] = {{1, 0.5}, {2, 1}, {3, 2}, {6, 16}, {7, 32}, {4000000000u, 60}};
    uint64_t state = 42;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        double most = 0;
        for (int n = 0; n < 1000; n++) {
            double delay = retry_delay(all[i].attempt, -1, &state);
            ck_assert(delay >= 0 && delay < all[i].bound);
            most = delay > most ? delay : most;
        }
        ck_assert(most > 0.9 * all[i].bound);
    }
}
END_TEST

START_TEST(servers_wish_is_the_least)
{
    uint64_t state = 42;
    for (int n = 0; n < 100; n++) {
        ck_assert(retry_delay(1, 7, &state) == 7);
        double delay = retry_delay(9, 7, &state);
        ck_assert(delay >= 7 && delay < 60);
    }
}
END_TEST

START_TEST(headers)
{
    static const struct {
        const char *value;
        double seconds;
    } all[] = {
        {NULL, -1},
        {"", -1},
        {"soon", -1},
        {"120", 120},
        {" 0 ", 0},
        {"12x", -1},
        {"Fri, 31 Dec 1999 23:59:59 GMT", 0},
        {"Sat, 01 Jan 2000 00:01:00 GMT", 60},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_msg(retry_after(all[i].value, NULL, 946684800) ==
                          all[i].seconds,
                      "%s", all[i].value ? all[i].value : "none");
}
END_TEST

/* The server's clock made both; ours, which says 2000, may be years off. */
START_TEST(a_date_counts_from_the_answers_own)
{
    static const struct {
        const char *value, *date;
        double seconds;
    } all[] = {
        {"Sat, 01 Jan 2000 00:01:00 GMT", "Sat, 01 Jan 2000 00:00:50 GMT", 10},
        {"Fri, 04 Jun 2027 10:00:30 GMT", "Fri, 04 Jun 2027 10:00:00 GMT", 30},
        {"Mon, 05 Jan 1998 10:00:30 GMT", "Mon, 05 Jan 1998 10:00:00 GMT", 30},
        {"Mon, 05 Jan 1998 10:00:00 GMT", "Mon, 05 Jan 1998 10:00:30 GMT", 0},
        {"Mon, 05 Jan 1998 17:00:30 +0700", "Mon, 05 Jan 1998 10:00:00 GMT",
         30},
        {"Sat, 01 Jan 2000 00:01:00 GMT", "", 60},
        {"Sat, 01 Jan 2000 00:01:00 GMT", "yesterday", 60},
        {"7", "Mon, 05 Jan 1998 10:00:00 GMT", 7},
        {"soon", "Mon, 05 Jan 1998 10:00:00 GMT", -1},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_msg(retry_after(all[i].value, all[i].date, 946684800) ==
                          all[i].seconds,
                      "%s, %s", all[i].value, all[i].date);
}
END_TEST

START_TEST(all_the_time_is_used)
{
    uint64_t state = 1;
    bool last = false;
    for (int i = 0; i < 1000; i++) {
        double due = retry_due(100, 101, 5, -1, &state);
        ck_assert(due >= 100 && due <= 101);
        last = last || due == 101;
    }
    ck_assert(last);
    ck_assert(retry_due(101, 101, 5, -1, &state) < 0);
    ck_assert(retry_due(100, 100, 1, -1, &state) < 0);
    ck_assert(retry_due(100, 101, 5, 1.5, &state) < 0);
    ck_assert(retry_due(100, 110, 1, 5, &state) == 105);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("retry");
    TCase *c = tcase_create("retry");
    tcase_add_test(c, chance_is_even);
    tcase_add_test(c, bounds_double);
    tcase_add_test(c, servers_wish_is_the_least);
    tcase_add_test(c, all_the_time_is_used);
    tcase_add_test(c, headers);
    tcase_add_test(c, a_date_counts_from_the_answers_own);
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
