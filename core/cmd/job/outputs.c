/* outputs.c: first all that is read is noted, then each output is held against
 * it, with the names that belong to it (PATH.part, which becomes it). */
#include "outputs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/settings.h"
#include "decode/paths/pattern.h"
#include "rejects/place.h"
#include "source/plain.h"
#include "source/taken.h"

/* What is noted. */

static void note_input(const char *path)
{
    /* Standard input may be a file that has a name as well. */
    taken_note(strcmp(path, "-") == 0 ? "/dev/stdin" : path, TAKEN_INPUT,
               "an input of this run");
}

/* A pattern that stands for nothing is told when its files are opened. */
static void note_source(const struct spec *spec)
{
    struct paths paths;
    struct err unsaid;
    if (pattern_paths(spec, &paths, &unsaid))
        for (unsigned i = 0; i < paths.files.count; i++)
            note_input(paths.files.all[i]);
    paths_release(&paths);
}

static void note_inputs(const struct job *job)
{
    const struct arguments *arguments = job->arguments;
    for (unsigned i = 1; i < arguments->count; i++) {
        const struct spec operand = {
            .path = (char *)(uintptr_t)arguments->operands[i]};
        note_source(&operand);
    }
    for (unsigned m = 0; arguments->count == 1 && m < job_count(job); m++) {
        const struct mapping *mapping = script_mapping(job->scripts[0], m);
        for (unsigned i = 0; i < mapping->source_count; i++)
            note_source(&mapping->sources[i]);
    }
}

static bool is_output(const struct setting *setting)
{
    static const char *const names[] = {"state", "rejects", "warnings",
                                        "bodies"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(setting->name, names[i]) == 0)
            return true;
    return false;
}

/* Files that settings name, read by now or not: passwords, certificates. */
static void note_settings(const struct config *config)
{
    taken_note("fastsync.ini", TAKEN_KEPT, "a configuration file");
    if (config->beside != NULL)
        taken_note(config->beside, TAKEN_KEPT, "a configuration file");
    for (const struct setting *at = settings; at->name != NULL; at++) {
        if (at->kind != SETTING_PATH || is_output(at))
            continue;
        const char *path =
            *(char *const *)(const void *)((const char *)config + at->offset);
        if (path == NULL)
            continue;
        char *what = mem_format("what %s names", at->name);
        taken_note(path, TAKEN_KEPT, what);
        free(what);
    }
}

static void note_state(const char *state)
{
    static const char *const names[][2] = {
        {"journal.db", "the journal"},
        {"journal.db-wal", "the journal"},
        {"journal.db-shm", "the journal"},
        {"journal.db-journal", "the journal"},
        {"journal.lock", "the journal's lock"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = mem_format("%s/%s", state, names[i][0]);
        taken_note(path, TAKEN_KEPT, names[i][1]);
        free(path);
    }
}

/* What is written. */

struct output {
    const char *name;     /* of the setting */
    const char *parts[4]; /* what its paths end in; the first is itself */
    bool pipe;            /* a FIFO may be meant */
    bool (*spares)(const char *path); /* an input of that name stays; or NULL */
};

/* What people correct and run again is not written over. */
static bool is_rejects_file(const char *path)
{
    return rejects_look(path) == OURS;
}

static const struct output bodies = {"bodies", {"", NULL}, true, NULL};
static const struct output warnings = {"warnings", {"", ".part"}, false, NULL};
static const struct output rejects = {
    "rejects", {"", ".part", ".part.both"}, false, is_rejects_file};

/* As a message begins: the option, or where the setting stands. */
static char *who_said(const struct config *config, const char *name)
{
    const char *origin = config_origin(config, name);
    if (config_in_file(config, name))
        return mem_format("%s: %s", origin, name);
    return origin != NULL && config_rank(config, name) != RANK_DEFAULT
               ? mem_text(origin)
               : mem_format("--%s", name);
}

/* What a file of settings names is no pipe to wait for: nobody has seen it. */
static bool may_wait(const struct config *config, const struct output *output)
{
    return output->pipe && !config_in_file(config, output->name);
}

static bool check_part(const struct output *output, const char *path, bool pipe,
                       const char *who, struct err *err)
{
    const char *why;
    bool spares = output->spares != NULL && output->spares(path);
    return plain_output(path, pipe, &why)
               ? taken_write(path, who, spares, err)
               : err_set(err, EXIT_USAGE, "%s %s: %s", who, path, why);
}

static bool check_output(const struct config *config,
                         const struct output *output, const char *path,
                         struct err *err)
{
    char *who = who_said(config, output->name);
    bool good = true, pipe = may_wait(config, output);
    for (size_t i = 0; good && i < 4 && output->parts[i] != NULL; i++) {
        char *part = mem_format("%s%s", path, output->parts[i]);
        good = check_part(output, part, pipe && i == 0, who, err);
        free(part);
    }
    free(who);
    return good;
}

/* Standard output may lead to a file too; what else goes there is the person's
 * to know. */
static bool check_bodies(const struct config *config, struct err *err)
{
    if (config->bodies == NULL)
        return true;
    bool standard = strcmp(config->bodies, "-") == 0;
    return check_output(config, &bodies,
                        standard ? "/dev/stdout" : config->bodies, err);
}

static bool check_places(const struct job *job, const struct places *places,
                         struct err *err)
{
    const struct config *config = &job->arguments->config;
    return check_output(config, &rejects, places->rejects, err) &&
           check_output(config, &warnings, places->warnings, err);
}

bool outputs_check(const struct job *job, struct err *err)
{
    taken_look();
    bool good = check_bodies(&job->arguments->config, err);
    for (unsigned i = 0; good && i < job_count(job); i++) {
        struct places places = job_places(job, i);
        good = check_places(job, &places, err);
        places_release(&places);
    }
    return good;
}

bool outputs_begin(const struct job *job, struct err *err)
{
    note_inputs(job);
    note_settings(&job->arguments->config);
    for (unsigned i = 0; i < job_count(job); i++) {
        struct places places = job_places(job, i);
        note_state(places.state);
        places_release(&places);
    }
    return outputs_check(job, err);
}
