/* XLS: records of every BIFF, their texts, dates and errors; rows out of order;
 * what is damaged. Workbooks as programs write them are among the golden
 * cases. */
#include <check.h>

#include "biff.h"

static struct buf book;

static void setup(void)
{
    book = (struct buf){0};
}

static void teardown(void)
{
    buf_release(&book);
}

/* Ends the sheet, reads it, compares. */
static void expect(const char *wanted)
{
    rec(&book, END, "");
    char *got = read_as(book.at, book.len, NULL);
    ck_assert_str_eq(got, wanted);
    free(got);
}

static void expect_cut(const char *wanted)
{
    char *got = read_as(book.at, book.len, NULL);
    ck_assert_str_eq(got, wanted);
    free(got);
}

START_TEST(numbers_of_biff8)
{
    begin_sheet(&book, 8);
    rec(&book, 0x0203, "hhhd", 0u, 0u, 0u, 0.1 + 0.2);
    rec(&book, 0x027E, "hhhi", 0u, 1u, 0u, 12345u << 2 | 2);
    rec(&book, 0x027E, "hhhi", 0u, 2u, 0u, 12345u << 2 | 3);
    rec(&book, 0x027E, "hhhi", 0u, 3u, 0u, 0xFFFFFFFCu & ~1u);
    rec(&book, 0x027E, "hhhi", 0u, 4u, 0u, 0x3FF00000u);
    rec(&book, 0x027E, "hhhi", 0u, 5u, 0u, (unsigned)-7 << 2 | 2);
    rec(&book, 0x00BD, "hhhihih", 1u, 1u, 0u, 4u << 2 | 2, 0u, 5u << 2 | 2, 2u);
    rec(&book, 0x0203, "hhhd", 1u, 4u, 0u, 9007199254740993.0);
    expect("1:[0.3][12345][123.45][][1][-7] {3 : the cell's number is none, "
           "and is left blank}\n"
           "2:[][4][5][][9007199254740992]\n");
}
END_TEST

/* The formats: 14 is a date, 164 has zeros. */
START_TEST(formats_of_cells)
{
    begin_sheet(&book, 8);
    rec(&book, 0x041E, "hw", 164u, "0000000000");
    rec(&book, 0x041E, "hw", 165u, "[h]:mm");
    rec(&book, 0x00E0, "hhh", 0u, 0u, 0u);
    rec(&book, 0x00E0, "hhh", 0u, 14u, 0u);
    rec(&book, 0x00E0, "hhh", 0u, 164u, 0u);
    rec(&book, 0x00E0, "hhh", 0u, 165u, 0u);
    rec(&book, 0x00E0, "hhh", 0u, 22u, 0u);
    rec(&book, 0x0203, "hhhd", 0u, 0u, 1u, 45351.0);
    rec(&book, 0x0203, "hhhd", 0u, 1u, 2u, 912345678.0);
    rec(&book, 0x0203, "hhhd", 0u, 2u, 3u, 1.5);
    rec(&book, 0x0203, "hhhd", 0u, 3u, 4u, 45351.5);
    rec(&book, 0x0203, "hhhd", 0u, 4u, 99u, 45351.0);
    expect("1:[2024-02-29][0912345678][36:00:00][2024-02-29T12:00:00][45351]"
           "\n");
}
END_TEST

/* An empty code, an empty text and an empty name are none of them an end. */
START_TEST(empty_texts)
{
    begin_sheet(&book, 4);
    rec(&book, 0x041E, "hz", 0u, "");
    rec(&book, 0x0443, "bbh", 0u, 0u, 0u);
    rec(&book, 0x0204, "hhhh", 0u, 0u, 0u, 0u);
    rec(&book, 0x0203, "hhhd", 0u, 1u, 0u, 3.0);
    expect("1:[][3]\n");
}
END_TEST

START_TEST(dates_from_1904)
{
    begin_sheet(&book, 8);
    rec(&book, 0x0022, "h", 1u);
    rec(&book, 0x00E0, "hhh", 0u, 14u, 0u);
    rec(&book, 0x0203, "hhhd", 0u, 0u, 0u, 0.0);
    rec(&book, 0x0203, "hhhd", 0u, 1u, 0u, 43889.0);
    expect("1:[1904-01-01][2024-02-29]\n");
}
END_TEST

START_TEST(truths_and_errors)
{
    begin_sheet(&book, 8);
    rec(&book, 0x0205, "hhhbb", 0u, 0u, 0u, 1u, 0u);
    rec(&book, 0x0205, "hhhbb", 0u, 1u, 0u, 0u, 0u);
    rec(&book, 0x0205, "hhhbb", 0u, 2u, 0u, 0x2Au, 1u);
    rec(&book, 0x0205, "hhhbb", 1u, 0u, 0u, 0x17u, 1u);
    rec(&book, 0x0201, "hhh", 2u, 0u, 0u);
    rec(&book, 0x00BE, "hhhhh", 3u, 0u, 0u, 0u, 1u);
    expect(
        "1:[true][false] {2 #N/A: the cell holds an error, and is left blank}\n"
        "2: {0 #REF!: the cell holds an error, and is left blank}\n");
}
END_TEST

/* A number, a truth, an error, nothing; a text behind how the formula is
 * shared; one that is missing. */
START_TEST(results_of_formulas)
{
    begin_sheet(&book, 8);
    rec(&book, 0x0006, "hhhdhih", 0u, 0u, 0u, 2.5, 0u, 0u, 0u);
    rec(&book, 0x0006, "hhhbbbbbbhhih", 0u, 1u, 0u, 1u, 0u, 1u, 0u, 0u, 0u,
        0xFFFFu, 0u, 0u, 0u);
    rec(&book, 0x0006, "hhhbbbbbbhhih", 0u, 2u, 0u, 2u, 0u, 7u, 0u, 0u, 0u,
        0xFFFFu, 0u, 0u, 0u);
    rec(&book, 0x0006, "hhhbbbbbbhhih", 0u, 3u, 0u, 3u, 0u, 0u, 0u, 0u, 0u,
        0xFFFFu, 0u, 0u, 0u);
    rec(&book, 0x0006, "hhhbbbbbbhhih", 0u, 4u, 0u, 0u, 0u, 0u, 0u, 0u, 0u,
        0xFFFFu, 0u, 0u, 0u);
    rec(&book, 0x04BC, "iii", 0u, 0u, 0u);
    rec(&book, 0x0207, "w", "K\xFC");
    rec(&book, 0x0006, "hhhbbbbbbhhih", 0u, 5u, 0u, 0u, 0u, 0u, 0u, 0u, 0u,
        0xFFFFu, 0u, 0u, 0u);
    rec(&book, 0x0203, "hhhd", 0u, 6u, 0u, 1.0);
    expect("1:[2.5][true][][][K\xC3\xBC][][1]"
           " {2 #DIV/0!: the cell holds an error, and is left blank}"
           " {5 : a formula without a result: open the file in a "
           "spreadsheet program and save it}\n");
}
END_TEST

/* Of the shared texts one is cut where its width changes, one between the
 * halves of a letter beyond U+FFFF, and one has runs and is spoken. */
START_TEST(shared_texts_in_pieces)
{
    begin_sheet(&book, 8);
    rec(&book, 0x00FC, "iihbs", 4u, 4u, 5u, 0u, "Kh\xE1");
    rec(&book, 0x003C, "bhhhbhh", 1u, 0x1EA3u, 0x1EC1u, 3u, 1u, 0x61u, 0xD83Du);
    rec(&book, 0x003C, "bhhbhisii", 1u, 0xDE00u, 2u, 0x0Cu, 1u, 4u, "xy", 0u,
        0u);
    rec(&book, 0x003C, "hb", 0u, 0u);
    for (unsigned i = 0; i < 4; i++)
        rec(&book, 0x00FD, "hhhi", 0u, i, 0u, i);
    expect("1:[Kh\xC3\xA1\xE1\xBA\xA3\xE1\xBB\x81][a\xF0\x9F\x98\x80][xy]\n");
}
END_TEST

START_TEST(halves_of_letters)
{
    begin_sheet(&book, 8);
    rec(&book, 0x0204, "hhhhbhh", 0u, 0u, 0u, 2u, 1u, 0xD83Du, 0x41u);
    rec(&book, 0x0204, "hhhhbh", 0u, 1u, 0u, 1u, 1u, 0xDE00u);
    rec(&book, 0x0204, "hhhhbh", 0u, 2u, 0u, 1u, 1u, 0xD83Du);
    rec(&book, 0x0204, "hhhhbhh", 0u, 3u, 0u, 2u, 1u, 0xD83Du, 0xDE00u);
    expect("1:[\xEF\xBF\xBD"
           "A][\xEF\xBF\xBD][\xEF\xBF\xBD][\xF0\x9F\x98\x80]\n");
}
END_TEST

/* The old ones say how a cell looks in the cell, or by the place of a format
 * among the formats. */
START_TEST(biff2)
{
    begin_sheet(&book, 2);
    rec(&book, 0x001E, "z", "General");
    rec(&book, 0x001E, "z", "d/m/yy");
    rec(&book, 0x0042, "h", 437u);
    rec(&book, 0x0002, "hhbbbh", 0u, 0u, 0u, 0u, 0u, 65535u);
    rec(&book, 0x0003, "hhbbbd", 0u, 1u, 0u, 1u, 0u, 45351.0);
    rec(&book, 0x0004, "hhbbbz", 0u, 2u, 0u, 0u, 0u, "\x81");
    rec(&book, 0x0005, "hhbbbbb", 0u, 3u, 0u, 0u, 0u, 1u, 0u);
    rec(&book, 0x0006, "hhbbbbbbbbbhb", 0u, 4u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u,
        0u, 0xFFFFu, 0u);
    rec(&book, 0x0007, "z", "text");
    rec(&book, 0x0006, "hhbbbdb", 1u, 0u, 0u, 0u, 0u, 7.0, 0u);
    expect("1:[65535][2024-02-29][\xC3\xBC][true][text]\n2:[7]\n");
}
END_TEST

START_TEST(biff3_and_4)
{
    for (unsigned version = 3; version <= 4; version++) {
        buf_clear(&book);
        begin_sheet(&book, version);
        if (version == 3) {
            rec(&book, 0x001E, "z", "General");
            rec(&book, 0x001E, "z", "d/m/yy");
        } else {
            rec(&book, 0x041E, "hz", 0u, "General");
            rec(&book, 0x041E, "hz", 0u, "d/m/yy");
        }
        rec(&book, version == 3 ? 0x0243 : 0x0443, "bbh", 0u, 0u, 0u);
        rec(&book, version == 3 ? 0x0243 : 0x0443, "bbh", 0u, 1u, 0u);
        rec(&book, 0x0203, "hhhd", 0u, 0u, 1u, 45351.0);
        rec(&book, 0x0204, "hhhhs", 0u, 1u, 0u, 2u, "\xE9t");
        rec(&book, version == 3 ? 0x0206 : 0x0406, "hhhbbbbbbhh", 0u, 2u, 0u,
            0u, 0u, 0u, 0u, 0u, 0u, 0xFFFFu, 0u);
        rec(&book, 0x0207, "hs", 3u, "sum");
        expect("1:[2024-02-29][\xC3\xA9t][sum]\n");
    }
}
END_TEST

/* windows-1258 writes a mark after its letter; a byte that is none spoils the
 * row; what is said of the encoding counts. */
START_TEST(code_pages)
{
    begin_sheet(&book, 5);
    rec(&book, 0x0042, "h", 1258u);
    rec(&book, 0x0204, "hhhhs", 0u, 0u, 0u, 5u,
        "Tr\xE2\xCC"
        "n");
    rec(&book, 0x00D6, "hhhhsbbb", 0u, 1u, 0u, 1u, "\xFE", 1u, 0u, 0u);
    rec(&book, 0x0204, "hhhhs", 1u, 2u, 0u, 3u, "a\xD2\x8A");
    rec(&book, END, "");
    char *got = read_as(book.at, book.len, NULL);
    ck_assert_str_eq(got,
                     "1:[Tr\xE1\xBA\xA7n][\xE2\x82\xAB]\n"
                     "2:[][][\xE1\xBA\xA3\xEF\xBF\xBD] ! column 3: byte 0x8A "
                     "is no character of windows-1258\n");
    free(got);
    got = read_as(book.at, book.len, "windows-1252");
    ck_assert_str_eq(got, "1:[Tr\xC3\xA2\xC3\x8Cn][\xC3\xBE]\n"
                          "2:[][][a\xC3\x92\xC5\xA0]\n");
    free(got);
}
END_TEST

/* The last record of a cell counts; a chart in the sheet has cells of its own.
 */
START_TEST(rows_out_of_order)
{
    begin_sheet(&book, 8);
    rec(&book, 0x0208, "hhhhhhi", 1u, 0u, 2u, 0u, 0u, 0u, 0x20u);
    rec(&book, 0x007D, "hhhhh", 1u, 2u, 0u, 0u, 1u);
    rec(&book, 0x0203, "hhhd", 2u, 1u, 0u, 32.0);
    rec(&book, 0x0203, "hhhd", 2u, 0u, 0u, 31.0);
    rec(&book, 0x0203, "hhhd", 0u, 0u, 0u, 0.0);
    begin_sheet(&book, 8);
    rec(&book, 0x0203, "hhhd", 0u, 5u, 0u, 99.0);
    rec(&book, END, "");
    rec(&book, 0x0203, "hhhd", 1u, 0u, 0u, 21.0);
    rec(&book, 0x0203, "hhhd", 0u, 0u, 0u, 11.0);
    rec(&book, 0x00E5, "hhhhh", 1u, 0u, 1u, 0u, 1u);
    expect("1:[11]\n2:[21] hidden\n3:[31][32]\n");

    struct xls_book opened;
    const struct grid_area *areas;
    unsigned count;
    struct err err;
    struct source *source = source_memory(book.at, book.len);
    ck_assert(xls_book_open(&opened, source, NULL, &err));
    struct xls_reader *reader = xls_reader_new(&opened);
    ck_assert(xls_reader_kind.begin(reader, 0, &err));
    ck_assert(xls_reader_kind.areas(reader, 0, &areas, &count, &err));
    ck_assert_uint_eq(count, 1);
    ck_assert(areas->top == 1 && areas->bottom == 2 && areas->left == 0 &&
              areas->right == 1);
    ck_assert(!xls_reader_kind.column_hidden(reader, 0));
    ck_assert(xls_reader_kind.column_hidden(reader, 2));
    xls_reader_free(reader);
    source_close(source);
}
END_TEST

/* BIFF5 and 8 say where each sheet begins; here the second one lies first. */
START_TEST(sheets)
{
    rec(&book, 0x0809, "hhhh", 0x600u, 5u, 0u, 0u);
    size_t at = book.len;
    rec(&book, 0x0085, "ibbbbs", 0u, 0u, 0u, 2u, 0u, "S1");
    rec(&book, 0x0085, "ibbbbh", 0u, 1u, 0u, 1u, 1u, 0x1EA1u);
    rec(&book, 0x0085, "ibbbbs", 0u, 0u, 2u, 2u, 0u, "S3");
    rec(&book, END, "");
    for (unsigned i = 0; i < 2; i++) {
        uint32_t start = (uint32_t)book.len;
        memcpy(book.at + at + 4 + (i == 0 ? 14 : 0), &start, 4);
        begin_sheet(&book, 8);
        rec(&book, 0x0203, "hhhd", 0u, 0u, 0u, 2.0 - i);
        rec(&book, END, "");
    }
    book.len -= 4; /* of the last EOF, which expect adds */
    expect("S1\n1:[1]\n\xE1\xBA\xA1 hidden\n1:[2]\nS3 no table\n");
}
END_TEST

START_TEST(sheets_of_biff4)
{
    struct buf sheet = {0};
    begin_sheet(&sheet, 4);
    rec(&sheet, 0x0203, "hhhd", 0u, 0u, 0u, 5.0);
    rec(&sheet, END, "");
    rec(&book, 0x0409, "hhh", 0x400u, 0x100u, 0u);
    rec(&book, 0x008F, "iz", (unsigned)sheet.len, "one");
    buf_add(&book, sheet.at, sheet.len);
    rec(&book, 0x008F, "iz", (unsigned)sheet.len, "two");
    buf_add(&book, sheet.at, sheet.len);
    expect("one\n1:[5]\ntwo\n1:[5]\n");
    buf_release(&sheet);
}
END_TEST

START_TEST(a_password)
{
    begin_sheet(&book, 8);
    rec(&book, 0x002F, "hhh", 1u, 1u, 1u);
    expect("failed: it is protected with a password: save it without one\n");
}
END_TEST

START_TEST(damaged)
{
    static const char *const wanted[] = {
        "failed: it is cut off: its workbook has no end; export it once more\n",
        "failed: it is cut off after 12 bytes of its workbook; export it once "
        "more\n",
        "failed: it is damaged, or no workbook: it has no beginning; export it "
        "once more\n"};
    begin_sheet(&book, 8);
    expect_cut(wanted[0]);
    rec(&book, 0x0203, "hhhd", 0u, 0u, 0u, 5.0);
    for (size_t cut = 13; cut < book.len; cut++) {
        char *got = read_as(book.at, cut, NULL);
        ck_assert_str_eq(got, wanted[1]);
        free(got);
    }
    for (size_t cut = 0; cut < 4; cut++) {
        char *got = read_as(book.at, cut, NULL);
        ck_assert_ptr_nonnull(strstr(got, "failed: it is "));
        free(got);
    }
    buf_clear(&book);
    rec(&book, 0x0203, "hhhd", 0u, 0u, 0u, 5.0);
    expect(wanted[2]);
}
END_TEST

START_TEST(damaged_cells)
{
    static const struct {
        unsigned type, column;
        const char *wanted;
    } cases[] = {
        {0x0203, 0, "a record of type 0x0203 has 6 bytes"},
        {0x0203, 300, "in row 1: cells stand beyond column 256"},
        {0x0203, 0, "column 1: a record of type 0x0203 has 1 bytes"},
        {0x00FD, 0, "there is no text number 7"},
        {0x0204, 1, "column 2: a record of type 0x0204 has 14 bytes"},
        {0x00BD, 255, "in row 1: cells stand beyond column 256"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        buf_clear(&book);
        begin_sheet(&book, 8);
        if (i == 0)
            rec(&book, cases[i].type, "hhh", 0u, 0u, 0u);
        else if (i == 2)
            rec(&book, cases[i].type, "b", 0u);
        else if (cases[i].type == 0xBD)
            rec(&book, cases[i].type, "hhhihih", 0u, 255u, 0u, 0u, 0u, 0u, 0u);
        else
            rec(&book, cases[i].type, "hhhii", 0u, cases[i].column, 0u, 7u, 0u);
        rec(&book, END, "");
        char *got = read_as(book.at, book.len, NULL);
        ck_assert_msg(strstr(got, cases[i].wanted) != NULL, "%s", got);
        free(got);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("xls");
    TCase *tests = tcase_create("xls");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, numbers_of_biff8);
    tcase_add_test(tests, formats_of_cells);
    tcase_add_test(tests, empty_texts);
    tcase_add_test(tests, dates_from_1904);
    tcase_add_test(tests, truths_and_errors);
    tcase_add_test(tests, results_of_formulas);
    tcase_add_test(tests, shared_texts_in_pieces);
    tcase_add_test(tests, halves_of_letters);
    tcase_add_test(tests, biff2);
    tcase_add_test(tests, biff3_and_4);
    tcase_add_test(tests, code_pages);
    tcase_add_test(tests, rows_out_of_order);
    tcase_add_test(tests, sheets);
    tcase_add_test(tests, sheets_of_biff4);
    tcase_add_test(tests, a_password);
    tcase_add_test(tests, damaged);
    tcase_add_test(tests, damaged_cells);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
