/* Packed sources: what comes out, in any steps, from any beginning; what is cut
 * or changed at any byte fails, or comes out as it was; names and limits. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "source/unpack.h"
#include "source/unpack/part.h"

static const char csv[] = "Mã,Tên\nKH01,Công ty A\nKH02,Công ty B\n";
static const char two[] = "Mã,Tên\nKH01,Công ty A\nKH02,Công ty B\nKH03,Ba\n";

static const struct sample {
    const char *name;
    const char *holds;
    enum packing packing;
    bool archive;
} samples[] = {
    {"kh.csv.gz", csv, PACKED_GZIP, false},
    {"two.csv.gz", two, PACKED_GZIP, false},
    {"kh.csv.bz2", csv, PACKED_BZIP2, false},
    {"two.csv.bz2", two, PACKED_BZIP2, false},
    {"kh.csv.xz", csv, PACKED_XZ, false},
    {"two.csv.xz", two, PACKED_XZ, false},
    {"kh.csv.zst", csv, PACKED_ZSTD, false},
    {"two.csv.zst", two, PACKED_ZSTD, false},
    {"one.zip", csv, PACKED_ZIP, true},
    {"cp437.zip", csv, PACKED_ZIP, true},
    {"one.tar", csv, PACKED_TAR, true},
    {"one.7z", csv, PACKED_7Z, true},
};

enum { SAMPLES = sizeof samples / sizeof *samples };

static void load(const char *name, struct buf *bytes)
{
    char path[256];
    snprintf(path, sizeof path, "tests/golden/packed-inputs/%s", name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    size_t got;
    do {
        got = fread(buf_reserve(bytes, 4096), 1, 4096, file);
        bytes->len += got;
    } while (got > 0);
    fclose(file);
}

static struct source *open_bytes(const char *bytes, size_t len,
                                 const struct unpacking *said, struct err *err)
{
    struct source *packed = source_memory(bytes, len);
    struct source *source = unpack_open(packed, said, err);
    if (source == NULL)
        source_close(packed);
    return source;
}

/* In steps of so many bytes; false: it fails. */
static bool read_all(struct source *source, size_t step, struct buf *out,
                     struct err *err)
{
    size_t got = 1;
    while (got > 0) {
        if (!source_read(source, buf_reserve(out, step), step, &got, err))
            return false;
        out->len += got;
    }
    return true;
}

static void expect(struct buf *seen, const char *text)
{
    ck_assert_str_eq(buf_text(seen), text);
    buf_clear(seen);
}

START_TEST(any_steps)
{
    static const size_t steps[] = {1, 2, 7, 40, 41, 42, 70000};
    const struct unpacking nothing = {0};
    const struct sample *sample = &samples[_i];
    struct buf bytes = {0}, seen = {0};
    struct err err;
    load(sample->name, &bytes);
    ck_assert_int_eq(unpack_kind(bytes.at, bytes.len), sample->packing);
    ck_assert(unpack_is_archive(sample->packing) == sample->archive);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct source *source = open_bytes(bytes.at, bytes.len, &nothing, &err);
        ck_assert_msg(source != NULL, "%s", err.text);
        ck_assert((unpack_member(source) != NULL) == sample->archive);
        ck_assert(read_all(source, steps[i], &seen, &err));
        expect(&seen, sample->holds);
        source_close(source);
    }
    buf_release(&bytes);
    buf_release(&seen);
}
END_TEST

/* Peeked at, read to the middle, begun anew, sought in, kept. */
START_TEST(any_beginning)
{
    const struct unpacking nothing = {0};
    const struct sample *sample = &samples[_i];
    struct buf bytes = {0}, seen = {0};
    struct err err;
    const char *head;
    char some[16];
    size_t len, got;
    load(sample->name, &bytes);
    struct source *source = open_bytes(bytes.at, bytes.len, &nothing, &err);
    ck_assert(source != NULL);
    ck_assert(source_read(source, some, 5, &got, &err));
    ck_assert(source_rewind(source, &err));
    ck_assert(source_peek(source, &head, &len, &err));
    ck_assert_mem_eq(head, sample->holds, len);
    ck_assert(read_all(source, 9, &seen, &err));
    expect(&seen, sample->holds);
    ck_assert(source_rewind(source, &err) && source_spool(source, &err));
    ck_assert_uint_eq(source_size(source), strlen(sample->holds));
    ck_assert(source_read_at(source, 9, some, 4, &got, &err));
    ck_assert_mem_eq(some, sample->holds + 9, 4);
    ck_assert(read_all(source, 11, &seen, &err));
    expect(&seen, sample->holds);
    ck_assert(source_rewind(source, &err) && read_all(source, 3, &seen, &err));
    expect(&seen, sample->holds);
    source_close(source);
    buf_release(&bytes);
    buf_release(&seen);
}
END_TEST

/* True: what came out is what was put in, or it failed, and was part of it. */
static bool holds_or_fails(const char *bytes, size_t len, const char *text,
                           bool *failed)
{
    const struct unpacking nothing = {0};
    struct buf seen = {0};
    struct err err;
    enum packing packing = unpack_kind(bytes, len);
    struct source *source =
        packing ? open_bytes(bytes, len, &nothing, &err) : NULL;
    *failed = source == NULL || !read_all(source, 64, &seen, &err);
    bool good = *failed || strcmp(buf_text(&seen), text) == 0;
    source_close(source);
    buf_release(&seen);
    return good;
}

START_TEST(any_byte_changed)
{
    const struct sample *sample = &samples[_i];
    struct buf bytes = {0};
    bool failed;
    load(sample->name, &bytes);
    if (sample->packing == PACKED_TAR)
        bytes.len = 512; /* what is in it has no checksum */
    for (size_t i = 0; i < bytes.len; i++) {
        bytes.at[i] ^= (char)(1 << i % 8);
        ck_assert_msg(
            sample->packing == PACKED_TAR ||
                holds_or_fails(bytes.at, bytes.len, sample->holds, &failed),
            "%s: byte %zu", sample->name, i);
        bytes.at[i] ^= (char)(1 << i % 8);
    }
    buf_release(&bytes);
}
END_TEST

START_TEST(any_length)
{
    const struct sample *sample = &samples[_i];
    struct buf bytes = {0};
    bool failed;
    load(sample->name, &bytes);
    /* A tar ends where its last member does; of the others any end is early,
     * but that of the first of two. */
    for (size_t len = 0; len < bytes.len && len < 550; len++) {
        bool good = holds_or_fails(bytes.at, len, sample->holds, &failed);
        if (sample->holds == csv && sample->packing != PACKED_TAR)
            ck_assert_msg(good && failed, "%s: %zu", sample->name, len);
        else if (sample->packing == PACKED_TAR && len > 0)
            ck_assert_msg(failed, "%s: %zu", sample->name, len);
    }
    buf_release(&bytes);
}
END_TEST

static const char *refusal(const char *name, struct unpacking said)
{
    static struct err err;
    struct buf bytes = {0}, seen = {0};
    load(name, &bytes);
    struct source *source = open_bytes(bytes.at, bytes.len, &said, &err);
    if (source != NULL && read_all(source, 8, &seen, &err))
        snprintf(err.text, sizeof err.text, "%s", buf_text(&seen));
    source_close(source);
    buf_release(&bytes);
    buf_release(&seen);
    return err.text;
}

START_TEST(limits_and_members)
{
    ck_assert_str_eq(
        refusal("kh.csv.gz", (struct unpacking){.max_unpacked = 40}),
        "memory: unpacks to more than 40 bytes; max_unpacked "
        "allows more");
    ck_assert_str_eq(
        refusal("kh.csv.gz", (struct unpacking){.max_unpacked = 41}), csv);
    ck_assert_str_eq(
        refusal("several.zip", (struct unpacking){.max_members = 2}),
        "memory: has more than 2 members; max_members allows more");
    ck_assert_str_eq(
        refusal("several.zip", (struct unpacking){.member = "a/kh.csv"}), csv);
    ck_assert_str_eq(
        refusal("several.zip", (struct unpacking){.member = "kh.csv"}), csv);
    ck_assert_str_eq(
        refusal("several.zip", (struct unpacking){.member = "*.txt"}), csv);
    ck_assert_str_eq(refusal("several.zip", (struct unpacking){.member = "kh"}),
                     "memory: has no member \"kh\", but: \"a/kh.csv\", "
                     "\"b/ncc.csv\", \"c/kh.txt\"");
    ck_assert_str_eq(
        refusal("utf8.zip", (struct unpacking){.member = "khách h?ng*"}), csv);
}
END_TEST

START_TEST(names)
{
    static const struct {
        const char *raw, *wanted;
        int rank;
    } rows[] = {
        {"kh.csv", NULL, 0},
        {"a/b/kh.csv", NULL, 0},
        {"README", NULL, 1},
        {"a/Readme.txt", NULL, 1},
        {"cover.PDF", NULL, 1},
        {"__MACOSX/kh.csv", NULL, -1},
        {"a/.DS_Store", NULL, -1},
        {"~$kh.xlsx", NULL, -1},
        {"kh.csv", "kh.csv", 0},
        {"a/kh.csv", "kh.csv", 1},
        {"a\\kh.csv", "kh.csv", 1},
        {"a/kh.csv", "*.csv", 2},
        {"a/kh.csv", "a/*", 2},
        {"a/kh.csv", "k?.csv", 2},
        {"a/kh.csv", "k?csv", -1},
        {"a/in.zip", "a/in.zip/kh.csv", 3},
        {"a/in.zip", "in.zip/kh.csv", -1},
        {"in.zip", "in.zipper", -1},
        {".hidden", ".hidden", 0},
        {"kh\xA0"
         "ch.csv",
         "kh\xC3\xA1"
         "ch.csv",
         0}, /* CP437 */
        {"kh\xE1"
         "ch.csv",
         "kh\xC3\xA1"
         "ch.csv",
         0}, /* CP1258 */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf name = {0};
        unpack_name(rows[i].raw, &name);
        ck_assert_msg(unpack_rank(rows[i].raw, buf_text(&name),
                                  rows[i].wanted) == rows[i].rank,
                      "row %zu: %s", i, buf_text(&name));
        buf_release(&name);
    }
}
END_TEST

/* A pattern of many stars takes no longer than the lengths' product. */
START_TEST(stars)
{
    struct buf name = {0}, wanted = {0};
    for (unsigned i = 0; i < 4000; i++)
        buf_putc(&name, 'a');
    for (unsigned i = 0; i < 100; i++)
        buf_puts(&wanted, "*a");
    buf_puts(&wanted, "*b");
    ck_assert_int_eq(
        unpack_rank(buf_text(&name), buf_text(&name), buf_text(&wanted)), -1);
    buf_release(&name);
    buf_release(&wanted);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("unpack");
    TCase *t = tcase_create("unpack");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, any_steps, 0, SAMPLES);
    tcase_add_loop_test(t, any_beginning, 0, SAMPLES);
    tcase_add_loop_test(t, any_byte_changed, 0, SAMPLES);
    tcase_add_loop_test(t, any_length, 0, SAMPLES);
    tcase_add_test(t, limits_and_members);
    tcase_add_test(t, names);
    tcase_add_test(t, stars);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
