/* text.c: a window over the feed, of which what was passed is dropped. */
#include "text.h"

#include <string.h>

bool dump_text_open(struct dump_text *text, struct source *source,
                    const char *encoding, struct err *err)
{
    *text = (struct dump_text){.line = 1};
    return feed_open(&text->feed, source, encoding, err);
}

void dump_text_close(struct dump_text *text)
{
    feed_close(&text->feed);
    buf_release(&text->buf);
}

bool dump_text_more(struct dump_text *text)
{
    enum { SOME = 64 * 1024 };
    struct buf *buf = &text->buf;
    size_t left = buf->len - text->at;
    if (text->failed || text->feed.ended)
        return false;
    if (left > 0)
        memmove(buf->at, buf->at + text->at, left);
    buf->len = left;
    text->at = 0;
    text->failed = !feed_read(&text->feed, buf, SOME, &text->failure);
    return !text->failed && buf->len > left;
}

void dump_pass_line(struct dump_text *text)
{
    int byte;
    while ((byte = dump_look(text, 0)) >= 0) {
        dump_pass(text);
        if (byte == '\n')
            return;
    }
}
