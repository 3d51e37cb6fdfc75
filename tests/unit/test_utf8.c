/* UTF-8: decoding and its limits, measures, white space, NFC against utf8proc,
 * case, plain letters and folded keys. */
#include "holds.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/case.h"
#include "base/mem.h"
#include "base/nfc.h"
#include "base/utf8.h"

static char *slurp(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    char *text = mem_alloc(1 << 20);
    *len = fread(text, 1, 1 << 20, file);
    fclose(file);
    return text;
}

static size_t encode(int32_t rune, char *to)
{
    return (size_t)utf8proc_encode_char(rune, (utf8proc_uint8_t *)to);
}

START_TEST(every_code_point_comes_back)
{
    for (int32_t rune = 0; rune <= 0x10FFFF; rune++) {
        if (rune >= 0xD800 && rune <= 0xDFFF)
            continue;
        char text[4];
        size_t len = encode(rune, text);
        const char *at = text, *end = text + len;
        HOLDS_SAYING(utf8_next(&at, end) == rune && at == end, "U+%04X",
                     (unsigned)rune);
        HOLDS_SAYING(utf8_last(text, &at) == rune && at == text, "U+%04X",
                     (unsigned)rune);
        HOLDS_SAYING(utf8_valid(text, len) == len, "U+%04X", (unsigned)rune);
        for (size_t cut = 1; cut < len; cut++)
            HOLDS_SAYING(utf8_valid(text, cut) == 0, "U+%04X, cut at %zu",
                         (unsigned)rune, cut);
    }
}
END_TEST

static const struct {
    const char *text;
    size_t valid; /* offset of the first invalid byte */
    int steps;    /* calls of utf8_next to the end */
} broken[] = {
    {"\x80", 0, 1},
    {"a\xC0\x80", 1, 3},        /* overlong */
    {"\xE0\x80\x80", 0, 3},     /* overlong: no subpart fits */
    {"\xED\xA0\x80", 0, 3},     /* surrogate */
    {"\xF0\x80\x80\x80", 0, 4}, /* overlong */
    {"\xF4\x90\x80\x80", 0, 4}, /* above 10FFFF */
    {"\xF5\x80\x80\x80", 0, 4}, /* no lead at all */
    {"\xE1\xBA", 0, 1},         /* cut: one maximal subpart */
    {"\xE1\xBA\x41", 0, 2},     /* the letter stands */
    {"\xF0\x90\x80\x41", 0, 2}, /* three bytes, one subpart */
    {"abcdefgh\xFFxyz", 8, 12}, /* after a word of ASCII */
    {"\xE1\xBA\xBF\xE1\xBA\xBF\xC3", 6, 3},
};

START_TEST(broken_text_is_found_where_it_breaks)
{
    const char *text = broken[_i].text, *at = text;
    const char *end = text + strlen(text);
    int steps = 0;
    ck_assert_uint_eq(utf8_valid(text, strlen(text)), broken[_i].valid);
    for (; at < end; steps++)
        utf8_next(&at, end);
    ck_assert_int_eq(steps, broken[_i].steps);
    ck_assert_ptr_eq(at, end);
}
END_TEST

START_TEST(decoder_test_file_agrees_with_utf8proc)
{
    size_t len;
    char *text = slurp("tests/data/encodings/kuhn_UTF-8-test.txt", &len);
    const char *at = text, *end = text + len;
    while (at < end) {
        utf8proc_int32_t rune;
        utf8proc_ssize_t step =
            utf8proc_iterate((const utf8proc_uint8_t *)at, end - at, &rune);
        bool valid = step > 0;
        const char *here = at;
        int32_t ours = utf8_next(&at, end);
        ck_assert_int_eq(ours >= 0, valid);
        if (valid)
            ck_assert_int_eq(ours, rune);
        ck_assert(at > here && at <= end);
    }
    free(text);
}
END_TEST

START_TEST(measures)
{
    const char *text = "a\xE1\xBA\xBF\xF0\x9F\x98\x80";
    ck_assert_uint_eq(utf8_units(text, strlen(text)), 4);
    ck_assert_uint_eq(utf8_runes(text, strlen(text)), 3);
    ck_assert_uint_eq(utf8_units("", 0), 0);
}
END_TEST

static const struct {
    const char *text;
    size_t units, cut;
} cuts[] = {
    {"abc", 3, 3},
    {"abc", 2, 2},
    {"abc", 0, 0},
    {"", 0, 0},
    {"\xE1\xBA\xBF\xE1\xBA\xBF", 1, 3},
    {"a\xF0\x9F\x98\x80", 2, 1}, /* half a pair does not fit */
    {"a\xF0\x9F\x98\x80", 3, 5},
    {"xe\xCC\x82\xCC\x81y", 2, 1}, /* marks stay with the base */
    {"xe\xCC\x82\xCC\x81y", 3, 1},
    {"xe\xCC\x82\xCC\x81y", 4, 6},
    {"e\xCC\x82", 1, 0},
};

START_TEST(cut_splits_nothing)
{
    ck_assert_uint_eq(
        utf8_cut(cuts[_i].text, strlen(cuts[_i].text), cuts[_i].units),
        cuts[_i].cut);
}
END_TEST

static const struct {
    const char *text, *trimmed;
} trims[] = {
    {"", ""},
    {"  \t\r\n\v\f ", ""},
    {" a b ", "a b"},
    {"\xC2\xA0 x\xE3\x80\x80", "x"},
    {"\xEF\xBB\xBFx\xE2\x80\x8B\xE2\x81\xA0", "x"},
    {"\xE1\x9A\x80\xE1\xBA\xBF\xC2\x85", "\xE1\xBA\xBF"},
    {"\xE2\x80\xA8z\xE2\x81\x9F", "z"},
    {"\xE2\x80\x8Cz", "\xE2\x80\x8Cz"}, /* a joiner is no blank */
};

START_TEST(trims_every_kind_of_blank)
{
    const char *start = trims[_i].text, *end = start + strlen(start);
    utf8_trim(&start, &end);
    ck_assert_uint_eq((size_t)(end - start), strlen(trims[_i].trimmed));
    ck_assert_mem_eq(start, trims[_i].trimmed, (size_t)(end - start));
}
END_TEST

typedef void transform(struct buf *out, const char *text, size_t len);

static void expect(transform *change, const char *text, const char *wanted)
{
    struct buf out = {0};
    buf_puts(&out, "kept:");
    change(&out, text, strlen(text));
    ck_assert_str_eq(buf_text(&out) + 5, wanted);
    buf_release(&out);
}

static bool same(const struct buf *out, const char *text, size_t len)
{
    return out->len == len && (len == 0 || !memcmp(out->at, text, len));
}

static void expect_nfc(const char *text, size_t len)
{
    struct buf out = {0};
    utf8proc_uint8_t *wanted = NULL;
    utf8proc_ssize_t wanted_len =
        utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len,
                     &wanted, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    HOLDS(wanted_len >= 0);
    utf8_nfc(&out, text, len);
    HOLDS_SAYING(same(&out, (const char *)wanted, (size_t)wanted_len),
                 "NFC of \"%.*s\"", (int)len, text);
    if (utf8_is_nfc(text, len))
        HOLDS_SAYING(same(&out, text, len), "\"%.*s\" is NFC", (int)len, text);
    free(wanted);
    buf_release(&out);
}

START_TEST(nfc_of_every_code_point_and_its_decomposition)
{
    for (int32_t rune = 1; rune <= 0x10FFFF; rune++) {
        char text[64];
        utf8proc_int32_t parts[32];
        int boundclass = 0;
        if (rune >= 0xD800 && rune <= 0xDFFF)
            continue;
        expect_nfc(text, encode(rune, text));
        utf8proc_ssize_t count = utf8proc_decompose_char(
            rune, parts, 32, UTF8PROC_DECOMPOSE, &boundclass);
        size_t len = 0;
        for (utf8proc_ssize_t i = 0; i < count; i++)
            len += encode(parts[i], text + len);
        expect_nfc(text, len);
    }
}
END_TEST

/* What may stand in a text that is hard to normalise. */
static const int32_t hard[] = {
    'a',    'e',   ' ',    0xEA,    0x1EC5, 0x323,  0x302,  0x301,  0x31B,
    0x345,  0x338, 0x1100, 0x1161,  0x11A8, 0xAC00, 0x3099, 0x304B, 0x212B,
    0x2000, 0x9BE, 0x9C7,  0x1F600, 0x958,  0xFB1D, 0x5BF,  0x3D3,  0x1E9B,
};

START_TEST(nfc_of_random_text)
{
    srand(7);
    for (int round = 0; round < 20000; round++) {
        char text[256];
        size_t len = 0;
        int count = rand() % 40;
        for (int i = 0; i < count; i++)
            len += encode(hard[(size_t)rand() % (sizeof hard / sizeof *hard)],
                          text + len);
        expect_nfc(text, len);
    }
}
END_TEST

static void put_many(struct buf *text, int32_t rune, int count)
{
    for (int i = 0; i < count; i++)
        utf8_put(text, rune);
}

/* utf8proc's own order costs the square of the marks, so it is asked about a
 * small flood; of a large one it is known what comes out. */
START_TEST(nfc_of_a_flood_of_marks)
{
    enum { SMALL = 2000, LARGE = 60000 };
    struct buf text = {0}, wanted = {0}, out = {0};
    buf_putc(&text, 'a');
    for (int i = 0; i < LARGE / 2; i++) {
        put_many(&text, 0x323, 1);
        put_many(&text, 0x301, 1);
        if (i == SMALL / 2)
            expect_nfc(text.at, text.len);
    }
    put_many(&wanted, 0x1EA1, 1);
    put_many(&wanted, 0x323, LARGE / 2 - 1);
    put_many(&wanted, 0x301, LARGE / 2);
    utf8_nfc(&out, text.at, text.len);
    ck_assert(same(&out, wanted.at, wanted.len));
    buf_release(&text);
    buf_release(&wanted);
    buf_release(&out);
}
END_TEST

START_TEST(nfc_of_three_spellings)
{
    expect(utf8_nfc, "e\xCC\x82\xCC\x83", "\xE1\xBB\x85");
    expect(utf8_nfc, "\xC3\xAA\xCC\x83", "\xE1\xBB\x85");
    expect(utf8_nfc, "\xE1\xBB\x85", "\xE1\xBB\x85");
    expect(utf8_nfc, "", "");
    ck_assert(utf8_is_nfc("C\xC3\xB4ng ty \xE1\xBB\x85", 12));
    ck_assert(!utf8_is_nfc("e\xCC\x82", 3));
}
END_TEST

START_TEST(letter_case)
{
    expect(utf8_upper, "nguyễn đức ß", "NGUYỄN ĐỨC ß");
    expect(utf8_lower, "NGUYỄN ĐỨC", "nguyễn đức");
    expect(utf8_title, "công ty cổ phần SỮA vIỆT-nam",
           "Công Ty Cổ Phần Sữa "
           "Việt-Nam");
    expect(utf8_title, "o'brien 3m", "O'brien 3m");
    expect(utf8_upper, "", "");
    expect(utf8_title, "", "");
}
END_TEST

START_TEST(plain_letters)
{
    expect(utf8_ascii, "Đặng Thị Ước", "Dang Thi Uoc");
    expect(utf8_ascii, "\xC3\x90\xC3\xB0\xC6\x89\xC9\x96", "DdDd");
    expect(utf8_ascii, "e\xCC\x82\xCC\x83x", "ex");
    expect(utf8_ascii, "Й 中 €", "Й 中 €");
}
END_TEST

START_TEST(folded_keys)
{
    expect(utf8_fold, "  Mã  khách-hàng (*): ", "ma khach hang");
    expect(utf8_fold, "MÃ\nKHÁCH\xC2\xA0HÀNG", "ma khach hang");
    expect(utf8_fold, "Đ/c", "d c");
    expect(utf8_fold, "dia_chi1", "dia chi1");
    expect(utf8_fold, "(*)", "");
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("utf8");
    TCase *t = tcase_create("utf8");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, every_code_point_comes_back);
    tcase_add_loop_test(t, broken_text_is_found_where_it_breaks, 0,
                        sizeof broken / sizeof *broken);
    tcase_add_test(t, decoder_test_file_agrees_with_utf8proc);
    tcase_add_test(t, measures);
    tcase_add_loop_test(t, cut_splits_nothing, 0, sizeof cuts / sizeof *cuts);
    tcase_add_loop_test(t, trims_every_kind_of_blank, 0,
                        sizeof trims / sizeof *trims);
    tcase_add_test(t, nfc_of_every_code_point_and_its_decomposition);
    tcase_add_test(t, nfc_of_random_text);
    tcase_add_test(t, nfc_of_a_flood_of_marks);
    tcase_add_test(t, nfc_of_three_spellings);
    tcase_add_test(t, letter_case);
    tcase_add_test(t, plain_letters);
    tcase_add_test(t, folded_keys);
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
