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
#include "base/screen/show.h"
#include "decode/input.h"
#include "decode/marks.h"
#include "place.h"
#include "source/plain.h"

/* Of each kind so many are said, so that one that comes a thousand times hides
 * no other. A spreadsheet shows no more lines, and a hostile export makes many
 * of few bytes. */
enum { MESSAGES = 10, WRITE_AT = 256 * 1024, LINES_MAX = 1000000 };

static const char header[] = WARNINGS_HEADER;

struct doubts {
    char *path, *part; /* part: NULL where the path is no file */
    int fd;            /* -1: nothing was written yet */
    struct buf text;   /* not yet written */
    struct buf place;  /* of the one at hand */
    uint64_t total, met[WARNING_KINDS];
    bool failed; /* the file is given up, and why */
    struct err failure;
};

/* A stream, or a file behind what was handed to us: no name can be put in its
 * place. */
static bool is_device(const char *path)
{
    struct stat status;
    return plain_handed(path) ||
           (lstat(path, &status) == 0 && !S_ISREG(status.st_mode));
}

/* True where nothing stands there, or what an earlier run wrote. */
static bool may_replace(const char *path)
{
    char head[sizeof header - 1];
    const char *why;
    int fd = plain_own(path, O_RDONLY, &why);
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
    if (!plain_output(path, false, &fault))
        device = true;
    else if (!device && !may_replace(path))
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

/* Given up: what is still to be written has no place. */
static void give_up(struct doubts *doubts)
{
    err_set(&doubts->failure, EXIT_FAULT,
            "%s: the warnings cannot be written: %s",
            doubts->part ? doubts->part : doubts->path, strerror(errno));
    doubts->failed = true;
    buf_clear(&doubts->text);
}

/* It is created when something is there to be written: an empty one would stay
 * where the process ends at once. */
static void open_file(struct doubts *doubts)
{
    const char *why;
    if (doubts->part != NULL) {
        unlink(doubts->part); /* of a run that was killed; whatever it is */
        doubts->fd =
            open(doubts->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    } else {
        doubts->fd = plain_write(doubts->path, PLAIN_APPEND, &why);
    }
    if (doubts->fd < 0)
        give_up(doubts);
}

static void flush(struct doubts *doubts)
{
    if (doubts->fd < 0 && !doubts->failed)
        open_file(doubts);
    const char *at = doubts->text.at;
    size_t left = doubts->text.len;
    while (left > 0) {
        ssize_t done = write(doubts->fd, at, left);
        if (done < 0 && errno != EINTR) {
            give_up(doubts);
            return;
        }
        at += done > 0 ? done : 0;
        left -= done > 0 ? (size_t)done : 0;
    }
    buf_clear(&doubts->text);
}

static void put(struct buf *out, const char *text, char after)
{
    struct buf room = {0};
    size_t len = strlen(text);
    const char *shown = show_in(&room, text, &len);
    marks_put(out, &dialect_usual, shown, len);
    buf_putc(out, after);
    buf_release(&room);
}

static void put_line(struct buf *out, const char *place,
                     const struct doubt *doubt)
{
    const struct warning *warning = &doubt->warning;
    put(out, place, ',');
    put(out, doubt->key, ',');
    put(out, warning->field, ',');
    put(out, warning->value, ',');
    buf_puts(out, warning_name(warning->kind));
    buf_putc(out, ',');
    put(out, warning->text, '\n');
}

static void say(const struct chunk *chunk, const struct doubt *doubt,
                const struct buf *place)
{
    const struct warning *warning = &doubt->warning;
    const struct log_row row = {.file = chunk->input->path,
                                .line = doubt->place.line,
                                .field = warning->field,
                                .key = doubt->key,
                                .kind = warning_name(warning->kind),
                                .doubt = true};
    struct buf text = {0};
    buf_addf(&text, "%.*s: warning: %s%s%s (%s)", (int)place->len, place->at,
             warning->field, *warning->field ? ": " : "", warning->text,
             row.kind);
    log_row(&row, place->len, buf_text(&text));
    buf_release(&text);
}

static void take(struct doubts *doubts, const struct chunk *chunk,
                 const struct doubt *doubt)
{
    buf_clear(&doubts->place);
    input_place(chunk->input, &doubt->place, &doubts->place);
    const char *place = buf_text(&doubts->place);
    doubts->total++;
    if (doubts->met[doubt->warning.kind]++ < MESSAGES)
        say(chunk, doubt, &doubts->place);
    if (!doubts->failed && doubts->total <= LINES_MAX)
        put_line(&doubts->text, place, doubt);
}

void doubts_take(struct doubts *doubts, const struct chunk *chunk,
                 struct ledger *ledger)
{
    if (chunk->doubt_count > 0 && doubts->total == 0)
        buf_puts(&doubts->text, header);
    for (uint32_t i = 0; i < chunk->doubt_count; i++) {
        ledger->warnings[chunk->doubts[i].warning.kind]++;
        take(doubts, chunk, &chunk->doubts[i]);
    }
    if (doubts->text.len >= WRITE_AT)
        flush(doubts);
}

/* Whatever an earlier run left is not true any more. */
static bool drop_old(const struct doubts *doubts, struct err *err)
{
    return doubts->part == NULL || remove(doubts->path) == 0 ||
           errno == ENOENT ||
           err_set(err, EXIT_FAULT, "%s: %s", doubts->path, strerror(errno));
}

/* The last line, where they are more than have one. */
static void put_left_out(struct doubts *doubts)
{
    if (doubts->failed || doubts->total <= LINES_MAX)
        return;
    buf_puts(&doubts->text, ",,,,,");
    ledger_count(doubts->total - LINES_MAX, "more warning is left out",
                 "more warnings are left out", &doubts->text);
    buf_putc(&doubts->text, '\n');
}

static void put_in_place(struct doubts *doubts)
{
    put_left_out(doubts);
    flush(doubts);
    int fd = doubts->fd;
    doubts->fd = -1;
    if (fd >= 0 && close(fd) != 0 && !doubts->failed)
        give_up(doubts);
    if (!doubts->failed && doubts->part != NULL &&
        !rejects_rename(doubts->part, doubts->path))
        give_up(doubts);
}

/* Those of a kind that were not said, in one line. */
static void say_rest(const struct doubts *doubts, enum warning_kind kind)
{
    struct buf text = {0};
    if (doubts->met[kind] <= MESSAGES)
        return;
    const struct log_row row = {
        .file = doubts->path, .kind = warning_name(kind), .doubt = true};
    buf_puts(&text, "… and ");
    ledger_count(doubts->met[kind] - MESSAGES, "more warning", "more warnings",
                 &text);
    buf_addf(&text, " (%s) in %s%s", row.kind, doubts->path,
             doubts->total > LINES_MAX ? ", the first million of all" : "");
    log_row(&row, 0, buf_text(&text));
    buf_release(&text);
}

bool doubts_finish(struct doubts *doubts, bool kept, const char **path,
                   struct err *err)
{
    *path = NULL;
    if (doubts->total == 0)
        return kept || drop_old(doubts, err);
    put_in_place(doubts);
    if (doubts->failed) {
        *err = doubts->failure;
        return false;
    }
    for (unsigned kind = 0; kind < WARNING_KINDS; kind++)
        say_rest(doubts, (enum warning_kind)kind);
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
    buf_release(&doubts->place);
    free(doubts->path);
    free(doubts->part);
    free(doubts);
}
