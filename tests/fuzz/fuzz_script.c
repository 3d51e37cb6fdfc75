/* Mapping scripts that call every binding with every type of value, while they
 * load, in setup, in fields, in map and where they drive themselves; over two
 * rows. None may bring the program down, take more than its bounds, or leave a
 * row without an account. FUZZ_SHOW=1 prints the script. */
#include "fuzz.h"
#include "grammar.h"
#include "names.h"

#include "base/json.h"
#include "base/watch.h"
#include "source/taken.h"

/* Where there is no row, something like one. */
#define LOCALS                                                                 \
    "local a, b, c, at = 'x', { 1, 2 }, 5, { line = 1 } "                      \
    "local row = { 'KH1', Code = 'KH1', Note = 'x', List = { 'a', 7 }, "       \
    "Map = { Name = 'y' }, Decimal = '12.10' }"

static const char head[] =
    "local fast = require 'fastsync' local vn = require 'fastsync.vn'\n"
    "local cjson = require 'cjson' local col = fast.col\n"
    "local function try(f) local ok, x = pcall(f) if ok then return x end end\n"
    "local function deep(n) local t = {} for i = 1, n do t = { t } end\n"
    "  return t end\n"
    "local function cyclic() local t = { 1 } t[2], t.t = t, t return t end\n"
    "local function wide() local t = {} for i = 1, 3000 do t[i] = 'x' .. i\n"
    "  end return t end\n"
    "local function odd() return setmetatable({}, { __index = function(t, k)\n"
    "  return k end, __len = function() return 1 << 40 end,\n"
    "  __tostring = function() return {} end, __name = 'odd' }) end\n";

int LLVMFuzzerInitialize(int *count, char ***words)
{
    static const char data[] = "Code;Tên;Note\nKH1;A;x\nKH2;\"B;b\";0,5\n";
    static const char part[] =
        "local t = { n = 1 } function t.f(x) return x end return t\n";
    static const char first[] =
        "local fast = require 'fastsync' return fast.setCustomer { fields = { "
        "CustomerCode = fast.col(1), CustomerName = 'x', Status = 1 } }\n";
    struct err err;
    (void)count;
    (void)words;
    use_own_folder();
    be_quiet();
    write_bytes("data.csv", data, sizeof data - 1);
    write_bytes("part.lua", part, sizeof part - 1);
    write_bytes("m.lua", first, sizeof first - 1);
    learn_names("m.lua");
    demand(watch_begin(&err));
    return 0;
}

/* The rows: cells of every type. */

enum { COLUMNS = 8, ROWS = 2 };

static struct column columns[COLUMNS] = {
    {"Code", 4}, {"Tên", 4},     {"Note", 4},   {"List", 4},
    {"Map", 3},  {"Decimal", 7}, {"Number", 6}, {"None", 4}};
static char file[] = "khach-hang.csv";
static struct input input = {.path = file,
                             .columns = {.all = columns, .count = COLUMNS},
                             .nested = true,
                             .typed = true,
                             .trim = true};

static struct value text(const char *from)
{
    return value_text(from, strlen(from));
}

static void make_rows(struct value cells[ROWS][COLUMNS], struct row *rows)
{
    static struct value list[3];
    static struct value_member members[2];
    list[0] = text("một");
    list[1] = (struct value){.type = VALUE_INT, .integer = INT64_MIN};
    list[2] = (struct value){.type = VALUE_MAP, .members = members, .len = 2};
    members[0] = (struct value_member){text("Name"), text("A & B")};
    members[1] = (struct value_member){text("On"), {.type = VALUE_BOOL}};
    for (unsigned i = 0; i < ROWS; i++) {
        cells[i][0] = text(i == 0 ? "KH1" : "kh2");
        cells[i][1] = text(i == 0 ? "Công ty A" : "");
        cells[i][2] = text(i == 0 ? "0912 345 678" : "31/12/2024");
        cells[i][3] =
            (struct value){.type = VALUE_LIST, .list = list, .len = 3};
        cells[i][4] = list[2];
        cells[i][5] = text("12.10");
        cells[i][5].type = VALUE_DECIMAL;
        cells[i][6] = (struct value){.type = VALUE_NUMBER, .number = 0.5};
        cells[i][7] = (struct value){.type = VALUE_NIL};
        rows[i] = (struct row){.cells = cells[i],
                               .count = COLUMNS,
                               .width = COLUMNS,
                               .place = {.line = i + 2, .index = i + 1},
                               .origin = origin_text("source", 6)};
    }
}

/* What becomes of them. */

static void check_json(const struct chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->record_count; i++) {
        struct json_reader reader;
        const struct record *record = &chunk->records[i];
        json_open(&reader, chunk->json.at + record->json, record->json_len);
        demand(json_next(&reader) == JSON_OBJECT);
        demand(json_skip(&reader, JSON_OBJECT));
        demand(json_next(&reader) == JSON_END);
        json_close(&reader);
    }
}

static void check_account(const struct chunk *chunk)
{
    demand(chunk->rows + chunk->extra == chunk->skipped + chunk->reject_count +
                                             (uint64_t)chunk->record_count);
    for (uint32_t i = 0; i < chunk->reject_count; i++) {
        demand(chunk->rejects[i].count > 0);
        for (unsigned k = 0; k < chunk->rejects[i].count; k++) {
            const char *why = chunk->rejects[i].faults[k].text;
            demand(utf8_valid(why, strlen(why)) == strlen(why));
        }
    }
    check_json(chunk);
}

static void map_rows(struct script *script, unsigned number)
{
    struct value cells[ROWS][COLUMNS];
    struct row rows[ROWS];
    struct err err = {.text = ""};
    struct chunk *chunk = chunk_new();
    chunk->input = &input;
    make_rows(cells, rows);
    bool good = script_use(script, number, &err);
    for (unsigned i = 0; good && i < ROWS; i++) {
        good = script_map(script, chunk, &rows[i]);
        demand(good || chunk->failed);
        if (good) {
            demand(chunk->rows == i + 1);
            check_account(chunk);
        }
    }
    if (chunk->failed)
        demand_shown(chunk->failure.text);
    else if (good)
        good = script_settle(script, ROWS, true, &err);
    demand_shown(err.text);
    chunk_free(chunk);
}

/* A server that answers with the bytes at hand. */

static bool answer(void *client, struct buf *reply)
{
    const struct bytes *bytes = client;
    buf_add(reply, (const char *)bytes->at, bytes->left);
    return true;
}

static bool fake_sync(void *client, const struct form *form, const char *json,
                      size_t len, unsigned count, struct buf *reply,
                      struct err *err)
{
    (void)form;
    (void)err;
    (void)count;
    demand(len == 0 || json[len - 1] == '}');
    return answer(client, reply);
}

static bool fake_get(void *client, const struct form *form, const char *id,
                     size_t len, struct buf *reply, struct err *err)
{
    (void)form;
    (void)id;
    if (len == 0)
        return err_set(err, EXIT_PENDING, "nothing");
    return answer(client, reply);
}

/* The whole script, in one of its shapes. */

static void write_map(struct grammar *g)
{
    put(g, "return fast.setCustomer { ordered = true, setup = function(env)\n"
           "" LOCALS "\n");
    write_block(g, 4);
    put(g, "end, map = function(row, at)\nlocal a, b, c = 'x', { 1 }, 5\n");
    write_block(g, 30);
    put(g, "return ");
    write_fields(g, false);
    put(g, " end }\n");
}

static void write_plan(struct grammar *g)
{
    put(g, "" LOCALS "\nlocal given = ");
    write_fields(g, true);
    put(g, "\nreturn fast.setCustomer { where = ");
    write_column(g);
    put(g, ", fields = given }\n");
}

/* One field that does not load is not to hide the others. */
static void write_tried_plan(struct grammar *g)
{
    put(g, "" LOCALS "\nlocal given = { CustomerCode = "
           "col(1), CustomerName = col(2), Status = 1 }\n");
    while (g->from.left > 0 && g->out->len < SCRIPT_BYTES) {
        buf_addf(g->out, "given.%s = try(function() return ",
                 name_at(FIELDS, take(&g->from)));
        write_column(g);
        put(g, " end)\n");
    }
    put(g, "return fast.setCustomer { fields = given }\n");
}

static void write_load(struct grammar *g)
{
    put(g, "" LOCALS "\n");
    write_block(g, STATEMENTS_MAX);
    put(g, "return ");
    write_value(g);
}

static void write_drive(struct grammar *g)
{
    put(g, "return function(inputs, env)\n" LOCALS "\n"
           "local client = fast.connect()\n");
    g->calm = true;
    while (g->from.left > 0 && g->statements < 8) {
        put(g, "a = try(function() return client:");
        put(g, take(&g->from) % 2 == 0 ? "sync(\"setCustomer\", "
                                       : "get(\"setCustomer\", ");
        write_value(g);
        put(g, ") end)\nb = try(function() return client:sync(\"setCustomer\", "
               "{ ");
        write_fields(g, false);
        put(g, " }) end)\n");
        g->statements++;
    }
    put(g, "end\n");
}

static void write_script(struct bytes from, struct buf *out)
{
    typedef void write(struct grammar * g);
    static write *const shapes[] = {write_map,  write_map, write_plan,
                                    write_load, write_map, write_tried_plan,
                                    write_drive};
    struct grammar g = {.from = from, .out = out};
    buf_puts(out, head);
    shapes[take_below(&g.from, COUNT(shapes))](&g);
    if (getenv("FUZZ_SHOW") != NULL)
        fprintf(stderr, "%s\n", buf_text(out));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const struct script_limits limits = {.memory = 16 << 20,
                                                .instructions = 100000,
                                                .seconds = 1,
                                                .records = 50};
    struct bytes from = {bytes, len};
    struct err err = {.text = ""};
    struct buf out = {0};
    write_script(from, &out);
    write_bytes("m.lua", out.at, out.len);
    taken_begin();
    struct script *script = script_open("m.lua", &limits, true, &err);
    demand_shown(err.text);
    const struct script_client client = {&from, fake_sync, fake_get};
    if (script != NULL) {
        script_enter(script);
        for (unsigned i = 0; i < script_count(script) && i < 2; i++)
            map_rows(script, i);
        if (script_count(script) == 0 &&
            !script_drive(script, (const char *const[]){file, NULL}, &client,
                          &err))
            demand_shown(err.text);
        script_leave(script);
    }
    script_free(script);
    buf_release(&out);
    return 0;
}
