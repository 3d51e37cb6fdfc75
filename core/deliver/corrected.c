/* corrected.c: first whether the key is the old one, then whether the journal
 * knows it from another row. Whether a row is another one the titles tell: the
 * journal keeps no rows. */
#include "corrected.h"

#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/utf8.h"
#include "decode/carried.h"
#include "decode/workbook/sheet/spreadsheet.h"
#include "form/form.h"
#include "journal/known.h"

void corrections_release(struct corrections *corrections)
{
    known_close(corrections->known);
    corrections->known = NULL;
}

/* A journal that cannot be asked keeps nobody from correcting rows; its run
 * says what is wrong with it. */
static struct known *open_known(struct corrections *c)
{
    struct err err;
    if (c->opened || c->state == NULL)
        return c->known;
    c->opened = true;
    c->known = known_open(c->state, c->form, c->url, &err);
    if (c->known == NULL && *err.text != '\0')
        log_note("%s; corrected rows are not compared with it", err.text);
    return c->known;
}

/* What the journal knows of the record's key. */
struct owner {
    bool there;    /* with other content, which the record would replace */
    bool titled;   /* its title is known */
    bool namesake; /* and is the record's: it may be this very row */
    struct buf title, place;
};

static void owner_release(struct owner *owner)
{
    buf_release(&owner->title);
    buf_release(&owner->place);
}

static bool is_namesake(const struct corrections *c,
                        const struct correction *ask, const struct buf *title)
{
    const struct form *form = form_find(c->form);
    const struct field *field = form ? form_title(form) : NULL;
    struct buf own = {0};
    if (field != NULL)
        form_member(ask->chunk->json.at + ask->record->json,
                    ask->record->json_len, field->wire, &own);
    own.len = utf8_cut(own.at, own.len, KNOWN_TITLE);
    bool same = own.len == title->len &&
                (own.len == 0 || (own.at != NULL && title->at != NULL &&
                                  memcmp(own.at, title->at, own.len) == 0));
    buf_release(&own);
    return same;
}

/* The server holds this very record: whatever it is, nothing is sent. */
static bool is_unchanged(const struct corrections *c,
                         const struct record *record)
{
    uint64_t content;
    return c->known != NULL &&
           known_find(c->known, record->key_hash, &content) &&
           content == record->content;
}

/* What is pending the run itself knows, without a content. */
static bool find_owner(struct corrections *c, const struct correction *ask,
                       struct owner *owner, struct err *err)
{
    const struct record *record = ask->record;
    uint64_t content = 0;
    bool met = false;
    struct known *known = open_known(c);
    *owner = (struct owner){.there = false};
    if (known != NULL && known_find(known, record->key_hash, &content))
        owner->there = content != record->content;
    else if (seen_find(ask->seen, record->key_hash, &content, &met))
        owner->there = !met && content != record->content;
    if (!owner->there || known == NULL)
        return true;
    if (!known_title(known, record->key_hash, &owner->title, &owner->place,
                     err))
        return false;
    owner->titled = owner->title.len > 0;
    owner->namesake = owner->titled && is_namesake(c, ask, &owner->title);
    return true;
}

static void say_taken(struct buf *text, const char *name, const char *key,
                      size_t len, struct owner *owner, const char *advice)
{
    buf_addf(text, "\"%.*s\" is the %s of ", (int)len, key, name);
    if (owner->titled)
        buf_addf(text, "\"%s\"", buf_text(&owner->title));
    else
        buf_puts(text, "another row");
    if (owner->place.len > 0)
        buf_addf(text, " (%s)", buf_text(&owner->place));
    buf_addf(text, "; %s", advice);
}

static const char own_key[] = "give this row a key of its own, or take it out";
static const char allow[] = "or take what is there now with --allow-new-keys";

static bool is_key(const char *text, const uint64_t hash[2])
{
    uint64_t old[2];
    form_key_hash(text, strlen(text), old);
    return *text != '\0' && old[0] == hash[0] && old[1] == hash[1];
}

/* Another key than before that nobody has. */
static void ask_changed(const struct corrections *c,
                        const struct correction *ask,
                        const struct carried *carried, struct buf *text)
{
    const struct record *record = ask->record;
    const char *old = carried->key;
    bool made =
        spreadsheet_made(old, strlen(old), record->key, record->key_len);
    if (c->allow_new || (carried->about != REJECT_KEY && !made))
        return;
    buf_addf(text,
             made ? "\"%.*s\" is what a spreadsheet has made of \"%s\": put "
                    "that back, %s"
                  : "\"%.*s\", but the row that was rejected has \"%s\": put "
                    "that back, %s",
             (int)record->key_len, record->key, old, allow);
}

/* A key that is not the old one, or of which the old one is not known. */
static void ask_new(const struct corrections *c, const struct correction *ask,
                    const struct carried *carried, struct owner *owner,
                    struct buf *text)
{
    const struct record *record = ask->record;
    bool sure = owner->titled && !owner->namesake;
    bool blank = *carried->key == '\0';
    if (owner->there && (sure || carried->about == REJECT_KEY_TAKEN) &&
        !owner->namesake)
        say_taken(text, ask->key_name, record->key, record->key_len, owner,
                  own_key);
    else if (owner->there && !c->allow_new && !(blank && owner->namesake))
        say_taken(text, ask->key_name, record->key, record->key_len, owner,
                  blank ? own_key : allow + strlen("or "));
    else if (!blank && !owner->there)
        ask_changed(c, ask, carried, text);
}

/* The form's own key, where the mapping's is another one: the journal does not
 * have it. */
static void ask_own(const struct correction *ask, const struct carried *carried,
                    struct refusal *refusal)
{
    struct owner nobody = {.there = true};
    if (ask->own_name == NULL || !is_key(carried->key, ask->record->own_hash))
        return;
    refusal->field = ask->own_name;
    buf_clear(&refusal->key);
    buf_puts(&refusal->key, carried->key);
    say_taken(&refusal->text, ask->own_name, carried->key, strlen(carried->key),
              &nobody, own_key);
}

/* Of several records of the row, another one has the old key. */
static bool is_beside(const struct correction *ask, const char *key)
{
    const struct chunk *chunk = ask->chunk;
    uint64_t index = ask->record->place.index;
    if (chunk->extra == 0)
        return false;
    for (uint32_t i = 0; i < chunk->record_count; i++)
        if (chunk->records[i].place.index == index &&
            is_key(key, chunk->records[i].key_hash))
            return true;
    for (uint32_t i = 0; i < chunk->reject_count; i++)
        if (chunk->rejects[i].place.index == index &&
            chunk->rejects[i].key != NULL &&
            strcasecmp(chunk->rejects[i].key, key) == 0)
            return true;
    return false;
}

/* The mapping's key. */
static bool ask_key(struct corrections *c, const struct correction *ask,
                    const struct carried *carried, struct refusal *refusal,
                    struct err *err)
{
    const struct record *record = ask->record;
    struct owner owner;
    bool same = is_key(carried->key, record->key_hash);
    bool taken = carried->about == REJECT_KEY_TAKEN;
    if ((same && !taken) ||
        (carried->about == REJECT_KEY && *carried->key == '\0') ||
        (!same && is_beside(ask, carried->key)))
        return true;
    if (!find_owner(c, ask, &owner, err))
        return false;
    bool unchanged = is_unchanged(c, record);
    if (same && !unchanged)
        say_taken(&refusal->text, ask->key_name, record->key, record->key_len,
                  &owner, own_key);
    else if (!same && !unchanged)
        ask_new(c, ask, carried, &owner, &refusal->text);
    if (taken && *carried->key == '\0')
        refusal->about = REJECT_KEY_TAKEN;
    owner_release(&owner);
    return true;
}

/* What the row carries goes on with it: REJECT_KEY says nothing else. */
bool corrections_ask(struct corrections *c, const struct correction *ask,
                     struct refusal *refusal, struct err *err)
{
    struct carried carried;
    *refusal = (struct refusal){.field = ask->key_name, .about = REJECT_KEY};
    buf_add(&refusal->key, ask->record->key, ask->record->key_len);
    if (!carried_read(ask->record->carried, &carried))
        return true;
    if (carried.about != REJECT_OWN_TAKEN)
        return ask_key(c, ask, &carried, refusal, err);
    ask_own(ask, &carried, refusal);
    return true;
}

void refusal_release(struct refusal *refusal)
{
    buf_release(&refusal->text);
    buf_release(&refusal->key);
}
