/* words.c: what was said is kept as it may be shown, never as it was. */
#include "words.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/screen/show.h"

/* "user:pa/ss@host", of which the first part is no host with a port: libcurl
 * takes none of these, and what is wrong with it is told in other words. */
static bool has_odd_port(const char *host, const char *end)
{
    const char *colon = memchr(host, ':', (size_t)(end - host));
    return *host != '[' && colon != NULL &&
           colon + 1 + strspn(colon + 1, "0123456789") != end;
}

/* A URL without who logs in, and without what may be a key. What stands before
 * an @ in its path is no user: the host must be seen. */
static void show_url(struct buf *to, const char *url)
{
    const char *scheme = strstr(url, "://");
    const char *host = scheme ? scheme + 3 : url;
    const char *end = host + strcspn(host, "/?#\\");
    if (memchr(host, '@', (size_t)(end - host)) == NULL &&
        has_odd_port(host, end))
        end = host + strlen(host);
    const char *at = end;
    while (at > host && *at != '@')
        at--;
    bool user = *at == '@' && at < end;
    const char *from = user ? at : host;
    size_t len = strcspn(from, "?#");
    char *copy =
        mem_format("%.*s%s%.*s%s", (int)(host - url), url, user ? "***" : "",
                   (int)len, from, from[len] != '\0' ? "?***" : "");
    show_add(to, copy, strlen(copy));
    mem_wipe(copy, strlen(copy));
    free(copy);
}

char *setting_shown(const struct setting *setting, const char *value)
{
    struct buf shown = {0};
    bool url = strcmp(setting->name, "url") == 0 ||
               strcmp(setting->name, "proxy") == 0;
    if (setting->secret)
        buf_puts(&shown, "***");
    else if (url)
        show_url(&shown, value);
    else
        show_add(&shown, value, strlen(value));
    char *text = mem_text(buf_text(&shown));
    buf_wipe(&shown);
    return text;
}

void words_note(struct config *config, const struct setting *setting,
                const char *value, enum config_rank rank, const char *origin,
                bool untrusted)
{
    config->words = mem_resize(config->words, (config->word_count + 1) *
                                                  sizeof *config->words);
    config->words[config->word_count++] =
        (struct word){.setting = setting,
                      .rank = rank,
                      .origin = mem_text(origin),
                      .shown = setting_shown(setting, value),
                      .untrusted = untrusted};
}

bool words_counts(const struct config *config, const struct word *word)
{
    ptrdiff_t at = word->setting - settings;
    return !word->untrusted && config->origin[at] != NULL &&
           config->rank[at] == (unsigned char)word->rank &&
           strcmp(config->origin[at], word->origin) == 0;
}

bool words_withheld(const struct config *config, const struct word *word)
{
    return word->untrusted &&
           config->rank[word->setting - settings] < (unsigned char)word->rank;
}

void words_release(struct config *config)
{
    for (size_t i = 0; i < config->word_count; i++) {
        free(config->words[i].origin);
        mem_wipe(config->words[i].shown, strlen(config->words[i].shown));
        free(config->words[i].shown);
    }
    free(config->words);
    config->words = NULL;
    config->word_count = 0;
}
