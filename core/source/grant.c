/* grant.c: the grants in words. The message names the option as it is to be
 * written, since a mapping that a person wrote is the usual one to be refused.
 */
#include "grant.h"

#include <stdio.h>
#include <string.h>

static const char *const names[] = {
    [GRANT_READ] = "read", [GRANT_NET] = "net", [GRANT_ENV] = "env"};

bool grant_listed(const char *lines, const char *name)
{
    size_t len = strlen(name);
    while (lines != NULL && *lines != '\0') {
        size_t line = strcspn(lines, "\n");
        if (line == len && memcmp(lines, name, len) == 0)
            return true;
        lines += line + (lines[line] != '\0');
    }
    return false;
}

const char *grant_how(char *to, enum grant grant, const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+:@-";
    bool bare = name[strspn(name, plain)] == '\0' && *name != '-';
    snprintf(to, GRANT_HOW,
             "add --allow-%s %s%.255s%s (allow_%s in a configuration file)",
             names[grant], bare ? "" : "'", name, bare ? "" : "'",
             names[grant]);
    return to;
}
