/* Tokens: forty letters and digits each from splitmix64, which is no secret
 * generator and need not be: a sandbox guards nothing. */
#include "token.h"

#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static uint64_t random_seed(void)
{
    uint64_t seed = 0;
    int file = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (file < 0 || read(file, &seed, sizeof seed) != (ssize_t)sizeof seed)
        seed = (uint64_t)time(NULL) << 20 ^ (uint64_t)getpid();
    if (file >= 0)
        close(file);
    return seed;
}

void tokens_init(struct tokens *tokens, unsigned ttl, uint64_t seed)
{
    memset(tokens, 0, sizeof *tokens);
    pthread_mutex_init(&tokens->lock, NULL);
    tokens->ttl = ttl;
    tokens->state = seed != 0 ? seed : random_seed();
}

void tokens_release(struct tokens *tokens)
{
    pthread_mutex_destroy(&tokens->lock);
}

static uint64_t next_random(uint64_t *state)
{
    uint64_t word = *state += UINT64_C(0x9E3779B97F4A7C15);
    word = (word ^ word >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    word = (word ^ word >> 27) * UINT64_C(0x94D049BB133111EB);
    return word ^ word >> 31;
}

struct token tokens_issue(struct tokens *tokens)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789-_";
    struct token token = {.expires = time(NULL) + (time_t)tokens->ttl};
    pthread_mutex_lock(&tokens->lock);
    for (unsigned i = 0; i < TOKEN_TEXT; i++)
        token.text[i] = letters[next_random(&tokens->state) & 63];
    tokens->all[tokens->next++ % TOKENS_KEPT] = token;
    pthread_mutex_unlock(&tokens->lock);
    return token;
}

bool tokens_hold(struct tokens *tokens, const char *authorization)
{
    if (authorization == NULL)
        return false;
    if (strncasecmp(authorization, "Bearer ", 7) == 0)
        authorization += 7;
    time_t now = time(NULL);
    bool found = false;
    pthread_mutex_lock(&tokens->lock);
    for (unsigned i = 0; i < TOKENS_KEPT && !found; i++) {
        const struct token *token = &tokens->all[i];
        found = now < token->expires && strcmp(token->text, authorization) == 0;
    }
    pthread_mutex_unlock(&tokens->lock);
    return found;
}
