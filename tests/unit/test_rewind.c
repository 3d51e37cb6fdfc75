/* Reading an input a second time: the same rows, whatever the format, and
 * however far the first reading came. */
#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "decode/csv/csv.h"
#include "decode/cursor.h"

static struct err err;
static struct buf wanted, seen;

static void setup(void)
{
    buf_clear(&wanted);
    buf_clear(&seen);
}

/* At most `max` rows as text, and where they stand. */
static void read_rows(struct input *input, unsigned max, struct buf *out)
{
    struct cursor cursor;
    struct row row;
    cursor_open(&cursor, input);
    while (max-- > 0 && cursor_next(&cursor, &row, &err) == STEP_ITEM) {
        buf_addf(out, "%llu #%llu %s ", (unsigned long long)row.place.line,
                 (unsigned long long)row.place.index,
                 row.fault ? row.fault : "");
        for (unsigned i = 0; row.fault == NULL && i < row.width; i++) {
            buf_putc(out, '[');
            buf_add(out, row.cells[i].text, row.cells[i].len);
            buf_putc(out, ']');
        }
        buf_putc(out, '\n');
    }
    cursor_close(&cursor);
}

static struct input *open_path(char *path)
{
    struct spec spec = {.path = path};
    return input_open(&spec, &err);
}

/* Each with so many rows read before it is rewound, and then once more. */
static void expect_the_same(char *path)
{
    static const unsigned first[] = {0, 1, 7, 100000};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        struct input *input = open_path(path);
        if (input == NULL)
            return; /* no input at all: other tests say why */
        const struct column *columns = input->columns.all;
        setup();
        struct input *whole = open_path(path);
        read_rows(whole, 100000, &wanted);
        input_close(whole);
        read_rows(input, first[i], &seen);
        for (int again = 0; again < 2; again++) {
            ck_assert_msg(input_rewind(input, &err), "%s: %s", path, err.text);
            ck_assert_ptr_eq(input->columns.all, columns);
            buf_clear(&seen);
            read_rows(input, 100000, &seen);
            ck_assert_str_eq(buf_text(&seen), buf_text(&wanted));
        }
        input_close(input);
    }
}

START_TEST(every_sample)
{
    static const char *const patterns[] = {"tests/data/encodings/*.*",
                                           "tests/data/csv/*.csv",
                                           "tests/data/csv/spectrum/*.csv"};
    /* Not byte by byte: a footer is looked for again at each chunk's end. */
    static const size_t chunks[] = {0, 13, 100, 4096};
    size_t usual = csv_limits.chunk, count = 0;
    for (size_t i = 0; i < 3; i++) {
        glob_t found;
        if (glob(patterns[i], 0, NULL, &found) != 0)
            continue;
        csv_limits.chunk = chunks[_i] > 0 ? chunks[_i] : usual;
        for (size_t n = 0; n < found.gl_pathc; n++, count++)
            expect_the_same(found.gl_pathv[n]);
        globfree(&found);
    }
    ck_assert_uint_ge(count, 20);
}
END_TEST

static char path[] = "/tmp/fastsync-rewind-XXXXXX";

static void write_file(const char *text)
{
    FILE *file = fopen(path, "wb");
    fputs(text, file);
    fclose(file);
}

static void begin_file(const char *text)
{
    memcpy(path + strlen(path) - 6, "XXXXXX", 6);
    close(mkstemp(path));
    write_file(text);
}

/* Larger than the head that is kept. */
START_TEST(larger_than_the_head)
{
    struct buf text = {0};
    buf_puts(&text, "Code;Name\n");
    for (unsigned i = 0; i < 40000; i++)
        buf_addf(&text, "K%u;\"Công ty;\n số %u\"\n", i, i);
    begin_file(buf_text(&text));
    expect_the_same(path);
    unlink(path);
    buf_release(&text);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("rewind");
    TCase *c = tcase_create("rewind");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, NULL);
    tcase_add_loop_test(c, every_sample, 0, 4);
    tcase_add_test(c, larger_than_the_head);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    buf_release(&wanted);
    buf_release(&seen);
    return n != 0;
}
