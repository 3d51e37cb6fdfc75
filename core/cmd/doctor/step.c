/* step.c: what steps say in the same words. */
#include "step.h"

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
