/* dialects.h: thirteen bits to what can be said of a CSV. */
#ifndef FASTSYNC_TESTS_FUZZ_DIALECTS_H
#define FASTSYNC_TESTS_FUZZ_DIALECTS_H

#include <stdint.h>

#include "base/mem.h"
#include "decode/csv/csv.h"
#include "fuzz.h"

static void say(struct spec *spec, const char *name, const char *text)
{
    struct err err;
    demand(spec_override(spec, name, text, &err));
}

static void choose(const uint8_t *bytes, struct spec *spec)
{
    static const char delimiters[] = ",;\t| ";
    static const char *const headers[] = {NULL, "0", "1", "2"};
    static const char *const encodings[] = {NULL, "UTF-8", "windows-1258",
                                            "UTF-16LE"};
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
    if ((bytes[0] & 6) == 0 && bytes[2] & 8)
        say(spec, "escapes", "copy");
    if (header != NULL)
        say(spec, "header", bytes[1] & 64 && *header == '2' ? "1,2" : header);
    if (bytes[1] & 64) {
        say(spec, "skip", bytes[2] & 1 ? "1" : "0");
        say(spec, "stop", "b");
    }
    say(spec, "trim", bytes[0] & 32 ? "yes" : "no");
    say(spec, "ragged", bytes[0] & 64 ? "yes" : "no");
    spec->as_is = (bytes[0] & 128) != 0;
    if (encoding != NULL)
        say(spec, "encoding", encoding);
}

#endif
