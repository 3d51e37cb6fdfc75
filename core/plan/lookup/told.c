/* told.c: one line for each sort of rows, when all are read. */
#include "told.h"

#include <inttypes.h>

#include "base/log.h"

void told_release(struct told *told)
{
    buf_release(&told->blank.first);
    buf_release(&told->same.first);
    buf_release(&told->differs.first);
}

void told_blank(struct told *told, const struct input *input,
                const struct place *place)
{
    if (told->blank.count++ == 0)
        input_place(input, place, &told->blank.first);
}

/* `addresses.csv:9: "1000", as addresses.csv:4` */
void told_again(struct told *told, const struct lookup *lookup, uint64_t old,
                uint64_t again, bool same)
{
    struct told_sort *sort = same ? &told->same : &told->differs;
    struct keyed_row row = keyed_row(&lookup->keyed, again);
    struct keyed_row before = keyed_row(&lookup->keyed, old);
    struct text_call call = {.arena = lookup->call.arena};
    if (sort->count++ > 0)
        return;
    lookup_place(lookup, &row, &sort->first);
    if (lookup->said.key_count == 1) {
        buf_puts(&sort->first, ": ");
        buf_puts(&sort->first, text_show(&call, &row.key));
    }
    buf_puts(&sort->first, ", as ");
    lookup_place(lookup, &before, &sort->first);
}

bool told_refuse(const struct told *told, const struct lookup *lookup,
                 struct err *err)
{
    struct buf first = told->differs.first;
    return err_set(err, EXIT_INPUT,
                   "%.*s, with other cells; duplicates = \"first\" or \"last\" "
                   "takes one of them (%s:%d)",
                   (int)first.len, first.at, lookup->script, lookup->said.line);
}

static void tell(struct told_sort *sort, const struct lookup *lookup,
                 void (*say)(const char *format, ...), const char *one,
                 const char *many, const char *then)
{
    if (sort->count > 0)
        say("%s: %" PRIu64 " %s (%s%s)%s", lookup->path, sort->count,
            sort->count == 1 ? one : many, sort->count > 1 ? "first " : "",
            buf_text(&sort->first), then);
}

void told_tell(struct told *told, const struct lookup *lookup)
{
    static const char *const then[] = {
        [AGAIN_REJECT] = ": rows that ask for such a key are rejected",
        [AGAIN_FIRST] = ": the first row of a key is taken",
        [AGAIN_LAST] = ": the last row of a key is taken",
        [AGAIN_REFUSE] = "",
    };
    tell(&told->blank, lookup, log_warn, "row has no key", "rows have no key",
         " and cannot be looked up");
    tell(&told->same, lookup, log_note, "row repeats a key with the same cells",
         "rows repeat a key with the same cells", "");
    tell(&told->differs, lookup, log_warn, "row repeats a key with other cells",
         "rows repeat a key with other cells", then[lookup->said.again]);
}
