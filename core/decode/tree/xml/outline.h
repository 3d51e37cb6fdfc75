/* outline.h: which elements a document has, where: each path once, however
 * often it is met.
 *
 * An attribute is a node like a child, under "@name"; the text of an element
 * is its node "#text". Nodes are numbered from 0, the document's own, which
 * has no name; a bounded number of them. Names are spelt as columns are to be:
 * local, or with their prefix. What only declares namespaces, or is of XML
 * Schema's own, is none: `nil`, `type` and where a schema is, by a prefix that
 * any element binds to it, or by `xsi` where none binds that. One owner. */
#ifndef FASTSYNC_DECODE_TREE_XML_OUTLINE_H
#define FASTSYNC_DECODE_TREE_XML_OUTLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"
#include "value.h"

enum { OUTLINE_NODES = 65536, OUTLINE_NAME = 1024, OUTLINE_NONE = -1 };
enum { OUTLINE_SCHEMAS = 32 }; /* prefixes of XML Schema's that are known */

struct outline_node {
    const char *name;   /* in the outline's arena, ends in NUL */
    const char *prefix; /* the same, as it was met first; "": none */
    const char *other;  /* another one that it was met with, or NULL */
    uint32_t len;
    int parent, first, last, next; /* child, child, sibling: in order */
    int hint;                      /* the child that was met last */
    uint64_t count;                /* how often it was met */
    int column;                    /* of the rows, or OUTLINE_NONE */
    bool attribute;                /* or a text */
    bool expected;                 /* a tag of that name is this child's */
    bool text;                     /* there is text in it, beside blanks */
    bool row;                      /* these elements are rows */
    /* While an element is built (build.c): of which one it is a part, */
    uint64_t serial;
    uint32_t slot; /* and where among them. */
};

struct outline {
    struct outline_node *nodes;
    int count, cap;
    int *slots; /* of a table of hashes: a node, plus 1 */
    unsigned size;
    struct arena arena;
    struct value schemas[OUTLINE_SCHEMAS]; /* prefixes, as texts */
    int schema_count;
    bool xsi_taken; /* it is another namespace's */
    bool prefixes;  /* names keep them */
    bool shared;    /* names and slots are another's */
};

void outline_init(struct outline *outline, bool prefixes);
void outline_release(struct outline *outline); /* a zero one is allowed */

/* Another one over the same nodes, whose counts and hints are its own: names
 * are the first one's, which outlives it; nothing may be added to either. */
void outline_share(struct outline *outline, const struct outline *from);

/* A name as columns spell it: the part behind its prefix, where these go. */
const char *outline_name(const struct outline *outline, const char *name,
                         size_t *len);
/* Takes note of an attribute that binds a prefix; any other is none. */
void outline_bind(struct outline *outline, const char *attribute, size_t len,
                  const char *value, size_t value_len);
/* Whose is an attribute, once all of the document is noted? */
enum outline_whose { OUTLINE_OWN, OUTLINE_SKIPPED, OUTLINE_NIL };
enum outline_whose outline_whose(const struct outline *outline,
                                 const char *attribute, size_t len);
/* The node's child of that name, or OUTLINE_NONE. `mark`: '@' or '#' in front
 * of it, or '\0'. */
int outline_find(struct outline *outline, int node, char mark, const char *name,
                 size_t len);
/* The child that comes next where they come as they did before, if it is an
 * element that its tag names in full; or OUTLINE_NONE. */
static inline int outline_expected(const struct outline *outline, int node)
{
    const struct outline_node *nodes = outline->nodes;
    int hint = nodes[node].hint;
    int next = hint >= 0 ? nodes[hint].next : OUTLINE_NONE;
    next = next >= 0 ? next : nodes[node].first;
    return next >= 0 && nodes[next].expected ? next : OUTLINE_NONE;
}
/* The same; it is added where it is not there. OUTLINE_NONE: there are too
 * many, or its name is too long. */
int outline_add(struct outline *outline, int node, char mark, const char *name,
                size_t len);
/* An element or an attribute that became the node (outline_name) is met by its
 * whole name: takes note of its prefix. */
void outline_meet(struct outline *outline, int node, const char *whole,
                  size_t len);
/* Appends `customers/customer`. */
void outline_path(const struct outline *outline, int node, struct buf *out);

#endif
