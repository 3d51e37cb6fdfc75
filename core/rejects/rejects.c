/* rejects.c: a file a shape of input, and the messages. How a line is written
 * stands in line.c, what becomes of the files at the end in finish.c. */
#include "rejects.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "claims.h"
#include "identity.h"
#include "line.h"
#include "shape.h"
#include "source/plain.h"
#include "written.h"

enum { WRITE_AT = 256 * 1024 };

struct rejects *rejects_open(const char *path, const char *form,
                             struct err *err)
{
    enum there there = rejects_look(path);
    const char *fault = NULL;
    if (plain_output(path, false, &fault)) {
        if (there == NOT_OURS)
            fault = "is there already and is no rejects file";
        else if (there != NO_FILE && !rejects_has_folder(path))
            fault = strerror(errno);
    }
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
    struct reading reading = {.hash = 0};
    if (!rejects_identify(input->path, &reading.identity))
        return;
    reading.path = mem_text(input->path);
    if (input->rejects_file)
        reading.hash = written_hash(input->path);
    rejects->inputs = mem_resize(rejects->inputs, (rejects->input_count + 1) *
                                                      sizeof *rejects->inputs);
    rejects->inputs[rejects->input_count++] = reading;
}

void rejects_keep(struct rejects *rejects)
{
    rejects->keep = true;
}

void rejects_part(struct rejects *rejects, bool beside)
{
    rejects->stays = true;
    rejects->beside |= beside;
}

unsigned rejects_files(const struct rejects *rejects, char *const **files)
{
    *files = rejects->files.all;
    return rejects->files.count;
}

unsigned rejects_edited(const struct rejects *rejects, char *const **files)
{
    *files = rejects->edited.all;
    return rejects->edited.count;
}

const struct rejected *rejects_identities(const struct rejects *rejects,
                                          size_t *count)
{
    *count = rejects->identities.len / sizeof(struct rejected);
    return (const struct rejected *)(const void *)rejects->identities.at;
}

/* A part that a killed run left may be read by this one. */
static int claim(const struct rejects *rejects, const char *part,
                 struct err *err)
{
    if (!shape_is_input(rejects, part))
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
        const char *why;
        shape->fd = plain_write(shape->path, PLAIN_APPEND, &why);
        if (shape->fd < 0)
            shape_fail(shape, err);
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

/* One line a fault. */
static void say(const struct rejects *rejects, const struct input *input,
                const struct reject *reject)
{
    struct buf text = {0};
    for (unsigned i = 0; i < reject->count; i++) {
        buf_clear(&text);
        size_t place = rejects_message(&text, input, &reject->place,
                                       &reject->faults[i], rejects->form);
        const struct log_row row = {.file = input->path,
                                    .line = reject->place.line,
                                    .field = reject->faults[i].field,
                                    .key = reject->key,
                                    .kind = "rejected"};
        log_row(&row, place, buf_text(&text));
    }
    buf_release(&text);
}

bool rejects_add(struct rejects *rejects, const struct input *input,
                 const struct reject *reject, struct err *err)
{
    struct shape *shape = find_shape(rejects, input, err);
    if (shape == NULL)
        return false;
    if (rejects->total++ < REJECTS_SAID)
        say(rejects, input, reject);
    const struct rejected rejected = {rejects_identity(input, reject),
                                      reject->earlier};
    buf_add(&rejects->identities, &rejected, sizeof rejected);
    shape->rows++;
    rejects_line(&shape->text, input, reject);
    return shape->text.len < WRITE_AT || shape_flush(shape, err);
}

static void free_paths(struct paths *paths)
{
    for (unsigned i = 0; i < paths->count; i++)
        free(paths->all[i]);
    free(paths->all);
}

void rejects_free(struct rejects *rejects)
{
    struct err unsaid;
    if (rejects == NULL)
        return;
    shape_give_back(rejects);
    for (unsigned i = 0; i < rejects->count; i++) {
        struct shape *shape = &rejects->shapes[i];
        if (shape->fd >= 0) {
            shape_flush(shape, &unsaid);
            claims_let_go(shape->fd);
        }
        buf_release(&shape->text);
        free(shape->path);
        free(shape->part);
    }
    for (unsigned i = 0; i < rejects->input_count; i++)
        free(rejects->inputs[i].path);
    free_paths(&rejects->files);
    free_paths(&rejects->edited);
    buf_release(&rejects->identities);
    free(rejects->inputs);
    free(rejects->path);
    free(rejects);
}
