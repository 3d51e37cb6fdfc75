/* forgetful: `fastsync run` that remembers nothing: the same pipe, the same
 * delivery, no journal. What the journal costs is measured against it. */
#include <signal.h>

#include "base/log.h"
#include "base/mem.h"
#include "cmd/cmd.h"
#include "cmd/deliver.h"
#include "deliver/delivery.h"

static enum exit_code run(struct arguments *arguments, struct err *err)
{
    struct job job;
    struct deliver deliver = {.no_journal = true};
    const struct execution execution = {.command = "run",
                                        .open = deliver_open,
                                        .begin = delivery_resume,
                                        .close = deliver_close,
                                        .owner = &deliver};
    enum exit_code code = EXIT_FAULT;
    if (job_begin(&job, arguments, JOB_READS | JOB_WRITES | JOB_CONNECTS, err))
        code = execute(&job, &execution, err);
    job_end(&job);
    return code;
}

int main(int argc, char **argv)
{
    struct arguments arguments;
    struct err err = {.text = ""};
    enum exit_code code = EXIT_USAGE;
    signal(SIGPIPE, SIG_IGN);
    mem_keep();
    if (argc > 1 &&
        arguments_parse(&arguments, command_find("run"), argv + 1, &err))
        code = run(&arguments, &err);
    if (err.text[0] != '\0')
        log_error("%s", err.text);
    arguments_release(&arguments);
    return (int)code;
}
