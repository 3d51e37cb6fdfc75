/* Any bytes as XML, with limits that are soon met: however they are cut and
 * whoever maps them, it is the same rows; and the same whether what is plain is
 * read by our own tokenizer or everything by expat. The first byte chooses, and
 * the second. */
#include "mappers.h"

#include "decode/tree/xml/reader.h"

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

static void demand_as_expat(const struct spec *spec, const void *text,
                            size_t len)
{
    struct buf ours = {0}, other = {0};
    read_by(spec, text, len, 1, &ours);
    xml_plain = false;
    read_by(spec, text, len, 1, &other);
    xml_plain = true;
    demand_same(&ours, &other);
    buf_release(&ours);
    buf_release(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct spec spec;
    if (len < 2)
        return 0;
    spec_init(&spec);
    choose(&spec, bytes[0]);
    /* A tag that is too long is noticed where it must be held. */
    size_t few = bytes[0] & 64 ? 30000 : 1 + bytes[1] % 40;
    demand_as_expat(&spec, bytes + 2, len - 2);
    demand_same_rows(&spec, bytes + 2, len - 2, &stream_piece, few);
    spec_release(&spec);
    return 0;
}
