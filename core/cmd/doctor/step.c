/* step.c: what steps say in the same words. */
#include "step.h"

#include <stdio.h>

#include "base/screen/print.h"

void doctor_line(enum finding finding, const char *name, const char *text)
{
    static const struct {
        const char *word;
        enum paint paint;
    } verdicts[] = {{"", PAINT_NONE},
                    {"ok  ", PAINT_GOOD},
                    {"warn", PAINT_DOUBT},
                    {"FAIL", PAINT_BAD}};
    if (finding != FOUND_NOTHING) {
        print_painted(verdicts[finding].paint, verdicts[finding].word);
        print_line("  %-13s  %s", name, text);
    }
    fflush(stdout); /* the next step may take its time */
}

enum finding doctor_fault(struct doctor *doctor, enum exit_code code,
                          const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vaddf(&doctor->said, format, args);
    va_end(args);
    doctor->code = code;
    return FOUND_FAULT;
}

void doctor_exposed(struct doctor *doctor, const char *path)
{
    buf_addf(&doctor->said,
             "; %s: everyone on this machine can read it; chmod 600 %s", path,
             path);
}
