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

/* Writes the chunk's rejects that stand before a line. */
static bool write_rejects(struct pass *pass, uint64_t before, struct err *err)
{
    const struct chunk *chunk = pass->chunk;
    while (pass->rejects < chunk->reject_count &&
           chunk->rejects[pass->rejects].line <= before)
        if (!rejects_add(pass->judge->rejects, chunk->input,
                         &chunk->rejects[pass->rejects++], err))
            return false;
    return true;
}

/* The record that came before keeps the key, `name`. */
static bool write_conflict(struct pass *pass, const struct record *record,
                           const char *name, uint64_t line, unsigned input,
                           struct err *err)
{
    char text[512], place[32] = "";
    const struct judge *judge = pass->judge;
    bool own = name == judge->own_name && judge->own != NULL;
    bool same_input = input == pass->input || input >= judge->input_count;
    if (line > 0)
        snprintf(place, sizeof place, "line %llu", (unsigned long long)line);
    else
        snprintf(place, sizeof place, "an earlier row");
    snprintf(text, sizeof text, "same %s as %s%s%s, with %s%s", name, place,
             same_input ? "" : " of ",
             same_input ? "" : judge->inputs[input]->path,
             own ? "another " : "other content", own ? judge->key_name : "");
    const struct fault fault = {.field = name, .text = text};
    const struct reject reject = {.line = record->line,
                                  .source = record->source,
                                  .source_len = record->source_len,
                                  .faults = &fault,
                                  .count = 1};
    return write_rejects(pass, record->line, err) &&
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
                      uint64_t *line, unsigned *input)
{
    if (pass->judge->own != NULL)
        seen_judge(pass->judge->own, record->own_hash, record->key_hash[0],
                   record->line, pass->input, false, line, input);
}

static bool judge_record(struct pass *pass, const struct record *record,
                         judge_new *take, void *owner, struct err *err)
{
    struct judge *judge = pass->judge;
    struct ledger *ledger = judge->ledger;
    uint64_t line = 0;
    unsigned input = 0;
    if (is_taken(pass, record)) {
        judge_own(pass, record, &line, &input);
        ledger->rejected++;
        return write_conflict(pass, record, judge->own_name, line, input, err);
    }
    enum seen_verdict verdict =
        seen_judge(judge->seen, record->key_hash, record->content, record->line,
                   pass->input, judge->supersede, &line, &input);
    if (verdict != SEEN_CONFLICT)
        judge_own(pass, record, &line, &input);
    switch (verdict) {
    case SEEN_UNCHANGED:
        ledger->unchanged++;
        return true;
    case SEEN_DUPLICATE:
        ledger->duplicate++;
        return true;
    case SEEN_CONFLICT:
        ledger->rejected++;
        return write_conflict(pass, record, judge->key_name, line, input, err);
    default:
        ledger->pending++;
        return take(owner, pass->chunk, record, verdict == SEEN_AGAIN, err);
    }
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
        log_debug("%s:%llu: skipped: %s", chunk->input->path,
                  (unsigned long long)chunk->skips[i].line,
                  chunk->skips[i].reason);
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
