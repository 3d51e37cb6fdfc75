/* scrub.h: texts from outside, made fit to be shown: without the secrets in
 * them, and on one line.
 *
 * A server, a proxy or libcurl may give back what it was told, and not always
 * as it was told: a secret is found as it is, and as JSON, URLs, HTML and
 * Base64 spell it. "***" takes its place. Any thread. */
#ifndef FASTSYNC_SCRUB_H
#define FASTSYNC_SCRUB_H

#include <stddef.h>

/* Secrets shorter than that cannot be told from any word. */
enum { SCRUB_MIN = 3 };

/* NULL, and what is too short to be told from any word, is no secret. */
void scrub(char *text, const char *secret);
/* Strikes out "user:password" of every URL or proxy in the text. */
void scrub_userinfo(char *text);
/* Copies a text as one line: white space, with which a page is laid out,
 * becomes one blank, all else is shown (base/screen/show.h) and cut after `max`
 * bytes, at a character's boundary; `to` has room for one more. Answers the
 * length. */
size_t one_line(char *to, size_t max, const char *text, size_t len);

#endif
