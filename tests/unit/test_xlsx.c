/* Workbooks: what cells say, and that rows are the same whoever decodes them:
 * the reader one by one, mappers many at once, plain or heard, in any steps. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "read_xlsx.h"

/* What one cell under "Tên" becomes. */
static void cell_is(const char *cell, const char *is)
{
    struct buf rows = {0}, line = {0};
    buf_addf(&rows, HEADER "<row r=\"2\"><c r=\"A2\"><v>7</v></c>%s</row>",
             cell);
    read_rows(front, buf_text(&rows), back);
    buf_addf(&line, "2 #1 s1 7 %s", is);
    ck_assert_msg(strstr(buf_text(&fast), buf_text(&line)) != NULL,
                  "%s is\n%s, not %s", cell, buf_text(&fast), is);
    buf_release(&rows);
    buf_release(&line);
}

START_TEST(cells)
{
    cell_is("<c r=\"B2\"><v>5</v></c>", "5 ");
    cell_is("<c r=\"b2\"><v>5</v></c>", "5 ");
    cell_is("<c><v>5</v></c>", "5 ");
    cell_is("<c r='B2' ><v xml:space='preserve'>5</v></c>", "5 ");
    cell_is("<c r=\"B2\"><v>0.30000000000000004</v></c>", "0.3 ");
    cell_is("<c r=\"B2\"><v>12345678901234567</v></c>", "12345678901234567 ");
    cell_is("<c r=\"B2\"><v>007</v></c>", "7 ");
    cell_is("<c r=\"B2\" s=\"2\"><v>7</v></c>", "\"00007\" ");
    cell_is("<c r=\"B2\" s=\"1\"><v>45351</v></c>", "\"2024-02-29\" ");
    cell_is("<c r=\"B2\" s=\"99\"><v>45351</v></c>", "45351 ");
    cell_is("<c r=\"B2\" t=\"s\"><v>0</v></c>", "\"M\xC3\xA3\" ");
    cell_is("<c r=\"B2\" t=\"s\"><v>1</v></c>", "\"T\xC3\xAAn\" ");
    cell_is("<c r=\"B2\" t=\"s\"><v>2</v></c>", "\"\" ");
    cell_is("<c r=\"B2\" t=\"s\"><v>4</v></c>", "\"a&b\\r\\nc\" ");
    cell_is("<c r=\"B2\" t=\"s\"><v>5</v></c>", "\"_x0041_ \xC3\xA9\" ");
    cell_is("<c r=\"B2\" t=\"str\"><f>A2</f><v>x&lt;y</v></c>", "\"x<y\" ");
    cell_is("<c r=\"B2\" t=\"str\"><f>A2</f><v></v></c>", "\"\" ");
    cell_is("<c r=\"B2\" t=\"inlineStr\"><is><r><t>a</t></r><rPh><t>b</t></rPh>"
            "<r><t xml:space=\"preserve\"> c</t></r></is></c>",
            "\"a c\" ");
    cell_is("<c r=\"B2\" t=\"b\"><v>1</v></c>", "true ");
    cell_is("<c r=\"B2\" t=\"b\"><v>0</v></c>", "false ");
    cell_is("<c r=\"B2\" t=\"d\"><v>2024-02-29T00:00:00.000</v></c>",
            "\"2024-02-29T00:00:00\" ");
    cell_is("<c r=\"B2\" s=\"1\" t=\"d\"><v>2024-02-29T00:00:00</v></c>",
            "\"2024-02-29\" ");
    cell_is("<c r=\"B2\"><v>abc</v></c>", "\"abc\" ");
    cell_is("<c r=\"B2\"/>", "\"\" ");
    cell_is("<c r=\"C2\"><v>5</v></c><c r=\"B2\"><v>6</v></c>", "6 5 ");
    cell_is("<x/><c r=\"B2\"><extLst><v>1</v></extLst><v>5</v></c>", "5 ");
}
END_TEST

static void says(const char *rows, const char *said)
{
    read_rows(front, rows, back);
    ck_assert_msg(strstr(buf_text(&fast), said) != NULL, "%s says\n%s", rows,
                  buf_text(&fast));
}

START_TEST(doubts_and_faults)
{
    says(HEADER "<row><c><v>1</v></c><c t=\"e\"><v>#N/A</v></c></row>",
         "T\xC3\xAAn: the cell holds an error, and is left blank (#N/A)");
    says(HEADER "<row><c><v>1</v></c><c><f>A1</f></c></row>",
         "a formula without a result");
    for (unsigned i = 0; i < 6; i++) {
        static const char *const all[] = {"<c><v>abc",       "<c><v>1e999",
                                          "<c><v>1.5.3",     "<c><v>NaN",
                                          "<c s=\"1\"><v>x", "<c t=\"b\"><v>2"};
        struct buf rows = {0};
        buf_addf(&rows, HEADER "<row><c><v>1</v></c>%s</v></c></row>", all[i]);
        says(buf_text(&rows),
             "T\xC3\xAAn: text in a cell whose type is a number");
        buf_release(&rows);
    }
    cell_is("<c><v>abc</v></c>", "\"abc\" ");
    cell_is("<c><v>1e999</v></c>", "\"1e999\" ");
    cell_is("<c><v> \n</v></c>", "\"\" ");
    ck_assert_ptr_null(strstr(buf_text(&fast), "text in a cell"));
    says(HEADER "<row><c><v>1</v></c><c t=\"s\"><v>7</v></c></row>",
         "! a cell names a shared string that there is none of");
    says(HEADER "<row><c><v>1</v></c><c t=\"what\"><v>7</v></c></row>",
         "! a cell of a type that there is none of");
    says(HEADER "<row><c r=\"A2\"><v>1</v></c><c r=\"A2\"><v>7</v></c></row>",
         "! two cells stand in one column");
    says(HEADER "<row><c r=\"XFE2\"><v>1</v></c></row>",
         "! a cell stands in a column that there is none of");
    says(HEADER "<row><c><v>1</v></row>", "! its XML is damaged");
    says(HEADER "<row><c t=\"str\"><v>&what;</v></c></row>",
         "! a reference of XML that nobody knows");
    says(HEADER "<row r=\"1048577\"><c><v>1</v></c></row>",
         "more than 1048576");
}
END_TEST

/* The header is the first row, wherever its number says; each row has its own;
 * one without goes on from the one before. */
START_TEST(out_of_order)
{
#define ROW(r, v) "<row" r "><c><v>" v "</v></c><c t=\"s\"><v>0</v></c></row>"
    static const char header[] = "<row r=\"5\"><c t=\"s\"><v>0</v></c><c "
                                 "t=\"s\"><v>1</v></c></row>";
    struct buf rows = {0};
    buf_addf(&rows, "%s%s", header,
             ROW(" r=\"9\"", "1") ROW(" r=\"3\"", "2") ROW("", "3")
                 ROW(" r=\"4\"", "4") ROW(" r=\"9\"", "5")
                     ROW(" r=\"1\"", "6"));
    static const char *const all[] = {
        "9 #1 s1 1 ", "3 #2 s1 2 ", "4 #3 s1 3 ",     "4 #4 s1 4 ",
        "9 #5 s1 5 ", "1 #6 s1 6 ", "\"left_out\":{}"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        says(buf_text(&rows), all[i]);
    buf_release(&rows);
#undef ROW
}
END_TEST

/* Many rows of all kinds, with gaps, blank ones, and those that are none. */
static void make_rows(struct buf *out, unsigned count)
{
    unsigned line = 1;
    buf_puts(out, HEADER);
    for (unsigned i = 0; i < count; i++) {
        line += i % 17 == 3 ? 3 : 1;
        if (i % 11 == 5)
            buf_addf(out,
                     "<row r=\"%u\" spans=\"1:3\"><c r=\"A%u\" s=\"1\"/>"
                     "</row>\n",
                     line, line);
        else if (i % 13 == 7)
            buf_addf(out,
                     "<row r=\"%u\"><c t=\"s\"><v>0</v></c><c t=\"s\">"
                     "<v>1</v></c><c t=\"s\"><v>6</v></c></row>",
                     line);
        else if (i % 13 == 8)
            buf_addf(out,
                     "<row r=\"%u\"><c r=\"B%u\" t=\"s\"><v>99</v></c>"
                     "</row>",
                     line, line);
        else if (i % 13 == 9)
            buf_addf(out,
                     "<row hidden=\"1\"><c><f>A1</f></c><c t=\"str\">"
                     "<v> t%u &#233;</v></c></row>",
                     i);
        else
            buf_addf(out,
                     "<row r=\"%u\"><c r=\"A%u\"><v>%u</v></c><c r=\"B%u\""
                     " t=\"s\"><v>%u</v></c><c r=\"C%u\" t=\"inlineStr\">"
                     "<is><t>v%u</t></is></c></row>",
                     line, line, i + 100, line, i % 7, line, i);
    }
}

START_TEST(ways)
{
    static const size_t steps[] = {1, 100, 1000, 4096, 256 * 1024};
    struct buf first = {0};
    make_rows(&sheet, 400);
    read_rows(front, buf_text(&sheet), back);
    buf_add(&first, fast.at, fast.len);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        xlsx_plain_step = steps[i];
        unsigned bulk = read_rows(front, buf_text(&sheet), back);
        ck_assert_uint_ge(bulk, steps[i] < 5000 ? 3u : 0u);
        ck_assert_str_eq(buf_text(&fast), buf_text(&first));
    }
    buf_release(&first);
}
END_TEST

/* Of all kinds as well, the rows of each ten the other way round. */
START_TEST(ways_out_of_order)
{
    static const size_t steps[] = {1, 1000, 256 * 1024};
    static const char *const ends[][2] = {
        {front, back},
        {"<worksheet><!-- --><sheetData>", back},
        {"<a:worksheet xmlns:a=\"a\" xmlns=\"a\"><sheetData>",
         "</sheetData></a:worksheet>"},
    };
    struct buf first = {0};
    buf_puts(&sheet, HEADER);
    for (unsigned i = 0; i < 300; i++) {
        unsigned line = i / 10 * 10 + 20 - i % 10;
        if (i % 7 == 3)
            buf_addf(&sheet, "<row r=\"%u\"/>", line);
        else if (i % 13 == 8)
            buf_puts(&sheet, HEADER);
        else
            buf_addf(&sheet,
                     "<row r=\"%u\"><c><v>%u</v></c><c><v>%u</v></c></row>",
                     line, i + 100, i);
    }
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (size_t j = 0; j < sizeof ends / sizeof *ends; j++) {
            xlsx_plain_step = steps[i];
            read_rows(ends[j][0], buf_text(&sheet), ends[j][1]);
            if (first.len == 0)
                buf_add(&first, fast.at, fast.len);
            ck_assert_str_eq(buf_text(&fast), buf_text(&first));
        }
    ck_assert_ptr_nonnull(strstr(buf_text(&first), "\n20 #1 "));
    ck_assert_ptr_nonnull(strstr(buf_text(&first), "\"repeated\":"));
    ck_assert_ptr_null(strstr(buf_text(&first), "\"blank\":"));
    buf_release(&first);
}
END_TEST

/* The same rows with what is not plain: at the front, in the middle, as a
 * prefix of all. */
START_TEST(heard)
{
    struct buf first = {0}, late = {0};
    make_rows(&sheet, 300);
    read_rows(front, buf_text(&sheet), back);
    buf_add(&first, fast.at, fast.len);
    xlsx_plain_step = 1000;
    read_rows("<worksheet><!-- <sheetData> --><sheetData>", buf_text(&sheet),
              back);
    ck_assert_str_eq(buf_text(&fast), buf_text(&first));
    read_rows("<a:worksheet xmlns:a=\"a\" xmlns=\"a\"><sheetData>",
              buf_text(&sheet), "</sheetData></a:worksheet>");
    ck_assert_str_eq(buf_text(&fast), buf_text(&first));
    const char *middle = strstr(buf_text(&sheet), "<row r=\"200\"");
    ck_assert_ptr_nonnull(middle);
    buf_add(&late, sheet.at, (size_t)(middle - sheet.at));
    buf_puts(&late, "<!-- <row> -->");
    buf_puts(&late, middle);
    read_rows(front, buf_text(&late), back);
    ck_assert_str_eq(buf_text(&fast), buf_text(&first));
    buf_release(&first);
    buf_release(&late);
}
END_TEST

START_TEST(footer)
{
    make_rows(&sheet, 200);
    buf_puts(&sheet, "<row/><row><c t=\"str\"><v>T\xE1\xBB\x95ng c\xE1\xBB\x99"
                     "ng</v></c><c/><c><v>5</v></c></row>");
    xlsx_plain_step = 1000;
    ck_assert_uint_ge(read_rows(front, buf_text(&sheet), back), 3);
    ck_assert_ptr_nonnull(strstr(buf_text(&fast), "\"footer\":1"));
}
END_TEST

static unsigned started;

static bool start_well(pthread_t *thread, void *(*body)(void *), void *argument,
                       struct err *err)
{
    started++;
    return thread_start(thread, body, argument, err);
}

static bool start_never(pthread_t *thread, void *(*body)(void *),
                        void *argument, struct err *err)
{
    (void)thread, (void)body, (void)argument;
    return err_set(err, EXIT_FAULT, "no thread is to be had");
}

/* Real files, in small steps, with and without a thread that reads ahead. */
START_TEST(files)
{
    static const char *const names[] = {
        "calamine_date.xlsx",
        "calamine_errors.xlsx",
        "calamine_inlineStr_cdata.xlsx",
        "calamine_nonstandard-xml-ns-prefix.xlsx",
        "calamine_richtext-namespaced.xlsx",
        "edr_NoDimensionOrCellReferenceAttribute.xlsx",
        "excelize_MergeCell.xlsx",
        "phpss_namespacestd.xlsx",
        "sheetjs_merge_cells.xlsx",
        "tabulator_multiline-headers.xlsx",
    };
    thread_starter *const starters[] = {start_well, start_never};
    enum { PATH = 256, MOST = 1 << 20 };
    char path[PATH], *bytes = malloc(MOST);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "tests/data/xlsx/%s", names[i]);
        FILE *file = fopen(path, "rb");
        ck_assert_msg(file != NULL, "%s", path);
        size_t len = fread(bytes, 1, MOST, file);
        fclose(file);
        xlsx_plain_step = 256 * 1024;
        buf_clear(&slow);
        made_dump(bytes, len, true, &slow);
        xlsx_plain_step = 64;
        buf_clear(&fast);
        made_dump(bytes, len, false, &fast);
        ck_assert_str_eq(buf_text(&fast), buf_text(&slow));
        for (size_t n = 0; n < sizeof starters / sizeof *starters; n++) {
            made_start = starters[n];
            buf_clear(&fast);
            made_dump(bytes, len, false, &fast);
            ck_assert_str_eq(buf_text(&fast), buf_text(&slow));
        }
        made_start = NULL;
    }
    ck_assert_uint_ge(started, 5);
    free(bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("xlsx");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, setup, teardown);
    tcase_set_timeout(all, 60);
    tcase_add_test(all, cells);
    tcase_add_test(all, doubts_and_faults);
    tcase_add_test(all, out_of_order);
    tcase_add_test(all, ways);
    tcase_add_test(all, ways_out_of_order);
    tcase_add_test(all, heard);
    tcase_add_test(all, footer);
    tcase_add_test(all, files);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
