/* look.c: whoever closes a WAL last tidies it up, which a connection opened for
 * reading alone could not: so it is opened for writing, and told not to. */
#include "look.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "own.h"
#include "schema.h"

static bool is_ours(const struct db *db, struct err *err)
{
    const char *slash = strrchr(db->path, '/');
    char *dir = mem_format("%.*s", slash ? (int)(slash - db->path) : 1,
                           slash ? db->path : ".");
    bool good = own_state(dir, err);
    free(dir);
    return good;
}

bool look_open(struct db *db, struct err *err)
{
    uint64_t version;
    if (!is_ours(db, err) || !db_open(db, SQLITE_OPEN_READWRITE, err) ||
        !db_exec(db, "PRAGMA query_only=ON", err) || !schema_sound(db, err) ||
        !db_number(db, "PRAGMA user_version", 0, &version, err))
        return false;
    bool older = version < schema_version();
    return version == schema_version() ||
           err_set(err, EXIT_USAGE, "%s: written by %s fastsync; %s", db->path,
                   older ? "an older" : "a newer",
                   older ? "the next run renews it" : "use that one");
}
