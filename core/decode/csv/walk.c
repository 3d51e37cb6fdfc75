/* walk.c: over the rows of a head, the damaged ones included: the reader's and
 * the mapper's half in small, for what is guessed. */
#include <string.h>

#include "csv.h"

void csv_walk_open(struct csv_walk *walk, const struct csv_grammar *grammar,
                   const char *head, size_t len, bool whole)
{
    *walk =
        (struct csv_walk){.head = head, .len = len, .whole = whole, .line = 1};
    arena_init(&walk->arena);
    csv_rows_init(&walk->rows, grammar, true);
}

void csv_walk_close(struct csv_walk *walk)
{
    csv_rows_release(&walk->rows);
    arena_release(&walk->arena);
    buf_release(&walk->piece);
}

static void skip_damage(struct csv_walk *walk, size_t found)
{
    size_t from = walk->at, after = from + found;
    while (walk->at < walk->len && walk->at <= after) {
        walk->at = csv_next_line(walk->head, walk->len, walk->at);
        walk->line++;
    }
}

enum csv_found csv_walk_next(struct csv_walk *walk)
{
    for (;;) {
        if (walk->rows.text != NULL && csv_rows_take(&walk->rows))
            return CSV_FOUND_ROW;
        walk->rows.text = NULL;
        if (walk->at >= walk->len)
            return CSV_FOUND_END;
        struct csv_cut cut;
        const char *text = walk->head + walk->at;
        csv_cut(&walk->rows.grammar, text, walk->len - walk->at, walk->whole,
                &cut);
        if (cut.end == 0) {
            if (cut.trouble == CSV_SOUND)
                return CSV_FOUND_END;
            skip_damage(walk, cut.found);
            return CSV_FOUND_DAMAGE;
        }
        buf_clear(&walk->piece);
        buf_add(&walk->piece, text, cut.end);
        csv_rows_text(&walk->rows, walk->piece.at, cut.end, &walk->arena);
        walk->rows.line = walk->line;
        walk->rows.ends = 0;
        walk->begin = walk->at;
        walk->at += cut.end;
        walk->line += cut.lines;
    }
}
