/* text.c: the table of text functions, and what all of them use.
 *
 * The rows stand in the files of their subjects; here they become one list.
 * Messages and answers are made in the call's arena, so nothing is freed. */
#include "text.h"

#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "base/utf8.h"
#include "eight.h"

enum { MOST_FUNCTIONS = 128, SHOWN_UNITS = 60 };

const char text_same[] = "same", text_empty[] = "empty";

static const struct text_function *functions[MOST_FUNCTIONS];
static pthread_once_t functions_once = PTHREAD_ONCE_INIT;

static void list_functions(void)
{
#define TEXT_FILE(name) text_##name,
    static const struct text_function *const files[] = {TEXT_FILES(TEXT_FILE)};
#undef TEXT_FILE
    unsigned count = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        for (const struct text_function *row = files[i]; row->name; row++)
            if (count + 1 < MOST_FUNCTIONS)
                functions[count++] = row;
}

const struct text_function *const *text_functions(void)
{
    pthread_once(&functions_once, list_functions);
    return functions;
}

const struct text_function *text_find(const char *name, size_t len)
{
    const struct text_function *const *each = text_functions();
    for (; *each != NULL; each++)
        if (strlen((*each)->name) == len && !memcmp((*each)->name, name, len))
            return *each;
    return NULL;
}

/* printf into the arena. */
__attribute__((format(printf, 2, 0))) static const char *text_vformat(
    struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0)
        return "";
    char *text = arena_alloc(arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, args);
    return text;
}

__attribute__((format(printf, 2, 3))) static const char *text_format(
    struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = text_vformat(arena, format, args);
    va_end(args);
    return text;
}

bool text_refuse(struct text_call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    call->reason = text_vformat(call->arena, format, args);
    va_end(args);
    return false;
}

void text_remark(struct text_call *call, const char *format, ...)
{
    if (!call->remarks)
        return;
    va_list args;
    va_start(args, format);
    const char *more = text_vformat(call->arena, format, args);
    va_end(args);
    if (call->remark != NULL)
        more = text_format(call->arena, "%s; %s", call->remark, more);
    call->remark = more;
}

static int known_order(const struct value *a, const struct value *b)
{
    size_t least = a->len < b->len ? a->len : b->len;
    int order = least > 0 ? memcmp(a->text, b->text, least) : 0;
    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

void text_known_add(struct text_known *known, struct value key)
{
    unsigned filled = known->count < TEXT_KNOWN ? known->count : TEXT_KNOWN;
    known->count++;
    unsigned at = filled;
    while (at > 0 && known_order(&key, &known->first[at - 1]) < 0)
        at--;
    if (at == TEXT_KNOWN)
        return;
    for (unsigned i = filled < TEXT_KNOWN ? filled : TEXT_KNOWN - 1; i > at;
         i--)
        known->first[i] = known->first[i - 1];
    known->first[at] = key;
}

/* Numbers as a form field shows them: without a fraction where there is none,
 * in Lua's own format otherwise. */
static struct value number_text(struct text_call *call, double number)
{
    char *text = arena_alloc(call->arena, 40);
    int len = fabs(number) < 9.2e18 && number == floor(number)
                  ? snprintf(text, 40, "%" PRId64, (int64_t)number)
                  : snprintf(text, 40, "%.14g", number);
    return text_part(text, (size_t)len, 0);
}

static struct value integer_text(struct text_call *call, int64_t integer)
{
    char *text = arena_alloc(call->arena, 24);
    int len = snprintf(text, 24, "%" PRId64, integer);
    return text_part(text, (size_t)len, 0);
}

bool text_of(struct text_call *call, const struct value *value,
             struct value *text)
{
    switch ((enum value_type)value->type) {
    case VALUE_TEXT:
    case VALUE_DECIMAL:
        *text = *value;
        text->type = VALUE_TEXT;
        return true;
    case VALUE_INT:
        *text = integer_text(call, value->integer);
        return true;
    case VALUE_NUMBER:
        *text = number_text(call, value->number);
        return true;
    case VALUE_BOOL:
        *text = text_plain(value->truth ? "true" : "false");
        return true;
    case VALUE_NIL:
    case VALUE_EMPTY:
        *text = text_plain("");
        return true;
    case VALUE_MAP:
    case VALUE_LIST:
        break;
    }
    return text_refuse(call, "a list of %u is not a text (join makes one)",
                       (unsigned)value->len);
}

bool text_blank(const struct value *value)
{
    if (value->type == VALUE_TEXT)
        return text_trimmed(*value).len == 0;
    if (value->type != VALUE_LIST)
        return value->type == VALUE_NIL || value->type == VALUE_EMPTY;
    for (uint32_t i = 0; i < value->len; i++)
        if (!text_blank(&value->list[i]))
            return false;
    return true;
}

const char *text_show(struct text_call *call, const struct value *value)
{
    struct value text;
    if (value->type == VALUE_LIST)
        return text_format(call->arena, "a list of %u", (unsigned)value->len);
    text_of(call, value, &text);
    size_t len = utf8_cut(text.text, text.len, SHOWN_UNITS);
    char *shown = arena_alloc(call->arena, len + 6);
    shown[0] = '"';
    for (size_t i = 0; i < len; i++)
        shown[i + 1] = (unsigned char)text.text[i] < 0x20 ? ' ' : text.text[i];
    memcpy(shown + 1 + len, len < text.len ? "…\"" : "\"",
           5 - (len == text.len) * 3);
    return shown;
}

/* One to seven bytes, some of them twice: enough to ask whether any is such
 * and such. */
static uint64_t few(const char *text, size_t len)
{
    uint32_t low, high;
    if (len >= 4) {
        memcpy(&low, text, sizeof low);
        memcpy(&high, text + len - 4, sizeof high);
    } else {
        low = (uint32_t)(unsigned char)text[0] * 0x01010101u;
        high = (uint32_t)(unsigned char)text[len / 2] << 16 |
               (uint32_t)(unsigned char)text[len - 1] << 8 | (low & 0xFF);
        high |= high << 24;
    }
    return (uint64_t)high << 32 | low;
}

uint8_t text_flags(const char *text, size_t len)
{
    uint64_t wide = 0, escape = 0;
    size_t i = 0;
    for (; i + 8 <= len; i += 8) {
        uint64_t word = eight_load(text + i);
        wide |= word;
        escape |= eight_escapes(word);
    }
    if (i < len) { /* the last eight once more, where there are so many */
        uint64_t word = len >= 8 ? eight_load(text + len - 8) : few(text, len);
        wide |= word;
        escape |= eight_escapes(word);
    }
    return (uint8_t)((wide & EIGHT_TOPS ? VALUE_WIDE : 0) |
                     (escape ? VALUE_ESCAPE : 0));
}

struct value text_keep(struct text_call *call, size_t from,
                       const struct value *like)
{
    size_t len = call->scratch.len - from;
    if (len == 0)
        return text_plain("");
    const char *made = call->scratch.at + from;
    if (like != NULL && like->len == len && !memcmp(like->text, made, len))
        return *like;
    char *kept = arena_alloc(call->arena, len);
    memcpy(kept, made, len);
    return text_part(kept, len, text_flags(kept, len));
}

struct value text_composed(struct text_call *call, struct value text)
{
    if (text_is_ascii(&text) || utf8_is_nfc(text.text, text.len))
        return text;
    buf_clear(&call->scratch);
    utf8_nfc(&call->scratch, text.text, text.len);
    return text_keep(call, 0, &text);
}
