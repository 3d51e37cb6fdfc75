/* vni.c: VNI-Windows: a letter of Latin and a mark after it, which is a letter
 * of Latin, too; a few letters are one byte. A mark takes either case: the
 * letter before it says which it is.
 *
 * Signs are those of Windows-1252. A letter beyond ASCII that no vowel stands
 * before, as in French names, is none in VNI. */
#include "vni.h"

#include "base/utf8.h"
#include "charset.h"
#include "letters.h"
#include "page.h"

/* VNI writes a letter and a mark after it; the marks, and the letters that the
 * base letters become, 0 where there is none. */
static const int32_t vni_bases[] = {'a', 'e', 'o', 'u', 'y', 0xF4, 0xF6};
enum { BASES = sizeof vni_bases / sizeof *vni_bases };
static const struct {
    int32_t mark;
    int32_t made[BASES];
} vni_marks[] = {
    {0xF8, {0xE0, 0xE8, 0xF2, 0xF9, 0x1EF3, 0x1EDD, 0x1EEB}},
    {0xF9, {0xE1, 0xE9, 0xF3, 0xFA, 0xFD, 0x1EDB, 0x1EE9}},
    {0xFB, {0x1EA3, 0x1EBB, 0x1ECF, 0x1EE7, 0x1EF7, 0x1EDF, 0x1EED}},
    {0xF5, {0xE3, 0x1EBD, 0xF5, 0x169, 0x1EF9, 0x1EE1, 0x1EEF}},
    {0xEF, {0x1EA1, 0x1EB9, 0x1ECD, 0x1EE5, 0, 0x1EE3, 0x1EF1}},
    {0xE2, {0xE2, 0xEA, 0xF4}},
    {0xE0, {0x1EA7, 0x1EC1, 0x1ED3}},
    {0xE1, {0x1EA5, 0x1EBF, 0x1ED1}},
    {0xE5, {0x1EA9, 0x1EC3, 0x1ED5}},
    {0xE3, {0x1EAB, 0x1EC5, 0x1ED7}},
    {0xE4, {0x1EAD, 0x1EC7, 0x1ED9}},
    {0xEA, {0x103}},
    {0xE8, {0x1EB1}},
    {0xE9, {0x1EAF}},
    {0xFA, {0x1EB3}},
    {0xFC, {0x1EB5}},
    {0xEB, {0x1EB7}},
};
/* Letters that are one byte, but for those that Latin-1 has there, too. */
static const int32_t vni_single[][2] = {
    {0xF1, 0x111}, {0xF6, 0x1B0},  {0xF4, 0x1A1},  {0xE6, 0x1EC9},
    {0xF3, 0x129}, {0xF2, 0x1ECB}, {0xEE, 0x1EF5},
};

int32_t vni_small(int32_t rune)
{
    return letter_is_capital(rune) ? rune + 32 : rune;
}

int32_t vni_pair(int32_t base, int32_t mark)
{
    for (size_t i = 0; i < sizeof vni_marks / sizeof *vni_marks; i++)
        for (size_t at = 0; at < BASES; at++)
            if (vni_marks[i].mark == mark && vni_bases[at] == base)
                return vni_marks[i].made[at];
    return 0;
}

int32_t vni_one(int32_t rune)
{
    for (size_t i = 0; i < sizeof vni_single / sizeof *vni_single; i++)
        if (vni_single[i][0] == rune)
            return vni_single[i][1];
    return 0;
}

/* The capital or the small one, as `model` is. */
static int32_t cased(int32_t letter, int32_t model)
{
    return vni_small(model) != model ? page_capital(letter) : letter;
}

static int32_t one_of(int32_t rune)
{
    int32_t small = vni_small(rune), letter = vni_one(small);
    if (letter == 0 && (small == 0xEC || small == 0xED))
        letter = small;
    return cased(letter, rune);
}

/* Signs, and ASCII. */
static int32_t sign_of(unsigned char byte)
{
    if (byte >= 0x80 && byte < 0xA0)
        return charset_windows[byte - 0x80];
    return byte < 0xC0 ? byte : 0;
}

/* The last byte waits for its mark. */
static size_t put(struct buf *out, const char *at, const char *end, bool final)
{
    if (at + 1 == end && !final)
        return 0;
    unsigned char byte = (unsigned char)*at;
    unsigned char next = at + 1 < end ? (unsigned char)at[1] : 0;
    int32_t letter =
        next >= 0xC0 ? vni_pair(vni_small(byte), vni_small(next)) : 0;
    size_t used = letter != 0 ? 2 : 1;
    letter = letter != 0 ? cased(letter, byte) : one_of(byte);
    if (letter == 0)
        letter = sign_of(byte);
    if (letter == 0 && byte != 0)
        charset_escape(out, *at);
    else
        utf8_put(out, letter);
    return used;
}

static const char *const names[] = {"vni", "vniwindows", "vniwin", "xvietvni",
                                    NULL};

const struct charset charset_vni = {.names = names, .put = put};
