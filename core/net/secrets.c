/* secrets.c: a handful of texts under a lock; nearly always there is none or
 * three of them. */
#include "secrets.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "scrub.h"

/* The first ones are of the configuration, and stay; tokens come and go. */
enum { STAYING = 24, NOTED_MAX = 48 };

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static char *noted[NOTED_MAX];
static char *by_length[NOTED_MAX]; /* the same, the longest first */
static unsigned count, next;       /* `next` is the place that is taken next */

/* Under the lock. */
static bool is_noted(const char *secret)
{
    for (unsigned i = 0; i < count; i++)
        if (strcmp(noted[i], secret) == 0)
            return true;
    return false;
}

static void drop(unsigned i)
{
    mem_wipe(noted[i], strlen(noted[i]));
    free(noted[i]);
    noted[i] = NULL;
}

static int longer(const void *a, const void *b)
{
    size_t one = strlen(*(char *const *)a), other = strlen(*(char *const *)b);
    return (one < other) - (one > other);
}

void secrets_note(const char *secret)
{
    if (secret == NULL || strlen(secret) < SCRUB_MIN)
        return;
    pthread_rwlock_wrlock(&lock);
    if (!is_noted(secret)) {
        if (next < count)
            drop(next);
        noted[next] = mem_text(secret);
        count = next < count ? count : next + 1;
        next = next + 1 < NOTED_MAX ? next + 1 : STAYING;
        memcpy(by_length, noted, sizeof noted);
        qsort(by_length, count, sizeof *by_length, longer);
    }
    pthread_rwlock_unlock(&lock);
}

/* In place: %40 is what a URL makes of "@". Others' halves stay. */
static void decode(char *text)
{
    char *to = text;
    for (const char *at = text; *at != '\0'; at++) {
        unsigned byte = 0;
        char digits[3] = {at[0] == '%' ? at[1] : '\0', '\0', '\0'};
        if (digits[0] != '\0')
            digits[1] = at[2];
        if (strspn(digits, "0123456789abcdefABCDEF") == 2)
            byte = (unsigned)strtoul(digits, NULL, 16);
        *to++ = byte != 0 ? (char)byte : *at;
        at += byte != 0 ? 2 : 0;
    }
    *to = '\0';
}

void secrets_note_url(const char *url)
{
    const char *slashes = url ? strstr(url, "://") : NULL;
    const char *user = slashes ? slashes + 3 : url;
    const char *end = user ? strrchr(user, '@') : NULL;
    const char *colon = end ? memchr(user, ':', (size_t)(end - user)) : NULL;
    if (colon == NULL)
        return;
    char *password = mem_text_n(colon + 1, (size_t)(end - colon) - 1);
    size_t len = strlen(password);
    secrets_note(password);
    decode(password);
    secrets_note(password);
    mem_wipe(password, len);
    free(password);
}

/* One may begin as another does: the longer one goes whole. */
void secrets_scrub(char *text)
{
    pthread_rwlock_rdlock(&lock);
    for (unsigned i = 0; i < count; i++)
        scrub(text, by_length[i]);
    pthread_rwlock_unlock(&lock);
}

/* Between two NULs stands a text; no secret holds one. */
size_t secrets_scrub_bytes(char *text, size_t len)
{
    size_t to = 0;
    for (size_t from = 0; from <= len;) {
        size_t size = strlen(text + from);
        secrets_scrub(text + from);
        size_t left = strlen(text + from);
        memmove(text + to, text + from, left + 1);
        to += left + 1;
        from += size + 1;
    }
    return to - 1;
}

/* Of a long text, what may be the beginning of a secret at the end of what is
 * looked at is let go. */
void secrets_line(char *to, size_t max, const char *text, size_t len)
{
    enum { LOOK = 32 * 1024, LONGEST = 8 * 1024 };
    struct buf copy = {0};
    bool cut = len > LOOK;
    utf8_mend(&copy, text, cut ? LOOK : len);
    for (size_t i = 0; i < copy.len; i++)
        if (copy.at[i] == '\0')
            copy.at[i] = ' ';
    buf_text(&copy);
    if (copy.len > 0)
        secrets_scrub(copy.at);
    size_t left = strlen(buf_text(&copy));
    if (cut)
        left = left > LONGEST ? left - LONGEST : 0;
    one_line(to, max, buf_text(&copy), left);
    buf_wipe(&copy);
}

bool secrets_within(const char *text)
{
    char *copy = mem_text(text);
    secrets_scrub(copy);
    bool within = strcmp(copy, text) != 0;
    mem_wipe(copy, strlen(text));
    free(copy);
    return within;
}

void secrets_forget(void)
{
    pthread_rwlock_wrlock(&lock);
    for (unsigned i = 0; i < count; i++)
        drop(i);
    count = next = 0;
    pthread_rwlock_unlock(&lock);
}
