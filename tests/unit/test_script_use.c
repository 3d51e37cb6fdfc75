/* What surrounds the rows: what a script returned, setup and its lookups,
 * driving, and states that cannot be built. */
#include "script_run.h"

START_TEST(test_mappings)
{
    make_folder();
    write_file("regions.lua", "return { north = 'B' }");
    ck_assert(open_text(
        HEAD "local regions = require 'regions' return { "
             "fast.setCustomer { map = function(row) return nil end, "
             "key = 'taxcode', duplicates = 'last', source = { 'a.csv', "
             "fast.csv { 'b.csv', 'c.csv', delimiter = ';' } }, "
             "options = { rate = 5, batch = '10', full = true } }, "
             "fast.setCustomer { source = '/x/y.csv', "
             "fields = { CustomerCode = regions.north, "
             "CustomerName = 'x', Status = 1 } } }"));
    ck_assert_uint_eq(script_count(script), 2);
    const struct mapping *mapping = script_mapping(script, 0);
    ck_assert_str_eq(mapping->form->name, "setCustomer");
    ck_assert_str_eq(mapping->form->fields[mapping->key].name, "TaxCode");
    ck_assert_int_eq(mapping->duplicates, DUPLICATES_LAST);
    ck_assert_uint_eq(mapping->source_count, 3);
    char expected[200];
    snprintf(expected, sizeof expected, "%s/c.csv", folder);
    ck_assert_str_eq(mapping->sources[2].path, expected);
    ck_assert_uint_eq(mapping->sources[2].count, 1);
    ck_assert_str_eq(mapping->sources[2].said[0].name, "delimiter");
    ck_assert_str_eq(mapping->sources[2].said[0].value.text, ";");
    ck_assert_uint_eq(mapping->sources[0].count, 0);
    ck_assert_uint_eq(mapping->option_count, 3);
    ck_assert_str_eq(mapping->options[0].name, "batch");
    ck_assert_str_eq(mapping->options[0].value, "10");
    ck_assert_str_eq(mapping->options[1].value, "yes");
    ck_assert_str_eq(mapping->options[2].value, "5");
    ck_assert_int_eq(mapping->options[0].line, 1);
    mapping = script_mapping(script, 1);
    ck_assert_str_eq(mapping->sources[0].path, "/x/y.csv");
    ck_assert_uint_eq(mapping->key, mapping->form->key);
    close_all();
    remove_folder();
}
END_TEST

START_TEST(test_lookup)
{
    make_folder();
    write_file("cities.csv", "code,city\nKH1,Hà Nội\nkh2,Huế\n");
    ck_assert(open_text(
        HEAD "local cities = {} return fast.setCustomer { setup = "
             "function(env) for r in env.rows(fast.csv 'cities.csv') do "
             "cities[r.code] = r.city end end, map = function(row) " RECORD(
                 "Address = cities[row.Code]") " end }"));
    if (!run_rows(2))
        ck_abort_msg("%s", err.text);
    ledger(2, 2, 0, 0, 0);
    contains(json(), "\"Address\":\"Hà Nội\"");
    contains(json(), "\"Address\":\"Huế\"");
    close_all();
    ck_assert(open_text(
        HEAD "return fast.setCustomer { setup = function(env) "
             "for r in env.rows(fast.csv 'cities.csv') do local x = r.citty "
             "end end, map = print }"));
    ck_assert(!run_rows(1));
    contains(err.text, "did you mean \"city\"");
    close_all();
    remove_folder();
}
END_TEST

/* math.random follows from the row, not from what ran before. */
START_TEST(test_random)
{
    char *first = NULL;
    make_folder();
    for (unsigned i = 0; i < 2; i++) {
        ck_assert(open_text(MAP(RECORD("Fax = math.random(1 << 40)"))));
        ck_assert(script_use(script, 0, &err));
        if (i == 0)
            ck_assert(script_map(script, chunk, &rows[0]));
        chunk_clear(chunk);
        chunk->input = &input;
        ck_assert(script_map(script, chunk, &rows[1]));
        if (first == NULL)
            first = strdup(json());
        else
            ck_assert_str_eq(json(), first);
        close_all();
    }
    free(first);
    remove_folder();
}
END_TEST

/* Driving: a client that answers what it was given. */

static bool fake_sync(void *client, const struct form *form, const char *text,
                      size_t len, unsigned count, struct buf *reply,
                      struct err *why)
{
    (void)client;
    if (count == 3)
        return err_set(why, EXIT_PENDING, "no server");
    buf_addf(reply,
             "{\"success\":%s,\"messages\":\"M\",\"records\":%u,"
             "\"form\":\"%s\",\"big\":12345678901234567890,"
             "\"data\":[%.*s]}",
             count == 2 ? "false" : "true", count, form->name, (int)len, text);
    return true;
}

static bool fake_get(void *client, const struct form *form, const char *id,
                     size_t len, struct buf *reply, struct err *why)
{
    (void)client;
    (void)form;
    (void)why;
    buf_addf(reply,
             "{\"success\":true,\"data\":[{\"CustomerCode\":\"%.*s\","
             "\"x\":null,\"n\":1.5}]}",
             (int)len, id);
    return true;
}

START_TEST(test_drive)
{
    struct script_client client = {NULL, fake_sync, fake_get};
    const char *const inputs[] = {"one.csv", "two.csv", NULL};
    make_folder();
    ck_assert(open_text(
        HEAD "return function(inputs, env) assert(#inputs == 2) "
             "for i = 1, 3000000 do end " /* no budget of a row here */
             "local c = fast.connect() "
             "local r = {CustomerCode='a', CustomerName='b', Status=1} "
             "local answer = assert(c:sync('setCustomer', {r})) "
             "assert(answer.records == 1 and answer.data[1].status == '1') "
             "assert(answer.big == '12345678901234567890') "
             "local no, why = c:sync('setCustomer', {r, r}) "
             "assert(no == nil and why == 'M') "
             "no, why = c:sync('setCustomer', {r, r, r}) "
             "assert(no == nil and why == 'no server') "
             "no, why = c:sync('setCustomer', {r, {}}) "
             "assert(no == nil and why:find('record 2')) "
             "local got = assert(c:get('setCustomer', 'KH1')) "
             "assert(got.CustomerCode == 'KH1' and got.x == fast.null) "
             "if inputs[1] == 'bad' then return nil, 'bad input' end "
             "end"));
    ck_assert_uint_eq(script_count(script), 0);
    if (!script_drive(script, inputs, &client, &err))
        ck_abort_msg("%s", err.text);
    const char *const bad[] = {"bad", "x", NULL};
    ck_assert(!script_drive(script, bad, &client, &err));
    contains(err.text, "bad input");
    ck_assert_int_eq(err.code, EXIT_SCRIPT);
    close_all();
    remove_folder();
}
END_TEST

START_TEST(test_missing_file)
{
    ck_assert_ptr_null(script_open("/nowhere/m.lua", &limits, false, &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    contains(err.text, "/nowhere/m.lua: no such file; check the path");
    ck_assert_ptr_null(script_open("/tmp", &limits, false, &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    struct script_limits tiny = {.memory = 100};
    make_folder();
    write_file("m.lua", "return 1");
    ck_assert_ptr_null(script_open(path, &tiny, false, &err));
    ck_assert_int_eq(err.code, EXIT_SCRIPT);
    /* Wherever memory ends while the state is built, it ends well. */
    for (size_t bytes = 1000; bytes < 200000; bytes += 1777) {
        tiny.memory = bytes;
        struct script *opened = script_open(path, &tiny, true, &err);
        ck_assert_ptr_null(opened);
        ck_assert_int_eq(err.code, EXIT_SCRIPT);
    }
    remove_folder();
}
END_TEST

int main(void)
{
    TCase *t = script_case();
    tcase_add_test(t, test_mappings);
    tcase_add_test(t, test_lookup);
    tcase_add_test(t, test_random);
    tcase_add_test(t, test_drive);
    tcase_add_test(t, test_missing_file);
    return script_suite(t);
}
