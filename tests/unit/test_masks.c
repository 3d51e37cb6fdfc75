/* Every way to make masks, every byte, every place, against the obvious. */
#include "holds.h"

#include <check.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/masks.h"

enum { BLOCK = 64, BLOCKS = MASKS_BLOCKS };

static char bytes[BLOCKS * BLOCK];
static struct marks marks;

/* Many of those that are asked for, some at random. */
static void fill(void)
{
    static const char wanted[] = "\n\r\t,;\"'\\&?\x7F\x1F\x80\xB8\xBB\xBF"
                                 "\xC2\xC3\xC6\xC7\xE1\xE2\xFF\xBC\xC0 ~\x20";
    static const char each[] = ",;\t|&?\n'\"\\";
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] =
            rand() % 2 ? (char)rand() : wanted[(size_t)rand() % sizeof wanted];
    marks.delimiter = each[(size_t)rand() % (sizeof each - 1)];
    marks.quote = each[(size_t)rand() % (sizeof each - 1)];
    marks.escape = each[(size_t)rand() % (sizeof each - 1)];
}

static bool is_mark(char byte)
{
    return byte == marks.delimiter || byte == marks.quote ||
           byte == marks.escape;
}

static void add(uint64_t *mask, bool truth, unsigned at)
{
    *mask |= (uint64_t)truth << at;
}

static struct masks obvious(const char *at)
{
    struct masks masks = {0};
    for (unsigned i = 0; i < BLOCK; i++) {
        unsigned char byte = (unsigned char)at[i];
        bool control = byte < 0x20;
        add(&masks.events, control || is_mark(at[i]), i);
        add(&masks.special,
            control || byte == 0x7F || byte == '"' || byte == '\\' ||
                byte == '&' || byte == '?',
            i);
        add(&masks.nul, byte == 0, i);
        add(&masks.high, byte >= 0x80, i);
        add(&masks.tails, byte >= 0x80 && byte <= 0xBF, i);
        add(&masks.two, byte >= 0xC3 && byte <= 0xC6, i);
        add(&masks.three, byte == 0xE1, i);
        add(&masks.latin, byte >= 0xB8 && byte <= 0xBB, i);
    }
    return masks;
}

static uint64_t obvious_ends(const char *at)
{
    uint64_t mask = 0;
    for (unsigned i = 0; i < BLOCK; i++)
        add(&mask,
            at[i] == '\n' || at[i] == '\r' || at[i] == marks.quote ||
                at[i] == marks.escape,
            i);
    return mask;
}

static void compare(const struct masks_way *way)
{
    struct masks masks[BLOCKS];
    uint64_t ends[BLOCKS];
    size_t count = 1 + (size_t)rand() % BLOCKS;
    way->all(bytes, marks, masks, count);
    way->ends(bytes, marks, ends, count);
    for (size_t i = 0; i < count; i++) {
        struct masks wanted = obvious(bytes + i * BLOCK);
        HOLDS_SAYING(masks[i].events == wanted.events, "%s", way->name);
        HOLDS_SAYING(masks[i].special == wanted.special, "%s", way->name);
        HOLDS_SAYING(masks[i].nul == wanted.nul, "%s", way->name);
        HOLDS_SAYING(masks[i].high == wanted.high, "%s", way->name);
        HOLDS_SAYING(masks[i].tails == wanted.tails, "%s", way->name);
        HOLDS_SAYING(masks[i].two == wanted.two, "%s", way->name);
        HOLDS_SAYING(masks[i].three == wanted.three, "%s", way->name);
        HOLDS_SAYING(masks[i].latin == wanted.latin, "%s", way->name);
        HOLDS_SAYING(ends[i] == obvious_ends(bytes + i * BLOCK), "%s",
                     way->name);
    }
}

START_TEST(all_ways_agree)
{
    srand(5);
    for (int round = 0; round < 4000; round++) {
        fill();
        for (const struct masks_way *const *way = masks_ways(); *way; way++)
            compare(*way);
    }
}
END_TEST

/* A block of ASCII asks nothing of UTF-8. */
START_TEST(ascii_is_plain)
{
    memset(bytes, 'a', sizeof bytes);
    for (const struct masks_way *const *way = masks_ways(); *way; way++)
        compare(*way);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("masks");
    TCase *tests = tcase_create("masks");
    tcase_add_test(tests, all_ways_agree);
    tcase_add_test(tests, ascii_is_plain);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
