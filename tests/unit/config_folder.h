/* config_folder.h: a configuration in a folder of its own, where no variable
 * of the environment sets anything: for the tests of config. */
#ifndef FASTSYNC_TESTS_CONFIG_FOLDER_H
#define FASTSYNC_TESTS_CONFIG_FOLDER_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/config.h"
#include "config/trusted.h"

static struct config config;
static struct err err;
static char folder[] = "/tmp/fastsync-config-XXXXXX", *before;

static void write_file(const char *path, mode_t mode, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    ck_assert_int_eq(chmod(path, mode), 0);
}

/* As `fastsync trust` does it. */
__attribute__((unused)) static void trust_file(const char *path)
{
    bool absent;
    struct content content;
    ck_assert_msg(content_read(&content, path, &absent, &err), "%s", err.text);
    ck_assert_msg(trusted_add(path, &content, &err), "%s", err.text);
    content_release(&content);
}

static void clear_environment(void)
{
    for (const struct setting *at = settings; at->name != NULL; at++) {
        char name[64];
        snprintf(name, sizeof name, "FASTSYNC_%s", at->name);
        for (char *c = name; *c != '\0'; c++)
            if (*c >= 'a' && *c <= 'z')
                *c = (char)(*c - 32);
        unsetenv(name);
    }
}

static void setup(void)
{
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    before = getcwd(NULL, 0);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    setenv("HOME", folder, 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_STATE_HOME");
    clear_environment();
    config_init(&config);
    err = (struct err){.text = ""};
}

static void teardown(void)
{
    char command[128];
    config_release(&config);
    ck_assert_int_eq(chdir(before), 0);
    free(before);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

#endif
