/* test_shell.c: a command is held within its bounds, and nothing of it stays
 * behind: no process, no zombie, no open pipe. */
#include "config/shell.h"

#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/interrupt.h"

static struct buf output;
static struct err err;

static void pause_for(double seconds)
{
    struct timespec time = {.tv_nsec = (long)(seconds * 1e9)};
    nanosleep(&time, NULL);
}

static bool run(const char *command, double seconds)
{
    buf_release(&output);
    err.text[0] = '\0';
    return shell_run("the_command", command, seconds, &output, &err);
}

/* A zombie would be found. */
static void check_alone(void)
{
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}

static void refused(const char *command, double seconds, const char *says)
{
    ck_assert_msg(!run(command, seconds), "it was not refused: %s", command);
    ck_assert_ptr_eq(strstr(err.text, "the_command: "), err.text);
    ck_assert_msg(strstr(err.text, says) != NULL, "%s", err.text);
    ck_assert_int_eq(err.code, EXIT_USAGE);
    check_alone();
}

/* The number that a process has left in a file; it must be gone. */
static void check_gone(const char *path)
{
    long pid = 0;
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fscanf(file, "%ld", &pid), 1);
    fclose(file);
    for (int i = 0; i < 500 && kill((pid_t)pid, 0) == 0; i++)
        pause_for(0.01); /* its new parent takes it up when it can */
    char line[64], stat[64] = "";
    snprintf(line, sizeof line, "/proc/%ld/stat", pid);
    file = fopen(line, "r");
    if (file != NULL) { /* where nobody takes it up, it is dead at least */
        ck_assert_ptr_nonnull(fgets(stat, sizeof stat, file));
        ck_assert_ptr_nonnull(strstr(stat, ") Z"));
        fclose(file);
    }
}

START_TEST(what_it_prints)
{
    ck_assert(run("printf 'one\\n'; printf two", 60));
    ck_assert_str_eq(buf_text(&output), "one\ntwo");
    ck_assert(run("head -c 4096 /dev/zero", 60));
    ck_assert_uint_eq(output.len, 4096);
    ck_assert(run(":", 60));
    ck_assert_uint_eq(output.len, 0);
    check_alone();
}
END_TEST

/* Some who start programs ignore it, which those inherit. */
START_TEST(children_are_waited_for)
{
    signal(SIGCHLD, SIG_IGN);
    ck_assert_msg(run("echo one", 5), "%s", err.text);
    ck_assert_str_eq(buf_text(&output), "one\n");
    refused("exit 3", 5, "exit code 3");
    signal(SIGCHLD, SIG_DFL);
}
END_TEST

START_TEST(too_much)
{
    double begun = clock_now();
    refused("head -c 4097 /dev/zero", 60, "more than 4096 bytes");
    refused("yes", 60, "more than 4096 bytes");
    refused("yes & sleep 50", 60, "more than 4096 bytes");
    ck_assert(clock_now() - begun < 20);
}
END_TEST

START_TEST(how_it_ends)
{
    refused("exit 3", 60, "ended with exit code 3");
    refused("kill -9 $$", 60, "ended with signal 9");
    refused("/no/such/program", 60, "exit code 127");
    refused("kill -STOP $$", 60, "stopped");
}
END_TEST

START_TEST(too_long)
{
    char folder[] = "/tmp/test_shell.XXXXXX", command[256], path[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/pid", folder);
    snprintf(command, sizeof command,
             "trap '' INT TERM; sleep 300 & echo $! > %s; echo x; wait", path);
    double begun = clock_now();
    refused(command, 0.5, "takes too long");
    refused("while :; do :; done", 0.2, "takes too long");
    refused("exec >&- 2>&-; sleep 300", 0.2, "takes too long");
    ck_assert(clock_now() - begun < 20);
    check_gone(path);
    unlink(path);
    rmdir(folder);
}
END_TEST

/* What it leaves running has its pipes, and is not waited for. */
START_TEST(left_behind)
{
    double begun = clock_now();
    ck_assert(run("sleep 30 & echo word", 60));
    ck_assert_str_eq(buf_text(&output), "word\n");
    ck_assert(run("timeout 40 yes >&2 & echo word; sleep 0.1", 60));
    ck_assert_str_eq(buf_text(&output), "word\n");
    ck_assert(clock_now() - begun < 20);
    check_alone();
}
END_TEST

/* What is said to standard error is shown, without what steers a terminal, and
 * ends. */
START_TEST(said)
{
    int both[2], kept = dup(STDERR_FILENO);
    static char seen[65536];
    ck_assert_int_eq(pipe(both), 0);
    dup2(both[1], STDERR_FILENO);
    /* A character may come in halves. */
    bool good = run("printf 'a\\033[2J\\t\\302\\233\\342\\200' >&2; sleep 0.1;"
                    "printf '\\256\\377ậ\\n' >&2;"
                    "yes no | head -c 1000000 >&2; echo word",
                    60);
    dup2(kept, STDERR_FILENO);
    close(both[1]);
    ssize_t len = read(both[0], seen, sizeof seen - 1);
    close(both[0]);
    close(kept);
    ck_assert(good);
    ck_assert_str_eq(buf_text(&output), "word\n");
    ck_assert_int_gt(len, 4000);
    ck_assert_int_lt(len, 4200);
    ck_assert_ptr_eq(strstr(seen, "a\\u{1B}[2J\t\\u{9B}\\u{202E}\\xFFậ\nno\n"),
                     seen);
    ck_assert_ptr_nonnull(strstr(seen, "…\n"));
}
END_TEST

static void *interrupt_soon(void *unused)
{
    (void)unused;
    pause_for(0.3);
    kill(getpid(), SIGINT);
    return NULL;
}

START_TEST(interruption)
{
    pthread_t thread;
    sigset_t signals;
    interrupt_signals(&signals); /* as in the program, none but the watcher */
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    double begun = clock_now();
    ck_assert_int_eq(pthread_create(&thread, NULL, interrupt_soon, NULL), 0);
    ck_assert(!run("trap '' INT; sleep 50; echo word", 60));
    pthread_join(thread, NULL);
    atomic_store(&interrupted, false); /* for what runs after this test */
    ck_assert_int_eq(err.code, EXIT_INTERRUPTED);
    ck_assert(clock_now() - begun < 20);
    check_alone();
}
END_TEST

/* Signals that we ignore or block are none of the command's. */
START_TEST(usual_signals)
{
    signal(SIGPIPE, SIG_IGN);
    sigset_t signals;
    interrupt_signals(&signals);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    unsigned long long blocked = 1, ignored = 1, pipes = 1ULL << (SIGPIPE - 1);
    ck_assert(run("grep -E '^Sig(Blk|Ign)' /proc/self/status", 60));
    ck_assert_int_eq(sscanf(buf_text(&output), "SigBlk: %llx SigIgn: %llx",
                            &blocked, &ignored),
                     2);
    ck_assert_uint_eq(blocked, 0);
    ck_assert_uint_eq(ignored & pipes, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("shell");
    TCase *tests = tcase_create("shell");
    tcase_add_test(tests, what_it_prints);
    tcase_add_test(tests, children_are_waited_for);
    tcase_add_test(tests, too_much);
    tcase_add_test(tests, how_it_ends);
    tcase_add_test(tests, too_long);
    tcase_add_test(tests, left_behind);
    tcase_add_test(tests, said);
    tcase_add_test(tests, interruption);
    tcase_add_test(tests, usual_signals);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
