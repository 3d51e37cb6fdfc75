/* strings.c: texts in blocks, one after the other.
 *
 * A string is <si> with one <t>, or with several in runs <r> of one look; what
 * stands in <rPh> says how to pronounce it and is left out. Text that waits for
 * more of its part is read from its <si> on again. */
#include "strings.h"

#include <stdlib.h>
#include <string.h>

#include "ahead.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/scan.h"
#include "letters.h"
#include "plain.h"
#include "tag.h"

enum {
    BLOCK = 256 * 1024,
    PAGE = 4096,   /* places of strings */
    READY = 4,     /* beside VALUE_WIDE and VALUE_SPECIAL */
    FLAG_BITS = 3, /* under a text's length */
};

/* Beside the text, so that who only passes a cell on never looks there. */
struct place {
    uint32_t at;   /* in the blocks */
    uint32_t head; /* its length, and its flags */
};

struct xlsx_strings {
    char **blocks; /* a text that is longer than one has several in a row */
    uint32_t block_count, block_cap;
    size_t room; /* bytes free at the end of the last block */
    struct place **pages;
    uint32_t page_cap, count;
    struct buf scratch;
    size_t longest;
    bool plain; /* read as it stands: what is odd shows only now */
};

static void add_block(struct xlsx_strings *strings, char *block)
{
    if (strings->block_count == strings->block_cap) {
        strings->block_cap = strings->block_cap * 2 + 16;
        strings->blocks = mem_resize(
            strings->blocks, strings->block_cap * sizeof *strings->blocks);
    }
    strings->blocks[strings->block_count++] = block;
}

/* Room for `len` bytes in a row; *place is where. */
static char *take_room(struct xlsx_strings *strings, size_t len,
                       uint32_t *place)
{
    if (len > strings->room) {
        size_t whole = (len + BLOCK - 1) / BLOCK;
        char *block = mem_alloc(whole * BLOCK + COPY_STEP);
        for (size_t i = 0; i < whole; i++)
            add_block(strings, i == 0 ? block : NULL);
        strings->room = whole * BLOCK;
        *place = (strings->block_count - (uint32_t)whole) * BLOCK;
        strings->room = whole > 1 ? 0 : BLOCK - len;
        return block;
    }
    char *block = strings->blocks[strings->block_count - 1];
    size_t taken = BLOCK - strings->room;
    *place = (strings->block_count - 1) * BLOCK + (uint32_t)taken;
    strings->room -= len;
    return block + taken;
}

static void add_place(struct xlsx_strings *strings, struct place place)
{
    uint32_t page = strings->count / PAGE;
    if (page == strings->page_cap) {
        strings->page_cap = page * 2 + 16;
        strings->pages = mem_resize(strings->pages,
                                    strings->page_cap * sizeof *strings->pages);
    }
    if (strings->count % PAGE == 0)
        strings->pages[page] = mem_alloc(PAGE * sizeof **strings->pages);
    strings->pages[page][strings->count++ % PAGE] = place;
}

static bool add(struct xlsx_strings *strings, const char *text, size_t len,
                unsigned flags, struct err *err)
{
    struct place place;
    if (len > UINT32_MAX >> FLAG_BITS ||
        strings->block_count >= UINT32_MAX / BLOCK - len / BLOCK - 1 ||
        strings->count == UINT32_MAX)
        return err_set(
            err, EXIT_INPUT,
            "more than 4 GiB of shared strings, or 512 MiB of one" ERR_FIXED);
    bool ready = xlsx_letters_ready(text, len, flags);
    place.head = (uint32_t)len << FLAG_BITS |
                 (flags & (VALUE_WIDE | VALUE_SPECIAL)) | (ready ? READY : 0);
    place.at = 0;
    if (len > 0)
        memcpy(take_room(strings, len, &place.at), text, len);
    add_place(strings, place);
    return true;
}

/* One string's texts as they are gathered. */
struct gathering {
    struct xlsx_strings *strings;
    const char *why;
    bool more; /* its end is not in view */
};

/* What follows the text that `tag` opens, appended to the scratch. */
static const char *gather_text(struct gathering *gathering, const char *at,
                               const char *end, const struct xlsx_tag *tag)
{
    if (tag->empty)
        return at;
    const char *close = memchr(at, '<', (size_t)(end - at));
    if (close != NULL &&
        !xlsx_letters_put(&gathering->strings->scratch, at,
                          (size_t)(close - at), &gathering->why))
        return NULL;
    return close;
}

/* What follows the string; NULL: it is not whole, or cannot be used. */
static const char *gather(struct gathering *gathering, const char *at,
                          const char *end)
{
    struct xlsx_tag tag;
    buf_clear(&gathering->strings->scratch);
    while (at != NULL) {
        at = xlsx_tag_next(at, end, &tag);
        if (at == NULL || xlsx_tag_closes(&tag, "si"))
            break;
        if (xlsx_tag_opens(&tag, "t"))
            at = gather_text(gathering, at, end, &tag);
        else if (xlsx_tag_opens(&tag, "rPh"))
            at = xlsx_tag_skip(at, end, &tag);
    }
    gathering->more = at == NULL && gathering->why == NULL;
    return at;
}

/* The usual string, <si><t>text</t></si>, without the scratch; NULL: it is
 * another one. `at` is behind <si>. */
static const char *take_usual(const char *at, const char *end,
                              const char **text, size_t *len, unsigned *flags)
{
    static const char before[] = "<t>", after[] = "</t></si>";
    static const char kept[] = "<t xml:space=\"preserve\">";
    enum { BEFORE = 3, AFTER = sizeof after - 1, KEPT = sizeof kept - 1 };
    if (end - at < KEPT + AFTER)
        return NULL;
    if (memcmp(at, before, BEFORE) == 0)
        at += BEFORE;
    else if (memcmp(at, kept, KEPT) == 0)
        at += KEPT;
    else
        return NULL;
    *text = at;
    at = memchr(at, '<', (size_t)(end - at));
    if (at == NULL || end - at < AFTER || memcmp(at, after, AFTER) != 0)
        return NULL;
    *len = (size_t)(at - *text);
    return xlsx_letters_plain(*text, *len, flags) ? at + AFTER : NULL;
}

/* ODD: the text is not plain after all (tag.h). */
enum taken { TAKEN, MORE, ODD, FAILED };

/* The string whose tag ends before `*at`. */
static enum taken take_string(struct xlsx_strings *strings, const char **at,
                              const char *end, const struct xlsx_tag *tag,
                              struct err *err)
{
    struct gathering gathering = {.strings = strings};
    const char *text = "", *next = *at;
    size_t len = 0;
    unsigned flags = 0;
    if (!tag->empty)
        next = take_usual(*at, end, &text, &len, &flags);
    if (next == NULL) {
        next = gather(&gathering, *at, end);
        const char *seen = next != NULL ? next : end;
        if (strings->plain && xlsx_plain_is_odd(*at, (size_t)(seen - *at)))
            return ODD;
        if (next == NULL && gathering.more)
            return MORE;
        if (next == NULL) {
            err_set(err, EXIT_INPUT, "string %lu: %s",
                    (unsigned long)strings->count + 1, gathering.why);
            return FAILED;
        }
        text = strings->scratch.at;
        len = strings->scratch.len;
        flags = scan_text(text, len);
    }
    *at = next;
    return add(strings, text, len, flags, err) ? TAKEN : FAILED;
}

/* What follows the tag of the next string, or another one. */
static const char *next_tag(const char *at, const char *end,
                            struct xlsx_tag *tag)
{
    static const char usual[] = "<si>";
    enum { USUAL = sizeof usual - 1 };
    if (end - at < USUAL || memcmp(at, usual, USUAL) != 0)
        return xlsx_tag_next(at, end, tag);
    *tag = (struct xlsx_tag){.start = at, .name = at + 1, .len = USUAL - 2};
    return at + USUAL;
}

/* All strings that are whole in [*at, end); moves *at past them. MORE: the
 * next one begins there. */
static enum taken take_strings(struct xlsx_strings *strings, const char **at,
                               const char *end, struct err *err)
{
    struct xlsx_tag tag;
    const char *next;
    while ((next = next_tag(*at, end, &tag)) != NULL) {
        enum taken taken = TAKEN;
        if (strings->plain &&
            (xlsx_tag_begins(&tag, '!') || xlsx_tag_begins(&tag, '?')))
            return ODD;
        if (xlsx_tag_opens(&tag, "si"))
            taken = take_string(strings, &next, end, &tag, err);
        if (taken == MORE)
            *at = tag.start;
        if (taken != TAKEN)
            return taken;
        *at = next;
    }
    return TAKEN;
}

/* What is left of the text waits at its front. */
static void keep_rest(struct buf *text, const char *at)
{
    size_t left = text->len - (size_t)(at - text->at);
    memmove(text->at, at, left);
    text->len = left;
}

/* *odd: the part is not plain after all, and is to be heard. */
static bool read_all(struct xlsx_strings *strings, struct xlsx_ahead *ahead,
                     bool *odd, struct err *err)
{
    struct buf text = {0};
    bool good = true, more = true;
    enum taken taken = TAKEN;
    *odd = false;
    while (good && more && !*odd) {
        size_t from = text.len;
        good = xlsx_ahead_read(ahead, &text,
                               xlsx_plain_want(from, strings->longest), err);
        more = text.len > from;
        if (!good || !more)
            break;
        const char *at = text.at;
        taken = take_strings(strings, &at, text.at + text.len, err);
        *odd = taken == ODD;
        good = taken != FAILED;
        keep_rest(&text, at);
        if (good && text.len > strings->longest)
            good = err_set(err, EXIT_INPUT, "string %lu " XLSX_TOO_LONG,
                           (unsigned long)strings->count + 1, strings->longest);
    }
    buf_release(&text);
    if (good && taken == MORE)
        return err_set(err, EXIT_INPUT, "the strings end within one of them");
    return good;
}

static struct xlsx_strings *read_part(struct zip *zip, unsigned part,
                                      size_t longest, bool heard, bool *odd,
                                      struct err *err)
{
    struct xlsx_strings *strings = mem_zero(1, sizeof *strings);
    strings->longest = longest;
    struct xlsx_plain *plain = xlsx_plain_open(zip, part, heard, err);
    bool good = plain != NULL;
    if (good) {
        struct xlsx_ahead *ahead =
            xlsx_ahead_open(plain, zip_part_size(zip, part));
        strings->plain = !xlsx_plain_heard(plain);
        good = read_all(strings, ahead, odd, err);
        xlsx_ahead_close(ahead);
    }
    xlsx_plain_close(plain);
    if (good && !*odd)
        return strings;
    xlsx_strings_free(strings);
    return NULL;
}

struct xlsx_strings *xlsx_strings_read(struct zip *zip, int part,
                                       size_t longest, struct err *err)
{
    bool odd = false;
    if (part < 0)
        return mem_zero(1, sizeof(struct xlsx_strings));
    struct xlsx_strings *strings =
        read_part(zip, (unsigned)part, longest, false, &odd, err);
    return odd ? read_part(zip, (unsigned)part, longest, true, &odd, err)
               : strings;
}

void xlsx_strings_free(struct xlsx_strings *strings)
{
    if (strings == NULL)
        return;
    for (uint32_t i = 0; i < strings->block_count; i++)
        free(strings->blocks[i]);
    for (uint32_t i = 0; i * PAGE < strings->count; i++)
        free(strings->pages[i]);
    free(strings->blocks);
    free(strings->pages);
    buf_release(&strings->scratch);
    free(strings);
}

uint32_t xlsx_strings_count(const struct xlsx_strings *strings)
{
    return strings->count;
}

void xlsx_strings_fetch(const struct xlsx_strings *strings, uint32_t number)
{
    __builtin_prefetch(&strings->pages[number / PAGE][number % PAGE]);
}

struct value xlsx_strings_at(const struct xlsx_strings *strings,
                             uint32_t number, bool *ready)
{
    static const struct value blank = {.text = "", .type = VALUE_TEXT};
    struct place place = strings->pages[number / PAGE][number % PAGE];
    *ready = (place.head & READY) != 0;
    if (place.head >> FLAG_BITS == 0)
        return blank;
    return (struct value){.text = strings->blocks[place.at / BLOCK] +
                                  place.at % BLOCK,
                          .len = place.head >> FLAG_BITS,
                          .type = VALUE_TEXT,
                          .flags = place.head & (VALUE_WIDE | VALUE_SPECIAL)};
}
