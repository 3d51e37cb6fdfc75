/* tls.c: CURLOPT_CAINFO would take the place of the system's file. Where the
 * system keeps a folder of certificates as well (Debian does), that goes
 * unnoticed; elsewhere nothing else would be trusted any more. So one bundle is
 * made in memory out of both. A libcurl that takes none from memory is given
 * ca_file alone. */
#include "tls.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/plain.h"

#if LIBCURL_VERSION_NUM >= 0x074d00
#define BLOBS 1
#else
#define BLOBS 0
#endif

/* Several bundles follow one another, so each ends in a line's end. */
static bool read_all(struct buf *out, const char *path, const char **why)
{
    FILE *file = plain_stream(path, why);
    if (file == NULL)
        return false;
    size_t len;
    while ((len = fread(buf_reserve(out, 65536), 1, 65536, file)) > 0)
        out->len += len;
    bool good = !ferror(file);
    *why = good ? NULL : strerror(errno);
    fclose(file);
    buf_putc(out, '\n');
    return good;
}

bool tls_bundle(struct buf *bundle, const char *system, const char *name,
                const char *path, struct err *err)
{
    const char *why;
    if (!read_all(bundle, path, &why))
        return err_set(err, EXIT_USAGE, "%s: %s: %s", name, path, why);
    const char *found = strstr(buf_text(bundle), "-----BEGIN ");
    if (found == NULL || strstr(found, "CERTIFICATE-----") == NULL)
        return err_set(err, EXIT_USAGE,
                       "%s: %s: there is no certificate in it; it wants PEM, "
                       "\"-----BEGIN CERTIFICATE-----\"",
                       name, path);
    if (system != NULL)
        read_all(bundle, system, &why);
    return true;
}

static const char *system_bundle(void)
{
#if LIBCURL_VERSION_NUM >= 0x074600
    return curl_version_info(CURLVERSION_NOW)->cainfo;
#else
    return NULL;
#endif
}

/* OpenSSL would wait for what is none. */
static bool is_file(const char *name, const char *path, struct err *err)
{
    const char *why;
    int fd = plain_open(path, &why);
    if (fd < 0)
        return err_set(err, EXIT_USAGE, "%s: %s: %s", name, path, why);
    close(fd);
    return true;
}

/* A key is a secret: it is in a file of its own, or in the certificate's. */
static bool check_key(const struct tls_options *options, struct err *err)
{
    struct stat status;
    const char *cert = options->client_cert, *key = options->client_key;
    if (cert == NULL)
        return (key == NULL && options->key_phrase == NULL) ||
               err_set(err, EXIT_USAGE,
                       "client_key: it belongs to a client_cert, which is not "
                       "set");
    if (!is_file("client_cert", cert, err))
        return false;
    const char *name = key ? "client_key" : "client_cert";
    key = key ? key : cert;
    if (!is_file(name, key, err))
        return false;
    if (stat(key, &status) == 0 && S_ISREG(status.st_mode) &&
        (status.st_mode & 077) != 0)
        return err_set(err, EXIT_USAGE,
                       "%s: %s: a private key stands in a file that others "
                       "can read; chmod 600 %s",
                       name, key, key);
    return true;
}

bool tls_open(struct tls *tls, const struct tls_options *options,
              struct err *err)
{
    /* Without a pass phrase there is an empty one: OpenSSL would ask the
     * terminal for it. */
    const char *phrase = options->key_phrase ? options->key_phrase : "";
    *tls = (struct tls){.options = *options, .phrase = mem_text(phrase)};
    return (options->ca_file == NULL ||
            tls_bundle(&tls->trust, system_bundle(), "ca_file",
                       options->ca_file, err)) &&
           (options->proxy_ca_file == NULL ||
            tls_bundle(&tls->proxy_trust, system_bundle(), "proxy_ca_file",
                       options->proxy_ca_file, err)) &&
           check_key(options, err);
}

void tls_close(struct tls *tls)
{
    buf_release(&tls->trust);
    buf_release(&tls->proxy_trust);
    if (tls->phrase != NULL)
        mem_wipe(tls->phrase, strlen(tls->phrase));
    free(tls->phrase);
    tls->phrase = NULL;
}

/* A bundle in memory where libcurl takes one (7.77 and later), else the path.
 */
static void trust(CURL *easy, const struct buf *bundle, CURLoption blob_option,
                  CURLoption path_option, const char *path)
{
#if BLOBS
    struct curl_blob blob = {bundle->at, bundle->len, CURL_BLOB_NOCOPY};
    if (curl_easy_setopt(easy, blob_option, &blob) == CURLE_OK)
        return;
#endif
    (void)blob_option;
    (void)bundle;
    curl_easy_setopt(easy, path_option, path);
}

/* No option may switch any of this off. */
static void verify_always(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_PROXY_SSLVERSION,
                     (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYHOST, 2L);
}

static void present_key(CURL *easy, const struct tls *tls)
{
    const struct tls_options *options = &tls->options;
    const char *key = options->client_key;
    curl_easy_setopt(easy, CURLOPT_SSLCERT, options->client_cert);
    curl_easy_setopt(easy, CURLOPT_SSLKEY, key ? key : options->client_cert);
    curl_easy_setopt(easy, CURLOPT_KEYPASSWD, tls->phrase);
}

void tls_apply(const struct tls *tls, void *easy)
{
    const struct tls_options *options = &tls->options;
#if BLOBS
    const CURLoption blob = CURLOPT_CAINFO_BLOB;
    const CURLoption proxy_blob = CURLOPT_PROXY_CAINFO_BLOB;
#else
    const CURLoption blob = CURLOPT_CAINFO, proxy_blob = CURLOPT_PROXY_CAINFO;
#endif
    verify_always(easy);
    if (options->ca_file != NULL)
        trust(easy, &tls->trust, blob, CURLOPT_CAINFO, options->ca_file);
    if (options->proxy_ca_file != NULL)
        trust(easy, &tls->proxy_trust, proxy_blob, CURLOPT_PROXY_CAINFO,
              options->proxy_ca_file);
    if (options->client_cert != NULL)
        present_key(easy, tls);
}
