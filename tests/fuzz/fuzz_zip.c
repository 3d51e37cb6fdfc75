/* Any bytes as a zip archive: whatever it says, its parts are read alike in
 * long and in short pieces, are never longer than they say, and are found by
 * their names; and what a part is, as XML, does not depend on how it is cut. */
#include "fuzz.h"

#include "package/xml.h"
#include "package/zip.h"

static const struct zip_limits limits = {.max_unpacked = 1 << 20,
                                         .max_ratio = 100};

/* All of a part, or why it is refused. */
static void read_part(struct zip *zip, unsigned at, size_t step,
                      struct buf *out)
{
    struct err err;
    struct zip_part *part = zip_part_open(zip, at, &err);
    size_t got = 1;
    bool good = part != NULL;
    while (good && got > 0) {
        good = zip_part_read(part, buf_reserve(out, step), step, &got, &err);
        if (good) {
            demand(got <= step);
            out->len += got;
        }
        demand(out->len <= zip_part_size(zip, at));
    }
    if (good)
        demand(out->len == zip_part_size(zip, at));
    else
        demand(err.code == EXIT_INPUT);
    if (!good) {
        demand_shown(err.text);
        buf_clear(out); /* how far it came depends on the pieces */
        buf_putc(out, '!');
    }
    zip_part_close(part);
}

/* The events of an XML, as a text. */
struct told {
    struct xml *xml;
    struct buf out;
    unsigned ends;
};

static void on_start(void *self, const char *name,
                     const char *const *attributes)
{
    struct told *told = self;
    buf_addf(&told->out, "<%s", name);
    for (; *attributes != NULL; attributes += 2)
        buf_addf(&told->out, " %s=%s", attributes[0], attributes[1]);
    buf_putc(&told->out, '>');
}

static void on_end(void *self, const char *name)
{
    struct told *told = self;
    buf_addf(&told->out, "</%s>", name);
    if (++told->ends % 3 == 0)
        xml_pause(told->xml);
}

static void on_text(void *self, const char *text, size_t len)
{
    buf_add(&((struct told *)self)->out, text, len);
}

static void read_xml(const struct buf *text, size_t step, struct buf *out)
{
    struct told told = {0};
    struct err err;
    const struct xml_listener listener = {on_start, on_end, on_text, &told};
    bool good = true;
    told.xml = xml_new(&listener);
    for (size_t at = 0; good && at <= text->len; at += step) {
        size_t left = text->len - at, len = left < step ? left : step;
        good = xml_feed(told.xml, text->at + at, len, len == left, &err);
        while (good && xml_paused(told.xml))
            good = xml_resume(told.xml, &err);
        if (len == left)
            break;
    }
    if (!good)
        buf_addf(&told.out, "! %s", err.text);
    xml_free(told.xml);
    *out = told.out;
}

static void check_part(struct zip *zip, unsigned at, size_t step)
{
    struct buf whole = {0}, pieces = {0}, events = {0}, again = {0};
    int found = zip_find(zip, zip_name(zip, at));
    demand(found >= 0 && (unsigned)found < zip_count(zip));
    demand(strcmp(zip_name(zip, (unsigned)found), zip_name(zip, at)) == 0);
    read_part(zip, at, 1 << 16, &whole);
    read_part(zip, at, step, &pieces);
    demand_same(&whole, &pieces);
    read_xml(&whole, 1 << 16, &events);
    read_xml(&whole, step, &again);
    demand_same(&events, &again);
    buf_release(&whole);
    buf_release(&pieces);
    buf_release(&events);
    buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct err err;
    struct source *source = source_memory((const char *)bytes, len);
    struct zip *zip = zip_open(source, &limits, &err);
    if (zip == NULL)
        demand(err.code == EXIT_INPUT);
    for (unsigned i = 0; zip != NULL && i < zip_count(zip) && i < 20; i++)
        check_part(zip, i, 1 + len % 13);
    zip_close(zip);
    source_close(source);
    return 0;
}
