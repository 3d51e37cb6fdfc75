/* hear.h: a part of a package as XML, from its first byte to its last. */
#ifndef FASTSYNC_PACKAGE_HEAR_H
#define FASTSYNC_PACKAGE_HEAR_H

#include "base/err.h"
#include "xml.h"
#include "zip.h"

/* Until the part ends or the listener has heard enough. `err` begins with the
 * part's name. */
bool package_hear(struct zip *zip, unsigned part,
                  const struct xml_listener *listener, struct err *err);

#endif
