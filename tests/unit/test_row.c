/* Columns: their names, and how a name finds them again. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "row.h"

enum { MOST = 16 };

static struct columns columns;

static void name(const char *const *cells)
{
    struct value values[MOST];
    unsigned count = 0;
    for (; cells[count] != NULL; count++)
        values[count] = value_text(cells[count], strlen(cells[count]));
    columns_release(&columns);
    columns_name(&columns, values, count);
}

static void expect(unsigned i, const char *wanted)
{
    ck_assert_uint_lt(i, columns.count);
    ck_assert_str_eq(columns.all[i].name, wanted);
    ck_assert_uint_eq(columns.all[i].len, strlen(wanted));
    ck_assert_int_eq(columns_find(&columns, wanted, strlen(wanted)), (int)i);
}

START_TEST(names_are_cleaned)
{
    name((const char *const[]){" M\xC3\xA3 \t\n kh\xC3\xA1"
                               "ch\xC2\xA0",
                               "e\xCC\x82\xCC\x83", "", NULL});
    expect(0, "M\xC3\xA3 kh\xC3\xA1"
              "ch");
    expect(1, "\xE1\xBB\x85");
    expect(2, "column 3");
}
END_TEST

START_TEST(names_are_unique)
{
    name((const char *const[]){"A", "A", "A (2)", "A", "", "column 5", "A",
                               NULL});
    expect(0, "A");
    expect(1, "A (2)");
    expect(2, "A (2) (2)");
    expect(3, "A (3)");
    expect(4, "column 5");
    expect(5, "column 5 (2)");
    expect(6, "A (4)");
}
END_TEST

START_TEST(a_later_name_may_stand_in_the_way)
{
    name((const char *const[]){"A (2)", "A (3)", "A", "A", "A", NULL});
    expect(3, "A (4)");
    expect(4, "A (5)");
}
END_TEST

START_TEST(many_equal_names)
{
    enum { MANY = 20000 };
    struct value *values = mem_alloc(MANY * sizeof *values);
    for (int i = 0; i < MANY; i++)
        values[i] = value_text("x", 1);
    columns_release(&columns);
    columns_name(&columns, values, MANY);
    expect(MANY - 1, "x (20000)");
    free(values);
    columns_release(&columns);
    columns_name(&columns, NULL, 2);
    expect(1, "column 2");
}
END_TEST

static void expect_near(const char *text, const char *wanted)
{
    const struct column *found = columns_nearest(&columns, text, strlen(text));
    if (wanted == NULL)
        ck_assert_ptr_null(found);
    else
        ck_assert_str_eq(found->name, wanted);
}

START_TEST(nearest_by_folded_key_then_by_distance)
{
    name((const char *const[]){"M\xC3\xA3 kh\xC3\xA1"
                               "ch h\xC3\xA0ng",
                               "T\xC3\xAAn kh\xC3\xA1"
                               "ch h\xC3\xA0ng",
                               "\xC4\x90i\xE1\xBB\x87n tho\xE1\xBA\xA1i", "Fax",
                               NULL});
    expect_near("ma khach hang", columns.all[0].name);
    expect_near("MA_KHACH_HANG", columns.all[0].name);
    expect_near("Ten khach han", columns.all[1].name);
    expect_near("Dien thoai:", columns.all[2].name);
    expect_near("fxa", "Fax");
    expect_near("Tên", columns.all[1].name);
    expect_near("Faxx", "Fax");
    expect_near("Email", NULL);
    expect_near("", NULL);
    ck_assert_int_eq(columns_find(&columns, "fax", 3), -1);
    ck_assert_int_eq(columns_find(&columns, "Fa", 2), -1);
}
END_TEST

START_TEST(places)
{
    static const struct {
        struct place place;
        const char *sheet, *text;
        int64_t number;
    } all[] = {
        {{.line = 42, .index = 41}, NULL, "42", 42},
        {{.line = 17, .index = 16, .sheet = 1}, "Sheet1", "Sheet1!17", 17},
        {{.index = 17}, NULL, "record 17", -17},
        {{.index = 3, .sheet = 2}, "B", "B!record 3", -3},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct buf out = {0};
        const struct place *place = &all[i].place;
        place_put(&out, place, all[i].sheet);
        ck_assert_str_eq(buf_text(&out), all[i].text);
        ck_assert_int_eq(place_number(place), all[i].number);
        struct place again = place_of(all[i].number, place->sheet);
        ck_assert_uint_eq(again.line, place->line);
        ck_assert_uint_eq(again.index, place->line > 0 ? 0 : place->index);
        ck_assert_uint_eq(again.sheet, place->sheet);
        buf_release(&out);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("row");
    TCase *t = tcase_create("row");
    tcase_add_test(t, names_are_cleaned);
    tcase_add_test(t, names_are_unique);
    tcase_add_test(t, a_later_name_may_stand_in_the_way);
    tcase_add_test(t, many_equal_names);
    tcase_add_test(t, nearest_by_folded_key_then_by_distance);
    tcase_add_test(t, places);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    columns_release(&columns);
    return n != 0;
}
