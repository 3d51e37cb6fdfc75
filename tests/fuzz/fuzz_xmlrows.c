/* Any bytes as XML, with limits that are soon met: however they are cut and
 * whoever maps them, it is the same rows; and the same whether what is plain is
 * read by our own tokenizer or everything by expat. The first byte chooses what
 * is said of them, and the second one other way to read them: to read is dear
 * here, and each way has its own inputs. */
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

/* Everything by expat, or in pieces by 1, 2 or 8 mappers; with `held` the piece
 * is everything: a tag that is too long is noticed where it must be held. */
static void read_else(const struct spec *spec, struct bytes from, bool held,
                      unsigned second, struct buf *out)
{
    enum { WAYS = 4, PIECES = 256 / WAYS };
    static const unsigned mappers[WAYS] = {1, 1, 2, 8};
    unsigned way = second % WAYS;
    size_t usual = stream_piece;
    xml_plain = way > 0;
    if (way > 0 && !held)
        stream_piece = 1 + second / WAYS % PIECES;
    read_by(spec, from.at, from.left, mappers[way], out);
    stream_piece = usual;
    xml_plain = true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct spec spec;
    struct buf whole = {0}, other = {0};
    struct bytes from = {bytes, len};
    if (len < 2)
        return 0;
    unsigned first = take(&from), second = take(&from);
    spec_init(&spec);
    choose(&spec, first);
    read_by(&spec, from.at, from.left, 1, &whole);
    read_else(&spec, from, first & 64, second, &other);
    demand_same(&whole, &other);
    buf_release(&whole);
    buf_release(&other);
    spec_release(&spec);
    return 0;
}
