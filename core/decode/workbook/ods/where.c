/* where.c: what stands at a level is known by name; all else there is left out
 * with all that stands in it: drawings, notes, forms, tables in cells. */
#include "where.h"

#include <string.h>

#include "package/xml.h"

/* What opens the next level. */
static const char *const opens[ODS_LEVELS][2] = {
    [ODS_OUTSIDE] = {"spreadsheet"},
    [ODS_BODY] = {"table"},
    [ODS_SHEET] = {"table-row"},
    [ODS_ROW] = {"table-cell", "covered-table-cell"},
    [ODS_CELL] = {"p"},
};

/* What stands around it, and does not matter. */
static const char *const around[] = {"table-column",        "table-columns",
                                     "table-column-group",  "table-header-rows",
                                     "table-rows",          "table-row-group",
                                     "table-header-columns"};

/* What stands in a text without being seen as a part of it. */
static const char *const unseen[] = {"annotation", "frame", "custom-shape",
                                     "ruby-text",  "note",  "g"};

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (names[i] != NULL && strcmp(name, names[i]) == 0)
            return true;
    return false;
}

#define IS_ONE_OF(name, list)                                                  \
    is_one_of(name, list, sizeof(list) / sizeof *(list))

bool ods_is_copy(const char *const *attributes)
{
    const char *name = xml_attribute(attributes, "name");
    return name != NULL && name[0] == '\'' && strstr(name, "'#") != NULL;
}

void ods_skip(struct ods_where *where)
{
    where->skipped = where->depth;
    if (where->level > ODS_OUTSIDE &&
        where->opened[where->level] == where->depth)
        where->level--;
}

static bool open_level(struct ods_where *where, const char *const *attributes)
{
    if (where->level == ODS_BODY) {
        if (ods_is_copy(attributes)) {
            ods_skip(where);
            return false;
        }
        where->sheets++;
    }
    where->level++;
    where->opened[where->level] = where->depth;
    return true;
}

bool ods_enter(struct ods_where *where, const char *name,
               const char *const *attributes)
{
    where->depth++;
    if (where->skipped > 0)
        return false;
    if (IS_ONE_OF(name, opens[where->level]))
        return open_level(where, attributes);
    switch (where->level) {
    case ODS_OUTSIDE:
        return true;
    case ODS_SHEET:
        if (IS_ONE_OF(name, around))
            return true;
        break;
    case ODS_LINE:
        if (!IS_ONE_OF(name, unseen))
            return true;
        break;
    default:
        break;
    }
    ods_skip(where);
    return false;
}

enum ods_level ods_leave(struct ods_where *where)
{
    unsigned depth = where->depth--;
    enum ods_level level = where->level;
    if (where->skipped > 0) {
        if (where->skipped == depth)
            where->skipped = 0;
        return ODS_OUTSIDE;
    }
    if (level == ODS_OUTSIDE || where->opened[level] != depth)
        return ODS_OUTSIDE;
    where->level--;
    return level;
}
