/* compare: what is the same, and what is not. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "sinks/compare.h"

static const struct form *form;
static struct compare compare;
static struct buf said;

static void setup(void)
{
    struct err err;
    ck_assert_ptr_nonnull(forms_load(&err));
    form = form_find("setCustomer");
    compare = (struct compare){.sent = NULL};
    said = (struct buf){0};
}

static void teardown(void)
{
    compare_release(&compare);
    buf_release(&said);
    forms_release();
}

static void say(void *owner, const struct difference *difference)
{
    struct buf *out = owner;
    buf_addf(out, "%s: %.*s, ", difference->field, (int)difference->sent_len,
             difference->sent);
    if (difference->found != NULL)
        buf_add(out, difference->found, difference->found_len);
    else
        buf_puts(out, "nothing");
    buf_puts(out, "; ");
}

/* What differs, as text. */
static const char *differs(const char *sent, const char *found)
{
    buf_clear(&said);
    compare_records(&compare, form, sent, strlen(sent), found, strlen(found),
                    say, &said);
    return buf_text(&said);
}

START_TEST(equal_values)
{
    static const char *const pairs[][2] = {
        /* clang-format off */
        {"{}", "{\"CustomerName\":\"never sent\"}"},
        {"{\"CustomerCode\":\"KH1\"}", "{\"CustomerCode\":\"KH1\"}"},
        {"{\"CustomerCode\":\"kh1\"}", "{\"CustomerCode\":\"KH1  \"}"},
        {"{\"CustomerCode\":\"\u0111b\"}", "{\"CustomerCode\":\"\u0110B\"}"},
        {"{\"status\":\"1\"}", "{\"Other\":{\"status\":\"0\"},\"Status\":\"1\"}"},
        {"{\"status\":\"1\"}", "{\"STATUS\":1}"},
        {"{\"status\":\"1\"}", "{\"Status\":true}"},
        {"{\"status\":\"0\"}", "{\"Status\":false}"},
        {"{\"EmployeeYN\":1}", "{\"EmployeeYN\":1}"},
        {"{\"EmployeeYN\":1}", "{\"EmployeeYN\":\"1\"}"},
        {"{\"EmployeeYN\":1}", "{\"EmployeeYN\":1.00}"},
        {"{\"EmployeeYN\":1}", "{\"EmployeeYN\":\"01.0\"}"},
        {"{\"EmployeeYN\":0}", "{\"EmployeeYN\":-0}"},
        {"{\"EmployeeYN\":0}", "{\"EmployeeYN\":false}"},
        {"{\"CustomerName\":\"Hoa \u1ea1\"}", "{\"CustomerName\":\"Hoa a\u0323 \\u3000\"}"},
        {"{\"CustomerName\":\"a\\\"b\"}", "{\"CustomerName\":\"a\\u0022b\"}"},
        {"{\"Fax\":\"\"}", "{\"Fax\":null}"},
        {"{\"Fax\":\"\"}", "{\"Fax\":\"  \"}"},
        {"{\"Fax\":\"\"}", "{}"},
        {"{\"Fax\":\"12345678901234567890\"}", "{\"Fax\":12345678901234567890}"},
        /* clang-format on */
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        ck_assert_msg(*differs(pairs[i][0], pairs[i][1]) == '\0', "%s %s: %s",
                      pairs[i][0], pairs[i][1], buf_text(&said));
}
END_TEST

START_TEST(other_values)
{
    static const char *const all[][3] = {
        /* clang-format off */
        {"{\"CustomerCode\":\"KH1\"}", "{\"CustomerCode\":\"KH2\"}", "CustomerCode: KH1, KH2; "},
        {"{\"status\":\"1\"}", "{\"Status\":0}", "Status: 1, 0; "},
        {"{\"status\":\"1\"}", "{}", "Status: 1, nothing; "},
        {"{\"status\":\"1\"}", "[]", "Status: 1, nothing; "},
        {"{\"status\":\"1\"}", "{\"Status\":null}", "Status: 1, nothing; "},
        {"{\"status\":\"1\"}", "{\"Status\":\"\"}", "Status: 1, nothing; "},
        {"{\"status\":\"1\"}", "{\"Status\":[\"1\"]}", "Status: 1, [\"1\"]; "},
        {"{\"status\":\"1\"}", "{\"Status\":{\"a\":1}}", "Status: 1, {\"a\":1}; "},
        {"{\"EmployeeYN\":1}", "{\"EmployeeYN\":10}", "EmployeeYN: 1, 10; "},
        {"{\"EmployeeYN\":1}", "{\"EmployeeYN\":-1}", "EmployeeYN: 1, -1; "},
        {"{\"EmployeeYN\":1}", "{\"EmployeeYN\":1.5}", "EmployeeYN: 1, 1.5; "},
        {"{\"EmployeeYN\":1}", "{\"EmployeeYN\":\"one\"}", "EmployeeYN: 1, one; "},
        {"{\"EmployeeYN\":0}", "{\"EmployeeYN\":\"\"}", "EmployeeYN: 0, nothing; "},
        {"{\"PhoneNumber\":\"0912\"}", "{\"PhoneNumber\":912}", "PhoneNumber: 0912, 912; "},
        {"{\"CustomerName\":\"Hoa\"}", "{\"CustomerName\":\" Hoa\"}", "CustomerName: Hoa,  Hoa; "},
        {"{\"CustomerName\":\"Hoa\"}", "{\"CustomerName\":\"HOA\"}", "CustomerName: Hoa, HOA; "},
        {"{\"Fax\":\"\"}", "{\"Fax\":\"1\"}", "Fax: , 1; "},
        {"{\"CustomerCode\":\"KH1\",\"Fax\":\"1\",\"status\":\"1\"}", "{\"Status\":\"0\",\"CustomerCode\":\"kh1\",\"Fax\":\"2\"}",
         "Fax: 1, 2; Status: 1, 0; "},
        /* clang-format on */
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_str_eq(differs(all[i][0], all[i][1]), all[i][2]);
}
END_TEST

/* More members than the first memory holds. */
START_TEST(wide_answers)
{
    struct buf found = {0};
    buf_putc(&found, '{');
    for (int i = 0; i < 500; i++)
        buf_addf(&found, "\"Column%d\":\"%d\",", i, i);
    buf_puts(&found, "\"Status\":\"0\"}");
    ck_assert_str_eq(differs("{\"status\":\"1\"}", buf_text(&found)),
                     "Status: 1, 0; ");
    ck_assert_uint_eq(compare_records(&compare, form, "{}", 2, found.at,
                                      found.len, say, &said),
                      0);
    buf_release(&found);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("compare");
    TCase *c = tcase_create("compare");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, equal_values);
    tcase_add_test(c, other_values);
    tcase_add_test(c, wide_answers);
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
