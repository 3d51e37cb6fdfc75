/* What a script may read: where a name leads, also while somebody changes what
 * lies there; and the secrets that are struck out of what it says. */
#include <check.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/secrets.h"
#include "source/reach.h"

static char home[32];
static struct reach reach = {.folder = "job/"};

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void set_up(void)
{
    snprintf(home, sizeof home, "/tmp/fastsync-reach-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(home));
    ck_assert_int_eq(chdir(home), 0);
    ck_assert_int_eq(mkdir("job", 0755) | mkdir("job/in", 0755) |
                         mkdir("job/in/deep", 0755) | mkdir("other", 0755) |
                         mkdir("job2", 0755),
                     0);
    write_file("job/a", "inside");
    write_file("job/in/a", "inside");
    write_file("job/in/deep/a", "inside");
    write_file("other/a", "outside");
    write_file("job2/a", "outside");
    ck_assert_int_eq(symlink("../other", "job/far") |
                         symlink("in/deep", "job/near") |
                         symlink("../job2/a", "job/b"),
                     0);
}

static void tear_down(void)
{
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", home);
    FILE *pipe = popen(command, "r");
    ck_assert_ptr_nonnull(pipe);
    pclose(pipe);
}

/* The code of the failure, or EXIT_DONE. */
static int code_of(const char *path)
{
    struct err err = {.code = EXIT_DONE};
    int fd = reach_open(&reach, path, &err);
    ck_assert_int_eq(fd >= 0, err.code == EXIT_DONE);
    if (fd >= 0)
        close(fd);
    return (int)err.code;
}

static void try_all(void)
{
    static const struct {
        const char *path;
        int code;
    } all[] = {
        {"job/a", EXIT_DONE},
        {"job/near/a", EXIT_DONE},
        {"job/near/../a", EXIT_DONE}, /* of in/, as the kernel goes */
        {"job/near/../../a", EXIT_DONE},
        {"job/../job/./a", EXIT_DONE},
        {"job/near/../../../other/a", EXIT_USAGE},
        {"job/b", EXIT_USAGE},
        {"job2/a", EXIT_USAGE}, /* the folder's name goes on */
        {"job/far/a", EXIT_USAGE},
        {"job/far/../job/a", EXIT_DONE},
        {"job/far/../job2/a", EXIT_USAGE},
        {"/proc/self/environ", EXIT_USAGE},
        {"/dev/null", EXIT_USAGE},
        {"/", EXIT_USAGE},
        {".", EXIT_USAGE},
        {"job", EXIT_USAGE}, /* it lies in the folder above */
        {"job/", EXIT_INPUT},
        {"job/in", EXIT_INPUT},
        {"job/in/.", EXIT_INPUT},
        {"job/in/..", EXIT_INPUT},
        {"job/none", EXIT_INPUT},
        {"job/none/a", EXIT_INPUT},
        {"job/a/a", EXIT_INPUT},
        {"job/a/", EXIT_INPUT},
        {"", EXIT_INPUT},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_msg(code_of(all[i].path) == all[i].code, "%s: %d",
                      all[i].path, code_of(all[i].path));
}

START_TEST(test_where)
{
    try_all();
}
END_TEST

START_TEST(test_granted)
{
    struct grants grants = {.folders = {.count = 0}};
    reach.grants = &grants;
    ck_assert(place_add(&grants.files, "other/a"));
    ck_assert(!place_add(&grants.folders, "nowhere"));
    write_file("other/b", "outside");
    ck_assert_int_eq(code_of("job/far/a"), EXIT_DONE);
    ck_assert_int_eq(code_of("job/far/b"), EXIT_USAGE);
    ck_assert(place_add(&grants.folders, "job/far"));
    ck_assert_int_eq(code_of("other/b"), EXIT_DONE);
    ck_assert_int_eq(code_of("job2/a"), EXIT_USAGE);
    ck_assert(place_add(&grants.never, "job/in/a"));
    ck_assert_int_eq(link("job/in/a", "other/c"), 0);
    ck_assert_int_eq(code_of("job/in/a"), EXIT_USAGE);
    ck_assert_int_eq(code_of("other/c"), EXIT_USAGE);
    ck_assert(place_add(&grants.folders, "/"));
    ck_assert_int_eq(code_of("job/in/a"), EXIT_USAGE);
    ck_assert_int_eq(code_of("job2/a"), EXIT_DONE);
    while (place_add(&grants.folders, "job"))
        ;
    ck_assert_uint_eq(grants.folders.count, GRANTS_MAX);
    reach.grants = NULL;
}
END_TEST

/* The message has the folder as it may be granted. */
START_TEST(test_said)
{
    static const char *const all[][2] = {
        {"job/far/a", "--allow-read other "},
        {"job/b", "--allow-read job2 "},
        {"job/../a", "--allow-read . "},
        {"job/near/../../../job2/a", "--allow-read job2 "},
        {"/dev/null", "--allow-read /dev "},
        {"/a", "--allow-read / "},
        {"/../../a", "--allow-read / "},
    };
    struct err err;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        ck_assert_int_lt(reach_open(&reach, all[i][0], &err), 0);
        ck_assert_msg(strstr(err.text, all[i][1]) != NULL, "%s", err.text);
    }
}
END_TEST

static atomic_bool over;

/* `a` is now a file of the folder, now a link out of it; so is `sub`. */
static void *shuffle(void *nothing)
{
    while (!atomic_load(&over)) {
        unlink("job/new");
        if (link("job/in/a", "job/new") == 0)
            rename("job/new", "job/a");
        rename("job/sub", "job/kept");
        if (symlink("../other", "job/sub") == 0)
            unlink("job/sub");
        rename("job/kept", "job/sub");
        if (symlink("../other/a", "job/new") == 0)
            rename("job/new", "job/a");
    }
    return nothing;
}

static void read_once(const char *path, unsigned *good)
{
    struct err err;
    char text[16] = "";
    int fd = reach_open(&reach, path, &err);
    if (fd < 0)
        return;
    ck_assert_int_ge(read(fd, text, sizeof text - 1), 0);
    ck_assert_str_eq(text, "inside");
    close(fd);
    ++*good;
}

START_TEST(test_changing)
{
    pthread_t thread;
    unsigned good = 0;
    ck_assert_int_eq(mkdir("job/sub", 0755), 0);
    write_file("job/sub/a", "inside");
    ck_assert_int_eq(pthread_create(&thread, NULL, shuffle, NULL), 0);
    for (unsigned i = 0; i < 30000 || (good == 0 && i < 3000000); i++)
        read_once(i % 2 ? "job/a" : "job/sub/a", &good);
    atomic_store(&over, true);
    pthread_join(thread, NULL);
    ck_assert_uint_gt(good, 0);
}
END_TEST

/* No descriptor is left, however a walk ends. */
START_TEST(test_closed)
{
    int before = dup(STDIN_FILENO);
    close(before);
    try_all();
    int after = dup(STDIN_FILENO);
    close(after);
    ck_assert_int_eq(before, after);
}
END_TEST

START_TEST(test_secrets)
{
    char text[64] = "hunter2 and aHVudGVyMg== and tok-1";
    secrets_scrub(text);
    ck_assert_str_eq(text, "hunter2 and aHVudGVyMg== and tok-1");
    secrets_note(NULL);
    secrets_note("a");
    secrets_note("hunter2");
    secrets_note("hunter2");
    secrets_note_url("http://me:tok-1@proxy.vn:8080");
    secrets_note_url("http://and@proxy.vn");
    secrets_note_url("proxy.vn");
    secrets_note_url(NULL);
    secrets_scrub(text);
    ck_assert_str_eq(text, "*** and *** and ***");
    ck_assert(secrets_within("xhunter2x") && !secrets_within("hunter3"));
    for (unsigned i = 0; i < 100; i++) {
        char token[16];
        snprintf(token, sizeof token, "token-%u;", i);
        secrets_note(token);
    }
    ck_assert(secrets_within("hunter2")); /* the first stay */
    ck_assert(secrets_within("token-99;") && secrets_within("token-80;"));
    ck_assert(!secrets_within("token-50;"));
    secrets_forget();
    ck_assert(!secrets_within("token-99;"));
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("reach");
    TCase *t = tcase_create("reach");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, test_where);
    tcase_add_test(t, test_granted);
    tcase_add_test(t, test_said);
    tcase_add_test(t, test_changing);
    tcase_add_test(t, test_closed);
    tcase_add_test(t, test_secrets);
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
