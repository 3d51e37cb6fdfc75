/* settings.h: the table that holds every setting: its name, what kind of value
 * it takes, its default, its help, and who may set it.
 *
 * A row knows the place of its member in struct config, so that setting,
 * defaulting and releasing are loops over the table.
 *
 * To add a setting: a member of struct config and a row in settings.c. */
#ifndef FASTSYNC_CONFIG_SETTINGS_H
#define FASTSYNC_CONFIG_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum setting_kind {
    SETTING_TEXT,   /* char * */
    SETTING_PATH,   /* char *; in a file, relative to that file's folder */
    SETTING_SCHEME, /* char *: bare or bearer */
    SETTING_COUNT,  /* uint64_t, min to max */
    SETTING_SIZE,   /* uint64_t, bytes: also 512K, 1M, 2GiB */
    SETTING_SHARE,  /* double, 0 to 1: 5%, 0.05 */
    SETTING_FLAG,   /* bool: yes or no */
    SETTING_KINDS,  /* uint32_t, kinds of warnings: yes, no, "phone,mail" */
    SETTING_NAMES,  /* char *, one a line: whoever says it adds to it */
    SETTING_PATHS,  /* the same, of paths */
    SETTING_LOGINS, /* the same, of lines that end in a path (login.h) */
    SETTING_USERS,  /* the same, of databases */
};

struct setting {
    const char *name;      /* "batch_bytes": in files and in `options`; */
                           /* --batch-bytes, FASTSYNC_BATCH_BYTES */
    const char *shorthand; /* "-o", or NULL */
    const char *argument;  /* what --help calls its value; NULL: a flag */
    const char *help;
    const char *group;    /* the title it stands under in --help */
    const char *standard; /* default, as text, or NULL */
    enum setting_kind kind;
    size_t offset;     /* of its member in struct config */
    uint64_t min, max; /* of SETTING_COUNT and SETTING_SIZE */
    bool secret;       /* no option, no mapping, only 0600 files */
    bool mapping;      /* a mapping's `options` may set it */
    bool outside;      /* no file may set it: it says which file to read */
    bool grant;        /* gives scripts what they are denied without it */
    bool guard;        /* keeps rows or runs from being sent: a mapping says it
                          below everybody, but ./fastsync.ini would loosen
                          what the user has said */
    bool closed;       /* names a file that no script may read */
    bool harmless;     /* any folder's fastsync.ini may set it, as a mapping
                          may what is `mapping` */
};

extern const struct setting *const settings; /* ends with name NULL */
const struct setting *setting_find(const char *name);
/* Does it count from ./fastsync.ini only once that file is trusted? */
bool setting_needs_trust(const struct setting *setting);
const char *setting_nearest(const char *name); /* "did you mean", or NULL */

#endif
