/* inputs.c: a file of the command line stands in for the mapping's sources;
 * what a run fetches is compared with what the last one did (marks.h). */
#include "inputs.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "decode/paths/pattern.h"
#include "net/web/url.h"

/* It would give its first part to one input and the rest to the other. */
static bool refuse_second_standard(const struct job *job, const char *path,
                                   struct err *err)
{
    for (unsigned i = 0; strcmp(path, "-") == 0 && i < job->input_count; i++)
        if (strcmp(job->inputs[i]->spec.path, "-") == 0)
            return err_set(err, EXIT_USAGE,
                           "-: standard input is named twice, and can be read "
                           "once; keep it in a file and name that");
    return true;
}

static void describe(const struct input *input)
{
    struct buf line = {0};
    input_describe(input, &line);
    log_note("%s", buf_text(&line));
    buf_release(&line);
}

static bool is_unchanged(struct job *job, const char *path)
{
    bool unchanged = job->web.marks != NULL && job->web.marks->unchanged;
    if (unchanged) {
        char *shown = web_url_shown(path);
        log_note("%s: nothing new since the last run that came to its end",
                 shown);
        free(shown);
    }
    return unchanged;
}

/* One input: what the mapping says of it, and the command line over that,
 * since a person who types knows better what this file is. */
static bool open_input(struct job *job, const struct spec *said,
                       const char *path, const struct reach *reach, bool tell,
                       struct err *err)
{
    struct spec spec;
    spec_copy(&spec, said);
    free(spec.path);
    spec.path = mem_text(path);
    spec.reach = reach;
    spec.start = thread_start;
    spec.wanted = &job->mapping->wanted;
    struct input *input = NULL;
    if (refuse_second_standard(job, spec.path, err) &&
        arguments_override(job->arguments, &spec, err))
        input = input_open(&spec, err);
    spec_release(&spec);
    if (input == NULL)
        return is_unchanged(job, path);
    job->inputs =
        mem_resize(job->inputs, (job->input_count + 1) * sizeof *job->inputs);
    job->inputs[job->input_count++] = input;
    if (tell)
        describe(input);
    return true;
}

/* The files that one of the mapping's paths stands for. */
static bool open_source(struct job *job, const struct spec *said, bool tell,
                        struct err *err)
{
    struct paths paths;
    bool good = pattern_paths(said, &paths, err);
    if (tell)
        pattern_tell(said->path, &paths);
    for (unsigned i = 0; good && i < paths.files.count; i++)
        good =
            open_input(job, said, paths.files.all[i], said->reach, tell, err);
    paths_release(&paths);
    return good;
}

/* A file of the command line, or a pattern or a folder there. */
static bool open_operand(struct job *job, const struct spec *first,
                         const char *path, bool tell, struct err *err)
{
    struct spec spec = *first;
    spec.path = (char *)(uintptr_t)path;
    spec.folder = 0;
    spec.reach = NULL;
    spec.web = &job->web;
    spec.picked = false;   /* it need not be a pattern */
    if (!web_is_url(path)) /* what was fetched, and kept */
        spec.request = (struct request_said){.any = NULL};
    return open_source(job, &spec, tell, err);
}

static bool open_inputs(struct job *job, bool tell, struct err *err)
{
    const struct mapping *mapping = job->mapping;
    const struct arguments *arguments = job->arguments;
    const struct spec nothing = {.path = NULL};
    /* A file of the command line is read as the mapping's first source says:
     * it stands in for it. The first operand is the mapping. */
    const struct spec *first =
        mapping->source_count > 0 ? mapping->sources : &nothing;
    bool good = true;
    for (unsigned i = 1; good && i < arguments->count; i++)
        good = open_operand(job, first, arguments->operands[i], tell, err);
    if (arguments->count > 1)
        return good;
    for (unsigned i = 0; good && i < mapping->source_count; i++)
        good = open_source(job, &mapping->sources[i], tell, err);
    return good && (mapping->source_count > 0 ||
                    err_set(err, EXIT_USAGE,
                            "%s: no input: name a file on the command line, "
                            "or a source in the mapping",
                            job->script_path));
}

/* The source whose inputs are among others, and which is not read where it is
 * as it was; NULL: none. On the command line URLs stand in for the first. */
static const struct spec *changed_among(const struct job *job)
{
    const struct mapping *mapping = job->mapping;
    const struct arguments *arguments = job->arguments;
    const struct spec *sources = mapping->sources;
    for (unsigned i = 1; arguments->count > 2 && i < arguments->count; i++)
        if (web_is_url(arguments->operands[i]) && mapping->source_count > 0 &&
            sources->request.if_changed)
            return sources;
    bool several = arguments->count == 1 && mapping->source_count > 1;
    for (unsigned i = 0; several && i < mapping->source_count; i++)
        if (sources[i].request.if_changed)
            return &sources[i];
    return NULL;
}

/* What is as it was is no export without rows: of several sources each is
 * needed, as a key may stand in two. */
static bool check_unchanged(const struct job *job, struct err *err)
{
    const struct spec *source = changed_among(job);
    return source == NULL ||
           err_set(err, EXIT_SCRIPT,
                   "%s: %s: if_changed is for a mapping's only source",
                   job->script_path, source->path);
}

bool inputs_open(struct job *job, bool describe, struct err *err)
{
    if (job->keeps)
        marks_begin(&job->marks, &job->arguments->config, job->state,
                    job->script_path, job->mapping->form->name);
    job->web.marks = job->keeps ? &job->marks.web : NULL;
    bool good = check_unchanged(job, err) && open_inputs(job, describe, err);
    job->unchanged = good && job->input_count == 0;
    job->web.marks = NULL; /* lookups come later, and are read whole */
    marks_asked(&job->marks);
    return good;
}
