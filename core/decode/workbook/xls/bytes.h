/* bytes.h: numbers as they lie in compound files and in BIFF: the low byte
 * first, at any address. Pure; any thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLS_BYTES_H
#define FASTSYNC_DECODE_WORKBOOK_XLS_BYTES_H

#include <stdint.h>
#include <string.h>

static inline uint16_t xls_u16(const unsigned char *at)
{
    return (uint16_t)(at[0] | at[1] << 8);
}

static inline uint32_t xls_u32(const unsigned char *at)
{
    return xls_u16(at) | (uint32_t)xls_u16(at + 2) << 16;
}

static inline uint64_t xls_u64(const unsigned char *at)
{
    return xls_u32(at) | (uint64_t)xls_u32(at + 4) << 32;
}

static inline double xls_double(const unsigned char *at)
{
    uint64_t bits = xls_u64(at);
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

#endif
