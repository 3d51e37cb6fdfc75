/* XML as rows: what becomes of elements, attributes and texts, where rows are
 * said to be, which encoding it has; in pieces of every size. */
#include <check.h>
#include <stdio.h>

#include "base/log.h"
#include "decode/cursor.h"
#include "decode/tree/xml/declared.h"
#include "decode/tree/xml/reader.h"

static struct spec spec;
static struct buf seen;

static void setup(void)
{
    struct err err;
    spec_init(&spec);
    spec.path = mem_text("t.xml");
    ck_assert(spec_override(&spec, "format", "xml", &err));
    stream_piece = 64 * 1024;
    xml_plain = true;
    buf_clear(&seen);
}

static void teardown(void)
{
    spec_release(&spec);
    buf_release(&seen);
}

static void say(const char *name, const char *text)
{
    struct err err;
    ck_assert_msg(spec_override(&spec, name, text, &err), "%s", err.text);
}

static void add_row(const struct input *input, const struct row *row)
{
    buf_addf(&seen, "%llu ", (unsigned long long)row->place.line);
    if (row->fault != NULL)
        buf_addf(&seen, "! %s", row->fault);
    for (unsigned i = 0; row->fault == NULL && i < row->count; i++) {
        if (row->cells[i].type == VALUE_NIL)
            continue;
        buf_addf(&seen, "%s=", input->columns.all[i].name);
        value_json(&seen, &row->cells[i]);
        buf_putc(&seen, ';');
    }
    buf_putc(&seen, '\n');
}

static void read_rows(const char *text, size_t len)
{
    struct err err;
    struct row row;
    enum step step;
    struct cursor cursor = {.silent = true};
    struct input *input =
        input_open_source(&spec, source_memory(text, len), &err);
    buf_clear(&seen);
    if (input == NULL) {
        buf_puts(&seen, err.text);
        return;
    }
    cursor_open(&cursor, input);
    while ((step = cursor_next(&cursor, &row, &err)) == STEP_ITEM)
        add_row(input, &row);
    if (step == STEP_FAIL)
        buf_puts(&seen, err.text);
    cursor_close(&cursor);
    input_close(input);
}

static void expect(const char *text, const char *wanted)
{
    size_t len = strlen(text);
    for (size_t piece = 1; piece < len + 2; piece++) {
        stream_piece = piece;
        read_rows(text, len);
        ck_assert_str_eq(buf_text(&seen), wanted);
        xml_plain = false;
        read_rows(text, len);
        ck_assert_str_eq(buf_text(&seen), wanted);
        xml_plain = true;
    }
}

START_TEST(values)
{
    expect("<a><b i='1' j=''><c>x</c></b>\n<b><c/></b></a>",
           "1 @i=\"1\";@j=\"\";c=\"x\";\n2 c=\"\";\n");
    expect("<a><b><c>1</c><d>2</d><c>3</c></b><b>t</b></a>",
           "1 c=[\"1\",\"3\"];d=\"2\";\n1 #text=\"t\";\n");
    expect("<a><b><c k='1'>x</c><c>y</c></b><b/></a>",
           "1 c=[{\"@k\":\"1\",\"#text\":\"x\"},\"y\"];\n1 \n");
    expect("<a><b>\n <c><d>1</d> z </c> </b><b/></a>",
           "1 c={\"d\":\"1\",\"#text\":\"z\"};\n2 \n");
    expect("<a><b><![CDATA[<&]]>&#x41;&lt;</b><b><!-- x -->y</b></a>",
           "1 b=[\"<&A<\",\"y\"];\n");
    say("at", "a/b");
    expect("<a><b><![CDATA[<&]]>&#x41;&lt;</b><b><!-- x -->y</b></a>",
           "1 #text=\"<&A<\";\n1 #text=\"y\";\n");
}
END_TEST

/* What is nil is told by the namespace, whatever prefix is bound to it. */
#define SCHEMA "'http://www.w3.org/2001/XMLSchema-instance'"

START_TEST(namespaces)
{
    static const char text[] =
        "<x:a xmlns:x='u' xmlns:xsi=" SCHEMA "><x:b xsi:type='t' x:k='1'>"
        "<x:c xsi:nil='true'/><c>2</c></x:b><x:b><c xsi:nil='1'/></x:b></x:a>";
    expect(text, "1 @k=\"1\";c=[null,\"2\"];\n1 \n");
    say("names", "prefix");
    expect(text, "1 @x:k=\"1\";c=\"2\";\n1 \n");
    say("names", "local");
    expect("<a xmlns:i=" SCHEMA "><b><c i:nil='true'/><d i:nil='false'/>"
           "<e nil='true'/></b><b><c>1</c></b></a>",
           "1 d=\"\";e={\"@nil\":\"true\"};\n1 c=\"1\";\n");
    expect("<a><b><c p3:nil='true' xmlns:p3=" SCHEMA "/></b><b><c d4:nil='1' "
           "xmlns:d4='http&#58;//www.w3.org/1999/XMLSchema-instance'/></b></a>",
           "1 \n1 \n");
    expect("<a><b><c xsi:nil='true'/></b><b/></a>", "1 \n1 \n");
    expect("<a xmlns:xsi='u'><b><c xsi:nil='true' xsi:x='1'/></b><b/></a>",
           "1 c={\"@nil\":\"true\",\"@x\":\"1\"};\n1 \n");
    expect("<a xmlns:i=" SCHEMA "><b i:type='t' i:x='1'/></a>",
           "1 @x=\"1\";\n");
}
END_TEST

START_TEST(where_rows_are)
{
    expect("<a><b><c>1</c><d>2</d></b></a>", "1 c=\"1\";d=\"2\";\n");
    expect("<a>x</a>", "1 #text=\"x\";\n");
    expect("<a><b><c/></b><b><c/></b><d><e/></d><d><e/></d></a>",
           "t.xml: several kinds of elements may be its rows; say which, such "
           "as at = \"customers/customer\"; there are: a/b (2), a/d (2), a "
           "(1)");
    say("at", "/a/d");
    expect("<a><b><c/></b><b><c/></b><d><e/></d><d><e/></d></a>",
           "1 e=\"\";\n1 e=\"\";\n");
    say("at", "//b");
    expect("<a><c><b>1<b>2</b></b></c><b>3</b></a>",
           "1 b=\"2\";#text=\"1\";\n1 #text=\"3\";\n");
    say("at", "a/*");
    expect("<a><b i='1'/><c j='2'/></a>", "1 @i=\"1\";\n1 @j=\"2\";\n");
    say("at", "b");
    expect("<a><b/></a>", "t.xml: at: no element stands at \"b\"; there are: a "
                          "(1)");
}
END_TEST

START_TEST(limits)
{
    say("max_element", "40");
    expect("<a><b><c>0123456789012345678901234567</c></b><b><c>1</c></b></a>",
           "1 ! it is longer than 40 bytes (max_element)\n1 c=\"1\";\n");
    say("max_depth", "2");
    read_rows("<a><b><c/></b></a>", 18);
    ck_assert_str_eq(buf_text(&seen),
                     "t.xml: line 1, column 7: more than 2 elements stand in "
                     "each other (max_depth)");
    say("max_attributes", "1");
    read_rows("<a><b i='' j=''/></a>", 21);
    ck_assert_str_eq(buf_text(&seen), "t.xml: line 1, column 4: more than 1 "
                                      "attributes at one element "
                                      "(max_attributes)");
}
END_TEST

/* However large a row is, a chunk ends with one. */
START_TEST(many_chunks)
{
    struct buf text = {0};
    buf_puts(&text, "<a>");
    for (int i = 0; i < 40000; i++)
        buf_addf(&text, "<b i='%d'><c>some text</c></b>\n", i);
    buf_puts(&text, "</a>");
    read_rows(text.at, text.len);
    const char *at = buf_text(&seen);
    for (int i = 0; i < 40000; i++) {
        char row[80];
        int len = snprintf(row, sizeof row, "%d @i=\"%d\";c=\"some text\";\n",
                           i + 1, i);
        ck_assert(strncmp(at, row, (size_t)len) == 0);
        at += len;
    }
    ck_assert_str_eq(at, "");
    buf_release(&text);
}
END_TEST

/* Of every text, expat's rows and expat's words. */
static void expect_as_expat(const char *text, size_t len)
{
    struct buf ours = {0};
    xml_plain = true;
    read_rows(text, len);
    buf_add(&ours, seen.at, seen.len);
    xml_plain = false;
    read_rows(text, len);
    ck_assert_msg(
        ours.len == seen.len && memcmp(buf_text(&ours), seen.at, seen.len) == 0,
        "%.*s\n%s\n%s", (int)len, text, buf_text(&ours), buf_text(&seen));
    buf_release(&ours);
}

static const char *const originals[] = {
    "<?xml version=\"1.0\" encoding='UTF-8'?>\r\n<a>\n <b i='1' j=\"&lt;\">"
    "<c>1</c><d>&amp;</d>\n</b>\r\n<b><c>2</c><d/></b><!--x--></a>\n<?p i?>",
    "<a><b>\r<x:c k='\n'>]] ></x:c><c><![CDATA[<&]]></c></b><b >\r\n"
    "<t\xC3\xAAn>&#65;&#x1EC7;</t\xC3\xAAn ></b ><b></b><b/></a>",
};

/* One byte of it is another one, or is missing. */
START_TEST(as_expat)
{
    static const char others[] = "<>&;'\"/!-?]=:x# \n\r\t\x01\x7F\x80\xC3\xEF";
    char text[256];
    size_t len = strlen(originals[_i]);
    expect_as_expat(originals[_i], len);
    for (size_t at = 0; at < len; at++) {
        for (const char *other = others; *other != '\0'; other++) {
            memcpy(text, originals[_i], len);
            text[at] = *other;
            expect_as_expat(text, len);
        }
        memmove(text + at, originals[_i] + at + 1, len - at - 1);
        expect_as_expat(text, len - 1);
        expect_as_expat(originals[_i], at);
    }
}
END_TEST

/* References and characters at the bounds of what XML has. */
START_TEST(characters)
{
    static const char *const parts[] = {
        "&#9;",          "&#8;",         "&#xD7FF;",     "&#xD800;",
        "&#xFFFD;",      "&#xFFFE;",     "&#x10FFFF;",   "&#x110000;",
        "&#0000000065;", "&#;",          "&#x;",         "&#X41;",
        "&#1a;",         "&amp",         "&;",           "&quot;",
        "&apos;",        "&gt;",         "&nbsp;",       "]]>",
        "\xEF\xBF\xBD",  "\xEF\xBF\xBE", "\xED\xA0\x80", "\xF4\x8F\xBF\xBF",
        "\xC0\x80",      "\xC2\xA0",     "\xE2\x80\x8B", "&#160;",
        "&#32;",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char text[128];
        int len = snprintf(text, sizeof text,
                           "<a><b i='%s'>%s</b><b>%s<c>%s</c></b></a>",
                           parts[i], parts[i], parts[i], parts[i]);
        expect_as_expat(text, (size_t)len);
        len = snprintf(text, sizeof text, "<a><b>%s</b><b/></a>", parts[i]);
        expect_as_expat(text, (size_t)len);
        len = snprintf(text, sizeof text, "<a><b%s/><b/></a>", parts[i]);
        expect_as_expat(text, (size_t)len);
    }
}
END_TEST

START_TEST(declared)
{
    static const char *const heads[][2] = {
        {"<?xml version='1.0' encoding='latin1'?>", "latin1"},
        {"\n<?xml version=\"1.0\" encoding = \"GBK\" ?><a/>", "GBK"},
        {"<?xml version='1.0'?><a encoding='x'/>", ""},
        {"<?xml encoding='x", ""},
        {"<?xml encoding=x?>", ""},
        {"<a/>", ""},
        {"<?xml encoding='UTF-16'?>", "UTF-8"},
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        char name[16];
        const char *untrue = declared_encoding(heads[i][0], strlen(heads[i][0]),
                                               name, sizeof name);
        ck_assert_str_eq(name, heads[i][1]);
        ck_assert((untrue != NULL) == (i == 6));
    }
}
END_TEST

int main(void)
{
    static const struct log_settings quiet = {.level = LOG_ERROR};
    log_setup(&quiet);
    Suite *suite = suite_create("xmlrows");
    TCase *tests = tcase_create("xmlrows");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, values);
    tcase_add_test(tests, namespaces);
    tcase_add_test(tests, where_rows_are);
    tcase_add_test(tests, limits);
    tcase_add_test(tests, many_chunks);
    tcase_add_loop_test(tests, as_expat, 0,
                        sizeof originals / sizeof *originals);
    tcase_add_test(tests, characters);
    tcase_add_test(tests, declared);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
