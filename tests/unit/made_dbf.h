/* made_dbf.h: tables made field by field, with what lies beside them, in a
 * folder of the test's own; and what the format makes of them, as text. */
#ifndef FASTSYNC_TESTS_MADE_DBF_H
#define FASTSYNC_TESTS_MADE_DBF_H

#include <check.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "decode/dbf/table.h"
#include "rows_dump.h"

static char folder[64];
static struct buf fields, records, seen;
static unsigned version, promised, code, width;
static struct spec spec;

static char *in_folder(const char *name)
{
    return mem_format("%s/%s", folder, name);
}

static void write_beside(const char *name, const void *bytes, size_t len)
{
    char *path = in_folder(name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, len, file), len);
    ck_assert_int_eq(fclose(file), 0);
    free(path);
}

static void setup(void)
{
    static const struct log_settings quiet = {.level = LOG_ERROR};
    log_setup(&quiet);
    snprintf(folder, sizeof folder, "/tmp/dbf-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    version = 0x03;
    promised = code = 0;
    width = 1;
    dbf_limits.chunk = CHUNK_BYTES;
    spec_init(&spec);
    spec.path = in_folder("Kh.DBF");
}

static void teardown(void)
{
    static const char *const names[] = {"Kh.DBF", "KH.fpt", "kh.Dbt", "kh.cpg"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = in_folder(names[i]);
        unlink(path);
        free(path);
    }
    rmdir(folder);
    spec_release(&spec);
    buf_release(&fields);
    buf_release(&records);
    buf_release(&seen);
}

static void low(struct buf *out, uint64_t number, unsigned bytes)
{
    for (; bytes > 0; bytes--, number >>= 8)
        buf_putc(out, (char)(number & 0xFF));
}

static void pad(struct buf *out, size_t len)
{
    while (out->len < len)
        buf_putc(out, '\0');
}

static bool seven(void)
{
    return version == 0x04 || version == 0x8C;
}

static void field(const char *name, char type, unsigned len, unsigned more,
                  unsigned flags)
{
    size_t start = fields.len;
    buf_puts(&fields, name);
    pad(&fields, start + (seven() ? 32 : 11));
    buf_putc(&fields, type);
    low(&fields, 0, seven() ? 0 : 4);
    low(&fields, len | more << 8 | flags << 16, 3);
    pad(&fields, start + (seven() ? 48 : 32));
    width += len + (type == 'C' ? more * 256 : 0);
}

/* A record of these bytes, with blanks after them. */
static void record(const char *bytes, size_t len)
{
    buf_add(&records, bytes, len);
    for (; len < width; len++)
        buf_putc(&records, ' ');
    promised++;
}

#define RECORD(text) record(text, sizeof text - 1)

static void say(const char *name, const char *text)
{
    struct err err;
    ck_assert_msg(spec_override(&spec, name, text, &err), "%s", err.text);
}

static void write_table(void)
{
    struct buf table = {0};
    unsigned fixed = seven() ? 68 : 32;
    low(&table, version | 25 << 8 | 7 << 16 | 9 << 24, 4);
    low(&table, promised, 4);
    low(&table, fixed + fields.len + 1, 2);
    low(&table, width, 2);
    pad(&table, 29);
    low(&table, code, 1);
    pad(&table, fixed);
    buf_add(&table, fields.at, fields.len);
    buf_putc(&table, '\r');
    buf_add(&table, records.at, records.len);
    write_beside("Kh.DBF", table.at, table.len);
    buf_release(&table);
}

static void read_table(void)
{
    struct err err;
    buf_clear(&seen);
    struct input *input = input_open(&spec, &err);
    if (input == NULL) {
        buf_puts(&seen, err.text);
        return;
    }
    dump_rows(input, &seen);
    input_close(input);
}

/* The rows, in chunks of every size. */
static void expect(const char *wanted)
{
    write_table();
    for (size_t chunk = 1; chunk <= 64; chunk *= 2) {
        dbf_limits.chunk = chunk * 16;
        read_table();
        ck_assert_str_eq(buf_text(&seen), wanted);
    }
    dbf_limits.chunk = CHUNK_BYTES;
}

static void expect_part(const char *wanted)
{
    write_table();
    read_table();
    ck_assert_msg(strstr(buf_text(&seen), wanted) != NULL, "%s",
                  buf_text(&seen));
}

#endif
