/* Plans that are right: expression tables in, values out. */
#include "plan_calls.h"

START_TEST(columns_and_constants)
{
    ck_assert(compile("return { customercode = col 'Mã', Status = '1',\n"
                      "  CustomerName = col(2), SuplierYN = 0,\n"
                      "  Description = empty, Address = 1.5,\n"
                      "  GroupCode1 = true, TaxCode = null }"));
    ck_assert(BIND("Mã", "Tên"));
    ck_assert_int_eq(ROW("A1", "An"), OUTCOME_RECORD);
    ck_assert_str_eq(text_at(CODE), "A1");
    ck_assert_ptr_eq(values[CODE].text, cells[0].text);
    ck_assert_str_eq(text_at(NAME), "An");
    ck_assert_str_eq(text_at(STATUS), "1");
    ck_assert_int_eq(values[STATUS].flags, 0);
    ck_assert(values[SUPPLIER].type == VALUE_INT &&
              values[SUPPLIER].integer == 0);
    ck_assert_int_eq(values[NOTE].type, VALUE_EMPTY);
    ck_assert(values[ADDRESS].type == VALUE_NUMBER);
    ck_assert(values[GROUP].type == VALUE_BOOL && values[GROUP].truth);
    ck_assert_int_eq(values[TAX].type, VALUE_NIL);
    ck_assert_int_eq(values[PHONE].type, VALUE_NIL);
    ck_assert_str_eq(plan_column(plan, CODE), "Mã");
    ck_assert_str_eq(plan_column(plan, NAME), "Tên");
    ck_assert_ptr_null(plan_column(plan, STATUS));
    ck_assert_ptr_null(plan_column(plan, PHONE));
    /* Another input, other places. */
    ck_assert(BIND("x", "Họ tên", "Mã"));
    ck_assert_int_eq(ROW("?", "Bình", "B2"), OUTCOME_RECORD);
    ck_assert_str_eq(text_at(CODE), "B2");
    ck_assert_str_eq(text_at(NAME), "Bình");
    ck_assert_str_eq(plan_column(plan, NAME), "Họ tên");
    /* A row that is too short has empty cells. */
    ck_assert_int_eq(ROW("?"), OUTCOME_RECORD);
    ck_assert_str_eq(text_at(CODE), "");
}
END_TEST

START_TEST(text_functions_run)
{
    ck_assert(compile(
        "return {\n"
        "  CustomerCode = call('upper', call('trim', col 'Mã')),\n"
        "  Address = call('join', ', ', col 'A', col 'B', col 'C'),\n"
        "  PhoneNumber = call('vn.phone', col 'ĐT'),\n"
        "  TaxCode = call('vn.taxcode', col 'MST'),\n"
        "  GroupCode1 = call('pick', col 'Nhóm', {['Sỉ'] = '1', [30] = 'x',\n"
        "     [''] = empty, [true] = 2}, same),\n"
        "  Status = call('sub', col 'TT', 1, 1),\n"
        "  SuplierYN = call('pick', col 'Loại', {KH = false, NCC = true}),\n"
        "  CustomerName = call('match', col 'Tên', '^(%a+)'),\n"
        "  Description = call('default', call('date', col 'Ngày',\n"
        "     'dd/mm/yyyy'), call('number', col 'Số', {decimal = ','})) }"));
    ck_assert(BIND("Mã", "A", "B", "C", "ĐT", "MST", "Nhóm", "TT", "Loại",
                   "Tên", "Ngày", "Số"));
    ck_assert_int_eq(ROW(" kh1 ", "1 Lê Lợi", "", "Huế", "+84903123456",
                         "300588569", "Sỉ", "100", "NCC", "An Bình", "1/9/2024",
                         "1"),
                     OUTCOME_RECORD);
    ck_assert_str_eq(text_at(CODE), "KH1");
    ck_assert_str_eq(text_at(ADDRESS), "1 Lê Lợi, Huế");
    ck_assert_str_eq(text_at(PHONE), "0903123456");
    ck_assert_str_eq(text_at(TAX), "0300588569");
    ck_assert_str_eq(text_at(GROUP), "1");
    ck_assert_str_eq(text_at(STATUS), "1");
    ck_assert(values[SUPPLIER].type == VALUE_BOOL && values[SUPPLIER].truth);
    ck_assert_str_eq(text_at(NAME), "An");
    ck_assert_str_eq(text_at(NOTE), "2024-09-01");
    ck_assert_ptr_null(plan_column(plan, ADDRESS));
    ck_assert_str_eq(plan_column(plan, PHONE), "ĐT");
    ck_assert_int_eq(
        ROW("", "", "", "", "", "", "30", "", "KH", "1", "", "1.234,5"),
        OUTCOME_RECORD);
    ck_assert_str_eq(text_at(GROUP), "x");
    ck_assert_str_eq(text_at(NAME), "");
    ck_assert(values[NOTE].type == VALUE_NUMBER &&
              values[NOTE].number == 1234.5);
    ck_assert(values[SUPPLIER].type == VALUE_BOOL && !values[SUPPLIER].truth);
    ck_assert_int_eq(ROW("", "", "", "", "", "", "", "", "KH"), OUTCOME_RECORD);
    ck_assert_int_eq(values[GROUP].type, VALUE_EMPTY);
    ck_assert_int_eq(ROW("", "", "", "", "", "", "true", "", "KH"),
                     OUTCOME_RECORD);
    ck_assert_int_eq((int)values[GROUP].integer, 2);
    ck_assert_int_eq(ROW("", "", "", "", "", "", "Lẻ", "", "KH"),
                     OUTCOME_RECORD);
    ck_assert_str_eq(text_at(GROUP), "Lẻ");
    ck_assert_int_eq(called, 0);
}
END_TEST

START_TEST(lua_functions)
{
    called = 0;
    ck_assert(compile(
        "return {\n"
        "  CustomerCode = function(row) return row[1] .. '-' .. row[2] end,\n"
        "  CustomerName = with(col 'A', call('upper', col 'B'), 7, null,\n"
        "    function(a, b, c, d) return a .. b .. c .. tostring(d) end),\n"
        "  Address = call('upper', with(col 'B', function(b)\n"
        "    return b .. 'x' end)),\n"
        "  Description = with(function() return nil end) }"));
    ck_assert(BIND("A", "B"));
    ck_assert_int_eq(ROW("a", "b"), OUTCOME_RECORD);
    ck_assert_str_eq(text_at(CODE), "a-b");
    ck_assert_str_eq(text_at(NAME), "aB7nil");
    ck_assert_str_eq(text_at(ADDRESS), "BX");
    ck_assert_int_eq(values[NOTE].type, VALUE_NIL);
    ck_assert_int_eq(called, 4);
    ck_assert_ptr_null(plan_column(plan, CODE));
    ck_assert_ptr_null(plan_column(plan, NAME));
    ck_assert_str_eq(plan_column(plan, ADDRESS), "B");
    forced = OUTCOME_FAIL;
    ck_assert_int_eq(ROW("a", "b"), OUTCOME_FAIL);
    ck_assert_str_eq(err.text, "stopped");
}
END_TEST

START_TEST(all_faults)
{
    ck_assert(compile(
        "return {\n"
        "  CustomerCode = call('date', col 'A', 'dd/mm/yyyy'),\n"
        "  CustomerName = call('pick', call('join', '-', col 'A', col 'B'),\n"
        "     {x = '1'}),\n"
        "  Address = col 'B',\n"
        "  TaxCode = call('split', col 'B', ','),\n"
        "  Status = function() error('no status', 0) end,\n"
        "  Description = call('trim', call('split', col 'B', ',')) }"));
    ck_assert(BIND("A", "B"));
    ck_assert_int_eq(ROW("hôm nay", "b,c"), OUTCOME_REJECT);
    ck_assert_int_eq((int)faults.count, 4);
    static const char *const expected[][2] = {
        {"CustomerCode",
         "\"hôm nay\" is not a date (dd/mm/yyyy) (column \"A\")"},
        {"CustomerName", "\"hôm nay-b,c\" is not in the table (known: \"x\")"},
        {"Status", "no status"},
        {"Description",
         "trim: a list of 2 is not a text (join makes one) (column \"B\")"}};
    for (unsigned i = 0; i < faults.count; i++) {
        ck_assert_str_eq(faults.all[i].field, expected[i][0]);
        ck_assert_str_eq(faults.all[i].text, expected[i][1]);
    }
    ck_assert_str_eq(text_at(ADDRESS), "b,c");
    ck_assert_int_eq(values[TAX].type, VALUE_LIST); /* the form refuses it */
    ck_assert_int_eq(values[CODE].type, VALUE_NIL);
    ck_assert_int_eq(values[STATUS].type, VALUE_NIL);
}
END_TEST

START_TEST(a_match_that_stops)
{
    ck_assert(compile("return {Address = call('match', col 'A', '.')}"));
    ck_assert(BIND("A"));
    ck_assert_int_eq(ROW("Đ"), OUTCOME_REJECT);
    forced = OUTCOME_FAIL;
    ck_assert_int_eq(ROW("a"), OUTCOME_FAIL);
}
END_TEST

START_TEST(wheres)
{
    ck_assert(compile("return {Address = col 'A'}, col 'A'"));
    ck_assert(BIND("A"));
    ck_assert_int_eq(WHERE("x"), OUTCOME_RECORD);
    ck_assert_int_eq(WHERE("0"), OUTCOME_RECORD);
    ck_assert_int_eq(WHERE(""), OUTCOME_SKIP);
    ck_assert_int_eq(WHERE(" \t"), OUTCOME_SKIP);
    ck_assert(compile("return nil, call('pick', col 'A',\n"
                      "  {a = true, b = false, c = 0, d = empty})"));
    ck_assert(BIND("A"));
    ck_assert_int_eq(WHERE("a"), OUTCOME_RECORD);
    ck_assert_int_eq(WHERE("b"), OUTCOME_SKIP);
    ck_assert_int_eq(WHERE("c"), OUTCOME_RECORD);
    ck_assert_int_eq(WHERE("d"), OUTCOME_SKIP);
    ck_assert_int_eq(WHERE("e"), OUTCOME_REJECT);
    ck_assert_str_eq(faults.all[0].field, "");
    ck_assert_str_eq(faults.all[0].text,
                     "where: \"e\" is not in the table "
                     "(known: \"a\", \"b\", \"c\", \"d\") (column \"A\")");
    ck_assert_int_eq(ROW("a"), OUTCOME_RECORD);
    ck_assert_int_eq(values[ADDRESS].type, VALUE_NIL);
    ck_assert(compile("return {}, function(row) return row[1] == 'x' end"));
    ck_assert(BIND("A"));
    ck_assert_int_eq(WHERE("x"), OUTCOME_RECORD);
    ck_assert_int_eq(WHERE("y"), OUTCOME_SKIP);
    ck_assert(compile("return {}"));
    ck_assert(BIND("A"));
    ck_assert_int_eq(WHERE(""), OUTCOME_RECORD);
    ck_assert(compile("return {}, false"));
    ck_assert_int_eq(WHERE(""), OUTCOME_SKIP);
}
END_TEST

START_TEST(big_tables)
{
    ck_assert(compile(
        "local t = {}\n"
        "for i = 1, 5000 do t['Thành phố số ' .. i .. ' của tỉnh'] = i end\n"
        "for i = 1, 5000 do t[i] = -i end\n"
        "return {Address = call('pick', col 'A', t, 0)}"));
    ck_assert(BIND("A"));
    for (int i = 1; i <= 5000; i += 7) {
        char key[64];
        snprintf(key, sizeof key, "Thành phố số %d của tỉnh", i);
        ck_assert_int_eq(ROW(key), OUTCOME_RECORD);
        ck_assert_int_eq((int)values[ADDRESS].integer, i);
        snprintf(key, sizeof key, "%d", i);
        ck_assert_int_eq(ROW(key), OUTCOME_RECORD);
        ck_assert_int_eq((int)values[ADDRESS].integer, -i);
    }
    ck_assert_int_eq(ROW("Thành phố số 5001 của tỉnh"), OUTCOME_RECORD);
    ck_assert_int_eq((int)values[ADDRESS].integer, 0);
}
END_TEST

RUN("plan", columns_and_constants, text_functions_run, lua_functions,
    all_faults, a_match_that_stops, wheres, big_tables)
