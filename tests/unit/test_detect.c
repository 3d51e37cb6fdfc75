/* What an input is, by its bytes, its name and what it is asked for as; and
 * names in the order that people mean. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "decode/input.h"
#include "decode/paths/natural.h"

static char text[2048];

/* "csv, called .xls", or what is wrong. */
static const char *found(const char *path, const char *asked, const char *bytes,
                         size_t len)
{
    struct err err;
    struct spec spec;
    spec_init(&spec);
    spec.path = mem_text(path);
    spec.format = asked ? format_find(asked) : NULL;
    ck_assert(asked == NULL || spec.format != NULL);
    struct input *input =
        input_open_source(&spec, source_memory(bytes, len), &err);
    if (input != NULL)
        snprintf(text, sizeof text, "%s%.*s", input->format->name,
                 (int)input->noted.len, buf_text(&input->noted));
    else
        snprintf(text, sizeof text, "%s", err.text);
    input_close(input);
    spec_release(&spec);
    return text;
}

#define FOUND(path, asked, bytes, expected)                                    \
    ck_assert_str_eq(found(path, asked, bytes, sizeof bytes - 1), expected)

#define PAGE "<html><table><tr><th>a<th>b<tr><td>1<td>2</table></html>"

START_TEST(texts)
{
    FOUND("kh.csv", NULL, "a,b\n1,2\n", "csv");
    FOUND("kh.tsv", NULL, "a\tb\n1\t2\n", "tsv");
    FOUND("kh", NULL, "a\tb\n1\t2\n", "csv");
    FOUND("kh.xls", NULL, "a\tb\n1\t2\n", "csv, called .xls");
    FOUND("kh.xlsx", NULL, "a;b\n1;2\n", "csv, called .xlsx");
    FOUND("kh.xlsx", "xlsx", "a;b\n1;2\n",
          "csv, called .xlsx, asked for as Excel workbook");
    FOUND("kh.tsv", "csv", "a\tb\n1\t2\n", "csv");
    FOUND("kh.csv", "tsv", "a\tb\n1\t2\n", "tsv");
}
END_TEST

START_TEST(pages)
{
    FOUND("kh.html", NULL, PAGE, "html");
    FOUND("kh.xls", NULL, PAGE, "html, called .xls");
    FOUND("kh.csv", NULL, PAGE, "html, called .csv");
    FOUND("kh.xls", "xls", PAGE, "html, called .xls, asked for as XLS");
    FOUND("kh.html", "html", PAGE, "html");
    /* A page in a cell makes none of the whole. */
    FOUND("kh.csv", NULL, "a,b\n1,\"" PAGE "\"\n", "csv");
}
END_TEST

START_TEST(others)
{
    /* What it holds is told by its format. */
    FOUND("kh.xlsx", NULL, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
          "kh.xlsx: it is damaged or cut off (its header); export it once "
          "more");
    FOUND("kh.xlsx", "xlsx", "%PDF-1.4\n",
          "kh.xlsx: is a PDF document; ask for the table that it was made of, "
          "as .xlsx or CSV");
    FOUND("kh.csv", NULL, "MZ\x90\0\3\0\0\0",
          "kh.csv: is a program; name the export itself");
    /* These are words. */
    FOUND("kh.csv", NULL, "MZ,b\n1,2\n", "csv");
    FOUND("kh.csv", NULL, "PK,b\n1,2\n", "csv");
    FOUND("kh.csv", NULL, "BZh9,b\n1,2\n", "csv");
    FOUND("kh.csv", NULL, "7z,Rar!\n1,2\n", "csv");
}
END_TEST

START_TEST(orders)
{
    static const char *const sorted[] = {"",
                                         "a",
                                         "a0",
                                         "a0b",
                                         "a1",
                                         "a1b",
                                         "a02",
                                         "a2",
                                         "a10",
                                         "a010b",
                                         "b",
                                         "kh-1-2.csv",
                                         "kh-1-10.csv",
                                         "kh-2.csv",
                                         "kh-10.csv",
                                         "kh-99999999999999999999999.csv",
                                         "kh-100000000000000000000000.csv"};
    enum { COUNT = sizeof sorted / sizeof *sorted };
    for (int i = 0; i < COUNT; i++)
        for (int j = 0; j < COUNT; j++) {
            int order = natural_order(sorted[i], sorted[j]);
            ck_assert_msg((order > 0) - (order < 0) == (i > j) - (i < j),
                          "\"%s\" and \"%s\": %d", sorted[i], sorted[j], order);
        }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("detect");
    TCase *t = tcase_create("detect");
    tcase_add_test(t, texts);
    tcase_add_test(t, pages);
    tcase_add_test(t, others);
    tcase_add_test(t, orders);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
