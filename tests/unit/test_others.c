/* others: a user's own group is no other, whatever else may write a file is. */
#define _XOPEN_SOURCE 700 /* mkstemp */
#include <check.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/xattr.h>
#endif

#include "source/others.h"

static char an[] = "an", binh[] = "binh", ke_toan[] = "ke-toan";

static const struct {
    uid_t user;
    gid_t login, group;
    char *name, *members[3]; /* of the group */
    bool own;
} groups[] = {
    {1000, 1000, 1000, an, {NULL}, true},
    {1000, 1000, 1000, an, {an, NULL}, true},
    {1000, 1000, 1000, an, {binh, NULL}, false},
    {1000, 1000, 1000, an, {an, binh, NULL}, false},
    {1000, 1000, 1000, ke_toan, {NULL}, false},
    {1000, 1000, 1000, ke_toan, {an, NULL}, false},
    {1000, 100, 1000, an, {NULL}, false},
    {1000, 1000, 100, an, {NULL}, false},
    {0, 0, 0, an, {NULL}, false},
};

START_TEST(own_groups)
{
    struct passwd user = {
        .pw_name = an, .pw_uid = groups[_i].user, .pw_gid = groups[_i].login};
    struct group group = {.gr_name = groups[_i].name,
                          .gr_gid = groups[_i].group,
                          .gr_mem = (char **)(uintptr_t)groups[_i].members};
    ck_assert(others_own_group(&user, &group) == groups[_i].own);
}
END_TEST

static char path[32];
static int fd;

static void begin(void)
{
    strcpy(path, "/tmp/fastsync-others-XXXXXX");
    fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
}

static void end(void)
{
    close(fd);
    unlink(path);
}

static bool writes(mode_t mode)
{
    struct stat status;
    ck_assert_int_eq(fchmod(fd, mode), 0);
    ck_assert_int_eq(fstat(fd, &status), 0);
    return others_write(path, &status);
}

START_TEST(modes)
{
    ck_assert(!writes(0600) && !writes(0644) && !writes(0755) && !writes(0444));
    ck_assert(writes(0602) && writes(0646) && writes(0666) && writes(0777));
    if (geteuid() == 0) /* whose group is others */
        ck_assert(writes(0620) && writes(0664) && writes(0775));
}
END_TEST

#ifdef __linux__
/* "another user may read and write", as the kernel keeps it. */
static const unsigned char list[] = {
    2,    0, 0, 0,                       /* version */
    1,    0, 6, 0, 255,  255, 255, 255,  /* the owner */
    2,    0, 6, 0, 0xD2, 4,   0,   0,    /* user 1234 */
    4,    0, 6, 0, 255,  255, 255, 255,  /* the group */
    0x10, 0, 6, 0, 255,  255, 255, 255,  /* the mask */
    0x20, 0, 4, 0, 255,  255, 255, 255}; /* others */

/* The first user of the system (daemon, bin) has a group of its own. */
START_TEST(a_group_and_a_list)
{
    const struct passwd *user = getpwuid(geteuid() == 0 ? 1 : geteuid());
    const struct group *group = user ? getgrgid(user->pw_gid) : NULL;
    if (group == NULL || !others_own_group(user, group) ||
        fchown(fd, user->pw_uid, user->pw_gid) != 0)
        return;
    ck_assert(!writes(0620) && !writes(0664));
    ck_assert(writes(0666));
    if (fsetxattr(fd, "system.posix_acl_access", list, sizeof list, 0) == 0)
        ck_assert(writes(0664) && writes(0660));
    if (geteuid() == 0) {
        fremovexattr(fd, "system.posix_acl_access");
        ck_assert(!writes(0664));
        ck_assert_int_eq(fchown(fd, user->pw_uid, 4711), 0);
        ck_assert(writes(0664));
        ck_assert_int_eq(fchown(fd, 4711, user->pw_gid), 0);
        ck_assert(writes(0664));
    }
}
END_TEST
#endif

int main(void)
{
    Suite *s = suite_create("others");
    TCase *c = tcase_create("others");
    tcase_add_checked_fixture(c, begin, end);
    tcase_add_loop_test(c, own_groups, 0, sizeof groups / sizeof *groups);
    tcase_add_test(c, modes);
#ifdef __linux__
    tcase_add_test(c, a_group_and_a_list);
#endif
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
