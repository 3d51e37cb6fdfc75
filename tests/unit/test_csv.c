/* CSV: against a naive reader on random input, in every dialect, cut into
 * chunks of every size; and what is said of damage, widths, bytes, heads. */
#include <check.h>
#include <ctype.h>
#include <stdio.h>

#include "base/nfc.h"
#include "decode/csv/csv.h"
#include "decode/cursor.h"
#include "rows_dump.h"

static struct spec spec;
static struct buf seen, wanted;

/* What was said, as the format has it: for the naive reader. */
static struct csv_options options;

static void say_nothing(void)
{
    spec_init(&spec);
    options = *(const struct csv_options *)format_csv.defaults;
}

static void setup(void)
{
    say_nothing();
    spec.path = mem_text("t.csv");
    csv_limits = (struct csv_limits){CHUNK_BYTES, 64 * 1024, 1024 * 1024};
    buf_clear(&seen);
    buf_clear(&wanted);
}

static void teardown(void)
{
    spec_release(&spec);
    buf_release(&seen);
    buf_release(&wanted);
}

static void set(const char *name, const char *text)
{
    struct err err;
    struct option_value value = option_text_value(text, strlen(text));
    ck_assert_msg(spec_say(&spec, name, &value, &err), "%s", err.text);
    ck_assert(option_set(option_find(format_csv.options, name), &options,
                         &value, &err));
}

static void set_byte(const char *name, int byte)
{
    const char text[] = {(char)byte, '\0'};
    set(name, byte == 0      ? "none"
              : byte == '\t' ? "tab"
              : byte == ' '  ? "space"
                             : text);
}

/* The naive reader: byte by byte over the whole text, all in sight. It knows
 * the grammar as csv.h states it, and nothing of masks or chunks. */

struct naive {
    const char *text;
    size_t len, at;
    struct dialect dialect;
    uint64_t line, index;
    struct buf cells; /* of the row: "[cell][cell]", cooked */
    bool bad;         /* a closing quote or a missing one */
    bool blank;       /* nothing in any of its cells */
    size_t found;
};

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool gap(const struct naive *n, char c)
{
    return (c == ' ' || c == '\t') && c != n->dialect.delimiter;
}

static bool escaped_here(const struct naive *n, size_t at)
{
    return n->dialect.escape && n->dialect.escape != n->dialect.quote &&
           n->text[at] == n->dialect.escape && at + 1 < n->len;
}

/* Appends one raw character, escapes undone; answers behind it. */
static size_t cook(const struct naive *n, size_t at, struct buf *cell)
{
    if (escaped_here(n, at)) {
        char next = n->text[at + 1];
        if (next != n->dialect.delimiter && next != n->dialect.quote &&
            next != n->dialect.escape && !is_end(next))
            buf_putc(cell, n->text[at]);
        buf_putc(cell, next);
        return at + 2;
    }
    buf_putc(cell, n->text[at]);
    return at + 1;
}

/* Without `="` and `"`, and the quotes between them no longer doubled. */
static bool naive_formula(const char **start, const char **end, struct buf *out)
{
    const char *at = *start;
    if (*end - at < 3 || at[0] != '=' || at[1] != '"' || (*end)[-1] != '"')
        return false;
    for (at += 2; at < *end - 1; at++) {
        if (*at == '"' && (at + 1 == *end - 1 || *++at != '"'))
            return false;
        buf_putc(out, *at);
    }
    *start = buf_text(out);
    *end = *start + out->len;
    return true;
}

static bool naive_word(const char *at, const char *end)
{
    return at < end && ((unsigned char)*at >= 0x80 || isalnum(*at));
}

static bool naive_apostrophe(const char *start, const char *end)
{
    for (const char *at = start + 2; at < end; at++)
        if (*at == '\'' && naive_word(at - 1, end) && !naive_word(at + 1, end))
            return false;
    size_t len = (size_t)(end - start);
    bool letter = len > 3 && start[1] >= 'a' && start[1] <= 'z' &&
                  (start[2] == '-' || start[2] == ' ');
    return len > 0 && *start == '\'' && !letter &&
           (len == 1 || end[-1] != '\'');
}

static void naive_cell_done(struct naive *n, size_t from, size_t to,
                            struct buf *cell)
{
    struct buf nfc = {0}, inner = {0};
    const char *start = buf_text(cell), *end = start + cell->len;
    const char *first = start, *last = end;
    bool escapes = n->dialect.escape && n->dialect.escape != n->dialect.quote &&
                   memchr(n->text + from, n->dialect.escape, to - from);
    utf8_trim(&first, &last);
    while (from < to && gap(n, n->text[from]))
        from++;
    bool nothing = n->dialect.quote == '"' && to - from == 3 &&
                   memcmp(n->text + from, "=\"\"", 3) == 0;
    n->blank = n->blank && ((first == last && !escapes) || nothing);
    if (options.trim)
        utf8_trim(&start, &end);
    bool unwrapped = naive_formula(&start, &end, &inner);
    if (!unwrapped && naive_apostrophe(start, end)) {
        while (start < end && *start == '\'')
            start++;
        unwrapped = true;
    }
    if (options.trim && unwrapped)
        utf8_trim(&start, &end);
    utf8_nfc(&nfc, start, (size_t)(end - start));
    buf_release(&inner);
    buf_putc(&n->cells, '[');
    buf_add(&n->cells, buf_text(&nfc), nfc.len);
    buf_putc(&n->cells, ']');
    buf_release(&nfc);
    buf_clear(cell);
}

static size_t naive_quoted(struct naive *n, size_t opened, struct buf *cell)
{
    size_t limit = opened + csv_limits.quote, at = opened + 1;
    char quote = n->dialect.quote;
    for (;;) {
        if (at >= n->len || at > limit) {
            n->bad = true;
            n->found = at >= n->len ? n->len : limit;
            return n->len;
        }
        if (n->text[at] == quote) {
            if (n->dialect.escape && at + 1 < n->len &&
                n->text[at + 1] == quote) {
                buf_putc(cell, quote);
                at += 2;
                continue;
            }
            break;
        }
        at = cook(n, at, cell);
    }
    at++;
    while (at < n->len && gap(n, n->text[at]))
        at++;
    if (at < n->len && n->text[at] != n->dialect.delimiter &&
        !is_end(n->text[at])) {
        n->bad = true;
        n->found = at;
    }
    return at;
}

/* `="…"` from `at` on, closed in its line with nothing after it: what follows
 * it; else `at`. */
static size_t naive_wrapped(const struct naive *n, size_t at)
{
    char quote = n->dialect.quote;
    if (!quote || at + 1 >= n->len || n->text[at] != '=' ||
        n->text[at + 1] != quote)
        return at;
    for (size_t i = at + 2; i < n->len && !is_end(n->text[i]); i++) {
        if (n->dialect.escape != quote && n->text[i] == n->dialect.escape)
            return at;
        if (n->text[i] == quote && i + 1 < n->len && n->text[i + 1] == quote) {
            i++;
        } else if (n->text[i] == quote) {
            size_t next = ++i;
            while (next < n->len && gap(n, n->text[next]))
                next++;
            bool closed = next >= n->len ||
                          n->text[next] == n->dialect.delimiter ||
                          is_end(n->text[next]);
            return closed ? i : at;
        }
    }
    return at;
}

/* Takes one row from n->at; answers where it ends. */
static size_t naive_row(struct naive *n, unsigned *width)
{
    struct buf cell = {0};
    size_t at = n->at;
    n->bad = false;
    n->blank = true;
    *width = 0;
    buf_clear(&n->cells);
    for (;;) {
        size_t from = at;
        while (at < n->len && gap(n, n->text[at]))
            at++;
        if (at < n->len && n->dialect.quote &&
            n->text[at] == n->dialect.quote) {
            at = naive_quoted(n, at, &cell);
            if (n->bad)
                break;
        } else {
            size_t after = naive_wrapped(n, at);
            for (at = from; at < after;)
                at = cook(n, at, &cell);
            while (at < n->len && n->text[at] != n->dialect.delimiter &&
                   !is_end(n->text[at]))
                at = cook(n, at, &cell);
        }
        naive_cell_done(n, from, at, &cell);
        ++*width;
        if (at >= n->len || is_end(n->text[at]))
            break;
        at++;
    }
    buf_release(&cell);
    return at;
}

static size_t line_end(const struct naive *n, size_t at)
{
    if (at < n->len && n->text[at] == '\r')
        at++;
    if (at < n->len && n->text[at] == '\n' &&
        (at == 0 || n->text[at - 1] != '\r' || at > n->at))
        at++;
    return at;
}

static uint64_t count_ends(const struct naive *n, size_t from, size_t to)
{
    uint64_t ends = 0;
    for (size_t i = from; i < to; i++)
        ends +=
            n->text[i] == '\n' ||
            (n->text[i] == '\r' && !(i + 1 < n->len && n->text[i + 1] == '\n'));
    return ends;
}

static bool blank(const struct naive *n, size_t from, size_t to)
{
    const char *at = n->text + from, *end = n->text + to;
    while (at < end) {
        if (*at == n->dialect.delimiter || !utf8_is_space(utf8_next(&at, end)))
            return false;
    }
    return true;
}

/* Three dashes together, and nothing else but blanks, quotes, delimiters. */
static bool dashes(const struct naive *n, size_t from, size_t to)
{
    static const char *const all[] = {"-", "=", "_", "+", "|", "\xE2\x80\x93"};
    size_t run = 0, longest = 0;
    for (size_t at = from; at < to;) {
        const char *here = n->text + at, *next = here;
        size_t dash = 0;
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            if (to - at >= strlen(all[i]) &&
                memcmp(here, all[i], strlen(all[i])) == 0)
                dash = strlen(all[i]);
        bool other = *here == n->dialect.delimiter ||
                     (n->dialect.quote && *here == n->dialect.quote) ||
                     utf8_is_space(utf8_next(&next, n->text + to));
        if (other)
            run = 0;
        else if (dash == 0)
            return false;
        else
            run++;
        at += other ? (next > here ? (size_t)(next - here) : 1) : dash;
        longest = run > longest ? run : longest;
    }
    return longest >= 3;
}

static void naive_damage(struct naive *n, struct buf *out)
{
    bool first = true;
    while (n->at < n->len && (first || n->at <= n->found)) {
        size_t end = n->at;
        while (end < n->len && !is_end(n->text[end]))
            end++;
        if (first || !blank(n, n->at, end))
            buf_addf(out, "%llu #%llu !\n", (unsigned long long)n->line,
                     (unsigned long long)n->index++);
        size_t next = end;
        if (next < n->len)
            next += n->text[next] == '\r' && next + 1 < n->len &&
                            n->text[next + 1] == '\n'
                        ? 2
                        : 1;
        n->at = next;
        n->line++;
        first = false;
    }
}

static void naive_dump(const char *text, size_t len, struct buf *out)
{
    struct naive n = {.text = text, .len = len, .line = 1, .index = 1};
    n.dialect.delimiter = (char)options.delimiter;
    n.dialect.quote = (char)options.quote;
    n.dialect.escape =
        options.escape < 0 ? n.dialect.quote : (char)options.escape;
    while (n.at < len) {
        unsigned width;
        size_t end = naive_row(&n, &width);
        if (n.bad) {
            naive_damage(&n, out);
            continue;
        }
        size_t next = line_end(&n, end);
        bool spoilt = utf8_valid(text + n.at, end - n.at) < end - n.at ||
                      memchr(text + n.at, '\0', end - n.at) != NULL;
        if (!n.blank && !dashes(&n, n.at, end)) {
            buf_addf(out, "%llu #%llu ", (unsigned long long)n.line,
                     (unsigned long long)n.index++);
            if (spoilt)
                buf_puts(out, "!");
            else
                buf_add(out, n.cells.at, n.cells.len);
            buf_putc(out, '\n');
        }
        n.line += count_ends(&n, n.at, end) + (next > end);
        n.at = next;
    }
    buf_release(&n.cells);
}

/* The real reader's rows in the same shape: faults without their words. */
static void real_dump(const char *text, size_t len, struct buf *out)
{
    struct err err;
    struct row row;
    struct input *input =
        input_open_source(&spec, source_memory(text, len), &err);
    ck_assert_msg(input != NULL, "%s", err.text);
    struct rows rows = {.input = input};
    struct chunk *chunk = chunk_new();
    input->format->rows->open(&rows);
    while (input->format->fill(input, chunk, &err) == STEP_ITEM) {
        input->format->rows->begin(&rows, chunk);
        while (input->format->rows->next(&rows, &row)) {
            buf_addf(out, "%llu #%llu ", (unsigned long long)row.place.line,
                     (unsigned long long)row.place.index);
            if (row.fault != NULL)
                buf_puts(out, "!");
            for (unsigned i = 0; row.fault == NULL && i < row.width; i++) {
                check_value(input, &row.cells[i]);
                buf_putc(out, '[');
                buf_add(out, row.cells[i].text, row.cells[i].len);
                buf_putc(out, ']');
            }
            buf_putc(out, '\n');
        }
        chunk_clear(chunk);
    }
    input->format->rows->close(&rows);
    chunk_free(chunk);
    input_close(input);
}

static void compare(const char *text, size_t len)
{
    buf_clear(&seen);
    buf_clear(&wanted);
    naive_dump(text, len, &wanted);
    real_dump(text, len, &seen);
    if (wanted.len != seen.len || memcmp(wanted.at, seen.at, seen.len) != 0) {
        FILE *file = fopen("/tmp/fastsync-test-csv", "wb");
        fwrite(text, 1, len, file);
        fclose(file);
        ck_abort_msg("delimiter %d quote %d escape %d chunk %zu, input kept "
                     "in /tmp/fastsync-test-csv\nwanted:\n%s\nseen:\n%s",
                     options.delimiter, options.quote, options.escape,
                     csv_limits.chunk, buf_text(&wanted), buf_text(&seen));
    }
}

/* What random input is made of. */
static const char *const words[] = {
    ",",
    ",",
    ";",
    "\"",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "'",
    ",'",
    "=\"",
    ",=\"",
    "\"\"",
    "-",
    "--",
    ",=\"0,1\",",
    "\\",
    "\\\"",
    "a",
    "xyz",
    "0123",
    "|",
    "~",
    "\n\n",
    ",\"",
    "\",",
    "\"\n",
    "long text without anything in it",
    "C\xC3\xB4ng ty",
    "\xE1\xBB\x85",
    "e\xCC\x82\xCC\x83",
    "\xC3\xAA\xCC\x83",
    "\xC2\xA0",
    "\xE3\x80\x80",
    "\xE2\x80\x93",
    "\xE4\xB8\xAD",
    "\xF0\x9F\x98\x80",
    "\x80",
    "\xE1\xBA",
    "\xC0\xAF",
    "\xED\xA0\x80",
    "\xFF",
    "\x01",
    "\xE2\x80\x80",
    "\xE1\x84\x80\xE1\x85\xA1",
    "CONG TY CO PHAN XUAT NHAP KHAU VAN TAI VA DICH VU THUONG MAI,",
};

static size_t make(char *text, size_t most, bool invalid)
{
    size_t len = 0, count = (size_t)rand() % 120;
    for (size_t i = 0; i < count; i++) {
        const char *word =
            words[(size_t)rand() % (sizeof words / sizeof *words)];
        size_t word_len = strlen(word);
        if (!invalid && utf8_valid(word, word_len) < word_len)
            continue;
        if (len + word_len >= most)
            break;
        memcpy(text + len, word, word_len);
        len += word_len;
        if (invalid && rand() % 200 == 0)
            text[len++] = '\0';
    }
    return len;
}

static bool all_blank(const char *text, size_t len)
{
    struct csv_grammar grammar = {0};
    return csv_is_blank(&grammar, text, len);
}

/* What stands for a missing cell in a rejects file. */
#define MARK "\xEF\xBF\xBD"

START_TEST(random_input_in_random_dialects)
{
    static const char delimiters[] = ",,;\t|~ ";
    static const char quotes[] = "\"\"\"'";
    static char text[8192];
    srand((unsigned)_i + 1);
    for (int round = 0; round < 3000; round++) {
        spec_release(&spec);
        say_nothing();
        spec.path = mem_text("t.csv");
        set("encoding", "UTF-8");
        set("header", "0");
        set("ragged", "yes");
        set_byte("delimiter", delimiters[rand() % 7]);
        set_byte("quote", rand() % 9 ? quotes[rand() % 4] : 0);
        if (rand() % 3 == 0)
            set_byte("escape", rand() % 4 ? '\\' : 0);
        set("trim", rand() % 4 != 0 ? "yes" : "no");
        csv_limits.chunk = (size_t)(rand() % 3 ? 1 + rand() % 90 : 100000);
        csv_limits.quote = rand() % 2 ? 40 : 65536;
        size_t len = make(text, sizeof text - 1, rand() % 3 == 0);
        if (all_blank(text, len) || (len > 3 && memcmp(text, "sep=", 4) == 0))
            continue;
        compare(text, len);
    }
}
END_TEST

/* Halves of characters wherever a block may end: none of them excuses the
 * next row's. */
START_TEST(broken_characters_at_every_place)
{
    static const char *const halves[] = {
        "", "\x80", "\xBA\xBF", "\xC3", "\xE1", "\xE1\xBA", "\xF0\x9F", "\xE2"};
    enum { HALVES = sizeof halves / sizeof *halves };
    char text[400];
    set("encoding", "UTF-8");
    set("delimiter", ",");
    set("header", "0");
    set("ragged", "yes");
    csv_limits.chunk = 100000;
    for (unsigned pad = 0; pad < 140; pad++)
        for (unsigned pair = 0; pair < HALVES * HALVES; pair++) {
            int len = snprintf(
                text, sizeof text, "K1,%.*s%s\n%sK2,b\nK3,%s\n", (int)pad,
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                halves[pair / HALVES], halves[pair % HALVES], "ễ");
            compare(text, (size_t)len);
        }
}
END_TEST

START_TEST(a_cut_at_every_place)
{
    static const char text[] =
        "a,b,c\r\n1,\"x \"\"y\"\" z\",3\n\r\n \t\r4,\"l\r\ni\nn\re\" ,6\r"
        "7,e\xCC\x82\xCC\x83,\"9\"\n\"\",,\n8,\"bad\" x,\n9,\"open,1\n2,3,4\n";
    set("encoding", "UTF-8");
    set("delimiter", ",");
    set("quote", "\"");
    set("header", "0");
    set("ragged", "yes");
    for (size_t len = 1; len < sizeof text; len++)
        for (size_t step = 1; step <= len; step++) {
            csv_limits.chunk = step;
            compare(text, len);
        }
}
END_TEST

/* Compares all that is said of an input with what should be said. */
static void expect(const char *text, size_t len, const char *says)
{
    for (size_t chunk = CHUNK_BYTES; chunk > 0;
         chunk = chunk > 9 ? 9 : chunk - 1) {
        csv_limits.chunk = chunk;
        buf_clear(&seen);
        dump_bytes(&spec, text, len, &seen);
        ck_assert_str_eq(buf_text(&seen), says);
    }
}

#define EXPECT(text, says) expect(text, sizeof text - 1, says)

START_TEST(a_quote_never_closed)
{
    EXPECT("a,b\n1,2\n3,\"x\n\n4,5\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',' (guessed), header on "
           "line 1 (guessed), 2 columns\n(a)(b)\n"
           "2 #1 [1][2] <1,2>\n"
           "3 #2 ! quote opened at line 3, column 3 is never closed "
           "<\"3,\"\"x\"," MARK ">\n"
           "5 #3 ! inside the damage that began at line 3 <\"4,5\"," MARK
           ">\n");
}
END_TEST

START_TEST(text_after_a_closing_quote)
{
    EXPECT("a,b\n\"1\n\xC3\xB4\",\"x\"y,2\r\n3,4\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',' (guessed), header on "
           "line 1 (guessed), 2 columns\n(a)(b)\n"
           "2 #1 ! quote opened at line 3, column 4 is followed by text after "
           "its closing quote at line 3, column 7 <\"\"\"1\"," MARK ">\n"
           "3 #2 ! inside the damage that began at line 2 "
           "<\"\xC3\xB4\"\",\"\"x\"\"y,2\"," MARK ">\n"
           "4 #3 [3][4] <3,4>\n");
}
END_TEST

START_TEST(damage_ends_within_its_bound)
{
    csv_limits.quote = 19;
    set("delimiter", ",");
    EXPECT("a,b\n1,\"abcdefg\n2,ijklmnop\n3,4\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',', header on line 1 "
           "(guessed), 2 columns\n(a)(b)\n"
           "2 #1 ! quote opened at line 2, column 3 is not closed within 19 "
           "bytes (max_cell) "
           "<\"1,\"\"abcdefg\"," MARK ">\n"
           "3 #2 ! inside the damage that began at line 2 "
           "<\"2,ijklmnop\"," MARK ">\n"
           "4 #3 [3][4] <3,4>\n");
}
END_TEST

START_TEST(a_row_without_end)
{
    csv_limits.row = 30;
    csv_limits.quote = 8;
    set("delimiter", ",");
    char text[400] = "a,b\n";
    memset(text + 4, 'x', 300);
    memcpy(text + 304, "\n1,2\n", 6);
    expect(
        text, strlen(text),
        "t.csv: CSV, UTF-8 (guessed), delimiter ',', header on line 1 "
        "(guessed), 2 columns\n(a)(b)\n"
        "2 #1 ! the row that begins here is longer than 30 bytes (max_cell); "
        "only its "
        "beginning is kept "
        "<\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"," MARK ">\n"
        "3 #2 [1][2] <1,2>\n");
}
END_TEST

START_TEST(rows_of_another_width)
{
    set("delimiter", ",");
    EXPECT("a,b,c\n1,2,3\n1,2\n1,2,3,4\n,,\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',', header on "
           "line 1 (guessed), 3 columns\n(a)(b)(c)\n"
           "2 #1 [1][2][3] <1,2,3>\n"
           "3 #2 [1][2] <1,2,>\n"
           "4 #3 ! 4 cells, the header has 3 <1,2,3,4>\n");
    set("ragged", "true");
    EXPECT("a,b,c\n1,2\n1,2,3,4\n5\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',', header on "
           "line 1 (guessed), 3 columns\n(a)(b)(c)\n"
           "2 #1 [1][2] <1,2,>\n"
           "3 #2 [1][2][3][4] <1,2,3,4>\n"
           "4 #3 [5] <5,,>\n");
    set("ragged", "false");
    set("header", "1");
    EXPECT("a,b\n1,2,,\n3,4, ,\"\",,,,\n5\n6,7,,8\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',', header on line 1, "
           "2 columns\n(a)(b)\n"
           "2 #1 [1][2] <1,2>\n"
           "3 #2 [3][4] <3,4>\n"
           "4 #3 [5] <5,>\n"
           "5 #4 ! 4 cells, the header has 2 <6,7,,8>\n");
}
END_TEST

START_TEST(ragged_rows_are_padded)
{
    struct err err;
    struct row row;
    set("ragged", "yes");
    struct input *input =
        input_open_source(&spec, source_memory("a,b,c\n1\n", 8), &err);
    struct rows rows = {.input = input};
    struct chunk *chunk = chunk_new();
    input->format->rows->open(&rows);
    ck_assert_int_eq(input->format->fill(input, chunk, &err), STEP_ITEM);
    input->format->rows->begin(&rows, chunk);
    ck_assert(input->format->rows->next(&rows, &row));
    ck_assert_uint_eq(row.count, 3);
    ck_assert_uint_eq(row.width, 1);
    for (unsigned i = 1; i < 3; i++) {
        ck_assert_int_eq(row.cells[i].type, VALUE_TEXT);
        ck_assert_uint_eq(row.cells[i].len, 0);
        ck_assert_ptr_nonnull(row.cells[i].text);
    }
    input->format->rows->close(&rows);
    chunk_free(chunk);
    input_close(input);
}
END_TEST

START_TEST(invalid_bytes)
{
    EXPECT("a,b\n\"x\n\xC3\xB4 \xCD\",1\n2,\0\n3,4\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',' (guessed), header on "
           "line 1 (guessed), 2 columns; some of it is not UTF-8: it looks "
           "like UTF-8 with damaged letters (export it again)\n(a)(b)\n"
           "2 #1 ! invalid UTF-8 (byte 0xCD) at line 3, column 3 "
           "<\"x\n\xC3\xB4 \xEF\xBF\xBD\",1>\n"
           "4 #2 ! NUL byte at line 4, column 3 <2,\xEF\xBF\xBD>\n"
           "5 #3 [3][4] <3,4>\n");
    set("encoding", "windows-1252");
    EXPECT("a,b\n\xF4,\x81\n",
           "t.csv: CSV, windows-1252, delimiter ',' (guessed), header on line "
           "1 (guessed), 2 columns\n(a)(b)\n"
           "2 #1 ! invalid windows-1252 (byte 0x81) at line 2, column 3 "
           "<\xC3\xB4,\xEF\xBF\xBD>\n");
}
END_TEST

START_TEST(blank_lines_are_no_rows)
{
    EXPECT("\n a \n\n1\n \t\xC2\xA0\n\"\"\n\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',' (guessed), header on "
           "line 2 (guessed), 1 column\n(a)\n"
           "4 #1 [1] <1>\n");
    EXPECT("a;b\n;\n1;2\n ; ;\t\n\"\";\" \"\n;;;;;;\n=\"\";\n3;\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ';' (guessed), header on "
           "line 1 (guessed), 2 columns\n(a)(b)\n"
           "3 #1 [1][2] <1;2>\n"
           "8 #2 [3][] <3;>\n");
}
END_TEST

/* Two exports joined, printed pages: the header is no customer. */
START_TEST(a_header_that_comes_again)
{
    set("delimiter", ",");
    EXPECT("M\xC3\xA3,T\xC3\xAAn KH\n1,An\n"
           "\xEF\xBB\xBFM\xC3\xA3,T\xC3\xAAn KH\n2,B\n"
           "\"M\xC3\xA3\", T\xC3\xAAn  KH ,\n----,----\nM\xC3\x83,T\xC3\x8AN "
           "kh\r\n"
           "+---+---+\n-,-\nMa KH,x\nM\xC3\xA3,An\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',', header on line 1 "
           "(guessed, and doubtful: line 1 differs in nothing from those below "
           "it), 2 columns\n(M\xC3\xA3)(T\xC3\xAAn KH)\n"
           "2 #1 [1][An] <1,An>\n"
           "4 #2 [2][B] <2,B>\n"
           "9 #3 [-][-] <-,->\n"
           "10 #4 [Ma KH][x] <Ma KH,x>\n"
           "11 #5 [M\xC3\xA3][An] <M\xC3\xA3,An>\n");
    set("header", "none");
    EXPECT("a,b\na,b\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',', no header, 2 "
           "columns\n(column 1)(column 2)\n1 #1 [a][b] <a,b>\n2 #2 [a][b] "
           "<a,b>\n");
}
END_TEST

START_TEST(what_spreadsheets_put_around_cells)
{
    set("delimiter", ",");
    EXPECT("=\"a\",'b,\"=\"\"c,d\"\"\"\n"
           "=\"00123\",=\"00,12\",\"=\"\"0\"\"\"\n"
           "'007, 'x ,O'Brien\n"
           "=SUM(A1),=\"a\"&\"b\",=\"x\"\"y\"\n"
           "'q','s-Hertogenbosch,'t Hart\n"
           "=,=\",'\n"
           "=\"1,2\" ,=\" 3 \",+84\n"
           "=\"open,x,y\n"
           "'Hoa Sen' Huế,''007,'O'Brien\n"
           "'A' & 'B','Đại lý' 1,'O'B's\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',', header on line 1 "
           "(guessed, and doubtful: line 1 differs in nothing from those below "
           "it), 3 columns\n(a)(b)(c,d)\n"
           "2 #1 [00123][00,12][0] <=\"00123\",=\"00,12\",\"=\"\"0\"\"\">\n"
           "3 #2 [007][x][O'Brien] <'007, 'x ,O'Brien>\n"
           "4 #3 [=SUM(A1)][=\"a\"&\"b\"][x\"y] "
           "<=SUM(A1),=\"a\"&\"b\",=\"x\"\"y\">\n"
           "5 #4 ['q']['s-Hertogenbosch]['t Hart] "
           "<'q','s-Hertogenbosch,'t Hart>\n"
           "6 #5 [=][=\"][] <=,=\",'>\n"
           "7 #6 [1,2][3][+84] <=\"1,2\" ,=\" 3 \",+84>\n"
           "8 #7 [=\"open][x][y] <=\"open,x,y>\n"
           "9 #8 ['Hoa Sen' Huế][007][O'Brien] "
           "<'Hoa Sen' Huế,''007,'O'Brien>\n"
           "10 #9 ['A' & 'B']['Đại lý' 1][O'B's] "
           "<'A' & 'B','Đại lý' 1,'O'B's>\n");
}
END_TEST

START_TEST(the_end_is_marked)
{
    static const char says[] =
        "t.csv: CSV, UTF-8 (guessed), delimiter ',' (guessed), header on "
        "line 1 (guessed), 2 columns\n(a)(b)\n"
        "2 #1 [1][2] <1,2>\n";
    EXPECT("a,b\n1,2\n\x1A", says);
    EXPECT("a,b\n1,2\x1A\x1A\x1A\n", says);
    EXPECT("a,b\n1,2\r\n\x1A\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", says);
    EXPECT("a,b\n1,2\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',' (guessed), header on "
           "line 1 (guessed), 2 columns\n(a)(b)\n"
           "2 #1 [1][2] <1,2>\n"
           "3 #2 ! 20 NUL bytes at line 3, column 1: the file was not written "
           "whole; export it again <" MARK ",>\n");
    EXPECT("a,b\n1,\x1A\n3,4\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',' (guessed), header on "
           "line 1 (guessed), 2 columns\n(a)(b)\n"
           "2 #1 [1][\x1A] <1,\x1A>\n3 #2 [3][4] <3,4>\n");
}
END_TEST

/* An image in a cell that nobody uses, quoted or not. */
static void put_large(struct buf *out, size_t len, const char *around)
{
    buf_puts(out, "1,");
    buf_puts(out, around);
    for (size_t i = 0; i < len; i++)
        buf_putc(out, i % 77 == 76 && *around ? '\n' : 'x');
    buf_puts(out, around);
    buf_puts(out, ",An\n2,y,B\n");
}

START_TEST(a_large_cell_is_one)
{
    csv_limits.quote = csv_limits.row = 1 << 20;
    set("delimiter", ",");
    for (int i = 0; i < 2; i++) {
        struct buf text = {0};
        buf_puts(&text, "a,b,c\n");
        put_large(&text, 300000, i == 0 ? "\"" : "");
        buf_clear(&seen);
        dump_bytes(&spec, text.at, text.len, &seen);
        ck_assert_ptr_null(strchr(buf_text(&seen), '!'));
        ck_assert_ptr_nonnull(strstr(buf_text(&seen), "[An]"));
        ck_assert_ptr_nonnull(strstr(buf_text(&seen), "#2 [2][y][B]"));
        buf_release(&text);
    }
    set("max_cell", "256K");
    for (int i = 0; i < 2; i++) {
        struct buf text = {0};
        buf_puts(&text, "a,b,c\n");
        put_large(&text, 300000, i == 0 ? "\"" : "");
        buf_clear(&seen);
        dump_bytes(&spec, text.at, text.len, &seen);
        ck_assert_ptr_nonnull(
            strstr(buf_text(&seen), "262144 bytes (max_cell)"));
        ck_assert_ptr_nonnull(strstr(buf_text(&seen), "[2][y][B]"));
        buf_release(&text);
    }
}
END_TEST

/* A stray quote finds another one far below: what stands between is damage for
 * CSV_SPOILT bytes, and rows after that. */
static void put_stray(struct buf *out, const char *first, const char *last)
{
    buf_puts(out, "a,b\n");
    buf_puts(out, first);
    for (unsigned i = 0; i < 20000; i++)
        buf_addf(out, "%u,name\n", 100000 + i);
    buf_puts(out, last);
}

START_TEST(a_stray_quote_swallows_no_rows)
{
    static const char *const ends[][2] = {
        {"1,\"x\n", "9,y\"\n"}, {"1,\"x\n", "9,\"y\"\n"}, {"1,\"x\n", "9,y\n"}};
    csv_limits.quote = csv_limits.row = 16 << 20;
    set("delimiter", ",");
    for (size_t i = 0; i < 3; i++) {
        struct buf text = {0};
        put_stray(&text, ends[i][0], ends[i][1]);
        buf_clear(&seen);
        dump_bytes(&spec, text.at, text.len, &seen);
        ck_assert_ptr_nonnull(strstr(
            buf_text(&seen), "2 #1 ! quote opened at line 2, column 3 is "));
        ck_assert_ptr_nonnull(strstr(buf_text(&seen), "[119999][name]"));
        ck_assert_ptr_nonnull(strstr(buf_text(&seen), "[110000][name]"));
        buf_release(&text);
    }
}
END_TEST

START_TEST(escapes)
{
    set("escape", "\\");
    set("quote", "'");
    EXPECT("a,b\n'it\\'s','C:\\dir'\nx\\,y,1\n'a''b',\\\\\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',' (guessed), header on "
           "line 1 (guessed, and doubtful: line 1 differs in nothing from "
           "those below it), 2 columns\n(a)(b)\n"
           "2 #1 [it's][C:\\dir] <'it\\'s','C:\\dir'>\n"
           "3 #2 [x,y][1] <x\\,y,1>\n"
           "4 #3 [a'b][\\] <'a''b',\\\\>\n");
}
END_TEST

START_TEST(a_dialect_without_quotes)
{
    set("quote", "none");
    set("delimiter", "|");
    EXPECT("a|b\n\"x|y\"\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter '|', header on line 1 "
           "(guessed, and doubtful: line 1 differs in nothing from those below "
           "it), 2 columns\n(a)(b)\n2 #1 [\"x][y\"] <\"x|y\">\n");
}
END_TEST

START_TEST(a_sep_line)
{
    EXPECT("sep=|\r\na|b,c\r\n1|2,3\r\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter '|', header on line 2 "
           "(guessed), 2 columns; line 1 says the delimiter\n(a)(b,c)\n"
           "3 #1 [1][2,3] <1|2,3>\n");
    set("header", "1");
    EXPECT("sep=|\na|b\n1|2\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter '|', header on line 2, 2 "
           "columns; line 1 says the delimiter\n(a)(b)\n"
           "3 #1 [1][2] <1|2>\n");
    set("delimiter", ",");
    EXPECT("sep=|\na|b\n1|2\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',', header on line 2, 1 "
           "column; line 1 says the delimiter, and another was declared\n"
           "(a|b)\n3 #1 [1|2] <1|2>\n");
}
END_TEST

START_TEST(headers_where_they_are_said_to_be)
{
    set("header", "3");
    EXPECT("x\ny\nn,m\n1,2\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',' (guessed), header on "
           "line 3, 2 columns; lines 1 to 2 before the header are left out\n"
           "(n)(m)\n4 #1 [1][2] <1,2>\n");
    EXPECT("x\ny\n", "t.csv: `header` is line 3, but the file has 2 lines\n");
    set("header", "none");
    EXPECT("n,m\n1,2\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',' (guessed), no header, 2 "
           "columns\n(column 1)(column 2)\n1 #1 [n][m] <n,m>\n2 #2 [1][2] "
           "<1,2>\n");
}
END_TEST

START_TEST(a_corrected_rejects_file)
{
    set("encoding", "windows-1258");
    set("header", "4");
    set("delimiter", ",");
    EXPECT("\xEF\xBB\xBFM\xC3\xA3;b;_line;_field;_reason\r\n"
           "1;\"x;y\";7;Email;\"a; b\"\r\n2;3\r\n1;2;3;4;5;6\n\"a\"\"\n;\n",
           "t.csv: CSV, UTF-8, delimiter ';', header on line 1, 2 columns, a "
           "corrected rejects file\n(M\xC3\xA3)(b)\n"
           "2 #1 [1][x;y] <1;\"x;y\">\n"
           "3 #2 [2][3] <2;3>\n"
           "4 #3 ! 3 cells, the header has 2 <1;2;3>\n"
           "5 #4 ! quote opened at line 5, column 1 is never closed "
           "<\"\"\"a\"\"\"\"\";" MARK ">\n"
           "6 #5 ! inside the damage that began at line 5 <\";\";" MARK ">\n");
    EXPECT("\"a\",\"_line\",\"_field\",\"_reason\"\n\"b\",1,2,3\n",
           "t.csv: CSV, UTF-8, delimiter ',', header on line 1, 1 column, a "
           "corrected rejects file\n(a)\n2 #1 [b] <\"b\">\n");
}
END_TEST

/* Blank cells that people have put after their own are left out, and nothing of
 * ours comes in their place. */
START_TEST(a_rejects_file_with_blank_cells)
{
    EXPECT("A,B,_key,_line,_field,_reason\n"
           "k1,An,,taken K,7,F,r\nk2,An,,,taken K,7,F,r\n"
           "k3,An,,,,,,taken K,7,F,r,,\nk4,An,x,,K,7,F,r\nk5,,,,,K,7,F,r\n",
           "t.csv: CSV, UTF-8, delimiter ',', header on line 1, 2 "
           "columns, a corrected rejects file\n(A)(B)\n"
           "2 #1 [k1][An] <k1,An>\n3 #2 [k2][An] <k2,An>\n"
           "4 #3 [k3][An] <k3,An>\n"
           "5 #4 ! 3 cells, the header has 2 <k4,An,x>\n"
           "6 #5 [k5][] <k5,>\n");
}
END_TEST

/* One mark of ours goes; what is like a spreadsheet's wrapping is the text's
 * own where the cells were no CSV. */
START_TEST(typed_cells_keep_what_is_theirs)
{
    EXPECT("A,B,_types,_key,_line,_field,_reason\n"
           "'''x,\"'=\"\"05\"\"\",tt,,1,,y\n''t,'5,ti,,2,,y\n=1,''',tt,,3,,y\n",
           "t.csv: CSV, UTF-8, delimiter ',', header on line 1, 2 "
           "columns, a corrected rejects file\n(A)(B)\n"
           "2 #1 [''x][=\"05\"] <''x,\"=\"\"05\"\"\",tt>\n"
           "3 #2 ['t][5] <'t,5,ti>\n"
           "4 #3 [=1][''] <=1,'',tt>\n");
}
END_TEST

START_TEST(what_cannot_be_opened)
{
    EXPECT("", "t.csv: empty: there is no header row; export it again\n");
    EXPECT("\xEF\xBB\xBF\n \n",
           "t.csv: empty: there is no header row; export it again\n");
    EXPECT("PK\3\4zzz", "t.csv: begins like a ZIP archive, but it is no zip "
                        "archive\n");
    EXPECT("\1\2\3\4\5\6\7\1\2\3\4\5\6\7abc",
           "t.csv: is no text; export it as CSV, or declare its encoding\n");
    EXPECT("M\xE3,b\n1,2\n",
           "t.csv: the header on line 1 is not UTF-8 (column 2): it looks like "
           "windows-1252 (encoding = \"windows-1252\" or --encoding "
           "windows-1252)\n");
    set("header", "1");
    EXPECT("\"a,b\n1,2\n", "t.csv: the header on line 1 cannot be read: "
                           "quote opened at line 1, column 1 is never "
                           "closed\n");
    set("delimiter", "\"");
    EXPECT("a,b\n1,2\n",
           "t.csv: the delimiter must differ from quote and escape\n");
}
END_TEST

START_TEST(a_header_alone_has_no_rows)
{
    EXPECT("a;b", "t.csv: CSV, UTF-8 (guessed), delimiter ';' (guessed), "
                  "header on line 1 (guessed), 2 columns\n(a)(b)\n");
}
END_TEST

START_TEST(rows_as_they_stand)
{
    spec.as_is = true;
    EXPECT("Title,,\na,b,c\n1,2\n",
           "t.csv: CSV, UTF-8 (guessed), delimiter ',' (guessed), no header, 3 "
           "columns\n(column 1)(column 2)(column 3)\n"
           "1 #1 [Title][][] <Title,,>\n2 #2 [a][b][c] <a,b,c>\n"
           "3 #3 [1][2] <1,2,>\n");
}
END_TEST

/* The same ten customers in every form a system may write them in. */
static const struct {
    const char *file, *encoding;
} customers[] = {
    {"customers_utf8_bom.csv", NULL},
    {"customers_utf8_nfd.csv", NULL},
    {"customers_utf8_halfcomposed.csv", NULL},
    {"customers_utf16le_bom.txt", NULL},
    {"customers_cp1258.csv", "windows-1258"},
    {"customers_viscii.csv", "VISCII"},
};

static void dump_cells(const char *file, struct buf *out)
{
    struct err err;
    struct row row;
    free(spec.path);
    spec.path = mem_format("tests/data/encodings/%s", file);
    struct input *input = input_open(&spec, &err);
    ck_assert_msg(input != NULL, "%s", err.text);
    struct cursor cursor;
    for (unsigned i = 0; i < input->columns.count; i++)
        buf_addf(out, "(%s)", input->columns.all[i].name);
    cursor_open(&cursor, input);
    while (cursor_next(&cursor, &row, &err) == STEP_ITEM) {
        ck_assert_msg(row.fault == NULL, "%s", row.fault);
        for (unsigned i = 0; i < row.count; i++) {
            buf_putc(out, '[');
            buf_add(out, row.cells[i].text, row.cells[i].len);
            buf_putc(out, ']');
        }
        buf_putc(out, '\n');
    }
    cursor_close(&cursor);
    input_close(input);
}

START_TEST(customers_in_every_encoding)
{
    for (size_t chunk = 1; chunk < 100000; chunk = chunk * 5 + 2) {
        csv_limits.chunk = chunk;
        buf_clear(&seen);
        buf_clear(&wanted);
        dump_cells("customers_utf8_nfc.csv", &wanted);
        if (customers[_i].encoding != NULL)
            set("encoding", customers[_i].encoding);
        dump_cells(customers[_i].file, &seen);
        spec.count = 0; /* say no encoding any more */
        ck_assert_str_eq(buf_text(&seen), buf_text(&wanted));
    }
}
END_TEST

static const struct {
    const char *option, *text;
    bool good;
} settings_tried[] = {
    {"delimiter", ";", true},
    {"delimiter", "tab", true},
    {"delimiter", "\\t", true},
    {"delimiter", "ab", false},
    {"delimiter", "", false},
    {"delimiter", "\xC2\xA7", false},
    {"delimiter", "\n", false},
    {"quote", "none", true},
    {"quote", "", true},
    {"quote", "'", true},
    {"escape", "\\", true},
    {"header", "3", true},
    {"header", "-1", false},
    {"header", "x", false},
    {"header", "", false},
    {"header", "99999999", false},
    {"trim", "false", true},
    {"trim", "maybe", false},
    {"ragged", "on", true},
    {"max_cell", "1M", true},
    {"max_cell", "70000", true},
    {"max_cell", "1024M", true},
    {"max_cell", "1025M", false},
    {"max_cell", "0", false},
    {"max_cell", "", false},
    {"max_cell", "-1", false},
    {"max_cell", "5MB", false},
    {"encoding", "windows-1258", true},
    {"encoding", "klingon", false},
    {"format", "tsv", true},
    {"format", "CSV", true},
    {"format", "docx", false},
};

START_TEST(options_take_what_they_should)
{
    struct err err;
    bool good = spec_override(&spec, settings_tried[_i].option,
                              settings_tried[_i].text, &err);
    ck_assert(good == settings_tried[_i].good);
    if (!good)
        ck_assert_int_eq(err.code, EXIT_USAGE);
}
END_TEST

START_TEST(a_format_by_its_extension)
{
    struct err err;
    free(spec.path);
    spec.path = mem_text("x.tsv");
    struct input *input =
        input_open_source(&spec, source_memory("a,b\tc\n", 6), &err);
    ck_assert_str_eq(input->format->name, "tsv");
    ck_assert_uint_eq(input->columns.count, 2);
    const struct csv_input *csv = input->state;
    ck_assert(!csv->guessed_delimiter);
    input_close(input);
    ck_assert_ptr_null(format_find("docx"));
    ck_assert(!spec_override(&spec, "nonsense", "1", &err));
    ck_assert_str_eq(err.text, "there is no option 'nonsense'");
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("csv");
    TCase *t = tcase_create("csv");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, random_input_in_random_dialects, 0, 8);
    tcase_add_test(t, broken_characters_at_every_place);
    tcase_add_test(t, a_cut_at_every_place);
    tcase_add_test(t, a_quote_never_closed);
    tcase_add_test(t, text_after_a_closing_quote);
    tcase_add_test(t, damage_ends_within_its_bound);
    tcase_add_test(t, a_row_without_end);
    tcase_add_test(t, rows_of_another_width);
    tcase_add_test(t, ragged_rows_are_padded);
    tcase_add_test(t, invalid_bytes);
    tcase_add_test(t, blank_lines_are_no_rows);
    tcase_add_test(t, a_header_that_comes_again);
    tcase_add_test(t, what_spreadsheets_put_around_cells);
    tcase_add_test(t, the_end_is_marked);
    tcase_add_test(t, a_large_cell_is_one);
    tcase_add_test(t, a_stray_quote_swallows_no_rows);
    tcase_add_test(t, escapes);
    tcase_add_test(t, a_dialect_without_quotes);
    tcase_add_test(t, a_sep_line);
    tcase_add_test(t, headers_where_they_are_said_to_be);
    tcase_add_test(t, a_corrected_rejects_file);
    tcase_add_test(t, a_rejects_file_with_blank_cells);
    tcase_add_test(t, typed_cells_keep_what_is_theirs);
    tcase_add_test(t, what_cannot_be_opened);
    tcase_add_test(t, a_header_alone_has_no_rows);
    tcase_add_test(t, rows_as_they_stand);
    tcase_add_loop_test(t, customers_in_every_encoding, 0,
                        sizeof customers / sizeof *customers);
    tcase_add_loop_test(t, options_take_what_they_should, 0,
                        sizeof settings_tried / sizeof *settings_tried);
    tcase_add_test(t, a_format_by_its_extension);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
