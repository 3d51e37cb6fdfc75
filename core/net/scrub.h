/* scrub.h: secrets taken out of texts that will be shown.
 *
 * A server, a proxy or libcurl may give back what it was told, and not always
 * as it was told: a secret is found as it is, and as JSON, URLs, HTML and
 * Base64 spell it. "***" takes its place. Any thread. */
#ifndef FASTSYNC_SCRUB_H
#define FASTSYNC_SCRUB_H

/* NULL, and what is too short to be told from any word, is no secret. */
void scrub(char *text, const char *secret);
/* Strikes out "user:password" of every URL or proxy in the text. */
void scrub_userinfo(char *text);

#endif
