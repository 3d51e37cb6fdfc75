/* script_run.h: a script in a folder of its own, over rows that are made here,
 * so that nothing but the host is on trial. */
#ifndef FASTSYNC_TESTS_SCRIPT_RUN_H
#define FASTSYNC_TESTS_SCRIPT_RUN_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "script/script.h"

static char folder[64];
static char path[128];

static inline void make_folder(void)
{
    strcpy(folder, "/tmp/fastsync-script-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/m.lua", folder);
}

static inline void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static inline void write_file(const char *name, const char *text)
{
    char full[200];
    snprintf(full, sizeof full, "%s/%s", folder, name);
    FILE *file = fopen(full, "wb");
    ck_assert_ptr_nonnull(file);
    fwrite(text, 1, strlen(text), file);
    ck_assert_int_eq(fclose(file), 0);
}

/* The input: three columns and up to four rows. */

static struct column columns[] = {{"Code", 4}, {"Tên", 4}, {"Note", 4}};
static struct value cells[4][3];
static struct row rows[4];
static struct input input;
static const char *const texts[4][3] = {
    {"KH1", "Công ty A", "x"},
    {"kh2", "B \"quoted\"", ""},
    {"KH3", "", "5"},
    {"KH4", "D", "NCC"},
};

static inline void make_input(void)
{
    static char file[] = "khach-hang.csv";
    input =
        (struct input){.path = file, .columns = {.all = columns, .count = 3}};
    for (unsigned i = 0; i < 4; i++) {
        for (unsigned c = 0; c < 3; c++)
            cells[i][c] = value_text(texts[i][c], strlen(texts[i][c]));
        rows[i] = (struct row){.cells = cells[i],
                               .count = 3,
                               .place = {.line = i + 2, .index = i + 1},
                               .origin = origin_text("source", 6)};
    }
}

/* A run of a script over the first `count` rows. */

static struct script *script;
static struct chunk *chunk;
static struct err err;

static struct script_limits limits = {.memory = 8 << 20,
                                      .instructions = 1000000};

static inline bool open_text(const char *text)
{
    make_input();
    write_file("m.lua", text);
    err = (struct err){0};
    chunk = chunk_new();
    chunk->input = &input;
    script = script_open(path, &limits, true, &err);
    return script != NULL;
}

static inline void close_all(void)
{
    script_free(script);
    chunk_free(chunk);
    script = NULL;
}

static inline bool run_rows(unsigned count)
{
    if (!script_use(script, 0, &err))
        return false;
    for (unsigned i = 0; i < count; i++) {
        if (!script_map(script, chunk, &rows[i])) {
            err = chunk->failure;
            return false;
        }
    }
    return true;
}

static inline const char *json(void)
{
    return chunk->json.len > 0 ? buf_text(&chunk->json) : "";
}

static inline void contains(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        ck_abort_msg("\"%s\" does not contain \"%s\"", text, part);
}

static inline void ledger(unsigned seen, unsigned records, unsigned rejected,
                          unsigned skipped, unsigned extra)
{
    ck_assert_uint_eq(chunk->rows, seen);
    ck_assert_uint_eq(chunk->record_count, records);
    ck_assert_uint_eq(chunk->reject_count, rejected);
    ck_assert_uint_eq(chunk->skipped, skipped);
    ck_assert_uint_eq(chunk->extra, extra);
    ck_assert_uint_eq(chunk->rows + chunk->extra,
                      chunk->skipped + rejected + records);
}

#define HEAD                                                                   \
    "local fast = require 'fastsync' local vn = require 'fastsync.vn' "        \
    "local col = fast.col "
#define MAP(body)                                                              \
    HEAD "return fast.setCustomer { map = function(row, at)\n" body "\nend }"
/* Columns of a mark are counted in more ways than one. */
/* clang-format off */
#define RECORD(more)                                                           \
    "return { CustomerCode = row.Code, CustomerName = row['Tên'], "           \
    "Status = '1', " more "}"
/* clang-format on */

static inline void load_forms(void)
{
    struct err why;
    ck_assert_ptr_nonnull(forms_load(&why));
}

/* A suite of one case; the caller adds its tests. */
static inline TCase *script_case(void)
{
    TCase *t = tcase_create("script");
    tcase_add_checked_fixture(t, load_forms, forms_release);
    tcase_set_timeout(t, 60);
    return t;
}

static inline int script_suite(TCase *t)
{
    Suite *s = suite_create("script");
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}

#endif
