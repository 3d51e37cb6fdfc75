/* floor IN BODIES REJECTS: the mapping of fields.lua, by hand.
 *
 * What the work costs a competent C program that knows its input, on one
 * thread; fastsync's `fields` may cost twice that. */
#include "work.h"

#include <string.h>

/* clang-format off */
enum {
    IN_CODE = 1, IN_NAME, IN_ENGLISH, IN_SELLER, IN_STREET, IN_WARD,
    IN_PROVINCE, IN_PARTNER, IN_GROUP, IN_REGION, IN_CHANNEL, IN_PHONE, IN_TAX,
    IN_FAX, IN_EMAIL, IN_ACCOUNT, IN_BANK, IN_WEBSITE, IN_TERM, IN_STATUS,
    IN_KIND, IN_DEBT
};

struct choice {
    const char *from;
    size_t len;
    const char *to;
};
#define CHOICE(from, to) {from, sizeof from - 1, to}
static const struct choice groups[] = {
    CHOICE("Đại lý", "DL"), CHOICE("Bán lẻ", "BL"), CHOICE("Bán sỉ", "BS"),
    CHOICE("Dự án", "DA"), CHOICE("Nhà nước", "NN"), CHOICE("Xuất khẩu", "XK"),
    CHOICE("", "KHAC"), {0, 0, 0}};
static const struct choice regions[] = {
    CHOICE("Miền Bắc", "MB"), CHOICE("Miền Trung", "MT"),
    CHOICE("Miền Nam", "MN"), CHOICE("Tây Nguyên", "TNG"),
    CHOICE("Miền Tây", "MTY"), {0, 0, 0}};
static const struct choice terms[] = {
    CHOICE("Tiền mặt", "00"), CHOICE("7 ngày", "07"), CHOICE("15 ngày", "15"),
    CHOICE("30 ngày", "30"), CHOICE("45 ngày", "45"), CHOICE("60 ngày", "60"),
    CHOICE("", "00"), {0, 0, 0}};
static const struct choice statuses[] = {
    CHOICE("Đang hoạt động", "1"), CHOICE("Ngừng hoạt động", "0"),
    CHOICE("", "1"), {0, 0, 0}};
static const struct choice suppliers[] = {
    CHOICE("KH", "0"), CHOICE("NCC", "1"), CHOICE("KH/NCC", "1"),
    CHOICE("NV", "0"), {0, 0, 0}};
static const struct choice employees[] = {
    CHOICE("KH", "0"), CHOICE("NCC", "0"), CHOICE("KH/NCC", "0"),
    CHOICE("NV", "1"), {0, 0, 0}};
/* clang-format on */

static bool pick(const struct choice *choices, const struct cell *cell,
                 struct cell *found)
{
    for (; choices->from != NULL; choices++) {
        if (choices->len == cell->len &&
            memcmp(choices->from, cell->at, cell->len) == 0) {
            *found = cell_of(choices->to, strlen(choices->to));
            return true;
        }
    }
    return false;
}

/* The code tables; the field whose text is in none, or -1. */
static int pick_all(const struct cell *in, struct cell *out)
{
    if (!pick(groups, &in[IN_GROUP], &out[GROUP1]))
        return GROUP1;
    if (!pick(regions, &in[IN_REGION], &out[GROUP2]))
        return GROUP2;
    if (!pick(terms, &in[IN_TERM], &out[TERM]))
        return TERM;
    if (!pick(statuses, &in[IN_STATUS], &out[STATUS]))
        return STATUS;
    if (!pick(suppliers, &in[IN_KIND], &out[SUPPLIER]))
        return SUPPLIER;
    if (!pick(employees, &in[IN_KIND], &out[EMPLOYEE]))
        return EMPLOYEE;
    return -1;
}

static void map_row(struct scratch *scratch, const struct cell *in,
                    struct cell *out)
{
    static const struct cell channel = {"TT", 2, 0};
    out[CODE] = cell_upper(scratch, in[IN_CODE]);
    out[NAME] = in[IN_NAME];
    out[OTHER] = in[IN_ENGLISH];
    out[SALE] = in[IN_SELLER];
    out[ADDRESS] = cell_join(scratch, ", ", &in[IN_STREET], 3);
    out[PARTNER] = in[IN_PARTNER];
    out[GROUP3] = channel;
    out[PHONE] = cell_phone(scratch, in[IN_PHONE]);
    out[TAX] = cell_taxcode(scratch, in[IN_TAX]);
    out[FAX] = in[IN_FAX];
    out[EMAIL] = cell_lower(scratch, in[IN_EMAIL]);
    out[ACCOUNT] = in[IN_ACCOUNT];
    out[BANK] = in[IN_BANK];
    out[BRANCH] = in[IN_PROVINCE];
    out[HOLDER] = cell_upper(scratch, in[IN_NAME]);
    out[NOTE] = in[IN_DEBT];
    if (in[IN_DEBT].len > 0) {
        struct cell note[] = {cell_of("Nợ", strlen("Nợ")), in[IN_DEBT]};
        out[NOTE] = cell_join(scratch, ": ", note, 2);
        out[NOTE].flags |= WIDE;
    }
}

int main(int argc, char **argv)
{
    struct rows rows;
    struct emit emit;
    static struct row row;
    struct cell fields[FIELDS];
    if (argc != 4) {
        fputs("usage: floor IN BODIES REJECTS\n", stderr);
        return 2;
    }
    words_open();
    rows_open(&rows, argv[1], &row);
    emit_open(&emit, argv[2], argv[3]);
    while (rows_next(&rows, &row)) {
        if (row.fault != NULL) {
            emit_reject(&emit, &row, "", row.fault);
            continue;
        }
        int unknown = pick_all(row.cells, fields);
        if (unknown >= 0) {
            emit_reject(&emit, &row, field_names[unknown], "not in its table");
            continue;
        }
        map_row(&rows.scratch, row.cells, fields);
        emit_record(&emit, &row, fields);
    }
    emit_close(&emit);
    rows_close(&rows);
    return 0;
}
