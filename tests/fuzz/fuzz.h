/* fuzz.h: what the harnesses share: bytes that choose, and a folder of their
 * own, in which they run (so a file to be tried again is named by its whole
 * path). */
#ifndef FASTSYNC_TESTS_FUZZ_H
#define FASTSYNC_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../unit/demand.h"
#include "base/log.h"
#include "base/screen/show.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerInitialize(int *count, char ***words);

/* What is left of an input. */
struct bytes {
    const uint8_t *at;
    size_t left;
};

/* The next byte; 0 after the last. */
__attribute__((unused)) static unsigned take(struct bytes *from)
{
    if (from->left == 0)
        return 0;
    from->left--;
    return *from->at++;
}

__attribute__((unused)) static unsigned take_below(struct bytes *from,
                                                   unsigned count)
{
    unsigned number = take(from);
    if (count > 256)
        number = number << 8 | take(from);
    return number % count;
}

/* The bytes up to the next `end`, which goes too, or all that are left. */
__attribute__((unused)) static struct bytes take_until(struct bytes *from,
                                                       uint8_t end)
{
    const uint8_t *stop =
        from->left > 0 ? memchr(from->at, end, from->left) : NULL;
    struct bytes part = {from->at,
                         stop ? (size_t)(stop - from->at) : from->left};
    size_t used = part.left + (stop != NULL);
    from->at += used;
    from->left -= used;
    return part;
}

/* As a text that ends in NUL; the caller frees it. */
__attribute__((unused)) static char *text_of_bytes(struct bytes from)
{
    char *text = malloc(from.left + 1);
    demand(text != NULL);
    if (from.left > 0)
        memcpy(text, from.at, from.left);
    text[from.left] = '\0';
    return text;
}

__attribute__((unused)) static bool holds(const void *text, size_t len,
                                          const char *part)
{
    size_t size = strlen(part);
    const char *at = text;
    for (; len >= size; at++, len--)
        if (memcmp(at, part, size) == 0)
            return true;
    return false;
}

/* A text that people are shown: UTF-8, and nothing in it steers a terminal. */
__attribute__((unused)) static void demand_shown(const char *text)
{
    size_t len = strlen(text);
    demand(utf8_valid(text, len) == len);
    demand(show_plain(text, len) == len);
}

__attribute__((unused)) static void demand_same(const struct buf *a,
                                                const struct buf *b)
{
    demand(a->len == b->len);
    demand(a->len == 0 || memcmp(a->at, b->at, a->len) == 0);
}

__attribute__((unused)) static void write_bytes(const char *path,
                                                const void *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    demand(file != NULL);
    demand(fwrite(bytes, 1, len, file) == len);
    demand(fclose(file) == 0);
    demand(chmod(path, 0600) == 0);
}

/* An empty folder becomes the working one, and HOME. */
__attribute__((unused)) static void use_own_folder(void)
{
    static char folder[256];
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/fuzz-XXXXXX", base ? base : "/tmp");
    demand(mkdtemp(folder) != NULL && chdir(folder) == 0);
    setenv("HOME", folder, 1);
    unsetenv("XDG_STATE_HOME");
    unsetenv("XDG_CONFIG_HOME");
}

/* Only what goes wrong is said. */
__attribute__((unused)) static void be_quiet(void)
{
    static const struct log_settings quiet = {.level = LOG_ERROR};
    log_setup(&quiet);
}

#endif
