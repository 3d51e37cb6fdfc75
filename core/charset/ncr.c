/* ncr.c: UTF-8 whose letters beyond ASCII stand as references: `&#7877;`,
 * `&#x1EC5;`. A reference to ASCII stays as it stands: `&#44;` is no comma. */
#include "ncr.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "charset.h"

enum { LONGEST = 12 }; /* bytes of a reference */

/* What was meant by the control characters from U+0080: Windows-1252. */
static int32_t letter_of(int32_t number)
{
    if (number >= 0x80 && number < 0xA0)
        return charset_windows[number - 0x80];
    bool surrogate = number >= 0xD800 && number < 0xE000;
    return number < 0x80 || surrogate || number > 0x10FFFF ? 0 : number;
}

size_t ncr_take(const char *at, const char *end, int32_t *letter, bool *open)
{
    size_t left = (size_t)(end - at), i = 2, digits = 0;
    int32_t number = 0, base = 10;
    *letter = 0;
    *open = left < LONGEST;
    if (left < 2)
        return 0;
    if (at[1] != '#')
        return (*open = false);
    if (i < left && (at[i] | 0x20) == 'x') {
        base = 16;
        i++;
    }
    for (; i < left && i < LONGEST; i++, digits++) {
        int digit = ascii_hex(at[i]);
        if (digit < 0 || digit >= base)
            break;
        number = number > 0x10FFFF ? number : number * base + digit;
    }
    if (i == left && i < LONGEST)
        return 0;
    *open = false;
    if (i == LONGEST || at[i] != ';' || digits == 0)
        return 0;
    *letter = letter_of(number);
    return *letter != 0 ? i + 1 : 0;
}

/* UTF-8 as it stands, until the next reference; 0: a letter may go on. */
static size_t put_text(struct buf *out, const char *at, const char *end,
                       bool final)
{
    const char *next = memchr(at, '&', (size_t)(end - at));
    size_t left = (size_t)((next != NULL ? next : end) - at);
    size_t valid = utf8_valid(at, left);
    buf_add(out, at, valid);
    if (valid > 0 || left == 0)
        return valid;
    if (next == NULL && left < 4 && !final)
        return 0;
    charset_escape(out, *at);
    return 1;
}

static size_t put(struct buf *out, const char *at, const char *end, bool final)
{
    int32_t letter;
    bool open;
    if (*at != '&')
        return put_text(out, at, end, final);
    size_t used = ncr_take(at, end, &letter, &open);
    if (used > 0)
        utf8_put(out, letter);
    else if (open && !final)
        return 0;
    else
        buf_putc(out, '&');
    return used > 0 ? used : 1;
}

static const char *const names[] = {"ncr", "htmlncr", NULL};

const struct charset charset_ncr = {.names = names, .put = put};
