/* config: quotes in a file, and what is told of credentials that are refused.
 * Each test works in a folder of its own. */
#include "config_folder.h"

/* One line of a file, and the password that it gives; NULL: refused. */
static const char *const lines[][2] = {
    /* clang-format off */
    {"password = \"x\"", "x"},
    {"password = 'x'", "x"},
    {"password=\"s3 ;cr#et\"", "s3 ;cr#et"},
    {"password = s3 ;cr#et", "s3"},
    {"password = s3;cr#et", "s3;cr#et"},
    {"password = s3 #cret", "s3 #cret"},
    {"password = \"  x  \"  ; a comment", "  x  "},
    {"password = 'x' # a comment", "x"},
    {"  password : \"a=b:c\"\r", "a=b:c"},
    {"password = '\"x\"'", "\"x\""},
    {"password = \"it's\"", "it's"},
    {"password = it's \"x\"", "it's \"x\""},
    {"password = x\"", "x\""},
    {"password = \"mật khẩu ;\"", "mật khẩu ;"},
    {"password = \"\"", ""},
    {"password = \"x", NULL},
    {"password = 'x\"", NULL},
    {"password = \"x\"y", NULL},
    {"password = \"x\" y", NULL},
    {"password = \"x ;\"y\"", NULL},
    /* clang-format on */
};

START_TEST(a_line)
{
    char text[200];
    snprintf(text, sizeof text, "[default]\n%s\n", lines[_i][0]);
    write_file("fastsync.ini", 0600, text);
    trust_file("fastsync.ini");
    bool good = config_load(&config, &err);
    if (lines[_i][1] != NULL) {
        ck_assert_str_eq(err.text, "");
        ck_assert_str_eq(config.password, lines[_i][1]);
        return;
    }
    ck_assert(!good);
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_str_eq(err.text, "fastsync.ini:2: password: it begins with a "
                               "quote and does not end with the same one (put "
                               "the whole in the other kind of quotes)");
}
END_TEST

START_TEST(other_settings)
{
    write_file("fastsync.ini", 0600,
               "url = \"https://x.vn\" ; of the test\nbatch = '7'\n"
               "password_file = \"my secrets/fast\"\n"
               "password_command = \"/opt/a b/pass\" show \"fast\" ; ours\n"
               "[other]\npassword_command = \"pass show fast\"\n");
    trust_file("fastsync.ini");
    ck_assert_msg(config_load(&config, &err), "%s", err.text);
    ck_assert_str_eq(config.url, "https://x.vn");
    ck_assert_uint_eq(config.batch, 7);
    ck_assert_str_eq(config.password_file, "my secrets/fast");
    ck_assert_str_eq(config.password_command,
                     "\"/opt/a b/pass\" show \"fast\"");
    config_release(&config);
    config_init(&config);
    ck_assert(config_set(&config, "profile", "other", RANK_OPTION, "x", &err));
    ck_assert_msg(config_load(&config, &err), "%s", err.text);
    ck_assert_str_eq(config.password_command, "pass show fast");
}
END_TEST

/* What is told when the login fails. */
static const struct {
    const char *file, *secret, *environment, *says;
} doubts[] = {
    /* clang-format off */
    {"password = s3 ;cr#et\n", "", NULL,
     "; password (fastsync.ini:3) ends before its \";\", which begins a comment: put it in quotes"},
    {"password = \"x\"\n", "", NULL, "; password (fastsync.ini:3) was read without the quotes around it"},
    {"password = x\n", "", NULL, ""},
    {"password = \u201cx\u201d\n", "", NULL,
     "; password (fastsync.ini:3) stands in quotes, and they are part of it"},
    {"password_file = secret ; of the test\n", "x\n", NULL, ""},
    {"password_file = 'secret'\n", "x\n", NULL, ""},
    {"password_file = secret\n", "\"x\"\n", NULL,
     "; password_file (fastsync.ini:3) stands in quotes, and they are part of it"},
    {"password_file = secret\n", "x \n", NULL,
     "; password_file (fastsync.ini:3) begins or ends with a blank, which is part of it"},
    {"password_command = echo \"'x'\"\n", "", NULL,
     "; password_command (fastsync.ini:3) stands in quotes, and they are part of it"},
    {"password = s3 ;cr#et\n", "", "x", ""},
    {"password = s3 ;cr#et\n", "", "'x'",
     "; password (FASTSYNC_PASSWORD) stands in quotes, and they are part of it"},
    {"password = s3 ;cr#et\npassword = x\n", "", NULL, ""},
    {"password = x\nusername = a ;b\n", "", NULL,
     "; username (fastsync.ini:4) ends before its \";\", which begins a comment: put it in quotes"},
    {"token = \"x\"\n", "", NULL, "; token (fastsync.ini:3) was read without the quotes around it"},
    {"[other]\npassword = s3 ;cr#et\n[default]\npassword = x\n", "", NULL, ""},
    /* clang-format on */
};

START_TEST(a_doubt)
{
    char text[300], said[CONFIG_DOUBT];
    snprintf(text, sizeof text, "url = https://x.vn\nusername = partner\n%s",
             doubts[_i].file);
    write_file("fastsync.ini", 0600, text);
    write_file("secret", 0600, doubts[_i].secret);
    trust_file("fastsync.ini");
    if (doubts[_i].environment != NULL) {
        setenv("FASTSYNC_PASSWORD", doubts[_i].environment, 1);
        setenv("FASTSYNC_URL", "https://x.vn", 1);
    }
    ck_assert_msg(config_load(&config, &err) && config_connect(&config, &err),
                  "%s", err.text);
    unsetenv("FASTSYNC_PASSWORD");
    ck_assert_str_eq(config_doubt(&config, said, sizeof said), doubts[_i].says);
}
END_TEST

/* What an editor puts in front is no part of a secret. */
START_TEST(marks)
{
    static const struct {
        const char *text, *password, *says;
    } all[] = {
        {"\xef\xbb\xbfx\r\n", "x", ""},
        {"\xef\xbb\xbfm\u1eadt\n", "m\u1eadt", ""},
        {"\xef\xbb\xbf", NULL,
         "password_file: secret: its first line is empty"},
        {"\xef\xbb\xbf\nx\n", NULL,
         "password_file: secret: its first line is empty"},
        {"x\xef\xbb\xbf\n", "x\xef\xbb\xbf", ""},
        {"\xff\xfex", NULL,
         "password_file: secret: it is UTF-16; save it as UTF-8"},
        {"\xfe\xffx", NULL,
         "password_file: secret: it is UTF-16; save it as UTF-8"},
    };
    write_file("secret", 0600, all[_i].text);
    char *secret = config_secret("password_file", "secret", &err);
    ck_assert_str_eq(err.text, all[_i].says);
    if (all[_i].password != NULL)
        ck_assert_str_eq(secret, all[_i].password);
    else
        ck_assert_ptr_null(secret);
    free(secret);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("config_quotes");
    TCase *c = tcase_create("config_quotes");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_loop_test(c, a_line, 0, sizeof lines / sizeof *lines);
    tcase_add_test(c, other_settings);
    tcase_add_loop_test(c, a_doubt, 0, sizeof doubts / sizeof *doubts);
    tcase_add_loop_test(c, marks, 0, 7);
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
