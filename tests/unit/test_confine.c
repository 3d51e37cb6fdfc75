/* What a process has given up it does not get back: tried, in a process of its
 * own each, as a script would that has broken out. Where the kernel keeps
 * nothing, that is said, and the checks are of what still works. */
#define _GNU_SOURCE /* O_PATH, syscall, mkdtemp, unshare */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/confine.h"

#ifdef __linux__
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#endif

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SANITIZED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

static char base[64];
static struct buf words;

static void put(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq((int)write(fd, "text\n", 5), 5);
    close(fd);
}

/* Of all tests: a confined process cannot take its own away. */
static void begin_all(void)
{
    snprintf(base, sizeof base, "/tmp/test-confine-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(base));
}

static void end_all(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", base);
    ck_assert_int_eq(system(command), 0);
}

/* in/ may be read, out/ be written; of.txt and written.txt are granted alone;
 * secret/ lies beside them. */
static void begin(void)
{
    char folder[80];
    snprintf(folder, sizeof folder, "%s/XXXXXX", base);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    mkdir("in", 0700);
    mkdir("in/below", 0700);
    mkdir("out", 0700);
    mkdir("secret", 0700);
    put("in/a.txt");
    put("in/below/b.txt");
    put("secret/s.txt");
    put("of.txt");
    put("written.txt");
    ck_assert_int_eq(symlink("../secret/s.txt", "in/link.txt"), 0);
    ck_assert_int_eq(symlink("../secret", "out/folder"), 0);
}

static void confine(void)
{
    struct confine paths = {.reads = {.count = 0}};
    confine_read(&paths, "in");
    confine_read(&paths, "of.txt");
    confine_read(&paths, "not-there.txt");
    confine_read(&paths, NULL);
    confine_write(&paths, "out");
    confine_write(&paths, "written.txt");
    confine_begin(&paths);
    ck_assert_uint_eq(paths.reads.count, 0);
    buf_clear(&words);
    confine_describe(&words);
}

/* Does it keep anything? It must where the kernel can. */
static bool is_in_force(const char *part, bool kernel_can)
{
    bool is = strstr(buf_text(&words), part) != NULL;
    ck_assert_msg(is == kernel_can, "%s", buf_text(&words));
    if (!is)
        fprintf(stderr, "test_confine: not tried: %s\n", buf_text(&words));
    return is;
}

#ifdef __linux__

static bool has_landlock(void)
{
    return is_in_force("Landlock ", syscall(444, NULL, 0, 1) > 0);
}

static bool has_seccomp(void)
{
    uint32_t refuse = SECCOMP_RET_ERRNO;
    return is_in_force(
        "seccomp (no programs)",
        syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &refuse) == 0);
}

#else

static bool has_landlock(void)
{
    return is_in_force("Landlock ", false);
}

#endif

/* 0, or errno. */
static int opens(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno;
    close(fd);
    return 0;
}

static const struct tried {
    const char *path;
    int flags, code;
} tried[] = {
    /* granted */
    {"in/a.txt", O_RDONLY, 0},
    {"in/below/b.txt", O_RDONLY, 0},
    {"in", O_RDONLY | O_DIRECTORY, 0},
    {"of.txt", O_RDONLY, 0},
    {"written.txt", O_RDWR | O_TRUNC, 0},
    {"out/new.txt", O_RDWR | O_CREAT | O_EXCL, 0},
    {"out/new.txt", O_WRONLY | O_TRUNC, 0},
    {"/etc/passwd", O_RDONLY, 0},
    {"/usr", O_RDONLY | O_DIRECTORY, 0},
    {"/dev/urandom", O_RDONLY, 0},
    {"/dev/null", O_RDWR, 0},
    /* not there: the same as without */
    {"in/none.txt", O_RDONLY, ENOENT},
    {"secret/none.txt", O_RDONLY, ENOENT},
    {"not-there.txt", O_RDONLY, ENOENT},
    {"in/a.txt/none", O_RDONLY, ENOTDIR},
    /* kept */
    {"secret/s.txt", O_RDONLY, EACCES},
    {"secret", O_RDONLY | O_DIRECTORY, EACCES},
    {".", O_RDONLY | O_DIRECTORY, EACCES},
    {"in/../secret/s.txt", O_RDONLY, EACCES},
    {"in/link.txt", O_RDONLY, EACCES},
    {"out/folder/s.txt", O_RDONLY, EACCES},
    {"out/folder/new.txt", O_WRONLY | O_CREAT, EACCES},
    {"in/a.txt", O_WRONLY, EACCES},
    {"in/a.txt", O_RDONLY | O_TRUNC, EACCES},
    {"in/new.txt", O_WRONLY | O_CREAT, EACCES},
    {"of.txt", O_RDWR, EACCES},
    {"new.txt", O_WRONLY | O_CREAT, EACCES},
    {"secret/new.txt", O_WRONLY | O_CREAT, EACCES},
    {"/etc/passwd", O_WRONLY | O_APPEND, EACCES},
    {"/usr/bin/new-of-test", O_WRONLY | O_CREAT, EACCES},
    {"/root", O_RDONLY | O_DIRECTORY, EACCES},
    {"/", O_RDONLY | O_DIRECTORY, EACCES},
#ifndef SANITIZED
    {"/proc/self/environ", O_RDONLY, EACCES},
    {"/proc/self/mem", O_RDWR, EACCES},
    {"/proc/1/environ", O_RDONLY, EACCES},
    {"/proc", O_RDONLY | O_DIRECTORY, EACCES},
#endif
};

static void check_files(void)
{
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        struct stat status;
        const struct tried *row = &tried[i];
        if (*row->path == '/' && stat(row->path, &status) != 0 &&
            (row->flags & O_CREAT) == 0)
            continue; /* not on this machine, or not for this user */
        ck_assert_msg(opens(row->path, row->flags) == row->code,
                      "%s, flags %o: %s", row->path, (unsigned)row->flags,
                      strerror(errno));
    }
}

START_TEST(files_are_kept)
{
    confine();
    if (has_landlock())
        check_files();
}
END_TEST

/* By which a person leads libraries to files elsewhere. */
START_TEST(variables_lead_to_files)
{
    static const char *const lead[][2] = {
        {"SSL_CERT_FILE", "secret/s.txt"},
        {"NIX_SSL_CERT_FILE", "secret/s.txt"},
        {"CURL_CA_BUNDLE", "secret/s.txt"},
        {"SSL_CERT_DIR", "in:secret"},
        {"TZ", ":secret/s.txt"},
        {"TZ", "secret/s.txt"},
    };
    setenv(lead[_i][0], lead[_i][1], 1);
    confine();
    if (has_landlock())
        ck_assert_msg(opens("secret/s.txt", O_RDONLY) == 0, "%s", lead[_i][0]);
}
END_TEST

#ifdef __linux__

/* As on WSL and SUSE, whose /etc/resolv.conf leads out of /etc. Only a process
 * with other mounts can be shown another /etc. */
START_TEST(links_of_etc_are_followed)
{
    static const char *const links[] = {"resolv.conf", "hosts", "nsswitch.conf",
                                        "localtime"};
    char path[64], *target = realpath("secret/s.txt", NULL);
    mkdir("etc", 0755);
    snprintf(path, sizeof path, "etc/%s", links[_i]);
    ck_assert_int_eq(symlink(target, path), 0);
    free(target);
    if ((unshare(CLONE_NEWNS) != 0 &&
         unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("etc", "/etc", NULL, MS_BIND, NULL) != 0) {
        fprintf(stderr, "test_confine: not tried: another /etc\n");
        return;
    }
    confine();
    if (!has_landlock())
        return;
    snprintf(path, sizeof path, "/etc/%s", links[_i]);
    ck_assert_msg(opens(path, O_RDONLY) == 0, "%s", path);
}
END_TEST

#endif

static void *check_files_there(void *unused)
{
    (void)unused;
    check_files();
    return NULL;
}

START_TEST(a_later_thread_is_kept_as_well)
{
    pthread_t thread;
    confine();
    if (!has_landlock())
        return;
    ck_assert_int_eq(pthread_create(&thread, NULL, check_files_there, NULL), 0);
    pthread_join(thread, NULL);
}
END_TEST

START_TEST(names_are_kept)
{
    confine();
    if (!has_landlock())
        return;
    ck_assert_int_eq(opens("out/a.part", O_WRONLY | O_CREAT), 0);
    ck_assert_int_eq(rename("out/a.part", "out/a"), 0);
    ck_assert_int_eq(mkdir("out/2", 0700), 0);
    ck_assert_int_eq(opens("out/2/b", O_WRONLY | O_CREAT), 0);
    ck_assert_int_eq(unlink("out/a"), 0);
    ck_assert_int_ne(rename("out/2/b", "in/b"), 0);
    ck_assert_int_ne(rename("secret/s.txt", "out/s.txt"), 0);
    ck_assert_int_ne(link("secret/s.txt", "out/s.txt"), 0);
    ck_assert_int_ne(unlink("in/a.txt"), 0);
    ck_assert_int_ne(unlink("secret/s.txt"), 0);
    ck_assert_int_ne(rmdir("in/below"), 0);
    ck_assert_int_ne(mkdir("in/new", 0700), 0);
    ck_assert_int_ne(symlink("/etc/passwd", "out/l"), 0);
    ck_assert_int_ne(mkfifo("out/fifo", 0600), 0);
    ck_assert_int_ne(truncate("secret/s.txt", 0), 0);
    ck_assert_int_eq(access("secret/s.txt", F_OK), 0);
}
END_TEST

START_TEST(what_is_open_stays_usable)
{
    char text[8];
    int in = open("secret/s.txt", O_RDWR);
    confine();
    ck_assert_int_eq((int)read(in, text, 5), 5);
    ck_assert_int_eq((int)write(in, text, 5), 5);
    close(in);
}
END_TEST

START_TEST(a_refusal_is_told_from_rights)
{
    confine();
    if (!has_landlock())
        return;
    ck_assert_int_eq(opens("secret/s.txt", O_RDONLY), EACCES);
    ck_assert(confine_refused("secret/s.txt"));
    ck_assert_int_eq(errno, EACCES);
    ck_assert_int_eq(opens("in/none.txt", O_RDONLY), ENOENT);
    ck_assert(!confine_refused("in/none.txt"));
    errno = EACCES;
    ck_assert(!confine_refused("in/none.txt"));
}
END_TEST

#ifdef __linux__

static int calls(long result)
{
    return result == -1 ? errno : 0;
}

static char *const no_words[] = {NULL};

static void check_programs(void)
{
    char *const words_of[] = {(char[]){"true"}, NULL};
    ck_assert_int_eq(calls(execve("/bin/true", words_of, no_words)), EPERM);
    int fd = open("/usr/bin/true", O_PATH | O_CLOEXEC);
    ck_assert_int_eq(
        calls(syscall(SYS_execveat, fd, "", words_of, no_words, AT_EMPTY_PATH)),
        EPERM);
    close(fd);
}

static void check_calls(void)
{
    char byte = 'x';
    check_programs();
#ifndef SANITIZED
    ck_assert_int_eq(calls(ptrace(PTRACE_TRACEME, 0, NULL, NULL)), EPERM);
#endif
    ck_assert_int_eq(
        calls(syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0)),
        EPERM);
    ck_assert_int_eq(calls(syscall(SYS_unshare, 0x10000000)), EPERM);
    ck_assert_int_eq(calls(syscall(SYS_setns, 0, 0)), EPERM);
    ck_assert_int_eq(calls(syscall(SYS_bpf, 0, NULL, 0)), EPERM);
    ck_assert_int_eq(calls(syscall(SYS_userfaultfd, 0)), EPERM);
    ck_assert_int_eq(calls(syscall(SYS_io_uring_setup, 1, NULL)), EPERM);
    ck_assert_int_eq(calls(syscall(SYS_keyctl, 0, 0)), EPERM);
    ck_assert_int_eq(calls(syscall(SYS_perf_event_open, NULL, 0, 0, 0, 0)),
                     EPERM);
    ck_assert_int_eq(calls(syscall(SYS_mount, "a", "b", "c", 0, NULL)), EPERM);
    ck_assert_int_eq(calls(syscall(SYS_open_by_handle_at, 0, NULL, 0)), EPERM);
    ck_assert_int_eq(calls(syscall(SYS_personality, 0x0040000)), EPERM);
    ck_assert_int_eq(calls(syscall(SYS_personality, 0xffffffff)), 0);
    ck_assert_int_eq(calls(ioctl(0, 0x5412, &byte)), EPERM); /* TIOCSTI */
    ck_assert_int_eq(
        calls(syscall(SYS_clone, 0x10000000 | SIGCHLD, 0, 0, 0, 0)), EPERM);
    ck_assert_int_eq(calls(syscall(SYS_clone3, NULL, 0)), ENOSYS);
#ifdef __x86_64__
    ck_assert_int_eq(calls(syscall(0x40000000 | SYS_getpid)), EPERM); /* x32 */
#endif
}

START_TEST(calls_are_refused)
{
    confine();
    if (has_seccomp())
        check_calls();
}
END_TEST

static pthread_barrier_t barrier;

static void *wait_and_try(void *tries)
{
    pthread_barrier_wait(&barrier);
    if (*(const bool *)tries)
        check_calls();
    return NULL;
}

START_TEST(an_earlier_thread_makes_no_calls_either)
{
    static bool tries;
    pthread_t thread;
    pthread_barrier_init(&barrier, NULL, 2);
    ck_assert_int_eq(pthread_create(&thread, NULL, wait_and_try, &tries), 0);
    confine();
    tries = has_seccomp();
    pthread_barrier_wait(&barrier);
    pthread_join(thread, NULL);
}
END_TEST

/* Plain work goes on: processes of our own, threads, signals to ourselves. */
START_TEST(the_rest_goes_on)
{
    int status = 1;
    confine();
    pid_t child = fork();
    if (child == 0)
        _exit(raise(SIGCONT));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 1);
    if (has_seccomp())
        ck_assert_int_eq(prctl(PR_GET_SECCOMP, 0, 0, 0, 0), 2);
}
END_TEST

START_TEST(names_of_hosts_are_found)
{
    struct addrinfo *found = NULL;
    confine();
    ck_assert_int_eq(getaddrinfo("localhost", "80", NULL, &found), 0);
    int fd = socket(found->ai_family, SOCK_STREAM, 0);
    ck_assert_int_ge(fd, 0);
    close(fd);
    freeaddrinfo(found);
}
END_TEST

#endif

START_TEST(never_is_never)
{
    struct confine paths = {.reads = {.count = 0}};
    confine_read(&paths, "in");
    confine_never(&paths);
    ck_assert_uint_eq(paths.reads.count, 0);
    ck_assert(!confine_describe(&words));
    ck_assert_str_eq(buf_text(&words), "off: --no-confine");
    ck_assert_int_eq(opens("secret/s.txt", O_RDONLY), 0);
    errno = EACCES;
    ck_assert(!confine_refused("secret/s.txt"));
}
END_TEST

/* Once given up it stays so. */
START_TEST(nothing_comes_back)
{
    struct confine paths = {.reads = {.count = 0}};
    confine();
    if (!has_landlock())
        return;
    confine_never(&paths);
    confine_read(&paths, "secret");
    confine_begin(&paths);
    ck_assert_int_eq(opens("secret/s.txt", O_RDONLY), EACCES);
    buf_clear(&words);
    confine_describe(&words);
    ck_assert(has_landlock());
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("confine");
    TCase *all = tcase_create("confine");
    suite_add_tcase(suite, all);
    tcase_add_unchecked_fixture(all, begin_all, end_all);
    tcase_add_checked_fixture(all, begin, NULL);
    tcase_add_test(all, files_are_kept);
    tcase_add_loop_test(all, variables_lead_to_files, 0, 6);
#ifdef __linux__
    tcase_add_loop_test(all, links_of_etc_are_followed, 0, 4);
#endif
    tcase_add_test(all, a_later_thread_is_kept_as_well);
    tcase_add_test(all, names_are_kept);
    tcase_add_test(all, what_is_open_stays_usable);
    tcase_add_test(all, a_refusal_is_told_from_rights);
#ifdef __linux__
    tcase_add_test(all, calls_are_refused);
    tcase_add_test(all, an_earlier_thread_makes_no_calls_either);
    tcase_add_test(all, the_rest_goes_on);
    tcase_add_test(all, names_of_hosts_are_found);
#endif
    tcase_add_test(all, never_is_never);
    tcase_add_test(all, nothing_comes_back);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_FORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
