/* doctor.c: `fastsync doctor`: each step of the way to the server, and of the
 * state folder, a line each; nothing is sent to be stored. */
#include "doctor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "job.h"

enum finding doctor_fault(struct doctor *doctor, enum exit_code code,
                          const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vaddf(&doctor->said, format, args);
    va_end(args);
    doctor->code = code;
    return FOUND_FAULT;
}

static enum finding look_configuration(struct doctor *doctor)
{
    struct config *config = doctor->config;
    struct err err;
    if (!config_load(config, &err))
        return doctor_fault(doctor, err.code, "%s", err.text);
    if (config->files == NULL)
        buf_puts(&doctor->said, "no file; the environment and options alone");
    else
        buf_addf(&doctor->said, "%s; profile %s", config->files,
                 config->profile);
    return FOUND_GOOD;
}

/* "url (fastsync.ini:2)": who said it, never what a secret is. */
static void say_origin(struct doctor *doctor, const char *shown,
                       const char *name)
{
    const char *origin = config_origin(doctor->config, name);
    buf_puts(&doctor->said, shown);
    if (origin != NULL)
        buf_addf(&doctor->said, " (%s)", origin);
}

static enum finding look_url(struct doctor *doctor)
{
    struct err err;
    struct config *config = doctor->config;
    if (!config_check_url(config, &err))
        return doctor_fault(doctor, err.code, "%s", err.text);
    say_origin(doctor, config->url, "url");
    if (strncmp(config->url, "http://", 7) != 0 || config_loopback(config->url))
        return FOUND_GOOD;
    buf_puts(&doctor->said, "; the password goes readable by everyone on the "
                            "way: use https://, and drop insecure_http");
    return FOUND_DOUBT;
}

static enum finding look_credentials(struct doctor *doctor)
{
    struct err err;
    struct config *config = doctor->config;
    config->warned = true; /* it is said here */
    if (!config_connect(config, &err))
        return doctor_fault(doctor, err.code, "%s", err.text);
    const char *way = config_way(config);
    if (strcmp(way, "token") != 0) {
        buf_addf(&doctor->said, "user %s", config->username);
        say_origin(doctor, "", "username");
        buf_puts(&doctor->said, ", ");
    }
    say_origin(doctor, way, way);
    const char *path = config->password_file;
    if (strcmp(way, "password_file") != 0 || !config_exposed(path))
        return FOUND_GOOD;
    buf_addf(&doctor->said,
             "; %s: everyone on this machine can read it; chmod 600 %s", path,
             path);
    return FOUND_DOUBT;
}

/* The files of TLS; there is a line where one is set. */
static enum finding look_certificates(struct doctor *doctor)
{
    struct err err;
    const struct config *config = doctor->config;
    const char *phrase = config->client_key_password_file;
    if (!probe_open(&doctor->probe, config, &err))
        return doctor_fault(doctor, err.code, "%s", err.text);
    if (config->ca_file != NULL)
        buf_addf(&doctor->said, "trusted: the system's and %s",
                 config->ca_file);
    if (config->client_cert != NULL)
        buf_addf(&doctor->said, "%sour own: %s",
                 config->ca_file != NULL ? "; " : "", config->client_cert);
    if (phrase != NULL && config_exposed(phrase)) {
        buf_addf(&doctor->said,
                 "; %s: everyone on this machine can read it; chmod 600 %s",
                 phrase, phrase);
        return FOUND_DOUBT;
    }
    return doctor->said.len > 0 ? FOUND_GOOD : FOUND_NOTHING;
}

static const struct doctor_step first_step[] = {
    {"configuration", look_configuration},
    {NULL, NULL},
};

static const struct doctor_step file_steps[] = {
    {"url", look_url},
    {"credentials", look_credentials},
    {"certificates", look_certificates},
    {NULL, NULL},
};

/* Takes a chain's steps; false where one failed. */
static bool walk(struct doctor *doctor, const struct doctor_step *chain,
                 enum exit_code *code)
{
    static const char *const words[] = {"", "ok", "warn", "FAIL"};
    for (const struct doctor_step *step = chain; step->name != NULL; step++) {
        buf_clear(&doctor->said);
        enum finding finding = step->look(doctor);
        if (finding != FOUND_NOTHING)
            printf("%-4s  %-13s  %s\n", words[finding], step->name,
                   buf_text(&doctor->said));
        fflush(stdout); /* the next one may take its time */
        if (finding != FOUND_FAULT)
            continue;
        if (*code == EXIT_DONE)
            *code = doctor->code;
        return false;
    }
    return true;
}

/* A script's second mapping has a folder beside the first one's. */
static void walk_states(struct doctor *doctor, enum exit_code *code)
{
    for (doctor->number = 0;; doctor->number++) {
        free(doctor->state);
        doctor->state =
            job_state(doctor->config, doctor->mapping, doctor->number);
        if (doctor->number > 0 && access(doctor->state, F_OK) != 0)
            return;
        walk(doctor, state_steps, code);
    }
}

static enum exit_code examine(struct arguments *arguments, struct err *err)
{
    struct doctor doctor = {.arguments = arguments,
                            .config = &arguments->config};
    enum exit_code code = EXIT_DONE;
    doctor.mapping = arguments->count > 0 ? arguments->operands[0] : NULL;
    (void)err; /* all is said on standard output */
    if (walk(&doctor, first_step, &code)) {
        if (walk(&doctor, file_steps, &code))
            walk(&doctor, reach_steps, &code);
        if (doctor.mapping != NULL)
            walk_states(&doctor, &code);
    }
    probe_close(&doctor.probe);
    buf_release(&doctor.said);
    free(doctor.state);
    return code;
}

static const char *const options[] = {"server", "state", NULL};

const struct command command_doctor = {
    .name = "doctor",
    .usage = "fastsync doctor [MAPPING.lua]",
    .help = "check the set-up: configuration, reach, TLS, credentials, clock",
    .example = "fastsync doctor khach-hang.lua --profile test",
    .options = options,
    .operands_most = 1,
    .body = examine,
};
