/* records.h: BIFF's records, one after the other: a type, a length, and so many
 * bytes; and the bytes of one that goes on in CONTINUE records.
 *
 * A window of the stream is kept, in which every record lies whole. What a
 * record points to is valid until the next one is taken. One owner, one
 * thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLS_RECORDS_H
#define FASTSYNC_DECODE_WORKBOOK_XLS_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "stream.h"

struct xls_record {
    uint16_t type;
    uint16_t len;
    const unsigned char *at;
    uint64_t place; /* where it begins in the stream */
};

struct xls_records {
    struct xls_stream *stream; /* borrowed */
    unsigned char *window;
    uint64_t start; /* of the window, in the stream */
    size_t have;    /* bytes in it */
    size_t ahead;   /* bytes that are read at a time */
    uint64_t next;  /* where the next record begins */
    uint64_t end;   /* no record begins from here on */
};

/* Bytes read at a time where records are taken in their order, and where they
 * are looked up here and there. */
enum { XLS_AHEAD = 128 * 1024, XLS_AHEAD_LITTLE = 1024 };

void xls_records_open(struct xls_records *records, struct xls_stream *stream);
void xls_records_close(struct xls_records *records);
/* Goes on at that place, and ends before that other one. */
void xls_records_seek(struct xls_records *records, uint64_t place,
                      uint64_t end);
/* EXIT_INPUT: the stream is cut off in the middle of it. */
enum step xls_record_next(struct xls_records *records,
                          struct xls_record *record, struct err *err);
/* The record will be taken once more: the one taken last. */
static inline void xls_record_back(struct xls_records *records,
                                   const struct xls_record *record)
{
    records->next = record->place;
}

/* A record's bytes, and those of the CONTINUE records after it. */
struct xls_bytes {
    struct xls_records *records;
    const unsigned char *at, *end; /* in the record at hand */
    struct err *err;               /* of a read that failed */
    bool failed;
};

void xls_bytes_open(struct xls_bytes *bytes, struct xls_records *records,
                    const struct xls_record *record, unsigned skip,
                    struct err *err);
/* Goes on to the next CONTINUE record, when all of this one is taken. False:
 * there is none, and bytes->failed where it could not be read. */
bool xls_bytes_go_on(struct xls_bytes *bytes);
/* Copies, or where `into` is NULL leaves out, so many bytes; false: there are
 * fewer. */
bool xls_bytes_take(struct xls_bytes *bytes, void *into, size_t len);

#endif
