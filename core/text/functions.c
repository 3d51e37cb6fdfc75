/* functions.c: the list of all text functions.
 *
 * The rows stand in the files of their subjects; here they become one list,
 * made once by whichever thread asks first. */
#include "text.h"

#include <pthread.h>
#include <string.h>

enum { FUNCTIONS_MAX = 128 };

static const struct text_function *functions[FUNCTIONS_MAX];
static pthread_once_t functions_once = PTHREAD_ONCE_INIT;

static void list_functions(void)
{
#define TEXT_FILE(name) text_##name,
    static const struct text_function *const files[] = {TEXT_FILES(TEXT_FILE)};
#undef TEXT_FILE
    unsigned count = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        for (const struct text_function *row = files[i]; row->name; row++)
            if (count + 1 < FUNCTIONS_MAX)
                functions[count++] = row;
}

const struct text_function *const *text_functions(void)
{
    pthread_once(&functions_once, list_functions);
    return functions;
}

const struct text_function *text_find(const char *name, size_t len)
{
    const struct text_function *const *each = text_functions();
    for (; *each != NULL; each++)
        if (strlen((*each)->name) == len && !memcmp((*each)->name, name, len))
            return *each;
    return NULL;
}
