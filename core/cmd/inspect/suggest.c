/* suggest.c: a look has a function of its own; how dates and numbers are
 * written is taken from the first of them. */
#include "suggest.h"

#include <string.h>

#include "base/ascii.h"
#include "base/case.h"
#include "decode/facts.h"

void suggest_column(const struct gather *gather, unsigned column,
                    struct buf *out)
{
    const struct columns *columns = &gather->input->columns;
    const struct column *name = &columns->all[column];
    struct buf made = {0};
    buf_addf(&made, "column %u", column + 1);
    if (!gather->input->named || strcmp(buf_text(&made), name->name) == 0) {
        buf_addf(out, "col(%u)", column + 1);
    } else if (columns_repeat(columns, (int)column)) {
        const struct repeat *repeat = &columns->repeats[column];
        buf_puts(out, "col(");
        facts_quote(out, name->name, repeat->stem);
        buf_addf(out, ", %u)", repeat->number);
    } else {
        buf_puts(out, "col ");
        facts_quote(out, name->name, name->len);
    }
    buf_release(&made);
}

/* The most frequent of the kinds; CELL_KINDS: there are none. */
static enum cell_kind most_of(const struct profile *profile,
                              const enum cell_kind *kinds, unsigned count)
{
    enum cell_kind most = CELL_KINDS;
    uint64_t best = 0;
    for (unsigned i = 0; i < count; i++)
        if (profile->kinds[kinds[i]] > best) {
            best = profile->kinds[kinds[i]];
            most = kinds[i];
        }
    return most;
}

/* dd-mm-yy of 29-02-24. Where the order is open, days come first, as people
 * write them in Vietnam. */
static void put_pattern(const struct profile *profile, struct buf *out)
{
    static const enum cell_kind kinds[] = {CELL_ISO_DATE, CELL_DAY_FIRST,
                                           CELL_MONTH_FIRST, CELL_DATE};
    enum cell_kind most = most_of(profile, kinds, 4);
    if (most == CELL_KINDS) {
        buf_puts(out, "yyyymmdd");
        return;
    }
    const char *text = profile->first[most].text;
    char sign = text[strspn(text, "0123456789")];
    const char *year = strrchr(text, sign);
    bool two = strspn(year + 1, "0123456789") == 2;
    bool months =
        profile->kinds[CELL_MONTH_FIRST] > profile->kinds[CELL_DAY_FIRST];
    if (most == CELL_ISO_DATE)
        buf_addf(out, "yyyy%cmm%cdd", sign, sign);
    else
        buf_addf(out, "%s%c%s%c%s", months ? "mm" : "dd", sign,
                 months ? "dd" : "mm", sign, two ? "yy" : "yyyy");
}

static bool put_date(const struct gather *gather, unsigned column,
                     struct buf *out)
{
    suggest_column(gather, column, out);
    buf_puts(out, ":date(\"");
    put_pattern(&gather->columns[column].profile, out);
    buf_puts(out, "\")");
    return true;
}

/* The first sign among the digits of the first value of the kind; 0: none. */
static char sign_in(const struct profile *profile, enum cell_kind kind)
{
    const char *text = profile->first[kind].text;
    if (profile->kinds[kind] == 0)
        return '\0';
    return text[strcspn(text, ".,")];
}

static bool put_number(const struct gather *gather, unsigned column,
                       struct buf *out)
{
    const struct profile *profile = &gather->columns[column].profile;
    char group = sign_in(profile, CELL_GROUPED);
    bool comma =
        group == '.' || (group == '\0' && sign_in(profile, CELL_NUMBER) == ',');
    suggest_column(gather, column, out);
    if (profile->typed == profile->filled)
        return false;
    if (group != '\0')
        buf_addf(out, ":number { decimal = \"%s\", group = \"%c\" }",
                 comma ? "," : ".", group);
    else
        buf_puts(out, comma ? ":number { decimal = \",\" }" : ":number()");
    return true;
}

static bool put_call(const struct gather *gather, unsigned column,
                     const char *name, struct buf *out)
{
    buf_addf(out, "%s(", name);
    suggest_column(gather, column, out);
    buf_putc(out, ')');
    return true;
}

bool suggest_value(const struct gather *gather, unsigned column,
                   struct buf *out)
{
    switch (gather->columns[column].look) {
    case LOOK_PHONE:
        return put_call(gather, column, "vn.phone", out);
    case LOOK_TAX:
        return put_call(gather, column, "vn.taxcode", out);
    case LOOK_DATE:
        return put_date(gather, column, out);
    case LOOK_MONEY:
        return put_number(gather, column, out);
    default:
        suggest_column(gather, column, out);
        return false;
    }
}

/* Words for what is over, folded, each between blanks. */
static bool is_over(const char *value)
{
    static const char over[] = " 0 n f x no off false inactive ngung nghi khoa "
                               "huy dong khong dung tam disabled closed ";
    struct buf folded = {0};
    bool found = false;
    buf_putc(&folded, ' ');
    utf8_fold(&folded, value, strlen(value));
    size_t first = 1 + strcspn(buf_text(&folded) + 1, " ");
    buf_reserve(&folded, first + 2);
    folded.at[first] = ' ';
    folded.at[first + 1] = '\0';
    found = strstr(over, folded.at) != NULL;
    buf_release(&folded);
    return found;
}

/* Are all of its values among the samples, whole? */
static bool are_all_shown(const struct profile *profile)
{
    bool exact;
    if (profile_distinct(profile, &exact) > profile->sample_count)
        return false;
    for (unsigned i = 0; i < profile->sample_count; i++)
        if (profile->samples[i].units > PROFILE_EXCERPT)
            return false;
    return true;
}

static bool are_bits(const struct profile *profile)
{
    for (unsigned i = 0; i < profile->sample_count; i++)
        if (strcmp(profile->samples[i].text, "0") != 0 &&
            strcmp(profile->samples[i].text, "1") != 0)
            return false;
    return profile->blank == 0;
}

bool suggest_status(const struct gather *gather, unsigned column,
                    struct buf *out)
{
    const struct profile *profile = &gather->columns[column].profile;
    if (!are_all_shown(profile))
        return false;
    suggest_column(gather, column, out);
    if (are_bits(profile))
        return true;
    buf_puts(out, ":pick { ");
    for (unsigned i = 0; i < profile->sample_count; i++) {
        const char *text = profile->samples[i].text;
        buf_putc(out, '[');
        facts_quote(out, text, strlen(text));
        buf_addf(out, "] = \"%s\", ", is_over(text) ? "0" : "1");
    }
    buf_puts(out, "[\"\"] = \"1\" }");
    return true;
}
