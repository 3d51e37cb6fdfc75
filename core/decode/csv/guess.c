/* guess.c: what the head of a CSV input tells: delimiter, header, whether
 * it is one of our own rejects files.
 *
 * Each delimiter in question takes the head apart; the one whose rows agree
 * best on a width of two or more wins. The header is looked for in header.c.
 * What is guessed is said, and a mapping can say otherwise. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "csv.h"

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

/* `sep=;` in the first line; answers how long that line is, or 0. */
static size_t sep_line(const char *head, size_t len, char *delimiter)
{
    bool quoted = len > 0 && head[0] == '"';
    size_t at = quoted ? 1 : 0;
    if (len < at + 5 || strncasecmp(head + at, "sep=", 4) != 0)
        return 0;
    size_t after = at + 5 + (quoted && len > at + 5 && head[at + 5] == '"');
    size_t next = csv_next_line(head, len, after);
    bool ends = next - after <= 2 &&
                (after == len || head[after] == '\n' || head[after] == '\r');
    if (!ends || !csv_may_delimit(head[at + 4]))
        return 0;
    *delimiter = head[at + 4];
    return next;
}

/* A dialect that cannot be told apart would read anything as anything. */
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
    uint64_t before = 0;
    for (; before + 1 < line && at < len; before++)
        at = csv_next_line(head, len, at);
    *offset = at;
    if (at < len)
        return true;
    if (whole)
        return err_set(err, EXIT_INPUT,
                       "`header` is line %llu, but the file has %llu line%s",
                       (unsigned long long)line, (unsigned long long)before,
                       before == 1 ? "" : "s");
    return err_set(err, EXIT_INPUT,
                   "`header` is line %llu, which is not in the first 64 KiB",
                   (unsigned long long)line);
}

/* What is declared wins; a rejects file and `sep=` have said it already. */
static void choose_dialect(const struct csv_options *said,
                           struct csv_guess *guess, const char *head,
                           size_t len, bool whole)
{
    struct dialect *dialect = &guess->dialect;
    if (dialect->delimiter == 0 && said->delimiter >= 0)
        dialect->delimiter = (char)said->delimiter;
    guess->guessed_delimiter = dialect->delimiter == 0;
    guess->grammar = csv_grammar(dialect);
    if (guess->guessed_delimiter)
        dialect->delimiter = find_delimiter(&guess->grammar, said->escape >= 0,
                                            head, len, whole);
    guess->grammar = csv_grammar(dialect);
}

bool csv_guess(const struct csv_options *said, bool as_is, char *head,
               size_t len, bool whole, struct csv_guess *guess, struct err *err)
{
    char quote = said->quote < 0 ? '"' : (char)said->quote;
    char escape = said->escape < 0 ? quote : (char)said->escape;
    *guess = (struct csv_guess){.dialect = {0, quote, escape}};
    guess->rejects_file = !as_is && csv_is_rejects(head, len, said->quote,
                                                   &guess->dialect.delimiter);
    size_t sep = sep_line(head, len, &guess->dialect.delimiter);
    char *body = head + sep;
    size_t body_len = len - sep;
    choose_dialect(said, guess, body, body_len, whole);
    if (!check_dialect(&guess->dialect, err))
        return false;
    guess->header = sep;
    guess->header_line = sep > 0;
    guess->width = measure(&guess->grammar, body, body_len, whole).width;
    if (said->header == 0 || as_is) {
        guess->header_line = 0;
    } else if (guess->rejects_file) {
        guess->header_line = 1;
    } else if (said->header > 0) {
        guess->header_line = (uint64_t)said->header;
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
