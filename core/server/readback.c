/* readback.c: the answer that holds all is kept as it came, with a list of
 * where each record stands in it, sorted by key. */
#include "readback.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"

enum { DAY = 24 * 60 * 60, NO_DATA = 202, NOT_FOUND = 404 };
static const char path[] = "/api/GetData";

/* A record that the server has stored, in an answer. */
struct stored {
    uint64_t key_hash[2];
    size_t json, len;
    bool keyed; /* it has the form's key */
};

bool readback_open(struct readback *readback, const struct config *config,
                   const struct form *form, struct err *err)
{
    *readback = (struct readback){.form = form};
    pace_init(&readback->pace, 0, (unsigned)config->concurrency);
    return session_open(&readback->session, config, &readback->ledger, err);
}

void readback_close(struct readback *readback)
{
    session_close(&readback->session);
    buf_release(&readback->whole);
    for (int i = 0; i < READBACK_BLOCK; i++) {
        buf_release(&readback->questions[i].body);
        buf_release(&readback->questions[i].answer);
    }
    free(readback->stored);
    readback->stored = NULL;
}

/* Reads one record of `data`, whose first event has come. */
static bool read_record(const struct readback *readback,
                        struct json_reader *reader, struct stored *stored)
{
    const struct field *key = &readback->form->fields[readback->form->key];
    *stored = (struct stored){.json = (size_t)(reader->at - 1 - reader->start)};
    enum json_event event;
    while ((event = json_next(reader)) == JSON_KEY) {
        bool is_key = reader->len == key->name_len &&
                      strncasecmp(reader->text, key->name, reader->len) == 0;
        event = json_next(reader);
        if (is_key && (event == JSON_STRING || event == JSON_NUMBER)) {
            form_key_hash(reader->text, reader->len, stored->key_hash);
            stored->keyed = true;
        }
        if (!json_skip(reader, event))
            return false;
    }
    stored->len = (size_t)(reader->at - reader->start) - stored->json;
    return event == JSON_OBJECT_END;
}

typedef void stored_visit(void *owner, const struct stored *stored);

/* Some servers leave the array out where there is one record. */
static bool read_data(const struct readback *readback,
                      struct json_reader *reader, stored_visit *visit,
                      void *owner)
{
    struct stored stored;
    enum json_event event = json_next(reader);
    if (event == JSON_OBJECT) { /* one record, without its array */
        if (!read_record(readback, reader, &stored))
            return false;
        visit(owner, &stored);
        return true;
    }
    if (event != JSON_ARRAY)
        return json_skip(reader, event);
    while ((event = json_next(reader)) == JSON_OBJECT) {
        if (!read_record(readback, reader, &stored))
            return false;
        visit(owner, &stored);
    }
    return event == JSON_ARRAY_END;
}

/* Visits the records of an answer; false where it is not as documented. */
static bool read_answer(const struct readback *readback,
                        const struct buf *answer, stored_visit *visit,
                        void *owner)
{
    struct json_reader reader;
    json_open_answer(&reader, answer->at, answer->len);
    reader.folds = true; /* as names are compared */
    enum json_event event = json_next(&reader);
    bool good = event == JSON_OBJECT;
    while (good && (event = json_next(&reader)) == JSON_KEY) {
        bool data = json_is(&reader, "data");
        good = data ? read_data(readback, &reader, visit, owner)
                    : json_skip(&reader, json_next(&reader));
    }
    json_close(&reader);
    return good && event == JSON_OBJECT_END;
}

static void keep_stored(void *owner, const struct stored *stored)
{
    struct readback *readback = owner;
    if (!stored->keyed)
        return;
    if (readback->count == readback->cap) {
        readback->cap = readback->cap > 0 ? 2 * readback->cap : 256;
        readback->stored =
            mem_resize(readback->stored, readback->cap * sizeof(struct stored));
    }
    readback->stored[readback->count++] = *stored;
}

/* By the hash: any order will do, as long as it is the same for all. */
static int by_key(const void *left, const void *right)
{
    const struct stored *a = left, *b = right;
    for (int i = 0; i < 2; i++)
        if (a->key_hash[i] != b->key_hash[i])
            return a->key_hash[i] < b->key_hash[i] ? -1 : 1;
    return 0;
}

static void begin_request(const struct readback *readback, struct buf *body)
{
    buf_clear(body);
    buf_puts(body, "{\"form\":");
    json_cstring(body, readback->form->reads);
}

/* GetData knows days, not times. */
static void add_day(struct buf *out, const char *name, int64_t seconds)
{
    char day[32];
    struct tm utc;
    time_t time = (time_t)seconds;
    gmtime_r(&time, &utc);
    strftime(day, sizeof day, "%Y-%m-%d", &utc);
    buf_addf(out, ",\"%s\":\"%s\"", name, day);
}

/* What must not be answered by asking in another way; true: something may. */
static bool is_answer(const struct readback *readback,
                      const struct reply *reply, struct err *err)
{
    const char *url = readback->session.config->url;
    /* One record may not be found where the others are. */
    if (reply->code == NO_DATA || reply->code == NOT_FOUND)
        return true;
    if (reply->verdict == VERDICT_ACCEPTED ||
        reply->verdict == VERDICT_REFUSED || reply->verdict == VERDICT_LARGE)
        return true;
    return err_set(err, reply->exit ? reply->exit : EXIT_PENDING,
                   "%s%s: %s: %s", url, path, readback->form->reads,
                   reply->message);
}

/* A server that is too slow for all at once may answer for one. */
static bool give_up(struct err *err)
{
    size_t used = strlen(err->text);
    if (err->code == EXIT_PENDING)
        snprintf(err->text + used, sizeof err->text - used,
                 "; --each asks for one record at a time");
    return false;
}

bool readback_whole(struct readback *readback, int64_t since, struct err *err)
{
    struct question *question = &readback->questions[0];
    const struct reply *reply = &question->reply;
    begin_request(readback, &question->body);
    add_day(&question->body, "dateFrom", since - DAY);
    add_day(&question->body, "dateTo", (int64_t)time(NULL) + DAY);
    buf_putc(&question->body, '}');
    if (!session_ask(&readback->session, path, &question->body, 0,
                     &readback->whole, &question->reply, err) ||
        !is_answer(readback, reply, err))
        return give_up(err);
    bool good = reply->verdict == VERDICT_ACCEPTED &&
                read_answer(readback, &readback->whole, keep_stored, readback);
    if (!good)
        readback->count = 0;
    if (!good && reply->code != NO_DATA) {
        log_note("%s does not give all records at once (%s); asking for each",
                 readback->form->reads,
                 reply->verdict == VERDICT_ACCEPTED ? "not as documented"
                                                    : reply->message);
    }
    if (readback->count > 0)
        qsort(readback->stored, readback->count, sizeof *readback->stored,
              by_key);
    return true;
}

/* Of an answer about one key: the record that has it, or, where the server
 * leaves the key out, the only one there is. */
struct search {
    struct stored wanted, found;
};

static void keep_wanted(void *owner, const struct stored *stored)
{
    struct search *search = owner;
    if (!stored->keyed || by_key(stored, &search->wanted) == 0)
        search->found = *stored;
}

static void ask(const struct readback *readback, const struct wanted *wanted,
                struct question *question)
{
    begin_request(readback, &question->body);
    buf_puts(&question->body, ",\"Id\":");
    json_string(&question->body, wanted->id, wanted->id_len);
    buf_putc(&question->body, '}');
}

/* A refusal of one question is told with its record; only what would refuse
 * all of them ends the whole. */
static bool take_answer(const struct readback *readback,
                        const struct question *question, struct wanted *wanted,
                        struct err *err)
{
    struct search search = {.wanted = {.keyed = true}};
    const struct reply *reply = &question->reply;
    if (!is_answer(readback, reply, err))
        return false;
    if (reply->code == NO_DATA)
        return true;
    form_key_hash(wanted->id, wanted->id_len, search.wanted.key_hash);
    if (reply->verdict != VERDICT_ACCEPTED)
        wanted->refused = reply->message;
    else if (!read_answer(readback, &question->answer, keep_wanted, &search))
        wanted->refused = "the answer is not as documented";
    else if (search.found.len > 0)
        wanted->json = question->answer.at + search.found.json;
    wanted->len = search.found.len;
    return true;
}

/* Looks in the answer that holds all. */
static bool look(const struct readback *readback, struct wanted *wanted)
{
    struct stored key;
    const struct stored *stored = NULL;
    wanted->json = wanted->refused = NULL;
    if (readback->count == 0)
        return false;
    form_key_hash(wanted->id, wanted->id_len, key.key_hash);
    stored = bsearch(&key, readback->stored, readback->count, sizeof *stored,
                     by_key);
    if (stored == NULL)
        return false;
    wanted->json = readback->whole.at + stored->json;
    wanted->len = stored->len;
    return true;
}

/* What the answer that holds all does not have is asked for by its key; the
 * questions keep their buffers from one block to the next. */
bool readback_find(struct readback *readback, struct wanted *wanted,
                   size_t count, struct err *err)
{
    struct wanted *asked[READBACK_BLOCK];
    size_t asked_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (look(readback, &wanted[i]))
            continue;
        ask(readback, &wanted[i], &readback->questions[asked_count]);
        asked[asked_count++] = &wanted[i];
    }
    if (!fetch(&readback->session, &readback->pace, path, readback->questions,
               asked_count, err))
        return false;
    for (size_t i = 0; i < asked_count; i++)
        if (!take_answer(readback, &readback->questions[i], asked[i], err))
            return false;
    return true;
}

bool readback_wait(struct readback *readback, struct err *err)
{
    return http_turn(readback->session.http, 1, err);
}

void readback_wake(struct readback *readback)
{
    http_wake(readback->session.http);
}
