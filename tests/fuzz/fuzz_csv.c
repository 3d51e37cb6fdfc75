/* Any bytes as CSV, in any dialect: read in one piece and read a few bytes at
 * a time, they must give the same rows, and every row must keep its promises
 * (rows_dump.h). The first bytes choose dialect and sizes. */
#include "fuzz.h"

#include "../unit/rows_dump.h"
#include "dialects.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct spec spec;
    struct buf whole = {0}, pieces = {0};
    if (len < 3)
        return 0;
    choose(bytes, &spec);
    const char *text = (const char *)bytes + 3;
    csv_limits.quote = bytes[2] & 128 ? 20 : 64 * 1024;
    csv_limits.row = bytes[2] & 64 ? 60 : 1024 * 1024;
    csv_limits.chunk = CHUNK_BYTES;
    dump_bytes(&spec, text, len - 3, &whole);
    csv_limits.chunk = 1 + bytes[2] % 32;
    dump_bytes(&spec, text, len - 3, &pieces);
    demand(whole.len == pieces.len &&
           memcmp(whole.at, pieces.at, whole.len) == 0);
    buf_release(&whole);
    buf_release(&pieces);
    spec_release(&spec);
    return 0;
}
