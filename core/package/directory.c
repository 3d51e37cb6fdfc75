/* directory.c: from the end record to the directory, and through its entries.
 *
 * By hand, as what is wanted is where a member's bytes stand, so that several
 * threads can unpack several of them: libzip does not tell. The layout is
 * that of APPNOTE.TXT 6.3.10, 4.3. */
#include "directory.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/number.h"

enum {
    END = 0x06054B50,
    END_LEN = 22,
    END_64 = 0x06064B50,
    END_64_LEN = 56,
    LOCATOR_64 = 0x07064B50,
    LOCATOR_64_LEN = 20,
    LOCAL = 0x04034B50,
    LOCAL_LEN = 30,
    ENTRY = 0x02014B50,
    ENTRY_LEN = 46,
    EXTRA_64 = 1,
    COMMENT_MAX = 0xFFFF,
    MEMBERS_MAX = 1 << 16,
    DIRECTORY_MAX = 64 << 20,
};

/* Where the directory is, as the archive says. */
struct zip_end {
    uint64_t at; /* of the end record, or of the longer one before it */
    uint64_t directory, len, count;
    unsigned part; /* of a split archive, from 0 */
    bool is_64;
};

/* A failed read names its file, which our caller does for all failures. */
static bool unnamed(const struct zip *zip, struct err *err)
{
    size_t len = strlen(zip->source->path);
    if (strncmp(err->text, zip->source->path, len) == 0 &&
        strncmp(err->text + len, ": ", 2) == 0)
        memmove(err->text, err->text + len + 2,
                strlen(err->text + len + 2) + 1);
    return false;
}

bool zip_read_at(const struct zip *zip, uint64_t at, void *into, size_t len,
                 struct err *err)
{
    for (size_t done = 0, got; done < len; done += got) {
        if (!source_read_at(zip->source, at + done, (char *)into + done,
                            len - done, &got, err))
            return unnamed(zip, err);
        if (got == 0)
            return err_set(err, EXIT_INPUT,
                           "the archive is cut off: it was not copied whole");
    }
    return true;
}

static bool lies(struct err *err, const char *what)
{
    return err_set(err, EXIT_INPUT,
                   "the archive is damaged: %s; save or copy it once more",
                   what);
}

static bool no_end(const struct zip *zip, struct err *err)
{
    uint8_t head[4] = {0};
    if (source_size(zip->source) >= END_LEN &&
        !zip_read_at(zip, 0, head, sizeof head, err))
        return false;
    uint32_t mark = zip_32(head);
    if (mark != LOCAL && mark != ENTRY && mark != END)
        return err_set(err, EXIT_INPUT, "it is no zip archive");
    return err_set(err, EXIT_INPUT,
                   "the archive is cut off: its directory, which stands at its "
                   "end, is missing; copy it once more");
}

/* Where the last thing in the tail is that may be an end record; SIZE_MAX:
 * there is none. */
static size_t find_end(const uint8_t *tail, size_t len)
{
    for (size_t at = len - END_LEN + 1; at-- > 0;)
        if (zip_32(tail + at) == END &&
            at + END_LEN + zip_16(tail + at + 20) <= len)
            return at;
    return SIZE_MAX;
}

/* The longer record for large archives; where there is none, all stays. */
static bool read_end_64(const struct zip *zip, struct zip_end *end,
                        struct err *err)
{
    uint8_t locator[LOCATOR_64_LEN], record[END_64_LEN];
    if (end->at < LOCATOR_64_LEN + END_64_LEN)
        return true;
    uint64_t before = end->at - LOCATOR_64_LEN;
    if (!zip_read_at(zip, before, locator, sizeof locator, err))
        return false;
    if (zip_32(locator) != LOCATOR_64)
        return true;
    uint64_t at = zip_64(locator + 8);
    if (at > before - END_64_LEN)
        at = before - END_64_LEN;
    if (!zip_read_at(zip, at, record, sizeof record, err))
        return false;
    if (zip_32(record) != END_64) { /* it was moved */
        at = before - END_64_LEN;
        if (!zip_read_at(zip, at, record, sizeof record, err))
            return false;
    }
    if (zip_32(record) != END_64)
        return lies(err, "its end does not say where its directory is");
    *end = (struct zip_end){.at = at,
                            .count = zip_64(record + 32),
                            .len = zip_64(record + 40),
                            .directory = zip_64(record + 48),
                            .is_64 = true};
    return true;
}

static bool look_at_end(const struct zip *zip, struct zip_end *end, bool *found,
                        struct err *err)
{
    uint64_t size = source_size(zip->source);
    size_t len =
        size < END_LEN + COMMENT_MAX ? (size_t)size : END_LEN + COMMENT_MAX;
    *found = false;
    if (size < END_LEN)
        return true;
    uint8_t *tail = mem_alloc(len);
    bool good = zip_read_at(zip, size - len, tail, len, err);
    size_t place = good ? find_end(tail, len) : SIZE_MAX;
    if (place != SIZE_MAX) {
        const uint8_t *at = tail + place;
        *found = true;
        *end = (struct zip_end){.at = size - len + place,
                                .part = zip_16(at + 4),
                                .count = zip_16(at + 10),
                                .len = zip_32(at + 12),
                                .directory = zip_32(at + 16)};
    }
    free(tail);
    return good;
}

static bool is_split(const struct zip_end *end)
{
    return end->part != 0 && end->part != 0xFFFF;
}

static bool read_end(const struct zip *zip, struct zip_end *end,
                     struct err *err)
{
    bool found;
    if (!look_at_end(zip, end, &found, err))
        return false;
    if (!found)
        return no_end(zip, err);
    if (is_split(end))
        return err_set(err, EXIT_INPUT,
                       "it is one piece of a split archive: join them");
    return read_end_64(zip, end, err);
}

enum zip_tail zip_tail(struct source *source)
{
    const struct zip zip = {.source = source};
    struct zip_end end = {0};
    struct err unsaid;
    uint8_t mark[4];
    bool found;
    if (!look_at_end(&zip, &end, &found, &unsaid) || !found ||
        end.len < sizeof mark || end.len > end.at ||
        !zip_read_at(&zip, end.at - end.len, mark, sizeof mark, &unsaid) ||
        zip_32(mark) != ENTRY)
        return ZIP_TAIL_NONE;
    return is_split(&end) || end.directory > end.at - end.len ? ZIP_TAIL_PART
                                                              : ZIP_TAIL_WHOLE;
}

/* Where places are those of a shorter file, something stands before it, which
 * may be an archive as well, with a directory just there. */
static bool check_place(const struct zip *zip, const struct zip_end *end,
                        struct err *err)
{
    uint8_t mark[4];
    char before[NUMBER_TEXT];
    if (end->len > end->at || end->directory > end->at - end->len)
        return lies(err, "its directory is not where its end says");
    if (end->len < sizeof mark || end->directory + end->len == end->at)
        return true;
    uint64_t place = end->at - end->len;
    if (!zip_read_at(zip, place, mark, sizeof mark, err))
        return false;
    if (zip_32(mark) != ENTRY) /* it stands between the two */
        return true;
    number_text(place - end->directory, before);
    return err_set(err, EXIT_INPUT,
                   "%s bytes stand before it that are not its own (another "
                   "archive?); unpack it",
                   before);
}

/* The number that the short field has no room for, out of the extra field. */
static bool take_64(uint64_t *number, const uint8_t **at, const uint8_t *end)
{
    if (*number != UINT32_MAX)
        return true;
    if (end - *at < 8)
        return false;
    *number = zip_64(*at);
    *at += 8;
    return true;
}

static bool read_extra(struct zip_member *member, const uint8_t *at,
                       const uint8_t *end)
{
    while (end - at >= 4) {
        const uint8_t *field = at + 4;
        size_t len = zip_16(at + 2);
        if (len > (size_t)(end - field))
            return true; /* some writers pad it with anything */
        if (zip_16(at) == EXTRA_64)
            return take_64(&member->size, &field, field + len) &&
                   take_64(&member->packed, &field, at + 4 + len) &&
                   take_64(&member->at, &field, at + 4 + len);
        at = field + len;
    }
    return true;
}

/* The byte of "%20", or 0: it is none. */
static char escaped_byte(const char *at)
{
    int high = *at == '%' ? ascii_hex(at[1]) : -1;
    int low = high >= 0 ? ascii_hex(at[2]) : -1;
    return (char)(low >= 0 ? high << 4 | low : 0);
}

void zip_fold(char *name)
{
    char *to = name;
    for (char byte; *name != '\0'; name++) {
        if ((byte = escaped_byte(name)) != '\0')
            name += 2;
        else
            byte = *name;
        *to++ = byte == '\\' ? '/' : ascii_lower(byte);
    }
    *to = '\0';
}

static void set_name(struct zip *zip, struct zip_member *member,
                     const uint8_t *text, size_t len)
{
    while (len > 0 && (*text == '/' || *text == '\\')) {
        text++;
        len--;
    }
    char *name = arena_alloc(&zip->arena, len + 1);
    char *key = arena_alloc(&zip->arena, len + 1);
    for (size_t i = 0; i < len; i++)
        name[i] = text[i] == '\0' ? '?' : (char)text[i];
    name[len] = '\0';
    memcpy(key, name, len + 1);
    zip_fold(key);
    member->name = name;
    member->key = key;
}

/* Folders are no parts. */
static bool is_folder(const struct zip_member *member)
{
    size_t len = strlen(member->key);
    return len == 0 || member->key[len - 1] == '/';
}

/* One entry; *at moves past it. */
static bool read_entry(struct zip *zip, const uint8_t **at, const uint8_t *end,
                       struct zip_member *member)
{
    const uint8_t *entry = *at, *name = entry + ENTRY_LEN;
    if (end - entry < ENTRY_LEN || zip_32(entry) != ENTRY)
        return false;
    size_t len = zip_16(entry + 28), extra = zip_16(entry + 30);
    size_t rest = len + extra + zip_16(entry + 32);
    if (rest > (size_t)(end - name))
        return false;
    member->flags = zip_16(entry + 8);
    member->method = zip_16(entry + 10);
    member->checksum = zip_32(entry + 16);
    member->packed = zip_32(entry + 20);
    member->size = zip_32(entry + 24);
    member->at = zip_32(entry + 42);
    set_name(zip, member, name, len);
    *at = name + rest;
    return read_extra(member, name + len, name + len + extra);
}

/* How many entries there are, at most. */
static size_t count_entries(const uint8_t *at, const uint8_t *end)
{
    size_t count = 0;
    while (end - at >= ENTRY_LEN && zip_32(at) == ENTRY) {
        size_t rest =
            (size_t)zip_16(at + 28) + zip_16(at + 30) + zip_16(at + 32);
        count++;
        if (rest >= (size_t)(end - at) - ENTRY_LEN)
            break;
        at += ENTRY_LEN + rest;
    }
    return count;
}

static bool too_many(uint64_t count, struct err *err)
{
    char text[NUMBER_TEXT], most[NUMBER_TEXT];
    return err_set(err, EXIT_INPUT,
                   "the archive has %s members, at most %s are read" ERR_FIXED,
                   number_text(count, text), number_text(MEMBERS_MAX, most));
}

static bool read_entries(struct zip *zip, const struct zip_end *end,
                         const uint8_t *bytes, struct err *err)
{
    const uint8_t *at = bytes, *stop = bytes + end->len;
    size_t count = count_entries(bytes, stop);
    if (count > MEMBERS_MAX)
        return too_many(count, err);
    if (count != end->count && (end->is_64 || (count & 0xFFFF) != end->count))
        return lies(err, "its directory has another length than its end says");
    zip->members = mem_zero(count + 1, sizeof *zip->members);
    for (size_t i = 0; i < count; i++) {
        struct zip_member *member = &zip->members[zip->count];
        if (!read_entry(zip, &at, stop, member) ||
            member->at > end->directory || member->packed > end->directory)
            return lies(err, "an entry of its directory says what cannot be");
        member->end = end->directory;
        if (!is_folder(member))
            zip->count++;
    }
    return true;
}

bool zip_read_directory(struct zip *zip, struct err *err)
{
    struct zip_end end = {0};
    if (!read_end(zip, &end, err))
        return false;
    if (end.count > MEMBERS_MAX)
        return too_many(end.count, err);
    if (!check_place(zip, &end, err))
        return false;
    if (end.len > DIRECTORY_MAX)
        return err_set(
            err, EXIT_INPUT,
            "the archive's directory is longer than 64 MiB" ERR_FIXED);
    uint8_t *bytes = mem_alloc((size_t)end.len + 1);
    bool good = zip_read_at(zip, end.directory, bytes, (size_t)end.len, err) &&
                read_entries(zip, &end, bytes, err);
    free(bytes);
    return good;
}
