/* headings.c: two tables. Names that mean one field are compared whole, folded
 * and without their blanks (Mã KH, MA_KH and makh are one); words within a name
 * say what its cells are. A name that customers' systems use for several fields
 * stands in the second table alone, or in none.
 *
 * Where the parts of a name meet is not known: each pair of its words is tried
 * as the place, and before it each word as the beginning of the part above. */
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
    {"Status", LOOK_FLAG,
     " trangthai trangthaihoatdong tinhtrang tinhtranghoatdong status active"
     " isactive validfor "},
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

enum { LONGEST = 200 }; /* bytes: what is longer is no name */

/* Between blanks, and without those inside; what does not fit is no name. */
struct squashed {
    char text[LONGEST + 3];
    size_t len;
};

static void squash(struct squashed *squashed, const char *text, size_t len)
{
    for (size_t i = 0; i < len && squashed->len < LONGEST; i++)
        if (text[i] != ' ')
            squashed->text[1 + squashed->len++] = text[i];
}

/* Of two pieces, one after the other; the second may be empty. */
static void squash_both(struct squashed *squashed, const char *first,
                        size_t first_len, const char *second, size_t second_len)
{
    *squashed = (struct squashed){.text = " "};
    squash(squashed, first, first_len);
    squash(squashed, second, second_len);
    squashed->text[1 + squashed->len] = ' ';
}

static struct heading find(const char *first, size_t first_len,
                           const char *second, size_t second_len)
{
    enum { LONGEST_KNOWN = 24 };
    struct squashed squashed;
    squash_both(&squashed, first, first_len, second, second_len);
    bool known = squashed.len > 0 && squashed.len <= LONGEST_KNOWN;
    for (size_t i = 0; known && i < sizeof fields / sizeof *fields; i++) {
        const char *at = strstr(fields[i].names, squashed.text);
        if (at != NULL)
            return (struct heading){fields[i].field, fields[i].look,
                                    (unsigned)(at - fields[i].names)};
    }
    return (struct heading){0};
}

static void fold(struct buf *folded, const char *name, size_t len)
{
    struct buf apart = {0};
    split_words(&apart, name, len < LONGEST ? len : 0);
    utf8_fold(folded, apart.at, apart.len);
    buf_release(&apart);
}

struct heading heading_of(const char *name, size_t len)
{
    struct buf folded = {0};
    fold(&folded, name, len);
    const char *text = buf_text(&folded);
    struct heading heading = find(text, folded.len, "", 0);
    if (heading.field == NULL)
        heading.look = look_of_words(text);
    buf_release(&folded);
    return heading;
}

/* A folded name taken apart: the part above, from one of its words on, and the
 * part below. */
struct split {
    const char *above, *below;
    size_t above_len, below_len;
    bool whole; /* `above` begins with the name */
};

/* "Khách hàng" over "Mã": Mã khách hàng. */
static struct heading by_both(const struct split *split)
{
    return find(split->below, split->below_len, split->above, split->above_len);
}

static bool is_any(const struct split *split, const char *names)
{
    struct squashed squashed;
    squash_both(&squashed, split->below, split->below_len, "", 0);
    return strstr(names, squashed.text) != NULL;
}

static struct heading above(const struct split *split)
{
    return find(split->above, split->above_len, "", 0);
}

static struct heading below(const struct split *split)
{
    return find(split->below, split->below_len, "", 0);
}

/* "Người liên hệ" over "Họ tên": below stands what it is, above whose. */
static struct heading by_owner(const struct split *split)
{
    const struct heading none = {0};
    struct heading owner = above(split), what;
    if (owner.look == LOOK_TEXT)
        return none;
    what = below(split);
    if (what.field == NULL)
        what.look = look_of_words(split->below);
    else if (!is_any(split, " hoten hovaten fullname name code "))
        return none;
    return owner.look == what.look ? owner : none;
}

/* "Liên hệ" over "Điện thoại". Below anything, a code may be anything's. */
static struct heading by_below(const struct split *split)
{
    const struct heading none = {0};
    return !split->whole || is_any(split, " code name ") ? none : below(split);
}

/* "Mã số thuế" over "(10 hoặc 13 số)", where cells show whether it is one. */
static struct heading by_above(const struct split *split)
{
    const struct heading none = {0};
    struct heading what = above(split);
    bool shows = what.look == LOOK_PHONE || what.look == LOOK_TAX ||
                 what.look == LOOK_MAIL || what.look == LOOK_ACCOUNT;
    return shows && look_of_words(split->below) == LOOK_TEXT ? what : none;
}

/* The surest first. */
static struct heading (*const ways[])(const struct split *split) = {
    by_both, by_owner, by_below, by_above};

enum { WAYS = sizeof ways / sizeof *ways, WAY_RANK = 4096 };

static const char *next_word(const char *word)
{
    const char *blank = strchr(word, ' ');
    return blank != NULL ? blank + 1 : NULL;
}

/* The longest part below goes first, and for it the longest above. */
static struct heading find_way(const char *folded, unsigned way)
{
    struct heading heading = {0};
    for (const char *low = next_word(folded); low != NULL; low = next_word(low))
        for (const char *up = folded; up < low; up = next_word(up)) {
            const struct split split = {up, low, (size_t)(low - up),
                                        strlen(low), up == folded};
            heading = ways[way](&split);
            if (heading.field == NULL)
                continue;
            heading.rank += (way + 1) * WAY_RANK;
            return heading;
        }
    return heading;
}

/* The name's last words: parts that mean a field are not longer. */
static const char *last_words(const char *folded)
{
    enum { MOST = 12 };
    unsigned count = 0;
    for (const char *word = folded; word != NULL; word = next_word(word))
        count++;
    for (; count > MOST; count--)
        folded = next_word(folded);
    return folded;
}

struct heading heading_of_parts(const char *name, size_t len)
{
    struct buf folded = {0};
    struct heading heading = heading_of(name, len);
    if (heading.field != NULL)
        return heading;
    fold(&folded, name, len);
    const char *word = last_words(buf_text(&folded));
    for (unsigned i = 0; i < WAYS && heading.field == NULL; i++)
        heading = find_way(word, i);
    for (; heading.look == LOOK_TEXT && word != NULL; word = next_word(word))
        heading.look = look_of_words(word);
    buf_release(&folded);
    return heading;
}
