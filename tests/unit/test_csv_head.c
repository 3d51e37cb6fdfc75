/* The head and the end of a CSV input: what is guessed and what is not, what
 * stands before the header and after the last row; read in chunks of many
 * sizes, which must make no difference. */
#include <check.h>
#include <stdio.h>

#include "decode/csv/csv.h"
#include "rows_dump.h"

static struct spec spec;
static struct wanted_name names[8];
static struct wanted_columns wanted;
static struct buf seen;

static void setup(void)
{
    spec_init(&spec);
    spec.path = mem_text("t.csv");
    wanted = (struct wanted_columns){.names = names};
    buf_clear(&seen);
}

static void teardown(void)
{
    spec_release(&spec);
    buf_release(&seen);
}

static void set(const char *name, const char *text)
{
    struct err err;
    struct option_value value = option_text_value(text, strlen(text));
    ck_assert_msg(spec_say(&spec, name, &value, &err), "%s", err.text);
}

/* The mapping uses this column, too. */
static void want(const char *name)
{
    names[wanted.count++] =
        (struct wanted_name){.text = name, .len = (uint32_t)strlen(name)};
    spec.wanted = &wanted;
}

static void want_positions(unsigned position)
{
    wanted.position = position;
    wanted.by_position = true;
    spec.wanted = &wanted;
}

static void expect(const char *text, size_t len, const char *says)
{
    static const size_t chunks[] = {CHUNK_BYTES, 1000, 17, 5, 2, 1};
    for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
        csv_limits.chunk = chunks[i];
        buf_clear(&seen);
        dump_bytes(&spec, text, len, &seen);
        ck_assert_str_eq(buf_text(&seen), says);
    }
}

#define EXPECT(text, says) expect(text, sizeof(text) - 1, says)
#define CSV(delimiter)     "t.csv: CSV, UTF-8 (guessed), delimiter " delimiter
#define COMMA              CSV("',' (guessed)")
#define HEADER(line)       ", header on line " #line " (guessed)"
#define STANDS_BEFORE(header)                                                  \
    "! it stands before the header on line " #header                           \
    " and may be a record (put it below the header, or leave it out with "     \
    "header = " #header ")"
#define MARK "\xEF\xBF\xBD"

/* A name is no sign of anything but itself. */

START_TEST(underscores_decide_nothing)
{
    EXPECT("Code,Name,Phone,address_line1,address_line2\nK1,An,1,x,y\n",
           COMMA HEADER(1) ", 5 columns\n"
                           "(Code)(Name)(Phone)(address_line1)(address_line2)\n"
                           "2 #1 [K1][An][1][x][y] <K1,An,1,x,y>\n");
    EXPECT("Code,Mail\nK1,hot_line@x.vn\nK2,order_lines\nK3,a_line\n",
           COMMA HEADER(1) ", 2 columns\n(Code)(Mail)\n"
                           "2 #1 [K1][hot_line@x.vn] <K1,hot_line@x.vn>\n"
                           "3 #2 [K2][order_lines] <K2,order_lines>\n"
                           "4 #3 [K3][a_line] <K3,a_line>\n");
    EXPECT("order_line,_field,_reason\nK1,An,x\n",
           COMMA HEADER(1) ", 3 columns\n(order_line)(_field)(_reason)\n"
                           "2 #1 [K1][An][x] <K1,An,x>\n");
    EXPECT("_line,_field,_reason\nK1,An,x\n",
           COMMA HEADER(1) ", 3 columns\n(_line)(_field)(_reason)\n"
                           "2 #1 [K1][An][x] <K1,An,x>\n");
    EXPECT("Code,_line,_field,_reason_code\nK1,An,x,y\n",
           COMMA HEADER(1) ", 4 columns\n(Code)(_line)(_field)(_reason_code)\n"
                           "2 #1 [K1][An][x][y] <K1,An,x,y>\n");
    EXPECT("Code,Name\nK1,\"a,_line,_field,_reason\"\n",
           COMMA HEADER(1) ", 2 columns\n(Code)(Name)\n2 #1 "
                           "[K1][a,_line,_field,_reason] "
                           "<K1,\"a,_line,_field,_reason\">\n");
}
END_TEST

/* A quote within a name is doubled, or escaped. */
START_TEST(quotes_in_names_of_a_rejects_file)
{
    static const struct {
        const char *text;
        bool ours, bare; /* without quotes */
    } all[] = {
        {"\"a;b;_key;_line;_field;_reason\n", true, true},
        {"\"a;b\";_line;_field;_reason\n", true, true},
        {"a\";\"b;_key;_line;_field;_reason\r\n", true, true},
        {"a\n\"b;_key;_line;_field;_reason\r\n", false, true},
        {"\"a;b;_key;_line;_field;_reason\n", false, false},
        {"\"a \\\"b\",_key,_line,_field,_reason\n", true, false},
        {"\"a \"\"b\",_key,_line,_field,_reason\n", true, false},
        {"\"a,\\\"\",b;\\,_line,_field,_reason\r\n", true, false},
        {"a\\,\"\\\"\",_line,_field,_reason\n", true, false},
        {"\"a \\\"b,_key,_line,_field,_reason\n", false, false},
        {"a\n\"\\\"\",_line,_field,_reason\n", false, false},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_msg(csv_is_ours(all[i].text, strlen(all[i].text),
                                  all[i].bare ? 0 : -1) == all[i].ours,
                      "%s", all[i].text);
}
END_TEST

START_TEST(a_declared_delimiter_stays)
{
    set("delimiter", ";");
    EXPECT("code;order_line,x\nK1;a_line-b\n",
           CSV("';'") HEADER(1) ", 2 columns\n(code)(order_line,x)\n"
                                "2 #1 [K1][a_line-b] <K1;a_line-b>\n");
    EXPECT(
        "sep=,\ncode;name\nK1;An\n",
        CSV("';'") HEADER(
            2) ", 2 columns; line 1 says the delimiter, and "
               "another was declared\n(code)(name)\n3 #1 [K1][An] <K1;An>\n");
}
END_TEST

/* The last bytes in view may be the beginning of another name. */
START_TEST(a_header_at_the_edge_of_the_view)
{
    static const char ours[] = ",_line,_field,_reason";
    char *text = mem_alloc(SOURCE_PEEK + 64);
    size_t len = SOURCE_PEEK - strlen(ours);
    memset(text, 'x', len);
    memcpy(text + len, ours, strlen(ours));
    ck_assert(!csv_is_ours(text, SOURCE_PEEK, -1));
    ck_assert(csv_is_ours(text + 1, SOURCE_PEEK - 1, -1));
    text[SOURCE_PEEK - 1] = '\n';
    ck_assert(!csv_is_ours(text, SOURCE_PEEK, -1));
    free(text);
}
END_TEST

START_TEST(a_rejects_file_of_an_input_without_header)
{
    set("header", "0");
    EXPECT("column 1;column 2;_line;_field;_reason\nK1;An;7;;x\n",
           "t.csv: CSV, UTF-8, delimiter ';', header on line 1, 2 columns, a "
           "corrected rejects file\n(column 1)(column 2)\n"
           "2 #1 [K1][An] <K1;An>\n");
}
END_TEST

/* Rows that were lost to a header that is none. */

START_TEST(without_header_all_lines_are_rows)
{
    want_positions(2);
    EXPECT("KH1,An\nKH2,Binh,x\nKH3,Chi,y\n",
           COMMA ", no header, 3 columns\n(column 1)(column 2)(column 3)\n"
                 "1 #1 [KH1][An] <KH1,An,>\n"
                 "2 #2 [KH2][Binh][x] <KH2,Binh,x>\n"
                 "3 #3 [KH3][Chi][y] <KH3,Chi,y>\n");
    EXPECT("1,2,3\n4,5\n6,7\n",
           COMMA ", no header, 2 columns\n(column 1)(column 2)\n"
                 "1 #1 ! 3 cells, the input has 2 <1,2,3>\n"
                 "2 #2 [4][5] <4,5>\n3 #3 [6][7] <6,7>\n");
    EXPECT("\"An \\\"A\\\"\",1\n2,3\n4,5\n", COMMA
           ", no header, 2 columns\n(column 1)(column 2)\n"
           "1 #1 ! quote opened at line 1, column 1 is followed by text after "
           "its closing quote at line 1, column 7 "
           "<\"\"\"An \\\"\"A\\\"\"\"\",1\"," MARK ">\n"
           "2 #2 [2][3] <2,3>\n3 #3 [4][5] <4,5>\n");
    EXPECT("Code,Name\nKH1,An\n",
           COMMA ", no header, 2 columns; line 1 may be a header: --header 1\n"
                 "(column 1)(column 2)\n1 #1 [Code][Name] <Code,Name>\n"
                 "2 #2 [KH1][An] <KH1,An>\n");
    EXPECT("\n\n\n4,5\n6,7\n8\n",
           COMMA ", no header, 2 columns\n(column 1)(column 2)\n"
                 "4 #1 [4][5] <4,5>\n5 #2 [6][7] <6,7>\n"
                 "6 #3 [8] <8,>\n");
}
END_TEST

/* The same where nobody knows what is wanted. */
START_TEST(a_row_is_no_header)
{
    EXPECT("KH1,An\nKH2,Binh\n",
           COMMA ", no header (guessed), 2 columns\n(column 1)(column 2)\n"
                 "1 #1 [KH1][An] <KH1,An>\n2 #2 [KH2][Binh] <KH2,Binh>\n");
    EXPECT("An,an@x.vn\nBinh,binh@x.vn\n",
           COMMA ", no header (guessed), 2 columns\n(column 1)(column 2)\n"
                 "1 #1 [An][an@x.vn] <An,an@x.vn>\n"
                 "2 #2 [Binh][binh@x.vn] <Binh,binh@x.vn>\n");
    EXPECT("Phone 1,Phone 2\n0901,0902\n",
           COMMA HEADER(1) ", 2 columns\n(Phone 1)(Phone 2)\n"
                           "2 #1 [0901][0902] <0901,0902>\n");
    EXPECT(
        "a,b,c,d\n1,2,,\n3,4,,\n",
        COMMA HEADER(1) ", 4 columns\n(a)(b)(c)(d)\n"
                        "2 #1 [1][2][][] <1,2,,>\n3 #2 [3][4][][] <3,4,,>\n");
}
END_TEST

static const struct {
    const char *text, *says;
} doubts[] = {
    {"p,p,p\nq,r,s\n", "no header (guessed, and doubtful: the cells of line 1 "
                       "are all alike), 3 columns"},
    {"An,1987\nBinh,1990\n", "no header (guessed, and doubtful: \"1987\" on "
                             "line 1 may be a year), 2 columns"},
    {"An,1987\n", "no header (guessed, and doubtful: \"1987\" on line 1 may be "
                  "a year), 2 columns"},
    {"Code,2019,2020\nKH1,100,200\n",
     "header on line 1 (guessed, and doubtful: \"2019\" on line 1 may be a "
     "year), 3 columns"},
    {"Code,7\nKH1,x\n", "no header (guessed, and doubtful: \"7\" on line 1 is "
                        "a number), 2 columns"},
    {"Ma,Ten,No\ncode,name,debt\nKH1,An,100\n",
     "header on line 1 (guessed), 3 columns; line 2 may be the header as well: "
     "--header 2"},
    {"Khach,,Dia chi,\nMa,Ten,Phuong,Tinh\nKH1,An,a,b\n",
     "header on line 2 (guessed), 4 columns; line 1 may be the header as well: "
     "--header 1; line 1 may belong to the header: --header 1,2"},
};

START_TEST(doubts_are_told)
{
    struct buf says = {0};
    csv_limits.chunk = CHUNK_BYTES;
    dump_bytes(&spec, doubts[_i].text, strlen(doubts[_i].text), &seen);
    seen.len = strcspn(buf_text(&seen), "\n");
    buf_addf(&says, "%s, %s", COMMA, doubts[_i].says);
    ck_assert_str_eq(buf_text(&seen), buf_text(&says));
    buf_release(&says);
}
END_TEST

/* What the mapping names is where the header is. */

START_TEST(names_find_the_header)
{
    want("code");
    want("name");
    EXPECT("Customers\nof Hue, all\nby An\ncode;name;x\nK1;An;1\n",
           CSV("';' (guessed)")
               HEADER(4) ", 3 columns; lines 1 to 3 before "
                         "the header are left out\n(code)(name)(x)\n"
                         "5 #1 [K1][An][1] <K1;An;1>\n");
    EXPECT("2019,2020\ncode,name\n1,2\n",
           COMMA HEADER(2) ", 2 columns\n(code)(name)\n"
                           "1 #1 " STANDS_BEFORE(
                               2) " <2019,2020>\n3 #2 [1][2] <1,2>\n");
    EXPECT("T\n\n# c\n code ,\"ma\nme\",name\n1,2,3\n",
           COMMA HEADER(
               4) ", 3 columns; lines 1 to 3 before the header are "
                  "left out\n(code)(ma me)(name)\n6 #1 [1][2][3] <1,2,3>\n");
}
END_TEST

START_TEST(blanks_in_names_are_told)
{
    want("M\xC3\xA3 KH");
    EXPECT("M\xC3\xA3  KH,M\xC3\xA3KH\n1,2\n",
           COMMA HEADER(
               1) ", 2 columns; columns 1 and 2 differ by blanks "
                  "alone; column 1 is \"M\xC3\xA3 KH\" but for its blanks\n"
                  "(M\xC3\xA3 KH)(M\xC3\xA3KH)\n2 #1 [1][2] <1,2>\n");
}
END_TEST

START_TEST(what_may_be_a_record_is_no_title)
{
    want("code");
    want("name");
    EXPECT("K0,Zero\nTitle\n\"a\" b,c\ncode,name,x,y\nK1,An,1,2\n",
           COMMA HEADER(4) ", 4 columns; line 2 before the header is left "
                           "out\n(code)(name)(x)(y)\n"
                           "1 #1 " STANDS_BEFORE(
                               4) " <K0,Zero,,>\n"
                                  "3 #2 ! quote opened at line 3, column 1 is "
                                  "followed by text after "
                                  "its closing quote at line 3, column 5 "
                                  "<\"\"\"a\"\" b,c\"," MARK "," MARK "," MARK
                                  ">\n"
                                  "5 #3 [K1][An][1][2] <K1,An,1,2>\n");
    set("header", "4");
    EXPECT("K0,Zero\nTitle\n\"a\" b,c\ncode,name,x,y\nK1,An,1,2\n",
           COMMA ", header on line 4, 4 columns; lines 1 to 3 before the "
                 "header are left out\n(code)(name)(x)(y)\n"
                 "5 #1 [K1][An][1][2] <K1,An,1,2>\n");
}
END_TEST

/* Part of the header above it is the header once more: no record, and no number
 * of one. */
START_TEST(part_of_the_header_before_it)
{
    want("Code");
    want("Name");
    want("Mail");
    EXPECT("K0,Bo,b@x.vn\nCode,Name,\nCode,Name,Mail\nK1,An,a@x.vn\n",
           COMMA HEADER(3) ", 3 columns\n(Code)(Name)(Mail)\n"
                           "1 #1 " STANDS_BEFORE(
                               3) " <K0,Bo,b@x.vn>\n"
                                  "4 #2 [K1][An][a@x.vn] <K1,An,a@x.vn>\n");
}
END_TEST

START_TEST(comments_decide_nothing)
{
    EXPECT("a,b\n# c1\n1,2\n# c2\n# c3, with; more\n",
           COMMA HEADER(1) ", 2 columns\n(a)(b)\n3 #1 [1][2] <1,2>\n");
    EXPECT("# c\n#d\na,b\n1,2\n",
           COMMA HEADER(3) ", 2 columns; lines 1 to 2 before the header are "
                           "left out\n(a)(b)\n4 #1 [1][2] <1,2>\n");
    EXPECT("#,b\n#1,2\n",
           COMMA HEADER(1) ", 2 columns\n(#)(b)\n2 #1 [#1][2] <#1,2>\n");
    EXPECT("#tag\n#a\n# b\n#c\n", COMMA
           ", header on line 1 (guessed, and doubtful: line 1 differs in "
           "nothing from those below it), 1 column\n(#tag)\n2 #1 [#a] <#a>\n"
           "4 #2 [#c] <#c>\n");
    EXPECT("# c\n", "t.csv: empty: there is no header row; export it again\n");
}
END_TEST

/* What a report ends with. */

#define TABLE "code,name,x\nK1,An,1\n"
#define TABLE_SAYS                                                             \
    COMMA HEADER(1) ", 3 columns\n(code)(name)(x)\n2 #1 [K1][An][1] "          \
                    "<K1,An,1>\n"

static const struct {
    const char *end, *says;
} ends[] = {
    {"\nGrand Totals\nReport\nCopyright (c) 2000 x\nConfidential Information\n"
     "Generated By: An",
     ""},
    {"\nReport\n\"Copyright (c) 2000, x\"\nAcme\n", ""},
    {"Grand Total,,12\n", ""},
    {"T\xE1\xBB\x95ng c\xE1\xBB\x99ng:,,\"1.200,50\"\n", ""},
    {"T\xE1\xBB\x94NG C\xE1\xBB\x98NG\n\n\n", ""},
    {"TONG CONG :\n", ""},
    {"\n(1 row)\n", ""},
    {"\nNg\xC6\xB0\xE1\xBB\x9Di l\xE1\xBA\xADp bi\xE1\xBB\x83u\nAn\n", ""},
    /* No footer: a customer, what nobody knows, what is followed by a row. */
    {"Total,Hue,1\n", "3 #2 [Total][Hue][1] <Total,Hue,1>\n"},
    {"K2\n\nsome text\n", "3 #2 [K2] <K2,,>\n5 #3 [some text] <some text,,>\n"},
    {"Grand Total\nK2,Binh,2\n", "3 #2 [Grand Total] <Grand Total,,>\n"
                                 "4 #3 [K2][Binh][2] <K2,Binh,2>\n"},
    {"\"K2\nGrand Total\",a,b\n",
     "3 #2 [K2\nGrand Total][a][b] <\"K2\nGrand Total\",a,b>\n"},
    {"K2\nGrand Total\n", "3 #2 [K2] <K2,,>\n"},
};

START_TEST(footers)
{
    struct buf text = {0}, says = {0};
    buf_addf(&text, "%s%s", TABLE, ends[_i].end);
    buf_addf(&says, "%s%s", TABLE_SAYS, ends[_i].says);
    expect(text.at, text.len, buf_text(&says));
    buf_release(&text);
    buf_release(&says);
}
END_TEST

/* For a hundred rows as for one. */
START_TEST(a_long_report)
{
    struct buf text = {0}, says = {0};
    want("code");
    buf_puts(&text, "Title\n\ncode,name\n");
    buf_puts(&says, COMMA HEADER(3) ", 2 columns; line 1 before the header is "
                                    "left out\n(code)(name)\n");
    for (int i = 1; i <= 100; i++) {
        buf_addf(&text, "K%d,An\n", i);
        buf_addf(&says, "%d #%d [K%d][An] <K%d,An>\n", i + 3, i, i, i);
    }
    buf_puts(&text, "\nTitle\nGenerated on 1 May\nAcme\n");
    expect(text.at, text.len, buf_text(&says));
    buf_release(&text);
    buf_release(&says);
}
END_TEST

static const struct {
    const char *text, *what;
} pages[] = {
    {"<!DOCTYPE html>\n<p>Sign in",
     "a page of HTML without a table that holds anything"},
    {"\xEF\xBB\xBF\n <html><body>",
     "a page of HTML without a table that holds anything"},
    {"<br />\n<b>Warning</b>: x",
     "a page of HTML without a table that holds anything"},
};

START_TEST(a_page_is_no_csv)
{
    struct buf says = {0};
    buf_addf(&says, "t.csv: is %s; look at it, and export it again\n",
             pages[_i].what);
    expect(pages[_i].text, strlen(pages[_i].text), buf_text(&says));
    buf_release(&says);
}
END_TEST

START_TEST(what_is_like_a_page)
{
    EXPECT(
        "[code],{name}\n1,2\n",
        COMMA HEADER(1) ", 2 columns\n([code])({name})\n2 #1 [1][2] <1,2>\n");
    EXPECT("<code>,b\n1,2\n",
           COMMA HEADER(1) ", 2 columns\n(<code>)(b)\n2 #1 [1][2] <1,2>\n");
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("csv_head");
    TCase *t = tcase_create("csv_head");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, underscores_decide_nothing);
    tcase_add_test(t, quotes_in_names_of_a_rejects_file);
    tcase_add_test(t, a_declared_delimiter_stays);
    tcase_add_test(t, a_header_at_the_edge_of_the_view);
    tcase_add_test(t, a_rejects_file_of_an_input_without_header);
    tcase_add_test(t, without_header_all_lines_are_rows);
    tcase_add_test(t, a_row_is_no_header);
    tcase_add_loop_test(t, doubts_are_told, 0, sizeof doubts / sizeof *doubts);
    tcase_add_test(t, names_find_the_header);
    tcase_add_test(t, blanks_in_names_are_told);
    tcase_add_test(t, what_may_be_a_record_is_no_title);
    tcase_add_test(t, part_of_the_header_before_it);
    tcase_add_test(t, comments_decide_nothing);
    tcase_add_loop_test(t, footers, 0, sizeof ends / sizeof *ends);
    tcase_add_test(t, a_long_report);
    tcase_add_loop_test(t, a_page_is_no_csv, 0, sizeof pages / sizeof *pages);
    tcase_add_test(t, what_is_like_a_page);
    suite_add_tcase(s, t);
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
