/* columns.c: names get what the longest of them needs, samples the rest; where
 * that is little, samples stand in a line of their own, and a name goes on
 * below its line. */
#include "columns.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/screen/aligned.h"
#include "base/screen/wrap.h"

enum { SHOWN = 200, INDENT = 2, CELL_TEXT = 64 };
enum { NAME_NARROW = 8, NAME_LEAST = 18, SAMPLES_LEAST = 14 };
enum { FILL, TYPE, DISTINCT, LENGTH, LOOKS_LIKE, FIXED };

static const struct {
    const char *title;
    size_t width;
} fixed[FIXED] = {
    [FILL] = {"Fill", 4},           [TYPE] = {"Type", 7},
    [DISTINCT] = {"Distinct", 8},   [LENGTH] = {"Length", 7},
    [LOOKS_LIKE] = {"Looks as", 8},
};

/* Where everything stands. */
struct layout {
    size_t name, samples; /* widths; samples 0: a line of their own */
    size_t width;
};

static size_t longest_name(const struct gather *gather, size_t most)
{
    size_t longest = strlen("Column");
    for (unsigned i = 0; i < gather->count && i < SHOWN; i++) {
        size_t width = aligned_width(gather->input->columns.all[i].name, most);
        longest = width > longest ? width : longest;
    }
    return longest;
}

/* Names have half of what the fixed columns leave, or a little more. */
static struct layout layout_of(const struct gather *gather, size_t width)
{
    size_t used = INDENT + ALIGNED_GAP;
    for (unsigned i = 0; i < FIXED; i++)
        used += fixed[i].width + ALIGNED_GAP;
    size_t room = width > used + NAME_NARROW ? width - used + ALIGNED_GAP
                                             : NAME_NARROW + ALIGNED_GAP;
    struct layout layout = {.width = width};
    bool beside = room >= NAME_LEAST + ALIGNED_GAP + SAMPLES_LEAST;
    size_t most = beside ? room - ALIGNED_GAP - SAMPLES_LEAST : room;
    if (beside && most > NAME_LEAST && most > room / 2)
        most = room / 2 > NAME_LEAST ? room / 2 : NAME_LEAST;
    layout.name = longest_name(gather, most);
    if (beside)
        layout.samples = room - ALIGNED_GAP - layout.name;
    return layout;
}

static void put_percent(const struct profile *profile, char text[CELL_TEXT])
{
    uint64_t all = profile->filled + profile->blank;
    unsigned percent =
        all > 0 ? (unsigned)((double)profile->filled * 100 / (double)all) : 0;
    if (percent == 0 && profile->filled > 0)
        snprintf(text, CELL_TEXT, "<1%%");
    else
        snprintf(text, CELL_TEXT, "%u%%", percent);
}

/* What is not sure has three digits. */
static void put_distinct(const struct profile *profile, char text[CELL_TEXT])
{
    enum { MILLION = 1000000 };
    char number[NUMBER_TEXT];
    bool exact;
    uint64_t count = profile_distinct(profile, &exact);
    uint64_t step = 1;
    while (!exact && count / step >= 1000)
        step *= 10;
    count = (count + step / 2) / step * step;
    if (!exact && count >= MILLION)
        snprintf(text, CELL_TEXT, "~%.4gM", (double)count / MILLION);
    else
        snprintf(text, CELL_TEXT, "%s%s", exact ? "" : "~",
                 number_text(count, number));
}

static void put_length(const struct profile *profile, char text[CELL_TEXT])
{
    if (profile->filled == 0)
        text[0] = '\0';
    else if (profile->shortest.units == profile->longest.units)
        snprintf(text, CELL_TEXT, "%u", profile->longest.units);
    else
        snprintf(text, CELL_TEXT, "%u-%u", profile->shortest.units,
                 profile->longest.units);
}

static void put_samples(const struct profile *profile, struct buf *text)
{
    for (unsigned i = 0; i < profile->sample_count; i++)
        buf_addf(text, "%s%s", i > 0 ? " · " : "", profile->samples[i].text);
}

/* Appends the name's first line, padded; answers where the others begin, which
 * are in `lines`. */
static const char *put_name(const char *name, const struct layout *layout,
                            struct buf *lines, struct buf *out)
{
    wrap_name(lines, name, INDENT, INDENT + 1, INDENT + layout->name);
    buf_reserve(lines, 1);
    lines->at[lines->len] = '\0';
    char *end = strchr(lines->at, '\n');
    *end = '\0';
    buf_puts(out, "  ");
    aligned_put(out, lines->at, layout->name);
    return end + 1;
}

static void put_column(const struct gather *gather, unsigned at,
                       const struct layout *layout, struct buf *out)
{
    const struct profile *profile = &gather->columns[at].profile;
    char cells[FIXED][CELL_TEXT];
    struct buf samples = {0}, lines = {0};
    put_percent(profile, cells[FILL]);
    snprintf(cells[TYPE], CELL_TEXT, "%s", profile_type(profile));
    put_distinct(profile, cells[DISTINCT]);
    put_length(profile, cells[LENGTH]);
    snprintf(cells[LOOKS_LIKE], CELL_TEXT, "%s",
             look_name(gather->columns[at].look));
    put_samples(profile, &samples);
    const char *more =
        put_name(gather->input->columns.all[at].name, layout, &lines, out);
    for (unsigned i = 0; i < FIXED; i++)
        aligned_put(out, cells[i], fixed[i].width);
    if (layout->samples > 0)
        aligned_put(out, buf_text(&samples), layout->samples);
    aligned_end(out);
    buf_puts(out, more);
    if (layout->samples == 0 && samples.len > 0) {
        buf_puts(out, "    ");
        aligned_put(out, buf_text(&samples), layout->width - 4);
        aligned_end(out);
    }
    buf_release(&samples);
    buf_release(&lines);
}

void columns_put(const struct gather *gather, size_t width, struct buf *out)
{
    struct layout layout = layout_of(gather, width);
    if (gather->count == 0)
        return;
    buf_puts(out, "  ");
    aligned_put(out, "Column", layout.name);
    for (unsigned i = 0; i < FIXED; i++)
        aligned_put(out, fixed[i].title, fixed[i].width);
    buf_puts(out, layout.samples > 0 ? "Samples" : "");
    aligned_end(out);
    for (unsigned i = 0; i < gather->count && i < SHOWN; i++)
        put_column(gather, i, &layout, out);
    if (gather->count > SHOWN)
        buf_addf(out, "  … and %u columns more (--json tells all)\n",
                 gather->count - SHOWN);
}
