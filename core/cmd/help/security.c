/* security.c: `fastsync help security`: who may do what.
 *
 * What it says is the model that the program keeps to; README has the same
 * lines, each with its tests. A line that is not true any more is a fault. */
#include "security.h"

#include <stdio.h>

#include "base/screen/print.h"
#include "base/screen/wrap.h"

enum { WIDTH = 80 };

static const struct {
    const char *who, *may;
} model[] = {
    /* clang-format off */
    {"The person at the command line",
     "everything that the account may: options, INPUTs, the environment, --config FILE"},
    {"A configuration file",
     "what its place allows: the system's, the user's and that of --config everything, "
     "./fastsync.ini of any folder what is harmless, and the rest once it is trusted as it "
     "stands (fastsync trust). One that others could have written is not read."},
    {"A secret",
     "goes only where its own source, or a more trusted one, sends it; it stands in no "
     "message, log, report, rejects, journal, argument list or core file"},
    {"A mapping",
     "computes records from the inputs it was given, and nothing else. It reads regular "
     "files of its own folder and below; writes none, starts nothing, and talks to the "
     "configured server alone, as a client."},
    {"A grant",
     "lets mappings do more, and is an option or stands in a configuration file: --allow-read DIR "
     "(allow_read) for files of a folder, --allow-env NAME (allow_env) for a variable, "
     "--allow-net HOST (allow_net) for what is fetched from a host, which then hears what the "
     "mapping sends it. What is refused says which one is missing."},
    {"A host that rows are fetched from",
     "hears its own secret alone (http_auth); leads to granted hosts, from https:// to https:// "
     "alone, and no secret, header or body of ours goes with that; what it answers has its bounds, "
     "and half of a page is none."},
    {"A mapping's time and memory",
     "are bounded, and so is what it prints: --max-seconds, --max-instructions, "
     "--max-memory, --max-records. The first Ctrl-C ends it."},
    {"An export, an answer, a journal's record, names of files, columns, profiles",
     "are bytes: read within bounds, never obeyed. What steers a terminal or turns the "
     "direction of writing is shown as \\u{1B}; what a spreadsheet would calculate is "
     "neutralised in rejects and warnings. `fastsync cat` to a file is exact."},
    {"An answer of the server",
     "counts as success only where it says so once and clearly; no redirect is followed."},
    {"A folder that somebody else has packed",
     "cannot make an output write over an input, the mapping, a configuration file or the "
     "journal, nor through a link; a pipe or device where a file should be is not waited "
     "for; a state folder or journal that others can write is refused."},
    {"fastsync itself",
     "gives up, before it reads any of that, the right to start programs, to write elsewhere "
     "than its state and outputs, and to read what was not granted: where the kernel keeps it "
     "(Linux; fastsync doctor says what is in force), unless --no-confine is given"},
    /* clang-format on */
};

void security_describe(void)
{
    struct buf text = {0};
    print_line("Who may do what");
    for (size_t i = 0; i < sizeof model / sizeof *model; i++) {
        print_end();
        buf_addf(&text, "%s\n  ", model[i].who);
        wrap_put(&text, model[i].may, 2, 2, WIDTH);
        print_lines(&text);
    }
    buf_release(&text);
}
