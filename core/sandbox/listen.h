/* listen.h: the socket the sandbox listens on. */
#ifndef FASTSYNC_SANDBOX_LISTEN_H
#define FASTSYNC_SANDBOX_LISTEN_H

#include "base/err.h"

/* A listening socket, or -1 (EXIT_USAGE); `url` is its address. */
int listen_on(const char *where, char url[128], struct err *err);

#endif
