/* kind.c: what packed files begin with. */
#include <stdio.h>
#include <string.h>

#include "part.h"

enum { TAR_BLOCK = 512, TAR_SUM = 148, TAR_SUM_LEN = 8 };

/* A tar has no mark that all of them share, but a sum of its first block, which
 * counts itself as blanks. */
static bool is_tar(const char *head, size_t len)
{
    unsigned sum = 0, said = 0;
    if (len < TAR_BLOCK || *head == '\0')
        return false;
    for (size_t i = 0; i < TAR_BLOCK; i++)
        sum += i >= TAR_SUM && i < TAR_SUM + TAR_SUM_LEN
                   ? ' '
                   : (unsigned char)head[i];
    const char *at = head + TAR_SUM, *end = at + TAR_SUM_LEN;
    while (at < end && *at == ' ')
        at++;
    const char *digits = at;
    for (; at < end && *at >= '0' && *at <= '7'; at++)
        said = said * 8 + (unsigned)(*at - '0');
    return at > digits && (at == end || *at == '\0' || *at == ' ') &&
           sum == said;
}

static const struct {
    enum packing packing;
    const char *bytes;
    size_t len;
} marks[] = {
    {PACKED_GZIP, "\x1F\x8B\x08", 3},
    {PACKED_XZ,
     "\xFD"
     "7zXZ\0",
     6},
    {PACKED_ZSTD, "\x28\xB5\x2F\xFD", 4},
    {PACKED_ZIP, "PK\3\4", 4},
    {PACKED_ZIP, "PK\5\6", 4}, /* with nothing in it */
    {PACKED_ZIP, "PK00PK\3\4", 8},
    {PACKED_7Z, "7z\xBC\xAF\x27\x1C", 6},
    {PACKED_RAR, "Rar!\x1A\x07\x00", 7},
    {PACKED_RAR, "Rar!\x1A\x07\x01", 7},
};

/* A text may well begin with "BZh9", but not go on as a block does. */
static bool is_bzip2(const char *head, size_t len)
{
    return len >= 10 && memcmp(head, "BZh", 3) == 0 && head[3] >= '1' &&
           head[3] <= '9' &&
           (memcmp(head + 4, "1AY&SY", 6) == 0 ||
            memcmp(head + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

enum packing unpack_kind(const char *head, size_t len)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (len >= marks[i].len &&
            memcmp(head, marks[i].bytes, marks[i].len) == 0)
            return marks[i].packing;
    return is_bzip2(head, len) ? PACKED_BZIP2
           : is_tar(head, len) ? PACKED_TAR
                               : PACKED_NOT;
}

static const struct {
    const char *title;
    bool archive;
} kinds[] = {
    [PACKED_NOT] = {"not packed", false},
    [PACKED_GZIP] = {"compressed with gzip", false},
    [PACKED_BZIP2] = {"compressed with bzip2", false},
    [PACKED_XZ] = {"compressed with xz", false},
    [PACKED_ZSTD] = {"compressed with zstd", false},
    [PACKED_ZIP] = {"a ZIP archive", true},
    [PACKED_TAR] = {"a tar archive", true},
    [PACKED_7Z] = {"a 7z archive", true},
    [PACKED_RAR] = {"a RAR archive", true},
};

const char *unpack_title(enum packing packing)
{
    return kinds[packing].title;
}

bool unpack_is_archive(enum packing packing)
{
    return kinds[packing].archive;
}
