/* Lookups: rows of another file by key: packed, found, told, and shared by
 * states. */
#include "plan/lookup/keyed.h"
#include "plan/lookup/lookup.h"
#include "script_run.h"

/* Packed rows. */

static struct value text_of_number(unsigned number, char *room)
{
    return value_text(room, (size_t)sprintf(room, "key %u", number));
}

/* Many keys, the table growing under them, each with its own cell. */
START_TEST(test_many)
{
    enum { MANY = 20000 };
    struct keyed keyed = {.count = 0};
    char room[32];
    for (unsigned i = 0; i < MANY; i++) {
        struct value key = text_of_number(i, room);
        struct value cell = {.type = VALUE_INT, .integer = (int64_t)i - 7};
        uint64_t at = keyed_begin(&keyed, i % 300, -(int64_t)i, &key);
        ck_assert(cell_pack(&keyed.bytes, &cell, &key));
        keyed_grow(&keyed);
        uint64_t *slot = keyed_slot(&keyed, &key);
        ck_assert_uint_eq(*slot, 0);
        keyed_put(&keyed, slot, at, &key);
    }
    keyed_end(&keyed);
    ck_assert_uint_eq(keyed.count, MANY);
    for (unsigned i = 0; i < 2 * MANY; i++) {
        struct value key = text_of_number(i, room);
        const uint64_t *slot = keyed_slot(&keyed, &key);
        ck_assert_int_eq(*slot != 0, i < MANY);
        if (*slot == 0)
            continue;
        struct keyed_row row = keyed_row(&keyed, keyed_at(*slot));
        ck_assert_uint_eq(row.origin, i % 300);
        ck_assert_int_eq(row.number, -(int64_t)i);
        const char *next = row.cells;
        ck_assert_int_eq(cell_unpack(&next, &row.key).integer, (int64_t)i - 7);
    }
    ck_assert_uint_lt(keyed_held(&keyed, 0), MANY * 40);
    keyed_release(&keyed);
}
END_TEST

/* Every type of cell comes back as it was; lists and maps do not go in. */
START_TEST(test_cells)
{
    const struct value key = value_text("KH1", 3);
    const struct value all[] = {
        value_text("", 0),
        value_text("Hà Nội \"x\"", 13),
        key,
        {.type = VALUE_DECIMAL, .text = "12.10", .len = 5},
        {.type = VALUE_INT, .integer = INT64_MIN},
        {.type = VALUE_INT, .integer = INT64_MAX},
        {.type = VALUE_NUMBER, .number = 0.1},
        {.type = VALUE_BOOL, .truth = true},
        {.type = VALUE_BOOL, .truth = false},
        {.type = VALUE_NIL},
        {.type = VALUE_EMPTY},
    };
    enum { COUNT = sizeof all / sizeof *all };
    struct buf out = {0};
    for (unsigned i = 0; i < COUNT; i++)
        ck_assert(cell_pack(&out, &all[i], &key));
    const char *next = buf_text(&out);
    for (unsigned i = 0; i < COUNT; i++) {
        struct value cell = cell_unpack(&next, &key);
        ck_assert_int_eq(cell.type, all[i].type);
        if (cell.type == VALUE_TEXT || cell.type == VALUE_DECIMAL) {
            ck_assert_uint_eq(cell.len, all[i].len);
            ck_assert(memcmp(cell.text, all[i].text, cell.len) == 0);
        } else if (cell.type == VALUE_NUMBER) {
            ck_assert(cell.number == all[i].number);
        } else if (cell.type == VALUE_BOOL) {
            ck_assert(cell.truth == all[i].truth);
        } else if (cell.type == VALUE_INT) {
            ck_assert_int_eq(cell.integer, all[i].integer);
        }
    }
    ck_assert_ptr_eq(next, out.at + out.len);
    const struct value list = {.type = VALUE_LIST, .len = 0};
    ck_assert(!cell_pack(&out, &list, &key));
    buf_release(&out);
}
END_TEST

/* Scripts. */

#define LOOKUP(options)                                                        \
    HEAD "local cities = fast.lookup { source = fast.csv 'cities.csv', key = " \
         "'code', " options " } "

static void with_cities(const char *cities)
{
    make_folder();
    write_file("cities.csv", cities);
}

START_TEST(test_expression)
{
    with_cities("code,city\nKH1,Hà Nội\nkh2,Huế\n");
    ck_assert(open_text(
        LOOKUP("") "return fast.setCustomer { fields = { CustomerCode = "
                   "fast.col 'Code', CustomerName = 'x', Status = 1, Address = "
                   "fast.col 'Code':lookup(cities, 'city'):upper() } }"));
    if (!run_rows(3))
        ck_abort_msg("%s", err.text);
    ledger(3, 2, 1, 0, 0);
    contains(json(), "\"Address\":\"HÀ NỘI\"");
    contains(json(), "\"Address\":\"HUẾ\"");
    close_all();
    ck_assert(open_text(LOOKUP(
        "ignore_case = true, missing = 'blank'") ""
                                                 "return fast.setCustomer { "
                                                 "fields = { CustomerCode = "
                                                 "fast.col 'Code', "
                                                 "CustomerName = fast.col "
                                                 "'Code':lower():lookup(cities,"
                                                 " 'city', "
                                                 "'other'), "
                                                 "Status = 1, Fax = fast.col "
                                                 "'Code':lookup(cities, "
                                                 "'city') } }"));
    ck_assert(run_rows(4));
    ledger(4, 4, 0, 0, 0);
    contains(json(), "\"CustomerName\":\"Hà Nội\"");
    contains(json(), "\"CustomerName\":\"other\"");
    close_all();
    remove_folder();
}
END_TEST

START_TEST(test_get)
{
    with_cities("code,city,n\nKH1,Hà Nội,1\nkh2,Huế,2\n");
    ck_assert(
        open_text(LOOKUP("") "return fast.setCustomer { setup = function() "
                             "assert(#cities == 2) end, map = function(row) "
                             "" RECORD("Address = (cities:get(row.Code) or { "
                                       "city = 'none' }).city, "
                                       "Fax = cities:get(row.Code, 'n'), "
                                       "Description = row.Code:lookup(cities, "
                                       "'city', 'other')") ""
                                                           " end }"));
    if (!run_rows(4))
        ck_abort_msg("%s", err.text);
    ledger(4, 3, 1, 0, 0);
    contains(json(), "\"Address\":\"Huế\"");
    contains(json(), "\"Address\":\"none\"");
    contains(json(), "\"Fax\":\"2\"");
    contains(json(), "\"Description\":\"other\"");
    close_all();
    remove_folder();
}
END_TEST

/* The run is stopped, by the message. */
static void stops(const char *script_text, const char *message)
{
    if (open_text(script_text)) {
        ck_assert(!run_rows(1));
    }
    close_all();
    contains(err.text, message);
}

#define ASKS(what)                                                             \
    "return fast.setCustomer { map = function(row) return "                    \
    "{ CustomerCode = row.Code, CustomerName = 'x', Status = 1, Address "      \
    "= " what " } end }"

START_TEST(test_mistakes)
{
    with_cities("code,city\nKH1,Hà Nội\nKH1,Huế\n");
    stops(LOOKUP("") ASKS("cities:get(row.Code, 'citty')"),
          "no column \"citty\" in the lookup of");
    stops(LOOKUP("duplicates = 'refuse'") ASKS("'x'"),
          "cities.csv:3: \"KH1\", as ");
    stops(LOOKUP("duplicate = 'first'") ASKS("'x'"),
          "there is no key 'duplicate': did you mean 'duplicates'?");
    stops(LOOKUP("missing = 'none'") ASKS("'x'"),
          "missing: \"reject\" or \"warn\" or \"blank\", not none");
    stops(LOOKUP("columns = {}") ASKS("'x'"), "columns names no column");
    stops(HEAD "local c = fast.lookup { source = 'none.csv', key = 'a' } "
               "" ASKS("'x'"),
          "none.csv");
    stops(HEAD "local c = fast.lookup { source = 'cities.csv', key = 'cod' } "
               "" ASKS("'x'"),
          "m.lua:1: no column \"cod\" in");
    stops(LOOKUP("") "local n = cities:get('KH1') " ASKS("n"),
          "are not there while the script loads");
    stops(HEAD "return fast.setCustomer { setup = function() fast.lookup { "
               "source = 'cities.csv', key = 'code' } end, map = print }",
          "stands outside of functions");
    remove_folder();
}
END_TEST

/* More than one state: read once, by the first one; what the others say of a
 * column is the same. */
START_TEST(test_shared)
{
    with_cities("code,city\nKH1,Hà Nội\n");
    struct script_limits shared = limits;
    struct script *states[3];
    shared.lookups = lookups_new(0);
    write_file("m.lua",
               LOOKUP("") "return fast.setCustomer { fields = { CustomerCode = "
                          "'x', CustomerName = fast.col 'Code':lookup(cities, "
                          "'city'), Status = 1 } }");
    for (unsigned i = 0; i < 3; i++) {
        states[i] = script_open(path, &shared, i > 0, &err);
        ck_assert_ptr_nonnull(states[i]);
    }
    ck_assert(script_use(states[0], 0, &err));
    write_file("cities.csv", "nothing");
    for (unsigned i = 0; i < 3; i++) {
        ck_assert(script_use(states[i], 0, &err));
        script_free(states[i]);
    }
    lookups_free(shared.lookups);
    remove_folder();
}
END_TEST

START_TEST(test_bound)
{
    with_cities("code,city\nKH1,Hà Nội\nKH2,Huế\n");
    struct script_limits tiny = limits;
    tiny.lookups = lookups_new(100);
    write_file("m.lua", LOOKUP("") ASKS("'x'"));
    struct script *state = script_open(path, &tiny, false, &err);
    ck_assert_ptr_nonnull(state);
    ck_assert(!script_use(state, 0, &err));
    contains(err.text, "more than 100 bytes; --max-lookup raises that");
    ck_assert_int_eq(err.code, EXIT_SCRIPT);
    script_free(state);
    lookups_free(tiny.lookups);
    remove_folder();
}
END_TEST

/* Keys of several columns: no two of them are one text. */
START_TEST(test_several)
{
    with_cities("a,b,city\nx,yz,1\nxy,z,2\n,z,3\n,,4\n");
    ck_assert(open_text(
        HEAD "local cities = fast.lookup { source = fast.csv 'cities.csv', "
             "key = { 'a', 'b' } } return fast.setCustomer { map = "
             "function(row) "
             "" RECORD(
                 "Address = cities:get({ 'x', 'yz' }, 'city') .. "
                 "cities:get({ 'xy', 'z' }, 'city') .. cities:get({ '', 'z' }, "
                 "'city') .. tostring(cities:get({ '', '' }))") ""
                                                                " end }"));
    if (!run_rows(1))
        ck_abort_msg("%s", err.text);
    contains(json(), "\"Address\":\"123nil\"");
    close_all();
    remove_folder();
}
END_TEST

int main(void)
{
    TCase *t = script_case();
    tcase_add_test(t, test_many);
    tcase_add_test(t, test_cells);
    tcase_add_test(t, test_expression);
    tcase_add_test(t, test_get);
    tcase_add_test(t, test_mistakes);
    tcase_add_test(t, test_shared);
    tcase_add_test(t, test_bound);
    tcase_add_test(t, test_several);
    return script_suite(t);
}
