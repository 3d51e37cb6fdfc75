/* Code pages: names, marks, patterns, and decoding in pieces of any size. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "charset/charset.h"
#include "charset/page.h"

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

/* A line of a table, split at its tabs; the last fields may be missing. */
static unsigned split(char *line, char *fields[10])
{
    unsigned count = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (unsigned i = 0; i < 10; i++)
        fields[i] = "";
    while (count < 10 && line != NULL) {
        fields[count++] = line;
        line = strchr(line, '\t');
        if (line != NULL)
            *line++ = '\0';
    }
    return count;
}

static size_t from_hex(const char *hex, char *bytes)
{
    size_t len = strlen(hex) / 2;
    for (size_t i = 0; i < len; i++)
        bytes[i] =
            (char)(ascii_hex(hex[2 * i]) * 16 + ascii_hex(hex[2 * i + 1]));
    return len;
}

/* Columns of the table of letters, and what is read by them. */
static const struct {
    const char *name;
    unsigned column;
} letter_columns[] = {
    {"tcvn3", 3}, {"vni", 5},    {"viscii", 6},
    {"vps", 7},   {"cp1258", 8}, {"windows-1258", 9},
};

START_TEST(letters_have_their_bytes)
{
    FILE *file =
        fopen("tests/data/encodings/vietnamese_legacy_letters.tsv", "r");
    char line[256], *fields[10], bytes[8];
    unsigned met = 0;
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        struct buf out = {0};
        split(line, fields);
        size_t len = from_hex(fields[letter_columns[_i].column], bytes);
        if (len == 0)
            continue;
        decode_in_steps(letter_columns[_i].name, bytes, len, 1, &out);
        ck_assert_str_eq(buf_text(&out), fields[0]);
        buf_release(&out);
        met++;
    }
    fclose(file);
    ck_assert_uint_ge(met, 30);
}
END_TEST

/* The letter's place in the table has these bytes: the other way round. */
static bool table_has(unsigned column, const char *hex, const char *letter)
{
    FILE *file =
        fopen("tests/data/encodings/vietnamese_legacy_letters.tsv", "r");
    char line[256], *fields[10];
    bool found = false;
    while (fgets(line, sizeof line, file) != NULL) {
        split(line, fields);
        found |=
            strcmp(fields[0], letter) == 0 && strcmp(fields[column], hex) == 0;
    }
    fclose(file);
    return found;
}

/* Every byte that is a letter of Vietnamese beyond Latin-1's is one in the
 * table: of TCVN3, in that of TCVN 5712, whose small letters are the same. */
static const struct {
    const char *name;
    unsigned column;
} byte_columns[] = {{"tcvn3", 4}, {"viscii", 6}, {"vps", 7}};

START_TEST(bytes_have_their_letters)
{
    unsigned met = 0;
    for (unsigned byte = 1; byte < 0x100; byte++) {
        char bytes[] = {(char)byte}, hex[3];
        struct buf out = {0};
        snprintf(hex, sizeof hex, "%02X", byte);
        decode_in_steps(byte_columns[_i].name, bytes, 1, 1, &out);
        const char *text = buf_text(&out), *at = text;
        bool same = byte < 0x80 && text[0] == (char)byte;
        bool none = (unsigned char)text[0] == 0xFF || (text[0] & 0x80) == 0;
        int32_t rune = none ? 0 : utf8_next(&at, text + out.len);
        if (same || rune == 0 || rune == 0xA0 || page_is_mark(rune) ||
            (_i == 0 && byte < 0xA0))
            none = true; /* signs of Windows-1252 */
        else
            ck_assert(table_has(byte_columns[_i].column, hex, text));
        met += !none;
        buf_release(&out);
    }
    ck_assert_uint_ge(met, 88);
}
END_TEST

START_TEST(windows_1258_is_as_the_table_says)
{
    FILE *file = fopen("tests/data/encodings/cp1258_high_half.tsv", "r");
    char line[256], *fields[10], bytes[8];
    unsigned met = 0;
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        struct buf out = {0}, said = {0};
        split(line, fields);
        if (from_hex(fields[0], bytes) != 1 || strlen(fields[0]) != 2)
            continue;
        if (strncmp(fields[1], "U+", 2) == 0)
            utf8_put(&said, (int32_t)strtol(fields[1] + 2, NULL, 16));
        else
            charset_escape(&said, bytes[0]);
        decode_in_steps("windows-1258", bytes, 1, 1, &out);
        ck_assert_str_eq(buf_text(&out), buf_text(&said));
        buf_release(&out);
        buf_release(&said);
        met++;
    }
    fclose(file);
    ck_assert_uint_eq(met, 128);
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
    tcase_add_loop_test(t, letters_have_their_bytes, 0,
                        sizeof letter_columns / sizeof *letter_columns);
    tcase_add_loop_test(t, bytes_have_their_letters, 0,
                        sizeof byte_columns / sizeof *byte_columns);
    tcase_add_test(t, windows_1258_is_as_the_table_says);
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
