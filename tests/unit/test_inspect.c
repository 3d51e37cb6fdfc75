/* What inspect counts and tells: different values, kinds of cells, columns by
 * name and by cells. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/screen/aligned.h"
#include "base/screen/wrap.h"
#include "cmd/inspect/keys.h"
#include "cmd/inspect/looks.h"
#include "cmd/inspect/signs.h"

static uint64_t hash_of(uint64_t number)
{
    return XXH3_64bits(&number, sizeof number);
}

static uint64_t count_to(uint64_t values, unsigned bits, bool *exact)
{
    struct distinct distinct;
    distinct_init(&distinct, bits);
    for (uint64_t round = 0; round < 2; round++)
        for (uint64_t i = 0; i < values; i++)
            distinct_add(&distinct, hash_of(i));
    uint64_t count = distinct_count(&distinct, exact);
    distinct_release(&distinct);
    return count;
}

/* Few are exact; of many the error is a few standard ones at most. */
START_TEST(different)
{
    static const uint64_t many[] = {1500, 20000, 70000, 400000, 2000000};
    bool exact;
    for (uint64_t few = 0; few < 1000; few += 111) {
        ck_assert_uint_eq(count_to(few, DISTINCT_BITS_MAX, &exact), few);
        ck_assert(exact);
    }
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        double count = (double)count_to(many[i], DISTINCT_BITS_MAX, &exact);
        ck_assert(!exact);
        ck_assert_double_le(count / (double)many[i], 1.03);
        ck_assert_double_ge(count / (double)many[i], 0.97);
    }
    double small = (double)count_to(100000, DISTINCT_BITS_MIN, &exact);
    ck_assert_double_le(small / 100000, 1.5);
    ck_assert_double_ge(small / 100000, 0.5);
}
END_TEST

START_TEST(new_ones)
{
    struct distinct distinct;
    distinct_init(&distinct, 8);
    ck_assert(distinct_add(&distinct, 0));
    ck_assert(!distinct_add(&distinct, 0));
    ck_assert(!distinct_add(&distinct, 1)); /* 0 is kept as 1 */
    ck_assert(distinct_add(&distinct, 2));
    distinct_release(&distinct);
}
END_TEST

static void is(enum cell_kind kind, const char *text)
{
    enum cell_kind found = cell_kind(text, strlen(text));
    ck_assert_msg(found == kind, "%s is %d, not %d", text, (int)found,
                  (int)kind);
}

START_TEST(kinds)
{
    static const struct {
        enum cell_kind kind;
        const char *texts[8];
    } cases[] = {
        {CELL_DIGITS, {"0", "0903123456", "12345678901234567890"}},
        {CELL_NUMBER, {"-12.5", "1,5", "+3", "41.100057", "1.234", "0.5"}},
        {CELL_GROUPED,
         {"1.234.567", "1,234,567", "3.359,80", "1 234 567", "1,234.5"}},
        {CELL_EXPONENT, {"8.49E+10", "8,49E+10", "-1E+09", "4.2e-7"}},
        {CELL_ISO_DATE,
         {"2024-02-29", "2024-02-29T10:00:00", "2024/2/9", "2024-02-29 10:00"}},
        {CELL_DAY_FIRST, {"29/02/2024", "31-12-99", "29.2.2024"}},
        {CELL_MONTH_FIRST, {"02/29/2024", "12/31/2024 8:30 PM"}},
        {CELL_DATE, {"1/2/2024", "12/12/2024"}},
        {CELL_PHONE,
         {"+84 903 123 456", "024 3065 0814", "(028) 38.123.456",
          "0903-123-456", "0903.123.456/0903.123.457"}},
        {CELL_MAIL, {"a@b.vn", "x.y@z.com; q@w.vn"}},
        {CELL_WEB, {"http://a.vn", "https://b.vn/x?y", "www.c.vn"}},
        {CELL_FLAG, {"x", "X", "Yes", "Có", "không", "TRUE"}},
        {CELL_CODE, {"KH0001", "kh-1/2", "KH_12", "1E10", "A1", "2024-13-01"}},
        {CELL_ADDRESS,
         {"12 Lê Lợi, Quận 1", "Số 5, ngõ 3, Hà Nội", "4 Del Mar Pass"}},
        {CELL_NAME, {"Nguyễn Văn An", "All For Bikes", "Đỗ Yến"}},
        {CELL_WORDS, {"giao hàng buổi sáng", "Hà", "a b", "@"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t j = 0; j < 8 && cases[i].texts[j] != NULL; j++)
            is(cases[i].kind, cases[i].texts[j]);
}
END_TEST

START_TEST(tax_codes)
{
    ck_assert(cell_is_tax_code("0100109106", 10));
    ck_assert(cell_is_tax_code("100109106", 9));
    ck_assert(cell_is_tax_code("0300588569", 10));
    ck_assert(!cell_is_tax_code("0100109107", 10));
    ck_assert(!cell_is_tax_code("01001091", 8));
}
END_TEST

static void names(const char *name, const char *field, const char *look)
{
    struct heading heading = heading_of(name, strlen(name));
    ck_assert_pstr_eq(heading.field, field);
    ck_assert_str_eq(look_name(heading.look), look);
}

START_TEST(headings)
{
    names("Mã KH", "CustomerCode", "code");
    names("MA_KH", "CustomerCode", "code");
    names("Mã khách hàng (*)", "CustomerCode", "code");
    names("CustomerCode", "CustomerCode", "code");
    names("PARTNERID", "CustomerCode", "code");
    names("Tên khách hàng", "CustomerName", "name");
    names("Điện thoại", "PhoneNumber", "phone");
    names("Số điện thoại 2", NULL, "phone");
    names("MST", "TaxCode", "tax code");
    names("EMailAddress", "Email", "e-mail");
    names("Địa chỉ", "Address", "address");
    names("Địa chỉ giao hàng", NULL, "address");
    names("Ngày sinh", NULL, "date");
    names("CreatedDate", NULL, "date");
    names("Nợ cần thu hiện tại", NULL, "money");
    names("STT", NULL, "row no.");
    names("Trạng thái", "Status", "flag");
    names("Khách hàng", NULL, "");
    names("Chi nhánh", NULL, "");
    names("PostalCode", NULL, "");
    names("", NULL, "");
    names("***", NULL, "");
}
END_TEST

/* A column of these cells, between blanks. */
static const char *looks(const char *name, const char *cells)
{
    struct profile profile;
    struct arena arena;
    struct place place = {.line = 2};
    struct heading heading = heading_of(name, strlen(name));
    arena_init(&arena);
    profile_init(&profile, 10);
    for (; *cells != '\0'; place.line++) {
        size_t len = strcspn(cells, "|");
        if (len > 0)
            profile_add(&profile, &arena, &place, cells, len, true);
        else
            profile_blank(&profile, &place);
        cells += len + (cells[len] != '\0');
    }
    enum look look = look_of(&heading, &profile);
    profile_release(&profile);
    arena_release(&arena);
    return look_name(look);
}

START_TEST(columns)
{
    ck_assert_str_eq(looks("a", "0903123456|0912345678|024 3825 1234"),
                     "phone");
    ck_assert_str_eq(looks("a", "a@b.vn|c@d.vn||e@f.vn"), "e-mail");
    ck_assert_str_eq(looks("a", "1/2/2024|29/2/2024|"), "date");
    ck_assert_str_eq(looks("a", "KH1|KH2|KH3"), "code");
    ck_assert_str_eq(looks("a", "Có|Không|Có|Có"), "flag");
    ck_assert_str_eq(looks("a", "0|1|1|0"), "flag");
    ck_assert_str_eq(looks("a", "0|0|0|0"), "");
    ck_assert_str_eq(looks("a", "1.234.567|12.345.678"), "");
    ck_assert_str_eq(looks("Công nợ", "1.234.567|12.345.678"), "money");
    ck_assert_str_eq(looks("a", "Nguyễn Văn An|Lê Minh|Trần Thị Bình"), "name");
    ck_assert_str_eq(looks("a", "12 Lê Lợi, Quận 1|Số 5, ngõ 3, Hà Nội"),
                     "address");
    ck_assert_str_eq(
        looks("a", "0100109106|0101243150|0301446006|0100112437|0300588569"),
        "tax code");
    ck_assert_str_eq(looks("Ngày tạo", "20181003|20181004"), "date");
    ck_assert_str_eq(looks("Điện thoại", "không có|chưa có|gọi sau"), "");
    ck_assert_str_eq(looks("Tên khách", "1|2|3"), "");
    ck_assert_str_eq(looks("Mã KH", ""), "code");
}
END_TEST

START_TEST(types)
{
    static const char *const cases[][3] = {
        {"1", "22", "integer"},
        {"01", "22", "digits"},
        {"1.5", "-2", "number"},
        {"a", "b", "text"},
        {"1/2/2024", "2024-01-02", "date"},
        {"1", "a", "mixed"},
    };
    struct arena arena;
    struct place place = {.line = 1};
    arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct profile profile;
        profile_init(&profile, 8);
        ck_assert_str_eq(profile_type(&profile), "empty");
        for (int j = 0; j < 2; j++)
            profile_add(&profile, &arena, &place, cases[i][j],
                        strlen(cases[i][j]), false);
        ck_assert_str_eq(profile_type(&profile), cases[i][2]);
        profile_release(&profile);
    }
    arena_release(&arena);
}
END_TEST

/* Shortest and longest count as Fast does, in UTF-16 units. */
START_TEST(lengths)
{
    static const char *const texts[] = {"Đặng", "a", "😀😀", "Nguyễn Ế", "ế"};
    struct profile profile;
    struct arena arena;
    struct place place = {.line = 1};
    arena_init(&arena);
    profile_init(&profile, 8);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        profile_add(&profile, &arena, &place, texts[i], strlen(texts[i]), true);
    ck_assert_uint_eq(profile.shortest.units, 1);
    ck_assert_str_eq(profile.shortest.text, "a");
    ck_assert_uint_eq(profile.longest.units, 8);
    ck_assert_uint_eq(profile.sample_count, PROFILE_SAMPLES);
    profile_release(&profile);
    arena_release(&arena);
}
END_TEST

START_TEST(repeats)
{
    struct keys keys = {0};
    struct arena arena;
    struct place place = {.line = 2};
    arena_init(&arena);
    for (unsigned i = 0; i < 5000; i++, place.line++) {
        char text[16];
        int len = snprintf(text, sizeof text, "kh%u", i);
        keys_add(&keys, &arena, text, (size_t)len, &place);
    }
    ck_assert_uint_eq(keys.repeats, 0);
    keys_add(&keys, &arena, " KH17 ", 6, &place);
    keys_add(&keys, &arena, "KH18", 4, &place);
    ck_assert_uint_eq(keys.repeats, 2);
    ck_assert_uint_eq(keys.first.line, 5002);
    ck_assert_str_eq(keys.excerpt, " KH17 ");
    keys_release(&keys);
    arena_release(&arena);
}
END_TEST

START_TEST(excerpts)
{
    struct arena arena;
    arena_init(&arena);
    ck_assert_str_eq(sign_excerpt(&arena, "abc", 3, 3), "abc");
    ck_assert_str_eq(sign_excerpt(&arena, "abcd", 4, 3), "abc…");
    ck_assert_str_eq(sign_excerpt(&arena, "aế", 4, 3), "a…");
    ck_assert_str_eq(sign_excerpt(&arena, NULL, 0, 3), "");
    arena_release(&arena);
}
END_TEST

static void wraps(const char *text, const char *lines)
{
    struct buf out = {0};
    wrap_put(&out, text, 2, 2, 10);
    ck_assert_str_eq(buf_text(&out), lines);
    buf_release(&out);
}

START_TEST(lines)
{
    wraps("", "\n");
    wraps("one two six", "one two\n  six\n");
    wraps("12345678 x", "12345678\n  x\n");
    wraps("123456789", "12345678\n  9\n");
    wraps("日本日本日", "日本日本\n  日\n");
    wraps("a\033b", "a\\u{1B}b\n");
    wraps("ab c\037d", "ab c d\n");
    wraps("abcdef g\037h", "abcdef\n  g h\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("inspect");
    TCase *tests = tcase_create("inspect");
    cell_prepare();
    tcase_add_test(tests, different);
    tcase_add_test(tests, new_ones);
    tcase_add_test(tests, kinds);
    tcase_add_test(tests, tax_codes);
    tcase_add_test(tests, headings);
    tcase_add_test(tests, columns);
    tcase_add_test(tests, types);
    tcase_add_test(tests, lengths);
    tcase_add_test(tests, repeats);
    tcase_add_test(tests, excerpts);
    tcase_add_test(tests, lines);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
