/* paste.c: a field is suggested where a column has a name that means it and
 * cells that agree; of several, that whose name is the surest (Tên khách hàng
 * before Tên công ty), if it is alone. What the form wants besides is guessed,
 * and said to be, so that the mapping runs. */
#include "paste.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/screen/show.h"
#include "form/form.h"
#include "suggest.h"

static bool is_sure(const struct gather_column *column, const char *field)
{
    return column->heading.field != NULL &&
           strcmp(column->heading.field, field) == 0 &&
           column->profile.filled > 0 && column->look == column->heading.look;
}

/* The column for the field, or -1. */
static int find_column(const struct gather *gather, const char *field)
{
    int found = -1;
    bool alone = true;
    for (unsigned i = 0; i < gather->count; i++) {
        const struct gather_column *columns = gather->columns;
        if (!is_sure(&columns[i], field))
            continue;
        unsigned rank = columns[i].heading.rank;
        unsigned best = found >= 0 ? columns[found].heading.rank : UINT_MAX;
        alone = rank < best || (alone && rank != best);
        found = rank < best ? (int)i : found;
    }
    return alone ? found : -1;
}

void paste_fields(const struct gather *gather,
                  void (*take)(void *out, const char *field, unsigned column),
                  void *out)
{
    const struct form *form = form_find("setCustomer");
    for (unsigned f = 0; form != NULL && f < form->count; f++) {
        int column = find_column(gather, form->fields[f].name);
        if (column >= 0)
            take(out, form->fields[f].name, (unsigned)column);
    }
}

void paste_missing(const struct gather *gather,
                   void (*take)(void *out, const char *field), void *out)
{
    const struct form *form = form_find("setCustomer");
    for (unsigned f = 0; form != NULL && f < form->count; f++)
        if (form->fields[f].required &&
            find_column(gather, form->fields[f].name) < 0)
            take(out, form->fields[f].name);
}

/* The first column of that look but for one; -1: there is none. */
static int first_of(const struct gather *gather, enum look look, int but)
{
    for (unsigned i = 0; i < gather->count; i++)
        if (gather->columns[i].look == look &&
            gather->columns[i].profile.filled > 0 && (int)i != but)
            return (int)i;
    return -1;
}

/* The first column whose name means the field, whatever its cells are. */
static int named_so(const struct gather *gather, const char *field)
{
    for (unsigned i = 0; i < gather->count; i++) {
        const char *means = gather->columns[i].heading.field;
        if (means != NULL && strcmp(means, field) == 0)
            return (int)i;
    }
    return -1;
}

static int guess_code(const struct gather *gather)
{
    int code = named_so(gather, "CustomerCode");
    if (code >= 0)
        return code;
    if (gather->key != GATHER_NO_KEY)
        return (int)gather->key_columns[gather->key];
    code = first_of(gather, LOOK_CODE, -1);
    return code >= 0 ? code : 0;
}

/* A name, or any other text, or the code. */
static int guess_name(const struct gather *gather)
{
    int name = named_so(gather, "CustomerName");
    if (name >= 0)
        return name;
    int code = find_column(gather, "CustomerCode");
    if (code < 0)
        code = guess_code(gather);
    name = first_of(gather, LOOK_NAME, code);
    if (name < 0)
        name = first_of(gather, LOOK_TEXT, code);
    return name >= 0 ? name : code;
}

/* For fields that the form wants. */
static const struct {
    const char *field;
    int (*column)(const struct gather *gather);
    const char *value; /* where no column may be it */
} guesses[] = {
    {"CustomerCode", guess_code, NULL},
    {"CustomerName", guess_name, NULL},
    {"Status", NULL, "\"1\""},
};

static void put_line(struct paste *paste, const char *field,
                     const struct buf *value, const char *comment)
{
    struct buf line = {0};
    buf_addf(&line, "    %s = %.*s,%s", field, (int)value->len, value->at,
             comment);
    show_add(&paste->fields, line.at, line.len);
    buf_putc(&paste->fields, '\n');
    buf_release(&line);
}

static void put_guess(const struct gather *gather, struct paste *paste,
                      const char *field)
{
    struct buf value = {0};
    for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
        if (strcmp(guesses[i].field, field) != 0)
            continue;
        bool column = guesses[i].column != NULL;
        if (column)
            suggest_column(gather, (unsigned)guesses[i].column(gather), &value);
        else
            buf_puts(&value, guesses[i].value);
        put_line(paste, field, &value,
                 column ? " -- a guess: which column is it?"
                        : " -- no column says it");
    }
    buf_release(&value);
}

static void put_field(const struct gather *gather, struct paste *paste,
                      const struct form *form, const char *field,
                      unsigned column)
{
    struct buf value = {0};
    if (gather->columns[column].look != LOOK_FLAG)
        suggest_value(gather, column, &value);
    else if (!suggest_status(gather, column, &value))
        put_guess(gather, paste, field);
    if (value.len > 0)
        put_line(paste, field, &value,
                 strcmp(field, form->fields[form->key].name) == 0
                     ? " -- the key"
                     : "");
    buf_release(&value);
}

/* Columns that no field takes, and the language has something for. */
static void put_others(const struct gather *gather, struct paste *paste,
                       const bool *taken)
{
    enum { MOST = 20 };
    unsigned count = 0;
    for (unsigned i = 0; i < gather->count && count < MOST; i++) {
        struct buf value = {0};
        if (!taken[i] && gather->columns[i].profile.filled > 0 &&
            suggest_value(gather, i, &value)) {
            if (count++ == 0)
                buf_puts(&paste->fields, "    -- other columns:\n");
            buf_puts(&paste->fields, "    --   ");
            show_add(&paste->fields, value.at, value.len);
            buf_putc(&paste->fields, '\n');
        }
        buf_release(&value);
    }
}

static void put_fields(const struct gather *gather, struct paste *paste)
{
    const struct form *form = form_find("setCustomer");
    bool *taken = mem_zero(gather->count, sizeof *taken);
    for (unsigned f = 0; form != NULL && f < form->count; f++) {
        const char *field = form->fields[f].name;
        int column = find_column(gather, field);
        if (column >= 0) {
            taken[column] = true;
            put_field(gather, paste, form, field, (unsigned)column);
        } else if (form->fields[f].required) {
            put_guess(gather, paste, field);
        }
    }
    put_others(gather, paste, taken);
    free(taken);
}

void paste_make(const struct gather *gather, struct paste *paste)
{
    const struct facts *facts = &gather->facts;
    *paste = (struct paste){{0}, {0}, {0}};
    buf_puts(&paste->format, gather->input->format->name);
    for (unsigned i = 0; i < facts->option_count; i++)
        buf_addf(&paste->options, "%s = %s\n", facts->options[i].name,
                 facts->options[i].value);
    if (gather->count > 0)
        put_fields(gather, paste);
}

void paste_release(struct paste *paste)
{
    buf_release(&paste->format);
    buf_release(&paste->options);
    buf_release(&paste->fields);
}

static bool is_same(const struct buf *a, const struct buf *b)
{
    return a->len == b->len &&
           (a->len == 0 || memcmp(a->at, b->at, a->len) == 0);
}

bool paste_is_same(const struct paste *a, const struct paste *b)
{
    return is_same(&a->format, &b->format) &&
           is_same(&a->options, &b->options) && is_same(&a->fields, &b->fields);
}
