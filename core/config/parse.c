/* parse.c: how a text becomes a setting's value. */
#include "parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "net/web/login.h"
#include "warning.h"

bool setting_is_text(const struct setting *setting)
{
    return setting->kind == SETTING_TEXT || setting->kind == SETTING_PATH ||
           setting->kind == SETTING_SCHEME || setting_adds(setting);
}

bool setting_adds(const struct setting *setting)
{
    return setting->kind == SETTING_NAMES || setting->kind == SETTING_PATHS ||
           setting_is_login(setting);
}

bool setting_is_login(const struct setting *setting)
{
    return setting->kind == SETTING_LOGINS || setting->kind == SETTING_USERS;
}

/* Who we are to a database is no header of HTTP. */
static bool is_login(const struct setting *setting, const char *value)
{
    struct login login;
    return login_read(&login, value) &&
           (login.kind == LOGIN_USER) == (setting->kind == SETTING_USERS);
}

/* Frees a text; wiped first whatever it is, as that costs nothing. */
void setting_drop(char **text)
{
    if (*text != NULL)
        mem_wipe(*text, strlen(*text));
    free(*text);
    *text = NULL;
}

/* One kind's parser each: they set the member, or say what is wrong. */

static bool set_text(const struct setting *setting, void *to, const char *value,
                     const char *where, struct err *err)
{
    char **text = to;
    if (setting->kind == SETTING_SCHEME && strcasecmp(value, "bare") != 0 &&
        strcasecmp(value, "bearer") != 0)
        return err_set(err, EXIT_USAGE, "%s: \"%s\" is neither bare nor bearer",
                       where, value);
    /* Copied first: the value may be the very text that is dropped. */
    char *copy = mem_text(value);
    setting_drop(text);
    *text = copy;
    return true;
}

/* One more line; a line that is there already is not said twice. */
static bool add_line(void *to, const char *value, const char *where,
                     struct err *err)
{
    char **lines = to;
    size_t len = strlen(value);
    if (len == 0 || strchr(value, '\n') != NULL)
        return err_set(err, EXIT_USAGE, "%s: a name of one line is wanted",
                       where);
    for (const char *at = *lines; at != NULL && *at != '\0';) {
        size_t line = strcspn(at, "\n");
        if (line == len && memcmp(at, value, len) == 0)
            return true;
        at += line + (at[line] != '\0');
    }
    char *more = *lines ? mem_format("%s\n%s", *lines, value) : mem_text(value);
    setting_drop(lines);
    *lines = more;
    return true;
}

/* The factor that a unit stands for, or 0. */
static uint64_t unit_factor(const char *unit)
{
    static const struct {
        const char *name;
        unsigned shift;
    } units[] = {{"", 0},     {"B", 0},   {"K", 10},  {"KB", 10},
                 {"KiB", 10}, {"M", 20},  {"MB", 20}, {"MiB", 20},
                 {"G", 30},   {"GB", 30}, {"GiB", 30}};
    unit += strspn(unit, " ");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcasecmp(unit, units[i].name) == 0)
            return UINT64_C(1) << units[i].shift;
    return 0;
}

static bool set_number(const struct setting *setting, void *to,
                       const char *value, const char *where, struct err *err)
{
    char *end = NULL;
    errno = 0;
    uint64_t number = 0;
    bool digits = *value >= '0' && *value <= '9';
    if (digits)
        number = strtoull(value, &end, 10);
    /* 0 says that what follows the digits is no unit; strtoull by itself
     * would take signs and blanks, and nothing at all. */
    uint64_t factor = 0;
    if (digits)
        factor =
            setting->kind == SETTING_SIZE ? unit_factor(end) : *end == '\0';
    if (factor == 0)
        return err_set(err, EXIT_USAGE, "%s: \"%s\" is not a %s", where, value,
                       setting->kind == SETTING_SIZE
                           ? "size in bytes, such as 1048576, 512K or 1M"
                           : "whole number");
    /* Multiplied only after this: the product could wrap round to a small
     * number. */
    bool huge = errno == ERANGE || number > UINT64_MAX / factor;
    number *= factor;
    if (huge || number < setting->min || number > setting->max)
        return err_set(err, EXIT_USAGE, "%s: %s is not between %llu and %llu",
                       where, value, (unsigned long long)setting->min,
                       (unsigned long long)setting->max);
    *(uint64_t *)to = number;
    return true;
}

static bool set_share(void *to, const char *value, const char *where,
                      struct err *err)
{
    char *end;
    /* What strtod takes beyond decimal numbers is left out. */
    bool digits = ((*value >= '0' && *value <= '9') || *value == '.') &&
                  strpbrk(value, "xX") == NULL;
    double share = digits ? strtod(value, &end) : -1;
    if (digits && *end == '%') {
        share /= 100;
        end++;
    }
    if (!digits || *end != '\0' || !(share >= 0 && share <= 1))
        return err_set(err, EXIT_USAGE,
                       "%s: \"%s\" is not a share from 0%% to 100%%", where,
                       value);
    *(double *)to = share;
    return true;
}

static bool set_flag(void *to, const char *value, const char *where,
                     struct err *err)
{
    static const char *const words[] = {"yes", "no",  "true", "false",
                                        "on",  "off", "1",    "0"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(value, words[i]) == 0) {
            *(bool *)to = i % 2 == 0;
            return true;
        }
    return err_set(err, EXIT_USAGE, "%s: \"%s\" is neither yes nor no", where,
                   value);
}

/* "phone" of "phone, mail". */
static bool set_kind(uint32_t *kinds, const char *name, size_t len,
                     const char *where, struct err *err)
{
    enum warning_kind kind = warning_find(name, len);
    struct buf known = {0};
    if (kind < WARNING_KINDS) {
        *kinds |= warning_bit(kind);
        return true;
    }
    for (unsigned i = 0; i < WARNING_KINDS; i++)
        buf_addf(&known, "%s%s", i > 0 ? ", " : "",
                 warning_name((enum warning_kind)i));
    err_set(err, EXIT_USAGE, "%s: \"%.*s\" is no kind of warnings (%s)", where,
            (int)len, name, buf_text(&known));
    buf_release(&known);
    return false;
}

static bool set_kinds(void *to, const char *value, const char *where,
                      struct err *err)
{
    uint32_t kinds = 0;
    bool all = false;
    struct err no_flag;
    if (set_flag(&all, value, where, &no_flag)) {
        *(uint32_t *)to = all ? UINT32_MAX : 0;
        return true;
    }
    while (*value != '\0') {
        size_t len = strcspn(value, ", ");
        if (len > 0 && !set_kind(&kinds, value, len, where, err))
            return false;
        value += len + (value[len] != '\0');
    }
    *(uint32_t *)to = kinds;
    return true;
}

bool setting_parse(const struct setting *setting, void *to, const char *value,
                   const char *where, struct err *err)
{
    if (setting_is_login(setting) && !is_login(setting, value))
        return err_set(err, EXIT_USAGE, "%s: \"%s\" is none of: %s", where,
                       value, setting->help);
    if (setting_adds(setting))
        return add_line(to, value, where, err);
    if (setting_is_text(setting))
        return set_text(setting, to, value, where, err);
    if (setting->kind == SETTING_FLAG)
        return set_flag(to, value, where, err);
    if (setting->kind == SETTING_KINDS)
        return set_kinds(to, value, where, err);
    if (setting->kind == SETTING_SHARE)
        return set_share(to, value, where, err);
    return set_number(setting, to, value, where, err);
}
