/* whole.c: what says that an answer has come to its end: its length, its last
 * chunk, HTTP/2; and, where it is packed, the end of that. */
#include "whole.h"

#include <curl/curl.h>
#include <strings.h>

#include "answer.h"
#include "base/log.h"
#include "fetch.h"

/* Without a length and without chunks the end may be any. */
static void doubt_end(const struct fetch *fetch)
{
    curl_off_t length = 0;
    long version = 0;
    curl_easy_getinfo(fetch->call.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T,
                      &length);
    curl_easy_getinfo(fetch->call.easy, CURLINFO_HTTP_VERSION, &version);
    const char *heads = fetch->heads.len > 0 ? fetch->heads.at : "";
    bool chunks = false;
    for (size_t i = 0; i + 18 < fetch->heads.len; i++)
        chunks =
            chunks || strncasecmp(heads + i, "\ntransfer-encoding:", 19) == 0;
    if (length < 0 && !chunks && version < CURL_HTTP_VERSION_2_0)
        log_warn("%s: the answer does not say how long it is: whether it is "
                 "whole cannot be told",
                 fetch->url.shown);
}

/* How the answer is packed: 1, as gzip; 0, not; -1 with err, in another way. A
 * server may say so of what is plain. A .gz file in pages is made plain too. */
static int coding(const struct fetch *fetch, struct err *err)
{
    const struct exchange *exchange = &fetch->call.exchange;
    bool gzip = packed_is(exchange->body, exchange->len);
    struct buf said = {0};
    bool says = answer_header(&fetch->heads, "content-encoding", &said);
    const char *how = says ? buf_text(&said) : "identity";
    bool known = strcasecmp(how, "gzip") == 0 || strcasecmp(how, "x-gzip") == 0;
    int found = gzip && (known || fetch->request->next != NEXT_NONE);
    if (!known && strcasecmp(how, "identity") != 0) {
        err_set(err, EXIT_INPUT,
                "%.300s: the answer is packed as %.40s, which nobody asked for",
                fetch->url.shown, how);
        found = -1;
    }
    buf_release(&said);
    return found;
}

/* The answer has come whole; what it holds may not have. */
bool whole_open(struct fetch *fetch, struct err *err)
{
    struct exchange *exchange = &fetch->call.exchange;
    fetch->page = exchange->body;
    fetch->page_len = exchange->len;
    if (exchange->status != 304)
        doubt_end(fetch);
    int packed = coding(fetch, err);
    if (packed <= 0)
        return packed == 0;
    enum packed got = packed_unpack(&fetch->plain, exchange->body,
                                    exchange->len, fetch->request->max_page);
    fetch->page = packed_bytes(&fetch->plain, &fetch->page_len);
    fetch->spill.bomb = fetch->plain.spill.bomb;
    exchange->overflow = got == PACKED_LARGE;
    if (got == PACKED_CUT || got == PACKED_LARGE)
        exchange->transport = CURLE_PARTIAL_FILE; /* as it is with a length */
    if (got == PACKED_FAULT || fetch->plain.spill.failed)
        *err = fetch->plain.spill.err;
    return got != PACKED_FAULT && !fetch->plain.spill.failed;
}
