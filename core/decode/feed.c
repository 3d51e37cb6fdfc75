/* feed.c: UTF-8 is read straight into the caller's memory; everything else
 * goes through a decoder, what is left of an incomplete character waiting in
 * `raw` for the next read. */
#include "feed.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "decode/encoding/looks.h"

enum { END_MARK = 0x1A }; /* of CP/M and DOS */

static bool may_pad(char byte)
{
    return byte == '\0' || byte == END_MARK || byte == '\n' || byte == '\r' ||
           byte == ' ';
}

/* "UTF-16" and "UTF-32" leave the order of bytes to a mark; without one it is
 * what the NUL bytes say, or the usual one. */
static const char *with_order(const char *name, const char *head, size_t len)
{
    const char *pattern = charset_pattern(head, len);
    if (strcasecmp(name, "UTF-16") == 0 || strcasecmp(name, "UTF16") == 0)
        return pattern && strncmp(pattern, "UTF-16", 6) == 0 ? pattern
                                                             : "UTF-16LE";
    if (strcasecmp(name, "UTF-32") == 0 || strcasecmp(name, "UTF32") == 0)
        return pattern && strncmp(pattern, "UTF-32", 6) == 0 ? pattern
                                                             : "UTF-32LE";
    return name;
}

/* The encoding of these first bytes. */
static bool decide(struct feed *feed, const char *head, size_t len,
                   const char *declared, struct err *err)
{
    feed->encoding = charset_mark(head, len, &feed->mark);
    if (feed->encoding != NULL)
        return true;
    if (declared != NULL) {
        feed->encoding = charset_is_utf8(declared)
                             ? "UTF-8"
                             : with_order(declared, head, len);
        return true;
    }
    feed->guessed = true;
    feed->encoding = charset_pattern(head, len);
    if (feed->encoding != NULL)
        return true;
    feed->encoding = "UTF-8";
    if (looks_no_text(head, len))
        return err_set(err, EXIT_INPUT,
                       "is no text; export it as CSV, or declare its encoding");
    return true;
}

static bool open_transcoder(struct feed *feed, struct err *err)
{
    if (charset_is_utf8(feed->encoding) ||
        transcoder_open(&feed->transcoder, feed->encoding))
        return true;
    return err_set(err, EXIT_USAGE,
                   "encoding \"%s\" is not known; `iconv -l` lists the names",
                   feed->encoding);
}

bool feed_open(struct feed *feed, struct source *source, const char *declared,
               struct err *err)
{
    const char *head;
    size_t len;
    *feed = (struct feed){.source = source};
    if (source_peek(source, &head, &len, err) &&
        decide(feed, head, len, declared, err) && open_transcoder(feed, err)) {
        head += feed->mark;
        len -= feed->mark;
        feed->misfit = misfit_find(
            head, len,
            feed->mark +
                len<SOURCE_PEEK, feed->encoding, declared, feed->mark> 0);
        return true;
    }
    feed_close(feed);
    return false;
}

void feed_close(struct feed *feed)
{
    transcoder_close(&feed->transcoder);
    buf_release(&feed->raw);
    buf_release(&feed->held);
    misfit_release(&feed->misfit);
    *feed = (struct feed){0};
}

/* Where the mark of the end stands that nothing but padding follows, or the
 * text's length. */
static size_t find_end_mark(const struct buf *text, size_t from)
{
    size_t found = text->len;
    if (found == from || !memchr(text->at + from, END_MARK, found - from))
        return found;
    for (size_t at = text->len; at > from && may_pad(text->at[at - 1]); at--)
        if (text->at[at - 1] == END_MARK)
            found = at - 1;
    return found;
}

/* A decoder of its own: the one that reads on must not have seen the head. */
bool feed_head(struct feed *feed, struct buf *out, bool *whole, struct err *err)
{
    const char *head;
    size_t len;
    if (!source_peek(feed->source, &head, &len, err))
        return false;
    *whole = len < SOURCE_PEEK;
    head += feed->mark;
    len -= feed->mark;
    size_t from = out->len;
    struct transcoder fresh;
    if (feed->transcoder.decoder == NULL) {
        buf_add(out, head, len);
    } else if (transcoder_open(&fresh, feed->encoding)) {
        transcoder_decode(&fresh, head, len, *whole, out);
        transcoder_close(&fresh);
    } else {
        return err_set(err, EXIT_FAULT, "encoding \"%s\" is gone",
                       feed->encoding);
    }
    if (*whole)
        out->len = find_end_mark(out, from);
    return true;
}

/* Reads up to `len` bytes after what `into` holds. */
static bool read_more(struct feed *feed, struct buf *into, size_t len,
                      struct err *err)
{
    size_t got;
    char *at = buf_reserve(into, len);
    if (!source_read(feed->source, at, len, &got, err))
        return false;
    feed->ended = got == 0;
    feed->consumed += got;
    size_t drop = feed->mark < got ? feed->mark : got;
    if (drop > 0)
        memmove(at, at + drop, got - drop);
    feed->mark -= drop;
    into->len += got - drop;
    return true;
}

static bool decode_more(struct feed *feed, struct buf *out, size_t len,
                        struct err *err)
{
    if (feed->transcoder.decoder == NULL)
        return read_more(feed, out, len, err);
    if (!read_more(feed, &feed->raw, len, err))
        return false;
    struct buf *raw = &feed->raw;
    size_t used = transcoder_decode(&feed->transcoder, raw->at, raw->len,
                                    feed->ended, out);
    raw->len -= used;
    memmove(raw->at, raw->at + used, raw->len);
    return true;
}

/* What may be the mark of the end is one only where nothing else follows. */
static void hold_back(struct feed *feed, struct buf *out, size_t from)
{
    size_t mark = find_end_mark(out, from);
    bool marked = mark < out->len;
    if (marked && !feed->ended)
        buf_add(&feed->held, out->at + mark, out->len - mark);
    out->len = mark;
    if (mark > from)
        feed->last = out->at[mark - 1];
    feed->unended =
        feed->ended && !marked && feed->last != '\n' && feed->last != '\r';
}

bool feed_read(struct feed *feed, struct buf *out, size_t len, struct err *err)
{
    size_t from = out->len;
    while (!feed->ended && out->len == from) {
        buf_add(out, feed->held.at, feed->held.len);
        buf_clear(&feed->held);
        if (!decode_more(feed, out, len, err))
            return false;
        hold_back(feed, out, from);
    }
    return true;
}
