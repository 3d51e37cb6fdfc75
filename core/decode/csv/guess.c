/* guess.c: what the head of a CSV input tells: delimiter, header, whether
 * it is one of our own rejects files.
 *
 * Each delimiter in question takes the head apart; the one whose rows agree
 * best on a width of two or more wins. The header is looked for in
 * csv_header.c. What is guessed is said, and a mapping can say otherwise. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
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
    size_t from = walk->at, behind = from + found;
    while (walk->at < walk->len && walk->at <= behind) {
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

/* How well a delimiter fits: `agree` of `rows` rows are `width` wide. */
struct fit {
    unsigned rows, agree, width;
};

static struct fit measure(const struct csv_grammar *grammar, const char *head,
                          size_t len, bool whole)
{
    struct csv_walk walk;
    struct fit fit = {0};
    unsigned widths[CSV_LOOK];
    enum csv_found found;
    csv_walk_open(&walk, grammar, head, len, whole);
    while (fit.rows < CSV_LOOK &&
           (found = csv_walk_next(&walk)) != CSV_FOUND_END)
        widths[fit.rows++] = found == CSV_FOUND_ROW ? walk.rows.width : 0;
    csv_walk_close(&walk);
    for (unsigned i = 0; i < fit.rows; i++) {
        unsigned agree = 0;
        for (unsigned j = 0; j < fit.rows; j++)
            agree += widths[j] == widths[i];
        bool first = agree == fit.agree && fit.width < 2 && widths[i] > 1;
        if (widths[i] > 0 && (agree > fit.agree || first)) {
            fit.agree = agree;
            fit.width = widths[i];
        }
    }
    return fit;
}

/* Delimiters in question; the later ones only where they fit much better. */
static const struct {
    char delimiter;
    unsigned weight;
} candidates[] = {
    {',', 20}, {';', 20}, {'\t', 20}, {'|', 20},
    {'`', 9},  {'^', 9},  {'~', 9},   {'\x1F', 9},
};

/* How well the delimiter fits, at best: where no escape is declared, quotes
 * may turn out to be escaped; the delimiter is the same then. */
static struct fit measure_best(struct csv_grammar grammar, bool escape_declared,
                               const char *head, size_t len, bool whole)
{
    struct fit fit = measure(&grammar, head, len, whole);
    if (escape_declared || memchr(head, '\\', len) == NULL)
        return fit;
    grammar.escape = '\\';
    struct fit escaped = measure(&grammar, head, len, whole);
    return escaped.agree * fit.rows > fit.agree * escaped.rows ? escaped : fit;
}

/* The delimiter of the head. */
static char find_delimiter(const struct csv_grammar *declared,
                           bool escape_declared, const char *head, size_t len,
                           bool whole)
{
    char best = ',';
    unsigned best_score = 0, best_width = 0;
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        struct csv_grammar grammar = *declared;
        grammar.delimiter = candidates[i].delimiter;
        if (grammar.delimiter == grammar.quote ||
            grammar.delimiter == grammar.escape)
            continue;
        struct fit fit =
            measure_best(grammar, escape_declared, head, len, whole);
        if (fit.width < 2)
            continue;
        unsigned score = candidates[i].weight * fit.agree / fit.rows;
        if (score > best_score ||
            (score == best_score && fit.width > best_width)) {
            best = grammar.delimiter;
            best_score = score;
            best_width = fit.width;
        }
    }
    return best;
}

/* A byte that is a character by itself, and stands in no name. */
static bool may_delimit(char byte)
{
    unsigned char value = (unsigned char)byte;
    return value < 0x80 && value != 0 && byte != '\n' && byte != '\r' &&
           byte != '_' && !isalnum(value);
}

/* `sep=;` in the first line; answers how long that line is, or 0. */
static size_t sep_line(const char *head, size_t len, char *delimiter)
{
    bool quoted = len > 0 && head[0] == '"';
    size_t at = quoted ? 1 : 0;
    if (len < at + 5 || strncasecmp(head + at, "sep=", 4) != 0)
        return 0;
    size_t behind = at + 5 + (quoted && len > at + 5 && head[at + 5] == '"');
    size_t next = csv_next_line(head, len, behind);
    bool ends = next - behind <= 2 &&
                (behind == len || head[behind] == '\n' || head[behind] == '\r');
    if (!ends || !may_delimit(head[at + 4]))
        return 0;
    *delimiter = head[at + 4];
    return next;
}

static bool take_text(const char **at, const char *end, const char *text,
                      char quote)
{
    size_t len = strlen(text);
    bool quoted = *at < end && **at == quote;
    const char *from = *at + quoted;
    if ((size_t)(end - from) < len + quoted || memcmp(from, text, len) != 0 ||
        (quoted && from[len] != quote))
        return false;
    *at = from + len + quoted;
    return true;
}

/* The delimiter when a rejects file's own columns stand at `at`; moves behind
 * them. */
static bool take_ours(const char **at, const char *end, char quote,
                      char *delimiter)
{
    if (!take_text(at, end, "_line", quote) || *at >= end)
        return false;
    *delimiter = *(*at)++;
    if (!may_delimit(*delimiter))
        return false;
    if (!take_text(at, end, "_field", quote) || *at >= end ||
        *(*at)++ != *delimiter)
        return false;
    return take_text(at, end, "_reason", quote) &&
           (*at == end || **at == '\n' || **at == '\r');
}

bool csv_is_rejects(const char *head, size_t len, int quote, char *delimiter)
{
    char mark = quote > 0 ? (char)quote : '"';
    const char *end = head + len;
    for (const char *at = head; at < end; at++) {
        at = memchr(at, '_', (size_t)(end - at));
        if (at == NULL)
            return false;
        const char *behind = at > head && at[-1] == mark ? at - 1 : at;
        if (!take_ours(&behind, end, mark, delimiter))
            continue;
        struct dialect dialect = {*delimiter, mark, mark};
        struct csv_grammar grammar = csv_grammar(&dialect);
        struct csv_cut cut;
        size_t first = (size_t)(behind - head);
        csv_cut(&grammar, head, first, true, &cut);
        return cut.rows == 1 && cut.end == first;
    }
    return false;
}

static bool check_dialect(const struct dialect *dialect, struct err *err)
{
    const char bytes[] = {dialect->delimiter, dialect->quote, dialect->escape};
    for (size_t i = 0; i < sizeof bytes; i++)
        if (bytes[i] == '\n' || bytes[i] == '\r' || (bytes[i] & 0x80) != 0)
            return err_set(err, EXIT_USAGE,
                           "delimiter, quote and escape must be ASCII "
                           "characters, and no line ends");
    if (dialect->delimiter == 0 || dialect->delimiter == dialect->quote ||
        dialect->delimiter == dialect->escape)
        return err_set(err, EXIT_USAGE,
                       "the delimiter must differ from quote and escape");
    return true;
}

/* Where physical line `line` begins, from 1. */
static bool find_line(const char *head, size_t len, bool whole, uint64_t line,
                      size_t *offset, struct err *err)
{
    size_t at = 0;
    for (uint64_t i = 1; i < line && at < len; i++)
        at = csv_next_line(head, len, at);
    *offset = at;
    if (at < len)
        return true;
    if (whole)
        return err_set(err, EXIT_INPUT,
                       "the header is said to stand on line %llu, behind the "
                       "end; check `header`",
                       (unsigned long long)line);
    return err_set(err, EXIT_INPUT,
                   "the header is said to stand on line %llu, but must be in "
                   "the first 64 KiB",
                   (unsigned long long)line);
}

static void choose_dialect(const struct spec *spec, struct csv_guess *guess,
                           const char *head, size_t len, bool whole)
{
    struct dialect *dialect = &guess->dialect;
    if (dialect->delimiter == 0 && spec->delimiter >= 0)
        dialect->delimiter = (char)spec->delimiter;
    guess->guessed_delimiter = dialect->delimiter == 0;
    guess->grammar = csv_grammar(dialect);
    if (guess->guessed_delimiter)
        dialect->delimiter = find_delimiter(&guess->grammar, spec->escape >= 0,
                                            head, len, whole);
    guess->grammar = csv_grammar(dialect);
}

bool csv_guess(const struct spec *spec, char *head, size_t len, bool whole,
               struct csv_guess *guess, struct err *err)
{
    char quote = spec->quote < 0 ? '"' : (char)spec->quote;
    char escape = spec->escape < 0 ? quote : (char)spec->escape;
    *guess = (struct csv_guess){.dialect = {0, quote, escape}};
    guess->rejects_file =
        !spec->as_is &&
        csv_is_rejects(head, len, spec->quote, &guess->dialect.delimiter);
    size_t sep = sep_line(head, len, &guess->dialect.delimiter);
    char *body = head + sep;
    size_t body_len = len - sep;
    choose_dialect(spec, guess, body, body_len, whole);
    if (!check_dialect(&guess->dialect, err))
        return false;
    guess->header = sep;
    guess->header_line = sep > 0;
    guess->width = measure(&guess->grammar, body, body_len, whole).width;
    if (spec->header == 0 || spec->as_is) {
        guess->header_line = 0;
    } else if (guess->rejects_file) {
        guess->header_line = 1;
    } else if (spec->header > 0) {
        guess->header_line = (uint64_t)spec->header;
        if (guess->header_line == 1 && sep > 0)
            guess->header_line = 2;
        return find_line(head, len, whole, guess->header_line, &guess->header,
                         err);
    } else {
        guess->guessed_header = true;
        csv_find_header(guess, body, body_len, whole);
    }
    return true;
}
