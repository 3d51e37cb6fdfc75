/* comparison.c: a block of records is asked for at once; what the server gives
 * back lives until the next one. */
#include "comparison.h"

#include <string.h>

#include "journal/view.h"

bool comparison_open(struct comparison *c, const struct verify_options *options,
                     struct verify_counts *counts, struct err *err)
{
    c->options = options;
    c->form = options->mapping->form;
    c->counts = counts;
    /* A few records are asked for by their names alone. */
    c->asked = options->each || options->sample > 0;
    return readback_open(&c->readback, options->config, c->form, err);
}

void comparison_close(struct comparison *c)
{
    readback_close(&c->readback);
    compare_release(&c->compare);
    buf_release(&c->ids);
    buf_wipe(&c->shown[0]);
    buf_wipe(&c->shown[1]);
}

/* A text that the server gives is shown without the secrets that it may have
 * been told; a NUL in it parts two texts. */
static void scrub_found(struct comparison *c, struct difference *difference)
{
    struct buf *all = &c->shown[0], *part = &c->shown[1];
    const char *at = difference->found, *end = at + difference->found_len;
    buf_clear(all);
    while (at < end) {
        const char *stop = memchr(at, '\0', (size_t)(end - at));
        size_t len = (size_t)((stop ? stop : end) - at);
        buf_clear(part);
        buf_add(part, at, len);
        buf_text(part);
        auth_scrub(&c->readback.session.auth, part->at);
        buf_puts(all, part->at);
        if (stop != NULL)
            buf_putc(all, '\0');
        at += len + (stop != NULL);
    }
    difference->found_len = all->len;
    difference->found = buf_text(all);
}

static void visit_difference(void *owner, const struct difference *difference)
{
    struct comparison *c = owner;
    struct difference shown = *difference;
    const struct finding finding = {
        .key = c->at->id, .key_len = c->at->id_len, .difference = &shown};
    if (shown.found != NULL)
        scrub_found(c, &shown);
    c->options->visit(c->options->owner, &finding);
}

/* Counts one that is not there, or that the server does not tell of. */
static void visit_missing(struct comparison *c, bool gone)
{
    struct verify_counts *counts = c->counts;
    uint64_t *missing = gone ? &counts->gone_missing : &counts->missing;
    uint64_t *unread = gone ? &counts->gone_unread : &counts->unread;
    const struct finding finding = {
        .key = c->at->id, .key_len = c->at->id_len, .reason = c->at->refused};
    ++*(finding.reason ? unread : missing);
    c->options->visit(c->options->owner, &finding);
}

static void compare_one(struct comparison *c, const struct entry *entry,
                        const struct wanted *wanted)
{
    c->at = wanted;
    if (wanted->json == NULL)
        visit_missing(c, entry->json == NULL);
    else if (entry->json == NULL)
        return; /* it is there, and that was the question */
    else if (compare_records(&c->compare, c->form, entry->json, entry->len,
                             wanted->json, wanted->len, visit_difference,
                             c) > 0)
        c->counts->differing++;
    else
        c->counts->same++;
}

/* Asks for all at once, where that was not tried. */
/* From the day of the first record that was accepted on: what was stored
 * earlier is none of ours. */
static bool ask_first(struct comparison *c, struct err *err)
{
    int64_t oldest;
    if (c->asked)
        return true;
    c->asked = true;
    return view_oldest(c->options->view, &oldest, err) &&
           readback_whole(&c->readback, oldest, err);
}

bool comparison_flush(struct comparison *c, struct err *err)
{
    struct wanted wanted[READBACK_BLOCK];
    if (c->count == 0)
        return true;
    for (size_t i = 0; i < c->count; i++)
        wanted[i] = (struct wanted){.id = c->ids.at + c->block[i].id,
                                    .id_len = c->block[i].id_len};
    if (!ask_first(c, err) ||
        !readback_find(&c->readback, wanted, c->count, err))
        return false;
    for (size_t i = 0; i < c->count; i++)
        compare_one(c, &c->block[i], &wanted[i]);
    c->count = 0;
    buf_clear(&c->ids);
    return true;
}

bool comparison_add(struct comparison *c, const char *id, size_t id_len,
                    const char *json, size_t len, struct err *err)
{
    c->block[c->count++] = (struct entry){c->ids.len, id_len, json, len};
    buf_add(&c->ids, id, id_len);
    return c->count < READBACK_BLOCK || comparison_flush(c, err);
}
