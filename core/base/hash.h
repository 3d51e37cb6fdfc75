/* hash.h: xxHash, by the widest vectors that the processor has where the
 * library can choose. Hashes are the same either way. */
#ifndef FASTSYNC_HASH_H
#define FASTSYNC_HASH_H

#include <xxhash.h>

#if defined(__x86_64__) && defined(__has_include)
#if __has_include(<xxh_x86dispatch.h>)
#include <xxh_x86dispatch.h>
#endif
#endif

#endif
