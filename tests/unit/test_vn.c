/* Vietnamese telephone numbers and tax codes. */
#include <stdio.h>

#include "text_calls.h"

/* Cell, answer, remark (NULL: none). */
static const struct {
    const char *given, *answer, *remark;
} phones[] = {
    {"", "", NULL},
    {"  ", "", NULL},
    /* As they should be. */
    {"0903123456", "0903123456", NULL},
    {"0841234567", "0841234567", NULL},
    {"02838123456", "02838123456", NULL},
    {"0903 123 456", "0903123456", NULL},
    {"0903.123.456", "0903123456", NULL},
    {"0903-123-456", "0903123456", NULL},
    {"(028) 3812 3456", "02838123456", NULL},
    {"(028)38.123.456", "02838123456", NULL},
    {"0903\xc2\xa0"
     "123 456",
     "0903123456", NULL},
    {"0903–123–456", "0903123456", NULL},
    {"'0903123456", "0903123456", "a spreadsheet's apostrophe taken off"},
    {"’0903123456", "0903123456", "a spreadsheet's apostrophe taken off"},
    {"'+84 903 123 456", "0903123456",
     "country code replaced by 0; a spreadsheet's apostrophe taken off"},
    {"=\"0903123456\"", "0903123456", "a spreadsheet's =\"\" taken off"},
    {"903123456.0", "0903123456",
     "it was written as a number; lost zero added"},
    {"0903123456.0", "0903123456", "it was written as a number"},
    {"2838123456,00", "02838123456",
     "it was written as a number; lost zero added"},
    {"84903123456.0", "0903123456",
     "country code replaced by 0; it was written as a number"},
    {"ĐT: 0903123456.0", "0903123456", "it was written as a number"},
    {"18001091", "18001091", NULL},
    {"1900 545415", "1900545415", NULL},
    {"1900 1234", "19001234", NULL},
    /* Labels. */
    {"ĐT: 0903123456", "0903123456", NULL},
    {"Tel: 028 3812 3456", "02838123456", NULL},
    {"SĐT 0903123456", "0903123456", NULL},
    {"ĐT0903123456", "0903123456", NULL},
    {"Điện thoại: 0903123456", "0903123456", NULL},
    /* Country code. */
    {"+84903123456", "0903123456", "country code replaced by 0"},
    {"+84 903 123 456", "0903123456", "country code replaced by 0"},
    {"(+84) 903 123 456", "0903123456", "country code replaced by 0"},
    {"+84 (0)903 123 456", "0903123456", "country code replaced by 0"},
    {"84903123456", "0903123456", "country code replaced by 0"},
    {"0084 903 123 456", "0903123456", "country code replaced by 0"},
    {"+84 28 3812 3456", "02838123456", "country code replaced by 0"},
    {"842838123456", "02838123456", "country code replaced by 0"},
    {"+84 168 123 4567", "0381234567",
     "country code replaced by 0; 0168 is 038 since 2018"},
    {"+84 4 3812 3456", "02438123456",
     "country code replaced by 0; 04 is 024 since 2017"},
    {"0841234567", "0841234567", NULL},
    /* Lost zero. */
    {"903123456", "0903123456", "lost zero added"},
    {"352123456", "0352123456", "lost zero added"},
    {"841234567", "0841234567", "lost zero added"},
    {"2838123456", "02838123456", "lost zero added"},
    {"423123456", "423123456", "not recognised"},
    {"1681234567", "1681234567", "not recognised"},
    /* Mobile numbers of 2018. */
    {"01201234567", "0701234567", "0120 is 070 since 2018"},
    {"0168.123.4567", "0381234567", "0168 is 038 since 2018"},
    {"01991234567", "0591234567", "0199 is 059 since 2018"},
    {"01301234567", "01301234567", "not recognised"},
    /* Landlines of 2017. */
    {"0511 3821 234", "02363821234", "0511 is 0236 since 2017"},
    {"0650 3821 234", "02743821234", "0650 is 0274 since 2017"},
    {"0240 3821 234", "02043821234", "0240 is 0204 since 2017"},
    {"0211 3821 234", "02113821234", NULL},
    {"04 3825 1234", "02438251234", "04 is 024 since 2017"},
    {"061 3825 123", "02513825123", "061 is 0251 since 2017"},
    {"031 3825 123", "02253825123", "031 is 0225 since 2017"},
    {"072 3825 123", "02723825123", "072 is 0272 since 2017"},
    {"313825123", "02253825123", "031 is 0225 since 2017; lost zero added"},
    /* Either: left as they stand. */
    /* 08 set apart is an area code. */
    {"(08) 3822 2888", "02838222888", "08 is 028 since 2017"},
    {"08 3812 3456", "02838123456", "08 is 028 since 2017"},
    {"08.38222888", "02838222888", "08 is 028 since 2017"},
    {"08-3822-2888", "02838222888", "08 is 028 since 2017"},
    {"(08)38222888", "02838222888", "08 is 028 since 2017"},
    {"08 6258 1234", "02862581234", "08 is 028 since 2017"},
    {"ĐT: (08) 3822 2888", "02838222888", "08 is 028 since 2017"},
    {"+84 8 3822 2888", "02838222888",
     "country code replaced by 0; 08 is 028 since 2017"},
    {"+84 (8) 3822 2888", "02838222888",
     "country code replaced by 0; 08 is 028 since 2017"},
    {"(84-8) 38222888", "02838222888",
     "country code replaced by 0; 08 is 028 since 2017"},
    {"+84 (0)8 3822 2888", "02838222888",
     "country code replaced by 0; 08 is 028 since 2017"},
    {"8 38222888", "02838222888", "08 is 028 since 2017; lost zero added"},
    {"(08) 3822 2888 - 3822 2889", "02838222888",
     "08 is 028 since 2017; further numbers: 3822 2889"},
    {"083 822 2888", "0838222888", "may be an old landline of Hồ Chí Minh"},
    {"0838222888", "0838222888", "may be an old landline of Hồ Chí Minh"},
    {"08 1234 5678", "0812345678", NULL},
    {"08 9812 3456", "0898123456", NULL},
    {"(033) 3825 123", "02033825123",
     "033 taken for the old code of Quảng Ninh, now 0203"},
    {"(076) 3856 789", "02963856789",
     "076 taken for the old code of An Giang, now 0296"},
    {"(033) 482 5123", "0334825123", NULL},
    {"033 3825 123", "0333825123", "may be an old landline of Quảng Ninh"},
    {"0334825123", "0334825123", NULL},
    /* More than a number. */
    {"028 3812 3456 ext 12", "02838123456", "extension 12"},
    {"02838123456 (máy lẻ 105)", "02838123456", "extension 105"},
    {"02838123456x12", "02838123456", "extension 12"},
    {"02838123456 #12", "02838123456", "extension 12"},
    {"02838123456 - Ext: 12", "02838123456", "extension 12"},
    {"02838123456 ext 12 (Lan)", "02838123456",
     "extension 12; left out: \"Lan\""},
    {"0903123456 / 0912345678", "0903123456", "further numbers: 0912345678"},
    {"0903123456;0912345678", "0903123456", "further numbers: 0912345678"},
    {"0903123456, 0912345678, 0933333333", "0903123456",
     "further numbers: 0912345678, 0933333333"},
    {"0903123456 - 0912345678", "0903123456", "further numbers: 0912345678"},
    {"0903123456-0912345678", "0903123456", "further numbers: 0912345678"},
    {"0903123456 0912345678", "0903123456", "further numbers: 0912345678"},
    {"028 38123456 - 57", "02838123456", "further numbers: 57"},
    {"028.38123456/57", "02838123456", "further numbers: 57"},
    {"+84903123456/+84912345678", "0903123456",
     "country code replaced by 0; further numbers: +84912345678"},
    {"0903123456 (Nam)", "0903123456", "left out: \"Nam\""},
    {"A. Nam 0903123456", "0903123456", "left out: \"A. Nam\""},
    {"Chị Lan: 0903123456 gọi sau 5h", "0903123456",
     "left out: \"Chị Lan\"; left out: \"gọi sau 5h\""},
    /* No number of Vietnam's: as it stands. */
    {"quên số", "quên số", "not recognised"},
    {" quên   số ", "quên số", "not recognised"},
    {"o903123456", "o903123456", "not recognised"},
    {"O9O3 123 456", "O9O3 123 456", "not recognised"},
    {"090312345O", "090312345O", "not recognised"},
    {"0903123456a", "0903123456a", "not recognised"},
    {"0903123456@gmail.com", "0903123456@gmail.com", "not recognised"},
    {"090312345", "090312345", "not recognised"},
    {"09031234567", "09031234567", "not recognised"},
    {"0903 123 456 7", "0903 123 456 7", "not recognised"},
    {"0903-123-456-7", "0903-123-456-7", "not recognised"},
    {"+1 650 253 0000", "+1 650 253 0000", "a number of another country"},
    {"+66 81 234 5678", "+66 81 234 5678", "a number of another country"},
    {"0066 81 234 5678", "0066 81 234 5678", "a number of another country"},
    {"+84", "+84", "not recognised"},
    {"+84 1234", "+84 1234", "not recognised"},
    {"0", "0", "not recognised"},
    {"113", "113", "not recognised"},
    {"#N/A", "#N/A", "not recognised"},
    {"0000000000", "0000000000", "not recognised"},
    {"không có", "không có", "not recognised"},
    {"-", "-", "not recognised"},
    {"(", "(", "not recognised"},
    {"((+", "((+", "not recognised"},
    {"00", "00", "not recognised"},
    {"+66", "+66", "not recognised"},
    {"38222888", "38222888", "not recognised"},
    {"'không có", "'không có", "not recognised"},
    {"12345678901234567890123456789012345678901234567890",
     "12345678901234567890123456789012345678901234567890", "not recognised"},
    {"1 2 3 4 5 6 7 8 9 0 1 2 3 4 5", "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5",
     "not recognised"},
};

/* What of a remark is doubtful: all but changes that are certain. */
static const char *doubts_of(const char *remark)
{
    static const char *const changes[] = {
        "country code replaced by 0", "since 2017", "since 2018",
        "a number of another country", "may be an old landline"};
    while (remark != NULL) {
        const char *next = strstr(remark, "; ");
        size_t len = next != NULL ? (size_t)(next - remark) : strlen(remark);
        bool change = false;
        for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
            const char *at = strstr(remark, changes[i]);
            change |= at != NULL && at < remark + len;
        }
        if (!change)
            return remark;
        remark = next != NULL ? next + 2 : NULL;
    }
    return NULL;
}

/* The last call warned of what is doubtful in its remark, and of no more. */
static void told(enum warning_kind kind, const char *remark)
{
    const char *doubts = doubts_of(remark);
    if (doubts == NULL) {
        undoubted();
        return;
    }
    ck_assert_msg(heard.count == 1, "%s: %u warnings", remark, heard.count);
    ck_assert_int_eq(heard.all[0].kind, kind);
    const char *said = strstr(heard.all[0].text, "\": ");
    ck_assert_ptr_nonnull(said);
    ck_assert_str_eq(said + 3, doubts);
}

/* An exponent is refused, whatever stands round it. */
static const char *const exponents[] = {
    "8.49E+10",       "8,49E+10",      "1.01E+09",
    "3.00588569E+08", "8.49e+10",      "849E8",
    "8.49E10",        "'8.49E+10",     "1E+11",
    "8.49E+010",      "ĐT: 8.49E+10",  "8.49E+10 (Lan)",
    "8.49E-10",       "MST: 3.14E+11", "0912345678 / 8.49E+10",
};

START_TEST(exponent)
{
    for (size_t i = 0; i < sizeof exponents / sizeof *exponents; i++) {
        struct value given = txt(exponents[i]);
        ck_assert_ptr_nonnull(strstr(
            refused("vn.phone", ASK("vn.phone", &asked, given)), "exponent"));
        ck_assert_ptr_nonnull(
            strstr(refused("vn.taxcode", ASK("vn.taxcode", &asked, given)),
                   "exponent"));
        undoubted();
    }
    ck_assert_str_eq(
        refused("vn.phone", ASK("vn.phone", &asked, txt("8.49E+10"))),
        "\"8.49E+10\": a spreadsheet has shortened it to an exponent, its "
        "digits are lost (format the column as text)");
    static const char *const none[] = {"Block 5E 0903123456", "0903123456 Lê E",
                                       "E+10", "8.49E+",
                                       "lầu 5E-12 0903123456"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        ck_assert(ASK("vn.phone", &asked, txt(none[i])));
}
END_TEST

START_TEST(phone)
{
    for (size_t i = 0; i < sizeof phones / sizeof *phones; i++) {
        ck_assert_str_eq(ASK_TEXT("vn.phone", txt(phones[i].given)),
                         phones[i].answer);
        ck_assert_msg((call.remark == NULL) == (phones[i].remark == NULL),
                      "%s: %s", phones[i].given,
                      call.remark ? call.remark : "no remark");
        if (call.remark != NULL)
            ck_assert_str_eq(call.remark, phones[i].remark);
        told(WARNING_PHONE, phones[i].remark);
    }
}
END_TEST

START_TEST(phone_values)
{
    ck_assert_str_eq(ASK_TEXT("vn.phone", nil()), "");
    ck_assert_str_eq(ASK_TEXT("vn.phone", integer(903123456)), "0903123456");
    ck_assert_str_eq(ASK_TEXT("vn.phone", number(903123456.0)), "0903123456");
    refused("vn.phone", ASK("vn.phone", &asked, list(NULL, 0)));
    struct value given = txt("0903123456");
    ASK_TEXT("vn.phone", given);
    ck_assert(asked.text == given.text);
    call.remarks = false;
    ASK_TEXT("vn.phone", txt("A. Nam +84903123456 / 0912345678"));
    ck_assert_ptr_null(call.remark);
}
END_TEST

/* Digits are not made up: what is answered is the digits of the cell, but for
 * the prefix that a remark speaks of. */
START_TEST(phone_digits)
{
    unsigned seed = 1;
    static const char alphabet[] = "00112345678990 .-/()+xĐ";
    for (unsigned round = 0; round < 50000; round++) {
        char text[40];
        size_t len = 0;
        for (unsigned i = 0; i < 8 + round % 16; i++) {
            seed = seed * 1103515245 + 12345;
            char c = alphabet[(seed >> 16) % (sizeof alphabet - 3)];
            text[len++] = c;
        }
        struct value given = bytes(text, len);
        ck_assert(ASK("vn.phone", &asked, given));
        if (call.remark == NULL && asked.len > 0) {
            size_t at = 0;
            for (size_t i = 0; i < len; i++)
                if (text[i] >= '0' && text[i] <= '9')
                    ck_assert(at < asked.len && asked.text[at++] == text[i]);
            ck_assert(at == asked.len);
        }
        arena_reset(&arena);
    }
}
END_TEST

/* One line of a table in tests/data/domain, split at tabs. */
static unsigned read_fields(FILE *file, char *line, size_t size,
                            char *fields[8])
{
    if (fgets(line, (int)size, file) == NULL)
        return 0;
    line[strcspn(line, "\r\n")] = '\0';
    unsigned count = 0;
    for (char *at = line; at != NULL && count < 8; count++) {
        fields[count] = at;
        at = strchr(at, '\t');
        if (at != NULL)
            *at++ = '\0';
    }
    return count;
}

START_TEST(tax_vectors)
{
    FILE *file = fopen("tests/data/domain/tax_code_vectors.tsv", "r");
    char line[512], *fields[8];
    unsigned rows = 0;
    ck_assert_ptr_nonnull(file);
    read_fields(file, line, sizeof line, fields);
    while (read_fields(file, line, sizeof line, fields) >= 3) {
        rows++;
        if (strchr(fields[0], 'E') != NULL) { /* it could be put right, but */
            refused("vn.taxcode", ASK("vn.taxcode", &asked, txt(fields[0])));
            continue;
        }
        const char *got = ASK_TEXT("vn.taxcode", txt(fields[0]));
        if (!strcmp(fields[1], "invalid")) {
            ck_assert_str_eq(got, fields[0]);
            ck_assert_msg(call.remark != NULL, "%s", fields[0]);
            continue;
        }
        ck_assert_str_eq(got, fields[2]);
        bool suspect = !strcmp(fields[1], "suspect") || *fields[0] == '\'';
        ck_assert_msg((call.remark != NULL) == suspect, "%s", fields[0]);
        ck_assert_msg((heard.count == 1) == suspect, "%s", fields[0]);
    }
    fclose(file);
    ck_assert_int_eq((int)rows, 26);
}
END_TEST

static const struct {
    const char *given, *answer, *remark;
} codes[] = {
    {"", "", NULL},
    {" ", "", NULL},
    {"MST:0300588569", "0300588569", NULL},
    {"Mã số thuế: 0300588569", "0300588569", NULL},
    {"0300588569.", "0300588569", NULL},
    {"0300\xc2\xa0"
     "588569",
     "0300588569", NULL},
    {"300588569.0", "0300588569",
     "it was written as a number; lost zero added"},
    {"0300588569.0", "0300588569", "it was written as a number"},
    {"300588569,00", "0300588569",
     "it was written as a number; lost zero added"},
    {"314409058002.0", "0314409058-002",
     "it was written as a number; lost zero added: a branch"},
    {"'0300588569", "0300588569", "a spreadsheet's apostrophe taken off"},
    {"MST: '0300588569", "0300588569", NULL},
    {"'MST: 0300588569", "0300588569", "a spreadsheet's apostrophe taken off"},
    {"=\"0300588569\"", "0300588569", "a spreadsheet's =\"\" taken off"},
    /* A zero is lost in front of other digits alone. */
    {"01001091061", "01001091061", "no tax code has that many digits"},
    {"01099012345", "01099012345", "no tax code has that many digits"},
    {"'01001091061", "'01001091061", "no tax code has that many digits"},
    {"0100 109 1061", "0100 109 1061", "no tax code has that many digits"},
    {"030058856", "030058856", "no tax code has that many digits"},
    {"011144090580", "011144090580", NULL},
    {"300588560", "300588560", "its check digit is wrong"},
    {"0300588560", "0300588560", "its check digit is wrong"},
    {"không có", "không có", "not recognised"},
    {"0", "0", "no tax code has that many digits"},
    {"-", "-", "not recognised"},
    {"001099012345", "001099012345", NULL},
    {"096099012345", "096099012345", NULL},
    {"097099012345", "097099012345",
     "no place of registration has its first digits"},
    {"000099012345", "000099012345",
     "no place of registration has its first digits"},
    {"79099012345", "079099012345", "lost zero added: a personal number"},
    {"0314409058-002", "0314409058-002", NULL},
    {"0314409058 - 002", "0314409058-002", NULL},
    {"0314409059-002", "0314409059-002", "its check digit is wrong"},
    {"0314409058/002", "0314409058/002", "not recognised"},
    /* What stands after the tenth digit is a branch, or no part of it: these
     * are no personal numbers. */
    {"0314409058-2", "0314409058-2", "not recognised"},
    {"0314409058-02", "0314409058-02", "not recognised"},
    {"0314409058.02", "0314409058.02", "not recognised"},
    {"0314409058 2", "0314409058 2", "not recognised"},
    {"0010 9901 2345", "001099012345", NULL},
    {"GB123456789", "GB123456789", "not recognised"},
    {"0300588569 / 0101248141", "0300588569 / 0101248141", "not recognised"},
    {"12345678", "12345678", "no tax code has that many digits"},
    {"03005885690101248141", "03005885690101248141", "not recognised"},
    {"-300588569", "-300588569", "not recognised"},
    {"chưa có", "chưa có", "not recognised"},
    {"0300588569 (cũ)", "0300588569 (cũ)", "not recognised"},
};

START_TEST(taxcode)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        ck_assert_str_eq(ASK_TEXT("vn.taxcode", txt(codes[i].given)),
                         codes[i].answer);
        ck_assert_str_eq(call.remark ? call.remark : "none",
                         codes[i].remark ? codes[i].remark : "none");
        told(WARNING_TAXCODE, codes[i].remark);
    }
    ck_assert_str_eq(ASK_TEXT("vn.taxcode", nil()), "");
    ck_assert_str_eq(ASK_TEXT("vn.taxcode", integer(300588569)), "0300588569");
    ck_assert_str_eq(ASK_TEXT("vn.taxcode", number(300588569.0)), "0300588569");
    struct value given = txt("0300588569");
    ASK_TEXT("vn.taxcode", given);
    ck_assert(asked.text == given.text);
    ck_assert_ptr_null(call.remark);
}
END_TEST

/* The tables in the code are those of tests/data/domain. */
START_TEST(area_codes)
{
    static const char shared[] = " 08 033 036 037 038 039 052 055 056 058 059"
                                 " 070 076 077 079 ";
    FILE *file = fopen("tests/data/domain/provinces_63_to_34.tsv", "r");
    char line[512], *fields[8];
    ck_assert_ptr_nonnull(file);
    read_fields(file, line, sizeof line, fields);
    unsigned rows = 0;
    while (read_fields(file, line, sizeof line, fields) == 8) {
        const char *was = fields[3], *now = fields[4];
        char old[16], expected[16], code[16];
        /* HN and HCM have eight digits after the code, others seven. */
        const char *rest = strlen(was) == 2 ? "22234567" : "2223456";
        snprintf(old, sizeof old, "%s%s", was, rest);
        snprintf(code, sizeof code, " %s ", was);
        bool stays = strstr(shared, code) != NULL;
        snprintf(expected, sizeof expected, "%s%s", stays ? was : now, rest);
        ck_assert_str_eq(ASK_TEXT("vn.phone", txt(old)), expected);
        snprintf(expected, sizeof expected, "%s%s", now, rest);
        ck_assert_str_eq(ASK_TEXT("vn.phone", txt(expected)), expected);
        ck_assert_ptr_null(call.remark);
        rows++;
    }
    fclose(file);
    ck_assert_int_eq((int)rows, 63);
}
END_TEST

START_TEST(mobile_prefixes)
{
    FILE *file = fopen("tests/data/domain/mobile_prefixes_2018.tsv", "r");
    char line[512], *fields[8];
    ck_assert_ptr_nonnull(file);
    read_fields(file, line, sizeof line, fields);
    unsigned rows = 0;
    while (read_fields(file, line, sizeof line, fields) >= 3) {
        char old[16], expected[16];
        snprintf(old, sizeof old, "%s2345678", fields[0]);
        snprintf(expected, sizeof expected, "%s2345678", fields[1]);
        ck_assert_str_eq(ASK_TEXT("vn.phone", txt(old)), expected);
        rows++;
    }
    fclose(file);
    ck_assert_int_eq((int)rows, 21);
}
END_TEST

/* Address books put marks of the direction of writing round a number. */
START_TEST(unseen)
{
    static const char *const given[][2] = {
        {"\xE2\x80\xAA+84 903 123 456\xE2\x80\xAC", "0903123456"},
        {"\xE2\x81\xA8+84 28 3812 3456\xE2\x81\xA9", "02838123456"},
        {"\xE2\x80\x8E(08) 3812 3456", "02838123456"},
        {"0903123456\xC2\xAD", "0903123456"},
        {"\xE2\x80\xADkhông có\xE2\x80\xAC", "không có"}};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        bool none = i + 1 == sizeof given / sizeof *given;
        ck_assert_str_eq(ASK_TEXT("vn.phone", txt(given[i][0])), given[i][1]);
        ck_assert_uint_eq(heard.count, none ? 2 : 1);
        ck_assert_int_eq(heard.all[0].kind, WARNING_INVISIBLE);
    }
    ck_assert_str_eq(ASK_TEXT("vn.taxcode", txt("\xE2\x80\xAA"
                                                "0100109106\xE2\x80\xAC")),
                     "0100109106");
    doubted(WARNING_INVISIBLE,
            "U+202C POP DIRECTIONAL FORMATTING, which nobody sees, is left "
            "out");
    ck_assert_str_eq(ASK_TEXT("vn.phone", txt("\xC2\xAD")), "");
}
END_TEST

/* Programs for texts make other dashes of "-". */
START_TEST(dashes)
{
    static const char *const given[] = {"0100109106–001", "0100109106 — 001",
                                        "0100109106‐001", "0100109106−001"};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        ck_assert_str_eq(ASK_TEXT("vn.taxcode", txt(given[i])),
                         "0100109106-001");
        undoubted();
    }
    ck_assert_str_eq(ASK_TEXT("vn.taxcode", txt("0314409058–02")),
                     "0314409058–02");
    doubted(WARNING_TAXCODE, "\"0314409058–02\": not recognised");
}
END_TEST

RUN("vn", exponent, phone, phone_values, phone_digits, tax_vectors, taxcode,
    area_codes, mobile_prefixes, unseen, dashes)
