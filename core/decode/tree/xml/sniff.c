/* sniff.c: what declares itself, or its type, is XML. What does not must read as such as far
 * as it is seen, and an element must have ended: a CSV may begin with '<'. */
#include "sniff.h"

#include <expat.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "decode/encoding/fold.h"

static void on_end(void *ended, const char *name)
{
    (void)name;
    *(bool *)ended = true;
}

/* Bytes above ASCII count as letters: fold_head has made that of them. */
static bool reads_as_xml(const char *text, size_t len)
{
    bool ended = false;
    XML_Parser parser = XML_ParserCreate("ISO-8859-1");
    if (parser == NULL)
        return false;
    XML_SetUserData(parser, &ended);
    XML_SetEndElementHandler(parser, on_end);
    bool good = XML_Parse(parser, text, (int)len, 0) != XML_STATUS_ERROR;
    XML_ParserFree(parser);
    return good && ended;
}

int sniff_xml(const char *head, size_t len)
{
    enum { DECLARED = 90, READS = 82 };
    struct buf folded = {0};
    fold_head(&folded, head, len);
    const char *text = buf_text(&folded);
    text += strspn(text, " \t\r\n");
    int sure = 0;
    if (strncmp(text, "<?xml", 5) == 0 && strchr(" \t\r\n", text[5]) != NULL)
        sure = DECLARED;
    else if (*text == '<' && (strncmp(text, "<!DOCTYPE", 9) == 0 ||
                              reads_as_xml(text, strlen(text))))
        sure = READS;
    buf_release(&folded);
    return sure;
}
