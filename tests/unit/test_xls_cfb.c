/* Compound files: where a workbook lies in them, what else they hold, and every
 * way in which their tables may lie. */
#include <check.h>

#include "biff.h"

enum { SECTOR = 512, SECTORS = 24, ENTRY = 128, MINI = 64 };

/* A file whose sectors are: the FAT, the directory, the table of mini sectors,
 * the mini sectors (two), and, from FIRST on, the workbook. */
enum { FAT, DIRECTORY, MINI_TABLE, MINIS, MORE_MINIS, FIRST };

static unsigned char file[(SECTORS + 1) * SECTOR];
static struct buf book;

static void low(size_t at, uint32_t number, unsigned bytes)
{
    for (; bytes > 0; bytes--, number >>= 8)
        file[at++] = (unsigned char)number;
}

static size_t place(unsigned sector)
{
    return ((size_t)sector + 1) * SECTOR;
}

static void follow(unsigned sector, uint32_t next)
{
    low(place(FAT) + (size_t)sector * 4, next, 4);
}

static void entry(unsigned at, const char *name, unsigned type, uint32_t start,
                  uint32_t size)
{
    size_t from = place(DIRECTORY) + (size_t)at * ENTRY;
    memset(file + from, 0, ENTRY);
    for (size_t i = 0; i < strlen(name); i++)
        file[from + i * 2] = (unsigned char)name[i];
    low(from + 64, (uint32_t)(strlen(name) + 1) * 2, 2);
    file[from + 66] = (unsigned char)type;
    for (unsigned i = 0; i < 3; i++)
        low(from + 68 + (size_t)i * 4, 0xFFFFFFFF, 4);
    low(from + 116, start, 4);
    low(from + 120, size, 4);
}

static void child(unsigned of, unsigned which, uint32_t entry)
{
    low(place(DIRECTORY) + (size_t)of * ENTRY + 68 + (size_t)which * 4, entry,
        4);
}

enum { LEFT, RIGHT, CHILD };

/* A workbook of `len` bytes, the last of which are none of its records. */
static void make_book(size_t len)
{
    buf_clear(&book);
    begin_sheet(&book, 8);
    for (unsigned i = 0; i < 200 && book.len + 30 < len; i++)
        rec(&book, 0x0203, "hhhd", i, 0u, 0u, (double)i);
    rec(&book, END, "");
    ck_assert_uint_le(book.len, len);
    while (book.len < len)
        buf_putc(&book, 'x');
}

static void setup(void)
{
    static const unsigned char magic[] = {0xD0, 0xCF, 0x11, 0xE0,
                                          0xA1, 0xB1, 0x1A, 0xE1};
    book = (struct buf){0};
    memset(file, 0, sizeof file);
    memcpy(file, magic, sizeof magic);
    low(24, 0x3B, 2);
    low(26, 3, 2);
    low(28, 0xFFFE, 2);
    low(30, 9, 2);
    low(32, 6, 2);
    low(44, 1, 4);
    low(48, DIRECTORY, 4);
    low(56, 4096, 4);
    low(60, MINI_TABLE, 4);
    low(64, 1, 4);
    low(68, 0xFFFFFFFE, 4);
    memset(file + 76, 0xFF, SECTOR - 76);
    low(76, FAT, 4);
    memset(file + place(FAT), 0xFF, SECTOR);
    follow(FAT, 0xFFFFFFFD);
    follow(DIRECTORY, 0xFFFFFFFE);
    follow(MINI_TABLE, 0xFFFFFFFE);
    follow(MINIS, MORE_MINIS);
    follow(MORE_MINIS, 0xFFFFFFFE);
    memset(file + place(MINI_TABLE), 0xFF, SECTOR);
    entry(0, "Root Entry", 5, MINIS, 2 * SECTOR);
    child(0, CHILD, 1);
    entry(1, "\x05SummaryInformation", 2, 0, 0);
    child(1, RIGHT, 2);
}

static void teardown(void)
{
    buf_release(&book);
}

/* A long workbook, its sectors from the last one down. */
static void put_long(void)
{
    make_book(4200);
    entry(2, "WORKBOOK", 2, SECTORS - 1, (uint32_t)book.len);
    for (unsigned i = 0; i * SECTOR < book.len; i++) {
        size_t left = book.len - i * SECTOR;
        memcpy(file + place(SECTORS - 1 - i), book.at + i * SECTOR,
               left < SECTOR ? left : SECTOR);
        follow(SECTORS - 1 - i, left > SECTOR ? SECTORS - 2 - i : 0xFFFFFFFE);
    }
}

/* A short one, in the mini sectors 1, 3, 5 … and 0. */
static void put_short(void)
{
    make_book(8 * MINI + 5);
    entry(2, "Book", 2, 1, (uint32_t)book.len);
    for (unsigned i = 0; i < 9; i++) {
        unsigned at = i < 8 ? 2 * i + 1 : 0;
        size_t len = i < 8 ? MINI : 5;
        memcpy(file + place(MINIS) + (size_t)at * MINI, book.at + i * MINI,
               len);
        low(place(MINI_TABLE) + (size_t)at * 4,
            i < 7   ? 2 * i + 3
            : i < 8 ? 0
                    : 0xFFFFFFFE,
            4);
    }
}

static void expect_book(void)
{
    char *wanted = read_as(book.at, book.len, NULL);
    char *got = read_as((const char *)file, sizeof file, NULL);
    ck_assert_ptr_nonnull(strstr(wanted, "5:[4]"));
    ck_assert_str_eq(got, wanted);
    free(wanted);
    free(got);
}

static void expect_refusal(const char *wanted)
{
    char *got = read_as((const char *)file, sizeof file, NULL);
    ck_assert_msg(strstr(got, "failed: it is ") == got &&
                      strstr(got, wanted) != NULL,
                  "%s", got);
    free(got);
}

START_TEST(long_ones_and_short_ones)
{
    put_long();
    expect_book();
    put_short();
    expect_book();
    put_long(); /* a Book beside it, for older programs */
    entry(3, "Book", 2, 77, 99999);
    child(2, LEFT, 3);
    expect_book();
}
END_TEST

START_TEST(what_else_it_may_be)
{
    static const struct {
        const char *name, *wanted;
    } cases[] = {
        {"EncryptedPackage", "an XLSX workbook protected with a password"},
        {"WordDocument", "a Word document (.doc)"},
        {"PowerPoint Document", "a PowerPoint presentation"},
        {"__properties_version1.0", "an Outlook message (.msg)"},
        {"Contents", "that holds no workbook"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        entry(2, cases[i].name, 2, FIRST, 4096);
        expect_refusal(cases[i].wanted);
    }
    /* A workbook in a letter. */
    entry(2, "WordDocument", 2, FIRST, 4096);
    child(2, LEFT, 3);
    entry(3, "ObjectPool", 1, 0, 0);
    child(3, CHILD, 4);
    entry(4, "Workbook", 2, FIRST, 4096);
    expect_refusal("a Word document");
}
END_TEST

START_TEST(chains_that_lie)
{
    put_long();
    follow(SECTORS - 3, SECTORS - 1);
    expect_refusal("its workbook: sector 23 comes twice");
    follow(SECTORS - 3, 4000);
    expect_refusal("its workbook: sector 4000 stands beyond its end");
    follow(SECTORS - 3, 0xFFFFFFFE);
    expect_refusal("should follow and does not");
    follow(DIRECTORY, DIRECTORY);
    expect_refusal("its directory: sector 1 comes twice");
}
END_TEST

START_TEST(small_chains_that_lie)
{
    put_short();
    low(place(MINI_TABLE) + 4, 1, 4); /* in a circle: the file bounds it */
    expect_refusal("");
    put_short();
    low(place(MINI_TABLE) + 4, 5000, 4);
    expect_refusal("its workbook ends after 64 of 517 bytes");
    put_short();
    low(place(DIRECTORY) + 2 * ENTRY + 120, 4000, 4);
    expect_refusal("its workbook ends after 576 of 4000 bytes");
    put_short();
    follow(MORE_MINIS, MINIS);
    low(place(DIRECTORY) + 120, 4 * SECTOR, 4);
    expect_refusal("its small sectors: sector 3 comes twice");
}
END_TEST

START_TEST(headers_and_tables_that_lie)
{
    put_long();
    low(30, 31, 2);
    expect_refusal("no such size of sectors");
    low(30, 9, 2);
    low(48, 0x7FFFFFF, 4);
    expect_refusal("its directory");
    low(48, DIRECTORY, 4);
    low(76, 0x7FFFFFF, 4);
    expect_refusal("a table of its sectors");
    low(76, FAT, 4);
    /* Entries of the directory in a circle. */
    child(2, LEFT, 1);
    child(2, RIGHT, 2);
    child(1, LEFT, 70000);
    expect_book();
}
END_TEST

/* Wherever it is cut: refused, or all is there that counts. */
START_TEST(cut_off)
{
    for (unsigned small = 0; small < 2; small++) {
        if (small)
            put_short();
        else
            put_long();
        char *wanted = read_as((const char *)file, sizeof file, NULL);
        for (size_t len = 8; len < sizeof file; len += 3) {
            char *got = read_as((const char *)file, len, NULL);
            ck_assert_msg(strcmp(got, wanted) == 0 ||
                              strstr(got, "failed: it is ") != NULL,
                          "%zu bytes: %s", len, got);
            free(got);
        }
        free(wanted);
    }
}
END_TEST

/* A FAT of more sectors than the header has room for. */
START_TEST(a_long_table)
{
    enum { COUNT = 115 * 128, EXTRA = 110 };
    size_t size = ((size_t)COUNT + 1) * SECTOR;
    unsigned char *large = mem_zero(1, size);
    put_long();
    memcpy(large, file, sizeof file);
    /* The FAT: sector 0, and from 200 on; the list of those from the 110th on
     * stands in sector 100. */
    for (unsigned i = 1; i < 115; i++) {
        unsigned char *at = i < 109
                                ? large + 76 + i * 4
                                : large + place(100) + ((size_t)i - 109) * 4;
        at[0] = (unsigned char)(199 + i);
        at[1] = (unsigned char)((199 + i) >> 8);
        at[2] = at[3] = 0;
        memset(large + place(199 + i), 0xFF, SECTOR);
    }
    memset(large + place(100) + 6 * 4, 0xFF, SECTOR - 24);
    large[68] = 100;
    large[69] = large[70] = large[71] = 0;
    /* The first sector of the workbook moves to where only the last part of the
     * table tells of it. */
    unsigned last = COUNT - 5;
    memcpy(large + place(last), file + place(SECTORS - 1), SECTOR);
    memset(large + place(SECTORS - 1), 0, SECTOR);
    unsigned char *start = large + place(DIRECTORY) + 2 * ENTRY + 116;
    start[0] = last & 0xFF;
    start[1] = (unsigned char)(last >> 8);
    unsigned char *next = large + place(199 + 114) + (size_t)(last % 128) * 4;
    next[0] = SECTORS - 2;
    next[1] = next[2] = next[3] = 0;
    char *wanted = read_as(book.at, book.len, NULL);
    char *got = read_as((const char *)large, size, NULL);
    ck_assert_str_eq(got, wanted);
    free(got);
    /* The list in a circle. */
    large[68] = 100;
    memset(large + place(100) + 508, 0, 4);
    large[place(100) + 508] = 100;
    got = read_as((const char *)large, size, NULL);
    ck_assert_str_eq(got, wanted);
    free(got);
    free(wanted);
    free(large);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("xls_cfb");
    TCase *tests = tcase_create("xls_cfb");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, long_ones_and_short_ones);
    tcase_add_test(tests, what_else_it_may_be);
    tcase_add_test(tests, chains_that_lie);
    tcase_add_test(tests, small_chains_that_lie);
    tcase_add_test(tests, headers_and_tables_that_lie);
    tcase_add_test(tests, cut_off);
    tcase_add_test(tests, a_long_table);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
