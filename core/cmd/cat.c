/* cat.c: `fastsync cat`: the rows as they are decoded, one JSON text a line:
 * what a mapping will see, and nothing else. A row that cannot be used is said
 * on standard error. To a file or a pipe goes what stands in the cells,
 * exactly; on a terminal JSON writes what would steer it. */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "base/screen/print.h"
#include "cmd/job/confined.h"
#include "cmd/job/web.h"
#include "command.h"
#include "decode/cursor.h"
#include "decode/paths/pattern.h"
#include "source/taken.h"

enum { OWN_ARRAYS };

/* What is printed, and how far it has come. */
struct print {
    struct buf out;
    bool arrays;
    bool terminal;  /* standard output is one */
    uint64_t limit; /* rows in all, 0: no limit */
    uint64_t rows, faults;
};

static bool flush(struct print *print, struct err *err)
{
    size_t len = print->out.len;
    if (print->terminal) {
        print_json(&print->out);
        return true;
    }
    buf_clear(&print->out);
    /* Rows are gathered and written in large pieces: a call for each would
     * cost more than decoding it. */
    if (len == 0 || fwrite(print->out.at, 1, len, stdout) == len)
        return true;
    return err_set(err, EXIT_FAULT, "standard output cannot be written: %s",
                   strerror(errno));
}

static void print_object(struct buf *out, const struct columns *columns,
                         const struct row *row)
{
    buf_putc(out, '{');
    for (unsigned i = 0; i < columns->count; i++) {
        if (i > 0)
            buf_putc(out, ',');
        json_string(out, columns->all[i].name, columns->all[i].len);
        buf_putc(out, ':');
        value_json(out, &row->cells[i]);
    }
    buf_puts(out, "}\n");
}

static void print_array(struct buf *out, const struct row *row)
{
    buf_putc(out, '[');
    for (unsigned i = 0; i < row->width; i++) {
        if (i > 0)
            buf_putc(out, ',');
        value_json(out, &row->cells[i]);
    }
    buf_puts(out, "]\n");
}

static bool is_full(const struct print *print)
{
    return print->limit > 0 && print->rows >= print->limit;
}

static bool print_row(struct print *print, const struct input *input,
                      const struct row *row, struct err *err)
{
    enum { FLUSH = 64 * 1024 };
    print->rows++;
    /* It counts as a row all the same, and towards --limit. */
    if (row->fault != NULL) {
        print->faults++;
        struct buf place = {0};
        input_place(input, &row->place, &place);
        log_warn("%s: %s", buf_text(&place), row->fault);
        buf_release(&place);
        return true;
    }
    if (print->arrays)
        print_array(&print->out, row);
    else
        print_object(&print->out, &input->columns, row);
    return print->out.len < FLUSH || flush(print, err);
}

static bool print_input(struct print *print, struct input *input,
                        struct err *err)
{
    struct cursor cursor;
    struct row row;
    enum step step = STEP_END;
    bool written = true;
    cursor_open(&cursor, input);
    while (written && !is_full(print) &&
           (step = cursor_next(&cursor, &row, err)) == STEP_ITEM)
        written = print_row(print, input, &row, err);
    cursor_close(&cursor);
    return written && step != STEP_FAIL;
}

static void describe(const struct input *input)
{
    struct buf text = {0};
    input_describe(input, &text);
    if (input->guessed)
        log_note("%s", buf_text(&text));
    buf_release(&text);
}

static bool print_file(struct print *print, const struct spec *said,
                       const char *path, struct err *err)
{
    struct spec spec;
    spec_copy(&spec, said);
    free(spec.path);
    spec.path = mem_text(path);
    spec.start = thread_start;
    struct input *input = input_open(&spec, err);
    spec_release(&spec);
    if (input == NULL)
        return false;
    describe(input);
    bool done = print_input(print, input, err);
    input_close(input);
    return done;
}

/* A file, or a pattern or a folder of them. */
static bool print_path(struct print *print, const struct arguments *arguments,
                       const char *path, struct err *err)
{
    struct spec spec;
    struct paths paths = {.files = {.count = 0}};
    spec_init(&spec);
    spec.path = mem_text(path);
    /* With --arrays nothing is taken for a header, so that what stands before
     * one is seen as well. */
    spec.as_is = print->arrays;
    const struct web web = web_of(&arguments->config);
    spec.web = &web;
    bool good = arguments_override(arguments, &spec, err) &&
                pattern_paths(&spec, &paths, err);
    pattern_tell(path, &paths);
    for (unsigned i = 0; good && i < paths.files.count && !is_full(print); i++)
        good = print_file(print, &spec, paths.files.all[i], err);
    paths_release(&paths);
    spec_release(&spec);
    return good;
}

static void note_inputs(const char *path)
{
    const struct spec spec = {.path = (char *)(uintptr_t)path};
    struct paths paths;
    struct err unsaid;
    if (pattern_paths(&spec, &paths, &unsaid))
        for (unsigned i = 0; i < paths.files.count; i++)
            taken_note(paths.files.all[i], TAKEN_INPUT, "an input as well");
    paths_release(&paths);
}

/* `cat a.csv >>a.csv` would read what it writes, without an end. */
static bool check_output(const struct arguments *arguments, struct err *err)
{
    taken_begin();
    for (unsigned i = 0; i < arguments->count; i++)
        note_inputs(arguments->operands[i]);
    return taken_write("/dev/stdout", "standard output", false, err);
}

static enum exit_code cat(struct arguments *arguments, struct err *err)
{
    struct print print = {.arrays = arguments->own[OWN_ARRAYS] != NULL,
                          .terminal = isatty(STDOUT_FILENO) == 1,
                          .limit = arguments->config.limit};
    bool done = check_output(arguments, err);
    if (done)
        confined_files(&arguments->config, arguments->operands,
                       arguments->count, NULL);
    signal(SIGPIPE, SIG_DFL); /* `cat | head` ends as with any other cat */
    for (unsigned i = 0; done && i < arguments->count && !is_full(&print); i++)
        done = print_path(&print, arguments, arguments->operands[i], err);
    /* What was decoded before a failure is printed; of two failures the first
     * is said. */
    struct err late;
    bool flushed = flush(&print, done ? err : &late);
    buf_release(&print.out);
    if (!done || !flushed)
        return err->code;
    return print.faults > 0 ? EXIT_REJECTS : EXIT_DONE;
}

static const struct own_option own[] = {
    [OWN_ARRAYS] = {"arrays", NULL,
                    "each row as a JSON array, header rows included"},
    {NULL, NULL, NULL},
};

static const char *const options[] = {"source", "limit", "no_confine", NULL};

const struct command command_cat = {
    .name = "cat",
    .usage = "fastsync cat INPUT…",
    .help = "the decoded rows as NDJSON: objects by header, or --arrays",
    .example = "fastsync cat khach-hang.csv --limit 3",
    .own = own,
    .options = options,
    .operands_min = 1,
    .operands_max = OPERANDS_MAX,
    .ends = ENDS_REJECTS | ENDS_INPUT,
    .body = cat,
};
