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
        "b: Book, sheet \"KH\" (2 of 4), header on row 1 (guessed), 3 columns\n"
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
        "b: Book, sheet \"T\" (1 of 1), header on row 6 (guessed), 5 columns\n"
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
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
