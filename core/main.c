/* main.c: finds the command, runs it, and says its error: one line on
 * standard error, and the exit code. The only place that ends
 * the process. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "cmd/cmd.h"
#include "net/secrets.h"

static enum exit_code run_command(const struct command *command,
                                  char *const *argv, struct err *err)
{
    struct arguments arguments;
    enum exit_code code;
    if (!arguments_parse(&arguments, command, argv, err)) {
        code = err->code;
    } else if (arguments.help) {
        command_describe(command);
        code = EXIT_DONE;
    } else {
        code = command->body(&arguments, err);
    }
    secrets_scrub(err->text); /* a script may have named it, or a column */
    arguments_release(&arguments);
    return code;
}

/* No core is written: it would hold the password and the token. */
static void leave_no_core(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

/* TLS libraries write the keys of all that is sent to the file that it names:
 * who sets it for a user reads the password. Nothing asks for that here. */
static void keep_keys(void)
{
    unsetenv("SSLKEYLOGFILE");
}

/* `--version`, `--help` and no words at all are commands as well. */
static const char *command_name(char *const *argv)
{
    if (argv[1] == NULL || strcmp(argv[1], "--help") == 0 ||
        strcmp(argv[1], "-h") == 0)
        return "help";
    bool version =
        strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0;
    return version ? "version" : argv[1];
}

/* Who read standard output has had enough (`| head`): no fault, as with cat. */
static bool reader_left(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO};
    return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

int main(int argc, char **argv)
{
    struct err err = {.text = ""};
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a full disk */
    leave_no_core();
    keep_keys();
    mem_keep();
    const struct command *command = command_find(command_name(argv));
    if (command == NULL) {
        log_setup(&(struct log_settings){.level = LOG_NOTE});
        command_unknown(argv[1], &err);
        log_error("%s", err.text);
        return EXIT_USAGE;
    }
    char *const *words = argv + (argc < 2 ? argc : 2);
    enum exit_code code = run_command(command, words, &err);
    if (code != EXIT_DONE && err.text[0] != '\0')
        log_error("%s", err.text);
    bool written = fflush(stdout) == 0 && !ferror(stdout);
    if (!written && !reader_left() && code != EXIT_FAULT) {
        log_error("standard output cannot be written");
        if (code == EXIT_DONE)
            code = EXIT_FAULT;
    }
    return argc == 1 ? (int)EXIT_USAGE : (int)code;
}
