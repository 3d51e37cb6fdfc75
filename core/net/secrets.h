/* secrets.h: what is secret in this process, for texts that others have a part
 * in: a script prints what it likes, and says it in its errors.
 *
 * Credentials are noted when they are read or given. Any thread. */
#ifndef FASTSYNC_NET_SECRETS_H
#define FASTSYNC_NET_SECRETS_H

#include <stdbool.h>
#include <stddef.h>

/* Notes a copy; NULL, what is noted already and what is too short to be told
 * from any word are left out. Of very many the first stay, and the last. */
void secrets_note(const char *secret);
/* The password in a proxy's URL, as it stands there and as the proxy has it. */
void secrets_note_url(const char *url);
/* Puts "***" in place of each of them. */
void secrets_scrub(char *text);
/* The same where NULs stand in the text, which ends with one at `len`; answers
 * how long it is then. */
size_t secrets_scrub_bytes(char *text, size_t len);
/* one_line (scrub.h) of what somebody else says. Secrets go before it is cut:
 * half of one would not be known again. */
void secrets_line(char *to, size_t max, const char *text, size_t len);
/* Does one of them stand in the text? */
bool secrets_within(const char *text);
void secrets_forget(void); /* wiped */

#endif
