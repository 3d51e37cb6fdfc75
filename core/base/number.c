/* number.c: digits, and blanks between them. */
#include "number.h"

#include <stdio.h>

const char *number_text(uint64_t number, char text[NUMBER_TEXT])
{
    char digits[24];
    int len =
        snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    char *end = text;
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            *end++ = ' ';
        *end++ = digits[i];
    }
    *end = '\0';
    return text;
}
