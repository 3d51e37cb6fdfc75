/* Values: found in maps, as integers, as JSON. */
#include <check.h>
#include <string.h>

#include "value.h"

static struct value text(const char *given)
{
    return value_text(given, strlen(given));
}

static struct value decimal(const char *digits)
{
    return (struct value){
        .text = digits, .len = (uint32_t)strlen(digits), .type = VALUE_DECIMAL};
}

START_TEST(a_value_is_sixteen_bytes)
{
    ck_assert_uint_eq(sizeof(struct value), 16);
}
END_TEST

static const struct {
    const char *digits;
    bool fits;
    int64_t integer;
} integers[] = {
    {"0", true, 0},
    {"7", true, 7},
    {"-7", true, -7},
    {"9223372036854775807", true, INT64_MAX},
    {"-9223372036854775808", true, INT64_MIN},
    {"9223372036854775808", false, 0},
    {"-9223372036854775809", false, 0},
    {"12345678901234567890", false, 0},
    {"99999999999999999999", false, 0},
    {"-0", false, 0},
    {"007", false, 0},
    {"12.10", false, 0},
    {"12.0", false, 0},
    {"1e3", false, 0},
    {"-", false, 0},
    {"", false, 0},
};

START_TEST(integers_are_those_that_print_the_same)
{
    struct value given = decimal(integers[_i].digits);
    int64_t integer = 0;
    ck_assert(decimal_integer(&given, &integer) == integers[_i].fits);
    ck_assert(integer == integers[_i].integer);
}
END_TEST

static struct value phone_list(void)
{
    static struct value_member home[2];
    static struct value all[3];
    home[0] = (struct value_member){text("number"), text("0511 3822 888")};
    home[1] = (struct value_member){text("a \"kind\""), {.type = VALUE_NIL}};
    all[0] = (struct value){.members = home, .len = 2, .type = VALUE_MAP};
    all[1] = decimal("12.10");
    all[2] = (struct value){.list = NULL, .type = VALUE_LIST};
    return (struct value){.list = all, .len = 3, .type = VALUE_LIST};
}

START_TEST(members_by_name)
{
    struct value map = phone_list().list[0];
    ck_assert_ptr_eq(value_find(&map, "number", 6), &map.members[0].value);
    ck_assert_int_eq(value_find(&map, "a \"kind\"", 8)->type, VALUE_NIL);
    ck_assert_ptr_null(value_find(&map, "numbe", 5));
    ck_assert_ptr_null(value_find(&map, "", 0));
    map.len = 0;
    ck_assert_ptr_null(value_find(&map, "number", 6));
}
END_TEST

static void writes(struct value value, const char *json)
{
    struct buf out = {0};
    value_json(&out, &value);
    ck_assert_str_eq(buf_text(&out), json);
    buf_release(&out);
}

START_TEST(as_json)
{
    writes(text("a\"\n"), "\"a\\\"\\n\"");
    writes(decimal("12.10"), "12.10");
    writes(decimal("12345678901234567890"), "12345678901234567890");
    writes((struct value){.integer = -5, .type = VALUE_INT}, "-5");
    writes((struct value){.number = 1.5, .type = VALUE_NUMBER}, "1.5");
    writes((struct value){.truth = true, .type = VALUE_BOOL}, "true");
    writes((struct value){.type = VALUE_EMPTY}, "\"\"");
    writes((struct value){.type = VALUE_NIL}, "null");
    writes((struct value){.type = VALUE_LIST}, "[]");
    writes((struct value){.type = VALUE_MAP}, "{}");
    writes(phone_list(), "[{\"number\":\"0511 3822 888\","
                         "\"a \\\"kind\\\"\":null},12.10,[]]");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value");
    TCase *tests = tcase_create("value");
    tcase_add_test(tests, a_value_is_sixteen_bytes);
    tcase_add_loop_test(tests, integers_are_those_that_print_the_same, 0,
                        sizeof integers / sizeof *integers);
    tcase_add_test(tests, members_by_name);
    tcase_add_test(tests, as_json);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
