/* names.c: a table of hashes with open slots. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

static unsigned hash_of(const char *text, size_t len)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    return (unsigned)(hash ^ hash >> 32);
}

/* Where the name stands, or the free slot that it would have. */
static unsigned *slot_of(const struct tree_names *names, const char *text,
                         size_t len)
{
    unsigned at = hash_of(text, len) & (names->size - 1);
    for (;; at = (at + 1) & (names->size - 1)) {
        unsigned place = names->slots[at];
        if (place == 0)
            return &names->slots[at];
        const struct value *name = &names->all[place - 1];
        if (name->len == len && memcmp(name->text, text, len) == 0)
            return &names->slots[at];
    }
}

int tree_names_find(const struct tree_names *names, const char *text,
                    size_t len)
{
    return names->size == 0 ? -1 : (int)*slot_of(names, text, len) - 1;
}

static void grow(struct tree_names *names)
{
    enum { FIRST = 32 };
    names->cap = names->cap > 0 ? 2 * names->cap : FIRST;
    names->all = mem_resize(names->all, names->cap * sizeof *names->all);
    names->size = 2 * names->cap;
    free(names->slots);
    names->slots = mem_zero(names->size, sizeof *names->slots);
    for (unsigned i = 0; i < names->count; i++)
        if (i + 1 != names->apart)
            *slot_of(names, names->all[i].text, names->all[i].len) = i + 1;
}

static struct value *new_name(struct tree_names *names, const char *text,
                              size_t len)
{
    if (names->count == names->cap)
        grow(names);
    char *kept = arena_alloc(&names->arena, len + 1);
    memcpy(kept, text, len);
    kept[len] = '\0';
    names->all[names->count] = value_text(kept, len);
    return &names->all[names->count++];
}

int tree_names_add(struct tree_names *names, const char *text, size_t len)
{
    int found = tree_names_find(names, text, len);
    if (found >= 0 || names->count == TREE_NAMES)
        return found;
    struct value *name = new_name(names, text, len);
    name->flags = value_flags(name->text, len);
    *slot_of(names, text, len) = names->count;
    return (int)names->count - 1;
}

/* Its flags say that it is never what is expected next. */
int tree_names_add_apart(struct tree_names *names, const char *text)
{
    if (names->count == TREE_NAMES)
        return -1;
    new_name(names, text, strlen(text));
    names->apart = names->count;
    return (int)names->count - 1;
}

void tree_names_release(struct tree_names *names)
{
    free(names->all);
    free(names->slots);
    arena_release(&names->arena);
    *names = (struct tree_names){0};
}
