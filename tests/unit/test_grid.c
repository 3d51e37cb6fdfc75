/* What is done with any workbook: its sheets, its header, its rows. */
#include <check.h>

#include "decode/table/left.h"
#include "fake_book.h"

static struct buf out;
static struct spec spec;

static void setup(void)
{
    spec_init(&spec);
}

static void teardown(void)
{
    spec_release(&spec);
    buf_release(&out);
}

/* Options are words: name, value, … */
static const char *read_book(const char *text, const char *const *said)
{
    static const char *const none[] = {NULL};
    teardown();
    setup();
    fake_dump(text, &spec, said ? said : none, &out);
    return buf_text(&out);
}

#define SAID(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char book[] = "[Bìa]\n"
                           "[KH]\n"
                           "Mã|Tên|Nợ\n"
                           "K1| An |=12\n"
                           "\n"
                           "K2|Bình\n"
                           "!K3|Chi\n"
                           "?K4|Dũng|=-5|x\n"
                           "?K5|Em\n"
                           "[~Cũ]\n"
                           "Mã|Tên|Nợ\n"
                           "K9|Yến|=9\n"
                           "[?Biểu đồ]\n";

START_TEST(the_first_sheet_with_a_table)
{
    ck_assert_str_eq(
        read_book(book, NULL),
        "b: Book, sheet \"KH\" (2 of 4), header on row 1 (guessed), 3 columns; "
        "sheet \"Bìa\" is not read (--sheet NAME reads it instead, --sheet "
        "\"*\" all with the same columns)\n"
        "Mã|Tên|Nợ\n"
        "KH!2 #1 K1|An|12\n"
        "KH!4 #2 K2|Bình|\n"
        "KH!5 #3 ! is broken\n"
        "KH!6 #4 ! 4 cells, the header has 3 ? formula: Mã: has no result\n"
        "KH!7 #5 K5|Em| ? formula: Mã: has no result\n"
        "1 blank row (on line 3) is left out");
}
END_TEST

START_TEST(sheets_by_name_and_number)
{
    static const char *const names[] = {"Cũ", "cŨ", "3"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ck_assert_str_eq(read_book(book, SAID("sheet", names[i])),
                         "b: Book, sheet \"Cũ\" (3 of 4), header on row 1 "
                         "(guessed), 3 columns\n"
                         "Mã|Tên|Nợ\n"
                         "Cũ!2 #1 K9|Yến|9\n");
    }
}
END_TEST

START_TEST(a_sheet_that_is_not_there)
{
    ck_assert_str_eq(read_book(book, SAID("sheet", "KHH")),
                     "2 b: it has no sheet \"KHH\"; did you mean \"KH\"? There "
                     "are \"Bìa\", \"KH\", \"Cũ\", \"Biểu đồ\"");
    ck_assert_str_eq(read_book(book, SAID("sheet", "5")),
                     "2 b: it has no sheet \"5\"; there are \"Bìa\", \"KH\", "
                     "\"Cũ\", \"Biểu đồ\"");
    ck_assert_str_eq(read_book(book, SAID("sheet", "biểu đồ")),
                     "2 b: the sheet \"Biểu đồ\" is a chart or a macro sheet, "
                     "which holds no rows");
    ck_assert_str_eq(read_book(book, SAID("sheet", "Bìa")),
                     "4 b: empty: no sheet of it holds a row; export it again");
}
END_TEST

START_TEST(what_options_mean)
{
    static const struct {
        const char *name, *value, *says;
    } wrong[] = {
        {"header", "x", "\"x\" is no line number"},
        {"header", "2,1", "\"2,1\" is no line number"},
        {"header", "0,1", "\"0,1\" is no line number"},
        {"header", "1,2,3,4,5", "\"1,2,3,4,5\" is no line number"},
        {"header", "1,", "\"1,\" is no line number"},
        {"header", "", "\"\" is no line number"},
        {"header", "1234567", "\"1234567\" is no line number"},
        {"hidden", "perhaps", "\"perhaps\" is neither \"skip\" nor \"read\""},
        {"merged", "x", "\"x\" is neither \"fill\" nor \"first\""},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *text = read_book(book, SAID(wrong[i].name, wrong[i].value));
        ck_assert_msg(strstr(text, wrong[i].says) != NULL, "%s", text);
    }
    ck_assert_str_eq(read_book(book, SAID("header", "none", "sheet", "cũ")),
                     "b: Book, sheet \"Cũ\" (3 of 4), no header, 3 columns\n"
                     "column 1|column 2|column 3\n"
                     "Cũ!1 #1 Mã|Tên|Nợ\n"
                     "Cũ!2 #2 K9|Yến|9\n");
}
END_TEST

/* Sheets that begin as people begin them. */
static const char banners[] = "[T]\n"
                              "CÔNG TY TNHH AN BÌNH\n"
                              "Địa chỉ:|12 Lê Lợi||MST:|0312345678\n"
                              "\n"
                              "DANH SÁCH KHÁCH HÀNG\n"
                              "Từ ngày:|01/01/2024\n"
                              "STT|Mã KH|Tên khách hàng|Địa chỉ|Điện thoại\n"
                              "(1)|(2)|(3)|(4)|(5)\n"
                              "=1|K1|An|HN|0901\n"
                              "=2|K2|Bình|HCM|0902\n"
                              "STT|Mã KH|Tên khách hàng|Địa chỉ|Điện thoại\n"
                              "|Cộng nhóm|||=2\n"
                              "=3|K3|Tổng công ty Chi|HN|0903\n"
                              "|Tổng cộng:||=3\n"
                              "\n"
                              "|||Hà Nội, ngày 31 tháng 12 năm 2024\n"
                              "|Người lập biểu||Kế toán trưởng|Giám đốc\n"
                              "|(Ký, họ tên)||(Ký, họ tên)|(Ký, họ tên)\n"
                              "\n"
                              "|Nguyễn An||Trần Bình|Lê Chi\n";

START_TEST(banners_and_footers)
{
    ck_assert_str_eq(
        read_book(banners, NULL),
        "b: Book, sheet \"T\" (1 of 1), header on row 6 (guessed), 5 columns"
        "; 4 rows before the header are left out\n"
        "STT|Mã KH|Tên khách hàng|Địa chỉ|Điện thoại\n"
        "T!8 #1 1|K1|An|HN|0901\n"
        "T!9 #2 2|K2|Bình|HCM|0902\n"
        "T!11 #3 |Cộng nhóm|||2 ? total: Mã KH: " TABLE_TOTAL_TEXT "\n"
        "T!12 #4 3|K3|Tổng công ty Chi|HN|0903\n"
        "4 lines before the header (first on line 1), 5 footer lines (first on "
        "line 13), 2 blank rows (first on line 14), 1 repeated header (on line "
        "10), "
        "1 line of column numbers (on line 7) are left out");
}
END_TEST

/* Read with the names that a mapping wants. */
static const char *read_wanted(const char *text, const char *const *names,
                               const char *const *said)
{
    struct wanted_name wanted[8];
    struct wanted_columns columns = {.names = wanted};
    for (; names[columns.count] != NULL; columns.count++)
        wanted[columns.count] = (struct wanted_name){
            names[columns.count], (uint32_t)strlen(names[columns.count])};
    teardown();
    setup();
    spec.wanted = &columns;
    fake_dump(text, &spec, said, &out);
    return buf_text(&out);
}

static const char *first_lines(const char *text, unsigned count)
{
    static char kept[4096];
    const char *end = text;
    while (count-- > 0 && strchr(end, '\n') != NULL)
        end = strchr(end, '\n') + 1;
    snprintf(kept, sizeof kept, "%.*s", (int)(end - text), text);
    return kept;
}

/* Two rows, of which merged cells tell that they are one header. */
static const char merged[] = "[T]\n"
                             "DANH SÁCH\n"
                             "STT|Khách hàng||Nợ|Địa chỉ|\n"
                             "|Mã (*)|Tên||Số nhà|Tỉnh\n"
                             "=1|K1|An|=5|12 Lê Lợi|HN\n"
                             "=2|K2|Bình|=6|3 Hai Bà|HCM\n"
                             "%area 1 1 0 5\n"
                             "%area 2 3 0 0\n"
                             "%area 2 2 1 2\n"
                             "%area 2 3 3 3\n"
                             "%area 2 2 4 5\n";

static const char joined[] =
    "STT|Khách hàng Mã (*)|Khách hàng Tên|Nợ|Địa chỉ Số nhà|Địa chỉ Tỉnh\n"
    "T!4 #1 1|K1|An|5|12 Lê Lợi|HN\n"
    "T!5 #2 2|K2|Bình|6|3 Hai Bà|HCM\n"
    "1 line before the header (on line 1) is left out";

START_TEST(headers_of_two_rows)
{
    const char *text = read_book(merged, NULL);
    ck_assert_str_eq(first_lines(text, 1),
                     "b: Book, sheet \"T\" (1 of 1), header on rows 2 and 3 "
                     "(guessed), 6 columns; 1 row before the header is left "
                     "out\n");
    ck_assert_str_eq(strchr(text, '\n') + 1, joined);
    ck_assert_str_eq(strchr(read_book(merged, SAID("header", "2,3")), '\n') + 1,
                     joined);
}
END_TEST

/* The same without merged cells: only names that are wanted, or what is said,
 * make it one; else it is told. */
START_TEST(headers_without_merged_cells)
{
    static const char flat[] = "[T]\n"
                               "STT|Khách hàng||Nợ\n"
                               "|Mã|Tên|\n"
                               "=1|K1|An|=5\n"
                               "=2|K2|Bình|=6\n";
    static const char names[] = "STT|Khách hàng Mã|Khách hàng Tên|Nợ\n"
                                "T!3 #1 1|K1|An|5\n";
    const char *text = read_book(flat, SAID("header", "1,2"));
    ck_assert_str_eq(first_lines(strchr(text, '\n') + 1, 2), names);
    text = read_wanted(flat, SAID("Khách hàng Tên", "Nợ"), SAID(NULL));
    ck_assert_str_eq(first_lines(text, 1),
                     "b: Book, sheet \"T\" (1 of 1), header on rows 1 and 2, 4 "
                     "columns\n");
    ck_assert_str_eq(first_lines(strchr(text, '\n') + 1, 2), names);
    text = read_book(flat, NULL);
    ck_assert_str_eq(
        first_lines(text, 1),
        "b: Book, sheet \"T\" (1 of 1), header on row 1 (guessed), "
        "4 columns; row 2 may belong to the header: --header "
        "1,2\n");
}
END_TEST

START_TEST(wanted_names_find_the_header)
{
    static const char text[] = "[Bìa]\nMã|Hướng dẫn\nx|y\n"
                               "[KH]\n"
                               "Báo cáo|A|B\n"
                               "Mã|=1|Tên\n"
                               "K1|=5|An\n";
    ck_assert_str_eq(
        read_wanted(text, SAID("Mã", "Tên"), SAID(NULL)),
        "b: Book, sheet \"KH\" (2 of 2), header on row 2, 3 "
        "columns; sheet \"Bìa\" is not read (--sheet NAME reads it instead, "
        "--sheet \"*\" all with the same columns)\n"
        "Mã|1|Tên\n"
        "KH!1 #1 ! it stands before the header and may be a record "
        "(put it below the header, or say `header`)\n"
        "KH!3 #2 K1|5|An\n");
    ck_assert_str_eq(read_wanted(text, SAID("Mã", "Tên"), SAID("header", "2")),
                     "b: Book, sheet \"KH\" (2 of 2), header on row 2, 3 "
                     "columns; 1 row before the header is left out; sheet "
                     "\"Bìa\" is not read (--sheet NAME reads it instead, "
                     "--sheet \"*\" all with the same columns)\n"
                     "Mã|1|Tên\n"
                     "KH!3 #1 K1|5|An\n"
                     "1 line before the header (on line 1) is left out");
}
END_TEST

static const char hidden[] = "[T]\n"
                             "Mã|Tên|Giá vốn|Nợ\n"
                             "K1|An|=1|=2\n"
                             "~K2|Bình|=3|=4\n"
                             "K3|Chi|=5|=6|=7\n"
                             "%hide 2\n"
                             "[~Cũ]\nMã|Tên|Nợ\nK9|Y|=1\n";

START_TEST(what_is_hidden)
{
    ck_assert_str_eq(
        read_book(hidden, SAID("hidden", "skip")),
        "b: Book, sheet \"T\" (1 of 2), header on row 1 (guessed), "
        "3 columns\n"
        "Mã|Tên|Nợ\n"
        "T!2 #1 K1|An|2\n"
        "T!4 #2 ! 4 cells, the header has 3\n"
        "1 hidden row (on line 3) is left out");
    ck_assert_str_eq(
        first_lines(read_book(hidden, SAID("sheet", "*", "hidden", "skip")), 1),
        "b: Book, sheet \"T\" (1 of 2), header on row 1 (guessed), "
        "3 columns\n");
}
END_TEST

START_TEST(all_sheets)
{
    static const char text[] = "[A]\nMã|Tên|Nợ\nK1|An|=1\n|Tổng cộng|=1\n"
                               "[Ghi chú]\nNgười|Việc\nAn|x\n"
                               "[B]\nDS\nNợ|Mã|Tên\n=2|K2|Bình\n"
                               "[Rỗng]\n"
                               "[C]\nMã|Tên|Nợ|Thêm\nK3|Chi|=1|x\n";
    ck_assert_str_eq(
        read_book(text, SAID("sheet", "*")),
        "b: Book, 2 of 5 sheets, header on row 1 (guessed), 3 columns; sheets "
        "\"Ghi chú\", \"C\" have other columns and are left out\n"
        "Mã|Tên|Nợ\n"
        "A!2 #1 K1|An|1\n"
        "B!3 #2 K2|Bình|2\n"
        "1 line before the header (at B!1), 1 footer line (at A!3) are "
        "left out");
}
END_TEST

START_TEST(merged_cells_are_filled)
{
    static const char text[] = "[T]\n"
                               "Nhóm|Mã|Tên|Phố\n"
                               "Đại lý|K1|An|Lê Lợi\n"
                               "|K2|Bình|x\n"
                               "|K3|||y\n"
                               "Tổng cộng|||=3\n"
                               "%area 2 3 0 0\n"
                               "%area 4 4 1 3\n"
                               "%area 5 5 0 2\n";
    ck_assert_str_eq(
        read_book(text, SAID("merged", "fill")),
        "b: Book, sheet \"T\" (1 of 1), header on row 1 (guessed), "
        "4 columns\n"
        "Nhóm|Mã|Tên|Phố\n"
        "T!2 #1 Đại lý|K1|An|Lê Lợi\n"
        "T!3 #2 Đại lý|K2|Bình|x\n"
        "T!4 #3 ! 5 cells, the header has 4\n"
        "1 footer line (on line 5) is left out");
    ck_assert_str_eq(first_lines(strstr(read_book(text, NULL), "T!3"), 1),
                     "T!3 #2 |K2|Bình|x\n");
}
END_TEST

START_TEST(what_is_said_to_be_no_row)
{
    static const char text[] = "[T]\n"
                               "x|y\n"
                               "\n"
                               "a|b\n"
                               "Mã|Tên\n"
                               "K1|An\n"
                               "Cộng|=3\n"
                               "TỔNG CỘNG|=3\n"
                               "K2|Bình\n"
                               "\n"
                               "K3|Chi\n";
    ck_assert_str_eq(
        read_book(text, SAID("skip", "3", "stop", "Tổng cộng")),
        "b: Book, sheet \"T\" (1 of 1), header on row 4 (guessed), 2 columns\n"
        "Mã|Tên\n"
        "T!5 #1 K1|An\n"
        "T!6 #2 Cộng|3 ? total: Mã: " TABLE_TOTAL_TEXT "\n"
        "2 lines that `skip` takes off (first on line 1), 3 lines that `stop` "
        "ends the table before (first on line 7) are left out");
}
END_TEST

/* Alone right below rows, or below a header that comes again, it may be a
 * customer. */
START_TEST(words_that_are_names)
{
    ck_assert_str_eq(
        strstr(read_book("[T]\nMã|Tên|Nợ\nK1|An|1\n|Director\n", NULL), "T!2"),
        "T!2 #1 K1|An|1\n"
        "T!3 #2 |Director| ? total: Tên: " TABLE_FOOTER_TEXT "\n");
    ck_assert_str_eq(
        strstr(
            read_book("[T]\nMã|Tên|Nợ\nK1|An|1\nMã|Tên|Nợ\n|Director\n", NULL),
            "T!4"),
        "T!4 #2 |Director| ? total: Tên: " TABLE_FOOTER_TEXT "\n"
        "1 repeated header (on line 3) is left out");
    ck_assert_str_eq(
        strstr(
            read_book("[T]\nMã|Tên|Nợ\nK1|An|1\n\nnote\nTổng cộng||1\n", NULL),
            "T!2"),
        "T!2 #1 K1|An|1\n"
        "2 footer lines (first on line 4), 1 blank row (on line 3) are left "
        "out");
}
END_TEST

/* Numbers of columns stand right below the header, and again where they do. */
START_TEST(numbers_of_columns)
{
    ck_assert_str_eq(strstr(read_book("[T]\nMã|Tên|Nợ|Nhóm\nK1|An|1|2\n"
                                      "=1|=2|=3|=4\n",
                                      NULL),
                            "T!2"),
                     "T!2 #1 K1|An|1|2\n"
                     "T!3 #2 1|2|3|4\n");
    ck_assert_str_eq(
        strstr(read_book("[T]\nMã|Tên|Nợ|Nhóm\n\n1|2|3|4\n", NULL), "T!3"),
        "T!3 #1 1|2|3|4\n"
        "1 blank row (on line 2) is left out");
    ck_assert_str_eq(strstr(read_book("[T]\nMã|Tên|Nợ|Nhóm\nA|B|1|2\n"
                                      "K1|An|1|2\n"
                                      "Mã|Tên|Nợ|Nhóm\nA|B|1|2\n",
                                      NULL),
                            "T!3"),
                     "T!3 #1 K1|An|1|2\n"
                     "1 repeated header (on line 4), 2 lines of column numbers "
                     "(first on line 2) are left out");
}
END_TEST

/* A cell that holds an error is empty, but not nothing. */
START_TEST(rows_of_errors)
{
    static const char text[] = "[T]\nMã|Tên\nK1|An\n?\nK2|Bình\n?\n";
    ck_assert_str_eq(strstr(read_book(text, NULL), "T!2"),
                     "T!2 #1 K1|An\n"
                     "T!3 #2 | ? formula: Mã: has no result\n"
                     "T!4 #3 K2|Bình\n"
                     "T!5 #4 | ? formula: Mã: has no result\n");
    ck_assert_str_eq(read_book("[T]\n?\n", NULL),
                     "b: Book, sheet \"T\" (1 of 1), no header (guessed), 1 "
                     "column\n"
                     "column 1\n"
                     "T!1 #1  ? formula: column 1: has no result\n");
}
END_TEST

/* Three rows, where the middle one stands below rows that hold nothing. */
/* Rows that may be a footer wait; a header that comes again says that they are
 * rows. */
START_TEST(rows_that_waited)
{
    ck_assert_str_eq(
        read_book("[T]\nMã|Tên|Nợ\nK1|An|=1\nTổng cộng||=1\nMã|Tên|Nợ\n"
                  "K2|Bình|=2\n",
                  NULL),
        "b: Book, sheet \"T\" (1 of 1), header on row 1 (guessed), 3 columns\n"
        "Mã|Tên|Nợ\n"
        "T!2 #1 K1|An|1\n"
        "T!3 #2 Tổng cộng||1 ? total: Mã: it may be a total: say `stop`, or "
        "leave it out with `where`\n"
        "T!5 #3 K2|Bình|2\n"
        "1 repeated header (on line 4) is left out");
}
END_TEST

START_TEST(headers_of_three_rows)
{
    static const char text[] = "[T]\n"
                               "Vùng|Đóng góp|Tác động\n\n"
                               "||So với quý trước|So với gốc\n"
                               "|(%)\n"
                               "Bắc|=1|=2|=3\n"
                               "%area 1 4 0 0\n"
                               "%area 1 3 1 1\n"
                               "%area 1 2 2 3\n"
                               "%area 3 4 2 2\n"
                               "%area 3 4 3 3\n";
    ck_assert_str_eq(read_book(text, NULL),
                     "b: Book, sheet \"T\" (1 of 1), header on rows 1, 3 and 4 "
                     "(guessed), 4 columns\n"
                     "Vùng|Đóng góp (%)|Tác động So với quý trước|Tác động So "
                     "với gốc\n"
                     "T!5 #1 Bắc|1|2|3\n");
}
END_TEST

START_TEST(rows_as_they_stand)
{
    teardown();
    setup();
    spec.as_is = true;
    fake_dump(banners, &spec, SAID("skip", "3", "stop", "Mã"), &out);
    ck_assert_str_eq(first_lines(buf_text(&out), 5),
                     "b: Book, sheet \"T\" (1 of 1), no header, 5 columns\n"
                     "column 1|column 2|column 3|column 4|column 5\n"
                     "T!1 #1 CÔNG TY TNHH AN BÌNH||||\n"
                     "T!2 #2 Địa chỉ:|12 Lê Lợi||MST:|0312345678\n"
                     "T!4 #3 DANH SÁCH KHÁCH HÀNG||||\n");
    ck_assert(strstr(buf_text(&out), "T!19 #16 |Nguyễn An||Trần Bình|Lê Chi\n"
                                     "3 blank rows") != NULL);
}
END_TEST

/* Rows that may be a footer wait from chunk to chunk. */
START_TEST(what_waits_over_many_chunks)
{
    struct buf text = {0};
    buf_puts(&text, "[T]\nMã|Tên|Nợ\n");
    for (unsigned i = 0; i < 30000; i++)
        buf_addf(&text, i % 2 ? "Nhóm %u\n" : "K%u|An|=1\n", i);
    buf_puts(&text, "Tổng cộng||=3\n");
    const char *read = read_book(buf_text(&text), NULL);
    ck_assert(strstr(read, "T!30000 #29999 K29998|An|1\n"
                           "T!30001 #30000 Nhóm 29999||\n"
                           "1 footer line (on line 30002)") != NULL);
    buf_release(&text);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("grid");
    TCase *c = tcase_create("grid");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, the_first_sheet_with_a_table);
    tcase_add_test(c, sheets_by_name_and_number);
    tcase_add_test(c, a_sheet_that_is_not_there);
    tcase_add_test(c, what_options_mean);
    tcase_add_test(c, banners_and_footers);
    tcase_add_test(c, headers_of_two_rows);
    tcase_add_test(c, headers_without_merged_cells);
    tcase_add_test(c, wanted_names_find_the_header);
    tcase_add_test(c, what_is_hidden);
    tcase_add_test(c, all_sheets);
    tcase_add_test(c, merged_cells_are_filled);
    tcase_add_test(c, what_is_said_to_be_no_row);
    tcase_add_test(c, rows_as_they_stand);
    tcase_add_test(c, what_waits_over_many_chunks);
    tcase_add_test(c, words_that_are_names);
    tcase_add_test(c, numbers_of_columns);
    tcase_add_test(c, rows_of_errors);
    tcase_add_test(c, rows_that_waited);
    tcase_add_test(c, headers_of_three_rows);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
