/* doctor.h: the chains of steps that `fastsync doctor` goes through, a file
 * each or two; each ends with name NULL. */
#ifndef FASTSYNC_CMD_DOCTOR_DOCTOR_H
#define FASTSYNC_CMD_DOCTOR_DOCTOR_H

#include "step.h"

extern const struct doctor_step load_steps[]; /* the configuration's files */
/* Of these: each setting that was said, a line of its own. */
enum finding look_words(struct doctor *doctor);
extern const struct doctor_step file_steps[];    /* what stands in them */
extern const struct doctor_step confine_steps[]; /* after them */
extern const struct doctor_step reach_steps[];   /* from proxy to rights */
extern const struct doctor_step state_steps[];   /* of one mapping's folder */

#endif
