/* The same questions asked of the masks made without vectors. */
#define SCAN_PORTABLE 1
#include "base/masks.c"
#include "test_masks.c"
