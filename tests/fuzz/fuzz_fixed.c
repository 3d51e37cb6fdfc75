/* Any bytes as lines of fixed width, in characters and in bytes, in several
 * encodings: however they are cut and whoever maps them, it is the same rows.
 * The first bytes choose. */
#include "mappers.h"

#include "decode/fixed/fixed.h"

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    be_quiet();
    return 0;
}

static void say(struct spec *spec, const char *name, const char *text)
{
    struct err err;
    demand(spec_override(spec, name, text, &err));
}

static void choose(struct spec *spec, unsigned first, unsigned second)
{
    static const char *const columns[] = {"a:1,b:2,c:3", "a:4", "a:3-5,b:1-2",
                                          "a:1-6,b:2-3,c:2-9,d:1"};
    static const char *const encodings[] = {"UTF-8", "windows-1258", "UTF-16LE",
                                            "GBK", "latin1", "SJIS"};
    say(spec, "format", "fixed");
    say(spec, "columns", columns[first % 4]);
    if (first & 4)
        say(spec, "unit", "bytes");
    if (first & 8)
        say(spec, "ragged", "yes");
    if (first & 16)
        say(spec, "skip", "2");
    if (first & 32)
        say(spec, "max_line", "20");
    if (second % 8 < sizeof encodings / sizeof *encodings)
        say(spec, "encoding", encodings[second % 8]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct spec spec;
    if (len < 2)
        return 0;
    spec_init(&spec);
    choose(&spec, bytes[0], bytes[1]);
    demand_same_rows(&spec, bytes + 2, len - 2, &fixed_piece,
                     1 + bytes[1] / 8);
    spec_release(&spec);
    return 0;
}
