/* vn_number.c: the numbering plan of Vietnam, and what became of older ones.
 *
 * Digits in, digits out: country code and lost zero first, then the tables of
 * 2017 (area codes of landlines) and 2018 (11-digit mobile numbers). Some old
 * area codes were given to mobile operators later: a number that can be either
 * is left as it stands. Nothing here knows of separators or remarks. */
#include "vn.h"

#include <pthread.h>

enum { MOBILE_YEAR = 2018, AREA_YEAR = 2017 };

/* clang-format off */
/* Mobile numbers of 11 digits, 2018: the last seven stay. Source: the
 * operators' announcements. */
static const struct { char was[5], now[4]; } mobiles[] = {
    {"0120", "070"}, {"0121", "079"}, {"0122", "077"}, {"0123", "083"},
    {"0124", "084"}, {"0125", "085"}, {"0126", "076"}, {"0127", "081"},
    {"0128", "078"}, {"0129", "082"}, {"0162", "032"}, {"0163", "033"},
    {"0164", "034"}, {"0165", "035"}, {"0166", "036"}, {"0167", "037"},
    {"0168", "038"}, {"0169", "039"}, {"0186", "056"}, {"0188", "058"},
    {"0199", "059"},
};

/* Area codes of 2017, Decision 2036/QD-BTTTT. A shared one is a mobile prefix
 * today, so a number of ten digits that begins with it may be either. */
static const struct area {
    char was[5], now[5];
    bool shared;
    const char *place;
} areas[] = {
    {"020", "0214", false, "Lào Cai"},
    {"022", "0212", false, "Sơn La"},
    {"0230", "0215", false, "Điện Biên"},
    {"0231", "0213", false, "Lai Châu"},
    {"0240", "0204", false, "Bắc Giang"},
    {"0241", "0222", false, "Bắc Ninh"},
    {"025", "0205", false, "Lạng Sơn"},
    {"026", "0206", false, "Cao Bằng"},
    {"027", "0207", false, "Tuyên Quang"},
    {"0280", "0208", false, "Thái Nguyên"},
    {"0281", "0209", false, "Bắc Kạn"},
    {"029", "0216", false, "Yên Bái"},
    {"030", "0229", false, "Ninh Bình"},
    {"031", "0225", false, "Hải Phòng"},
    {"0320", "0220", false, "Hải Dương"},
    {"0321", "0221", false, "Hưng Yên"},
    {"033", "0203", true, "Quảng Ninh"},
    {"0350", "0228", false, "Nam Định"},
    {"0351", "0226", false, "Hà Nam"},
    {"036", "0227", true, "Thái Bình"},
    {"037", "0237", true, "Thanh Hóa"},
    {"038", "0238", true, "Nghệ An"},
    {"039", "0239", true, "Hà Tĩnh"},
    {"04", "024", false, "Hà Nội"},
    {"0500", "0262", false, "Đắk Lắk"},
    {"0501", "0261", false, "Đắk Nông"},
    {"0510", "0235", false, "Quảng Nam"},
    {"0511", "0236", false, "Đà Nẵng"},
    {"052", "0232", true, "Quảng Bình"},
    {"053", "0233", false, "Quảng Trị"},
    {"054", "0234", false, "Huế"},
    {"055", "0255", true, "Quảng Ngãi"},
    {"056", "0256", true, "Bình Định"},
    {"057", "0257", false, "Phú Yên"},
    {"058", "0258", true, "Khánh Hòa"},
    {"059", "0269", true, "Gia Lai"},
    {"060", "0260", false, "Kon Tum"},
    {"061", "0251", false, "Đồng Nai"},
    {"062", "0252", false, "Bình Thuận"},
    {"063", "0263", false, "Lâm Đồng"},
    {"064", "0254", false, "Bà Rịa - Vũng Tàu"},
    {"0650", "0274", false, "Bình Dương"},
    {"0651", "0271", false, "Bình Phước"},
    {"066", "0276", false, "Tây Ninh"},
    {"067", "0277", false, "Đồng Tháp"},
    {"068", "0259", false, "Ninh Thuận"},
    {"070", "0270", true, "Vĩnh Long"},
    {"0710", "0292", false, "Cần Thơ"},
    {"0711", "0293", false, "Hậu Giang"},
    {"072", "0272", false, "Long An"},
    {"073", "0273", false, "Tiền Giang"},
    {"074", "0294", false, "Trà Vinh"},
    {"075", "0275", false, "Bến Tre"},
    {"076", "0296", true, "An Giang"},
    {"077", "0297", true, "Kiên Giang"},
    {"0780", "0290", false, "Cà Mau"},
    {"0781", "0291", false, "Bạc Liêu"},
    {"079", "0299", true, "Sóc Trăng"},
    {"08", "028", true, "Hồ Chí Minh"},
};
/* clang-format on */

enum { AREAS = sizeof areas / sizeof *areas };

/* Rows of `areas` plus one: of numbers of ten digits by the two after the
 * zero, of eleven by three. */
static unsigned char short_codes[100], long_codes[1000];
static pthread_once_t codes_once = PTHREAD_ONCE_INIT;

static unsigned number_of(const char *digits, unsigned count)
{
    unsigned number = 0;
    while (count-- > 0)
        number = number * 10 + (unsigned)(*digits++ - '0');
    return number;
}

static void list_codes(void)
{
    for (unsigned i = 0; i < AREAS; i++) {
        const char *code = areas[i].was + 1;
        unsigned len = (unsigned)strlen(code), number = number_of(code, len);
        if (len == 3)
            long_codes[number] = (unsigned char)(i + 1);
        else if (len == 2)
            short_codes[number] = (unsigned char)(i + 1);
        else /* Hà Nội and Hồ Chí Minh: one digit */
            memset(short_codes + number * 10, (int)(i + 1), 10);
    }
}

/* Puts another prefix in front. */
static void convert(struct vn_number *number, const char *was, const char *now,
                    unsigned year)
{
    size_t old = strlen(was), new = strlen(now);
    memmove(number->digits + new, number->digits + old, number->len - old);
    memcpy(number->digits, now, new);
    number->len = number->len - (unsigned)old + (unsigned)new;
    memcpy(number->was, was, old + 1);
    memcpy(number->now, now, new + 1);
    number->year = year;
}

static bool convert_mobile(struct vn_number *number)
{
    for (size_t i = 0; i < sizeof mobiles / sizeof *mobiles; i++)
        if (!memcmp(number->digits, mobiles[i].was, 4)) {
            convert(number, mobiles[i].was, mobiles[i].now, MOBILE_YEAR);
            return true;
        }
    return false;
}

static bool convert_area(struct vn_number *number, unsigned row)
{
    if (row == 0)
        return false;
    number->place = areas[row - 1].place;
    convert(number, areas[row - 1].was, areas[row - 1].now, AREA_YEAR);
    return true;
}

/* The digit after the zero of a mobile number. */
static bool is_mobile(char digit)
{
    return digit == '3' || digit == '5' || (digit >= '7' && digit <= '9');
}

/* Does what stands round an area code's digits tell it from a mobile prefix?
 * 08 alone, before a digit that Hồ Chí Minh's numbers begin with; three digits
 * only in brackets, and before the 3 that nearly all others begin with. */
static bool set_apart(const struct vn_number *number, const struct area *area,
                      const struct vn_digits *digits, int start)
{
    int code = (int)strlen(area->was);
    char next = number->digits[code];
    if (code == 2)
        return (digits->apart >> (start + code) & 1) && next >= '2' &&
               next <= '7';
    return (digits->closed >> (start + code) & 1) && next == '3';
}

/* Ten digits: a mobile number, or a landline of before 2017. `start`: where
 * its zero stands, or would, among the digits that were given. */
static bool read_ten(struct vn_number *number, const struct vn_digits *digits,
                     int start)
{
    unsigned row = short_codes[number_of(number->digits + 1, 2)];
    if (row == 0)
        return is_mobile(number->digits[1]);
    const struct area *area = &areas[row - 1];
    if (!area->shared)
        return convert_area(number, row);
    if (set_apart(number, area, digits, start)) {
        number->bracketed = strlen(area->was) > 2;
        return convert_area(number, row);
    }
    /* Old landlines begin with 3 after the area code, nearly all. */
    if (number->digits[strlen(area->was)] == '3')
        number->landline = area->place;
    return is_mobile(number->digits[1]);
}

/* Eleven: a mobile number of before 2018, or a landline. */
static bool read_eleven(struct vn_number *number)
{
    if (number->digits[1] == '1')
        return convert_mobile(number);
    return convert_area(number, long_codes[number_of(number->digits + 1, 3)]) ||
           number->digits[1] == '2';
}

static bool is_service(const char *digits, unsigned count)
{
    return (count == 8 || count == 10) &&
           (!memcmp(digits, "1800", 4) || !memcmp(digits, "1900", 4));
}

/* How many digits of a country code stand in front; -1: a foreign one. A
 * number of ten digits that begins with 084 is a mobile number. */
static int country_code(const char *digits, unsigned count, bool plus)
{
    if (plus)
        return count > 2 && !memcmp(digits, "84", 2) ? 2 : -1;
    if (count > 4 && !memcmp(digits, "00", 2))
        return !memcmp(digits, "0084", 4) ? 4 : -1;
    return count >= 11 && !memcmp(digits, "84", 2) ? 2 : 0;
}

/* Puts the digits after the country code as they are dialled in Vietnam. */
static bool put_digits(struct vn_number *number, const char *digits,
                       unsigned count)
{
    if (count < 8 || count > 11)
        return false;
    if (digits[0] != '0' && !is_service(digits, count)) {
        number->zero =
            !number->country && ((count == 9 && is_mobile(*digits)) ||
                                 (count == 10 && *digits == '2'));
        if (!number->zero && !number->country)
            return false;
        number->digits[number->len++] = '0';
    }
    memcpy(number->digits + number->len, digits, count);
    number->len += count;
    return true;
}

bool vn_number_read(struct vn_number *number, const struct vn_digits *digits)
{
    memset(number, 0, sizeof *number);
    int code = country_code(digits->at, digits->count, digits->plus);
    if (code < 0)
        return false;
    unsigned count = digits->count - (unsigned)code;
    number->country = code > 0;
    if (!put_digits(number, digits->at + code, count))
        return false;
    if (is_service(number->digits, number->len))
        return true;
    int start = number->len > count ? code - 1 : code; /* it has no zero */
    pthread_once(&codes_once, list_codes);
    return (number->len == 10 && read_ten(number, digits, start)) ||
           (number->len == 11 && read_eleven(number));
}
