/* Any bytes as CSV, in any dialect: read in one piece and read a few bytes at
 * a time, they must give the same rows, and every row must keep its promises
 * (rows_dump.h). The first bytes choose dialect and sizes. */
#include <stdint.h>

#include "../unit/rows_dump.h"
#include "decode/csv/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const char *const encodings[] = {NULL, "UTF-8", "windows-1258",
                                        "UTF-16LE"};
static const char delimiters[] = ",;\t| ";

static void say(struct spec *spec, const char *name, const char *text)
{
    struct err err;
    demand(spec_override(spec, name, text, &err));
}

/* Twelve bits of the first two bytes. */
static void choose(const uint8_t *bytes, struct spec *spec)
{
    static const char *const headers[] = {NULL, "0", "1", "2"};
    const char delimiter[] = {delimiters[bytes[1] % 5], '\0'};
    const char *header = headers[bytes[0] >> 3 & 3];
    const char *encoding = encodings[bytes[1] >> 4 & 3];
    spec_init(spec);
    spec->path = mem_text("fuzz");
    if (bytes[0] & 1)
        say(spec, "delimiter", *delimiter == '\t' ? "tab" : delimiter);
    if (bytes[0] & 2)
        say(spec, "escape", "\\");
    if (bytes[0] & 4)
        say(spec, "quote", bytes[1] & 128 ? "none" : "'");
    if (header != NULL)
        say(spec, "header", header);
    say(spec, "trim", bytes[0] & 32 ? "yes" : "no");
    say(spec, "ragged", bytes[0] & 64 ? "yes" : "no");
    spec->as_is = (bytes[0] & 128) != 0;
    if (encoding != NULL)
        say(spec, "encoding", encoding);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct spec spec;
    struct buf whole = {0}, pieces = {0};
    if (len < 3)
        return 0;
    choose(bytes, &spec);
    const char *text = (const char *)bytes + 3;
    csv_limits.quote = bytes[2] & 128 ? 20 : 64 * 1024;
    csv_limits.row = bytes[2] & 64 ? 60 : 1024 * 1024;
    csv_limits.chunk = CHUNK_BYTES;
    dump_bytes(&spec, text, len - 3, &whole);
    csv_limits.chunk = 1 + bytes[2] % 32;
    dump_bytes(&spec, text, len - 3, &pieces);
    demand(whole.len == pieces.len &&
           memcmp(whole.at, pieces.at, whole.len) == 0);
    buf_release(&whole);
    buf_release(&pieces);
    spec_release(&spec);
    return 0;
}

#ifdef FUZZ_REPLAY
#include <stdio.h>

/* Each argument is a file that a fuzzer once made. */
int main(int count, char **paths)
{
    static uint8_t bytes[1 << 20];
    for (int i = 1; i < count; i++) {
        FILE *file = fopen(paths[i], "rb");
        if (file == NULL)
            return 1;
        size_t len = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        LLVMFuzzerTestOneInput(bytes, len);
        printf("%s: %zu bytes\n", paths[i], len);
    }
    return 0;
}
#endif
