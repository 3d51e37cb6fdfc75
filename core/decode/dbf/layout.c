/* layout.c: nothing that the head says is believed before it is checked: a
 * field beyond its record, a record without a field. */
#include "layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    FIXED = 32,
    FIELD = 32,
    FIXED_7 = 68,
    FIELD_7 = 48,
    NAME = 11,
    NAME_7 = 32,
    END = 0x0D,
    NULLABLE = 2, /* flags of a field of Visual FoxPro */
    FOXPRO_2 = 0xF5,
};

static const struct version {
    unsigned byte;
    enum dbf_memo memo;
    const char *title;
} versions[] = {
    {0x03, DBF_DBT_3, "dBase III"},     {0x83, DBF_DBT_3, "dBase III"},
    {0x43, DBF_DBT_4, "dBase IV"},      {0x63, DBF_DBT_4, "dBase IV"},
    {0x7B, DBF_DBT_4, "dBase IV"},      {0x8B, DBF_DBT_4, "dBase IV"},
    {0x8E, DBF_DBT_4, "dBase IV"},      {0xCB, DBF_DBT_4, "dBase IV"},
    {0x04, DBF_DBT_4, "dBase 7"},       {0x8C, DBF_DBT_4, "dBase 7"},
    {FOXPRO_2, DBF_DBT_3, "FoxPro 2"},  {0xFB, DBF_DBT_3, "FoxBASE"},
    {0x30, DBF_DBT_3, "Visual FoxPro"}, {0x31, DBF_DBT_3, "Visual FoxPro"},
    {0x32, DBF_DBT_3, "Visual FoxPro"},
};

static const struct version *version_of(unsigned byte)
{
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        if (versions[i].byte == byte)
            return &versions[i];
    return NULL;
}

static bool is_visual(unsigned version)
{
    return version >= 0x30 && version <= 0x32;
}

static bool is_7(unsigned version)
{
    return version == 0x04 || version == 0x8C;
}

const char *dbf_layout_title(const struct dbf_layout *layout)
{
    return version_of(layout->version)->title;
}

/* Which code page a byte means. */
static const struct {
    unsigned char code;
    const char *encoding;
} codes[] = {
    {0x01, "CP437"},
    {0x02, "CP850"},
    {0x03, "windows-1252"},
    {0x04, "MACINTOSH"},
    {0x08, "CP865"},
    {0x09, "CP437"},
    {0x0A, "CP850"},
    {0x0B, "CP437"},
    {0x0D, "CP437"},
    {0x0E, "CP850"},
    {0x0F, "CP437"},
    {0x10, "CP850"},
    {0x11, "CP437"},
    {0x12, "CP850"},
    {0x13, "CP932"},
    {0x14, "CP850"},
    {0x15, "CP437"},
    {0x16, "CP850"},
    {0x17, "CP865"},
    {0x18, "CP437"},
    {0x19, "CP437"},
    {0x1A, "CP850"},
    {0x1B, "CP437"},
    {0x1C, "CP863"},
    {0x1D, "CP850"},
    {0x1F, "CP852"},
    {0x22, "CP852"},
    {0x23, "CP852"},
    {0x24, "CP860"},
    {0x25, "CP850"},
    {0x26, "CP866"},
    {0x37, "CP850"},
    {0x40, "CP852"},
    {0x4D, "CP936"},
    {0x4E, "CP949"},
    {0x4F, "CP950"},
    {0x50, "CP874"},
    {0x57, "windows-1252"},
    {0x58, "windows-1252"},
    {0x59, "windows-1252"},
    {0x64, "CP852"},
    {0x65, "CP866"},
    {0x66, "CP865"},
    {0x67, "CP861"},
    {0x6A, "CP737"},
    {0x6B, "CP857"},
    {0x6C, "CP863"},
    {0x78, "CP950"},
    {0x79, "CP949"},
    {0x7A, "CP936"},
    {0x7B, "CP932"},
    {0x7C, "CP874"},
    {0x7D, "windows-1255"},
    {0x7E, "windows-1256"},
    {0x86, "CP737"},
    {0x87, "CP852"},
    {0x88, "CP857"},
    {0x96, "MAC-CYRILLIC"},
    {0x97, "MAC-CENTRALEUROPE"},
    {0xC8, "windows-1250"},
    {0xC9, "windows-1251"},
    {0xCA, "windows-1254"},
    {0xCB, "windows-1253"},
    {0xCC, "windows-1257"},
    {0xF0, "UTF-8"},
};

const char *dbf_layout_encoding(const struct dbf_layout *layout)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].code == layout->code)
            return codes[i].encoding;
    return NULL;
}

static unsigned u16(const unsigned char *at)
{
    return (unsigned)(at[0] | at[1] << 8);
}

static uint32_t u32(const unsigned char *at)
{
    return u16(at) | (uint32_t)u16(at + 2) << 16;
}

static bool read_whole(struct source *source, unsigned char *into, size_t len,
                       struct err *err)
{
    size_t done = 0, got = 1;
    while (done < len && got > 0) {
        if (!source_read(source, into + done, len - done, &got, err))
            return false;
        done += got;
    }
    return done == len ||
           err_set(err, EXIT_INPUT, "it ends within its list of fields");
}

/* Types that mean the same wherever they stand. */
static const struct {
    char type;
    enum dbf_kind kind;
    unsigned len; /* that it must have; 0: any */
} kinds[] = {
    {'C', DBF_TEXT, 0},    {'N', DBF_NUMBER, 0},   {'F', DBF_NUMBER, 0},
    {'L', DBF_TRUTH, 1},   {'D', DBF_DAY, 8},      {'T', DBF_MOMENT, 8},
    {'@', DBF_MOMENT, 8},  {'I', DBF_INTEGER, 4},  {'+', DBF_COUNTER, 4},
    {'O', DBF_REAL, 8},    {'Y', DBF_CURRENCY, 8}, {'M', DBF_MEMO, 0},
    {'V', DBF_VARTEXT, 0}, {'G', DBF_OBJECT, 0},   {'P', DBF_OBJECT, 0},
    {'Q', DBF_BINARY, 0},  {'W', DBF_OBJECT, 0},   {'0', DBF_SYSTEM, 0},
};

static bool is_type(char type)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].type == type)
            return true;
    return type == 'B';
}

bool dbf_layout_begins(const char *text, size_t len)
{
    const unsigned char *head = (const unsigned char *)text;
    if (len < FIXED || version_of(head[0]) == NULL)
        return false;
    bool seven = is_7(head[0]);
    const unsigned char *field = head + (seven ? FIXED_7 : FIXED);
    size_t name = seven ? NAME_7 : NAME;
    if (len < (size_t)(field - head) + name + 1)
        return false;
    /* The month and the day of the last change; tools leave zeros there. */
    return head[2] <= 12 && head[3] <= 31 && u16(head + 10) > 1 &&
           u16(head + 8) >= (seven ? FIXED_7 + FIELD_7 : FIXED + FIELD) &&
           field[0] > ' ' && memchr(field, '\0', name) != NULL &&
           is_type((char)field[name]);
}

/* B is a number of Visual FoxPro, and an object of dBase. */
static bool kind_of(const struct dbf_layout *layout, struct dbf_field *field,
                    struct err *err)
{
    if (field->type == 'B') {
        bool number = is_visual(layout->version) && field->len == 8;
        field->kind = number ? DBF_DOUBLE : DBF_OBJECT;
        return true;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].type != field->type)
            continue;
        field->kind = kinds[i].kind;
        if (field->type == 'I' && is_7(layout->version))
            field->kind = DBF_COUNTER;
        return kinds[i].len == 0 || kinds[i].len == field->len ||
               err_set(err, EXIT_INPUT,
                       "field %s: type %c has %u bytes, not %u", field->name,
                       field->type, field->len, kinds[i].len);
    }
    return err_set(err, EXIT_INPUT, "field %s: no table has a type \"%c\"",
                   field->name,
                   field->type > ' ' && field->type < 0x7F ? field->type : '?');
}

/* Texts longer than 255 bytes have their high byte where others have their
 * decimals. */
static bool read_field(struct dbf_layout *layout, const unsigned char *at,
                       struct err *err)
{
    struct dbf_field *field = &layout->fields[layout->count];
    bool seven = is_7(layout->version);
    size_t name = seven ? NAME_7 : NAME;
    const unsigned char *rest = at + name;
    memcpy(field->name, at, name);
    field->name[seven ? NAME_7 : NAME - 1] = '\0';
    field->type = (char)rest[0];
    field->len = seven ? rest[1] : at[16];
    if (field->type == 'C')
        field->len += (seven ? rest[2] : at[17]) * 256u;
    field->null = field->partial = -1;
    if (is_visual(layout->version) && (at[18] & NULLABLE) != 0)
        field->null = 0;
    return kind_of(layout, field, err);
}

static unsigned fields_end(const struct dbf_layout *layout, unsigned most)
{
    unsigned end = 1;
    for (unsigned i = 0; i < layout->count; i++)
        end += layout->fields[i].len & most;
    return end;
}

/* Programs that know no such texts have rubbish there: it counts only where the
 * record has that length. */
static void forget_high_bytes(struct dbf_layout *layout)
{
    enum { LOW = 0xFF };
    if (fields_end(layout, UINT16_MAX) <= layout->record ||
        fields_end(layout, LOW) > layout->record)
        return;
    for (unsigned i = 0; i < layout->count; i++)
        layout->fields[i].len &= LOW;
}

/* Where the fields stand, one behind the other; bits of nulls count as the
 * fields do, that of a text of varying length before its null. */
static bool place_fields(struct dbf_layout *layout, struct err *err)
{
    forget_high_bytes(layout);
    unsigned at = 1, bits = 0, kept = 0;
    for (unsigned i = 0; i < layout->count; i++) {
        struct dbf_field *field = &layout->fields[i];
        field->at = at;
        at += field->len;
        if (at > layout->record)
            return err_set(err, EXIT_INPUT,
                           "field %s ends at byte %u of a record of %u",
                           field->name, at, layout->record);
        if (field->type == 'V' || field->type == 'Q')
            field->partial = (int)bits++;
        if (field->null == 0)
            field->null = (int)bits++;
        if (field->kind == DBF_SYSTEM) {
            layout->nulls = field->at;
            layout->nulls_len = field->len;
        } else {
            layout->fields[kept++] = *field;
        }
    }
    layout->count = kept;
    return kept > 0 || err_set(err, EXIT_INPUT, "it has no field");
}

static bool read_fields(struct dbf_layout *layout, const unsigned char *head,
                        struct err *err)
{
    bool seven = is_7(layout->version);
    unsigned at = seven ? FIXED_7 : FIXED, size = seven ? FIELD_7 : FIELD;
    layout->fields =
        mem_zero((layout->head - at) / size + 1, sizeof *layout->fields);
    for (; at + size <= layout->head && head[at] != END; at += size) {
        if (!read_field(layout, head + at, err))
            return false;
        layout->count++;
    }
    return place_fields(layout, err);
}

/* Is there room for what is read at once? */
static bool is_possible(const struct dbf_layout *layout, struct err *err)
{
    if (version_of(layout->version) == NULL)
        return err_set(err, EXIT_INPUT, "it is no table of dBase or FoxPro");
    if (layout->head < (is_7(layout->version) ? FIXED_7 : FIXED))
        return err_set(err, EXIT_INPUT,
                       "its head of %u bytes holds no field: is it a table of "
                       "dBase or FoxPro?",
                       layout->head);
    return layout->record > 1 ||
           err_set(err, EXIT_INPUT,
                   "its records of %u byte%s hold no field: is it a table of "
                   "dBase or FoxPro?",
                   layout->record, layout->record == 1 ? "" : "s");
}

bool dbf_layout_read(struct dbf_layout *layout, struct source *source,
                     struct err *err)
{
    unsigned char fixed[FIXED];
    if (!read_whole(source, fixed, FIXED, err))
        return false;
    *layout = (struct dbf_layout){.version = fixed[0],
                                  .records = u32(fixed + 4),
                                  .head = u16(fixed + 8),
                                  .record = u16(fixed + 10),
                                  .code = fixed[29]};
    if (!is_possible(layout, err))
        return false;
    layout->memo = version_of(layout->version)->memo;
    layout->fox = is_visual(layout->version) || layout->version == FOXPRO_2;
    unsigned char *head = mem_alloc(layout->head);
    memcpy(head, fixed, FIXED);
    bool good = read_whole(source, head + FIXED, layout->head - FIXED, err) &&
                read_fields(layout, head, err);
    free(head);
    return good;
}

void dbf_layout_release(struct dbf_layout *layout)
{
    free(layout->fields);
    *layout = (struct dbf_layout){0};
}
