/* records.c: the window is filled anew from the record that does not lie whole
 * in it: every record fits, as its length has 16 bits. */
#include "records.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bytes.h"

enum { HEAD = 4, WHOLE = HEAD + UINT16_MAX, CONTINUE = 0x3C };

/* No more is ever read than the stream has. */
void xls_records_open(struct xls_records *records, struct xls_stream *stream)
{
    size_t most = XLS_AHEAD + WHOLE;
    size_t size = stream->size < most ? (size_t)stream->size : most;
    *records = (struct xls_records){.stream = stream,
                                    .window = mem_alloc(size + 1),
                                    .ahead = XLS_AHEAD,
                                    .end = stream->size};
}

void xls_records_close(struct xls_records *records)
{
    free(records->window);
    records->window = NULL;
}

void xls_records_seek(struct xls_records *records, uint64_t place, uint64_t end)
{
    records->next = place;
    records->end = end < records->stream->size ? end : records->stream->size;
}

/* The bytes from the next record on, at least `len` of them; NULL: there are
 * fewer, or err. */
static const unsigned char *reach(struct xls_records *records, size_t len,
                                  bool *read, struct err *err)
{
    uint64_t from = records->next - records->start;
    *read = true;
    if (records->next >= records->start && from + len <= records->have)
        return records->window + from;
    records->start = records->next;
    *read = xls_stream_read(records->stream, records->start, records->window,
                            len > records->ahead ? len : records->ahead,
                            &records->have, err);
    if (!*read)
        records->have = 0;
    return *read && records->have >= len ? records->window : NULL;
}

static enum step cut_off(const struct xls_records *records, bool read,
                         struct err *err)
{
    if (read)
        err_set(err, EXIT_INPUT,
                "it is cut off after %llu bytes of its workbook; export it "
                "once more",
                (unsigned long long)records->next);
    return STEP_FAIL;
}

enum step xls_record_next(struct xls_records *records,
                          struct xls_record *record, struct err *err)
{
    bool read;
    if (records->next >= records->end)
        return STEP_END;
    const unsigned char *at = reach(records, HEAD, &read, err);
    if (at == NULL)
        return cut_off(records, read, err);
    size_t len = xls_u16(at + 2);
    at = reach(records, HEAD + len, &read, err);
    if (at == NULL)
        return cut_off(records, read, err);
    *record = (struct xls_record){.type = xls_u16(at),
                                  .len = (uint16_t)len,
                                  .at = at + HEAD,
                                  .place = records->next};
    records->next += HEAD + len;
    return STEP_ITEM;
}

void xls_bytes_open(struct xls_bytes *bytes, struct xls_records *records,
                    const struct xls_record *record, unsigned skip,
                    struct err *err)
{
    unsigned taken = skip < record->len ? skip : record->len;
    *bytes = (struct xls_bytes){.records = records,
                                .at = record->at + taken,
                                .end = record->at + record->len,
                                .err = err};
}

bool xls_bytes_go_on(struct xls_bytes *bytes)
{
    struct xls_record record;
    enum step step = xls_record_next(bytes->records, &record, bytes->err);
    if (step != STEP_ITEM) {
        bytes->failed = step == STEP_FAIL;
        return false;
    }
    if (record.type != CONTINUE) {
        xls_record_back(bytes->records, &record);
        return false;
    }
    bytes->at = record.at;
    bytes->end = record.at + record.len;
    return true;
}

bool xls_bytes_take(struct xls_bytes *bytes, void *into, size_t len)
{
    char *to = into;
    while (len > 0) {
        size_t left = (size_t)(bytes->end - bytes->at);
        size_t now = left < len ? left : len;
        if (now == 0 && !xls_bytes_go_on(bytes))
            return false;
        if (to != NULL && now > 0) {
            memcpy(to, bytes->at, now);
            to += now;
        }
        bytes->at += now;
        len -= now;
    }
    return true;
}
