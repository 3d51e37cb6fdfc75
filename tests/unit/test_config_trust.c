/* config: who may say what: files that others could have written, a folder's
 * own file, the list of trusted ones, and where a secret goes. */
#include "base/buf.h"
#include "config/sha256.h"
#include "config/words.h"
#include "config_folder.h"
#include "net/secrets.h"

static void load(void)
{
    config_release(&config);
    config_init(&config);
    config.silent = true;
    ck_assert_msg(config_load(&config, &err), "%s", err.text);
}

static void make_user_file(const char *text)
{
    mkdir(".config", 0700);
    mkdir(".config/fastsync", 0700);
    write_file(".config/fastsync/fastsync.ini", 0600, text);
}

START_TEST(sha256)
{
    static const struct {
        size_t count;
        const char *text, *hash;
    } all[] = {
        {1, "",
         "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {1, "abc",
         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {1, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {1000000, "a",
         "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
        {64, "a",
         "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char hash[SHA256_TEXT];
        struct buf text = {0};
        for (size_t k = 0; k < all[i].count; k++)
            buf_puts(&text, all[i].text);
        sha256_text(text.at, text.len, hash);
        ck_assert_str_eq(hash, all[i].hash);
        buf_release(&text);
    }
}
END_TEST

/* What is new in the table needs trust, until somebody thinks about it. */
START_TEST(settings_that_need_none)
{
    static const char harmless[] =
        " profile config batch batch_bytes concurrency rate retry_for timeout "
        "jobs full ";
    for (const struct setting *at = settings; at->name != NULL; at++) {
        char name[64];
        snprintf(name, sizeof name, " %s ", at->name);
        ck_assert_msg(setting_needs_trust(at) ==
                          (strstr(harmless, name) == NULL),
                      "%s", at->name);
    }
}
END_TEST

/* All needs trust that names a server, a file, a command or a bound. */
START_TEST(a_folder_may_say_little)
{
    write_file("fastsync.ini", 0600,
               "url = https://x.vn\nproxy = p:1\nca_file = c\n"
               "password_command = touch ran\nbodies = b\nstate = s\n"
               "max_memory = 64M\nallow_new_keys = yes\nbatch = 7\n"
               "insecure_http = yes\n[other]\nrate = 5\n");
    for (int round = 0; round < 2; round++) {
        bool trusted = round == 1;
        if (trusted)
            trust_file("./fastsync.ini");
        load();
        ck_assert_uint_eq(config.batch, 7);
        ck_assert(trusted == (config.url != NULL));
        ck_assert(trusted == (config.proxy != NULL));
        ck_assert(trusted == (config.ca_file != NULL));
        ck_assert(trusted == (config.password_command != NULL));
        ck_assert(trusted == (config.bodies != NULL));
        ck_assert(trusted == (config.state != NULL));
        ck_assert(trusted == (config.max_memory == 64 << 20));
        ck_assert(trusted == config.allow_new_keys);
        ck_assert(trusted == config.insecure_http);
    }
}
END_TEST

static void withheld(const char *says)
{
    struct buf text = {0};
    load();
    ck_assert(config_withheld(&config, &text) == (*says != '\0'));
    ck_assert_str_eq(buf_text(&text), says);
    buf_release(&text);
}

#define NOBODY                                                                 \
    "nobody has trusted this folder's file; fastsync trust shows what it "     \
    "says and lets it count"

START_TEST(what_is_said_of_it)
{
    write_file("fastsync.ini", 0600, "batch = 3\n");
    withheld("");
    write_file("fastsync.ini", 0600,
               "url = https://x.vn\nurl = https://y.vn\n"
               "username = u\n");
    withheld("fastsync.ini: url, username do not count: " NOBODY);
    setenv("FASTSYNC_URL", "https://z.vn", 1);
    withheld("fastsync.ini: username does not count: " NOBODY);
    unsetenv("FASTSYNC_URL");
    trust_file("fastsync.ini");
    withheld("");
    write_file("fastsync.ini", 0600, "url = https://evil.vn\n");
    withheld("fastsync.ini: url does not count: the file has changed since it "
             "was trusted; fastsync trust shows what it says and lets it "
             "count");
    ck_assert_ptr_null(config.url);
    /* What it was when it was trusted is trusted still. */
    write_file("fastsync.ini", 0600,
               "url = https://x.vn\nurl = https://y.vn\n"
               "username = u\n");
    withheld("");
}
END_TEST

/* What is said very often is looked at in no more than a moment. */
START_TEST(many_lines)
{
    struct buf text = {0};
    while (text.len + 6 < CONTENT_MAX)
        buf_puts(&text, "url=\n");
    write_file("fastsync.ini", 0600, buf_text(&text));
    buf_release(&text);
    withheld("fastsync.ini: url does not count: " NOBODY);
}
END_TEST

/* Another folder is another file, though the bytes are the same. */
START_TEST(the_folder_counts)
{
    char path[128];
    write_file("fastsync.ini", 0600, "ca_file = ca.pem\n");
    trust_file("fastsync.ini");
    mkdir("packed", 0700);
    ck_assert_int_eq(symlink("../fastsync.ini", "packed/fastsync.ini"), 0);
    ck_assert_int_eq(symlink("packed", "link"), 0);
    ck_assert_int_eq(chdir("packed"), 0);
    load();
    ck_assert_ptr_null(config.ca_file);
    remove("fastsync.ini");
    write_file("fastsync.ini", 0600, "ca_file = ca.pem\n");
    load();
    ck_assert_ptr_null(config.ca_file);
    snprintf(path, sizeof path, "%s/link/fastsync.ini", folder);
    trust_file(path);
    load();
    ck_assert_ptr_nonnull(config.ca_file);
    ck_assert_int_eq(chdir(folder), 0);
}
END_TEST

static unsigned told;
static char names[3][200];
static enum trust states[3];

static void tell(const char *path, enum trust trust)
{
    ck_assert_uint_lt(told, 3);
    snprintf(names[told], sizeof *names, "%s", path);
    states[told++] = trust;
}

START_TEST(the_list)
{
    struct stat status;
    struct content content;
    bool absent, found;
    char path[200];
    mkdir("a", 0700);
    mkdir("b", 0700);
    write_file("a/fastsync.ini", 0600, "url = https://a.vn\n");
    write_file("b/fastsync.ini", 0600, "url = https://b.vn\n");
    trust_file("a/fastsync.ini");
    trust_file("b/fastsync.ini");
    trust_file("a/fastsync.ini"); /* once, at the end */
    ck_assert_int_eq(stat(".local/state/fastsync/trusted", &status), 0);
    ck_assert_int_eq(status.st_mode & 07777, 0600);
    ck_assert_int_eq(stat(".local/state/fastsync", &status), 0);
    ck_assert_int_eq(status.st_mode & 07777, 0700);
    write_file("a/fastsync.ini", 0600, "url = https://c.vn\n");
    told = 0;
    ck_assert(trusted_each(tell, &err));
    ck_assert_uint_eq(told, 2);
    snprintf(path, sizeof path, "%s/b/fastsync.ini", folder);
    ck_assert_str_eq(names[0], path);
    ck_assert_int_eq(states[0], TRUST_GIVEN);
    ck_assert_int_eq(states[1], TRUST_CHANGED);
    remove("b/fastsync.ini");
    ck_assert(trusted_forget("a/../b/fastsync.ini", &found, &err) && found);
    ck_assert(trusted_forget("b/fastsync.ini", &found, &err) && !found);
    ck_assert(content_read(&content, "a/fastsync.ini", &absent, &err));
    ck_assert_int_eq(trusted_look("a/fastsync.ini", &content), TRUST_CHANGED);
    /* A list that others can write trusts nothing, and is not written on. */
    ck_assert(trusted_add("a/fastsync.ini", &content, &err));
    ck_assert_int_eq(trusted_look("a/fastsync.ini", &content), TRUST_GIVEN);
    ck_assert_int_eq(chmod(".local/state/fastsync/trusted", 0622), 0);
    ck_assert_int_eq(trusted_look("a/fastsync.ini", &content), TRUST_NEVER);
    ck_assert(!trusted_add("a/fastsync.ini", &content, &err));
    content_release(&content);
}
END_TEST

START_TEST(the_lists_place)
{
    char path[128];
    write_file("fastsync.ini", 0600, "url = https://a.vn\n");
    snprintf(path, sizeof path, "%s/state", folder);
    setenv("XDG_STATE_HOME", path, 1);
    trust_file("fastsync.ini");
    ck_assert_int_eq(access("state/fastsync/trusted", R_OK), 0);
    load();
    ck_assert_ptr_nonnull(config.url);
    /* A folder of the working folder is none: it was packed with the rest. */
    setenv("XDG_STATE_HOME", "state", 1);
    load();
    ck_assert_ptr_null(config.url);
    unsetenv("XDG_STATE_HOME");
    setenv("HOME", ".", 1);
    load();
    ck_assert_ptr_null(config.url);
}
END_TEST

/* A user's file below the working folder is whoever packed that folder's. */
START_TEST(the_users_folder)
{
    static const char *const homes[] = {"home", ".", "", "./home", "../x"};
    mkdir("home", 0700);
    mkdir("home/.config", 0700);
    mkdir("home/.config/fastsync", 0700);
    write_file("home/.config/fastsync/fastsync.ini", 0600, "rate = 3\n");
    make_user_file("rate = 3\n");
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
        setenv("HOME", homes[i], 1);
        load();
        ck_assert_uint_eq(config.rate, 0);
        ck_assert_ptr_null(config.files);
    }
    setenv("HOME", folder, 1);
    load();
    ck_assert_uint_eq(config.rate, 3);
    setenv("XDG_CONFIG_HOME", "home/.config", 1);
    remove(".config/fastsync/fastsync.ini");
    load();
    ck_assert_uint_eq(config.rate, 0);
}
END_TEST

/* What the user has set to stop a run is not undone by a folder. */
START_TEST(guards_of_the_user)
{
    make_user_file("min_rows = 1000\nmax_rejected = 5%\nmax_skipped = 5%\n"
                   "max_shrink = 5%\nstrict = yes\n");
    write_file("fastsync.ini", 0600,
               "min_rows = 0\nmax_rejected = 100%\nmax_skipped = 100%\n"
               "max_shrink = 100%\nstrict = no\n");
    for (int trusted = 0; trusted < 2; trusted++) {
        if (trusted)
            trust_file("fastsync.ini");
        load();
        ck_assert_uint_eq(config.min_rows, trusted ? 0 : 1000);
        ck_assert((config.max_rejected > 0.9) == trusted);
        ck_assert((config.max_skipped > 0.9) == trusted);
        ck_assert((config.max_shrink > 0.9) == trusted);
        ck_assert((config.strict == 0) == trusted);
    }
}
END_TEST

/* Whoever packs a folder does not choose what messages are shown without. */
START_TEST(secrets_that_do_not_count)
{
    write_file("fastsync.ini", 0600,
               "password = error\ntoken = rejected\n"
               "proxy = http://me:missing@p:1\n");
    load();
    ck_assert(!secrets_within("error: a row is rejected: Name is missing"));
    trust_file("fastsync.ini");
    load();
    ck_assert(secrets_within("error") && secrets_within("rejected") &&
              secrets_within("missing"));
}
END_TEST

/* What others could have written is not read, and that is said. */
START_TEST(files_of_others)
{
    /* A user's own group is no other (test_others.c); root has none. */
    static const mode_t open[] = {0602, 0666, 0646, 0620, 0664};
    size_t count = geteuid() == 0 ? sizeof open / sizeof *open : 3;
    for (size_t i = 0; i < count; i++) {
        char says[160];
        write_file("fastsync.ini", open[i], "batch = 3\n");
        snprintf(says, sizeof says,
                 "fastsync.ini: others can write it (mode %04o); chmod go-w "
                 "fastsync.ini",
                 (unsigned)open[i]);
        load();
        ck_assert_uint_eq(config.batch, 500);
        ck_assert_str_eq(config.unread, says);
        ck_assert(config_set(&config, "config", "fastsync.ini", RANK_OPTION,
                             "--config", &err));
        ck_assert(!config_load(&config, &err));
        ck_assert_int_eq(err.code, EXIT_USAGE);
        ck_assert_str_eq(err.text, says);
    }
    make_user_file("batch = 3\n");
    ck_assert_int_eq(chmod(".config/fastsync/fastsync.ini", 0662), 0);
    remove("fastsync.ini");
    load();
    ck_assert_uint_eq(config.batch, 500);
    ck_assert_ptr_nonnull(strstr(config.unread, "chmod go-w"));
    if (geteuid() != 0)
        return;
    write_file("fastsync.ini", 0600, "batch = 3\n");
    ck_assert_int_eq(chown("fastsync.ini", 12345, 12345), 0);
    load();
    ck_assert_uint_eq(config.batch, 500);
    ck_assert_ptr_nonnull(strstr(config.unread, "another user (number 12345)"));
}
END_TEST

START_TEST(no_files)
{
    static char large[CONTENT_MAX + 2];
    ck_assert_int_eq(mkfifo("fastsync.ini", 0600), 0);
    load();
    ck_assert_str_eq(config.unread,
                     "fastsync.ini: is a pipe, and a file is wanted");
    remove("fastsync.ini");
    mkdir("fastsync.ini", 0700);
    load();
    ck_assert_str_eq(config.unread, "fastsync.ini: is a folder");
    rmdir("fastsync.ini");
    ck_assert_int_eq(symlink("/dev/zero", "fastsync.ini"), 0);
    load();
    ck_assert_str_eq(config.unread,
                     "fastsync.ini: is a device, and a file is wanted");
    remove("fastsync.ini");
    FILE *file = fopen("fastsync.ini", "w");
    fwrite("batch = 3\0\nurl = x\n", 1, 20, file);
    fclose(file);
    chmod("fastsync.ini", 0600);
    load();
    ck_assert_str_eq(config.unread, "fastsync.ini:1: a NUL byte stands in it");
    memset(large, '\n', CONTENT_MAX + 1);
    write_file("fastsync.ini", 0600, large);
    load();
    ck_assert_str_eq(config.unread, "fastsync.ini: has more than 256 KiB");
}
END_TEST

/* The user's own file is not a folder's, wherever it is called from. */
START_TEST(the_same_file_twice)
{
    make_user_file("url = https://x.vn\nbatch = 4\n");
    ck_assert_int_eq(chdir(".config/fastsync"), 0);
    load();
    ck_assert_str_eq(config.url, "https://x.vn");
    ck_assert_int_eq(config_rank(&config, "url"), RANK_USER);
    ck_assert_int_eq(chdir(folder), 0);
    write_file("fastsync.ini", 0600, "url = https://y.vn\n");
    config_release(&config);
    config_init(&config);
    ck_assert(config_set(&config, "config", "./fastsync.ini", RANK_OPTION,
                         "--config", &err));
    ck_assert(config_load(&config, &err));
    ck_assert_str_eq(config.url, "https://y.vn");
    ck_assert_int_eq(config_rank(&config, "url"), RANK_FILE);
}
END_TEST

static void say(const char *name, const char *value, enum config_rank rank)
{
    static const char *const origins[] = {
        [RANK_SYSTEM] = "/etc/f.ini:1",         [RANK_USER] = "user.ini:2",
        [RANK_HERE] = "fastsync.ini:3",         [RANK_FILE] = "mine.ini:4",
        [RANK_ENVIRONMENT] = "THE_ENVIRONMENT", [RANK_OPTION] = "--option"};
    ck_assert_msg(config_set(&config, name, value, rank, origins[rank], &err),
                  "%s", err.text);
}

/* From the most trusted one on; the first two are one person's. */
static const enum config_rank by_trust[] = {RANK_OPTION, RANK_ENVIRONMENT,
                                            RANK_FILE,   RANK_USER,
                                            RANK_SYSTEM, RANK_HERE};
enum { SOURCES = sizeof by_trust / sizeof *by_trust };

/* Each source of a secret against each source of what says where it goes. */
static void weigh_all(const char *secret, const char *name, const char *value,
                      const char *url)
{
    for (unsigned i = 0; i < SOURCES; i++)
        for (unsigned k = 0; k < SOURCES; k++) {
            config_release(&config);
            config_init(&config);
            if (strcmp(name, "url") != 0)
                say("url", url, RANK_OPTION);
            say("username", "u", RANK_OPTION);
            say(secret, "secret", by_trust[i]);
            say(name, value, by_trust[k]);
            bool good = config_weigh(&config, config_way(&config), &err);
            ck_assert_msg(good == (k <= i || k == 1), "%s of %s, %s of %s: %s",
                          secret, config_origin(&config, secret), name,
                          config_origin(&config, name),
                          good ? "goes" : err.text);
            if (good)
                continue;
            ck_assert_int_eq(err.code, EXIT_USAGE);
            ck_assert_ptr_nonnull(
                strstr(err.text, config_origin(&config, secret)));
            ck_assert_ptr_nonnull(
                strstr(err.text, config_origin(&config, name)));
        }
}

START_TEST(where_a_secret_goes)
{
    static const char *const secrets[] = {"password", "password_file",
                                          "password_command", "token"};
    static const struct {
        const char *name, *value, *url;
    } all[] = {
        {"url", "https://x.vn", NULL},
        {"proxy", "http://p:1", "https://x.vn"},
        {"insecure_http", "yes", "http://x.vn"},
        {"ca_file", "ca.pem", "https://x.vn"},
    };
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            if (strcmp(secrets[i], "token") != 0 || k > 0)
                weigh_all(secrets[i], all[k].name, all[k].value, all[k].url);
}
END_TEST

/* What decides nothing is no matter. */
START_TEST(what_does_not_decide)
{
    say("url", "https://x.vn", RANK_USER);
    say("username", "u", RANK_USER);
    say("password", "p", RANK_USER);
    say("insecure_http", "yes", RANK_HERE); /* https:// */
    say("proxy", "", RANK_HERE);            /* none */
    say("proxy_ca_file", "ca.pem", RANK_HERE);
    ck_assert(config_weigh(&config, config_way(&config), &err));
    say("url", "http://127.0.0.1:1", RANK_OPTION);
    say("ca_file", "ca.pem", RANK_HERE); /* http:// to this machine */
    ck_assert(config_weigh(&config, config_way(&config), &err));
    say("proxy", "https://me:pw@p:1", RANK_USER);
    say("proxy", "https://me:pw@p:1", RANK_FILE);
    ck_assert(!config_weigh(&config, config_way(&config), &err));
    ck_assert_ptr_nonnull(strstr(err.text, "proxy_ca_file"));
    ck_assert_ptr_null(strstr(err.text, "pw@"));
}
END_TEST

/* A command that would be asked for the secret of another source is not run. */
START_TEST(nothing_is_run)
{
    write_file("fastsync.ini", 0600, "url = https://evil.vn\n");
    make_user_file("url = https://x.vn\nusername = u\n"
                   "password_command = touch ran; echo p\n");
    trust_file("fastsync.ini");
    load();
    ck_assert(!config_connect(&config, &err));
    ck_assert_ptr_nonnull(
        strstr(err.text, "fastsync.ini:1: url: does not count for"));
    ck_assert_int_ne(access("ran", F_OK), 0);
}
END_TEST

START_TEST(what_is_shown)
{
    static const struct {
        const char *name, *value, *shown;
    } all[] = {
        {"password", "p", "***"},
        {"token", "", "***"},
        {"url", "https://x.vn/a", "https://x.vn/a"},
        {"url", "https://me:pw@x.vn/a", "https://***@x.vn/a"},
        {"url", "https://x.vn/a?key=1@b", "https://x.vn/a?***"},
        {"url", "https://evil.vn/@x.vn", "https://evil.vn***@x.vn"},
        {"url", "https://x.vn@evil.vn/a@b", "https://***@evil.vn***@b"},
        {"url", "https:/me:pw@x.vn/a", "https:/***@x.vn/a"},
        {"proxy", "http:///me:pw@p:1", "http:///***@p:1"},
        {"proxy", "http:\\\\me:pw@p:1", "http:\\\\***@p:1"},
        {"proxy", "http://me:p/w@p:1", "http://me***@p:1"},
        {"proxy", "http://me:1/w@p:1", "http://me***@p:1"},
        {"proxy", "me:p\\w@p", "me***@p"},
        {"proxy", "http://me:p?w@p:1", "http://me***?***"},
        {"proxy", "http://[::1]:80/x", "http://[::1]:80/x"},
        {"url", "https://x.vn:443", "https://x.vn:443"},
        {"url", "https://a@b@evil.vn", "https://***@evil.vn"},
        {"proxy", "@p:1", "***@p:1"},
        {"url", "https://x.vn/a?key=1", "https://x.vn/a?***"},
        {"proxy", "me:pw@p:1", "***@p:1"},
        {"proxy", "p:1#x", "p:1?***"},
        {"bodies", "a\033[2Jb\u202ec\302\205\t",
         "a\\u{1B}[2Jb\\u{202E}c\\u{85}\\u{9}"},
        {"bodies", "m\u1ead \xff", "m\u1ead \\xFF"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char *shown = setting_shown(setting_find(all[i].name), all[i].value);
        ck_assert_str_eq(shown, all[i].shown);
        free(shown);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("config_trust");
    TCase *c = tcase_create("config_trust");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, sha256);
    tcase_add_test(c, settings_that_need_none);
    tcase_add_test(c, a_folder_may_say_little);
    tcase_add_test(c, what_is_said_of_it);
    tcase_add_test(c, many_lines);
    tcase_add_test(c, the_folder_counts);
    tcase_add_test(c, the_list);
    tcase_add_test(c, the_lists_place);
    tcase_add_test(c, the_users_folder);
    tcase_add_test(c, guards_of_the_user);
    tcase_add_test(c, secrets_that_do_not_count);
    tcase_add_test(c, files_of_others);
    tcase_add_test(c, no_files);
    tcase_add_test(c, the_same_file_twice);
    tcase_add_test(c, where_a_secret_goes);
    tcase_add_test(c, what_does_not_decide);
    tcase_add_test(c, nothing_is_run);
    tcase_add_test(c, what_is_shown);
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
