/* log.c: one line a message, under one lock, with the progress line kept
 * below everything else on a terminal. */
#include "log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/screen/paint.h"
#include "base/screen/show.h"
#include "buf.h"
#include "json.h"

/* Set once, before there are threads; only `drawn` changes later, under the
 * lock. */
static struct log_settings chosen = {.level = LOG_NOTE};
static bool terminal;
static struct buf held; /* lines of rows, under the lock */
static bool drawn;      /* a progress line stands on the terminal */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static const struct {
    const char *name; /* in JSON */
    const char *mark; /* in front of the text, for people */
    enum paint paint; /* the mark's colour */
} levels[] = {
    [LOG_ERROR] = {"error", "error: ", PAINT_BAD},
    [LOG_WARN] = {"warning", "", PAINT_NONE},
    [LOG_NOTE] = {"note", "", PAINT_NONE},
    [LOG_DEBUG] = {"debug", "debug: ", PAINT_DIM},
};

void log_setup(const struct log_settings *settings)
{
    chosen = *settings;
    const char *term = getenv("TERM");
    bool dumb = term != NULL && strcmp(term, "dumb") == 0;
    terminal = isatty(STDERR_FILENO) == 1 && !dumb;
    paint_setup(chosen.color == LOG_ALWAYS  ? PAINT_ALWAYS
                : chosen.color == LOG_NEVER ? PAINT_NEVER
                                            : PAINT_AUTO);
}

bool log_is_terminal(void)
{
    return terminal && !chosen.json;
}

/* Back to the line's begin, and the rest of it cleared: the message takes the
 * place of the progress line, which is drawn anew below it. */
static void undraw(void)
{
    if (drawn)
        fputs("\r\033[K", stderr);
    drawn = false;
}

static void add_member(struct buf *line, const char *name, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    buf_addf(line, ",\"%s\":", name);
    json_cstring(line, text);
}

/* The message is what people read, and shown as to them; the other members are
 * what they are. */
static void add_json(struct buf *out, enum log_level level,
                     const struct log_row *row, const char *text)
{
    time_t now = time(NULL);
    struct tm utc;
    char stamp[32];
    struct buf shown = {0}, made = {0}, *line = &made;
    show_add(&shown, text, strlen(text));
    gmtime_r(&now, &utc);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
    buf_addf(line, "{\"time\":\"%s\",\"level\":\"%s\",\"message\":", stamp,
             levels[level].name);
    json_string(line, shown.at, shown.len);
    add_member(line, "file", row->file);
    if (row->line > 0)
        buf_addf(line, ",\"line\":%llu", (unsigned long long)row->line);
    add_member(line, "field", row->field);
    add_member(line, "key", row->key);
    add_member(line, "kind", row->kind);
    buf_puts(line, "}\n");
    show_json(out, line->at, line->len);
    buf_release(&shown);
    buf_release(&made);
}

/* The mark is painted; of a row's message its place. */
static void add_text(struct buf *line, enum log_level level,
                     const struct log_row *row, size_t place, const char *text)
{
    enum paint paint = levels[level].paint;
    if (place > 0)
        paint = row->doubt ? PAINT_DOUBT : PAINT_BAD;
    buf_puts(line, paint_on(STDERR_FILENO, paint));
    buf_puts(line, levels[level].mark);
    show_add(line, text, place);
    buf_puts(line, paint_off(STDERR_FILENO, paint));
    show_add(line, text + place, strlen(text + place));
    buf_putc(line, '\n');
}

static void add_line(struct buf *line, enum log_level level,
                     const struct log_row *row, size_t place, const char *text)
{
    if (chosen.json)
        add_json(line, level, row, text);
    else
        add_text(line, level, row, place, text);
}

/* Under the lock. */
static void put(struct buf *lines)
{
    undraw();
    if (lines->len > 0)
        fwrite(lines->at, 1, lines->len, stderr);
    buf_release(lines);
}

void log_row(const struct log_row *row, size_t place, const char *text)
{
    if (chosen.level < LOG_WARN)
        return;
    pthread_mutex_lock(&lock);
    add_line(&held, LOG_WARN, row, place, text);
    if (!chosen.hold)
        put(&held);
    pthread_mutex_unlock(&lock);
}

void log_rows(bool said)
{
    pthread_mutex_lock(&lock);
    if (said)
        put(&held);
    buf_release(&held);
    pthread_mutex_unlock(&lock);
}

__attribute__((format(printf, 2, 0))) static void say(enum log_level level,
                                                      const char *format,
                                                      va_list args)
{
    if (level > chosen.level)
        return;
    static const struct log_row none;
    struct buf text = {0}, line = {0};
    buf_vaddf(&text, format, args);
    pthread_mutex_lock(&lock);
    add_line(&line, level, &none, 0, buf_text(&text));
    if (level == LOG_ERROR)
        put(&held);
    put(&line);
    pthread_mutex_unlock(&lock);
    buf_release(&text);
}

#define LOG_FUNCTION(name, level)                                              \
    void name(const char *format, ...)                                         \
    {                                                                          \
        va_list args;                                                          \
        va_start(args, format);                                                \
        say(level, format, args);                                              \
        va_end(args);                                                          \
    }

LOG_FUNCTION(log_error, LOG_ERROR)
LOG_FUNCTION(log_warn, LOG_WARN)
LOG_FUNCTION(log_note, LOG_NOTE)
LOG_FUNCTION(log_debug, LOG_DEBUG)

bool log_debug_wanted(void)
{
    return chosen.level >= LOG_DEBUG;
}

bool log_progress_wanted(void)
{
    return chosen.progress == LOG_ALWAYS ||
           (chosen.progress == LOG_AUTO && chosen.level >= LOG_NOTE);
}

void log_progress(const char *line)
{
    if (!log_is_terminal()) {
        if (*line != '\0')
            log_note("%s", line);
        return;
    }
    struct buf shown = {0};
    show_add(&shown, line, strlen(line));
    pthread_mutex_lock(&lock);
    undraw();
    if (shown.len > 0)
        fwrite(shown.at, 1, shown.len, stderr);
    drawn = shown.len > 0;
    fflush(stderr);
    pthread_mutex_unlock(&lock);
    buf_release(&shown);
}
