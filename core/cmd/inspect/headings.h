/* headings.h: what a column's name says of it: which field of setCustomer it
 * is, and what its cells look like. Any thread. */
#ifndef FASTSYNC_CMD_INSPECT_HEADINGS_H
#define FASTSYNC_CMD_INSPECT_HEADINGS_H

#include <stdbool.h>
#include <stddef.h>

enum look {
    LOOK_TEXT, /* nothing that is known */
    LOOK_CODE,
    LOOK_NAME,
    LOOK_PHONE,
    LOOK_TAX,
    LOOK_MAIL,
    LOOK_ADDRESS,
    LOOK_DATE,
    LOOK_FLAG,
    LOOK_MONEY,
    LOOK_ACCOUNT,
    LOOK_WEB,
    LOOK_ROWS, /* the number of the row, which is no code */
    LOOKS,
};

struct heading {
    const char *field; /* of setCustomer, where the name means just that; or
                          NULL */
    enum look look;
    unsigned rank; /* of the field's names: the surest has the lowest */
};

struct heading heading_of(const char *name, size_t len);
/* The same of a name whose parts stand one below the other in the header, and
 * one after the other in it: "Thông tin liên hệ Điện thoại". What is less sure
 * has a higher rank. */
struct heading heading_of_parts(const char *name, size_t len);
const char *look_name(enum look look); /* "tax code"; "": text */

#endif
