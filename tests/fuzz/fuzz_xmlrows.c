/* Any bytes as XML, with limits that are soon met: however they are cut and
 * whoever maps them, it is the same rows. The first byte chooses, and the
 * second. */
#include "mappers.h"

#include "decode/tree/xml/stream.h"

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

static void choose(struct spec *spec, unsigned first)
{
    static const char *const paths[] = {NULL, "//b", "a/b", "*/*"};
    static const char *const encodings[] = {NULL, "windows-1258", "UTF-16LE",
                                            "GBK"};
    say(spec, "format", "xml");
    if (paths[first % 4] != NULL)
        say(spec, "at", paths[first % 4]);
    if (encodings[first / 4 % 4] != NULL)
        say(spec, "encoding", encodings[first / 4 % 4]);
    if (first & 16)
        say(spec, "names", "prefix");
    if (first & 32)
        say(spec, "max_depth", "5");
    if (first & 64)
        say(spec, "max_element", "60");
    if (first & 128)
        say(spec, "max_attributes", "2");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct spec spec;
    if (len < 2)
        return 0;
    spec_init(&spec);
    choose(&spec, bytes[0]);
    demand_same_rows(&spec, bytes + 2, len - 2, &stream_piece,
                     1 + bytes[1] % 40);
    spec_release(&spec);
    return 0;
}
