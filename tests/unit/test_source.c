/* Sources: files, pipes, memory; peeking; what cannot be opened. */
#include <check.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "source/source.h"

static char folder[64];
static struct err err;

static char *write_file(const char *name, const char *text, size_t len)
{
    char *path = mem_format("%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fwrite(text, 1, len, file);
    fclose(file);
    return path;
}

static void setup(void)
{
    snprintf(folder, sizeof folder, "/tmp/fastsync-source-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void teardown(void)
{
    char *command = mem_format("rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
    free(command);
}

/* Reads all in steps of `step` and compares. */
static void expect_all(struct source *source, const char *wanted, size_t len,
                       size_t step)
{
    char *into = mem_alloc(step);
    size_t seen = 0, got = 1;
    while (got > 0) {
        ck_assert(source_read(source, into, step, &got, &err));
        ck_assert_uint_le(seen + got, len);
        ck_assert_mem_eq(into, wanted + seen, got);
        seen += got;
    }
    ck_assert_uint_eq(seen, len);
    free(into);
}

START_TEST(a_file_peeked_and_read)
{
    enum { LEN = SOURCE_PEEK * 2 + 17 };
    char *text = mem_alloc(LEN);
    for (size_t i = 0; i < LEN; i++)
        text[i] = (char)(i * 7);
    char *path = write_file("a", text, LEN);
    for (size_t step = 1; step < 200000; step = step * 9 + 1) {
        const char *head;
        size_t len;
        struct source *source = source_open(path, NULL, &err);
        ck_assert_ptr_nonnull(source);
        ck_assert_uint_eq(source_size(source), LEN);
        ck_assert(source_peek(source, &head, &len, &err));
        ck_assert_uint_eq(len, SOURCE_PEEK);
        ck_assert_mem_eq(head, text, len);
        ck_assert(source_peek(source, &head, &len, &err));
        expect_all(source, text, LEN, step);
        source_close(source);
    }
    free(path);
    free(text);
}
END_TEST

START_TEST(memory)
{
    const char *head;
    size_t len;
    struct source *source = source_memory("hello", 5);
    ck_assert(source_peek(source, &head, &len, &err));
    ck_assert_uint_eq(len, 5);
    expect_all(source, "hello", 5, 2);
    source_close(source);
    source_close(NULL);
}
END_TEST

static void *write_slowly(void *argument)
{
    int fd = *(int *)argument;
    const struct timespec pause = {.tv_nsec = 2000000};
    for (int i = 0; i < 10; i++) {
        ck_assert_int_eq(write(fd, "0123456789", 10), 10);
        nanosleep(&pause, NULL);
    }
    close(fd);
    return NULL;
}

START_TEST(a_slow_pipe_is_peeked_to_its_end)
{
    int ends[2], saved = dup(STDIN_FILENO);
    pthread_t writer;
    const char *head;
    size_t len;
    ck_assert_int_eq(pipe(ends), 0);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    ck_assert_int_eq(pthread_create(&writer, NULL, write_slowly, &ends[1]), 0);
    struct source *source = source_open("-", NULL, &err);
    ck_assert_ptr_nonnull(source);
    ck_assert_uint_eq(source_size(source), 0);
    ck_assert(source_peek(source, &head, &len, &err));
    ck_assert_uint_eq(len, 100);
    char *wanted = mem_format("%s%s%s%s%s", "01234567890123456789",
                              "01234567890123456789", "01234567890123456789",
                              "01234567890123456789", "01234567890123456789");
    expect_all(source, wanted, 100, 7);
    free(wanted);
    source_close(source);
    pthread_join(writer, NULL);
    dup2(saved, STDIN_FILENO);
    close(saved);
}
END_TEST

enum { LARGE = 200000 }; /* beyond a head, and a pipe's own buffer */

static void *write_large(void *argument)
{
    int fd = *(int *)argument;
    for (int i = 0; i < LARGE / 10; i++) {
        char line[11];
        snprintf(line, sizeof line, "%09d\n", i);
        ck_assert_int_eq(write(fd, line, 10), 10);
    }
    close(fd);
    return NULL;
}

static void expect_at(struct source *source, uint64_t offset, const char *says)
{
    char bytes[11] = "";
    size_t got;
    ck_assert(source_read_at(source, offset, bytes, 10, &got, &err));
    ck_assert_str_eq(bytes, says);
}

static void expect_count(struct source *source, size_t count)
{
    char bytes[4096];
    size_t got, sum = 0;
    do {
        ck_assert(source_read(source, bytes, sizeof bytes, &got, &err));
        if (sum == 0)
            ck_assert_mem_eq(bytes, "000000000\n", 10);
        sum += got;
    } while (got > 0);
    ck_assert_uint_eq(sum, count);
}

/* Any place, and from the beginning again, in the middle of reading too. */
static void expect_random_access(struct source *source)
{
    const char *head;
    size_t len;
    ck_assert(source_peek(source, &head, &len, &err));
    ck_assert(source_rewind(source, &err)); /* nothing was read yet */
    ck_assert(source_spool(source, &err));
    ck_assert_uint_eq(source_size(source), LARGE);
    expect_at(source, LARGE - 10, "000019999\n");
    expect_at(source, LARGE, "");
    expect_at(source, LARGE + 1000000, "");
    expect_count(source, LARGE);
    expect_at(source, 0, "000000000\n");
    ck_assert(source_rewind(source, &err));
    ck_assert(source_read(source, (char[100]){0}, 100, &len, &err));
    expect_at(source, 70000, "000007000\n");
    ck_assert(source_rewind(source, &err));
    expect_count(source, LARGE);
}

START_TEST(random_access_to_a_pipe)
{
    int ends[2], saved = dup(STDIN_FILENO);
    pthread_t writer;
    ck_assert_int_eq(pipe(ends), 0);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    ck_assert_int_eq(pthread_create(&writer, NULL, write_large, &ends[1]), 0);
    struct source *source = source_open("-", NULL, &err);
    expect_random_access(source);
    source_close(source);
    pthread_join(writer, NULL);
    dup2(saved, STDIN_FILENO);
    close(saved);
}
END_TEST

START_TEST(random_access_to_files_and_memory)
{
    char *path = mem_format("%s/large", folder), *bytes = mem_alloc(LARGE);
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    write_large(&fd);
    struct source *source = source_open(path, NULL, &err);
    expect_random_access(source);
    ck_assert(source_rewind(source, &err));
    for (size_t got = 1, sum = 0; got > 0; sum += got)
        ck_assert(source_read(source, bytes + sum, LARGE, &got, &err));
    source_close(source);
    source = source_memory(bytes, LARGE);
    expect_random_access(source);
    source_close(source);
    free(bytes);
    free(path);
}
END_TEST

START_TEST(standard_input_that_others_have_read_from)
{
    char *path = mem_format("%s/begun", folder), byte[7] = "";
    int fd = open(path, O_RDWR | O_CREAT, 0600), saved = dup(STDIN_FILENO);
    size_t got;
    ck_assert_int_eq(write(fd, "abcdef", 6), 6);
    ck_assert_int_eq(lseek(fd, 2, SEEK_SET), 2);
    dup2(fd, STDIN_FILENO);
    struct source *source = source_open("-", NULL, &err);
    ck_assert_uint_eq(source_size(source), 4);
    ck_assert(source_spool(source, &err));
    expect_at(source, 1, "def");
    ck_assert(source_read(source, byte, 6, &got, &err));
    ck_assert_str_eq(byte, "cdef");
    ck_assert(source_rewind(source, &err));
    ck_assert(source_read(source, byte, 1, &got, &err));
    ck_assert_int_eq(byte[0], 'c');
    source_close(source);
    dup2(saved, STDIN_FILENO);
    close(saved);
    close(fd);
    free(path);
}
END_TEST

static atomic_bool stop;

static void *stop_soon(void *unused)
{
    const struct timespec pause = {.tv_nsec = 20000000};
    nanosleep(&pause, NULL);
    stop = true;
    return unused;
}

START_TEST(a_silent_pipe_notices_a_stop)
{
    pthread_t thread;
    size_t got;
    char byte, *path = mem_format("%s/pipe", folder);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    int other = open(path, O_RDWR); /* keeps it open and empty */
    struct source *source = source_open(path, NULL, &err);
    ck_assert_ptr_nonnull(source);
    stop = false;
    source_stop_on(source, &stop);
    ck_assert_int_eq(pthread_create(&thread, NULL, stop_soon, NULL), 0);
    ck_assert(!source_read(source, &byte, 1, &got, &err));
    ck_assert_int_eq(err.code, EXIT_INTERRUPTED);
    pthread_join(thread, NULL);
    source_close(source);
    close(other);
    free(path);
}
END_TEST

/* What happens to a file while it is read, and what is said of it. */

static const struct {
    const char *command, *says; /* NULL: it is read to its end */
    size_t more;                /* bytes that have come */
} changes[] = {
    {"truncate -s 150000 %s",
     "became shorter while it was read: 200 000 bytes "
     "when it was opened, 150 000 left",
     0},
    {"head -c 10 %s >%s.new; cat %s.new >%s", "became shorter", 0},
    {": >%s", "became shorter", 0},
    {"printf X | dd of=%s bs=1 seek=170000 conv=notrunc 2>/dev/null",
     "was written over while it was read", 0},
    {"touch -r %s %s.old; printf X | dd of=%s bs=1 seek=9 conv=notrunc "
     "2>/dev/null; touch -r %s.old %s",
     "was written over", 0},
    {"tr 0 1 <%s >%s.new; cat %s.new %s.new >%s", "was written over", 0},
    {"touch -d '2020-01-01' %s", "was written over", 0},
    {"printf 0123456789 >>%s", NULL, 10},
    {"mv %s %s.done", NULL, 0},
    {"rm %s", NULL, 0},
    {"chmod 400 %s", NULL, 0},
    {"cp %s %s.new; mv %s.new %s", NULL, 0},
};

/* Every %s of the command is the path. */
static void change(const char *command, const char *path)
{
    struct buf all = {0};
    for (const char *at = command; *at != '\0'; at++)
        if (at[0] == '%') {
            buf_puts(&all, path);
            at++;
        } else {
            buf_putc(&all, *at);
        }
    ck_assert_int_eq(system(buf_text(&all)), 0);
    buf_release(&all);
}

START_TEST(a_file_that_changes_while_it_is_read)
{
    char bytes[4096], *path = mem_format("%s/large", folder);
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    const struct timespec tick = {.tv_nsec = 20000000};
    size_t got = 1, sum = 0;
    bool good = true;
    write_large(&fd);
    nanosleep(&tick, NULL); /* times of change have no finer grain */
    struct source *source = source_open(path, NULL, &err);
    ck_assert(source_read(source, bytes, sizeof bytes, &sum, &err));
    change(changes[_i].command, path);
    for (; good && got > 0; sum += good ? got : 0)
        good = source_read(source, bytes, sizeof bytes, &got, &err);
    ck_assert_msg(good == (changes[_i].says == NULL), "%s: %s",
                  changes[_i].command, good ? "read" : err.text);
    if (good) {
        ck_assert_uint_eq(sum, LARGE + changes[_i].more);
    } else {
        ck_assert_int_eq(err.code, EXIT_INPUT);
        ck_assert_msg(strstr(err.text, changes[_i].says) != NULL, "%s",
                      err.text);
    }
    source_close(source);
    free(path);
}
END_TEST

static void expect_refusal(const char *path, const char *says)
{
    ck_assert_ptr_null(source_open(path, NULL, &err));
    ck_assert_int_eq(err.code, EXIT_INPUT);
    ck_assert_msg(strstr(err.text, path) == err.text, "%s", err.text);
    ck_assert_msg(strstr(err.text, says) != NULL, "%s", err.text);
}

START_TEST(refusals_say_what_to_do)
{
    char *path = mem_format("%s/none.csv", folder);
    expect_refusal(path, "no such file");
    expect_refusal(folder, "name a file in it");
    free(path);
    path = write_file("secret", "x", 1);
    chmod(path, 0);
    if (geteuid() != 0)
        expect_refusal(path, "may not be read");
    free(path);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("source");
    TCase *t = tcase_create("source");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, random_access_to_a_pipe);
    tcase_add_test(t, random_access_to_files_and_memory);
    tcase_add_test(t, standard_input_that_others_have_read_from);
    tcase_add_test(t, a_file_peeked_and_read);
    tcase_add_test(t, memory);
    tcase_add_test(t, a_slow_pipe_is_peeked_to_its_end);
    tcase_add_test(t, a_silent_pipe_notices_a_stop);
    tcase_add_test(t, refusals_say_what_to_do);
    tcase_add_loop_test(t, a_file_that_changes_while_it_is_read, 0,
                        sizeof changes / sizeof *changes);
    suite_add_tcase(s, t);
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
