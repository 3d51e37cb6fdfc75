/* The mapper over a format made here: what the decoder could not use becomes a
 * reject, the rest is the script's; limits, failures and other inputs. */
#include "mapper.h"

#include "script_run.h"

/* Rows of texts[]; the second one is faulty. Counts what is open. */
static int opened;
static unsigned given;

static void rows_open(struct rows *open_rows)
{
    (void)open_rows;
    opened++;
}

static void rows_close(struct rows *open_rows)
{
    (void)open_rows;
    opened--;
}

static void rows_begin(struct rows *open_rows, struct chunk *of)
{
    open_rows->chunk = of;
    given = 0;
}

static bool rows_next(struct rows *open_rows, struct row *row)
{
    (void)open_rows;
    if (given == 4)
        return false;
    *row = rows[given];
    row->fault = given == 1 ? "3 cells, the header has 4" : NULL;
    given++;
    return true;
}

static const struct row_reader reader = {.open = rows_open,
                                         .begin = rows_begin,
                                         .next = rows_next,
                                         .close = rows_close};
static const struct format format = {.name = "made", .rows = &reader};

static struct mapper mapper;

static void begin(const char *text)
{
    make_folder();
    if (!open_text(text) || !script_use(script, 0, &err))
        ck_abort_msg("%s", err.text);
    input.format = &format;
    mapper_init(&mapper, script);
}

static void end(void)
{
    mapper_release(&mapper);
    ck_assert_int_eq(opened, 0);
    close_all();
    remove_folder();
}

START_TEST(test_rows)
{
    begin(MAP(RECORD("")));
    mapper_map(&mapper, chunk, 0);
    ck_assert(!chunk->failed);
    ledger(4, 2, 2, 0, 0);
    ck_assert_uint_eq(chunk->rejects[0].place.line, 3);
    ck_assert_str_eq(chunk->rejects[0].faults[0].text,
                     "3 cells, the header has 4");
    ck_assert_str_eq(chunk->rejects[0].faults[0].field, "");
    ck_assert_ptr_null(chunk->rejects[0].key);
    ck_assert_str_eq(chunk->rejects[1].key, "KH3");
    end();
}
END_TEST

START_TEST(test_limit)
{
    begin(MAP(RECORD("")));
    mapper_map(&mapper, chunk, 3);
    ledger(3, 1, 2, 0, 0);
    chunk_clear(chunk);
    chunk->input = &input;
    mapper_map(&mapper, chunk, 1);
    ledger(1, 1, 0, 0, 0);
    ck_assert_int_eq(opened, 1);
    end();
}
END_TEST

START_TEST(test_failure)
{
    begin(MAP("if row.Code == 'KH3' then return end " RECORD("")));
    mapper_map(&mapper, chunk, 0);
    ck_assert(chunk->failed);
    ck_assert_int_eq(chunk->failure.code, EXIT_SCRIPT);
    contains(chunk->failure.text, "khach-hang.csv:4: map answered nothing");
    ledger(2, 1, 1, 0, 0); /* the row that failed is none of them */
    end();
}
END_TEST

/* Another input has its columns elsewhere: names are learned anew. */
START_TEST(test_inputs)
{
    static struct column others[] = {{"Tên", 4}, {"Note", 4}, {"Code", 4}};
    struct input other;
    begin(HEAD "return fast.setCustomer { fields = { CustomerCode = col "
               "'Code', CustomerName = 'x', Status = 1, Fax = function(row) "
               "return row.Code end } }");
    mapper_map(&mapper, chunk, 1);
    contains(json(), "\"CustomerCode\":\"KH1\"");
    contains(json(), "\"Fax\":\"KH1\"");
    other = input;
    other.columns = (struct columns){.all = others, .count = 3};
    chunk_clear(chunk);
    chunk->input = &other;
    mapper_map(&mapper, chunk, 1);
    contains(json(), "\"CustomerCode\":\"x\"");
    contains(json(), "\"Fax\":\"x\"");
    others[2].name = "Kode";
    chunk_clear(chunk);
    input.columns = (struct columns){.all = others, .count = 3};
    chunk->input = &input;
    mapper_map(&mapper, chunk, 1);
    ck_assert(chunk->failed);
    contains(chunk->failure.text, "Kode");
    mapper_release(&mapper);
    end();
}
END_TEST

int main(void)
{
    TCase *t = script_case();
    tcase_add_test(t, test_rows);
    tcase_add_test(t, test_limit);
    tcase_add_test(t, test_failure);
    tcase_add_test(t, test_inputs);
    return script_suite(t);
}
