/* memo.h: texts that do not fit into a record, in a file beside the table.
 *
 *     dBase III   blocks of 512 bytes; a text ends in 0x1A
 *     dBase IV    blocks as the head says; FF FF 08 00, then the length and
 *                 the 8 bytes before the text
 *     FoxPro      blocks as the head says; kind, length, high bytes first
 *
 * Source: "Memo File Structure" of dBase and of Visual FoxPro. Any thread. */
#ifndef FASTSYNC_DECODE_DBF_MEMO_H
#define FASTSYNC_DECODE_DBF_MEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "layout.h"

struct dbf_memos;

/* The memo file of the table at `path`: beside it, in any letter case. NULL:
 * err (EXIT_INPUT), which says what was looked for. */
struct dbf_memos *dbf_memos_open(const char *path,
                                 const struct dbf_layout *layout,
                                 const struct reach *reach, size_t longest,
                                 struct err *err);
void dbf_memos_close(struct dbf_memos *memos);          /* NULL is allowed */
uint64_t dbf_memos_size(const struct dbf_memos *memos); /* of the file */
/* May its texts hold soft ends of lines (0x8D 0x0A)? */
bool dbf_memos_wrap(const struct dbf_memos *memos);
/* The text that begins in that block, as bytes, in `into`; empty where it is a
 * picture. False: why it cannot be read. */
bool dbf_memos_read(struct dbf_memos *memos, uint32_t block, struct buf *into,
                    struct err *err);

#endif
