/* vn.c: the Vietnamese text functions' rows: vn.phone, vn.taxcode. */
#include "vn.h"

/* clang-format off */
const struct text_function text_vn[] = {
    {.name = "vn.phone", .usage = "vn.phone(s)",
     .help = "the first telephone number, as dialled in Vietnam today; what "
             "is none stays as it is; and a remark",
     .answer = "string, string?", .shape = {ARG_TEXT}, .call = vn_phone,
     .remark = true},
    {.name = "vn.taxcode", .usage = "vn.taxcode(s)",
     .help = "a tax code in its canonical form; what is none stays as it is; "
             "and a remark",
     .answer = "string, string?", .shape = {ARG_TEXT}, .call = vn_taxcode,
     .remark = true},
    {.name = NULL},
};
/* clang-format on */
