/* mark.c: a time is written as the first one was, which the script has said. */
#include "mark.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "answer.h"
#include "base/hash.h"
#include "base/log.h"
#include "web.h"

static const char name[] = "{since}";

/* Where a clock once was that wrong, what came later would be asked for never
 * again. */
enum { AHEAD = 24 * 60 * 60 };

/* The shape that a text is written in; -1: digits alone, -2: none. */
static int shape_of(const char *text)
{
    static const char *const masks[] = {"0000-00-00", "0000-00-00T00:00:00Z"};
    size_t len = strlen(text);
    if (len > 0 && len < 19 && text[strspn(text, "0123456789")] == '\0')
        return -1;
    for (int i = 0; i < 2; i++) {
        size_t at = 0;
        while (masks[i][at] != '\0' &&
               (masks[i][at] == '0' ? text[at] >= '0' && text[at] <= '9'
                                    : text[at] == masks[i][at]))
            at++;
        if (masks[i][at] == '\0' && text[at] == '\0')
            return i;
    }
    return -2;
}

bool mark_is_time(const char *text)
{
    return shape_of(text) > -2;
}

static void write_time(int64_t time, const char *first, char text[32])
{
    struct tm parts;
    time_t seconds = (time_t)time;
    int shape = shape_of(first);
    if (time == 0 || gmtime_r(&seconds, &parts) == NULL)
        snprintf(text, 32, "%s", first);
    else if (shape < 0)
        snprintf(text, 32, "%" PRId64, time);
    else if (shape == 0)
        strftime(text, 32, "%Y-%m-%d", &parts);
    else
        strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static void fill(struct buf *to, const char *text, const char *time)
{
    const char *found;
    while (time != NULL && (found = strstr(text, name)) != NULL) {
        buf_add(to, text, (size_t)(found - text));
        buf_puts(to, time);
        text = found + sizeof name - 1;
    }
    buf_puts(to, text);
}

static uint64_t hashed(uint64_t seed, const char *text)
{
    return XXH3_64bits_withSeed(text ? text : "", text ? strlen(text) : 0,
                                seed);
}

/* Of what is said, before a time is put into it. */
static uint64_t source_of(const struct web_marks *marks, const char *url,
                          const struct web_request *request)
{
    uint64_t hash = hashed(hashed(marks->seed, url), request->method);
    hash = hashed(hashed(hash, request->headers), request->body);
    return hashed(hash, request->since);
}

static void add_condition(struct mark_asked *asked)
{
    const struct web_mark *mark = &asked->mark;
    if (mark->etag[0] != '\0')
        buf_addf(&asked->headers, "If-None-Match: %s\n", mark->etag);
    else if (mark->modified[0] != '\0')
        buf_addf(&asked->headers, "If-Modified-Since: %s\n", mark->modified);
    asked->conditional = mark->etag[0] != '\0' || mark->modified[0] != '\0';
}

void mark_ask(struct mark_asked *asked, const struct web_marks *marks,
              const char *url, const struct web_request *request)
{
    char time[32];
    *asked = (struct mark_asked){.conditional = false};
    bool keeps =
        marks != NULL && (request->since != NULL || request->if_changed);
    if (keeps)
        asked->mark.source = source_of(marks, url, request);
    if (keeps && marks->find != NULL &&
        !marks->find(marks->owner, &asked->mark))
        asked->mark = (struct web_mark){.source = asked->mark.source};
    if (request->since != NULL)
        write_time(asked->mark.since, request->since, time);
    const char *since = request->since ? time : NULL;
    fill(&asked->url, url, since);
    fill(&asked->body, request->body ? request->body : "", since);
    fill(&asked->headers, request->headers ? request->headers : "", since);
    if (request->if_changed)
        add_condition(asked);
}

void mark_asked_release(struct mark_asked *asked)
{
    buf_release(&asked->url);
    buf_release(&asked->body);
    buf_release(&asked->headers);
}

static void keep_header(char *to, size_t size, const struct buf *headers,
                        const char *header)
{
    struct buf text = {0};
    if (answer_header(headers, header, &text) && text.len < size)
        snprintf(to, size, "%s", buf_text(&text));
    buf_release(&text);
}

void mark_learn(struct web_marks *marks, const struct web_request *request,
                const struct web_mark *asked, const struct buf *headers,
                const char *date, const char *url)
{
    struct web_mark mark = {.source = asked->source};
    time_t now = curl_getdate(date, NULL);
    bool ahead = now > time(NULL) + AHEAD;
    if (request->if_changed) {
        keep_header(mark.etag, sizeof mark.etag, headers, "etag");
        keep_header(mark.modified, sizeof mark.modified, headers,
                    "last-modified");
    }
    if (request->since != NULL && now > MARK_OVERLAP && !ahead)
        mark.since = (int64_t)now - MARK_OVERLAP;
    else if (request->since != NULL) {
        mark.since = asked->since;
        log_warn("%s: the answer has %s: the next run asks for the same again",
                 url,
                 ahead ? "a Date that is more than a day ahead of this "
                         "machine's clock"
                       : "no Date");
    }
    marks->in_part = marks->in_part || request->since != NULL;
    if (marks->count < MARKS_MAX)
        marks->learned[marks->count++] = mark;
}
