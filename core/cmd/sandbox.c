/* sandbox.c: `fastsync sandbox`: a local Fast server until it is told to
 * stop. */
#include "cmd/job/confined.h"
#include "command.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "base/screen/print.h"
#include "form/form.h"
#include "ledger.h"
#include "sandbox/sandbox.h"
#include "source/plain.h"
#include "source/taken.h"

enum own {
    OWN_LISTEN,
    OWN_DB,
    OWN_USERNAME,
    OWN_PASSWORD_FILE,
    OWN_LATENCY,
    OWN_TOKEN_TTL,
    OWN_MAX_BATCH,
    OWN_DENY,
    OWN_FAULT,
    OWN_SEED,
};

enum { FAULTS_MAX = 64 };

/* What the options borrow from the command line. */
struct borrowed {
    char password[256];
    struct sandbox_fault faults[FAULTS_MAX];
};

#define FAULT_WORD(number, name) " " name

static const struct own_option own_options[] = {
    /* clang-format off */
    [OWN_LISTEN]        = {"listen", "HOST:PORT", "where to listen (" SANDBOX_LISTEN ")"},
    [OWN_DB]            = {"db", "FILE", "keep customers and requests in this SQLite file (memory)"},
    [OWN_USERNAME]      = {"username", "U", "who may take a token (" SANDBOX_USER ")"},
    [OWN_PASSWORD_FILE] = {"password-file", "FILE", "with the password in this file's first line (" SANDBOX_PASSWORD ")"},
    [OWN_LATENCY]       = {"latency", "MS", "milliseconds before each answer (0)"},
    [OWN_TOKEN_TTL]     = {"token-ttl", "S", "seconds a token lives (86400)"},
    [OWN_MAX_BATCH]     = {"max-batch", "N", "more records a request are answered with 413 (no limit)"},
    [OWN_DENY]          = {"deny", "FORM", "answer 403, no right, for this form"},
    [OWN_FAULT]         = {"fault", "KIND:RATE[:CALL]",
                           "play a fault in this share (0.01, 1%) of a call's requests; repeatable. "
                           "CALL: SyncData (when left out), getToken, GetData, all. "
                           "KIND:" FAULT_KINDS(FAULT_WORD)},
    [OWN_SEED]          = {"seed", "N", "the same tokens and faults each time (random)"},
    {NULL, NULL, NULL},
    /* clang-format on */
};

static bool read_number(char *const *own, enum own which, uint64_t max,
                        uint64_t *number, struct err *err)
{
    const char *text = own[which];
    char *end;
    *number = 0;
    if (text == NULL)
        return true;
    /* strtoull takes a sign, blanks, and a number too large; all three are
     * refused. */
    errno = 0;
    *number = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 ||
        *number > max)
        return err_set(err, EXIT_USAGE,
                       "--%s %s: must be a whole number up to %" PRIu64,
                       own_options[which].name, text, max);
    return true;
}

static bool read_password(const char *path, char line[256], struct err *err)
{
    const char *why;
    FILE *file = plain_stream(path, &why);
    if (file == NULL)
        return err_set(err, EXIT_USAGE, "--password-file %s: %s", path, why);
    bool read = fgets(line, 256, file) != NULL;
    fclose(file);
    line[read ? strcspn(line, "\r\n") : 0] = '\0';
    if (line[0] == '\0')
        return err_set(err, EXIT_USAGE, "--password-file %s: it is empty",
                       path);
    return true;
}

/* `said` is what --fault said, a line each time. */
static bool read_faults(char *said, struct sandbox_options *options,
                        struct sandbox_fault faults[FAULTS_MAX],
                        struct err *err)
{
    options->faults = faults;
    for (char *next, *at = said; at != NULL; at = next) {
        next = strchr(at, '\n');
        if (next != NULL)
            *next++ = '\0';
        if (options->fault_count == FAULTS_MAX)
            return err_set(err, EXIT_USAGE, "--fault: at most %d of them",
                           (int)FAULTS_MAX);
        if (!fault_parse(at, &faults[options->fault_count++], err))
            return err_prefix(err, "--fault %s", at);
    }
    return true;
}

/* 0 is as good a seed as any, but among the options it is none. */
static uint64_t option_seed(bool given, uint64_t seed)
{
    return given && seed == 0 ? UINT64_MAX : seed;
}

/* SQLite would write through links, and wait for pipes. */
static bool check_db(const char *path, struct err *err)
{
    static const char *const parts[] = {"", "-wal", "-shm", "-journal"};
    bool good = true;
    for (size_t i = 0; good && i < sizeof parts / sizeof *parts; i++) {
        struct stat status;
        char *part = mem_format("%s%s", path, parts[i]);
        const char *why = NULL;
        if (lstat(part, &status) == 0)
            why = plain_kind(&status);
        good = why == NULL ? taken_write(part, "--db", false, err)
                           : err_set(err, EXIT_USAGE, "--db %s: %s", part, why);
        free(part);
    }
    return good;
}

static bool check_files(char *const *own, struct err *err)
{
    if (own[OWN_PASSWORD_FILE] != NULL)
        taken_note(own[OWN_PASSWORD_FILE], TAKEN_KEPT,
                   "what --password-file names");
    return own[OWN_DB] == NULL || check_db(own[OWN_DB], err);
}

static bool make_options(char *const *own, struct borrowed *borrowed,
                         struct sandbox_options *options, struct err *err)
{
    uint64_t latency, ttl, max_batch, seed;
    if (!read_number(own, OWN_LATENCY, 600000, &latency, err) ||
        !read_number(own, OWN_TOKEN_TTL, 1000000000, &ttl, err) ||
        !read_number(own, OWN_MAX_BATCH, 1000000000, &max_batch, err) ||
        !read_number(own, OWN_SEED, UINT64_MAX, &seed, err))
        return false;
    /* One without the other would leave half of the default, which everyone
     * knows. */
    if ((own[OWN_USERNAME] == NULL) != (own[OWN_PASSWORD_FILE] == NULL))
        return err_set(err, EXIT_USAGE,
                       "--username and --password-file go together");
    if (!check_files(own, err))
        return false;
    if (own[OWN_PASSWORD_FILE] != NULL &&
        !read_password(own[OWN_PASSWORD_FILE], borrowed->password, err))
        return false;
    *options = (struct sandbox_options){
        .listen = own[OWN_LISTEN] != NULL ? own[OWN_LISTEN] : SANDBOX_LISTEN,
        .file = own[OWN_DB],
        .username = own[OWN_USERNAME],
        .password = borrowed->password,
        .deny = own[OWN_DENY],
        .latency = (unsigned)latency,
        .token_ttl = (unsigned)ttl,
        .max_batch = (unsigned)max_batch,
        .seed = option_seed(own[OWN_SEED] != NULL, seed),
    };
    return read_faults(own[OWN_FAULT], options, borrowed->faults, err);
}

static void announce(const struct sandbox *sandbox,
                     const struct sandbox_options *options)
{
    print_line("listening on %s (kept in %s; Ctrl-C stops it)",
               sandbox_url(sandbox),
               options->file != NULL ? options->file : "memory");
    if (options->username == NULL)
        print_line("user \"%s\", password \"%s\"", SANDBOX_USER,
                   SANDBOX_PASSWORD);
    /* At once: whoever started it waits for this line. */
    fflush(stdout);
}

static void sum_up(struct sandbox *sandbox)
{
    struct sandbox_counts counts = sandbox_counts(sandbox);
    struct buf out = {0};
    ledger_count(counts.customers, "customer", "customers", &out);
    buf_puts(&out, "; ");
    ledger_count(counts.requests, "request", "requests", &out);
    buf_addf(&out, ", %" PRIu64 " refused, %" PRIu64 " repeated",
             counts.refused, counts.duplicates);
    if (counts.faults > 0) {
        buf_puts(&out, ", ");
        ledger_count(counts.faults, "fault", "faults", &out);
    }
    print_line("%s", buf_text(&out));
    buf_release(&out);
}

/* The signals are blocked before the server's threads start, so that they
 * reach sigwait and nobody else. */
static bool serve(const struct sandbox_options *options, struct err *err)
{
    sigset_t stop;
    int signal_number;
    interrupt_signals(&stop);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    struct sandbox *sandbox = sandbox_start(options, err);
    if (sandbox == NULL)
        return false;
    announce(sandbox, options);
    sigwait(&stop, &signal_number);
    sum_up(sandbox);
    sandbox_stop(sandbox);
    return true;
}

static enum exit_code sandbox(struct arguments *arguments, struct err *err)
{
    struct sandbox_options options = {0};
    struct borrowed borrowed = {0};
    bool good = make_options(arguments->own, &borrowed, &options, err) &&
                forms_load(err) != NULL;
    if (good) {
        confined_files(&arguments->config, NULL, 0, options.file);
        good = serve(&options, err);
    }
    mem_wipe(borrowed.password, sizeof borrowed.password);
    forms_release();
    return good ? EXIT_DONE : err->code;
}

static const char *const options_taken[] = {"no_confine", NULL};

const struct command command_sandbox = {
    .name = "sandbox",
    .usage = "fastsync sandbox",
    .help = "a local Fast server, to rehearse without credentials",
    .example = "fastsync sandbox --listen 127.0.0.1:8787 --db sandbox.db",
    .own = own_options,
    .options = options_taken,
    .body = sandbox,
};
