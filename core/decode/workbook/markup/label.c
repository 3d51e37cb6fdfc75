/* label.c: many a label stands for more than it says: what calls itself Latin-1
 * or ASCII is Windows-1252. */
#include "label.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "charset/charset.h"

static const struct {
    const char *label, *name;
} others[] = {
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"unicode", "UTF-16"},
    {"utf8", "UTF-8"},
    {"utf-8", "UTF-8"},
    {"gb2312", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"gbk", "GB18030"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"x-sjis", "CP932"},
    {"ks_c_5601-1987", "CP949"},
    {"euc-kr", "CP949"},
    {"macintosh", "MACINTOSH"},
    {"x-mac-roman", "MACINTOSH"},
    {"x-viet-tcvn5712", "TCVN5712-1"},
};

static bool is_label(char byte)
{
    return ascii_letter(byte) || ascii_digit(byte) ||
           (byte != '\0' && strchr("-_:.", byte) != NULL);
}

const char *label_encoding(const char *label, size_t len, char name[LABEL_SIZE])
{
    if (len == 0 || len >= LABEL_SIZE)
        return NULL;
    memcpy(name, label, len);
    name[len] = '\0';
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcasecmp(name, others[i].label) == 0)
            return memcpy(name, others[i].name, strlen(others[i].name) + 1);
    return charset_known(name) ? name : NULL;
}

/* `charset = "utf-8"` from `at` on. */
static const char *read_label(const char *at, const char *end,
                              char name[LABEL_SIZE])
{
    while (at < end && (*at == ' ' || *at == '=' || *at == '"' || *at == '\''))
        at++;
    const char *label = at;
    while (at < end && is_label(*at))
        at++;
    return label_encoding(label, (size_t)(at - label), name);
}

/* Two bytes a letter could not be read so far. */
static bool is_wide(const char *name)
{
    return strncasecmp(name, "UTF-16", 6) == 0 ||
           strncasecmp(name, "UTF-32", 6) == 0;
}

const char *label_in_page(const char *head, size_t len, char name[LABEL_SIZE])
{
    const char *at = head, *end = head + len;
    while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        const char *tag = at++;
        if (end - tag < 5 || strncasecmp(tag, "<meta", 5) != 0)
            continue;
        for (at = tag; at < end && *at != '>'; at++)
            if (end - at > 7 && strncasecmp(at, "charset", 7) == 0 &&
                read_label(at + 7, end, name) != NULL)
                return is_wide(name) ? NULL : name;
    }
    return NULL;
}
