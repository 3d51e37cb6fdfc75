/* What is told of a table's rows one by one: which are none, which may be a
 * total, and what stands at the end. Rows are written as `a|b|=3`. */
#include <check.h>

#include "decode/table/left.h"
#include "decode/table/tail.h"
#include "decode/table/words.h"
#include "fake_book.h"

static struct arena arena;

static void setup(void)
{
    arena_init(&arena);
}

static void teardown(void)
{
    arena_release(&arena);
}

static struct grid_row row_of(const char *text)
{
    struct grid_row row = {0};
    fake_cells(&arena, &row, text, strlen(text));
    return row;
}

static const struct {
    const char *text;
    enum word word;
} words[] = {
    {"Tổng cộng", WORD_SUM},
    {"TỔNG CỘNG:", WORD_SUM},
    {"Tổng cộng: 12 khách hàng", WORD_SUM},
    {"Tổng công ty Điện lực", WORD_NONE},
    {"Tổng", WORD_TOTAL},
    {"Cộng", WORD_TOTAL},
    {"CỘNG", WORD_TOTAL},
    {"Co\xCC\xA3\xCC\x82ng", WORD_TOTAL},
    {"Cong:", WORD_TOTAL},
    {"Công", WORD_NONE},
    {"Tống", WORD_NONE},
    {"Tống Công Danh", WORD_NONE},
    {"cong", WORD_TOTAL},
    {"Công ty An", WORD_NONE},
    {"Cộng nhóm A", WORD_SUM},
    {"Total", WORD_TOTAL},
    {"Total Energies", WORD_NONE},
    {"Sub-total", WORD_TOTAL},
    {"Grand Totals", WORD_SUM},
    {"(12 rows)", WORD_END},
    {"(1 row affected)", WORD_END},
    {"12 rows", WORD_NONE},
    {"Người lập biểu", WORD_SIGN},
    {"Kế toán trưởng", WORD_SIGN},
    {"Giám đốc", WORD_SIGN},
    {"Giám đốc An", WORD_NONE},
    {"Thủ quỹ", WORD_SIGN},
    {"THỦ QŨY", WORD_SIGN},
    {"Thu Quỳ", WORD_NONE},
    {"Thu Quy", WORD_SIGN},
    {"(Ký, ghi rõ họ tên)", WORD_SIGN},
    {"Ngày 31 tháng 12 năm 2024", WORD_DAY},
    {"Ngày ..... tháng ..... năm 20...", WORD_DAY},
    {"TP.HCM, ngày 1 tháng 2 năm 2024", WORD_DAY},
    {"Ngày 31 tháng 12", WORD_NONE},
    {"ngày 1 tháng 2 năm 2024 thì xong", WORD_NONE},
    {"Hôm nay 1 tháng 2 năm 2024", WORD_NONE},
    {"Ngày in: 01/02/2024", WORD_END},
    {"", WORD_NONE},
};

START_TEST(words_of_reports)
{
    const struct value cell =
        value_text(words[_i].text, strlen(words[_i].text));
    ck_assert_int_eq(word_of(&cell), words[_i].word);
}
END_TEST

static const struct {
    const char *row;
    enum left_kind kind;
} rows[] = {
    {"K1|An|HN|=5", LEFT_KINDS},
    {"", LEFT_BLANK},
    {" | |\xC2\xA0", LEFT_BLANK},
    {"----|---|-", LEFT_RULE},
    {"-||", LEFT_KINDS},
    {"─────", LEFT_RULE},
    {"(1)|(2)|(3)|(4)", LEFT_NUMBERS},
    {"|(2)|(3)", LEFT_NUMBERS},
    {"(1)|(3)", LEFT_KINDS},
    {"(1)", LEFT_KINDS},
    {"=1|=2|=3|=4", LEFT_NUMBERS},
    {"1|2|3|4", LEFT_NUMBERS},
    {"A|B|1|2", LEFT_NUMBERS},
    {"A|B|C|D", LEFT_NUMBERS},
    {"=1|=2|=3", LEFT_KINDS},
    {"A|B|1|3", LEFT_KINDS},
    {"1|An|3|4", LEFT_KINDS},
    {"MÃ|tên|Địa  chỉ|Nợ", LEFT_REPEATED},
    {"Mã|Tên|Địa chỉ", LEFT_REPEATED},
    {"Mã|Bình|Địa chỉ|Nợ", LEFT_KINDS},
    {"Mã", LEFT_KINDS},
    {"|Khách hàng", LEFT_REPEATED},
    {"=12|x", LEFT_KINDS},
};

START_TEST(rows_that_are_none)
{
    struct table_rule rule = {.width = 4, .numbered = true};
    struct grid_row upper = row_of("|Khách hàng");
    struct grid_row lower = row_of("Mã|Tên|Địa chỉ|Nợ");
    table_rule_add(&rule, upper.cells, upper.width);
    table_rule_add(&rule, lower.cells, lower.width);
    struct grid_row row = row_of(rows[_i].row);
    enum left_kind kind = table_left(&rule, row.cells, row.width);
    ck_assert_int_eq(kind, rows[_i].kind);
    unsigned first = 0; /* what its first cell tells is never wrong */
    while (first < row.width && row.cells[first].type == VALUE_TEXT &&
           row.cells[first].len == 0)
        first++;
    if (first < row.width && !table_may_leave(&rule, row.cells, first + 1))
        ck_assert_int_eq(kind, LEFT_KINDS);
    rule.numbered = false;
    if (kind == LEFT_NUMBERS)
        ck_assert_int_eq(table_left(&rule, row.cells, row.width),
                         strchr(rows[_i].row, '(') ? kind : LEFT_KINDS);
    rule.as_is = true;
    kind = table_left(&rule, row.cells, row.width);
    ck_assert(kind == LEFT_KINDS || kind == LEFT_BLANK);
    table_rule_release(&rule);
}
END_TEST

static const struct {
    const char *row, *text;
    unsigned column;
} doubts[] = {
    {"Tổng cộng|||=5", TABLE_TOTAL_TEXT, 0},
    {"|Cộng||5", TABLE_TOTAL_TEXT, 1},
    {"=12|Tổng|=5", TABLE_TOTAL_TEXT, 1},
    {"Total", TABLE_TOTAL_TEXT, 0},
    {"|Director", TABLE_FOOTER_TEXT, 1},
    {"|||Ngày 1 tháng 2 năm 2024", TABLE_FOOTER_TEXT, 3},
    {"=5|Director", NULL, 0},
    {"Director|=5", NULL, 0},
    {"Director|An", NULL, 0},
    {"An", NULL, 0},
    {"K1|Tổng|5", NULL, 0},
    {"Tổng|An|5", NULL, 0},
    {"Tổng|0901234567", NULL, 0},
    {"Tổng công ty A|=5", NULL, 0},
    {"=1|=2|=3", NULL, 0},
    {"", NULL, 0},
};

START_TEST(rows_that_may_be_of_a_footer)
{
    struct grid_row row = row_of(doubts[_i].row);
    unsigned column = 0;
    const char *text = table_doubt(row.cells, row.width, &column);
    ck_assert_pstr_eq(text, doubts[_i].text);
    if (text != NULL)
        ck_assert_uint_eq(column, doubts[_i].column);
}
END_TEST

/* Lines divided by `/`; the footer begins at that one. */
static const struct {
    const char *lines;
    unsigned footer, columns;
} tails[] = {
    {"K1|An|5/Tổng cộng||5", 1, 3},
    {"K1|An|5/|Cộng|5", 1, 3},
    {"K1|An|5/Cộng|5", 2, 2},
    {"K1|An|5/K2|Cộng|5", 2, 3},
    {"K1|An|5/Total||5/K2|An|5", 3, 3},
    {"K1|An|5/Total||5/Printed by An", 1, 3},
    {"K1|An|5/note/Total||5", 2, 3},
    {"K1|An|5//note/Total||5", 2, 3},
    {"K1|An|5/x/y", 3, 3},
    {"K1|An|5//Người lập|Giám đốc/(Ký)/Bình|Chi", 2, 5},
    {"K1|An|5//Người lập|Giám đốc/Bình|Chi|Dũng", 4, 5},
    {"K1|An|5/|Ngày 1 tháng 2 năm 2024/|Giám đốc//|Chi", 1, 5},
    {"An|Bình/Chi|Dũng", 2, 2},
    {"K1|An/Giám đốc|K2", 2, 2},
    /* What may be a name is sure behind what is none. */
    {"K1|An|5/|Thu Quy", 2, 3},
    {"K1|An|5//|Thu Quy", 2, 3},
    {"K1|An|5/|Director/|Chi", 3, 3},
    {"K1|An|5/|Director|Thu Quy/|Chi|Em", 1, 3},
    {"K1|An|5/Tổng cộng||5/|Director", 1, 3},
    {"K1|An|5/|Director/Tổng cộng||5", 2, 3},
    {"K1|An|5/|Total", 2, 3},
    {"K1|An|5//|Total", 2, 3},
    {"K1|An|5/=9|Thu Quy", 2, 3},
    {"K1|An|5/=9|Thu Quy|=5", 2, 3},
    {"K1|An|5/Director||=5", 2, 3},
    {"K1|An|5/=12|Grand Total Trading|=5", 2, 3},
    {"K1|An|5/=12|Copyright Agency|=5", 2, 3},
    /* A word with a colon, and what it names. */
    {"K1|An|5/Tổng cộng||5/Ngày in:|01.02.2024/Người in:||Bình", 1, 3},
    {"K1|An|5/Tổng cộng||5/Bằng chữ:|năm đồng/Giám đốc:|Bình", 1, 3},
    {"K1|An|5/Tổng cộng||5/Giám đốc|Bình", 3, 3},
    {"K1|An|5/Note:|Bình", 2, 3},
    /* A code alone is one of a row. */
    {"K1|An|5/Total||5/K9", 3, 3},
    {"K1|An|5/Total||5/=9", 3, 3},
    {"K1|An|5/Total||5/Trang 1", 1, 3},
};

START_TEST(footers)
{
    struct tail_line lines[TAIL_LINES];
    unsigned count = 0;
    for (const char *at = tails[_i].lines;; at++) {
        size_t len = strcspn(at, "/");
        struct grid_row row = {0};
        fake_cells(&arena, &row, at, len);
        lines[count] =
            tail_line_of(count + 1, row.cells, row.width, tails[_i].columns);
        count++;
        at += len;
        if (*at == '\0')
            break;
    }
    ck_assert_uint_eq(tail_footer(lines, count, 0), tails[_i].footer);
    /* The same where the first row, which is none of a footer, is not there. */
    if (lines[0].shape == TAIL_ROW && count > 1)
        ck_assert_uint_eq(tail_footer(lines + 1, count - 1, lines[0].line) + 1,
                          tails[_i].footer);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("table");
    TCase *c = tcase_create("table");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_loop_test(c, words_of_reports, 0, sizeof words / sizeof *words);
    tcase_add_loop_test(c, rows_that_are_none, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(c, rows_that_may_be_of_a_footer, 0,
                        sizeof doubts / sizeof *doubts);
    tcase_add_loop_test(c, footers, 0, sizeof tails / sizeof *tails);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
