/* Any bytes as JSON or NDJSON: read whole, and in pieces of any size by one,
 * two and eight mappers that take turns, they must give the same rows and end
 * in the same way, with columns that are filled down as well; where they can be
 * read to their end, their columns found the long way are the same. The first
 * bytes choose the format, a path and the size of pieces. */
#include "fuzz.h"

#include "../unit/json_dump.h"

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
    struct option_value value = option_text_value(text, strlen(text));
    demand(spec_say(spec, name, &value, &err));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const paths[] = {"", "", "a", "a.b", "*", "*.a"};
    static const unsigned mappers[] = {1, 2, 8};
    enum { PATHS = sizeof paths / sizeof *paths, PIECES = 300 };
    struct bytes from = {bytes, len};
    unsigned choice = take(&from);
    const char *path = paths[take_below(&from, PATHS)];
    size_t chunk = 1 + take_below(&from, PIECES);
    struct buf whole = {0}, pieces = {0};
    struct spec spec;
    spec_init(&spec);
    spec.path = mem_text("kh");
    spec.format = format_find((choice & 1) != 0 ? "ndjson" : "json");
    if (*path != '\0')
        say(&spec, "at", path);
    if ((choice & 2) != 0)
        say(&spec, "fill_down", "a");
    if ((choice & 4) != 0)
        say(&spec, "max_depth", "2");
    dump_json_bytes(&spec, (const char *)from.at, from.left,
                    (struct json_way){0, 1}, &whole);
    for (size_t i = 0; i < sizeof mappers / sizeof *mappers; i++) {
        buf_clear(&pieces);
        dump_json_bytes(&spec, (const char *)from.at, from.left,
                        (struct json_way){chunk, mappers[i]}, &pieces);
        demand_same(&whole, &pieces);
    }
    buf_clear(&pieces);
    json_limits.plain = true;
    dump_json_bytes(&spec, (const char *)from.at, from.left,
                    (struct json_way){0, 1}, &pieces);
    json_limits.plain = false;
    if (strstr(buf_text(&whole), "failed: ") == NULL)
        demand_same(&whole, &pieces);
    buf_release(&whole);
    buf_release(&pieces);
    spec_release(&spec);
    return 0;
}
