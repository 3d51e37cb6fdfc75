/* auth.c: a token's life. An `expires` that has passed already by our clock
 * says that the two clocks disagree; the token is then used until refused. */
#include "auth.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "config/config.h"
#include "net/scrub.h"
#include "net/secrets.h"

static const double renew_ahead = 60; /* seconds at most */

static void drop_token(char *token)
{
    if (token != NULL)
        mem_wipe(token, strlen(token));
    free(token);
}

/* The one before stays known: requests that carry it are still on their way,
 * and what the server says of them must not show it. */
static void set_token(struct auth *auth, const char *text, size_t len)
{
    drop_token(auth->earlier);
    auth->earlier = auth->token;
    auth->token = len > 0 ? mem_text_n(text, len) : NULL;
    secrets_note(auth->token);
    auth->number += auth->token != NULL;
    auth->proven = false;
    auth->renew_at = auth->life = 0;
}

/* A token of the configuration counts as the first one, and is never renewed.
 */
void auth_init(struct auth *auth, const struct config *config)
{
    const char *token = config->token ? config->token : "";
    bool bearer = config->auth_scheme != NULL &&
                  strcasecmp(config->auth_scheme, "bearer") == 0;
    *auth = (struct auth){
        .username = config->username,
        .password = config->password,
        .scheme = bearer ? "Bearer " : "",
        .fixed = *token != '\0',
    };
    set_token(auth, token, strlen(token));
}

void auth_release(struct auth *auth)
{
    set_token(auth, "", 0);
    drop_token(auth->earlier);
    auth->earlier = NULL;
}

void auth_request(const struct auth *auth, struct buf *body)
{
    /* Room first: growing would leave a copy that nobody wipes. */
    buf_reserve(body, 64 + 6 * (strlen(auth->username ? auth->username : "") +
                                strlen(auth->password ? auth->password : "")));
    buf_puts(body, "{\"username\":");
    json_cstring(body, auth->username);
    buf_puts(body, ",\"password\":");
    json_cstring(body, auth->password);
    buf_putc(body, '}');
}

/* What a getToken answer holds. */
struct grant {
    struct buf token;
    time_t expires; /* -1: not said */
};

/* Reads {"token":{"accesstoken":…,"expires":…}}: `inside` the inner one. */
/* The token's text is wiped before another one takes its place. */
static bool read_grant(struct json_reader *reader, struct grant *grant,
                       bool inside)
{
    enum json_event event;
    while ((event = json_next(reader)) == JSON_KEY) {
        bool token = json_is(reader, inside ? "accesstoken" : "token");
        bool expires = inside && json_is(reader, "expires");
        event = json_next(reader);
        if (!inside && token && event == JSON_OBJECT) {
            if (!read_grant(reader, grant, true))
                return false;
            continue;
        }
        if (inside && token && event == JSON_STRING) {
            buf_wipe(&grant->token);
            buf_add(&grant->token, reader->text, reader->len);
        } else if (expires && event == JSON_STRING) {
            grant->expires = auth_time(reader->text, reader->len);
        }
        if (!json_skip(reader, event))
            return false;
    }
    return event == JSON_OBJECT_END;
}

/* A token goes into a header's line: nothing in it may end that line. */
static bool plausible(const struct buf *token)
{
    for (size_t i = 0; i < token->len; i++)
        if ((unsigned char)token->at[i] <= ' ' || token->at[i] == 0x7f)
            return false;
    return token->len > 0;
}

bool auth_answer(struct auth *auth, const char *body, size_t len, double now,
                 time_t today)
{
    struct json_reader reader;
    struct grant grant = {.expires = (time_t)-1};
    json_open_answer(&reader, body, len);
    bool good = json_next(&reader) == JSON_OBJECT &&
                read_grant(&reader, &grant, false) && plausible(&grant.token);
    buf_wipe(&reader.scratch);
    json_close(&reader);
    if (good) {
        set_token(auth, grant.token.at, grant.token.len);
        double life =
            grant.expires == (time_t)-1 ? 0 : difftime(grant.expires, today);
        double ahead = life / 10 < renew_ahead ? life / 10 : renew_ahead;
        if (life > 0) {
            auth->renew_at = now + life - ahead;
            auth->life = life;
        }
    }
    buf_wipe(&grant.token);
    return good;
}

/* Without a time of its own a token is used until it is refused. */
bool auth_due(const struct auth *auth, double now)
{
    return !auth->fixed && (auth->token == NULL ||
                            (auth->renew_at > 0 && now >= auth->renew_at));
}

void auth_taken(struct auth *auth, unsigned number)
{
    if (number != auth->number)
        return;
    auth->proven = true;
    auth->distrusted = 0;
}

void auth_header(const struct auth *auth, struct buf *line)
{
    const char *token = auth->token ? auth->token : "";
    buf_reserve(line, 32 + strlen(token));
    buf_puts(line, "Authorization: ");
    buf_puts(line, auth->scheme);
    buf_puts(line, token);
}

/* As it looks when it comes back in other letters than UTF-8: each of those
 * that are not ASCII was a byte that could not be read. */
static void scrub_mended(char *text, const char *secret)
{
    struct buf mended = {0};
    const char *at = secret, *end = secret + strlen(secret);
    buf_reserve(&mended, 3 * strlen(secret) + 4);
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        utf8_put(&mended, rune < 0 || rune >= 0x80 ? 0xFFFD : rune);
    }
    scrub(text, buf_text(&mended));
    buf_wipe(&mended);
}

/* The name is no secret; tokens and the password are, and what else this
 * process knows: who answers may be a proxy, or hear of it. */
void auth_scrub(const struct auth *auth, char *text)
{
    scrub(text, auth->token);
    scrub(text, auth->earlier);
    scrub(text, auth->password);
    if (auth->password != NULL)
        scrub_mended(text, auth->password);
    secrets_scrub(text);
}

/* The offset after a time, in seconds east of UTC; false where it is none. */
static bool zone(const char *text, int *east)
{
    unsigned hours, minutes = 0;
    char sign, end;
    *east = 0;
    if (*text == '\0' || strcasecmp(text, "z") == 0)
        return true;
    if (sscanf(text, "%c%2u:%2u%c", &sign, &hours, &minutes, &end) != 3 &&
        sscanf(text, "%c%2u%2u%c", &sign, &hours, &minutes, &end) != 3 &&
        sscanf(text, "%c%2u%c", &sign, &hours, &end) != 2)
        return false;
    if ((sign != '+' && sign != '-') || hours > 14 || minutes > 59)
        return false;
    *east = (int)(hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
    return true;
}

time_t auth_time(const char *text, size_t len)
{
    char copy[48], joint;
    int year, end = 0, east;
    unsigned month, day, hour, minute, second;
    if (len >= sizeof copy || memchr(text, '\0', len) != NULL)
        return (time_t)-1;
    memcpy(copy, text, len);
    copy[len] = '\0';
    if (sscanf(copy, "%4d-%2u-%2u%c%2u:%2u:%2u%n", &year, &month, &day, &joint,
               &hour, &minute, &second, &end) != 7 ||
        strchr("Tt ", joint) == NULL || joint == '\0')
        return (time_t)-1;
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 ||
        minute > 59 || second > 60)
        return (time_t)-1;
    const char *rest = copy + end;
    if (*rest == '.')
        rest += 1 + strspn(rest + 1, "0123456789");
    if (!zone(rest, &east))
        return (time_t)-1;
    int64_t days = clock_days((struct date){year, (int)month, (int)day});
    int64_t at = days * 86400 + hour * 3600 + minute * 60 + second - east;
    return (time_t)at;
}
