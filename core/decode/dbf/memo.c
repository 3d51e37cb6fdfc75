/* memo.c: a text is read where its record says that it begins. How long it is,
 * the file says as well: neither is believed beyond its end. Mappers share the
 * file, opened while that was still allowed, and read in turns. */
#include "memo.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "beside.h"
#include "source/source.h"

enum {
    BLOCK_3 = 512,
    HEAD = 32,
    BEFORE = 8, /* bytes before a text that says how long it is */
    END = 0x1A,
    FOX_TEXT = 1, /* 0 is a picture */
    FOX_OBJECT = 2,
    LOOK = 1 << 16, /* bytes that are looked at in one go for an end mark */
    BARE_MOST = 1024,
};

/* Bytes of the file in which there is no end mark. */
struct bare {
    uint64_t from, to;
};

struct dbf_memos {
    struct source *source;
    pthread_mutex_t turn; /* of reading it */
    enum dbf_memo kind;   /* of one that ends in .dbt */
    bool fox;             /* it ends in .fpt */
    uint32_t block;       /* bytes of one */
    size_t longest;
    struct bare bare[BARE_MOST]; /* what was looked through in vain, so that
                                    it is not for each record that points there;
                                    in `turn` */
    unsigned bare_count;
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

static bool read_at(struct dbf_memos *memos, uint64_t at, void *into,
                    size_t len, size_t *got, struct err *err)
{
    size_t more = 1;
    bool good = true;
    pthread_mutex_lock(&memos->turn);
    for (*got = 0; good && *got < len && more > 0; *got += more) {
        more = 0;
        good = source_read_at(memos->source, at + *got, (char *)into + *got,
                              len - *got, &more, err);
    }
    pthread_mutex_unlock(&memos->turn);
    return good;
}

/* FoxPro's blocks of 0 bytes are of one. */
static uint32_t block_size(const struct dbf_memos *memos,
                           const unsigned char *head)
{
    uint32_t fox = high_first(head + 4) & UINT16_MAX;
    uint32_t four = low_first(head + 20) & UINT16_MAX;
    if (memos->fox)
        return fox > 0 ? fox : 1;
    return memos->kind == DBF_DBT_4 && four > 0 ? four : BLOCK_3;
}

static bool read_head(struct dbf_memos *memos, struct err *err)
{
    unsigned char head[HEAD];
    size_t got;
    if (!source_spool(memos->source, err) ||
        !read_at(memos, 0, head, HEAD, &got, err))
        return false;
    if (got < HEAD)
        return err_set(err, EXIT_INPUT,
                       "its memo file ends within its head: copy it again");
    memos->block = block_size(memos, head);
    return true;
}

static struct dbf_memos *open_over(struct source *source, bool fox,
                                   enum dbf_memo kind, size_t longest,
                                   struct err *err)
{
    struct dbf_memos *memos = mem_zero(1, sizeof *memos);
    memos->kind = kind;
    memos->fox = fox;
    memos->longest = longest;
    memos->source = source;
    pthread_mutex_init(&memos->turn, NULL);
    if (read_head(memos, err))
        return memos;
    dbf_memos_close(memos);
    return NULL;
}

/* Which of the two it is, is told by the file that is there; where both are,
 * FoxPro has left the one that it took the memos from. */
struct dbf_memos *dbf_memos_open(const char *path,
                                 const struct dbf_layout *layout,
                                 const struct reach *reach, size_t longest,
                                 struct err *err)
{
    bool fox = layout->fox;
    char *beside = beside_find(path, fox ? ".fpt" : ".dbt");
    if (beside == NULL) {
        fox = !fox;
        beside = beside_find(path, fox ? ".fpt" : ".dbt");
    }
    if (beside == NULL) {
        err_set(err, EXIT_INPUT,
                "its memos stand in a file of its name that ends in .fpt or "
                ".dbt, which is not beside it: put both into one folder, "
                "unpacked, or say memo = false, which leaves them blank");
        return NULL;
    }
    struct source *source = source_open(beside, reach, err);
    free(beside);
    return source != NULL ? open_over(source, fox, layout->memo, longest, err)
                          : NULL;
}

void dbf_memos_close(struct dbf_memos *memos)
{
    if (memos == NULL)
        return;
    source_close(memos->source);
    pthread_mutex_destroy(&memos->turn);
    free(memos);
}

uint64_t dbf_memos_size(const struct dbf_memos *memos)
{
    return source_size(memos->source);
}

bool dbf_memos_wrap(const struct dbf_memos *memos)
{
    return !memos->fox;
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

/* Where a look for an end mark from `at` on has to begin. */
static uint64_t bare_end(struct dbf_memos *memos, uint64_t at)
{
    uint64_t end = at;
    pthread_mutex_lock(&memos->turn);
    for (unsigned i = 0; i < memos->bare_count; i++)
        if (memos->bare[i].from <= at && memos->bare[i].to > end)
            end = memos->bare[i].to;
    pthread_mutex_unlock(&memos->turn);
    return end;
}

static void note_bare(struct dbf_memos *memos, uint64_t from, uint64_t to)
{
    unsigned i = 0;
    pthread_mutex_lock(&memos->turn);
    while (i < memos->bare_count &&
           (memos->bare[i].to < from || memos->bare[i].from > to))
        i++;
    struct bare *bare = &memos->bare[i];
    if (i < memos->bare_count) {
        bare->from = from < bare->from ? from : bare->from;
        bare->to = to > bare->to ? to : bare->to;
    } else if (i < BARE_MOST) {
        *bare = (struct bare){from, to};
        memos->bare_count++;
    }
    pthread_mutex_unlock(&memos->turn);
}

/* How long the text at `at` is, up to its end mark. */
static bool find_mark(struct dbf_memos *memos, uint64_t at, size_t *len,
                      struct err *err)
{
    char bytes[LOOK];
    uint64_t next = bare_end(memos, at), last = at + memos->longest;
    size_t got = 1;
    while (next <= last && got > 0) {
        if (!read_at(memos, next, bytes, LOOK, &got, err))
            return false;
        const char *mark = memchr(bytes, END, got);
        *len = (size_t)(next - at) + (mark ? (size_t)(mark - bytes) : 0);
        if (mark != NULL)
            return true;
        next += got;
    }
    note_bare(memos, at, next);
    return err_set(err, EXIT_INPUT,
                   next <= last ? "the memo file ends within its text"
                                : "a memo is longer than max_cell");
}

/* Up to the end mark, which mostly stands in the first block. */
static bool take_marked(struct dbf_memos *memos, uint64_t at, struct buf *into,
                        struct err *err)
{
    size_t got, len;
    char *block = buf_reserve(into, BLOCK_3);
    if (!read_at(memos, at, block, BLOCK_3, &got, err))
        return false;
    const char *end = memchr(block, END, got);
    if (end != NULL)
        into->len += (size_t)(end - block);
    return end != NULL ||
           (find_mark(memos, at, &len, err) && take(memos, at, len, into, err));
}

bool dbf_memos_read(struct dbf_memos *memos, uint32_t block, struct buf *into,
                    struct err *err)
{
    static const unsigned char mark[] = {0xFF, 0xFF, 8, 0};
    unsigned char before[BEFORE];
    uint64_t at = (uint64_t)block * memos->block;
    size_t got;
    if (!memos->fox && memos->kind == DBF_DBT_3)
        return take_marked(memos, at, into, err);
    if (!read_at(memos, at, before, BEFORE, &got, err))
        return false;
    if (got < BEFORE)
        return err_set(err, EXIT_INPUT, "the memo file has no block %u",
                       (unsigned)block);
    if (memos->fox && high_first(before) == FOX_TEXT)
        return take(memos, at + BEFORE, high_first(before + 4), into, err);
    if (memos->fox)
        return high_first(before) <= FOX_OBJECT ||
               err_set(err, EXIT_INPUT, "the memo file has no text at block %u",
                       (unsigned)block);
    if (memcmp(before, mark, sizeof mark) != 0)
        return take_marked(memos, at, into, err);
    uint32_t len = low_first(before + 4);
    return take(memos, at + BEFORE, len < BEFORE ? 0 : len - BEFORE, into, err);
}
