/* sample.c: the lowest ranks are kept. When there are twice as many as wanted
 * they are sorted, and the higher half goes. */
#include "sample.h"

#include <stdlib.h>

#include "base/mem.h"

static int by_rank(const void *left, const void *right)
{
    const struct drawn *a = left, *b = right;
    return (a->rank > b->rank) - (a->rank < b->rank);
}

static int by_number(const void *left, const void *right)
{
    const struct drawn *a = left, *b = right;
    return (a->number > b->number) - (a->number < b->number);
}

static void sort(struct sample *sample,
                 int (*order)(const void *, const void *))
{
    if (sample->count > 0)
        qsort(sample->drawn, sample->count, sizeof *sample->drawn, order);
}

static void shrink(struct sample *sample, uint64_t max)
{
    while (sample->count > max) {
        struct drawn *last = &sample->drawn[--sample->count];
        free(last->id);
        free(last->json);
    }
}

void sample_offer(struct sample *sample, const uint64_t key_hash[2],
                  const char *id, size_t id_len, const char *json,
                  size_t json_len)
{
    if (sample->count / 2 >= sample->max) {
        sort(sample, by_rank);
        shrink(sample, sample->max);
    }
    if (sample->count == sample->cap) {
        sample->cap = sample->cap > 0 ? 2 * sample->cap : 64;
        sample->drawn =
            mem_resize(sample->drawn, sample->cap * sizeof *sample->drawn);
    }
    sample->drawn[sample->count++] =
        (struct drawn){.rank = key_hash[0] ^ key_hash[1],
                       .number = sample->offered++,
                       .id = mem_text_n(id, id_len),
                       .id_len = id_len,
                       .json = mem_text_n(json, json_len),
                       .json_len = json_len};
}

void sample_end(struct sample *sample)
{
    sort(sample, by_rank);
    shrink(sample, sample->max);
    sort(sample, by_number);
}

void sample_release(struct sample *sample)
{
    shrink(sample, 0);
    free(sample->drawn);
    *sample = (struct sample){.max = 0};
}
