/* zip.c: an archive's members, found by name. They are sorted twice: by where
 * they stand, which shows those that overlap, and by name. */
#include "zip.h"

#include <stdlib.h>
#include <string.h>

#include "directory.h"

/* What a sheet of a million rows needs, several times over: its rows pack to a
 * tenth or a fiftieth. Blanks and zeros alone pack to a thousandth. */
const struct zip_limits zip_usual = {.max_unpacked = 4ull << 30,
                                     .max_ratio = 200};

enum { HEADER_LEN = 30 };

static int by_place(const void *one, const void *other)
{
    const struct zip_member *a = *(struct zip_member *const *)one;
    const struct zip_member *b = *(struct zip_member *const *)other;
    return a->at < b->at ? -1 : a->at > b->at;
}

/* Each member ends where the next one begins. */
static bool find_ends(struct zip *zip, struct err *err)
{
    const struct zip_member *overlaps = NULL;
    struct zip_member **order = mem_alloc((zip->count + 1u) * sizeof *order);
    for (unsigned i = 0; i < zip->count; i++)
        order[i] = &zip->members[i];
    qsort(order, zip->count, sizeof *order, by_place);
    for (unsigned i = 0; i < zip->count; i++) {
        struct zip_member *member = order[i];
        if (i + 1 < zip->count)
            member->end = order[i + 1]->at;
        uint64_t room = member->end - member->at;
        if (room < HEADER_LEN || room - HEADER_LEN < member->packed)
            overlaps = member;
    }
    free(order);
    return overlaps == NULL ||
           err_set(err, EXIT_INPUT,
                   "%s reaches into what stands after it in the archive",
                   overlaps->name);
}

static int compare(const struct zip_member *member, const char *key,
                   const char *name)
{
    int order = strcmp(member->key, key);
    return order != 0 || name == NULL ? order : strcmp(member->name, name);
}

static int by_name(const void *one, const void *other)
{
    const struct zip_member *a = *(struct zip_member *const *)one;
    const struct zip_member *b = *(struct zip_member *const *)other;
    return compare(a, b->key, b->name);
}

static void find_names(struct zip *zip)
{
    struct zip_member **order = mem_alloc((zip->count + 1u) * sizeof *order);
    for (unsigned i = 0; i < zip->count; i++)
        order[i] = &zip->members[i];
    qsort(order, zip->count, sizeof *order, by_name);
    zip->by_key = mem_alloc((zip->count + 1u) * sizeof *zip->by_key);
    for (unsigned i = 0; i < zip->count; i++) {
        zip->by_key[i] = (unsigned)(order[i] - zip->members);
        if (i > 0 && strcmp(order[i - 1]->name, order[i]->name) == 0)
            order[i - 1]->twice = order[i]->twice = true;
    }
    free(order);
}

struct zip *zip_open(struct source *source, const struct zip_limits *limits,
                     struct err *err)
{
    struct zip *zip = mem_zero(1, sizeof *zip);
    zip->source = source;
    zip->limits = *limits;
    arena_init(&zip->arena);
    if (!source_spool(source, err) || !zip_read_directory(zip, err) ||
        !find_ends(zip, err)) {
        zip_close(zip);
        return NULL;
    }
    find_names(zip);
    return zip;
}

void zip_close(struct zip *zip)
{
    if (zip == NULL)
        return;
    arena_release(&zip->arena);
    free(zip->members);
    free(zip->by_key);
    free(zip);
}

unsigned zip_count(const struct zip *zip)
{
    return zip->count;
}

const char *zip_name(const struct zip *zip, unsigned at)
{
    return zip->members[at].name;
}

uint64_t zip_part_size(const struct zip *zip, unsigned at)
{
    return zip->members[at].size;
}

static const struct zip_member *by_key(const struct zip *zip, unsigned at)
{
    return &zip->members[zip->by_key[at]];
}

/* The first of them that is not before (key, name), or their count. */
static unsigned look_up(const struct zip *zip, const char *key,
                        const char *name)
{
    unsigned low = 0, high = zip->count;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        if (compare(by_key(zip, middle), key, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Names that differ only in their letters' case may both be there: the very
 * name goes first. */
int zip_find(const struct zip *zip, const char *name)
{
    while (*name == '/' || *name == '\\')
        name++;
    char *key = mem_text(name);
    zip_fold(key);
    unsigned at = look_up(zip, key, name);
    if (at == zip->count || strcmp(by_key(zip, at)->name, name) != 0)
        at = look_up(zip, key, NULL);
    bool is = at < zip->count && strcmp(by_key(zip, at)->key, key) == 0;
    free(key);
    return is ? (int)zip->by_key[at] : -1;
}
