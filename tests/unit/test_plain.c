/* test_plain.c: the plain tools: err, mem, buf, queue, record, interrupt. */
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/queue.h"
#include "record.h"

START_TEST(err_says_and_cuts)
{
    struct err err;
    ck_assert(!err_set(&err, EXIT_INPUT, "%s:%d", "a.csv", 3));
    ck_assert_int_eq(err.code, EXIT_INPUT);
    ck_assert_str_eq(err.text, "a.csv:3");
    err_prefix(&err, "run %d", 1);
    ck_assert_str_eq(err.text, "run 1: a.csv:3");
    char *lengthy = mem_alloc(3000);
    memset(lengthy, 'x', 2999);
    lengthy[2999] = '\0';
    err_set(&err, EXIT_FAULT, "%s", lengthy);
    ck_assert_uint_eq(strlen(err.text), sizeof err.text - 1);
    ck_assert_str_eq(err.text + sizeof err.text - 4, "...");
    err_prefix(&err, "p");
    ck_assert_str_eq(err.text + sizeof err.text - 4, "...");
    free(lengthy);
}
END_TEST

START_TEST(arena_keeps_its_blocks)
{
    struct arena arena;
    arena_init(&arena);
    char *first = arena_alloc(&arena, 10);
    ck_assert_uint_eq((uintptr_t)first % 16, 0);
    char *large = arena_alloc(&arena, 1 << 20);
    memset(large, 1, (1 << 20) + 16);
    for (int i = 0; i < 10000; i++)
        memset(arena_alloc(&arena, 100), i & 0xff, 116);
    arena_reset(&arena);
    ck_assert_ptr_eq(arena_alloc(&arena, 10), first);
    ck_assert_ptr_eq(arena_alloc(&arena, 1 << 20), large);
    arena_release(&arena);
}
END_TEST

START_TEST(arena_blocks_are_found_again_in_any_order)
{
    struct arena arena;
    arena_init(&arena);
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < 300000; size = size * 3 + 1)
            memset(arena_alloc(&arena, size), round, size + 16);
        for (size_t size = 300000; size > 1; size /= 3)
            memset(arena_alloc(&arena, size), round, size + 16);
        arena_reset(&arena);
    }
    arena_release(&arena);
}
END_TEST

START_TEST(buf_grows)
{
    struct buf buf = {0};
    for (int i = 0; i < 1000; i++)
        buf_addf(&buf, "%d,", i % 10);
    ck_assert_uint_eq(buf.len, 2000);
    buf_putc(&buf, 'x');
    buf_puts(&buf, "yz");
    buf_add(&buf, NULL, 0);
    ck_assert_str_eq(buf_text(&buf) + 1998, "9,xyz");
    memset(buf.at + buf.cap, 0, BUF_SLACK);
    size_t len;
    char *text = buf_detach(&buf, &len);
    ck_assert_uint_eq(len, 2003);
    ck_assert_ptr_null(buf.at);
    free(text);
}
END_TEST

START_TEST(chunk_keeps_memory)
{
    struct chunk *chunk = chunk_new();
    for (int i = 0; i < 1000; i++) {
        chunk_add_record(chunk)->place.line = (uint64_t)i;
        chunk_add_reject(chunk)->place.line = (uint64_t)i;
    }
    buf_puts(&chunk->json, "{}");
    struct record *records = chunk->records;
    chunk_clear(chunk);
    ck_assert_uint_eq(chunk->record_count, 0);
    ck_assert_uint_eq(chunk->json.len, 0);
    ck_assert_ptr_eq(chunk->records, records);
    chunk_free(chunk);
}
END_TEST

enum { PASSED = 20000 };

static void *put_all(void *queue)
{
    for (uintptr_t i = 1; i <= PASSED; i++)
        ck_assert(queue_put(queue, (void *)i));
    queue_close(queue);
    return NULL;
}

static void *take_all(void *queue)
{
    uintptr_t sum = 0;
    void *got;
    while ((got = queue_take(queue)) != NULL)
        sum += (uintptr_t)got;
    return (void *)sum;
}

START_TEST(queue_passes_everything_once)
{
    struct queue queue;
    queue_init(&queue, 3);
    pthread_t giver, taker[2];
    pthread_create(&giver, NULL, put_all, &queue);
    for (int i = 0; i < 2; i++)
        pthread_create(&taker[i], NULL, take_all, &queue);
    uintptr_t sum = 0;
    for (int i = 0; i < 2; i++) {
        void *got;
        pthread_join(taker[i], &got);
        sum += (uintptr_t)got;
    }
    pthread_join(giver, NULL);
    ck_assert_uint_eq(sum, (uintptr_t)PASSED * (PASSED + 1) / 2);
    ck_assert(!queue_put(&queue, &queue));
    ck_assert_ptr_null(queue_try(&queue));
    queue_release(&queue);
}
END_TEST

static void usleep_ms(long ms)
{
    struct timespec rest = {.tv_nsec = ms * 1000000};
    nanosleep(&rest, NULL);
}

static void set_flag(void *flag)
{
    atomic_store((atomic_bool *)flag, true);
}

START_TEST(first_signal_wakes)
{
    static atomic_bool woken;
    struct err err;
    ck_assert(interrupt_begin(set_flag, &woken, &err));
    ck_assert(!atomic_load(&interrupted));
    kill(getpid(), SIGINT);
    while (!atomic_load(&woken))
        usleep_ms(1);
    ck_assert(atomic_load(&interrupted));
    interrupt_end();
    atomic_store(&interrupted, false);
}
END_TEST

/* The innermost is woken, and a second one within a moment changes nothing. */
START_TEST(the_innermost_is_woken)
{
    static atomic_bool outer, inner;
    struct err err;
    ck_assert(interrupt_begin(set_flag, &outer, &err));
    ck_assert(interrupt_begin(NULL, NULL, &err));
    ck_assert(interrupt_begin(set_flag, &inner, &err));
    kill(getpid(), SIGHUP);
    while (!atomic_load(&inner))
        usleep_ms(1);
    kill(getpid(), SIGTERM);
    interrupt_end();
    kill(getpid(), SIGHUP);
    interrupt_end();
    interrupt_end();
    kill(getpid(), SIGTERM); /* taken to the end */
    usleep_ms(20);
    ck_assert(!atomic_load(&outer));
    atomic_store(&interrupted, false);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("plain");
    TCase *c = tcase_create("plain");
    tcase_add_test(c, err_says_and_cuts);
    tcase_add_test(c, arena_keeps_its_blocks);
    tcase_add_test(c, arena_blocks_are_found_again_in_any_order);
    tcase_add_test(c, buf_grows);
    tcase_add_test(c, chunk_keeps_memory);
    tcase_add_test(c, queue_passes_everything_once);
    tcase_add_test(c, first_signal_wakes);
    tcase_add_test(c, the_innermost_is_woken);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
