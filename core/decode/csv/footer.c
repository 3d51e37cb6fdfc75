/* footer.c: what a report ends with (tail.h), in the bytes that were read: its
 * last lines wait until it is known what follows them. */
#include <string.h>

#include "decode/table/tail.h"
#include "rows.h"

enum { BYTES_MAX = 8 * 1024 };

/* What the line is; its end does not count. */
static enum left_kind kind_of(const struct csv_grammar *grammar,
                              const char *text, size_t len)
{
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
        len--;
    return csv_left_kind(grammar, text, len);
}

/* A row as the tail sees it; one of several lines is no footer. */
static struct tail_line row_shape(const struct csv_grammar *grammar,
                                  const char *text, size_t len)
{
    struct tail_line tail = {.shape = TAIL_ROW};
    struct csv_cut cut;
    struct csv_rows rows;
    struct arena arena;
    struct buf copy = {0};
    buf_add(&copy, text, len);
    csv_cut(grammar, copy.at, len, true, &cut);
    if (cut.trouble == CSV_SOUND && cut.lines == 1) {
        arena_init(&arena);
        csv_rows_init(&rows, grammar, true);
        csv_rows_text(&rows, copy.at, len, &arena);
        if (csv_rows_take(&rows) && rows.start >= rows.bad_upto)
            tail = tail_line_of(0, rows.cells, rows.width, grammar->width);
        csv_rows_release(&rows);
        arena_release(&arena);
    }
    buf_release(&copy);
    return tail;
}

static struct tail_line line_shape(const struct csv_grammar *grammar,
                                   const char *text, size_t len)
{
    enum left_kind kind = kind_of(grammar, text, len);
    if (csv_next_line(text, len, 0) < len || kind == LEFT_REPEATED)
        return (struct tail_line){.shape = TAIL_ROW};
    if (kind != LEFT_KINDS)
        return (struct tail_line){.shape = TAIL_BLANK};
    return row_shape(grammar, text, len);
}

/* The last lines that may be a footer, in their order from `first` on. */
struct tail {
    size_t starts[TAIL_LINES];
    struct tail_line lines[TAIL_LINES];
    unsigned first;
};

/* No more than so many lines and bytes, whatever is in view: chunks of any
 * size give the same rows. */
static void look_back(const struct csv_grammar *grammar, const char *text,
                      const struct csv_cut *cut, struct tail *tail)
{
    size_t next = cut->end;
    tail->first = TAIL_LINES;
    for (size_t i = 1; i <= cut->ended && tail->first > 0; i++) {
        size_t start = cut->last[(cut->ended - i) % CSV_LAST];
        if (cut->end - start > BYTES_MAX)
            return;
        struct tail_line line = line_shape(grammar, text + start, next - start);
        if (line.shape == TAIL_ROW)
            return;
        line.line = --tail->first + 1; /* all lines are there */
        tail->lines[tail->first] = line;
        tail->starts[tail->first] = next = start;
    }
}

/* Takes the lines from `start` on off the cut. */
static void take_off(const struct csv_grammar *grammar, const char *text,
                     struct csv_cut *cut, size_t start)
{
    for (size_t at = start, next; at < cut->end; at = next) {
        next = csv_next_line(text, cut->end, at);
        cut->lines--;
        cut->rows -= kind_of(grammar, text + at, next - at) == LEFT_KINDS;
    }
    cut->end = start;
}

/* The lines from `start` on. */
static void drop(struct csv_input *csv, const char *text, struct csv_cut *cut,
                 const struct tail *tail, unsigned start)
{
    csv->footed = true;
    take_off(&csv->grammar, text, cut, tail->starts[start]);
    uint64_t line = csv->line + cut->lines;
    for (; start < TAIL_LINES; start++, line++)
        if (tail->lines[start].shape != TAIL_BLANK)
            left_out_count(&csv->left, LEFT_FOOTER, line);
}

void csv_cut_footer(struct csv_input *csv, struct buf *bytes, size_t from,
                    struct csv_cut *cut)
{
    struct tail tail;
    const char *text = bytes->at + from;
    if (csv->no_footer || cut->trouble != CSV_SOUND || cut->end == 0)
        return;
    look_back(&csv->grammar, text, cut, &tail);
    if (tail.first == TAIL_LINES)
        return;
    if (!csv->feed.ended) {
        take_off(&csv->grammar, text, cut, tail.starts[tail.first]);
        return;
    }
    unsigned start =
        tail.first + tail_footer(tail.lines + tail.first,
                                 TAIL_LINES - tail.first, tail.first);
    if (start == TAIL_LINES)
        return;
    drop(csv, text, cut, &tail, start);
    bytes->len = from + cut->end;
}
