/* request.h: what is said of a source that is a URL: fast.http's own options,
 * and the source they make. */
#ifndef FASTSYNC_DECODE_PATHS_REQUEST_H
#define FASTSYNC_DECODE_PATHS_REQUEST_H

#include "decode/option.h"

struct spec;
struct source;

/* As it was said; the values live in the spec's memory. */
struct request_said {
    struct option_value headers, next; /* tables; `next` also a text */
    const char *method, *body, *since;
    bool json; /* the body was a table */
    bool if_changed, end_without_list;
    uint64_t max_page;
    unsigned max_pages, timeout, rate;
    const char *any; /* the option that was said last, or NULL */
};

/* Rows for the spec's own table, whose offsets begin at the spec. */
bool request_set_headers(void *spec, const struct option_value *value,
                         struct err *err);
bool request_set_next(void *spec, const struct option_value *value,
                      struct err *err);
bool request_set_body(void *spec, const struct option_value *value,
                      struct err *err);
bool request_set_method(void *spec, const struct option_value *value,
                        struct err *err);
bool request_set_since(void *spec, const struct option_value *value,
                       struct err *err);
void request_copy(struct spec *to, const struct spec *from);

/* Does the path name no file: a URL, or a database? */
bool request_is(const char *path);
/* Opens what the spec's path names: a file, or what is fetched from a URL; a
 * database has no bytes. */
struct source *request_open(const struct spec *spec, struct err *err);

#endif
