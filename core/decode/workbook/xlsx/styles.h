/* styles.h: how a workbook's cells show their numbers: one shown (format.h) a
 * style. Immutable once read; any thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_STYLES_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_STYLES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "decode/workbook/sheet/format.h"
#include "package/zip.h"

struct xlsx_styles {
    struct shown *all;
    uint32_t count;
};

/* Those of the part; -1: there is none, and all is shown as it is. To be
 * released, whatever the answer. */
bool xlsx_styles_read(struct xlsx_styles *styles, struct zip *zip, int part,
                      struct err *err);
void xlsx_styles_release(struct xlsx_styles *styles);

/* A number that no style has shows digits. */
static inline struct shown xlsx_styles_at(const struct xlsx_styles *styles,
                                          uint32_t number)
{
    return number < styles->count ? styles->all[number]
                                  : (struct shown){.kind = SHOWN_NUMBER};
}

#endif
