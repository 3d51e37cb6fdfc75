/* Rows that a reader has decoded: what a mapping sees of them, what their
 * rejects say, and that both are the same when they are read again. */
#include <check.h>
#include <string.h>

#include "decode/cursor.h"
#include "decode/decoded.h"
#include "decode/nested.h"
#include "decode/rejected.h"

static struct arena arena;
static struct buf out;

static void setup(void)
{
    arena_init(&arena);
    buf_clear(&out);
}

static void teardown(void)
{
    arena_release(&arena);
    buf_release(&out);
}

static struct value text_value(const char *text)
{
    return value_text(text, strlen(text));
}

static const char *shown(const struct value *value)
{
    buf_clear(&out);
    value_json(&out, value);
    return buf_text(&out);
}

static struct value restored(const char *text, const char *type, bool trim)
{
    struct value cell = text_value(text), types = text_value(type);
    rejected_restore(&cell, 1, &types, trim, &arena);
    return cell;
}

START_TEST(cells_get_their_types_back)
{
    static const struct {
        const char *text, *letter, *is;
        enum value_type type;
    } all[] = {
        {"5", "i", "5", VALUE_INT},
        {"12.10", "d", "12.10", VALUE_DECIMAL},
        {"5", "d", "5", VALUE_DECIMAL},
        {" 12.50 ", "d", "12.50", VALUE_DECIMAL},
        {"100000000000000000000", "d", "100000000000000000000", VALUE_DECIMAL},
        {"0.5", "n", "0.5", VALUE_NUMBER},
        {"2", "n", "2", VALUE_NUMBER},
        {"true", "b", "true", VALUE_BOOL},
        {"[1,2.50]", "j", "[1,2.50]", VALUE_LIST},
        {"{\"a\":null}", "j", "{\"a\":null}", VALUE_MAP},
        {"", "z", "null", VALUE_NIL},
        {"true", "t", "\"true\"", VALUE_TEXT},
        /* What was changed into something else is text. */
        {"five", "i", "\"five\"", VALUE_TEXT},
        {"1.5", "i", "\"1.5\"", VALUE_TEXT},
        {"yes", "b", "\"yes\"", VALUE_TEXT},
        {"{broken", "j", "\"{broken\"", VALUE_TEXT},
        {"x", "z", "\"x\"", VALUE_TEXT},
        {"", "i", "\"\"", VALUE_TEXT},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct value cell = restored(all[i].text, all[i].letter, true);
        ck_assert_int_eq(cell.type, all[i].type);
        ck_assert_str_eq(shown(&cell), all[i].is);
    }
}
END_TEST

/* A number ends where its text does, whatever lay there before it. */
START_TEST(numbers_end_where_they_end)
{
    for (int round = 0; round < 3; round++) {
        arena_reset(&arena);
        for (int i = 0; i < 1000; i++) {
            static const char *const texts[] = {"0.123456789012345", "0.5",
                                                "2.5"};
            static const double numbers[] = {0.123456789012345, 0.5, 2.5};
            struct value cell = restored(texts[round], "n", true);
            ck_assert_double_eq(cell.number, numbers[round]);
        }
    }
}
END_TEST

START_TEST(nested_texts_are_made_ready_again)
{
    const char *text = "{\" a \":[\" x\",\"e\\u0302\"]}";
    struct value cell = restored(text, "j", true);
    ck_assert_str_eq(shown(&cell), "{\" a \":[\"x\",\"\xC3\xAA\"]}");
    cell = restored(text, "j", false);
    ck_assert_str_eq(shown(&cell), "{\" a \":[\" x\",\"\xC3\xAA\"]}");
}
END_TEST

START_TEST(types_that_fit)
{
    struct value types = text_value("tidnbjz");
    ck_assert(rejected_types(&types, 7));
    ck_assert(!rejected_types(&types, 6));
    types = text_value("record3");
    ck_assert(!rejected_types(&types, 7));
    types = text_value("");
    ck_assert(!rejected_types(&types, 1));
}
END_TEST

static bool reads(const char *text)
{
    struct value value;
    return nested_read(text, strlen(text), &arena, &value);
}

START_TEST(what_is_no_value)
{
    ck_assert(reads("{\"a\":1,\"b\":{\"a\":1}}"));
    ck_assert(!reads("{\"a\":1,\"b\":2,\"a\":3}"));
    ck_assert(!reads("{\"a\":1} 2"));
    ck_assert(!reads("{\"a\""));
    ck_assert(!reads(""));
    struct buf deep = {0};
    for (int depth = 1; depth <= VALUE_DEPTH + 1; depth++) {
        buf_clear(&deep);
        for (int i = 0; i < depth; i++)
            buf_putc(&deep, '[');
        for (int i = 0; i < depth; i++)
            buf_putc(&deep, ']');
        ck_assert(reads(buf_text(&deep)) == (depth <= VALUE_DEPTH));
    }
    buf_release(&deep);
}
END_TEST

START_TEST(no_more_parts_than_allowed)
{
    struct buf list = {0};
    buf_putc(&list, '[');
    for (unsigned i = 0; i < VALUE_PARTS; i++)
        buf_puts(&list, i > 0 ? ",1" : "1");
    buf_putc(&list, ']');
    ck_assert(reads(buf_text(&list)));
    list.len--;
    buf_puts(&list, ",1]");
    ck_assert(!reads(buf_text(&list)));
    buf_release(&list);
}
END_TEST

/* An input of three rows, by a format of this test alone. */

static int filled;

static enum step fill(struct input *input, struct chunk *chunk, struct err *err)
{
    (void)err;
    if (filled++ > 0)
        return STEP_END;
    struct place place = {.index = 1};
    decoded_add(chunk, place, 2)[0] = text_value(" a ");
    ((struct value *)chunk->decoded[0].cells)[1] = text_value("b");
    place.index = 2;
    const struct value both[] = {text_value("x"), text_value("y"),
                                 text_value("z")};
    struct value *wide = decoded_add(chunk, place, 3);
    memcpy(wide, both, sizeof both);
    place.index = 3;
    decoded_fault(input, chunk, place, both, 2, "is broken");
    return STEP_ITEM;
}

static const struct format format = {.fill = fill, .rows = &decoded_rows};
static struct column names[] = {{"A", 1}, {"B", 1}};
static struct input input = {.path = (char *)"t",
                             .format = &format,
                             .columns = {.all = names, .count = 2},
                             .named = true,
                             .typed = true,
                             .trim = true};

static const char *rejected(const struct row *row)
{
    buf_clear(&out);
    rejected_row(&out, &input, &row->origin);
    return buf_text(&out);
}

START_TEST(rows_and_their_rejects)
{
    struct cursor cursor;
    struct row row;
    struct err err;
    filled = 0;
    input.dialect = dialect_usual;
    cursor_open(&cursor, &input);
    ck_assert_int_eq(cursor_next(&cursor, &row, &err), STEP_ITEM);
    ck_assert_str_eq(shown(&row.cells[0]), "\"a\"");
    ck_assert_str_eq(rejected(&row), "\" a \",b,tt"); /* as it was */
    ck_assert_int_eq(cursor_next(&cursor, &row, &err), STEP_ITEM);
    ck_assert_str_eq(row.fault, "3 cells, the header has 2");
    ck_assert_str_eq(rejected(&row), "x,y," REJECTED_MARK);
    ck_assert_int_eq(cursor_next(&cursor, &row, &err), STEP_ITEM);
    ck_assert_str_eq(row.fault, "is broken");
    ck_assert_str_eq(rejected(&row), "x,y" REJECTED_MARK ",tt");
    for (int i = 0; i < 3; i++) /* and after the end it stays the end */
        ck_assert_int_eq(cursor_next(&cursor, &row, &err), STEP_END);
    cursor_close(&cursor);
}
END_TEST

/* What begins with '#' would be read back as a comment; elsewhere, and within
 * quotes, it begins none. */
static const struct {
    const char *first, *second, *file;
} hashes[] = {
    {"#", "b", "\"#\",b,tt"},
    {"# no", "b", "\"# no\",b,tt"},
    {"#1", "#2", "\"#1\",#2,tt"},
    {"# a,b", "c", "\"# a,b\",c,tt"},
    {"# \"a\"", "b", "\"# \"\"a\"\"\",b,tt"},
    {"a#", "# b", "a#,# b,tt"},
    {"", "# b", ",# b,tt"},
};

START_TEST(no_reject_is_a_comment)
{
    const struct value cells[] = {text_value(hashes[_i].first),
                                  text_value(hashes[_i].second)};
    const struct row row = {
        .origin = {.cells = cells, .len = 2, .decoded = true}};
    input.dialect = dialect_usual;
    ck_assert_str_eq(rejected(&row), hashes[_i].file);
    input.typed = false; /* a row that was filled from those above it */
    const char *end = strrchr(hashes[_i].file, ',');
    ck_assert_uint_eq(strlen(rejected(&row)), (size_t)(end - hashes[_i].file));
    ck_assert(strncmp(buf_text(&out), hashes[_i].file, out.len) == 0);
    input.typed = true;
}
END_TEST

int main(void)
{
    Suite *s = suite_create("decoded");
    TCase *c = tcase_create("decoded");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, cells_get_their_types_back);
    tcase_add_test(c, numbers_end_where_they_end);
    tcase_add_test(c, nested_texts_are_made_ready_again);
    tcase_add_test(c, types_that_fit);
    tcase_add_test(c, what_is_no_value);
    tcase_add_test(c, no_more_parts_than_allowed);
    tcase_add_test(c, rows_and_their_rejects);
    tcase_add_loop_test(c, no_reject_is_a_comment, 0,
                        sizeof hashes / sizeof *hashes);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
