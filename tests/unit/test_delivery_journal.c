/* delivery over a journal that cannot be written: nothing is said to be
 * accepted that is not written down, and nothing is lost. */
#include "deliver_rules.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>

static void change_journal(const char *sql)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open("journal.db", &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* The journal fails at the second of two answers, and the first one goes with
 * it: that one has not been accepted, then. */
START_TEST(undone_with_another)
{
    serve(by_rules);
    ck_assert_uint_eq(known(), 0);
    change_journal("CREATE UNIQUE INDEX no_more ON batches ((1))");
    two_at_once();
    end(false, EXIT_FAULT);
    ck_assert_ptr_nonnull(strstr(err.text, "no_more"));
    ck_assert_uint_eq(ended.accepted, known());
    ck_assert_uint_eq(ended.pending, 7 - ended.accepted);
    change_journal("DROP INDEX no_more");
    run_of(0, 7, 1, EXIT_DONE);
    ck_assert_uint_eq(known(), 7);
}
END_TEST

/* 300 records, delivered: how many it says were accepted, and bits. */
enum { SAID_GOOD = 1u << 20, SAID_OFF = 1u << 21 };

static unsigned deliver_300(void)
{
    rejects = rejects_open("r.csv", "setCustomer", &err);
    journal = journal_open(".", &err);
    const struct delivery_options options = {.config = &config,
                                             .mapping = &mapping,
                                             .journal = journal,
                                             .rejects = rejects};
    sink = journal ? delivery_new(&options, &err) : NULL;
    if (sink == NULL)
        return 0;
    rows(0, 300, 1);
    bool good = take();
    good = sink->kind->finish(sink, false, &err) && good;
    return (unsigned)sink->ledger.accepted | (good ? SAID_GOOD : 0) |
           (ledger_balances(&sink->ledger) ? 0 : SAID_OFF);
}

/* What deliver_300 says in a process whose files may not grow above so many
 * bytes. It is forked before the server has its threads: a child would find a
 * lock that one of them holds taken for ever. */
static unsigned said_on_a_small_disk(rlim_t bytes)
{
    int port[2], said[2];
    unsigned answer = SAID_OFF;
    ck_assert(pipe(port) == 0 && pipe(said) == 0);
    pid_t child = fork();
    if (child == 0) {
        const struct rlimit limit = {bytes, bytes};
        char url[64];
        int number = 0;
        bool told = read(port[0], &number, sizeof number) == sizeof number;
        snprintf(url, sizeof url, "http://127.0.0.1:%d", number);
        config.url = strdup(url);
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        answer = told ? deliver_300() : SAID_OFF;
        _exit(write(said[1], &answer, sizeof answer) == sizeof answer ? 0 : 1);
    }
    close(port[0]);
    close(said[1]);
    serve(by_rules);
    ck_assert_int_eq(write(port[1], &mock->port, sizeof mock->port),
                     sizeof mock->port);
    ck_assert_int_eq(read(said[0], &answer, sizeof answer), sizeof answer);
    close(port[1]);
    close(said[0]);
    waitpid(child, NULL, 0);
    return answer;
}

/* A disk that gets full at any point: what is said to be accepted is in the
 * journal, and all of it comes home when there is room again. */
START_TEST(a_full_disk)
{
    config.concurrency = 4;
    bool small = _i < 11; /* how much a run writes depends on its pace */
    rlim_t bytes = small ? 100000 + 260000 * (rlim_t)_i : RLIM_INFINITY;
    unsigned said = said_on_a_small_disk(bytes);
    bool good = said & SAID_GOOD;
    ck_assert(!(said & SAID_OFF));
    said &= SAID_GOOD - 1;
    size_t there = known();
    ck_assert_msg(said <= there, "%u accepted, %zu in the journal", said,
                  there);
    ck_assert(good == (said == 300));
    run_of(0, 300, 1, EXIT_DONE);
    ck_assert_uint_eq(known(), 300);
    if (_i == 0 || !small)
        ck_assert(good == !small);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("delivery_journal");
    TCase *c = tcase_create("delivery_journal");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, prepare, teardown);
    tcase_add_test(c, undone_with_another);
    tcase_add_loop_test(c, a_full_disk, 0, 12);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
