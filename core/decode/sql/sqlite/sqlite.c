/* sqlite.c: a database file of SQLite's as a format: the rows of one table, or
 * of a query.
 *
 * A file may come from anywhere, and so may the query. SQLite is told to trust
 * neither: its schema runs nothing that is not harmless, nothing but reading
 * is allowed, and how much it may do before the next row is counted. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "decode/decoder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "decode/decoded.h"
#include "decode/facts.h"
#include "source/unpack.h"
#include "state.h"

enum { STEPS = 1000 }; /* between two looks at the clock, so to speak */

static int sqlite_sniff(const char *head, size_t len)
{
    static const char mark[] = "SQLite format 3"; /* and the NUL behind it */
    return len >= sizeof mark && memcmp(head, mark, sizeof mark) == 0 ? 100 : 0;
}

static int go_on(void *opaque)
{
    struct input *input = opaque;
    struct sqlite *state = input->state;
    state->stopped = source_stopped(input->source);
    state->worn = ++state->steps > state->max_steps;
    return state->stopped || state->worn;
}

static int allow(void *nothing, int action, const char *first,
                 const char *second, const char *base, const char *trigger)
{
    /* Code by its path, and by its address. */
    static const char *const functions[] = {"load_extension", "fts3_tokenizer"};
    (void)nothing, (void)first, (void)base, (void)trigger;
    for (size_t i = 0; action == SQLITE_FUNCTION && i < 2; i++)
        if (sqlite3_stricmp(second, functions[i]) == 0)
            return SQLITE_DENY;
    return action == SQLITE_FUNCTION || action == SQLITE_SELECT ||
                   action == SQLITE_READ || action == SQLITE_RECURSIVE
               ? SQLITE_OK
               : SQLITE_DENY;
}

/* What is said of a database before anything of it is read. */
static bool distrust(struct input *input, struct err *err)
{
    struct sqlite *state = input->state;
    const struct sqlite_options *options = input->options;
    static const struct {
        int what, value;
    } settings[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                    {SQLITE_DBCONFIG_DQS_DML, 0}};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        sqlite3_db_config(state->db, settings[i].what, settings[i].value, NULL);
    sqlite3_limit(state->db, SQLITE_LIMIT_LENGTH, (int)options->asked.max_cell);
    sqlite3_limit(state->db, SQLITE_LIMIT_ATTACHED, 0);
    int code = sqlite3_exec(state->db,
                            "PRAGMA query_only = 1; PRAGMA cell_size_check = 1",
                            NULL, NULL, NULL);
    sqlite3_set_authorizer(state->db, allow, NULL);
    sqlite3_progress_handler(state->db, STEPS, go_on, input);
    return code == SQLITE_OK || sqlite_fail(input, code, err);
}

/* A journal whose changes are all in the database is emptied, or its first
 * bytes are zeros (journal_mode PERSIST). */
static bool holds_changes(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0 || status.st_size == 0)
        return false;
    FILE *file = fopen(path, "rbe");
    int first = file ? getc(file) : EOF;
    if (file != NULL)
        fclose(file);
    return first != 0;
}

/* What was changed last may stand in a file beside it, which is not read: rows
 * would be missing, and nobody told. Of a link it stands where that leads. */
static bool check_beside(const struct input *input, struct err *err)
{
    static const char *const ends[] = {"-wal", "-journal"};
    const char *path = input->spec.path, *found = NULL;
    bool plain = path != NULL && strcmp(path, "-") != 0 &&
                 unpack_packing(input->source) == PACKED_NOT;
    char *real = plain ? realpath(path, NULL) : NULL;
    for (size_t i = 0; real != NULL && found == NULL && i < 2; i++) {
        char *beside = mem_format("%s%s", real, ends[i]);
        found = holds_changes(beside) ? ends[i] : NULL;
        free(beside);
    }
    free(real);
    return found == NULL ||
           err_set(err, EXIT_INPUT,
                   "changes that are not in it yet stand beside it, in "
                   "\"…%s\": close the program that writes it, or copy it "
                   "with `sqlite3 FILE \".backup COPY\"`",
                   found);
}

/* SQLite takes a page that is not all there for zeros. The size of a page and
 * their number, where it holds, stand in the header. */
static bool check_whole(const struct input *input, struct err *err)
{
    enum { HEADER = 100, PAGE = 16, CHANGED = 24, COUNT = 28, VALID = 92 };
    unsigned char head[HEADER] = {0};
    size_t got;
    if (!source_read_at(input->source, 0, head, HEADER, &got, err))
        return false;
    uint64_t page = (uint64_t)head[PAGE] << 8 | head[PAGE + 1], count = 0;
    bool valid = memcmp(head + CHANGED, head + VALID, 4) == 0;
    for (size_t i = 0; valid && i < 4; i++)
        count = count << 8 | head[COUNT + i];
    page = page == 1 ? 65536 : page;
    uint64_t size = source_size(input->source);
    return page == 0 || (size % page == 0 && size >= count * page) ||
           err_set(err, EXIT_INPUT,
                   "is cut off: its %llu bytes are less than its pages, of "
                   "%llu bytes each; copy it once more",
                   (unsigned long long)size, (unsigned long long)page);
}

static bool sqlite_open(struct input *input, struct err *err)
{
    const struct sqlite_options *options = input->options;
    struct sqlite *state = mem_zero(1, sizeof *state);
    input->state = state;
    input->typed = true;
    input->trim = options->asked.trim;
    state->max_steps = options->max_steps / STEPS + 1;
    if (!asked_check(&options->asked, err) ||
        !source_spool(input->source, err) || !check_beside(input, err) ||
        !check_whole(input, err))
        return false;
    input->size = source_size(input->source);
    int code = sqlite_file_open(&state->file, input->source, &state->db);
    if (code != SQLITE_OK)
        return sqlite_fail(input, code, err);
    return distrust(input, err) &&
           (options->asked.query != NULL || sqlite_choose(input, err)) &&
           sqlite_ask(input, err);
}

/* A table's rows take more than a byte each; pages that lead to each other in
 * circles have no end of them. */
static bool check_count(const struct input *input, struct err *err)
{
    const struct sqlite *state = input->state;
    return !state->stored || state->index <= source_size(input->source) ||
           err_set(err, EXIT_INPUT,
                   "is damaged: it gives more rows than it has bytes");
}

/* Rows of about a chunk; answers what SQLite says then. */
static int take_rows(const struct input *input, struct chunk *chunk)
{
    struct sqlite *state = input->state;
    size_t room = 0;
    while (room < sql_piece) {
        state->steps = 0;
        int code = state->rows ? sqlite3_step(state->rows) : SQLITE_DONE;
        if (code != SQLITE_ROW)
            return code;
        state->index++;
        room +=
            sqlite_take(input, chunk, (struct place){.index = state->index});
    }
    return SQLITE_ROW;
}

static enum step sqlite_fill(struct input *input, struct chunk *chunk,
                             struct err *err)
{
    struct sqlite *state = input->state;
    if (state->failure.code != EXIT_DONE)
        return *err = state->failure, STEP_FAIL;
    int code = take_rows(input, chunk);
    chunk->consumed = state->file.next < UINT64_MAX ? state->file.next : 0;
    if (code == SQLITE_ROW && check_count(input, err))
        return STEP_ITEM;
    if (code == SQLITE_DONE) {
        sqlite3_finalize(state->rows); /* once more, it would begin anew */
        state->rows = NULL;
        return chunk->decoded_count > 0 ? STEP_ITEM : STEP_END;
    }
    if (code != SQLITE_ROW)
        sqlite_fail(input, code, err);
    err_name(err, input->path);
    if (err->code != EXIT_INPUT || chunk->decoded_count == 0)
        return STEP_FAIL;
    state->failure = *err;
    return STEP_ITEM;
}

static void sqlite_close(struct input *input)
{
    struct sqlite *state = input->state;
    if (state == NULL)
        return;
    sqlite3_finalize(state->rows);
    sqlite3_close(state->db);
    sqlite_file_close(&state->file);
    free(state->table);
    free(state);
}

static void sqlite_describe(const struct input *input, struct buf *out)
{
    const struct sqlite *state = input->state;
    if (state->table != NULL)
        buf_addf(out, ", table \"%s\"", state->table);
    else
        buf_puts(out, ", a query");
    input_describe_columns(input, out);
}

static void sqlite_tell(const struct input *input, struct facts *facts)
{
    const struct sqlite *state = input->state;
    if (state->table != NULL && state->tables > 1)
        facts_option_text(facts, "table", state->table);
}

static const struct format_option option_rows[] = {
    ASKED_TABLE,
    ASKED_QUERY,
    ASKED_CELLS,
    {"max_steps", "N", "SQLite's steps from one row to the next (10G)",
     OPTION_NUMBER, offsetof(struct sqlite_options, max_steps), option_bytes},
    {.name = NULL},
};

static const struct sqlite_options defaults = {.asked = ASKED_DEFAULTS,
                                               .max_steps = UINT64_C(10) << 30};
static const char *const extensions[] = {".sqlite", ".sqlite3", ".db",
                                         ".db3",    ".s3db",    NULL};

const struct format format_sqlite = {
    .name = "sqlite",
    .title = "SQLite",
    .help = "a table of an SQLite database, or a query",
    .extensions = extensions,
    .headless = true,
    .options = option_rows,
    .defaults = &defaults,
    .options_size = sizeof defaults,
    .sniff = sqlite_sniff,
    .open = sqlite_open,
    .fill = sqlite_fill,
    .close = sqlite_close,
    .describe = sqlite_describe,
    .tell = sqlite_tell,
    .rows = &decoded_rows,
};
