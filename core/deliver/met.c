/* met.c: mostly it is the last one met. */
#include "met.h"

#include <stdlib.h>

#include "base/mem.h"

void met_release(struct met *met)
{
    free(met->all);
    *met = (struct met){0};
}

unsigned met_number(struct met *met, const struct input *input, bool *fresh)
{
    *fresh = false;
    for (unsigned i = met->count; i > 0; i--)
        if (met->all[i - 1] == input)
            return i - 1;
    met->all = mem_resize(met->all, (met->count + 1) * sizeof *met->all);
    met->all[met->count] = input;
    *fresh = true;
    return met->count++;
}
