/* text.c: texts that are no table of lines and cells, though CSV would take
 * any text for one. Each needs more than its first word: a CSV may have a
 * column that is called so. */
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "decode/encoding/fold.h"
#include "look.h"

#define RESAVE "open it in Excel or LibreOffice and save it as .xlsx"
#define AGAIN  "look at it, and export it again as .xlsx or CSV"

static const struct kind sylk = {"a SYLK spreadsheet", NULL, RESAVE};
static const struct kind dif = {"a DIF spreadsheet", NULL, RESAVE};
static const struct kind google = {
    "a shortcut to a document of Google's, without its rows", NULL,
    "open it in the browser and download it as .xlsx or CSV"};
static const struct kind shortcut = {
    "a shortcut to a web page", NULL,
    "open it in the browser and download the export"};
static const struct kind xml = {"XML, and no XML Spreadsheet", NULL, AGAIN};
static const struct kind php = {"a program in PHP", NULL, AGAIN};
static const struct kind answer = {"an answer of a web server", NULL, AGAIN};
static const struct kind cards = {"a list of contacts (vCard)", NULL,
                                  "export it as CSV"};
static const struct kind calendar = {"a calendar (iCalendar)", NULL,
                                     "export it as CSV"};

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static const char *skip_space(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* The next line that is not blank. */
static const char *next_line(const char *at)
{
    at += strcspn(at, "\r\n");
    return at + strspn(at, "\r\n");
}

/* A record's type, and a field's, which is one letter. */
static bool is_record(const char *line)
{
    static const char *const types[] = {"B", "C",  "F",  "O",  "P",
                                        "W", "NN", "NE", "NU", "NL"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t len = strlen(types[i]);
        if (begins(line, types[i]) && line[len] == ';')
            return line[len + 1] >= 'A' && line[len + 1] <= 'Z';
    }
    return false;
}

/* The size of the sheet, or a place in it: `C;Y1;X1`, `C;X2;K"An"`. */
static bool is_place(const char *line)
{
    if ((line[0] != 'B' && line[0] != 'C' && line[0] != 'F') ||
        line[1] != ';' || (line[2] != 'X' && line[2] != 'Y'))
        return false;
    size_t digits = strspn(line + 3, "0123456789");
    const char *next = line + 3 + digits;
    return digits > 0 && *next == ';' &&
           (next[1] == 'X' || next[1] == 'Y' || next[1] == 'K');
}

static bool is_whole(const char *line)
{
    return line[0] == 'E' && (line[1] == '\0' || strchr("\r\n", line[1]));
}

/* Records from the second line on, up to one that proves it. */
static bool is_sylk(const char *text)
{
    if (!begins(text, "ID;P"))
        return false;
    for (const char *line = next_line(text); *line; line = next_line(line)) {
        if (is_place(line) || is_whole(line))
            return true;
        if (!is_record(line))
            return false;
    }
    return false;
}

static bool is_dif(const char *text)
{
    static const char *const lines[] = {"TABLE", "0,1", "\""};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        size_t len = strlen(lines[i]);
        bool last = lines[i][0] == '"';
        if (!begins(text, lines[i]) ||
            (!last && (text[len] == '\0' || !strchr("\r\n", text[len]))))
            return false;
        text = next_line(text);
    }
    return true;
}

static bool is_google(const char *text)
{
    return detect_json(text, strlen(text)) == TEXT_SHORTCUT;
}

static bool is_shortcut(const char *text)
{
    return begins(skip_space(text), "[InternetShortcut]");
}

static bool is_xml(const char *text)
{
    text = skip_space(text);
    return begins(text, "<?xml ");
}

static bool is_php(const char *text)
{
    return begins(skip_space(text), "<?php");
}

static bool is_answer(const char *text)
{
    return begins(text, "HTTP/1.");
}

static bool is_cards(const char *text)
{
    return strncasecmp(text, "BEGIN:VCARD", 11) == 0;
}

static bool is_calendar(const char *text)
{
    return strncasecmp(text, "BEGIN:VCALENDAR", 15) == 0;
}

/* The first that fits. */
static const struct {
    bool (*is)(const char *text);
    const struct kind *kind;
} kinds[] = {
    {is_sylk, &sylk},         {is_dif, &dif},     {is_google, &google},
    {is_shortcut, &shortcut}, {is_xml, &xml},     {is_php, &php},
    {is_answer, &answer},     {is_cards, &cards}, {is_calendar, &calendar},
};

const struct kind *detect_text(const char *head, size_t len)
{
    const struct kind *kind = NULL;
    struct buf text = {0};
    fold_head(&text, head, len);
    for (size_t i = 0; kind == NULL && i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].is(buf_text(&text)))
            kind = kinds[i].kind;
    buf_release(&text);
    return kind;
}
