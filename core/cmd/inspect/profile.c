/* profile.c: what is asked of every cell is cheap: one walk for its kind, one
 * hash; texts are kept only while they are the first, shortest or longest. */
#include "profile.h"

#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "signs.h"

void profile_init(struct profile *profile, unsigned distinct_bits)
{
    *profile = (struct profile){.filled = 0};
    distinct_init(&profile->distinct, distinct_bits);
}

void profile_release(struct profile *profile)
{
    distinct_release(&profile->distinct);
}

void profile_blank(struct profile *profile, const struct place *place)
{
    if (profile->blank++ == 0)
        profile->first_blank = *place;
}

static void keep(struct profile_text *kept, struct arena *arena,
                 const char *text, size_t len, uint32_t units)
{
    kept->text = sign_excerpt(arena, text, len, PROFILE_EXCERPT);
    kept->units = units;
}

/* Bytes bound what units may be: most texts need not be counted. */
static void measure(struct profile *profile, struct arena *arena,
                    const char *text, size_t len, bool wide)
{
    struct profile_text *shortest = &profile->shortest;
    struct profile_text *longest = &profile->longest;
    bool may_shorten =
        shortest->text == NULL || (wide ? len / 3 : len) < shortest->units;
    bool may_lengthen = longest->text == NULL || len > longest->units;
    if (!may_shorten && !may_lengthen)
        return;
    uint32_t units = (uint32_t)(wide ? utf8_units(text, len) : len);
    if (shortest->text == NULL || units < shortest->units)
        keep(shortest, arena, text, len, units);
    if (longest->text == NULL || units > longest->units)
        keep(longest, arena, text, len, units);
}

static struct profile_digits *digits_of(struct profile *profile,
                                        struct arena *arena)
{
    if (profile->digits == NULL) {
        profile->digits = arena_alloc(arena, sizeof *profile->digits);
        memset(profile->digits, 0, sizeof *profile->digits);
    }
    return profile->digits;
}

static void note_first(struct profile_first *first, struct arena *arena,
                       const struct place *place, const char *text, size_t len)
{
    first->place = *place;
    first->text = sign_excerpt(arena, text, len, PROFILE_EXCERPT);
}

static void add_digits(struct profile *profile, struct arena *arena,
                       const struct place *place, const char *text, size_t len)
{
    struct profile_digits *digits = digits_of(profile, arena);
    size_t many = len < PROFILE_DIGITS ? len : PROFILE_DIGITS;
    digits->phones += cell_is_phone(text, len);
    digits->taxes += len == 10 && cell_is_tax_code(text, len);
    digits->bits += len == 1 && *text <= '1';
    if (*text == '0' && len > 1) {
        digits->zero[many]++;
    } else if (digits->plain[many]++ == 0) {
        note_first(&digits->first[many], arena, place, text, len);
    }
}

/* A value that was not met lately. */
static enum cell_kind add_value(struct profile *profile, struct arena *arena,
                                const struct place *place, const char *text,
                                size_t len, bool wide, uint64_t hash)
{
    enum cell_kind kind = cell_kind(text, len);
    if (profile->kinds[kind] == 0)
        note_first(&profile->first[kind], arena, place, text, len);
    measure(profile, arena, text, len, wide);
    if (distinct_add(&profile->distinct, hash) &&
        profile->sample_count < PROFILE_SAMPLES)
        keep(&profile->samples[profile->sample_count++], arena, text, len,
             (uint32_t)len);
    return kind;
}

enum cell_kind profile_add(struct profile *profile, struct arena *arena,
                           const struct place *place, const char *text,
                           size_t len, bool wide)
{
    uint64_t hash = XXH3_64bits(text, len);
    unsigned at = (unsigned)hash & (PROFILE_MET - 1);
    if (profile->met[at] != hash || hash == 0) {
        profile->met_kind[at] =
            (uint8_t)add_value(profile, arena, place, text, len, wide, hash);
        profile->met[at] = hash;
    }
    enum cell_kind kind = profile->met_kind[at];
    profile->filled++;
    profile->kinds[kind]++;
    if (kind == CELL_DIGITS)
        add_digits(profile, arena, place, text, len);
    return kind;
}

bool profile_mostly(const struct profile *profile, uint64_t some,
                    unsigned hundredths)
{
    return profile->filled > 0 &&
           (double)some * 100 >= (double)profile->filled * hundredths;
}

uint64_t profile_distinct(const struct profile *profile, bool *exact)
{
    uint64_t count = distinct_count(&profile->distinct, exact);
    return count < profile->filled ? count : profile->filled;
}

static uint64_t dates(const struct profile *profile)
{
    return profile->kinds[CELL_ISO_DATE] + profile->kinds[CELL_DATE] +
           profile->kinds[CELL_DAY_FIRST] + profile->kinds[CELL_MONTH_FIRST];
}

static bool has_leading_zero(const struct profile *profile)
{
    for (unsigned i = 0; profile->digits != NULL && i <= PROFILE_DIGITS; i++)
        if (profile->digits->zero[i] > 0)
            return true;
    return false;
}

const char *profile_type(const struct profile *profile)
{
    enum { NEARLY_ALL = 98, SOME = 10 };
    const uint64_t *kinds = profile->kinds;
    uint64_t whole = kinds[CELL_DIGITS];
    uint64_t numbers =
        whole + kinds[CELL_NUMBER] + kinds[CELL_GROUPED] + kinds[CELL_EXPONENT];
    if (profile->filled == 0)
        return "empty";
    if (profile_mostly(profile, whole, NEARLY_ALL))
        return has_leading_zero(profile) ? "digits" : "integer";
    if (profile_mostly(profile, numbers, NEARLY_ALL))
        return "number";
    if (profile_mostly(profile, dates(profile), NEARLY_ALL))
        return "date";
    bool mixed = profile_mostly(profile, numbers, SOME) &&
                 profile_mostly(profile, profile->filled - numbers, SOME);
    return mixed ? "mixed" : "text";
}
