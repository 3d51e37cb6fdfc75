/* headings.c: two tables. Names that mean one field are compared whole, folded
 * and without their blanks (Mã KH, MA_KH and makh are one); words within a name
 * say what its cells are. A name that customers' systems use for several fields
 * stands in the second table alone, or in none. */
#include "headings.h"

#include <string.h>

#include "base/buf.h"
#include "base/case.h"

static const struct field_names {
    const char *field;
    enum look look;
    const char *names; /* folded, each between blanks; the surest first */
} fields[] = {
    /* clang-format off */
    {"CustomerCode", LOOK_CODE,
     " makhachhang makhach makh makhncc mkh madoituong madt masokh manhacungcap"
     " mancc sothekhach customerid customercode custno custid custcode"
     " customerno customernumber customercd cardcode partnerid"
     " accountobjectcode code "},
    {"CustomerName", LOOK_NAME,
     " tenkhachhang tenkhach tenkh tendonvi tendv tencongty tencty tendoituong"
     " tendt hovaten hoten tennhacungcap tenncc customername customernm"
     " companyname fullname contactname cardname name accountobjectname"
     " organization "},
    {"OtherName", LOOK_NAME,
     " tenkhac tentienganh tengiaodich tenviettat tenquocte tenkh2 tenta"
     " othername englishname tradingname foreignname cardfname nameen"
     " customernmen "},
    {"SaleCode", LOOK_CODE,
     " manhanvienbanhang manvbh manvkd salecode salescode slpcode saleperson"
     " salesrep supportrepid employeecode "},
    {"Address", LOOK_ADDRESS,
     " diachi diachikhachhang diachixuathoadon diachitruso diachi1 dc address"
     " address1 addr addr1 billingaddress street billingstreet baddr1 "},
    {"Partner", LOOK_NAME,
     " doitac nguoilienhe nguoidaidien nguoimuahang nguoimua ongba giamdoc"
     " lienhe nguoilh contactperson attention cont1 legalrepresentative"
     " ownernm buyernm "},
    {"PhoneNumber", LOOK_PHONE,
     " dienthoai sodienthoai sdt didong dienthoaididong sodt dtdd hotline tel"
     " phone phonenumber mobile mobilenumber telephone phone1 contactnumber"
     " phoneno dt "},
    {"TaxCode", LOOK_TAX,
     " masothue mst masothuecccd masothuecccdchuho masodoanhnghiep msdn taxcode"
     " taxid taxcd taxnumber vatno vatcode vat lictradnum resalenum "},
    {"Fax", LOOK_PHONE, " fax sofax faxnumber faxnum faxno "},
    {"Email", LOOK_MAIL,
     " email emails mail emailaddress emailaddresses thudientu hopthu"
     " diachiemail diachimail "},
    {"BankAccount", LOOK_ACCOUNT,
     " sotaikhoan taikhoannganhang stk sotk tknganhang tknh bankaccount"
     " bankaccountnumber iban bankaccountno "},
    {"BankName", LOOK_NAME,
     " tennganhang nganhang tennh tainganhang motai bankname bank "},
    {"AccountName", LOOK_NAME,
     " chutaikhoan tenchutaikhoan tentaikhoan donvithuhuong chutk tentk"
     " accountholder beneficiary bankaccountname bankholder "},
    {"PaymentTerm", LOOK_TEXT,
     " mathanhtoan dieukhoanthanhtoan dktt hanthanhtoan matt paymentterm"
     " paymenttermcode terms "},
    {"Description", LOOK_TEXT,
     " ghichu diengiai mota chuthich note notes description comment comments"
     " memo notepad "},
    /* clang-format on */
};

/* Folded; `first`: the name begins with it; else it is a word of it. */
static const struct {
    const char *words;
    bool first;
    enum look look;
} words[] = {
    {"postal", false, LOOK_TEXT},     {"postalcode", false, LOOK_TEXT},
    {"postcode", false, LOOK_TEXT},   {"zip", false, LOOK_TEXT},
    {"buu chinh", false, LOOK_TEXT},  {"stt", true, LOOK_ROWS},
    {"so thu tu", true, LOOK_ROWS},   {"email", false, LOOK_MAIL},
    {"e mail", false, LOOK_MAIL},     {"mail", false, LOOK_MAIL},
    {"fax", false, LOOK_PHONE},       {"dien thoai", false, LOOK_PHONE},
    {"sdt", false, LOOK_PHONE},       {"phone", false, LOOK_PHONE},
    {"mobile", false, LOOK_PHONE},    {"ma so thue", false, LOOK_TAX},
    {"mst", false, LOOK_TAX},         {"tax code", false, LOOK_TAX},
    {"website", false, LOOK_WEB},     {"web", false, LOOK_WEB},
    {"url", false, LOOK_WEB},         {"ngay", true, LOOK_DATE},
    {"date", false, LOOK_DATE},       {"birthday", false, LOOK_DATE},
    {"createdat", false, LOOK_DATE},  {"changedat", false, LOOK_DATE},
    {"startdate", false, LOOK_DATE},  {"enddate", false, LOOK_DATE},
    {"dia chi", false, LOOK_ADDRESS}, {"address", false, LOOK_ADDRESS},
    {"street", false, LOOK_ADDRESS},  {"trang thai", true, LOOK_FLAG},
    {"tinh trang", true, LOOK_FLAG},  {"status", false, LOOK_FLAG},
    {"active", false, LOOK_FLAG},     {"gioi tinh", true, LOOK_FLAG},
    {"gender", false, LOOK_FLAG},     {"so tien", false, LOOK_MONEY},
    {"cong no", false, LOOK_MONEY},   {"no", true, LOOK_MONEY},
    {"du no", true, LOOK_MONEY},      {"doanh thu", false, LOOK_MONEY},
    {"tong ban", false, LOOK_MONEY},  {"tong tien", false, LOOK_MONEY},
    {"gia", true, LOOK_MONEY},        {"amount", false, LOOK_MONEY},
    {"price", false, LOOK_MONEY},     {"debt", false, LOOK_MONEY},
    {"revenue", false, LOOK_MONEY},   {"annualrevenue", false, LOOK_MONEY},
    {"balance", false, LOOK_MONEY},   {"tai khoan", false, LOOK_ACCOUNT},
    {"ma", true, LOOK_CODE},          {"code", false, LOOK_CODE},
    {"id", false, LOOK_CODE},         {"partnerid", false, LOOK_CODE},
    {"addressid", false, LOOK_CODE},  {"agencyid", false, LOOK_CODE},
    {"ten", true, LOOK_NAME},         {"ho ten", false, LOOK_NAME},
    {"name", false, LOOK_NAME},
};

static const char *const look_names[LOOKS] = {
    [LOOK_TEXT] = "",           [LOOK_CODE] = "code",
    [LOOK_NAME] = "name",       [LOOK_PHONE] = "phone",
    [LOOK_TAX] = "tax code",    [LOOK_MAIL] = "e-mail",
    [LOOK_ADDRESS] = "address", [LOOK_DATE] = "date",
    [LOOK_FLAG] = "flag",       [LOOK_MONEY] = "money",
    [LOOK_ACCOUNT] = "account", [LOOK_WEB] = "web",
    [LOOK_ROWS] = "row no.",
};

const char *look_name(enum look look)
{
    return look_names[look];
}

/* CustomerCode as words: a blank before a capital that follows a small one. */
static void split_words(struct buf *out, const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool small = i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
        if (small && name[i] >= 'A' && name[i] <= 'Z')
            buf_putc(out, ' ');
        buf_putc(out, name[i]);
    }
}

/* Does the text hold these words, as whole ones? */
static bool holds(const char *text, const char *wanted, bool first)
{
    size_t len = strlen(wanted);
    for (const char *at = strstr(text, wanted); at != NULL;
         at = strstr(at + 1, wanted)) {
        bool whole = at[len] == '\0' || at[len] == ' ';
        if (whole && (at == text || (!first && at[-1] == ' ')))
            return true;
        if (first)
            return false;
    }
    return false;
}

static enum look look_of_words(const char *folded)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (holds(folded, words[i].words, words[i].first))
            return words[i].look;
    return LOOK_TEXT;
}

/* Between blanks, and without those inside. */
static void squash(struct buf *out, const char *folded)
{
    buf_putc(out, ' ');
    for (const char *at = folded; *at != '\0'; at++)
        if (*at != ' ')
            buf_putc(out, *at);
    buf_putc(out, ' ');
}

static struct heading find(const char *squashed, const char *folded)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *at = strstr(fields[i].names, squashed);
        if (at != NULL)
            return (struct heading){fields[i].field, fields[i].look,
                                    (unsigned)(at - fields[i].names)};
    }
    return (struct heading){.look = look_of_words(folded)};
}

struct heading heading_of(const char *name, size_t len)
{
    enum { LONGEST = 200 }; /* bytes: what is longer is no name */
    struct buf apart = {0}, folded = {0}, squashed = {0};
    struct heading heading = {0};
    split_words(&apart, name, len < LONGEST ? len : 0);
    utf8_fold(&folded, apart.at, apart.len);
    squash(&squashed, buf_text(&folded));
    if (squashed.len > 2)
        heading = find(buf_text(&squashed), buf_text(&folded));
    buf_release(&apart);
    buf_release(&folded);
    buf_release(&squashed);
    return heading;
}
