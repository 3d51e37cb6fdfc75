/* zip: archives as they are written, and as nobody should believe them. They
 * are made here, as no packer would make most of them. */
#include <check.h>
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "package/zip.h"

/* A member as it is to be written. */
struct made {
    const char *name;
    const char *text; /* NULL: `zeros` of them */
    size_t zeros;
    unsigned method, flags;
    int64_t size_by, packed_by, local_by, checksum_by, at_by; /* lies */
};

static struct buf archive, directory;
static unsigned members;
static struct source *source;
static struct err err;

static void begin(void)
{
    buf_clear(&archive);
    buf_clear(&directory);
    members = 0;
    source = NULL;
}

static void end(void)
{
    source_close(source);
}

static void put(struct buf *out, uint64_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        buf_putc(out, (char)(i < 8 ? number >> (8 * i) : 0));
}

static void pack(const char *text, size_t len, unsigned method, struct buf *out)
{
    struct isal_zstream stream;
    if (method != 8) {
        buf_add(out, text, len);
        return;
    }
    isal_deflate_stateless_init(&stream);
    stream.end_of_stream = 1;
    stream.next_in = (uint8_t *)(uintptr_t)text;
    stream.avail_in = (uint32_t)len;
    stream.next_out = (uint8_t *)buf_reserve(out, len + 1024);
    stream.avail_out = (uint32_t)len + 1024;
    ck_assert_int_eq(isal_deflate_stateless(&stream), COMP_OK);
    out->len += stream.total_out;
}

static void add(struct made made)
{
    size_t len = made.text ? strlen(made.text) : made.zeros, name = 0;
    char *text = mem_zero(1, len + 1);
    struct buf packed = {0};
    uint64_t at = archive.len;
    if (made.text != NULL)
        memcpy(text, made.text, len);
    name = strlen(made.name);
    pack(text, len, made.method, &packed);
    uint64_t checksum =
        crc32_gzip_refl(0, (uint8_t *)text, len) + (uint64_t)made.checksum_by;
    uint64_t lens[] = {packed.len + (uint64_t)made.packed_by,
                       len + (uint64_t)made.size_by};
    put(&archive, 0x04034B50, 4);
    put(&archive, 20, 2);
    put(&archive, made.flags, 2);
    put(&archive, made.method, 2);
    put(&archive, 0, 4);
    put(&archive, checksum, 4);
    put(&archive, lens[0], 4);
    put(&archive, lens[1] + (uint64_t)made.local_by, 4);
    put(&archive, name, 2);
    put(&archive, 0, 2);
    buf_puts(&archive, made.name);
    buf_add(&archive, packed.at, packed.len);
    put(&directory, 0x02014B50, 4);
    put(&directory, 20, 2);
    put(&directory, 20, 2);
    put(&directory, made.flags, 2);
    put(&directory, made.method, 2);
    put(&directory, 0, 4);
    put(&directory, checksum, 4);
    put(&directory, lens[0], 4);
    put(&directory, lens[1], 4);
    put(&directory, name, 2);
    put(&directory, 0, 2 + 2 + 2 + 2 + 4);
    put(&directory, at + (uint64_t)made.at_by, 4);
    buf_puts(&directory, made.name);
    buf_release(&packed);
    free(text);
    members++;
}

static void finish(void)
{
    uint64_t at = archive.len;
    buf_add(&archive, directory.at, directory.len);
    put(&archive, 0x06054B50, 4);
    put(&archive, 0, 4);
    put(&archive, members, 2);
    put(&archive, members, 2);
    put(&archive, directory.len, 4);
    put(&archive, at, 4);
    put(&archive, 0, 2);
}

static struct zip *open_archive(void)
{
    source_close(source);
    source = source_memory(archive.at, archive.len);
    return zip_open(source, &zip_usual, &err);
}

/* All of a part, read in steps; NULL: err says why not. */
static char *read_part(struct zip *zip, const char *name, size_t step)
{
    int at = zip_find(zip, name);
    struct buf all = {0};
    size_t got;
    ck_assert_int_ge(at, 0);
    struct zip_part *part = zip_part_open(zip, (unsigned)at, &err);
    if (part == NULL)
        return NULL;
    do {
        if (!zip_part_read(part, buf_reserve(&all, step), step, &got, &err)) {
            zip_part_close(part);
            buf_release(&all);
            return NULL;
        }
        all.len += got;
    } while (got > 0);
    ck_assert_uint_eq(all.len, zip_part_size(zip, (unsigned)at));
    zip_part_close(part);
    buf_putc(&all, '\0');
    return buf_detach(&all, &got);
}

static void reads(struct zip *zip, const char *name, const char *text)
{
    static const size_t steps[] = {1, 2, 7, 100, 65536};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char *all = read_part(zip, name, steps[i]);
        ck_assert_msg(all != NULL, "%s", err.text);
        ck_assert_str_eq(all, text);
        free(all);
    }
}

START_TEST(members_are_read)
{
    add((struct made){.name = "a/", .text = ""});
    add((struct made){.name = "a/One.xml", .text = "one one one", .method = 8});
    add((struct made){.name = "\\A\\two.xml", .text = "two"});
    add((struct made){.name = "none", .text = "", .method = 8});
    add((struct made){.name = "nothing", .text = ""});
    add((struct made){.name = "b\xE1\xBA\xA3ng 1%.xml", .text = "three"});
    finish();
    struct zip *zip = open_archive();
    ck_assert_msg(zip != NULL, "%s", err.text);
    ck_assert_int_eq(zip_count(zip), 5);
    ck_assert_str_eq(zip_name(zip, 0), "a/One.xml");
    reads(zip, "a/One.xml", "one one one");
    reads(zip, "/a/one.XML", "one one one");
    reads(zip, "a\\One.xml", "one one one");
    reads(zip, "a/two.xml", "two");
    reads(zip, "none", "");
    reads(zip, "nothing", "");
    reads(zip, "b%E1%ba%a3ng%201%.xml", "three");
    ck_assert_int_eq(zip_find(zip, "none%00"), -1);
    ck_assert_int_eq(zip_find(zip, "a"), -1);
    ck_assert_int_eq(zip_find(zip, "a/"), -1);
    ck_assert_int_eq(zip_find(zip, ""), -1);
    ck_assert_int_eq(zip_find(zip, "zzz"), -1);
    zip_close(zip);
}
END_TEST

START_TEST(the_very_name_goes_first)
{
    add((struct made){.name = "b", .text = "small"});
    add((struct made){.name = "B", .text = "great"});
    add((struct made){.name = "c", .text = "1"});
    add((struct made){.name = "c", .text = "2"});
    finish();
    struct zip *zip = open_archive();
    ck_assert(zip != NULL);
    reads(zip, "b", "small");
    reads(zip, "B", "great");
    ck_assert(read_part(zip, "C", 10) == NULL);
    ck_assert_str_eq(err.text,
                     "c stands in the archive twice: which one counts?");
    zip_close(zip);
}
END_TEST

/* Other bytes may stand behind an archive, but not before it: they may be
 * another one. */
START_TEST(moved)
{
    struct buf whole = {0};
    add((struct made){.name = "a", .text = "text"});
    finish();
    buf_puts(&archive, "PK");
    struct zip *zip = open_archive();
    ck_assert_msg(zip != NULL, "%s", err.text);
    reads(zip, "a", "text");
    zip_close(zip);
    buf_puts(&whole, "#!/bin/sh\nexit\n");
    buf_add(&whole, archive.at, archive.len);
    buf_release(&archive);
    archive = whole;
    ck_assert(open_archive() == NULL);
    ck_assert_str_eq(err.text, "15 bytes stand before it that are not its own "
                               "(another archive?); unpack it");
    ck_assert_int_eq(zip_tail(source), ZIP_TAIL_WHOLE);
    archive.at[archive.len - 2 - 18] = 1;
    ck_assert_int_eq(zip_tail(source), ZIP_TAIL_PART);
    archive.len -= 22;
    ck_assert(open_archive() == NULL);
    ck_assert_int_eq(zip_tail(source), ZIP_TAIL_NONE);
}
END_TEST

START_TEST(cut_off)
{
    add((struct made){.name = "a", .text = "text text text", .method = 8});
    add((struct made){.name = "b", .text = "text"});
    finish();
    for (size_t len = archive.len; len-- > 0;) {
        archive.len = len;
        ck_assert(open_archive() == NULL);
        ck_assert_int_eq(err.code, EXIT_INPUT);
    }
}
END_TEST

/* Wherever a bit is another one, nothing is read that nobody wrote. */
START_TEST(one_bit_wrong)
{
    add((struct made){.name = "a", .text = "text text text", .method = 8});
    add((struct made){.name = "b", .text = "text"});
    finish();
    for (size_t bit = 0; bit < archive.len * 8; bit++) {
        archive.at[bit / 8] ^= (char)(1 << bit % 8);
        struct zip *zip = open_archive();
        for (unsigned i = 0; zip != NULL && i < zip_count(zip); i++) {
            char *text = read_part(zip, zip_name(zip, i), 5);
            ck_assert(text == NULL || strncmp(text, "text", 4) == 0);
            free(text);
        }
        zip_close(zip);
        archive.at[bit / 8] ^= (char)(1 << bit % 8);
    }
}
END_TEST

static const struct {
    struct made made;
    const char *says; /* the beginning of the message */
} refused[] = {
    {{.name = "a", .text = "text", .method = 8, .size_by = 1},
     "a is damaged: it ends before its size is reached"},
    {{.name = "a", .text = "text", .method = 8, .size_by = -1},
     "a is damaged: there is more of it than its size"},
    {{.name = "a", .text = "text", .size_by = 1},
     "a is damaged: it ends before its size is reached"},
    {{.name = "a", .text = "text", .size_by = -1},
     "a is damaged: there is more of it than its size"},
    {{.name = "a", .text = "text", .method = 8, .packed_by = -1},
     "a is damaged: "},
    {{.name = "a", .text = "text", .method = 8, .local_by = 7},
     "a is damaged: what stands before it says something else than the "},
    {{.name = "a", .text = "text", .method = 8, .checksum_by = 1},
     "a is damaged: its checksum is another one"},
    {{.name = "a", .text = "text", .packed_by = 1},
     "a is damaged: it reaches into what stands after it"},
    {{.name = "a", .text = "text", .packed_by = 100000},
     "the archive is damaged: an entry of its directory says what cannot be"},
    {{.name = "a", .text = "text", .at_by = 4},
     "a reaches into what stands after it in the archive"},
    {{.name = "a", .text = "text", .flags = 1},
     "a is protected by a password: save it without one"},
    {{.name = "a", .text = "text", .method = 9},
     "a is packed by deflate64 (method 9): pack it as usual"},
    {{.name = "a", .text = "text", .method = 77},
     "a is packed by a method that is not known (method 77)"},
    {{.name = "a", .zeros = 65 << 20, .method = 8},
     "a has 68 157 440 bytes, packed to "},
};

START_TEST(lies_are_refused)
{
    add(refused[_i].made);
    finish();
    struct zip *zip = open_archive();
    char *text = zip == NULL ? NULL : read_part(zip, "a", 100);
    ck_assert(text == NULL);
    ck_assert_int_eq(err.code, EXIT_INPUT);
    ck_assert_msg(
        strncmp(err.text, refused[_i].says, strlen(refused[_i].says)) == 0,
        "%s", err.text);
    zip_close(zip);
}
END_TEST

START_TEST(members_that_overlap)
{
    add((struct made){.name = "a", .text = "text"});
    add((struct made){.name = "b", .text = "text", .at_by = -35});
    finish();
    ck_assert(open_archive() == NULL);
    ck_assert_int_eq(err.code, EXIT_INPUT);
}
END_TEST

START_TEST(all_parts_together)
{
    struct zip_limits limits = {.max_unpacked = 25, .max_ratio = 1};
    add((struct made){.name = "a", .text = "0123456789"});
    add((struct made){.name = "b", .text = "0123456789", .method = 8});
    add((struct made){.name = "c", .text = "0123456789", .method = 8});
    add((struct made){.name = "d", .text = "0123456789012345678901234567"});
    finish();
    source = source_memory(archive.at, archive.len);
    struct zip *zip = zip_open(source, &limits, &err);
    reads(zip, "a", "0123456789"); /* it counts once */
    reads(zip, "b", "0123456789");
    ck_assert(read_part(zip, "c", 100) == NULL);
    ck_assert_str_eq(err.text, "the archive's parts have more bytes unpacked "
                               "than max_unpacked (25)");
    ck_assert(read_part(zip, "d", 100) == NULL);
    ck_assert_str_eq(err.text,
                     "d has 28 bytes unpacked, more than max_unpacked (25)");
    zip_close(zip);
}
END_TEST

START_TEST(no_archive)
{
    buf_puts(&archive, "customer;name\n1;An\n2;Binh, and more of them\n");
    ck_assert(open_archive() == NULL);
    ck_assert_str_eq(err.text, "it is no zip archive");
    buf_clear(&archive);
    buf_putc(&archive, 'P');
    ck_assert(open_archive() == NULL);
    ck_assert_str_eq(err.text, "it is no zip archive");
}
END_TEST

START_TEST(many_members)
{
    char name[16];
    for (unsigned i = 0; i <= 1 << 16; i++) {
        snprintf(name, sizeof name, "%u", i);
        add((struct made){.name = name, .text = ""});
    }
    finish();
    ck_assert(open_archive() == NULL);
    ck_assert_str_eq(err.text, "the archive has 65 537 members, at most 65 536 "
                               "are read" ERR_FIXED);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("zip");
    TCase *zip = tcase_create("zip");
    tcase_add_checked_fixture(zip, begin, end);
    tcase_add_test(zip, members_are_read);
    tcase_add_test(zip, the_very_name_goes_first);
    tcase_add_test(zip, moved);
    tcase_add_test(zip, cut_off);
    tcase_add_test(zip, one_bit_wrong);
    tcase_add_loop_test(zip, lies_are_refused, 0,
                        sizeof refused / sizeof *refused);
    tcase_add_test(zip, members_that_overlap);
    tcase_add_test(zip, all_parts_together);
    tcase_add_test(zip, no_archive);
    tcase_add_test(zip, many_members);
    suite_add_tcase(suite, zip);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
