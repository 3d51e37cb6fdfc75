/* Paths: `col "address.city"` over cells that are lists and maps. */
#include "nested.h"
#include "plan_calls.h"

/* Compiles one field of that path, over nested columns. */
static bool takes(const char *path, const char *const *columns)
{
    char script[200];
    snprintf(script, sizeof script, "return {\n Address = col '%s' }", path);
    ck_assert_msg(compile(script), "%s", err.text);
    input.nested = true;
    return bind(columns);
}

#define TAKES(path, ...) takes(path, (const char *const[]){__VA_ARGS__, NULL})

/* Runs it over the cells address, phones, plain text, nil. */
static enum outcome reach(void)
{
    arena_reset(&arena);
    faults.count = 0;
    cells[0] = made_address();
    cells[1] = made_phones();
    cells[2] = made_text("12 Trần Phú");
    cells[3] = (struct value){.type = VALUE_NIL};
    row = (struct row){
        .cells = cells, .count = 4, .place = {.line = 1, .index = 1}};
    return plan_run(plan, &row, values, &faults, &err);
}

#define COLUMNS "address", "phones", "text", "none"

START_TEST(members_and_places)
{
    static const char *const reached[][2] = {
        {"address.city", "Huế"},     {"address.geo.lat", "16.4"},
        {"phones[1].number", "1"},   {"phones[3].number", "3"},
        {" address.city ", "Huế"},   {"address.zip", NULL},
        {"address.street", NULL},    {"address.street.number", NULL},
        {"phones[2].number", NULL},  {"phones[4].number", NULL},
        {"phones[999999999]", NULL}, {"none.city", NULL},
        {"none[1]", NULL},
    };
    for (size_t i = 0; i < sizeof reached / sizeof *reached; i++) {
        ck_assert_msg(TAKES(reached[i][0], COLUMNS), "%s", err.text);
        ck_assert_int_eq(reach(), OUTCOME_RECORD);
        if (reached[i][1] == NULL)
            ck_assert_int_eq(values[ADDRESS].type, VALUE_NIL);
        else
            ck_assert_str_eq(text_at(ADDRESS), reached[i][1]);
    }
}
END_TEST

START_TEST(decimals_and_maps_are_kept)
{
    ck_assert(TAKES("address.no", COLUMNS));
    ck_assert_int_eq(reach(), OUTCOME_RECORD);
    ck_assert_int_eq(values[ADDRESS].type, VALUE_DECIMAL);
    ck_assert_str_eq(plan_column(plan, ADDRESS), "address.no");
    ck_assert(TAKES("address.geo", COLUMNS));
    ck_assert_int_eq(reach(), OUTCOME_RECORD);
    ck_assert_int_eq(values[ADDRESS].type, VALUE_MAP);
}
END_TEST

START_TEST(what_cannot_be_gone_into)
{
    static const char *const refused[][2] = {
        {"text.city", "text is \"12 Trần Phú\", not a map (column "
                      "\"text.city\")"},
        {"text[1]", "text is \"12 Trần Phú\", not a list (column \"text[1]\")"},
        {"phones.number",
         "phones is a list of 3, not a map (column \"phones.number\")"},
        {"phones[1].number.x", "phones[1].number is \"1\", not a map (column "
                               "\"phones[1].number.x\")"},
        {"address[1]",
         "address is a map of 4, not a list (column \"address[1]\")"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        ck_assert(TAKES(refused[i][0], COLUMNS));
        ck_assert_int_eq(reach(), OUTCOME_REJECT);
        ck_assert_uint_eq(faults.count, 1);
        ck_assert_str_eq(faults.all[0].field, "Address");
        ck_assert_str_eq(faults.all[0].text, refused[i][1]);
    }
}
END_TEST

/* The longest column wins; what is no path is a name and nothing else. */
START_TEST(names_with_dots)
{
    ck_assert(TAKES("address.city", "address", "address.city"));
    ck_assert_int_eq(reach(), OUTCOME_RECORD);
    ck_assert_int_eq(values[ADDRESS].type, VALUE_LIST); /* the second cell */
    ck_assert_str_eq(plan_column(plan, ADDRESS), "address.city");
    ck_assert(TAKES("a.b.city", "a", "x", "y", "a.b"));
    ck_assert_int_eq(reach(), OUTCOME_RECORD);
    ck_assert_int_eq(values[ADDRESS].type, VALUE_NIL); /* of the fourth */
    ck_assert(TAKES("Tel. No", "Tel. No"));
    ck_assert(TAKES("a.b.c", "a.b.c"));
    input.nested = false;
    ck_assert(plan_bind(plan, &input, &err));
    ck_assert(TAKES("address.city", COLUMNS)); /* and the same plan again */
    ck_assert_int_eq(reach(), OUTCOME_RECORD);
    ck_assert_str_eq(text_at(ADDRESS), "Huế");
}
END_TEST

START_TEST(columns_that_are_not_there)
{
    static const struct {
        const char *path, *says;
    } missing[] = {
        {"adress.city", "kh.lua:2: no column \"adress.city\" in kh.csv; did "
                        "you mean \"address.city\"?"},
        {"phonez[2]", "kh.lua:2: no column \"phonez[2]\" in kh.csv; did you "
                      "mean \"phones[2]\"?"},
        {"text. city", "kh.lua:2: no column \"text. city\" in kh.csv; did you "
                       "mean \"text\"?"},
        {"text.", "kh.lua:2: no column \"text.\" in kh.csv; did you mean "
                  "\"text\"?"},
        {"text[0]", "no column"},
        {"text[x]", "no column"},
        {"text[1", "no column"},
        {"text[1234567890]", "no column"},
        {"text]", "no column"},
        {"text[1]xy", "no column"},
        {".text", "no column"},
        {"a..b", "no column"},
        {"[1]", "no column"},
    };
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        ck_assert_msg(!TAKES(missing[i].path, COLUMNS), "%s", missing[i].path);
        ck_assert_msg(strstr(err.text, missing[i].says) != NULL, "%s",
                      err.text);
    }
}
END_TEST

/* A format of texts alone has no paths: the header is wrong, and says so. */
START_TEST(no_paths_into_texts)
{
    ck_assert(compile("return {\n Address = col 'text.city',\n"
                      " TaxCode = col('tax.code', true) }"));
    input.nested = false;
    ck_assert(!BIND("text", "tax"));
    ck_assert_ptr_nonnull(strstr(err.text, "no column \"text.city\" in"));
    input.nested = true;
    ck_assert(BIND("text", "taxes"));
    cells[0] = made_address();
    row = (struct row){
        .cells = cells, .count = 1, .place = {.line = 1, .index = 1}};
    ck_assert_int_eq(plan_run(plan, &row, values, &faults, &err),
                     OUTCOME_RECORD);
    ck_assert_str_eq(text_at(ADDRESS), "Huế");
    ck_assert_str_eq(text_at(TAX), "");
}
END_TEST

START_TEST(in_calls_and_where)
{
    ck_assert(compile(
        "return { CustomerName = call('upper', col 'address.city'),\n"
        "  Address = call('join', ', ', col 'address.no', col 'address.zip'),\n"
        "  TaxCode = call('trim', col 'address.geo'),\n"
        "  PhoneNumber = with(col 'phones[3].number', col 'phones[2].number',\n"
        "    function(a, b) return a .. type(b) end),\n"
        "  Description = call('join', '-', col 'phones') },\n"
        "  col 'address.geo.lat'"));
    input.nested = true;
    ck_assert(BIND(COLUMNS));
    ck_assert_int_eq(reach(), OUTCOME_REJECT);
    ck_assert_int_eq(plan_where(plan, &row, &faults, &err), OUTCOME_RECORD);
    ck_assert_str_eq(text_at(NAME), "HUẾ");
    ck_assert_str_eq(text_at(ADDRESS), "12.10");
    ck_assert_str_eq(text_at(PHONE), "3nil");
    ck_assert_uint_eq(faults.count, 2);
    ck_assert_str_eq(faults.all[0].field, "TaxCode");
    ck_assert_str_eq(faults.all[0].text,
                     "trim: a map of 1 is not a text (column \"address.geo\")");
    ck_assert_str_eq(faults.all[1].text,
                     "join: a map of 1 is not a text (column \"phones\")");
    ck_assert(compile("return nil, col 'address.zip'"));
    ck_assert(BIND(COLUMNS));
    ck_assert_int_eq(plan_where(plan, &row, &faults, &err), OUTCOME_SKIP);
}
END_TEST

RUN("paths", members_and_places, decimals_and_maps_are_kept,
    what_cannot_be_gone_into, names_with_dots, columns_that_are_not_there,
    no_paths_into_texts, in_calls_and_where)
