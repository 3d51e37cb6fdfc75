/* escape.c: preloaded by test_confined.py: what a program does that somebody
 * has broken into. As it ends, each thing of ESCAPE ("read:PATH write:PATH
 * exec:PATH", blanks between) is tried, and what came of it said in a line on
 * descriptor 2. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int try_read(const char *path)
{
    return open(path, O_RDONLY) < 0 ? errno : 0;
}

static int try_write(const char *path)
{
    return open(path, O_WRONLY | O_CREAT, 0600) < 0 ? errno : 0;
}

static int try_exec(const char *path)
{
    char *const words[] = {(char *)path, NULL};
    execv(path, words);
    return errno;
}

static const struct {
    const char *name;
    int (*run)(const char *path);
} kinds[] = {{"read", try_read}, {"write", try_write}, {"exec", try_exec}};

static void try_one(const char *word)
{
    const char *path = strchr(word, ':') + 1;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(word, kinds[i].name, strlen(kinds[i].name)) == 0)
            dprintf(STDERR_FILENO, "escape %s %s\n", word,
                    strerror(kinds[i].run(path)));
}

__attribute__((destructor)) static void escape(void)
{
    char *text = getenv("ESCAPE") ? strdup(getenv("ESCAPE")) : NULL;
    for (char *word = text ? strtok(text, " ") : NULL; word;
         word = strtok(NULL, " "))
        try_one(word);
    free(text);
}
