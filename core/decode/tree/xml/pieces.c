/* pieces.c: names of open elements stand behind each other, so that an end tag
 * is compared with the last one. */
#include "pieces.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"

void pieces_open(struct pieces *pieces, struct feed *feed,
                 const struct stream_limits *limits, bool counts)
{
    *pieces = (struct pieces){.counts = counts,
                              .feed = feed,
                              .limits = *limits,
                              .line = 1,
                              .keep = UINT64_MAX};
    pieces->ends = mem_zero(limits->max_depth + 1, sizeof *pieces->ends);
    buf_reserve(&pieces->text, 1);
    pieces->markup.at = pieces->markup.end = pieces->text.at;
}

void pieces_close(struct pieces *pieces)
{
    buf_release(&pieces->text);
    buf_release(&pieces->names);
    free(pieces->ends);
    *pieces = (struct pieces){0};
}

uint64_t pieces_after(const struct pieces *pieces)
{
    return pieces->base + (uint64_t)(pieces->markup.at - pieces->text.at);
}

uint64_t pieces_line(const struct pieces *pieces, uint64_t at)
{
    return pieces->line +
           markup_lines(pieces->text.at, (size_t)(at - pieces->base));
}

const char *pieces_text(const struct pieces *pieces, uint64_t at)
{
    return pieces->text.at + (at - pieces->base);
}

/* What is neither kept nor to be looked at again goes. */
static void drop(struct pieces *pieces, size_t at)
{
    struct buf *text = &pieces->text;
    size_t kept = pieces->keep < pieces->base + at
                      ? (size_t)(pieces->keep - pieces->base)
                      : at;
    if (pieces->counts)
        pieces->line += markup_lines(text->at, kept);
    pieces->base += kept;
    pieces->checked -= kept;
    text->len -= kept;
    memmove(text->at, text->at + kept, text->len);
}

/* Reads on; MARKUP_OTHER: there is more to look at, or nothing any more. */
static enum markup_kind read_more(struct pieces *pieces, struct err *err)
{
    struct buf *text = &pieces->text;
    uint64_t here = pieces_after(pieces);
    drop(pieces, (size_t)(pieces->markup.at - text->at));
    size_t at = (size_t)(here - pieces->base);
    if (text->len - at > pieces->limits.max_element)
        return MARKUP_ODD;
    if (!feed_read(pieces->feed, text, stream_piece, err))
        return MARKUP_MORE;
    pieces->checked +=
        markup_check(text->at + pieces->checked, text->len - pieces->checked);
    pieces->markup.at = text->at + at;
    pieces->markup.end = text->at + pieces->checked;
    pieces->markup.whole = pieces->feed->ended;
    bool bad = pieces->checked < text->len &&
               (pieces->feed->ended || text->len - pieces->checked >= 4);
    return bad ? MARKUP_ODD : MARKUP_OTHER;
}

static enum markup_kind open_element(struct pieces *pieces)
{
    const struct markup *markup = &pieces->markup;
    if ((pieces->depth == 0 && pieces->rooted) ||
        pieces->depth >= pieces->limits.max_depth ||
        markup->count > pieces->limits.max_attributes)
        return MARKUP_ODD;
    pieces->rooted = true;
    if (!markup->empty) {
        buf_add(&pieces->names, markup->text, markup->len);
        pieces->ends[pieces->depth++] = pieces->names.len;
    }
    return MARKUP_START;
}

static void pop(struct pieces *pieces)
{
    pieces->depth--;
    pieces->names.len = pieces->depth > 0 ? pieces->ends[pieces->depth - 1] : 0;
}

static enum markup_kind close_element(struct pieces *pieces)
{
    const struct markup *markup = &pieces->markup;
    if (pieces->depth == 0)
        return MARKUP_ODD;
    size_t begin = pieces->depth > 1 ? pieces->ends[pieces->depth - 2] : 0;
    if (pieces->names.len - begin != markup->len ||
        memcmp(pieces->names.at + begin, markup->text, markup->len) != 0)
        return MARKUP_ODD;
    pop(pieces);
    return MARKUP_END;
}

/* Around the root only blanks stand. */
static enum markup_kind pass_text(const struct pieces *pieces)
{
    const struct markup *markup = &pieces->markup;
    for (size_t i = 0; pieces->depth == 0 && i < markup->len; i++)
        if (!ascii_blank(markup->text[i]))
            return MARKUP_ODD;
    return MARKUP_TEXT;
}

static enum markup_kind settle(struct pieces *pieces, enum markup_kind kind)
{
    bool first = !pieces->begun;
    pieces->begun = true;
    switch (kind) {
    case MARKUP_START:
        return open_element(pieces);
    case MARKUP_END:
        return close_element(pieces);
    case MARKUP_TEXT:
        return pass_text(pieces);
    case MARKUP_CDATA:
        return pieces->depth > 0 ? MARKUP_CDATA : MARKUP_ODD;
    case MARKUP_HEAD:
        return first ? MARKUP_OTHER : MARKUP_ODD;
    case MARKUP_DONE:
        return pieces->depth == 0 && pieces->rooted ? MARKUP_DONE : MARKUP_ODD;
    default:
        return kind;
    }
}

enum markup_kind pieces_next(struct pieces *pieces, struct err *err)
{
    for (;;) {
        pieces->token = pieces_after(pieces);
        enum markup_kind kind = markup_next(&pieces->markup);
        if (kind != MARKUP_MORE) {
            bool longer =
                kind != MARKUP_TEXT && pieces_after(pieces) - pieces->token >
                                           pieces->limits.max_element;
            return longer ? MARKUP_ODD : settle(pieces, kind);
        }
        kind = read_more(pieces, err);
        if (kind != MARKUP_OTHER)
            return kind;
    }
}

bool pieces_leaf(struct pieces *pieces)
{
    if (!markup_leaf(&pieces->markup))
        return false;
    pop(pieces);
    return true;
}
