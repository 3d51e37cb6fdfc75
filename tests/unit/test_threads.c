/* A thread that cannot be started ends the run with a clear error, whichever
 * of them it is: pthread_create is replaced here by one that fails when it is
 * told to. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/interrupt.h"
#include "base/watch.h"
#include "form/form.h"
#include "pipeline/pipeline.h"
#include "sandbox/sandbox.h"
#include "script_run.h"

/* The calls that succeed before one fails; -1: all do. */
static atomic_int left = -1;
static atomic_int failed;

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*body)(void *), void *argument)
{
    static int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *),
                       void *);
    if (real == NULL)
        *(void **)&real = dlsym(RTLD_NEXT, "pthread_create");
    if (atomic_load(&left) >= 0 && atomic_fetch_sub(&left, 1) == 0) {
        atomic_fetch_add(&failed, 1);
        return EAGAIN;
    }
    return real(thread, attributes, body, argument);
}

static void fail_at(int call)
{
    atomic_store(&left, call);
    atomic_store(&failed, 0);
}

/* A sink that takes everything and counts its ends. */
static atomic_bool woken;
static unsigned taken, finished, cut;

static bool sink_take(struct sink *sink, const struct chunk *mapped,
                      struct err *why)
{
    (void)why;
    sink->ledger.rows += mapped->rows;
    taken++;
    return true;
}

static bool sink_wait(struct sink *sink, struct err *why)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    (void)sink;
    (void)why;
    while (!atomic_exchange(&woken, false))
        nanosleep(&moment, NULL);
    return true;
}

static void sink_wake(struct sink *sink)
{
    (void)sink;
    atomic_store(&woken, true);
}

static bool sink_finish(struct sink *sink, bool cut_short, struct err *why)
{
    (void)sink;
    (void)why;
    cut += cut_short;
    finished++;
    return true;
}

static void sink_free(struct sink *sink)
{
    (void)sink;
}

static const struct sink_kind kind = {.take = sink_take,
                                      .wait = sink_wait,
                                      .wake = sink_wake,
                                      .finish = sink_finish,
                                      .free = sink_free};

static void needs_threads(const struct err *why)
{
    ck_assert_int_eq(why->code, EXIT_FAULT);
    contains(why->text, "a thread cannot be started: ");
    contains(why->text, strerror(EAGAIN));
    contains(why->text, "ulimit -u");
}

enum { JOBS = 2, THREADS = JOBS + 3 }; /* reader, Ctrl-C's, the watch's */

static bool run_pipeline(struct script *const *scripts)
{
    struct sink sink = {.kind = &kind};
    struct progress progress;
    struct pipeline_options options = {
        .scripts = scripts, .jobs = JOBS, .sink = &sink, .progress = &progress};
    taken = finished = cut = 0;
    err = (struct err){.text = ""};
    progress_begin(&progress, &sink.ledger, NULL, 0);
    return pipeline_run(&options, &err);
}

START_TEST(one_thread_fails)
{
    struct script *scripts[JOBS];
    make_folder();
    ck_assert(open_text(MAP(RECORD(""))));
    scripts[0] = script;
    scripts[1] = script_open(path, &limits, true, &err);
    for (unsigned i = 0; i < JOBS; i++)
        ck_assert(script_use(scripts[i], 0, &err));
    for (int call = 0; call < THREADS; call++) {
        fail_at(call);
        ck_assert(!run_pipeline(scripts));
        ck_assert_int_eq(atomic_load(&failed), 1);
        needs_threads(&err);
        ck_assert_uint_eq(taken, 0);
        ck_assert_uint_eq(finished, 1);
        ck_assert_uint_eq(cut, 1); /* what waits is not sent any more */
    }
    fail_at(THREADS); /* and all is as it was */
    ck_assert(run_pipeline(scripts));
    ck_assert_int_eq(atomic_load(&left), 0);
    ck_assert_uint_eq(taken, 1);
    ck_assert_uint_eq(cut, 0);
    script_free(scripts[1]);
    close_all();
    remove_folder();
}
END_TEST

/* What was changed for the time of it is given back. */
START_TEST(signals_stay)
{
    sigset_t before, after;
    struct sigaction handler;
    pthread_sigmask(SIG_BLOCK, NULL, &before);
    fail_at(0);
    ck_assert(!interrupt_begin(NULL, NULL, &err));
    pthread_sigmask(SIG_BLOCK, NULL, &after);
    ck_assert_int_eq(sigismember(&after, SIGINT), sigismember(&before, SIGINT));
    needs_threads(&err);
    fail_at(0);
    ck_assert(!watch_begin(&err));
    sigaction(SIGURG, NULL, &handler);
    ck_assert(handler.sa_handler == SIG_DFL);
    needs_threads(&err);
}
END_TEST

START_TEST(sandbox_fails)
{
    const struct sandbox_options options = {.seed = 1};
    ck_assert_ptr_nonnull(forms_load(&err));
    fail_at(0);
    ck_assert_ptr_null(sandbox_start(&options, &err));
    ck_assert_int_eq(err.code, EXIT_FAULT);
    contains(err.text, "ulimit -u");
    fail_at(-1);
    forms_release();
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("threads");
    TCase *c = tcase_create("threads");
    tcase_add_test(c, one_thread_fails);
    tcase_add_test(c, signals_stay);
    tcase_add_test(c, sandbox_fails);
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
