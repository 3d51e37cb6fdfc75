/* natural.h: names in the order that people mean: kh-2 before kh-10.
 *
 * Runs of digits count as numbers, everything else byte by byte. Pure; any
 * thread. */
#ifndef FASTSYNC_DECODE_PATHS_NATURAL_H
#define FASTSYNC_DECODE_PATHS_NATURAL_H

/* As strcmp answers; 0 only for the same bytes. */
int natural_order(const char *a, const char *b);

#endif
