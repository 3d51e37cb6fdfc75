/* transfer: batches to a server and outcomes back, without a journal, a
 * mapping or a rejects file. */
#include "mock_site.h"

#include "deliver/transfer.h"

static struct batch_pool pool;
static struct seen *accepted;
static struct blocked blocked;
static struct outbox outbox;
static struct ledger ledger, resumed;
static struct transfer transfer;
static struct chunk *chunk;

static void open_all(void)
{
    setup();
    config.concurrency = 2;
    config.retry_for = 1;
    batch_limits(&pool.limits, "setCustomer", 10, 10000);
    accepted = seen_new();
    chunk = chunk_new();
    blocked_init(&blocked, &pool, accepted);
    ledger = resumed = (struct ledger){0};
    outbox_init(&outbox, NULL, &ledger, &resumed);
}

static void begin(void (*answer)(struct mock *, const struct mock_request *,
                                 struct mock_answer *))
{
    const struct transfer_options options = {.config = &config,
                                             .pool = &pool,
                                             .outbox = &outbox,
                                             .blocked = &blocked,
                                             .ledger = &ledger};
    serve(answer);
    ck_assert(transfer_open(&transfer, &options, &err));
}

static void close_all(void)
{
    transfer_close(&transfer);
    outbox_release(&outbox);
    blocked_release(&blocked);
    batch_pool_release(&pool);
    seen_free(accepted);
    chunk_free(chunk);
    teardown();
}

/* Records `first` and following; of each, its number is its content. */
static struct batch *make(unsigned first, unsigned count, bool again)
{
    struct batch *batch = batch_pool_take(&pool);
    for (unsigned i = first; i < first + count; i++) {
        char json[32];
        int len = snprintf(json, sizeof json, "{\"n\":%u}", i);
        const struct record record = {.key_hash = {i, i},
                                      .content = i,
                                      .json_len = (uint32_t)len,
                                      .key = "k",
                                      .key_len = 1,
                                      .origin = origin_text("row", 3)};
        buf_clear(&chunk->json);
        buf_puts(&chunk->json, json);
        batch_add(batch, chunk, &record);
    }
    batch->again = again;
    batch_close(batch);
    return batch;
}

/* Waits for an outcome of records. */
static struct outcome next(void)
{
    struct outcome outcome = {.what = OUTCOME_NONE};
    while (outcome.what == OUTCOME_NONE && transfer_is_busy(&transfer)) {
        enum step step = transfer_next(&transfer, &outcome, &err);
        ck_assert_int_ne(step, STEP_FAIL);
        if (step == STEP_ITEM)
            continue;
        ck_assert(transfer_send(&transfer, true, &err));
        ck_assert(transfer_wait(&transfer, 1, &err));
    }
    return outcome;
}

START_TEST(accepted_whole)
{
    begin(mock_fast);
    struct batch *batch = make(1, 3, false);
    ck_assert(transfer_takes(&transfer, batch));
    ck_assert(transfer_start(&transfer, batch, &err));
    ck_assert(transfer_is_busy(&transfer));
    struct outcome outcome = next();
    ck_assert_int_eq(outcome.what, OUTCOME_ACCEPTED);
    ck_assert_uint_eq(outcome.from, 0);
    ck_assert_uint_eq(outcome.upto, 3);
    ck_assert_uint_eq(outcome.batch->entries[2].content, 3);
    ck_assert(!transfer_is_busy(&transfer));
    ck_assert(outbox_commit(&outbox, &err));
    ck_assert_uint_eq(ledger.accepted, 3);
    ck_assert_uint_eq(ledger.requests, 1);
}
END_TEST

static void no_two(struct mock *server, const struct mock_request *request,
                   struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (strstr(request->body, "\"n\":2}") != NULL)
        mock_say(answer, 200,
                 "{\"success\":false,\"code\":400,\"messages\":\"no\"}");
}

START_TEST(the_bad_one_is_found)
{
    unsigned good = 0, bad = 0;
    begin(no_two);
    ck_assert(transfer_start(&transfer, make(1, 4, false), &err));
    for (;;) {
        struct outcome outcome = next();
        if (outcome.what == OUTCOME_NONE)
            break;
        if (outcome.what == OUTCOME_ACCEPTED) {
            good += outcome.upto - outcome.from;
            continue;
        }
        bad++;
        ck_assert_uint_eq(outcome.batch->entries[outcome.from].content, 2);
        ck_assert_str_eq(outcome.reason, "refused: no (code 400)");
    }
    ck_assert_uint_eq(good, 3);
    ck_assert_uint_eq(bad, 1);
    ck_assert_uint_gt(ledger.splits, 0);
}
END_TEST

static void slow(struct mock *server, const struct mock_request *request,
                 struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    answer->delay_ms = 200;
}

START_TEST(keys_do_not_overtake)
{
    begin(slow);
    ck_assert(transfer_start(&transfer, make(1, 2, false), &err));
    struct batch *same = make(2, 1, true), *other = make(5, 1, true);
    ck_assert(!transfer_takes(&transfer, same));
    ck_assert(transfer_takes(&transfer, other));
    next();
    ck_assert(transfer_takes(&transfer, same));
    batch_pool_give(&pool, same);
    batch_pool_give(&pool, other);
}
END_TEST

static void overloaded(struct mock *server, const struct mock_request *request,
                       struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (strcmp(request->path, "/api/SyncData") == 0)
        mock_say(answer, 503, "");
}

START_TEST(given_up)
{
    struct outcome outcome;
    enum step step = STEP_ITEM;
    begin(overloaded);
    ck_assert(transfer_start(&transfer, make(1, 2, false), &err));
    while (step != STEP_FAIL) {
        step = transfer_next(&transfer, &outcome, &err);
        if (step != STEP_END)
            continue;
        ck_assert(transfer_send(&transfer, true, &err));
        ck_assert(transfer_wait(&transfer, 1, &err));
    }
    ck_assert_int_eq(err.code, EXIT_PENDING);
    ck_assert(blocked_has(&blocked, (uint64_t[]){1, 1}));
    ck_assert_str_eq(transfer.reason, "an empty answer (HTTP 503)");
    ck_assert(!transfer_is_busy(&transfer));
}
END_TEST

START_TEST(dropped)
{
    begin(slow);
    transfer.ending = true; /* so that it only waits */
    ck_assert(transfer_start(&transfer, make(1, 2, false), &err));
    ck_assert(transfer_is_busy(&transfer));
    ck_assert(transfer_drop_waiting(&transfer, true, &err));
    ck_assert(!transfer_is_busy(&transfer));
    ck_assert_uint_eq(mock->count, 0);
}
END_TEST

static void start(unsigned number)
{
    ck_assert(transfer_start(&transfer, make(number, 1, false), &err));
}

/* Few ones wait for others, so that one wait for the disk serves them all; but
 * not for long, and not where there is nothing else to do. */
START_TEST(together)
{
    config.concurrency = 8;
    begin(slow);
    transfer.patience = 1000;
    for (unsigned i = 1; i < 4; i++)
        start(i);
    ck_assert_uint_eq(ledger.requests, 0);
    start(4);
    ck_assert_uint_eq(ledger.requests, 4);
    start(5);
    ck_assert(transfer_send(&transfer, false, &err));
    ck_assert_uint_eq(ledger.requests, 4);
    ck_assert(transfer_send(&transfer, true, &err));
    ck_assert_uint_eq(ledger.requests, 5);
    start(6);
    transfer.patience = 0;
    ck_assert(transfer_send(&transfer, false, &err));
    ck_assert_uint_eq(ledger.requests, 6);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("transfer");
    TCase *c = tcase_create("transfer");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, open_all, close_all);
    tcase_add_test(c, accepted_whole);
    tcase_add_test(c, the_bad_one_is_found);
    tcase_add_test(c, keys_do_not_overtake);
    tcase_add_test(c, given_up);
    tcase_add_test(c, dropped);
    tcase_add_test(c, together);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
