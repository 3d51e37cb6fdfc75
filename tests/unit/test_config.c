/* config: values, precedence, files, and the rules about secrets. Each test
 * works in a folder of its own, with an environment of its own. */
#include "config_folder.h"

static bool set(const char *name, const char *value)
{
    char where[64];
    snprintf(where, sizeof where, "--%s", name);
    return config_set(&config, name, value, RANK_OPTION, where, &err);
}

/* Loads; `says`: the whole error, NULL: it must be good. */
static void load(const char *says)
{
    bool good = config_load(&config, &err);
    ck_assert_str_eq(good ? "" : err.text, says ? says : "");
    ck_assert(good || err.code == EXIT_USAGE);
}

static void connect(const char *says)
{
    bool good = config_connect(&config, &err);
    ck_assert_str_eq(good ? "" : err.text, says ? says : "");
    ck_assert(good || err.code == EXIT_USAGE);
}

START_TEST(defaults)
{
    ck_assert_uint_eq(config.batch, 500);
    ck_assert_uint_eq(config.batch_bytes, 1 << 20);
    ck_assert_uint_eq(config.concurrency, 4);
    ck_assert_uint_eq(config.rate, 0);
    ck_assert_uint_eq(config.retry_for, 300);
    ck_assert_uint_eq(config.timeout, 60);
    ck_assert_str_eq(config.profile, "default");
    ck_assert(!config.full && config.url == NULL);
    load(NULL);
}
END_TEST

START_TEST(values)
{
    static const struct {
        const char *name, *value, *says;
    } all[] = {
        {"batch", "7", ""},
        {"batch", "0", "--batch: 0 is not between 1 and 100000"},
        {"batch", "100001", "--batch: 100001 is not between 1 and 100000"},
        {"batch", "x", "--batch: \"x\" is not a whole number"},
        {"batch", "", "--batch: \"\" is not a whole number"},
        {"batch", "-5", "--batch: \"-5\" is not a whole number"},
        {"batch", "5K", "--batch: \"5K\" is not a whole number"},
        {"batch", "99999999999999999999999",
         "--batch: 99999999999999999999999 is not between 1 and 100000"},
        {"batch_bytes", "512K", ""},
        {"batch_bytes", "256M", ""},
        {"batch_bytes", "257M",
         "--batch_bytes: 257M is not between 1024 and 268435456"},
        {"batch_bytes", "2 MiB", ""},
        {"batch_bytes", "5Q",
         "--batch_bytes: \"5Q\" is not a size in bytes, such as 1048576, 512K "
         "or "
         "1M"},
        {"batch_bytes", "17179869185G",
         "--batch_bytes: 17179869185G is not between 1024 and 268435456"},
        {"full", "yes", ""},
        {"full", "OFF", ""},
        {"full", "maybe", "--full: \"maybe\" is neither yes nor no"},
        {"auth_scheme", "Bearer", ""},
        {"auth_scheme", "basic",
         "--auth_scheme: \"basic\" is neither bare nor bearer"},
        {"bacth", "5", "--bacth: no such setting; did you mean batch?"},
        {"zzzzzzzzzz", "5", "--zzzzzzzzzz: no such setting"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bool good = set(all[i].name, all[i].value);
        ck_assert_str_eq(good ? "" : err.text, all[i].says);
    }
    ck_assert_uint_eq(config.batch, 7);
    ck_assert_uint_eq(config.batch_bytes, 2 << 20);
    ck_assert(!config.full);
}
END_TEST

START_TEST(precedence)
{
    mkdir(".config", 0700);
    mkdir(".config/fastsync", 0700);
    write_file(".config/fastsync/fastsync.ini", 0644,
               "[default]\nbatch=1\nconcurrency=1\nrate=1\ntimeout=1\n");
    write_file("fastsync.ini", 0644,
               "[default]\nbatch=2\nconcurrency=2\nrate=2\n");
    write_file("mine.ini", 0644, "[default]\nbatch=3\nconcurrency=3\n");
    setenv("FASTSYNC_BATCH", "4", 1);
    setenv("FASTSYNC_RATE", "", 1);
    ck_assert(set("config", "mine.ini"));
    load(NULL);
    ck_assert(config_set(&config, "timeout", "9", RANK_MAPPING, "m", &err));
    ck_assert(config_set(&config, "retry_for", "9", RANK_MAPPING, "m", &err));
    ck_assert_uint_eq(config.batch, 4);
    ck_assert_uint_eq(config.concurrency, 3);
    ck_assert_uint_eq(config.rate, 2);
    ck_assert_uint_eq(config.timeout, 1);
    ck_assert_uint_eq(config.retry_for, 9);
    ck_assert(set("batch", "5") && set("batch", "6"));
    ck_assert_uint_eq(config.batch, 6);
    ck_assert_int_eq(config_rank(&config, "batch"), RANK_OPTION);
}
END_TEST

START_TEST(grants_add_up)
{
    char path[128];
    /* What a folder's file grants counts once it is trusted. */
    write_file("fastsync.ini", 0644,
               "[default]\nallow_read = in\nallow_env = A\n");
    write_file("mine.ini", 0644,
               "[default]\nallow_read = /a\nallow_read = /b\n"
               "[other]\nallow_read = /c\n");
    setenv("FASTSYNC_ALLOW_ENV", "B", 1);
    ck_assert(set("config", "mine.ini") && set("allow_read", "/x"));
    ck_assert(set("allow_read", "/y") && set("allow_read", "/x"));
    ck_assert(!set("allow_read", "") && !set("allow_env", "A\nB"));
    load(NULL);
    snprintf(path, sizeof path, "/x\n/y\n/a\n/b");
    ck_assert_str_eq(config.allow_read, path);
    ck_assert_str_eq(config.allow_env, "B");
    ck_assert_str_eq(config_origin(&config, "allow_read"), "--allow_read");
    ck_assert(!config_set(&config, "allow_env", "C", RANK_MAPPING, "m", &err));
    ck_assert_str_eq(config.allow_env, "B");
}
END_TEST

START_TEST(folder_of_xdg)
{
    char path[128];
    mkdir("x", 0700);
    mkdir("x/fastsync", 0700);
    write_file("x/fastsync/fastsync.ini", 0644,
               "\xef\xbb\xbf; a comment\n\n[default]\n  batch = 11 ; so\n"
               "\tca_file = ca.pem\n  password_file = /abs\nstate = ~/s\n");
    snprintf(path, sizeof path, "%s/x", folder);
    setenv("XDG_CONFIG_HOME", path, 1);
    load(NULL);
    ck_assert_uint_eq(config.batch, 11);
    ck_assert_str_eq(config.password_file, "/abs");
    snprintf(path, sizeof path, "%s/x/fastsync/ca.pem", folder);
    ck_assert_str_eq(config.ca_file, path);
    snprintf(path, sizeof path, "%s/s", folder);
    ck_assert_str_eq(config.state, path);
}
END_TEST

START_TEST(profiles)
{
    write_file("fastsync.ini", 0644,
               "[default]\nbatch=2\nrate=3\n[trial]\nbatch=4\n");
    ck_assert(set("profile", "trial"));
    load(NULL);
    ck_assert_uint_eq(config.batch, 4);
    ck_assert_uint_eq(config.rate, 0);
    ck_assert(set("profile", "nobody"));
    load("no configuration file has a section [nobody]; name one with "
         "--config, or another --profile");
}
END_TEST

START_TEST(bad_files)
{
    static const struct {
        const char *text, *says;
    } all[] = {
        {"[default]\nurll = x\n",
         "fastsync.ini:2: urll: no such setting; did you mean url?"},
        {"[other]\n\nurll = x\n",
         "fastsync.ini:3: urll: no such setting; did you mean url?"},
        {"[default]\nbatch = many\n",
         "fastsync.ini:2: batch: \"many\" is not a whole number"},
        {"[default]\nwhat is this\n",
         "fastsync.ini:2: neither \"[section]\" nor \"name = value\""},
        {"[default\nbatch = 3\n",
         "fastsync.ini:1: neither \"[section]\" nor \"name = value\""},
        {"[default]\nprofile = x\n",
         "fastsync.ini:2: profile: a configuration file cannot set this; it is "
         "an option"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        write_file("fastsync.ini", 0644, all[i].text);
        load(all[i].says);
    }
    ck_assert(set("config", "missing.ini"));
    remove("fastsync.ini");
    load("missing.ini: No such file or directory");
    ck_assert(set("config", "."));
    load(".: is a folder");
}
END_TEST

START_TEST(long_lines)
{
    char text[400] = "[default]\ntoken = ";
    memset(text + strlen(text), 'x', 300);
    write_file("fastsync.ini", 0600, text);
    load("fastsync.ini:2: the line is too long; a long token is better given "
         "as FASTSYNC_TOKEN in the environment");
}
END_TEST

START_TEST(secrets_in_files)
{
    write_file("fastsync.ini", 0640, "[default]\npassword = p\n");
    load("fastsync.ini:2: a secret stands in a file that others can read; "
         "chmod 600 it, or use password_file");
    write_file("fastsync.ini", 0604, "[other]\ntoken = p\n");
    load("fastsync.ini:2: a secret stands in a file that others can read; "
         "chmod 600 it, or use password_file");
    write_file("fastsync.ini", 0600, "[default]\npassword = p\n");
    trust_file("fastsync.ini");
    load(NULL);
    ck_assert_str_eq(config.password, "p");
}
END_TEST

START_TEST(mappings_may_not)
{
    static const char *const all[] = {
        "url",           "password",         "token",      "username",
        "insecure_http", "password_command", "max_memory", "state"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        ck_assert(
            !config_set(&config, all[i], "1", RANK_MAPPING, "m.lua:3", &err));
        ck_assert_str_eq(err.text,
                         "m.lua:3: a mapping cannot set this; it belongs in "
                         "a configuration file, the environment or an option");
    }
}
END_TEST

#define PLAIN                                                                  \
    "is http://, which would send the password readable by everyone on the "   \
    "way; use https://, or set insecure_http = yes"
#define NO_URL "is not a URL; it looks like https://erp.example.vn"
#define QUOTED "begins or ends with a quotation mark; write it without"

START_TEST(urls)
{
    static const struct {
        const char *url, *says;
    } all[] = {
        {"https://erp.example.vn", NULL},
        {"https://erp.example.vn/prefix//", NULL},
        {"http://127.0.0.1:8787", NULL},
        {"http://127.9.9.9", NULL},
        {"http://localhost:1", NULL},
        {"http://[::1]:8787/", NULL},
        {"http://127.0.0.1.evil.example",
         "--url: \"http://127.0.0.1.evil.example\" " PLAIN},
        {"http://erp.example.vn", "--url: \"http://erp.example.vn\" " PLAIN},
        {"https://u:secret@erp.example.vn",
         "--url: must not hold a user name or password; set username and "
         "password_file"},
        {"ftp://erp.example.vn",
         "--url: \"ftp://erp.example.vn\" must begin with https://"},
        {"file:///etc/passwd", "--url: \"file:///etc/passwd\" " NO_URL},
        {"erp.example.vn", "--url: \"erp.example.vn\" " NO_URL},
        {"https://", "--url: \"https://\" " NO_URL},
        {"https://a b/", "--url: \"https://a b/\" " NO_URL},
        {"\"https://erp.example.vn\"",
         "--url: \"https://erp.example.vn\" " QUOTED},
        {"\"https://u:secret@erp.example.vn\"", "--url: " QUOTED},
        {"https://x.vn/?a=1", "--url: must not hold '?' or '#'"},
        {"https://x.vn/#a", "--url: must not hold '?' or '#'"},
    };
    ck_assert(set("token", "t"));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        ck_assert(set("url", all[i].url));
        connect(all[i].says);
    }
    ck_assert(set("url", "https://erp.example.vn/prefix//"));
    connect(NULL);
    ck_assert_str_eq(config.url, "https://erp.example.vn/prefix");
    ck_assert(set("insecure_http", "yes") && set("url", "http://x.vn"));
    connect(NULL);
    ck_assert(config_loopback("http://LOCALHOST/"));
    ck_assert(!config_loopback("http://localhost.x.vn/"));
}
END_TEST

START_TEST(what_is_missing)
{
    connect("which Fast server? set url in fastsync.ini, FASTSYNC_URL, or "
            "--url (--sandbox needs none)");
    set("url", "https://x.vn");
    connect("no user name is set: set username and password_file in "
            "fastsync.ini");
    set("username", "partner");
    connect("the password of partner is missing: set password_file or "
            "password_command in fastsync.ini");
}
END_TEST

START_TEST(passwords)
{
    set("url", "https://x.vn");
    set("username", "partner");
    set("password_file", "secret");
    connect("password_file: secret: No such file or directory");
    write_file("secret", 0600, "\nx\n");
    connect("password_file: secret: its first line is empty");
    write_file("secret", 0600, " p w \r\nrest\n");
    connect(NULL);
    ck_assert_str_eq(config.password, " p w ");
    connect(NULL); /* again */
    ck_assert_str_eq(config.password, " p w ");
}
END_TEST

START_TEST(commands)
{
    set("url", "https://x.vn");
    set("username", "partner");
    set("password_command", "echo word; echo >&2 said");
    connect(NULL);
    ck_assert_str_eq(config.password, "word");
    set("password_command", "printf '\\357\\273\\277one\\r\\n\\n'");
    connect(NULL);
    ck_assert_str_eq(config.password, "one");
    set("password_command", "printf 'one\\ntwo\\n'");
    connect("password_command: it prints more than one line, and may print the "
            "password alone (add | head -n 1)");
    ck_assert_ptr_null(config.password);
    set("password_command", "echo one; yes two");
    connect("password_command: it prints more than 4096 bytes; it may print "
            "the password alone, on one line");
    set("password_command", "printf 'one\\0two\\n'");
    connect("password_command: a NUL byte stands in its first line");
    set("password_command", "exit 3");
    connect("password_command: ended with exit code 3");
    ck_assert_ptr_null(config.password);
    set("password_command", "true");
    connect("password_command: its first line is empty");
}
END_TEST

static void say(const char *name, const char *value, enum config_rank rank)
{
    ck_assert(config_set(&config, name, value, rank, "x", &err));
}

START_TEST(the_higher_rank_gives_credentials)
{
    set("url", "https://x.vn");
    say("username", "u", RANK_FILE);
    say("password_file", "/nowhere", RANK_FILE);
    say("password", "p", RANK_ENVIRONMENT);
    connect(NULL);
    ck_assert_str_eq(config.password, "p");
    say("token", "t", RANK_FILE); /* outranked by the password */
    connect(NULL);
    ck_assert_str_eq(config.token, "");
    say("token", "t", RANK_OPTION);
    connect(NULL);
    ck_assert_str_eq(config.token, "t");
}
END_TEST

START_TEST(another_user_than_the_tokens)
{
    set("url", "https://x.vn");
    say("token", "t", RANK_FILE);
    say("password", "p", RANK_FILE);
    set("username", "u");
    connect(NULL);
    ck_assert_str_eq(config.token, "");
    ck_assert_str_eq(config.password, "p");
}
END_TEST

START_TEST(origins)
{
    write_file("fastsync.ini", 0644, "[default]\nrate = 7\nbatch = 3\n");
    setenv("FASTSYNC_BATCH", "4", 1);
    ck_assert(set("timeout", "9"));
    ck_assert_ptr_null(config_origin(&config, "batch"));
    ck_assert(config_load(&config, &err));
    ck_assert_str_eq(config_origin(&config, "batch"), "FASTSYNC_BATCH");
    ck_assert_str_eq(config_origin(&config, "rate"), "fastsync.ini:2");
    ck_assert_str_eq(config_origin(&config, "timeout"), "--timeout");
    ck_assert_ptr_null(config_origin(&config, "jobs"));
    ck_assert_str_eq(config.files, "fastsync.ini");
}
END_TEST

START_TEST(secrets_leave_the_environment)
{
    setenv("FASTSYNC_PASSWORD", "sesame", 1);
    setenv("FASTSYNC_USERNAME", "partner", 1);
    ck_assert(config_load(&config, &err));
    ck_assert_str_eq(getenv("FASTSYNC_PASSWORD"), "");
    ck_assert_str_eq(getenv("FASTSYNC_USERNAME"), "partner");
    ck_assert(config_load(&config, &err));
    ck_assert_str_eq(config.password, "sesame");
}
END_TEST

START_TEST(proxies)
{
    static const char *const good[] = {
        "", "proxy:3128", "http://me:pw@proxy:3128", "socks5h://[::1]:1080"};
    static const char *const bad[] = {"ftp://me:pw@proxy", "http://me:pw@",
                                      "http://me:pw@a b"};
    ck_assert(set("url", "https://erp.example.vn"));
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert(set("proxy", good[i]));
        ck_assert_msg(config_check_url(&config, &err), "%s", good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert(set("proxy", bad[i]));
        ck_assert_msg(!config_check_url(&config, &err), "%s", bad[i]);
        ck_assert_int_eq(err.code, EXIT_USAGE);
        ck_assert_ptr_null(strstr(err.text, "pw"));
    }
    config_release(&config);
    config_init(&config);
    write_file("fastsync.ini", 0644, "[default]\nproxy = http://proxy:1\n");
    ck_assert(config_load(&config, &err));
    write_file("fastsync.ini", 0644, "[default]\nproxy = a:b@proxy:1\n");
    ck_assert(!config_load(&config, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "others can read"));
    write_file("fastsync.ini", 0600, "[default]\nproxy = a:b@proxy:1\n");
    ck_assert(config_load(&config, &err));
}
END_TEST

START_TEST(exposed_files)
{
    write_file("open", 0644, "x");
    write_file("group", 0640, "x");
    ck_assert(config_exposed("open"));
    ck_assert(!config_exposed("group"));
    ck_assert(!config_exposed("missing"));
    ck_assert(!config_exposed("/dev/null"));
    ck_assert(!config_exposed("/run/secrets/fast"));
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("config");
    TCase *c = tcase_create("config");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, defaults);
    tcase_add_test(c, values);
    tcase_add_test(c, precedence);
    tcase_add_test(c, grants_add_up);
    tcase_add_test(c, folder_of_xdg);
    tcase_add_test(c, profiles);
    tcase_add_test(c, bad_files);
    tcase_add_test(c, long_lines);
    tcase_add_test(c, secrets_in_files);
    tcase_add_test(c, mappings_may_not);
    tcase_add_test(c, urls);
    tcase_add_test(c, what_is_missing);
    tcase_add_test(c, passwords);
    tcase_add_test(c, commands);
    tcase_add_test(c, the_higher_rank_gives_credentials);
    tcase_add_test(c, another_user_than_the_tokens);
    tcase_add_test(c, origins);
    tcase_add_test(c, secrets_leave_the_environment);
    tcase_add_test(c, proxies);
    tcase_add_test(c, exposed_files);
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
