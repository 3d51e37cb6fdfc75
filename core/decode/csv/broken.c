/* broken.c: rows that may be one, which a line end in a cell has broken.
 *
 * A row that ends early lacks blank cells, as spreadsheets leave them out. But
 * `K1,An,12 Tran` and `Phu,x` under four columns have together the cells of
 * one row and one more: sent as they stand they are two wrong customers. So
 * neighbours that fit are parts of one row, unless quotes stand where the break
 * would be, or both begin with a code of one kind (`KH1` and `KH2`).
 *
 * Whether they fit is seen from at most PARTS rows. The mapper looks ahead in
 * its chunk from the first short row on; the reader sees to it that no chunk
 * ends between parts, or that enough of its neighbours is in view. */
#include "broken.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "show.h"

enum {
    PARTS = 6, /* rows that one row may have become, */
    WIDE = 3,  /* those of more than one cell among them */
    HELD = PARTS - 1,
    PART_MAX = 8 * 1024, /* bytes; a longer row is no part */
};

struct csv_part {
    size_t start, end; /* without the line end */
    uint64_t line;
    unsigned width;
    unsigned first, last; /* the parts of its row; the same: it is none */
};

enum kind { WHOLE, BLANK, PART };

static bool is_quoted(const struct csv_grammar *grammar, const char *text,
                      size_t len)
{
    size_t at = 0;
    while (at < len && csv_is_gap(grammar, text[at]))
        at++;
    if (at < len && text[at] == '=')
        at++;
    return at < len && text[at] == grammar->quote;
}

/* What the row is; `next`: where the next one begins. */
static enum kind read_part(const struct csv_grammar *grammar, const char *text,
                           size_t start, size_t next, struct csv_part *part)
{
    size_t end = next;
    while (end > start && (text[end - 1] == '\n' || text[end - 1] == '\r'))
        end--;
    const char *row = text + start;
    size_t len = end - start;
    *part = (struct csv_part){.start = start, .end = end};
    if (csv_is_blank(grammar, row, len))
        return BLANK;
    if (len > PART_MAX || csv_left_kind(grammar, row, len) != LEFT_KINDS)
        return WHOLE;
    for (size_t at = 0; at <= len; at++, part->width++)
        at = csv_cell_end(grammar, row, len, at);
    return part->width < grammar->width ? PART : WHOLE;
}

/* Where the row ends that begins at `start`. A CR alone is seen to end it only
 * with the next line in view. */
static size_t next_row(const struct csv_grammar *grammar, const char *text,
                       size_t len, size_t start, uint64_t *lines)
{
    struct csv_cut cut;
    size_t at = start, next = len;
    do {
        at = csv_next_line(text, len, at);
        csv_cut(grammar, text + start, at - start, at == len, &cut);
    } while (at < len && cut.ended == 0);
    if (cut.ended > 0)
        next = start + (cut.ended > 1 ? cut.last[1] : cut.end);
    *lines = 0;
    for (at = start; at < next; ++*lines)
        at = csv_next_line(text, next, at);
    return next;
}

static void add_part(struct csv_run *run, const struct csv_part *part)
{
    if (run->count == run->cap) {
        run->cap = run->cap > 0 ? 2 * run->cap : 16;
        run->all = mem_resize(run->all, run->cap * sizeof *run->all);
    }
    run->all[run->count++] = *part;
}

/* Finds the parts from `from` on, until a whole row, or two blank lines. */
static void read_run(struct csv_rows *rows, size_t from, uint64_t line)
{
    struct csv_run *run = &rows->run;
    size_t len = rows->len + rows->after, at = from;
    unsigned blank = 0;
    run->count = run->at = 0;
    while (at < len && blank < 2) {
        struct csv_part part;
        uint64_t lines;
        size_t next = next_row(&rows->grammar, rows->text, len, at, &lines);
        enum kind kind = read_part(&rows->grammar, rows->text, at, next, &part);
        if (kind == WHOLE && at > from)
            break;
        blank = kind == BLANK ? blank + 1 : 0;
        part.line = line;
        part.first = part.last = run->count;
        if (kind == PART)
            add_part(run, &part);
        at = next;
        line += lines;
        if (kind == WHOLE)
            break;
    }
    run->end = at;
}

/* Bytes of one sort: digits, letters and what is beyond ASCII, themselves. */
static int sort(char byte)
{
    if (byte >= '0' && byte <= '9')
        return '0';
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
        (byte & 0x80) != 0)
        return 'a';
    return byte;
}

/* As long, and of the same sorts, with enough digits for chance: `HN001` and
 * `SG002`, or of digits alone. */
static bool same_sorts(const char *a, size_t a_len, const char *b, size_t b_len)
{
    unsigned digits = 0;
    if (a_len != b_len)
        return false;
    for (size_t i = 0; i < a_len; i++) {
        if (sort(a[i]) != sort(b[i]))
            return false;
        digits += sort(a[i]) == '0';
    }
    return digits >= 3 || (digits > 0 && digits == a_len);
}

static size_t after_digits(const char *text, size_t len, size_t at)
{
    while (at < len && sort(text[at]) == '0')
        at++;
    return at;
}

/* The same but for their numbers: `KH9` and `KH10`. */
static bool same_stem(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t i = 0, j = 0;
    bool digits = false, stem = false;
    while (i < a_len && j < b_len) {
        size_t i_after = after_digits(a, a_len, i);
        size_t j_after = after_digits(b, b_len, j);
        if (i_after > i && j_after > j) {
            digits = true;
            i = i_after;
            j = j_after;
        } else if (a[i++] != b[j++]) {
            return false;
        } else {
            stem = true;
        }
    }
    return digits && stem && i == a_len && j == b_len;
}

/* `9` and `10`: rows are numbered. */
static bool follows(const char *a, size_t a_len, const char *b, size_t b_len)
{
    enum { MOST = 9 };
    if (a_len == 0 || a_len > MOST || b_len > MOST ||
        after_digits(a, a_len, 0) < a_len || after_digits(b, b_len, 0) < b_len)
        return false;
    return strtol(b, NULL, 10) == strtol(a, NULL, 10) + 1;
}

/* Do both begin with what is a code, or a mail address? */
static bool is_like(const struct csv_rows *rows, const struct csv_part *one,
                    const struct csv_part *other)
{
    const char *a = rows->text + one->start, *b = rows->text + other->start;
    const char *a_end =
        a + csv_cell_end(&rows->grammar, a, one->end - one->start, 0);
    const char *b_end =
        b + csv_cell_end(&rows->grammar, b, other->end - other->start, 0);
    utf8_trim(&a, &a_end);
    utf8_trim(&b, &b_end);
    size_t a_len = (size_t)(a_end - a), b_len = (size_t)(b_end - b);
    return (memchr(a, '@', a_len) != NULL && memchr(b, '@', b_len) != NULL) ||
           same_sorts(a, a_len, b, b_len) || same_stem(a, a_len, b, b_len) ||
           follows(a, a_len, b, b_len);
}

/* May a cell go from the end of one to the start of the next? */
static bool may_join(const struct csv_rows *rows, const struct csv_part *one,
                     const struct csv_part *next)
{
    const struct csv_grammar *grammar = &rows->grammar;
    const char *text = rows->text + one->start;
    size_t len = one->end - one->start, at = 0;
    for (size_t end; (end = csv_cell_end(grammar, text, len, at)) < len;)
        at = end + 1;
    return !is_quoted(grammar, text + at, len - at) &&
           !is_quoted(grammar, rows->text + next->start,
                      next->end - next->start);
}

static bool are_rows(const struct csv_rows *rows, unsigned first, unsigned last)
{
    const struct csv_part *all = rows->run.all;
    unsigned previous = first;
    for (unsigned i = first + 1; i <= last; previous = i++)
        if (!is_like(rows, &all[previous], &all[i]))
            return false;
    return true;
}

static void mark(struct csv_run *run, unsigned first, unsigned last)
{
    for (unsigned i = first; i <= last; i++)
        if (run->all[i].first == run->all[i].last) {
            run->all[i].first = first;
            run->all[i].last = last;
        }
}

/* Marks what begins at `first` and has together a row's cells: a break adds
 * none. */
static void mark_from(struct csv_rows *rows, unsigned first)
{
    struct csv_run *run = &rows->run;
    unsigned breaks = run->all[first].width - 1, wide = 1;
    for (unsigned i = first + 1; i < run->count && i - first < PARTS; i++) {
        if (!may_join(rows, &run->all[i - 1], &run->all[i]))
            return;
        if (run->all[i].width < 2)
            continue;
        breaks += run->all[i].width - 1;
        if (++wide > WIDE || breaks + 1 > rows->grammar.width)
            return;
        if (breaks + 1 == rows->grammar.width && !are_rows(rows, first, i))
            mark(run, first, i);
    }
}

/* The first run of a chunk begins with what stood before it. */
static void find_run(struct csv_rows *rows)
{
    uint64_t line = rows->line;
    size_t from = rows->start;
    if (rows->run.end == 0 && rows->before > 0) {
        from = 0;
        for (size_t at = 0; at < rows->start; line--)
            at = csv_next_line(rows->text, rows->start, at);
    }
    read_run(rows, from, line);
    for (unsigned i = 0; i < rows->run.count; i++)
        if (rows->run.all[i].width > 1)
            mark_from(rows, i);
}

static const char *say(const struct input *input, const struct csv_rows *rows,
                       unsigned first, unsigned last)
{
    struct buf text = {0};
    const struct csv_part *all = rows->run.all;
    buf_addf(&text,
             "lines %llu to %llu may be one row that a line end has "
             "broken: ",
             (unsigned long long)all[first].line,
             (unsigned long long)all[last].line);
    for (unsigned i = first; i <= last; i++)
        buf_addf(&text, "%s%u",
                 i == first  ? ""
                 : i == last ? " and "
                             : ", ",
                 all[i].width);
    buf_addf(&text, " cells, the %s has %u", input->named ? "header" : "input",
             rows->grammar.width);
    if (!input->ragged)
        buf_puts(&text, " (join them, with quotes around the cell; or say "
                        "ragged = true where each is a row)");
    const char *said = show_say(rows->arena, "%s", buf_text(&text));
    buf_release(&text);
    return said;
}

static bool may_break(const struct csv_input *csv)
{
    return !csv->no_footer && csv->grammar.width > 2;
}

const char *csv_find_broken(const struct input *input, struct csv_rows *rows)
{
    struct csv_run *run = &rows->run;
    if (!may_break(input->state))
        return NULL;
    while (run->end <= rows->start)
        find_run(rows);
    while (run->at < run->count && run->all[run->at].start < rows->start)
        run->at++;
    if (run->at == run->count || run->all[run->at].start > rows->start)
        return NULL;
    const struct csv_part *part = &run->all[run->at];
    return part->first < part->last ? say(input, rows, part->first, part->last)
                                    : NULL;
}

/* Where the last parts before `end` begin, the last one first, up to `most`;
 * *blank: two blank lines end them. */
static unsigned look_back(const struct csv_grammar *grammar, const char *text,
                          const struct csv_cut *cut, size_t starts[],
                          unsigned most)
{
    size_t next = cut->end;
    unsigned count = 0, blank = 0;
    for (size_t i = 0; i < cut->ended && i < CSV_LAST && count < most; i++) {
        size_t start = cut->last[(cut->ended - 1 - i) % CSV_LAST];
        struct csv_part part;
        if (start >= cut->end) /* taken off already */
            continue;
        enum kind kind = read_part(grammar, text, start, next, &part);
        blank = kind == BLANK ? blank + 1 : 0;
        if (kind == WHOLE || blank > 1)
            break;
        if (kind == PART)
            starts[count++] = start;
        next = start;
    }
    return count;
}

/* Takes the rows from `start` on off the cut. */
static void take_off(const struct csv_grammar *grammar, const char *text,
                     struct csv_cut *cut, size_t start)
{
    uint64_t lines;
    for (size_t at = start, next; at < cut->end; at = next) {
        struct csv_part part;
        next = next_row(grammar, text, cut->end, at, &lines);
        cut->lines -= lines;
        cut->rows -= read_part(grammar, text, at, next, &part) == PART;
    }
    cut->end = start;
}

struct csv_beside csv_hold_parts(const struct csv_input *csv, const char *text,
                                 struct csv_cut *cut)
{
    size_t starts[2 * HELD], whole = cut->end;
    struct csv_beside beside = {0};
    unsigned count;
    if (!may_break(csv) || csv->feed.ended || cut->trouble != CSV_SOUND)
        return beside;
    count = look_back(&csv->grammar, text, cut, starts, 2 * HELD);
    size_t first = count > 0 ? starts[count - 1] : whole;
    beside.joins = csv_is_blank(&csv->grammar, text, first);
    if (count == 0)
        return beside;
    bool all = count <= HELD;
    take_off(&csv->grammar, text, cut, starts[all ? count - 1 : HELD - 1]);
    beside.before = cut->end - first;
    beside.after = all ? 0 : whole - cut->end;
    return beside;
}

void csv_keep_parts(struct csv_input *csv, const char *text, size_t len,
                    const struct csv_beside *beside)
{
    struct buf *before = &csv->before;
    size_t starts[HELD], from = beside->joins ? 0 : len - beside->before;
    unsigned count = 0, blank = 0;
    uint64_t lines;
    if (!beside->joins)
        buf_clear(before);
    buf_add(before, text + from, len - from);
    for (size_t at = 0, next; at < before->len; at = next) {
        struct csv_part part;
        next = next_row(&csv->grammar, before->at, before->len, at, &lines);
        enum kind kind = read_part(&csv->grammar, before->at, at, next, &part);
        blank = kind == BLANK ? blank + 1 : 0;
        if (kind == WHOLE || blank > 1)
            count = 0;
        else if (kind == PART)
            starts[count++ % HELD] = at;
    }
    size_t keep = before->len;
    if (count > 0)
        keep = starts[count < HELD ? 0 : count % HELD];
    memmove(before->at, before->at + keep, before->len - keep);
    before->len -= keep;
}
