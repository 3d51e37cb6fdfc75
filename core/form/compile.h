/* compile.h: a form's Lua table, made into a struct form.
 *
 * The table is read in a throwaway Lua state without libraries, a cap on
 * instructions, and text chunks only. Whatever is wrong with it is EXIT_FAULT
 * with file and field: forms are part of fastsync. Before threads start. */
#ifndef FASTSYNC_FORM_COMPILE_H
#define FASTSYNC_FORM_COMPILE_H

#include "form.h"

/* Of lua/fastsync/forms/NAME.lua; NULL: err. */
struct form *form_compile(const char *name, struct err *err);
/* Of that text; `chunk` is what messages call it. */
struct form *form_compile_text(const char *name, const char *chunk,
                               const char *text, size_t len, struct err *err);
void form_free(struct form *form); /* NULL is allowed */

#endif
