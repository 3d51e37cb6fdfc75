/* spreadsheet: what it would run or change has a mark, and marks come off. */
#include <check.h>
#include <string.h>

#include "decode/carried.h"
#include "decode/marks.h"
#include "decode/workbook/sheet/spreadsheet.h"

static bool changes(const char *text)
{
    return spreadsheet_changes(text, strlen(text));
}

START_TEST(changed)
{
    static const char *const all[] = {
        /* run */
        "=1+1", "+84912345678", "-5", "-", "@x", "\tx", "\rx", " =1",
        "\u00a0=1", "\uff1d1+1", "\uff0b84", "\uff0d5", "\uff20x",
        "=cmd|' /C calc'!A0", "@SUM(1)", "\t=cmd|x", "\r=1", "\n=1",
        /* behind what nobody sees */
        "\x01=1", "\x1b=cmd|x", "\x7f+1", "\xC2\x81-5", "\u00ad=1", "\u200b=1",
        "\u202e=1", "\u2066\uff1d1", "\u061c@x", "\ufeff=1", "\ue000=1",
        "\U000e0020=1", " \u200e \x02=1",
        /* numbers */
        "00123", "0912345678", "0912 345 678", "12E3", "12e3", "1.1004E+13",
        "110040000000", "12.50", "1,234", "0.5", ".5", "50%", "$5", "(5)",
        /* dates and times */
        "1-2", "1/2", "01-02-2020", "2020-01-02", "10:30", "2-Jan", "SEP2",
        "MAR1", "Jan-20", "5 May 2020", "10 AM", "1 p",
        /* others */
        "true", "FALSE"};
    static const char *const same[] = {
        "",       "KH1",    "An",   "123",     "0",      "12345678901",
        "1A",     "Q1-HCM", "MARY", "MARY1",   "May",    "12 Trần Phú",
        "KH-001", "truely", "(an)", "A=1",     "x@y.vn", "12 Jansen",
        "An 1/2", ", ",     "Lê",   "Kho 2-3", "\001A",  "\u202eAn",
        "\u00ad"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_msg(changes(all[i]), "%s", all[i]);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        ck_assert_msg(!changes(same[i]), "%s", same[i]);
}
END_TEST

START_TEST(made)
{
    static const struct {
        const char *old, *now;
        bool made;
    } all[] = {
        {"00123", "123", true},
        {"1-2", "2-Jan", true},
        {"1-2", "1/2/2025", true},
        {"12E3", "12000", true},
        {"12E3", "1.20E+04", true},
        {"11004000000000", "1.1004E+13", true},
        {"12345678901234", "1.23457E+13", true},
        {"12.50", "12.5", true},
        {"12.50", "12,5", true},
        {"SEP2", "2-Sep", true},
        {"SEP2", "02-Sep", true},
        {"true", "TRUE", true},
        {"10:30", "10:30:00", true},
        {"00123", "00123", false},
        {"00123", "124", false},
        {"KH1", "KH2", false},
        {"KH1", "2-Jan", false},
        {"1-2", "KH12", false},
        {"12345678901234", "1.23458E+13", false},
        {"123", "00124", false},
        {"", "1", false},
        {"00123", "", false},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_msg(spreadsheet_made(all[i].old, strlen(all[i].old),
                                       all[i].now,
                                       strlen(all[i].now)) == all[i].made,
                      "%s, %s", all[i].old, all[i].now);
}
END_TEST

static const struct dialect usual = {',', '"', '"'};

/* The row with its marks; and without them it is as it was. */
static const char *marked(const struct dialect *dialect, const char *row)
{
    static struct buf out;
    struct buf back = {0};
    buf_clear(&out);
    marks_add(&out, dialect, row, strlen(row));
    marks_drop(&back, dialect, out.at, out.len);
    ck_assert_str_eq(buf_text(&back), row);
    buf_release(&back);
    return buf_text(&out);
}

START_TEST(rows)
{
    static const struct dialect semicolons = {';', '"', '\\'},
                                apostrophes = {',', '\'', '\''},
                                bare = {'\t', 0, 0};
    ck_assert_str_eq(marked(&usual, "a,=1,b"), "a,'=1,b");
    ck_assert_str_eq(marked(&usual, "00123,\"=1,\"\"2\"\"\",x"),
                     "'00123,\"'=1,\"\"2\"\"\",x");
    ck_assert_str_eq(marked(&usual, "  \"-x\"  , =1,"), "  \"'-x\"  ,' =1,");
    ck_assert_str_eq(marked(&usual, "'a,' b, 'c,''"), "''a,'' b,' 'c,'''");
    ck_assert_str_eq(marked(&usual, ",,"), ",,");
    ck_assert_str_eq(marked(&usual, "  ,\"\",\" \""), "  ,\"\",\" \"");
    ck_assert_str_eq(marked(&usual, "\"\tx\",\"\r=1\""), "\"'\tx\",\"'\r=1\"");
    ck_assert_str_eq(marked(&semicolons, "=a\\;b;\"=\\\";\";1-2"),
                     "'=a\\;b;\"'=\\\";\";'1-2");
    ck_assert_str_eq(marked(&apostrophes, "=a,'=b',^c"), "^=a,'^=b',^^c");
    ck_assert_str_eq(marked(&bare, "=a\t\"=b\"\t'c"), "'=a\t\"=b\"\t''c");
    ck_assert_str_eq(marked(&usual, "a\"=b,\"open"), "a\"=b,\"open");
    ck_assert_str_eq(marked(&usual, "\x01=1,\"\u202e=1\",\x02x,\x7f=1"),
                     "'\x01=1,\"'\u202e=1\",\x02x,'\x7f=1");
}
END_TEST

/* A delimiter within `="…"` divides nothing: behind a mark it stands in quotes,
 * and comes back as the same cells. */
START_TEST(wrapped)
{
    static const struct dialect semicolons = {';', '"', '"'},
                                backslashes = {';', '"', '\\'};
    static const struct {
        const struct dialect *dialect;
        const char *row, *marked;
    } all[] = {
        {&semicolons, "=\"a;b\";1-2", "\"'=\"\"a;b\"\"\";'1-2"},
        {&usual, "x, =\"0,5\" ,y", "x, \"'=\"\"0,5\"\"\" ,y"},
        {&usual, "=\"a\"\",\"\"b\"", "\"'=\"\"a\"\"\"\",\"\"\"\"b\"\"\""},
        {&usual, "=\"0,5\"&C1,=1", "'=\"0,5\"&C1,'=1"},
        {&usual, "=\"05\",=1", "'=\"05\",'=1"},
        {&backslashes, "=\"a;b\\\"\";=1", "'=\"a;b\\\"\";'=1"},
        {&usual, "=\"a,b", "'=\"a,b"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct buf out = {0};
        marks_add(&out, all[i].dialect, all[i].row, strlen(all[i].row));
        ck_assert_str_eq(buf_text(&out), all[i].marked);
        buf_release(&out);
    }
}
END_TEST

START_TEST(cells)
{
    struct buf out = {0};
    marks_put(&out, &usual, "+84 9", 5);
    buf_putc(&out, ',');
    marks_put(&out, &usual, "=\"x\"", 4);
    buf_putc(&out, ',');
    marks_put(&out, &usual, "KH1", 3);
    ck_assert_str_eq(buf_text(&out), "'+84 9,\"'=\"\"x\"\"\",KH1");
    buf_release(&out);
}
END_TEST

static const char *carried(enum reject_key about, const char *key,
                           const char *before)
{
    static struct buf out;
    const struct reject reject = {
        .about_key = about, .key = key, .carried = before};
    buf_clear(&out);
    carried_put(&out, &reject);
    return buf_text(&out);
}

START_TEST(keys)
{
    struct carried read;
    ck_assert_str_eq(carried(REJECT_KEY, "KH 1", NULL), "key KH 1");
    ck_assert_str_eq(carried(REJECT_KEY, NULL, NULL), "");
    ck_assert_str_eq(carried(REJECT_KEY_WRONG, NULL, NULL), "wrong");
    ck_assert_str_eq(carried(REJECT_KEY_TAKEN, "KH1", "key KH2"), "taken KH1");
    /* The first key stays, whatever the row has now. */
    ck_assert_str_eq(carried(REJECT_KEY, "KH2", "taken KH1"), "taken KH1");
    ck_assert_str_eq(carried(REJECT_KEY_WRONG, "x", "key KH1"), "key KH1");
    ck_assert_str_eq(carried(REJECT_KEY, "KH2", "somebody's note"), "key KH2");
    ck_assert(carried_read("own KH 1", &read));
    ck_assert_int_eq(read.about, REJECT_OWN_TAKEN);
    ck_assert_str_eq(read.key, "KH 1");
    ck_assert(carried_read("wrong", &read));
    ck_assert_str_eq(read.key, "");
    ck_assert(!carried_read("", &read));
    ck_assert(!carried_read("keys KH1", &read));
    ck_assert(!carried_read(NULL, &read));
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("spreadsheet");
    TCase *c = tcase_create("spreadsheet");
    tcase_add_test(c, changed);
    tcase_add_test(c, made);
    tcase_add_test(c, rows);
    tcase_add_test(c, wrapped);
    tcase_add_test(c, cells);
    tcase_add_test(c, keys);
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
