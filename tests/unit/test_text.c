/* Text functions that make texts of texts: space, letters, parts. */
#include "text_calls.h"

static const char *long_text(const char *part, unsigned times)
{
    size_t len = strlen(part);
    char *text = arena_alloc(&arena, len * times + 1);
    for (unsigned i = 0; i < times; i++)
        memcpy(text + i * len, part, len);
    text[len * times] = '\0';
    return text;
}

/* Function, argument, answer. */
static const struct {
    const char *name, *given, *answer;
} unary[] = {
    {"trim", "", ""},
    {"trim", "a", "a"},
    {"trim", " \t\r\n", ""},
    {"trim", "  Công ty  ", "Công ty"},
    {"trim",
     "\xc2\xa0"
     "An\xe3\x80\x80",
     "An"},
    {"trim",
     "\xef\xbb\xbf"
     "A",
     "A"},
    {"trim", "A\xe2\x80\x8b", "A"},
    {"trim", "ấ", "ấ"},
    {"trim", "Đ", "Đ"},
    {"trim", "日本", "日本"},
    {"squeeze", "", ""},
    {"squeeze", "a b", "a b"},
    {"squeeze", "a  b", "a b"},
    {"squeeze", "a\tb", "a b"},
    {"squeeze", " a b c d e f g h i  j ", "a b c d e f g h i j"},
    {"squeeze", "abcdefg  h", "abcdefg h"},
    {"squeeze", "abcdef  gh", "abcdef gh"},
    {"squeeze", "abcdefgh  ", "abcdefgh"},
    {"squeeze", "Nguyễn\xc2\xa0Văn\xc2\xa0 An", "Nguyễn Văn An"},
    {"squeeze", "Nguyễn Văn An", "Nguyễn Văn An"},
    {"squeeze",
     "a\xe1\x9a\x80"
     "b",
     "a b"},
    {"squeeze",
     "1234567\xe1\x9a\x80"
     "b",
     "1234567 b"},
    {"squeeze", "“Quote”  – dash", "“Quote” – dash"},
    {"squeeze", "line\r\nline", "line line"},
    {"upper", "", ""},
    {"upper", "kh001", "KH001"},
    {"upper", "KH-001", "KH-001"},
    {"upper", "azAZ{`@[", "AZAZ{`@["},
    {"upper", "công ty cổ phần", "CÔNG TY CỔ PHẦN"},
    {"upper", "đường ưu ơ", "ĐƯỜNG ƯU Ơ"},
    {"lower", "ĐẶNG THỊ ÁNH", "đặng thị ánh"},
    {"lower", "ABC@[`{xyz", "abc@[`{xyz"},
    {"lower", "Mixed Case Text Here", "mixed case text here"},
    {"title", "nguyễn văn AN", "Nguyễn Văn An"},
    {"title", "john smith", "John Smith"},
    {"nfc", "abc", "abc"},
    {"nfc", "", ""},
    {"ascii", "Đặng Thị Ánh", "Dang Thi Anh"},
    {"ascii", "plain", "plain"},
    {"ascii", "Łódź Øst Ǿ ħ ŧ ı", "Lodz Ost O h t i"},
    {"ascii", "Straße Æ Москва", "Straße Æ Москва"},
    {"ascii", "Ðà Nẵng", "Da Nang"},
    {"digits", "", ""},
    {"digits", "0903 123 456", "0903123456"},
    {"digits", "12345678", "12345678"},
    {"digits", "MST: 03.00", "0300"},
    {"digits", "không", ""},
    {"digits", "ễ1ế2", "12"},
};

START_TEST(one_argument)
{
    for (size_t i = 0; i < sizeof unary / sizeof *unary; i++)
        ck_assert_str_eq(ASK_TEXT(unary[i].name, txt(unary[i].given)),
                         unary[i].answer);
}
END_TEST

/* All functions of one text take every kind of value. */
START_TEST(any_type)
{
    static const char *const names[] = {"trim",  "squeeze", "upper", "lower",
                                        "title", "nfc",     "ascii", "digits"};
    struct value items[] = {txt("a"), txt("b")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ck_assert_str_eq(ASK_TEXT(names[i], nil()), "");
        ck_assert_str_eq(ASK_TEXT(names[i], empty()), "");
        ck_assert_str_eq(ASK_TEXT(names[i], integer(30)), "30");
        ck_assert_str_eq(ASK_TEXT(names[i], number(30.0)), "30");
        ck_assert_ptr_nonnull(
            refused(names[i], ASK(names[i], &asked, list(items, 2))));
        ASK_TEXT(names[i], txt(long_text("Nguyễn Văn  An, \"x\" ", 300)));
        ASK_TEXT(names[i], txt(long_text("plain ASCII  text ", 300)));
    }
    const struct value_member members[] = {{txt("city"), txt("Huế")}};
    struct value map = {.members = members, .len = 1, .type = VALUE_MAP};
    refused("upper", ASK("upper", &asked, map));
    refused("join", ASK("join", &asked, txt(","), txt("a"), map));
    struct value digits = txt("12.10");
    digits.type = VALUE_DECIMAL;
    ck_assert_str_eq(ASK_TEXT("trim", digits), "12.10");
    ck_assert_str_eq(ASK_TEXT("digits", digits), "1210");
    ck_assert_str_eq(ASK_TEXT("join", txt("-"), digits, digits), "12.10-12.10");
    ck_assert(ASK("blank", &asked, digits) && !asked.truth);
    ck_assert(ASK("number", &asked, digits) && asked.type == VALUE_DECIMAL);
    ck_assert_str_eq(ASK_TEXT("upper", truth(true)), "TRUE");
    ck_assert_str_eq(ASK_TEXT("trim", number(1.5)), "1.5");
    ck_assert_str_eq(ASK_TEXT("trim", integer(INT64_MIN)),
                     "-9223372036854775808");
}
END_TEST

START_TEST(nfc_of_nfd)
{
    static const struct value all[2] = {{.type = VALUE_NIL}};
    (void)all;
    const char *nfd = "Nguye\xcc\x82\xcc\x83n";
    struct text_args args = {.count = 1};
    struct value given = value_text(nfd, strlen(nfd)), answer;
    args.all = &given;
    ck_assert(text_find("nfc", 3)->call(&call, &args, &answer));
    ck_assert_int_eq((int)answer.len, (int)strlen("Nguyễn"));
    ck_assert(!memcmp(answer.text, "Nguyễn", answer.len));
    /* Half-composed: ê and a combining tilde. */
    const char *half = "Nguy\xc3\xaa\xcc\x83n";
    given = value_text(half, strlen(half));
    ck_assert(text_find("nfc", 3)->call(&call, &args, &answer));
    ck_assert(!memcmp(answer.text, "Nguyễn", answer.len));
}
END_TEST

START_TEST(nothing_is_copied)
{
    static const struct {
        const char *name, *text;
    } same[] = {
        {"trim", " x "},          {"trim", " Đà Nẵng "},
        {"squeeze", "Đà Nẵng 1"}, {"squeeze", " “a” – b"},
        {"upper", "KH-001 X"},    {"upper", "ĐÀ NẴNG"},
        {"lower", "kh-001 xyz"},  {"title", "An"},
        {"nfc", "Đà Nẵng"},       {"ascii", "plain"},
        {"digits", "0123456789"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct value given = txt(same[i].text);
        ASK_TEXT(same[i].name, given);
        ck_assert_msg(borrows(&asked, &given), "%s", same[i].name);
    }
}
END_TEST

START_TEST(lengths)
{
    static const struct {
        const char *text;
        int64_t units;
    } all[] = {
        /* clang-format off */
        {"", 0},     {"abc", 3}, {"Đặng", 4},
        {"日本", 2}, {"😀", 2},  {"a😀b", 4},
        /* clang-format on */
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        ck_assert(ASK("len", &asked, txt(all[i].text)));
        ck_assert_int_eq(asked.type, VALUE_INT);
        ck_assert_int_eq(asked.integer, all[i].units);
    }
    ck_assert(ASK("len", &asked, nil()) && asked.integer == 0);
}
END_TEST

START_TEST(characters)
{
    static const struct {
        const char *text;
        int64_t from, to;
        const char *answer;
    } all[] = {
        {"hello", 1, 3, "hel"},
        {"hello", 2, -1, "ello"},
        {"hello", -3, -1, "llo"},
        {"hello", -3, -2, "ll"},
        {"hello", 0, 2, "he"},
        {"hello", -100, 2, "he"},
        {"hello", 4, 100, "lo"},
        {"hello", 6, 7, ""},
        {"hello", 3, 2, ""},
        {"", 1, 5, ""},
        {"", -1, -1, ""},
        {"Đặng Thị", 1, 4, "Đặng"},
        {"Đặng Thị", -3, -1, "Thị"},
        {"Đặng Thị", -3, 6, "T"},
        {"Đặng", 2, -2, "ặn"},
        {"a😀b", 2, 2, "😀"},
        {"Đặng", INT64_MIN, -1, "Đặng"},
        {"Đặng", 1, INT64_MAX, "Đặng"},
        {"Đặng", 1, INT64_MIN, ""},
        {"Đặng", INT64_MAX, INT64_MAX, ""},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_str_eq(ASK_TEXT("sub", txt(all[i].text), integer(all[i].from),
                                  integer(all[i].to)),
                         all[i].answer);
    ck_assert_str_eq(ASK_TEXT("sub", txt("Đặng"), integer(2)), "ặng");
    ck_assert_str_eq(ASK_TEXT("sub", nil(), integer(1), integer(2)), "");
}
END_TEST

START_TEST(truncation)
{
    static const struct {
        const char *text;
        int64_t units;
        const char *answer;
    } all[] = {
        /* clang-format off */
        {"hello", 3, "hel"}, {"hello", 9, "hello"}, {"Đặng", 2, "Đặ"},
        {"Đặng", 4, "Đặng"}, {"a😀b", 2, "a"},      {"a😀b", 3, "a😀"},
        {"", 5, ""},         {"abc", 0, ""},
        /* clang-format on */
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_str_eq(
            ASK_TEXT("truncate", txt(all[i].text), integer(all[i].units)),
            all[i].answer);
    refused("truncate", ASK("truncate", &asked, nil(), integer(-1)));
    refused("truncate", ASK("truncate", &asked, nil(), txt("x")));
    refused("truncate", ASK("truncate", &asked, nil(), number(1.5)));
    refused("sub", ASK("sub", &asked, nil(), number(1e300)));
    ck_assert_str_eq(ASK_TEXT("truncate", txt("abc"), number(2.0)), "ab");
}
END_TEST

START_TEST(stripping)
{
    static const struct {
        const char *text, *set, *answer;
    } all[] = {{"01.00-112 437", ".- ", "0100112437"},
               {"plain", "xyz", "plain"},
               {"plain", "", "plain"},
               {"", "abc", ""},
               {"aaa", "a", ""},
               {"Đặng", "ặ", "Đng"},
               {"Đặng “x”", "“”", "Đặng x"},
               {"Đặng", "đ", "Đặng"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_str_eq(ASK_TEXT("strip", txt(all[i].text), txt(all[i].set)),
                         all[i].answer);
    ck_assert_str_eq(ASK_TEXT("strip", nil(), txt("a")), "");
    /* What is left must be in NFC again. */
    ck_assert_str_eq(ASK_TEXT("strip", txt("e-\xcc\x81"), txt("-")), "é");
}
END_TEST

START_TEST(replacing)
{
    static const struct {
        const char *text, *what, *with, *answer;
    } all[] = {{"a.b.c", ".", "-", "a-b-c"},
               {"a.b.c", ".", "", "abc"},
               {"aaaa", "aa", "b", "bb"},
               {"aaa", "aa", "b", "ba"},
               {"abc", "abcd", "x", "abc"},
               {"Cty TNHH", "Cty", "Công ty", "Công ty TNHH"},
               {"%d+", "%d", "x", "x+"},
               {"", "x", "y", ""},
               {"abc", "abc", "", ""},
               {"say \"x\"", "\"", "'", "say 'x'"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_str_eq(ASK_TEXT("replace", txt(all[i].text), txt(all[i].what),
                                  txt(all[i].with)),
                         all[i].answer);
    refused("replace", ASK("replace", &asked, nil(), txt(""), txt("x")));
    ck_assert_str_eq(ASK_TEXT("replace", txt("ex"), txt("x"), txt("\xcc\x81")),
                     "é");
}
END_TEST

static bool first_letters(void *host, const struct value *text,
                          const struct value *pattern, struct value *found,
                          struct text_call *matching)
{
    (void)host;
    if (pattern->len > 0 && pattern->text[0] == '[')
        return text_refuse(matching, "malformed pattern");
    *found = *text;
    found->len = pattern->len;
    if (text->len < pattern->len)
        *found = nil();
    return true;
}

START_TEST(matching)
{
    call.match = first_letters;
    ck_assert_str_eq(ASK_TEXT("match", txt("abcdef"), txt("...")), "abc");
    ck_assert_str_eq(ASK_TEXT("match", txt("ab"), txt("...")), "");
    ck_assert_str_eq(ASK_TEXT("match", nil(), txt(".")), "");
    refused("match", ASK("match", &asked, txt("x"), txt("[")));
    ck_assert_ptr_nonnull(
        strstr(refused("match", ASK("match", &asked, txt("Đặng"), txt("."))),
               "inside a letter"));
}
END_TEST

START_TEST(splitting)
{
    ck_assert(ASK("split", &asked, txt("a, b ,,Đà Nẵng "), txt(",")));
    ck_assert_int_eq(asked.type, VALUE_LIST);
    ck_assert_int_eq((int)asked.len, 4);
    static const char *const parts[] = {"a", "b", "", "Đà Nẵng"};
    for (uint32_t i = 0; i < 4; i++) {
        ck_assert_int_eq((int)asked.list[i].len, (int)strlen(parts[i]));
        ck_assert(!memcmp(asked.list[i].text, parts[i], asked.list[i].len));
    }
    ck_assert(ASK("split", &asked, txt("a"), txt(";;")) && asked.len == 1);
    ck_assert(ASK("split", &asked, txt(";;"), txt(";;")) && asked.len == 2);
    ck_assert(ASK("split", &asked, txt(" "), txt(",")) && asked.len == 0);
    ck_assert(ASK("split", &asked, nil(), txt(",")) && asked.len == 0);
    refused("split", ASK("split", &asked, nil(), txt("")));
}
END_TEST

START_TEST(joining)
{
    struct value parts[] = {txt("a"), txt(" "), txt("Huế")};
    struct value inner[] = {txt("x"), list(parts, 3), nil()};
    ck_assert_str_eq(ASK_TEXT("join", txt(", ")), "");
    ck_assert_str_eq(ASK_TEXT("join", txt(", "), txt(""), nil(), txt(" ")), "");
    ck_assert_str_eq(
        ASK_TEXT("join", txt(", "), txt("1 Lê Lợi"), txt(""), txt("Huế")),
        "1 Lê Lợi, Huế");
    ck_assert_str_eq(ASK_TEXT("join", txt("-"), txt("a"), integer(7),
                              number(2.5), truth(true), empty()),
                     "a-7-2.5-true");
    ck_assert_str_eq(ASK_TEXT("join", txt("/"), list(inner, 3), txt("z")),
                     "x/a/Huế/z");
    ck_assert_str_eq(ASK_TEXT("join", txt(""), txt("e"), txt("\xcc\x81")), "é");
    ck_assert_str_eq(ASK_TEXT("join", txt("; "), txt(" a "), txt("b")),
                     " a ; b");
    struct value alone = txt("Đà Nẵng");
    ASK_TEXT("join", txt(", "), nil(), alone, txt(""));
    ck_assert(asked.text == alone.text);
}
END_TEST

START_TEST(the_table)
{
    const struct text_function *const *each = text_functions();
    for (; *each != NULL; each++) {
        ck_assert_ptr_eq(text_find((*each)->name, strlen((*each)->name)),
                         *each);
        ck_assert_msg(
            !strncmp((*each)->usage, (*each)->name, strlen((*each)->name)),
            "%s", (*each)->name);
        ck_assert_ptr_nonnull((*each)->help);
        ck_assert_ptr_nonnull((*each)->answer);
        ck_assert_ptr_nonnull((*each)->call);
    }
    static const char *const names[] = {
        "trim",   "squeeze", "upper",    "lower",   "title",    "nfc",
        "len",    "sub",     "truncate", "ascii",   "digits",   "strip",
        "blank",  "first",   "join",     "split",   "pick",     "number",
        "date",   "replace", "match",    "default", "vn.phone", "vn.taxcode",
        "prefix", "suffix",  "unescape", "lookup"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_ptr_nonnull(text_find(names[i], strlen(names[i])));
    ck_assert_ptr_eq(each - text_functions() == 28 ? NULL : "count", NULL);
    ck_assert_ptr_null(text_find("uper", 4));
    ck_assert_ptr_null(text_find("", 0));
}
END_TEST

START_TEST(remarks)
{
    call.remark = NULL;
    text_remark(&call, "one %d", 1);
    text_remark(&call, "two");
    ck_assert_str_eq(call.remark, "one 1; two");
    call.remarks = false;
    call.remark = NULL;
    text_remark(&call, "nobody asks");
    ck_assert_ptr_null(call.remark);
}
END_TEST

START_TEST(shown)
{
    struct value given = txt("a\nb");
    ck_assert_str_eq(text_show(&call, &given), "\"a\\u{A}b\"");
    given = txt(long_text("ộ", 61));
    const char *text = text_show(&call, &given);
    ck_assert_int_eq((int)strlen(text), 2 + 60 * 3 + 3);
    given = integer(7);
    ck_assert_str_eq(text_show(&call, &given), "\"7\"");
    given = list(NULL, 0);
    ck_assert_str_eq(text_show(&call, &given), "a list of 0");
}
END_TEST

RUN("text", one_argument, any_type, nfc_of_nfd, nothing_is_copied, lengths,
    characters, truncation, stripping, replacing, matching, splitting, joining,
    the_table, remarks, shown)
