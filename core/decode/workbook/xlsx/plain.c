/* plain.c: the part's first bytes tell whether it is plain.
 *
 * What is heard is written as the simplest XML that says the same: every
 * element and attribute by its local name, every text with its three characters
 * escaped. */
#include "plain.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "package/xml.h"

enum { BLOCK = 64 * 1024, LEAST = 1024 };

size_t xlsx_plain_step = 256 * 1024;

/* The first block must hold the head. */
static size_t block_size(void)
{
    size_t step = xlsx_plain_step > LEAST ? xlsx_plain_step : LEAST;
    return step < BLOCK ? step : BLOCK;
}

struct xlsx_plain {
    struct zip_part *part;
    const char *name; /* of the part; the package's */
    struct xml *xml;  /* NULL: it is given as it stands */
    struct buf block; /* read, and not given yet */
    struct buf *out;  /* where what is heard goes */
    bool ended;       /* all of the part is read, */
    bool over;        /* and heard */
};

static const char *find(const char *at, const char *end, const char *word)
{
    size_t len = strlen(word);
    for (; (size_t)(end - at) >= len; at++)
        if (memcmp(at, word, len) == 0)
            return at;
    return NULL;
}

/* The declaration names an encoding, and not UTF-8. */
static bool is_coded(const char *at, const char *end)
{
    at = find(at, end, "encoding");
    if (at == NULL)
        return false;
    while (at < end && *at != '"' && *at != '\'')
        at++;
    return end - at < 7 || (strncasecmp(at + 1, "UTF-8", 5) != 0 &&
                            strncasecmp(at + 1, "US-ASCII", 8) != 0);
}

/* Where the root's tag begins, or NULL where the text is not plain. */
static const char *find_root(const char *at, const char *end)
{
    if (end - at >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    if (end - at >= 5 && memcmp(at, "<?xml", 5) == 0) {
        const char *close = find(at, end, "?>");
        if (close == NULL || is_coded(at, close))
            return NULL;
        at = close + 2;
    }
    while (at < end && ascii_blank(*at))
        at++;
    const char *name = at + 1;
    if (end - at < 2 || *at != '<' || !ascii_letter(*name))
        return NULL;
    while (name < end && (ascii_letter(*name) || ascii_digit(*name)))
        name++;
    return name < end && strchr(" \t\r\n/>", *name) != NULL && *name != '\0'
               ? at
               : NULL;
}

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void hear_start(void *self, const char *name,
                       const char *const *attributes)
{
    struct buf *out = ((struct xlsx_plain *)self)->out;
    buf_putc(out, '<');
    buf_puts(out, local(name));
    for (; *attributes != NULL; attributes += 2) {
        buf_putc(out, ' ');
        buf_puts(out, local(attributes[0]));
        buf_puts(out, "=\"");
        buf_add_xml(out, attributes[1], strlen(attributes[1]));
        buf_putc(out, '"');
    }
    buf_putc(out, '>');
}

static void hear_end(void *self, const char *name)
{
    struct buf *out = ((struct xlsx_plain *)self)->out;
    buf_puts(out, "</");
    buf_puts(out, local(name));
    buf_putc(out, '>');
}

static void hear_text(void *self, const char *text, size_t len)
{
    buf_add_xml(((struct xlsx_plain *)self)->out, text, len);
}

static void listen(struct xlsx_plain *plain)
{
    const struct xml_listener listener = {
        .start = hear_start, .end = hear_end, .text = hear_text, .self = plain};
    plain->xml = xml_new(&listener);
}

/* A block more of the part, into `into`. */
static bool read_block(struct xlsx_plain *plain, struct buf *into, size_t len,
                       struct err *err)
{
    size_t got;
    char *at = buf_reserve(into, len);
    if (!zip_part_read(plain->part, at, len, &got, err))
        return false;
    into->len += got;
    plain->ended = got == 0;
    return true;
}

/* What the head says must be in the first block. */
static bool look(struct xlsx_plain *plain, bool heard, struct err *err)
{
    struct buf *block = &plain->block;
    size_t size = block_size();
    while (block->len < size && !plain->ended)
        if (!read_block(plain, block, size - block->len, err))
            return false;
    const char *root =
        heard ? NULL : find_root(block->at, block->at + block->len);
    if (root == NULL) {
        listen(plain);
        return true;
    }
    block->len -= (size_t)(root - block->at);
    memmove(block->at, root, block->len);
    return true;
}

struct xlsx_plain *xlsx_plain_open(struct zip *zip, unsigned at, bool heard,
                                   struct err *err)
{
    struct xlsx_plain *plain = mem_zero(1, sizeof *plain);
    plain->name = zip_name(zip, at);
    plain->part = zip_part_open(zip, at, err);
    if (plain->part != NULL && look(plain, heard, err))
        return plain;
    xlsx_plain_close(plain);
    return NULL;
}

void xlsx_plain_close(struct xlsx_plain *plain)
{
    if (plain == NULL)
        return;
    xml_free(plain->xml);
    zip_part_close(plain->part);
    buf_release(&plain->block);
    free(plain);
}

bool xlsx_plain_heard(const struct xlsx_plain *plain)
{
    return plain->xml != NULL;
}

uint64_t xlsx_plain_taken(const struct xlsx_plain *plain)
{
    return zip_part_taken(plain->part);
}

/* Feeds block after block until something came of it. */
static bool hear(struct xlsx_plain *plain, struct buf *into, size_t want,
                 struct err *err)
{
    size_t from = into->len;
    plain->out = into;
    while (into->len - from < want && !plain->over) {
        if (plain->block.len == 0 && !plain->ended &&
            !read_block(plain, &plain->block, block_size(), err))
            return false;
        plain->over = plain->ended;
        if (!xml_feed(plain->xml, plain->block.at, plain->block.len,
                      plain->over, err))
            return err_prefix(err, "%s", plain->name);
        buf_clear(&plain->block);
    }
    return true;
}

static bool give(struct xlsx_plain *plain, struct buf *into, size_t want,
                 struct err *err)
{
    if (plain->block.len == 0)
        return plain->ended || read_block(plain, into, want, err);
    buf_add(into, plain->block.at, plain->block.len);
    buf_clear(&plain->block);
    return true;
}

size_t xlsx_plain_want(size_t left, size_t longest)
{
    size_t again = left > xlsx_plain_step ? left : xlsx_plain_step;
    size_t most = longest + 1 - (left < longest ? left : longest);
    return again < most ? again : most;
}

bool xlsx_plain_read(struct xlsx_plain *plain, struct buf *into, size_t want,
                     struct err *err)
{
    return plain->xml != NULL ? hear(plain, into, want, err)
                              : give(plain, into, want, err);
}

bool xlsx_plain_is_odd(const char *text, size_t len)
{
    const char *at = text, *end = len > 0 ? text + len : text;
    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        if (++at < end && (*at == '!' || *at == '?'))
            return true;
    }
    return false;
}
