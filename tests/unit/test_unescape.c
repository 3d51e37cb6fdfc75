/* Texts put right or put together: unescape, prefix, suffix. */
#include "text_calls.h"

/* NULL: it stays as it is. */
static const struct {
    const char *given, *answer;
} references[] = {
    {"", NULL},
    {"Công ty", NULL},
    {"O&#039;Brien", "O'Brien"},
    {"A &amp; B", "A & B"},
    {"&#xF4;", "ô"},
    {"&#XF4;&#xf4;&#244;", "ôôô"},
    {"C&ocirc;ng ty", "Công ty"},
    {"C&Ocirc;NG TY", "CÔNG TY"},
    {"&agrave;&Agrave;&eacute;&yacute;&Yacute;&otilde;", "àÀéýÝõ"},
    {"&Dstrok;&abreve;&itilde;", "Đăĩ"},
    {"&lt;b&gt; &quot;x&quot; &apos;y&apos;", "<b> \"x\" 'y'"},
    {"a&nbsp;b", "a\xc2\xa0"
                 "b"},
    {"&#7877;", "ễ"},
    {"A&comma; B&colon; C&period;&sol;", "A, B: C./"},
    {"&lpar;&num;1&rpar; &minus;&plus;&percnt;", "(#1) −+%"},
    {"a&commat;b&lowbar;c&NewLine;&Tab;&ast;", "a@b_c\n\t*"},
    {"&#x1F600;", "😀"},
    /* Windows-1252, as browsers read it. */
    {"&#146;&#150;&#128;", "’–€"},
    {"&#129;", NULL},
    /* One level alone. */
    {"&amp;#244;", "&#244;"},
    {"&amp;amp;", "&amp;"},
    /* A letter and its mark become one. */
    {"o&#770;", "ô"},
    {"&ocirc;&#768;", "ồ"},
    /* No references. */
    {"AT&T; R&D", NULL},
    {"a=1&copy=2", NULL},
    {"&amp", NULL},
    {"&", NULL},
    {"&;", NULL},
    {"&#;", NULL},
    {"&#x;", NULL},
    {"&#12x;", NULL},
    {"&#0;", NULL},
    {"&#8;", NULL},
    {"&#127;", NULL},
    {"&#55296;", NULL},
    {"&#1114112;", NULL},
    {"&#99999999999;", NULL},
    {"&unknown;", NULL},
    {"&OCIRC;", NULL},
    {"& amp;", NULL},
    {"&&amp;", "&&"},
};

START_TEST(unescaping)
{
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        struct value given = txt(references[i].given);
        const char *answer = ASK_TEXT("unescape", given);
        if (references[i].answer != NULL)
            ck_assert_str_eq(answer, references[i].answer);
        else
            ck_assert_msg(borrows(&asked, &given), "%s", references[i].given);
    }
    ck_assert_str_eq(ASK_TEXT("unescape", integer(5)), "5");
    refused("unescape", ASK("unescape", &asked, list(NULL, 0)));
}
END_TEST

/* The names are in the order of their characters. */
START_TEST(latin_names)
{
    ck_assert_str_eq(ASK_TEXT("unescape", txt("&yuml;&thorn;&Agrave;&iquest;"
                                              "&times;&divide;&szlig;&eth;")),
                     "ÿþÀ¿×÷ßð");
    ck_assert_str_eq(ASK_TEXT("unescape", txt("&iexcl;&frac12;&ETH;&THORN;"
                                              "&deg;&micro;&reg;&Oslash;")),
                     "¡½ÐÞ°µ®Ø");
}
END_TEST

START_TEST(prefixes)
{
    ck_assert_str_eq(ASK_TEXT("prefix", txt("SHOP-"), txt("12")), "SHOP-12");
    ck_assert_str_eq(ASK_TEXT("prefix", txt("SHOP-"), integer(12)), "SHOP-12");
    ck_assert_str_eq(ASK_TEXT("prefix", txt("SHOP-"), txt("")), "");
    ck_assert_str_eq(ASK_TEXT("prefix", txt("SHOP-"), txt(" \xc2\xa0 ")), "");
    ck_assert_str_eq(ASK_TEXT("prefix", txt("SHOP-"), nil()), "");
    ck_assert_str_eq(ASK_TEXT("prefix", txt("SHOP-"), empty()), "");
    ck_assert_str_eq(ASK_TEXT("prefix", txt(""), txt("12")), "12");
    ck_assert_str_eq(ASK_TEXT("prefix", nil(), txt("12")), "12");
    ck_assert_str_eq(ASK_TEXT("prefix", txt("\""), txt("Đà")), "\"Đà");
    ck_assert_str_eq(ASK_TEXT("prefix", txt("e"), txt("\xcc\x81")), "é");
    refused("prefix", ASK("prefix", &asked, txt("a"), list(NULL, 0)));
}
END_TEST

START_TEST(suffixes)
{
    ck_assert_str_eq(ASK_TEXT("suffix", txt("12"), txt("@shop.vn")),
                     "12@shop.vn");
    ck_assert_str_eq(ASK_TEXT("suffix", txt("Đ"), txt(" đ")), "Đ đ");
    ck_assert_str_eq(ASK_TEXT("suffix", txt(""), txt("@shop.vn")), "");
    ck_assert_str_eq(ASK_TEXT("suffix", txt("\t"), txt("@shop.vn")), "");
    ck_assert_str_eq(ASK_TEXT("suffix", nil(), txt("@shop.vn")), "");
    ck_assert_str_eq(ASK_TEXT("suffix", integer(7), txt("")), "7");
    ck_assert_str_eq(ASK_TEXT("suffix", txt("o"), txt("\xcc\x82")), "ô");
}
END_TEST

RUN("unescape", unescaping, latin_names, prefixes, suffixes)
