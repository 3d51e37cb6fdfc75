/* build.h: an element, from its first event to its last, as a value: text where
 * it holds nothing else, else a map of its attributes, its elements and its
 * text ("#text"); elements that repeat become a list. All of it lies in the
 * arena. One owner. */
#ifndef FASTSYNC_DECODE_TREE_XML_BUILD_H
#define FASTSYNC_DECODE_TREE_XML_BUILD_H

#include "outline.h"
#include "value.h"

/* A list within a list's map takes two of VALUE_DEPTH. */
enum { BUILD_DEPTH = VALUE_DEPTH / 2 };

/* One of those that repeat. */
struct build_more {
    struct value value;
    struct build_more *next;
};

struct build_part {
    int node;
    uint32_t count;
    struct value value; /* the first */
    struct build_more *more, *last;
};

struct build_frame {
    int node;
    uint32_t first; /* of its parts */
    uint64_t serial;
    bool nothing;    /* it says so (outline_whose) */
    struct buf text; /* kept from element to element */
};

struct builder {
    struct outline *outline;
    struct arena *arena;
    struct build_frame frames[BUILD_DEPTH];
    unsigned depth;   /* frames that are open */
    unsigned skipped; /* elements in the last one that are not built */
    struct build_part *parts;
    uint32_t part_count, part_cap;
    uint64_t serial;
    const char *fault; /* why it is none, or NULL: static */
    bool borrows;      /* texts of attributes and leaves stay where they are */
};

void build_init(struct builder *builder, struct outline *outline);
void build_release(struct builder *builder); /* a zero one is allowed */

/* The first one begins a value; it ends with the same number of ends. Its
 * attributes follow it. */
void build_start(struct builder *builder, int node);
void build_attribute(struct builder *builder, const char *name, size_t len,
                     const char *text, size_t text_len);
void build_text(struct builder *builder, const char *text, size_t len);
/* An element that is this text, of the innermost one. */
void build_leaf(struct builder *builder, int node, const char *text,
                size_t len);
/* Does the innermost element hold attributes or elements, so far? */
bool build_has_parts(const struct builder *builder);
/* True: it was the first one, which is open still: its parts are there to be
 * taken (build_cells). */
bool build_end(struct builder *builder);
/* What the outermost element holds, by the columns of its parts; ends it. */
void build_cells(struct builder *builder, struct value *cells);
/* Ends it without. */
void build_drop(struct builder *builder);

#endif
