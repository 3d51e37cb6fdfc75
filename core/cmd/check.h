/* check.h: the body of `check`, which `run --dry-run` is too. */
#ifndef FASTSYNC_CMD_CHECK_H
#define FASTSYNC_CMD_CHECK_H

#include "arguments.h"

enum exit_code check_body(struct arguments *arguments, struct err *err);

#endif
