/* config: shares, and the guards that a mapping's options ask for. */
#include "script_run.h"

#include "config/config.h"

static struct config config;

static bool set(const char *name, const char *value, enum config_rank rank)
{
    return config_set(&config, name, value, rank, "x", &err);
}

START_TEST(shares)
{
    static const struct {
        const char *text;
        double share; /* negative: it is none */
    } all[] = {
        {"5%", 0.05},     {"0.05", 0.05}, {"0", 0},         {"1", 1},
        {"0%", 0},        {"100%", 1},    {"12.5%", 0.125}, {".5", 0.5},
        {"0.1%", 0.001},  {"101%", -1},   {"1.01", -1},     {"5", -1},
        {"x", -1},        {"", -1},       {"%", -1},        {".%", -1},
        {"1e-05", 1e-05}, {".", -1},      {"-5%", -1},      {"-0.1", -1},
        {" 5%", -1},      {"5% ", -1},    {"5 %", -1},      {"5%%", -1},
        {"5%x", -1},      {"nan", -1},    {"inf", -1},      {"1e999", -1},
        {"+5%", -1},      {"5,5%", -1},   {"0x1", -1},      {"0x1p-2", -1},
    };
    config_init(&config);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char expected[128];
        snprintf(expected, sizeof expected,
                 "x: \"%s\" is not a share from 0%% to 100%%", all[i].text);
        bool good = set("max_rejected", all[i].text, RANK_OPTION);
        ck_assert_msg(good == (all[i].share >= 0), "\"%s\"", all[i].text);
        if (good)
            ck_assert_double_eq(config.max_rejected, all[i].share);
        else
            ck_assert_str_eq(err.text, expected);
    }
    config_release(&config);
}
END_TEST

START_TEST(defaults)
{
    config_init(&config);
    ck_assert_double_eq(config.max_rejected, 0.5);
    ck_assert_double_eq(config.max_shrink, 0.5);
    ck_assert_uint_eq(config.min_rows, 1);
    ck_assert_int_eq(config_rank(&config, "max_rejected"), RANK_DEFAULT);
    ck_assert_int_eq(config_rank(&config, "nothing"), RANK_DEFAULT);
    ck_assert(set("max_rejected", "1%", RANK_MAPPING));
    ck_assert_int_eq(config_rank(&config, "max_rejected"), RANK_MAPPING);
    ck_assert(set("max_rejected", "2%", RANK_OPTION));
    ck_assert(set("max_rejected", "3%", RANK_MAPPING));
    ck_assert_double_eq(config.max_rejected, 0.02);
    config_release(&config);
}
END_TEST

/* The options of a mapping, one after the other: "name=value ". */
static const char *options_of(const char *options)
{
    static char text[400];
    char all[600];
    snprintf(all, sizeof all,
             HEAD "return fast.setCustomer { map = print, options = %s }",
             options);
    make_folder();
    text[0] = '\0';
    if (open_text(all)) {
        const struct mapping *mapping = script_mapping(script, 0);
        for (unsigned i = 0; i < mapping->option_count; i++) {
            size_t len = strlen(text);
            snprintf(text + len, sizeof text - len, "%s=%s ",
                     mapping->options[i].name, mapping->options[i].value);
        }
    } else {
        snprintf(text, sizeof text, "%s", err.text);
    }
    close_all();
    remove_folder();
    return text;
}

START_TEST(in_a_script)
{
    ck_assert_str_eq(
        options_of("{ rate = 5, guard = { max_rejected = '5%', min_rows = 1, "
                   "max_shrink = 0.25 }, batch = 10 }"),
        "batch=10 max_rejected=5% max_shrink=0.25 min_rows=1 rate=5 ");
    ck_assert_str_eq(options_of("{ guard = {} }"), "");
    /* Outside of it they mean the same. */
    ck_assert_str_eq(options_of("{ max_rejected = '5%' }"), "max_rejected=5% ");
    contains(options_of("{ guard = '5%' }"),
             "options: guard is a table, { max_rejected = \"5%\", min_rows = "
             "1, max_shrink = \"50%\" }");
    contains(options_of("{ guard = true }"), "options: guard is a table");
    contains(options_of("{ guard = { '5%' } }"),
             "options: a preference has a name");
    contains(options_of("{ guard = { max_rejected = {} } }"),
             "options: max_rejected is a table");
    contains(options_of("{ batch = {} }"), "options: batch is a table");
    ck_assert_str_eq(options_of("{ guard = { guard = 3 } }"), "guard=3 ");
}
END_TEST

/* What stands in the script is what the settings take. */
START_TEST(from_the_script_to_the_settings)
{
    static const struct {
        const char *value;
        double share;
    } all[] = {{"'5%'", 0.05}, {"0.05", 0.05}, {"1", 1},
               {"1.0", 1},     {"0", 0},       {"1e-5", 1e-5}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char text[128];
        config_init(&config);
        snprintf(text, sizeof text, "{ guard = { max_shrink = %s } }",
                 all[i].value);
        const char *value = strchr(options_of(text), '=') + 1;
        snprintf(text, sizeof text, "%s", value);
        text[strcspn(text, " ")] = '\0';
        ck_assert_msg(set("max_shrink", text, RANK_MAPPING), "%s", err.text);
        ck_assert_double_eq(config.max_shrink, all[i].share);
        config_release(&config);
    }
    config_init(&config);
    ck_assert(!set("guard", "3", RANK_MAPPING)); /* no setting of that name */
    config_release(&config);
}
END_TEST

int main(void)
{
    TCase *t = script_case();
    tcase_add_test(t, shares);
    tcase_add_test(t, defaults);
    tcase_add_test(t, in_a_script);
    tcase_add_test(t, from_the_script_to_the_settings);
    return script_suite(t);
}
