/* print.c: a text is shown, then written; what has several lines, line by
 * line. */
#include "print.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "show.h"

static void write_shown(const char *text, size_t len, FILE *to)
{
    struct buf room = {0};
    const char *shown = show_in(&room, text, &len);
    if (len > 0)
        fwrite(shown, 1, len, to);
    buf_release(&room);
}

__attribute__((format(printf, 1, 0))) static void print(const char *format,
                                                        va_list args)
{
    struct buf text = {0};
    buf_vaddf(&text, format, args);
    write_shown(text.at, text.len, stdout);
    buf_release(&text);
}

void print_part(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print(format, args);
    va_end(args);
}

void print_painted(enum paint paint, const char *word)
{
    fputs(paint_on(STDOUT_FILENO, paint), stdout);
    write_shown(word, strlen(word), stdout);
    fputs(paint_off(STDOUT_FILENO, paint), stdout);
}

void print_line(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print(format, args);
    va_end(args);
    print_end();
}

void print_end(void)
{
    putchar('\n');
}

static void write_lines(struct buf *lines, FILE *to)
{
    const char *at = buf_text(lines), *end = at + lines->len;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t len = (size_t)((stop != NULL ? stop : end) - at);
        write_shown(at, len, to);
        if (stop != NULL)
            putc('\n', to);
        at += len + (stop != NULL);
    }
    buf_clear(lines);
}

void print_lines(struct buf *lines)
{
    write_lines(lines, stdout);
}

void print_question(struct buf *lines)
{
    fflush(stdout);
    write_lines(lines, stderr);
}

void print_json(struct buf *json)
{
    struct buf shown = {0};
    show_json(&shown, json->at, json->len);
    if (shown.len > 0)
        fwrite(shown.at, 1, shown.len, stdout);
    buf_release(&shown);
    buf_clear(json);
}
