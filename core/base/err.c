/* err.c: fills errors; a text that does not fit says so by its end. */
#include "err.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/screen/show.h"
#include "utf8.h"

/* `wanted` is the length that the whole text has. What is cut is cut between
 * two characters. */
static void mark_cut(struct err *err, size_t wanted)
{
    const char *end = err->text + sizeof err->text - 4;
    if (wanted < sizeof err->text)
        return;
    const char *last = end;
    int32_t rune = utf8_last(err->text, &last);
    memcpy(err->text + (rune < 0 ? last - err->text : end - err->text), "...",
           4);
}

/* A foreign text in it may be anything; most are shown as they stand. */
static void finish(struct err *err, int wanted)
{
    struct buf shown = {0};
    mark_cut(err, wanted > 0 ? (size_t)wanted : 0);
    size_t len = strlen(err->text);
    if (show_plain(err->text, len) == len)
        return;
    show_add(&shown, err->text, len);
    snprintf(err->text, sizeof err->text, "%s", buf_text(&shown));
    mark_cut(err, shown.len);
    buf_release(&shown);
}

bool err_vset(struct err *err, enum exit_code code, const char *format,
              va_list args)
{
    assert(code != EXIT_DONE); /* a failure would pass for a success */
    err->code = code;
    finish(err, vsnprintf(err->text, sizeof err->text, format, args));
    return false;
}

bool err_set(struct err *err, enum exit_code code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    err_vset(err, code, format, args);
    va_end(args);
    return false;
}

bool err_prefix(struct err *err, const char *format, ...)
{
    /* A copy, since the new text is printed over the old one. */
    struct err old = *err;
    va_list args;
    va_start(args, format);
    int len = vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    if (len < 0)
        len = 0;
    if ((size_t)len < sizeof err->text)
        len += snprintf(err->text + len, sizeof err->text - (size_t)len, ": %s",
                        old.text);
    finish(err, len);
    return false;
}

enum { ROOM_FOR_MORE = 24 };

void errs_add(struct errs *errs, const struct err *err)
{
    char *text = errs->all.text;
    size_t len = errs->count > 0 ? strlen(text) : 0, more = strlen(err->text);
    if (errs->count++ == 0)
        errs->all = *err;
    else if (errs->cut == 0 &&
             len + 2 + more + ROOM_FOR_MORE < sizeof errs->all.text)
        snprintf(text + len, sizeof errs->all.text - len, "; %s", err->text);
    else
        errs->cut++;
}

bool errs_end(const struct errs *errs, struct err *err)
{
    if (errs->count == 0)
        return true;
    if (errs->cut == 0)
        return err_set(err, errs->all.code, "%s", errs->all.text);
    return err_set(err, errs->all.code, "%s; and %u more", errs->all.text,
                   errs->cut);
}

bool err_name(struct err *err, const char *name)
{
    return strncmp(err->text, name, strlen(name)) != 0 &&
           err_prefix(err, "%s", name);
}
