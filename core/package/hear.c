/* hear.c: inflated by the block, heard by the block. */
#include "hear.h"

#include <stdlib.h>

#include "base/mem.h"

/* A tag of some MiB is looked at again with each block: few blocks, little
 * time. */
enum { BLOCK = 256 * 1024 };

/* What the archive refuses names the part already. */
static bool feed(struct zip_part *part, const char *name, struct xml *xml,
                 struct err *err)
{
    char *block = mem_alloc(BLOCK);
    size_t got = 1;
    bool good = true;
    while (good && got > 0 && !xml_done(xml))
        good = zip_part_read(part, block, BLOCK, &got, err) &&
               (xml_feed(xml, block, got, got == 0, err) ||
                err_prefix(err, "%s", name));
    free(block);
    return good;
}

bool package_hear(struct zip *zip, unsigned at,
                  const struct xml_listener *listener, struct err *err)
{
    struct zip_part *part = zip_part_open(zip, at, err);
    if (part == NULL)
        return false;
    struct xml *xml = xml_new(listener);
    bool good = feed(part, zip_name(zip, at), xml, err);
    xml_free(xml);
    zip_part_close(part);
    return good;
}
