/* ledger: the balance, and how it is printed. */
#include <check.h>

#include <stdio.h>
#include <string.h>

#include "ledger.h"

static struct ledger example(void)
{
    return (struct ledger){.rows = 12000,
                           .rejected = 41,
                           .unchanged = 19,
                           .accepted = 11940,
                           .batches = 24,
                           .requests = 26,
                           .retries = 1,
                           .tokens = 1,
                           .bytes = 4120333};
}

static const char *printed(const struct ledger *ledger, bool check)
{
    static struct buf out;
    buf_clear(&out);
    ledger_print(ledger, check, &out);
    ck_assert_int_eq(out.at[--out.len], '\n');
    return buf_text(&out);
}

START_TEST(balance)
{
    struct ledger ledger = example();
    ck_assert(ledger_balances(&ledger));
    ledger.extra++;
    ck_assert(!ledger_balances(&ledger));
    ledger.duplicate++;
    ck_assert(ledger_balances(&ledger));
    ledger.rows++;
    ck_assert(!ledger_balances(&ledger));
    ledger.held++;
    ck_assert(ledger_balances(&ledger));
}
END_TEST

START_TEST(for_people)
{
    struct ledger ledger = example();
    ck_assert_str_eq(printed(&ledger, false),
                     "12 000 rows = 11 940 accepted + 19 unchanged + 41 "
                     "rejected + 0 skipped + 0 pending");
    ledger = (struct ledger){.rows = 1, .extra = 1234567, .pending = 1234568};
    ck_assert_str_eq(printed(&ledger, false),
                     "1 row + 1 234 567 extra = 0 accepted + 0 unchanged + 0 "
                     "rejected + 0 skipped + 1 234 568 pending");
    ck_assert_str_eq(printed(&ledger, true),
                     "1 row + 1 234 567 extra = 1 234 568 valid + 0 rejected "
                     "+ 0 skipped");
    ledger = (struct ledger){.rows = 1001, .skipped = 1, .held = 1000};
    ck_assert_str_eq(printed(&ledger, false),
                     "1 001 rows = 0 accepted + 0 unchanged + 0 rejected + 1 "
                     "skipped + 0 pending + 1 000 held");
    ledger = (struct ledger){.rows = 3, .duplicate = 2, .skipped = 1};
    ck_assert_str_eq(printed(&ledger, true),
                     "3 rows = 0 valid + 2 duplicate + 0 rejected + 1 "
                     "skipped");
}
END_TEST

START_TEST(for_machines)
{
    struct ledger ledger = example();
    struct buf out = {0};
    ledger_json(&ledger, false, &out);
    ck_assert_str_eq(
        buf_text(&out),
        "\"ledger\":{\"rows\":12000,\"extra\":0,\"skipped\":0,\"rejected\":41,"
        "\"duplicate\":0,\"unchanged\":19,\"accepted\":11940,\"pending\":0},"
        "\"delivery\":{\"batches\":24,\"requests\":26,\"retries\":1,"
        "\"splits\":0,\"tokens\":1,\"bytes\":4120333}");
    buf_release(&out);
}
END_TEST

static const char *parts_of(const struct ledger *ledger, bool check)
{
    static char text[300];
    struct buf out = {0};
    ledger_json(ledger, check, &out);
    snprintf(text, sizeof text, "%s", buf_text(&out));
    *strchr(text, '}') = '\0';
    buf_release(&out);
    return text;
}

START_TEST(parts_for_machines)
{
    const struct ledger ledger = {.rows = 9,
                                  .rejected = 2,
                                  .pending = 3,
                                  .duplicate = 4,
                                  .superseded = 1};
    const struct ledger guarded = {.rows = 9, .pending = 2, .held = 7};
    ck_assert_str_eq(parts_of(&ledger, true),
                     "\"ledger\":{\"rows\":9,\"extra\":0,\"skipped\":0,"
                     "\"rejected\":2,\"duplicate\":4,\"valid\":3,"
                     "\"superseded\":1");
    ck_assert_str_eq(parts_of(&guarded, false),
                     "\"ledger\":{\"rows\":9,\"extra\":0,\"skipped\":0,"
                     "\"rejected\":0,\"duplicate\":0,\"unchanged\":0,"
                     "\"accepted\":0,\"pending\":2,\"held\":7");
}
END_TEST

START_TEST(numbers)
{
    static const struct {
        uint64_t number;
        const char *text;
    } all[] = {{0, "0"},
               {999, "999"},
               {1000, "1 000"},
               {100000, "100 000"},
               {UINT64_MAX, "18 446 744 073 709 551 615"}};
    struct buf out = {0};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        buf_clear(&out);
        ledger_number(all[i].number, &out);
        ck_assert_str_eq(buf_text(&out), all[i].text);
    }
    buf_release(&out);
}
END_TEST

START_TEST(warnings)
{
    struct ledger ledger = example();
    struct buf out = {0};
    ledger_print_warnings(&ledger, &out);
    ck_assert_uint_eq(out.len, 0);
    ledger_json_warnings(&ledger, &out);
    ck_assert_str_eq(buf_text(&out), "\"warnings\":{}");
    ledger.warnings[WARNING_MOJIBAKE] = 7;
    ledger.warnings[WARNING_PHONE] = 1200;
    ledger.warnings[WARNING_DATE] = 7;
    buf_clear(&out);
    ledger_print_warnings(&ledger, &out);
    ck_assert_str_eq(buf_text(&out),
                     "1 214 warnings: 1 200 phone, 7 mojibake, 7 date\n");
    buf_clear(&out);
    ledger_json_warnings(&ledger, &out);
    ck_assert_str_eq(buf_text(&out),
                     "\"warnings\":{\"phone\":1200,\"mojibake\":7,\"date\":7}");
    buf_clear(&out);
    ledger = (struct ledger){.warnings[WARNING_KEY] = 1};
    ledger_print_warnings(&ledger, &out);
    ck_assert_str_eq(buf_text(&out), "1 warning: 1 key\n");
    buf_release(&out);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("ledger");
    TCase *c = tcase_create("ledger");
    tcase_add_test(c, balance);
    tcase_add_test(c, for_people);
    tcase_add_test(c, for_machines);
    tcase_add_test(c, parts_for_machines);
    tcase_add_test(c, numbers);
    tcase_add_test(c, warnings);
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
