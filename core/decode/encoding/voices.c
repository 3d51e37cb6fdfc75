/* voices.c: each encoding reads the text, and counts. windows-1252 reads it as
 * well: what it reads as syllables too says nothing. */
#include "voices.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "charset/charset.h"
#include "charset/letters.h"
#include "charset/page.h"
#include "charset/syllable.h"

static const char *const encodings[] = {"TCVN3", "VNI", "windows-1258",
                                        "VISCII", "VPS"};
enum { ENCODINGS = sizeof encodings / sizeof *encodings, FEW = 20, WORD = 24 };
enum { ENOUGH = 2 }; /* one word may be an accident */

static const char latin[] = "windows-1252";

/* A word of `count` letters ends; one letter alone says nothing. */
static void take_word(struct voice *voice, const int32_t *word, size_t count)
{
    bool wide = false;
    if (count < 2)
        return;
    for (size_t i = 0; i < count && i < WORD; i++)
        wide |= word[i] < 0 || word[i] >= 0x80;
    voice->words += wide;
    voice->syllables += wide && count <= WORD && is_syllable(word, count);
}

/* What cannot be read is part of its word, and so are signs in place of
 * letters. */
static void count_words(struct voice *voice, const char *at, const char *end)
{
    int32_t word[WORD];
    size_t count = 0;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        if (rune < 0 || letter_is_latin(rune) || page_is_mark(rune)) {
            if (count < WORD)
                word[count] = rune;
            count++;
            continue;
        }
        take_word(voice, word, count);
        count = 0;
    }
    take_word(voice, word, count);
}

static bool read_in(const char *name, const char *head, size_t len,
                    struct buf *text)
{
    struct transcoder transcoder;
    if (!transcoder_open(&transcoder, name))
        return false;
    transcoder_decode(&transcoder, head, len, true, text);
    transcoder_close(&transcoder);
    return true;
}

static struct voice hear(const char *name, const char *head, size_t len)
{
    struct voice voice = {.name = name};
    struct buf text = {0};
    if (read_in(name, head, len, &text))
        count_words(&voice, text.at, text.at + text.len);
    buf_release(&text);
    return voice;
}

/* Of a hundred words. */
static unsigned share(const struct voice *voice)
{
    return voice->words > 0 ? (unsigned)(100 * voice->syllables / voice->words)
                            : 0;
}

struct voices voices_of(const char *head, size_t len)
{
    struct voices voices = {{0}, {0}};
    struct voice plain = hear(latin, head, len);
    for (size_t i = 0; i < ENCODINGS; i++) {
        struct voice voice = hear(encodings[i], head, len);
        if (share(&voice) > share(&voices.best)) {
            voices.next = voices.best;
            voices.best = voice;
        } else if (share(&voice) > share(&voices.next)) {
            voices.next = voice;
        }
    }
    if (share(&voices.best) < 70 || voices.best.syllables < ENOUGH ||
        voices.best.syllables <= plain.syllables)
        voices.best.name = NULL;
    return voices;
}

/* Places of `mark` behind one of `bases`. */
static size_t count_pairs(const char *head, size_t len, const char *bases,
                          char mark)
{
    size_t found = 0;
    for (size_t i = 1; i < len; i++)
        found += head[i] == mark && head[i - 1] != '\0' &&
                 strchr(bases, head[i - 1]) != NULL;
    return found;
}

const char *voices_of_ascii(const char *head, size_t len)
{
    enum { SOME = 5 };
    struct voice viqr;
    if (count_pairs(head, len, "&", '#') >= SOME) {
        struct voice ncr = hear("NCR", head, len);
        return share(&ncr) >= 70 ? "NCR" : NULL;
    }
    if (count_pairs(head, len, "aeoAEO", '^') +
            count_pairs(head, len, "ouOU", '+') <
        SOME)
        return NULL;
    viqr = hear("VIQR", head, len);
    return share(&viqr) >= 70 ? "VIQR" : NULL;
}

bool voices_put_sure(struct buf *out, const char *name, const char *head,
                     size_t len)
{
    struct voices voices = voices_of(head, len);
    const struct voice *best = &voices.best, *next = &voices.next;
    struct voice ascii = hear(name, head, len);
    if (voices_of_ascii(head, len) != NULL) {
        best = &ascii;
        next = &ascii;
    } else if (best->name == NULL || strcasecmp(best->name, name) != 0) {
        return false;
    }
    bool sure = best->words >= FEW && share(best) >= 90 &&
                share(next) + 25 <= share(best);
    buf_addf(out, "%s: %u %% of its words with marks are syllables so",
             sure ? "sure" : "likely", share(best));
    if (next != best && next->name != NULL && share(next) > 0)
        buf_addf(out, ", as %s %u %%", next->name, share(next));
    return true;
}

/* The first line in an encoding, and how many there are. */
struct found {
    const char *name;
    const char *line;
    size_t len, number, count;
    size_t syllables;
};

enum { FOUND = ENCODINGS + 1 };

static struct voice page_of(const char *line, size_t len)
{
    struct voices voices = voices_of(line, len);
    bool alone = voices.next.syllables < voices.best.syllables;
    if (!alone || share(&voices.best) < 90)
        voices.best.name = NULL;
    return voices.best;
}

const char *voices_of_line(const char *line, size_t len)
{
    return page_of(line, len).name;
}

static struct voice encoding_of(const char *line, size_t len)
{
    struct voice utf8 = {.name = "UTF-8"};
    if (utf8_valid(line, len) < len)
        return page_of(line, len);
    count_words(&utf8, line, line + len);
    if (utf8.syllables == 0)
        utf8.name = NULL;
    return utf8;
}

static void note(struct found found[FOUND], const char *line, size_t len,
                 size_t number)
{
    struct voice voice = encoding_of(line, len);
    size_t i = 0;
    if (voice.name == NULL)
        return;
    while (found[i].name != NULL && strcmp(found[i].name, voice.name) != 0)
        i++;
    if (found[i].count == 0)
        found[i] = (struct found){
            .name = voice.name, .line = line, .len = len, .number = number};
    found[i].count++;
    found[i].syllables += voice.syllables;
}

/* `TCVN3 (line 5: "Công ty")`, as it is read so. */
static void put_found(struct buf *out, const struct found *found)
{
    enum { UNITS = 40 };
    struct buf text = {0};
    if (!read_in(found->name, found->line, found->len, &text))
        buf_add(&text, found->line, found->len);
    size_t kept = utf8_cut(text.at, text.len, UNITS);
    buf_addf(out, "%s (line %zu: \"%.*s%s\")", found->name, found->number,
             (int)kept, text.at, kept < text.len ? "…" : "");
    buf_release(&text);
}

/* One word may be an accident, and one line of a code page beside another. */
static bool is_mix(const struct found *one, const struct found *other)
{
    bool utf8 = charset_is_utf8(one->name) || charset_is_utf8(other->name);
    if (one->syllables < ENOUGH || other->syllables < ENOUGH)
        return false;
    return utf8 || (one->count >= ENOUGH && other->count >= ENOUGH);
}

bool voices_put_mix(struct buf *out, const char *head, size_t len)
{
    struct found found[FOUND + 1] = {{0}};
    const char *at = head, *end = head + len;
    for (size_t number = 1; at < end; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t line = (size_t)((stop != NULL ? stop : end) - at);
        note(found, at, line > 0 && at[line - 1] == '\r' ? line - 1 : line,
             number);
        at += stop != NULL ? line + 1 : line;
    }
    for (size_t i = 1; i < FOUND && found[i].name != NULL; i++) {
        if (!is_mix(&found[0], &found[i]))
            continue;
        buf_puts(out, "it mixes ");
        put_found(out, &found[0]);
        buf_puts(out, " and ");
        put_found(out, &found[i]);
        return true;
    }
    return false;
}
