/* security.h: who may do what, in words. */
#ifndef FASTSYNC_CMD_SECURITY_H
#define FASTSYNC_CMD_SECURITY_H

/* Prints the model. */
void security_describe(void);

#endif
