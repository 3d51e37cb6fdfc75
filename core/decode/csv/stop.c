/* stop.c: `stop = "Tổng cộng"`: what is said to end a table ends the input, and
 * so does the line `\.` of COPY.
 * Each line's first letters are looked at; the few that may be it are taken
 * apart. */
#include <string.h>

#include "base/utf8.h"
#include "csv.h"
#include "decode/table/left.h"

/* The line from `at` up to `len` is COPY's last one. */
static bool is_copy_end(const char *text, size_t len, size_t at)
{
    return len - at == 2 && memcmp(text + at, "\\.", 2) == 0;
}

/* The row at that place begins with the text that is said. */
static bool is_stop(const struct csv_input *csv, const char *text, size_t len,
                    size_t at)
{
    const struct csv_grammar *grammar = &csv->grammar;
    size_t cell = at, end = at;
    if (grammar->copy && is_copy_end(text, len, at))
        return true;
    while (cell < len) { /* the first cell with something in it */
        end = csv_cell_end(grammar, text, len, cell);
        if (!csv_is_blank(grammar, text + cell, end - cell))
            break;
        cell = end + 1;
    }
    if (cell >= len || csv->stop.len == 0)
        return false;
    const struct value value = value_text(text + cell, end - cell);
    return utf8_valid(value.text, value.len) == value.len &&
           table_stops(&value, 1, csv->stop.at);
}

/* Does a row begin there, and no line within quotes? What stands before it is
 * all there is: a CR at its end is a line end. */
static bool begins_row(const struct csv_grammar *grammar, const char *text,
                       size_t at)
{
    struct csv_cut cut;
    if (at == 0)
        return true;
    csv_cut(grammar, text, at, true, &cut);
    return cut.end == at;
}

/* A line without its line end. */
static size_t bare_end(const char *text, size_t at, size_t next)
{
    while (next > at && (text[next - 1] == '\n' || text[next - 1] == '\r'))
        next--;
    return next;
}

size_t csv_copy_end(const char *text, size_t len)
{
    for (size_t at = 0, next; at < len; at = next) {
        next = csv_next_line(text, len, at);
        if (is_copy_end(text, bare_end(text, at, next), at))
            return at;
    }
    return len;
}

/* Where the table ends, or `len`. */
static size_t find_stop(const struct csv_input *csv, const char *text,
                        size_t len)
{
    for (size_t at = 0, next; at < len; at = next) {
        next = csv_next_line(text, len, at);
        size_t end = bare_end(text, at, next);
        if (is_stop(csv, text, end, at) && begins_row(&csv->grammar, text, at))
            return at;
    }
    return len;
}

/* Whole lines are counted; answers where the one begins that is not. */
static size_t count_lines(struct csv_input *csv, const char *text, size_t len,
                          uint64_t *line)
{
    size_t at = 0;
    while (at < len) {
        size_t next = csv_next_line(text, len, at);
        if (next == len && !csv->feed.ended)
            break;
        if (!csv_is_blank(&csv->grammar, text + at, next - at))
            left_out_count(&csv->left, LEFT_STOPPED, *line);
        ++*line;
        at = next;
    }
    return at;
}

/* Reads to the input's end. A line that is longer than what is read at a time
 * is counted once. */
static bool count_rest(struct csv_input *csv, struct buf *rest, uint64_t line,
                       struct err *err)
{
    for (;;) {
        size_t done = count_lines(csv, rest->at, rest->len, &line);
        if (done > 0 && rest->at != NULL)
            memmove(rest->at, rest->at + done, rest->len - done);
        rest->len -= done;
        if (rest->len > csv_limits.chunk)
            rest->len = csv_limits.chunk;
        if (csv->feed.ended)
            return true;
        if (!feed_read(&csv->feed, rest, csv_limits.chunk, err))
            return false;
    }
}

void csv_cut_stop(struct csv_input *csv, struct buf *bytes, size_t from,
                  struct csv_cut *cut)
{
    const char *text = bytes->at + from;
    if (!csv->stops)
        return;
    size_t stop = find_stop(csv, text, cut->end);
    if (stop == cut->end)
        return;
    struct buf rest = {0};
    buf_add(&rest, text + stop, bytes->len - from - stop);
    csv_cut(&csv->grammar, text, stop, true, cut);
    csv->failed =
        !count_rest(csv, &rest, csv->line + cut->lines, &csv->failure);
    bytes->len = from + stop;
    csv->footed = true;
    csv->stops = false;
    buf_release(&rest);
}
