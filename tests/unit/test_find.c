/* A text in a text: the same answer as by trying every place, over texts that
 * repeat themselves in all ways; and in a time that does not multiply. */
#include "text/find.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *by_trying(const char *in, size_t len, const char *what,
                             size_t what_len)
{
    for (size_t at = 0; at + what_len <= len; at++)
        if (memcmp(in + at, what, what_len) == 0)
            return in + at;
    return NULL;
}

static uint64_t state = 1;

static unsigned chance(unsigned below)
{
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (unsigned)(state >> 33) % below;
}

/* Of few letters, and mostly a shorter text again and again. */
static void fill(char *text, size_t len, unsigned letters)
{
    size_t period = 1 + chance(12);
    for (size_t i = 0; i < len; i++)
        text[i] = i >= period && chance(40) != 0
                      ? text[i - period]
                      : (char)('a' + chance(letters));
}

START_TEST(as_by_trying)
{
    enum { LONGEST = 300 };
    char in[LONGEST], what[LONGEST];
    unsigned there = 0;
    for (int i = 0; i < 300000; i++) {
        size_t len = chance(LONGEST), what_len = chance(90);
        fill(in, len, 2);
        if (what_len < len && chance(2) == 0)
            memcpy(what, in + chance((unsigned)(len - what_len)), what_len);
        else
            fill(what, what_len, 2);
        if (what_len > 0 && chance(4) == 0)
            what[chance((unsigned)what_len)] = 'b';
        const char *right = by_trying(in, len, what, what_len);
        there += right != NULL && what_len > 40;
        if (find_text(in, len, what, what_len) != right)
            ck_abort_msg("%.*s in %.*s", (int)what_len, what, (int)len, in);
    }
    ck_assert_uint_gt(there, 1000);
}
END_TEST

START_TEST(edges)
{
    const char *text = "abc";
    ck_assert_ptr_eq(find_text(text, 3, "", 0), text);
    ck_assert_ptr_eq(find_text(text, 0, "", 0), text);
    ck_assert_ptr_null(find_text(text, 0, "a", 1));
    ck_assert_ptr_eq(find_text(text, 3, "c", 1), text + 2);
    ck_assert_ptr_null(find_text(text, 2, "c", 1));
    ck_assert_ptr_null(find_text(text, 3, "abcd", 4));
    ck_assert_int_eq(find_text("a\0b", 3, "\0b", 2)[1], 'b');
}
END_TEST

/* By trying every place, days. */
START_TEST(soon)
{
    enum { MB = 1 << 20 };
    char *in = malloc(16 * MB), *what = malloc(8 * MB);
    memset(in, 'a', 16 * MB);
    for (int end = 0; end < 2; end++) {
        memset(what, 'a', 8 * MB);
        what[end ? 8 * MB - 1 : 0] = 'b';
        ck_assert_ptr_null(find_text(in, 16 * MB, what, 8 * MB));
        what[4 * MB] = 'b';
        ck_assert_ptr_null(find_text(in, 16 * MB, what, 8 * MB));
    }
    free(in);
    free(what);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("find");
    TCase *t = tcase_create("find");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, as_by_trying);
    tcase_add_test(t, edges);
    tcase_add_test(t, soon);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
