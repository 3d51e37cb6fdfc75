/* wrap.c: word by word; one that fits in no line is broken where it must be. */
#include "wrap.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "show.h"

enum { USUAL = 80, NARROW = 40, BROAD = 400 };

static size_t bounded(long width)
{
    return width < NARROW ? NARROW : width > BROAD ? BROAD : (size_t)width;
}

size_t wrap_width(void)
{
    const char *said = getenv("COLUMNS");
    long width = said != NULL ? strtol(said, NULL, 10) : 0;
    struct winsize size;
    if (width > 0)
        return bounded(width);
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return bounded(size.ws_col);
    return USUAL;
}

/* Where lines are, and how far the last one has come. */
struct lines {
    struct buf *out;
    size_t at, indent, width;
};

static void begin_line(struct lines *lines)
{
    buf_putc(lines->out, '\n');
    for (size_t i = 0; i < lines->indent; i++)
        buf_putc(lines->out, ' ');
    lines->at = lines->indent;
}

/* Takes one character off the word, as it is shown. */
static size_t next_shown(const char **at, const char *end, char shown[SHOW_MAX],
                         size_t *width)
{
    if (**at == WRAP_BLANK) {
        ++*at;
        *shown = ' ';
        return *width = 1;
    }
    size_t len = show_next(at, end, shown);
    *width = show_width(shown, len);
    return len;
}

static size_t width_of(const char *word, const char *end)
{
    char shown[SHOW_MAX];
    size_t all = 0, width;
    for (; word < end; all += width)
        next_shown(&word, end, shown, &width);
    return all;
}

static void put_word(struct lines *lines, const char *word, const char *end)
{
    char shown[SHOW_MAX];
    size_t width;
    while (word < end) {
        size_t len = next_shown(&word, end, shown, &width);
        if (lines->at + width > lines->width)
            begin_line(lines);
        buf_add(lines->out, shown, len);
        lines->at += width;
    }
}

void wrap_put(struct buf *out, const char *text, size_t at, size_t indent,
              size_t width)
{
    static const char blank[] = " ";
    struct lines lines = {out, at, indent, width};
    bool first = true;
    while (*text != '\0') {
        const char *end = text + strcspn(text, " ");
        if (!first && lines.at + 1 + width_of(text, end) > width)
            begin_line(&lines);
        else if (!first)
            put_word(&lines, blank, blank + 1);
        put_word(&lines, text, end);
        first = false;
        text = end + strspn(end, " ");
    }
    buf_putc(out, '\n');
}

void wrap_name(struct buf *out, const char *name, size_t at, size_t indent,
               size_t width)
{
    enum { MOST = 240 }; /* bytes: nobody reads on */
    struct buf cut = {0};
    size_t len = strlen(name);
    if (len > MOST) {
        len = MOST;
        while (((unsigned char)name[len] & 0xC0) == 0x80)
            len--;
        buf_add(&cut, name, len);
        buf_puts(&cut, "…");
        name = buf_text(&cut);
    }
    wrap_put(out, name, at, indent, width);
    buf_release(&cut);
}
