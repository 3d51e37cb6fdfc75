/* JSON as rows: layouts, paths, faults and where they stand; each input is read
 * whole and in pieces of every small size, which must not be seen. */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "json_dump.h"

static struct spec spec;
static struct buf whole, pieces;

static void say(const char *name, const char *text)
{
    struct err err;
    struct option_value value = option_text_value(text, strlen(text));
    ck_assert_msg(spec_say(&spec, name, &value, &err), "%s", err.text);
}

static void setup(void)
{
    spec_init(&spec);
    spec.path = mem_text("kh");
    buf_clear(&whole);
}

static void teardown(void)
{
    spec_release(&spec);
    buf_release(&whole);
    buf_release(&pieces);
}

static const char *read_text(const char *text, size_t len)
{
    static const size_t chunks[] = {1, 2, 3, 5, 7, 16, 61, 64, 65, 200};
    buf_clear(&whole);
    dump_json_bytes(&spec, text, len, (struct json_way){0, 1}, &whole);
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        buf_clear(&pieces);
        dump_json_bytes(&spec, text, len,
                        (struct json_way){chunks[i], 1 + (unsigned)i % 3},
                        &pieces);
        ck_assert_str_eq(buf_text(&pieces), buf_text(&whole));
    }
    return buf_text(&whole);
}

/* Format, path (or NULL), text, rows. */
#define READS(name, path, text, expected)                                      \
    do {                                                                       \
        spec_release(&spec);                                                   \
        setup();                                                               \
        spec.format = format_find(name);                                       \
        if (*(path) != '\0')                                                   \
            say("at", path);                                                   \
        ck_assert_str_eq(read_text(text, sizeof(text) - 1), expected);         \
    } while (0)

START_TEST(arrays)
{
    READS("json", "", "[{\"a\":1,\"b\":\"x\"},{\"b\":\"y\",\"a\":2.50}]",
          "(a)(b)\nrecord 1 [1][\"x\"]\nrecord 2 [2.50][\"y\"]\n");
    READS("json", "", "\xef\xbb\xbf [ {\"a\":null} , {\"c\":true} ] \n",
          "(a)(c)\nrecord 1 [null][null]\nrecord 2 [null][true]\n");
    READS("json", "", "[]", "\n");
    READS("json", "", " [ ] ", "\n");
    READS("json", "", "[{}]", "\nrecord 1 \n");
    READS("json", "", "[{\"a\":\" x \"}]", "(a)\nrecord 1 [\"x\"]\n");
    READS("json", "", "[\"K1\",\"K2\",7]",
          "(value)\nrecord 1 [\"K1\"]\nrecord 2 [\"K2\"]\nrecord 3 [7]\n");
}
END_TEST

START_TEST(lists)
{
    READS("json", "", "[[\"id\",\"name\"],[1,\"An\"],[2]]",
          "(id)(name)\nrecord 1 [1][\"An\"]\nrecord 2 [2]\n");
    READS("json", "", "[[1,2],[3,4,5]]",
          "(column 1)(column 2)(column 3)\n"
          "record 1 [1][2]\nrecord 2 [3][4][5]\n");
    READS("json", "", "[[1,2],[3]]",
          "(column 1)(column 2)\nrecord 1 [1][2]\nrecord 2 [3]\n");
    READS("json", "", "[[\"id\"],[1,2],{\"id\":3}]",
          "(id)\nrecord 1 ! 2 cells, the header has 1<1><2>\n"
          "record 2 ! is no list, as the first row is one<\"\xef\xbf\xbd\">\n");
    READS("ndjson", "", "[\"id\",\"id\"]\n\n[1,2]\n",
          "(id)(id (2))\n3 [1][2]\n1 blank row (on line 2) is left out");
}
END_TEST

START_TEST(paths)
{
    READS("json", "data.customers",
          "{\"n\":[1,{\"data\":3}],\"data\":{\"x\":1,\"customers\":[{\"a\":1},"
          "{\"a\":2}],\"y\":[]},\"z\":\"]\"}",
          "(a)\nrecord 1 [1]\nrecord 2 [2]\n");
    READS("json", "*.items",
          "[{\"items\":[{\"a\":1}]},{\"items\":[]},{\"other\":[{\"a\":9}]},"
          "{\"items\":[{\"a\":2},{\"a\":3}]},7]",
          "(a)\nrecord 1 [1]\nrecord 2 [2]\nrecord 3 [3]\n");
    READS("json", "*", "{\"K1\":{\"a\":1},\"K2\":{\"a\":2}}",
          "(@name)(a)\nrecord 1 [\"K1\"][1]\nrecord 2 [\"K2\"][2]\n");
    READS("json", "*", "{\"a\":1,\"b\":\"}\\\"\",\"c\":[{\"d\":1}]}",
          "(@name)(value)(d)\nrecord 1 [\"a\"][1][null]\n"
          "record 2 [\"b\"][\"}\\\"\"][null]\nrecord 3 [null][null][1]\n");
    READS(
        "json", "d.*",
        "{\"c\":{\"K0\":{}}, \"d\" : { \"K\\u0031 \" : { \"@name\" : 7 },\n"
        "\"\":{\"x\":null,\"@name\":8}, \"K3\":null, \"K4\":\"K5\"}}",
        "(@name)(@name (2))(x)(value)\nrecord 1 [\"K1\"][7][null][null]\n"
        "record 2 [\"\"][8][null][null]\nrecord 3 [\"K3\"][null][null][null]\n"
        "record 4 [\"K4\"][null][null][\"K5\"]\n");
    READS("json", "*", "[{\"a\":1},\"x\",{\"a\":2}]",
          "(a)(value)\nrecord 1 [1][null]\nrecord 2 [null][\"x\"]\n"
          "record 3 [2][null]\n");
    READS("json", "*", "{\"a\":1}\n[{\"b\":2}]{\"c\":{\"b\":3}}",
          "(@name)(value)(b)\nrecord 1 [\"a\"][1][null]\n"
          "record 2 [null][null][2]\nrecord 3 [\"c\"][null][3]\n");
    READS("json", "*", "{\"a\":{\"b\":1},\"c\":{\"b\":}}",
          "(@name)(b)\nrecord 1 [\"a\"][1]\n"
          "failed: kh:1:23: no JSON value can begin like this\n");
    READS("json", "a", "{\"a\":[{\"x\":1}]}\n{\"a\":{\"x\":2}}{\"b\":1}",
          "(x)\nrecord 1 [1]\nrecord 2 [2]\n");
    READS("json", "d.rows", "{\"d\":{\"rows\":null,\"more\":[1]}}", "\n");
    READS("json", "*.items",
          "[{\"items\":null},{\"items\":[{\"a\":1}]},{\"items\":7}]",
          "(a)(value)\nrecord 1 [1][null]\nrecord 2 [null][7]\n");
    READS("json", "*", "[null,{\"a\":1}]",
          "(value)(a)\nrecord 1 [null][null]\nrecord 2 [null][1]\n");
    READS("json", "a.b", "{\"a\":null}",
          "kh: nothing stands at \"a.b\" (at)\n\n");
    READS("json", "a.b", "{\"a\":{\"c\":[]}}",
          "kh: nothing stands at \"a.b\" (at)\n\n");
    READS("json", "a", "{\"a\":[1],\"a\":[2]}",
          "(value)\nrecord 1 [1]\n"
          "failed: kh:1:10: a name of the path stands twice in an object\n");
}
END_TEST

START_TEST(values)
{
    READS("json", "", "{\"a\":{\n\"b\":[1,{}]}}\n{\"a\":\n2}{\"a\":3}",
          "(a)\nrecord 1 [{\"b\":[1,{}]}]\nrecord 2 [2]\nrecord 3 [3]\n");
    READS("json", "", "\"x\"", "(value)\nrecord 1 [\"x\"]\n");
    READS("json", "", " -0 ", "(value)\nrecord 1 [-0]\n");
    READS("json", "", "1 2", "(value)\nfailed: kh:1:3: text after the value\n");
    READS("json", "", "{\"a\":1},\n{\"b\":1}",
          "(a)\nrecord 1 [1]\n"
          "failed: kh:1:8: a comma between values that no array holds\n");
    READS("json", "", "[{\"a\":1}] \n\n [{\"b\":2},{\"a\":3}]\n[]\n[{\"a\":4}]",
          "(a)(b)\nrecord 1 [1][null]\nrecord 2 [null][2]\n"
          "record 3 [3][null]\nrecord 4 [4][null]\n");
    READS("json", "", "[1][2]",
          "(value)\nrecord 1 [1]\nfailed: kh:1:4: text after the array\n");
    READS("json", "", "[\n1]\n{\"a\":2}",
          "(value)\nrecord 1 [1]\nfailed: kh:3:1: text after the array\n");
    READS("json", "", "[\n1,\n\"x\"\n]\n[\n2,\n\"y\"\n]\n",
          "(column 1)(column 2)\nrecord 1 [1][\"x\"]\nrecord 2 [2][\"y\"]\n");
    READS("json", "", "", "kh: empty: there is no JSON in it\n\n");
}
END_TEST

START_TEST(lines)
{
    READS("ndjson", "", "{\"a\":1}\r\n\n{\"a\":\n{\"a\":3}\n{\"a\":4,}\n[5]",
          "(a)(value)\n1 [1][null]\n"
          "3 ! column 6: the text ends here, in the middle"
          "<\"{\\\"a\\\":\"><\"\xef\xbf\xbd\">\n"
          "4 [3][null]\n"
          "5 ! column 8: a name in quotes must stand here"
          "<\"{\\\"a\\\":4,}\"><\"\xef\xbf\xbd\">\n"
          "6 [null][[5]]\n1 blank row (on line 2) is left out");
    READS("ndjson", "", "{\"a\":1} {\"a\":2}\n{\"a\":3}\n{\"a\":}\n",
          "(a)\n1 ! column 9: text after the line's value"
          "<\"{\\\"a\\\":1} {\\\"a\\\":2}\xef\xbf\xbd\">\n"
          "2 [3]\n3 ! column 6: no JSON value can begin like this"
          "<\"{\\\"a\\\":}\xef\xbf\xbd\">\n");
    /* Several in a line, and all is well: these are no lines. */
    READS("ndjson", "", "{\"a\":1} {\"a\":2}\n",
          "(a)\nrecord 1 [1]\nrecord 2 [2]\n");
}
END_TEST

/* Where an array is no JSON, rows before it are there. */
#define FAILS(text, at, error)                                                 \
    READS("json", "", "[{\"a\":1},\n " text,                                   \
          "(a)\nrecord 1 [1]\nfailed: kh:2:" at ": " error "\n")

START_TEST(faults)
{
    FAILS("{\"a\":1,}]", "9", "a name in quotes must stand here");
    FAILS("{\"a\":1", "8", "the text ends here, in the middle");
    FAILS("{\"a\" 1}]", "7", "':' must stand here");
    FAILS("{\"a\":1]", "8", "',' or '}' must stand here");
    FAILS("{\"a\":01}]", "8", "',' or '}' must stand here");
    FAILS("{\"a\":+1}]", "7", "no JSON value can begin like this");
    FAILS("{\"a\":-}]", "7", "this is no number in JSON");
    FAILS("{\"a\":nil}]", "7", "no JSON value can begin like this");
    FAILS("{\"a\":\"\\q\"}]", "8", "this escape is unknown");
    FAILS("{\"a\":\"\\u12x4\"}]", "8", "\\u must have four hexadecimal digits");
    FAILS("{\"a\":\"x\ty\"}]", "9", "a control character in a string");
    FAILS("{\"a\\ud800\":1}]", "5", "half of a surrogate pair");
    FAILS("]", "2", "a value must stand here, after the comma");
    FAILS(",]", "2", "no JSON value can begin like this");
    FAILS("{\"a\":2", "8", "the text ends here, in the middle");
    READS("json", "", "[{\"a\":1}}]",
          "(a)\nrecord 1 [1]\nfailed: kh:1:9: ',' or ']' must stand here\n");
    READS("json", "", "[{\"a\":1},{\"a\":2}] x",
          "(a)\nrecord 1 [1]\nrecord 2 [2]\n"
          "failed: kh:1:19: text after the array\n");
    READS("json", "", "[{\"a\":1},{\"a\":2}",
          "(a)\nrecord 1 [1]\nrecord 2 [2]\n"
          "failed: kh:1:17: the text ends here, in the middle\n");
}
END_TEST

/* With one value it says nothing new; with two the row is none, and the next
 * ones are read. */
#define TWINS "a name stands twice in an object, with two values"

START_TEST(twins)
{
    READS("json", "", "[{\"a\":1,\"a\":1},\n {\"a\":1.0,\"a\":1},{\"a\":3}]",
          "(a)\nrecord 1 [1]\nrecord 2 ! line 2, column 11: " TWINS
          "<\"{\\\"a\\\":1.0,\\\"a\\\":1}\xef\xbf\xbd\">\nrecord 3 [3]\n");
    READS("ndjson", "",
          "{\"a\":[\"x\"],\"b\":2,\"a\":[\"x\"]}\n {\"a\":1,\"a\":\"1\"}\n{}\n",
          "(a)(b)\n1 [[\"x\"]][2]\n2 ! column 9: " TWINS
          "<\" {\\\"a\\\":1,\\\"a\\\":\\\"1\\\"}\"><\"\xef\xbf\xbd\">\n"
          "3 [null][null]\n");
    READS("json", "", "{\"a\":{\"b\":1,\"c\":2,\"b\":1,\"\\u0063\":2}}",
          "(a)\nrecord 1 [{\"b\":1,\"c\":2}]\n");
    READS("json", "", "[[\"a\"],[{\"b\":1,\"b\":2}],[7]]",
          "(a)\nrecord 1 ! line 1, column 9: " TWINS
          "<\"[{\\\"b\\\":1,\\\"b\\\":2}]\xef\xbf\xbd\">\nrecord 2 [7]\n");
}
END_TEST

START_TEST(many_twins)
{
    struct buf text = {0}, says = {0};
    for (int other = 0; other < 2; other++) {
        buf_clear(&text);
        buf_clear(&says);
        buf_puts(&text, "[{\"a\":{");
        buf_puts(&says, "(a)\nrecord 1 [{");
        for (int i = 0; i < 100; i++) {
            buf_addf(&text, "\"n%d\":%d,", i, i);
            buf_addf(&says, "%s\"n%d\":%d", i > 0 ? "," : "", i, i);
        }
        buf_addf(&text, "\"n7\":%d,\"n99\":99}},{}]", other > 0 ? 0 : 7);
        buf_puts(&says, "}]\nrecord 2 [null]\n");
        spec.format = format_find("json");
        const char *rows = read_text(text.at, text.len);
        if (other > 0)
            ck_assert_ptr_nonnull(strstr(rows, "line 1, column 7: " TWINS));
        else
            ck_assert_str_eq(rows, buf_text(&says));
    }
    buf_release(&text);
    buf_release(&says);
}
END_TEST

#define NULLS "[null][null][null][null]"
#define MARKS "<\"\xef\xbf\xbd\"><\"\xef\xbf\xbd\"><\"\xef\xbf\xbd\">"

/* Columns are the same where they are found the long way. */
START_TEST(names_in_any_order)
{
    static const char text[] =
        "{\"a\":1,\"b\":{\"z\":1,\"y\":[{\"x\":2}]}}\n"
        "{\"b\":\"\\\"c\\\":\",\"a\":2}\n{\"a\" :3, \"c\": "
        "\"{\"}\n{\"\\u0064\":\"\\\\\"}\n"
        "{\"a\":"
        "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\\\\\","
        "\"b\":\"]\",\"a\\\"b\":1,\"d\":[[{\"w\":1}]],\"e\":0}\n"
        "{\"a\\\"b\":2,\"e\":1,\"a\\\\\":3}\n[1]\n{\"f\":1 \"g\":2}\n{\"h\":1}";
    for (int i = 0; i < 2; i++) {
        json_limits.plain = i > 0;
        READS(
            "ndjson", "", text,
            "(a)(b)(c)(d)(a\"b)(e)(a\\)(value)(f)(h)\n"
            "1 [1][{\"z\":1,\"y\":[{\"x\":2}]}]" NULLS NULLS "\n"
            "2 [2][\"\\\"c\\\":\"]" NULLS NULLS "\n"
            "3 [3][null][\"{\"]" NULLS "[null][null][null]\n"
            "4 [null][null][null][\"\\\\\"]" NULLS "[null][null]\n"
            "5 [\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            "\\\\\"][\"]\"][null][[[{\"w\":1}]]][1][0]" NULLS "\n"
            "6 " NULLS "[2][1][3][null][null][null]\n"
            "7 " NULLS "[null][null][null][[1]][null][null]\n"
            "8 ! column 8: ',' or '}' must stand here"
            "<\"{\\\"f\\\":1 \\\"g\\\":2}\">" MARKS MARKS MARKS "\n"
            "9 " NULLS NULLS "[null][1]\n");
    }
    json_limits.plain = false;
}
END_TEST

START_TEST(digits)
{
    READS("json", "",
          "[{\"a\":9223372036854775807,\"b\":-9223372036854775808},"
          "{\"a\":9223372036854775808,\"b\":1.10},"
          "{\"a\":12345678901234567890123,\"b\":1E-999},"
          "{\"a\":999999999999999999,\"b\":0.1e+5}]",
          "(a)(b)\nrecord 1 [9223372036854775807][-9223372036854775808]\n"
          "record 2 [9223372036854775808][1.10]\n"
          "record 3 [12345678901234567890123][1E-999]\n"
          "record 4 [999999999999999999][0.1e+5]\n");
}
END_TEST

START_TEST(bounds)
{
    spec.format = format_find("ndjson");
    say("max_value", "12");
    say("max_depth", "2");
    const char *text = "{\"a\":[[1]]}\n{\"a\":[[[]]]}\n{\"a\":[[[]]]}  \n"
                       "{\"a\":\"0123456789\"}\n{\"a\":5}\n";
    ck_assert_str_eq(read_text(text, strlen(text)),
                     "(a)\n1 [[[1]]]\n"
                     "2 ! column 8: nested deeper than max_depth allows"
                     "<\"{\\\"a\\\":[[[]]]}\xef\xbf\xbd\">\n"
                     "3 ! a value longer than 12 bytes (max_value)"
                     "<\"{\\\"a\\\":[[[]]]}  \xef\xbf\xbd\">\n"
                     "4 ! a value longer than 12 bytes (max_value)"
                     "<\"{\\\"a\\\":\\\"0123456789\\\"}\xef\xbf\xbd\">\n"
                     "5 [5]\n");
    spec.format = format_find("json");
    text = "[{\"a\":1},\n  {\"a\":\"0123456789\"}]";
    ck_assert_str_eq(read_text(text, strlen(text)),
                     "(a)\nrecord 1 [1]\nfailed: kh:2:3: a value longer than "
                     "12 bytes (max_value)\n");
}
END_TEST

/* The texts that are JSON have rows; one of these has a name with two values.
 */
START_TEST(suite)
{
    const char *folder = "tests/data/json/JSONTestSuite";
    DIR *files = opendir(folder);
    unsigned count = 0;
    ck_assert_ptr_nonnull(files);
    for (struct dirent *file; (file = readdir(files)) != NULL;) {
        static char bytes[1 << 20], path[1024];
        if (file->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, file->d_name);
        FILE *from = fopen(path, "rb");
        ck_assert_ptr_nonnull(from);
        size_t len = fread(bytes, 1, sizeof bytes, from);
        fclose(from);
        spec.format = format_find("json");
        const char *rows = read_text(bytes, len);
        bool good = strncmp(rows, "kh:", 3) != 0 &&
                    strstr(rows, "failed: ") == NULL &&
                    strstr(rows, " ! ") == NULL;
        if (file->d_name[0] != 'i')
            ck_assert_msg(good == (file->d_name[0] == 'y'), "%s: %s",
                          file->d_name, rows);
        count++;
    }
    closedir(files);
    ck_assert_uint_gt(count, 150);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("json_rows");
    TCase *c = tcase_create("rows");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, arrays);
    tcase_add_test(c, lists);
    tcase_add_test(c, paths);
    tcase_add_test(c, values);
    tcase_add_test(c, lines);
    tcase_add_test(c, faults);
    tcase_add_test(c, twins);
    tcase_add_test(c, many_twins);
    tcase_add_test(c, names_in_any_order);
    tcase_add_test(c, digits);
    tcase_add_test(c, bounds);
    tcase_add_test(c, suite);
    tcase_set_timeout(c, 60);
    suite_add_tcase(s, c);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
