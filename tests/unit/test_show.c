/* test_show.c: what may steer a terminal is shown, and nothing else. */
#include "holds.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/screen/aligned.h"
#include "base/screen/show.h"
#include "base/utf8.h"

static struct buf out;

static const char *shown(const char *text, size_t len)
{
    buf_clear(&out);
    show_add(&out, text, len);
    return buf_text(&out);
}

static const char *shown_text(const char *text)
{
    return shown(text, strlen(text));
}

static const char *json(const char *text)
{
    buf_clear(&out);
    show_json(&out, text, strlen(text));
    return buf_text(&out);
}

/* What must not come out, told otherwise than show.c tells it. */
static bool steers(int32_t rune)
{
    static const int32_t marks[] = {0x061C, 0x200E, 0x200F, 0x2028, 0x2029,
                                    0x202A, 0x202B, 0x202C, 0x202D, 0x202E,
                                    0x2066, 0x2067, 0x2068, 0x2069, 0x206A,
                                    0x206B, 0x206C, 0x206D, 0x206E, 0x206F};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (rune == marks[i])
            return true;
    return rune <= 0x1F || (rune >= 0x7F && rune <= 0x9F);
}

START_TEST(every_character)
{
    for (int32_t rune = 0; rune <= 0x10FFFF; rune++) {
        struct buf text = {0};
        char wanted[16];
        if (rune >= 0xD800 && rune <= 0xDFFF)
            continue;
        utf8_put(&text, rune);
        if (steers(rune))
            snprintf(wanted, sizeof wanted, "\\u{%X}", (unsigned)rune);
        else
            snprintf(wanted, sizeof wanted, "%s", buf_text(&text));
        HOLDS(rune == 0 || strcmp(shown(text.at, text.len), wanted) == 0);
        HOLDS(show_plain(text.at, text.len) == (steers(rune) ? 0 : text.len));
        buf_release(&text);
    }
}
END_TEST

START_TEST(bytes_that_are_no_characters)
{
    ck_assert_str_eq(shown_text("a\x9b"
                                "31mb"),
                     "a\\x9B31mb");
    ck_assert_str_eq(shown_text("\xc2"), "\\xC2");
    ck_assert_str_eq(shown_text("\xe1\xbb"), "\\xE1\\xBB");
    ck_assert_str_eq(shown_text("\xe1\xbb\x1b["), "\\xE1\\xBB\\u{1B}[");
    ck_assert_str_eq(shown_text("\xc0\x9b"), "\\xC0\\x9B"); /* too long */
    ck_assert_str_eq(shown_text("\xe0\x82\x9b"), "\\xE0\\x82\\x9B");
    ck_assert_str_eq(shown_text("\xed\xa0\x80"), "\\xED\\xA0\\x80");
    ck_assert_str_eq(shown_text("\xf4\x90\x80\x80"), "\\xF4\\x90\\x80\\x80");
    ck_assert_str_eq(shown_text("\xff\xfe"), "\\xFF\\xFE");
}
END_TEST

START_TEST(texts)
{
    static const char plain[] = "Công ty Bình Minh, \\u{1B} 日本 🏢 e\xcc\x81";
    ck_assert_str_eq(shown_text(plain), plain);
    ck_assert_str_eq(shown_text(""), "");
    ck_assert_str_eq(shown("a\0b", 3), "a\\u{0}b");
    ck_assert_str_eq(shown_text("\x1b]0;x\a\r\n\t\x7f"),
                     "\\u{1B}]0;x\\u{7}\\u{D}\\u{A}\\u{9}\\u{7F}");
    /* Again it stays as it is. */
    char *once = strdup(shown_text("\xe2\x80\xae\xff\x1b"));
    ck_assert_str_eq(once, "\\u{202E}\\xFF\\u{1B}");
    ck_assert_str_eq(shown_text(once), once);
    free(once);
    buf_clear(&out);
    show_linef(&out, "%s\n%d", "a\nb", 1);
    ck_assert_str_eq(buf_text(&out), "a\\u{A}b\\u{A}1\n");
}
END_TEST

START_TEST(json_is_read_back)
{
    ck_assert_str_eq(json("{\"a\":\"\\u001b\"}\n{}\n"),
                     "{\"a\":\"\\u001b\"}\n{}\n");
    ck_assert_str_eq(json("\"\x7f\xc2\x9b\xe2\x80\xae\xe2\x80\xa8ộ\""),
                     "\"\\u007f\\u009b\\u202e\\u2028ộ\"");
    ck_assert_str_eq(json("\"\xff\xe1\xbb\""), "\"\\\\xFF\\\\xE1\\\\xBB\"");
}
END_TEST

START_TEST(columns)
{
    buf_clear(&out);
    ck_assert_uint_eq(aligned_width("a\x1b[1m", 40), 10);
    aligned_put(&out, "a\x1b[1m", 10);
    aligned_put(&out, "a\x1b[1m", 9); /* no escape is cut in its middle */
    aligned_put(&out, "ab\x1b[1m", 7);
    aligned_end(&out);
    ck_assert_str_eq(buf_text(&out), "a\\u{1B}[1m  a\\u{1B}[…  ab…\n");
}
END_TEST

START_TEST(errors)
{
    struct err err;
    err_set(&err, EXIT_USAGE, "%s: no", "a\x1b\n");
    ck_assert_str_eq(err.text, "a\\u{1B}\\u{A}: no");
    err_prefix(&err, "%s", "\xff");
    ck_assert_str_eq(err.text, "\\xFF: a\\u{1B}\\u{A}: no");
    /* What is cut is cut between two characters. */
    for (int lead = 0; lead < 4; lead++) {
        char text[3 * 400 + 8];
        size_t len = 0;
        for (int i = 0; i < lead; i++)
            text[len++] = 'x';
        for (int i = 0; i < 400; i++, len += 3)
            memcpy(text + len, "ộ", 3);
        text[len] = '\0';
        err_set(&err, EXIT_USAGE, "%s", text);
        len = strlen(err.text);
        ck_assert_uint_eq(utf8_valid(err.text, len), len);
        ck_assert_uint_gt(len, sizeof err.text - 8);
        ck_assert_str_eq(err.text + len - 3, "...");
        ck_assert_ptr_null(strchr(err.text, '\\'));
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("show");
    TCase *t = tcase_create("show");
    tcase_add_test(t, every_character);
    tcase_add_test(t, bytes_that_are_no_characters);
    tcase_add_test(t, texts);
    tcase_add_test(t, json_is_read_back);
    tcase_add_test(t, columns);
    tcase_add_test(t, errors);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    buf_release(&out);
    return n != 0;
}
