/* looks.h: which encoding bytes look like, told by the bytes alone and by
 * nothing that was said. Pure; any thread. */
#ifndef FASTSYNC_DECODE_ENCODING_LOOKS_H
#define FASTSYNC_DECODE_ENCODING_LOOKS_H

#include <stdbool.h>
#include <stddef.h>

/* An encoding that is known by sight. */
struct looks {
    const char *title; /* for people */
    const char *name;  /* to declare; NULL: it cannot be read */
};

extern const struct looks looks_utf8, looks_damaged, looks_binary;

/* Letters beyond ASCII: in UTF-8, and bytes that are not. */
struct letters {
    size_t good, bad;
    size_t bytes; /* of the good ones */
    bool nul;     /* there is a NUL byte */
};

/* `whole`: nothing follows the head. Else a character that the head's end cuts
 * is neither. */
struct letters letters_count(const char *head, size_t len, bool whole);

/* Many control bytes, which no text has. */
bool looks_no_text(const char *head, size_t len);

/* What the head of an input looks like; NULL: nothing that is known. ASCII
 * alone is UTF-8; UTF-8 with a few damaged bytes is looks_damaged. */
const struct looks *looks_like(const char *head, size_t len, bool whole);

/* The name of an encoding that is to be declared: none where the head has a
 * byte order mark, is UTF-8, or looks like nothing; then NULL. */
const char *looks_undeclared(const char *head, size_t len, bool whole);

/* Has each byte of the head a letter in the encoding of one byte a letter? */
bool looks_readable(const char *name, const char *head, size_t len);

#endif
