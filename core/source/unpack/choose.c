/* choose.c: members by how well their names fit; of the best ones there must be
 * one alone. */
#include "choose.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/screen/show.h"

enum { NAMES_SHOWN = 10 };

/* Those of one rank. */
struct ranked {
    unsigned count;
    unsigned member; /* of the first */
    char *name;      /* of the first */
    bool locked;     /* it is protected with a password */
    struct buf names;
};

struct choice {
    struct unpacked *from;
    struct ranked ranks[UNPACK_RANKS];
    struct ranked all;
    unsigned members;
    uint64_t size; /* of all, as they say */
};

static void add(struct ranked *ranked, unsigned member, bool locked,
                const char *outer, const char *name)
{
    if (ranked->count++ == 0) {
        ranked->member = member;
        ranked->locked = locked;
        ranked->name = mem_text(name);
    }
    if (ranked->count > NAMES_SHOWN)
        return;
    buf_puts(&ranked->names, ranked->count > 1 ? ", \"" : "\"");
    show_add(&ranked->names, outer, strlen(outer));
    show_add(&ranked->names, name, strlen(name));
    buf_putc(&ranked->names, '"');
}

/* Solid archives are unpacked also where a member is passed by. */
static bool check_size(struct choice *choice, struct archive_entry *entry,
                       struct err *err)
{
    int64_t size = archive_entry_size(entry);
    if (choice->from->packing != PACKED_7Z || size <= 0)
        return true;
    choice->size += (uint64_t)size;
    return choice->size >= (uint64_t)size &&
           unpack_within(choice->from, choice->size, err);
}

static void take(struct choice *choice, struct archive_entry *entry)
{
    const char *raw = archive_entry_pathname(entry);
    struct buf name = {0};
    if (raw == NULL)
        raw = archive_entry_pathname_utf8(entry);
    if (raw == NULL)
        raw = "?";
    unpack_name(raw, &name);
    const char *text = buf_text(&name), *outer = choice->from->outer;
    bool locked = archive_entry_is_data_encrypted(entry) != 0;
    int rank = unpack_rank(raw, text, choice->from->said.member);
    if (rank >= 0)
        add(&choice->ranks[rank], choice->members, locked, outer, text);
    add(&choice->all, choice->members, locked, outer, text);
    buf_release(&name);
}

static bool is_file(struct archive_entry *entry)
{
    return archive_entry_filetype(entry) == AE_IFREG &&
           archive_entry_hardlink(entry) == NULL;
}

static bool look_at_all(struct choice *choice, unpack_next *next,
                        struct err *err)
{
    struct unpacked *from = choice->from;
    struct archive_entry *entry;
    enum step step;
    while ((step = next(from, &entry, err)) == STEP_ITEM) {
        if (choice->members == from->said.max_members)
            return err_set(err, EXIT_INPUT,
                           "%s: has more than %u members; max_members allows "
                           "more",
                           from->source.path, from->said.max_members);
        if (!check_size(choice, entry, err))
            return false;
        if (is_file(entry))
            take(choice, entry);
        choice->members++;
    }
    return step == STEP_END;
}

static const char *more_than(const struct ranked *ranked)
{
    return ranked->count > NAMES_SHOWN ? ", …" : "";
}

static bool refuse_several(const struct unpacked *from, struct ranked *found,
                           struct err *err)
{
    if (from->said.member != NULL)
        return err_set(
            err, EXIT_INPUT, "%s: %u members are called \"%s%s\": %s%s",
            from->source.path, found->count, from->outer, from->said.member,
            buf_text(&found->names), more_than(found));
    return err_set(err, EXIT_INPUT,
                   "%s: is %s of %u files; --member NAME, or in a mapping "
                   "member = \"NAME\", says which is meant: %s%s",
                   from->source.path, unpack_title(from->packing), found->count,
                   buf_text(&found->names), more_than(found));
}

static bool refuse_none(const struct unpacked *from, struct ranked *all,
                        struct err *err)
{
    if (all->count == 0)
        return err_set(err, EXIT_INPUT, "%s: is %s with no file in it",
                       from->source.path, unpack_title(from->packing));
    if (from->said.member != NULL)
        return err_set(err, EXIT_INPUT, "%s: has no member \"%s%s\", but: %s%s",
                       from->source.path, from->outer, from->said.member,
                       buf_text(&all->names), more_than(all));
    return err_set(err, EXIT_INPUT, "%s: holds no export, but: %s%s",
                   from->source.path, buf_text(&all->names), more_than(all));
}

static bool decide(struct choice *choice, struct err *err)
{
    struct unpacked *from = choice->from;
    struct ranked *found = choice->ranks;
    while (found < choice->ranks + UNPACK_RANKS && found->count == 0)
        found++;
    if (found == choice->ranks + UNPACK_RANKS)
        return refuse_none(from, &choice->all, err);
    if (found->count > 1)
        return refuse_several(from, found, err);
    from->member = found->member;
    from->name = found->name;
    found->name = NULL;
    from->rest = found == &choice->ranks[UNPACK_WITHIN]
                     ? unpack_within_name(from->name, from->said.member)
                     : NULL;
    return !found->locked || unpack_protected(from, err);
}

static void release(struct ranked *ranked)
{
    free(ranked->name);
    buf_release(&ranked->names);
}

bool unpack_choose(struct unpacked *from, unpack_next *next, struct err *err)
{
    struct choice choice = {.from = from};
    bool good = look_at_all(&choice, next, err) && decide(&choice, err);
    for (unsigned i = 0; i < UNPACK_RANKS; i++)
        release(&choice.ranks[i]);
    release(&choice.all);
    return good;
}
