/* Faults of the sandbox as a client sees them: over HTTP, with libcurl. */
#include <check.h>
#include <curl/curl.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "form/form.h"
#include "sandbox/sandbox.h"

#define ONE                                                                    \
    "{\"form\":\"setCustomer\",\"data\":[{\"CustomerCode\":\"1\","             \
    "\"CustomerName\":\"A\",\"status\":\"1\"}]}"

/* A client of a sandbox, with what the last request came to. */
struct client {
    struct sandbox *sandbox;
    CURL *curl;
    char *authorization; /* "Authorization: TOKEN" */
    struct buf head, body;
    CURLcode result;
    long status, system_error;
    double seconds;
};

static size_t take_part(char *part, size_t size, size_t count, void *to)
{
    buf_add(to, part, size * count);
    return size * count;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void post(struct client *client, const char *path, const char *body)
{
    CURL *curl = client->curl;
    char *url = mem_format("%s%s", sandbox_url(client->sandbox), path);
    struct curl_slist *headers = curl_slist_append(NULL, client->authorization);
    buf_clear(&client->head);
    buf_clear(&client->body);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_part);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &client->body);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &client->head);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    double started = now();
    client->result = curl_easy_perform(curl);
    client->seconds = now() - started;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &client->status);
    curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &client->system_error);
    curl_slist_free_all(headers);
    free(url);
}

static void take_token(struct client *client)
{
    free(client->authorization);
    client->authorization = mem_text("X: y");
    post(client, "/api/getToken",
         "{\"username\":\"sandbox\",\"password\":\"sandbox\"}");
    const char *found = strstr(buf_text(&client->body), "accesstoken\":\"");
    ck_assert_ptr_nonnull(found);
    free(client->authorization);
    client->authorization = mem_format("Authorization: %.40s", found + 14);
}

static struct client begin(struct sandbox_options options)
{
    struct err err;
    struct client client = {.curl = curl_easy_init()};
    ck_assert(forms_load(&err) != NULL);
    client.sandbox = sandbox_start(&options, &err);
    ck_assert_msg(client.sandbox != NULL, "%s", err.text);
    take_token(&client);
    return client;
}

static struct client begin_fault(enum fault_kind kind, double rate)
{
    struct sandbox_fault fault = {kind, CALL_SYNC, rate};
    return begin((struct sandbox_options){
        .faults = &fault, .fault_count = 1, .seed = 1});
}

static void end(struct client *client)
{
    sandbox_stop(client->sandbox);
    curl_easy_cleanup(client->curl);
    buf_release(&client->head);
    buf_release(&client->body);
    free(client->authorization);
    forms_release();
}

/* A reset, not an orderly end: libcurl would call that an empty reply. */
START_TEST(reset)
{
    static const enum fault_kind kinds[] = {FAULT_RESET,
                                            FAULT_COMMIT_THEN_RESET};
    for (unsigned i = 0; i < 2; i++) {
        struct client client = begin_fault(kinds[i], 1);
        for (int n = 0; n < 20; n++) {
            post(&client, "/api/SyncData", ONE);
            ck_assert_int_eq(client.result, CURLE_RECV_ERROR);
            ck_assert_int_eq(client.system_error, ECONNRESET);
        }
        ck_assert_uint_eq(sandbox_customers(client.sandbox), i);
        /* The other calls go on. */
        take_token(&client);
        post(&client, "/api/GetData",
             "{\"form\":\"getCustomer\",\"Id\":\"1\"}");
        ck_assert_int_eq(client.result, CURLE_OK);
        end(&client);
    }
}
END_TEST

START_TEST(truncate)
{
    static const char whole[] = "{\"success\":true,\"messages\":\"SUCCESS\","
                                "\"records\":1,\"fkey\":\"key_2\",\"code\":"
                                "200}";
    struct client client = begin_fault(FAULT_TRUNCATE, 1);
    post(&client, "/api/SyncData", ONE);
    ck_assert_int_eq(client.result, CURLE_PARTIAL_FILE);
    ck_assert_int_eq(client.status, 200);
    char *length = mem_format("Content-Length: %zu\r\n", sizeof whole - 1);
    ck_assert_ptr_nonnull(strstr(buf_text(&client.head), length));
    free(length);
    ck_assert_uint_eq(client.body.len, (sizeof whole - 1) / 2);
    ck_assert_mem_eq(client.body.at, whole, client.body.len);
    ck_assert_uint_eq(sandbox_customers(client.sandbox), 1);
    end(&client);
}
END_TEST

START_TEST(statuses)
{
    static const struct {
        enum fault_kind kind;
        long status;
        bool body, retry_after;
    } cases[] = {
        {FAULT_500, 500, true, false},
        {FAULT_503, 503, true, true},
        {FAULT_429, 429, true, true},
        {FAULT_EMPTY, 200, false, false},
        {FAULT_GARBAGE, 200, true, false},
        {FAULT_COMMIT_THEN_500, 500, true, false},
        {FAULT_PARTIAL, 200, true, false},
        {FAULT_EXPIRE, 401, true, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct client client = begin_fault(cases[i].kind, 1);
        post(&client, "/api/SyncData", ONE);
        ck_assert_int_eq(client.result, CURLE_OK);
        ck_assert_int_eq(client.status, cases[i].status);
        ck_assert_int_eq(client.body.len > 0, cases[i].body);
        ck_assert_int_eq(strstr(buf_text(&client.head), "Retry-After: ") !=
                             NULL,
                         cases[i].retry_after);
        ck_assert_uint_eq(sandbox_counts(client.sandbox).faults, 1);
        end(&client);
    }
}
END_TEST

/* The client gives up; those who gave up long ago hold nothing, or the
 * sandbox, which serves 512 connections, would run out of them. */
START_TEST(hang)
{
    struct client client = begin_fault(FAULT_HANG, 1);
    curl_easy_setopt(client.curl, CURLOPT_TIMEOUT_MS, 300L);
    post(&client, "/api/SyncData", ONE);
    ck_assert_int_eq(client.result, CURLE_OPERATION_TIMEDOUT);
    ck_assert_uint_eq(client.head.len + client.body.len, 0);
    curl_easy_setopt(client.curl, CURLOPT_TIMEOUT_MS, 5L);
    for (int i = 0; i < 600; i++)
        post(&client, "/api/SyncData", ONE);
    curl_easy_setopt(client.curl, CURLOPT_TIMEOUT_MS, 60000L);
    take_token(&client);
    end(&client);
}
END_TEST

static void *post_one(void *of)
{
    struct client *client = of;
    post(client, "/api/SyncData", ONE);
    return NULL;
}

/* Stopping ends who hangs; otherwise this would not end. */
static void stop_during(struct sandbox_options options)
{
    pthread_t thread;
    struct client client = begin(options);
    uint64_t before = sandbox_counts(client.sandbox).requests;
    pthread_create(&thread, NULL, post_one, &client);
    while (sandbox_counts(client.sandbox).requests == before)
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    sandbox_stop(client.sandbox);
    client.sandbox = NULL;
    pthread_join(thread, NULL);
    end(&client);
}

START_TEST(stopping)
{
    struct sandbox_fault faults[] = {{FAULT_HANG, CALL_SYNC, 1}};
    stop_during((struct sandbox_options){.faults = faults, .fault_count = 1});
}
END_TEST

/* Latency passes before a fault; limits hold where a request is worked on. */
START_TEST(beside_the_others)
{
    struct sandbox_fault faults[] = {{FAULT_RESET, CALL_SYNC, 1}};
    struct client client = begin((struct sandbox_options){
        .faults = faults, .fault_count = 1, .latency = 200});
    post(&client, "/api/SyncData", ONE);
    ck_assert_int_eq(client.result, CURLE_RECV_ERROR);
    ck_assert_double_ge(client.seconds, 0.19);
    end(&client);

    faults[0].kind = FAULT_COMMIT_THEN_500;
    client = begin((struct sandbox_options){
        .faults = faults, .fault_count = 1, .max_batch = 1, .token_ttl = 1});
    post(&client, "/api/SyncData",
         "{\"form\":\"setCustomer\",\"data\":[{\"CustomerCode\":\"1\","
         "\"CustomerName\":\"A\",\"status\":\"1\"},{\"CustomerCode\":\"2\","
         "\"CustomerName\":\"A\",\"status\":\"1\"}]}");
    ck_assert_int_eq(client.status, 500);
    ck_assert_uint_eq(sandbox_customers(client.sandbox), 0);
    ck_assert_uint_eq(sandbox_counts(client.sandbox).refused, 1);
    nanosleep(&(struct timespec){.tv_sec = 1, .tv_nsec = 100000000}, NULL);
    post(&client, "/api/SyncData", ONE);
    ck_assert_int_eq(client.status, 500);
    ck_assert_uint_eq(sandbox_customers(client.sandbox), 0);
    end(&client);
}
END_TEST

/* The same order of requests and the same seed: the same answers. */
START_TEST(seeds)
{
    char seen[2][41] = {{0}};
    for (unsigned round = 0; round < 2; round++) {
        struct sandbox_fault faults[] = {{FAULT_500, CALL_SYNC, 0.3},
                                         {FAULT_RESET, CALL_SYNC, 0.2},
                                         {FAULT_429, CALL_SYNC, 0.1}};
        struct client client = begin((struct sandbox_options){
            .faults = faults, .fault_count = 3, .seed = 5});
        for (unsigned i = 0; i < 40; i++) {
            post(&client, "/api/SyncData", ONE);
            seen[round][i] = client.result != CURLE_OK ? 'r'
                             : client.status == 500    ? '5'
                             : client.status == 429    ? '4'
                                                       : '.';
        }
        end(&client);
    }
    ck_assert_str_eq(seen[0], seen[1]);
    for (const char *letter = "r54."; *letter != '\0'; letter++)
        ck_assert_ptr_nonnull(strchr(seen[0], *letter));
}
END_TEST

START_TEST(wrong_plan)
{
    struct err err;
    struct sandbox_fault fault = {FAULT_PARTIAL, CALL_ALL, 0.5};
    struct sandbox_options options = {.faults = &fault, .fault_count = 1};
    ck_assert_ptr_null(sandbox_start(&options, &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("sandbox breaks");
    TCase *c = tcase_create("http");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, reset);
    tcase_add_test(c, truncate);
    tcase_add_test(c, statuses);
    tcase_add_test(c, hang);
    tcase_add_test(c, stopping);
    tcase_add_test(c, beside_the_others);
    tcase_add_test(c, seeds);
    tcase_add_test(c, wrong_plan);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    curl_global_cleanup();
    return failed != 0;
}
