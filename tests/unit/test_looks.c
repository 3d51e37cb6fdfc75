/* What bytes look like, and whether that fits what was said. */
#include <check.h>
#include <string.h>

#include "charset/charset.h"
#include "decode/encoding/looks.h"
#include "decode/encoding/misfit.h"

static const char *title(const char *text, size_t len)
{
    const struct looks *looks = looks_like(text, len, true);
    return looks != NULL ? looks->title : "nothing";
}

#define TITLE(text) title(text, sizeof(text) - 1)

START_TEST(bytes)
{
    ck_assert_str_eq(TITLE("Code,Name"), "UTF-8");
    ck_assert_str_eq(TITLE("C\xC3\xB4ng ty"), "UTF-8");
    ck_assert_str_eq(TITLE("C\xF4ng ty Hoa S\xE1ng"), "windows-1252");
    ck_assert_str_eq(TITLE("Nguy\xEA\xDEn Tr\xE2\xCCn"), "windows-1258");
    ck_assert_str_eq(TITLE("H\xB5 N\xE9i"), "TCVN3");
    ck_assert_str_eq(TITLE("25 m\xB2, n\xBA 5, \xABol\xE9\xBB"),
                     "windows-1252");
    ck_assert_str_eq(TITLE("C\xABng ty Nguy\xD4n V\xA8n"), "TCVN3");
    ck_assert_str_eq(TITLE("C\xF4ng ty Tr\xA5n V\xE5n \xD0\xD1"
                           "c, Qu\xA7n B\xECnh Th\xD5nh"),
                     "VISCII");
    ck_assert_str_eq(TITLE("\xCF\xF0\xE8\xE2\xE5\xF2"), "nothing");
    ck_assert_str_eq(TITLE("C\0o\0d\0e\0"), "UTF-16LE");
    ck_assert_str_eq(TITLE("\0C\0o\0d\0e"), "UTF-16BE");
}
END_TEST

/* What the head's end cuts is no damage, what the input's end cuts is. */
START_TEST(cut)
{
    const char *text = "C\xC3\xB4ng, Tr\xE1\xBA";
    ck_assert_uint_eq(letters_count(text, strlen(text), false).bad, 0);
    ck_assert_uint_eq(letters_count(text, strlen(text), true).bad, 2);
}
END_TEST

static void fits(const char *text, size_t len, const char *encoding,
                 const char *declared, bool marked, const char *said)
{
    struct misfit misfit =
        misfit_find(text, len, true, encoding, declared, marked);
    if (said == NULL)
        ck_assert_ptr_null(misfit.text);
    else
        ck_assert_str_eq(misfit.text, said);
    misfit_release(&misfit);
}

START_TEST(declared)
{
    static const char wide[] = "\0C\0o\0d\0e";
    fits(wide, 8, "UTF-16LE", "UTF-16LE", false,
         "it looks like UTF-16BE, and is read as UTF-16LE: is that encoding "
         "right?");
    fits(wide, 8, "UTF-16BE", "UTF-16", false, NULL);
    fits("Caf\xE9", 4, "cp1252", "cp1252", false, NULL);
    fits("Caf\xE9", 4, "ASCII", "ASCII", false,
         "it looks like windows-1252, and is read as ASCII: is that encoding "
         "right?");
    fits("x", 1, "UTF-16LE", "UCS-2", true, NULL);
    fits("x", 1, "UTF-16LE", "UNICODEBIG", true,
         "it begins with the mark of UTF-16LE, and is read so, not as "
         "UNICODEBIG");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("looks");
    TCase *tests = tcase_create("looks");
    tcase_add_test(tests, bytes);
    tcase_add_test(tests, cut);
    tcase_add_test(tests, declared);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
