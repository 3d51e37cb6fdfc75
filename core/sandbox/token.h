/* token.h: the tokens a sandbox has handed out, and until when they are valid.
 * Locks itself; any thread. */
#ifndef FASTSYNC_SANDBOX_TOKEN_H
#define FASTSYNC_SANDBOX_TOKEN_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

enum { TOKEN_TEXT = 40, TOKENS_KEPT = 256 };

struct token {
    char text[TOKEN_TEXT + 1];
    time_t expires; /* valid before this second */
};

struct tokens {
    pthread_mutex_t lock;
    struct token all[TOKENS_KEPT]; /* a ring: the oldest is forgotten */
    unsigned next;
    unsigned ttl;
    uint64_t state; /* of the generator */
};

/* seed 0: from the system's randomness. */
void tokens_init(struct tokens *tokens, unsigned ttl, uint64_t seed);
void tokens_release(struct tokens *tokens);
struct token tokens_issue(struct tokens *tokens);
/* `authorization` as the header says it, bare or with "Bearer " in front. */
bool tokens_know(struct tokens *tokens, const char *authorization);
/* The same, and it is valid no more. */
bool tokens_forget(struct tokens *tokens, const char *authorization);

#endif
