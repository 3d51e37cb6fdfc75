/* book.h: tables of HTML as the sheets of a book: of one page, or of several
 * that came in one file. The reader's. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_BOOK_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_BOOK_H

#include "decode/decoded.h"
#include "decode/facts.h"
#include "decode/table/table.h"
#include "mime.h"
#include "page.h"

struct markup_options {
    struct table_options table;
    const char *encoding;
    size_t max_cell;
};

/* Options' rows beside those of all tables; as the format's own. */
#define MARKUP_OPTIONS                                                         \
    TABLE_OPTIONS,                                                             \
        {"encoding",                                                           \
         "NAME",                                                               \
         "its encoding, such as windows-1258 or UTF-16",                       \
         OPTION_TEXT,                                                          \
         offsetof(struct markup_options, encoding),                            \
         option_encoding},                                                     \
    {                                                                          \
        "max_cell", "BYTES", "the longest cell, such as 64M (16M)",            \
            OPTION_NUMBER, offsetof(struct markup_options, max_cell),          \
            option_size                                                        \
    }

extern const struct markup_options markup_defaults;

struct book;

/* The input itself is the page, or these parts of it are, which the book takes;
 * fills the input for a format's open. */
bool book_open(struct input *input, struct mime *parts, struct err *err);
void book_close(struct input *input);
void book_describe(const struct input *input, struct buf *out);
void book_tell(const struct input *input, struct facts *facts);

#endif
