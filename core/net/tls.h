/* tls.h: whom we trust, and who we are, in a TLS connection.
 *
 * TLS 1.2 at least; the server's certificate and its name are always checked,
 * and no setting can change that. `ca_file` adds to the certificates that the
 * system trusts. A file with a private key is refused where others can read
 * it. Made once, from options, which it borrows. One thread. */
#ifndef FASTSYNC_TLS_H
#define FASTSYNC_TLS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

/* Paths of PEM files, each named by the setting of its name; NULL: none. They
 * are borrowed for as long as the tls lives; the pass phrase is copied. */
struct tls_options {
    const char *ca_file, *proxy_ca_file;
    const char *client_cert, *client_key; /* the key may stand in the cert's */
    const char *key_phrase;               /* the words that open the key */
};

struct tls {
    struct tls_options options;
    struct buf trust, proxy_trust; /* PEM; empty: the system's, as they are */
    char *phrase;                  /* wiped in the end */
};

/* EXIT_USAGE where a file cannot be used. */
bool tls_open(struct tls *tls, const struct tls_options *options,
              struct err *err);
void tls_close(struct tls *tls); /* of a zeroed one as well */
/* Tells a curl easy handle all of it; `tls` must outlive the handle. */
void tls_apply(const struct tls *tls, void *easy);

/* The system's certificates, so far as they are in one file (NULL: not), and
 * those of `path`, which the setting `name` names. */
bool tls_bundle(struct buf *bundle, const char *system, const char *name,
                const char *path, struct err *err);

#endif
