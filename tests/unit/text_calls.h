/* text_calls.h: calling text functions by name, for their tests.
 *
 * Arguments go through malloc'd copies of exact length, so that a read after
 * a text is found by the sanitizer; every answer is checked for what all text
 * functions promise. */
#ifndef FASTSYNC_TEST_TEXT_CALLS_H
#define FASTSYNC_TEST_TEXT_CALLS_H

#include "holds.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/nfc.h"
#include "base/utf8.h"
#include "text/text.h"
#include "value_flags.h"
#include "warning.h"

static struct arena arena;
static struct text_call call;
static struct warnings heard; /* of the last call */
static char *copies[256];     /* the last ones, in a ring */
static unsigned copy_count;

static inline void begin_calls(void)
{
    arena_init(&arena);
    memset(&call, 0, sizeof call);
    call.arena = &arena;
    call.remarks = true;
    heard = (struct warnings){.arena = &arena};
    call.warnings = &heard;
}

static inline void end_calls(void)
{
    for (unsigned i = 0; i < sizeof copies / sizeof *copies; i++) {
        free(copies[i]);
        copies[i] = NULL;
    }
    buf_release(&call.scratch);
    arena_release(&arena);
}

static inline struct value bytes(const char *text, size_t len)
{
    char *copy = malloc(len > 0 ? len : 1);
    memcpy(copy, text, len);
    char **slot = &copies[copy_count++ % (sizeof copies / sizeof *copies)];
    free(*slot);
    *slot = copy;
    struct value value = value_text(copy, len);
    value.flags = VALUE_TIGHT | flags_of(copy, len);
    return value;
}

static inline struct value txt(const char *text)
{
    return bytes(text, strlen(text));
}

static inline struct value integer(int64_t number)
{
    return (struct value){.integer = number, .type = VALUE_INT};
}

static inline struct value number(double given)
{
    return (struct value){.number = given, .type = VALUE_NUMBER};
}

static inline struct value truth(bool given)
{
    return (struct value){.truth = given, .type = VALUE_BOOL};
}

static inline struct value empty(void)
{
    return (struct value){.type = VALUE_EMPTY};
}

static inline struct value nil(void)
{
    return (struct value){.type = VALUE_NIL};
}

static inline struct value list(const struct value *values, uint32_t len)
{
    return (struct value){.list = values, .len = len, .type = VALUE_LIST};
}

/* Is there room for a copy in steps? The sanitizer sees it. */
static inline void read_after(const struct value *text)
{
    volatile char last;
    for (uint32_t i = 0; i < COPY_STEP - 1; i++)
        last = text->text[text->len + i];
    (void)last;
}

/* The flags hold; valid UTF-8, in NFC. */
static inline void check_promise(const char *name, const struct value *value)
{
    if (value->type == VALUE_LIST)
        for (uint32_t i = 0; i < value->len; i++)
            check_promise(name, &value->list[i]);
    if (value->type != VALUE_TEXT)
        return;
    uint8_t exact = flags_of(value->text, value->len);
    HOLDS(exact == value_flags(value->text, value->len));
    if ((value->flags & VALUE_TIGHT) == 0)
        read_after(value);
    HOLDS_SAYING((exact & ~value->flags) == 0, "%s: \"%.*s\" breaks a promise",
                 name, (int)value->len, value->text);
    HOLDS_SAYING(utf8_valid(value->text, value->len) == value->len,
                 "%s: not UTF-8", name);
    struct buf again = {0};
    utf8_nfc(&again, value->text, value->len);
    HOLDS_SAYING(again.len == value->len &&
                     !memcmp(buf_text(&again), value->text, value->len),
                 "%s: \"%.*s\" is not in NFC", name, (int)value->len,
                 value->text);
    buf_release(&again);
}

static const struct text_lookup *asked_lookup;

/* Rows that have no key but the blank one. */
static inline bool find_no_row(const struct text_rows *rows,
                               struct text_call *of, const struct value *key,
                               const struct value *otherwise,
                               struct value *answer)
{
    (void)rows;
    *answer = *otherwise;
    return otherwise->type != VALUE_NIL || text_blank(key) ||
           text_refuse(of, "no such key");
}

static const struct text_rows asked_rows = {.find = find_no_row};
static struct value asked_options[TEXT_MAX_OPTIONS];

/* Calls `name`; missing arguments are nil. */
static inline bool ask(const char *name, unsigned count,
                       const struct value *given, struct value *answer)
{
    const struct text_function *function = text_find(name, strlen(name));
    HOLDS_SAYING(function != NULL, "there is no %s", name);
    unsigned fixed = 0;
    while (fixed < TEXT_SHAPE && function->shape[fixed] != ARG_NONE &&
           function->shape[fixed] != ARG_REST)
        fixed++;
    unsigned all = count > fixed ? count : fixed;
    struct value *values = calloc(all > 0 ? all : 1, sizeof *values);
    if (count > 0)
        memcpy(values, given, count * sizeof *values);
    struct text_args args = {.all = values,
                             .count = all,
                             .lookup = asked_lookup,
                             .rows = &asked_rows,
                             .options = asked_options};
    call.reason = call.remark = NULL;
    warnings_clear(&heard);
    memset(answer, 0xa5, sizeof *answer);
    bool good = function->call(&call, &args, answer);
    if (good)
        check_promise(name, answer);
    else
        HOLDS_SAYING(call.reason != NULL, "%s refused without a reason", name);
    free(values);
    return good;
}

#define ASK(name, answer, ...)                                                 \
    ask(name,                                                                  \
        (unsigned)(sizeof((struct value[]){__VA_ARGS__}) /                     \
                   sizeof(struct value)),                                      \
        (struct value[]){__VA_ARGS__}, answer)

/* What it answers, as text that ends in NUL. */
#define ASK_TEXT(name, ...) ask_text(name, ASK(name, &asked, __VA_ARGS__))

static struct value asked;

static inline const char *ask_text(const char *name, bool good)
{
    ck_assert_msg(good, "%s refused: %s", name, good ? "" : call.reason);
    ck_assert_msg(asked.type == VALUE_TEXT, "%s: no text but type %d", name,
                  asked.type);
    char *text = arena_alloc(&arena, (size_t)asked.len + 1);
    memcpy(text, asked.text, asked.len);
    text[asked.len] = '\0';
    return text;
}

static inline const char *refused(const char *name, bool good)
{
    ck_assert_msg(!good, "%s did not refuse", name);
    return call.reason;
}

/* The last call was doubtful in this one way; or in none. */
static inline void doubted(enum warning_kind kind, const char *text)
{
    ck_assert_msg(heard.count == 1, "%u warnings, not: %s", heard.count, text);
    ck_assert_int_eq(heard.all[0].kind, kind);
    ck_assert_str_eq(heard.all[0].text, text);
}

static inline void undoubted(void)
{
    ck_assert_msg(heard.count == 0, "%s",
                  heard.count > 0 ? heard.all[0].text : "");
}

/* True when the answer lies inside the argument: nothing was copied. */
static inline bool borrows(const struct value *answer, const struct value *from)
{
    return answer->text >= from->text &&
           answer->text + answer->len <= from->text + from->len;
}

#define RUN(suite_name, ...)                                                   \
    int main(void)                                                             \
    {                                                                          \
        Suite *suite = suite_create(suite_name);                               \
        TCase *tests = tcase_create(suite_name);                               \
        const TTest *all[] = {__VA_ARGS__};                                    \
        tcase_add_checked_fixture(tests, begin_calls, end_calls);              \
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)                  \
            tcase_add_test(tests, all[i]);                                     \
        suite_add_tcase(suite, tests);                                         \
        SRunner *runner = srunner_create(suite);                               \
        srunner_run_all(runner, CK_NORMAL);                                    \
        int failed = srunner_ntests_failed(runner);                            \
        srunner_free(runner);                                                  \
        return failed != 0;                                                    \
    }

#endif
