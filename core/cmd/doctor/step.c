/* step.c: what steps say in the same words. */
#include "step.h"

#include <stdio.h>
#include <unistd.h>

#include "base/paint.h"

void doctor_line(enum finding finding, const char *name, const char *text)
{
    static const struct {
        const char *word;
        enum paint paint;
    } verdicts[] = {{"", PAINT_NONE},
                    {"ok", PAINT_GOOD},
                    {"warn", PAINT_DOUBT},
                    {"FAIL", PAINT_BAD}};
    enum paint paint = verdicts[finding].paint;
    if (finding != FOUND_NOTHING)
        printf("%s%-4s%s  %-13s  %s\n", paint_on(STDOUT_FILENO, paint),
               verdicts[finding].word, paint_off(STDOUT_FILENO, paint), name,
               text);
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
