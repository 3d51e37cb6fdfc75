/* matching: a folder that may not be read is named, whatever is found beside
 * it. Root may read all, so the test is somebody else meanwhile. */
#define _DEFAULT_SOURCE /* seteuid */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "decode/paths/matching.h"

enum { NOBODY = 65534 };

static char folder[] = "/tmp/fastsync-matching-XXXXXX";

static char *in_folder(const char *name)
{
    return mem_format("%s/%s", folder, name);
}

static void make(const char *name, mode_t mode)
{
    char *path = in_folder(name);
    ck_assert_int_eq(mkdir(path, 0755), 0);
    char *inside = mem_format("%s/kh.csv", path);
    FILE *file = fopen(inside, "w");
    ck_assert_ptr_nonnull(file);
    fclose(file);
    ck_assert_int_eq(chmod(path, mode), 0);
    free(inside);
    free(path);
}

static void begin(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chmod(folder, 0755), 0);
    make("a", 0755);
    make("b", 0);
    make("c", 0);
    if (geteuid() == 0)
        ck_assert_int_eq(seteuid(NOBODY), 0);
}

static void end(void)
{
    ck_assert_int_eq(seteuid(getuid()), 0);
    char *line = mem_format("chmod -R u+rwx %s && rm -r %s", folder, folder);
    ck_assert_int_eq(system(line), 0);
    free(line);
}

static void look(const char *name, bool finds, const char *unread)
{
    glob_t found;
    struct matching matching;
    char *pattern = in_folder(name);
    char *wanted = unread ? in_folder(unread) : NULL;
    ck_assert_int_eq(matching_find(pattern, &found, &matching), finds);
    ck_assert_uint_eq(found.gl_pathc, finds ? 1 : 0);
    ck_assert(!matching.many);
    ck_assert_ptr_null(matching.kept);
    ck_assert_pstr_eq(matching.unread, wanted);
    ck_assert_int_eq(matching.why, unread ? EACCES : 0);
    globfree(&found);
    free(matching.unread);
    free(pattern);
    free(wanted);
}

START_TEST(folders_that_may_not_be_read)
{
    look("*/k*.csv", true, "b");
    look("[bc]/k*", false, "b");
    look("c/k*", false, "c");
    look("a/k*", true, NULL);
    look("a/x*", false, NULL);
    look("none/k*", false, NULL);
    look("a/kh.csv/*", false, NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("matching");
    TCase *matching = tcase_create("matching");
    tcase_add_checked_fixture(matching, begin, end);
    tcase_add_test(matching, folders_that_may_not_be_read);
    suite_add_tcase(suite, matching);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
