/* xml: what a document says, however it is cut and encoded; what is refused,
 * and where. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "package/xml.h"

/* Events as a line: <a x=1>text</a>. */
static struct buf told;
static struct xml *xml;
static struct err err;
static const char *pause_at, *stop_at, *fail_at;

static void on_start(void *self, const char *name,
                     const char *const *attributes)
{
    (void)self;
    buf_addf(&told, "<%s", name);
    for (; *attributes != NULL; attributes += 2)
        buf_addf(&told, " %s=%s", attributes[0], attributes[1]);
    buf_puts(&told, ">");
}

static void on_end(void *self, const char *name)
{
    const struct err ours = {EXIT_INPUT, "enough"};
    (void)self;
    buf_addf(&told, "</%s>", name);
    if (pause_at != NULL && strcmp(name, pause_at) == 0)
        xml_pause(xml);
    if (stop_at != NULL && strcmp(name, stop_at) == 0)
        xml_stop(xml);
    if (fail_at != NULL && strcmp(name, fail_at) == 0)
        xml_fail(xml, &ours);
}

static void on_text(void *self, const char *text, size_t len)
{
    (void)self;
    buf_add(&told, text, len);
}

static const struct xml_listener listener = {on_start, on_end, on_text, NULL};

static void begin(void)
{
    pause_at = stop_at = fail_at = NULL;
    xml = xml_new(&listener);
}

static void end(void)
{
    xml_free(xml);
    buf_release(&told);
}

static bool resumed(void)
{
    while (xml_paused(xml)) {
        buf_puts(&told, "|");
        if (!xml_resume(xml, &err))
            return false;
    }
    return true;
}

/* In pieces of `step` bytes; "": the document was read, else why not. */
static const char *feed(const char *text, size_t len, size_t step)
{
    buf_clear(&told);
    xml_free(xml);
    xml = xml_new(&listener);
    for (size_t at = 0; at < len && !xml_done(xml); at += step) {
        size_t piece = len - at < step ? len - at : step;
        if (!xml_feed(xml, text + at, piece, at + piece == len, &err) ||
            !resumed())
            return err.text;
    }
    return "";
}

static void tells(const char *text, size_t len, const char *events)
{
    static const size_t steps[] = {1, 2, 3, 7, 1000};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        ck_assert_str_eq(feed(text, len, steps[i]), "");
        ck_assert_str_eq(buf_text(&told), events);
    }
}

#define TELLS(text, events) tells(text, sizeof text - 1, events)

START_TEST(events)
{
    TELLS("<a><b x='1' y=\"&lt;2\"/>t&amp;<![CDATA[<c>]]>&#273;</a>",
          "<a><b x=1 y=<2></b>t&<c>\xC4\x91</a>");
    TELLS("<?xml version='1.0'?><!-- a --><x:a xmlns:x='u' xmlns='v' "
          "x:b='1' b='2'><y:c xmlns:y='w' y:r='3'/></x:a>",
          "<a b=1 b=2><c r=3></c></a>");
}
END_TEST

START_TEST(encodings)
{
    TELLS("\xEF\xBB\xBF<a>\xC4\x91</a>", "<a>\xC4\x91</a>");
    TELLS("\xFF\xFE<\0a\0>\0\x11\x01<\0/\0a\0>\0", "<a>\xC4\x91</a>");
    TELLS("\xFE\xFF\0<\0a\0>\x01\x11\0<\0/\0a\0>", "<a>\xC4\x91</a>");
    TELLS("<?xml version='1.0' encoding='windows-1258'?><a>\xF0</a>",
          "<a>\xC4\x91</a>");
    TELLS("<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>",
          "<a>\xE2\x82\xAC</a>");
    TELLS("<?xml version='1.0' encoding='koi8-r'?><a>\xC1</a>",
          "<a>\xD0\xB0</a>");
}
END_TEST

/* A document type may be told, its entities may not. */
START_TEST(document_types)
{
    TELLS("<!DOCTYPE a PUBLIC 'x' 'http://nowhere/a.dtd'><a/>", "<a></a>");
    TELLS("<!DOCTYPE a [<!ELEMENT a ANY><!ENTITY lt '&#38;#60;'>]><a>&lt;</a>",
          "<a><</a>");
}
END_TEST

static const struct {
    const char *text, *says;
} refused[] = {
    {"<a><b></a>", "line 1, column 9: mismatched tag"},
    {"<a>\n\n  &x;</a>", "line 3, column 3: undefined entity"},
    {"<a",
     "line 1, column 1: it ends too early, in what begins here: it was cut "
     "off"},
    {"<a>", "line 1, column 4: it ends too early: it was cut off"},
    {"no",
     "line 1, column 1: no XML: something stands before its first element"},
    {"<a>\x01</a>", "line 1, column 4: not well-formed (invalid token)"},
    {"<a>\xFF</a>", "line 1, column 4: not well-formed (invalid token)"},
    {"<a x='1' x='2'/>", "line 1, column 10: duplicate attribute"},
    {"<!DOCTYPE a [\n<!ENTITY ha 'ha'>]><a/>",
     "line 2, column 13: declared entities are not read: ha"},
    {"<!DOCTYPE a [<!ENTITY % ha 'ha'>]><a/>",
     "line 1, column 28: declared entities are not read: ha"},
    {"<!DOCTYPE a [<!ENTITY x SYSTEM '/etc/passwd'>]><a>&x;</a>",
     "line 1, column 45: declared entities are not read: x"},
    {"<!DOCTYPE a SYSTEM 'a.dtd'><a>&nbsp;</a>",
     "line 1, column 31: entity that is not known: nbsp"},
    {"<?xml version='1.0' encoding='utf-7'?><a/>",
     "line 1, column 1: its encoding is not read, UTF-8 is: utf-7"},
    {"<?xml version='1.0' encoding='shift_jis'?><a/>",
     "line 1, column 1: its encoding is not read, UTF-8 is: shift_jis"},
    {"<?xml version='1.0' encoding='nothing'?><a/>",
     "line 1, column 1: its encoding is not read, UTF-8 is: nothing"},
};

START_TEST(refusals)
{
    const char *text = refused[_i].text;
    ck_assert_str_eq(feed(text, strlen(text), 1000), refused[_i].says);
    ck_assert_str_eq(feed(text, strlen(text), 1), refused[_i].says);
    ck_assert_int_eq(err.code, EXIT_INPUT);
}
END_TEST

static const char *repeated(const char *head, const char *piece, size_t times)
{
    struct buf text = {0};
    buf_puts(&text, head);
    for (size_t i = 0; i < times; i++)
        buf_puts(&text, piece);
    const char *says = feed(text.at, text.len, 64 * 1024);
    buf_release(&text);
    return says;
}

START_TEST(bounds)
{
    struct buf many = {0};
    ck_assert_str_eq(repeated("", "<a>", 257),
                     "line 1, column 769: more than 256 elements stand in each "
                     "other" ERR_FIXED);
    ck_assert_str_eq(repeated("<!--", "        ", 1 << 20),
                     "line 1, column 1: a tag or a comment is longer than 4 "
                     "MiB" ERR_FIXED);
    buf_puts(&many, "<a");
    for (int i = 0; i < 1025; i++)
        buf_addf(&many, " a%d='1'", i);
    buf_puts(&many, "/>");
    ck_assert_str_eq(feed(many.at, many.len, 1000),
                     "line 1, column 1: more than 1024 attributes at one "
                     "element" ERR_FIXED);
    buf_release(&many);
}
END_TEST

static const char rows[] = "<a><r>1</r><r/><r>2</r></a>";

START_TEST(rests)
{
    pause_at = "r";
    TELLS(rows, "<a><r>1</r>|<r></r>|<r>2</r>|</a>");
}
END_TEST

START_TEST(stops)
{
    stop_at = "r";
    TELLS(rows, "<a><r>1</r>");
    ck_assert(xml_done(xml));
    ck_assert(xml_feed(xml, "<", 1, true, &err));
}
END_TEST

START_TEST(fails)
{
    fail_at = pause_at = "r";
    ck_assert_str_eq(feed(rows, sizeof rows - 1, 1000), "enough");
    ck_assert_str_eq(buf_text(&told), "<a><r>1</r>");
    ck_assert(!xml_feed(xml, "<", 1, true, &err));
}
END_TEST

START_TEST(attributes)
{
    static const char *const list[] = {"a", "1", "b", "2", "a", "3", NULL};
    ck_assert_str_eq(xml_attribute(list, "a"), "1");
    ck_assert_str_eq(xml_attribute(list, "b"), "2");
    ck_assert(xml_attribute(list, "c") == NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("xml");
    TCase *xmls = tcase_create("xml");
    tcase_add_checked_fixture(xmls, begin, end);
    tcase_add_test(xmls, events);
    tcase_add_test(xmls, encodings);
    tcase_add_test(xmls, document_types);
    tcase_add_loop_test(xmls, refusals, 0, sizeof refused / sizeof *refused);
    tcase_add_test(xmls, bounds);
    tcase_add_test(xmls, rests);
    tcase_add_test(xmls, stops);
    tcase_add_test(xmls, fails);
    tcase_add_test(xmls, attributes);
    suite_add_tcase(suite, xmls);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
