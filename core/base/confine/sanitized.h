/* sanitized.h: is this a build whose own tools read more and stop threads? */
#ifndef FASTSYNC_CONFINE_SANITIZED_H
#define FASTSYNC_CONFINE_SANITIZED_H

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SANITIZED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#endif
