/* warning: the list of a row's warnings. */
#include <check.h>

#include <string.h>

#include "warning.h"

static struct arena arena;
static struct warnings warnings;

static void begin(void)
{
    arena_init(&arena);
    warnings = (struct warnings){.arena = &arena};
}

static void end(void)
{
    arena_release(&arena);
}

static struct value text(const char *bytes)
{
    return value_text(bytes, strlen(bytes));
}

START_TEST(keeps_what_it_is_given)
{
    char value[] = "12\n34", field[] = "Fax";
    struct value shown = text(value);
    warn(&warnings, WARNING_PHONE, field, &shown, "%d digits:\n%s", 4, value);
    memset(value, 'x', sizeof value - 1);
    memset(field, 'x', sizeof field - 1);
    ck_assert_uint_eq(warnings.count, 1);
    ck_assert_int_eq(warnings.all[0].kind, WARNING_PHONE);
    ck_assert_str_eq(warnings.all[0].field, "Fax");
    ck_assert_str_eq(warnings.all[0].value, "12\\u{A}34");
    ck_assert_str_eq(warnings.all[0].text, "4 digits:\\u{A}12\\u{A}34");
}
END_TEST

START_TEST(once_where_all_is_the_same)
{
    struct value one = text("1"), two = text("2");
    warn(&warnings, WARNING_PHONE, "Fax", &one, "odd");
    warn(&warnings, WARNING_PHONE, "Fax", &one, "odd");
    ck_assert_uint_eq(warnings.count, 1);
    warn(&warnings, WARNING_PHONE, "Fax", &two, "odd");
    warn(&warnings, WARNING_PHONE, "Email", &one, "odd");
    warn(&warnings, WARNING_MAIL, "Fax", &one, "odd");
    warn(&warnings, WARNING_PHONE, "Fax", &one, "even");
    ck_assert_uint_eq(warnings.count, 5);
}
END_TEST

START_TEST(the_field_being_made)
{
    warn(&warnings, WARNING_DATE, NULL, NULL, "no field");
    warnings.field = "Fax";
    warn(&warnings, WARNING_DATE, NULL, NULL, "a field");
    ck_assert_str_eq(warnings.all[0].field, "");
    ck_assert_str_eq(warnings.all[0].value, "");
    ck_assert_str_eq(warnings.all[1].field, "Fax");
    warnings_clear(&warnings);
    ck_assert_uint_eq(warnings.count, 0);
    ck_assert_ptr_null(warnings.field);
}
END_TEST

START_TEST(more_than_a_few)
{
    for (int i = 0; i < 1000; i++) {
        struct value number = {.integer = i, .type = VALUE_INT};
        warn(&warnings, WARNING_NUMBER, "Fax", &number, "number %d", i);
    }
    ck_assert_uint_eq(warnings.count, 1000);
    ck_assert_str_eq(warnings.all[0].value, "0");
    ck_assert_str_eq(warnings.all[999].value, "999");
    ck_assert_str_eq(warnings.all[999].text, "number 999");
}
END_TEST

/* A script can warn a million times: a row's list ends, and says so once of
 * each kind, as some of them may be strict. */
START_TEST(up_to_a_thousand)
{
    for (unsigned i = 0; i < 5000; i++) {
        warn(&warnings, WARNING_TEXT, "Fax", NULL, "number %u", i);
        if (i > 2000)
            warn(&warnings, WARNING_PHONE, "Fax", NULL, "number %u", i);
    }
    ck_assert_uint_eq(warnings.count, 1002);
    ck_assert_str_eq(warnings.all[999].text, "number 999");
    ck_assert_str_eq(warnings.all[1000].text, "more of one row are left out");
    ck_assert_int_eq(warnings.all[1000].kind, WARNING_TEXT);
    ck_assert_int_eq(warnings.all[1001].kind, WARNING_PHONE);
}
END_TEST

START_TEST(the_same_takes_no_memory)
{
    for (unsigned i = 0; i < 100000; i++)
        warn(&warnings, WARNING_TEXT, "Fax", NULL, "%0100d", 7);
    ck_assert_uint_eq(warnings.count, 1);
    ck_assert_uint_lt(warnings.arena->held, 1 << 20);
}
END_TEST

START_TEST(long_values_are_cut_between_letters)
{
    char bytes[1200];
    for (size_t at = 0; at < sizeof bytes; at += 2)
        memcpy(bytes + at, "à", 2);
    struct value value = value_text(bytes, sizeof bytes);
    warn(&warnings, WARNING_TEXT, "Fax", &value, "long");
    size_t len = strlen(warnings.all[0].value);
    ck_assert_uint_eq(len, 200 * 2 + strlen("…"));
    ck_assert_str_eq(warnings.all[0].value + len - 5, "à…");
}
END_TEST

START_TEST(nobody_listens)
{
    struct value one = text("1");
    warn(NULL, WARNING_PHONE, "Fax", &one, "odd");
}
END_TEST

START_TEST(kinds_by_name)
{
    for (unsigned i = 0; i < WARNING_KINDS; i++) {
        const char *name = warning_name((enum warning_kind)i);
        ck_assert_uint_eq(warning_find(name, strlen(name)), i);
        ck_assert(*warning_help((enum warning_kind)i) != '\0');
    }
    ck_assert_int_eq(warning_find("phon", 4), WARNING_KINDS);
    ck_assert_int_eq(warning_find("", 0), WARNING_KINDS);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("warning");
    TCase *c = tcase_create("warning");
    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, keeps_what_it_is_given);
    tcase_add_test(c, once_where_all_is_the_same);
    tcase_add_test(c, the_field_being_made);
    tcase_add_test(c, more_than_a_few);
    tcase_add_test(c, up_to_a_thousand);
    tcase_add_test(c, the_same_takes_no_memory);
    tcase_add_test(c, long_values_are_cut_between_letters);
    tcase_add_test(c, nobody_listens);
    tcase_add_test(c, kinds_by_name);
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
