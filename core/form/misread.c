/* misread.c: text that was read in a wrong encoding once (charset/misread.h):
 * its first characters are enough to tell it by. */
#include "charset/misread.h"

#include "base/utf8.h"
#include "questions.h"
#include "validate.h"

enum { UNITS = 600 };

bool look_misread(struct looked *looked)
{
    const struct value *value = looked->value;
    struct buf text = {0};
    if (looked->faults->warnings == NULL)
        return true;
    enum misreading found =
        misread_find(value->text, utf8_cut(value->text, value->len, UNITS),
                     MISREAD_NOT, &text);
    if (found != MISREAD_NOT) {
        struct value meant = value_text(text.at, text.len);
        looked->misread = true;
        looked_warn(looked, WARNING_MOJIBAKE, "%s: it was %s",
                    misread_name(found),
                    field_shown(&meant, looked->faults->arena));
    }
    buf_release(&text);
    return true;
}
