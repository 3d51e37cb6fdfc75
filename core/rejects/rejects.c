/* rejects.c: a file a shape of input, the messages, and what becomes of the
 * files at the end. How a line is written stands in line.c. */
#include "rejects.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "join.h"
#include "ledger.h"
#include "line.h"
#include "place.h"

enum { MESSAGES = 20, WRITE_AT = 256 * 1024 };
enum { SHAPES_MOST = 64, RESUMED_MOST = 64 };

/* The rejects of all inputs with the same columns and dialect. */
struct shape {
    const struct input *input; /* the first of them */
    char *path, *part;         /* part: NULL where the path is no file */
    int fd;
    struct buf text; /* not yet written */
};

struct rejects {
    char *path;
    const char *form;
    int part; /* the first shape's, until there is one; -1: none */
    struct shape shapes[SHAPES_MOST];
    unsigned count;
    struct shape *last;       /* of the input of the last reject */
    const struct input *seen; /* that `last` belongs to */
    uint64_t total;
    bool finished;
    bool keep;               /* what an earlier run left */
    struct identity *inputs; /* the run's */
    unsigned input_count;
};

/* PATH for the first, then PATH with ".2", ".3" … before its extension; all
 * that is no file takes, it takes in one place. */
static char *shape_path(const struct rejects *rejects, unsigned index)
{
    char number[16] = "";
    if (index > 0 && rejects_look(rejects->path) != NO_FILE)
        snprintf(number, sizeof number, ".%u", index + 1);
    return rejects_name(rejects->path, number);
}

struct rejects *rejects_open(const char *path, const char *form,
                             struct err *err)
{
    enum there there = rejects_look(path);
    const char *fault = NULL;
    if (there == NOT_OURS)
        fault = "is there already and is no rejects file";
    else if (there != NO_FILE && !rejects_has_folder(path))
        fault = strerror(errno);
    if (fault != NULL) {
        err_set(err, EXIT_USAGE, "%s: %s; --rejects names another place", path,
                fault);
        return NULL;
    }
    struct rejects *rejects = mem_zero(1, sizeof *rejects);
    rejects->path = mem_text(path);
    rejects->form = form;
    rejects->part = -1;
    return rejects;
}

void rejects_input(struct rejects *rejects, const struct input *input)
{
    struct identity identity;
    if (!rejects_identify(input->path, &identity))
        return;
    rejects->inputs = mem_resize(rejects->inputs, (rejects->input_count + 1) *
                                                      sizeof *rejects->inputs);
    rejects->inputs[rejects->input_count++] = identity;
}

void rejects_keep(struct rejects *rejects)
{
    rejects->keep = true;
}

static bool is_input(const struct rejects *rejects, const char *path)
{
    struct identity identity;
    bool found = false, there = rejects_identify(path, &identity);
    for (unsigned i = 0; there && i < rejects->input_count; i++)
        found |= rejects->inputs[i].device == identity.device &&
                 rejects->inputs[i].number == identity.number;
    return found;
}

static bool write_fail(const struct shape *shape, struct err *err)
{
    return err_set(err, EXIT_FAULT, "%s: the rejects cannot be written: %s",
                   shape->part ? shape->part : shape->path, strerror(errno));
}

static bool shape_flush(struct shape *shape, struct err *err)
{
    const char *at = shape->text.at;
    size_t left = shape->text.len;
    while (left > 0) {
        ssize_t done = write(shape->fd, at, left);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            break;
        at += done;
        left -= (size_t)done;
    }
    memmove(shape->text.at, at, left); /* what was written is not again */
    shape->text.len = left;
    return left == 0 || write_fail(shape, err);
}

/* A part that a killed run left may be read by this one. */
static int claim(const struct rejects *rejects, const char *part,
                 struct err *err)
{
    if (!is_input(rejects, part))
        return rejects_claim(part, err);
    err_set(err, EXIT_USAGE,
            "%s: is an input, and rejects are written there; give the input "
            "another name",
            part);
    return -1;
}

bool rejects_begin(struct rejects *rejects, struct err *err)
{
    if (rejects_look(rejects->path) == NO_FILE)
        return true;
    char *part = mem_format("%s.part", rejects->path);
    rejects->part = claim(rejects, part, err);
    free(part);
    return rejects->part >= 0;
}

/* Nobody has been rejected. */
static void give_back(struct rejects *rejects)
{
    if (rejects->part >= 0)
        rejects_unclaim(rejects->path, rejects->part);
    rejects->part = -1;
}

/* The first takes the part that the run began with; others claim theirs. */
static bool shape_open(struct rejects *rejects, const struct input *input,
                       struct err *err)
{
    if (rejects->count == SHAPES_MOST)
        return err_set(err, EXIT_USAGE,
                       "%s: more than %d kinds of columns in one run",
                       rejects->path, SHAPES_MOST);
    struct shape *shape = &rejects->shapes[rejects->count];
    *shape = (struct shape){.input = input, .fd = -1};
    shape->path = shape_path(rejects, rejects->count);
    enum there there = rejects_look(shape->path);
    rejects->count++;
    if (there == NOT_OURS)
        return err_set(err, EXIT_USAGE,
                       "%s: is there already and is no rejects file",
                       shape->path);
    if (there != NO_FILE) {
        shape->part = mem_format("%s.part", shape->path);
        shape->fd = rejects->part >= 0 ? rejects->part
                                       : claim(rejects, shape->part, err);
        rejects->part = -1;
    } else {
        shape->fd = open(shape->path, O_WRONLY | O_CLOEXEC);
        if (shape->fd < 0)
            write_fail(shape, err);
    }
    if (shape->fd < 0)
        return false;
    rejects_header(&shape->text, input);
    return true;
}

static struct shape *find_shape(struct rejects *rejects,
                                const struct input *input, struct err *err)
{
    if (rejects->last != NULL && rejects->seen == input)
        return rejects->last;
    unsigned i = 0;
    while (i < rejects->count &&
           !rejects_same_shape(rejects->shapes[i].input, input))
        i++;
    if (i == rejects->count && !shape_open(rejects, input, err))
        return NULL;
    rejects->seen = input;
    rejects->last = &rejects->shapes[i];
    return rejects->last;
}

/* One line a fault; what a source holds must not steer a terminal. */
static void say(const struct rejects *rejects, const struct input *input,
                const struct reject *reject)
{
    struct buf text = {0};
    for (unsigned i = 0; i < reject->count; i++) {
        buf_clear(&text);
        rejects_message(&text, input, &reject->place, &reject->faults[i],
                        rejects->form);
        log_warn("%s", buf_text(&text));
    }
    buf_release(&text);
}

bool rejects_add(struct rejects *rejects, const struct input *input,
                 const struct reject *reject, struct err *err)
{
    struct shape *shape = find_shape(rejects, input, err);
    if (shape == NULL)
        return false;
    if (rejects->total++ < MESSAGES)
        say(rejects, input, reject);
    rejects_line(&shape->text, input, reject);
    return shape->text.len < WRITE_AT || shape_flush(shape, err);
}

/* Removes what an earlier run left, but never what this one reads. */
static bool drop(const struct rejects *rejects, const char *path,
                 struct err *err)
{
    return rejects_look(path) != OURS || is_input(rejects, path) ||
           remove(path) == 0 ||
           err_set(err, EXIT_FAULT, "%s: %s", path, strerror(errno));
}

/* Can the shape's rejects be put there, and nothing is lost? */
static bool takes(const struct rejects *rejects, const struct shape *shape,
                  const char *path)
{
    enum there there = rejects_look(path);
    return there == NOTHING || (there == OURS && !is_input(rejects, path) &&
                                rejects_same_header(path, shape->input));
}

/* The shape's own name; where what has it stays, one beside it. */
static bool choose_path(const struct rejects *rejects, struct shape *shape,
                        struct err *err)
{
    while (is_input(rejects, shape->path) ||
           rejects_look(shape->path) == NOT_OURS) {
        char *path = rejects_name(shape->path, ".again");
        free(shape->path);
        shape->path = path;
    }
    char *base = mem_text(shape->path);
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

/* The part gets the shape's name, or goes after what has it. */
static bool put(const struct rejects *rejects, struct shape *shape,
                struct err *err)
{
    if (!choose_path(rejects, shape, err))
        return false;
    bool joined = rejects->keep && rejects_look(shape->path) == OURS;
    bool good =
        joined ? rejects_join(shape->path, shape->part, shape->fd, shape->input)
               : rejects_rename(shape->part, shape->path);
    if (joined && good)
        remove(shape->part);
    return good || write_fail(shape, err);
}

/* Closed at last, as that is the end of its lock. */
static bool shape_finish(const struct rejects *rejects, struct shape *shape,
                         struct err *err)
{
    if (!shape_flush(shape, err))
        return false;
    bool good =
        shape->part == NULL || (fsync(shape->fd) == 0 ? put(rejects, shape, err)
                                                      : write_fail(shape, err));
    int fd = shape->fd;
    shape->fd = -1;
    if (close(fd) != 0 && good)
        good = write_fail(shape, err);
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
static bool drop_name(const struct rejects *rejects, const char *path,
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

/* The name of a shape, and those beside it, ".again" as often as need be. */
static bool drop_shape(const struct rejects *rejects, const char *path,
                       struct err *err)
{
    bool good = true, there = true;
    char *name = mem_text(path);
    for (unsigned i = 0; good && there; i++) {
        there = i == 0 || rejects_look(name) != NOTHING;
        good = drop_name(rejects, name, err);
        char *again = rejects_name(name, ".again");
        free(name);
        name = again;
    }
    free(name);
    return good;
}

/* All names that an earlier run may have used and this one does not. */
static bool drop_old(const struct rejects *rejects, struct err *err)
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

static void say_rest(const struct rejects *rejects)
{
    struct buf text = {0};
    if (rejects->total <= MESSAGES)
        return;
    ledger_number(rejects->total - MESSAGES, &text);
    log_warn("… and %s more in %s", buf_text(&text), rejects->shapes[0].path);
    buf_release(&text);
}

bool rejects_finish(struct rejects *rejects, const char **path, struct err *err)
{
    bool good = true;
    give_back(rejects);
    for (unsigned i = 0; good && !rejects->finished && i < rejects->count; i++)
        good = shape_finish(rejects, &rejects->shapes[i], err);
    if (!rejects->finished)
        say_rest(rejects);
    *path = good && rejects->count > 0 ? rejects->shapes[0].path : NULL;
    good =
        good && (rejects->finished || rejects->keep || drop_old(rejects, err));
    rejects->finished = true;
    return good;
}

void rejects_free(struct rejects *rejects)
{
    struct err unsaid;
    if (rejects == NULL)
        return;
    give_back(rejects);
    for (unsigned i = 0; i < rejects->count; i++) {
        struct shape *shape = &rejects->shapes[i];
        if (shape->fd >= 0) {
            shape_flush(shape, &unsaid);
            close(shape->fd);
        }
        buf_release(&shape->text);
        free(shape->path);
        free(shape->part);
    }
    free(rejects->inputs);
    free(rejects->path);
    free(rejects);
}
