/* mapping.c: a mapping as a file: what stands before the fields, where the
 * source is, and what must be said of where it lies. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/screen/aligned.h"
#include "base/screen/show.h"
#include "decode/facts.h"
#include "net/secrets.h"
#include "net/web/url.h"
#include "paste.h"

static bool is_stream(const char *path)
{
    return strcmp(path, "-") == 0;
}

static void put_path(const char *path, struct buf *out)
{
    if (is_stream(path))
        path = "export";
    char *shown = mem_text(path);
    if (web_is_url(path))
        secrets_scrub(shown);
    facts_quote(out, shown, strlen(shown));
    free(shown);
}

static void put_source(const struct paste *paste, char *const *paths,
                       unsigned count, const char *between, struct buf *out)
{
    buf_addf(out, "fast.%.*s {", (int)paste->format.len, paste->format.at);
    for (unsigned i = 0; i < count; i++) {
        buf_puts(out, i > 0 ? "," : "");
        buf_puts(out, between);
        put_path(paths[i], out);
    }
    const char *at = paste->options.at, *end = at;
    if (paste->options.len > 0)
        end += paste->options.len;
    while (at < end) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        buf_addf(out, ",%s%.*s", between, (int)(line - at), at);
        at = line + 1;
    }
}

void paste_source(const struct paste *paste, char *const *paths, unsigned count,
                  size_t width, struct buf *out)
{
    size_t from = out->len;
    put_source(paste, paths, count, " ", out);
    buf_puts(out, " }");
    buf_reserve(out, 1);
    out->at[out->len] = '\0';
    if (aligned_width(out->at + from, width + 1) <= width)
        return;
    out->len = from;
    put_source(paste, paths, count, "\n    ", out);
    buf_puts(out, ",\n  }");
}

/* Does the path lead out of the folder, where a mapping may not read? */
static bool leads_out(const char *path)
{
    int depth = 0;
    char here[4096];
    if (*path == '/') {
        size_t len = getcwd(here, sizeof here) != NULL ? strlen(here) : 0;
        if (len == 0 || strncmp(path, here, len) != 0 || path[len] != '/')
            return true;
        path += len + 1;
    }
    while (*path != '\0' && depth >= 0) {
        size_t len = strcspn(path, "/");
        if (len == 2 && memcmp(path, "..", 2) == 0)
            depth--;
        else if (len > 0 && (len != 1 || *path != '.'))
            depth++;
        path += len + (path[len] == '/');
    }
    return depth < 0;
}

/* What whoever runs the mapping must say besides. */
static void put_notes(char *const *paths, unsigned count, struct buf *out)
{
    bool stream = false, away = false, web = false;
    for (unsigned i = 0; i < count; i++) {
        stream |= is_stream(paths[i]);
        web |= web_is_url(paths[i]);
        away |= !web_is_url(paths[i]) && leads_out(paths[i]);
    }
    if (web)
        buf_puts(out, "  -- from the web: add --allow-net HOST\n");
    if (stream)
        buf_puts(
            out,
            "  -- standard input is an INPUT: fastsync check MAPPING.lua -\n");
    if (away)
        buf_puts(out, "  -- outside of the mapping's folder: add --allow-read "
                      "FOLDER, or name it as INPUT\n");
}

static bool uses_vn(const struct paste *paste)
{
    for (size_t i = 0; i + 3 < paste->fields.len; i++)
        if (memcmp(paste->fields.at + i, "vn.", 3) == 0)
            return true;
    return false;
}

void paste_put(const struct paste *paste, char *const *paths, unsigned count,
               size_t width, struct buf *out)
{
    enum { BEFORE = 12 }; /* "  source = ,": columns that it takes itself */
    buf_puts(out, "local fast = require \"fastsync\"\n");
    if (uses_vn(paste))
        buf_puts(out, "local vn = require \"fastsync.vn\"\n");
    buf_puts(out, "local col = fast.col\n\nreturn fast.setCustomer {\n");
    put_notes(paths, count, out);
    buf_puts(out, "  source = ");
    paste_source(paste, paths, count, width - BEFORE, out);
    buf_puts(out, ",\n  fields = {\n");
    buf_add(out, paste->fields.at, paste->fields.len);
    buf_puts(out, "  },\n}\n");
}
