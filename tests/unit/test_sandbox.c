/* The sandbox: every documented code, what is stored, repetitions; then the
 * same over HTTP, with threads. */
#include <check.h>
#include <curl/curl.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "form/form.h"
#include "sandbox/api.h"
#include "sandbox/page.h"
#include "sandbox/sandbox.h"
#include "sandbox/table.h"

static struct fast fast;
static struct fast_answer answer;
static char token[TOKEN_TEXT + 1];

static void begin(void)
{
    struct err err;
    ck_assert(forms_load(&err) != NULL);
    fast = (struct fast){.username = mem_text("u"), .password = mem_text("p")};
    tokens_init(&fast.tokens, 60, 1);
    fast.store = store_open(NULL, &err);
    ck_assert_ptr_nonnull(fast.store);
    memcpy(token, tokens_issue(&fast.tokens).text, sizeof token);
}

static void end(void)
{
    buf_release(&answer.body);
    answer = (struct fast_answer){0};
    store_close(fast.store);
    tokens_release(&fast.tokens);
    free(fast.username);
    free(fast.password);
    free(fast.deny);
    forms_release();
}

/* The body of the answer; its status is in `answer`. */
static const char *ask(const char *path, const char *authorization,
                       const char *body)
{
    struct fast_request request = {.method = "POST",
                                   .path = path,
                                   .authorization = authorization,
                                   .body = body,
                                   .len = strlen(body)};
    buf_release(&answer.body);
    answer = (struct fast_answer){0};
    fast_answer(&fast, &request, &answer);
    return buf_text(&answer.body);
}

static const char *sync(const char *body)
{
    return ask("/api/SyncData", token, body);
}

static const char *get(const char *body)
{
    return ask("/api/GetData", token, body);
}

static void refused(const char *seen, int code, const char *why)
{
    char *json = mem_format(
        "{\"success\":false,\"messages\":\"%s\",\"code\":%d}", why, code);
    ck_assert_str_eq(seen, json);
    free(json);
}

#define RECORD(fields)                                                         \
    "{\"form\":\"setCustomer\",\"data\":[{\"CustomerCode\":\"KH1\"," fields    \
    "\"CustomerName\":\"A\",\"status\":\"1\"}]}"

static void has(const char *seen, const char *part)
{
    ck_assert_msg(strstr(seen, part) != NULL, "%s", seen);
}

START_TEST(tokens)
{
    has(ask("/api/getToken", NULL, "{\"username\":\"u\",\"password\":\"p\"}"),
        "{\"success\":true,\"code\":200,\"messages\":\"Success\",\"token\":{"
        "\"accesstoken\":\"");
    ck_assert_uint_eq(answer.status, 200);
    refused(
        ask("/api/getToken", NULL, "{\"username\":\"u\",\"password\":\"\"}"),
        401, "wrong username or password");
    ck_assert_uint_eq(answer.status, 401);
    refused(ask("/api/getToken", NULL, "{}"), 401,
            "wrong username or password");
    refused(ask("/api/getToken", NULL, ""), 400,
            "not JSON: a value is missing at the end at byte 0");
}
END_TEST

START_TEST(authorization)
{
    char *bearer = mem_format("Bearer %s", token);
    has(ask("/api/SyncData", bearer, RECORD("")), "\"success\":true");
    free(bearer);
    ask("/api/SyncData", NULL, RECORD(""));
    ck_assert_uint_eq(answer.status, 401);
    has(buf_text(&answer.body), "\"code\":401");
    ask("/api/GetData", "x", "{}");
    ck_assert_uint_eq(answer.status, 401);
    fast.tokens.all[0].expires = time(NULL);
    sync(RECORD(""));
    ck_assert_uint_eq(answer.status, 401);
}
END_TEST

START_TEST(stores)
{
    ck_assert_str_eq(sync(RECORD("")),
                     "{\"success\":true,\"messages\":\"SUCCESS\",\"records\":1,"
                     "\"fkey\":\"key_1\",\"code\":200}");
    ck_assert_str_eq(get("{\"form\":\"getCustomer\",\"Id\":\" kh1\"}"),
                     "{\"success\":true,\"messages\":\"SUCCESS\",\"records\":1,"
                     "\"data\":[{\"CustomerCode\":\"KH1\",\"CustomerName\":"
                     "\"A\",\"status\":\"1\"}],\"code\":200}");
    ck_assert_str_eq(get("{\"form\":\"getCustomer\",\"Id\":\"KH2\"}"),
                     "{\"success\":true,\"messages\":\"SUCCESS\",\"records\":0,"
                     "\"data\":[],\"code\":200}");
}
END_TEST

/* A later record with the same code, in any letter case, changes what it
 * names and leaves the rest. */
START_TEST(upserts)
{
    sync(RECORD("\"Fax\":\"1\",\"Email\":\"a@b\","));
    sync("{\"form\":\"setCustomer\",\"data\":[{\"CustomerCode\":\" kh1 \","
         "\"CustomerName\":\"B\",\"Fax\":\"\",\"SuplierYN\":1,"
         "\"status\":\"0\"}]}");
    const char *seen = get("{\"form\":\"getCustomer\",\"Id\":\"KH1\"}");
    has(seen, "\"records\":1");
    has(seen, "\"CustomerName\":\"B\"");
    has(seen, "\"Fax\":\"\"");
    has(seen, "\"Email\":\"a@b\"");
    has(seen, "\"SuplierYN\":1");
}
END_TEST

START_TEST(repetitions)
{
    char *first = mem_text(sync(RECORD("")));
    sync(RECORD("\"Fax\":\"1\","));
    ck_assert_str_eq(sync(RECORD("")), first);
    free(first);
    refused(sync("{\"form\":\"setCustomer\",\"data\":[]}"), 202,
            "data is empty");
    refused(sync("{\"form\":\"setCustomer\",\"data\":[]}"), 202,
            "data is empty");
    struct err err;
    ck_assert(store_begin(fast.store, &err));
    struct sandbox_counts counts = store_counts(fast.store);
    ck_assert(store_end(fast.store, false, &err));
    ck_assert_uint_eq(counts.customers, 1);
    ck_assert_uint_eq(counts.requests, 5);
    ck_assert_uint_eq(counts.duplicates, 2);
    ck_assert_uint_eq(counts.refused, 2);
    has(get("{\"form\":\"getCustomer\",\"Id\":\"KH1\"}"), "\"Fax\":\"1\"");
}
END_TEST

START_TEST(by_date)
{
    char today[16], *body;
    time_t now = time(NULL);
    struct tm utc;
    strftime(today, sizeof today, "%Y-%m-%d", gmtime_r(&now, &utc));
    sync(RECORD(""));
    body = mem_format("{\"form\":\"getCustomer\",\"dateFrom\":\"%s\","
                      "\"dateTo\":\"9999-12-31\"}",
                      today);
    has(get(body), "\"records\":1");
    free(body);
    has(get("{\"form\":\"getCustomer\",\"dateTo\":\"2000-01-01\"}"),
        "\"records\":0");
    refused(get("{\"form\":\"getCustomer\",\"dateTo\":\"1.1.2000\"}"), 400,
            "dateTo: must be a date, YYYY-MM-DD");
    refused(get("{\"form\":\"getCustomer\"}"), 400,
            "Id, or dateFrom and dateTo, must be given");
    refused(get("{\"form\":\"setCustomer\",\"Id\":\"1\"}"), 201,
            "the form does not exist");
    refused(get("[]"), 400, "the body must be an object");
}
END_TEST

START_TEST(envelopes)
{
    refused(sync("{\"form\":\"setX\",\"data\":[{}]}"), 201,
            "the form does not exist");
    refused(sync("{\"form\":\"SETCUSTOMER\",\"data\":[{}]}"), 201,
            "the form does not exist");
    refused(sync("{\"form\":\"getCustomer\",\"data\":[{}]}"), 201,
            "the form does not exist");
    refused(sync("{\"data\":[{}]}"), 201, "the form does not exist");
    refused(sync("{\"form\":\"setCustomer\"}"), 202, "data is empty");
    refused(sync("{\"form\":\"setCustomer\",\"data\":{}}"), 400,
            "data: must be an array");
    refused(sync("{\"form\":\"a\",\"form\":\"b\"}"), 400, "form: given twice");
    refused(sync("{\"form\":1}"), 400, "form: must be a string");
    refused(sync("{\"form\":\"setCustomer\",\"data\":[{}"), 400,
            "not JSON: ',' or ']' must stand here at byte 32");
    refused(sync("{} {}"), 400, "not JSON: text after the value at byte 3");
    has(sync("{\"extra\":[{}],\"data\":[{\"CustomerCode\":\"1\","
             "\"CustomerName\":\"1\",\"status\":\"1\"}],"
             "\"form\":\"setCustomer\"}"),
        "\"success\":true");
}
END_TEST

START_TEST(limits_and_rights)
{
    fast.max_batch = 1;
    sync("{\"form\":\"setCustomer\",\"data\":["
         "{\"CustomerCode\":\"1\",\"CustomerName\":\"1\",\"status\":\"1\"},"
         "{\"CustomerCode\":\"2\",\"CustomerName\":\"2\",\"status\":\"1\"}]}");
    ck_assert_uint_eq(answer.status, 413);
    has(buf_text(&answer.body), "\"code\":413");
    fast.deny = mem_text("setCustomer");
    refused(sync(RECORD("")), 403, "no right to this form");
    ck_assert_uint_eq(answer.status, 200);
}
END_TEST

START_TEST(other_paths)
{
    refused(ask("/api/Other", token, "{}"), 404,
            "there is nothing at this path");
    ck_assert_uint_eq(answer.status, 404);
    ask("/", NULL, "");
    ck_assert_uint_eq(answer.status, 405);
    has(ask("/API/getdata", token, "{}"), "\"code\":201");
}
END_TEST

START_TEST(structure)
{
    static const struct {
        const char *body, *why;
    } cases[] = {
        {RECORD("\"Fox\":\"1\","), "data[0].Fox: unknown field"},
        {RECORD("\"Status\":\"1\","),
         "data[0].Status: unknown field; it is written status"},
        {RECORD("\"Fax\":1,"), "data[0].Fax: must be a string"},
        {RECORD("\"Fax\":null,"), "data[0].Fax: must be a string"},
        {RECORD("\"Fax\":\"1\",\"Fax\":\"1\","), "data[0].Fax: given twice"},
        {RECORD("\"Fax\":{\"a\":[]},"), "data[0].Fax: must be a string"},
        {RECORD("\"PaymentTerm\":\"123\","),
         "data[0].PaymentTerm: 3 characters, at most 2"},
        {RECORD("\"PaymentTerm\":\"\\uD83D\\uDE00x\","),
         "data[0].PaymentTerm: 3 characters, at most 2"},
        {RECORD("\"SuplierYN\":\"1\","),
         "data[0].SuplierYN: must be the number 1 or 0"},
        {RECORD("\"SuplierYN\":1.0,"),
         "data[0].SuplierYN: must be the number 1 or 0"},
        {"{\"form\":\"setCustomer\",\"data\":[{}]}",
         "data[0].CustomerCode: missing, but required"},
        {"{\"form\":\"setCustomer\",\"data\":[1]}",
         "data[0]: must be an object"},
        {"{\"form\":\"setCustomer\",\"data\":[{\"CustomerCode\":\"1\","
         "\"CustomerName\":\"A\",\"status\":\"1\"},{\"CustomerCode\":\" "
         "\\u00a0\"}]}",
         "data[1].CustomerCode: blank, but required"},
        {"{\"form\":\"setCustomer\",\"data\":[{\"status\":\"2\"}]}",
         "data[0].status: must be one of \\\"10\\\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused(sync(cases[i].body), 601, cases[i].why);
    has(get("{\"form\":\"getCustomer\",\"Id\":\"1\"}"), "\"records\":0");
    has(sync(RECORD("\"PaymentTerm\":\"\\uD83D\\uDE00\",\"SuplierYN\":0,")),
        "\"success\":true");
}
END_TEST

/* What is shown is escaped, in HTML and on the terminal. */
START_TEST(showing)
{
    struct buf shown = {0};
    sync(RECORD("\"Address\":\"<b>&\\\"\\n12 Nguyễn Huệ, Phường Bến Nghé\","));
    fast_page(fast.store, &shown);
    has(buf_text(&shown), "&lt;b&gt;&amp;\\&quot;\\n12 Nguyễn");
    ck_assert_ptr_null(strstr(buf_text(&shown), "<b>"));
    buf_clear(&shown);
    struct err err;
    ck_assert(store_begin(fast.store, &err));
    fast_table(fast.store, 10, &shown);
    ck_assert(store_end(fast.store, false, &err));
    ck_assert_str_eq(
        buf_text(&shown),
        "CustomerCode  CustomerName  Address                       Status\n"
        "KH1           A             <b>&\"\\u{A}12 Nguyễn Huệ, Ph…  1\n");
    buf_release(&shown);
}
END_TEST

/* ---- over HTTP ---- */

static size_t take_part(char *part, size_t size, size_t count, void *body)
{
    buf_add(body, part, size * count);
    return size * count;
}

static long post(CURL *curl, const char *url, const char *header,
                 const char *body, struct buf *seen)
{
    long status = 0;
    struct curl_slist *headers = curl_slist_append(NULL, header);
    buf_clear(seen);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_part);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, seen);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    ck_assert_int_eq(curl_easy_perform(curl), CURLE_OK);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    return status;
}

static struct sandbox *open_sandbox(struct sandbox_options options)
{
    struct err err;
    ck_assert(forms_load(&err) != NULL);
    struct sandbox *sandbox = sandbox_start(&options, &err);
    ck_assert_msg(sandbox != NULL, "%s", err.text);
    return sandbox;
}

/* "Authorization: TOKEN", from the sandbox itself. */
static char *take_token(CURL *curl, struct sandbox *sandbox)
{
    struct buf seen = {0};
    char *url = mem_format("%s/api/getToken", sandbox_url(sandbox));
    post(curl, url, "Content-Type: application/json",
         "{\"username\":\"sandbox\",\"password\":\"sandbox\"}", &seen);
    const char *found = strstr(buf_text(&seen), "accesstoken\":\"");
    ck_assert_ptr_nonnull(found);
    char *header = mem_format("Authorization: %.40s", found + 14);
    free(url);
    buf_release(&seen);
    return header;
}

struct worker {
    struct sandbox *sandbox;
    unsigned number;
};

static void *work(void *of)
{
    struct worker *worker = of;
    CURL *curl = curl_easy_init();
    char *header = take_token(curl, worker->sandbox);
    char *url = mem_format("%s/api/SyncData", sandbox_url(worker->sandbox));
    struct buf seen = {0};
    for (unsigned i = 0; i < 10; i++) {
        char *body = mem_format(
            "{\"form\":\"setCustomer\",\"data\":[{\"CustomerCode\":\"%u-%u\","
            "\"CustomerName\":\"A\",\"status\":\"1\"}]}",
            i == 9 ? 0 : worker->number, i);
        ck_assert_int_eq(post(curl, url, header, body, &seen), 200);
        has(buf_text(&seen), "\"records\":1");
        free(body);
    }
    buf_release(&seen);
    free(url);
    free(header);
    curl_easy_cleanup(curl);
    return NULL;
}

/* Four clients at once; the last request of each is the same. */
START_TEST(many_clients)
{
    enum { WORKERS = 4 };
    pthread_t threads[WORKERS];
    struct worker workers[WORKERS];
    struct sandbox *sandbox = open_sandbox((struct sandbox_options){0});
    for (unsigned i = 0; i < WORKERS; i++) {
        workers[i] = (struct worker){sandbox, i};
        pthread_create(&threads[i], NULL, work, &workers[i]);
    }
    for (unsigned i = 0; i < WORKERS; i++)
        pthread_join(threads[i], NULL);
    struct sandbox_counts counts = sandbox_counts(sandbox);
    ck_assert_uint_eq(counts.customers, 9 * WORKERS + 1);
    ck_assert_uint_eq(counts.requests, 10 * WORKERS);
    ck_assert_uint_eq(counts.duplicates, WORKERS - 1);
    ck_assert_uint_eq(counts.refused, 0);
    sandbox_stop(sandbox);
    forms_release();
}
END_TEST

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Waiting clients do not make each other wait: one after the other their
 * requests would take eleven seconds, and at once they take half of one. */
START_TEST(latency)
{
    enum { WORKERS = 20, REQUESTS = 11 };
    struct sandbox *sandbox =
        open_sandbox((struct sandbox_options){.latency = 50});
    struct worker workers[WORKERS];
    pthread_t threads[WORKERS];
    double started = seconds();
    for (unsigned i = 0; i < WORKERS; i++) {
        workers[i] = (struct worker){sandbox, i};
        pthread_create(&threads[i], NULL, work, &workers[i]);
    }
    for (unsigned i = 0; i < WORKERS; i++)
        pthread_join(threads[i], NULL);
    double taken = seconds() - started;
    ck_assert_double_ge(taken, REQUESTS * 0.05);
    ck_assert_double_lt(taken, WORKERS * REQUESTS * 0.05);
    sandbox_stop(sandbox);
    forms_release();
}
END_TEST

START_TEST(large_and_strange_requests)
{
    struct sandbox *sandbox = open_sandbox((struct sandbox_options){0});
    CURL *curl = curl_easy_init();
    struct buf seen = {0};
    char *header = take_token(curl, sandbox);
    char *url = mem_format("%s/api/SyncData", sandbox_url(sandbox));
    struct buf body = {0};
    buf_puts(&body, "{\"form\":\"setCustomer\",\"data\":[");
    for (unsigned i = 0; i < 20000; i++)
        buf_addf(&body,
                 "%s{\"CustomerCode\":\"%u\",\"CustomerName\":\"Công ty "
                 "số %u\",\"Address\":\"Hà Nội\",\"status\":\"1\"}",
                 i > 0 ? "," : "", i, i);
    buf_puts(&body, "]}");
    ck_assert_int_eq(post(curl, url, header, buf_text(&body), &seen), 200);
    has(buf_text(&seen), "\"records\":20000");
    ck_assert_uint_eq(sandbox_customers(sandbox), 20000);
    ck_assert_int_eq(post(curl, url, header, "", &seen), 200);
    has(buf_text(&seen), "\"code\":400");
    ck_assert_int_eq(post(curl, url, "X: y", "{}", &seen), 401);
    buf_release(&body);
    buf_release(&seen);
    free(url);
    free(header);
    curl_easy_cleanup(curl);
    sandbox_stop(sandbox);
    forms_release();
}
END_TEST

/* A file keeps customers and answers from one sandbox to the next. */
START_TEST(keeps_a_file)
{
    struct err err;
    char path[] = "/tmp/sandbox-XXXXXX";
    close(mkstemp(path));
    ck_assert(forms_load(&err) != NULL);
    for (int i = 0; i < 2; i++) {
        struct sandbox *sandbox =
            open_sandbox((struct sandbox_options){.file = path});
        struct worker worker = {sandbox, 1};
        work(&worker);
        ck_assert_uint_eq(sandbox_customers(sandbox), 10);
        ck_assert_uint_eq(sandbox_counts(sandbox).duplicates, i == 0 ? 0 : 10);
        sandbox_stop(sandbox);
    }
    remove(path);
    forms_release();
}
END_TEST

START_TEST(wrong_plans)
{
    struct err err;
    static const struct sandbox_options plans[] = {
        {.listen = "nowhere"},
        {.listen = "127.0.0.1:99999999999999999"},
        {.listen = "127.0.0.1:x"},
        {.listen = "192.0.2.1:1"},
        {.file = "/nowhere/at/all.db"},
    };
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        ck_assert_ptr_null(sandbox_start(&plans[i], &err));
        ck_assert_int_eq(err.code, EXIT_USAGE);
    }
    struct sandbox *first = open_sandbox((struct sandbox_options){0});
    struct sandbox_options same = {.listen = sandbox_url(first) + 7};
    ck_assert_ptr_null(sandbox_start(&same, &err));
    ck_assert_msg(strstr(err.text, "cannot listen on") != NULL, "%s", err.text);
    sandbox_stop(first);
    forms_release();
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("sandbox");
    TCase *c = tcase_create("answers");
    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, tokens);
    tcase_add_test(c, authorization);
    tcase_add_test(c, stores);
    tcase_add_test(c, upserts);
    tcase_add_test(c, repetitions);
    tcase_add_test(c, by_date);
    tcase_add_test(c, envelopes);
    tcase_add_test(c, limits_and_rights);
    tcase_add_test(c, other_paths);
    tcase_add_test(c, structure);
    tcase_add_test(c, showing);
    suite_add_tcase(s, c);
    TCase *http = tcase_create("http");
    tcase_set_timeout(http, 60);
    tcase_add_test(http, many_clients);
    tcase_add_test(http, latency);
    tcase_add_test(http, large_and_strange_requests);
    tcase_add_test(http, keeps_a_file);
    tcase_add_test(http, wrong_plans);
    suite_add_tcase(s, http);
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
