/* declared.c: `<?xml version="1.0" encoding="windows-1258"?>`, whose letters
 * are ASCII in all but a few encodings; those have a mark. */
#include "declared.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"

static const char *find(const char *text, size_t len, const char *part)
{
    size_t size = strlen(part);
    for (; len >= size; text++, len--)
        if (memcmp(text, part, size) == 0)
            return text;
    return NULL;
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && ascii_blank(*at))
        at++;
    return at;
}

/* Programs that make a text in memory call it UTF-16, and others write it. */
static const char *untrue(const char *name)
{
    static const char *const wide[] = {"UTF-16",   "UTF16",          "UTF-16LE",
                                       "UTF-16BE", "UCS-2",          "UNICODE",
                                       "UTF-32",   "ISO-10646-UCS-2"};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strcasecmp(name, wide[i]) == 0)
            return wide[i];
    return NULL;
}

const char *declared_encoding(const char *head, size_t len, char *name,
                              size_t size)
{
    enum { FAR = 1024 };
    static const char begin[] = "<?xml", word[] = "encoding";
    const char *at = skip_space(head, head + len);
    size_t left = len - (size_t)(at - head);
    name[0] = '\0';
    left = left < FAR ? left : FAR;
    if (left < sizeof begin || memcmp(at, begin, sizeof begin - 1) != 0)
        return NULL;
    const char *end = find(at, left, "?>");
    at = end ? find(at, (size_t)(end - at), word) : NULL;
    if (at == NULL)
        return NULL;
    at = skip_space(at + sizeof word - 1, end);
    if (at < end && *at == '=')
        at = skip_space(at + 1, end);
    const char *close = at < end && (*at == '"' || *at == '\'')
                            ? memchr(at + 1, *at, (size_t)(end - at - 1))
                            : NULL;
    if (close == NULL)
        return NULL;
    size_t count = (size_t)(close - at - 1);
    count = count < size ? count : size - 1;
    memcpy(name, at + 1, count);
    name[count] = '\0';
    const char *wrong = untrue(name);
    if (wrong != NULL)
        memcpy(name, "UTF-8", sizeof "UTF-8");
    return wrong;
}
