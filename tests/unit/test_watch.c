/* The watch: who is late is told so, in its own thread and once; who is in
 * time, idle or gone is not. */
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
    atomic_int times;
    bool elsewhere;
};

static void tell(void *subject)
{
    struct told *told = subject;
    told->elsewhere |= !pthread_equal(pthread_self(), told->thread);
    atomic_fetch_add(&told->times, 1);
}

static void enter(struct told *told)
{
    told->thread = pthread_self();
    watch_enter(&told->watch, tell, told);
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
    watch_turn(&idle.watch);
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
    watch_turn(&told->watch);
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

int main(void)
{
    Suite *s = suite_create("watch");
    TCase *t = tcase_create("watch");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, late_once_a_turn);
    tcase_add_test(t, idle_and_gone);
    tcase_add_test(t, each_in_its_own_thread);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
