/* Text functions that choose or read: blank, default, first, pick, number,
 * date. */
#include <stdio.h>

#include "text_calls.h"

START_TEST(blanks)
{
    struct value inner[] = {txt(" "), nil()};
    struct value mixed[] = {txt(" "), txt("a")};
    const struct {
        struct value given;
        bool blank;
    } all[] = {{nil(), true},
               {txt(""), true},
               {txt(" \t\xc2\xa0"), true},
               {txt("\xe2\x80\x8b"), true},
               {empty(), true},
               {list(inner, 2), true},
               {list(mixed, 2), false},
               {list(NULL, 0), true},
               {txt("a"), false},
               {txt("  Đ "), false},
               {integer(0), false},
               {number(0.0), false},
               {truth(false), false}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        ck_assert(ASK("blank", &asked, all[i].given));
        ck_assert_int_eq(asked.type, VALUE_BOOL);
        ck_assert_msg(asked.truth == all[i].blank, "%d", (int)i);
    }
}
END_TEST

START_TEST(defaults)
{
    ck_assert_str_eq(ASK_TEXT("default", txt("a"), txt("b")), "a");
    ck_assert_str_eq(ASK_TEXT("default", txt(" "), txt("b")), "b");
    ck_assert_str_eq(ASK_TEXT("default", nil(), txt("b")), "b");
    ck_assert(ASK("default", &asked, integer(0), txt("b")));
    ck_assert_int_eq(asked.type, VALUE_INT);
    ck_assert(ASK("default", &asked, txt(""), empty()));
    ck_assert_int_eq(asked.type, VALUE_EMPTY);
    ck_assert(ASK("default", &asked, txt(""), nil()));
    ck_assert_int_eq(asked.type, VALUE_NIL);
}
END_TEST

START_TEST(firsts)
{
    struct value inner[] = {txt(" "), txt("in")};
    ck_assert_str_eq(ASK_TEXT("first", nil(), txt(""), txt("Huế"), txt("b")),
                     "Huế");
    ck_assert_str_eq(ASK_TEXT("first", txt(" "), list(inner, 2), txt("b")),
                     "in");
    ck_assert(ASK("first", &asked, txt(" "), nil()));
    ck_assert_int_eq(asked.type, VALUE_NIL);
    ck_assert(ASK("first", &asked, truth(false), txt("b")));
    ck_assert_int_eq(asked.type, VALUE_BOOL);
    ck_assert(ask("first", 0, NULL, &asked));
    ck_assert_int_eq(asked.type, VALUE_NIL);
}
END_TEST

/* A table for pick: pairs of a key and a value. */
struct pairs {
    const char *keys[8];
    struct value found[8];
    unsigned count;
};

static bool find_pair(void *table, const struct value *key, struct value *found)
{
    const struct pairs *pairs = table;
    for (unsigned i = 0; i < pairs->count; i++)
        if (strlen(pairs->keys[i]) == key->len &&
            !memcmp(pairs->keys[i], key->text, key->len)) {
            *found = pairs->found[i];
            return true;
        }
    return false;
}

static void pair_keys(void *table, struct text_known *known)
{
    const struct pairs *pairs = table;
    for (unsigned i = 0; i < pairs->count; i++)
        text_known_add(known, txt(pairs->keys[i]));
}

START_TEST(picks)
{
    struct pairs pairs = {
        .keys = {"KH", "Đang hoạt động", "", "30", "x", "true"},
        .found = {truth(true), txt("1"), integer(0), empty(), text_same_value(),
                  txt("T")},
        .count = 6};
    struct text_lookup lookup = {&pairs, find_pair, pair_keys};
    asked_lookup = &lookup;
    ck_assert(ASK("pick", &asked, txt(" KH ")));
    ck_assert(asked.type == VALUE_BOOL && asked.truth);
    ck_assert_str_eq(ASK_TEXT("pick", txt("Đang hoạt động")), "1");
    ck_assert(ASK("pick", &asked, nil()));
    ck_assert(asked.type == VALUE_INT && asked.integer == 0);
    ck_assert(ASK("pick", &asked, txt("  ")) && asked.type == VALUE_INT);
    ck_assert(ASK("pick", &asked, integer(30)));
    ck_assert_int_eq(asked.type, VALUE_EMPTY);
    ck_assert(ASK("pick", &asked, number(30.0)));
    ck_assert_int_eq(asked.type, VALUE_EMPTY);
    ck_assert_str_eq(ASK_TEXT("pick", txt("x")), "x");
    ck_assert_str_eq(ASK_TEXT("pick", truth(true)), "T");
    ck_assert_str_eq(ASK_TEXT("pick", txt("kh"), nil(), txt("other")), "other");
    ck_assert_str_eq(ASK_TEXT("pick", txt("Đà"), nil(), text_same_value()),
                     "Đà");
    ck_assert(ASK("pick", &asked, integer(5), nil(), text_same_value()));
    ck_assert(asked.type == VALUE_INT && asked.integer == 5);
    ck_assert_str_eq(refused("pick", ASK("pick", &asked, txt("Đã khoá"))),
                     "\"Đã khoá\" is not in the table (known: \"\", \"30\", "
                     "\"KH\", \"true\", \"x\", …)");
    pairs.count = 2;
    ck_assert_str_eq(refused("pick", ASK("pick", &asked, nil())),
                     "\"\" is not in the table (known: \"KH\", "
                     "\"Đang hoạt động\")");
    pairs.count = 0;
    ck_assert_str_eq(refused("pick", ASK("pick", &asked, txt("a"))),
                     "\"a\" is not in the table (known: nothing)");
}
END_TEST

/* Integers have their digits here, others are shown by %.17g. */
static const struct {
    const char *decimal, *group, *text, *answer; /* NULL: refused */
} numbers[] = {
    {NULL, NULL, "12", "12"},
    {NULL, NULL, "-12", "-12"},
    {NULL, NULL, "+12", "12"},
    {NULL, NULL, "−12", "-12"},
    {NULL, NULL, "12.50-", "-12.5"},
    {NULL, NULL, "-12-", NULL},
    {NULL, NULL, "1,234,567", "1234567"},
    {NULL, NULL, "1,234.50", "1234.5"},
    {NULL, NULL, "1.234", "1.234"},
    {NULL, NULL, "1.00", "1"},
    {NULL, NULL, "100", "100"},
    {NULL, NULL, "0.0", "0"},
    {NULL, NULL, ".5", "0.5"},
    {NULL, NULL, "5.", "5"},
    {NULL, NULL, ".", NULL},
    {NULL, NULL, "-", NULL},
    {NULL, NULL, "12,34", NULL},
    {NULL, NULL, "1,2345", NULL},
    {NULL, NULL, "1234,567", NULL},
    {NULL, NULL, ",123", NULL},
    {NULL, NULL, "1,,234", NULL},
    {NULL, NULL, "1.2.3", NULL},
    {NULL, NULL, "12abc", NULL},
    {NULL, NULL, "12 đ", NULL},
    {NULL, NULL, "0x10", NULL},
    {NULL, NULL, "nan", NULL},
    {NULL, NULL, "inf", NULL},
    {NULL, NULL, "1 234 567", "1234567"},
    {NULL, NULL,
     "1\xc2\xa0"
     "234",
     "1234"},
    {NULL, NULL, "1,234 567", NULL},
    {NULL, NULL, "12 34", NULL},
    {NULL, NULL, "9223372036854775807", "9223372036854775807"},
    {NULL, NULL, "9223372036854775808", NULL},
    {NULL, NULL, "9007199254740993.0", "9007199254740993"},
    {NULL, NULL, "4503599627370497.9", NULL},
    {NULL, NULL, "0.99999999999999999999", NULL},
    {NULL, NULL, "1.0000000000000000001", NULL},
    /* No exponents: what a spreadsheet has shortened is lost. */
    {NULL, NULL, "1E+11", NULL},
    {NULL, NULL, "3.00588569E+08", NULL},
    {NULL, NULL, "1.23456789012345678e3", NULL},
    {NULL, NULL, "1e3", NULL},
    {NULL, NULL, "25e-1", NULL},
    {NULL, NULL, "1E11", NULL},
    {NULL, NULL, "1e", NULL},
    {NULL, NULL, "e3", NULL},
    {",", NULL, "1,5E3", NULL},
    /* Signs, brackets, other digits. */
    {NULL, NULL, "--1", NULL},
    {NULL, NULL, "1-", "-1"},
    {NULL, NULL, "+1-", NULL},
    {NULL, NULL, "1--", NULL},
    {NULL, NULL, "(1)", NULL},
    {NULL, NULL, "١٢", NULL},
    {NULL, NULL, "１２", NULL},
    {NULL, NULL, " 1 2 ", NULL},
    {NULL, NULL, "12%", NULL},
    {NULL, NULL, "1.000.00", NULL},
    {",", NULL, "1.000.00", NULL},
    /* A thousand of nothing: the sign is the decimal one. */
    {NULL, NULL, "0,125", NULL},
    {NULL, NULL, "00,125", NULL},
    {NULL, NULL, "012,125", NULL},
    {",", NULL, "0.500", NULL},
    {",", NULL, "-0.500", NULL},
    {NULL, NULL, "0 500", NULL},
    {NULL, NULL, "0.125", "0.125"},
    {",", NULL, "0,125", "0.125"},
    /* Two numbers. */
    {NULL, NULL, "12\n345", NULL},
    {NULL, NULL, "12\t345", NULL},
    {NULL, NULL, " 7 ", "7"},
    {",", NULL, "1.234.567,50", "1234567.5"},
    {",", NULL, "1.234", "1234"},
    {",", NULL, "1.23", NULL},
    {",", NULL, "3.359,80", "3359.8"},
    {",", NULL, "1,5", "1.5"},
    {",", ".", "1.234,5", "1234.5"},
    {",", " ", "1 234,5", "1234.5"},
    {",", "", "1.234", NULL},
    {".", "'", "1'234.5", "1234.5"},
};

START_TEST(number_texts)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        asked_options[0] = numbers[i].decimal ? txt(numbers[i].decimal) : nil();
        asked_options[1] = numbers[i].group ? txt(numbers[i].group) : nil();
        bool good = ASK("number", &asked, txt(numbers[i].text));
        ck_assert_msg(good == (numbers[i].answer != NULL), "%s",
                      numbers[i].text);
        if (!good) {
            ck_assert_ptr_nonnull(strstr(call.reason, "is not a number"));
            continue;
        }
        char shown[64];
        if (asked.type == VALUE_INT)
            snprintf(shown, sizeof shown, "%lld", (long long)asked.integer);
        else
            snprintf(shown, sizeof shown, "%.15g", asked.number);
        ck_assert_str_eq(shown, numbers[i].answer);
        ck_assert_int_eq(asked.type,
                         strpbrk(shown, ".e") ? VALUE_NUMBER : VALUE_INT);
    }
    asked_options[0] = asked_options[1] = nil();
}
END_TEST

START_TEST(number_values)
{
    ck_assert(ASK("number", &asked, nil()) && asked.type == VALUE_NIL);
    ck_assert(ASK("number", &asked, txt("  ")) && asked.type == VALUE_NIL);
    ck_assert(ASK("number", &asked, integer(7)) && asked.integer == 7);
    ck_assert(ASK("number", &asked, number(7.0)) && asked.type == VALUE_INT);
    ck_assert(ASK("number", &asked, number(7.5)) && asked.number == 7.5);
    refused("number", ASK("number", &asked, truth(true)));
    char digits[200];
    memset(digits, '9', sizeof digits);
    refused("number", ASK("number", &asked, bytes(digits, sizeof digits)));
    static const char *const bad[] = {"::", "1", "-", ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        asked_options[0] = txt(bad[i]);
        ck_assert_ptr_nonnull(
            strstr(refused("number", ASK("number", &asked, nil())), "sign"));
    }
    asked_options[0] = asked_options[1] = txt(",");
    refused("number", ASK("number", &asked, nil()));
    asked_options[0] = asked_options[1] = nil();
}
END_TEST

static const struct {
    const char *pattern, *text, *answer; /* NULL: refused */
} dates[] = {
    {"dd/mm/yyyy", "01/09/2024", "2024-09-01"},
    {"dd/mm/yyyy", "1/9/2024", "2024-09-01"},
    {"DD/MM/YYYY", "31/12/1999", "1999-12-31"},
    {"dd/mm/yyyy", "29/02/2024", "2024-02-29"},
    {"dd/mm/yyyy", "29/02/2023", NULL},
    {"dd/mm/yyyy", "29/02/1900", NULL},
    {"dd/mm/yyyy", "29/02/2000", "2000-02-29"},
    {"dd/mm/yyyy", "31/04/2024", NULL},
    {"dd/mm/yyyy", "00/01/2024", NULL},
    {"dd/mm/yyyy", "01/13/2024", NULL},
    {"dd/mm/yyyy", "01/00/2024", NULL},
    {"dd/mm/yyyy", "01/01/0000", NULL},
    {"dd/mm/yyyy", "01-09-2024", NULL},
    {"dd/mm/yyyy", "01/09/24", NULL},
    {"dd/mm/yyyy", "01/09/20245", NULL},
    {"dd/mm/yyyy", "1/1990", NULL},
    {"dd/mm/yyyy", "1990", NULL},
    {"dd/mm/yyyy", "hôm nay", NULL},
    {"dd/mm/yyyy", "01/09/2024 08:30:00", "2024-09-01"},
    {"dd/mm/yyyy", "01/09/2024 8:30 PM", "2024-09-01"},
    {"dd/mm/yyyy", "01/09/2024 junk", NULL},
    {"dd/mm/yyyy", "01/09/2024 5", NULL},
    {"dd/mm/yyyy", " 01/09/2024 ", "2024-09-01"},
    {"yyyy-mm-dd", "2024-09-01", "2024-09-01"},
    {"yyyy-mm-dd", "2024-09-01T08:30:00Z", "2024-09-01"},
    /* A time zone is converted. */
    {"yyyy-mm-dd", "2024-04-02T17:00:00.000Z", "2024-04-03"},
    {"yyyy-mm-dd", "2024-04-02T16:59:59.999Z", "2024-04-02"},
    {"yyyy-mm-dd", "2024-04-02T17:00:00+0000", "2024-04-03"},
    {"yyyy-mm-dd", "2024-04-02 17:00:00 UTC", "2024-04-03"},
    {"yyyy-mm-dd", "2024-04-02 17:00 GMT", "2024-04-03"},
    {"yyyy-mm-dd", "2024-04-02T23:30:00+07", "2024-04-02"},
    {"yyyy-mm-dd", "2024-04-02T00:30:00+0900", "2024-04-01"},
    {"yyyy-mm-dd", "2024-04-02T12:00:00-05:30", "2024-04-03"},
    {"yyyy-mm-dd", "2024-04-02 11:00 PM GMT+7", "2024-04-02"},
    {"yyyy-mm-dd", "2024-12-31T20:00:00Z", "2025-01-01"},
    {"yyyy-mm-dd", "2024-02-28T20:00:00Z", "2024-02-29"},
    {"yyyy-mm-dd", "2023-02-28T20:00:00Z", "2023-03-01"},
    {"yyyy-mm-dd", "2024-03-01T00:00:00+14:00", "2024-02-29"},
    {"yyyy-mm-dd", "2024-01-01T00:00:00+14", "2023-12-31"},
    {"yyyymmdd", "20240402T170000Z", "2024-04-03"},
    {"yyyymmdd", "20240402T1700Z", "2024-04-03"},
    {"dd/mm/yyyy", "02/04/2024 5:00 PM Z", "2024-04-03"},
    {"yyyy-mm-dd", "2024-04-02+07:00", "2024-04-02"},
    {"yyyy-mm-dd", "2024-04-02Z", NULL},
    {"yyyy-mm-dd", "2024-04-02T17:00:00 ICT", NULL},
    {"yyyy-mm-dd", "2024-04-02T17:00:00 CST", NULL},
    {"yyyy-mm-dd", "2024-04-02T17:00:00+25:00", NULL},
    {"yyyy-mm-dd", "2024-04-02T17:00:00+07:60", NULL},
    {"yyyy-mm-dd", "2024-04-02T17:00:00+070", NULL},
    {"yyyy-mm-dd", "2024-04-02T17:00:00+", NULL},
    {"yyyy-mm-dd", "2024-04-02T17:00:00Zulu", NULL},
    {"yyyy-mm-dd", "2024-04-02T17:00:00Z+07:00", NULL},
    {"yyyy-mm-dd", "9999-12-31T20:00:00Z", NULL},
    {"yyyy-mm-dd", "0001-01-01T00:00:00+14:00", NULL},
    /* What is no time of day. */
    {"yyyy-mm-dd", "2024-04-02T25:99:99", NULL},
    {"yyyy-mm-dd", "2024-04-02T24:00:00", NULL},
    {"yyyy-mm-dd", "2024-04-02 23:60", NULL},
    {"yyyy-mm-dd", "2024-04-02 23:59:61", NULL},
    {"yyyy-mm-dd", "2024-04-02 23:58:60", NULL},
    {"yyyy-mm-dd", "2024-04-02 8:5", NULL},
    {"yyyy-mm-dd", "2024-04-02 08:30:", NULL},
    {"yyyy-mm-dd", "2024-04-02 08:30:00.", NULL},
    {"yyyy-mm-dd", "2024-04-02T", NULL},
    {"yyyy-mm-dd", "2024-04-02 1-2:3", NULL},
    {"yyyy-mm-dd", "2024-04-02 13:00 AM", NULL},
    {"yyyy-mm-dd", "2024-04-02 0:30 PM", NULL},
    {"yyyy-mm-dd", "2016-12-31T23:59:60Z", "2017-01-01"},
    {"dd/mm/yyyy", "02/04/2024 8:30:00 SA", "2024-04-02"},
    {"dd/mm/yyyy", "02/04/2024 12:30:00 CH", "2024-04-02"},
    {"dd/mm/yyyy", "02/04/2024 13:05 PM", "2024-04-02"},
    {"dd/mm/yyyy", "02/04/2024  08:30", "2024-04-02"},
    /* No date of this pattern. */
    {"dd/mm/yyyy", "45384", NULL},
    {"dd/mm/yyyy", "45384.71", NULL},
    {"dd/mm/yyyy", "31/02/2024", NULL},
    {"dd/mm/yyyy", "04/13/2024", NULL},
    {"yyyy-mm-dd", "2024-13-01", NULL},
    {"dd/mm/yy", "01/09/2024", NULL},
    {"yyyy-mm-dd", "2024-09-01T08:30:00+07:00", "2024-09-01"},
    {"yyyy-mm-dd", "01/09/2024", NULL},
    {"yyyymmdd", "20240901", "2024-09-01"},
    {"yyyymmdd", "2024091", NULL},
    {"yymmdd", "240901", "2024-09-01"},
    {"dd.mm.yy", "1.9.68", "2068-09-01"},
    {"dd.mm.yy", "1.9.69", "1969-09-01"},
    {"d/m/yyyy", "12/11/2024", "2024-11-12"},
    {"dd mm yyyy", "1 9 2024", "2024-09-01"},
    {"dd thg mm, yyyy", "1 thg 9, 2024", "2024-09-01"},
    /* What a workbook's date cell arrives as, whatever the pattern. */
    {"dd/mm/yyyy", "2024-09-01", "2024-09-01"},
    {"mm/dd/yy", "2068-09-01", "2068-09-01"},
    {"dd-mm-yyyy", "2024-09-01 08:30:00", "2024-09-01"},
    {"yymmdd", "2024-09-01", "2024-09-01"},
    {"yyyy-dd-mm", "2024-09-01", "2024-01-09"},
    {"yyyy-dd-mm", "2024-01-13", NULL},
    {"dd/mm/yyyy", "2024-13-01", NULL},
    {"dd/mm/yyyy", "2024-9-1", NULL},
    {"dd/mm/yyyy", "2024-09-011", NULL},
    {"dd/mm/yyyy", "24-09-01", NULL},
};

START_TEST(date_texts)
{
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        bool good =
            ASK("date", &asked, txt(dates[i].text), txt(dates[i].pattern));
        ck_assert_msg(good == (dates[i].answer != NULL), "%s", dates[i].text);
        if (good)
            ck_assert_str_eq(ask_text("date", good), dates[i].answer);
    }
    ck_assert_str_eq(
        refused("date",
                ASK("date", &asked, txt("31/02/2024"), txt("dd/mm/yyyy"))),
        "\"31/02/2024\" is not a date (dd/mm/yyyy): there is no day 31 "
        "in month 2 of 2024");
    ck_assert_str_eq(
        refused("date", ASK("date", &asked, txt("45384"), txt("dd/mm/yyyy"))),
        "\"45384\" is not a date (dd/mm/yyyy): a spreadsheet's "
        "number of a day");
    ck_assert(ASK("date", &asked, nil(), txt("dd/mm/yyyy")));
    ck_assert_int_eq(asked.type, VALUE_NIL);
    ck_assert(ASK("date", &asked, txt(" "), txt("dd/mm/yyyy")));
    ck_assert_int_eq(asked.type, VALUE_NIL);
    static const char *const bad[] = {
        "", "dd/mm", "dd/mm/yyy", "ddd/mm/yyyy", "dd/mm/yyyy/dd", "d/m/y", "x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_ptr_nonnull(
            strstr(refused("date", ASK("date", &asked, nil(), txt(bad[i]))),
                   "pattern"));
}
END_TEST

/* Asks date of this text with a zone and a pivot (0: none). */
static const char *date_with(const char *text, const char *pattern,
                             const char *zone, int pivot)
{
    asked_options[0] = zone != NULL ? txt(zone) : nil();
    asked_options[1] = pivot > 0 ? integer(pivot) : nil();
    bool good = ASK("date", &asked, txt(text), txt(pattern));
    asked_options[0] = asked_options[1] = nil();
    return good ? ask_text("date", good) : NULL;
}

START_TEST(date_options)
{
    static const struct {
        const char *zone, *answer;
    } zones[] = {{NULL, "2024-04-03"},     {"+07:00", "2024-04-03"},
                 {"Z", "2024-04-02"},      {"+06:59", "2024-04-02"},
                 {"-05:30", "2024-04-02"}, {"+14", "2024-04-03"}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        ck_assert_str_eq(date_with("2024-04-02T17:00:00.000Z", "yyyy-mm-dd",
                                   zones[i].zone, 0),
                         zones[i].answer);
    static const char *const bad[] = {"", "ICT", "+15", "07:00", "Asia/Saigon"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_ptr_null(date_with("", "dd/mm/yyyy", bad[i], 0));
        ck_assert_ptr_nonnull(strstr(call.reason, "zone"));
    }
    static const struct {
        const char *text;
        int pivot;
        const char *answer;
    } pivots[] = {
        {"1.9.68", 0, "2068-09-01"},    {"1.9.69", 0, "1969-09-01"},
        {"1.9.68", 1930, "1968-09-01"}, {"1.9.29", 1930, "2029-09-01"},
        {"1.9.30", 1930, "1930-09-01"}, {"1.9.00", 2000, "2000-09-01"},
        {"1.9.99", 1900, "1999-09-01"}, {"1.9.00", 1901, "2000-09-01"}};
    for (size_t i = 0; i < sizeof pivots / sizeof *pivots; i++)
        ck_assert_str_eq(
            date_with(pivots[i].text, "d.m.yy", NULL, pivots[i].pivot),
            pivots[i].answer);
    ck_assert_ptr_null(date_with("", "d.m.yy", NULL, 69));
    ck_assert_ptr_nonnull(strstr(call.reason, "pivot"));
}
END_TEST

/* What is doubtful, and what is not. */
START_TEST(date_doubts)
{
    ck_assert_str_eq(date_with("1.9.24", "d.m.yy", NULL, 0), "2024-09-01");
    doubted(WARNING_DATE,
            "\"1.9.24\": year 24 is taken for 2024 (say { pivot = 1969 })");
    ck_assert_str_eq(call.remark, "year 24 is taken for 2024");
    date_with("1.9.24", "d.m.yy", NULL, 1969);
    undoubted();
    date_with("1.9.2024", "d.m.yyyy", NULL, 0);
    undoubted();
    date_with("0001-01-01", "yyyy-mm-dd", NULL, 0);
    doubted(WARNING_DATE, "\"0001-01-01\": an unlikely year");
    date_with("9999-12-31", "yyyy-mm-dd", NULL, 0);
    doubted(WARNING_DATE, "\"9999-12-31\": an unlikely year");
    date_with("1990-12-31", "yyyy-mm-dd", NULL, 0);
    undoubted();
}
END_TEST

START_TEST(number_doubts)
{
    ASK("number", &asked, txt("1.500"));
    doubted(WARNING_NUMBER, "\"1.500\" is taken for 1.5 (say { decimal = \".\" "
                            "} or { decimal = \",\" })");
    ASK("number", &asked, txt("-1,500"));
    doubted(WARNING_NUMBER, "\"-1,500\" is taken for -1500 (say { decimal = "
                            "\".\" } or { decimal = \",\" })");
    static const char *const clear[] = {"1.5",   "1500",   "1,234,567", "0.125",
                                        "1 500", "1.5000", "1234.500"};
    for (size_t i = 0; i < sizeof clear / sizeof *clear; i++) {
        ck_assert(ASK("number", &asked, txt(clear[i])));
        undoubted();
    }
    asked_options[0] = txt(",");
    ck_assert(ASK("number", &asked, txt("1.500")) && asked.integer == 1500);
    undoubted();
    asked_options[0] = nil();
}
END_TEST

START_TEST(known_ones)
{
    struct text_known known = {.count = 0};
    static const char *const keys[] = {"f", "b", "a", "e", "d", "g", "c", ""};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        text_known_add(&known, txt(keys[i]));
    ck_assert_int_eq((int)known.count, 8);
    static const char *const kept[TEXT_KNOWN] = {"", "a", "b", "c", "d"};
    for (size_t i = 0; i < TEXT_KNOWN; i++) {
        ck_assert_int_eq((int)known.first[i].len, (int)strlen(kept[i]));
        ck_assert(!memcmp(known.first[i].text, kept[i], known.first[i].len));
    }
}
END_TEST

RUN("text_choose", blanks, defaults, firsts, picks, number_texts, number_values,
    number_doubts, date_texts, date_options, date_doubts, known_ones)
