/* json.h: what was found, for programs: one object an input, a line each. */
#ifndef FASTSYNC_CMD_INSPECT_JSON_H
#define FASTSYNC_CMD_INSPECT_JSON_H

#include "gather.h"

void inspect_json(const struct gather *gather, struct buf *out);
/* Of an input that cannot be read. */
void inspect_json_error(const char *path, const char *error, struct buf *out);

#endif
