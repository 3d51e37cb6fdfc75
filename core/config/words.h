/* words.h: every word that was said about a setting, whether it counted or
 * not, so that it can be told why. One thread. */
#ifndef FASTSYNC_CONFIG_WORDS_H
#define FASTSYNC_CONFIG_WORDS_H

#include "config.h"

struct word {
    const struct setting *setting;
    enum config_rank rank;
    char *origin;   /* "fastsync.ini:3" */
    char *shown;    /* the value, as setting_shown has it */
    bool untrusted; /* it would have needed trust */
};

/* A value fit to be shown: "***" where it is a secret; the caller frees. */
char *setting_shown(const struct setting *setting, const char *value);

void words_note(struct config *config, const struct setting *setting,
                const char *value, enum config_rank rank, const char *origin,
                bool untrusted);
/* Is it the one that counts? */
bool words_counts(const struct config *config, const struct word *word);
/* Would it count, if its file was trusted? */
bool words_withheld(const struct config *config, const struct word *word);
void words_release(struct config *config);

#endif
