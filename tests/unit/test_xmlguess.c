/* XML's guesses: is a text XML, and which of its elements are the rows. */
#include <check.h>
#include <string.h>

#include "base/log.h"
#include "decode/cursor.h"
#include "decode/tree/xml/reader.h"
#include "decode/tree/xml/sniff.h"

/* Where the rows of a document are found; NULL: nobody can say. */
static const struct {
    const char *pattern; /* what is in brackets stands `count` times */
    unsigned count;
    const char *rows;
} guesses[] = {
    /* Wrapped: however many. */
    {"<customers>[<customer><name/></customer>]</customers>", 1,
     "customers/customer"},
    {"<customers>[<customer><name/></customer>]</customers>", 9,
     "customers/customer"},
    {"<x><y v='1'/></x>", 1, "x/y"},
    {"<x>[<y v='1'/>]</x>", 3, "x/y"},
    {"<e v='1'><f>[<y><z/><u/></y>]</f></e>", 1, "e/f/y"},
    {"<e v='1'><f>[<y><z/><u/></y>]</f></e>", 2, "e/f/y"},
    /* One customer, addresses; and two. */
    {"<customers><customer><n/>[<address><a/></address>]</customer>"
     "</customers>",
     1, "customers/customer"},
    {"<customers><customer><n/>[<address><a/></address>]</customer>"
     "</customers>",
     500, "customers/customer"},
    {"<ArrayOfKH><KH><n/>[<address><a/></address>]</KH></ArrayOfKH>", 5,
     "ArrayOfKH/KH"},
    {"<categories><category><n/>[<a><b/></a>]</category></categories>", 5,
     "categories/category"},
    {"<x><customer><n/>[<address><a/></address>]</customer></x>", 1,
     "x/customer"},
    {"<x><customer><n/>[<address><a/></address>]</customer></x>", 5, NULL},
    {"<x><customer><n/></customer><customer>[<address><a/></address>]"
     "</customer></x>",
     500, "x/customer"},
    /* Texts that repeat are part of what they stand in. */
    {"<x>[<tag>1</tag>]</x>", 1, "x"},
    {"<x>[<tag>1</tag>]</x>", 50, "x"},
    {"<x><customer><name/>[<tag>1</tag>]</customer></x>", 50, "x/customer"},
    /* A head and a list, or a record with a list in it. */
    {"<Envelope><Body><Answer><code/>[<Item><n/></Item>]</Answer></Body>"
     "</Envelope>",
     3, NULL},
    {"<Envelope><Body><Answer><code/>[<Item><n/></Item>]</Answer></Body>"
     "</Envelope>",
     20, "Envelope/Body/Answer/Item"},
    {"<Envelope><Body><Answer><Result>[<Item><n/><m/></Item>]</Result>"
     "</Answer></Body></Envelope>",
     1, "Envelope/Body/Answer/Result/Item"},
    {"<order><id/>[<line><n/></line>]</order>", 1, NULL},
    {"<order><id/>[<line><n/></line>]</order>", 5, NULL},
    {"<order><id/>[<line><n/></line>]</order>", 20, "order/line"},
    {"<orders><total/>[<order><n/></order>]</orders>", 2, "orders/order"},
    {"<xml><Schema><t><u/></t><t/></Schema><data>[<row a='1' b='2' c='3'/>]"
     "</data></xml>",
     6, "xml/data/row"},
    {"<channel><title/><link/><c d='1'/><c d='2'/>[<item><n/></item>]"
     "</channel>",
     3, NULL},
    {"<channel><title/><link/><c d='1'/><c d='2'/>[<item><n/></item>]"
     "</channel>",
     30, "channel/item"},
    /* A head of nothing but other elements is no record. */
    {"<x "
     "d='1'><shop><n/></shop><customers>[<customer><n/><m/><o/><p/></customer>]"
     "</customers></x>",
     1, "x/customers/customer"},
    {"<x "
     "d='1'><shop><n/></shop><customers>[<customer><n/><m/><o/><p/></customer>]"
     "</customers></x>",
     3, "x/customers/customer"},
    {"<x><customer><who><n/></who><addresses>[<a><b/></a>]</addresses>"
     "</customer></x>",
     1, "x/customer"},
    /* Two kinds. */
    {"<x>[<customer><n/></customer>][<vendor><n/></vendor>]</x>", 10, NULL},
    {"<x>[<customer><n/></customer>][<vendor><n/></vendor>]</x>", 100, NULL},
    {"<x>[<customer><n/></customer>]<vendor><n/></vendor></x>", 30,
     "x/customer"},
};

static void fill_pattern(const char *pattern, unsigned count, struct buf *out)
{
    for (const char *at = pattern; *at != '\0'; at++) {
        const char *end = *at == '[' ? strchr(at, ']') : NULL;
        for (unsigned i = 0; end != NULL && i < count; i++)
            buf_add(out, at + 1, (size_t)(end - at) - 1);
        if (end != NULL)
            at = end;
        else
            buf_putc(out, *at);
    }
}

START_TEST(guessed)
{
    struct err err;
    struct spec spec;
    struct buf text = {0};
    spec_init(&spec);
    spec.path = mem_text("t.xml");
    ck_assert(spec_override(&spec, "format", "xml", &err));
    fill_pattern(guesses[_i].pattern, guesses[_i].count, &text);
    struct input *input =
        input_open_source(&spec, source_memory(text.at, text.len), &err);
    ck_assert_msg((input != NULL) == (guesses[_i].rows != NULL), "%s",
                  buf_text(&text));
    if (input != NULL) {
        struct xml_reader *reader = input->state;
        ck_assert_str_eq(buf_text(&reader->path), guesses[_i].rows);
        input_close(input);
    }
    buf_release(&text);
    spec_release(&spec);
}
END_TEST

static int sniffs(const char *text)
{
    return sniff_xml(text, strlen(text));
}

START_TEST(sniffed)
{
    static const char *const no[] = {"", "a,b\n1,2\n", "{\"a\": \"<b>\"}"};
    static const char *const plain[] = {
        "<?xml version='1.0'?>",
        "\n<?xml\nversion='1.0'?>",
        "<a/>",
        "<a>1</a>",
        " <a><b>1</b>",
        "<!DOCTYPE a><a/>",
        "<!-- x -->\n<!DOCTYPE a><a/>",
        "\xEF\xBB\xBF<a><b>1</b>",
        "<Kh\xC3\xA1\x63hH\xC3\xA0ng><M\xC3\xA3>1</M\xC3\xA3>",
        "<M\xE3 T\xEAn='1'/>",
        "<ns:a-b.c_d _x:y='1'/>",
        "<!-- a, b; --><?p a?><a\nb = '1' c=\"'<>\"><d/>",
        "<a b='1'></a><!-- c --> ",
        "<a>&nbsp;<![CDATA[<x>]]><b>1</b>",
        "<a><b>1</b><c d='",
    };
    /* More than a text that is called .csv. */
    static const char *const broken[] = {
        "<a><b>1</b><b>2<</b></a>", "<a><b>1</b><b>2</a>",
        "<a><b/></a>\x1A",          "<a><b/></a>\n<a><b/></a>",
        "<a b='1'/>\n<a b='2'/>",   "<a><b c='1'/><b c=2/></a>",
    };
    /* Enough only for what is called .xml. */
    static const char *const like[] = {
        "<",
        "<?xmlx?>",
        "<a>,<b>\n1,2\n",
        "<M\xC3\xA3 KH>,<T\xC3\xAAn>\n",
        "<b>M\xC3\xA3</b>,<b>T\xC3\xAAn</b>\n",
        "<td><b>1</b></td>;<td>2</td>\n",
        "<M\xC3\xA3>\n1\n2\n",
        "Warning: a.php\n<a><b>1</b></a>",
        "name>An</name></b></a>",
        "<a b=1><c/></a>",
        "</a>",
    };
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        ck_assert_msg(sniffs(no[i]) <= 30, "%s", no[i]);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        ck_assert_msg(sniffs(plain[i]) >= 80, "%s", plain[i]);
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        ck_assert_msg(sniffs(broken[i]) > 70 && sniffs(broken[i]) < 80, "%s",
                      broken[i]);
    for (size_t i = 0; i < sizeof like / sizeof *like; i++)
        ck_assert_msg(sniffs(like[i]) > 30 && sniffs(like[i]) < 50, "%s",
                      like[i]);
}
END_TEST

int main(void)
{
    static const struct log_settings quiet = {.level = LOG_ERROR};
    log_setup(&quiet);
    Suite *suite = suite_create("xmlguess");
    TCase *tests = tcase_create("xmlguess");
    tcase_add_loop_test(tests, guessed, 0, sizeof guesses / sizeof *guesses);
    tcase_add_test(tests, sniffed);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
