/* text.h: a dump's text, byte by byte, in UTF-8, with its lines counted.
 *
 * What cannot be decoded arrives as charset.h says. The reader's. */
#ifndef FASTSYNC_DECODE_SQL_DUMP_TEXT_H
#define FASTSYNC_DECODE_SQL_DUMP_TEXT_H

#include "decode/feed.h"

struct dump_text {
    struct feed feed;
    struct buf buf;
    size_t at;
    uint64_t line;      /* of the next byte, from 1 */
    bool failed;        /* the source cannot be read on: it seems to end, */
    struct err failure; /* and this is why */
};

bool dump_text_open(struct dump_text *text, struct source *source,
                    const char *encoding, struct err *err);
void dump_text_close(struct dump_text *text);
/* More of it; false at the end. */
bool dump_text_more(struct dump_text *text);

/* The byte `ahead` of the next one (0: that one), or -1 at the end. */
static inline int dump_look(struct dump_text *text, size_t ahead)
{
    while (text->buf.len - text->at <= ahead)
        if (!dump_text_more(text))
            return -1;
    return (unsigned char)text->buf.at[text->at + ahead];
}

/* Goes over the next byte, which is there. */
static inline void dump_pass(struct dump_text *text)
{
    text->line += text->buf.at[text->at++] == '\n';
}

/* The rest of the line and its end. */
void dump_pass_line(struct dump_text *text);

#endif
