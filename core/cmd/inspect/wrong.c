/* wrong.c: lost zeros, dates in two orders and repeated keys show only when all
 * values of a column are known. */
#include "wrong.h"

#include <string.h>

#include "looks.h"

void wrong_number(struct signs *signs, unsigned column,
                  const struct place *place, enum cell_kind kind,
                  const struct value *text)
{
    enum { KEPT = 15 }; /* digits that a spreadsheet's number has */
    if (kind == CELL_EXPONENT)
        signs_add(signs, SIGN_EXPONENT, column, place, text->text, text->len,
                  NULL);
    if (kind != CELL_DIGITS || text->len <= KEPT || text->text[0] == '0')
        return;
    for (uint32_t i = KEPT; i < text->len; i++)
        if (text->text[i] != '0')
            return;
    signs_add(signs, SIGN_DIGITS_CUT, column, place, text->text, text->len,
              NULL);
}

/* The only number of digits that values with a leading zero have; 0: they have
 * several, or there are none. */
static unsigned zero_digits(const struct profile_digits *digits)
{
    unsigned found = 0;
    for (unsigned i = 0; i <= PROFILE_DIGITS; i++) {
        if (digits->zero[i] == 0)
            continue;
        if (found > 0)
            return 0;
        found = i;
    }
    return found;
}

/* All are so long, or one shorter, and most so long. */
static unsigned usual_digits(const struct profile_digits *digits)
{
    enum { LEAST = 8 };
    uint64_t all = 0;
    unsigned most = 0;
    for (unsigned i = 0; i <= PROFILE_DIGITS; i++) {
        all += digits->plain[i];
        most = digits->plain[i] > digits->plain[most] ? i : most;
    }
    return most >= LEAST && digits->plain[most] + digits->plain[most - 1] == all
               ? most
               : 0;
}

/* How many digits the values of such a column should have; 0: any. */
static unsigned right_digits(const struct gather_column *column,
                             const struct profile_digits *digits)
{
    enum look look = column->look;
    if (look == LOOK_PHONE || look == LOOK_TAX)
        return 10;
    if (look != LOOK_CODE || column->heading.look != LOOK_CODE)
        return 0;
    unsigned zeros = zero_digits(digits);
    return zeros > 0 ? zeros : usual_digits(digits);
}

/* Telephone numbers abroad have nine digits as well. */
static bool is_national(const struct profile *profile)
{
    const struct profile_digits *digits = profile->digits;
    return digits->phones > 0 ||
           digits->plain[9] * 2 > profile->kinds[CELL_DIGITS];
}

static void find_lost_zeros(struct gather *gather, unsigned column)
{
    const struct profile *profile = &gather->columns[column].profile;
    const struct profile_digits *digits = profile->digits;
    enum look look = gather->columns[column].look;
    unsigned right =
        digits != NULL ? right_digits(&gather->columns[column], digits) : 0;
    if (right < 3 || right > PROFILE_DIGITS || digits->plain[right - 1] == 0 ||
        (look == LOOK_PHONE && !is_national(profile)))
        return;
    const struct profile_first *first = &digits->first[right - 1];
    signs_count(&gather->signs, SIGN_ZEROS_LOST, column,
                digits->plain[right - 1], &first->place, first->text);
}

/* Of dates that can be read in one way alone, those of the rarer one; of ISO
 * dates and others, likewise. */
static void find_date_orders(struct gather *gather, unsigned column)
{
    const struct profile *profile = &gather->columns[column].profile;
    const uint64_t *kinds = profile->kinds;
    uint64_t slashed =
        kinds[CELL_DAY_FIRST] + kinds[CELL_MONTH_FIRST] + kinds[CELL_DATE];
    enum cell_kind rare = CELL_KINDS;
    if (kinds[CELL_DAY_FIRST] > 0 && kinds[CELL_MONTH_FIRST] > 0)
        rare = kinds[CELL_DAY_FIRST] < kinds[CELL_MONTH_FIRST]
                   ? CELL_DAY_FIRST
                   : CELL_MONTH_FIRST;
    else if (kinds[CELL_ISO_DATE] > 0 && slashed > 0)
        rare = kinds[CELL_ISO_DATE] <= slashed ? CELL_ISO_DATE
               : kinds[CELL_DAY_FIRST] > 0     ? CELL_DAY_FIRST
               : kinds[CELL_MONTH_FIRST] > 0   ? CELL_MONTH_FIRST
                                               : CELL_DATE;
    if (rare == CELL_KINDS || gather->columns[column].look != LOOK_DATE)
        return;
    signs_count(&gather->signs, SIGN_DATES, column, kinds[rare],
                &profile->first[rare].place, profile->first[rare].text);
}

/* Kinds that a cell of such a column may be of, a bit for each. */
#define KIND(kind) (1u << CELL_##kind)
static const unsigned fitting[LOOKS] = {
    [LOOK_PHONE] = KIND(DIGITS) | KIND(PHONE) | KIND(EXPONENT) | KIND(GROUPED) |
                   KIND(NUMBER),
    [LOOK_TAX] =
        KIND(DIGITS) | KIND(PHONE) | KIND(EXPONENT) | KIND(CODE) | KIND(NUMBER),
    [LOOK_MAIL] = KIND(MAIL),
    [LOOK_DATE] = KIND(ISO_DATE) | KIND(DAY_FIRST) | KIND(MONTH_FIRST) |
                  KIND(DATE) | KIND(DIGITS),
    [LOOK_MONEY] = KIND(DIGITS) | KIND(NUMBER) | KIND(GROUPED) | KIND(EXPONENT),
};

static void find_others(struct gather *gather, unsigned column)
{
    const struct profile *profile = &gather->columns[column].profile;
    const struct profile_first *first = NULL;
    unsigned fits = fitting[gather->columns[column].look];
    uint64_t others = 0;
    for (unsigned kind = 0; fits != 0 && kind < CELL_KINDS; kind++) {
        if ((fits >> kind & 1) != 0 || profile->kinds[kind] == 0)
            continue;
        others += profile->kinds[kind];
        if (first == NULL ||
            profile->first[kind].place.index < first->place.index)
            first = &profile->first[kind];
    }
    if (first != NULL)
        signs_count(&gather->signs, SIGN_OTHERS, column, others, &first->place,
                    first->text);
}

static bool is_key(const struct gather *gather, unsigned watched)
{
    enum { NEARLY_ALL = 80 };
    const struct gather_column *column =
        &gather->columns[gather->key_columns[watched]];
    bool exact;
    uint64_t different = profile_distinct(&column->profile, &exact);
    if (column->heading.field != NULL &&
        strcmp(column->heading.field, "CustomerCode") == 0)
        return true;
    return column->look == LOOK_CODE &&
           profile_mostly(&column->profile, different, NEARLY_ALL);
}

static void find_key(struct gather *gather)
{
    for (unsigned i = 0; i < gather->key_count; i++)
        if (gather->key == GATHER_NO_KEY && is_key(gather, i))
            gather->key = (int)i;
    if (gather->key == GATHER_NO_KEY)
        return;
    unsigned column = gather->key_columns[gather->key];
    const struct keys *keys = &gather->keys[gather->key];
    const struct profile *profile = &gather->columns[column].profile;
    if (profile->blank > 0 && profile->filled > 0)
        signs_count(&gather->signs, SIGN_KEY_BLANK, column, profile->blank,
                    &profile->first_blank, "");
    if (keys->repeats > 0)
        signs_count(&gather->signs, SIGN_KEY_REPEATED, column, keys->repeats,
                    &keys->first, keys->excerpt);
}

void wrong_conclude(struct gather *gather)
{
    for (unsigned i = 0; i < gather->count; i++) {
        struct gather_column *column = &gather->columns[i];
        column->look = look_of(&column->heading, &column->profile);
        find_lost_zeros(gather, i);
        find_date_orders(gather, i);
        find_others(gather, i);
    }
    find_key(gather);
}
