/* Code pages: names, marks, patterns, and decoding in pieces of any size. */
#include <check.h>
#include <string.h>

#include "charset/charset.h"

START_TEST(names)
{
    ck_assert(charset_is_utf8("utf-8") && charset_is_utf8("UTF8"));
    ck_assert(!charset_is_utf8("UTF-16"));
    ck_assert(charset_known("windows-1258") && charset_known("VISCII"));
    ck_assert(charset_known("utf-8") && charset_known("shift_jis"));
    ck_assert(!charset_known("klingon"));
    ck_assert(!charset_known(""));
    ck_assert(!charset_known("windows-1258//TRANSLIT"));
    ck_assert(!charset_known("latin1,cp1258"));
}
END_TEST

START_TEST(marks)
{
    size_t mark;
    ck_assert_str_eq(charset_mark("\xEF\xBB\xBFx", 4, &mark), "UTF-8");
    ck_assert_uint_eq(mark, 3);
    ck_assert_str_eq(charset_mark("\xFF\xFEx\0", 4, &mark), "UTF-16LE");
    ck_assert_uint_eq(mark, 2);
    ck_assert_str_eq(charset_mark("\xFE\xFF\0x", 4, &mark), "UTF-16BE");
    ck_assert_str_eq(charset_mark("\xFF\xFE\0\0", 4, &mark), "UTF-32LE");
    ck_assert_str_eq(charset_mark("\0\0\xFE\xFF", 4, &mark), "UTF-32BE");
    ck_assert_ptr_null(charset_mark("abc", 3, &mark));
    ck_assert_uint_eq(mark, 0);
    ck_assert_ptr_null(charset_mark("\xEF\xBB", 2, &mark));
}
END_TEST

START_TEST(patterns)
{
    ck_assert_str_eq(charset_pattern("a\0b\0\n\0", 6), "UTF-16LE");
    ck_assert_str_eq(charset_pattern("\0a\0b\0\n", 6), "UTF-16BE");
    ck_assert_ptr_null(charset_pattern("a,b,c\n", 6));
    ck_assert_ptr_null(charset_pattern("a,b,c\n\0,2,3\n", 12));
    ck_assert_ptr_null(charset_pattern("", 0));
}
END_TEST

static const struct {
    const char *name;
    const char *bytes;
    size_t len;
    const char *text;
} decodings[] = {
    {"windows-1258", "C\xF4ng", 4, "C\xC3\xB4ng"},
    {"windows-1258", "\xEA\xDE", 2, "\xE1\xBB\x85"},
    {"windows-1258", "x\xD2y", 3, "x\xCC\x89y"},
    {"UTF-16LE", "a\0\xBF\x1E", 4, "a\xE1\xBA\xBF"},
    {"UTF-16BE", "\0a\x1E\xBF", 4, "a\xE1\xBA\xBF"},
    {"UTF-16LE", "\x3D\xD8\0\xDE", 4, "\xF0\x9F\x98\x80"},
    {"UTF-16LE", "a\0\0\xDCz\0", 6,
     "a\xFF"
     "00\xFF"
     "DCz"},
    {"UTF-16LE", "a\0b", 3,
     "a\xFF"
     "62"},
    {"UTF-32LE", "a\0\0\0\0\xD8\0\0", 8,
     "a\xFF"
     "00\xFF"
     "D8\xFF"
     "00\xFF"
     "00"},
    {"ASCII", "a\xE9z", 3,
     "a\xFF"
     "E9z"},
    {"windows-1252", "a\x81z\x80", 4,
     "a\xFF"
     "81z\xE2\x82\xAC"},
    {"shift_jis", "\x83\x65\x83", 3,
     "\xE3\x83\x86\xFF"
     "83"},
    {"ISO-8859-1", "", 0, ""},
};

static void decode_in_steps(const char *name, const char *bytes, size_t len,
                            size_t step, struct buf *out)
{
    struct transcoder transcoder;
    struct buf held = {0};
    ck_assert(transcoder_open(&transcoder, name));
    for (size_t at = 0; at < len || at == 0; at += step) {
        size_t more = len - at < step ? len - at : step;
        buf_add(&held, bytes + at, more);
        buf_reserve(&held, 1);
        size_t used = transcoder_decode(&transcoder, held.at, held.len,
                                        at + more == len, out);
        held.len -= used;
        memmove(held.at, held.at + used, held.len);
        if (len == 0)
            break;
    }
    ck_assert_uint_eq(held.len, 0);
    buf_release(&held);
    transcoder_close(&transcoder);
}

START_TEST(decodes_in_pieces)
{
    for (size_t step = 1; step <= 8; step++) {
        struct buf out = {0};
        decode_in_steps(decodings[_i].name, decodings[_i].bytes,
                        decodings[_i].len, step, &out);
        ck_assert_str_eq(buf_text(&out), decodings[_i].text);
        buf_release(&out);
    }
}
END_TEST

START_TEST(long_text_and_unknown_names)
{
    struct transcoder none = {0};
    char bytes[5000];
    struct buf out = {0};
    memset(bytes, 0xF4, sizeof bytes);
    decode_in_steps("windows-1258", bytes, sizeof bytes, 4096, &out);
    ck_assert_uint_eq(out.len, 2 * sizeof bytes);
    buf_clear(&out);
    memset(bytes, 0x81, sizeof bytes);
    decode_in_steps("windows-1252", bytes, sizeof bytes, 4096, &out);
    ck_assert_uint_eq(out.len, 3 * sizeof bytes);
    buf_release(&out);
    ck_assert(!transcoder_open(&none, "klingon"));
    transcoder_close(&none);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("charset");
    TCase *t = tcase_create("charset");
    tcase_add_test(t, names);
    tcase_add_test(t, marks);
    tcase_add_test(t, patterns);
    tcase_add_loop_test(t, decodes_in_pieces, 0,
                        sizeof decodings / sizeof *decodings);
    tcase_add_test(t, long_text_and_unknown_names);
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
