/* web.h: how sources are fetched, as the settings have it. */
#ifndef FASTSYNC_CMD_JOB_WEB_H
#define FASTSYNC_CMD_JOB_WEB_H

#include "config/config.h"
#include "net/web/web.h"

/* `config` is borrowed for as long as a source of it is open. */
struct web web_of(const struct config *config);

#endif
