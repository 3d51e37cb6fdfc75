/* job.c: a mapping made ready to run. */
#include "job.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "base/watch.h"
#include "cmd/job/columns.h"
#include "cmd/job/inputs.h"
#include "config/grants.h"
#include "plan/lookup/lookup.h"
#include "source/taken.h"

static struct script_limits limits_of(const struct job *job)
{
    const struct config *config = &job->arguments->config;
    return (struct script_limits){.memory = (size_t)config->max_memory,
                                  .instructions = config->max_instructions,
                                  .seconds = (unsigned)config->max_seconds,
                                  .records = (unsigned)config->max_records,
                                  .grants = &job->grants,
                                  .lookups = job->lookups};
}

bool job_begin(struct job *job, struct arguments *arguments, unsigned use,
               struct err *err)
{
    *job = (struct job){.arguments = arguments,
                        .script_path = arguments->operands[0]};
    taken_begin();
    config_expect(&arguments->config, job->script_path);
    if (!config_load(&arguments->config, err))
        return false;
    /* Before the script, whose mappings name forms; and on the main thread,
     * as states are opened here alone. */
    if (forms_load(err) == NULL || !confined_job(arguments, use, err))
        return false;
    /* The first operand is the mapping. */
    grants_make(&job->grants, &arguments->config, arguments->operands + 1,
                arguments->count - 1);
    job->web = web_of(&arguments->config);
    job->grants.web = &job->web;
    /* From here on time is looked at; and Ctrl-C ends the loading as it ends a
     * run. */
    job->watched = watch_begin(err);
    if (!job->watched || !interrupt_begin(NULL, NULL, err))
        return false;
    job->lookups = lookups_new(arguments->config.max_lookup);
    struct script_limits limits = limits_of(job);
    job->scripts[0] = script_open(job->script_path, &limits, false, err);
    job->opened = job->scripts[0] != NULL;
    interrupt_end();
    return job->opened;
}

unsigned job_count(const struct job *job)
{
    return script_count(job->scripts[0]);
}

/* The mapping's preferences become settings, where nobody above said more. */
static bool take_preferences(struct job *job, struct err *err)
{
    const struct mapping *mapping = job->mapping;
    /* Those of the mapping before this one. */
    config_forget_mapping(&job->arguments->config);
    for (unsigned i = 0; i < mapping->option_count; i++) {
        const struct preference *option = &mapping->options[i];
        char *where = mem_format("%s:%d: %s", job->script_path, option->line,
                                 option->name);
        bool good = config_set(&job->arguments->config, option->name,
                               option->value, RANK_MAPPING, where, err);
        free(where);
        if (!good) {
            /* A wrong preference stands in the script, and is its fault. */
            err->code = EXIT_SCRIPT;
            return false;
        }
    }
    return true;
}

/* What the rows of a first pass leave in a script may not be there when they
 * come for the second time. */
static bool has_first(const struct job *job)
{
    return job->last != NULL && job->mapping->ordered;
}

static bool use_script(const struct job *job, struct script *script,
                       struct err *err)
{
    script_strict(script, job->arguments->config.strict);
    return script_use(script, job->number, err);
}

static bool open_first(struct job *job, struct err *err)
{
    const struct script_limits limits = limits_of(job);
    if (!has_first(job))
        return true;
    if (job->first == NULL)
        job->first = script_open(job->script_path, &limits, true, err);
    return job->first != NULL && use_script(job, job->first, err);
}

static bool use_all(struct job *job, struct err *err)
{
    struct script_limits limits = limits_of(job);
    for (; job->opened < job->jobs; job->opened++) {
        job->scripts[job->opened] =
            script_open(job->script_path, &limits, true, err);
        if (job->scripts[job->opened] == NULL)
            return false;
    }
    /* Each state has loaded the script on its own; the first was opened to
     * read its mappings. */
    for (unsigned i = 0; i < job->jobs; i++)
        if (!use_script(job, job->scripts[i], err))
            return false;
    return open_first(job, err);
}

/* As many states as mapper threads, all opened here, on the main thread. */
static bool open_scripts(struct job *job, struct err *err)
{
    const struct config *config = &job->arguments->config;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t jobs =
        config->jobs > 0 ? config->jobs : (uint64_t)(cores > 0 ? cores : 1);
    job->jobs = jobs > JOBS_MAX ? JOBS_MAX : (unsigned)jobs;
    /* The first N rows are the first N of the input only where one thread
     * maps it; and a mapping may want all of them in order. */
    if (config->limit > 0 || job->mapping->ordered)
        job->jobs = 1;
    if (!interrupt_begin(NULL, NULL, err))
        return false;
    bool good = use_all(job, err);
    interrupt_end();
    return good;
}

/* What is no file takes the rejects of all mappings. */
static bool is_device(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

/* What an option names, with the mapping's number; else `name` in the folder.
 */
static char *place(const char *said, const char *suffix, const char *state,
                   const char *name)
{
    if (said != NULL)
        return mem_format("%s%s", said, is_device(said) ? "" : suffix);
    return mem_format("%s/%s", state, name);
}

struct places job_places(const struct job *job, unsigned number)
{
    const struct config *config = &job->arguments->config;
    char suffix[16];
    state_suffix(number, suffix);
    char *state = job_state(config, job->script_path, number);
    const char *name = job->dry            ? "rejects.check.csv"
                       : config->limit > 0 ? "rejects.limit.csv"
                                           : "rejects.csv";
    return (struct places){
        .state = state,
        .rejects = place(config->rejects, suffix, state, name),
        .warnings = place(config->warnings, suffix, state, "warnings.csv"),
    };
}

void places_release(struct places *places)
{
    free(places->state);
    free(places->rejects);
    free(places->warnings);
    *places = (struct places){.state = NULL};
}

static void forget_state(struct job *job)
{
    struct places places = {job->state, job->rejects, job->warnings};
    places_release(&places);
    job->state = job->rejects = job->warnings = NULL;
}

static void find_state(struct job *job)
{
    struct places places = job_places(job, job->number);
    forget_state(job);
    job->state = places.state;
    job->rejects = places.rejects;
    job->warnings = places.warnings;
}

static void close_inputs(struct job *job)
{
    for (unsigned i = 0; i < job->input_count; i++)
        input_close(job->inputs[i]);
    free(job->inputs);
    job->inputs = NULL;
    job->input_count = 0;
}

bool job_mapping(struct job *job, unsigned number, struct err *err)
{
    close_inputs(job);
    job->number = number;
    job->mapping = script_mapping(job->scripts[0], number);
    last_free(job->last);
    job->last = job->mapping->duplicates == DUPLICATES_LAST ? last_new() : NULL;
    if (!take_preferences(job, err))
        return false;
    find_state(job);
    return true;
}

/* Columns that are not there are told before anything is sent, and where there
 * is no row. An input without any column has nothing in it, or nothing that can
 * be read: its rows say so. */
static bool check_columns(struct job *job, struct err *err)
{
    for (unsigned i = 0; i < job->input_count; i++)
        if (job->inputs[i]->columns.count > 0 &&
            !script_bind(job->scripts[0], job->inputs[i], err))
            return false;
    return true;
}

bool job_inputs(struct job *job, bool describe, struct err *err)
{
    if (!inputs_open(job, describe, err))
        return false;
    if (describe)
        columns_compare((const struct input *const *)job->inputs,
                        job->input_count, job->mapping->wanted.position);
    return open_scripts(job, err) && check_columns(job, err);
}

struct pipeline_options job_rows(const struct job *job)
{
    return (struct pipeline_options){.inputs = job->inputs,
                                     .input_count = job->input_count,
                                     .scripts = job->scripts,
                                     .first =
                                         has_first(job) ? &job->first : NULL,
                                     .jobs = job->jobs};
}

bool job_make_state(const struct job *job, struct err *err)
{
    return state_make(&job->arguments->config, job->state, err);
}

void job_end(struct job *job)
{
    close_inputs(job);
    for (unsigned i = 0; i < job->opened; i++)
        script_free(job->scripts[i]);
    script_free(job->first);
    lookups_free(job->lookups);
    last_free(job->last);
    forget_state(job);
    marks_end(&job->marks);
    forms_release();
    if (job->watched)
        watch_end();
}
