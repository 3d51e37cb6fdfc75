/* Rows as nearly all programs write them are read byte by byte, and are the
 * same as when they are read by their tags. */
#include <stdlib.h>

#include "read_xlsx.h"

/* Many rows of usual tags are read as those of the same in other words. */
static void same_rows(const char *row, const char *other)
{
    enum { ROWS = 120 };
    const char *const texts[] = {row, other};
    struct buf first = {0};
    xlsx_plain_step = 1000;
    for (unsigned i = 0; i < 2; i++) {
        buf_clear(&sheet);
        buf_puts(&sheet, HEADER);
        for (unsigned k = 0; k < ROWS; k++)
            buf_puts(&sheet, texts[i]);
        read_rows(front, buf_text(&sheet), back);
        if (i == 0)
            buf_add(&first, fast.at, fast.len);
    }
    ck_assert_msg(strcmp(buf_text(&first), buf_text(&fast)) == 0,
                  "%s is not %s:\n%.200s\n%.200s", row, other, buf_text(&first),
                  buf_text(&fast));
    buf_release(&first);
}

#define NUMBER(column, text) "<c r=\"" column "1\"><v>" text "</v></c>"
#define SHARED(column, text) "<c r=\"" column "1\" t=\"s\"><v>" text "</v></c>"
#define TEXT(column, how, text)                                                \
    "<c r=\"" column "1\" t=\"inlineStr\"><is><t" how ">" text "</t></is></c>"
#define STYLED(column, style, text)                                            \
    "<c r=\"" column "1\" s=\"" style "\"><v>" text "</v></c>"
#define KEPT " xml:space=\"preserve\""
#define A    NUMBER("A", "7")

START_TEST(usual_rows)
{
    static const char *const pairs[][2] = {
        {"<row>" A SHARED("B", "3") SHARED("C", "6") "</row>",
         "<row >" A "<c r='C1' t='s'><v>6</v></c></row >"},
        {"<row>" A SHARED("B", "1") SHARED("C", "2") "</row>",
         "<row >" A "<c r='B1' t='s'><v>1</v></c></row>"},
        {"\n <row>\n " SHARED("A", "4") "\n " SHARED("B", "0") "\n</row>\n",
         "<row ><c r='B1' t='s'><v>0</v></c><c r='A1' t='s'><v>4</v></c>"
         "</row>"},
        {"<row>" A SHARED("B", "0") SHARED("B", "6") "</row>",
         "<row ><c ><v>7</v></c><c t='s'><v>0</v></c>"
         "<c r='B2' t='s'><v>6</v></c></row>"},
        {"<row>" A SHARED("B", "2") SHARED("B", "6") "</row>",
         "<row >" A "<c r='B2' t='s'><v>6</v></c></row>"},
        {"<row>" A SHARED("B", "99") NUMBER("C", "1") "</row>",
         "<row >" A "<c t='s'><v>99</v></c><c ><v>1</v></c></row>"},
        {"<row>" A TEXT("B", KEPT, " a ") TEXT("C", "", "b_") "</row>",
         "<row >" A "<c t='inlineStr'><is><t> a </t></is></c>"
         "<c t='str'><v>b_</v></c></row>"},
        {"<row>" A TEXT("B", "", "") TEXT("C", "", "&lt;_x0041_") "</row>",
         "<row >" A "<c r='C1' t='str'><v>&#60;A</v></c></row>"},
        {"<row>" A TEXT("B", "", "&no;") "</row>",
         "<row >" A "<c t='inlineStr'><is><t >&no;</t></is></c></row>"},
        /* Style 1 is a date, 2 has five digits. */
        {"<row>" A STYLED("B", "1", "45351") STYLED("C", "2", "7") "</row>",
         "<row >" A "<c t='str'><v>2024-02-29</v></c>"
         "<c t='str'><v>00007</v></c></row>"},
        {"<row>" A STYLED("B", "1", "0") STYLED("C", "1", "60") "</row>",
         "<row >" A "<c ><v>0</v></c><c t='str'><v>1900-02-29</v></c></row>"},
        {"<row>" A STYLED("B", "1", "99999999") STYLED("C", "9", "8") "</row>",
         "<row >" A "<c ><v>99999999</v></c><c ><v>8</v></c></row>"},
        /* What stands behind the row, and what is cut off. */
        {"<row>" A NUMBER("B", "1") "</row>" NUMBER("C", "1"),
         "<row >" A NUMBER("B", "1") "</row >"},
        {"<row>" A NUMBER("B", "1"), "<row >" A "<c ><v>1</v></c>"},
        {"<row>" A "<c r=\"B1\" t=\"s\"><v>6</row>",
         "<row >" A "<c r='B1' t='s'><v>6</row>"},
        {"<row>" A "<c r=\"B1\" t=\"inlineStr\"><is><t>6</row>",
         "<row >" A "<c r='B1' t='inlineStr'><is><t>6</row>"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        same_rows(pairs[i][0], pairs[i][1]);
}
END_TEST

/* Heads of rows with their number, as Excel writes them and by tags. */
START_TEST(usual_heads)
{
    static const char *const heads[] = {
        "<row r=\"%u\">",
        "<row r=\"%u\" spans=\"1:3\">",
        "<row r=\"%u\" spans=\"1:3\" x14ac:dyDescent=\"0.25\">",
        "<row r='%u'>",
        "<row spans=\"1:3\" r=\"%u\" ht=\"15\" customHeight=\"1\">",
        "<row r=\"%u\" spans=\"12345678901234567890\">",
        "<row\nr=\"%u\">",
    };
    struct buf first = {0};
    xlsx_plain_step = 1000;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        buf_clear(&sheet);
        buf_puts(&sheet, HEADER);
        for (unsigned line = 3; line < 400; line += 3) {
            const char *number = strstr(heads[i], "%u");
            buf_add(&sheet, heads[i], (size_t)(number - heads[i]));
            buf_addf(&sheet, "%u%s" A SHARED("B", "6") "</row>", line,
                     number + 2);
        }
        read_rows(front, buf_text(&sheet), back);
        if (i == 0)
            buf_add(&first, fast.at, fast.len);
        ck_assert_str_eq(buf_text(&fast), buf_text(&first));
    }
    buf_release(&first);
}
END_TEST

/* More shared strings than may wait, in columns with gaps. */
START_TEST(wide_rows)
{
    buf_puts(&sheet, HEADER);
    xlsx_plain_step = 1000;
    for (unsigned line = 2; line < 200; line++) {
        buf_addf(&sheet, "<row r=\"%u\">", line);
        for (unsigned i = 0; i < 200; i += 1 + i % 3)
            buf_addf(&sheet, "<c r=\"%c%c%u\" t=\"s\"><v>%u</v></c>",
                     'A' + i / 26, 'A' + i % 26, line, i % 7);
        buf_puts(&sheet, "</row>");
    }
    ck_assert_uint_ge(read_rows(front, buf_text(&sheet), back), 3);
    struct buf usual = fast;
    fast = (struct buf){0};
    for (char *at = sheet.at; (at = strstr(at, "\"s\"")) != NULL;)
        at[0] = at[2] = '\'';
    read_rows(front, buf_text(&sheet), back);
    ck_assert_str_eq(buf_text(&fast), buf_text(&usual));
    buf_release(&usual);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("xlsx_usual");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, setup, teardown);
    tcase_set_timeout(all, 60);
    tcase_add_test(all, usual_rows);
    tcase_add_test(all, usual_heads);
    tcase_add_test(all, wide_rows);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
