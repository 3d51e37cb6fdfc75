/* Forms: the table, the rulings on values, the JSON that is made, and what is
 * said of forms that are wrong. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "form/compile.h"
#include "form/form.h"
#include "form/kind.h"

static const struct form *form;
static struct arena arena;
static struct faults faults;
static struct buf out;
static struct value values[FORM_MAX_FIELDS];

static unsigned at(const char *name)
{
    int i = form_field(form, name, strlen(name));
    ck_assert_int_ge(i, 0);
    return (unsigned)i;
}

static struct value text(const char *text)
{
    return value_text(text, strlen(text));
}

/* A record with what is required and nothing else. */
static void begin(void)
{
    struct err err;
    const struct form *const *all = forms_load(&err);
    ck_assert_msg(all != NULL, "%s", err.text);
    form = form_find("setCustomer");
    arena_init(&arena);
    faults = (struct faults){.arena = &arena};
    memset(values, 0, sizeof values);
    values[at("CustomerCode")] = text("KH001");
    values[at("CustomerName")] = text("ABC");
    values[at("Status")] = text("1");
}

static void end(void)
{
    arena_release(&arena);
    buf_release(&out);
    out = (struct buf){0};
    forms_release();
}

static void encodes(const char *json)
{
    buf_clear(&out);
    faults.count = 0;
    bool good = form_encode(form, values, &faults, &out);
    ck_assert_msg(good, "%s: %s", faults.all[0].field, faults.all[0].text);
    ck_assert_str_eq(buf_text(&out), json);
}

static void refuses(const char *field, const char *why)
{
    buf_clear(&out);
    buf_puts(&out, "kept");
    faults.count = 0;
    ck_assert(!form_encode(form, values, &faults, &out));
    ck_assert_uint_eq(faults.count, 1);
    ck_assert_str_eq(faults.all[0].field, field);
    ck_assert_str_eq(faults.all[0].text, why);
    ck_assert_str_eq(buf_text(&out), "kept");
}

#define HEAD "{\"CustomerCode\":\"KH001\",\"CustomerName\":\"ABC\""
#define TAIL ",\"status\":\"1\"}"

START_TEST(least_record)
{
    encodes(HEAD TAIL);
}
END_TEST

/* In form order, with `status` where the form has Status. */
START_TEST(whole_record)
{
    struct buf json = {0};
    buf_putc(&json, '{');
    for (unsigned i = 0; i < form->count; i++) {
        const struct field *field = &form->fields[i];
        bool byte = !field->quoted;
        const char *value = byte || field->choices ? "0" : "x";
        values[i] = text(value);
        buf_addf(&json, byte ? "%s\"%s\":%s" : "%s\"%s\":\"%s\"",
                 i == 0 ? "" : ",", field->wire, value);
    }
    buf_putc(&json, '}');
    encodes(buf_text(&json));
    ck_assert_uint_eq(form->count, 22);
    buf_release(&json);
}
END_TEST

START_TEST(absent_and_blank_are_left_out)
{
    values[at("Email")] = text("");
    values[at("Fax")] = text(" \t");
    values[at("Address")] = text("\xC2\xA0\xE3\x80\x80\xE2\x80\x8B");
    values[at("SuplierYN")] = text(" ");
    encodes(HEAD TAIL);
    values[at("CustomerName")] = text("\xE3\x80\x80");
    refuses("CustomerName", "missing (required)");
    values[at("CustomerName")] = (struct value){0};
    refuses("CustomerName", "missing (required)");
}
END_TEST

START_TEST(explicit_empty)
{
    values[at("Email")].type = VALUE_EMPTY;
    encodes(HEAD ",\"Email\":\"\"" TAIL);
    values[at("CustomerName")].type = VALUE_EMPTY;
    refuses("CustomerName", "missing (required)");
    values[at("CustomerName")] = text("ABC");
    values[at("SuplierYN")].type = VALUE_EMPTY;
    refuses("SuplierYN", "fast.empty: must be 1 or 0");
}
END_TEST

START_TEST(white_space_is_kept_but_for_the_key)
{
    values[at("CustomerCode")] = text("\xC2\xA0 KH001 ");
    values[at("Address")] = text(" 1 Huế ");
    encodes(HEAD ",\"Address\":\" 1 Huế \"" TAIL);
    values[at("CustomerCode")] = text("  ");
    refuses("CustomerCode", "missing (required)");
}
END_TEST

/* Texts of every length, plain and escaped, read no byte too far. */
START_TEST(every_length)
{
    unsigned i = at("Description");
    for (size_t len = 1; len <= 100; len++) {
        char *exact = malloc(len);
        struct buf json = {0};
        memset(exact, 'a', len);
        exact[len - 1] = 'z';
        buf_puts(&json, HEAD TAIL);
        json.len--;
        buf_puts(&json, ",\"Description\":\"");
        buf_add(&json, exact, len);
        buf_puts(&json, "\"}");
        for (uint8_t flags = VALUE_TIGHT; flags <= VALUE_ANY; flags++) {
            values[i] = value_text(exact, len);
            values[i].flags = flags;
            encodes(buf_text(&json));
        }
        buf_release(&json);
        free(exact);
    }
}
END_TEST

START_TEST(escapes)
{
    values[at("Address")] = text("a\"b\\c\n\x01"
                                 "đ");
    encodes(HEAD ",\"Address\":\"a\\\"b\\\\c\\n\\u0001đ\"" TAIL);
}
END_TEST

/* The record with the longest texts there can be, all escaped, fits; control
 * characters are taken in plain texts alone. */
START_TEST(worst_case)
{
    char controls[512], quotes[512];
    memset(controls, 1, sizeof controls);
    memset(quotes, '"', sizeof quotes);
    for (unsigned i = 0; i < form->count; i++) {
        const struct field *field = &form->fields[i];
        values[i] =
            value_text(field->kind->strict ? quotes : controls, field->max);
        if (field->choices != NULL)
            values[i] = text("1");
    }
    faults.count = 0;
    buf_clear(&out);
    buf_puts(&out, "x");
    ck_assert(form_encode(form, values, &faults, &out));
    ck_assert_uint_le(out.len - 1, form->room);
}
END_TEST

static struct value repeat(const char *letter, size_t times)
{
    size_t len = strlen(letter);
    char *long_text = arena_alloc(&arena, len * times);
    for (size_t i = 0; i < times; i++)
        memcpy(long_text + i * len, letter, len);
    return value_text(long_text, len * times);
}

START_TEST(lengths_are_utf16_units)
{
    unsigned email = at("Email");
    values[email] = repeat("a", 128);
    ck_assert(form_encode(form, values, &faults, &out));
    values[email] = repeat("a", 131);
    refuses("Email", "131 characters, at most 128: "
                     "\"aaaaaaaaaaaaaaaaaaaaaaaa…\"");
    values[email].flags = VALUE_TIGHT;
    refuses("Email", "131 characters, at most 128: "
                     "\"aaaaaaaaaaaaaaaaaaaaaaaa…\"");
    values[email] = repeat("ễ", 128);
    faults.count = 0;
    ck_assert(form_encode(form, values, &faults, &out));
    values[email] = repeat("ễ", 129);
    refuses("Email", "129 characters, at most 128: "
                     "\"ễễễễễễễễễễễễễễễễễễễễễễễễ…\"");
    values[email] = repeat("😀", 64);
    faults.count = 0;
    ck_assert(form_encode(form, values, &faults, &out));
    values[email] = repeat("😀", 65);
    refuses("Email", "130 characters, at most 128: "
                     "\"😀😀😀😀😀😀😀😀😀😀😀😀…\"");
}
END_TEST

START_TEST(numbers_become_text)
{
    unsigned tax = at("TaxCode");
    values[tax] = (struct value){.type = VALUE_INT, .integer = INT64_MIN};
    encodes(HEAD ",\"TaxCode\":\"-9223372036854775808\"" TAIL);
    values[tax] = (struct value){.type = VALUE_INT, .integer = 0};
    encodes(HEAD ",\"TaxCode\":\"0\"" TAIL);
    values[tax] = (struct value){.type = VALUE_NUMBER, .number = 301234567.0};
    encodes(HEAD ",\"TaxCode\":\"301234567\"" TAIL);
    values[tax].number = -0.0;
    encodes(HEAD ",\"TaxCode\":\"0\"" TAIL);
    values[tax].number = 12.5;
    refuses("TaxCode", "12.5: must be text or a whole number");
    values[tax].number = NAN;
    refuses("TaxCode", "nan: must be text or a whole number");
    values[tax].number = 9007199254740991.0;
    encodes(HEAD ",\"TaxCode\":\"9007199254740991\"" TAIL);
    values[tax].number = 9007199254740992.0; /* or …993, rounded */
    refuses("TaxCode", "9.007199254741e+15: too large a number to have kept "
                       "its digits; it must be text");
    values[tax].number = 1e19;
    refuses("TaxCode", "1e+19: too large a number to have kept its digits; "
                       "it must be text");
    values[tax] = (struct value){.type = VALUE_BOOL, .truth = true};
    refuses("TaxCode", "true: must be text");
    values[tax] = (struct value){.type = VALUE_LIST};
    refuses("TaxCode", "a list of 0: must be text (join makes one)");
}
END_TEST

static struct value decimal(const char *digits)
{
    struct value value = text(digits);
    value.type = VALUE_DECIMAL;
    value.flags = VALUE_TIGHT;
    return value;
}

START_TEST(decimals_keep_their_digits)
{
    unsigned tax = at("TaxCode"), flag = at("SuplierYN");
    values[tax] = decimal("12.10");
    encodes(HEAD ",\"TaxCode\":\"12.10\"" TAIL);
    values[tax] = decimal("12345678901234567890");
    encodes(HEAD ",\"TaxCode\":\"12345678901234567890\"" TAIL);
    values[at("Description")] = decimal("-1.5E+300");
    encodes(HEAD ",\"TaxCode\":\"12345678901234567890\",\"status\":\"1\","
                 "\"Description\":\"-1.5E+300\"}");
    values[at("Description")] = (struct value){.type = VALUE_NIL};
    values[tax] = decimal("123456789012345678901234567890123");
    refuses("TaxCode", "33 characters, at most 32: "
                       "\"123456789012345678901234…\"");
    values[tax] = (struct value){.type = VALUE_NIL};
    static const char *const bytes[] = {"1", "1.0", "1.000", NULL};
    for (unsigned i = 0; bytes[i] != NULL; i++) {
        values[flag] = decimal(bytes[i]);
        encodes(HEAD ",\"status\":\"1\",\"SuplierYN\":1}");
    }
    values[flag] = decimal("1.01");
    refuses("SuplierYN", "1.01: must be 1 or 0");
    values[flag] = decimal("10.0");
    refuses("SuplierYN", "10.0: must be 1 or 0");
    values[flag] = (struct value){.type = VALUE_NIL};
    values[at("Status")] = decimal("0");
    encodes(HEAD ",\"status\":\"0\"}");
}
END_TEST

START_TEST(lists_and_maps_are_no_texts)
{
    static const struct value_member members[] = {
        {{.text = "city", .len = 4, .type = VALUE_TEXT},
         {.text = "Huế", .len = 5, .type = VALUE_TEXT}}};
    unsigned tax = at("TaxCode");
    values[tax] =
        (struct value){.members = members, .len = 1, .type = VALUE_MAP};
    refuses("TaxCode", "a map of 1: must be text (name one of its members)");
    values[tax].type = VALUE_NIL;
    values[at("SuplierYN")] =
        (struct value){.members = members, .len = 1, .type = VALUE_MAP};
    refuses("SuplierYN", "a map of 1: must be 1 or 0");
}
END_TEST

START_TEST(status)
{
    unsigned i = at("Status");
    values[i] = (struct value){.type = VALUE_BOOL, .truth = false};
    encodes(HEAD ",\"status\":\"0\"}");
    values[i] = (struct value){.type = VALUE_INT, .integer = 1};
    encodes(HEAD TAIL);
    values[i] = text("Đang mở");
    refuses("Status", "\"Đang mở\": must be \"1\" or \"0\"");
    values[i] = text("2");
    refuses("Status", "\"2\": must be \"1\" or \"0\"");
    values[i] = (struct value){.type = VALUE_INT, .integer = 10};
    refuses("Status", "10: must be \"1\" or \"0\"");
    values[i] = text("");
    refuses("Status", "missing (required)");
}
END_TEST

START_TEST(bytes)
{
    unsigned i = at("SuplierYN");
    values[i] = text("1");
    encodes(HEAD ",\"status\":\"1\",\"SuplierYN\":1}");
    values[i] = (struct value){.type = VALUE_BOOL, .truth = false};
    encodes(HEAD ",\"status\":\"1\",\"SuplierYN\":0}");
    values[i] = (struct value){.type = VALUE_NUMBER, .number = 1.0};
    encodes(HEAD ",\"status\":\"1\",\"SuplierYN\":1}");
    values[i] = (struct value){.type = VALUE_INT, .integer = 2};
    refuses("SuplierYN", "2: must be 1 or 0");
    values[i] = text("x");
    refuses("SuplierYN", "\"x\": must be 1 or 0");
    values[i] = (struct value){.type = VALUE_LIST};
    refuses("SuplierYN", "a list of 0: must be 1 or 0");
}
END_TEST

START_TEST(all_faults_in_form_order)
{
    values[at("CustomerName")] = text("");
    values[at("Email")] = repeat("a", 200);
    values[at("Status")] = text("x");
    values[at("EmployeeYN")] = text("x");
    ck_assert(!form_encode(form, values, &faults, &out));
    ck_assert_uint_eq(faults.count, 4);
    ck_assert_str_eq(faults.all[0].field, "CustomerName");
    ck_assert_str_eq(faults.all[1].field, "Email");
    ck_assert_str_eq(faults.all[2].field, "Status");
    ck_assert_str_eq(faults.all[3].field, "EmployeeYN");
    ck_assert_uint_eq(out.len, 0);
}
END_TEST

/* What the mapping found wrong with a field stays its only fault. */
START_TEST(earlier_faults_stay)
{
    values[at("CustomerName")] = (struct value){0};
    faults_add(&faults, "CustomerName", "%s", "no such entry");
    ck_assert(!form_encode(form, values, &faults, &out));
    ck_assert_uint_eq(faults.count, 1);
    ck_assert_str_eq(faults.all[0].text, "no such entry");
}
END_TEST

START_TEST(faults_in_form_order)
{
    faults.count = 0;
    faults_add(&faults, "Fax", "is a table");
    faults_add(&faults, "", "no field 'Foo'");
    faults_add(&faults, "CustomerName", "is a table");
    faults_add(&faults, "", "no field 'Bar'");
    faults_sort(&faults, form);
    ck_assert_str_eq(faults.all[0].text, "no field 'Bar'");
    ck_assert_str_eq(faults.all[1].text, "no field 'Foo'");
    ck_assert_str_eq(faults.all[2].field, "CustomerName");
    ck_assert_str_eq(faults.all[3].field, "Fax");
}
END_TEST

/* Whatever a text holds, it is read back, and nothing else is. */
START_TEST(members_are_read_back)
{
    static const char *const texts[] = {
        "An",        "\"",   "\\a", "a\\", "\\\"a\\\"",         "\",\"Fax\":\"",
        "Fax\":\"1", "ễ\\t", ",a",  "}",   "{\"Fax\":\"\\\\\"",
    };
    enum { COUNT = sizeof texts / sizeof *texts };
    struct buf found = {0};
    for (unsigned i = 0; i < COUNT; i++) {
        const char *name = texts[i], *note = texts[(i + 3) % COUNT];
        values[at("CustomerName")] = text(name);
        values[at("Description")] = text(note);
        values[at("SuplierYN")] = text("1");
        buf_clear(&out);
        ck_assert_msg(form_encode(form, values, &faults, &out), "%s",
                      faults.all[0].text);
        static const char *const none[] = {"Fax", "SuplierYN", "Desc", "", ","};
        for (unsigned j = 0; j < sizeof none / sizeof *none; j++)
            form_member(out.at, out.len, none[j], &found);
        ck_assert_uint_eq(found.len, 0);
        form_member(out.at, out.len, "CustomerName", &found);
        ck_assert_str_eq(buf_text(&found), name);
        buf_clear(&found);
        for (size_t guess = 0; guess < out.len + 9; guess++) {
            struct buf scratch = {0};
            struct span member = form_member_at(
                out.at, out.len, &form->fields[at("CustomerName")], guess,
                &scratch);
            ck_assert_uint_eq(member.len, strlen(name));
            ck_assert(memcmp(member.text, name, member.len) == 0);
            buf_release(&scratch);
        }
        form_member(out.at, out.len, "Description", &found);
        ck_assert_str_eq(buf_text(&found), note);
        buf_clear(&found);
    }
    buf_release(&found);
}
END_TEST

START_TEST(names)
{
    ck_assert_int_eq(form_field(form, "cUSTOMERcODE", 12), 0);
    ck_assert_int_eq(form_field(form, "STATUS", 6),
                     form_field(form, "status", 6));
    ck_assert_int_eq(form_field(form, "CustomerCod", 11), -1);
    ck_assert_str_eq(form_nearest_field(form, "Emial", 5), "Email");
    ck_assert_str_eq(form_nearest_field(form, "Phone", 5), "PhoneNumber");
    ck_assert_str_eq(form_nearest_field(form, "SupplierYN", 10), "SuplierYN");
    ck_assert_ptr_null(form_nearest_field(form, "zzzzzz", 6));
    ck_assert_str_eq(form_nearest("setCustomr"), "setCustomer");
    ck_assert_ptr_eq(form_find("SETcustomer"), form);
    ck_assert_ptr_null(form_find("setItems"));
}
END_TEST

START_TEST(keys)
{
    uint64_t a[2], b[2];
    form_key_hash("kh001", 5, a);
    form_key_hash(" KH001\xC2\xA0", 8, b);
    ck_assert(a[0] == b[0] && a[1] == b[1]);
    form_key_hash("đặng", strlen("đặng"), a);
    form_key_hash("ĐẶNG", strlen("ĐẶNG"), b);
    ck_assert(a[0] == b[0] && a[1] == b[1]);
    form_key_hash("KH002", 5, b);
    ck_assert(a[0] != b[0]);
}
END_TEST

static bool is_json(const struct buf *json)
{
    struct json_reader reader;
    enum json_event event;
    json_open(&reader, json->at, json->len);
    do
        event = json_next(&reader);
    while (event != JSON_END && event != JSON_ERROR);
    json_close(&reader);
    return event == JSON_END;
}

START_TEST(schemas_are_json)
{
    form_schema(form, &out);
    ck_assert(is_json(&out));
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "\"status\":{"));
    buf_clear(&out);
    form_schema(NULL, &out);
    ck_assert(is_json(&out));
}
END_TEST

static void miscompiles(const char *lua, const char *why)
{
    struct err err;
    struct form *wrong =
        form_compile_text("setX", "=x", lua, strlen(lua), &err);
    ck_assert_ptr_null(wrong);
    ck_assert_int_eq(err.code, EXIT_FAULT);
    ck_assert_msg(strstr(err.text, why) != NULL, "%s", err.text);
}

#define FORM(fields)                                                           \
    "return { name = 'setX', help = 'x', key = 'A', fields = { " fields " } }"
#define KEY "{ 'A', 'String', 32, true, 'a' }, "

START_TEST(wrong_forms)
{
    static const struct {
        const char *lua, *why;
    } cases[] = {
        {"return {", "x:1:"},
        {"\x1bLua", "attempt to load a binary chunk"},
        {"while true do end", "runs without end"},
        {"return 1", "must return the form's table"},
        {"return os.exit()", "global 'os'"},
        {"return { name = 'setY' }", "name must be that of the file, setX"},
        {"return { name = 'setX', help = 1 }", "help must be a text"},
        {"return { name = 'setX', help = 'x' }", "fields must be a list"},
        {FORM(""), "from 1 to 64 fields"},
        {FORM("1"), "field 1 must be a row"},
        {FORM("{}"), "field 1 (?): column 1 must be a name"},
        {FORM("{ 'A b' }"), "letters, digits"},
        {FORM("{ 'A', 'Date', 1, true, '' }"), "unknown type Date"},
        {FORM("{ 'A', 'String', 1, true, '', kind = 'color' }"),
         "unknown kind color; there are text, name, code, phone, taxcode, "
         "account and mail"},
        {FORM("{ 'A', 'String', 1, true, '', kind = 1 }"),
         "kind must be a text"},
        {FORM("{ 'A', 'String', 1, true, '', kind = 'code', choices = '10' }"),
         "kind code: a field with choices has none"},
        {FORM("{ 'A', 'Byte', nil, false, '', kind = 'code' }"),
         "kind code: a field with choices has none"},
        {FORM("{ 'A', 'String', 0, true, '' }"), "from 1 to 100000"},
        {FORM("{ 'A', 'String', 1, nil, '' }"), "column 4 must be true"},
        {FORM("{ 'A', 'String', 1, true }"), "column 5 must be its meaning"},
        {FORM(KEY "{ 'a', 'String', 1, true, '' }"), "field 2 (a): there are"},
        {FORM(KEY "{ 'B', 'String', 2, true, '', choices = '1' }"),
         "String(1)"},
        {FORM(KEY "{ 'B', 'String', 2, true, '', wire = 'C' }"), "wire must"},
        {FORM("{ 'A', 'String', 2, false, '' }"), "key must name a required"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        miscompiles(cases[i].lua, cases[i].why);
}
END_TEST

/* A lead longer than one step. */
START_TEST(long_names)
{
    static const char lua[] =
        FORM(KEY "{ 'AFieldWithAVeryLongNameThatTakesTwoSteps_ofCopying',"
                 " 'Byte', nil, false, '' }");
    struct err err;
    struct form *two = form_compile_text("setX", "=x", lua, strlen(lua), &err);
    ck_assert_msg(two != NULL, "%s", err.text);
    values[0] = text("k");
    values[1] = text("1");
    ck_assert(form_encode(two, values, &faults, &out));
    ck_assert_str_eq(buf_text(&out),
                     "{\"A\":\"k\",\"AFieldWithAVeryLongNameThatTakesTwoSteps_"
                     "ofCopying\":1}");
    form_free(two);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("form");
    TCase *c = tcase_create("form");
    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, least_record);
    tcase_add_test(c, whole_record);
    tcase_add_test(c, absent_and_blank_are_left_out);
    tcase_add_test(c, explicit_empty);
    tcase_add_test(c, white_space_is_kept_but_for_the_key);
    tcase_add_test(c, every_length);
    tcase_add_test(c, escapes);
    tcase_add_test(c, worst_case);
    tcase_add_test(c, lengths_are_utf16_units);
    tcase_add_test(c, numbers_become_text);
    tcase_add_test(c, decimals_keep_their_digits);
    tcase_add_test(c, lists_and_maps_are_no_texts);
    tcase_add_test(c, status);
    tcase_add_test(c, bytes);
    tcase_add_test(c, all_faults_in_form_order);
    tcase_add_test(c, earlier_faults_stay);
    tcase_add_test(c, faults_in_form_order);
    tcase_add_test(c, members_are_read_back);
    tcase_add_test(c, names);
    tcase_add_test(c, keys);
    tcase_add_test(c, schemas_are_json);
    tcase_add_test(c, wrong_forms);
    tcase_add_test(c, long_names);
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
