/* readback.c: one request after the other. The answer that holds all is kept
 * as it came, with a list of where each record stands in it, sorted by key. */
#include "readback.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "json.h"
#include "log.h"
#include "mem.h"

enum { DAY = 24 * 60 * 60, NO_DATA = 202 };
static const char path[] = "/api/GetData";

/* A record in an answer. */
struct held {
    uint64_t key_hash[2];
    size_t json, len;
    bool keyed; /* it has the form's key */
};

bool readback_open(struct readback *readback, const struct config *config,
                   const struct form *form, struct err *err)
{
    *readback = (struct readback){.form = form};
    return session_open(&readback->session, config, &readback->ledger, err);
}

void readback_close(struct readback *readback)
{
    session_close(&readback->session);
    buf_release(&readback->whole);
    buf_release(&readback->request);
    buf_release(&readback->one);
    free(readback->held);
    readback->held = NULL;
}

/* Reads one record of `data`, whose first event has come. */
static bool read_record(const struct readback *readback,
                        struct json_reader *reader, struct held *held)
{
    const struct field *key = &readback->form->fields[readback->form->key];
    *held = (struct held){.json = (size_t)(reader->at - 1 - reader->start)};
    enum json_event event;
    while ((event = json_next(reader)) == JSON_KEY) {
        bool is_key = reader->len == key->name_len &&
                      strncasecmp(reader->text, key->name, reader->len) == 0;
        event = json_next(reader);
        if (is_key && (event == JSON_STRING || event == JSON_NUMBER)) {
            form_key_hash(reader->text, reader->len, held->key_hash);
            held->keyed = true;
        }
        if (!json_skip(reader, event))
            return false;
    }
    held->len = (size_t)(reader->at - reader->start) - held->json;
    return event == JSON_OBJECT_END;
}

typedef void held_visit(void *owner, const struct held *held);

static bool read_data(const struct readback *readback,
                      struct json_reader *reader, held_visit *visit,
                      void *owner)
{
    struct held held;
    enum json_event event = json_next(reader);
    if (event == JSON_OBJECT) { /* one record, without its array */
        if (!read_record(readback, reader, &held))
            return false;
        visit(owner, &held);
        return true;
    }
    if (event != JSON_ARRAY)
        return json_skip(reader, event);
    while ((event = json_next(reader)) == JSON_OBJECT) {
        if (!read_record(readback, reader, &held))
            return false;
        visit(owner, &held);
    }
    return event == JSON_ARRAY_END;
}

/* Visits the records of an answer; false where it is not as documented. */
static bool read_answer(const struct readback *readback,
                        const struct buf *answer, held_visit *visit,
                        void *owner)
{
    static const char mark[] = "\xef\xbb\xbf";
    struct json_reader reader;
    size_t skip = answer->len >= 3 && memcmp(answer->at, mark, 3) == 0 ? 3 : 0;
    json_open(&reader, answer->at + skip, answer->len - skip);
    bool good = json_next(&reader) == JSON_OBJECT;
    reader.start = answer->at;
    while (good && json_next(&reader) == JSON_KEY) {
        bool data = reader.len == 4 && memcmp(reader.text, "data", 4) == 0;
        good = data ? read_data(readback, &reader, visit, owner)
                    : json_skip(&reader, json_next(&reader));
    }
    json_close(&reader);
    return good;
}

static void keep_held(void *owner, const struct held *held)
{
    struct readback *readback = owner;
    if (!held->keyed)
        return;
    if (readback->count == readback->cap) {
        readback->cap = readback->cap > 0 ? 2 * readback->cap : 256;
        readback->held =
            mem_resize(readback->held, readback->cap * sizeof(struct held));
    }
    readback->held[readback->count++] = *held;
}

static int by_key(const void *left, const void *right)
{
    const struct held *a = left, *b = right;
    for (int i = 0; i < 2; i++)
        if (a->key_hash[i] != b->key_hash[i])
            return a->key_hash[i] < b->key_hash[i] ? -1 : 1;
    return 0;
}

static void begin_request(struct readback *readback)
{
    buf_clear(&readback->request);
    buf_puts(&readback->request, "{\"form\":");
    json_cstring(&readback->request, readback->form->reads);
}

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
    if (reply->code == NO_DATA)
        return true;
    if (reply->verdict == VERDICT_ACCEPTED ||
        reply->verdict == VERDICT_REFUSED || reply->verdict == VERDICT_LARGE)
        return true;
    return err_set(err, reply->exit ? reply->exit : EXIT_PENDING,
                   "%s%s: %s: %s", url, path, readback->form->reads,
                   reply->message);
}

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
    struct reply reply;
    begin_request(readback);
    add_day(&readback->request, "dateFrom", since - DAY);
    add_day(&readback->request, "dateTo", (int64_t)time(NULL) + DAY);
    buf_putc(&readback->request, '}');
    if (!session_ask(&readback->session, path, &readback->request, 0,
                     &readback->whole, &reply, err) ||
        !is_answer(readback, &reply, err))
        return give_up(err);
    bool good = reply.verdict == VERDICT_ACCEPTED &&
                read_answer(readback, &readback->whole, keep_held, readback);
    if (!good)
        readback->count = 0;
    if (!good && reply.code != NO_DATA) {
        log_note("%s does not give all records at once (%s); asking for each",
                 readback->form->reads,
                 reply.verdict == VERDICT_ACCEPTED ? "not as documented"
                                                   : reply.message);
    }
    if (readback->count > 0)
        qsort(readback->held, readback->count, sizeof *readback->held, by_key);
    return true;
}

/* Of an answer about one key: the record that has it, or, where the server
 * leaves the key out, the only one there is. */
struct search {
    struct held wanted, found;
};

static void keep_wanted(void *owner, const struct held *held)
{
    struct search *search = owner;
    if (!held->keyed || by_key(held, &search->wanted) == 0)
        search->found = *held;
}

static bool ask_one(struct readback *readback, const char *id, size_t len,
                    struct search *search, struct given *given, struct err *err)
{
    begin_request(readback);
    buf_puts(&readback->request, ",\"Id\":");
    json_string(&readback->request, id, len);
    buf_putc(&readback->request, '}');
    struct reply *reply = &readback->reply;
    if (!session_ask(&readback->session, path, &readback->request, 0,
                     &readback->one, reply, err) ||
        !is_answer(readback, reply, err))
        return false;
    if (reply->code == NO_DATA)
        return true;
    if (reply->verdict != VERDICT_ACCEPTED)
        given->refused = reply->message;
    else if (!read_answer(readback, &readback->one, keep_wanted, search))
        given->refused = "the answer is not as documented";
    else if (search->found.len > 0)
        given->json = readback->one.at + search->found.json;
    given->len = search->found.len;
    return true;
}

bool readback_find(struct readback *readback, const char *id, size_t len,
                   struct given *given, struct err *err)
{
    struct search search = {.wanted = {.keyed = true}};
    const struct held *held = NULL;
    form_key_hash(id, len, search.wanted.key_hash);
    *given = (struct given){.json = NULL};
    if (readback->count > 0)
        held = bsearch(&search.wanted, readback->held, readback->count,
                       sizeof *held, by_key);
    if (held == NULL)
        return ask_one(readback, id, len, &search, given, err);
    given->json = readback->whole.at + held->json;
    given->len = held->len;
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
