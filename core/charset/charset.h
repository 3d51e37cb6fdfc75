/* charset.h: code pages: a name to a decoder that makes UTF-8.
 *
 * What cannot be decoded is never replaced: each byte of it becomes 0xFF and
 * two hexadecimal digits. 0xFF stands nowhere in UTF-8, so whoever checks the
 * text finds it, and which byte it was. A decoder belongs to one reader.
 *
 * To add code pages that iconv lacks: a file that defines
 * `const struct charset charset_NAME`, and one line in CHARSETS, before iconv
 * where a name is to win over iconv's. */
#ifndef FASTSYNC_CHARSET_CHARSET_H
#define FASTSYNC_CHARSET_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define CHARSETS(X) X(page) X(tcvn3) X(vni) X(viqr) X(ncr) X(iconv)

/* Appends the letter at `at`, at < end; answers how many bytes it was, 0: it
 * waits for more of them, which it does not with `final`. */
typedef size_t charset_step(struct buf *out, const char *at, const char *end,
                            bool final);

/* One code page that is read letter by letter, or a family of them. */
struct charset {
    const char *const
        *names;        /* of one page, as charset_named has them; or NULL */
    charset_step *put; /* its */
    /* A decoder for `name`, or NULL where the family does not know it. */
    void *(*open)(const char *name);
    /* Appends `len` bytes decoded; answers how many of them were used. What is
     * left begins a character that is not complete; with `final` nothing is
     * left. */
    size_t (*decode)(void *decoder, const char *bytes, size_t len, bool final,
                     struct buf *out);
    void (*close)(void *decoder); /* NULL: it has nothing to free */
};

#define CHARSET_DECLARE(name) extern const struct charset charset_##name;
CHARSETS(CHARSET_DECLARE)
#undef CHARSET_DECLARE

/* An open decoder and its family. */
struct transcoder {
    const struct charset *charset;
    void *decoder;
};

/* False where no family knows the name. */
bool transcoder_open(struct transcoder *transcoder, const char *name);
size_t transcoder_decode(struct transcoder *transcoder, const char *bytes,
                         size_t len, bool final, struct buf *out);
void transcoder_close(
    struct transcoder *transcoder); /* a zero one is allowed */

bool charset_known(const char *name); /* UTF-8 or known to a family */
bool charset_is_utf8(const char *name);
/* Is the name one of these, which end with NULL? Case does not count, nor do
 * '-', '_', '.' and blanks, which the list has not. */
bool charset_named(const char *name, const char *const *names);
/* Appends what stands for a byte that cannot be decoded. */
void charset_escape(struct buf *out, char byte);

/* What Windows-1252 has at 0x80 to 0x9F; 0: nothing. */
extern const uint16_t charset_windows[32];

/* The encoding that a byte order mark at the head tells, and the mark's
 * length; NULL where there is none. */
const char *charset_mark(const char *head, size_t len, size_t *mark);
/* UTF-16 and UTF-32 without a mark, told by where the NUL bytes stand; or NULL.
 */
const char *charset_pattern(const char *head, size_t len);

#endif
