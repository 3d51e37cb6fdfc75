/* Files that somebody else has put there: what is opened and what is refused,
 * at once; whose a state folder is; and that no output is an input. */
#define _XOPEN_SOURCE 700 /* mkdtemp, S_ISVTX */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "journal/own.h"
#include "source/plain.h"
#include "source/taken.h"

static char folder[64];
static const char *why;
static struct err err;

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void put_socket(const char *path)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(name.sun_path, sizeof name.sun_path, "%s", path);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&name, sizeof name), 0);
    close(fd);
}

static void begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/plain-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    put("file", "x");
    ck_assert_int_eq(link("file", "hard"), 0);
    ck_assert_int_eq(symlink("file", "soft"), 0);
    ck_assert_int_eq(symlink("nowhere", "dangling"), 0);
    ck_assert_int_eq(mkfifo("pipe", 0600), 0);
    ck_assert_int_eq(symlink("pipe", "to-pipe"), 0);
    ck_assert_int_eq(mkdir("dir", 0700), 0);
    ck_assert_int_eq(symlink("dir", "to-dir"), 0);
    put_socket("socket");
    taken_begin();
}

static void end(void)
{
    char command[96];
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
    taken_begin();
}

#define PIPE   "is a pipe, and a file is wanted"
#define LINK   "is a symbolic link, which is not followed"
#define DEVICE "is a device, and a file is wanted"
#define SOCKET "is a socket, and a file is wanted"

/* NULL: it is opened. */
static const struct row {
    const char *path, *read, *own, *output, *output_or_pipe;
} rows[] = {
    {"file", NULL, NULL, NULL, NULL},
    {"hard", NULL, NULL, NULL, NULL},
    {"soft", NULL, LINK, LINK, LINK},
    {"dangling", "No such file or directory", LINK, LINK, LINK},
    {"pipe", PIPE, PIPE, PIPE, NULL},
    {"to-pipe", PIPE, LINK, LINK, LINK},
    {"dir", "is a folder", "is a folder", "is a folder", "is a folder"},
    {"to-dir", "is a folder", LINK, LINK, LINK},
    {"socket", SOCKET, SOCKET, SOCKET, SOCKET},
    {"/dev/null", NULL, DEVICE, NULL, NULL},
    {"/dev/full", DEVICE, DEVICE, NULL, NULL},
    {"/dev/urandom", DEVICE, DEVICE, DEVICE, DEVICE},
};

static void holds(const char *path, int fd, const char *wanted)
{
    ck_assert_msg((fd >= 0) == (wanted == NULL), "%s: %d", path, fd);
    if (wanted != NULL)
        ck_assert_str_eq(why, wanted);
    else
        ck_assert_int_eq(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
    if (fd >= 0)
        close(fd);
}

START_TEST(kinds)
{
    const struct row *row = &rows[_i];
    holds(row->path, plain_open(row->path, &why), row->read);
    holds(row->path, plain_own(row->path, O_RDWR | O_CREAT, &why), row->own);
    holds(row->path, plain_write(row->path, PLAIN_APPEND, &why), row->output);
    bool good = plain_output(row->path, true, &why);
    ck_assert_int_eq(good, row->output_or_pipe == NULL);
    ck_assert_int_ne(access("nowhere", F_OK), 0);
}
END_TEST

START_TEST(what_was_handed_to_us)
{
    int ends[2];
    char path[32];
    ck_assert_int_eq(pipe(ends), 0);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    holds(path, plain_open(path, &why), NULL);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    holds(path, plain_write(path, 0, &why), NULL);
    close(ends[0]);
    close(ends[1]);
    ck_assert(plain_handed("/dev/stdout") && plain_handed("/proc/self/fd/12"));
    ck_assert(!plain_handed("/dev/fd/") && !plain_handed("/dev/fd/1/x") &&
              !plain_handed("/dev/fd/../x") && !plain_handed("/dev/shm/1") &&
              !plain_handed("dev/stdout"));
}
END_TEST

/* What was in the file before goes, but not where others have written too. */
START_TEST(handed_files_go_on)
{
    char path[32], text[8] = "";
    int file = open("file", O_RDWR | O_TRUNC);
    ck_assert_int_eq(write(file, "ab", 2), 2);
    snprintf(path, sizeof path, "/dev/fd/%d", file);
    int fd = plain_write(path, 0, &why);
    ck_assert_int_eq(write(fd, "cd", 2), 2);
    ck_assert_int_eq(pread(file, text, 7, 0), 4);
    ck_assert_str_eq(text, "abcd");
    close(fd);
    close(file);
    fd = plain_write("file", 0, &why);
    struct stat status;
    ck_assert_int_eq(fstat(fd, &status), 0);
    ck_assert_int_eq(status.st_size, 0);
    close(fd);
}
END_TEST

/* Of the folder "dir". */
static const struct owned {
    mode_t folder, file; /* file 0: none */
    uid_t folder_owner, file_owner;
    const char *says; /* a part of it; NULL: it is ours */
} owned[] = {
    {0700, 0, 0, 0, NULL},
    {0755, 0644, 0, 0, NULL},
    {0775, 0, 0, 0, "dir: others can write it (mode 0775"},
    {0757, 0, 0, 0, "dir: others can write it (mode 0757"},
    {S_ISVTX | 0777, 0600, 0, 0, NULL},
    {0700, 0620, 0, 0, "dir/journal.db: others can write it (mode 0620"},
    {0700, 0602, 0, 0, "dir/journal.db: others can write it (mode 0602"},
    {S_ISVTX | 0777, 0666, 0, 0, "dir/journal.db: others can write it"},
    {0700, 0, 4711, 0, "dir: belongs to user 4711"},
    {0700, 0600, 0, 4711, "dir/journal.db: belongs to user 4711"},
    {S_ISVTX | 0777, 0600, 0, 4711, "dir/journal.db: belongs to user 4711"},
};

START_TEST(whose_it_is)
{
    const struct owned *row = &owned[_i];
    if (geteuid() != 0 && (row->folder_owner | row->file_owner) != 0)
        return; /* root alone can give files away */
    if (geteuid() != 0 && ((row->folder | row->file) & 0022) == 0020)
        return; /* it may be the user's own group (test_others.c) */
    if (row->file != 0) {
        put("dir/journal.db", "");
        ck_assert_int_eq(chmod("dir/journal.db", row->file), 0);
        if (row->file_owner != 0)
            ck_assert_int_eq(chown("dir/journal.db", row->file_owner, 0), 0);
    }
    ck_assert_int_eq(chmod("dir", row->folder), 0);
    if (row->folder_owner != 0)
        ck_assert_int_eq(chown("dir", row->folder_owner, 0), 0);
    ck_assert_int_eq(own_state("dir", &err), row->says == NULL);
    if (row->says == NULL)
        return;
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_msg(strncmp(err.text, row->says, strlen(row->says)) == 0, "%s",
                  err.text);
}
END_TEST

START_TEST(names_in_a_state_folder)
{
    static const char *const names[] = {"journal.lock", "journal.db",
                                        "journal.db-wal", "journal.db-shm",
                                        "journal.db-journal"};
    char path[64];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "dir/%s", names[i]);
        ck_assert_int_eq(symlink("../file", path), 0);
        ck_assert(!own_state("dir", &err));
        ck_assert_ptr_nonnull(strstr(err.text, LINK));
        ck_assert_int_eq(unlink(path), 0);
        ck_assert_int_eq(mkfifo(path, 0600), 0);
        ck_assert(!own_state("dir", &err));
        ck_assert_ptr_nonnull(strstr(err.text, PIPE));
        ck_assert_int_eq(unlink(path), 0);
    }
    ck_assert(own_state("dir", &err) && own_state("nowhere", &err));
    ck_assert(own_folder("to-dir", true, &err));
    ck_assert(!own_folder("to-dir", false, &err));
    ck_assert(!own_folder("dangling", false, &err));
    ck_assert(!own_state("file", &err));
}
END_TEST

/* An output against what is read, by other names of the same. */
static const struct meeting {
    const char *read, *written;
    bool good;
} meetings[] = {
    {"file", "file", false},
    {"file", "./file", false},
    {"file", "dir/../file", false},
    {"file", "hard", false},
    {"hard", "file", false},
    {"soft", "file", false},
    {"file", "soft", false},
    {"pipe", "pipe", false},
    {"new", "new", false},
    {"new", "dir/../new", false},
    {"new", "to-dir/../new", false},
    {"dir/new", "to-dir/new", false},
    {"new", "dir/new", true},
    {"file", "new", true},
    {"/dev/null", "/dev/null", true},
};

START_TEST(outputs_and_inputs)
{
    const struct meeting *m = &meetings[_i];
    taken_note(m->read, TAKEN_KEPT, "the mapping");
    ck_assert_int_eq(taken_write(m->written, "--bodies", false, &err), m->good);
    if (!m->good) {
        ck_assert_int_eq(err.code, EXIT_USAGE);
        ck_assert_ptr_nonnull(strstr(err.text, "--bodies"));
        ck_assert_ptr_nonnull(strstr(err.text, m->written));
        ck_assert_ptr_nonnull(strstr(err.text, "is the mapping"));
    }
    taken_begin();
    ck_assert(taken_write(m->written, "--bodies", false, &err));
    ck_assert_int_eq(taken_read(m->read, &err), m->good);
    taken_begin();
    ck_assert(taken_write(m->written, "--bodies", false, &err));
    ck_assert(taken_write(m->written, "--bodies", false, &err));
    ck_assert_int_eq(taken_write(m->read, "--rejects", false, &err), m->good);
}
END_TEST

/* Rejects files that are corrected are inputs; the next one goes beside. */
START_TEST(what_spares_inputs)
{
    taken_note("file", TAKEN_INPUT, "an input");
    ck_assert(taken_write("file", "--rejects", true, &err));
    ck_assert(taken_read("file", &err));
    taken_begin();
    taken_note("file", TAKEN_KEPT, "the mapping");
    ck_assert(!taken_write("file", "--rejects", true, &err));
    /* What went away in between is not there any more. */
    taken_begin();
    taken_note("file", TAKEN_INPUT, "an input");
    ck_assert_int_eq(unlink("file"), 0);
    ck_assert_int_eq(unlink("hard"), 0);
    put("new", "");
    ck_assert(taken_write("new", "--bodies", false, &err));
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof *table)

int main(void)
{
    Suite *suite = suite_create("plain");
    TCase *tests = tcase_create("plain");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 10);
    tcase_add_loop_test(tests, kinds, 0, COUNT(rows));
    tcase_add_test(tests, what_was_handed_to_us);
    tcase_add_test(tests, handed_files_go_on);
    tcase_add_loop_test(tests, whose_it_is, 0, COUNT(owned));
    tcase_add_test(tests, names_in_a_state_folder);
    tcase_add_loop_test(tests, outputs_and_inputs, 0, COUNT(meetings));
    tcase_add_test(tests, what_spares_inputs);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
