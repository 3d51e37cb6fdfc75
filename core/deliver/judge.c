/* judge.c: one pass over a chunk's records, its rejects beside them. The
 * table of seen keys is larger than any cache, so its entries are asked for
 * some records ahead. */
#include "judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"

enum { AHEAD = 8 };

void judge_init(struct judge *judge, const struct mapping *mapping,
                struct rejects *rejects, struct ledger *ledger)
{
    const struct form *form = mapping->form;
    *judge = (struct judge){
        .seen = seen_new(),
        .rejects = rejects,
        .ledger = ledger,
        .key_name = form->fields[mapping->key].name,
        .own_name = form->fields[form->key].name,
        .own = mapping->key != form->key ? seen_new() : NULL,
        .supersede = mapping->duplicates == DUPLICATES_LAST,
    };
}

void judge_release(struct judge *judge)
{
    seen_free(judge->seen);
    seen_free(judge->own);
    free(judge->inputs);
}

/* How many keys an input will bring, as far as its first chunk foretells. */
static void expect_keys(struct judge *judge, const struct chunk *chunk)
{
    uint64_t size = chunk->input ? chunk->input->size : 0;
    if (chunk->consumed > 0 && size > chunk->consumed)
        seen_expect(judge->seen,
                    (uint64_t)((double)size / (double)chunk->consumed *
                               chunk->record_count));
}

/* The number of the chunk's input; mostly the last one met. */
static unsigned number_of(struct judge *judge, const struct chunk *chunk)
{
    const struct input *input = chunk->input;
    for (unsigned i = judge->input_count; i > 0; i--)
        if (judge->inputs[i - 1] == input)
            return i - 1;
    judge->inputs = mem_resize(judge->inputs, (judge->input_count + 1) *
                                                  sizeof *judge->inputs);
    judge->inputs[judge->input_count] = input;
    expect_keys(judge, chunk);
    if (input != NULL)
        rejects_input(judge->rejects, input);
    return judge->input_count++;
}

/* A chunk being judged. */
struct pass {
    struct judge *judge;
    const struct chunk *chunk;
    uint32_t rejects; /* written so far */
    unsigned input;
};

/* Writes the chunk's rejects up to the row of that index. */
static bool write_rejects(struct pass *pass, uint64_t upto, struct err *err)
{
    const struct chunk *chunk = pass->chunk;
    while (pass->rejects < chunk->reject_count &&
           chunk->rejects[pass->rejects].place.index <= upto)
        if (!rejects_add(pass->judge->rejects, chunk->input,
                         &chunk->rejects[pass->rejects++], err))
            return false;
    return true;
}

/* Appends `line 17`, `Sheet1!17`, `record 17`, and the input where it is
 * another one. */
static void put_earlier(struct buf *out, const struct pass *pass,
                        const struct place *place, unsigned input)
{
    const struct judge *judge = pass->judge;
    if (place->line == 0 && place->index == 0) {
        buf_puts(out, "an earlier row");
        return;
    }
    const struct input *of = judge->inputs[input];
    if (place->sheet == 0 && place->line > 0)
        buf_puts(out, "line ");
    place_put(out, place, of ? input_sheet(of, place->sheet) : NULL);
    if (of != NULL && input != pass->input)
        buf_addf(out, " of %s", of->path);
}

/* The record that came before keeps the key, `name`. */
static bool write_conflict(struct pass *pass, const struct record *record,
                           const char *name, const struct place *earlier,
                           unsigned input, struct err *err)
{
    char text[512];
    struct buf place = {0};
    const struct judge *judge = pass->judge;
    bool own = name == judge->own_name && judge->own != NULL;
    put_earlier(&place, pass, earlier, input);
    snprintf(text, sizeof text, "same %s as %s, with %s%s", name,
             buf_text(&place), own ? "another " : "other content",
             own ? judge->key_name : "");
    buf_release(&place);
    const struct fault fault = {.field = name, .text = text};
    const struct reject reject = {.place = record->place,
                                  .origin = record->origin,
                                  .faults = &fault,
                                  .count = 1};
    return write_rejects(pass, record->place.index, err) &&
           rejects_add(judge->rejects, pass->chunk->input, &reject, err);
}

/* Records with one own key would overwrite each other at the server: which one
 * stays must not depend on which request comes first. */
static bool is_taken(const struct pass *pass, const struct record *record)
{
    uint64_t owner;
    bool met;
    const struct seen *own = pass->judge->own;
    return own != NULL && seen_find(own, record->own_hash, &owner, &met) &&
           owner != record->key_hash[0];
}

/* The own key belongs to this record's key from here on; where it is taken,
 * it is said where. */
static void judge_own(struct pass *pass, const struct record *record,
                      struct place *earlier, unsigned *input)
{
    if (pass->judge->own != NULL)
        seen_judge(pass->judge->own, record->own_hash, record->key_hash[0],
                   record->place, pass->input, false, earlier, input);
}

static bool judge_record(struct pass *pass, const struct record *record,
                         judge_new *take, void *owner, struct err *err)
{
    struct judge *judge = pass->judge;
    struct ledger *ledger = judge->ledger;
    struct place earlier = {0};
    unsigned input = 0;
    if (is_taken(pass, record)) {
        judge_own(pass, record, &earlier, &input);
        ledger->rejected++;
        return write_conflict(pass, record, judge->own_name, &earlier, input,
                              err);
    }
    enum seen_verdict verdict = seen_judge(
        judge->seen, record->key_hash, record->content, record->place,
        pass->input, judge->supersede, &earlier, &input);
    if (verdict != SEEN_CONFLICT)
        judge_own(pass, record, &earlier, &input);
    switch (verdict) {
    case SEEN_UNCHANGED:
        ledger->unchanged++;
        return true;
    case SEEN_DUPLICATE:
        ledger->duplicate++;
        return true;
    case SEEN_CONFLICT:
        ledger->rejected++;
        return write_conflict(pass, record, judge->key_name, &earlier, input,
                              err);
    default:
        ledger->pending++;
        return take(owner, pass->chunk, record, verdict == SEEN_AGAIN, err);
    }
}

static void say_skip(const struct chunk *chunk, const struct skip *skip)
{
    struct buf place = {0};
    input_place(chunk->input, &skip->place, &place);
    log_debug("%s: skipped: %s", buf_text(&place), skip->reason);
    buf_release(&place);
}

bool judge_chunk(struct judge *judge, const struct chunk *chunk,
                 judge_new *take, void *owner, struct err *err)
{
    struct ledger *ledger = judge->ledger;
    struct pass pass = {.judge = judge, .chunk = chunk};
    if (chunk->rows > 0)
        pass.input = number_of(judge, chunk);
    ledger->rows += chunk->rows;
    ledger->extra += chunk->extra;
    ledger->skipped += chunk->skipped;
    for (uint32_t i = 0; i < chunk->skip_count; i++)
        say_skip(chunk, &chunk->skips[i]);
    ledger->rejected += chunk->reject_count;
    bool good = true;
    for (uint32_t i = 0; i < chunk->record_count; i++) {
        if (i + AHEAD < chunk->record_count)
            seen_prefetch(judge->seen, chunk->records[i + AHEAD].key_hash);
        if (good)
            good = judge_record(&pass, &chunk->records[i], take, owner, err);
        else
            ledger->pending++;
    }
    struct err late;
    return write_rejects(&pass, UINT64_MAX, good ? err : &late) && good;
}
