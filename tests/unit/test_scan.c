/* Block masks: every question, every byte, every place, against the obvious. */
#include "holds.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/nfc.h"
#include "base/scan.h"
#include "base/utf8.h"

static char bytes[64];

static void fill(void)
{
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(rand() % 256);
}

#define EXPECT(mask, truth)                                                    \
    do {                                                                       \
        uint64_t wanted = 0;                                                   \
        for (unsigned i = 0; i < 64; i++) {                                    \
            unsigned char byte = (unsigned char)bytes[i];                      \
            wanted |= (uint64_t)((truth) != 0) << i;                           \
        }                                                                      \
        HOLDS_SAYING((mask) == wanted, "%s: %llx, not %llx", #truth,           \
                     (unsigned long long)(mask), (unsigned long long)wanted);  \
    } while (0)

START_TEST(masks_say_what_bytes_are)
{
    srand(3);
    for (int round = 0; round < 4000; round++) {
        fill();
        unsigned char c = (unsigned char)(round % 256);
        unsigned char d = (unsigned char)rand();
        bytes[rand() % 64] = (char)c;
        struct scan_block block = scan_load(bytes);
        struct scan_block is = scan_is(&block, (char)c);
        EXPECT(scan_mask(is), byte == c);
        EXPECT(scan_mask(scan_or(is, scan_is(&block, (char)d))),
               byte == c || byte == d);
        EXPECT(scan_mask(scan_bits_are(&block, 0xFC, c & 0xFC)),
               (byte & 0xFC) == (c & 0xFC));
        EXPECT(scan_mask(scan_control(&block)), byte < 0x20);
        EXPECT(scan_mask(scan_tail(&block)), (byte & 0xC0) == 0x80);
        EXPECT(scan_high(&block), byte >= 0x80);
    }
}
END_TEST

/* Of words: what is from a byte on, below it, in one set and not in another. */
START_TEST(sets_of_words)
{
    char sixteen[sizeof(scan_word)];
    srand(3);
    for (int round = 0; round < 20000; round++) {
        unsigned limit = 1 + (unsigned)rand() % 255;
        uint64_t from = 0, below = 0, but = 0;
        scan_word word;
        for (size_t i = 0; i < sizeof sixteen; i++) {
            unsigned byte = rand() % 3 ? (unsigned)rand() & 0xFF
                                       : limit + (unsigned)rand() % 3 - 1;
            sixteen[i] = (char)byte;
            byte &= 0xFF;
            from |= (uint64_t)(byte >= limit) << i;
            below |= (uint64_t)(byte < limit) << i;
            but |= (uint64_t)(byte > limit) << i;
        }
        memcpy(&word, sixteen, sizeof word);
        scan_word high = scan_word_from(word, (unsigned char)limit);
        HOLDS(scan_word_mask(high) == from);
        HOLDS(scan_word_mask(scan_word_below(word, (unsigned char)limit)) ==
              below);
        HOLDS(scan_word_mask(
                  scan_word_but(high, scan_word_is(word, (char)limit))) == but);
    }
}
END_TEST

START_TEST(first_is_the_lowest)
{
    for (unsigned i = 0; i < 64; i++)
        ck_assert_uint_eq(scan_first(UINT64_C(1) << i | UINT64_C(1) << 63), i);
}
END_TEST

START_TEST(texts_of_any_length)
{
    char text[200];
    for (size_t len = 0; len < sizeof text; len++) {
        memset(text, 'x', sizeof text);
        HOLDS(!(scan_text(text, len) & SCAN_WIDE));
        HOLDS(!(scan_text(text, len) & SCAN_SPECIAL));
        for (size_t at = 0; at < sizeof text; at++) {
            text[at] = (char)0xC3;
            HOLDS(((scan_text(text, len) & SCAN_WIDE) != 0) == (at < len));
            HOLDS(!(scan_text(text, len) & SCAN_SPECIAL));
            text[at] = "\"\\\n\x1F&?\x7F\xC2\xE2"[at % 9];
            HOLDS(((scan_text(text, len) & SCAN_SPECIAL) != 0) == (at < len));
            HOLDS(!(scan_text(text, len) & SCAN_WIDE) || text[at] < 0);
            text[at] = "x~ %"[at % 4];
            HOLDS(!(scan_text(text, len) & SCAN_SPECIAL));
        }
    }
}
END_TEST

/* What is not odd is UTF-8 in NFC; plain Vietnamese is not odd. */
static const char *const letters[] = {
    "a",
    "xyz ",
    "\xC3\xB4",
    "\xC6\xB0",
    "\xE1\xBB\x85",
    "\xE1\xBA\xA1",
    "\xC4\x91",
    "\xCC\x83",
    "\xE1\x84\x80",
    "\xE2\x80\x93",
    "\xE1\xBB",
    "\x80",
    "\xC0\xAF",
    "\xF0\x9F\x98\x80",
    "\xED\xA0\x80",
    "\xE1\xBC\x85",
};

START_TEST(what_is_not_odd_is_nfc)
{
    enum { COMMON = 7 };
    srand(5);
    for (int round = 0; round < 20000; round++) {
        struct buf text = {0}, nfc = {0};
        size_t kinds = round % 2 ? COMMON : sizeof letters / sizeof *letters;
        for (int i = rand() % 60; i >= 0; i--)
            buf_puts(&text, letters[(size_t)rand() % kinds]);
        bool odd = (scan_text(text.at, text.len) & SCAN_ODD) != 0;
        HOLDS(!(odd && kinds == COMMON));
        utf8_nfc(&nfc, text.at, text.len);
        if (!odd) {
            HOLDS(utf8_valid(text.at, text.len) == text.len);
            HOLDS(nfc.len == text.len && !memcmp(nfc.at, text.at, nfc.len));
        }
        buf_release(&text);
        buf_release(&nfc);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("scan");
    TCase *t = tcase_create("scan");
    tcase_add_test(t, masks_say_what_bytes_are);
    tcase_add_test(t, sets_of_words);
    tcase_add_test(t, first_is_the_lowest);
    tcase_add_test(t, texts_of_any_length);
    tcase_add_test(t, what_is_not_odd_is_nfc);
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
