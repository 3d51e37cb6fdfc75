/* table.h: a table for pick, in the plan's memory: texts to values. */
#ifndef FASTSYNC_PLAN_TABLE_H
#define FASTSYNC_PLAN_TABLE_H

#include "steps.h"

struct plan_table;

struct plan_table *plan_table_new(struct arena *memory, uint32_t count);
/* False when the key is there already. No more than `count` of them. */
bool plan_table_add(struct plan_table *table, const struct value *key,
                    const struct value *found);
/* The same as a text_lookup. */
const struct text_lookup *plan_table_lookup(const struct plan_table *table);

#endif
