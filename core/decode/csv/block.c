/* block.c: the masks of one block.
 *
 * That the text is UTF-8 is told by masks too: where the tails stand is
 * compared with where the leads want them. Only leads that Vietnamese text
 * does not use are decoded one by one. What is found wrong is kept as a place
 * up to which rows must be looked at again, slowly. */
#include "base/nfc.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "csv.h"

/* Checks the leads that are not told by masks: the tails they are due (in
 * the next block too), and whether they may not be NFC. False: invalid. */
static bool check_others(struct csv_rows *rows, size_t base, uint64_t leads,
                         uint64_t *due)
{
    const char *end = rows->text + rows->len;
    bool valid = true;
    for (; leads != 0; leads &= leads - 1) {
        unsigned place = scan_first(leads);
        const char *start = rows->text + base + place, *at = start;
        if (start >= end || utf8_next(&at, end) < 0) {
            valid = false;
            continue;
        }
        size_t length = (size_t)(at - start);
        if (!utf8_is_nfc(start, length))
            rows->odd = base + 64;
        uint64_t tails = (UINT64_C(1) << (length - 1)) - 1;
        *due |= place < 63 ? tails << (place + 1) : 0;
        rows->carry.due |= place + length > 64 ? tails >> (63 - place) : 0;
    }
    return valid;
}

/* Are all bytes of 0x80 and above in their places? 0xC2 to 0xC7 lead one tail
 * and are NFC; 0xE1 leads two, and is NFC before 0xB8 to 0xBB. */
static inline bool check_utf8(struct csv_rows *rows,
                              const struct scan_block *bytes, size_t base,
                              uint64_t high)
{
    uint64_t tails = scan_mask(scan_tail(bytes));
    uint64_t three = scan_mask(scan_is(bytes, (char)0xE1));
    uint64_t latin = scan_mask(scan_bits_are(bytes, 0xFC, 0xB8));
    uint64_t two = scan_mask(scan_or(scan_bits_are(bytes, 0xFC, 0xC4),
                                     scan_bits_are(bytes, 0xFE, 0xC2)));
    uint64_t others = high & ~(tails | three | two);
    uint64_t leads = two | three;
    uint64_t due = rows->carry.due | leads << 1 | three << 2;
    bool valid = true;
    if (((three << 1 | rows->carry.second) & ~latin) != 0)
        rows->odd = base + 64;
    rows->carry.due = leads >> 63 | three >> 62;
    rows->carry.second = three >> 63;
    if (others != 0)
        valid = check_others(rows, base, others, &due);
    return valid && tails == due;
}

void csv_load(struct csv_rows *rows, size_t base)
{
    const struct csv_grammar *grammar = &rows->grammar;
    struct scan_block bytes = scan_load(rows->text + base);
    struct scan_block control = scan_control(&bytes);
    struct scan_block quotes = scan_is(&bytes, grammar->quote);
    struct scan_block events =
        scan_or(scan_is(&bytes, grammar->delimiter), scan_or(quotes, control));
    if (grammar->escape != '\n')
        events = scan_or(events, scan_is(&bytes, grammar->escape));
    if (grammar->quote != '"')
        quotes = scan_is(&bytes, '"');
    uint64_t high = scan_high(&bytes);
    rows->block.base = base;
    rows->block.events = scan_mask(events) & ~rows->carry.drop;
    rows->block.high = high;
    rows->block.escape =
        scan_mask(scan_or(scan_or(control, quotes), scan_is(&bytes, '\\')));
    rows->carry.drop = 0;
    bool sound = !scan_any(scan_is(&bytes, '\0'));
    if ((high | rows->carry.due) != 0)
        sound &= check_utf8(rows, &bytes, base, high);
    if (!sound)
        rows->bad_upto = base + 64;
}
