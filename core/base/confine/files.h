/* files.h: the half of the confinement that the kernel keeps by Landlock: files
 * and folders; signals and abstract sockets of others from its version 6 on. */
#ifndef FASTSYNC_CONFINE_FILES_H
#define FASTSYNC_CONFINE_FILES_H

#include "base/confine.h"

/* For this thread and those that it starts; needs no_new_privs. Answers the
 * version that is in force; 0: none, errno. */
int confine_files(const struct confine *confine);

#endif
