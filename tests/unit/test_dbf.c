/* DBF: fields of every kind, memos, code pages, and tables that do not end as
 * their heads say. Tables of others are in tests/workbooks. */
#include "made_dbf.h"

START_TEST(fields_of_texts)
{
    field("MA", 'C', 6, 0, 0);
    field("SO", 'N', 8, 2, 0);
    field("NGAY", 'D', 8, 0, 0);
    field("CO", 'L', 1, 0, 0);
    RECORD(" KH01     12.5020240229T");
    RECORD(" 000002     007        ?");
    RECORD("*KH03     12.5020240229F");
    RECORD("                        ");
    RECORD(" KH 05      -.52024023 n");
    RECORD(" KH06  ********00000000N");
    expect("1 #1 [KH01][12.50][2024-02-29][true] <>\n"
           "2 #2 [000002][007][][] <>\n"
           "5 #3 [KH 05][-0.5][2024023][false] <>\n"
           "6 #4 [KH06][********][][false] <>\n");
    say("deleted", "include");
    expect_part("3 #3 [KH03][12.50][2024-02-29][false][true] <>\n");
}
END_TEST

START_TEST(fields_of_visual_foxpro)
{
    version = 0x32;
    field("I", 'I', 4, 0, 0);
    field("B", 'B', 8, 0, 0);
    field("Y", 'Y', 8, 0, 2);
    field("T", 'T', 8, 0, 0);
    field("V", 'V', 6, 0, 2);
    field("Q", 'Q', 3, 0, 0);
    field("_NullFlags", '0', 1, 0, 5);
    /* 2024-02-29 is day 2460370; V is short, Q is whole. */
    RECORD(" \xFE\xFF\xFF\xFF\0\0\0\0\0\0\xF8\x3F\x39\x30\0\0\0\0\0\0"
           "\xD2\x8A\x25\0\x60\xEA\0\0hai\0\0\x03\x01\xAB\x02\x0A");
    RECORD(" \1\0\0\0\0\0\0\0\0\0\xF8\xBF\0\0\0\0\0\0\0\0"
           "\xD2\x8A\x25\0\0\0\0\0abcdef\1\2\3\x01");
    RECORD(" \1\0\0\0\0\0\0\0\0\0\xF0\xBF\0\0\0\0\0\0\0\0"
           "\xD2\x8A\x25\0\xFF\x5B\x26\5abcdef\1\2\3\x04");
    expect("1 #1 [-2][1.5][1.2345][2024-02-29T00:01:00][hai][01ab] <>\n"
           "2 #2 [1][-1.5][][2024-02-29][abcdef][010203] <>\n"
           "3 #3 [1][-1][0][2024-03-01][][010203] <>\n");
}
END_TEST

START_TEST(fields_of_dbase_7)
{
    version = 0x04;
    field("A_LONGER_NAME_OF_A_FIELD", '+', 4, 0, 0);
    field("I", 'I', 4, 0, 0);
    field("O", 'O', 8, 0, 0);
    RECORD(" \x80\0\0\7\x7F\xFF\xFF\xFF\xBF\xF8\0\0\0\0\0\0");
    RECORD(" \x80\0\0\7\x7F\xFF\xFF\xFF\x40\x07\xFF\xFF\xFF\xFF\xFF\xFF");
    expect("1 #1 [7][-1][1.5] <>\n2 #2 [7][-1][-1.5] <>\n");
}
END_TEST

START_TEST(texts_of_more_than_255)
{
    char text[302] = " ";
    memset(text + 1, 'x', 300);
    field("DAI", 'C', 44, 1, 0);
    record(text, 301);
    write_table();
    read_table();
    ck_assert_uint_eq(seen.len, 300 + strlen("1 #1 [] <>\n"));
}
END_TEST

/* Rubbish where the high byte would be, by the record's length. */
START_TEST(rubbish_of_decimals)
{
    field("A", 'C', 2, 7, 0);
    width = 3;
    RECORD(" ab");
    expect("1 #1 [ab] <>\n");
}
END_TEST

START_TEST(ends_otherwise)
{
    field("A", 'C', 2, 0, 0);
    RECORD(" 01");
    RECORD(" 02");
    promised = 1;
    expect("1 #1 [01] <>\n2 #2 [02] <>\n");
    buf_puts(&records, "\x1A 03");
    expect("1 #1 [01] <>\n2 #2 [02] <>\n");
    promised = 9;
    expect("1 #1 [01] <>\n2 #2 [02] <>\n");
    records.len = 6;
    expect("1 #1 [01] <>\n2 #2 [02] <>\n"
           "3 #3 ! the table is cut off here: export it again <>\n");
    buf_puts(&records, " 0");
    expect("1 #1 [01] <>\n2 #2 [02] <>\n"
           "3 #3 ! the table is cut off here: export it again <>\n");
    records.len = 6;
    buf_add(&records, "\0\0\0", 3);
    promised = 2;
    expect("1 #1 [01] <>\n2 #2 [02] <>\n");
    promised = 3;
    expect_part("3 #3 ! its first byte says neither");
}
END_TEST

static void block(struct buf *memos, size_t at, const char *text, size_t len)
{
    pad(memos, at);
    buf_add(memos, text, len);
}

#define BLOCK(at, text) block(&memos, at, text, sizeof text - 1)

START_TEST(memos_of_dbase)
{
    struct buf memos = {0};
    version = 0x83;
    field("M", 'M', 10, 0, 0);
    RECORD("          1");
    RECORD("           ");
    RECORD("          2");
    RECORD("          9");
    RECORD("          x");
    BLOCK(512, "one \x8D\ntext\r\nmore\x1A\x1A");
    BLOCK(1024, "no end");
    write_beside("kh.Dbt", memos.at, memos.len);
    expect("1 #1 [one text\r\nmore] <>\n"
           "3 #2 ! M: the memo file ends within its text <>\n"
           "4 #3 ! M: the memo file ends within its text <>\n"
           "5 #4 ! M: the place of its memo is no number <>\n");
    version = 0x8B;
    buf_clear(&memos);
    BLOCK(20, "\0\1");
    BLOCK(256, "\xFF\xFF\x08\0\x0B\0\0\0onetwo");
    BLOCK(512, "\xFF\xFF\x08\0\xFF\xFF\xFF\x7F");
    write_beside("kh.Dbt", memos.at, memos.len);
    expect_part("1 #1 [one] <>\n3 #2 ! M: a memo is longer than 16777216");
    buf_release(&memos);
}
END_TEST

START_TEST(memos_of_foxpro)
{
    struct buf memos = {0};
    version = 0x30;
    field("M", 'M', 4, 0, 0);
    RECORD(" \x08\0\0\0");
    RECORD(" \x09\0\0\0");
    RECORD(" \x00\0\0\0");
    RECORD(" \xFF\xFF\xFF\xFF");
    BLOCK(6, "\0\x40");
    BLOCK(512, "\0\0\0\1\0\0\0\3one");
    BLOCK(576, "\0\0\0\0\0\0\0\3pic");
    expect_part("its memos stand in a file of its name that ends in .fpt");
    write_beside("KH.fpt", memos.at, memos.len);
    expect("1 #1 [one] <>\n2 #2 [] <>\n3 #3 [] <>\n"
           "4 #4 ! M: the memo file has no block 4294967295 <>\n");
    say("max_cell", "2");
    expect_part("1 #1 ! M: a memo is longer than 2 bytes (max_cell)");
    say("memo", "false");
    expect_part("1 #1 [] <>\n");
    buf_release(&memos);
}
END_TEST

/* Many records may name one long memo. */
START_TEST(memos_are_bounded)
{
    struct buf memos = {0};
    version = 0x30;
    field("M", 'M', 4, 0, 0);
    for (int i = 0; i < 99; i++)
        RECORD(" \x08\0\0\0");
    BLOCK(6, "\0\x40");
    BLOCK(512, "\0\0\0\1\0\0\0\x20"
               "0123456789abcdef0123456789abcdef");
    write_beside("KH.fpt", memos.at, memos.len);
    say("max_cell", "32");
    expect_part("3 #3 ! M: it and the memos before it are too long together");
    buf_release(&memos);
}
END_TEST

START_TEST(code_pages)
{
    field("A", 'C', 9, 0, 0);
    RECORD(" S\xF2n");
    code = 0x03;
    expect("1 #1 [Sòn] <>\n");
    code = 0x26;
    expect("1 #1 [SЄn] <>\n");
    write_beside("kh.cpg", "ANSI 1251\r\n", 11);
    expect("1 #1 [Sтn] <>\n");
    write_beside("kh.cpg", "klingon", 7);
    expect_part("kh.cpg says no encoding that is known: say encoding");
    say("encoding", "ISO-8859-1");
    expect("1 #1 [Sòn] <>\n");
    say("encoding", "UTF-8");
    expect("1 #1 ! A: invalid UTF-8 (byte 0xF2) <>\n");
}
END_TEST

START_TEST(heads_that_are_refused)
{
    field("A", 'C', 9, 0, 0);
    RECORD(" x");
    width = 5;
    expect_part("field A ends at byte 10 of a record of 5");
    fields.len = 0;
    width = 1;
    field("A", 'I', 2, 0, 0);
    expect_part("field A: type I has 2 bytes, not 4");
    fields.len = 0;
    field("A", 'C', 2, 0, 0);
    field("B", '=', 2, 0, 0);
    expect_part("field B: no table has a type \"=\"");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dbf");
    TCase *tests = tcase_create("dbf");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, fields_of_texts);
    tcase_add_test(tests, fields_of_visual_foxpro);
    tcase_add_test(tests, fields_of_dbase_7);
    tcase_add_test(tests, texts_of_more_than_255);
    tcase_add_test(tests, rubbish_of_decimals);
    tcase_add_test(tests, ends_otherwise);
    tcase_add_test(tests, memos_of_dbase);
    tcase_add_test(tests, memos_of_foxpro);
    tcase_add_test(tests, memos_are_bounded);
    tcase_add_test(tests, code_pages);
    tcase_add_test(tests, heads_that_are_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
