/* Any configuration files, read as a run reads them: ./fastsync.ini, trusted or
 * not, the user's, one that --config names, a list of trusted files, options.
 * A secret stands in a line of its own among the bytes, written in one of many
 * ways, right and wrong: it must come out of no message and of nothing that is
 * shown. Numbers must be within their bounds. No command is run. */
#include "fuzz.h"

#include <strings.h>

#include "base/buf.h"
#include "config/config.h"
#include "config/trusted.h"
#include "config/words.h"

#define SECRET "h0rse-Staple/9"

static const char *const secret_lines[] = {
    "",
    "password = " SECRET,
    "password = \"" SECRET "\"",
    "password: " SECRET " ; a comment",
    "  token=" SECRET,
    "token = '" SECRET,
    "token = \"" SECRET "\" " SECRET,
    "password " SECRET,
    "proxy = http://user:" SECRET "@proxy.example:3128",
    "proxy = http:/user:" SECRET "@proxy.example:3128",
    "proxy = user:" SECRET "@proxy.example",
    "proxy = http:///" SECRET "@proxy.example",
    "proxy = socks5h:\\\\user:" SECRET "@[::1]",
    "url = https://user:" SECRET "@erp.example.vn/x",
    "url = https:/user:" SECRET "@erp.example.vn",
    "url = https://erp.example.vn?key=" SECRET,
    "url = https://erp.example.vn/#" SECRET,
    "[test]\npassword = " SECRET,
    "[other]\ntoken = " SECRET,
    "password = " SECRET "\npassword = x",
    "token = " SECRET "\x01",
};

enum { LINES = sizeof secret_lines / sizeof *secret_lines };

static const char *const paths[] = {"fastsync.ini", "fastsync.ini",
                                    ".config/fastsync/fastsync.ini", "c.ini"};

enum { HERE, HERE_TRUSTED, USER, NAMED };

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    use_own_folder();
    be_quiet();
    static const char *const folders[] = {".config", ".config/fastsync",
                                          ".local", ".local/state",
                                          ".local/state/fastsync"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        demand(mkdir(folders[i], 0700) == 0);
    return 0;
}

static void set(struct config *config, const char *name, const char *value,
                enum config_rank rank)
{
    struct err err = {.text = ""};
    char where[64];
    snprintf(where, sizeof where, "--%.50s", name);
    if (!config_set(config, name, value, rank, where, &err))
        demand_shown(err.text);
}

/* Lines of "name=value"; what a mapping says begins with a blank. */
static void say_options(struct config *config, struct bytes from)
{
    while (from.left > 0) {
        char *line = text_of_bytes(take_until(&from, '\n'));
        char *value = strchr(line, '=');
        bool mapping = *line == ' ';
        if (value != NULL) {
            *value++ = '\0';
            set(config, line + mapping, value,
                mapping ? RANK_MAPPING : RANK_OPTION);
        }
        free(line);
    }
}

static void check_text(const char *text)
{
    demand_shown(text);
    demand(strstr(text, SECRET) == NULL);
}

static void check_bounds(const struct config *config)
{
    for (const struct setting *at = settings; at->name != NULL; at++) {
        const void *member = (const char *)config + at->offset;
        bool number = at->kind == SETTING_COUNT || at->kind == SETTING_SIZE;
        if (number && config_rank(config, at->name) != RANK_DEFAULT)
            demand(*(const uint64_t *)member >= at->min &&
                   *(const uint64_t *)member <= at->max);
        if (at->kind == SETTING_SHARE)
            demand(*(const double *)member >= 0 &&
                   *(const double *)member <= 1);
    }
}

/* All that is told of a configuration. */
static void check_told(struct config *config, struct err *err)
{
    char doubt[CONFIG_DOUBT];
    struct buf withheld = {0};
    check_text(err->text);
    check_text(config_doubt(config, doubt, sizeof doubt));
    config_withheld(config, &withheld);
    check_text(buf_text(&withheld));
    buf_release(&withheld);
    config_missing(config, "url", err);
    check_text(err->text);
    demand(config->unread == NULL || strstr(config->unread, SECRET) == NULL);
    for (size_t i = 0; i < config->word_count; i++) {
        check_text(config->words[i].shown);
        demand(strstr(config->words[i].origin, SECRET) == NULL);
    }
    check_bounds(config);
}

/* Whom nobody trusts sends nothing anywhere. */
static void check_trust(const struct config *config, unsigned place)
{
    for (const struct setting *at = settings; at->name != NULL; at++)
        if (place == HERE && setting_needs_trust(at))
            demand(config_rank(config, at->name) != RANK_HERE);
}

static void connect_with(struct config *config, struct err *err)
{
    const char *way = config_way(config);
    bool reads = way != NULL && strncmp(way, "password_", 9) == 0;
    bool good =
        reads ? config_check_url(config, err) && config_weigh(config, way, err)
              : config_connect(config, err);
    if (good) {
        demand(config->url != NULL && strchr(config->url, '@') == NULL);
        demand(strncasecmp(config->url, "https:", 6) == 0 ||
               config->insecure_http || config_loopback(config->url));
    }
}

static void trust_here(void)
{
    struct err err = {.text = ""};
    bool absent;
    struct content content;
    if (!content_read(&content, "fastsync.ini", &absent, &err)) {
        demand_shown(err.text);
        return;
    }
    if (trusted_add("fastsync.ini", &content, &err)) {
        demand(trusted_look("fastsync.ini", &content) == TRUST_GIVEN);
        content.at[0] ^= 1; /* an empty one has its NUL */
        content.len += content.len == 0;
        demand(trusted_look("fastsync.ini", &content) == TRUST_CHANGED);
    }
    content_release(&content);
    demand_shown(err.text);
}

static void tell_nobody(const char *path, enum trust trust)
{
    demand(*path == '/' && trust <= TRUST_GIVEN);
}

/* Bytes as the list of trusted files; then an entry goes in, and out. */
static void as_list(struct bytes from)
{
    struct err err = {.text = ""};
    bool found = false;
    struct content content = {.at = (char[]){"x"}, .len = 1};
    write_bytes(".local/state/fastsync/trusted", from.at, from.left);
    if (!trusted_each(tell_nobody, &err)) { /* as it holds a NUL */
        demand_shown(err.text);
        demand(trusted_look("fastsync.ini", &content) == TRUST_NEVER);
        demand(!trusted_add("fastsync.ini", &content, &err));
        return;
    }
    demand(trusted_add("fastsync.ini", &content, &err));
    demand(trusted_look("fastsync.ini", &content) == TRUST_GIVEN);
    demand(trusted_forget("fastsync.ini", &found, &err) && found);
    demand(trusted_look("fastsync.ini", &content) == TRUST_NEVER);
}

/* The bytes up to a 0x1E, the secret's line, and the rest up to the next. */
static void put_file(const char *path, struct bytes *from, const char *secret)
{
    struct buf text = {0};
    struct bytes before = take_until(from, 0x1E);
    struct bytes after = take_until(from, 0x1E);
    buf_add(&text, (const char *)before.at, before.left);
    buf_puts(&text, "\n");
    buf_puts(&text, secret);
    buf_puts(&text, "\n");
    buf_add(&text, (const char *)after.at, after.left);
    write_bytes(path, text.at, text.len);
    buf_release(&text);
}

static void run(struct bytes from, unsigned place, const char *secret,
                unsigned flags)
{
    struct config config;
    struct err err = {.text = ""};
    for (int i = 0; i < 4; i++)
        unlink(paths[i]);
    unlink(".local/state/fastsync/trusted");
    config_init(&config);
    config.silent = true;
    put_file(paths[place], &from, secret);
    if ((flags & 1) != 0 && place != HERE)
        put_file(paths[(place + 1) % 4], &from, "");
    if (place == HERE_TRUSTED)
        trust_here();
    set(&config, "profile", (flags & 2) != 0 ? "test" : "default", RANK_OPTION);
    if (place == NAMED || (flags & 1) != 0)
        set(&config, "config", "c.ini", RANK_OPTION);
    say_options(&config, from);
    if (config_load(&config, &err)) {
        check_trust(&config, place);
        check_told(&config, &err);
        err.text[0] = '\0';
        connect_with(&config, &err);
    }
    check_told(&config, &err);
    config_release(&config);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct bytes from = {bytes, len};
    unsigned place = take(&from), line = take(&from), flags = take(&from);
    if (holds(bytes, len, "h0rse"))
        return -1;
    if (place % 8 == 7)
        as_list(from);
    else
        run(from, place % 4, secret_lines[line % LINES], flags);
    return 0;
}
