/* guess.c: what the head of a CSV input tells: delimiter, header, whether
 * it is one of our own rejects files.
 *
 * What is declared wins over every guess. Each delimiter in question takes the
 * head apart; the one that shows most of the names that the mapping uses wins,
 * then the one whose rows agree best on a width of two or more (fit.c). The
 * header is looked for by those names (wanted.h), or by its looks (look.h).
 * What is guessed is said, and a mapping can say otherwise. */
#include <string.h>
#include <strings.h>

#include "csv.h"

#include "decode/table/joined.h"
#include "decode/table/look.h"
#include "decode/table/wanted.h"

/* Delimiters in question; the later ones only where they fit much better. */
static const struct {
    char delimiter;
    unsigned weight;
} candidates[] = {
    {',', 20}, {';', 20}, {'\t', 20}, {'|', 20},
    {'`', 9},  {'^', 9},  {'~', 9},   {'\x1F', 9},
};

/* What speaks for a delimiter, the more important first: names, and that they
 * stand early, as what stands before them would be lost. */
struct merit {
    unsigned names;
    uint64_t line;
    unsigned score, width;
};

static struct merit weigh(const struct csv_grammar *grammar,
                          const struct csv_head *head,
                          const struct wanted_columns *wanted, unsigned weight)
{
    struct table_view survey;
    struct merit merit = {0};
    csv_survey(&survey, grammar, head);
    struct csv_fit fit = csv_measure(&survey);
    if (fit.width > 1)
        merit = (struct merit){.score = 100 * weight * fit.agree / fit.rows,
                               .width = fit.width};
    if (wanted != NULL) {
        int at = wanted_find(&survey, wanted, &merit.names);
        if (at >= 0 && survey.all[at].width < 2)
            merit.names = 0; /* shows nothing of the delimiter */
        if (merit.names > 0)
            merit.line = survey.all[at].line;
    }
    csv_survey_release(&survey);
    return merit;
}

static bool is_better(const struct merit *a, const struct merit *b)
{
    if (a->names != b->names)
        return a->names > b->names;
    if (a->line != b->line)
        return a->line < b->line;
    if (a->score != b->score)
        return a->score > b->score;
    return a->width > b->width;
}

/* At best: where no escape is declared, quotes may turn out to be escaped; the
 * delimiter is the same then. */
static struct merit weigh_best(struct csv_grammar grammar, bool escape_declared,
                               const struct csv_head *head,
                               const struct wanted_columns *wanted,
                               unsigned weight)
{
    struct merit merit = weigh(&grammar, head, wanted, weight);
    if (escape_declared || memchr(head->text, '\\', head->len) == NULL)
        return merit;
    grammar.escape = '\\';
    struct merit escaped = weigh(&grammar, head, wanted, weight);
    return is_better(&escaped, &merit) ? escaped : merit;
}

static char find_delimiter(const struct csv_grammar *declared,
                           bool escape_declared, const struct csv_head *head,
                           const struct wanted_columns *wanted)
{
    char best = ',';
    struct merit most = {0};
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        struct csv_grammar grammar = *declared;
        grammar.delimiter = candidates[i].delimiter;
        if (grammar.delimiter == grammar.quote ||
            grammar.delimiter == grammar.escape)
            continue;
        struct merit merit = weigh_best(grammar, escape_declared, head, wanted,
                                        candidates[i].weight);
        if (is_better(&merit, &most)) {
            best = grammar.delimiter;
            most = merit;
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

/* A rejects file has said it already; what is declared goes before `sep=`, as
 * that goes before a guess. */
static void choose_dialect(const struct csv_options *said,
                           const struct wanted_columns *wanted,
                           struct csv_guess *guess, const struct csv_head *head)
{
    struct dialect *dialect = &guess->dialect;
    if (dialect->delimiter == 0 && said->delimiter >= 0)
        dialect->delimiter = (char)said->delimiter;
    if (dialect->delimiter == 0)
        dialect->delimiter = guess->sep;
    guess->guessed_delimiter = dialect->delimiter == 0;
    guess->grammar = csv_grammar(dialect);
    if (guess->guessed_delimiter)
        dialect->delimiter =
            find_delimiter(&guess->grammar, said->escape >= 0, head, wanted);
    guess->grammar = csv_grammar(dialect);
}

/* The lines of the head. Where they turn out to have one cell each, `#x` is a
 * row again. */
static void survey(struct csv_guess *guess, const struct csv_head *head)
{
    for (;;) {
        csv_survey(&guess->survey, &guess->grammar, head);
        guess->width = csv_measure(&guess->survey).width;
        if (guess->width > 1 || guess->grammar.narrow)
            break;
        guess->grammar.narrow = true;
        csv_survey_release(&guess->survey);
    }
}

static void take_header(struct csv_guess *guess)
{
    if (guess->at < 0)
        return;
    const struct table_line *line = &guess->survey.all[guess->at];
    guess->header_line = line->line;
    guess->header = line->start;
    guess->grammar.narrow = line->width < 2;
}

/* Answers the last of the lines. */
static int take_joined(struct csv_guess *guess, const struct joined *joined)
{
    guess->upper_count = joined->count - 1;
    for (unsigned i = 0; i < guess->upper_count; i++)
        guess->upper[i] = joined->first + i;
    return (int)(joined->first + guess->upper_count);
}

/* Names go before looks; where only some of them are there, what looks like
 * the header is told. */
static void look_for_names(struct csv_guess *guess,
                           const struct wanted_columns *wanted)
{
    unsigned names;
    struct joined joined;
    int looks = guess->at;
    int at = wanted_find(&guess->survey, wanted, &names);
    bool several =
        joined_find_wanted(&guess->survey, NULL, 0, wanted, &names, &joined);
    if (several)
        at = take_joined(guess, &joined);
    if (at < 0)
        return;
    bool other = names < wanted->count && looks >= 0 && looks != at;
    guess->other = other ? guess->survey.all[looks].line : 0;
    guess->at = at;
    buf_clear(&guess->doubt);
}

/* A mapping that asks for columns by position alone works without a header, and
 * none is guessed for it: what looks like one is only told. */
static void leave_header(struct csv_guess *guess)
{
    guess->guessed_header = false;
    guess->other = guess->at >= 0 ? guess->survey.all[guess->at].line : 0;
    guess->at = -1;
    buf_clear(&guess->doubt);
}

static void find_header(struct csv_guess *guess,
                        const struct wanted_columns *wanted)
{
    struct look look = {.at = -1};
    guess->guessed_header = true;
    look_for_header(&guess->survey, guess->width, &look);
    guess->at = look.at;
    guess->doubt = look.doubt;
    guess->other = look.other;
    if (wanted != NULL && wanted->count > 0)
        look_for_names(guess, wanted);
    if (wanted != NULL && wanted->by_position)
        leave_header(guess);
    else if (guess->at >= 0 && guess->upper_count == 0)
        joined_tell(&guess->survey, (unsigned)guess->at, "line", &guess->pair);
    take_header(guess);
}

static bool says_none(const struct csv_options *said)
{
    return said->header.count > 0 && said->header.line[0] == 0;
}

static bool say_header(const struct csv_options *said, struct csv_head *head,
                       struct csv_guess *guess, struct err *err)
{
    guess->header_line = said->header.line[0];
    if (guess->header_line < head->line)
        guess->header_line = head->line;
    return find_line(head->text, head->len, head->whole, guess->header_line,
                     &guess->header, err);
}

/* The lines of a header that is said to have several. */
static bool say_lines(const struct csv_options *said, struct csv_guess *guess,
                      struct err *err)
{
    const struct table_view *survey = &guess->survey;
    unsigned count = said->header.count;
    for (unsigned i = 0; i < count; i++) {
        unsigned at = 0;
        while (at < survey->count &&
               survey->all[at].line != said->header.line[i])
            at++;
        if (at == survey->count || survey->all[at].kind == TABLE_DAMAGE ||
            survey->all[at].filled == 0)
            return err_set(err, EXIT_INPUT,
                           "`header` is line %u, and no sound row stands there",
                           said->header.line[i]);
        if (i + 1 < count)
            guess->upper[guess->upper_count++] = at;
        else
            guess->at = (int)at;
    }
    guess->said_header = true;
    take_header(guess);
    return true;
}

/* Lines at the top that are to be left out. */
static bool skip_lines(const struct csv_options *said, struct csv_head *head,
                       struct err *err)
{
    if (said->skip < head->line)
        return true;
    if (!find_line(head->text, head->len, head->whole, (uint64_t)said->skip + 1,
                   &head->from, err)) {
        return err_set(err, EXIT_INPUT,
                       "`skip` is %u, and no line follows these%s", said->skip,
                       head->whole ? "" : " in the first 64 KiB");
    }
    head->line = (uint64_t)said->skip + 1;
    return said->header.count == 0 || said->header.line[0] == 0 ||
           said->header.line[0] > said->skip ||
           err_set(err, EXIT_USAGE,
                   "`header` is line %u, which `skip = %u` leaves out",
                   said->header.line[0], said->skip);
}

/* What stands behind the rows of COPY says nothing of them. */
static void end_copy(struct csv_head *head)
{
    size_t len = csv_copy_end(head->text, head->len);
    head->whole |= len < head->len;
    head->len = len;
}

bool csv_guess(const struct csv_options *said, const struct spec *spec,
               struct csv_head *head, struct csv_guess *guess, struct err *err)
{
    char quote = said->quote < 0 ? '"' : (char)said->quote;
    char escape = said->escape < 0 ? quote : (char)said->escape;
    *guess = (struct csv_guess){.dialect = {0, quote, escape}, .at = -1};
    guess->rejects_file =
        !spec->as_is && csv_is_rejects(head->text, head->len, head->whole,
                                       said->quote, &guess->dialect.delimiter);
    if (said->copy && !guess->rejects_file)
        end_copy(head);
    head->from = sep_line(head->text, head->len, &guess->sep);
    head->line = head->from > 0 ? 2 : 1;
    if (!spec->as_is && !guess->rejects_file && !skip_lines(said, head, err))
        return false;
    choose_dialect(said, spec->wanted, guess, head);
    if (!check_dialect(&guess->dialect, err))
        return false;
    guess->grammar.copy = said->copy;
    guess->grammar.as_is = spec->as_is || said->copy;
    guess->header = head->from;
    survey(guess, head);
    if (guess->rejects_file)
        guess->header_line = 1;
    else if (spec->as_is || says_none(said))
        guess->header_line = 0;
    else if (said->header.count > 1)
        return say_lines(said, guess, err);
    else if (said->header.count == 1)
        return say_header(said, head, guess, err);
    else
        find_header(guess, spec->wanted);
    return true;
}

void csv_guess_release(struct csv_guess *guess)
{
    csv_survey_release(&guess->survey);
    buf_release(&guess->doubt);
    buf_release(&guess->pair);
}
