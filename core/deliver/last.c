/* last.c: records have numbers, which are the same in both passes. A key's
 * number tells, when the key comes again, whose bit to set; in the second pass
 * a record whose bit is set looks up what came for it. */
#include "last.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "decode/input.h"
#include "journal/seen.h"
#include "met.h"

enum { AHEAD = 8, WORD = 64 };

struct last {
    struct seen *keys;  /* first pass: content is the record's number */
    struct seen *again; /* the last record of each key that comes again */
    struct met inputs;
    struct ledger counted;
    bool ready;

    uint64_t *bits; /* of records that a later one supersedes */
    size_t words;
    uint64_t records; /* of the first pass */
    uint64_t *hashes; /* of chunks with rows */
    size_t chunks, cap;

    uint64_t at;   /* second pass: the next record's number, */
    size_t follow; /* the next chunk's */
};

struct last *last_new(void)
{
    struct last *last = mem_zero(1, sizeof *last);
    last->keys = seen_new();
    last->again = seen_new();
    return last;
}

void last_free(struct last *last)
{
    if (last == NULL)
        return;
    seen_free(last->keys);
    seen_free(last->again);
    met_release(&last->inputs);
    free(last->bits);
    free(last->hashes);
    free(last);
}

static void mix(uint64_t *hash, uint64_t word)
{
    *hash = (*hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    *hash ^= *hash >> 32;
}

/* Of what both passes must have in common: not the content, which a script may
 * make of the time of day. */
static uint64_t hash_of(const struct chunk *chunk)
{
    uint64_t hash = chunk->rows;
    mix(&hash, chunk->skipped);
    mix(&hash, chunk->reject_count);
    mix(&hash, chunk->record_count);
    for (uint32_t i = 0; i < chunk->record_count; i++) {
        const struct record *record = &chunk->records[i];
        mix(&hash, record->key_hash[0]);
        mix(&hash, record->key_hash[1]);
        mix(&hash, (uint64_t)place_number(&record->place));
    }
    return hash;
}

static void keep_hash(struct last *last, const struct chunk *chunk)
{
    if (last->chunks == last->cap) {
        last->cap = last->cap > 0 ? 2 * last->cap : 64;
        last->hashes =
            mem_resize(last->hashes, last->cap * sizeof *last->hashes);
    }
    last->hashes[last->chunks++] = hash_of(chunk);
}

static void set_bit(struct last *last, uint64_t number)
{
    size_t word = (size_t)(number / WORD);
    if (word >= last->words) {
        size_t words = 2 * word + WORD;
        last->bits = mem_resize(last->bits, words * sizeof *last->bits);
        memset(last->bits + last->words, 0,
               (words - last->words) * sizeof *last->bits);
        last->words = words;
    }
    last->bits[word] |= UINT64_C(1) << number % WORD;
}

static bool has_bit(const struct last *last, uint64_t number)
{
    size_t word = (size_t)(number / WORD);
    return word < last->words && (last->bits[word] >> number % WORD & 1) != 0;
}

static void note(struct last *last, const struct record *record, unsigned input)
{
    struct seen_record noted = {last->records++, record->place, input}, earlier;
    if (!seen_replace(last->keys, record->key_hash, &noted, &earlier))
        return;
    set_bit(last, earlier.content);
    noted.content = record->content;
    seen_replace(last->again, record->key_hash, &noted, &earlier);
}

/* A chunk without rows may stand anywhere, and in one pass alone: behind a
 * limit it is the threads' affair how many come. */
void last_note(struct last *last, const struct chunk *chunk)
{
    bool fresh;
    if (chunk->rows == 0)
        return;
    unsigned input = met_number(&last->inputs, chunk->input, &fresh);
    keep_hash(last, chunk);
    for (uint32_t i = 0; i < chunk->record_count; i++) {
        if (i + AHEAD < chunk->record_count)
            seen_prefetch(last->keys, chunk->records[i + AHEAD].key_hash);
        note(last, &chunk->records[i], input);
    }
}

/* Of keys that come once nothing more has to be known. */
void last_ready(struct last *last, const struct ledger *counted)
{
    last->counted = *counted;
    last->ready = true;
    seen_free(last->keys);
    last->keys = NULL;
}

const struct ledger *last_counted(const struct last *last)
{
    return last->ready ? &last->counted : NULL;
}

bool last_follow(struct last *last, const struct chunk *chunk, struct err *err)
{
    if (chunk->failed) { /* that says more */
        *err = chunk->failure;
        return false;
    }
    if (chunk->rows == 0)
        return true;
    if (last->follow < last->chunks &&
        last->hashes[last->follow] == hash_of(chunk)) {
        last->follow++;
        return true;
    }
    struct buf place = {0};
    if (chunk->input != NULL)
        input_place(chunk->input, &chunk->first, &place);
    err_set(err, EXIT_INPUT,
            "%s: the rows from here on have other keys than a moment ago, when "
            "the last row of each key was looked for (duplicates = \"last\"); "
            "has the input changed meanwhile, or does the mapping answer the "
            "same row in two ways? Nothing from here on was sent",
            buf_text(&place));
    buf_release(&place);
    return false;
}

bool last_complete(const struct last *last, struct err *err)
{
    if (last->follow == last->chunks && last->at == last->records)
        return true;
    return err_set(err, EXIT_INPUT,
                   "the input ended sooner than a moment ago, when the last "
                   "row of each key was looked for (duplicates = \"last\"); "
                   "run again when it does not change any more");
}

bool last_take(struct last *last, const struct record *record,
               struct later *later)
{
    struct seen_record by = {0};
    if (!has_bit(last, last->at++))
        return false;
    bool known = seen_record(last->again, record->key_hash, &by);
    bool placed = known && (by.place.line > 0 || by.place.index > 0);
    *later = (struct later){
        .input = placed ? last->inputs.all[by.input] : NULL,
        .place = by.place,
        .same = by.content == record->content,
    };
    return true;
}

void later_put(struct buf *out, const struct later *later)
{
    if (later->input != NULL)
        input_place(later->input, &later->place, out);
    else
        buf_puts(out, "a later row");
}
