/* deduplicate.c: one pass over a chunk's records, its rejects beside them. The
 * table of seen keys is larger than any cache, so its entries are asked for
 * some records ahead. */
#include "deduplicate.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "config/config.h"

enum { AHEAD = 8 };

void deduplicator_init(struct deduplicator *d, const struct mapping *mapping,
                       struct last *last, struct rejects *rejects,
                       struct ledger *ledger)
{
    const struct form *form = mapping->form;
    *d = (struct deduplicator){
        .seen = seen_new(),
        .rejects = rejects,
        .ledger = ledger,
        .form = form,
        .key = mapping->key,
        .key_name = form->fields[mapping->key].name,
        .own_name = form->fields[form->key].name,
        .own_wire = form->fields[form->key].wire,
        .own = mapping->key != form->key ? seen_new() : NULL,
        .last = last,
        .corrections = {.form = form->name},
    };
}

void deduplicator_ask(struct deduplicator *d, const char *state,
                      const struct config *config)
{
    d->corrections.state = state;
    d->corrections.url = config->url;
    d->corrections.allow_new = config->allow_new_keys;
}

void deduplicator_release(struct deduplicator *d)
{
    seen_free(d->seen);
    seen_free(d->own);
    met_release(&d->inputs);
    earlier_release(&d->earlier);
    corrections_release(&d->corrections);
}

/* How many keys an input will bring, as far as its first chunk foretells. */
static void expect_keys(struct deduplicator *d, const struct chunk *chunk)
{
    uint64_t size = chunk->input ? chunk->input->size : 0;
    if (chunk->consumed > 0 && size > chunk->consumed)
        seen_expect(d->seen, (uint64_t)((double)size / (double)chunk->consumed *
                                        chunk->record_count));
}

static unsigned number_of(struct deduplicator *d, const struct chunk *chunk)
{
    bool fresh;
    unsigned number = met_number(&d->inputs, chunk->input, &fresh);
    if (fresh)
        expect_keys(d, chunk);
    if (fresh && chunk->input != NULL)
        rejects_input(d->rejects, chunk->input);
    return number;
}

/* Writes the chunk's rejects up to the row of that index. */
static bool write_rejects(struct pass *pass, uint64_t upto, struct err *err)
{
    const struct chunk *chunk = pass->chunk;
    while (pass->rejects < chunk->reject_count &&
           chunk->rejects[pass->rejects].place.index <= upto)
        if (!rejects_add(pass->of->rejects, chunk->input,
                         &chunk->rejects[pass->rejects++], err))
            return false;
    return true;
}

/* Appends `line 17`, `Sheet1!17`, `record 17`, and the input where it is
 * another one. */
static void put_earlier(struct buf *out, const struct pass *pass,
                        const struct seen_record *earlier)
{
    const struct place *place = &earlier->place;
    if (place->line == 0 && place->index == 0) {
        buf_puts(out, "an earlier row");
        return;
    }
    const struct input *of = pass->of->inputs.all[earlier->input];
    if (place->sheet == 0 && place->line > 0)
        buf_puts(out, "line ");
    place_put(out, place, of ? input_sheet(of, place->sheet) : NULL);
    if (of != NULL && earlier->input != pass->input)
        buf_addf(out, " of %s", of->path);
}

/* One fault of the record's key, `name`; `key`: that key. */
static bool write_fault(struct pass *pass, const struct record *record,
                        const char *name, const char *text, const char *key,
                        enum reject_key about, struct err *err)
{
    const struct fault fault = {.field = name, .text = text};
    const struct reject reject = {.place = record->place,
                                  .origin = record->origin,
                                  .key = key,
                                  .about_key = about,
                                  .carried = record->carried,
                                  .faults = &fault,
                                  .count = 1};
    return write_rejects(pass, record->place.index, err) &&
           rejects_add(pass->of->rejects, pass->chunk->input, &reject, err);
}

/* Appends in what the records differ, as far as that is known. `own`: it is the
 * mapping's key. */
static void put_difference(struct buf *out, const struct pass *pass,
                           const struct record *record,
                           const struct seen_record *earlier, bool own)
{
    const struct deduplicator *d = pass->of;
    const struct earlier_question question = {
        .before = earlier,
        .key = own ? earlier->content : record->key_hash[0],
        .chunk = pass->chunk,
        .input = pass->input,
        .at = (uint32_t)(record - pass->chunk->records)};
    struct span there = earlier_find(&d->earlier, &question);
    struct span here = {pass->chunk->json.at + record->json, record->json_len};
    if (there.len == 0) {
        buf_puts(out, own ? ", with another " : ", with other content");
        buf_puts(out, own ? d->key_name : "");
        return;
    }
    if (own)
        earlier_differ_in(out, &d->form->fields[d->key], there, here);
    else
        earlier_differ(out, d->form, d->key, there, here);
}

/* The record that came before keeps the key, `name`. */
static bool write_conflict(struct pass *pass, const struct record *record,
                           const char *name, const struct seen_record *earlier,
                           struct err *err)
{
    struct buf text = {0}, key = {0};
    const struct deduplicator *d = pass->of;
    bool own = name == d->own_name && d->own != NULL;
    if (own)
        form_member(pass->chunk->json.at + record->json, record->json_len,
                    d->own_wire, &key);
    else
        buf_add(&key, record->key, record->key_len);
    buf_addf(&text, "same %s as ", name);
    put_earlier(&text, pass, earlier);
    buf_addf(&text, " (%s)", buf_text(&key));
    put_difference(&text, pass, record, earlier, own);
    bool good = write_fault(pass, record, name, buf_text(&text), buf_text(&key),
                            own ? REJECT_OWN_TAKEN : REJECT_KEY_TAKEN, err);
    buf_release(&text);
    buf_release(&key);
    return good;
}

/* Of a rejects file: STEP_END: it may not have its key, and was rejected. */
static enum step ask_corrected(struct pass *pass, const struct record *record,
                               struct err *err)
{
    struct deduplicator *d = pass->of;
    struct refusal refusal;
    const struct correction correction = {
        .record = record,
        .key_name = d->key_name,
        .own_name = d->own != NULL ? d->own_name : NULL,
        .seen = d->seen,
        .chunk = pass->chunk,
    };
    enum step step = STEP_ITEM;
    if (!corrections_ask(&d->corrections, &correction, &refusal, err)) {
        step = STEP_FAIL;
    } else if (refusal.text.len > 0) {
        d->ledger->rejected++;
        bool good =
            write_fault(pass, record, refusal.field, buf_text(&refusal.text),
                        buf_text(&refusal.key), refusal.about, err);
        step = good ? STEP_END : STEP_FAIL;
    }
    refusal_release(&refusal);
    return step;
}

/* Records with one own key would overwrite each other at the server: which one
 * stays must not depend on which request comes first. */
static bool is_taken(const struct pass *pass, const struct record *record)
{
    uint64_t owner;
    bool met;
    const struct seen *own = pass->of->own;
    return own != NULL && seen_find(own, record->own_hash, &owner, &met) &&
           owner != record->key_hash[0];
}

/* The own key belongs to this record's key from here on; where it is taken,
 * it is said by whom. */
static void add_own(struct pass *pass, const struct record *record,
                    struct seen_record *earlier)
{
    const struct seen_record own = {record->key_hash[0], record->place,
                                    pass->input};
    if (pass->of->own != NULL)
        seen_add(pass->of->own, record->own_hash, &own, earlier);
}

static bool reject_taken(struct pass *pass, const struct record *record,
                         struct err *err)
{
    struct seen_record earlier = {0};
    add_own(pass, record, &earlier);
    pass->of->ledger->rejected++;
    return write_conflict(pass, record, pass->of->own_name, &earlier, err);
}

static void say_superseded(const struct pass *pass, const struct record *record,
                           const struct later *later)
{
    struct buf text = {0};
    if (pass->chunk->input != NULL)
        input_place(pass->chunk->input, &record->place, &text);
    buf_puts(&text,
             later->same ? ": the same comes again in " : ": superseded by ");
    later_put(&text, later);
    log_debug("%s (%s %.*s)", buf_text(&text), pass->of->key_name,
              (int)record->key_len, record->key);
    buf_release(&text);
}

/* It claims nothing: not even the form's own key. */
static bool is_superseded(struct pass *pass, const struct record *record)
{
    struct later later;
    struct deduplicator *d = pass->of;
    if (d->last == NULL || !last_take(d->last, record, &later))
        return false;
    d->ledger->duplicate++;
    d->ledger->superseded += !later.same;
    if (log_debug_wanted())
        say_superseded(pass, record, &later);
    return true;
}

/* STEP_END: it is not to be sent. The form's own key is claimed only by a
 * record that will be sent, so that a rejected one claims nothing. */
static enum step take_record(struct pass *pass, const struct record *record,
                             struct err *err)
{
    struct deduplicator *d = pass->of;
    struct ledger *ledger = d->ledger;
    struct seen_record earlier = {0};
    if (is_superseded(pass, record))
        return STEP_END;
    if (record->carried != NULL) {
        enum step step = ask_corrected(pass, record, err);
        if (step != STEP_ITEM)
            return step;
    }
    if (is_taken(pass, record))
        return reject_taken(pass, record, err) ? STEP_END : STEP_FAIL;
    const struct seen_record this = {record->content, record->place,
                                     pass->input};
    enum seen_verdict verdict =
        seen_add(d->seen, record->key_hash, &this, &earlier);
    if (verdict == SEEN_CONFLICT) {
        ledger->rejected++;
        return write_conflict(pass, record, d->key_name, &earlier, err)
                   ? STEP_END
                   : STEP_FAIL;
    }
    add_own(pass, record, &earlier);
    if (verdict != SEEN_DUPLICATE)
        earlier_keep(&d->earlier, pass->input, pass->chunk, record);
    ledger->unchanged += verdict == SEEN_UNCHANGED;
    ledger->duplicate += verdict == SEEN_DUPLICATE;
    if (verdict == SEEN_UNCHANGED || verdict == SEEN_DUPLICATE)
        return STEP_END;
    ledger->pending++;
    return STEP_ITEM;
}

static void say_skip(const struct chunk *chunk, const struct skip *skip)
{
    struct buf place = {0};
    input_place(chunk->input, &skip->place, &place);
    log_debug("%s: skipped: %s", buf_text(&place), skip->reason);
    buf_release(&place);
}

bool pass_begin(struct pass *pass, struct deduplicator *d,
                const struct chunk *chunk, struct err *err)
{
    struct ledger *ledger = d->ledger;
    *pass = (struct pass){.of = d, .chunk = chunk};
    if (chunk->rows > 0)
        pass->input = number_of(d, chunk);
    ledger->rows += chunk->rows;
    ledger->extra += chunk->extra;
    ledger->skipped += chunk->skipped;
    ledger->rejected += chunk->reject_count;
    left_out_add(&ledger->left, &chunk->left);
    ledger->unended = ledger->unended || chunk->unended > 0;
    for (uint32_t i = 0; i < chunk->skip_count; i++)
        say_skip(chunk, &chunk->skips[i]);
    return d->last == NULL || last_follow(d->last, chunk, err);
}

enum step pass_next(struct pass *pass, const struct record **record,
                    struct err *err)
{
    const struct chunk *chunk = pass->chunk;
    while (pass->at < chunk->record_count) {
        uint32_t at = pass->at++;
        if (at + AHEAD < chunk->record_count)
            seen_prefetch(pass->of->seen, chunk->records[at + AHEAD].key_hash);
        *record = &chunk->records[at];
        enum step step = take_record(pass, *record, err);
        if (step != STEP_END)
            return step;
    }
    return STEP_END;
}

/* Records of a run that stopped have no outcome: pending, as the ledger has
 * to balance whatever happened. */
bool pass_end(struct pass *pass, bool good, struct err *err)
{
    struct err late;
    pass->of->ledger->pending += pass->chunk->record_count - pass->at;
    return write_rejects(pass, UINT64_MAX, good ? err : &late) && good;
}
