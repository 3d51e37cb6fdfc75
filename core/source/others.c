/* others.c: the mode first, as it answers for nearly every file; the user's
 * group is looked for only where it hangs on that. */
#define _DEFAULT_SOURCE /* getgrgid_r, S_ISVTX */
#include "others.h"

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/xattr.h>
#endif

#include "base/mem.h"

enum { ROOM = 64 * 1024 }; /* for all members of a group */

bool others_own_group(const struct passwd *user, const struct group *group)
{
    if (user->pw_uid == 0 || user->pw_gid != group->gr_gid ||
        strcmp(user->pw_name, group->gr_name) != 0)
        return false;
    for (char **member = group->gr_mem; *member != NULL; member++)
        if (strcmp(*member, user->pw_name) != 0)
            return false;
    return true;
}

/* Who is not known, or has more members than there is room for, is others. */
static bool is_own_group(uid_t owner, gid_t number)
{
    struct passwd user, *found_user = NULL;
    struct group group, *found_group = NULL;
    char *names = mem_alloc(ROOM), *members = mem_alloc(ROOM);
    bool own = getpwuid_r(owner, &user, names, ROOM, &found_user) == 0 &&
               found_user != NULL &&
               getgrgid_r(number, &group, members, ROOM, &found_group) == 0 &&
               found_group != NULL && others_own_group(found_user, found_group);
    free(names);
    free(members);
    return own;
}

/* Where there are other lists of rights than Linux has, none is looked at. */
static bool has_list(const char *path)
{
#ifdef __linux__
    return getxattr(path, "system.posix_acl_access", NULL, 0) > 0;
#else
    (void)path;
    return true;
#endif
}

bool others_write(const char *path, const struct stat *status)
{
    if ((status->st_mode & S_IWOTH) != 0)
        return true;
    return (status->st_mode & S_IWGRP) != 0 &&
           (has_list(path) || !is_own_group(status->st_uid, status->st_gid));
}
