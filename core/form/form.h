/* form.h: a form of Fast's: which fields a record may have, and the one road
 * from mapped values to JSON.
 *
 * A form is a Lua table in lua/fastsync/forms/NAME.lua, compiled once into the
 * table below, which drives validation, encoding, `fastsync forms`, the JSON
 * Schema and the sandbox. Immutable once compiled; shared by all threads. */
#ifndef FASTSYNC_FORM_FORM_H
#define FASTSYNC_FORM_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "record.h"
#include "row.h"

struct field_type; /* types.h */
struct field_kind; /* kind.h */

struct field {
    char *name; /* as the documentation's table spells it */
    char *wire; /* as the JSON key is spelled */
    char *help;
    char *choices; /* the characters it may be ("10", as every Byte), or NULL */
    char *lead;    /* `,"wire":"` or `,"wire":`, padded to whole LEAD_STEPs */
    uint32_t lead_len;
    uint32_t name_len;
    uint32_t max; /* UTF-16 units of its text */
    const struct field_type *type;
    const struct field_kind *kind; /* what is asked of its texts */
    bool quoted;                   /* type->quoted, and */
    uint8_t road;                  /* kind->road, here for the encoder */
    bool required;
    bool flag;    /* its choices are "10" */
    bool special; /* the key, or one with choices: values need a look */
};

struct form {
    char *name;  /* "setCustomer": also what requests carry */
    char *reads; /* the reading form, "getCustomer", or NULL */
    char *help;
    unsigned key; /* index of the key field */
    unsigned count;
    struct field *fields;
    size_t room; /* bytes that no record's JSON exceeds */
};

enum { FORM_MAX_FIELDS = 64, LEAD_STEP = 32 };

/* To add a form: lua/fastsync/forms/NAME.lua, and a name here. */
#define FORMS(X) X(setCustomer)

/* All forms there are, compiled from the embedded (or FASTSYNC_LUA) library;
 * NULL and err (EXIT_FAULT) when one does not compile. Called before threads
 * start; a second call answers the same; ends with NULL; lives until
 * forms_release. */
const struct form *const *forms_load(struct err *err);
void forms_release(void);
/* By name, in any letter case; NULL if there is none. forms_load comes first.
 */
const struct form *form_find(const char *name);
const char *form_nearest(const char *name); /* "did you mean", or NULL */

/* The field of that name in any letter case, or -1; and the nearest name. */
int form_field(const struct form *form, const char *name, size_t len);
const char *form_nearest_field(const struct form *form, const char *name,
                               size_t len);

/* Appends the JSON Schema (draft 2020-12) of a form's record; of all forms,
 * as $defs, where form is NULL. */
void form_schema(const struct form *form, struct buf *out);

/* All that is wrong with one record; texts live in the arena. One fault a
 * field: what was found first stays. */
struct faults {
    struct arena *arena;
    /* What is doubtful goes there; NULL: nobody listens. */
    struct warnings *warnings;
    struct fault all[FORM_MAX_FIELDS];
    unsigned count;
};

/* In the form's order, those of no field first, so that what a record is
 * rejected for does not depend on how Lua stores a table. */
void faults_sort(struct faults *faults, const struct form *form);
void faults_add(struct faults *faults, const char *field, const char *format,
                ...) __attribute__((cold, format(printf, 3, 4)));

/* Validates `values` (one per field of the form, VALUE_NIL: absent) and
 * appends the record's JSON object, in form order, to `out`. With faults,
 * those it was given and those it finds, it appends nothing, lists every one
 * of them, and answers false.
 *
 * - absent, "" and blank text: left out; a fault where required
 * - VALUE_EMPTY: an explicit "" (a fault where required)
 * - VALUE_INT, integral VALUE_NUMBER: their decimal text in a String; a
 *   VALUE_NUMBER of 2^53 or more may have lost digits and is a fault
 * - VALUE_DECIMAL: its digits in a String, as the input wrote them
 * - VALUE_BOOL: 1 or 0 in a Byte and in a field with choices "10"
 * - a Byte takes 0, 1, decimals that are these (1.00), their texts, and
 *   booleans; nothing else
 * - the key field is trimmed, every other text is sent as it is
 * - too long is a fault with both lengths; never a cut
 * - what the field's kind refuses in a text is a fault, what is doubtful goes
 *   to faults->warnings (kind.h); of codes, telephone numbers, mail addresses
 *   and names, characters that nobody sees go from both ends
 * - any other type, a list, a map, NaN: a fault that shows the value */
bool form_encode(const struct form *form, const struct value *values,
                 struct faults *faults, struct buf *out);

/* Appends the text of a member of a record's JSON, by its wire name; nothing
 * where it is not there. */
void form_member(const char *json, size_t len, const char *wire,
                 struct buf *out);
/* The same, and of a number its digits. */
void form_value(const char *json, size_t len, const char *wire,
                struct buf *out);
/* Bytes in a record's JSON, or a text of it; not terminated. */
struct span {
    const char *text;
    size_t len;
};
/* The same as form_member of a field, quicker where the comma before it is at
 * `guess`. The text lies in the JSON, or in `scratch` where it had escapes. */
struct span form_member_at(const char *json, size_t len,
                           const struct field *field, size_t guess,
                           struct buf *scratch);
/* The field that people know a record by: the first required one beside the
 * key; NULL: there is none. */
const struct field *form_title(const struct form *form);

/* The key's identity: trimmed, in upper case, as the server upper-cases codes
 * on entry. `text` is what the record says. */
void form_key_hash(const char *text, size_t len, uint64_t hash[2]);
/* Narrows a key by all that is sent of no key: white space at both ends, and
 * characters that nobody sees. */
void form_key_trim(const char **text, size_t *len);

#endif
