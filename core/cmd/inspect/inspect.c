/* inspect.c: `fastsync inspect`: what an export is, before anything is mapped:
 * its format, its columns, what looks wrong in it, and a mapping that
 * reads it. Each input is read once, row by row. */
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/screen/print.h"
#include "cmd/command.h"
#include "cmd/job/confined.h"
#include "cmd/job/web.h"
#include "decode/paths/pattern.h"
#include "form/form.h"
#include "group.h"
#include "json.h"
#include "screen.h"

static struct input *open_path(const struct arguments *arguments,
                               const char *path, struct err *err)
{
    struct spec spec;
    struct input *input = NULL;
    const struct web web = web_of(&arguments->config);
    spec_init(&spec);
    spec.web = &web;
    if (arguments_override(arguments, &spec, err)) {
        spec.by_looks = true;
        spec.start = thread_start;
        spec.path = mem_text(path);
        input = input_open(&spec, err);
    }
    spec_release(&spec);
    return input;
}

/* What has come of all inputs: the first failure decides how it ends, and is
 * said last. */
struct outcome {
    bool again; /* a screen was printed */
    struct group group;
    enum exit_code code;
    struct err *err;
};

static void print_found(struct outcome *outcome,
                        const struct arguments *arguments,
                        const struct gather *gather)
{
    struct buf json = {0};
    if (!arguments->json) {
        group_take(&outcome->group, gather);
        if (outcome->again)
            print_end();
        screen_print(gather);
        outcome->again = true;
        return;
    }
    inspect_json(gather, &json);
    print_json(&json);
    buf_release(&json);
}

/* What was read before a failure is shown. */
static bool inspect_path(struct outcome *outcome,
                         const struct arguments *arguments, const char *path,
                         struct err *err)
{
    struct gather gather;
    struct input *input = open_path(arguments, path, err);
    if (input == NULL)
        return false;
    bool good = gather_read(&gather, input, arguments->config.limit, err);
    if (good || !arguments->json)
        print_found(outcome, arguments, &gather);
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

static void take_error(struct outcome *outcome,
                       const struct arguments *arguments, const char *path,
                       const struct err *one)
{
    print_error(arguments, path, one);
    if (outcome->code != EXIT_DONE) {
        log_error("%s", one->text);
        return;
    }
    outcome->code = one->code;
    *outcome->err = *one;
}

/* A file, or a pattern or a folder of them. One that cannot be read does not
 * keep the others from being looked at. */
static void inspect_operand(struct outcome *outcome,
                            const struct arguments *arguments, const char *path)
{
    const struct spec spec = {.path = (char *)(uintptr_t)path};
    struct paths paths;
    struct err one = {.text = ""};
    if (!pattern_paths(&spec, &paths, &one))
        take_error(outcome, arguments, path, &one);
    else
        pattern_tell(path, &paths);
    group_begin_operand(&outcome->group);
    for (unsigned i = 0; i < paths.files.count; i++) {
        const char *file = paths.files.all[i];
        if (!inspect_path(outcome, arguments, file, &one))
            take_error(outcome, arguments, file, &one);
    }
    group_end_operand(&outcome->group, path, paths.files.count);
    paths_release(&paths);
}

static enum exit_code inspect_all(const struct arguments *arguments,
                                  struct err *err)
{
    struct outcome outcome = {.code = EXIT_DONE, .err = err};
    for (unsigned i = 0; i < arguments->count; i++)
        inspect_operand(&outcome, arguments, arguments->operands[i]);
    group_end(&outcome.group);
    return outcome.code;
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
