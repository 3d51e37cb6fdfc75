/* packed.c: an accepted record is three words, two bytes of its key's length,
 * and the key. A key longer than those two bytes can say is cut: it is shown to
 * people; its hash is what counts. */
#include "packed.h"

#include <string.h>

char *word_put(char *to, uint64_t word)
{
    for (int i = 0; i < 8; i++)
        *to++ = (char)(word >> 8 * i);
    return to;
}

uint64_t word_get(const char *from)
{
    uint64_t word = 0;
    for (int i = 0; i < 8; i++)
        word |= (uint64_t)(unsigned char)from[i] << 8 * i;
    return word;
}

enum { WORDS = 3, HEAD = 8 * WORDS + 2 };

void packed_add(struct buf *blob, const struct packed *record)
{
    size_t len = record->key_len < UINT16_MAX ? record->key_len : UINT16_MAX;
    char *at = buf_reserve(blob, HEAD + len);
    at = word_put(at, record->key_hash[0]);
    at = word_put(at, record->key_hash[1]);
    at = word_put(at, record->content);
    *at++ = (char)(len & 0xff);
    *at++ = (char)(len >> 8);
    if (len > 0)
        memcpy(at, record->key, len);
    blob->len += HEAD + len;
}

bool packed_next(const char **at, const char *end, struct packed *record)
{
    if (end - *at < HEAD)
        return false;
    const char *head = *at;
    size_t len = (size_t)(unsigned char)head[HEAD - 2] |
                 (size_t)(unsigned char)head[HEAD - 1] << 8;
    if ((size_t)(end - head) < HEAD + len)
        return false;
    *record = (struct packed){
        .key_hash = {word_get(head), word_get(head + 8)},
        .content = word_get(head + 16),
        .key = head + HEAD,
        .key_len = len,
    };
    *at = head + HEAD + len;
    return true;
}
