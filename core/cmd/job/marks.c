/* marks.c: a journal that cannot be read knows nothing: all is asked for, and
 * who writes to it tells why. */
#include "marks.h"

#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "journal/history.h"
#include "source/plain.h"

static uint64_t hash_text(uint64_t seed, const char *text)
{
    return XXH3_64bits_withSeed(text ? text : "", text ? strlen(text) : 0,
                                seed);
}

static uint64_t hash_file(uint64_t seed, const char *path)
{
    char bytes[16 * 1024];
    struct stat status;
    const char *why;
    ssize_t got;
    int fd = plain_open(path, &why);
    if (fd < 0)
        return seed;
    while (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
           (got = read(fd, bytes, sizeof bytes)) > 0)
        seed = XXH3_64bits_withSeed(bytes, (size_t)got, seed);
    close(fd);
    return seed;
}

static bool find(void *owner, struct web_mark *mark)
{
    struct err unsaid;
    bool found = false;
    return history_fetched(owner, mark, &found, &unsaid) && found;
}

void marks_begin(struct marks *marks, const struct config *config,
                 const char *state, const char *script, const char *form)
{
    struct err unsaid;
    marks_end(marks);
    marks->web.seed =
        hash_file(hash_text(hash_text(0, config->url), form), script);
    marks->history = config->full ? NULL : history_open(state, &unsaid);
    marks->web.find = marks->history ? find : NULL;
    marks->web.owner = marks->history;
}

void marks_asked(struct marks *marks)
{
    history_close(marks->history);
    marks->history = NULL;
}

void marks_end(struct marks *marks)
{
    marks_asked(marks);
    *marks = (struct marks){.history = NULL};
}
