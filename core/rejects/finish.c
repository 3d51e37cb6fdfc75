/* finish.c: what becomes of the files when a run ends: the new ones get their
 * names, and those of earlier runs go, but for what people have worked on. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "claims.h"
#include "join.h"
#include "ledger.h"
#include "shape.h"
#include "written.h"

enum { RESUMED_MOST = 64, EDITED_MOST = 10000 };

static void add_path(struct paths *paths, const char *path)
{
    for (unsigned i = 0; i < paths->count; i++)
        if (strcmp(paths->all[i], path) == 0)
            return;
    paths->all =
        mem_resize(paths->all, (paths->count + 1) * sizeof *paths->all);
    paths->all[paths->count++] = mem_text(path);
}

/* A rejects file that is not as it was written, and no input of this run. */
static bool is_edited(const struct rejects *rejects, const char *path)
{
    return rejects_look(path) == OURS && !shape_is_input(rejects, path) &&
           written_look(path).edited;
}

/* Removes what an earlier run left, but never what this one reads, nor what
 * people have made of it. */
static bool drop(struct rejects *rejects, const char *path, struct err *err)
{
    if (rejects_look(path) != OURS || shape_is_input(rejects, path))
        return true;
    struct written written = written_look(path);
    if (written.edited) {
        if (!written.taken)
            add_path(&rejects->edited, path);
        return true;
    }
    if (remove(path) != 0)
        return err_set(err, EXIT_FAULT, "%s: %s", path, strerror(errno));
    written_forget(path);
    return true;
}

/* Can the shape's rejects be put there, and nothing is lost? */
static bool takes(const struct rejects *rejects, const struct shape *shape,
                  const char *path)
{
    enum there there = rejects_look(path);
    return there == NOTHING ||
           (there == OURS && !shape_is_input(rejects, path) &&
            !is_edited(rejects, path) &&
            rejects_same_header(path, shape->input));
}

/* Has the name what must keep it? */
static bool is_occupied(const struct rejects *rejects, const char *path)
{
    enum there there = rejects_look(path);
    return shape_is_input(rejects, path) || there == NOT_OURS ||
           (rejects->beside && there == OURS);
}

/* The shape's own name; where what has it stays, one beside it. */
static bool choose_path(const struct rejects *rejects, struct shape *shape,
                        struct err *err)
{
    char *base = mem_text(shape->path);
    for (unsigned i = 1; is_occupied(rejects, shape->path); i++) {
        free(shape->path);
        shape->path = rejects_again_name(base, i);
    }
    free(base);
    base = mem_text(shape->path);
    bool found = !rejects->keep;
    for (unsigned i = 0; !found && i <= RESUMED_MOST; i++) {
        free(shape->path);
        shape->path = rejects_resumed_name(base, i);
        found = takes(rejects, shape, shape->path);
    }
    free(base);
    return found || err_set(err, EXIT_USAGE,
                            "%s: is there already, as are all names before "
                            "it; what is rejected now stands in %s",
                            shape->path, shape->part);
}

/* The first that is not there. */
static char *free_name(const char *path)
{
    for (unsigned i = 1;; i++) {
        char *name = rejects_edited_name(path, i);
        if (rejects_look(name) == NOTHING || i > EDITED_MOST)
            return name;
        free(name);
    }
}

/* What people have worked on makes room, and stays theirs: link and not
 * rename, as that would replace what has just got the name. */
static bool put_aside(struct rejects *rejects, const char *path,
                      struct err *err)
{
    if (!is_edited(rejects, path))
        return true;
    bool taken = written_look(path).taken;
    char *name = free_name(path);
    bool good = link(path, name) == 0 ||
                (errno != EEXIST && rejects_rename(path, name)) ||
                err_set(err, EXIT_FAULT,
                        "%s: has been edited, and cannot be kept as %s: %s",
                        path, name, strerror(errno));
    if (good) {
        written_move(path, name);
        if (!taken)
            add_path(&rejects->edited, name);
    }
    free(name);
    return good;
}

/* The part gets the shape's name, or goes after what has it. */
static bool put(struct rejects *rejects, struct shape *shape, struct err *err)
{
    if (!choose_path(rejects, shape, err) ||
        (!rejects->keep && !put_aside(rejects, shape->path, err)))
        return false;
    bool joined = rejects->keep && rejects_look(shape->path) == OURS;
    uint64_t before = joined ? written_look(shape->path).rows : 0;
    bool good =
        joined ? rejects_join(shape->path, shape->part, shape->fd, shape->input)
               : rejects_rename(shape->part, shape->path);
    if (joined && good)
        remove(shape->part);
    if (good)
        written_note(shape->path, before + shape->rows);
    return good || shape_fail(shape, err);
}

/* Closed at last, as that is the end of its lock. */
static bool shape_finish(struct rejects *rejects, struct shape *shape,
                         struct err *err)
{
    if (!shape_flush(shape, err))
        return false;
    bool good =
        shape->part == NULL || (fsync(shape->fd) == 0 ? put(rejects, shape, err)
                                                      : shape_fail(shape, err));
    int fd = shape->fd;
    shape->fd = -1;
    if (!claims_let_go(fd) && good)
        good = shape_fail(shape, err);
    if (good)
        add_path(&rejects->files, shape->path);
    return good;
}

static bool is_new(const struct rejects *rejects, const char *path)
{
    for (unsigned i = 0; i < rejects->count; i++)
        if (strcmp(rejects->shapes[i].path, path) == 0)
            return true;
    return false;
}

/* One of the names that an earlier run may have used. */
static bool drop_name(struct rejects *rejects, const char *path,
                      struct err *err)
{
    bool good = true;
    for (unsigned i = 0; good && i <= RESUMED_MOST; i++) {
        char *name = rejects_resumed_name(path, i);
        good = is_new(rejects, name) || drop(rejects, name, err);
        free(name);
    }
    return good;
}

/* The name of a shape, and those beside it. */
static bool drop_shape(struct rejects *rejects, const char *path,
                       struct err *err)
{
    bool good = true, there = true;
    for (unsigned i = 0; good && there; i++) {
        char *name = rejects_again_name(path, i);
        there = i == 0 || rejects_look(name) != NOTHING;
        good = drop_name(rejects, name, err);
        free(name);
    }
    return good;
}

/* All names that an earlier run may have used and this one does not. */
static bool drop_old(struct rejects *rejects, struct err *err)
{
    bool good = true, there = true;
    for (unsigned i = 0; good && there && i < SHAPES_MOST; i++) {
        char *path = shape_path(rejects, i);
        there = i < rejects->count || rejects_look(path) == OURS;
        good = drop_shape(rejects, path, err);
        free(path);
    }
    return good;
}

static void list_edits_of(struct rejects *rejects, const char *path)
{
    enum there there = OURS;
    for (unsigned i = 1; there != NOTHING && i <= EDITED_MOST; i++) {
        char *name = rejects_edited_name(path, i);
        there = rejects_look(name);
        if (there == OURS && !shape_is_input(rejects, name) &&
            !written_look(name).taken)
            add_path(&rejects->edited, name);
        free(name);
    }
}

/* All that no run has read, as long as they are there. */
static void list_edited(struct rejects *rejects)
{
    bool there = true;
    for (unsigned i = 0; there && i < SHAPES_MOST; i++) {
        char *path = shape_path(rejects, i);
        there = i < rejects->count || rejects_look(path) == OURS;
        list_edits_of(rejects, path);
        free(path);
    }
}

static void say_rest(const struct rejects *rejects)
{
    struct buf text = {0};
    if (rejects->total <= REJECTS_SAID)
        return;
    const struct log_row row = {.file = rejects->shapes[0].path};
    buf_puts(&text, "… and ");
    ledger_number(rejects->total - REJECTS_SAID, &text);
    buf_addf(&text, " more in %s", row.file);
    log_row(&row, 0, buf_text(&text));
    buf_release(&text);
}

bool rejects_finish(struct rejects *rejects, const char **path, struct err *err)
{
    bool good = true;
    shape_give_back(rejects);
    for (unsigned i = 0; good && !rejects->finished && i < rejects->count; i++)
        good = shape_finish(rejects, &rejects->shapes[i], err);
    if (!rejects->finished)
        say_rest(rejects);
    *path = good && rejects->count > 0 ? rejects->shapes[0].path : NULL;
    good = good && (rejects->finished || rejects->keep || rejects->stays ||
                    drop_old(rejects, err));
    list_edited(rejects);
    rejects->finished = true;
    return good;
}

void rejects_taken(const struct rejects *rejects)
{
    for (unsigned i = 0; i < rejects->input_count; i++)
        if (rejects->inputs[i].hash != 0)
            written_taken(rejects->inputs[i].path, rejects->inputs[i].hash);
}
