/* tls: ca_file adds to the system's certificates, seen at servers of both. */
#include "mock.h"

#include <curl/curl.h>
#include <sys/stat.h>

#include "net/tls.h"

static char folder[] = "/tmp/fastsync-tls-XXXXXX";
static char path[3][64];
static struct err err;

/* Makes a self-signed certificate for localhost: NAME.pem, NAME.key. */
static void certify(const char *name)
{
    char command[512];
    snprintf(command, sizeof command,
             "umask 077; openssl req -x509 -newkey ec -pkeyopt "
             "ec_paramgen_curve:P-256 -noenc -keyout %s/%s.key -out %s/%s.pem "
             "-days 9 -subj /CN=localhost -addext subjectAltName=DNS:localhost "
             "2>/dev/null",
             folder, name, folder, name);
    ck_assert_int_eq(system(command), 0);
}

static void write_file(const char *file, const char *content)
{
    FILE *out = fopen(file, "w");
    ck_assert_ptr_nonnull(out);
    fputs(content, out);
    fclose(out);
}

static void setup(void)
{
    static const char *const names[] = {"system", "added", "other"};
    strcpy(folder, "/tmp/fastsync-tls-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    for (int i = 0; i < 3; i++) {
        certify(names[i]);
        snprintf(path[i], sizeof path[i], "%s/%s.pem", folder, names[i]);
    }
}

static void teardown(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static size_t ignore(char *bytes, size_t size, size_t count, void *argument)
{
    (void)bytes;
    (void)argument;
    return size * count;
}

/* Puts TLS with this certificate in front of the mock, and asks through it. */
static CURLcode reach(const struct tls *tls, struct mock *mock,
                      const char *name)
{
    char command[256], url[64], port[16] = "", process[16] = "";
    snprintf(command, sizeof command,
             "python3 tests/golden/tls.py %s/%s.pem %s/%s.key %d & echo $!",
             folder, name, folder, name, mock->port);
    FILE *server = popen(command, "r");
    ck_assert_ptr_nonnull(fgets(process, sizeof process, server));
    ck_assert_ptr_nonnull(fgets(port, sizeof port, server));
    snprintf(url, sizeof url, "https://localhost:%d/",
             (int)strtol(port, NULL, 10));
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, "{}");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, 20L);
    tls_apply(tls, easy);
    CURLcode code = curl_easy_perform(easy);
    curl_easy_cleanup(easy);
    snprintf(command, sizeof command, "kill %d",
             (int)strtol(process, NULL, 10));
    ck_assert_int_eq(system(command), 0);
    pclose(server);
    return code;
}

START_TEST(ca_file_adds)
{
    struct tls tls = {.options = {.ca_file = path[1]}};
    struct mock *mock = mock_start(mock_fast);
    ck_assert(tls_bundle(&tls.trust, path[0], "ca_file", path[1], &err));
    ck_assert_int_eq(reach(&tls, mock, "system"), CURLE_OK);
    ck_assert_int_eq(reach(&tls, mock, "added"), CURLE_OK);
    ck_assert_int_eq(reach(&tls, mock, "other"),
                     CURLE_PEER_FAILED_VERIFICATION);
    tls_close(&tls);
    mock_stop(mock);
}
END_TEST

START_TEST(no_certificates)
{
    struct buf bundle = {0};
    char file[64];
    snprintf(file, sizeof file, "%s/empty", folder);
    ck_assert(!tls_bundle(&bundle, path[0], "ca_file", file, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "No such file"));
    write_file(file, "-----BEGIN PRIVATE KEY-----\n");
    ck_assert(!tls_bundle(&bundle, path[0], "ca_file", file, &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "no certificate in it"));
    buf_release(&bundle);
    ck_assert(tls_bundle(&bundle, "/nowhere", "ca_file", path[0], &err));
    buf_release(&bundle);
}
END_TEST

START_TEST(keys_are_secrets)
{
    struct tls tls;
    struct tls_options options = {.client_cert = path[0]};
    ck_assert(tls_open(&tls, &options, &err));
    ck_assert_str_eq(tls.phrase, "");
    tls_close(&tls);
    chmod(path[0], 0640); /* it may hold the key as well */
    ck_assert(!tls_open(&tls, &options, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "client_cert: "));
    tls_close(&tls);
    options.client_key = path[1];
    ck_assert(tls_open(&tls, &options, &err));
    tls_close(&tls);
    options.key_phrase = "open";
    ck_assert(tls_open(&tls, &options, &err));
    ck_assert_str_eq(tls.phrase, "open");
    tls_close(&tls);
    options = (struct tls_options){.key_phrase = "open"};
    ck_assert(!tls_open(&tls, &options, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "client_cert, which is not set"));
    tls_close(&tls);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("tls");
    TCase *c = tcase_create("tls");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, ca_file_adds);
    tcase_add_test(c, no_certificates);
    tcase_add_test(c, keys_are_secrets);
    suite_add_tcase(s, c);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
