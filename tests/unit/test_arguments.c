/* Command lines: whose options they are, where values and operands stand, and
 * what is refused. */
#include "cmd/arguments.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/options.h"

enum { OWN_TIMES, OWN_BRIEF };

static const struct own_option own[] = {
    [OWN_TIMES] = {"times", "N", "how often"},
    [OWN_BRIEF] = {"brief", NULL, "in fewer words"},
    {NULL, NULL, NULL},
};

static const char *const shared[] = {"server", "batch_bytes", "bodies",
                                     "source", "json",        NULL};

static const struct command command = {
    .name = "try",
    .usage = "fastsync try MAPPING.lua [INPUT]",
    .own = own,
    .options = shared,
    .operands_min = 1,
    .operands_max = 2,
};

static struct arguments arguments;
static struct err err;

/* Words parted by single blanks, after the command's name. */
static bool parse(const char *line)
{
    static char text[512];
    char *words[32];
    size_t count = 0;
    snprintf(text, sizeof text, "%s", line);
    for (char *at = text; *at != '\0' && count < 31; count++) {
        words[count] = at;
        at += strcspn(at, " ");
        if (*at == ' ')
            *at++ = '\0';
    }
    words[count] = NULL;
    err = (struct err){.text = ""};
    return arguments_parse(&arguments, &command, words, &err);
}

static void refused(const char *line, const char *message)
{
    ck_assert_msg(!parse(line), "%s", line);
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_str_eq(err.text, message);
    arguments_release(&arguments);
}

START_TEST(every_table)
{
    ck_assert(parse("m.lua --url https://a.vn --batch-bytes=2K --json --times "
                    "3 --brief --delimiter ; --bodies=- kh.csv"));
    ck_assert_str_eq(arguments.config.url, "https://a.vn");
    ck_assert_uint_eq(arguments.config.batch_bytes, 2048);
    ck_assert_str_eq(arguments.config.bodies, "-");
    ck_assert_str_eq(config_origin(&arguments.config, "batch_bytes"),
                     "--batch-bytes");
    ck_assert(arguments.json && !arguments.help);
    ck_assert_str_eq(arguments.own[OWN_TIMES], "3");
    ck_assert_str_eq(arguments.own[OWN_BRIEF], "yes");
    ck_assert_uint_eq(arguments.override_count, 1);
    ck_assert_str_eq(arguments.overrides[0].name, "delimiter");
    ck_assert_str_eq(arguments.overrides[0].text, ";");
    ck_assert_uint_eq(arguments.count, 2);
    ck_assert_str_eq(arguments.operands[1], "kh.csv");
    arguments_release(&arguments);
}
END_TEST

START_TEST(words)
{
    ck_assert(parse("-o x.ndjson -q - -- --batch"));
    ck_assert_str_eq(arguments.config.bodies, "x.ndjson");
    ck_assert_int_eq(arguments.log.level, LOG_WARN);
    ck_assert_uint_eq(arguments.count, 2);
    ck_assert_str_eq(arguments.operands[0], "-");
    ck_assert_str_eq(arguments.operands[1], "--batch");
    arguments_release(&arguments);
    ck_assert(parse("m.lua --times 1 --times 2")); /* every time it is given */
    ck_assert_str_eq(arguments.own[OWN_TIMES], "1\n2");
    arguments_release(&arguments);
    ck_assert(parse("--help")); /* asks for no operand */
    ck_assert(arguments.help);
    arguments_release(&arguments);
}
END_TEST

START_TEST(refusals)
{
    refused("", "usage: fastsync try MAPPING.lua [INPUT]");
    refused("a b c", "c: unexpected argument; usage: fastsync try MAPPING.lua "
                     "[INPUT]");
    refused("a --batch 7", "--batch: fastsync try has no such option; "
                           "fastsync run has it");
    refused("a --password x", "--password: fastsync try has no such option; "
                              "did you mean --password-file?");
    refused("a --zzzzzz", "--zzzzzz: fastsync try has no such option; see "
                          "fastsync try --help");
    refused("a -x", "-x: fastsync try has no such option; see fastsync try "
                    "--help");
    refused("a --times", "--times needs a value: N");
    refused("a --brief=1", "--brief takes no value");
    refused("a --color=red", "--color: \"red\" is not auto, always or never");
    refused("a --batch-bytes 1", "--batch-bytes: 1 is not between 1024 and "
                                 "268435456");
}
END_TEST

/* What is found by name is what the help shows. */
START_TEST(all_are_shown)
{
    struct option_cursor all = {.command = &command};
    struct option option;
    unsigned count = 0;
    bool secret = false, bodies = false;
    while (options_next(&all, &option)) {
        ck_assert_ptr_nonnull(option.help);
        secret |= strcmp(option.name, "password") == 0;
        bodies |=
            option.shorthand != NULL && strcmp(option.shorthand, "-o") == 0;
        if (count < 2)
            ck_assert_str_eq(option.name, own[count].name);
        count++;
    }
    ck_assert(bodies && !secret);
    ck_assert_uint_gt(count, 15);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("arguments");
    TCase *c = tcase_create("arguments");
    tcase_add_test(c, every_table);
    tcase_add_test(c, words);
    tcase_add_test(c, refusals);
    tcase_add_test(c, all_are_shown);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
