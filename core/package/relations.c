/* relations.c: names of parts are paths, with "." and ".." in them. */
#include "relations.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "hear.h"

enum {
    MOST = 20000,         /* what follows is not looked at */
    MOST_TARGET = 4096,   /* bytes; what is longer is no part */
    MOST_BYTES = 16 << 20 /* of the part, which is kept */
};

/* Where the relations of one part are being read. */
struct reading {
    struct relations *relations;
    const char *part;
    size_t folder; /* of the part's name: bytes with its last '/' */
};

static size_t folder_of(const char *part)
{
    const char *slash = strrchr(part, '/');
    return slash ? (size_t)(slash + 1 - part) : 0;
}

/* Goes up one folder, as far as there is one. */
static void go_up(struct buf *path)
{
    if (path->len > 0)
        path->len--;
    while (path->len > 0 && path->at[path->len - 1] != '/')
        path->len--;
}

static bool is_step(const char *step, size_t len, const char *word)
{
    return len == strlen(word) && memcmp(step, word, len) == 0;
}

/* Appends the path `at`, step by step, '\' being a '/'. */
static void walk(struct buf *path, const char *at)
{
    while (*at != '\0') {
        size_t len = strcspn(at, "/\\");
        bool folder = at[len] != '\0';
        if (is_step(at, len, "..")) {
            go_up(path);
        } else if (len > 0 && !is_step(at, len, ".")) {
            buf_add(path, at, len);
            if (folder)
                buf_putc(path, '/');
        }
        at += len + folder;
    }
}

static char *keep(struct arena *arena, const char *text, size_t len)
{
    char *copy = memcpy(arena_alloc(arena, len + 1), text, len);
    copy[len] = '\0';
    return copy;
}

static char *resolve(const struct reading *reading, const char *target)
{
    struct buf path = {0};
    if (*target != '/' && *target != '\\')
        buf_add(&path, reading->part, reading->folder);
    walk(&path, target);
    char *name = keep(&reading->relations->arena, buf_text(&path), path.len);
    buf_release(&path);
    return name;
}

static struct relation *add(struct relations *relations)
{
    if (relations->count == relations->cap) {
        relations->cap = relations->cap * 2 + 8;
        relations->all =
            mem_resize(relations->all, relations->cap * sizeof *relations->all);
    }
    return &relations->all[relations->count++];
}

static const char *last_word(const char *type)
{
    const char *slash = strrchr(type, '/');
    return slash ? slash + 1 : type;
}

static void hear_start(void *self, const char *name,
                       const char *const *attributes)
{
    const struct reading *reading = self;
    struct arena *arena = &reading->relations->arena;
    if (strcmp(name, "Relationship") != 0)
        return;
    const char *id = xml_attribute(attributes, "Id");
    const char *type = xml_attribute(attributes, "Type");
    const char *target = xml_attribute(attributes, "Target");
    const char *mode = xml_attribute(attributes, "TargetMode");
    if (target == NULL || strlen(target) > MOST_TARGET ||
        reading->relations->count == MOST)
        return;
    type = last_word(type ? type : "");
    *add(reading->relations) = (struct relation){
        .id = keep(arena, id ? id : "", id ? strlen(id) : 0),
        .type = keep(arena, type, strlen(type)),
        .target = resolve(reading, target),
        .external = mode != NULL && strcasecmp(mode, "External") == 0,
    };
}

/* `_rels/NAME.rels` in the part's folder. */
static int find_part(struct zip *zip, const char *part, size_t folder)
{
    char *name =
        mem_format("%.*s_rels/%s.rels", (int)folder, part, part + folder);
    int at = zip_find(zip, name);
    free(name);
    return at;
}

bool relations_read(struct relations *relations, struct zip *zip,
                    const char *part, struct err *err)
{
    struct reading reading = {relations, part, folder_of(part)};
    const struct xml_listener listener = {.start = hear_start,
                                          .self = &reading};
    *relations = (struct relations){0};
    arena_init(&relations->arena);
    int at = find_part(zip, part, reading.folder);
    if (at >= 0 && zip_part_size(zip, (unsigned)at) > MOST_BYTES)
        return err_set(err, EXIT_INPUT, "%s is longer than 16 MiB" ERR_FIXED,
                       zip_name(zip, (unsigned)at));
    return at < 0 || package_hear(zip, (unsigned)at, &listener, err);
}

void relations_release(struct relations *relations)
{
    arena_release(&relations->arena);
    free(relations->all);
    *relations = (struct relations){0};
}

const struct relation *relations_find(const struct relations *relations,
                                      const char *id)
{
    for (unsigned i = 0; i < relations->count; i++)
        if (strcmp(relations->all[i].id, id) == 0)
            return &relations->all[i];
    return NULL;
}

const struct relation *relations_of_type(const struct relations *relations,
                                         const char *type)
{
    for (unsigned i = 0; i < relations->count; i++)
        if (strcasecmp(relations->all[i].type, type) == 0)
            return &relations->all[i];
    return NULL;
}
