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

#include "buf.h"
#include "json.h"

/* Set once, before there are threads; only `drawn` changes later, under the
 * lock. */
static struct log_settings chosen = {.level = LOG_NOTE};
static bool terminal, coloured;
static bool drawn; /* a progress line stands on the terminal */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static const struct {
    const char *name;  /* in JSON */
    const char *mark;  /* in front of the text, for people */
    const char *paint; /* the mark's colour */
} levels[] = {
    [LOG_ERROR] = {"error", "error: ", "\033[1;31m"},
    [LOG_WARN] = {"warning", "", ""},
    [LOG_NOTE] = {"note", "", ""},
    [LOG_DEBUG] = {"debug", "debug: ", "\033[2m"},
};

void log_setup(const struct log_settings *settings)
{
    chosen = *settings;
    const char *term = getenv("TERM");
    bool dumb = term != NULL && strcmp(term, "dumb") == 0;
    const char *no_color = getenv("NO_COLOR");
    /* NO_COLOR is a convention of many programs: set to anything, it asks for
     * none. */
    bool refused = dumb || (no_color != NULL && *no_color != '\0');
    terminal = isatty(STDERR_FILENO) == 1 && !dumb;
    coloured = chosen.color == LOG_ALWAYS ||
               (chosen.color == LOG_AUTO && terminal && !refused);
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

static void say_json(enum log_level level, const char *text)
{
    struct buf line = {0};
    time_t now = time(NULL);
    struct tm utc;
    char stamp[32];
    gmtime_r(&now, &utc);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
    buf_addf(&line, "{\"time\":\"%s\",\"level\":\"%s\",\"message\":", stamp,
             levels[level].name);
    json_cstring(&line, text);
    buf_puts(&line, "}\n");
    fwrite(line.at, 1, line.len, stderr);
    buf_release(&line);
}

__attribute__((format(printf, 2, 0))) static void say(enum log_level level,
                                                      const char *format,
                                                      va_list args)
{
    if (level > chosen.level)
        return;
    struct buf text = {0};
    buf_vaddf(&text, format, args);
    pthread_mutex_lock(&lock);
    undraw();
    if (chosen.json)
        say_json(level, buf_text(&text));
    else
        fprintf(stderr, "%s%s%s%s\n", coloured ? levels[level].paint : "",
                levels[level].mark, coloured ? "\033[0m" : "", buf_text(&text));
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
    pthread_mutex_lock(&lock);
    undraw();
    if (*line != '\0')
        fputs(line, stderr);
    drawn = *line != '\0';
    fflush(stderr);
    pthread_mutex_unlock(&lock);
}
