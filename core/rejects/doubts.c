/* doubts.c: the warnings' file, and the messages before it. */
#include "doubts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "decode/dialect.h"
#include "decode/input.h"
#include "place.h"

enum { MESSAGES = 20, WRITE_AT = 256 * 1024 };

static const char header[] = "\xef\xbb\xbfplace,key,field,value,kind,text\n";

struct doubts {
    char *path, *part; /* part: NULL where the path is no file */
    int fd;            /* -1: nothing was doubtful yet */
    struct buf text;   /* not yet written */
    uint64_t total;
};

static bool is_device(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

/* True where nothing stands there, or what an earlier run wrote. */
static bool may_replace(const char *path)
{
    char head[sizeof header - 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT;
    ssize_t got = read(fd, head, sizeof head);
    close(fd);
    return got == (ssize_t)sizeof head &&
           memcmp(head, header, sizeof head) == 0;
}

struct doubts *doubts_open(const char *path, struct err *err)
{
    bool device = is_device(path);
    const char *fault = NULL;
    if (!device && !may_replace(path))
        fault = "is there already and is no report of warnings";
    else if (!device && !rejects_has_folder(path))
        fault = strerror(errno);
    if (fault != NULL) {
        err_set(err, EXIT_USAGE, "%s: %s; --warnings names another place", path,
                fault);
        return NULL;
    }
    struct doubts *doubts = mem_zero(1, sizeof *doubts);
    doubts->path = mem_text(path);
    doubts->part = device ? NULL : mem_format("%s.part", path);
    doubts->fd = -1;
    return doubts;
}

static bool write_fail(const struct doubts *doubts, struct err *err)
{
    return err_set(err, EXIT_FAULT, "%s: the warnings cannot be written: %s",
                   doubts->part ? doubts->part : doubts->path, strerror(errno));
}

static bool flush(struct doubts *doubts, struct err *err)
{
    const char *at = doubts->text.at;
    size_t left = doubts->text.len;
    while (left > 0) {
        ssize_t done = write(doubts->fd, at, left);
        if (done < 0 && errno != EINTR)
            return write_fail(doubts, err);
        at += done > 0 ? done : 0;
        left -= done > 0 ? (size_t)done : 0;
    }
    buf_clear(&doubts->text);
    return true;
}

static bool begin(struct doubts *doubts, struct err *err)
{
    int flags = O_WRONLY | O_CLOEXEC;
    if (doubts->part == NULL)
        doubts->fd = open(doubts->path, flags);
    else
        doubts->fd =
            open(doubts->part, flags | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600);
    if (doubts->fd < 0)
        return write_fail(doubts, err);
    buf_puts(&doubts->text, header);
    return true;
}

static void put(struct buf *out, const char *text, char after)
{
    dialect_put(out, &dialect_usual, text, strlen(text));
    buf_putc(out, after);
}

static void put_line(struct buf *out, const char *place,
                     const struct doubt *doubt)
{
    const struct warning *warning = &doubt->warning;
    put(out, place, ',');
    put(out, doubt->key, ',');
    put(out, warning->field, ',');
    put(out, warning->value, ',');
    put(out, warning_name(warning->kind), ',');
    put(out, warning->text, '\n');
}

static void say(const char *place, const struct warning *warning)
{
    log_warn("%s: warning: %s%s%s (%s)", place, warning->field,
             *warning->field ? ": " : "", warning->text,
             warning_name(warning->kind));
}

bool doubts_take(struct doubts *doubts, const struct chunk *chunk,
                 struct ledger *ledger, struct err *err)
{
    struct buf place = {0};
    if (chunk->doubt_count > 0 && doubts->fd < 0 && !begin(doubts, err))
        return false;
    for (uint32_t i = 0; i < chunk->doubt_count; i++) {
        const struct doubt *doubt = &chunk->doubts[i];
        buf_clear(&place);
        input_place(chunk->input, &doubt->place, &place);
        ledger->warnings[doubt->warning.kind]++;
        if (doubts->total++ < MESSAGES)
            say(buf_text(&place), &doubt->warning);
        put_line(&doubts->text, buf_text(&place), doubt);
    }
    buf_release(&place);
    return doubts->text.len < WRITE_AT || flush(doubts, err);
}

/* Whatever an earlier run left is not true any more. */
static bool drop_old(const struct doubts *doubts, struct err *err)
{
    return doubts->part == NULL || remove(doubts->path) == 0 ||
           errno == ENOENT ||
           err_set(err, EXIT_FAULT, "%s: %s", doubts->path, strerror(errno));
}

static bool put_in_place(struct doubts *doubts, struct err *err)
{
    bool good = flush(doubts, err);
    int fd = doubts->fd;
    doubts->fd = -1;
    if (close(fd) != 0 && good)
        good = write_fail(doubts, err);
    return good && (doubts->part == NULL ||
                    rejects_rename(doubts->part, doubts->path) ||
                    write_fail(doubts, err));
}

static void say_rest(const struct doubts *doubts)
{
    struct buf text = {0};
    if (doubts->total <= MESSAGES)
        return;
    ledger_count(doubts->total - MESSAGES, "more warning", "more warnings",
                 &text);
    log_warn("… and %s in %s", buf_text(&text), doubts->path);
    buf_release(&text);
}

bool doubts_finish(struct doubts *doubts, bool kept, const char **path,
                   struct err *err)
{
    *path = NULL;
    if (doubts->fd < 0)
        return kept || drop_old(doubts, err);
    say_rest(doubts);
    if (!put_in_place(doubts, err))
        return false;
    *path = doubts->path;
    return true;
}

void doubts_free(struct doubts *doubts)
{
    if (doubts == NULL)
        return;
    if (doubts->fd >= 0)
        close(doubts->fd);
    buf_release(&doubts->text);
    free(doubts->path);
    free(doubts->part);
    free(doubts);
}
