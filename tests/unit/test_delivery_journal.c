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
    change_journal("CREATE TRIGGER no BEFORE INSERT ON batches WHEN "
                   "(SELECT count(*) FROM batches) > 0 "
                   "BEGIN SELECT RAISE(ABORT, 'no more'); END");
    two_at_once();
    end(false, EXIT_FAULT);
    ck_assert_ptr_nonnull(strstr(err.text, "no more"));
    ck_assert_uint_eq(ended.accepted, known());
    ck_assert_uint_eq(ended.pending, 7 - ended.accepted);
    change_journal("DROP TRIGGER no");
    run_of(0, 7, 1, EXIT_DONE);
    ck_assert_uint_eq(known(), 7);
}
END_TEST

/* In a process whose files may not grow above so many bytes: how many records
 * it says were accepted. */
static unsigned accepted_on_a_small_disk(rlim_t bytes)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        const struct rlimit limit = {bytes, bytes};
        unsigned said = 0;
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        rejects = rejects_open("r.csv", "setCustomer", &err);
        journal = journal_open(".", &err);
        const struct delivery_plan plan = {.config = &config,
                                           .mapping = &mapping,
                                           .journal = journal,
                                           .rejects = rejects};
        sink = journal ? delivery_new(&plan, &err) : NULL;
        if (sink != NULL) {
            rows(0, 300, 1);
            bool good = take();
            good = sink->kind->finish(sink, false, &err) && good;
            said = (unsigned)sink->ledger.accepted;
            said |= good ? 1u << 20 : 0;
            said |= ledger_balances(&sink->ledger) ? 0 : 1u << 21;
        }
        _exit(write(ends[1], &said, sizeof said) == sizeof said ? 0 : 1);
    }
    unsigned said = 1u << 21;
    close(ends[1]);
    ck_assert_int_eq(read(ends[0], &said, sizeof said), sizeof said);
    close(ends[0]);
    waitpid(child, NULL, 0);
    return said;
}

/* A disk that gets full at any point: what is said to be accepted is in the
 * journal, and all of it comes home when there is room again. */
START_TEST(a_full_disk)
{
    serve(by_rules);
    config.concurrency = 4;
    rlim_t bytes = 100000 + 260000 * (rlim_t)_i;
    unsigned said = accepted_on_a_small_disk(bytes);
    ck_assert_uint_eq(said >> 21, 0);
    bool good = said >> 20;
    said &= (1u << 20) - 1;
    size_t there = known();
    ck_assert_msg(said <= there, "%u accepted, %zu in the journal", said,
                  there);
    ck_assert(good == (said == 300));
    run_of(0, 300, 1, EXIT_DONE);
    ck_assert_uint_eq(known(), 300);
    if (_i == 0 || _i == 11)
        ck_assert(good == (_i == 11));
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
