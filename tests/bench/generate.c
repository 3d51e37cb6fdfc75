/* generate ROWS SEED FILE: a customer export that never was.
 *
 * The same seed gives the same bytes on every machine. 24 columns as
 * Vietnamese systems write them; about one cell in twenty is quoted (commas,
 * doubled quotes, line ends, or for no reason), some have stray blanks, a few
 * are decomposed, one row in a hundred cannot be a customer, and one has a
 * value that is doubtful. A row is made as cells first, spoilt where it is its
 * turn, and then written as CSV. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 24, CELL = 1024 };
/* In a thousand of the kinds of cells that a spreadsheet may have spoilt: of a
 * hundred rows about one has a value that is doubtful. */
enum { DOUBTFUL = 35 };

/* clang-format off */
static const char *const header =
    "STT,Mã khách hàng,Tên khách hàng,Tên tiếng Anh,Mã nhân viên,Địa chỉ,"
    "Phường/Xã,Tỉnh/Thành,Người đại diện,Nhóm khách,Khu vực,Kênh bán,"
    "Điện thoại,Mã số thuế,Fax,Email,Số tài khoản,Ngân hàng,Website,"
    "Hạn thanh toán,Trạng thái,Loại,Nợ,Ngày tạo\n";
enum {
    NUMBER, CODE, NAME, ENGLISH, SELLER, STREET, WARD, PROVINCE, PARTNER,
    GROUP, REGION, CHANNEL, PHONE, TAX, FAX, EMAIL, ACCOUNT, BANK, WEBSITE,
    TERM, STATUS, KIND, DEBT, CREATED
};

#define WORDS(name, ...)                                                       \
    static const char *const name[] = {__VA_ARGS__};                           \
    enum { name##_count = sizeof name / sizeof *name }
WORDS(families, "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ",
      "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Trịnh", "Đinh");
WORDS(middles, "Văn", "Thị", "Hữu", "Minh", "Quốc", "Thanh", "Ngọc", "Đức",
      "Xuân", "Kim", "Thùy", "Bảo");
WORDS(givens, "An", "Bình", "Châu", "Dũng", "Giang", "Hạnh", "Hương", "Khánh",
      "Lan", "Linh", "Mai", "Nam", "Nghĩa", "Phương", "Quỳnh", "Sơn", "Thảo",
      "Trang", "Tuấn", "Vinh", "Yến", "Đạt");
WORDS(companies, "Công ty TNHH", "Công ty Cổ phần", "Cty TNHH MTV", "DNTN",
      "HTX", "Công ty TNHH Thương mại Dịch vụ", "Hộ kinh doanh",
      "Chi nhánh Công ty CP");
WORDS(brands, "An Phát", "Bình Minh", "Cửu Long", "Đại Nam", "Đông Á",
      "Hòa Bình", "Hưng Thịnh", "Kim Ngân", "Long Thành", "Minh Khôi",
      "Nam Việt", "Phú Quý", "Quang Vinh", "Sao Mai", "Tân Tiến", "Thiên Ân",
      "Việt Thắng", "Xuân Hòa");
WORDS(trades, "Trading", "Logistics", "Foods", "Steel", "Garment", "Seafood",
      "Plastics", "Furniture", "Pharma", "Electric");
WORDS(streets, "Lê Lợi", "Nguyễn Huệ", "Trần Hưng Đạo", "Hai Bà Trưng",
      "Điện Biên Phủ", "Cách Mạng Tháng Tám", "Lý Thường Kiệt", "Hùng Vương",
      "Phan Đình Phùng", "Nguyễn Thị Minh Khai", "Quang Trung");
WORDS(wards, "Phường Bến Nghé", "Phường Hòa Hải", "Xã Tân Phú", "Phường 12",
      "Xã Vĩnh Lộc A", "Thị trấn Củ Chi", "Phường Cửa Nam", "Xã Đông Hội",
      "P. Thảo Điền", "Phường Ô Chợ Dừa");
WORDS(provinces, "Thành phố Hà Nội", "TP. Hồ Chí Minh", "Thành phố Đà Nẵng",
      "Tỉnh Đồng Nai", "Tỉnh Khánh Hòa", "Tỉnh Lâm Đồng", "Tỉnh Nghệ An",
      "Thành phố Cần Thơ", "Tỉnh Đắk Lắk", "Tỉnh Quảng Ninh",
      "Thành phố Hải Phòng", "Tỉnh An Giang");
WORDS(groups, "Đại lý", "Bán lẻ", "Bán sỉ", "Dự án", "Nhà nước", "Xuất khẩu");
WORDS(regions, "Miền Bắc", "Miền Trung", "Miền Nam", "Tây Nguyên", "Miền Tây");
WORDS(channels, "MT", "GT", "Online", "Horeca");
WORDS(banks, "Vietcombank", "Ngân hàng TMCP Á Châu", "BIDV", "Techcombank",
      "Ngân hàng NN&PTNT Việt Nam", "VietinBank", "Sacombank", "MB Bank");
WORDS(terms, "Tiền mặt", "7 ngày", "15 ngày", "30 ngày", "45 ngày", "60 ngày");
WORDS(statuses, "Đang hoạt động", "Đang hoạt động", "Đang hoạt động",
      "Ngừng hoạt động");
WORDS(kinds, "KH", "KH", "KH", "KH", "KH/NCC", "NCC", "NV");
WORDS(hosts, "gmail.com", "yahoo.com.vn", "congty.vn", "Outlook.com",
      "khachhang.com.vn");
WORDS(mobiles, "090", "091", "098", "032", "070", "085", "056", "079");
WORDS(olds, "0120", "0121", "0123", "0125", "0162", "0168", "0169", "0186",
      "0199");
/* Decomposed and half-composed spellings of words above. */
WORDS(decomposed, "Nguye\xcc\x82\xcc\x83n", "Tra\xcc\x82\xcc\x80n",
      "Pha\xcc\xa3m", "Hu\xcc\x9bng", "Vie\xcc\xa3\xcc\x82t", "L\xc3\xaa\xcc\x83");
/* clang-format on */

struct row {
    char cell[COLUMNS][CELL];
    unsigned count;
};

static uint64_t state;

/* splitmix64 */
static uint64_t draw(void)
{
    uint64_t z = (state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static unsigned below(unsigned limit)
{
    return (unsigned)((draw() >> 32) * limit >> 32);
}

static bool chance(unsigned in_thousand)
{
    return below(1000) < in_thousand;
}

#define ONE_OF(words) words[below(words##_count)]

static void put(struct row *row, unsigned column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void put(struct row *row, unsigned column, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(row->cell[column], CELL, format, args);
    va_end(args);
}

static void put_names(struct row *row, unsigned number)
{
    const char *brand = ONE_OF(brands);
    const char *given = ONE_OF(givens);
    const char *family = chance(8) ? ONE_OF(decomposed) : ONE_OF(families);
    if (chance(450))
        put(row, NAME, "%s %s %s", family, ONE_OF(middles), given);
    else if (chance(80))
        put(row, NAME, "%s \"%s\" %s", ONE_OF(companies), brand, given);
    else
        put(row, NAME, "%s %s %s", ONE_OF(companies), brand, given);
    if (chance(400))
        put(row, ENGLISH, "%s %u Co., Ltd", ONE_OF(trades), number % 977);
    else if (chance(300))
        put(row, ENGLISH, "%s Company", ONE_OF(trades));
    put(row, PARTNER, "%s %s %s", ONE_OF(families), ONE_OF(middles), given);
}

static void put_address(struct row *row)
{
    unsigned house = 1 + below(999);
    if (chance(25))
        put(row, STREET, "Tòa nhà %s\n%u %s", ONE_OF(brands), house,
            ONE_OF(streets));
    else if (chance(300))
        put(row, STREET, "%u/%u %s, Khu phố %u", house, 1 + below(80),
            ONE_OF(streets), 1 + below(9));
    else
        put(row, STREET, "Số %u đường %s%s", house, ONE_OF(streets),
            chance(400) ? " - Khu dân cư" : "");
    if (!chance(60))
        put(row, WARD, "%s", ONE_OF(wards));
    put(row, PROVINCE, "%s", ONE_OF(provinces));
}

static void put_phone(struct row *row)
{
    unsigned a = below(1000), b = below(10000);
    switch (below(10)) {
    case 0:
        break;
    case 1:
        put(row, PHONE, "+84 %s %03u %04u", ONE_OF(mobiles) + 1, a, b);
        break;
    case 2:
        put(row, PHONE, "%s.%03u.%04u", ONE_OF(olds), a, b);
        break;
    case 3:
        put(row, PHONE, "%s%03u%04u", ONE_OF(mobiles) + chance(DOUBTFUL), a, b);
        break;
    case 4:
        put(row, PHONE, "024 3%03u %04u", a, b);
        break;
    case 5:
        if (chance(DOUBTFUL))
            put(row, PHONE, "%s%03u%04u / 028 3%03u%04u", ONE_OF(mobiles), a, b,
                b % 997, b);
        else
            put(row, PHONE, "028 3%03u %04u", b % 997, b);
        break;
    default:
        put(row, PHONE, "%s %03u %04u", ONE_OF(mobiles), a, b);
    }
}

/* Ten digits with the check digit they must have. */
static void tax_code(char *to)
{
    static const unsigned weights[] = {31, 29, 23, 19, 17, 13, 7, 5, 3};
    unsigned check;
    do {
        unsigned sum = 0;
        snprintf(to, 11, "0%u%07u", 1 + below(9), below(10000000));
        for (unsigned i = 0; i < 9; i++)
            sum += weights[i] * (unsigned)(to[i] - '0');
        check = 10 - sum % 11;
    } while (check == 10);
    to[9] = (char)('0' + check);
}

static void put_tax(struct row *row)
{
    char code[16];
    tax_code(code);
    switch (below(12)) {
    case 0:
    case 1:
        break;
    case 2:
        put(row, TAX, "%s%03u", code, 1 + below(998));
        break;
    case 3:
        put(row, TAX, "%s-%03u", code, 1 + below(998));
        break;
    case 4:
        put(row, TAX, "MST: %s", code);
        break;
    case 5:
        put(row, TAX, "%.4s %.3s %.3s", code, code + 4, code + 7);
        break;
    case 6:
        put(row, TAX, "%s", code + chance(DOUBTFUL));
        break;
    default:
        put(row, TAX, "%s", code);
    }
}

static void put_contact(struct row *row, unsigned number)
{
    put_phone(row);
    put_tax(row);
    if (chance(200))
        put(row, FAX, "028 38%02u %04u", below(100), below(10000));
    if (chance(800))
        put(row, EMAIL, "%s%u@%s", chance(300) ? "Ke.Toan" : "lien.he", number,
            ONE_OF(hosts));
    if (chance(500)) {
        put(row, ACCOUNT, "%04u%09u", below(10000), below(1000000000));
        put(row, BANK, "%s", ONE_OF(banks));
    }
    if (chance(800))
        put(row, WEBSITE, "https://www.khachhang%u.com.vn/gioi-thieu", number);
}

static void put_terms(struct row *row, unsigned number)
{
    put(row, NUMBER, "%u", number);
    put(row, SELLER, "NV%03u", below(400));
    put(row, GROUP, "%s", chance(30) ? "" : ONE_OF(groups));
    put(row, REGION, "%s", ONE_OF(regions));
    put(row, CHANNEL, "%s", ONE_OF(channels));
    put(row, TERM, "%s", chance(100) ? "" : ONE_OF(terms));
    put(row, STATUS, "%s", chance(20) ? "" : ONE_OF(statuses));
    put(row, KIND, "%s", ONE_OF(kinds));
    if (chance(300))
        put(row, DEBT, "%u,%03u,%03u", 1 + below(999), below(1000),
            below(1000));
    put(row, CREATED, "%02u/%02u/%u", 1 + below(28), 1 + below(12),
        2005 + below(20));
}

/* Makes a row that must be rejected, each in its own way. */
static void spoil(struct row *row, unsigned number)
{
    char *cell;
    switch (number / 100 % 10) {
    case 0:
        cell = row->cell[EMAIL];
        memset(cell, 'x', 130);
        memcpy(cell + 130, "@congty.vn", sizeof "@congty.vn");
        break;
    case 1:
        row->cell[NAME][0] = '\0';
        break;
    case 2:
        put(row, STATUS, "Chờ duyệt");
        break;
    case 3:
        put(row, GROUP, "Khách lạ");
        break;
    case 4:
        row->count = COLUMNS + 2;
        break;
    case 5:
        row->count = COLUMNS + 1;
        break;
    case 6:
        put(row, CODE, "KH%07u", number - 50);
        break;
    case 7:
        put(row, CODE, "  ");
        break;
    case 8:
        cell = row->cell[NAME];
        for (unsigned i = 0; i < 260; i++)
            memcpy(cell + 3 * i, "ễ", sizeof "ễ");
        break;
    default:
        put(row, ACCOUNT, "%031u", number);
    }
}

static void make_row(struct row *row, unsigned number)
{
    for (unsigned i = 0; i < COLUMNS; i++)
        row->cell[i][0] = '\0';
    row->count = COLUMNS;
    put(row, CODE, chance(50) ? "kh%07u" : "KH%07u", number);
    put_names(row, number);
    put_address(row);
    put_contact(row, number);
    put_terms(row, number);
    if (number % 100 == 99)
        spoil(row, number);
}

static char *write_quoted(char *to, const char *cell)
{
    *to++ = '"';
    for (; *cell != '\0'; cell++) {
        if (*cell == '"')
            *to++ = '"';
        *to++ = *cell;
    }
    *to++ = '"';
    return to;
}

static char *write_cell(char *to, const char *cell)
{
    if (cell[strcspn(cell, ",\"\r\n")] != '\0' || chance(4))
        return write_quoted(to, cell);
    bool stray = chance(20);
    const char *blank = chance(100) ? "\xc2\xa0" : chance(100) ? "\t" : "  ";
    if (stray && chance(500))
        to = stpcpy(to, blank);
    to = stpcpy(to, cell);
    return stray ? stpcpy(to, blank) : to;
}

static size_t write_row(char *line, const struct row *row)
{
    char *to = line;
    for (unsigned i = 0; i < row->count; i++) {
        if (i > 0)
            *to++ = ',';
        to = write_cell(to, i < COLUMNS ? row->cell[i] : "x");
    }
    *to++ = '\n';
    return (size_t)(to - line);
}

int main(int argc, char **argv)
{
    static struct row row;
    static char line[COLUMNS * CELL * 2 + CELL];
    if (argc != 4) {
        fputs("usage: generate ROWS SEED FILE\n", stderr);
        return 2;
    }
    unsigned rows = (unsigned)strtoul(argv[1], NULL, 10);
    state = strtoull(argv[2], NULL, 10);
    FILE *file = fopen(argv[3], "wb");
    if (file == NULL) {
        perror(argv[3]);
        return 1;
    }
    fputs(header, file);
    for (unsigned i = 1; i <= rows; i++) {
        make_row(&row, i);
        fwrite(line, 1, write_row(line, &row), file);
    }
    if (ferror(file) || fclose(file) != 0) {
        perror(argv[3]);
        return 1;
    }
    return 0;
}
