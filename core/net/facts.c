/* facts.c: nearly all is asked for when a call is over. Which TLS was agreed
 * upon, and which variable named the proxy, libcurl says only while it works,
 * in words for people; of these, two lines are known here and all else, which
 * may hold secrets, is let go. */
#include "facts.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#include "scrub.h"

/* Keeps what follows `head`, up to `end` (a character, or the line's). */
static void keep(char *to, size_t room, const char *line, size_t len,
                 const char *head, char end)
{
    size_t skip = strlen(head);
    if (len <= skip || memcmp(line, head, skip) != 0)
        return;
    const char *stop = memchr(line + skip, end, len - skip);
    one_line(to, room - 1, line + skip,
             stop ? (size_t)(stop - line) - skip : len - skip);
}

static int on_text(CURL *easy, curl_infotype type, char *text, size_t len,
                   void *argument)
{
    struct http_facts *facts = argument;
    (void)easy;
    if (type != CURLINFO_TEXT)
        return 0;
    keep(facts->tls, sizeof facts->tls, text, len, "SSL connection using ",
         '\n');
    keep(facts->proxy, sizeof facts->proxy, text, len,
         "Uses proxy env variable ", ' ');
    return 0;
}

void facts_outcome(void *easy, int transport, struct exchange *exchange)
{
    char *redirect = NULL;
    curl_off_t uploaded = 0;
    long request = 0, tunnel = 0, proxy_verified = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &exchange->status);
    curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &redirect);
    curl_easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &uploaded);
    curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &request);
    curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &tunnel);
    curl_easy_getinfo(easy, CURLINFO_PROXY_SSL_VERIFYRESULT, &proxy_verified);
    exchange->transport = transport;
    exchange->sent = uploaded > 0 || request > 0;
    exchange->redirect = redirect;
    exchange->proxy_untrusted =
        transport == CURLE_PEER_FAILED_VERIFICATION && proxy_verified != 0;
    if (transport != CURLE_OK && tunnel >= 300)
        exchange->tunnel = tunnel;
}

void facts_wanted(void *easy, struct http_facts *facts)
{
    curl_easy_setopt(easy, CURLOPT_CERTINFO, 1L);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_text);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, facts);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
}

static double seconds(CURL *easy, CURLINFO info)
{
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy, info, &microseconds);
    return (double)microseconds * 1e-6;
}

static void take_certificate(struct http_facts *facts, const char *line)
{
    char until[64] = "";
    size_t len = strlen(line);
    keep(facts->subject, sizeof facts->subject, line, len, "Subject:", '\n');
    keep(facts->issuer, sizeof facts->issuer, line, len, "Issuer:", '\n');
    keep(until, sizeof until, line, len, "Expire date:", '\n');
    if (*until != '\0')
        facts->until = curl_getdate(until, NULL);
}

static int http_version(CURL *easy)
{
    long version = 0;
    curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
    switch (version) {
    case CURL_HTTP_VERSION_1_0:
        return 10;
    case CURL_HTTP_VERSION_1_1:
        return 11;
    case CURL_HTTP_VERSION_2_0:
        return 20;
    case CURL_HTTP_VERSION_3:
        return 30;
    default:
        return 0;
    }
}

void facts_take(void *easy, struct http_facts *facts)
{
    char *address = NULL;
    struct curl_certinfo *certificates = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address);
    snprintf(facts->address, sizeof facts->address, "%s",
             address ? address : "");
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_PORT, &facts->port);
    facts->connected = seconds(easy, CURLINFO_CONNECT_TIME_T);
    facts->secured = seconds(easy, CURLINFO_APPCONNECT_TIME_T);
    facts->answered = seconds(easy, CURLINFO_TOTAL_TIME_T);
    facts->version = http_version(easy);
    facts->until = (time_t)-1;
    if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &certificates) != CURLE_OK ||
        certificates == NULL || certificates->num_of_certs < 1)
        return;
    for (struct curl_slist *at = certificates->certinfo[0]; at; at = at->next)
        take_certificate(facts, at->data);
}
