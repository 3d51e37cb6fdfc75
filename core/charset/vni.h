/* vni.h: the letters of VNI-Windows, small ones. Pure; any thread. */
#ifndef FASTSYNC_CHARSET_VNI_H
#define FASTSYNC_CHARSET_VNI_H

#include <stdint.h>

/* What a letter and the mark after it are; 0: nothing. */
int32_t vni_pair(int32_t base, int32_t mark);
/* What one byte is that Latin-1 has another letter for; 0: none. */
int32_t vni_one(int32_t rune);
/* The small letter of Latin-1. */
int32_t vni_small(int32_t rune);

#endif
