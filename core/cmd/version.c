/* version.c: `fastsync version`: what this is, and what it is built on. */
#include <curl/curl.h>
#include <lua.h>
#include <sqlite3.h>
#include <utf8proc.h>

#include "base/screen/print.h"
#include "command.h"

static enum exit_code version(struct arguments *arguments, struct err *err)
{
    (void)err;
    /* What is running, not what it was built with. */
    const char *curl = curl_version_info(CURLVERSION_NOW)->version;
    if (arguments->json)
        print_line("{\"fastsync\":\"%s\",\"lua\":\"%s\",\"curl\":\"%s\","
                   "\"sqlite\":\"%s\",\"utf8proc\":\"%s\"}",
                   FASTSYNC_VERSION, LUA_VERSION, curl, sqlite3_libversion(),
                   utf8proc_version());
    else
        print_line("fastsync %s (%s, curl %s, SQLite %s, utf8proc %s)",
                   FASTSYNC_VERSION, LUA_VERSION, curl, sqlite3_libversion(),
                   utf8proc_version());
    return EXIT_DONE;
}

static const char *const options[] = {"json", NULL};

const struct command command_version = {
    .name = "version",
    .usage = "fastsync version",
    .help = "the version of fastsync and of its libraries",
    .example = "fastsync version --json",
    .options = options,
    .body = version,
};
