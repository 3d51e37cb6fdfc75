/* types.h: the types that fields of forms have: each one row of one table.
 *
 * From a row follow what a form's table may say of such a field (compile.c),
 * what a value becomes and how its JSON is written (encode.c), its JSON Schema
 * (schema.c) and what `fastsync forms` prints.
 *
 * To add a field type: its settle function in validate.c, and one row in
 * types.c. */
#ifndef FASTSYNC_FORM_TYPES_H
#define FASTSYNC_FORM_TYPES_H

#include "validate.h"

struct field_type {
    const char *name;    /* "String", as forms' tables spell it */
    bool quoted;         /* in JSON: a string, else its text as it is */
    bool sized;          /* a form's table says the longest text */
    const char *choices; /* the characters every such field may be, or NULL */
    const char *schema;  /* the JSON Schema's "type" */
    bool (*settle)(const struct field *field, bool key,
                   const struct value *value, struct settled *settled,
                   struct faults *faults); /* see validate.h */
};

/* Of that name, or NULL; and all names, for messages: "String and Byte". */
const struct field_type *field_type_find(const char *name);
const char *field_type_names(char *names, size_t room);

#endif
