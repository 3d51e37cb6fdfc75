/* group.c: the mapping of the last input waits until the next one is known. */
#include "group.h"

#include <stdlib.h>

#include "base/screen/print.h"
#include "base/screen/wrap.h"

static void forget(struct group *group, unsigned from)
{
    for (unsigned i = from; i < group->count; i++)
        free(group->paths[i]);
    group->count = from;
}

static void add(struct group *group, const char *path)
{
    group->paths =
        mem_resize(group->paths, (group->count + 1) * sizeof *group->paths);
    group->paths[group->count++] = mem_text(path);
}

void group_end(struct group *group)
{
    struct buf out = {0};
    if (group->count > 0 && group->paste.fields.len > 0) {
        buf_puts(&out, "\nFor a mapping\n");
        paste_put(&group->paste, group->paths, group->count, wrap_width(),
                  &out);
        print_lines(&out);
    }
    buf_release(&out);
    forget(group, 0);
    free(group->paths);
    paste_release(&group->paste);
    *group = (struct group){.count = 0};
}

void group_take(struct group *group, const struct gather *gather)
{
    struct paste paste;
    paste_make(gather, &paste);
    if (group->count > 0 && paste_is_same(&group->paste, &paste)) {
        paste_release(&paste);
    } else {
        group_end(group);
        group->paste = paste;
    }
    add(group, gather->input->spec.path);
    group->added++;
}

void group_begin_operand(struct group *group)
{
    group->added = 0;
}

void group_end_operand(struct group *group, const char *operand,
                       unsigned inputs)
{
    if (group->added == 0 || group->added != inputs)
        return;
    forget(group, group->count - inputs);
    add(group, operand);
}
