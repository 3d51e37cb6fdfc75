/* others.h: who else than its owner may write a file.
 *
 * Where each user has a group of their own (Debian, Ubuntu, Fedora), the umask
 * is 002, and all that a user makes may be written by that group, in which
 * nobody else is: that is no other. It is one that is called as its owner, is
 * the one that the owner logs in with, and has no other members. A list of
 * rights (ACL) beside the mode may name anybody; so with one a group is others.
 * Root has no such group: its umask is another. Any thread. */
#ifndef FASTSYNC_OTHERS_H
#define FASTSYNC_OTHERS_H

#include <stdbool.h>
#include <sys/stat.h>

struct passwd;
struct group;

/* May anybody but the owner write it? `path` is where `status` was taken. */
bool others_write(const char *path, const struct stat *status);
/* A part of it, pure: is that the user's own group? */
bool others_own_group(const struct passwd *user, const struct group *group);

#endif
