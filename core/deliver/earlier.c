/* earlier.c: records are kept in the order of their rows, so that one is found
 * by its place without a table of its own. */
#include "earlier.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

struct earlier_record {
    uint64_t key, number; /* the line, or the index where there are no lines */
    uint32_t input, sheet;
    uint32_t json, json_len; /* in earlier->json */
};

void earlier_release(struct earlier *earlier)
{
    buf_release(&earlier->json);
    free(earlier->all);
    *earlier = (struct earlier){0};
}

static uint64_t number_of(const struct place *place)
{
    return place->line > 0 ? place->line : place->index;
}

/* Does the kept record stand before the place, or behind it? */
static int compare(const struct earlier_record *kept, unsigned input,
                   const struct place *place)
{
    uint64_t number = number_of(place);
    if (kept->input != input)
        return kept->input < input ? -1 : 1;
    if (kept->sheet != place->sheet)
        return kept->sheet < place->sheet ? -1 : 1;
    return (kept->number > number) - (kept->number < number);
}

/* One of a sheet whose rows are out of order would not be found. */
void earlier_keep(struct earlier *earlier, unsigned input,
                  const struct chunk *chunk, const struct record *record)
{
    size_t each = sizeof *earlier->all;
    if (earlier->json.len + record->json_len + (earlier->count + 1) * each >
        EARLIER_MAX)
        return;
    if (earlier->count > 0 &&
        compare(&earlier->all[earlier->count - 1], input, &record->place) > 0)
        return;
    if (earlier->count == earlier->cap) {
        earlier->cap = earlier->cap ? 2 * earlier->cap : 256;
        earlier->all = mem_resize(earlier->all, earlier->cap * each);
    }
    earlier->all[earlier->count++] = (struct earlier_record){
        .key = record->key_hash[0],
        .number = number_of(&record->place),
        .input = input,
        .sheet = record->place.sheet,
        .json = (uint32_t)earlier->json.len,
        .json_len = record->json_len,
    };
    buf_add(&earlier->json, chunk->json.at + record->json, record->json_len);
}

static struct span find_kept(const struct earlier *earlier,
                             const struct earlier_question *question)
{
    const struct seen_record *before = question->before;
    uint32_t from = 0, upto = earlier->count;
    while (from < upto) {
        uint32_t middle = from + (upto - from) / 2;
        if (compare(&earlier->all[middle], before->input, &before->place) < 0)
            from = middle + 1;
        else
            upto = middle;
    }
    /* A row may have made several records. */
    for (; from < earlier->count; from++) {
        const struct earlier_record *kept = &earlier->all[from];
        if (kept->input != before->input ||
            kept->sheet != before->place.sheet ||
            kept->number != number_of(&before->place))
            break;
        if (kept->key == question->key)
            return (struct span){earlier->json.at + kept->json, kept->json_len};
    }
    return (struct span){NULL, 0};
}

/* The first one at that place, as a row may have made several. */
static struct span find_in_chunk(const struct earlier_question *question)
{
    const struct seen_record *before = question->before;
    const struct chunk *chunk = question->chunk;
    uint64_t number = number_of(&before->place);
    struct span found = {NULL, 0};
    if (before->input != question->input)
        return found;
    for (uint32_t i = question->at; i-- > 0;) {
        const struct record *record = &chunk->records[i];
        if (record->place.sheet != before->place.sheet ||
            number_of(&record->place) < number)
            break;
        if (number_of(&record->place) == number &&
            record->key_hash[0] == question->key)
            found =
                (struct span){chunk->json.at + record->json, record->json_len};
    }
    return found;
}

struct span earlier_find(const struct earlier *earlier,
                         const struct earlier_question *question)
{
    struct span found = find_kept(earlier, question);
    return found.len > 0 ? found : find_in_chunk(question);
}

/* Bytes that both begin with, up to a letter's end. */
static size_t common_start(const struct buf *a, const struct buf *b)
{
    size_t len = a->len < b->len ? a->len : b->len, same = 0;
    while (same < len && a->at[same] == b->at[same])
        same++;
    while (same > 0 && same < a->len &&
           ((unsigned char)a->at[same] & 0xC0) == 0x80)
        same--;
    return same;
}

/* The value, as far as it takes to see the difference. */
static void put_value(struct buf *out, const struct buf *value, size_t same)
{
    enum { SHOWN = 40, BEFORE = 12 };
    const char *at = value->at, *end = value->at + value->len;
    if (value->len == 0) {
        buf_puts(out, "nothing");
        return;
    }
    buf_putc(out, '"');
    if (utf8_units(at, same) > SHOWN - BEFORE) {
        const char *from = at + same;
        for (int i = 0; i < BEFORE; i++)
            utf8_last(at, &from);
        buf_puts(out, "…");
        at = from;
    }
    size_t shown = utf8_cut(at, (size_t)(end - at), SHOWN);
    buf_add(out, at, shown);
    buf_puts(out, at + shown < end ? "…\"" : "\"");
}

static void take_value(struct buf *value, const struct field *field,
                       struct span json)
{
    buf_reserve(value, 1);
    form_value(json.text, json.len, field->wire, value);
}

static void put_values(struct buf *out, const struct field *field,
                       struct span there, struct span here)
{
    struct buf a = {0}, b = {0};
    take_value(&a, field, there);
    take_value(&b, field, here);
    size_t same = common_start(&a, &b);
    put_value(out, &a, same);
    buf_puts(out, " there, ");
    put_value(out, &b, same);
    buf_puts(out, " here");
    buf_release(&a);
    buf_release(&b);
}

void earlier_differ_in(struct buf *out, const struct field *field,
                       struct span there, struct span here)
{
    buf_addf(out, ", with another %s: ", field->name);
    put_values(out, field, there, here);
}

static bool differs(const struct field *field, struct span there,
                    struct span here)
{
    struct buf a = {0}, b = {0};
    take_value(&a, field, there);
    take_value(&b, field, here);
    bool other =
        a.len != b.len || (a.len > 0 && memcmp(a.at, b.at, a.len) != 0);
    buf_release(&a);
    buf_release(&b);
    return other;
}

void earlier_differ(struct buf *out, const struct form *form, unsigned key,
                    struct span there, struct span here)
{
    unsigned i = 0;
    while (i < form->count &&
           (i == key || !differs(&form->fields[i], there, here)))
        i++;
    if (i < form->count) {
        earlier_differ_in(out, &form->fields[i], there, here);
        return;
    }
    buf_puts(out, ", spelt in another way: ");
    put_values(out, &form->fields[key], there, here);
}
