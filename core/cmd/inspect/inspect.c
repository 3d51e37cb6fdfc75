/* inspect.c: `fastsync inspect`: what an export is, before anything is mapped:
 * its format, its columns, what looks wrong in it, and the lines that a mapping
 * begins with. Each input is read once, row by row. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/screen/print.h"
#include "cmd/command.h"
#include "cmd/job/confined.h"
#include "form/form.h"
#include "json.h"
#include "screen.h"

static struct input *open_path(const struct arguments *arguments,
                               const char *path, struct err *err)
{
    struct spec spec;
    struct input *input = NULL;
    spec_init(&spec);
    if (arguments_override(arguments, &spec, err)) {
        spec.by_looks = true;
        spec.path = mem_text(path);
        input = input_open(&spec, err);
    }
    spec_release(&spec);
    return input;
}

/* `again`: another screen stands above. */
static void print_found(const struct arguments *arguments,
                        const struct gather *gather, bool again)
{
    struct buf json = {0};
    if (!arguments->json) {
        if (again)
            print_end();
        screen_print(gather);
        return;
    }
    inspect_json(gather, &json);
    print_json(&json);
    buf_release(&json);
}

/* What was read before a failure is shown. */
static bool inspect_path(const struct arguments *arguments, const char *path,
                         bool *again, struct err *err)
{
    struct gather gather;
    struct input *input = open_path(arguments, path, err);
    if (input == NULL)
        return false;
    bool good = gather_read(&gather, input, arguments->config.limit, err);
    if (good || !arguments->json)
        print_found(arguments, &gather, *again);
    *again = true;
    gather_release(&gather);
    input_close(input);
    return good;
}

static void print_error(const struct arguments *arguments, const char *path,
                        const struct err *err)
{
    struct buf json = {0};
    if (arguments->json) {
        inspect_json_error(path, err->text, &json);
        print_json(&json);
    }
    buf_release(&json);
}

/* One that cannot be read does not keep the others from being looked at; the
 * first failure decides how it ends, and is said last. */
static enum exit_code inspect_all(struct arguments *arguments, struct err *err)
{
    enum exit_code code = EXIT_DONE;
    bool again = false;
    for (unsigned i = 0; i < arguments->count; i++) {
        struct err one = {.text = ""};
        if (inspect_path(arguments, arguments->operands[i], &again, &one))
            continue;
        print_error(arguments, arguments->operands[i], &one);
        if (code == EXIT_DONE) {
            code = one.code;
            *err = one;
        } else {
            log_error("%s", one.text);
        }
    }
    return code;
}

static enum exit_code inspect(struct arguments *arguments, struct err *err)
{
    if (forms_load(err) == NULL)
        return err->code;
    cell_prepare();
    confined_files(&arguments->config, arguments->operands, arguments->count,
                   NULL);
    signal(SIGPIPE, SIG_DFL); /* `inspect | head` ends as cat does */
    enum exit_code code = inspect_all(arguments, err);
    forms_release();
    return code;
}

static const char *const options[] = {"source", "limit", "json", "no_confine",
                                      NULL};

const struct command command_inspect = {
    .name = "inspect",
    .usage = "fastsync inspect INPUT…",
    .help = "what an export is: format, columns, what looks wrong in it",
    .example = "fastsync inspect khach-hang.csv",
    .options = options,
    .operands_min = 1,
    .operands_max = OPERANDS_MAX,
    .ends = ENDS_INPUT,
    .body = inspect,
};
