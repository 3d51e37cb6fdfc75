/* find.c: from one '<' to the next. The document is plain where it is UTF-8,
 * its elements have the prefix that they mostly have, and nothing in it (a
 * comment, a CDATA section) may look like a tag and be none. */
#define _GNU_SOURCE /* memmem */
#include "find.h"

#include <stdlib.h>
#include <string.h>

#include "stream.h"

static const char name[] = "table:table";
static const char declaration[] =
    "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"";

static const char span[] = "-spanned"; /* ends an attribute's name */

enum {
    NAME = sizeof name - 1,
    WINDOW = 128 * 1024,
    SPAN = sizeof span - 1,
    LEAST = NAME + 3, /* of "</table:table>" to be told */
};

struct find {
    const struct ods_finder *finder;
    char *at, *end; /* what is looked through, in the window */
    unsigned depth; /* tables that stand in each other */
    bool plain, last;
    bool spans; /* some cell says so */
    char window[WINDOW];
};

bool ods_has(const char *head, size_t len, const char *text)
{
    size_t wanted = strlen(text);
    for (size_t at = 0; at + wanted <= len; at++)
        if (head[at] == *text && memcmp(head + at, text, wanted) == 0)
            return true;
    return false;
}

static bool is_plain(const char *head, size_t len)
{
    const char *end = len > 0 ? memchr(head, '>', len) : NULL;
    if (end == NULL || head[0] != '<')
        return false;
    size_t declared = head[1] == '?' ? (size_t)(end - head) : 0;
    if (ods_has(head, declared, "encoding") &&
        !ods_has(head, declared, "UTF-8") && !ods_has(head, declared, "utf-8"))
        return false;
    return ods_has(head, len, declaration);
}

static bool ends_name(char byte)
{
    return byte == ' ' || byte == '>' || byte == '/' || byte == '\n' ||
           byte == '\t' || byte == '\r';
}

/* The '>' of a tag; NULL: it is not there yet. */
static char *tag_end(char *at, const char *end)
{
    char quote = '\0';
    for (; at < end; at++)
        if (quote != '\0')
            quote = *at == quote ? '\0' : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        else if (*at == '>')
            return at;
    return NULL;
}

static bool is_name(const char *at)
{
    return memcmp(at, name, NAME) == 0 && ends_name(at[NAME]);
}

/* A table begins. False with err, or where its tag is not whole: *whole. */
static bool take_table(struct find *find, bool *whole, struct err *err)
{
    char *close = tag_end(find->at, find->end);
    *whole = close != NULL;
    if (close == NULL)
        return true;
    if (find->depth == 0 &&
        !find->finder->take(find->finder->self, find->at,
                            (size_t)(close + 1 - find->at), err))
        return false;
    find->depth += close[-1] != '/';
    find->at = close;
    return true;
}

/* Goes through the window, up to what is not whole. */
static bool look(struct find *find, struct err *err)
{
    while (find->plain) {
        char *tag = memchr(find->at, '<', (size_t)(find->end - find->at));
        bool whole = true;
        find->at = tag ? tag : find->end;
        if (find->end - find->at < LEAST)
            return true;
        if (tag[1] == '!')
            find->plain = false;
        else if (tag[1] == '/' && is_name(tag + 2))
            find->depth -= find->depth > 0;
        else if (is_name(tag + 1) && !take_table(find, &whole, err))
            return false;
        if (!whole)
            return true;
        find->at++;
    }
    return true;
}

/* Moves what is left to the front, behind a little of what was looked at, and
 * reads on. */
static bool refill(struct find *find, struct ods_stream *stream,
                   struct err *err)
{
    size_t seen = (size_t)(find->at - find->window), got;
    size_t kept = seen < SPAN ? seen : SPAN;
    size_t left = kept + (size_t)(find->end - find->at);
    memmove(find->window, find->at - kept, left);
    find->at = find->window + kept;
    find->end = find->window + left;
    if (left == WINDOW) {
        find->plain = false; /* what a tag */
        return true;
    }
    if (!ods_stream_read(stream, find->end, WINDOW - left, &got, err))
        return false;
    find->end += got;
    find->spans = find->spans || memmem(find->window, left + got, span, SPAN);
    find->last = got == 0;
    return true;
}

bool ods_find_sheets(const struct ods *ods, const struct ods_finder *finder,
                     struct ods_found *found, struct err *err)
{
    struct ods_stream stream;
    struct find *find = mem_alloc(sizeof *find);
    find->finder = finder;
    find->at = find->end = find->window;
    find->depth = 0;
    find->last = find->spans = false;
    bool good = ods_stream_open(&stream, ods->source, ods->zip, ods->content,
                                NULL, err) &&
                refill(find, &stream, err);
    find->plain = good && is_plain(find->at, (size_t)(find->end - find->at));
    while (good && find->plain && !find->last)
        good = look(find, err) && refill(find, &stream, err);
    *found = (struct ods_found){find->plain, find->spans};
    ods_stream_close(&stream);
    free(find);
    return good;
}
