/* mime.c: read once, line by line. A line that begins with a boundary ends a
 * part and begins the next one's head; parts may hold parts, and it is all the
 * same which of the boundaries it is. */
#include "mime.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/mem.h"

enum { BOUNDARIES = 16, MAX_LINE = 4096, MAX_HEAD = 64 * 1024 };

enum state { IN_HEAD, IN_BODY, IN_NOTHING };

struct reading {
    struct mime *mime;
    enum state state;
    struct buf head; /* its lines, unfolded, each with a '\n' after it */
    struct buf line; /* its beginning */
    uint64_t line_at;
    char *boundaries[BOUNDARIES];
    unsigned boundary_count;
};

void mime_release(struct mime *mime)
{
    for (unsigned i = 0; i < mime->count; i++) {
        free(mime->parts[i].type);
        free(mime->parts[i].charset);
        free(mime->parts[i].location);
    }
    free(mime->parts);
    *mime = (struct mime){0};
}

/* The value of a field of the head, up to its line's end, or NULL. */
static const char *find_field(const struct buf *head, const char *name,
                              size_t *len)
{
    size_t size = strlen(name);
    const char *at = head->at, *end = head->at + head->len;
    while (at < end) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        if ((size_t)(next - at) > size && at[size] == ':' &&
            strncasecmp(at, name, size) == 0) {
            for (at += size + 1; *at == ' ' || *at == '\t';)
                at++;
            *len = (size_t)(next - at);
            return at;
        }
        at = next + 1;
    }
    return NULL;
}

/* The first word of a value, in lower case. */
static char *first_word(const char *value, size_t len)
{
    size_t end = 0;
    while (end < len && value[end] != ';' && value[end] != ' ')
        end++;
    char *word = mem_text_n(value, end);
    for (char *at = word; *at != '\0'; at++)
        *at = ascii_lower(*at);
    return word;
}

/* `name="value"` among the words of a field, or NULL. */
static char *parameter(const char *value, size_t len, const char *name)
{
    size_t size = strlen(name);
    for (size_t at = 0; at + size + 1 < len; at++) {
        if ((at > 0 && ascii_letter(value[at - 1])) ||
            strncasecmp(value + at, name, size) != 0 || value[at + size] != '=')
            continue;
        const char *from = value + at + size + 1, *end = value + len;
        bool quoted = from < end && *from == '"';
        from += quoted;
        const char *to = from;
        while (to < end && (quoted ? *to != '"' : *to != ';' && *to != ' '))
            to++;
        return mem_text_n(from, (size_t)(to - from));
    }
    return NULL;
}

static enum part_coding coding_of(const struct buf *head)
{
    size_t len = 0;
    const char *value = find_field(head, "Content-Transfer-Encoding", &len);
    if (value != NULL && len >= 16 &&
        strncasecmp(value, "quoted-printable", 16) == 0)
        return PART_QUOTED;
    if (value != NULL && len >= 6 && strncasecmp(value, "base64", 6) == 0)
        return PART_BASE64;
    return PART_PLAIN;
}

static bool add_part(struct mime *mime, const struct mime_part *part)
{
    if (mime->count == MIME_PARTS)
        return false;
    if (mime->count == mime->cap) {
        mime->cap = mime->cap > 0 ? 2 * mime->cap : 8;
        mime->parts = mem_resize(mime->parts, mime->cap * sizeof *mime->parts);
    }
    mime->parts[mime->count++] = *part;
    return true;
}

static void add_boundary(struct reading *reading, char *boundary)
{
    if (boundary != NULL && *boundary != '\0' &&
        reading->boundary_count < BOUNDARIES)
        reading->boundaries[reading->boundary_count++] = boundary;
    else
        free(boundary);
}

/* The head has ended: of a part, or of what holds parts. */
static bool end_head(struct reading *reading, uint64_t at, struct err *err)
{
    size_t len = 0, location_len = 0;
    const struct buf *head = &reading->head;
    const char *type = find_field(head, "Content-Type", &len);
    const char *location = find_field(head, "Content-Location", &location_len);
    if (type != NULL && len >= 10 && strncasecmp(type, "multipart/", 10) == 0) {
        add_boundary(reading, parameter(type, len, "boundary"));
        reading->state = IN_NOTHING;
        buf_clear(&reading->head);
        return true;
    }
    struct mime_part part = {
        .begin = at,
        .end = at,
        .coding = coding_of(head),
        .type = type ? first_word(type, len) : mem_text("text/plain"),
        .charset = type ? parameter(type, len, "charset") : NULL,
        .location = location ? mem_text_n(location, location_len) : NULL,
    };
    reading->state = IN_BODY;
    buf_clear(&reading->head);
    if (add_part(reading->mime, &part))
        return true;
    free(part.type);
    free(part.charset);
    free(part.location);
    return err_set(err, EXIT_INPUT, "it has more than %d parts" ERR_FIXED,
                   MIME_PARTS);
}

/* 0: no boundary; 1: a part follows; 2: none does. */
static unsigned boundary_of(const struct reading *reading)
{
    const struct buf *line = &reading->line;
    if (line->len < 3 || line->at[0] != '-' || line->at[1] != '-')
        return 0;
    for (unsigned i = 0; i < reading->boundary_count; i++) {
        size_t len = strlen(reading->boundaries[i]);
        if (line->len < len + 2 ||
            memcmp(line->at + 2, reading->boundaries[i], len) != 0)
            continue;
        const char *rest = line->at + 2 + len;
        size_t left = line->len - 2 - len;
        if (left >= 2 && rest[0] == '-' && rest[1] == '-')
            return 2;
        if (left == 0 || rest[0] == ' ' || rest[0] == '\t')
            return 1;
    }
    return 0;
}

static bool head_line(struct reading *reading, uint64_t next, struct err *err)
{
    const struct buf *line = &reading->line;
    if (line->len == 0)
        return end_head(reading, next, err);
    if (reading->head.len + line->len > MAX_HEAD)
        return err_set(err, EXIT_INPUT,
                       "a part's head is longer than 64 KiB" ERR_FIXED);
    bool folded = line->at[0] == ' ' || line->at[0] == '\t';
    if (folded && reading->head.len > 0)
        reading->head.at[reading->head.len - 1] = ' ';
    buf_add(&reading->head, line->at, line->len);
    buf_putc(&reading->head, '\n');
    return true;
}

/* A line is there, without its end; the next one stands at `next`. */
static bool take_line(struct reading *reading, uint64_t next, struct err *err)
{
    struct buf *line = &reading->line;
    if (line->len > 0 && line->at[line->len - 1] == '\r')
        line->len--;
    unsigned boundary = boundary_of(reading);
    bool good = true;
    if (boundary > 0) {
        if (reading->state == IN_BODY)
            reading->mime->parts[reading->mime->count - 1].end =
                reading->line_at;
        reading->state = boundary == 1 ? IN_HEAD : IN_NOTHING;
        buf_clear(&reading->head);
    } else if (reading->state == IN_HEAD) {
        good = head_line(reading, next, err);
    }
    buf_clear(line);
    reading->line_at = next;
    return good;
}

static bool take_piece(struct reading *reading, const char *text, size_t len,
                       uint64_t offset, struct err *err)
{
    size_t at = 0;
    while (at < len) {
        const char *end = memchr(text + at, '\n', len - at);
        size_t size = end ? (size_t)(end - text) - at : len - at;
        size_t room = MAX_LINE - reading->line.len;
        buf_add(&reading->line, text + at, size < room ? size : room);
        at += size + (end != NULL);
        if (end != NULL && !take_line(reading, offset + at, err))
            return false;
    }
    return true;
}

static bool read_all(struct reading *reading, struct source *source,
                     struct err *err)
{
    enum { PIECE = 64 * 1024 };
    char *piece = mem_alloc(PIECE);
    uint64_t at = 0;
    size_t got = 0;
    bool good = true;
    while (good) {
        good = source_read_at(source, at, piece, PIECE, &got, err);
        if (!good || got == 0)
            break;
        good = take_piece(reading, piece, got, at, err);
        at += got;
    }
    free(piece);
    if (good && reading->line.len > 0)
        good = take_line(reading, at, err);
    if (good && reading->state == IN_BODY)
        reading->mime->parts[reading->mime->count - 1].end = at;
    return good;
}

bool mime_read(struct mime *mime, struct source *source, struct err *err)
{
    struct reading reading = {.mime = mime, .state = IN_HEAD};
    bool good = read_all(&reading, source, err);
    for (unsigned i = 0; i < reading.boundary_count; i++)
        free(reading.boundaries[i]);
    buf_release(&reading.head);
    buf_release(&reading.line);
    return good;
}
