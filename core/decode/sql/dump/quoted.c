/* quoted.c: what stands in quotes. A quote in it is doubled, or has a backslash
 * before it, or, in Oracle's and PostgreSQL's other quotes, just stands there.
 */
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "token.h"

static void add(struct lexer *lexer, const char *bytes, size_t len)
{
    size_t room = lexer->max - lexer->buf.len;
    if (len > room)
        lexer->token.too_long = true;
    buf_add(&lexer->buf, bytes, len < room ? len : room);
}

/* Up to a byte that is `quote`, or a backslash where that escapes. */
static void add_plain(struct lexer *lexer, char quote, bool escapes)
{
    struct dump_text *text = &lexer->text;
    const char *from = text->buf.at + text->at;
    size_t left = text->buf.len - text->at, len = left;
    const char *end = memchr(from, quote, left);
    if (end != NULL)
        len = (size_t)(end - from);
    if (escapes && (end = memchr(from, '\\', len)) != NULL)
        len = (size_t)(end - from);
    add(lexer, from, len);
    for (const char *at = from;
         (at = memchr(at, '\n', (size_t)(from + len - at))) != NULL; at++)
        text->line++;
    text->at += len;
}

static int hex_of(int byte)
{
    return byte >= 0 && byte < 0x80 ? ascii_hex((char)byte) : -1;
}

/* So many digits at most, of that base; -1: none. */
static int32_t take_digits(struct lexer *lexer, int base, int most)
{
    int32_t number = -1;
    for (int digit, i = 0; i < most; i++) {
        digit = hex_of(dump_look(&lexer->text, 0));
        if (digit < 0 || digit >= base)
            break;
        if (number <= 0x10FFFF) /* what is larger is none anyhow */
            number = (number < 0 ? 0 : number) * base + digit;
        dump_pass(&lexer->text);
    }
    return number;
}

/* Four digits behind \u, eight behind \U; -1: they are not there. */
static int32_t take_rune(struct lexer *lexer, int letter)
{
    int digits = letter == 'u' ? 4 : 8;
    for (int i = 0; i < digits; i++)
        if (hex_of(dump_look(&lexer->text, (size_t)i)) < 0)
            return -1;
    return take_digits(lexer, 16, digits);
}

/* \u or \U was passed; two may be one character. */
static void add_rune(struct lexer *lexer, int letter)
{
    struct dump_text *text = &lexer->text;
    struct buf made = {0};
    int32_t rune = take_rune(lexer, letter), low = 0;
    if (rune >= 0xD800 && rune < 0xDC00 && dump_look(text, 0) == '\\' &&
        ((letter = dump_look(text, 1)) == 'u' || letter == 'U')) {
        dump_pass(text);
        dump_pass(text);
        low = take_rune(lexer, letter);
        if (low >= 0xDC00 && low < 0xE000)
            rune = 0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00);
    }
    if (rune <= 0 || rune > 0x10FFFF || (rune & ~0x7FF) == 0xD800) {
        lexer->token.broken = true;
        return;
    }
    utf8_put(&made, rune);
    add(lexer, made.at, made.len);
    buf_release(&made);
}

/* What a backslash, which was passed, and the next byte stand for: MySQL's, or
 * those of E'…'. */
static void add_escape(struct lexer *lexer)
{
    static const char letters[] = "nrtb0Zfv", bytes[] = "\n\r\t\b\0\x1A\f\v";
    bool mysql = lexer->dialect->backslash;
    int byte = dump_look(&lexer->text, 0);
    if (byte < 0)
        return;
    const char *at = byte != 0 ? strchr(letters, byte) : NULL;
    char plain = (char)byte;
    if (!mysql && byte >= '0' && byte <= '7') {
        plain = (char)take_digits(lexer, 8, 3);
        add(lexer, &plain, 1);
        return;
    }
    dump_pass(&lexer->text);
    if (!mysql && (byte == 'u' || byte == 'U')) {
        add_rune(lexer, byte);
        return;
    }
    if (!mysql && byte == 'x' && hex_of(dump_look(&lexer->text, 0)) >= 0)
        plain = (char)take_digits(lexer, 16, 2);
    else if (at != NULL && (mysql ? at - letters < 6 : *at != 'Z'))
        plain = bytes[at - letters];
    else if (mysql && (byte == '%' || byte == '_'))
        add(lexer, "\\", 1);
    add(lexer, &plain, 1);
}

void lexer_quoted(struct lexer *lexer, char quote, bool escapes)
{
    struct dump_text *text = &lexer->text;
    int byte;
    while ((byte = dump_look(text, 0)) >= 0) {
        if (byte == (unsigned char)quote) {
            dump_pass(text);
            if (dump_look(text, 0) != byte)
                return;
            dump_pass(text);
            add(lexer, &quote, 1);
        } else if (escapes && byte == '\\') {
            dump_pass(text);
            add_escape(lexer);
        } else {
            add_plain(lexer, quote, escapes);
        }
    }
    lexer->token.unended = true;
}

/* q'[ … ]': the quote was passed. */
void lexer_oracle(struct lexer *lexer)
{
    static const char opens[] = "[{(<", closes[] = "]})>";
    struct dump_text *text = &lexer->text;
    int open = dump_look(text, 0), byte;
    const char *at = open > 0 ? strchr(opens, open) : NULL;
    int close = at ? closes[at - opens] : open;
    if (open >= 0)
        dump_pass(text);
    while ((byte = dump_look(text, 0)) >= 0) {
        char plain = (char)byte;
        dump_pass(text);
        if (byte == close && dump_look(text, 0) == '\'') {
            dump_pass(text);
            return;
        }
        add(lexer, &plain, 1);
    }
    lexer->token.unended = true;
}

/* $tag$ … $tag$; false, and nothing is passed, where no such text begins. */
bool lexer_dollar(struct lexer *lexer)
{
    enum { TAG = 64 };
    struct dump_text *text = &lexer->text;
    char tag[TAG];
    size_t len = 1, same;
    tag[0] = '$';
    do {
        int byte = dump_look(text, len);
        bool inside = byte == '$' || byte >= 0x80 || byte == '_' ||
                      ascii_letter(byte) || (len > 1 && ascii_digit(byte));
        if (len + 1 == TAG || !inside)
            return false;
        tag[len] = (char)byte;
    } while (tag[len++] != '$');
    for (size_t i = 0; i < len; i++)
        dump_pass(text);
    for (int byte; (byte = dump_look(text, 0)) >= 0;) {
        for (same = 0; same < len; same++)
            if (dump_look(text, same) != (unsigned char)tag[same])
                break;
        for (size_t i = 0; same == len && i < len; i++)
            dump_pass(text);
        if (same == len)
            return true;
        char plain = (char)byte;
        dump_pass(text);
        add(lexer, &plain, 1);
    }
    lexer->token.unended = true;
    return true;
}
