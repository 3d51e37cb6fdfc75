/* confinement.c: what doctor itself has given up, as every command does that
 * reads what others have written. */
#include "cmd/job/confined.h"
#include "doctor.h"

static enum finding look_confinement(struct doctor *doctor)
{
    confined_doctor(doctor->config, doctor->mapping);
    return confine_describe(&doctor->said) || doctor->config->no_confine
               ? FOUND_GOOD
               : FOUND_DOUBT;
}

const struct doctor_step confine_steps[] = {
    {"confinement", look_confinement},
    {NULL, NULL},
};
