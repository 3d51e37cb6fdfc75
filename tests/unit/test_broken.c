/* Rows that a line end has broken: the same ones are found whatever the chunks'
 * size, in short runs and in inputs of short rows alone. */
#include <check.h>

#include "decode/csv/csv.h"
#include "rows_dump.h"

static struct spec spec;
static struct buf seen, wanted;

static void setup(void)
{
    spec_init(&spec);
    spec.path = mem_text("t.csv");
    buf_clear(&seen);
    buf_clear(&wanted);
}

static void teardown(void)
{
    spec_release(&spec);
    buf_release(&seen);
    buf_release(&wanted);
}

static unsigned count(const struct buf *text, const char *what)
{
    unsigned found = 0;
    for (const char *at = buf_text((struct buf *)(uintptr_t)text);
         (at = strstr(at, what)) != NULL; at++)
        found++;
    return found;
}

/* Chunks of every size give what the largest one gives. */
static void compare(const struct buf *text)
{
    csv_limits.chunk = CHUNK_BYTES;
    buf_clear(&wanted);
    dump_bytes(&spec, text->at, text->len, &wanted);
    for (size_t chunk = 1; chunk < text->len + 20; chunk += 1 + chunk / 9) {
        csv_limits.chunk = chunk;
        buf_clear(&seen);
        dump_bytes(&spec, text->at, text->len, &seen);
        size_t at = 0;
        while (at < wanted.len && seen.at[at] == wanted.at[at])
            at++;
        ck_assert_msg(seen.len == wanted.len && at == wanted.len,
                      "chunks of %zu bytes:\n%.200s\nnot\n%.200s\nof\n%.900s",
                      chunk, buf_text(&seen) + at, buf_text(&wanted) + at,
                      text->at);
    }
}

static const char *const lines[] = {
    "K1,An,12 Tran",
    "Phu,x",
    "Phu",
    "K2,Binh,a,b",
    "KH1,An",
    "KH2,An,x",
    "\"q\nr\",1",
    "x,\"s\r\nt\",y",
    "",
    "",
    ",,",
    "# by hand",
    "----,----",
    "a,b,c,d",
    "Total,5",
    "Mai,\"12 Le\"",
    "m,n",
    "o,p",
    "Loi, 5,,",
    "\"bad\" x,y",
};

START_TEST(any_rows_in_any_chunks)
{
    static const char *const ends[] = {"\n", "\n", "\r\n", "\r", "\r\r\n"};
    struct buf text = {0};
    unsigned kinds = sizeof lines / sizeof *lines;
    srand((unsigned)_i + 1);
    for (int round = 0; round < 60; round++) {
        unsigned of = rand() % 3 ? kinds : 3;
        buf_clear(&text);
        buf_puts(&text, "a,b,c,d\n0,0,0,0\n");
        for (int i = rand() % 40; i > 0; i--)
            buf_addf(&text, "%s%s", lines[(unsigned)rand() % of],
                     ends[rand() % 5]);
        compare(&text);
    }
    buf_release(&text);
}
END_TEST

/* None of two hundred broken rows is given, at the end of a chunk or not. */
START_TEST(every_row_is_broken)
{
    struct buf text = {0};
    buf_puts(&text, "a,b,c,d\n");
    for (int i = 0; i < 200; i++)
        buf_puts(&text, "K1,An,12 Tran\nPhu,x\n");
    compare(&text);
    ck_assert_uint_eq(count(&wanted, "may be one row"), 400);
    buf_release(&text);
}
END_TEST

/* Rows that end early, of one kind, are rows. */
START_TEST(every_row_ends_early)
{
    struct buf text = {0};
    buf_puts(&text, "a,b,c\n");
    for (int i = 0; i < 200; i++)
        buf_addf(&text, "KH%d,An\n", i);
    compare(&text);
    ck_assert_uint_eq(count(&wanted, "may be one row"), 0);
    ck_assert_uint_eq(count(&wanted, "[An] <"), 200);
    buf_release(&text);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("broken");
    TCase *t = tcase_create("broken");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, any_rows_in_any_chunks, 0, 8);
    tcase_add_test(t, every_row_is_broken);
    tcase_add_test(t, every_row_ends_early);
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
