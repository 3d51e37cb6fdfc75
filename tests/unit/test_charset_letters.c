/* The letters of Vietnamese in its code pages, both ways, by tables that others
 * wrote. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "charset/charset.h"
#include "charset/page.h"
#include "decode_steps.h"

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

/* The other way round, where a letter is one byte or two: what reads as a
 * letter of the table stands in it so, and once. */
static const struct {
    const char *name;
    unsigned column, other; /* windows-1258 has some with and without a mark */
    unsigned met; /* strings that are letters: each of the table once */
} pair_columns[] = {{"vni", 5, 5, 134}, {"cp1258", 8, 9, 150}};

/* VNI reads a mark in the other case than its letter's as well. */
static bool is_mixed_case(const char *bytes)
{
    bool capital = (bytes[0] & 0x20) == 0, mark = (bytes[1] & 0x20) == 0;
    return capital != mark;
}

START_TEST(pairs_have_their_letters)
{
    const char *name = pair_columns[_i].name;
    unsigned met = 0;
    for (unsigned pair = 0x80; pair < 0x10000; pair++) {
        const char both[] = {(char)(pair >> 8), (char)pair};
        size_t len = pair < 0x100 ? 1 : 2;
        char hex[5];
        struct buf out = {0};
        snprintf(hex, sizeof hex, len == 1 ? "%02X" : "%04X", pair);
        if ((both[1] & 0x80) != 0)
            decode_in_steps(name, both + 2 - len, len, 2, &out);
        const char *letter = buf_text(&out);
        if (utf8_runes(letter, out.len) == 1 && table_has(0, letter, letter) &&
            (_i != 0 || len == 1 || !is_mixed_case(both))) {
            ck_assert_msg(table_has(pair_columns[_i].column, hex, letter) ||
                              table_has(pair_columns[_i].other, hex, letter),
                          "%s is %s in %s", hex, letter, name);
            met++;
        }
        buf_release(&out);
    }
    ck_assert_uint_eq(met, pair_columns[_i].met);
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

static Suite *suite(void)
{
    Suite *s = suite_create("charset_letters");
    TCase *t = tcase_create("charset_letters");
    tcase_add_loop_test(t, letters_have_their_bytes, 0,
                        sizeof letter_columns / sizeof *letter_columns);
    tcase_add_loop_test(t, bytes_have_their_letters, 0,
                        sizeof byte_columns / sizeof *byte_columns);
    tcase_add_loop_test(t, pairs_have_their_letters, 0,
                        sizeof pair_columns / sizeof *pair_columns);
    tcase_add_test(t, windows_1258_is_as_the_table_says);
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
