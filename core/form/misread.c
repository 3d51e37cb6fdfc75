/* misread.c: text that was read in a wrong encoding once (charset/misread.h):
 * its first characters are enough to tell it by. */
#include "charset/misread.h"

#include "base/utf8.h"
#include "charset/lost.h"
#include "questions.h"
#include "validate.h"

enum { UNITS = 600 };

bool look_misread(struct looked *looked)
{
    const struct value *value = looked->value;
    struct buf text = {0};
    bool doubtful;
    if (looked->faults->warnings == NULL)
        return true;
    enum misreading found =
        misread_find(value->text, utf8_cut(value->text, value->len, UNITS),
                     MISREAD_NOT, &text, &doubtful);
    if (found != MISREAD_NOT) {
        struct value meant = value_text(text.at, text.len);
        looked->misread = true;
        looked_warn(looked, WARNING_MOJIBAKE,
                    "%s%s: it was %s%s (repair = \"%s\" reads it so)",
                    misread_name(found), doubtful ? ", or a part of it" : "",
                    field_shown(&meant, looked->faults->arena),
                    found == MISREAD_TCVN3 && lost_any(text.at, text.len)
                        ? ", and some ư of it is lost"
                        : "",
                    misread_repair(found));
    }
    buf_release(&text);
    return true;
}
