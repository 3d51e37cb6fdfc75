/* wrap.c: word by word. A word that fits in no line is not broken: it may be
 * what somebody copies. */
#include "wrap.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/screen/aligned.h"
#include "base/screen/show.h"

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

static void put_blanks(struct buf *out, size_t count)
{
    for (; count > 0; count--)
        buf_putc(out, ' ');
}

void wrap_put(struct buf *out, const char *text, size_t at, size_t indent,
              size_t width)
{
    bool first = true;
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        char *word = mem_text_n(text, len);
        size_t wide = aligned_width(word, SIZE_MAX / 2);
        if (!first && at + 1 + wide > width) {
            buf_putc(out, '\n');
            put_blanks(out, indent);
            at = indent;
        } else if (!first) {
            buf_putc(out, ' ');
            at++;
        }
        show_add(out, word, len);
        at += wide;
        first = false;
        free(word);
        text += len + strspn(text + len, " ");
    }
    buf_putc(out, '\n');
}
