/* Nested cells and decimals in scripts: maps and lists are tables. */
#include "nested.h"
#include "script_run.h"

/* One row of Code, Tên and Note, the last of which is the given cell. */
static void run_over(const char *text, struct value note)
{
    ck_assert_msg(open_text(text), "%s", err.text);
    input.nested = true;
    cells[0][2] = note;
    ck_assert_msg(run_rows(1), "%s", err.text);
}

static void description(const char *expression, struct value note,
                        const char *expected)
{
    char text[1200], json_text[600];
    snprintf(text, sizeof text,
             MAP("local note = row.Note " RECORD("Description = %s")),
             expression);
    run_over(text, note);
    snprintf(json_text, sizeof json_text,
             "{\"CustomerCode\":\"KH1\",\"CustomerName\":\"Công ty A\","
             "\"status\":\"1\"%s%s%s}",
             *expected ? ",\"Description\":\"" : "", expected,
             *expected ? "\"" : "");
    ck_assert_msg(chunk->reject_count == 0, "%s: %s", expression,
                  chunk->reject_count > 0 ? chunk->rejects[0].faults[0].text
                                          : "");
    ck_assert_str_eq(json(), json_text);
    close_all();
}

START_TEST(maps)
{
    struct value address = made_address();
    description("row.Note.city", address, "Huế");
    description("row.Note.geo.lat", address, "16.4");
    description("row.Note.no", address, "12.10");
    description("tostring(row.Note.zip)", address, "nil");
    description("tostring(row.Note.street)", address, "nil");
    description("tostring(row.Note)", address, "a map of 3");
    description("type(row.Note) .. ' ' .. type(row.Note.geo)", address,
                "table table");
    description("(function() local t = {} for k, v in pairs(row.Note) do "
                "t[#t + 1] = k .. ':' .. type(v) end "
                "return table.concat(t, ' ') end)()",
                address, "city:string geo:table no:string");
    description("(row:get('Note') or {}).city", address, "Huế");
}
END_TEST

START_TEST(lists)
{
    struct value phones = made_phones();
    description("row.Note[1].number .. #row.Note", phones, "13");
    description("tostring(row.Note[2] == fast.null)", phones, "true");
    description("tostring(row.Note[4])", phones, "nil");
    description("(function() local t = {} for _, p in ipairs(row.Note) do "
                "if p ~= fast.null then t[#t + 1] = p.number end end "
                "return table.concat(t, ' ') end)()",
                phones, "1 3");
    static struct value parts[2];
    parts[0] = made_text("a");
    parts[1] = made_decimal("20000000000000000001");
    description("fast.join('-', row.Note)", made_list(parts, 2),
                "a-20000000000000000001");
    description("#row.Note == 0 and row.Note[1] == nil and 'none'",
                made_list(NULL, 0), "none");
    description("next(row.Note) == nil and 'none'", made_map(NULL, 0), "none");
}
END_TEST

START_TEST(decimals)
{
    description("row.Note", made_decimal("12.10"), "12.10");
    description("math.type(row.Note) .. row.Note + 1", made_decimal("41"),
                "integer42");
    description("math.type(row.Note) .. row.Note",
                made_decimal("-9223372036854775808"),
                "integer-9223372036854775808");
    description("type(row.Note) .. row.Note",
                made_decimal("9223372036854775808"),
                "string9223372036854775808");
    description("fast.number(row.Note)", made_decimal("12.00"), "12");
    description("fast.pick(row.Note, { ['12.10'] = 'x' })",
                made_decimal("12.10"), "x");
}
END_TEST

static void rejects(const char *expression, struct value note, const char *why)
{
    char text[800];
    snprintf(text, sizeof text, MAP(RECORD("Description = %s")), expression);
    run_over(text, note);
    ck_assert_uint_eq(chunk->reject_count, 1);
    contains(chunk->rejects[0].faults[0].text, why);
    close_all();
}

START_TEST(what_cannot_be_a_text)
{
    struct value address = made_address();
    rejects("row.Note", address, "is a map; one of its members is wanted");
    rejects("fast.upper(row.Note)", address, "upper(s): argument 1 is a map");
    rejects("row.Note .. 'x'", address, "attempt to concatenate a map value");
    rejects("row.Note.street.number", address,
            "attempt to index a nil value (field 'street')");
    rejects("row.Note", made_phones(), "is a table in a table");
    rejects("setmetatable(row.Note, {}).x", address, "protected metatable");
}
END_TEST

/* A key keeps its digits, and so does its hash. */
START_TEST(keys_of_digits)
{
    run_over(HEAD "return fast.setCustomer { fields = {\n"
                  "CustomerCode = col 'Note', CustomerName = col 'Tên',\n"
                  "Status = 1 } }",
             made_decimal("00012345678901234567890"));
    ck_assert_uint_eq(chunk->record_count, 1);
    const struct record *record = &chunk->records[0];
    ck_assert_uint_eq(record->key_len, 23);
    ck_assert(!memcmp(record->key, "00012345678901234567890", 23));
    uint64_t hash[2];
    form_key_hash("00012345678901234567890", 23, hash);
    ck_assert(hash[0] == record->key_hash[0] && hash[1] == record->key_hash[1]);
    contains(json(), "\"CustomerCode\":\"00012345678901234567890\"");
    close_all();
}
END_TEST

START_TEST(fields_and_functions)
{
    run_over(HEAD "return fast.setCustomer {\n"
                  "where = col 'Note.city', fields = {\n"
                  "CustomerCode = col 'Code', CustomerName = col 'Note.city',\n"
                  "Status = 1, TaxCode = col 'Note.zip',\n"
                  "Fax = fast.with(col 'Note', function(note)\n"
                  "  return note.geo.lat end),\n"
                  "Email = col 'Note.no':default('none'),\n"
                  "Description = col 'Note.geo' } }",
             made_address());
    ck_assert_uint_eq(chunk->reject_count, 1);
    ck_assert_uint_eq(chunk->rejects[0].count, 1);
    ck_assert_str_eq(chunk->rejects[0].faults[0].field, "Description");
    ck_assert_str_eq(chunk->rejects[0].faults[0].text,
                     "a map of 1: must be text (name one of its members) "
                     "(column \"Note.geo\")");
    close_all();
}
END_TEST

/* What a row's cells cost is in its budget, however often they are read. */
START_TEST(large_lists_are_charged)
{
    static struct value many[2000];
    for (unsigned i = 0; i < 2000; i++)
        many[i] = (struct value){.integer = i, .type = VALUE_INT};
    ck_assert(open_text(MAP("for i = 1, 1000 do local n = row.Note[i] end")));
    cells[0][2] = made_list(many, 2000);
    ck_assert(!run_rows(1));
    contains(err.text, "ran out of its budget of 1000000 instructions");
    close_all();
}
END_TEST

START_TEST(deep)
{
    static struct value levels[VALUE_DEPTH + 1];
    for (unsigned i = 0; i < VALUE_DEPTH; i++)
        levels[i] = made_list(&levels[i + 1], 1);
    levels[VALUE_DEPTH] = made_text("deep");
    description("(function() local v = row.Note while type(v) == 'table' do "
                "v = v[1] end return v end)()",
                levels[0], "deep");
}
END_TEST

int main(void)
{
    TCase *tests = script_case();
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, maps);
    tcase_add_test(tests, lists);
    tcase_add_test(tests, decimals);
    tcase_add_test(tests, what_cannot_be_a_text);
    tcase_add_test(tests, keys_of_digits);
    tcase_add_test(tests, fields_and_functions);
    tcase_add_test(tests, large_lists_are_charged);
    tcase_add_test(tests, deep);
    return script_suite(tests);
}
