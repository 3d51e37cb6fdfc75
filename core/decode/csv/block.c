/* block.c: the masks of one block.
 *
 * That the text is UTF-8 is told by masks too: where the tails stand is
 * compared with where the leads want them. Only leads that Vietnamese text
 * does not use are decoded one by one. What is found wrong is kept as a place
 * up to which rows must be looked at again, slowly. */
#include "base/masks.h"
#include "base/nfc.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "rows.h"

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
            rows->odd = base + SCAN_BLOCK;
        uint64_t tails = (UINT64_C(1) << (length - 1)) - 1;
        *due |= place < 63 ? tails << (place + 1) : 0;
        rows->carry.due |= place + length > 64 ? tails >> (63 - place) : 0;
    }
    return valid;
}

/* Are all bytes of 0x80 and above in their places? 0xC3 to 0xC6 lead one tail
 * and are NFC; 0xE1 leads two, and is NFC before 0xB8 to 0xBB. */
static inline bool check_utf8(struct csv_rows *rows, const struct masks *masks,
                              size_t base, uint64_t others)
{
    uint64_t three = masks->three, leads = masks->two | three;
    uint64_t due = rows->carry.due | leads << 1 | three << 2;
    bool valid = true;
    if (((three << 1 | rows->carry.second) & ~masks->latin) != 0)
        rows->odd = base + SCAN_BLOCK;
    rows->carry.due = leads >> 63 | three >> 62;
    rows->carry.second = three >> 63;
    if (others != 0)
        valid = check_others(rows, base, others, &due);
    return valid && masks->tails == due;
}

/* Those of the block at `base`; of some more once in a while. */
static inline const struct masks *next_masks(struct csv_rows *rows, size_t base)
{
    size_t left = (rows->len - base) / SCAN_BLOCK + 1;
    if (base == 0 || rows->ahead == 0) {
        rows->ahead = left < MASKS_BLOCKS ? (unsigned)left : MASKS_BLOCKS;
        masks_way->all(rows->text + base, rows->grammar.marks,
                       rows->masks + MASKS_BLOCKS - rows->ahead, rows->ahead);
    }
    return &rows->masks[MASKS_BLOCKS - rows->ahead--];
}

void csv_load(struct csv_rows *rows, size_t base)
{
    const struct masks *masks = next_masks(rows, base);
    uint64_t others = masks->high & ~(masks->tails | masks->two | masks->three);
    uint64_t second = masks->three << 1 | rows->carry.second;
    rows->block.base = base;
    rows->block.events = masks->events & ~rows->carry.drop;
    rows->block.high = masks->high;
    rows->block.special = masks->special | others | (second & ~masks->latin);
    rows->carry.drop = 0;
    bool sound = masks->nul == 0;
    if ((masks->high | rows->carry.due) != 0)
        sound &= check_utf8(rows, masks, base, others);
    if (!sound) { /* the next block is judged for itself */
        rows->bad_upto = base + SCAN_BLOCK;
        rows->carry.due = 0;
    }
}
