/* survey.c: a head taken apart into its lines, for what is guessed: the
 * reader's and the mapper's half in small. */
#include <stdlib.h>
#include <string.h>

#include "rows.h"

/* Where the survey stands. */
struct walk {
    struct table_view *survey;
    struct csv_rows rows;
    const char *head;
    size_t at, len;
    uint64_t line; /* at `at` */
    bool whole;
    unsigned cap;
};

static struct table_line *add_line(struct walk *walk)
{
    struct table_view *survey = walk->survey;
    if (survey->count == walk->cap) {
        walk->cap = walk->cap ? 2 * walk->cap : 128;
        survey->all = mem_resize(survey->all, walk->cap * sizeof *survey->all);
    }
    survey->all[survey->count] = (struct table_line){.kind = TABLE_ROW};
    return &survey->all[survey->count++];
}

static void count_cells(struct table_line *line)
{
    for (unsigned i = 0; i < line->width; i++) {
        bool filled = line->cells[i].len > 0;
        line->filled += filled;
        line->used = filled ? i + 1 : line->used;
    }
}

/* The row just taken, of the piece that begins at `piece`. Lines of dashes are
 * comments here: they decide nothing. */
static void add_row(struct walk *walk, size_t piece)
{
    const struct csv_rows *rows = &walk->rows;
    const char *text = rows->text + rows->start;
    size_t len = rows->end - rows->start;
    if (csv_is_blank(&rows->grammar, text, len))
        return;
    struct table_line *line = add_line(walk);
    enum left_kind kind = csv_left_kind(&rows->grammar, text, len);
    size_t size = rows->width * sizeof *rows->cells;
    line->start = piece + rows->start;
    line->end = piece + rows->end;
    line->next = piece + rows->at;
    line->line = rows->line;
    line->width = rows->width;
    line->cells =
        memcpy(arena_alloc(&walk->survey->arena, size), rows->cells, size);
    count_cells(line);
    if (kind == LEFT_COMMENT || kind == LEFT_RULE || kind == LEFT_NUMBERS)
        line->kind = TABLE_COMMENT;
    else if (line->filled == 0)
        line->kind = TABLE_BLANK;
}

/* Rows that are sound, up to `end` bytes on. */
static void add_rows(struct walk *walk, const struct csv_cut *cut)
{
    struct csv_rows *rows = &walk->rows;
    struct arena *arena = &walk->survey->arena;
    char *piece = arena_alloc(arena, cut->end + BUF_SLACK);
    memcpy(piece, walk->head + walk->at, cut->end);
    csv_rows_text(rows, piece, cut->end, arena);
    rows->line = walk->line;
    rows->ends = 0;
    while (csv_rows_take(rows))
        add_row(walk, walk->at);
    walk->at += cut->end;
    walk->line += cut->lines;
}

static void add_damage(struct walk *walk, const struct csv_cut *cut)
{
    struct table_line *line = add_line(walk);
    size_t after = walk->at + cut->found;
    line->kind = TABLE_DAMAGE;
    line->trouble = (int)cut->trouble;
    line->start = walk->at;
    line->line = walk->line;
    while (walk->at < walk->len && walk->at <= after) {
        walk->at = csv_next_line(walk->head, walk->len, walk->at);
        walk->line++;
    }
    line->end = walk->at;
}

void csv_survey(struct table_view *survey, const struct csv_grammar *grammar,
                const struct csv_head *head)
{
    struct walk walk = {.survey = survey,
                        .head = head->text,
                        .at = head->from,
                        .len = head->len,
                        .line = head->line,
                        .whole = head->whole};
    *survey = (struct table_view){.count = 0};
    arena_init(&survey->arena);
    csv_rows_init(&walk.rows, grammar, true);
    memset(walk.rows.grammar.skips, 0, sizeof walk.rows.grammar.skips);
    while (walk.at < walk.len) {
        struct csv_cut cut;
        csv_cut(grammar, walk.head + walk.at, walk.len - walk.at, walk.whole,
                &cut);
        if (cut.end > 0)
            add_rows(&walk, &cut);
        else if (cut.trouble != CSV_SOUND)
            add_damage(&walk, &cut);
        else
            break; /* a row that the head cuts */
    }
    csv_rows_release(&walk.rows);
}

void csv_survey_release(struct table_view *survey)
{
    free(survey->all);
    arena_release(&survey->arena);
    *survey = (struct table_view){.count = 0};
}
