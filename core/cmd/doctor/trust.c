/* trust.c: `fastsync trust`: shows what a folder's fastsync.ini decides, asks,
 * and notes the file as it was shown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/screen/print.h"
#include "base/screen/show.h"
#include "cmd/command.h"
#include "config/lines.h"
#include "config/trusted.h"
#include "config/words.h"

enum { OWN_YES, OWN_LIST, OWN_FORGET };

/* What the file says that needs trust, a line each. */
struct shown {
    struct buf text;
    unsigned count;
};

static bool unknown(const struct line *line, struct err *err)
{
    struct buf text = {0};
    buf_addf(&text, "%s: no such setting", line->name);
    lines_fail(line, buf_text(&text), err);
    buf_release(&text);
    return false;
}

static bool show(void *owner, const struct line *line, struct err *err)
{
    struct shown *shown = owner;
    const struct setting *setting = setting_find(line->name);
    if (setting == NULL)
        return unknown(line, err);
    if (!setting_needs_trust(setting))
        return true;
    char *value = setting_shown(setting, line->value);
    show_addf(&shown->text, "%s:%u: ", line->path, line->number);
    if (strcmp(line->section, "default") != 0)
        show_addf(&shown->text, "[%s] ", line->section);
    show_linef(&shown->text, "%s = %s", setting->name, value);
    shown->count++;
    free(value);
    return true;
}

/* Only a plain yes is one. */
static bool agreed(const struct arguments *arguments, struct err *err)
{
    char line[16] = "";
    if (arguments->own[OWN_YES] != NULL)
        return true;
    if (!isatty(STDIN_FILENO))
        return err_set(err, EXIT_USAGE,
                       "trust asks first, and there is no terminal; --yes "
                       "answers it");
    struct buf question = {0};
    buf_puts(&question, "let these count? [y/N] ");
    print_question(&question);
    buf_release(&question);
    if (fgets(line, sizeof line, stdin) != NULL &&
        (strcmp(line, "y\n") == 0 || strcmp(line, "yes\n") == 0))
        return true;
    return err_set(err, EXIT_USAGE, "nothing was trusted");
}

/* What is noted is what was shown, whatever the file holds by now. */
static bool ask(const struct arguments *arguments, const char *path,
                const struct content *content, struct shown *shown,
                struct err *err)
{
    if (shown->count == 0) {
        print_line("%s: nothing in it needs trust", path);
        return true;
    }
    print_lines(&shown->text);
    if (trusted_look(path, content) == TRUST_GIVEN) {
        print_line("%s: is trusted already", path);
        return true;
    }
    if (!agreed(arguments, err) || !trusted_add(path, content, err))
        return false;
    print_line("%s: trusted, as it stands now; a changed one must be trusted "
               "anew",
               path);
    return true;
}

static bool trust(const struct arguments *arguments, const char *path,
                  struct err *err)
{
    bool absent;
    struct content content;
    struct shown shown = {.count = 0};
    if (!content_read(&content, path, &absent, err))
        return false;
    bool good = lines_each(&content, path, show, &shown, err) &&
                ask(arguments, path, &content, &shown, err);
    buf_wipe(&shown.text);
    content_release(&content);
    return good;
}

static void tell(const char *path, enum trust trust)
{
    static const char *const states[] = {
        [TRUST_NEVER] = " (is gone)",
        [TRUST_CHANGED] = " (has changed since)",
        [TRUST_GIVEN] = "",
    };
    print_line("%s%s", path, states[trust]);
}

static bool forget(const char *path, struct err *err)
{
    bool found = false;
    if (!trusted_forget(path, &found, err))
        return false;
    if (!found)
        return err_set(err, EXIT_USAGE,
                       "%s: is not in the list; nothing was "
                       "taken out",
                       path);
    print_line("%s: is trusted no more", path);
    return true;
}

static enum exit_code body(struct arguments *arguments, struct err *err)
{
    const char *path =
        arguments->count > 0 ? arguments->operands[0] : "fastsync.ini";
    bool good;
    if (arguments->own[OWN_LIST] != NULL)
        good = trusted_each(tell, err);
    else if (arguments->own[OWN_FORGET] != NULL)
        good = forget(path, err);
    else
        good = trust(arguments, path, err);
    return good ? EXIT_DONE : err->code;
}

static const struct own_option own[] = {
    [OWN_YES] = {"yes", NULL, "do not ask first"},
    [OWN_LIST] = {"list", NULL, "the files that are trusted"},
    [OWN_FORGET] = {"forget", NULL, "trust the file no more"},
    {NULL, NULL, NULL},
};

const struct command command_trust = {
    .name = "trust",
    .usage = "fastsync trust [FILE]",
    .help = "show what ./fastsync.ini decides, and let it count",
    .example = "fastsync trust",
    .own = own,
    .operands_max = 1,
    .body = body,
};
