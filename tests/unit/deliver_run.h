/* deliver_run.h: a delivery in a folder of its own, against mock.h: rows go in
 * by name, the ledger comes out in words. */
#ifndef FASTSYNC_TESTS_DELIVER_RUN_H
#define FASTSYNC_TESTS_DELIVER_RUN_H

#include "mock.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/interrupt.h"
#include "base/log.h"
#include "config/config.h"
#include "deliver/delivery.h"
#include "deliver/last.h"
#include "journal/journal.h"

static char folder[] = "/tmp/fastsync-delivery-XXXXXX", *before;
static struct config config;
static struct mock *mock;
static struct err err;
static struct journal *journal;
static struct rejects *rejects;
static struct chunk *chunk;
static struct sink *sink;
static struct last
    *last_rows;             /* of the runs; NULL: a key's first record counts */
static const char *source;  /* of the runs; NULL: a part of one */
static struct ledger ended; /* the ledger of the run that ended last */
static struct ledger ended_resumed; /* and of what earlier ones had left */

static char name_code[] = "CustomerCode", name_form[] = "setCustomer",
            name_reads[] = "getCustomer", path_kh[] = "kh.csv",
            name_column[] = "Code";
static char name_number[] = "Number", wire_code[] = "c", wire_number[] = "n";
static struct field fields[] = {{.name = name_code, .wire = wire_code},
                                {.name = name_number, .wire = wire_number}};
static struct form form = {
    .name = name_form, .reads = name_reads, .count = 2, .fields = fields};
static struct mapping mapping;
static struct column columns[] = {{name_column, 4}};
static struct input kh = {.path = path_kh,
                          .dialect = {',', '"', '"'},
                          .columns = {.all = columns, .count = 1}};

static inline void setup(void)
{
    static const struct log_settings quiet = {.level = LOG_ERROR};
    log_setup(&quiet);
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    before = getcwd(NULL, 0);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    config_init(&config);
    config.username = strdup("partner");
    config.password = strdup("sesame-open");
    config.batch = 3;
    config.min_rows = 0; /* the guards have tests of their own */
    config.max_rejected = config.max_shrink = 1;
    mapping = (struct mapping){.form = &form};
    atomic_store(&interrupted, false);
    err = (struct err){.text = ""};
    chunk = chunk_new();
    chunk->input = &kh;
    source = NULL;
}

static inline void serve(void (*answer)(struct mock *,
                                        const struct mock_request *,
                                        struct mock_answer *))
{
    char url[64];
    mock = mock_start(answer);
    snprintf(url, sizeof url, "http://127.0.0.1:%d", mock->port);
    free(config.url);
    config.url = strdup(url);
}

static inline void teardown(void)
{
    char command[128];
    if (mock != NULL)
        mock_stop(mock);
    mock = NULL;
    last_free(last_rows);
    last_rows = NULL;
    chunk_free(chunk);
    config_release(&config);
    atomic_store(&interrupted, false);
    ck_assert_int_eq(chdir(before), 0);
    free(before);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* Everything open, as a run has it. */
static inline void begin_quietly(void)
{
    rejects = rejects_open("r.csv", "setCustomer", &err);
    ck_assert_ptr_nonnull(rejects);
    journal = journal_open(".", &err);
    ck_assert_msg(journal != NULL, "%s", err.text);
    ck_assert_msg(
        journal_run_begin(journal, "kh.lua", "setCustomer", source, &err), "%s",
        err.text);
    const struct delivery_options plan = {.config = &config,
                                          .mapping = &mapping,
                                          .journal = journal,
                                          .source = source,
                                          .rejects = rejects,
                                          .last = last_rows};
    sink = delivery_new(&plan, &err);
}

/* And what earlier runs left pending sent. */
static inline void begin(void)
{
    begin_quietly();
    if (sink != NULL)
        delivery_resume(sink, &err);
}

/* Adds a row "KEY" with that content to the chunk. */
static inline void row(const char *key, unsigned content)
{
    char json[64];
    struct record *record = chunk_add_record(chunk);
    int len =
        snprintf(json, sizeof json, "{\"c\":\"%s\",\"n\":%u}", key, content);
    if (chunk->json.len > 0)
        buf_putc(&chunk->json, ',');
    *record = (struct record){.content = content,
                              .place = {.line = chunk->first.index + 1,
                                        .index = ++chunk->first.index},
                              .origin = origin_text(key, strlen(key))};
    record->key_len = (uint32_t)strlen(key);
    record->key = key;
    for (const char *c = key; *c != '\0'; c++)
        record->key_hash[0] = record->key_hash[0] * 1000003 + (uint64_t)*c;
    record->key_hash[1] = record->key_hash[0] * 0x9e3779b97f4a7c15u;
    record->json = (uint32_t)chunk->json.len;
    record->json_len = (uint32_t)len;
    buf_add(&chunk->json, json, (size_t)len);
    chunk->rows++;
}

static inline bool take(void)
{
    bool good = sink->kind->take(sink, chunk, &err);
    struct place place = chunk->first;
    const struct input *input = chunk->input;
    chunk_clear(chunk);
    chunk->first = place;
    chunk->input = input;
    return good;
}

/* The chunk goes through the first pass instead. */
static inline bool note(void)
{
    struct place place = chunk->first;
    const struct input *input = chunk->input;
    last_note(last_rows, chunk);
    chunk_clear(chunk);
    chunk->first = place;
    chunk->input = input;
    return true;
}

static inline void begin_first_pass(void)
{
    last_free(last_rows);
    last_rows = last_new();
    chunk->first = (struct place){.line = 0};
}

/* Counts as `counted` says; then the same rows may come once more. */
static inline void end_first_pass(const struct ledger *counted)
{
    static const struct ledger none;
    last_ready(last_rows, counted ? counted : &none);
    chunk->first = (struct place){.line = 0};
}

/* `count` rows with keys of their own, from a static store. */
static inline void rows(unsigned from, unsigned count, unsigned content)
{
    static char keys[4000][8];
    for (unsigned i = from; i < from + count; i++) {
        snprintf(keys[i], sizeof keys[i], "K%u", i);
        row(keys[i], content);
    }
}

/* Ends the run; answers the ledger in words. */
static inline const char *end(bool cut_short, enum exit_code code)
{
    static struct buf text;
    static const char *path;
    struct err late;
    bool good = sink->kind->finish(sink, cut_short, &err);
    ck_assert_msg(good == (code == EXIT_DONE), "%s", err.text);
    ck_assert_msg(good || err.code == code, "%d: %s", (int)err.code, err.text);
    ck_assert(ledger_balances(&sink->ledger));
    buf_clear(&text);
    ledger_print(&sink->ledger, false, &text);
    text.len--; /* the line's end */
    ended = sink->ledger;
    ended_resumed = sink->resumed ? *sink->resumed : (struct ledger){0};
    ck_assert(rejects_finish(rejects, &path, &err) || !good);
    if (journal != NULL)
        journal_run_end(journal, &ended, sink->resumed, good ? 0 : (int)code,
                        good ? NULL : err.text, true, &late);
    sink->kind->free(sink);
    rejects_free(rejects);
    journal_close(journal);
    return buf_text(&text);
}

static inline const char *content(const char *path)
{
    static char text[64 * 1024];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return "";
    size_t len = fread(text, 1, sizeof text - 1, file);
    text[len] = '\0';
    fclose(file);
    return text;
}

/* The body of the nth SyncData request, from 0. */
static inline const char *body(unsigned nth)
{
    for (unsigned i = 0; i < mock->count; i++)
        if (strcmp(mock->requests[i].path, "/api/SyncData") == 0 && nth-- == 0)
            return mock->requests[i].body;
    return "";
}

static inline bool is_sync(const struct mock_request *request)
{
    return strcmp(request->path, "/api/SyncData") == 0;
}

#endif
