/* survey.c: the document is gone through once for the names of its sheets;
 * which of them are hidden is said by styles, which stand before. */
#include "survey.h"

#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "find.h"
#include "stream.h"
#include "where.h"

enum {
    SHEETS_MAX = 10000,
    NAME_MAX_BYTES = 1024,
    STYLES_MAX = 64 * 1024, /* bytes of the names of those that hide */
};

struct survey {
    struct ods *ods;
    struct ods_stream stream;
    struct ods_where where;
    struct buf hiding;          /* names of styles, each with a NUL after it */
    char style[NAME_MAX_BYTES]; /* the one that is told of */
    unsigned wanted;            /* the sheet whose areas are wanted */
    bool first_only; /* up to the first sheet: styles are all that counts */
    uint64_t line;
    uint32_t column, repeat;
};

static void refuse(struct survey *survey, const char *what)
{
    struct err err;
    err_set(&err, EXIT_INPUT, "%s", what);
    xml_fail(survey->stream.xml, &err);
}

static void take_style(struct survey *survey, const char *name,
                       const char *const *attributes)
{
    const char *said;
    if (strcmp(name, "style") == 0) {
        said = xml_attribute(attributes, "name");
        survey->style[0] = '\0';
        if (said != NULL && strlen(said) < NAME_MAX_BYTES)
            memcpy(survey->style, said, strlen(said) + 1);
    } else if (strcmp(name, "table-properties") == 0) {
        said = xml_attribute(attributes, "display");
        if (said == NULL || strcmp(said, "false") != 0)
            return;
        if (survey->hiding.len >= STYLES_MAX)
            refuse(survey, "it has more than 65536 bytes of styles that hide "
                           "sheets" ERR_FIXED);
        else
            buf_add(&survey->hiding, survey->style, strlen(survey->style) + 1);
    }
}

static bool hides(const struct survey *survey, const char *style)
{
    size_t at = 0;
    while (style != NULL && at < survey->hiding.len) {
        if (strcmp(survey->hiding.at + at, style) == 0)
            return true;
        at += strlen(survey->hiding.at + at) + 1;
    }
    return false;
}

static void take_sheet(struct survey *survey, const char *const *attributes)
{
    struct ods *ods = survey->ods;
    const char *name = xml_attribute(attributes, "name");
    if (ods->count == SHEETS_MAX) {
        refuse(survey, "it has more than 10000 sheets" ERR_FIXED);
        return;
    }
    if (name != NULL && strlen(name) > GRID_NAME_BYTES) {
        refuse(survey, GRID_NAME_LONG);
        return;
    }
    if ((ods->count & (ods->count - 1)) == 0)
        ods->sheets =
            mem_resize(ods->sheets, (2 * ods->count + 1) * sizeof *ods->sheets);
    ods->sheets[ods->count++] = (struct grid_sheet){
        .name = name != NULL && *name != '\0' ? mem_text(name) : NULL,
        .hidden = hides(survey, xml_attribute(attributes, "style-name"))};
}

static void on_start(void *self, const char *name,
                     const char *const *attributes)
{
    struct survey *survey = self;
    if (!ods_enter(&survey->where, name, attributes))
        return;
    if (survey->where.level == ODS_OUTSIDE)
        take_style(survey, name, attributes);
    else if (survey->where.level == ODS_SHEET) {
        if (survey->first_only)
            xml_stop(survey->stream.xml);
        else
            take_sheet(survey, attributes);
        ods_skip(&survey->where);
    }
}

static void on_end(void *self, const char *name)
{
    struct survey *survey = self;
    (void)name;
    ods_leave(&survey->where);
}

static void on_tag(void *self, const char *name, const char *const *attributes)
{
    (void)name;
    if (!ods_is_copy(attributes))
        take_sheet(self, attributes);
}

/* A sheet's first tag by itself, out of a plain document. */
static bool take_tag(void *self, const char *tag, size_t len, struct err *err)
{
    struct survey *survey = self;
    const struct xml_listener listener = {.start = on_tag, .self = survey};
    survey->stream.xml = xml_new(&listener);
    bool good = xml_feed(survey->stream.xml, tag, len, false, err);
    xml_free(survey->stream.xml);
    survey->stream.xml = NULL;
    return good;
}

static bool run(struct survey *survey, const struct xml_listener *listener,
                struct err *err)
{
    struct ods *ods = survey->ods;
    bool good = ods_stream_open(&survey->stream, ods->source, ods->zip,
                                ods->content, listener, err);
    survey->stream.plain = ods->plain;
    while (good && !survey->stream.ended)
        good = ods_stream_step(&survey->stream, err);
    ods_stream_close(&survey->stream);
    return good;
}

static void forget_sheets(struct ods *ods)
{
    for (unsigned i = 0; i < ods->count; i++)
        free((void *)(uintptr_t)ods->sheets[i].name);
    ods->count = 0;
}

/* Most documents are written plainly: then only their beginning, where the
 * styles are, is read as XML, and the rest of it is looked through. */
bool ods_survey(struct ods *ods, struct err *err)
{
    struct survey survey = {.ods = ods, .first_only = true};
    const struct xml_listener listener = {
        .start = on_start, .end = on_end, .self = &survey};
    const struct ods_finder finder = {take_tag, &survey};
    struct ods_found found = {0};
    bool good = run(&survey, &listener, err) &&
                ods_find_sheets(ods, &finder, &found, err);
    ods->plain = good && found.plain;
    ods->spans = !ods->plain || found.spans;
    if (good && !ods->plain) {
        forget_sheets(ods);
        buf_release(&survey.hiding);
        survey = (struct survey){.ods = ods};
        good = run(&survey, &listener, err);
    }
    buf_release(&survey.hiding);
    return good;
}

static uint32_t count_of(const char *const *attributes, const char *name)
{
    const char *text = xml_attribute(attributes, name);
    return text ? ods_count(text) : 1;
}

static void take_area(struct survey *survey, const char *const *attributes)
{
    struct ods *ods = survey->ods;
    uint32_t columns = count_of(attributes, "number-columns-spanned");
    uint32_t rows = count_of(attributes, "number-rows-spanned");
    if ((columns > 1 || rows > 1) && ods->area_count <= GRID_AREAS) {
        if ((ods->area_count & (ods->area_count - 1)) == 0)
            ods->areas = mem_resize(ods->areas, (2 * ods->area_count + 1) *
                                                    sizeof *ods->areas);
        ods->areas[ods->area_count++] =
            (struct grid_area){.top = survey->line,
                               .bottom = survey->line + rows - 1,
                               .left = survey->column,
                               .right = survey->column + columns - 1};
    }
    columns = count_of(attributes, "number-columns-repeated");
    if (columns < UINT32_MAX / 4 - survey->column)
        survey->column += columns;
}

static void on_area_start(void *self, const char *name,
                          const char *const *attributes)
{
    struct survey *survey = self;
    struct ods_where *where = &survey->where;
    if (!ods_enter(where, name, attributes))
        return;
    if (where->level == ODS_SHEET && strcmp(name, "table") == 0) {
        if (where->sheets != survey->wanted + 1)
            ods_skip(where);
    } else if (where->level == ODS_ROW) {
        survey->line++;
        survey->column = 0;
        survey->repeat = count_of(attributes, "number-rows-repeated");
    } else if (where->level == ODS_CELL) {
        take_area(survey, attributes);
    }
}

static void on_area_end(void *self, const char *name)
{
    struct survey *survey = self;
    enum ods_level level = ods_leave(&survey->where);
    (void)name;
    if (level == ODS_ROW)
        survey->line += survey->repeat - 1;
    else if (level == ODS_SHEET)
        xml_stop(survey->stream.xml);
}

bool ods_survey_areas(struct ods *ods, unsigned sheet, struct err *err)
{
    struct survey survey = {.ods = ods, .wanted = sheet};
    const struct xml_listener listener = {
        .start = on_area_start, .end = on_area_end, .self = &survey};
    ods->area_count = 0;
    free(ods->areas);
    ods->areas = NULL;
    return !ods->spans || run(&survey, &listener, err);
}
