/* Fixed width: columns as they may be said, cut in characters and bytes, lines
 * of every end, cut into chunks of every size, and what is told of each. */
#include <check.h>

#include "base/log.h"
#include "decode/cursor.h"
#include "decode/fixed/fixed.h"

static struct spec spec;
static struct buf seen;

static void setup(void)
{
    struct err err;
    spec_init(&spec);
    spec.path = mem_text("t.txt");
    ck_assert(spec_override(&spec, "format", "fixed", &err));
    fixed_piece = CHUNK_BYTES;
    buf_clear(&seen);
}

static void teardown(void)
{
    spec_release(&spec);
    buf_release(&seen);
}

static void say(const char *name, const char *text)
{
    struct err err;
    ck_assert_msg(spec_override(&spec, name, text, &err), "%s", err.text);
}

static void add_row(const struct row *row)
{
    buf_addf(&seen, "%llu#%llu ", (unsigned long long)row->place.line,
             (unsigned long long)row->place.index);
    if (row->fault != NULL)
        buf_addf(&seen, "! %s ", row->fault);
    const struct value *cells = row->fault ? row->origin.cells : row->cells;
    for (unsigned i = 0; i < row->count; i++)
        buf_addf(&seen, "[%.*s]", (int)cells[i].len, cells[i].text);
    buf_putc(&seen, '\n');
}

static void read_rows(const char *text, size_t len)
{
    struct err err;
    struct row row;
    enum step step;
    struct cursor cursor = {.silent = true};
    struct input *input =
        input_open_source(&spec, source_memory(text, len), &err);
    buf_clear(&seen);
    if (input == NULL) {
        buf_puts(&seen, err.text);
        return;
    }
    cursor_open(&cursor, input);
    while ((step = cursor_next(&cursor, &row, &err)) == STEP_ITEM)
        add_row(&row);
    if (step == STEP_FAIL)
        buf_puts(&seen, err.text);
    cursor_close(&cursor);
    input_close(input);
}

/* In pieces of every size it is the same. */
static void expect_bytes(const char *text, size_t len, const char *wanted)
{
    for (size_t piece = 1; piece < len + 2; piece++) {
        fixed_piece = piece;
        read_rows(text, len);
        ck_assert_str_eq(buf_text(&seen), wanted);
    }
}

static void expect(const char *text, const char *wanted)
{
    expect_bytes(text, strlen(text), wanted);
}

START_TEST(columns)
{
    say("columns", "Code:3,Name:5");
    expect("KH1An   \nKH2Bình \n", "1#1 [KH1][An]\n2#2 [KH2][Bình]\n");
    say("columns", "Name:4-8,Code:1-3,First:4-4");
    expect("KH1An   \nKH2Bình \n", "1#1 [An][KH1][A]\n2#2 [Bình][KH2][B]\n");
    say("columns", "Code:1-2, Name:4-5,Rest:2");
    expect("K1-An  \nK2-Ba12\n", "1#1 [K1][An][]\n2#2 [K2][Ba][12]\n");
}
END_TEST

START_TEST(line_ends)
{
    say("columns", "a:1,b:2");
    expect("1ab\r\n2cd\r3ef\n\n \r\n4g ",
           "1#1 [1][ab]\n2#2 [2][cd]\n3#3 [3][ef]\n6#4 [4][g]\n");
    expect("1ab\r\r\n2cd\r", "1#1 [1][ab]\n3#2 [2][cd]\n");
    expect("", "");
}
END_TEST

START_TEST(widths)
{
    say("columns", "a:2,b:2,c:2");
    expect("112\n1122 \n112233  \n1122334\n112233\n",
           "1#1 ! 3 characters, the columns take 6 (ragged = true takes such "
           "rows) [11][\xEF\xBF\xBD][\xEF\xBF\xBD]\n"
           "2#2 ! 5 characters, the columns take 6 (ragged = true takes such "
           "rows) [11][22][\xEF\xBF\xBD]\n"
           "3#3 [11][22][33]\n"
           "4#4 ! 7 characters, the columns take 6 (ragged = true takes such "
           "rows) [11][22][33\xEF\xBF\xBD]\n"
           "5#5 [11][22][33]\n");
    say("ragged", "true");
    expect("112\n1122334\n", "1#1 [11][2][]\n2#2 [11][22][33]\n");
}
END_TEST

START_TEST(bytes)
{
    say("columns", "a:3,b:1");
    say("encoding", "windows-1258");
    expect("a\xEA \x42\n", "1#1 [aê][B]\n");
    say("unit", "bytes");
    /* A letter and its mark are two bytes, and one character. */
    expect("e\xCCt\x42\n", "1#1 [èt][B]\n");
    say("encoding", "UTF-8");
    expect("\xC3\xAA"
           "tB\n",
           "1#1 [êt][B]\n");
    expect("aa\xC3\xAA\n", "1#1 ! invalid UTF-8 in the column \"a\" "
                           "[aa\xEF\xBF\xBD][\xEF\xBF\xBD]\n");
    say("encoding", "UTF-16LE");
    expect("", "t.txt: unit: lines of UTF-16LE cannot be cut in bytes; say "
               "their widths in characters");
    say("unit", "characters");
    expect_bytes("1\0\xEA\0 \0B\0\n\0", 10, "1#1 [1ê][B]\n");
}
END_TEST

START_TEST(no_text)
{
    say("columns", "a:2,b:2");
    expect("1\xFF"
           "22\n",
           "1#1 ! invalid UTF-8 in the column \"a\" [1\xEF\xBF\xBD][22]\n");
    say("encoding", "UTF-8");
    expect_bytes("1\0"
                 "22\n",
                 5,
                 "1#1 ! NUL byte in the column \"a\" "
                 "[1\xEF\xBF\xBD][22]\n");
    say("encoding", "windows-1258");
    expect("1\x8A"
           "22\n",
           "1#1 ! invalid windows-1258 in the column \"a\" "
           "[1\xEF\xBF\xBD][22]\n");
}
END_TEST

START_TEST(limits)
{
    say("columns", "a:2");
    say("skip", "2");
    say("max_line", "4");
    expect("x\ny\n11\n22\n", "3#1 [11]\n4#2 [22]\n");
    read_rows("x\ny\n12345\n", 10);
    ck_assert_str_eq(buf_text(&seen),
                     "t.txt:3: a line is longer than 4 bytes (max_line)");
    expect("x\ny\n11\n22\n12345\n33\n",
           "3#1 [11]\n4#2 [22]\n"
           "t.txt:5: a line is longer than 4 bytes (max_line)");
}
END_TEST

START_TEST(refused)
{
    static const char *const bad[] = {
        "",         "Code",  "Code:", "Code:0",      "Code:1x",
        "Code:5-2", "a:1,",  "a:0-3", "a:-3",        "a:99999999",
        "a:1-",     "a:1,b", "a:1,,", "a:1-2000000",
    };
    struct err err;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!spec_override(&spec, "columns", bad[i], &err), "%s",
                      bad[i]);
    expect("x", "t.txt: a file of fixed width does not name its columns: say "
                "columns = { {\"Code\", 10}, {\"Name\", 40} }, or --columns "
                "Code:10,Name:40");
}
END_TEST

int main(void)
{
    static const struct log_settings quiet = {.level = LOG_ERROR};
    log_setup(&quiet);
    Suite *suite = suite_create("fixed");
    TCase *tests = tcase_create("fixed");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, columns);
    tcase_add_test(tests, line_ends);
    tcase_add_test(tests, widths);
    tcase_add_test(tests, bytes);
    tcase_add_test(tests, no_text);
    tcase_add_test(tests, limits);
    tcase_add_test(tests, refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
