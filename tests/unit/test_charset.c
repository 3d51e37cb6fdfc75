/* Code pages: names, marks, patterns, and decoding in pieces of any size. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "charset/charset.h"
#include "decode_steps.h"

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
    ck_assert_str_eq(charset_pattern("a\0\0\0,\0\0\0\xC7\x1E\0\0\n\0\0\0", 16),
                     "UTF-32LE");
    ck_assert_str_eq(charset_pattern("\0\0\0a\0\0\0,\0\0\x1E\xC7\0\0\0\n", 16),
                     "UTF-32BE");
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
    {"windows-1258", "a\xEC\xEC\xF2", 4, "\xC3\xA1\xCC\x81\xCC\xA3"},
    {"windows-1258", "\xCC\xD5\xF2\x81", 4,
     "\xCC\x80\xE1\xBB\xA2\xFF"
     "81"},
    {"viscii", "\x02y", 2, "\xE1\xBA\xB2y"},
    {"VPS", "a\xDFy", 3,
     "a\xFF"
     "DFy"},
    {"VNI", "caf\xE9, \x93n\xB0 1\x94", 12,
     "caf\xFF"
     "E9, \xE2\x80\x9Cn\xC2\xB0 1\xE2\x80\x9D"},
    {"vni-windows", "a\xD9 A\xF9 \xD4\xF9 \xEC\xCD", 11,
     "\xC3\xA1 \xC3\x81 \xE1\xBB\x9A \xC3\xAC\xC3\x8D"},
    {"viqr", "Vie^.t Nam, DDu+o+`ng Ddi\\. ho`a\\", 33,
     "Vi\xE1\xBB\x87t Nam, \xC4\x90\xC6\xB0\xE1\xBB\x9Dng \xC4\x90i. "
     "h\xC3\xB2"
     "a\\"},
    {"VIQR", "a\xE9z", 3,
     "a\xFF"
     "E9z"},
    {"ncr", "Vi&#7879;t &#x1Ec5; &amp; &#44; &#150; \xC3\xB4 &#12", 46,
     "Vi\xE1\xBB\x87t \xE1\xBB\x85 &amp; &#44; \xE2\x80\x93 \xC3\xB4 "
     "&#12"},
    {"NCR", "&#xD800; &#1114112; &#99999999999; &#; \xE1\xBB", 41,
     "&#xD800; &#1114112; &#99999999999; &#; \xFF"
     "E1\xFF"
     "BB"},
};

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

/* Capitals with tones, which TCVN3 has not, by the phrase they stand in. */
static const struct {
    const char *name, *bytes, *text;
} raised[] = {
    {"tcvn3", "C\xA4NG TY C\xE6 PH\xC7N", "CÔNG TY CỔ PHẦN"},
    {"tcvn3", "TP. H\xE5 Ch\xDD Minh", "TP. Hồ Chí Minh"},
    {"tcvn3", "H\xB5, Ph\xF3, Hu\xD5", "Hà, Phú, Huế"},
    {"tcvn3", "C\xABng ty VI\xD6T H\xB5", "Công ty VIỆT Hà"},
    {"tcvn3",
     "S\xF7"
     "A 10, T\xF3",
     "SỮA 10, Tú"},
    {"tcvn3", "HU\xB8, HO\xC0", "HUÁ, HOẮ"},
    {"tcvn3", "M\xB7 KH", "Mã KH"},
    {"tcvn3", "CTY TNHH H\xB5 T\xF3", "CTY TNHH Hà Tú"},
    {"tcvn3", "HA\xB3 Ha\xB0", "HÁ Hà"},
    {"TCVN3-H", "c\xABng ty c\xE6 ph\xC7n 1", "CÔNG TY CỔ PHẦN 1"},
};

START_TEST(tcvn3_capitals)
{
    size_t len = strlen(raised[_i].bytes);
    for (size_t step = 1; step <= len; step++) {
        struct buf out = {0};
        decode_in_steps(raised[_i].name, raised[_i].bytes, len, step, &out);
        ck_assert_str_eq(buf_text(&out), raised[_i].text);
        buf_release(&out);
    }
}
END_TEST

START_TEST(names_of_vietnamese_pages)
{
    static const char *const known[] = {
        "tcvn3",        "ABC",         "tcvn",   "TCVN-3",  "TCVN3-H", "vni",
        "VNI-Windows",  "VNI_Windows", "viscii", "VPS",     "viqr",    "cp1258",
        "Windows-1258", "ncr",         "utf-32", "utf-16be"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        ck_assert(charset_known(known[i]));
    ck_assert(!charset_known("vni2"));
    ck_assert(!charset_known("-"));
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
    tcase_add_test(t, names_of_vietnamese_pages);
    tcase_add_loop_test(t, tcvn3_capitals, 0, sizeof raised / sizeof *raised);
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
