/* The small readers of bytes that nobody vouches for, one chosen by the first
 * byte: what shows a text, what takes secrets out of one, text functions on
 * values of every type, patterns of paths, URLs, dates of tokens, the answer of
 * the server to a script. */
#include "fuzz.h"

#include <strings.h>

#include "base/json.h"
#include "base/nearest.h"
#include "base/nfc.h"
#include "base/unseen.h"
#include "config/config.h"
#include "decode/carried.h"
#include "decode/paths/pattern.h"
#include "form/form.h"
#include "net/scrub.h"
#include "record.h"
#include "text/text.h"
#include "warning.h"

int LLVMFuzzerInitialize(int *count, char ***words)
{
    struct err err;
    (void)count;
    (void)words;
    use_own_folder();
    be_quiet();
    demand(forms_load(&err) != NULL);
    demand(mkdir("a", 0700) == 0 && mkdir("a/[b]", 0700) == 0);
    write_bytes("a/x.csv", "A\n1\n", 4);
    write_bytes("a/[b]/y-1.csv", "A\n1\n", 4);
    write_bytes("-.csv", "A\n1\n", 4);
    return 0;
}

/* Whatever the bytes, what is shown steers nothing; shown again it stays. */
static void show(struct bytes from)
{
    const char *text = (const char *)from.at;
    struct buf shown = {0}, again = {0};
    struct err err;
    show_add(&shown, text, from.left);
    demand(memchr(buf_text(&shown), '\0', shown.len) == NULL);
    demand_shown(buf_text(&shown));
    show_add(&again, buf_text(&shown), shown.len);
    demand_same(&again, &shown);
    if (show_plain(text, from.left) == from.left)
        demand(shown.len == from.left);
    char *whole = text_of_bytes(from);
    err_set(&err, EXIT_USAGE, "%s", whole);
    demand_shown(err.text);
    err_prefix(&err, "%s", whole);
    demand_shown(err.text);
    free(whole);
    buf_release(&shown);
    buf_release(&again);
}

/* JSON that is shown is the same JSON. */
static void show_whole_json(struct bytes from)
{
    struct buf json = {0}, shown = {0};
    struct json_reader reader;
    struct buf mended = {0};
    utf8_mend(&mended, (const char *)from.at, from.left);
    json_string(&json, buf_text(&mended), mended.len);
    show_json(&shown, json.at, json.len);
    demand_shown(buf_text(&shown));
    json_open(&reader, shown.at, shown.len);
    demand(json_next(&reader) == JSON_STRING);
    demand(
        reader.len == mended.len &&
        (mended.len == 0 || memcmp(reader.text, mended.at, mended.len) == 0));
    demand(json_next(&reader) == JSON_END);
    json_close(&reader);
    buf_release(&mended);
    buf_release(&json);
    buf_release(&shown);
}

/* The first word is the secret. */
static void strike(struct bytes from)
{
    struct bytes first = take_until(&from, ' ');
    char *secret = text_of_bytes(first), *text = text_of_bytes(from);
    char *copy = text_of_bytes(from);
    char line[128];
    size_t room = take_below(&from, sizeof line);
    scrub(text, secret);
    if (strlen(secret) >= 3 && strchr(secret, '*') == NULL)
        demand(strstr(text, secret) == NULL);
    demand(strlen(text) <= strlen(copy) + 3 * strlen(copy));
    scrub_userinfo(copy);
    demand(one_line(line, room, copy, strlen(copy)) == strlen(line));
    demand(strlen(line) <= room);
    demand_shown(line);
    free(secret);
    free(text);
    free(copy);
}

static void measure(struct bytes from)
{
    struct buf text = {0}, nfc = {0}, twice = {0};
    utf8_mend(&text, (const char *)from.at, from.left);
    const char *start = buf_text(&text), *end = start + text.len;
    demand(utf8_valid(start, text.len) == text.len);
    utf8_nfc(&nfc, start, text.len);
    demand(utf8_valid(buf_text(&nfc), nfc.len) == nfc.len);
    utf8_nfc(&twice, buf_text(&nfc), nfc.len);
    demand_same(&twice, &nfc);
    size_t units = utf8_units(start, text.len);
    demand(units <= text.len && utf8_runes(start, text.len) <= units);
    for (size_t most = 0; most < 8; most++) {
        size_t cut = utf8_cut(start, text.len, most);
        demand(cut <= text.len && utf8_units(start, cut) <= most);
        demand(utf8_valid(start, cut) == cut);
    }
    unseen_trim(&start, &end);
    utf8_trim(&start, &end);
    demand(start <= end);
    buf_release(&text);
    buf_release(&nfc);
    buf_release(&twice);
}

/* A value of any type, of the bytes up to the next 0x1E. */
static struct value make_value(struct bytes *from, struct arena *arena)
{
    unsigned kind = take(from);
    struct bytes part = take_until(from, 0x1E);
    struct buf mended = {0};
    struct value value = {.type = VALUE_NIL};
    utf8_mend(&mended, (const char *)part.at, part.left);
    char *copy = arena_alloc(arena, mended.len + 1);
    memcpy(copy, buf_text(&mended), mended.len);
    value = value_text(copy, mended.len);
    buf_release(&mended);
    switch (kind % 12) {
    case 0:
        return (struct value){.type = VALUE_NIL};
    case 1:
        return (struct value){.type = VALUE_BOOL, .truth = part.left % 2};
    case 2:
        return (struct value){.type = VALUE_EMPTY};
    case 3:
        memcpy(&value, &(struct value){.type = VALUE_INT}, sizeof value);
        memcpy(&value.integer, part.at, part.left < 8 ? part.left : 8);
        return value;
    case 4:
        memcpy(&value, &(struct value){.type = VALUE_NUMBER}, sizeof value);
        memcpy(&value.number, part.at, part.left < 8 ? part.left : 8);
        return value;
    case 5: {
        struct value *list = arena_alloc(arena, 2 * sizeof *list);
        list[0] = list[1] = value;
        list[1].flags = VALUE_ANY;
        return (struct value){.type = VALUE_LIST, .list = list, .len = 2};
    }
    default:
        return value;
    }
}

static bool find_nothing(void *table, const struct value *key,
                         struct value *found)
{
    *found = *key;
    return table != NULL && key->len % 2 == 0;
}

static void no_keys(void *table, struct text_known *known)
{
    (void)table;
    text_known_add(known, value_text("a", 1));
}

static bool match_all(void *host, const struct value *text,
                      const struct value *pattern, struct value *found,
                      struct text_call *call)
{
    (void)host;
    (void)pattern;
    (void)call;
    *found = *text;
    return true;
}

/* The arguments of kinds that are checked before a call. */
static struct value make_argument(struct bytes *from, struct arena *arena,
                                  unsigned kind)
{
    struct value value = make_value(from, arena);
    unsigned base = kind & ARG_KIND;
    if (base == ARG_LOOKUP || base == ARG_ROWS || base == ARG_OPTIONS)
        return (struct value){.type = VALUE_NIL};
    if (base == ARG_INTEGER)
        return (struct value){.type = VALUE_INT,
                              .integer = (int64_t)(int8_t)take(from)};
    if (base == ARG_STRING && value.type != VALUE_TEXT)
        return value_text(",", 1);
    return value;
}

static const struct text_function *any_function(struct bytes *from)
{
    const struct text_function *const *all = text_functions();
    unsigned count = 0;
    while (all[count] != NULL)
        count++;
    return all[take_below(from, count)];
}

/* What a function answers is a value like those it is given. */
static void check_answer(const struct value *answer)
{
    if (answer->type == VALUE_TEXT && !text_is_same(answer))
        demand(utf8_valid(answer->text, answer->len) == answer->len);
    struct buf json = {0};
    if (!text_is_same(answer))
        value_json(&json, answer);
    buf_release(&json);
}

static bool find_no_row(const struct text_rows *rows, struct text_call *call,
                        const struct value *key, const struct value *otherwise,
                        struct value *answer)
{
    (void)rows;
    *answer = *otherwise;
    return otherwise->type != VALUE_NIL || text_blank(key) ||
           text_refuse(call, "%s: none", text_show(call, key));
}

static void call_text(struct bytes from)
{
    const struct text_function *function = any_function(&from);
    struct arena arena;
    struct value all[TEXT_SHAPE + 4], options[TEXT_MAX_OPTIONS], answer;
    struct text_lookup lookup = {all, find_nothing, no_keys};
    static const struct text_rows rows = {.find = find_no_row};
    unsigned count = 0, rest = 0;
    arena_init(&arena);
    for (; count < TEXT_SHAPE && function->shape[count] != ARG_NONE &&
           (function->shape[count] & ARG_KIND) != ARG_REST;
         count++)
        all[count] = make_argument(&from, &arena, function->shape[count]);
    if (count < TEXT_SHAPE && (function->shape[count] & ARG_KIND) == ARG_REST)
        for (rest = take_below(&from, 5); rest > 0; rest--)
            all[count++] = make_argument(&from, &arena, ARG_ANY);
    for (unsigned i = 0; i < TEXT_MAX_OPTIONS; i++)
        options[i] = (struct value){.type = VALUE_NIL};
    struct warnings warnings = {.arena = &arena};
    struct text_call call = {.arena = &arena,
                             .remarks = true,
                             .warnings = &warnings,
                             .match = match_all};
    const struct text_args args = {.all = all,
                                   .count = count,
                                   .lookup = &lookup,
                                   .rows = &rows,
                                   .options = options,
                                   .name = function->name};
    answer = (struct value){.type = VALUE_NIL};
    if (function->call(&call, &args, &answer))
        check_answer(&answer);
    else
        demand(call.reason != NULL &&
               utf8_valid(call.reason, strlen(call.reason)) ==
                   strlen(call.reason));
    buf_release(&call.scratch);
    arena_release(&arena);
}

/* Records of any values: valid JSON, or faults. */
static void encode(struct bytes from)
{
    const struct form *form = form_find("setCustomer");
    struct value values[FORM_MAX_FIELDS];
    struct arena arena;
    struct buf out = {0};
    arena_init(&arena);
    struct warnings warnings = {.arena = &arena};
    struct faults *faults = mem_zero(1, sizeof *faults);
    faults->arena = &arena;
    faults->warnings = &warnings;
    for (unsigned i = 0; i < form->count; i++)
        values[i] = make_value(&from, &arena);
    bool good = form_encode(form, values, faults, &out);
    demand(good == (faults->count == 0) && good == (out.len > 0));
    demand(out.len <= form->room);
    if (good) {
        struct json_reader reader;
        json_open(&reader, out.at, out.len);
        demand(json_skip(&reader, json_next(&reader)));
        demand(json_next(&reader) == JSON_END);
        json_close(&reader);
    }
    free(faults);
    buf_release(&out);
    arena_release(&arena);
}

static void expand(struct bytes from)
{
    struct err err = {.text = ""};
    struct paths paths;
    struct spec spec;
    spec_init(&spec);
    spec.picked = take(&from) % 2 == 1;
    spec.path = text_of_bytes(from);
    if (*spec.path != '\0' && *spec.path != '/') {
        bool there = pattern_paths(&spec, &paths, &err);
        demand(!there || paths.files.count > 0);
        paths_release(&paths);
    }
    demand_shown(err.text);
    spec_release(&spec);
}

/* A URL that is taken sends no password over an open line. */
static void look_at_url(struct bytes from)
{
    struct config config;
    struct err err = {.text = ""};
    config_init(&config);
    config.silent = true;
    char *proxy = text_of_bytes(take_until(&from, '\n'));
    char *url = text_of_bytes(from);
    config_set(&config, "url", url, RANK_OPTION, "--url", &err);
    config_set(&config, "proxy", proxy, RANK_OPTION, "--proxy", &err);
    if (config_check_url(&config, &err))
        demand(strncmp(config.url, "https://", 8) == 0 ||
               config_loopback(config.url) ||
               strncasecmp(url, "https", 5) == 0);
    demand_shown(err.text);
    config_release(&config);
    free(url);
    free(proxy);
}

static void carry(struct bytes from)
{
    struct carried carried;
    struct buf out = {0};
    char *text = text_of_bytes(from);
    if (carried_read(text, &carried)) {
        const struct reject reject = {.carried = text};
        carried_put(&out, &reject);
        struct carried again;
        demand(carried_read(buf_text(&out), &again));
        demand(again.about == carried.about);
        demand(strcmp(again.key, carried.key) == 0);
    }
    buf_release(&out);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    typedef void reader(struct bytes from);
    static reader *const readers[] = {
        show,   show_whole_json, strike,      measure, call_text, call_text,
        encode, expand,          look_at_url, carry,   call_text};
    struct bytes from = {bytes, len};
    if (len == 0)
        return 0;
    readers[take_below(&from, sizeof readers / sizeof *readers)](from);
    return 0;
}
