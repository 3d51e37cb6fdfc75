/* package.c: a zip is looked into, and for. What kind a package is, its content
 * types say (ECMA-376 part 2), or its file "mimetype" (OpenDocument), wherever
 * its parts stand; where neither does, parts of the usual names do. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "look.h"
#include "package/zip.h"

#define TO_CSV "save it as .xlsx or CSV"

static const struct kind xlsx = {"an XLSX workbook", "xlsx", TO_CSV};
static const struct kind xlsb = {"a binary workbook (XLSB)", NULL,
                                 "open it in Excel and save it as .xlsx"};
static const struct kind docx = {"a Word document", NULL,
                                 "export the table in it as .xlsx or CSV"};
static const struct kind pptx = {"a PowerPoint document", NULL,
                                 "export the table in it as .xlsx or CSV"};
static const struct kind ods = {"an ODS spreadsheet", "ods", TO_CSV};
static const struct kind odt = {"an OpenDocument text", NULL,
                                "export the table in it as .ods or CSV"};
static const struct kind odx = {"an OpenDocument file without a spreadsheet",
                                NULL, "export the table in it as .ods or CSV"};
static const struct kind behind = {"a ZIP archive behind other bytes", NULL,
                                   "unpack it, and name the file that was in "
                                   "it"};
static const struct kind last_part = {
    "the last part of a ZIP archive that was "
    "split",
    NULL,
    "unpack it beside its other parts, and name "
    "the file that was in it"};
static const struct kind numbers = {"an Apple Numbers document", NULL,
                                    "export it as .xlsx or CSV"};

/* In this order: a workbook may hold documents, and the types of some XLSX name
 * XLSB for parts that are not there. */
static const struct {
    const char *part; /* the text stands in it; NULL: any part of that name */
    const char *text;
    const struct kind *kind;
} signs[] = {
    {"mimetype", "opendocument.spreadsheet", &ods},
    {"mimetype", "opendocument.text", &odt},
    {"mimetype", "opendocument.", &odx},
    {NULL, "xl/workbook.bin", &xlsb},
    {"[Content_Types].xml", "spreadsheetml.sheet.main+xml", &xlsx},
    {"[Content_Types].xml", "spreadsheetml.template.main+xml", &xlsx},
    {"[Content_Types].xml", "excel.sheet.macroenabled.main+xml", &xlsx},
    {"[Content_Types].xml", "excel.template.macroenabled.main+xml", &xlsx},
    {"[Content_Types].xml", "excel.addin.macroenabled.main+xml", &xlsx},
    {"[Content_Types].xml", "wordprocessingml.", &docx},
    {"[Content_Types].xml", "presentationml.", &pptx},
    {NULL, "xl/workbook.xml", &xlsx},
    {"[Content_Types].xml", "excel.sheet.binary", &xlsb},
    {NULL, "word/document.xml", &docx},
    {NULL, "ppt/presentation.xml", &pptx},
    {NULL, "index/document.iwa", &numbers},
    {"META-INF/manifest.xml", "opendocument.spreadsheet", &ods},
};

enum { LOOK_MAX = 256 * 1024 };

/* Small ASCII letters, and nothing else: UTF-16 reads as UTF-8 does. */
static size_t plain_letters(char *text, size_t len)
{
    size_t kept = 0;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c > ' ' && c < 0x7F)
            text[kept++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    text[kept] = '\0';
    return kept;
}

/* The first bytes of a part as a text, or NULL: it is not there, or damaged,
 * which who reads it says better. */
static char *first_bytes(struct zip *zip, const char *name)
{
    struct err unsaid;
    int at = zip_find(zip, name);
    struct zip_part *part =
        at >= 0 ? zip_part_open(zip, (unsigned)at, &unsaid) : NULL;
    if (part == NULL)
        return NULL;
    char *text = mem_alloc(LOOK_MAX + 1);
    size_t len = 0, got = 1;
    while (len < LOOK_MAX && got > 0 &&
           zip_part_read(part, text + len, LOOK_MAX - len, &got, &unsaid))
        len += got;
    zip_part_close(part);
    plain_letters(text, len);
    return text;
}

static const struct kind *kind_of(struct zip *zip)
{
    const struct kind *kind = NULL;
    const char *name = "";
    char *text = NULL;
    for (size_t i = 0; kind == NULL && i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].part != NULL && strcmp(signs[i].part, name) != 0) {
            name = signs[i].part;
            free(text);
            text = first_bytes(zip, name);
        }
        bool found = signs[i].part == NULL
                         ? zip_find(zip, signs[i].text) >= 0
                         : text != NULL && strstr(text, signs[i].text) != NULL;
        if (found)
            kind = signs[i].kind;
    }
    free(text);
    return kind;
}

bool detect_package(struct source *source, const struct zip_limits *limits,
                    const struct kind **kind, struct err *err)
{
    *kind = NULL;
    if (!source_spool(source, err))
        return false;
    struct zip *zip = zip_open(source, limits, err);
    if (zip == NULL)
        return false;
    *kind = kind_of(zip);
    zip_close(zip);
    return true;
}

const struct kind *detect_tail(struct source *source, const char *head,
                               size_t len)
{
    static const struct kind *const kinds[] = {[ZIP_TAIL_NONE] = NULL,
                                               [ZIP_TAIL_WHOLE] = &behind,
                                               [ZIP_TAIL_PART] = &last_part};
    bool text = memchr(head, '\0', len) == NULL;
    return text || source_size(source) == 0 ? NULL : kinds[zip_tail(source)];
}
