/* sheets.c: a sheet is named as people remember it: in any letter case, or by
 * its number. */
#include "sheets.h"

#include <string.h>

#include "base/case.h"
#include "base/nearest.h"
#include "base/nfc.h"
#include "base/utf8.h"

static void spell(struct buf *out, const char *text)
{
    struct buf nfc = {0};
    const char *start = text, *end = text + strlen(text);
    utf8_trim(&start, &end);
    utf8_nfc(&nfc, start, (size_t)(end - start));
    utf8_lower(out, nfc.at, nfc.len);
    buf_release(&nfc);
}

static bool same_name(const char *a, const char *b)
{
    struct buf left = {0}, right = {0};
    spell(&left, a);
    spell(&right, b);
    bool same = left.len == right.len &&
                (left.len == 0 || memcmp(left.at, right.at, left.len) == 0);
    buf_release(&left);
    buf_release(&right);
    return same;
}

/* The sheet of that name, letter for letter before any case; or -1. */
static int find_name(const struct grid_sheet *sheets, unsigned count,
                     const char *said)
{
    for (unsigned i = 0; i < count; i++)
        if (sheets[i].name != NULL && strcmp(sheets[i].name, said) == 0)
            return (int)i;
    for (unsigned i = 0; i < count; i++)
        if (sheets[i].name != NULL && same_name(sheets[i].name, said))
            return (int)i;
    return -1;
}

static int find_number(unsigned count, const char *said)
{
    enum { DIGITS = 5 };
    unsigned number = 0;
    size_t len = strlen(said);
    if (len == 0 || len > DIGITS || strspn(said, "0123456789") < len)
        return -1;
    for (size_t i = 0; i < len; i++)
        number = number * 10 + (unsigned)(said[i] - '0');
    return number > 0 && number <= count ? (int)number - 1 : -1;
}

static void put_names(struct buf *out, const struct grid_sheet *sheets,
                      unsigned count)
{
    enum { SHOWN = 10, UNITS = 40 };
    for (unsigned i = 0; i < count && i < SHOWN; i++) {
        const char *name = sheets[i].name ? sheets[i].name : "";
        size_t len = utf8_cut(name, strlen(name), UNITS);
        buf_puts(out, i > 0 ? ", " : "");
        if (len > 0)
            buf_addf(out, "\"%.*s\"", (int)len, name);
        else
            buf_addf(out, "number %u, without a name", i + 1);
    }
    if (count > SHOWN)
        buf_addf(out, " and %u more", count - SHOWN);
}

static bool refuse(const struct grid_sheet *sheets, unsigned count,
                   const char *said, struct err *err)
{
    enum { UNITS = 40 };
    struct buf names = {0};
    struct nearest nearest;
    nearest_init(&nearest, said, strlen(said));
    for (unsigned i = 0; i < count; i++)
        if (sheets[i].name != NULL && !sheets[i].no_table)
            nearest_try(&nearest, sheets[i].name);
    const char *near = nearest_end(&nearest);
    if (near != NULL)
        buf_addf(&names, "did you mean \"%s\"? There %s ", near,
                 count == 1 ? "is" : "are");
    else
        buf_puts(&names, count == 1 ? "there is " : "there are ");
    put_names(&names, sheets, count);
    err_set(err, EXIT_USAGE, "it has no sheet \"%.*s\"; %s",
            (int)utf8_cut(said, strlen(said), UNITS), said, buf_text(&names));
    buf_release(&names);
    return false;
}

static bool refuse_kind(const struct grid_sheet *sheet, struct err *err)
{
    return err_set(err, EXIT_USAGE,
                   "the sheet \"%s\" is a chart or a macro sheet, which holds "
                   "no rows",
                   sheet->name ? sheet->name : "");
}

/* Visible ones first, hidden ones unless they are to be skipped; of both, minor
 * ones last. */
static unsigned candidates(const struct grid_sheet *sheets, unsigned count,
                           bool hidden, unsigned *chosen)
{
    unsigned found = 0;
    for (unsigned minor = 0; minor < 2; minor++)
        for (unsigned i = 0; i < count; i++)
            if (!sheets[i].no_table && sheets[i].hidden == hidden &&
                sheets[i].minor == minor)
                chosen[found++] = i;
    return found;
}

static unsigned all_sheets(const struct grid_sheet *sheets, unsigned count,
                           bool skip_hidden, unsigned *chosen)
{
    unsigned found = 0;
    for (unsigned i = 0; i < count; i++)
        if (!sheets[i].no_table && !(skip_hidden && sheets[i].hidden))
            chosen[found++] = i;
    return found;
}

bool sheets_choose(const struct grid_sheet *sheets, unsigned count,
                   const char *said, bool skip_hidden, unsigned *chosen,
                   unsigned *found, struct err *err)
{
    *found = 0;
    if (said == NULL) {
        *found = candidates(sheets, count, false, chosen);
        if (!skip_hidden)
            *found += candidates(sheets, count, true, chosen + *found);
    } else if (strcmp(said, "*") == 0) {
        *found = all_sheets(sheets, count, skip_hidden, chosen);
    } else {
        int at = find_name(sheets, count, said);
        at = at >= 0 ? at : find_number(count, said);
        if (at < 0)
            return refuse(sheets, count, said, err);
        if (sheets[at].no_table)
            return refuse_kind(&sheets[at], err);
        chosen[(*found)++] = (unsigned)at;
    }
    return *found > 0 ||
           err_set(err, EXIT_INPUT,
                   count == 0    ? "it has no sheet; export it again"
                   : skip_hidden ? "all its sheets are hidden, and `hidden = "
                                   "\"skip\"` leaves them out"
                                 : "it has no sheet that holds rows");
}
