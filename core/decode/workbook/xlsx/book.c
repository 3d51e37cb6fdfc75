/* book.c: from the package's root to its workbook, and from there to sheets,
 * strings and styles, each by what it is related to; by its usual name where
 * nothing is said. */
#include "book.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "package/hear.h"
#include "package/relations.h"

enum { MOST_SHEETS = 10000 };

struct reading {
    struct xlsx_book *book;
    const struct relations *relations;
    const char *beyond; /* a limit: what is too much */
};

static const char *keep(struct arena *arena, const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(arena_alloc(arena, size), text, size);
}

/* False: the workbook is beyond a limit. */
static bool has_room(struct reading *reading, const char *name)
{
    if (reading->book->sheet_count == MOST_SHEETS)
        reading->beyond = "more than 10000 sheets" ERR_FIXED;
    else if (name != NULL && strlen(name) > GRID_NAME_BYTES)
        reading->beyond = GRID_NAME_LONG;
    return reading->beyond == NULL;
}

static void grow(struct xlsx_book *book)
{
    if (book->sheet_count < book->sheet_cap)
        return;
    book->sheet_cap = book->sheet_cap * 2 + 8;
    book->sheets =
        mem_resize(book->sheets, book->sheet_cap * sizeof *book->sheets);
    book->parts =
        mem_resize(book->parts, book->sheet_cap * sizeof *book->parts);
}

/* Its relation says what kind of sheet it is; the n-th sheet is sheetn.xml
 * where there is none. */
static void add_sheet(struct reading *reading, const char *const *attributes)
{
    struct xlsx_book *book = reading->book;
    const char *name = xml_attribute(attributes, "name");
    const char *state = xml_attribute(attributes, "state");
    const char *id = xml_attribute(attributes, "id");
    const struct relation *relation =
        id ? relations_find(reading->relations, id) : NULL;
    if (!has_room(reading, name))
        return;
    grow(book);
    unsigned at = book->sheet_count++;
    book->sheets[at] = (struct grid_sheet){
        .name = keep(&book->arena, name ? name : ""),
        .hidden = state != NULL && strcasecmp(state, "visible") != 0,
        .no_table =
            relation != NULL && strcasecmp(relation->type, "worksheet") != 0,
    };
    book->parts[at] = relation && !relation->external
                          ? keep(&book->arena, relation->target)
                          : NULL;
}

static void hear_start(void *self, const char *name,
                       const char *const *attributes)
{
    struct reading *reading = self;
    const char *says;
    if (strcmp(name, "sheet") == 0) {
        add_sheet(reading, attributes);
    } else if (strcmp(name, "workbookPr") == 0) {
        says = xml_attribute(attributes, "date1904");
        reading->book->from_1904 = says != NULL && (strcmp(says, "1") == 0 ||
                                                    strcmp(says, "true") == 0 ||
                                                    strcmp(says, "on") == 0);
    }
}

/* The part that is related so, or has the usual name; -1: there is none. */
static int find_part(const struct xlsx_book *book,
                     const struct relations *relations, const char *type,
                     const char *usual)
{
    const struct relation *relation = relations_of_type(relations, type);
    int part = relation && !relation->external
                   ? zip_find(book->zip, relation->target)
                   : -1;
    return part >= 0 ? part : zip_find(book->zip, usual);
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len >= end_len && strcasecmp(text + len - end_len, end) == 0;
}

/* XLSB is the same package, with parts that are no XML. */
static int find_workbook(const struct xlsx_book *book, struct err *err)
{
    struct relations root;
    int part = -1;
    if (relations_read(&root, book->zip, "", err)) {
        part = find_part(book, &root, "officeDocument", "xl/workbook.xml");
        if (part < 0)
            part = zip_find(book->zip, "xl/workbook.bin");
        if (part < 0)
            err_set(err, EXIT_INPUT,
                    "no workbook: the archive has no part xl/workbook.xml");
        else if (ends_with(zip_name(book->zip, (unsigned)part), ".bin")) {
            part = -1;
            err_set(err, EXIT_INPUT,
                    "an Excel binary workbook (XLSB), which is not read: open "
                    "it in a spreadsheet program and save it as .xlsx");
        }
    }
    relations_release(&root);
    return part;
}

/* Sheets without a relation, by the usual names. */
static void name_parts(struct xlsx_book *book)
{
    for (unsigned i = 0; i < book->sheet_count; i++) {
        char *usual;
        if (book->parts[i] != NULL)
            continue;
        usual = mem_format("xl/worksheets/sheet%u.xml", i + 1);
        book->parts[i] = keep(&book->arena, usual);
        free(usual);
    }
}

static bool read_workbook(struct xlsx_book *book, unsigned part,
                          const struct relations *relations, struct err *err)
{
    struct reading reading = {.book = book, .relations = relations};
    const struct xml_listener listener = {.start = hear_start,
                                          .self = &reading};
    if (!package_hear(book->zip, part, &listener, err))
        return false;
    name_parts(book);
    if (reading.beyond != NULL)
        return err_set(err, EXIT_INPUT, "%s", reading.beyond);
    if (book->sheet_count == 0)
        return err_set(err, EXIT_INPUT, "the workbook has no sheet");
    int styles = find_part(book, relations, "styles", "xl/styles.xml");
    int strings =
        find_part(book, relations, "sharedStrings", "xl/sharedStrings.xml");
    if (!xlsx_styles_read(&book->styles, book->zip, styles, err))
        return false;
    book->strings = xlsx_strings_read(book->zip, strings, book->longest, err);
    return book->strings != NULL;
}

static bool read_book(struct xlsx_book *book, struct err *err)
{
    struct relations relations;
    int part = find_workbook(book, err);
    if (part < 0)
        return false;
    bool good = relations_read(&relations, book->zip,
                               zip_name(book->zip, (unsigned)part), err) &&
                read_workbook(book, (unsigned)part, &relations, err);
    relations_release(&relations);
    return good;
}

struct xlsx_book *xlsx_book_open(struct source *source,
                                 const struct zip_limits *limits,
                                 size_t max_cell, struct err *err)
{
    struct xlsx_book *book = mem_zero(1, sizeof *book);
    book->longest = max_cell + XLSX_TAGS;
    arena_init(&book->arena);
    book->zip = zip_open(source, limits, err);
    if (book->zip != NULL && read_book(book, err))
        return book;
    xlsx_book_close(book);
    return NULL;
}

void xlsx_book_close(struct xlsx_book *book)
{
    if (book == NULL)
        return;
    xlsx_strings_free(book->strings);
    xlsx_styles_release(&book->styles);
    arena_release(&book->arena);
    free(book->sheets);
    free(book->parts);
    zip_close(book->zip);
    free(book);
}

int xlsx_book_part(const struct xlsx_book *book, unsigned sheet,
                   struct err *err)
{
    int part = zip_find(book->zip, book->parts[sheet]);
    if (part < 0)
        err_set(err, EXIT_INPUT,
                "sheet \"%s\" is not in the file: it has no part %s",
                book->sheets[sheet].name, book->parts[sheet]);
    return part;
}
