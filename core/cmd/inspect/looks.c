/* looks.c: cells that can be only one thing decide; then the name does, where
 * the cells do not speak against it; then what most cells may be. */
#include "looks.h"

#include <string.h>

enum { ALL = 95, MOST = 80, HALF = 50, SOME = 20 }; /* in a hundred */

static uint64_t count(const struct profile *profile, enum cell_kind kind)
{
    return profile->kinds[kind];
}

static uint64_t dates(const struct profile *profile)
{
    return count(profile, CELL_ISO_DATE) + count(profile, CELL_DATE) +
           count(profile, CELL_DAY_FIRST) + count(profile, CELL_MONTH_FIRST);
}

static uint64_t numbers(const struct profile *profile)
{
    return count(profile, CELL_DIGITS) + count(profile, CELL_NUMBER) +
           count(profile, CELL_GROUPED) + count(profile, CELL_EXPONENT);
}

static uint64_t figures(const struct profile *profile)
{
    return numbers(profile) + count(profile, CELL_PHONE);
}

/* 20181003. */
static uint64_t whole_dates(const struct profile *profile)
{
    const struct profile_digits *digits = profile->digits;
    return dates(profile) + (digits != NULL ? digits->plain[8] : 0);
}

static uint64_t no_blanks(const struct profile *profile)
{
    return count(profile, CELL_CODE) + count(profile, CELL_DIGITS) +
           count(profile, CELL_WORDS) + count(profile, CELL_EXPONENT) +
           count(profile, CELL_NUMBER) + count(profile, CELL_FLAG);
}

static bool differ(const struct profile *profile)
{
    bool exact;
    uint64_t different = profile_distinct(profile, &exact);
    return profile_mostly(profile, different, MOST);
}

static bool is_few(const struct profile *profile)
{
    enum { FEW = 8 };
    bool exact;
    return profile_distinct(profile, &exact) <= FEW;
}

/* Do the cells agree with what the name says? */
static bool agree(enum look look, const struct profile *profile)
{
    switch (look) {
    case LOOK_CODE:
        return profile_mostly(profile, no_blanks(profile), MOST) &&
               !profile_mostly(profile, dates(profile), HALF);
    case LOOK_PHONE:
    case LOOK_ACCOUNT:
        return profile_mostly(profile, figures(profile), SOME);
    case LOOK_TAX:
        return profile_mostly(
            profile, figures(profile) + count(profile, CELL_CODE), SOME);
    case LOOK_MAIL:
        return profile_mostly(profile, count(profile, CELL_MAIL), SOME);
    case LOOK_DATE:
        return profile_mostly(profile, whole_dates(profile), HALF);
    case LOOK_MONEY:
        return profile_mostly(profile, numbers(profile), MOST);
    case LOOK_FLAG:
        return is_few(profile);
    case LOOK_ROWS:
        return profile_mostly(profile, count(profile, CELL_DIGITS), MOST);
    case LOOK_NAME:
    case LOOK_ADDRESS:
        return !profile_mostly(profile, figures(profile) + dates(profile),
                               HALF);
    default:
        return true;
    }
}

/* Where all are 0, or all 1, they may be amounts. */
static bool is_flag(const struct profile *profile)
{
    bool exact;
    const struct profile_digits *digits = profile->digits;
    bool both = profile_distinct(profile, &exact) > 1;
    uint64_t bits = digits != NULL && both ? digits->bits : 0;
    return is_few(profile) &&
           profile_mostly(profile, count(profile, CELL_FLAG) + bits, ALL);
}

/* Numbers of Vietnam, and others with signs among their digits. */
static bool is_phone(const struct profile *profile)
{
    const struct profile_digits *digits = profile->digits;
    uint64_t known = digits != NULL ? digits->phones : 0;
    return profile_mostly(profile, known + count(profile, CELL_PHONE), MOST) &&
           profile->filled > 1;
}

static bool is_tax(const struct profile *profile)
{
    const struct profile_digits *digits = profile->digits;
    return digits != NULL && profile->filled > 4 &&
           profile_mostly(profile, digits->taxes, MOST);
}

/* Where the name says nothing; what may be taken for something else first. */
static enum look look_of_cells(const struct profile *profile)
{
    bool whole = profile_mostly(profile, count(profile, CELL_DIGITS), ALL);
    if (is_flag(profile))
        return LOOK_FLAG;
    if (is_tax(profile))
        return LOOK_TAX;
    if (is_phone(profile))
        return LOOK_PHONE;
    if (profile_mostly(profile, count(profile, CELL_ADDRESS), MOST))
        return LOOK_ADDRESS;
    if (profile_mostly(profile, count(profile, CELL_NAME), MOST) &&
        differ(profile))
        return LOOK_NAME;
    bool coded = profile_mostly(profile, count(profile, CELL_CODE), MOST) ||
                 (whole && strcmp(profile_type(profile), "digits") == 0);
    return coded && differ(profile) ? LOOK_CODE : LOOK_TEXT;
}

enum look look_of(const struct heading *heading, const struct profile *profile)
{
    if (profile->filled == 0)
        return heading->look;
    if (profile_mostly(profile, count(profile, CELL_MAIL), MOST))
        return LOOK_MAIL;
    if (profile_mostly(profile, count(profile, CELL_WEB), MOST))
        return LOOK_WEB;
    if (profile_mostly(profile, dates(profile), MOST))
        return LOOK_DATE;
    if (heading->look != LOOK_TEXT)
        return agree(heading->look, profile) ? heading->look : LOOK_TEXT;
    return heading->field != NULL ? LOOK_TEXT : look_of_cells(profile);
}
