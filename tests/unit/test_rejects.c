/* rejects: lines in the input's dialect, files and their ends. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "rejects/identity.h"
#include "rejects/line.h"
#include "rejects/rejects.h"
#include "rejects/work.h"
#include "rejects/written.h"

static char folder[] = "/tmp/fastsync-rejects-XXXXXX", *before;
static struct err err;

static struct column names[] = {{"Mã", 3}, {"T;ên", 5}};
static char kh[] = "kh.csv";
static struct input semicolons = {.path = kh,
                                  .dialect = {';', '"', '"'},
                                  .columns = {.all = names, .count = 2}};

static void setup(void)
{
    static const struct log_settings quiet = {.level = LOG_ERROR};
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    before = getcwd(NULL, 0);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    log_setup(&quiet);
    err = (struct err){.text = ""};
}

static void teardown(void)
{
    char command[128];
    ck_assert_int_eq(chdir(before), 0);
    free(before);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static const char *content(const char *path)
{
    static char text[64 * 1024];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    size_t len = fread(text, 1, sizeof text - 1, file);
    text[len] = '\0';
    fclose(file);
    return text;
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    fputs(text, file);
    fclose(file);
}

/* As an earlier run has written it. */
static void put_written(const char *path, const char *text)
{
    put(path, text);
    written_note(path, 1);
}

static const char *one_line(const struct dialect *dialect, const char *source,
                            uint64_t line, const struct fault *faults,
                            unsigned count)
{
    static struct buf out;
    const struct input input = {.dialect = *dialect};
    const struct reject reject = {.place = {.line = line},
                                  .origin = origin_text(source, strlen(source)),
                                  .faults = faults,
                                  .count = count};
    buf_clear(&out);
    rejects_line(&out, &input, &reject);
    return buf_text(&out);
}

START_TEST(lines)
{
    static const struct {
        struct dialect dialect;
        const char *source;
        uint64_t line;
        struct fault faults[2];
        unsigned count;
        const char *line_is;
    } all[] = {
        {{',', '"', '"'},
         "a,b",
         7,
         {{"Email", "too long"}},
         1,
         "a,b,,7,Email,too long\n"},
        {{',', '"', '"'},
         "a,b",
         7,
         {{"", "bad, \"very\" bad"}},
         1,
         "a,b,,7,,\"bad, \"\"very\"\" bad\"\n"},
        {{',', '"', '"'},
         "a,b",
         0,
         {{"A", "x"}, {"B", "y"}},
         2,
         "a,b,,,\"A, B\",A: x; B: y\n"},
        {{';', '"', '"'},
         "a;b",
         7,
         {{"A", "x"}, {"", "y"}},
         2,
         "a;b;;7;A;\"A: x; y\"\n"},
        {{';', '\'', '\\'},
         "a;b",
         7,
         {{"A", "it's; a\\b"}},
         1,
         "a;b;;7;A;'it\\'s; a\\\\b'\n"},
        {{'\t', 0, 0},
         "a\tb",
         7,
         {{"A", "x\ty\nz \"q\""}},
         1,
         "a\tb\t\t7\tA\tx\\u{9}y\\u{A}z \"q\"\n"},
        {{' ', 0, 0},
         "a b",
         7,
         {{"A", "x y z"}, {"B", "z"}},
         2,
         "a b  7 A,_B A:_x_y_z;_B:_z\n"},
        {{',', '"', 0},
         "a",
         7,
         {{"A", "say \"x\""}},
         1,
         "a,,7,A,\"say \"\"x\"\"\"\n"},
        {{0, 0, 0}, "a", 7, {{"A", "x, y"}}, 1, "a,,7,A,\"x, y\"\n"},
        /* Nothing in it is a formula. */
        {{',', '"', '"'},
         "=1+1,@x",
         7,
         {{"A", "=1+1 is none"}},
         1,
         "'=1+1,'@x,,7,A,'=1+1 is none\n"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_str_eq(one_line(&all[i].dialect, all[i].source, all[i].line,
                                  all[i].faults, all[i].count),
                         all[i].line_is);
}
END_TEST

START_TEST(whose_file)
{
    static const struct {
        const char *head;
        bool ours;
    } all[] = {
        {"\xef\xbb\xbf"
         "a,_line,_field,_reason\n1,",
         true},
        {"\xef\xbb\xbf"
         "\"a\nb\",_line,_field,_reason\r\n",
         true},
        {"\xef\xbb\xbf"
         "_reason\n",
         false},
        {"\xef\xbb\xbf"
         "a,b\n",
         false},
        {"a,_line,_field,_reason\n", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        size_t len = strlen(all[i].head);
        ck_assert_msg(rejects_is_ours(all[i].head, len) == all[i].ours, "%s",
                      all[i].head);
    }
}
END_TEST

static const struct fault fault = {"Email", "too long"};
static const struct reject a_reject = {.place = {.line = 2},
                                       .origin = {.text = "1;x", .len = 3},
                                       .faults = &fault,
                                       .count = 1};

static struct rejects *open_it(void)
{
    struct rejects *rejects = rejects_open("r.csv", "setCustomer", &err);
    ck_assert_msg(rejects != NULL, "%s", err.text);
    return rejects;
}

static const char *finish(struct rejects *rejects)
{
    static char kept[128];
    const char *path;
    ck_assert_msg(rejects_finish(rejects, &path, &err), "%s", err.text);
    snprintf(kept, sizeof kept, "%s", path ? path : "none");
    rejects_free(rejects);
    return kept;
}

#define HEADER "\xef\xbb\xbfMã;\"T;ên\";_key;_line;_field;_reason\n"

START_TEST(a_file)
{
    struct stat status;
    struct rejects *rejects = open_it();
    ck_assert_ptr_null(content("r.csv.part"));
    ck_assert(rejects_add(rejects, &semicolons, &a_reject, &err));
    ck_assert_ptr_null(content("r.csv"));
    ck_assert_str_eq(finish(rejects), "r.csv");
    ck_assert_str_eq(content("r.csv"), HEADER "1;x;;2;Email;too long\n");
    ck_assert_int_eq(stat("r.csv", &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
    ck_assert_ptr_null(content("r.csv.part"));
    /* A run without rejects takes it away. */
    ck_assert_str_eq(finish(open_it()), "none");
    ck_assert_ptr_null(content("r.csv"));
}
END_TEST

START_TEST(another_shape)
{
    struct column other[] = {{"Mã", 3}};
    struct input tabs = {.path = kh,
                         .dialect = {'\t', 0, 0},
                         .columns = {.all = other, .count = 1}};
    struct input twin = semicolons;
    struct rejects *rejects = open_it();
    ck_assert(rejects_add(rejects, &semicolons, &a_reject, &err));
    ck_assert(rejects_add(rejects, &tabs, &a_reject, &err));
    ck_assert(rejects_add(rejects, &twin, &a_reject, &err));
    ck_assert_str_eq(finish(rejects), "r.csv");
    ck_assert_str_eq(content("r.csv"), HEADER "1;x;;2;Email;too long\n"
                                              "1;x;;2;Email;too long\n");
    ck_assert_str_eq(content("r.2.csv"),
                     "\xef\xbb\xbfMã\t_key\t_line\t_field\t_reason\n"
                     "1;x\t\t2\tEmail\ttoo long\n");
    rejects = open_it();
    ck_assert(rejects_add(rejects, &semicolons, &a_reject, &err));
    finish(rejects);
    ck_assert_ptr_nonnull(content("r.csv"));
    ck_assert_ptr_null(content("r.2.csv"));
}
END_TEST

START_TEST(files_of_others_stay)
{
    put("r.csv", "id,name\n1,x\n");
    ck_assert_ptr_null(rejects_open("r.csv", "setCustomer", &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_str_eq(err.text, "r.csv: is there already and is no rejects "
                               "file; --rejects names another place");
    remove("r.csv");
    put("r.2.csv", "id,name\n1,x\n");
    struct rejects *rejects = open_it();
    ck_assert(rejects_add(rejects, &semicolons, &a_reject, &err));
    finish(rejects);
    ck_assert_str_eq(content("r.2.csv"), "id,name\n1,x\n");
    struct input input = semicolons;
    input.path = (char[]){"r.csv"};
    put("r.again.csv", "id,name\n1,x\n");
    rejects = open_it();
    rejects_input(rejects, &input);
    ck_assert(rejects_add(rejects, &semicolons, &a_reject, &err));
    ck_assert_str_eq(finish(rejects), "r.again.2.csv");
    ck_assert_str_eq(content("r.again.csv"), "id,name\n1,x\n");
    finish(open_it());
    ck_assert_ptr_null(content("r.csv"));
    ck_assert_ptr_null(content("r.again.2.csv"));
}
END_TEST

#define CORRECTED HEADER "1;corrected;;2;Email;too long\n"

START_TEST(its_own_input)
{
    struct input input = semicolons;
    input.path = (char[]){"r.csv"};
    put("r.csv", CORRECTED);
    put_written("r.again.csv", CORRECTED);
    struct rejects *rejects = open_it();
    rejects_input(rejects, &input);
    ck_assert_str_eq(finish(rejects), "none");
    ck_assert_str_eq(content("r.csv"), CORRECTED);
    ck_assert_ptr_null(content("r.again.csv"));
    rejects = open_it();
    rejects_input(rejects, &input);
    ck_assert(rejects_add(rejects, &input, &a_reject, &err));
    ck_assert_str_eq(finish(rejects), "r.again.csv");
    ck_assert_str_eq(content("r.csv"), CORRECTED);
    ck_assert_str_eq(content("r.again.csv"), HEADER "1;x;;2;Email;too long\n");
    /* And the other way round. */
    input.path = (char[]){"r.again.csv"};
    rejects = open_it();
    rejects_input(rejects, &input);
    ck_assert(rejects_add(rejects, &input, &a_reject, &err));
    ck_assert_str_eq(finish(rejects), "r.csv");
    ck_assert_str_eq(content("r.csv"), HEADER "1;x;;2;Email;too long\n");
    ck_assert_str_eq(content("r.again.csv"), HEADER "1;x;;2;Email;too long\n");
    finish(open_it());
    ck_assert_ptr_null(content("r.csv"));
    ck_assert_ptr_null(content("r.again.csv"));
}
END_TEST

/* Nor are there others beside them, whatever comes. */
START_TEST(devices_stay)
{
    struct stat status;
    const char *path;
    struct input tabs = semicolons;
    tabs.dialect.delimiter = '\t';
    struct rejects *rejects = rejects_open("/dev/null", "f", &err);
    ck_assert_ptr_nonnull(rejects);
    ck_assert(rejects_add(rejects, &semicolons, &a_reject, &err));
    ck_assert(rejects_add(rejects, &tabs, &a_reject, &err));
    ck_assert(rejects_finish(rejects, &path, &err));
    ck_assert_str_eq(path, "/dev/null");
    rejects_free(rejects);
    ck_assert_int_eq(stat("/dev/null", &status), 0);
    ck_assert(S_ISCHR(status.st_mode));
    ck_assert_int_ne(stat("/dev/null.2", &status), 0);
}
END_TEST

/* Renaming would replace the link, which may be /dev/stdout. */
START_TEST(links_stay)
{
    struct stat status;
    put("r.csv", "");
    ck_assert_int_eq(symlink("r.csv", "link"), 0);
    ck_assert_ptr_null(rejects_open("link", "f", &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_int_eq(lstat("link", &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
}
END_TEST

START_TEST(left_unfinished)
{
    put("r.csv", HEADER "old\n");
    struct rejects *rejects = open_it();
    ck_assert(rejects_add(rejects, &semicolons, &a_reject, &err));
    rejects_free(rejects);
    ck_assert_str_eq(content("r.csv"), HEADER "old\n");
    ck_assert_str_eq(content("r.csv.part"), HEADER "1;x;;2;Email;too long\n");
    rejects_free(NULL);
}
END_TEST

/* Another process that has a reject, and waits for a byte to finish. */
static pid_t another(int *to, int *from)
{
    int there[2], back[2];
    char byte = 'y';
    const char *path;
    ck_assert(pipe(there) == 0 && pipe(back) == 0);
    pid_t child = fork();
    if (child == 0) {
        struct rejects *rejects = open_it();
        if (!rejects_add(rejects, &semicolons, &a_reject, &err) ||
            write(back[1], &byte, 1) != 1 || read(there[0], &byte, 1) != 1)
            _exit(1);
        _exit(rejects_finish(rejects, &path, &err) ? 0 : 1);
    }
    close(there[0]);
    close(back[1]);
    *to = there[1];
    *from = back[0];
    ck_assert_int_eq(read(*from, &byte, 1), 1);
    return child;
}

/* Locks are a process's: another one must hold it. */
START_TEST(two_at_once)
{
    int to, from, status;
    struct rejects *late = open_it();
    pid_t child = another(&to, &from);
    ck_assert(!rejects_add(late, &semicolons, &a_reject, &err));
    ck_assert_int_eq(err.code, EXIT_BUSY);
    ck_assert_str_eq(err.text,
                     "r.csv.part: another fastsync writes its rejects there; "
                     "wait for its end, or give --rejects another file");
    rejects_free(late);
    /* Nor does one begin to send what it may not finish. */
    late = open_it();
    ck_assert(!rejects_begin(late, &err));
    ck_assert_int_eq(err.code, EXIT_BUSY);
    rejects_free(late);
    ck_assert_int_eq(write(to, "y", 1), 1);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_str_eq(content("r.csv"), HEADER "1;x;;2;Email;too long\n");
    ck_assert_str_eq(finish(open_it()), "none");
}
END_TEST

/* The place is taken before there is a reject, and left as it was found. */
START_TEST(begun_without_any)
{
    struct rejects *rejects = open_it();
    ck_assert(rejects_begin(rejects, &err));
    ck_assert_int_eq(access("r.csv.part", F_OK), 0);
    ck_assert_str_eq(finish(rejects), "none");
    ck_assert_int_ne(access("r.csv.part", F_OK), 0);
    rejects = open_it();
    ck_assert(rejects_begin(rejects, &err));
    rejects_free(rejects);
    ck_assert_int_ne(access("r.csv.part", F_OK), 0);
    rejects = open_it();
    ck_assert(rejects_begin(rejects, &err));
    ck_assert(rejects_add(rejects, &semicolons, &a_reject, &err));
    finish(rejects);
    ck_assert_str_eq(content("r.csv"), HEADER "1;x;;2;Email;too long\n");
}
END_TEST

/* One round; false where it was not this one's turn. */
static bool one_round(void)
{
    const char *path;
    struct rejects *rejects = rejects_open("r.csv", "setCustomer", &err);
    bool good = rejects != NULL && rejects_begin(rejects, &err) &&
                rejects_add(rejects, &semicolons, &a_reject, &err) &&
                rejects_finish(rejects, &path, &err);
    rejects_free(rejects);
    return good || err.code == EXIT_BUSY;
}

/* The file that is locked may have got its name meanwhile. */
START_TEST(in_turns)
{
    int status;
    pid_t child = fork();
    for (int i = 0; i < 100; i++) {
        bool good = one_round();
        if (child == 0 && !good)
            _exit(1);
        ck_assert_msg(good, "%s", err.text);
    }
    if (child == 0)
        _exit(0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_str_eq(content("r.csv"), HEADER "1;x;;2;Email;too long\n");
}
END_TEST

START_TEST(links_are_not_followed)
{
    put("precious", "id,name\n1,x\n");
    ck_assert_int_eq(symlink("precious", "r.csv.part"), 0);
    struct rejects *rejects = open_it();
    ck_assert(!rejects_add(rejects, &semicolons, &a_reject, &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_str_eq(err.text,
                     "r.csv.part: is a symbolic link, which is not followed; "
                     "rejects are not written there; --rejects names another "
                     "place");
    rejects_free(rejects);
    ck_assert_str_eq(content("precious"), "id,name\n1,x\n");
}
END_TEST

/* What a killed run left may be all that tells of its rejects. */
START_TEST(a_part_as_input)
{
    struct input input = semicolons;
    input.path = (char[]){"r.csv.part"};
    put("r.csv.part", CORRECTED);
    struct rejects *rejects = open_it();
    rejects_input(rejects, &input);
    ck_assert(!rejects_begin(rejects, &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_str_eq(err.text, "r.csv.part: is an input, and rejects are "
                               "written there; give the input another name");
    rejects_free(rejects);
    ck_assert_str_eq(content("r.csv.part"), CORRECTED);
}
END_TEST

/* A resume that rejects one row of an input with this second column, of two
 * letters. */
static void resume(const char *column, const char *path)
{
    struct column other[] = {{"Mã", 3}, {column, 2}};
    struct input input = {.path = kh,
                          .dialect = {',', '"', '"'},
                          .columns = {.all = other, .count = 2}};
    struct rejects *rejects = open_it();
    rejects_keep(rejects);
    ck_assert(rejects_add(rejects, &input, &a_reject, &err));
    ck_assert_str_eq(finish(rejects), path);
}

#define RESUMED(column) "\xef\xbb\xbfMã," column ",_key,_line,_field,_reason\n"
#define LINE            "1;x,,2,Email,too long\n"

START_TEST(resumes_add)
{
    put_written("r.csv", HEADER "old\n");
    put("r.resumed.2.csv", "somebody's\n");
    resume("x1", "r.resumed.csv");
    resume("x2", "r.resumed.3.csv");
    resume("x1", "r.resumed.csv");
    resume("x2", "r.resumed.3.csv");
    resume("x3", "r.resumed.4.csv");
    ck_assert_str_eq(content("r.csv"), HEADER "old\n");
    ck_assert_str_eq(content("r.resumed.csv"), RESUMED("x1") LINE LINE);
    ck_assert_str_eq(content("r.resumed.2.csv"), "somebody's\n");
    ck_assert_str_eq(content("r.resumed.3.csv"), RESUMED("x2") LINE LINE);
    ck_assert_str_eq(content("r.resumed.4.csv"), RESUMED("x3") LINE);
    ck_assert_ptr_null(content("r.csv.part"));
    ck_assert_ptr_null(content("r.csv.part.both"));
    /* A run that maps rows tells of itself alone, gap or none. */
    remove("r.resumed.csv");
    ck_assert_str_eq(finish(open_it()), "none");
    ck_assert_ptr_null(content("r.csv"));
    ck_assert_ptr_null(content("r.resumed.3.csv"));
    ck_assert_ptr_null(content("r.resumed.4.csv"));
    ck_assert_str_eq(content("r.resumed.2.csv"), "somebody's\n");
}
END_TEST

/* The names beside an input's that stays are known, too. */
START_TEST(resumes_add_beside_inputs)
{
    struct input input = semicolons;
    const char *path;
    input.path = (char[]){"r.csv"};
    put_written("r.csv", CORRECTED);
    put_written("r.again.csv", RESUMED("x1") LINE);
    struct rejects *rejects = open_it();
    rejects_input(rejects, &input);
    rejects_keep(rejects);
    ck_assert(rejects_add(rejects, &input, &a_reject, &err));
    ck_assert(rejects_finish(rejects, &path, &err));
    ck_assert_str_eq(path, "r.again.resumed.csv");
    rejects_free(rejects);
    ck_assert_str_eq(content("r.again.csv"), RESUMED("x1") LINE);
    ck_assert_str_eq(finish(open_it()), "none");
    ck_assert_ptr_null(content("r.csv"));
    ck_assert_ptr_null(content("r.again.csv"));
    ck_assert_ptr_null(content("r.again.resumed.csv"));
}
END_TEST

/* Of a run with one reject, or with none. */
static struct rejects *one_run(bool any)
{
    const char *path;
    struct rejects *rejects = open_it();
    if (any)
        ck_assert(rejects_add(rejects, &semicolons, &a_reject, &err));
    ck_assert_msg(rejects_finish(rejects, &path, &err), "%s", err.text);
    return rejects;
}

/* The files that the run tells of as edited: "a b ". */
static const char *told(struct rejects *rejects)
{
    static char text[256];
    char *const *files;
    unsigned count = rejects_edited(rejects, &files);
    text[0] = '\0';
    for (unsigned i = 0; i < count; i++) {
        strcat(text, files[i]);
        strcat(text, " ");
    }
    rejects_free(rejects);
    return text;
}

#define LINES HEADER "1;x;;2;Email;too long\n"

START_TEST(edits_are_kept)
{
    ck_assert_str_eq(told(one_run(true)), "");
    put("r.csv", CORRECTED);
    /* Where nothing takes its place, it stays where it is. */
    ck_assert_str_eq(told(one_run(false)), "r.csv ");
    ck_assert_str_eq(content("r.csv"), CORRECTED);
    ck_assert_str_eq(told(one_run(true)), "r.edited.csv ");
    ck_assert_str_eq(content("r.csv"), LINES);
    ck_assert_str_eq(content("r.edited.csv"), CORRECTED);
    put("r.csv", LINES "2;y;;3;;\n");
    ck_assert_str_eq(told(one_run(true)), "r.edited.2.csv r.edited.csv ");
    ck_assert_str_eq(content("r.edited.2.csv"), LINES "2;y;;3;;\n");
    ck_assert_str_eq(content("r.edited.csv"), CORRECTED);
    /* What was not edited goes, and edits are told of as long as they last. */
    ck_assert_str_eq(told(one_run(false)), "r.edited.csv r.edited.2.csv ");
    ck_assert_ptr_null(content("r.csv"));
    told(one_run(true));
    ck_assert_int_eq(truncate("r.csv", (off_t)strlen(LINES) - 1), 0);
    ck_assert_str_eq(told(one_run(false)),
                     "r.csv r.edited.csv r.edited.2.csv ");
}
END_TEST

/* A file of an earlier version, or one whose note is lost, may be edited. */
START_TEST(unknown_is_kept)
{
    told(one_run(true));
    ck_assert_int_eq(remove(".r.csv.written"), 0);
    ck_assert_str_eq(told(one_run(true)), "r.edited.csv ");
    ck_assert_str_eq(content("r.edited.csv"), LINES);
}
END_TEST

/* What a run has read is no work any more, unless it is edited again. */
START_TEST(taken)
{
    struct input input = semicolons;
    const char *path;
    input.path = (char[]){"r.csv"};
    input.rejects_file = true;
    told(one_run(true));
    put("r.csv", CORRECTED);
    struct rejects *rejects = open_it();
    rejects_input(rejects, &input);
    ck_assert(rejects_finish(rejects, &path, &err));
    rejects_taken(rejects);
    ck_assert_str_eq(told(rejects), "");
    ck_assert(written_look("r.csv").taken);
    ck_assert(written_look("r.csv").edited);
    ck_assert_str_eq(told(one_run(true)), "");
    ck_assert_str_eq(content("r.edited.csv"), CORRECTED);
    ck_assert(written_look("r.edited.csv").taken);
    put("r.edited.csv", LINES);
    ck_assert(!written_look("r.edited.csv").taken);
    ck_assert_str_eq(told(one_run(true)), "r.edited.csv ");
}
END_TEST

/* A file that was saved while the run read it is not the one that was read. */
START_TEST(saved_meanwhile)
{
    struct input input = semicolons;
    input.path = (char[]){"r.csv"};
    input.rejects_file = true;
    put("r.csv", CORRECTED);
    struct rejects *rejects = open_it();
    rejects_input(rejects, &input);
    put("r.csv", LINES);
    rejects_taken(rejects);
    rejects_free(rejects);
    ck_assert(!written_look("r.csv").taken);
}
END_TEST

/* A run of a part says nothing about the rest. */
START_TEST(parts)
{
    const char *path;
    told(one_run(true));
    struct rejects *rejects = open_it();
    rejects_part(rejects, false);
    ck_assert(rejects_finish(rejects, &path, &err));
    rejects_free(rejects);
    ck_assert_str_eq(content("r.csv"), LINES);
    for (unsigned i = 0; i < 2; i++) {
        rejects = open_it();
        rejects_part(rejects, true);
        ck_assert(rejects_add(rejects, &semicolons, &a_reject, &err));
        ck_assert_str_eq(finish(rejects),
                         i == 0 ? "r.again.csv" : "r.again.2.csv");
    }
    ck_assert_str_eq(content("r.csv"), LINES);
    /* The next whole one tells of itself alone. */
    told(one_run(false));
    ck_assert_ptr_null(content("r.csv"));
    ck_assert_ptr_null(content("r.again.2.csv"));
}
END_TEST

static void note_work(void *owner, const struct work *work)
{
    char *text = owner;
    size_t len = strlen(text);
    snprintf(text + len, 256 - len, "%s%s %u, ", work->path,
             work->edited ? " edited" : "", (unsigned)work->rows);
}

START_TEST(work)
{
    char text[256] = "";
    put_written("rejects.csv", LINES);
    put_written("rejects.2.csv", LINES);
    put("rejects.edited.csv", LINES);
    put_written("rejects.check.csv", LINES);
    put("rejects.other.csv", "id,name\n");
    put("rejects.csv.part", LINES);
    put("rejects.again.csv", LINES);
    written_taken("rejects.again.csv", written_hash("rejects.again.csv"));
    work_each(".", note_work, text);
    ck_assert_str_eq(text, "./rejects.csv 1, ./rejects.2.csv 1, "
                           "./rejects.edited.csv edited 0, ");
}
END_TEST

/* Whether two rejects are the same one in two runs. */
static bool same(const struct reject *a, const struct reject *b)
{
    return rejects_identity(&semicolons, a) == rejects_identity(&semicolons, b);
}

START_TEST(identities)
{
    const struct fault five = {"", "NUL byte at line 5, column 7"};
    const struct fault nine = {"", "NUL byte at line 91, column 12"};
    const struct fault few = {"A", "5 characters"};
    const struct fault more = {"A", "9 characters"};
    struct reject one = a_reject, other = a_reject;
    other.place.line = 17;
    ck_assert(same(&one, &other));
    other.faults = &few;
    ck_assert(!same(&one, &other));
    one.faults = &more;
    ck_assert(!same(&one, &other));
    one.faults = &five;
    other.faults = &nine;
    ck_assert(same(&one, &other));
    one.origin = origin_text("2;x", 3);
    ck_assert(!same(&one, &other));
    one.key = other.key = "KH1";
    ck_assert(same(&one, &other));
    /* A key that is taken is one fault, however it is put. */
    one.faults = &few;
    one.about_key = REJECT_KEY_TAKEN;
    other.faults = &more;
    other.carried = "taken KH1";
    ck_assert(same(&one, &other));
    other.carried = "key KH1";
    ck_assert(!same(&one, &other));
}
END_TEST

START_TEST(many)
{
    struct rejects *rejects = open_it();
    for (int i = 0; i < 50000; i++)
        ck_assert(rejects_add(rejects, &semicolons, &a_reject, &err));
    finish(rejects);
    struct stat status;
    ck_assert_int_eq(stat("r.csv", &status), 0);
    ck_assert_int_eq(status.st_size, (off_t)(strlen(HEADER) + 50000 * 22));
}
END_TEST

START_TEST(no_folder)
{
    struct rejects *rejects = rejects_open("nowhere/r.csv", "f", &err);
    ck_assert_ptr_null(rejects);
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_str_eq(err.text, "nowhere/r.csv: No such file or directory; "
                               "--rejects names another place");
}
END_TEST

START_TEST(messages)
{
    static const struct log_settings loud = {.level = LOG_WARN};
    const struct fault two[] = {{"Email", "too\nlong"}, {"", "\x1b[31mred"}};
    const struct reject reject = {.place = {.line = 1042},
                                  .origin = {.text = "x", .len = 1},
                                  .faults = two,
                                  .count = 2};
    struct rejects *rejects = open_it();
    log_setup(&loud);
    fflush(stderr);
    int saved = dup(STDERR_FILENO);
    ck_assert_ptr_nonnull(freopen("said", "w", stderr));
    ck_assert(rejects_add(rejects, &semicolons, &reject, &err));
    for (int i = 0; i < 1222; i++)
        ck_assert(rejects_add(rejects, &semicolons, &a_reject, &err));
    finish(rejects);
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    close(saved);
    const char *said = content("said");
    const char *first = "kh.csv:1042: Email: too\\u{A}long (setCustomer)\n"
                        "kh.csv:1042: \\u{1B}[31mred (setCustomer)\n"
                        "kh.csv:2: Email: too long (setCustomer)\n";
    const char *last = "(setCustomer)\n… and 1 203 more in r.csv\n";
    ck_assert_msg(strncmp(said, first, strlen(first)) == 0, "%s", said);
    ck_assert_str_eq(said + strlen(said) - strlen(last), last);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("rejects");
    TCase *c = tcase_create("rejects");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, lines);
    tcase_add_test(c, whose_file);
    tcase_add_test(c, a_file);
    tcase_add_test(c, another_shape);
    tcase_add_test(c, files_of_others_stay);
    tcase_add_test(c, its_own_input);
    tcase_add_test(c, devices_stay);
    tcase_add_test(c, links_stay);
    tcase_add_test(c, left_unfinished);
    tcase_add_test(c, two_at_once);
    tcase_add_test(c, begun_without_any);
    tcase_add_test(c, in_turns);
    tcase_add_test(c, links_are_not_followed);
    tcase_add_test(c, a_part_as_input);
    tcase_add_test(c, resumes_add);
    tcase_add_test(c, resumes_add_beside_inputs);
    tcase_add_test(c, edits_are_kept);
    tcase_add_test(c, unknown_is_kept);
    tcase_add_test(c, taken);
    tcase_add_test(c, saved_meanwhile);
    tcase_add_test(c, parts);
    tcase_add_test(c, work);
    tcase_add_test(c, identities);
    tcase_add_test(c, many);
    tcase_add_test(c, no_folder);
    tcase_add_test(c, messages);
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
