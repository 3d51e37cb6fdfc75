/* page.c: the page on `/`: what is stored and what was asked, the newest
 * first. Plain HTML; every text is escaped. */
#include "page.h"

#include <inttypes.h>

enum { SHOWN = 100 };

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
    "<title>fastsync sandbox</title><style>"
    "body{font:14px sans-serif;margin:2em}"
    "table{border-collapse:collapse;margin-bottom:2em}"
    "td,th{border:1px solid #ccc;padding:3px 8px;text-align:left;"
    "vertical-align:top}td:last-child{word-break:break-word}"
    "</style></head><body><h1>fastsync sandbox</h1>\n";

/* Names of customers come from anywhere; a page must not run them. */
static void put_cells(struct buf *out, const char *tag,
                      const char *const *cells, unsigned count)
{
    buf_puts(out, "<tr>");
    for (unsigned i = 0; i < count; i++) {
        buf_addf(out, "<%s>", tag);
        buf_add_xml(out, cells[i], strlen(cells[i]));
        buf_addf(out, "</%s>", tag);
    }
    buf_puts(out, "</tr>\n");
}

static void put_record(void *out, const char *const *cells)
{
    put_cells(out, "td", cells, 4);
}

static void put_request(void *out, const char *const *cells)
{
    put_cells(out, "td", cells, 9);
}

void fast_page(struct store *store, struct buf *out)
{
    static const char *const records[] = {"Form", "Key", "Changed", "Fields"};
    static const char *const requests[] = {"#",    "Time",    "Path",
                                           "Form", "Records", "Code",
                                           "fkey", "Repeats", "Fault"};
    struct err err;
    buf_puts(out, head);
    if (store_begin(store, &err)) {
        struct sandbox_counts counts = store_counts(store);
        buf_addf(out, "<h2>%" PRIu64 " customers</h2>\n<table>\n",
                 counts.customers);
        put_cells(out, "th", records, 4);
        store_records(store, SHOWN, put_record, out);
        buf_addf(out,
                 "</table>\n<h2>%" PRIu64 " SyncData requests: %" PRIu64
                 " refused, %" PRIu64 " repeated</h2>\n<table>\n",
                 counts.requests, counts.refused, counts.duplicates);
        put_cells(out, "th", requests, 9);
        store_requests(store, SHOWN, put_request, out);
        buf_puts(out, "</table>\n");
        /* Nothing was written, so there is nothing to keep. */
        store_end(store, false, &err);
    }
    buf_puts(out, "</body></html>\n");
}
