/* doctor.c: `fastsync doctor`: each step of the way to the server, and of the
 * state folder, a line each; nothing is sent to be stored. */
#include "doctor.h"

#include <stdlib.h>
#include <unistd.h>

#include "cmd/command.h"
#include "cmd/job.h"

/* Takes a chain's steps; false where one failed. */
static bool walk(struct doctor *doctor, const struct doctor_step *chain,
                 enum exit_code *code)
{
    for (const struct doctor_step *step = chain; step->name != NULL; step++) {
        buf_clear(&doctor->said);
        enum finding finding = step->look(doctor);
        doctor_line(finding, step->name, buf_text(&doctor->said));
        if (finding != FOUND_FAULT)
            continue;
        /* The first fault decides: those after it may follow from it. */
        if (*code == EXIT_DONE)
            *code = doctor->code;
        return false;
    }
    return true;
}

/* A script's second mapping has a folder beside the first one's. */
static void walk_states(struct doctor *doctor, enum exit_code *code)
{
    /* How many mappings a script has is not asked: doctor does not run it.
     * The first one's folder is looked at even where it is not there. */
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
    struct doctor doctor = {.config = &arguments->config};
    enum exit_code code = EXIT_DONE;
    doctor.mapping = arguments->count > 0 ? arguments->operands[0] : NULL;
    (void)err; /* all is said on standard output */
    if (walk(&doctor, load_steps, &code)) {
        bool set = walk(&doctor, file_steps, &code);
        if (set || doctor.mapping != NULL)
            walk(&doctor, confine_steps, &code);
        if (set)
            walk(&doctor, reach_steps, &code);
        if (doctor.mapping != NULL)
            walk_states(&doctor, &code);
    }
    probe_close(&doctor.probe);
    buf_release(&doctor.said);
    free(doctor.state);
    return code;
}

static const char *const options[] = {"server", "state", "no_confine", NULL};

const struct command command_doctor = {
    .name = "doctor",
    .usage = "fastsync doctor [MAPPING.lua]",
    .help = "check the set-up: configuration, reach, TLS, credentials, clock",
    .example = "fastsync doctor khach-hang.lua --profile test",
    .options = options,
    .operands_max = 1,
    .ends = ENDS_RIGHTS | ENDS_PENDING,
    .body = examine,
};
