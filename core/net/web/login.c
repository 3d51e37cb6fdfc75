/* login.c: words of a line, up to the path, which may hold blanks. */
#include "login.h"

#include <string.h>

#include "net/secrets.h"
#include "url.h"

static const char *word(const char **at, size_t *len)
{
    const char *start = *at + strspn(*at, " \t");
    *len = strcspn(start, " \t\n");
    *at = start + *len;
    return start;
}

static bool is_word(const char *at, size_t len, const char *text)
{
    return strlen(text) == len && memcmp(at, text, len) == 0;
}

bool login_read(struct login *login, const char *line)
{
    static const char *const kinds[] = {"bearer", "basic", "header", "query",
                                        "user"};
    size_t len;
    unsigned kind = 0;
    *login = (struct login){.host = NULL};
    login->host = word(&line, &login->host_len);
    const char *said = word(&line, &len);
    while (kind <= LOGIN_USER && !is_word(said, len, kinds[kind]))
        kind++;
    login->kind = (enum login_kind)kind;
    if (kind > LOGIN_USER || login->host_len == 0)
        return false;
    if (kind != LOGIN_BEARER)
        login->name = word(&line, &login->name_len);
    login->file = line + strspn(line, " \t");
    login->file_len = strcspn(login->file, "\n");
    /* A URL would be no host that there is. */
    if (kind != LOGIN_USER && memchr(login->host, '/', login->host_len))
        return false;
    return login->file_len > 0 && (kind == LOGIN_BEARER || login->name_len > 0);
}

bool login_find(struct login *login, const char *lines,
                const struct web_url *url)
{
    while (lines != NULL && *lines != '\0') {
        if (login_read(login, lines) && login->kind != LOGIN_USER &&
            web_url_at(url, login->host, login->host_len, true))
            return true;
        lines += strcspn(lines, "\n");
        lines += *lines != '\0';
    }
    return false;
}

static void base64(struct buf *to, const struct buf *from)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < from->len; i += 3) {
        unsigned bits = 0;
        size_t left = from->len - i;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (k < left ? (unsigned char)from->at[i + k] : 0);
        for (unsigned k = 0; k < 4; k++)
            buf_putc(to, k > left ? '=' : letters[bits >> (18 - 6 * k) & 63]);
    }
}

void login_header(const struct login *login, const char *secret,
                  struct buf *line)
{
    struct buf both = {0}, coded = {0};
    secrets_note(secret);
    if (login->kind == LOGIN_BASIC) {
        buf_add(&both, login->name, login->name_len);
        buf_putc(&both, ':');
        buf_puts(&both, secret);
        base64(&coded, &both);
        secrets_note(buf_text(&coded));
        buf_puts(line, "Authorization: Basic ");
        buf_add(line, coded.at, coded.len);
    } else if (login->kind == LOGIN_BEARER) {
        buf_puts(line, "Authorization: Bearer ");
        buf_puts(line, secret);
    } else if (login->kind == LOGIN_HEADER) {
        buf_add(line, login->name, login->name_len);
        buf_puts(line, ": ");
        buf_puts(line, secret);
    }
    buf_wipe(&both);
    buf_wipe(&coded);
}
