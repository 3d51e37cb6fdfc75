/* ascii.h: digits, letters and blanks of ASCII, whatever the locale; of bytes
 * and of code points. Pure; any thread. */
#ifndef FASTSYNC_BASE_ASCII_H
#define FASTSYNC_BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

static inline bool ascii_digit(int32_t c)
{
    return (uint32_t)(c - '0') < 10;
}

static inline bool ascii_letter(int32_t c)
{
    return (uint32_t)((c | 0x20) - 'a') < 26;
}

/* White space of JSON, XML and HTTP. */
static inline bool ascii_blank(int32_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline char ascii_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

/* What a hexadecimal digit counts, or -1: it is none. */
static inline int ascii_hex(char c)
{
    c = ascii_lower(c);
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
