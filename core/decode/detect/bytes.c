/* bytes.c: files that are no text and no package, by what they begin with. A
 * mark that a text might begin with as well is looked at more closely. */
#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "look.h"

#define RESAVE    "open it in Excel or LibreOffice and save it as .xlsx"
#define EXPORT    "export the table in it as .xlsx or CSV"
#define UNPACK    "unpack it, and name the file that was in it"
#define NO_EXPORT "name the export itself"

static const struct kind lotus = {"a Lotus 1-2-3 spreadsheet", NULL, RESAVE};
static const struct kind works = {"a Microsoft Works spreadsheet", NULL,
                                  RESAVE};
static const struct kind quattro = {"a Quattro Pro spreadsheet", NULL, RESAVE};
static const struct kind pdf = {
    "a PDF document", NULL,
    "ask for the table that it was made of, as .xlsx "
    "or CSV"};
static const struct kind rtf = {"an RTF document", NULL, EXPORT};
static const struct kind postscript = {"a PostScript document", NULL, EXPORT};
static const struct kind access = {"an Access database", NULL, EXPORT};
static const struct kind parquet = {"a Parquet file", NULL, "export it as CSV"};
static const struct kind columns = {"a file of columns (ORC, Arrow, Avro)",
                                    NULL, "export it as CSV"};
static const struct kind image = {"an image", NULL,
                                  "export the table that it shows as .xlsx or "
                                  "CSV"};
static const struct kind film = {"sound or a film", NULL, NO_EXPORT};
static const struct kind program = {"a program", NULL, NO_EXPORT};
static const struct kind mailbox = {"an Outlook mailbox", NULL,
                                    "save what is attached to the letter"};
static const struct kind shortcut = {"a shortcut", NULL,
                                     "name the file that it leads to"};
static const struct kind beside = {"what macOS keeps beside a file", NULL,
                                   NO_EXPORT};
static const struct kind cab = {"a CAB archive", NULL, UNPACK};
static const struct kind lzip = {"compressed with lzip", NULL, UNPACK};
static const struct kind lz4 = {"compressed with lz4", NULL, UNPACK};
static const struct kind compress = {"compressed with compress", NULL, UNPACK};
static const struct kind split = {"a part of a ZIP archive that was split",
                                  NULL, UNPACK};
static const struct kind zeros = {
    "full of NUL bytes, as a copy that was broken off leaves it", NULL,
    "copy or export it once more"};

#define MARK(bytes, kind)                                                      \
    {                                                                          \
        (bytes), sizeof(bytes) - 1, (kind)                                     \
    }

static const struct {
    const char *bytes;
    size_t len;
    const struct kind *kind;
} marks[] = {
    MARK("\0\0\2\0\4\4", &lotus),
    MARK("\0\0\2\0\6\4", &lotus),
    MARK("\0\0\x1A\0\0\x10", &lotus),
    MARK("\0\0\x1A\0\2\x10", &lotus),
    MARK("\0\0\x1A\0\3\x10", &lotus),
    MARK("\0\0\x1A\0\5\x10", &lotus),
    MARK("\xFF\0\2\0\4\4", &works),
    MARK("\0\0\2\0\x20\x51", &quattro),
    MARK("\0\0\2\0\x21\x51", &quattro),
    MARK("\0\0\2\0\1\x10", &quattro),
    MARK("\0\0\2\0\2\x10", &quattro),
    MARK("{\\rtf", &rtf),
    MARK("%!PS-Adobe", &postscript),
    MARK("\xC5\xD0\xD3\xC6", &postscript),
    MARK("\0\1\0\0Standard ", &access),
    MARK("PAR1\x15", &parquet),
    MARK("PARE\x15", &parquet),
    MARK("ORC\x0A\x03", &columns),
    MARK("ARROW1\0\0", &columns),
    MARK("FEA1\0\0\0\0", &columns),
    MARK("Obj\1", &columns),
    MARK("\x89PNG\r\n", &image),
    MARK("\xFF\xD8\xFF", &image),
    MARK("GIF87a", &image),
    MARK("GIF89a", &image),
    MARK("II*\0", &image),
    MARK("MM\0*", &image),
    MARK("\0\0\1\0\1\0", &image),
    MARK("ID3\3\0", &film),
    MARK("ID3\4\0", &film),
    MARK("\x1A\x45\xDF\xA3", &film),
    MARK("\x7F"
         "ELF",
         &program),
    MARK("MZ\x90\0", &program),
    MARK("!BDN", &mailbox),
    MARK("L\0\0\0\1\x14\2\0", &shortcut),
    MARK("book\0\0\0\0mark\0\0\0\0", &shortcut),
    MARK("\0\5\x16\7\0\2\0\0", &beside),
    MARK("\0\0\0\1Bud1", &beside),
    MARK("MSCF\0\0\0\0", &cab),
    MARK("LZIP\1", &lzip),
    MARK("\x04\x22\x4D\x18", &lz4),
    MARK("\x1F\x9D", &compress),
    MARK("PK\7\10PK\3\4", &split),
};

/* Its first page is found wherever it begins. */
static bool is_pdf(const char *head, size_t len)
{
    enum { BEFORE = 1024 };
    static const char mark[] = "%PDF-";
    size_t at = 0;
    if (len >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
        at = 3;
    while (at < len && at < BEFORE && ascii_blank(head[at]))
        at++;
    return len - at >= sizeof mark - 1 &&
           memcmp(head + at, mark, sizeof mark - 1) == 0;
}

/* BM, and a header of one of the lengths that there are. */
static bool is_bitmap(const char *head, size_t len)
{
    return len >= 18 && memcmp(head, "BM", 2) == 0 &&
           memcmp(head + 6, "\0\0\0\0", 4) == 0 &&
           strchr("\x0C\x28\x34\x38\x40\x6C\x7C", head[14]) != NULL &&
           memcmp(head + 15, "\0\0\0", 3) == 0;
}

static bool is_webp(const char *head, size_t len)
{
    return len >= 12 && memcmp(head, "RIFF", 4) == 0 &&
           memcmp(head + 8, "WEBP", 4) == 0;
}

static bool is_photo(const char *head, size_t len)
{
    static const char *const brands[] = {"heic", "heix", "hevc",
                                         "mif1", "msf1", "avif"};
    if (len < 12 || memcmp(head + 4, "ftyp", 4) != 0)
        return false;
    for (size_t i = 0; i < sizeof brands / sizeof *brands; i++)
        if (memcmp(head + 8, brands[i], 4) == 0)
            return true;
    return false;
}

static bool is_film(const char *head, size_t len)
{
    return len >= 12 && ((memcmp(head, "\0\0\0", 3) == 0 &&
                          memcmp(head + 4, "ftyp", 4) == 0) ||
                         (memcmp(head, "RIFF", 4) == 0 &&
                          (memcmp(head + 8, "WAVE", 4) == 0 ||
                           memcmp(head + 8, "AVI ", 4) == 0)));
}

static bool is_zeros(const char *head, size_t len)
{
    return len > 0 && *head == '\0' && memcmp(head, head + 1, len - 1) == 0;
}

static const struct {
    bool (*is)(const char *head, size_t len);
    const struct kind *kind;
} others[] = {
    {is_zeros, &zeros}, {is_pdf, &pdf},     {is_bitmap, &image},
    {is_webp, &image},  {is_photo, &image}, {is_film, &film},
};

const struct kind *detect_bytes(const char *head, size_t len)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (len >= marks[i].len &&
            memcmp(head, marks[i].bytes, marks[i].len) == 0)
            return marks[i].kind;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].is(head, len))
            return others[i].kind;
    return NULL;
}
