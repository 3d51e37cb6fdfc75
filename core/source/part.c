/* part.c: what is decoded waits in `out` until it is read. What is no code is
 * taken as it stands in quoted-printable, and left out of base64, as mail
 * programs do. */
#include "part.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/mem.h"

struct part {
    struct source source;
    struct source *whole;
    uint64_t begin, at, end;
    enum part_coding coding;
    struct buf raw; /* bytes that are not decoded yet */
    struct buf out;
    size_t taken;  /* of out */
    unsigned bits; /* of base64, */
    unsigned held; /* so many of its letters */
    bool padded;   /* its end has come */
};

/* `=` and what follows it, of which `left` bytes are there; answers how many
 * were used, or 0: more must come. */
static size_t decode_escape(const char *at, size_t left, bool final,
                            struct buf *out)
{
    enum { MOST = 1000 }; /* blanks at a line's end */
    size_t blanks = 1;
    while (blanks < left && (at[blanks] == ' ' || at[blanks] == '\t'))
        blanks++;
    if (blanks < left && at[blanks] == '\n')
        return blanks + 1;
    if (blanks + 1 < left && at[blanks] == '\r')
        return blanks + 1 + (at[blanks + 1] == '\n');
    if (!final && blanks < MOST && (left < 3 || blanks + 1 >= left))
        return 0;
    int high = left > 1 ? ascii_hex(at[1]) : -1;
    int low = left > 2 ? ascii_hex(at[2]) : -1;
    if (high >= 0 && low >= 0) {
        buf_putc(out, (char)(high << 4 | low));
        return 3;
    }
    if (left > 1)
        buf_putc(out, '=');
    return 1;
}

static size_t decode_quoted(struct part *part, bool final)
{
    const char *text = part->raw.at;
    size_t at = 0, len = part->raw.len;
    while (at < len) {
        const char *escape = memchr(text + at, '=', len - at);
        size_t plain = escape ? (size_t)(escape - text) - at : len - at;
        buf_add(&part->out, text + at, plain);
        at += plain;
        if (at == len)
            break;
        size_t used = decode_escape(text + at, len - at, final, &part->out);
        if (used == 0)
            break;
        at += used;
    }
    return at;
}

static int base64_of(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A';
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 26;
    if (byte >= '0' && byte <= '9')
        return byte - '0' + 52;
    return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}

static size_t decode_base64(struct part *part, bool final)
{
    (void) final;
    for (size_t i = 0; i < part->raw.len; i++) {
        int letter = base64_of(part->raw.at[i]);
        part->padded |= part->raw.at[i] == '=';
        if (letter < 0 || part->padded)
            continue;
        part->bits = part->bits << 6 | (unsigned)letter;
        if (++part->held % 4 != 1) {
            unsigned shift = 6 - 2 * ((part->held + 3) % 4);
            buf_putc(&part->out, (char)(part->bits >> shift & 0xFF));
        }
    }
    return part->raw.len;
}

static size_t decode_plain(struct part *part, bool final)
{
    (void) final;
    buf_add(&part->out, part->raw.at, part->raw.len);
    return part->raw.len;
}

static size_t (*const decoders[])(struct part *part, bool final) = {
    [PART_PLAIN] = decode_plain,
    [PART_QUOTED] = decode_quoted,
    [PART_BASE64] = decode_base64,
};

/* Until something is there to be read, or nothing more comes. */
static bool decode_more(struct part *part, struct err *err)
{
    enum { PIECE = 32 * 1024 };
    buf_clear(&part->out);
    part->taken = 0;
    while (part->out.len == 0 && (part->at < part->end || part->raw.len > 0)) {
        uint64_t left = part->end - part->at;
        size_t got = 0, len = left < PIECE ? (size_t)left : PIECE;
        char *into = buf_reserve(&part->raw, PIECE);
        if (len > 0 &&
            !source_read_at(part->whole, part->at, into, len, &got, err))
            return false;
        part->at = got == 0 ? part->end : part->at + got;
        part->raw.len += got;
        size_t used = decoders[part->coding](part, part->at == part->end);
        part->raw.len -= used;
        memmove(part->raw.at, part->raw.at + used, part->raw.len);
    }
    return true;
}

static bool part_read(struct source *source, void *into, size_t len,
                      size_t *got, struct err *err)
{
    struct part *part = (struct part *)source;
    if (part->taken == part->out.len && !decode_more(part, err))
        return false;
    size_t left = part->out.len - part->taken;
    *got = left < len ? left : len;
    if (*got > 0)
        memcpy(into, part->out.at + part->taken, *got);
    part->taken += *got;
    return true;
}

/* What is decoded has no places; it is read anew. */
static bool part_seek(struct source *source, uint64_t offset, struct err *err)
{
    struct part *part = (struct part *)source;
    char skipped[4096];
    part->at = part->begin;
    part->bits = part->held = 0;
    part->padded = false;
    part->taken = 0;
    buf_clear(&part->raw);
    buf_clear(&part->out);
    while (offset > 0) {
        size_t got, len = offset < sizeof skipped ? offset : sizeof skipped;
        if (!part_read(source, skipped, len, &got, err))
            return false;
        if (got == 0)
            break;
        offset -= got;
    }
    return true;
}

static bool part_read_at(struct source *source, uint64_t offset, void *into,
                         size_t len, size_t *got, struct err *err)
{
    return part_seek(source, offset, err) &&
           part_read(source, into, len, got, err);
}

static void part_close(struct source *source)
{
    struct part *part = (struct part *)source;
    buf_release(&part->raw);
    buf_release(&part->out);
}

static const struct source_kind part_kind = {
    .read = part_read,
    .read_at = part_read_at,
    .seek = part_seek,
    .close = part_close,
};

struct source *source_part(struct source *whole, uint64_t begin, uint64_t end,
                           enum part_coding coding)
{
    struct part *part = mem_zero(1, sizeof *part);
    part->source.kind = &part_kind;
    part->source.path = mem_text(whole->path);
    part->whole = whole;
    part->begin = part->at = begin;
    part->end = end;
    part->coding = coding;
    return &part->source;
}
