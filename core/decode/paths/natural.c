/* natural.c: of two numbers the longer one is larger, once zeros in front are
 * passed over. */
#include "natural.h"

#include <string.h>

#include "base/ascii.h"

static size_t digits(const char *at)
{
    size_t count = 0;
    while (ascii_digit((unsigned char)at[count]))
        count++;
    return count;
}

/* Compares two numbers and moves past them. */
static int compare_numbers(const char **a, const char **b)
{
    while (**a == '0')
        ++*a;
    while (**b == '0')
        ++*b;
    size_t one = digits(*a), other = digits(*b);
    int order = one != other ? (one < other ? -1 : 1) : memcmp(*a, *b, one);
    *a += one;
    *b += other;
    return order;
}

int natural_order(const char *a, const char *b)
{
    const char *at = a, *to = b;
    int order = 0;
    while (order == 0 && *at != '\0' && *to != '\0')
        if (ascii_digit((unsigned char)*at) && ascii_digit((unsigned char)*to))
            order = compare_numbers(&at, &to);
        else
            order = (unsigned char)*at++ - (unsigned char)*to++;
    if (order == 0)
        order = (unsigned char)*at - (unsigned char)*to;
    return order != 0 ? order : strcmp(a, b); /* kh-02 and kh-2 */
}
