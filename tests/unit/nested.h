/* nested.h: cells made by hand as a decoder of nested data would make them. */
#ifndef FASTSYNC_TESTS_NESTED_H
#define FASTSYNC_TESTS_NESTED_H

#include <string.h>

#include "value.h"

static inline struct value made_text(const char *text)
{
    return value_text(text, strlen(text));
}

static inline struct value made_decimal(const char *digits)
{
    return (struct value){
        .text = digits, .len = (uint32_t)strlen(digits), .type = VALUE_DECIMAL};
}

static inline struct value made_list(const struct value *all, uint32_t len)
{
    return (struct value){.list = all, .len = len, .type = VALUE_LIST};
}

static inline struct value made_map(const struct value_member *all,
                                    uint32_t len)
{
    return (struct value){.members = all, .len = len, .type = VALUE_MAP};
}

/* {"zip":null,"city":"Huế","no":12.10,"geo":{"lat":"16.4"}} */
static inline struct value made_address(void)
{
    static struct value_member all[4], geo[1];
    geo[0] = (struct value_member){made_text("lat"), made_text("16.4")};
    all[0] = (struct value_member){made_text("zip"), {.type = VALUE_NIL}};
    all[1] = (struct value_member){made_text("city"), made_text("Huế")};
    all[2] = (struct value_member){made_text("no"), made_decimal("12.10")};
    all[3] = (struct value_member){made_text("geo"), made_map(geo, 1)};
    return made_map(all, 4);
}

/* [{"number":"1"},null,{"number":"3"}] */
static inline struct value made_phones(void)
{
    static struct value_member first[1], third[1];
    static struct value all[3];
    first[0] = (struct value_member){made_text("number"), made_text("1")};
    third[0] = (struct value_member){made_text("number"), made_text("3")};
    all[0] = made_map(first, 1);
    all[1] = (struct value){.type = VALUE_NIL};
    all[2] = made_map(third, 1);
    return made_list(all, 3);
}

#endif
