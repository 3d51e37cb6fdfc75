/* sample.h: some records out of many, drawn by the hashes of their keys: spread
 * over the input, and the same ones each time. Holds at most twice as many as
 * are wanted. One owner. */
#ifndef FASTSYNC_SAMPLE_H
#define FASTSYNC_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

/* A record drawn; both texts are its own. */
struct drawn {
    uint64_t rank, number;
    char *id, *json;
    size_t id_len, json_len;
};

/* Zero but for `max` is empty. */
struct sample {
    uint64_t max; /* records wanted */
    struct drawn *drawn;
    uint64_t count, cap;
    uint64_t offered;
};

void sample_release(struct sample *sample);
void sample_offer(struct sample *sample, const uint64_t key_hash[2],
                  const char *id, size_t id_len, const char *json,
                  size_t json_len);
/* No more come: what was drawn stands in the order it was offered in. */
void sample_end(struct sample *sample);

#endif
