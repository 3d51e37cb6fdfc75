/* memo.c: a text is read where its record says that it begins. How long it is,
 * the file says as well: neither is believed beyond its end. */
#include "memo.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "source/source.h"

enum {
    BLOCK_3 = 512,
    HEAD = 32,
    BEFORE = 8, /* bytes before a text that says how long it is */
    END = 0x1A,
    FOX_TEXT = 1,
};

struct dbf_memos {
    struct source *source;
    enum dbf_memo kind;
    uint32_t block; /* bytes of one */
    size_t longest;
};

static uint32_t high_first(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

static uint32_t low_first(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

/* Bytes of the path before its ending. */
static size_t stem_of(const char *path)
{
    const char *name = strrchr(path, '/');
    const char *dot = strrchr(name != NULL ? name : path, '.');
    return dot != NULL ? (size_t)(dot - path) : strlen(path);
}

static char *join(const char *folder, size_t len, const char *name)
{
    struct buf path = {0};
    buf_add(&path, folder, len);
    buf_puts(&path, name);
    buf_putc(&path, '\0');
    return buf_detach(&path, &len);
}

/* The file beside the table that has its name and this ending, however they are
 * spelt; NULL: there is none. */
static char *find_beside(const char *path, const char *ending)
{
    size_t stem = stem_of(path);
    const char *slash = strrchr(path, '/');
    size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
    char *place = folder > 0 ? mem_text_n(path, folder) : mem_text(".");
    char *found = NULL;
    DIR *all = opendir(place);
    const struct dirent *entry;
    while (all != NULL && found == NULL && (entry = readdir(all)) != NULL) {
        const char *name = entry->d_name;
        size_t len = stem - folder;
        if (strncasecmp(name, path + folder, len) == 0 &&
            strcasecmp(name + len, ending) == 0)
            found = join(path, folder, name);
    }
    if (all != NULL)
        closedir(all);
    free(place);
    return found;
}

static bool read_at(struct dbf_memos *memos, uint64_t at, void *into,
                    size_t len, size_t *got, struct err *err)
{
    size_t more = 1;
    for (*got = 0; *got < len && more > 0; *got += more)
        if (!source_read_at(memos->source, at + *got, (char *)into + *got,
                            len - *got, &more, err))
            return false;
    return true;
}

static bool read_head(struct dbf_memos *memos, struct err *err)
{
    unsigned char head[HEAD];
    size_t got;
    if (!source_spool(memos->source, err) ||
        !read_at(memos, 0, head, HEAD, &got, err))
        return false;
    if (got < HEAD)
        return err_set(err, EXIT_INPUT, "%s: it ends within its head",
                       memos->source->path);
    memos->block = memos->kind == DBF_FPT ? high_first(head + 4) & 0xFFFF
                   : memos->kind == DBF_DBT_4
                       ? (uint32_t)(head[20] | head[21] << 8)
                       : BLOCK_3;
    /* FoxPro's 0 means a byte a block. */
    if (memos->block == 0)
        memos->block = memos->kind == DBF_FPT ? 1 : BLOCK_3;
    return true;
}

struct dbf_memos *dbf_memos_open(const char *path, enum dbf_memo kind,
                                 const struct reach *reach, size_t longest,
                                 struct err *err)
{
    const char *ending = kind == DBF_FPT ? ".fpt" : ".dbt";
    char *beside = find_beside(path, ending);
    if (beside == NULL) {
        err_set(err, EXIT_INPUT,
                "its memo file (%s) does not lie beside it: texts of memo "
                "fields stand there",
                ending);
        return NULL;
    }
    struct dbf_memos *memos = mem_zero(1, sizeof *memos);
    memos->kind = kind;
    memos->longest = longest;
    memos->source = source_open(beside, reach, err);
    free(beside);
    if (memos->source != NULL && read_head(memos, err))
        return memos;
    dbf_memos_close(memos);
    return NULL;
}

void dbf_memos_close(struct dbf_memos *memos)
{
    if (memos == NULL)
        return;
    source_close(memos->source);
    free(memos);
}

/* So many bytes, all of them. */
static bool take(struct dbf_memos *memos, uint64_t at, size_t len,
                 struct buf *into, struct err *err)
{
    size_t got;
    if (len > memos->longest)
        return err_set(err, EXIT_INPUT,
                       "a memo is longer than %zu bytes (max_cell)",
                       memos->longest);
    if (!read_at(memos, at, buf_reserve(into, len), len, &got, err))
        return false;
    into->len += got;
    return got == len ||
           err_set(err, EXIT_INPUT, "the memo file ends within its text");
}

/* Up to the end mark. */
static bool take_marked(struct dbf_memos *memos, uint64_t at, struct buf *into,
                        struct err *err)
{
    size_t got = 1;
    while (got > 0 && into->len <= memos->longest) {
        char *block = buf_reserve(into, BLOCK_3);
        if (!read_at(memos, at, block, BLOCK_3, &got, err))
            return false;
        const char *end = memchr(block, END, got);
        into->len += end != NULL ? (size_t)(end - block) : got;
        at += got;
        if (end != NULL)
            return true;
    }
    return err_set(err, EXIT_INPUT,
                   got == 0 ? "the memo file ends within its text"
                            : "a memo is longer than max_cell");
}

bool dbf_memos_read(struct dbf_memos *memos, uint32_t block, struct buf *into,
                    struct err *err)
{
    static const unsigned char mark[] = {0xFF, 0xFF, 8, 0};
    unsigned char before[BEFORE];
    uint64_t at = (uint64_t)block * memos->block;
    size_t got;
    if (memos->kind == DBF_DBT_3)
        return take_marked(memos, at, into, err);
    if (!read_at(memos, at, before, BEFORE, &got, err))
        return false;
    if (got < BEFORE)
        return err_set(err, EXIT_INPUT, "the memo file has no block %u",
                       (unsigned)block);
    if (memos->kind == DBF_FPT)
        return high_first(before) != FOX_TEXT ||
               take(memos, at + BEFORE, high_first(before + 4), into, err);
    if (memcmp(before, mark, sizeof mark) != 0)
        return take_marked(memos, at, into, err);
    uint32_t len = low_first(before + 4);
    return take(memos, at + BEFORE, len < BEFORE ? 0 : len - BEFORE, into, err);
}
