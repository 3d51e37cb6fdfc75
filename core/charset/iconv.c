/* iconv.c: every code page the C library knows.
 *
 * iconv stops at what it cannot decode; the bytes of that unit are escaped
 * and it goes on after them. Some decoders hold a letter back to see whether
 * a mark follows (windows-1258 does): it is asked for before an escape and at
 * the end. */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "charset.h"

struct decoder {
    iconv_t iconv;
    size_t unit; /* bytes that are given up at a time */
};

static const struct {
    const char *begin; /* of the name */
    size_t unit;
} units[] = {
    {"UTF-16", 2}, {"UTF16", 2}, {"UCS-2", 2}, {"UCS2", 2},
    {"UTF-32", 4}, {"UTF32", 4}, {"UCS-4", 4}, {"UCS4", 4},
};

static size_t unit_of(const char *name)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strncasecmp(name, units[i].begin, strlen(units[i].begin)) == 0)
            return units[i].unit;
    return 1;
}

/* An empty name would be the locale's, and a slash begins iconv's own
 * options, one of which replaces silently. */
static void *decoder_open(const char *name)
{
    if (*name == '\0' || strpbrk(name, "/,") != NULL)
        return NULL;
    iconv_t opened = iconv_open("UTF-8", name);
    if (opened == (iconv_t)-1)
        return NULL;
    struct decoder *decoder = mem_alloc(sizeof *decoder);
    decoder->iconv = opened;
    decoder->unit = unit_of(name);
    return decoder;
}

/* One call of iconv with room made; answers its errno, 0 for none. */
static int step(struct decoder *decoder, char **in, size_t *left,
                struct buf *out)
{
    /* Most letters of a code page take at most three bytes, of UTF-16 four
     * thirds of theirs; where that is too little, E2BIG brings another step. */
    char *start = buf_reserve(out, 4 * (left ? *left : 0) / 3 + 64);
    char *to = start;
    size_t room = out->cap - out->len;
    size_t answer = iconv(decoder->iconv, in, left, &to, &room);
    int problem = answer == (size_t)-1 ? errno : 0;
    out->len += (size_t)(to - start);
    return problem;
}

static void flush(struct decoder *decoder, struct buf *out)
{
    step(decoder, NULL, NULL, out);
}

static size_t decoder_decode(void *opaque, const char *bytes, size_t len,
                             bool final, struct buf *out)
{
    struct decoder *decoder = opaque;
    char *in = (char *)bytes;
    size_t left = len;
    while (left > 0) {
        int problem = step(decoder, &in, &left, out);
        if (problem == 0 || problem == E2BIG)
            continue;
        /* The bytes of a letter that goes on in the next piece. */
        if (problem == EINVAL && !final)
            break;
        flush(decoder, out);
        for (size_t i = 0; i < decoder->unit && left > 0; i++, left--)
            charset_escape(out, *in++);
    }
    if (final)
        flush(decoder, out);
    return len - left;
}

static void decoder_close(void *opaque)
{
    struct decoder *decoder = opaque;
    iconv_close(decoder->iconv);
    free(decoder);
}

const struct charset charset_iconv = {
    .open = decoder_open,
    .decode = decoder_decode,
    .close = decoder_close,
};
