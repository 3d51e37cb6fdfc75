/* Any bytes as text of each code page: whole and in odd pieces they are the
 * same text, which is UTF-8 but for what stands for bytes that are none; and
 * any text as one that was misread once: what it was meant to be is UTF-8. */
#include "fuzz.h"

#include "base/ascii.h"
#include "base/copy.h"
#include "charset/charset.h"
#include "charset/letters.h"
#include "charset/lost.h"
#include "charset/misread.h"

static const char *const pages[] = {
    "TCVN3",        "TCVN3-H",      "VNI",      "VISCII",   "VPS",
    "windows-1258", "VIQR",         "NCR",      "UTF-16",   "UTF-16LE",
    "UTF-16BE",     "UTF-32LE",     "UTF-32BE", "UTF-7",    "GB18030",
    "Shift_JIS",    "windows-1252", "CP437",    "CP866",    "ISO-8859-1",
    "EUC-KR",       "BIG5",         "KOI8-R",   "MACINTOSH"};
enum { PAGES = sizeof pages / sizeof *pages };

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    be_quiet();
    letters_prepare();
    return 0;
}

/* Answers how many bytes are lost: each of them is shown by two digits. */
static size_t demand_text(const struct buf *text)
{
    size_t lost = 0, at = 0;
    const char *bytes = buf_text((struct buf *)text);
    while (at < text->len) {
        at += utf8_valid(bytes + at, text->len - at);
        if (at == text->len)
            break;
        demand((unsigned char)bytes[at] == 0xFF && text->len - at > 2);
        demand(ascii_hex(bytes[at + 1]) >= 0 && ascii_hex(bytes[at + 2]) >= 0);
        lost++;
        at += 3;
    }
    return lost;
}

/* In pieces as long as the bytes of `sizes` say, one after the other. */
static void decode_pieces(const char *name, struct bytes sizes,
                          struct bytes from, struct buf *out)
{
    struct transcoder transcoder;
    struct buf held = {0};
    demand(transcoder_open(&transcoder, name));
    for (size_t i = 0; from.left > 0; i++) {
        size_t piece = sizes.left > 0 ? sizes.at[i % sizes.left] % 7 + 1u : 1;
        piece = piece < from.left ? piece : from.left;
        buf_add(&held, (const char *)from.at, piece);
        from.at += piece;
        from.left -= piece;
        size_t used =
            transcoder_decode(&transcoder, held.at, held.len, false, out);
        demand(used <= held.len);
        if (used > 0)
            memmove(held.at, held.at + used, held.len - used);
        held.len -= used;
    }
    demand(transcoder_decode(&transcoder, buf_text(&held), held.len, true,
                             out) == held.len);
    transcoder_close(&transcoder);
    buf_release(&held);
}

static void decode(const char *name, struct bytes from)
{
    struct transcoder transcoder;
    struct buf whole = {0}, pieces = {0};
    struct bytes sizes = {from.at, from.left < 8 ? from.left : 8};
    if (!transcoder_open(&transcoder, name))
        return;
    demand(transcoder_decode(&transcoder, (const char *)from.at, from.left,
                             true, &whole) == from.left);
    transcoder_close(&transcoder);
    demand(demand_text(&whole) <= from.left);
    decode_pieces(name, sizes, from, &pieces);
    demand_same(&whole, &pieces);
    buf_release(&whole);
    buf_release(&pieces);
}

static void mean(struct bytes from)
{
    struct buf text = {0}, meant = {0};
    bool doubtful;
    utf8_mend(&text, (const char *)from.at, from.left);
    size_t len = text.len;
    memset(buf_reserve(&text, COPY_STEP), 0, COPY_STEP);
    letters_in_place(text.at, len);
    for (int wanted = MISREAD_NOT; wanted <= MISREAD_REFERENCES; wanted++) {
        buf_clear(&meant);
        enum misreading found = misread_find(
            text.at, len, (enum misreading)wanted, &meant, &doubtful);
        demand(utf8_valid(buf_text(&meant), meant.len) == meant.len);
        demand((found == MISREAD_NOT) <= (meant.len == 0));
        lost_any(buf_text(&meant), meant.len);
        demand(*misread_name(found) != '\0' && *misread_repair(found) != '\0');
    }
    buf_release(&text);
    buf_release(&meant);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct bytes from = {bytes, len};
    unsigned first = take(&from) % (PAGES + 1);
    if (first < PAGES)
        decode(pages[first], from);
    else
        mean(from);
    return 0;
}
