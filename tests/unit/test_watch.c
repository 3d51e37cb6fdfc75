/* The watch: who is late is told so, in its own thread and once; then that its
 * seconds are over, or that the program is to end; who is in time, idle or gone
 * is not. */
#include "base/interrupt.h"
#include "base/watch.h"

#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

static void sleep_ms(long ms)
{
    struct timespec time = {.tv_nsec = ms * 1000000};
    while (nanosleep(&time, &time) != 0)
        ;
}

struct told {
    struct watch watch;
    pthread_t thread;
    atomic_int times; /* late */
    atomic_int spent, interrupted;
    double seconds;
    bool elsewhere;
};

static void tell(void *subject, enum watch_reason reason)
{
    struct told *told = subject;
    told->elsewhere |= !pthread_equal(pthread_self(), told->thread);
    atomic_fetch_add(reason == WATCH_LATE    ? &told->times
                     : reason == WATCH_SPENT ? &told->spent
                                             : &told->interrupted,
                     1);
}

static void enter(struct told *told)
{
    told->thread = pthread_self();
    watch_enter(&told->watch, tell, told, told->seconds);
}

static struct err thread_err;

START_TEST(late_once_a_turn)
{
    struct told told = {.times = 0};
    ck_assert(watch_begin(&thread_err));
    enter(&told);
    watch_turn(&told.watch);
    while (atomic_load(&told.times) == 0)
        sleep_ms(1);
    sleep_ms(100);
    ck_assert_int_eq(atomic_load(&told.times), 1);
    watch_turn(&told.watch);
    while (atomic_load(&told.times) == 1)
        sleep_ms(1);
    ck_assert_int_eq(atomic_load(&told.times), 2);
    ck_assert(!told.elsewhere);
    watch_leave(&told.watch);
    watch_end();
}
END_TEST

START_TEST(idle_and_gone)
{
    struct told idle = {.times = 0};
    ck_assert(watch_begin(&thread_err));
    enter(&idle);
    sleep_ms(100);
    watch_turn(&idle.watch);
    watch_rest(&idle.watch);
    sleep_ms(100);
    watch_turn(&idle.watch);
    watch_leave(&idle.watch);
    sleep_ms(100);
    watch_end();
    ck_assert_int_eq(atomic_load(&idle.times), 0);
}
END_TEST

static void *be_late(void *argument)
{
    struct told *told = argument;
    enter(told);
    watch_turn(&told->watch);
    while (atomic_load(&told->times) == 0)
        sleep_ms(1);
    watch_rest(&told->watch);
    watch_leave(&told->watch);
    return NULL;
}

START_TEST(each_in_its_own_thread)
{
    static struct told told[3];
    pthread_t threads[3];
    ck_assert(watch_begin(&thread_err));
    for (unsigned i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, be_late, &told[i]);
    for (unsigned i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    watch_end();
    for (unsigned i = 0; i < 3; i++) {
        ck_assert_int_eq(atomic_load(&told[i].times), 1);
        ck_assert(!told[i].elsewhere);
    }
}
END_TEST

static double cpu_seconds(void)
{
    struct timespec used;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (double)used.tv_sec + (double)used.tv_nsec * 1e-9;
}

/* Seconds are those that the thread works: it may sleep as long as it likes. */
START_TEST(seconds_of_work)
{
    struct told told = {.seconds = 0.2};
    ck_assert(watch_begin(&thread_err));
    enter(&told);
    watch_turn(&told.watch);
    for (int i = 0; i < 40; i++)
        sleep_ms(10);
    ck_assert_int_eq(atomic_load(&told.spent), 0);
    double begun = cpu_seconds();
    while (atomic_load(&told.spent) == 0 && cpu_seconds() - begun < 10)
        ;
    ck_assert(cpu_seconds() - begun > 0.1);
    ck_assert(cpu_seconds() - begun < 2);
    while (atomic_load(&told.spent) < 3) /* again, until the turn ends */
        sleep_ms(1);
    watch_turn(&told.watch);
    int spent = atomic_load(&told.spent);
    sleep_ms(100);
    ck_assert_int_eq(atomic_load(&told.spent), spent);
    watch_leave(&told.watch);
    watch_end();
}
END_TEST

START_TEST(the_end)
{
    struct told told = {.times = 0};
    ck_assert(watch_begin(&thread_err));
    enter(&told);
    atomic_store(&interrupted, true);
    for (int i = 0; i < 8; i++) { /* short turns are not cut */
        watch_turn(&told.watch);
        sleep_ms(100);
    }
    ck_assert_int_eq(atomic_load(&told.interrupted), 0);
    watch_turn(&told.watch);
    while (atomic_load(&told.interrupted) == 0)
        sleep_ms(1);
    atomic_store(&interrupted, false);
    watch_leave(&told.watch);
    watch_end();
}
END_TEST

/* One inside of another: both are told of their own turns. */
START_TEST(nested)
{
    struct told outer = {.times = 0}, inner = {.times = 0};
    ck_assert(watch_begin(&thread_err));
    ck_assert(watch_begin(&thread_err));
    enter(&outer);
    enter(&inner);
    watch_turn(&inner.watch);
    while (atomic_load(&inner.times) == 0)
        sleep_ms(1);
    ck_assert_int_eq(atomic_load(&outer.times), 0);
    watch_leave(&inner.watch);
    watch_end(); /* the outer pair goes on */
    watch_turn(&outer.watch);
    while (atomic_load(&outer.times) == 0)
        sleep_ms(1);
    ck_assert_int_eq(atomic_load(&inner.times), 1);
    watch_leave(&outer.watch);
    watch_end();
}
END_TEST

int main(void)
{
    Suite *s = suite_create("watch");
    TCase *t = tcase_create("watch");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, late_once_a_turn);
    tcase_add_test(t, idle_and_gone);
    tcase_add_test(t, each_in_its_own_thread);
    tcase_add_test(t, seconds_of_work);
    tcase_add_test(t, the_end);
    tcase_add_test(t, nested);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
