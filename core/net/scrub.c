/* scrub.c: a secret is compared with the text character by character, and each
 * may stand for itself or be escaped. In Base64 a secret looks in one of three
 * ways, by its place among threes; the middle of it, which nothing before or
 * after it changes, is searched for, and the whole word struck out. */
#include "scrub.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/nfc.h"
#include "base/screen/show.h"
#include "base/utf8.h"

enum {
    CODED_MIN = 5,  /* of Base64's unchanging middle */
    DOUBTS_MAX = 64 /* tries where characters read in two ways */
};

/* One escaped character of a text. */
struct escaped {
    size_t len; /* in the text; 0: nothing is escaped here */
    char bytes[8];
    size_t count;
};

static void put_rune(struct escaped *out, unsigned long rune)
{
    struct buf bytes = {0};
    if (rune == 0 || rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff))
        rune = 0xfffd;
    utf8_put(&bytes, (int32_t)rune);
    memcpy(out->bytes, bytes.at, bytes.len);
    out->count = bytes.len;
    buf_release(&bytes);
}

/* `count` hexadecimal digits, or -1. */
static long hex(const char *at, size_t count)
{
    char digits[8] = "";
    for (size_t i = 0; i < count; i++) {
        if (strchr("0123456789abcdefABCDEF", at[i]) == NULL || at[i] == '\0')
            return -1;
        digits[i] = at[i];
    }
    return strtol(digits, NULL, 16);
}

static void from_url(const char *at, struct escaped *out)
{
    long byte = *at == '%' ? hex(at + 1, 2) : *at == '+' ? ' ' : -1;
    if (byte <= 0)
        return;
    out->len = *at == '%' ? 3 : 1;
    out->bytes[0] = (char)byte;
    out->count = 1;
}

/* A character beyond the first 65536 is a pair of \u. */
static void from_json(const char *at, struct escaped *out)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *name = at[1] ? strchr(names, at[1]) : NULL;
    if (name != NULL) {
        out->len = 2;
        out->bytes[0] = meant[name - names];
        out->count = 1;
    }
    long rune = at[1] == 'u' ? hex(at + 2, 4) : -1;
    if (rune < 0)
        return;
    out->len = 6;
    long low = at[6] == '\\' && at[7] == 'u' ? hex(at + 8, 4) : -1;
    if (rune >= 0xd800 && rune < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
        out->len = 12;
        rune = 0x10000 + ((rune - 0xd800) << 10) + (low - 0xdc00);
    }
    put_rune(out, (unsigned long)rune);
}

/* By name, or by number in ten or sixteen. */
static void from_html(const char *at, struct escaped *out)
{
    static const struct {
        const char *name, *meant;
    } names[] = {{"&amp;", "&"},
                 {"&lt;", "<"},
                 {"&gt;", ">"},
                 {"&quot;", "\""},
                 {"&apos;", "'"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncasecmp(at, names[i].name, strlen(names[i].name)) == 0) {
            out->len = strlen(names[i].name);
            out->bytes[0] = *names[i].meant;
            out->count = 1;
        }
    if (at[1] != '#')
        return;
    bool sixteen = at[2] == 'x' || at[2] == 'X';
    const char *digits = at + 2 + sixteen;
    char *end;
    if (hex(digits, 1) < 0)
        return;
    unsigned long rune = strtoul(digits, &end, sixteen ? 16 : 10);
    if (end == digits || *end != ';')
        return;
    out->len = (size_t)(end + 1 - at);
    put_rune(out, rune);
}

/* Whichever way of escaping the character at hand may begin. */
static struct escaped unescape(const char *at)
{
    struct escaped out = {0};
    if (*at == '%' || *at == '+')
        from_url(at, &out);
    else if (*at == '\\')
        from_json(at, &out);
    else if (*at == '&')
        from_html(at, &out);
    return out;
}

/* Where the secret ends that begins at `at`, or NULL. A secret of nothing but
 * backslashes could be read in very many ways: `tries` are what is left. */
static const char *match(const char *at, const char *secret, unsigned *tries)
{
    while (*secret != '\0') {
        struct escaped escaped = unescape(at);
        bool raw = *at == *secret;
        bool coded = escaped.len > 0 &&
                     strncmp(escaped.bytes, secret, escaped.count) == 0;
        if (!raw && !coded)
            return NULL;
        if (raw && coded && *tries > 0) {
            --*tries;
            const char *end =
                match(at + escaped.len, secret + escaped.count, tries);
            if (end != NULL)
                return end;
        }
        at += raw ? 1 : escaped.len;
        secret += raw ? 1 : escaped.count;
    }
    return at;
}

/* Both alphabets: the usual one and that of URLs. */
static bool is_base64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9') || (c != '\0' && strchr("+/-_=", c) != NULL);
}

/* Puts stars in place of the text from `from` to `to`; answers what follows
 * them. */
static char *strike(char *from, const char *to)
{
    size_t stars = to - from < 3 ? (size_t)(to - from) : 3;
    memset(from, '*', stars);
    memmove(from + stars, to, strlen(to) + 1);
    return from + stars;
}

/* `word`: what is found is part of a word that goes as a whole. */
static void strike_all(char *text, const char *secret, bool word)
{
    for (char *at = text; *at != '\0';) {
        unsigned tries = DOUBTS_MAX;
        const char *end = match(at, secret, &tries);
        if (end == NULL) {
            at++;
            continue;
        }
        while (word && at > text && is_base64(at[-1]))
            at--;
        while (word && is_base64(*end))
            end++;
        at = strike(at, end);
    }
}

/* What Base64 makes of a secret after `shift` other bytes, without the
 * characters that its neighbours have a part in. */
static void encode(char *to, const char *secret, unsigned shift,
                   const char *last_two)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789";
    size_t bits = (shift + strlen(secret)) * 8;
    for (size_t bit = (shift * 8 + 5) / 6 * 6; bit + 6 <= bits; bit += 6) {
        unsigned value = 0;
        for (size_t i = bit; i < bit + 6; i++) {
            unsigned char byte = (unsigned char)secret[i / 8 - shift];
            value = value << 1 | (byte >> (7 - i % 8) & 1);
        }
        *to++ = value < 62 ? letters[value] : last_two[value - 62];
    }
    *to = '\0';
}

/* Letters and their marks may come one by one, as another system writes them:
 * the text is composed where a secret with marks may hide in it. */
static void compose(char *text, const char *secret)
{
    struct buf composed = {0};
    size_t len = strlen(text), size = strlen(secret);
    if (utf8_is_nfc(text, len) || utf8_valid(text, len) < len ||
        utf8_valid(secret, size) < size)
        return;
    utf8_nfc(&composed, text, len);
    if (composed.len <= len)
        memcpy(text, buf_text(&composed), composed.len + 1);
    buf_wipe(&composed);
}

static bool is_ascii(const char *text)
{
    while (*text != '\0' && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

/* As it stands first; then Base64 in three places and two alphabets. */
void scrub(char *text, const char *secret)
{
    size_t len = secret ? strlen(secret) : 0;
    /* However it is spelled, it is as long as it is at least. */
    if (len < SCRUB_MIN || strlen(text) < len)
        return;
    if (!is_ascii(secret))
        compose(text, secret);
    strike_all(text, secret, false);
    char *coded = mem_alloc(2 * len + 8);
    for (unsigned way = 0; way < 6; way++) {
        encode(coded, secret, way % 3, way < 3 ? "+/" : "-_");
        if (strlen(coded) >= CODED_MIN)
            strike_all(text, coded, true);
    }
    mem_wipe(coded, 2 * len + 8);
    free(coded);
}

/* A word up to its last '@', as a password may hold one; a "user@host" without
 * a password is left as it is. */
void scrub_userinfo(char *text)
{
    for (char *at = text; *at != '\0';) {
        size_t len = strcspn(at, " \t\r\n'\"<>");
        char *user = at, *end = NULL, *slashes = strstr(at, "://");
        if (slashes != NULL && slashes < at + len)
            user = slashes + 3;
        for (char *c = user; c < at + len; c++)
            end = *c == '@' ? c : end;
        if (end != NULL && memchr(user, ':', (size_t)(end - user)) != NULL)
            at = strike(user, end) + 1;
        else
            at += len + (at[len] != '\0');
    }
}

size_t one_line(char *to, size_t max, const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    size_t used = 0;
    while (at < end) {
        char shown[SHOW_MAX];
        bool blank = ascii_blank(*at);
        size_t bytes = show_next(&at, end, shown);
        if (blank && (used == 0 || to[used - 1] == ' '))
            continue;
        if (used + (blank ? 1 : bytes) > max)
            break;
        memcpy(to + used, blank ? " " : shown, blank ? 1 : bytes);
        used += blank ? 1 : bytes;
    }
    while (used > 0 && to[used - 1] == ' ')
        used--;
    to[used] = '\0';
    return used;
}
