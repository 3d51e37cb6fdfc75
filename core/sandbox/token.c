/* token.c: tokens: forty letters and digits each, thrown with the sandbox's
 * dice. */
#include "token.h"

#include <string.h>
#include <strings.h>

#include "chance.h"

void tokens_init(struct tokens *tokens, unsigned ttl, uint64_t seed)
{
    memset(tokens, 0, sizeof *tokens);
    pthread_mutex_init(&tokens->lock, NULL);
    tokens->ttl = ttl;
    tokens->state = seed != 0 ? seed : chance_seed();
}

void tokens_release(struct tokens *tokens)
{
    pthread_mutex_destroy(&tokens->lock);
}

struct token tokens_issue(struct tokens *tokens)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789-_";
    /* Sixty-four letters: six bits choose one without a bias. */
    struct token token = {.expires = time(NULL) + (time_t)tokens->ttl};
    pthread_mutex_lock(&tokens->lock);
    for (unsigned i = 0; i < TOKEN_TEXT; i++)
        token.text[i] = letters[chance_next(&tokens->state) & 63];
    tokens->all[tokens->next++ % TOKENS_KEPT] = token;
    pthread_mutex_unlock(&tokens->lock);
    return token;
}

static const char *bare(const char *authorization)
{
    return strncasecmp(authorization, "Bearer ", 7) == 0 ? authorization + 7
                                                         : authorization;
}

/* Its place in the ring, or NULL. Locked. */
static struct token *find_token(struct tokens *tokens, const char *text)
{
    time_t now = time(NULL);
    /* All of them: a sandbox has a few clients, and a request takes far
     * longer anyway. */
    for (unsigned i = 0; i < TOKENS_KEPT; i++) {
        struct token *token = &tokens->all[i];
        if (now < token->expires && strcmp(token->text, text) == 0)
            return token;
    }
    return NULL;
}

bool tokens_know(struct tokens *tokens, const char *authorization)
{
    if (authorization == NULL)
        return false;
    pthread_mutex_lock(&tokens->lock);
    bool found = find_token(tokens, bare(authorization)) != NULL;
    pthread_mutex_unlock(&tokens->lock);
    return found;
}

bool tokens_forget(struct tokens *tokens, const char *authorization)
{
    if (authorization == NULL)
        return false;
    pthread_mutex_lock(&tokens->lock);
    struct token *found = find_token(tokens, bare(authorization));
    if (found != NULL)
        *found = (struct token){.expires = 0};
    pthread_mutex_unlock(&tokens->lock);
    return found != NULL;
}
