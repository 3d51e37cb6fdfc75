/* What people saw in a cell, by its number and its format. */
#include <check.h>
#include <string.h>

#include "base/mem.h"
#include "decode/workbook/sheet/format.h"
#include "value.h"

START_TEST(codes)
{
    static const struct {
        const char *code;
        enum shown_kind kind;
        unsigned digits;
    } all[] = {
        {"General", SHOWN_NUMBER, 0},
        {"GENERAL", SHOWN_NUMBER, 0},
        {"Standard", SHOWN_NUMBER, 0},
        {"", SHOWN_NUMBER, 0},
        {"0", SHOWN_NUMBER, 0},
        {"0.00", SHOWN_NUMBER, 0},
        {"00.00", SHOWN_NUMBER, 0},
        {"#,##0", SHOWN_NUMBER, 0},
        {"#,##0.00_);[Red](#,##0.00)", SHOWN_NUMBER, 0},
        {"_-* #,##0\\ \"\xE2\x82\xAB\"_-", SHOWN_NUMBER, 0},
        {"#,##0 VND", SHOWN_NUMBER, 0},
        {"0.00E+00", SHOWN_NUMBER, 0},
        {"00%", SHOWN_NUMBER, 0},
        {"# ?/?", SHOWN_NUMBER, 0},
        {";;;", SHOWN_NUMBER, 0},
        {"\"d/m/y\"", SHOWN_NUMBER, 0},
        {"[Red]0", SHOWN_NUMBER, 0},
        {"[$-1010000]0", SHOWN_NUMBER, 0},
        {"\"unclosed", SHOWN_NUMBER, 0},
        {"[unclosed", SHOWN_NUMBER, 0},
        {"\\", SHOWN_NUMBER, 0},
        {"[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", SHOWN_NUMBER, 0},
        {"@", SHOWN_TEXT, 0},
        {"\"KH\"@", SHOWN_TEXT, 0},
        {"00", SHOWN_ZEROS, 2},
        {"0000000000", SHOWN_ZEROS, 10},
        {"\"KH\"00000", SHOWN_ZEROS, 5},
        {"000\\-000\\-000", SHOWN_ZEROS, 9},
        {"0000 000 000", SHOWN_ZEROS, 10},
        {"0#########", SHOWN_ZEROS, 10},
        {"0###,###,###", SHOWN_ZEROS, 10},
        {"\"0\"#########", SHOWN_ZEROS, 10},
        {"\\0000000000", SHOWN_ZEROS, 10},
        {"[$-1010000]0000", SHOWN_ZEROS, 4},
        {"00000;\\-00000", SHOWN_ZEROS, 5},
        {"dd/mm/yyyy", SHOWN_DATE, 0},
        {"[$-1010000]d/m/yy", SHOWN_DATE, 0},
        {"[$-42A]dd mmmm yyyy;@", SHOWN_DATE, 0},
        {"\"ng\xC3\xA0y\" d \"th\xC3\xA1ng\" m", SHOWN_DATE, 0},
        {"mmm-yy", SHOWN_DATE, 0},
        {"mm", SHOWN_DATE, 0},
        {"yyyy\\-mm\\-dd", SHOWN_DATE, 0},
        {"[$-F800]dddd\\, mmmm dd, yyyy", SHOWN_DATE, 0},
        {"[$-411]ge.m.d", SHOWN_DATE, 0},
        {"h:mm", SHOWN_TIME, 0},
        {"hh:mm:ss AM/PM", SHOWN_TIME, 0},
        {"[$-F400]h:mm:ss\\ AM/PM", SHOWN_TIME, 0},
        {"mm:ss", SHOWN_TIME, 0},
        {"mm:ss.0", SHOWN_TIME, 0},
        {"d/m/yyyy h:mm", SHOWN_DATETIME, 0},
        {"yyyy-mm-dd\"T\"hh:mm:ss", SHOWN_DATETIME, 0},
        {"mm h", SHOWN_DATETIME, 0},
        {"[h]:mm:ss", SHOWN_DURATION, 0},
        {"[MM]:ss", SHOWN_DURATION, 0},
        {"[s]", SHOWN_DURATION, 0},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct shown shown = shown_of_code(all[i].code, strlen(all[i].code));
        ck_assert_msg(shown.kind == all[i].kind, "%s is %d", all[i].code,
                      shown.kind);
        ck_assert_msg(shown.digits == all[i].digits, "%s has %d digits",
                      all[i].code, shown.digits);
    }
}
END_TEST

START_TEST(built_in)
{
    static const struct {
        unsigned id;
        enum shown_kind kind;
    } all[] = {
        {0, SHOWN_NUMBER},    {1, SHOWN_NUMBER},          {14, SHOWN_DATE},
        {17, SHOWN_DATE},     {18, SHOWN_TIME},           {21, SHOWN_TIME},
        {27, SHOWN_DATE},     {22, SHOWN_DATETIME},       {37, SHOWN_NUMBER},
        {45, SHOWN_TIME},     {46, SHOWN_DURATION},       {48, SHOWN_NUMBER},
        {49, SHOWN_TEXT},     {58, SHOWN_DATE},           {164, SHOWN_NUMBER},
        {77, SHOWN_DATETIME}, {4000000000, SHOWN_NUMBER},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_msg(shown_built_in(all[i].id).kind == all[i].kind, "%u",
                      all[i].id);
}
END_TEST

static const char *text_of(size_t len, char *out)
{
    out[len] = '\0';
    return out;
}

START_TEST(texts)
{
    static const struct {
        const char *text, *shown;
        bool integer;
    } all[] = {
        {"0", "0", true},
        {"123", "123", true},
        {"00123", "123", true},
        {"-5", "-5", true},
        {"-0", "0", true},
        {"-0.0", "0", true},
        {"1.0", "1", true},
        {"1.50", "1.5", false},
        {".5", "0.5", false},
        {"5.", "5", true},
        {" 7 ", "7", true},
        {"0.30000000000000004", "0.3", false},
        {"2.9999999999999996", "3", true},
        {"4.27E-07", "0.000000427", false},
        {"1.2345678E7", "12345678", true},
        {"9.12345678E+8", "912345678", true},
        {"1e2", "100", true},
        {"0e999999999999", "0", true},
        {"9007199254740993", "9007199254740993", true},
        {"9223372036854775807", "9223372036854775807", true},
        {"-9223372036854775808", "-9223372036854775808", true},
        {"9223372036854775808", "9223372036854775808", false},
        {"12345678901234567890123", "12345678901234567890123", false},
        {"1.2345678901234567E+19", "12345678901234567000", false},
        {"9.9999999999999992E+22", "100000000000000000000000", false},
        {"1234567890123456.7", "1234567890123460", true},
        {"1E-400", "0", true},
        {"0.1234567890123456789", "0.123456789012346", false},
        /* No numbers. */
        {"", "", false},
        {".", "", false},
        {"-", "", false},
        {"1,5", "", false},
        {"1e", "", false},
        {"1e+", "", false},
        {"0x10", "", false},
        {"nan", "", false},
        {"inf", "", false},
        {"1 2", "", false},
        {"1E+309", "", false},
        {"1E+99999999999", "", false},
        {"1.2.3", "", false},
    };
    char out[SHOWN_MAX + 1];
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bool integer = false;
        size_t len =
            shown_digits(all[i].text, strlen(all[i].text), out, &integer);
        ck_assert_str_eq(text_of(len, out), all[i].shown);
        if (len > 0)
            ck_assert_msg(integer == all[i].integer, "%s", all[i].text);
    }
}
END_TEST

/* No text, however long, writes beyond its room. */
START_TEST(long_texts)
{
    enum { LONG = 5000 };
    static char text[LONG];
    char out[SHOWN_MAX + 1];
    bool integer;
    memset(text, '7', sizeof text);
    ck_assert_uint_eq(shown_digits(text, 300, out, &integer), 300);
    ck_assert_uint_eq(shown_digits(text, LONG, out, &integer), 0);
    text[1] = '.';
    ck_assert_str_eq(text_of(shown_digits(text, LONG, out, &integer), out),
                     "7.77777777777778");
    memset(text, '0', sizeof text);
    ck_assert_str_eq(text_of(shown_digits(text, LONG, out, &integer), out),
                     "0");
    ck_assert_uint_lt(shown_digits("5E-324", 6, out, &integer), SHOWN_MAX);
    ck_assert_uint_lt(shown_digits("-1.23456789012345E-308", 22, out, &integer),
                      SHOWN_MAX);
    ck_assert_uint_lt(shown_digits("1.7E308", 7, out, &integer), SHOWN_MAX);
}
END_TEST

START_TEST(numbers)
{
    static const struct {
        double number;
        const char *shown;
    } all[] = {
        {0.1 + 0.2, "0.3"},
        {1e15, "1000000000000000"},
        {9007199254740991.0, "9007199254740991"},
        {1e23, "100000000000000000000000"},
        {-12.5, "-12.5"},
        {-0.0, "0"},
        {912345678, "912345678"},
    };
    char out[SHOWN_MAX + 1];
    bool integer;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_str_eq(
            text_of(shown_number(all[i].number, out, &integer), out),
            all[i].shown);
    ck_assert_uint_eq(shown_number(1e308 * 10, out, &integer), 0);
}
END_TEST

START_TEST(serials)
{
    static const struct {
        double serial;
        enum shown_kind kind;
        bool from_1904;
        const char *shown;
    } all[] = {
        {1, SHOWN_DATE, false, "1900-01-01"},
        {59, SHOWN_DATE, false, "1900-02-28"},
        {60, SHOWN_DATE, false, "1900-02-29"},
        {61, SHOWN_DATE, false, "1900-03-01"},
        {45351, SHOWN_DATE, false, "2024-02-29"},
        {45351.75, SHOWN_DATE, false, "2024-02-29"},
        {45351.5451388889, SHOWN_DATETIME, false, "2024-02-29T13:05:00"},
        {45351, SHOWN_DATETIME, false, "2024-02-29T00:00:00"},
        {45350.999999999, SHOWN_DATE, false, "2024-02-29"},
        {0, SHOWN_DATE, true, "1904-01-01"},
        {43889, SHOWN_DATE, true, "2024-02-29"},
        {2958465, SHOWN_DATE, false, "9999-12-31"},
        {36526, SHOWN_DATE, false, "2000-01-01"},
        {0.5, SHOWN_TIME, false, "12:00:00"},
        {0, SHOWN_TIME, false, "00:00:00"},
        {45351.5, SHOWN_TIME, false, "12:00:00"},
        {0.5, SHOWN_DATETIME, false, "12:00:00"},
        {1.1041666667, SHOWN_DURATION, false, "26:30:00"},
        {4.1666666667, SHOWN_DURATION, false, "100:00:00"},
        {4.125, SHOWN_DURATION, false, "99:00:00"},
        {0, SHOWN_DATE, false, ""},
        {-1, SHOWN_DATE, false, ""},
        {-1, SHOWN_DURATION, false, ""},
        {2958466, SHOWN_DATE, false, ""},
        {2958465, SHOWN_DATE, true, ""},
        {1e300, SHOWN_DURATION, false, ""},
    };
    char out[SHOWN_MAX + 1];
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct shown shown = {.kind = (uint8_t)all[i].kind};
        size_t len = shown_serial(all[i].serial, shown, all[i].from_1904, out);
        ck_assert_str_eq(text_of(len, out), all[i].shown);
    }
}
END_TEST

START_TEST(values)
{
    static const struct {
        const char *text;
        struct shown shown;
        enum value_type type;
        const char *json;
    } all[] = {
        {"912345678", {SHOWN_ZEROS, 10}, VALUE_TEXT, "\"0912345678\""},
        {"-5", {SHOWN_ZEROS, 3}, VALUE_TEXT, "\"-005\""},
        {"5.5", {SHOWN_ZEROS, 3}, VALUE_DECIMAL, "5.5"},
        {"12345", {SHOWN_ZEROS, 3}, VALUE_TEXT, "\"12345\""},
        {"12345", {SHOWN_TEXT, 0}, VALUE_TEXT, "\"12345\""},
        {"12345.0", {SHOWN_NUMBER, 0}, VALUE_INT, "12345"},
        {"0.10", {SHOWN_NUMBER, 0}, VALUE_DECIMAL, "0.1"},
        {"45351.0", {SHOWN_DATE, 0}, VALUE_TEXT, "\"2024-02-29\""},
        {"-3", {SHOWN_DATE, 0}, VALUE_INT, "-3"},
        {"x", {SHOWN_NUMBER, 0}, VALUE_TEXT, "\"x\""},
    };
    struct arena arena;
    struct buf out = {0};
    arena_init(&arena);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct value value = shown_text_value(all[i].text, strlen(all[i].text),
                                              all[i].shown, false, &arena);
        ck_assert_int_eq(value.type, all[i].type);
        buf_clear(&out);
        value_json(&out, &value);
        ck_assert_str_eq(buf_text(&out), all[i].json);
    }
    struct value value =
        shown_value(45351, (struct shown){SHOWN_DATE, 0}, false, &arena);
    ck_assert_uint_eq(value.len, 10);
    value = shown_value(7, (struct shown){0}, false, &arena);
    ck_assert_int_eq(value.integer, 7);
    buf_release(&out);
    arena_release(&arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sheet format");
    TCase *all = tcase_create("all");
    tcase_add_test(all, codes);
    tcase_add_test(all, built_in);
    tcase_add_test(all, texts);
    tcase_add_test(all, long_texts);
    tcase_add_test(all, numbers);
    tcase_add_test(all, serials);
    tcase_add_test(all, values);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
