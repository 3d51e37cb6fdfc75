/* early.c: what stands before the header. A title is left out, and told; what
 * may be a record, or is damaged, is a reject: nobody else would miss it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "csv.h"
#include "decode/table/cell.h"
#include "decode/table/wanted.h"

/* A line before the header that cannot be told from a record, or is damaged:
 * a reject. */
struct csv_early {
    size_t at, len; /* in csv_input.early_text */
    uint64_t line;
    const char *damage; /* as in struct chunk, or NULL: it is sound */
};

/* A line of one cell is a title, where the table has more columns. */
static bool is_record(const struct table_line *line,
                      const struct table_line *header, unsigned needed)
{
    if (line->kind == TABLE_COMMENT || line->kind == TABLE_BLANK)
        return false;
    if (line->kind == TABLE_DAMAGE || header->width < 2)
        return true;
    if (line->used < 2 || cells_are_form(line->cells, line->used))
        return false;
    return (needed > 0 && line->used >= needed) ||
           line->used + 1 >= header->width;
}

/* A damaged line is shown without its end, as any other. */
static void keep(struct csv_input *csv, const struct csv_head *head,
                 const struct table_line *line)
{
    struct csv_early *early;
    const char *text = head->text + line->start;
    size_t len = line->end - line->start;
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
        len--;
    csv->early =
        mem_resize(csv->early, (csv->early_count + 1) * sizeof *csv->early);
    early = &csv->early[csv->early_count++];
    *early = (struct csv_early){
        .at = csv->early_text.len, .len = len, .line = line->line};
    if (line->kind == TABLE_DAMAGE)
        early->damage = csv_damages[line->trouble];
    buf_add(&csv->early_text, text, len);
}

/* Lines one after the other, but for blank ones, that are left out. */
struct run {
    uint64_t first, last; /* 0: none yet */
    unsigned runs;
};

static void say_run(const struct run *run, struct buf *out)
{
    buf_addf(out, run->runs > 0 ? " and %llu" : "%llu",
             (unsigned long long)run->first);
    if (run->last > run->first)
        buf_addf(out, " to %llu", (unsigned long long)run->last);
}

static void leave_out(struct csv_input *csv, struct run *run, uint64_t line)
{
    left_out_count(&csv->left, LEFT_BEFORE, line);
    if (run->first == 0)
        run->first = line;
    run->last = line;
}

/* A reject ends a run of lines that are left out. */
static void end_run(struct run *run, struct buf *lines)
{
    if (run->first == 0)
        return;
    say_run(run, lines);
    *run = (struct run){.runs = run->runs + 1};
}

static void say_left_out(struct csv_input *csv, struct buf *lines)
{
    uint64_t count = csv->left.count[LEFT_BEFORE];
    if (count > 0)
        buf_addf(&csv->told, "; line%s %s before the header %s left out",
                 count == 1 ? "" : "s", buf_text(lines),
                 count == 1 ? "is" : "are");
    buf_release(lines);
}

static void set_fault(struct csv_input *csv, uint64_t header)
{
    csv->early_fault = mem_format(
        "it stands before the header on line %llu and may be a record (put it "
        "below the header, or leave it out with header = %llu)",
        (unsigned long long)header, (unsigned long long)header);
}

/* A line of the header before its last one. */
static bool is_upper(const struct csv_guess *guess, uint64_t line)
{
    for (unsigned i = 0; i < guess->upper_count; i++)
        if (guess->survey.all[guess->upper[i]].line == line)
            return true;
    return false;
}

/* What a guess passes over. */
static void sort_lines(struct csv_input *csv, const struct csv_head *head,
                       const struct csv_guess *guess, unsigned needed,
                       struct buf *lines)
{
    const struct table_line *header = &guess->survey.all[guess->at];
    struct run run = {0};
    for (const struct table_line *line = guess->survey.all; line < header;
         line++) {
        if (is_upper(guess, line->line))
            end_run(&run, lines);
        else if (is_record(line, header, needed)) {
            keep(csv, head, line);
            end_run(&run, lines);
        } else if (line->kind == TABLE_BLANK) {
            left_out_count(&csv->left, LEFT_BLANK, line->line);
        } else {
            leave_out(csv, &run, line->line);
        }
    }
    end_run(&run, lines);
}

/* Whoever says where the header is has looked at what stands before it. */
static void pass_lines(struct csv_input *csv, const struct csv_head *head,
                       const struct csv_guess *guess, struct buf *lines)
{
    struct run run = {0};
    uint64_t number = head->line;
    for (size_t at = head->from, next; at < guess->header;
         at = next, number++) {
        next = csv_next_line(head->text, head->len, at);
        if (is_upper(guess, number))
            end_run(&run, lines);
        else if (!csv_is_blank(&csv->grammar, head->text + at, next - at))
            leave_out(csv, &run, number);
    }
    end_run(&run, lines);
}

void csv_take_early(struct csv_input *csv, const struct csv_head *head,
                    const struct csv_guess *guess,
                    const struct wanted_columns *wanted)
{
    struct buf lines = {0};
    if (guess->at < 0 || guess->said_header) {
        pass_lines(csv, head, guess, &lines);
    } else {
        const struct table_line *header = &guess->survey.all[guess->at];
        unsigned needed = 0;
        if (wanted != NULL)
            needed = wanted_cells(header->cells, header->width, wanted);
        sort_lines(csv, head, guess, needed, &lines);
    }
    say_left_out(csv, &lines);
    set_fault(csv, guess->header_line);
}

/* As the mapper counts: damage is a row a line, but for blank ones after the
 * first; what repeats the header, which is known now, is none. */
static uint64_t count_rows(const struct csv_grammar *grammar,
                           const struct csv_early *early, const char *text)
{
    size_t len = early->len;
    uint64_t rows = 0;
    if (early->damage == NULL)
        return csv_left_kind(grammar, text, len) == LEFT_KINDS;
    for (size_t at = 0, next; at < len; at = next) {
        next = csv_next_line(text, len, at);
        rows += at == 0 || !csv_is_blank(grammar, text + at, next - at);
    }
    return rows;
}

bool csv_give_early(struct csv_input *csv, struct chunk *chunk)
{
    if (csv->early_given == csv->early_count)
        return false;
    const struct csv_early *early = &csv->early[csv->early_given++];
    const char *text = csv->early_text.at + early->at;
    buf_add(&chunk->bytes, text, early->len);
    chunk->first = (struct place){.line = early->line, .index = csv->index};
    chunk->damage = early->damage;
    chunk->damaged_at = early->line;
    chunk->refused = early->damage == NULL ? csv->early_fault : NULL;
    csv->index += count_rows(&csv->grammar, early, text);
    return true;
}

void csv_release_early(struct csv_input *csv)
{
    free(csv->early);
    free(csv->early_fault);
    buf_release(&csv->early_text);
}
