/* shape.c: what both halves of a run's rejects need: those that are added, and
 * their end. */
#include "shape.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* PATH for the first, then PATH with ".2", ".3" … before its extension; all
 * that is no file takes, it takes in one place. */
char *shape_path(const struct rejects *rejects, unsigned index)
{
    char number[16] = "";
    if (index > 0 && rejects_look(rejects->path) != NO_FILE)
        snprintf(number, sizeof number, ".%u", index + 1);
    return rejects_name(rejects->path, number);
}

bool shape_is_input(const struct rejects *rejects, const char *path)
{
    struct identity identity;
    bool found = false, there = rejects_identify(path, &identity);
    for (unsigned i = 0; there && i < rejects->input_count; i++)
        found |= rejects->inputs[i].identity.device == identity.device &&
                 rejects->inputs[i].identity.number == identity.number;
    return found;
}

bool shape_fail(const struct shape *shape, struct err *err)
{
    return err_set(err, EXIT_FAULT, "%s: the rejects cannot be written: %s",
                   shape->part ? shape->part : shape->path, strerror(errno));
}

bool shape_flush(struct shape *shape, struct err *err)
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
    if (left == 0) { /* also where there was no text at all */
        buf_clear(&shape->text);
        return true;
    }
    memmove(shape->text.at, at, left); /* what was written is not again */
    shape->text.len = left;
    return shape_fail(shape, err);
}

void shape_give_back(struct rejects *rejects)
{
    if (rejects->part >= 0)
        rejects_unclaim(rejects->path, rejects->part);
    rejects->part = -1;
}
