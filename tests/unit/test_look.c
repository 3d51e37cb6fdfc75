/* The second look: what is refused, what is doubtful, and above all what is
 * neither: names of any language. */
#include <check.h>
#include <stdlib.h>
#include <strings.h>

#include "base/nfc.h"
#include "charset/misread.h"
#include "form/form.h"
#include "form/kind.h"
#include "form/nothing.h"
#include "value_flags.h"

static const struct form *form;
static struct arena arena;
static struct faults faults;
static struct warnings warnings;
static struct buf out;
static struct value values[FORM_MAX_FIELDS];

static void begin(void)
{
    struct err err;
    ck_assert(forms_load(&err) != NULL);
    form = form_find("setCustomer");
    arena_init(&arena);
}

static void end(void)
{
    arena_release(&arena);
    buf_release(&out);
    out = (struct buf){0};
    forms_release();
}

static unsigned at(const char *name)
{
    return (unsigned)form_field(form, name, strlen(name));
}

/* Encodes a record that has the text in that field. */
static bool encode(const char *field, const char *text, uint8_t flags)
{
    static const char *const needed[][2] = {
        {"CustomerCode", "KH001"}, {"CustomerName", "An"}, {"Status", "1"}};
    arena_reset(&arena);
    memset(values, 0, sizeof values);
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        values[at(needed[i][0])] =
            value_text(needed[i][1], strlen(needed[i][1]));
    warnings = (struct warnings){.arena = &arena};
    faults = (struct faults){.arena = &arena, .warnings = &warnings};
    values[at(field)] = value_text(text, strlen(text));
    values[at(field)].flags = flags;
    buf_clear(&out);
    return form_encode(form, values, &faults, &out);
}

/* The flags that the bytes ask for: what a decoder sets, of texts that have
 * nothing after them. */
static uint8_t exact_flags(const char *text)
{
    return VALUE_TIGHT | flags_of(text, strlen(text));
}

/* The kinds of warnings that were raised, with blanks between them. */
static const char *kinds(void)
{
    static char text[200];
    text[0] = '\0';
    for (unsigned i = 0; i < warnings.count; i++) {
        strcat(text, i > 0 ? " " : "");
        strcat(text, warning_name(warnings.all[i].kind));
    }
    return text;
}

/* What is asked is the same with exact flags and with such that promise
 * nothing. */
static void expect_flags(const char *field, const char *text, const char *what,
                         uint8_t flags)
{
    bool good = encode(field, text, flags);
    ck_assert_msg(good, "%s %s: %s", field, text,
                  faults.count > 0 ? faults.all[0].text : "");
    ck_assert_msg(strcmp(kinds(), what) == 0, "%s \"%s\": %s, not %s", field,
                  text, kinds(), what);
}

static void expect(const char *field, const char *text, const char *what)
{
    expect_flags(field, text, what, exact_flags(text));
    expect_flags(field, text, what, VALUE_ANY);
}

static void refuse(const char *field, const char *text, const char *why)
{
    for (int i = 0; i < 2; i++) {
        bool good = encode(field, text, i == 0 ? exact_flags(text) : VALUE_ANY);
        ck_assert_msg(!good, "%s \"%s\" was taken", field, text);
        ck_assert_uint_eq(faults.count, 1);
        ck_assert_str_eq(faults.all[0].field, field);
        ck_assert_msg(strstr(faults.all[0].text, why) != NULL, "%s: %s", text,
                      faults.all[0].text);
    }
}

static const char *const names[] = {
    /* Vietnamese, in every spelling and case. */
    "Công ty",
    "Seán Murphy",
    "SEÁN",
    "Où",
    "HUÕ", /* Huế in TCVN3, hũ in VNI */
    "YÕN",
    "Nhà hàng « Le Petit »",
    "«{» og «}» på fat",
    "»Hoa« GmbH",
    "« »",
    "Thành phố Hà Nội",
    "Nguyễn Thị Hoa",
    "Lê Hà",
    "Võ Thùy Mai",
    "Hoà Bình",
    "Hòa Bình",
    "Thuỷ",
    "Thúy",
    "Trần Văn Xoài",
    "Khoẻ",
    "Xã",
    "XÃ",
    "MÃ ĐÃ NGÃ",
    "HỢP TÁC XÃ",
    "“HỢP TÁC XÃ”",
    "CÔNG TY “XÃ HỘI”",
    "HTX Á ÂU",
    "Á Châu",
    "Ý",
    "Ông Á",
    "ĐẠI LÝ SỐ 1",
    "Ngô",
    "Đỗ",
    "Ứng",
    "Ấn Độ",
    "Ủy ban",
    "Ngân hàng NN&PTNT Việt Nam",
    "H&M",
    "R&D; Q&A",
    "AT&T;",
    "Công ty gì?",
    "Có phải không? Có",
    "Hỏi gì?An",
    "Sao??",
    "Phú Quý Châu",
    "Lý Kim Trang",
    "Vũ Xuân Hà",
    "Chùa Bà",
    "Tên “Hoà”",
    "Công ty CP Á Đông – CN Hà Nội",
    "Số 1/2, ngõ 3 – 4",
    "Bún bò Huế",
    "Nhà hàng \"Phố Xưa\"",
    "C\\D",
    "Tầng 1\nToà nhà A",
    "Tầng 1\r\nToà nhà A",
    "Tầng\t2",
    "Việt\xC2\xA0Nam",
    "Hà\xC2\xA0Nội",
    "XÃ\xC2\xA0Tân Phú",
    "Hà Giang",
    "Cà Mau",
    "XÃ Tân Phú",
    "Quý",
    "quà",
    "Quà",
    "tuân",
    "Thuê",
    "Quỳnh",
    "Nguyên",
    "yên",
    "Đăk Lăk",
    "Cư Jút",
    "Krông Pắk",
    "Buôn Hồ",
    "Nhật Bản",
    "NamÁ",
    "ViệtÁ",
    "Pleiku",
    "40°C",
    "5 m²",
    "3 µm",
    "½ kg",
    "Café Ông Bầu",
    "§5",
    "1º",
    "© 2020 An",
    "Windows®",
    /* of others. */
    "Café",
    "Müller",
    "Señor",
    "Þór",
    "Ångström",
    "Þórður Guðmundsson",
    "François Lefèvre",
    "Château d'Île-de-France",
    "Hôtel de la Forêt",
    "Société Générale",
    "Gaël Benoît",
    "Noël",
    "Loïc",
    "Citroën",
    "Œuvre",
    "Août",
    "Goût",
    "Crédit Agricole S.A.",
    "L'Oréal",
    "Élysée",
    "Ré",
    "Österreich",
    "Straße",
    "Größe",
    "Jürgen Groß",
    "Süd",
    "Köln",
    "Häng",
    "Björk",
    "Søren Kierkegård",
    "Malmö",
    "Lång",
    "Åse",
    "Øystein",
    "Æther",
    "José",
    "María",
    "Peña",
    "Muñoz",
    "Raúl",
    "País",
    "Año Nuevo",
    "Íñigo",
    "São Paulo",
    "João",
    "Conceição",
    "Camões",
    "Leão",
    "Mª Carmen",
    "Niño",
    "Łódź",
    "Wałęsa",
    "Kraków",
    "Świętokrzyskie",
    "Dvořák",
    "Šárka",
    "Čapek",
    "Žižka",
    "Plzeň",
    "Győr",
    "Szűcs",
    "Tóth",
    "Erdoğan",
    "İstanbul",
    "Gül",
    "Çelik",
    "Ştefan",
    "Țară",
    "Ħal",
    "Lietuvių",
    "Rīga",
    "Tõnu",
    "Mäki",
    "Jyväskylä",
    "Москва",
    "Сергей Иванов",
    "Αθήνα",
    "Ελλάδα",
    "ישראל",
    "محمد",
    "علي\xE2\x80\x8Cرضا",
    "राम",
    "กรุงเทพ",
    "北京",
    "株式会社ＡＢＣ",
    "東京",
    "ひらがな",
    "カタカナ",
    "서울",
    "대한민국",
    "Cửa hàng 😀",
    "❤️ Hoa",
    "👨‍👩‍👧",
    "🇻🇳",
    "5️⃣ sao",
    "An — Bình",
    "“Hoa”",
    "‘Hoa’",
    "Hoa…",
    "№ 5",
    "€ 100",
    "10 ₫",
    "«Hoa»",
    "Col·lecció",
    "naïve",
    "O’Neil",
    "D'Angelo",
    "Nan",
    "Na",
    "Nil",
    "Noneya",
    "N",
    "Null Island",
    "x",
    "An-Na",
    "-An",
    "#1 Café",
    "(An)",
    "*Hoa*",
    "An?",
    "β-Glucan",
    "α",
    "Vitamin B₁₂",
    "http://x.vn/?id=1",
    "https://x.vn/a?b=1&c=2",
    "www.x.vn?q",
    "a&b=1",
    "Ban nhạc Âu",
    "Tô Ký",
    "Rổ",
    "Lộ 25",
    "ĐÃ\xC2\xA0"
    "CÓ\xC2\xA0RỒI",
    "trước\xC2\xA0là\xC2\xA0“A”",
    "LÔ\xC2\xA0"
    "D26 KHU ĐÔ\xC2\xA0THỊ",
    NULL,
};

START_TEST(names_of_all_languages_are_no_matter)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        expect("CustomerName", names[i], "");
        expect("Address", names[i], "");
    }
}
END_TEST

static const char *const misread[][2] = {
    {"CÃ´ng ty", "Công ty"},
    {"ThÃ nh", "Thành"},
    {"ThÃ\xC2\xA0nh", "Thành"},
    {"LÃª VÄƒn", "Lê Văn"},
    {"Nguyá»…n Thá»‹ Hoa", "Nguyễn Thị Hoa"},
    {"HÃ Ná»™i", "Hà Nội"},
    {"HÃ Giang", "Hà Giang"},
    {"CÃ Mau", "Cà Mau"},
    {"CÃ”NG TY", "CÔNG TY"},
    {"Quáº­n 1", "Quận 1"},
    {"TrÆ°á»ng", ""},
    {"MÃ¼ller", "Müller"},
    {"CafÃ©", "Café"},
    {"Äiá»‡n thoáº¡i", ""},
    {"An â€“ BÃ¬nh", "An – Bình"},
    {"Nhà hÃ ng", "Nhà hàng"},
    {"CÃƒÂ´ng ty", "Công ty"},
    {"NguyÃ¡Â»â€¦n", "Nguyễn"},
    {"ThÃƒÂ nh", ""},
    {"CÃ\xC2\xA0 phÃª", "Cà phê"},
    {"CÃ  phÃª", "Cà phê"},
    {"HÃ  Ná»™i", "Hà Nội"},
    {"TÃ¡i VÃ i", "Tái Vài"},
    {"Ð˜Ð²Ð°Ð½Ð¾Ð²", "Иванов"},
    {"ÐœÐ°Ñ€Ð¸Ñ", ""},
    {"Î‘Î¸Î®Î½Î±", "Αθήνα"},
    /* TCVN3 */
    {"C«ng ty", "Công ty"},
    {"cæ phÇn", "cổ phần"},
    {"C«ng ty Cæ phÇn S÷a ViÖt Nam", "Công ty Cổ phần Sữa V"},
    {"NguyÔn V¨n A", "Nguyễn Văn A"},
    {"TrÇn", "Trần"},
    {"Hoµng", "Hoàng"},
    {"§Æng", "Đặng"},
    {"Ph¹m ThÞ Hµ", "Phạm Thị Hà"},
    {"Hµ Néi", "Hà Nội"},
    {"t nh©n", "t nhân"},
    {"C«ng ty b»ng", "Công ty bằng"},
    {"c« Hoa", "cô Hoa"},
    {"Lª V¨n", "Lê Văn"},
    /* VNI */
    {"Coâng ty", "Công ty"},
    {"COÂNG TY", ""},
    {"Nguyeãn Vaên A", "Nguyễn Văn A"},
    {"Traàn Thò Hoa", "Trần Thị Hoa"},
    {"Döông", "Dương"},
    {"Ngaân haøng", "Ngân hàng"},
    {"Phaïm Vaên Ñoâng", "Phạm Văn Đông"},
    {"Leâ", "Lê"},
    {"Seán Coâng", "Công"},
    {"Tieán", "Tiến"},
    {NULL, NULL},
};

/* Misread in part, and what it is then; NULL: that is in doubt. */
static const char *const mixed[][2] = {
    {"Công ty TNHH Hòa Phát - Coâng ty", "Công ty TNHH Hòa Phát - Công ty"},
    {"Coâng ty - Công ty TNHH Hòa Phát", "Công ty - Công ty TNHH Hòa Phát"},
    {"Bình Thạnh, quËn B×nh Th¹nh", "Bình Thạnh, quận Bình Thạnh"},
    {"quËn B×nh Th¹nh/Bình Thạnh", "quận Bình Thạnh/Bình Thạnh"},
    {"Sài Gòn (Saøi Goøn)", "Sài Gòn (Sài Gòn)"},
    {"SÀI GÒN (SAØI GOØN)", "SÀI GÒN (SÀI GÒN)"},
    {"Cà phê S¸ng", "Cà phê Sáng"},
    {"CÔNG TY HÒA PHÁT - C¤NG TY Cæ PHÇN",
     "CÔNG TY HÒA PHÁT - CÔNG TY CỔ PHẦN"},
    {"Quận 7, «Hòa» C«ng ty", "Quận 7, «Hòa» Công ty"},
    {"XÃ TÂN HÒA (CÃ´ng ty)", "XÃ TÂN HÒA (Công ty)"},
    {"MÃ KH: CÃƒÂ´ng ty", "MÃ KH: Công ty"},
    {"Hà Nội - CÃƒÂ´ng ty", "Hà Nội - Công ty"},
    {"Mã: C«ng ty", NULL},
    {"Cô Lan (NguyÔn ThÞ Lan)", NULL},
    {"Cũ: cò Hµ", NULL},
    /* and all of it */
    {"Vò Hµ", "Vũ Hà"},
    {"Coâng ty Cô khí", "Công ty Cơ khí"},
    {"TØnh §¾k L¾k", "Tỉnh Đắk Lắk"},
    {"Tænh Ñaék Laék", "Tỉnh Đắk Lắk"},
    {"HAØ TÓNH", "HÀ TĨNH"},
    {"Sè 5, QuËn 7", "Số 5, Quận 7"},
    {"Quaän 1, TP. Hoà Chí Minh", "Quận 1, TP. Hồ Chí Minh"},
    {"HÃƒÂ\xC2\xA0 Giang", "Hà Giang"},
    /* the no-break space at its end is gone */
    {"TP. CÃ¡ÂºÂ§n ThÃ†Â", "TP. Cần ThƠ"},
    {"Cáº¦N THÆ", "CẦN THƠ"},
    {"VÃµ Táº", "Võ TẠ"},
    {"TrÃ¡ÂºÂ§n Kim HÃƒÂ", "Trần Kim Hà"},
    {"VÅ© Minh An", "Vũ Minh An"},
    {"BÃ© Ba", "Bé Ba"},
};

START_TEST(text_misread_in_part_keeps_what_is_right)
{
    for (size_t i = 0; i < sizeof mixed / sizeof *mixed; i++) {
        struct buf meant = {0};
        bool doubtful;
        ck_assert_msg(misread_find(mixed[i][0], strlen(mixed[i][0]),
                                   MISREAD_NOT, &meant,
                                   &doubtful) != MISREAD_NOT,
                      "%s", mixed[i][0]);
        ck_assert_msg(doubtful == (mixed[i][1] == NULL), "%s", mixed[i][0]);
        if (!doubtful)
            ck_assert_str_eq(buf_text(&meant), mixed[i][1]);
        buf_release(&meant);
    }
}
END_TEST

START_TEST(text_that_was_misread_is_told_and_read)
{
    for (size_t i = 0; misread[i][0] != NULL; i++) {
        expect("CustomerName", misread[i][0], "mojibake");
        ck_assert_msg(strstr(warnings.all[0].text, misread[i][1]) != NULL,
                      "%s: %s", misread[i][0], warnings.all[0].text);
    }
}
END_TEST

START_TEST(what_stands_for_characters)
{
    static const char *const references[] = {
        "C&#244;ng ty",  "&#272;ông",  "Nguy&#7877;n", "Hoa&#xF4;",
        "Hoa &amp; Lan", "C&ocirc;ng", "&Aacute;u",    "a&nbsp;b",
        "&lt;b&gt;",     "Hoa&quot;",  "Ng&#244ng",    "Việt &amp; Nam",
        "&Dstrok;",      NULL};
    static const char *const lost[] = {"C?ng ty ??ng", "Nguy?n V?n A",
                                       "?ng A",        "??ng Nai",
                                       "Tr?n",         "Ph??ng 1",
                                       "Công ty ?ông", "C?ng ty TNHH gì?",
                                       "Hà N?i",       NULL};
    static const char *const codes[] = {"KH&amp;1", "&#272;L1", "KH&#x2D;1",
                                        "CONGTYTNHH-AN&amp;BINH", NULL};
    static const char *const holes[] = {"C?NG-1", "?L01", "KH-MI?N-NAM-0001",
                                        NULL};
    static const char *const whole[] = {"AT&T", "H&M;1", "KH?1", "K?", NULL};
    for (size_t i = 0; codes[i] != NULL; i++)
        expect("CustomerCode", codes[i], "reference");
    for (size_t i = 0; holes[i] != NULL; i++)
        expect("SaleCode", holes[i], "lost");
    for (size_t i = 0; whole[i] != NULL; i++)
        expect("GroupCode1", whole[i], "");
    for (size_t i = 0; references[i] != NULL; i++)
        expect("CustomerName", references[i], "reference");
    /* What unescape turns back is said to be so, and nothing else. */
    expect("CustomerName", "Hoa&comma; Lan", "reference");
    ck_assert_ptr_nonnull(strstr(warnings.all[0].text, "unescape"));
    expect("CustomerName", "Ng&#244ng", "reference");
    ck_assert_ptr_null(strstr(warnings.all[0].text, "unescape"));
    expect("CustomerName", "D&ecaron;ti", "reference");
    ck_assert_ptr_null(strstr(warnings.all[0].text, "unescape"));
    for (size_t i = 0; lost[i] != NULL; i++)
        expect("Address", lost[i], "lost");
    expect("CustomerName", "C\xEF\xBF\xBDng ty", "unreadable");
    expect("Address", "Hà N\xEF\xBF\xBDi", "unreadable");
    expect("Description", "\xEF\xBF\xBD", "unreadable");
}
END_TEST

START_TEST(what_nobody_sees)
{
    refuse("CustomerCode",
           "K1\xE1\xA0\x8E"
           "2",
           "U+180E");
    refuse("CustomerCode",
           "K1\xE1\x85\x9F"
           "2",
           "U+115F");
    expect("Description",
           "b\xE1\xA0\x8E"
           "c",
           "invisible");
    refuse("CustomerName", "A\x7Fn", "U+007F");
    refuse("CustomerCode",
           "KH\x7F"
           "1",
           "U+007F");
    refuse("PhoneNumber",
           "0903\x7F"
           "123456",
           "U+007F");
    expect("Description",
           "b\x7F"
           "c",
           "control");
    refuse("CustomerName",
           "A\xE2\x80\x8B"
           "B",
           "U+200B ZERO WIDTH SPACE");
    refuse("CustomerName",
           "A\x07"
           "B",
           "U+0007 BELL");
    refuse("Partner", "Nguyễn\xC2\x81", "U+0081 C1 CONTROL");
    refuse("CustomerName", "An\xE2\x80\xAE Hoa",
           "U+202E RIGHT-TO-LEFT OVERRIDE");
    refuse("CustomerName",
           "A\xE2\x80\x8D"
           "B",
           "U+200D ZERO WIDTH JOINER");
    refuse("PhoneNumber",
           "0912\xE2\x80\x8B"
           "345678",
           "character 5 is U+200B");
    refuse("Email", "an\xE2\x80\x8B@x.vn", "U+200B ZERO WIDTH SPACE");
    refuse("Email", "an@x.vn\x1B", "U+001B ESCAPE");
    refuse("CustomerCode",
           "KH\xC2\xAD"
           "1",
           "character 3 is U+00AD SOFT HYPHEN");
    refuse("CustomerCode",
           "KH\xEF\xB8\x8F"
           "1",
           "VARIATION SELECTOR");
    refuse("CustomerCode",
           "KH\xEF\xBF\xBC"
           "1",
           "OBJECT REPLACEMENT");
    refuse("SaleCode",
           "KH\xEE\x80\x80"
           "1",
           "PRIVATE USE");
    refuse("TaxCode",
           "010\xE2\x81\xA0"
           "123",
           "U+2060 WORD JOINER");
    refuse("CustomerCode", "KH\n1", "line break");
    refuse("CustomerCode", "KH\r\n1", "line break");
    refuse("CustomerCode", "KH\t1", "tab");
    refuse("GroupCode1",
           "KH\xE2\x80\xA8"
           "1",
           "line break");
    expect("Address",
           "A\xE2\x80\x8B"
           "B",
           "invisible");
    expect("Address",
           "A\x07"
           "B",
           "control");
    expect("Address", "A\rB", "control");
    expect("Description",
           "A\x07\xC2\x85\xC2\xAD"
           "B",
           "control invisible");
    expect("CustomerName",
           "A\xC2\xAD"
           "B",
           "invisible");
    expect("CustomerName",
           "A\xEE\x80\x80"
           "B",
           "invisible");
    refuse("CustomerCode", "\xC2\xAD\xE2\x80\x8B", "U+00AD SOFT HYPHEN");
}
END_TEST

/* A code that differs by what nobody sees is the same, for the server and for
 * us. */
START_TEST(ends_of_codes_are_bare)
{
    static const char *const same[] = {
        "KH1\xC2\xAD",       "\xE2\x80\xAAKH1\xE2\x80\xAC",
        " KH1\xEF\xB8\x8F ", "\xE2\x80\x8EKH1",
        "KH1 \xEF\xBF\xBC",  "KH1\xEE\x80\x80",
        "kh1\xC2\xAD",       NULL};
    uint64_t a[2], b[2];
    form_key_hash("KH1", 3, a);
    for (size_t i = 0; same[i] != NULL; i++) {
        expect("CustomerCode", same[i], "invisible");
        const char *code = strstr(buf_text(&out), "\"CustomerCode\":");
        ck_assert_msg(strncasecmp(code, "\"CustomerCode\":\"KH1\"", 20) == 0,
                      "%s", code);
        form_key_hash(same[i], strlen(same[i]), b);
        ck_assert(a[0] == b[0] && a[1] == b[1]);
    }
    expect("PhoneNumber", "\xE2\x80\xAA+84912345678\xE2\x80\xAC", "invisible");
    ck_assert_ptr_nonnull(strstr(buf_text(&out), ":\"+84912345678\""));
    expect("SaleCode", "\xC2\xAD", "invisible");
    ck_assert_ptr_null(strstr(buf_text(&out), "SaleCode"));
    form_key_hash("KH\xC2\xAD"
                  "1",
                  5, b);
    ck_assert(a[0] != b[0]);
}
END_TEST

START_TEST(what_stands_for_nothing)
{
    static const char *const nothing[] = {
        "NULL",   "null",    "(null)", "\\N",       "#N/A",
        "#REF!",  "#VALUE!", "#NAME?", "#DIV/0!",   "N/A",
        "n/a",    "-",       "--",     "—",         "nan",
        "NaN",    "None",    "none",   "undefined", "[null]",
        "<null>", "?",       "???",    ".",         "...",
        "_",      "#####",   "#NULL!", "#NUM!",     "(blank)",
        " - ",    "N/A ",    " N/A ",  "DBNull",    "[object Object]",
        "/",      "*",       NULL};
    for (size_t i = 0; nothing[i] != NULL; i++) {
        refuse("CustomerName", nothing[i], "stands for no value");
        refuse("CustomerCode", nothing[i], "stands for no value");
        refuse("GroupCode2", nothing[i], "stands for no value");
        expect("Address", nothing[i], "placeholder");
        expect("PhoneNumber", nothing[i], "placeholder");
        expect("Email", nothing[i], "placeholder");
    }
}
END_TEST

/* What the first byte says must hold for every word. */
START_TEST(words_for_nothing_are_found_by_their_first_byte)
{
    static const char *const cases[] = {
        "NULL",    "nULL",    "undefined", "UNDEFINED", "System.DBNull",
        "err:502", "nullptr", "{null}",    NULL};
    for (size_t i = 0; cases[i] != NULL; i++)
        ck_assert_msg(is_nothing(cases[i], strlen(cases[i])), "%s", cases[i]);
    ck_assert(!is_nothing("", 0));
    ck_assert(!is_nothing("Nan", 3));
    ck_assert(!is_nothing("NA", 2));
}
END_TEST

START_TEST(numbers_in_exponent_form)
{
    static const char *const fields[] = {
        "CustomerCode", "PhoneNumber", "TaxCode", "BankAccount",
        "Fax",          "SaleCode",    NULL};
    static const char *const bad[] = {
        "8.49E+10", "1.1004E+13", "1,01E+09", "1E+09",    "3.00588569E+08",
        "-1.5e-7",  "1.5E3",      "12.10e+5", "+8.4E+10", NULL};
    static const char *const good[] = {"12E3x",      "KH1E5", "E10",
                                       "1E",         "1-2E",  "1.2.3",
                                       "0912345678", "84E+",  NULL};
    for (size_t f = 0; fields[f] != NULL; f++) {
        for (size_t i = 0; bad[i] != NULL; i++)
            refuse(fields[f], bad[i], "exponent form");
        for (size_t i = 0; good[i] != NULL; i++)
            expect(fields[f], good[i], "");
    }
    expect("CustomerCode", "12E3", "");
    expect("CustomerCode", "1E10", "");
    refuse("PhoneNumber", "849E8", "exponent form");
    refuse("BankAccount", "1E10", "exponent form");
    expect("Description", "8.49E+10", "");
    struct value decimal = {.text = "1.1E13", .len = 6, .type = VALUE_DECIMAL};
    encode("Fax", "1", VALUE_TIGHT);
    values[at("BankAccount")] = decimal;
    faults.count = 0;
    ck_assert(!form_encode(form, values, &faults, &out));
}
END_TEST

START_TEST(codes_that_look_alike)
{
    static const char *const doubtful[] = {"ＫＨ２",
                                           "КН3",
                                           "KН4",
                                           "KH０1",
                                           "ΑΒ1",
                                           "KHα",
                                           "KH\xE2\x80\x93"
                                           "1",
                                           "KH\xE2\x88\x92"
                                           "1",
                                           "KH\xC2\xA0"
                                           "1",
                                           "KH\xE3\x80\x80"
                                           "1",
                                           "\xF0\x9D\x97\x9EH1",
                                           "KH①",
                                           "ⅯKH",
                                           "ÐL01",
                                           "ÐỨC",
                                           "CTY-Ðức",
                                           NULL};
    static const char *const fine[] = {"ЖД01",  "ΩΨ1",  "KHÁCH1", "Đ1",
                                       "客户1", "KH-1", "KH 1",   NULL};
    for (size_t i = 0; doubtful[i] != NULL; i++)
        expect("CustomerCode", doubtful[i], "lookalike");
    for (size_t i = 0; fine[i] != NULL; i++)
        expect("CustomerCode", fine[i], "");
    expect("CustomerName", "Сông ty", "lookalike");
    expect("CustomerName", "Ðinh Hoa", "lookalike");
    expect("CustomerName", "Ðặng Văn Nam", "lookalike");
    expect("CustomerName", "Nguyên Ðan", "lookalike");
    expect("PhoneNumber", "０９１２345678", "lookalike");
}
END_TEST

START_TEST(numbers_without_a_digit)
{
    static const char *const none[] = {"không có", "khong co", "x", "Chưa rõ",
                                       "Hoa",      "(trống)",  "+", NULL};
    static const char *const some[] = {"0912345678",
                                       "+1 415 555 2671",
                                       "(028) 3812 3456",
                                       "DE123456789",
                                       "VCB 001",
                                       "a1",
                                       "115",
                                       NULL};
    for (size_t i = 0; none[i] != NULL; i++) {
        expect("PhoneNumber", none[i], "phone");
        expect("Fax", none[i], "phone");
        expect("TaxCode", none[i], "taxcode");
        expect("BankAccount", none[i], "number");
        expect("CustomerCode", "KH", "");
    }
    for (size_t i = 0; some[i] != NULL; i++) {
        expect("PhoneNumber", some[i], "");
        expect("TaxCode", some[i], "");
        expect("BankAccount", some[i], "");
    }
    expect("PhoneNumber", "N/A", "placeholder");
}
END_TEST

START_TEST(mail_addresses)
{
    static const char *const good[] = {
        "an@x.vn",
        "lien.he1@gmail.com",
        "a.b-c_d+e@cong-ty.com.vn",
        "an@x.vn;b@y.com",
        "an@x.vn, b@y.com",
        "an@x.vn; b@y.com;",
        "0912345678@vietnam.phone",
        "AN@X.VN",
        "o'neil@x.ie",
        "x@1.vn",
        "mot.dia.chi.rat.dai.cua.khach@ten-mien-rat-dai.com.vn",
        NULL};
    static const char *const bad[] = {"an",
                                      "an@",
                                      "@x.vn",
                                      "an@gmail",
                                      "an@gmail,com",
                                      "an@x.vn b@y.vn",
                                      "a b@x.vn",
                                      "an@x..vn",
                                      "an.@x.vn",
                                      "an@@x.vn",
                                      "an@x.vn.",
                                      ".an@x.vn",
                                      "An <an@x.vn>",
                                      "mailto:an@x.vn",
                                      "an@công.vn",
                                      "không có",
                                      "an@x.v",
                                      "an@x.12",
                                      "www.x.vn",
                                      "0912345678",
                                      "an@x.vn/b@y.vn",
                                      "an(at)x.vn",
                                      "lien.he1.gmail.com",
                                      "lien.he1@gmail@x.com",
                                      "lien.he1@.gmail.com",
                                      "lien.he..1@gmail.com",
                                      "lien.he1@gmailcom",
                                      "lien.he1@gmail.com.",
                                      "an@x.vn\nb@y.vn",
                                      NULL};
    for (size_t i = 0; good[i] != NULL; i++)
        expect("Email", good[i], "");
    for (size_t i = 0; bad[i] != NULL; i++)
        expect("Email", bad[i], "mail");
}
END_TEST

/* Texts of every length, with the odd byte at every place: none is missed, and
 * nothing is read outside the text. */
START_TEST(no_place_is_missed)
{
    static const char *const odd[] = {"&amp;", "a?b", "\xC2\xAD",
                                      "\xEF\xBF\xBD"};
    for (size_t len = 6; len < 70; len++)
        for (size_t place = 0; place + 5 < len; place++) {
            size_t which = (len + place) % 4, size = strlen(odd[which]);
            char *exact = malloc(len); /* not a byte more */
            memset(exact, 'x', len);
            memcpy(exact + place, odd[which], size);
            encode("Fax", "1", VALUE_TIGHT);
            faults.count = 0;
            values[at("Description")] = value_text(exact, len);
            values[at("Description")].flags =
                VALUE_TIGHT | flags_of(exact, len);
            ck_assert(form_encode(form, values, &faults, &out));
            ck_assert_uint_eq(warnings.count, 1);
            free(exact);
        }
}
END_TEST

/* Nobody listens: nothing is told, the same is refused. */
START_TEST(without_a_list)
{
    encode("Fax", "1", VALUE_TIGHT);
    values[at("CustomerName")] = value_text("C«ng ty", strlen("C«ng ty"));
    faults.warnings = NULL;
    faults.count = 0;
    ck_assert(form_encode(form, values, &faults, &out));
    values[at("CustomerName")] = value_text("NULL", 4);
    ck_assert(!form_encode(form, values, &faults, &out));
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("look");
    TCase *t = tcase_create("look");
    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, names_of_all_languages_are_no_matter);
    tcase_add_test(t, text_that_was_misread_is_told_and_read);
    tcase_add_test(t, text_misread_in_part_keeps_what_is_right);
    tcase_add_test(t, what_stands_for_characters);
    tcase_add_test(t, what_nobody_sees);
    tcase_add_test(t, ends_of_codes_are_bare);
    tcase_add_test(t, what_stands_for_nothing);
    tcase_add_test(t, words_for_nothing_are_found_by_their_first_byte);
    tcase_add_test(t, numbers_in_exponent_form);
    tcase_add_test(t, codes_that_look_alike);
    tcase_add_test(t, numbers_without_a_digit);
    tcase_add_test(t, mail_addresses);
    tcase_add_test(t, no_place_is_missed);
    tcase_add_test(t, without_a_list);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
