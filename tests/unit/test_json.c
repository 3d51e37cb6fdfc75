/* JSON: the conformance suite, what the writer makes, what the reader says. */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/mem.h"

static enum json_event read_all(const char *text, size_t len,
                                const char **error, size_t *where)
{
    struct json_reader reader;
    enum json_event event;
    json_open(&reader, text, len);
    do
        event = json_next(&reader);
    while (event != JSON_END && event != JSON_ERROR);
    ck_assert_int_eq(json_next(&reader), event);
    if (error != NULL)
        *error = reader.error;
    if (where != NULL)
        *where = (size_t)(reader.at - reader.start);
    json_close(&reader);
    return event;
}

/* Writes again what is read, without white space. */
static void rewrite(const char *text, struct buf *out)
{
    struct json_reader reader;
    enum json_event event;
    bool comma = false;
    json_open(&reader, text, strlen(text));
    while ((event = json_next(&reader)) != JSON_END) {
        bool ends = event == JSON_OBJECT_END || event == JSON_ARRAY_END;
        ck_assert_int_ne(event, JSON_ERROR);
        if (comma && !ends)
            buf_putc(out, ',');
        comma =
            event != JSON_OBJECT && event != JSON_ARRAY && event != JSON_KEY;
        if (event == JSON_OBJECT)
            buf_putc(out, '{');
        else if (event == JSON_ARRAY)
            buf_putc(out, '[');
        else if (ends)
            buf_putc(out, event == JSON_OBJECT_END ? '}' : ']');
        else if (event == JSON_NUMBER)
            buf_add(out, reader.text, reader.len);
        else if (event == JSON_STRING || event == JSON_KEY)
            json_string(out, reader.text, reader.len);
        else
            buf_puts(out, event == JSON_TRUE    ? "true"
                          : event == JSON_FALSE ? "false"
                                                : "null");
        if (event == JSON_KEY)
            buf_putc(out, ':');
    }
    json_close(&reader);
}

static void read_file(const char *path, struct buf *text)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    size_t got;
    while ((got = fread(buf_reserve(text, 4096), 1, 4096, file)) > 0)
        text->len += got;
    fclose(file);
}

#define SUITE "tests/data/json/JSONTestSuite"

START_TEST(conformance)
{
    unsigned tried = 0;
    DIR *folder = opendir(SUITE);
    ck_assert_ptr_nonnull(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *name = entry->d_name;
        if (name[1] != '_')
            continue;
        char *path = mem_format("%s/%s", SUITE, name);
        struct buf text = {0};
        read_file(path, &text);
        /* An exact copy, so that reading past its end is seen. */
        char *exact = mem_text_n(text.len > 0 ? text.at : "", text.len);
        enum json_event end = read_all(exact, text.len, NULL, NULL);
        if (name[0] == 'y')
            ck_assert_msg(end == JSON_END, "%s must be accepted", name);
        if (name[0] == 'n')
            ck_assert_msg(end == JSON_ERROR, "%s must be refused", name);
        tried++;
        free(exact);
        free(path);
        buf_release(&text);
    }
    closedir(folder);
    ck_assert_uint_ge(tried, 158);
}
END_TEST

/* What the suite leaves open, and this reader decides. */
START_TEST(decisions)
{
    static const struct {
        const char *text;
        enum json_event end;
    } cases[] = {
        {"[123123e100000]", JSON_END},
        {"[-123123123123123123123123123123]", JSON_END},
        {"[\"\\uDFAA\"]", JSON_ERROR},
        {"[\"\\uD800\\n\"]", JSON_ERROR},
        {"[\"\\uD800\\uD800\\uDC00\"]", JSON_ERROR},
        {"[\"\\uD834\\udD1e\"]", JSON_END},
        {"[\"\xED\xA0\x80\"]", JSON_ERROR},
        {"[\"\xC0\xAF\"]", JSON_ERROR},
        {"[\"\xFF\"]", JSON_ERROR},
        {"\xEF\xBB\xBF{}", JSON_ERROR},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(read_all(cases[i].text, strlen(cases[i].text), NULL,
                               NULL) == cases[i].end,
                      "%s", cases[i].text);
}
END_TEST

START_TEST(round_trip)
{
    static const char *const texts[] = {
        "{\"a\":[1,2.50,-0,1e400,12345678901234567890],\"b\":{}}",
        "[true,false,null,\"\",{\"\":[]}]",
        "\"Đặng \\\"x\\\" \\\\ \\n\\t\\b\\f\\r \\u0000\\u001f\"",
        "{\"a\":1,\"a\":2}",
        "7",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf out = {0};
        rewrite(texts[i], &out);
        ck_assert_str_eq(buf_text(&out), texts[i]);
        buf_release(&out);
    }
}
END_TEST

START_TEST(white_space_and_escapes)
{
    struct buf out = {0};
    rewrite(" \r\n\t[ 1 , \"\\u00e1\\/\\uD83D\\uDE00\" , { \"k\" : null } ] ",
            &out);
    ck_assert_str_eq(buf_text(&out), "[1,\"á/😀\",{\"k\":null}]");
    buf_release(&out);
}
END_TEST

START_TEST(errors_say_where)
{
    static const struct {
        const char *text, *error;
        size_t where;
    } cases[] = {
        {"[1 2]", "',' or ']' must stand here", 3},
        {"{\"a\" 1}", "':' must follow a name", 5},
        {"{a:1}", "a name in quotes must stand here", 1},
        {"[1,]", "not a JSON value", 3},
        {"{\"a\":1,}", "a name in quotes must stand here", 7},
        {"", "a value is missing at the end", 0},
        {"\"abc", "string without end", 4},
        {"\"a\nb\"", "control character in a string", 2},
        {"\"a\\x\"", "unknown escape", 3},
        {"1 x", "text after the value", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *error;
        size_t where;
        read_all(cases[i].text, strlen(cases[i].text), &error, &where);
        ck_assert_str_eq(error, cases[i].error);
        ck_assert_uint_eq(where, cases[i].where);
    }
}
END_TEST

static enum json_event nested(size_t depth)
{
    char *text = mem_alloc(2 * depth);
    for (size_t i = 0; i < depth; i++) {
        text[i] = '[';
        text[depth + i] = ']';
    }
    enum json_event end = read_all(text, 2 * depth, NULL, NULL);
    free(text);
    return end;
}

START_TEST(depth_is_bounded)
{
    ck_assert_int_eq(nested(JSON_MAX_DEPTH), JSON_END);
    ck_assert_int_eq(nested(JSON_MAX_DEPTH + 1), JSON_ERROR);
    ck_assert_int_eq(nested(100000), JSON_ERROR);
}
END_TEST

START_TEST(skipping)
{
    static const char text[] = "{\"a\":{\"b\":[1,[2]]},\"c\":3,\"d\":[{}]}";
    struct json_reader reader;
    json_open(&reader, text, sizeof text - 1);
    ck_assert_int_eq(json_next(&reader), JSON_OBJECT);
    ck_assert_int_eq(json_next(&reader), JSON_KEY);
    ck_assert(json_skip(&reader, JSON_KEY));
    ck_assert_int_eq(json_next(&reader), JSON_KEY);
    ck_assert(json_skip(&reader, json_next(&reader)));
    ck_assert_int_eq(json_next(&reader), JSON_KEY);
    ck_assert(json_skip(&reader, json_next(&reader)));
    ck_assert_int_eq(json_next(&reader), JSON_OBJECT_END);
    ck_assert_int_eq(json_next(&reader), JSON_END);
    json_close(&reader);
    json_open(&reader, "{\"a\":[1,}", 9);
    json_next(&reader);
    json_next(&reader);
    ck_assert(!json_skip(&reader, JSON_KEY));
    json_close(&reader);
}
END_TEST

/* Every byte, at every place of a word, is escaped or not as RFC 8259 says. */
static enum json_event first_of(const char *text, size_t len)
{
    struct json_reader reader;
    json_open_answer(&reader, text, len);
    ck_assert_ptr_eq(reader.start, text);
    enum json_event event = json_next(&reader);
    json_close(&reader);
    return event;
}

/* A server may put a byte order mark in front: one, and whole. */
START_TEST(answers)
{
    ck_assert_int_eq(first_of("{}", 2), JSON_OBJECT);
    ck_assert_int_eq(first_of("\xef\xbb\xbf{}", 5), JSON_OBJECT);
    ck_assert_int_eq(first_of("\xef\xbb\xbf \n7", 6), JSON_NUMBER);
    ck_assert_int_eq(first_of("\xef\xbb\xbf\xef\xbb\xbf{}", 8), JSON_ERROR);
    ck_assert_int_eq(first_of("\xef\xbb\xbf", 3), first_of("", 0));
    ck_assert_int_eq(first_of("\xef\xbb\xbf{}", 2), JSON_ERROR);
}
END_TEST

/* What servers write that may not stand in a string. */
START_TEST(answers_are_mended)
{
    static const char *const all[][2] = {
        {"\"Kh\xe1"
         "ch\"",
         "Kh\xef\xbf\xbd"
         "ch"},
        {"\"\xe9\"", "\xef\xbf\xbd"},
        {"\"\xe9\xe0\\n\xe8x\"", "\xef\xbf\xbd\xef\xbf\xbd\n\xef\xbf\xbdx"},
        {"\"\xc3\xa9\xe9\"", "\xc3\xa9\xef\xbf\xbd"},
        {"\"a\\t\xff\"", "a\t\xef\xbf\xbd"},
        {"\"one\ntwo\"", "one\ntwo"},
        {"\"\\ud83dx\"", "\xef\xbf\xbdx"},
        {"\"\\ud83d\\u0041\"", "\xef\xbf\xbd"
                               "A"},
        {"\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd\xf0\x9f\x98\x80"},
        {"\"plain\"", "plain"},
    };
    struct json_reader reader;
    const char *text = all[_i][0], *wanted = all[_i][1];
    json_open_answer(&reader, text, strlen(text));
    ck_assert_int_eq(json_next(&reader), JSON_STRING);
    ck_assert_msg(json_is(&reader, wanted), "%.*s", (int)reader.len,
                  reader.text);
    ck_assert_int_eq(json_next(&reader), JSON_END);
    json_close(&reader);
    /* Nobody else's. */
    json_open(&reader, text, strlen(text));
    ck_assert_int_eq(json_next(&reader), _i == 9 ? JSON_STRING : JSON_ERROR);
    json_close(&reader);
    /* And only in strings; and a string must end. */
    ck_assert_int_eq(first_of(text, strlen(text) - 1), JSON_ERROR);
    ck_assert_int_eq(first_of("\xe9", 1), JSON_ERROR);
}
END_TEST

static enum json_event last_of(const char *text, bool answer, bool folds)
{
    struct json_reader reader;
    enum json_event event;
    if (answer)
        json_open_answer(&reader, text, strlen(text));
    else
        json_open(&reader, text, strlen(text));
    reader.folds = folds;
    while ((event = json_next(&reader)) != JSON_END && event != JSON_ERROR)
        continue;
    ck_assert_int_eq(reader.twice, event == JSON_ERROR);
    json_close(&reader);
    return event;
}

/* A name stands once in an object of an answer, however deep. */
START_TEST(names_twice)
{
    static const struct {
        const char *text;
        bool twice, folded; /* folded: where letter case does not count */
    } all[] = {
        {"{\"a\":1,\"b\":2}", false, false},
        {"{\"a\":1,\"a\":2}", true, true},
        {"{\"a\":1,\"b\":{\"c\":1},\"a\":2}", true, true},
        {"{\"a\":{\"a\":{\"a\":1}},\"b\":1}", false, false},
        {"[{\"a\":1},{\"a\":1},{\"a\":[{\"a\":1}]}]", false, false},
        {"[[{\"x\":[{\"y\":0,\"z\":0,\"y\":0}]}]]", true, true},
        {"{\"\":1,\"\":2}", true, true},
        {"{\"a\":1,\"\\u0061\":2}", true, true},
        {"{\"a\":1,\"a\\u0000\":2}", false, false},
        {"{\"Code\":1,\"code\":2}", false, true},
        {"{\"code\":1,\"x\":{},\"CODE\":2}", false, true},
        {"{\"[\":1,\"{\":2,\"@\":3,\"`\":4}", false, false},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *text = all[i].text;
        ck_assert_msg((last_of(text, true, false) == JSON_ERROR) ==
                          all[i].twice,
                      "%s", text);
        ck_assert_msg((last_of(text, true, true) == JSON_ERROR) ==
                          all[i].folded,
                      "%s", text);
        ck_assert_int_eq(last_of(text, false, false), JSON_END);
    }
}
END_TEST

/* Looking for them costs no square of their number. */
START_TEST(many_names)
{
    struct buf text = {0};
    buf_putc(&text, '{');
    for (int i = 0; i < 300000; i++)
        buf_addf(&text, "%s\"%d\":{}", i > 0 ? "," : "", i);
    buf_puts(&text, "}");
    ck_assert_int_eq(last_of(buf_text(&text), true, true), JSON_END);
    text.len--;
    buf_puts(&text, ",\"77\":0}");
    ck_assert_int_eq(last_of(buf_text(&text), true, true), JSON_ERROR);
    buf_release(&text);
}
END_TEST

START_TEST(names)
{
    struct json_reader reader;
    json_open(&reader, "{\"c\\u006fde\":1}", 15);
    json_next(&reader);
    ck_assert_int_eq(json_next(&reader), JSON_KEY);
    ck_assert(json_is(&reader, "code"));
    ck_assert(!json_is(&reader, "cod"));
    ck_assert(!json_is(&reader, "codes"));
    ck_assert(!json_is(&reader, "Code"));
    json_close(&reader);
}
END_TEST

START_TEST(escaping)
{
    for (int c = 0; c < 0x80; c++) {
        for (size_t at = 0; at < 20; at++) {
            char text[20];
            struct buf out = {0};
            struct json_reader reader;
            memset(text, 'x', sizeof text);
            text[at] = (char)c;
            json_string(&out, text, sizeof text);
            bool special = c < 0x20 || c == '"' || c == '\\';
            ck_assert_uint_eq(out.len > sizeof text + 2, special);
            json_open(&reader, out.at, out.len);
            ck_assert_int_eq(json_next(&reader), JSON_STRING);
            ck_assert_mem_eq(reader.text, text, sizeof text);
            ck_assert_uint_eq(reader.len, sizeof text);
            json_close(&reader);
            buf_release(&out);
        }
    }
}
END_TEST

START_TEST(missing_text_is_null)
{
    struct buf out = {0};
    json_cstring(&out, NULL);
    json_cstring(&out, "");
    ck_assert_str_eq(buf_text(&out), "null\"\"");
    buf_release(&out);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("json");
    TCase *c = tcase_create("json");
    tcase_add_test(c, conformance);
    tcase_add_test(c, decisions);
    tcase_add_test(c, round_trip);
    tcase_add_test(c, white_space_and_escapes);
    tcase_add_test(c, errors_say_where);
    tcase_add_test(c, depth_is_bounded);
    tcase_add_test(c, skipping);
    tcase_add_test(c, answers);
    tcase_add_loop_test(c, answers_are_mended, 0, 10);
    tcase_add_test(c, names_twice);
    tcase_add_test(c, many_names);
    tcase_add_test(c, names);
    tcase_add_test(c, escaping);
    tcase_add_test(c, missing_text_is_null);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
