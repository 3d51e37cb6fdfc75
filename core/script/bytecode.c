/* bytecode.c: two passes over each function of a dump: its parts are found one
 * after the other, as only the last of them tell the lines, and then its
 * instructions are gone through once, as they stand.
 *
 * A table is written to by its register, so it is noted which registers hold
 * a variable from outside, or something found in one. Branches are not
 * followed: an instruction that fills a register ends what was known of it, so
 * that a table which may be another one is let pass. */
#include "bytecode.h"

#include <stdint.h>
#include <string.h>

enum { OUTER_MAX = 256, REGISTERS = 256, LINE_ELSEWHERE = -128 };

/* Instructions of Lua 5.4, by their numbers there. */
enum {
    OP_LOADNIL = 8,
    OP_GETUPVAL,
    OP_SETUPVAL,
    OP_GETTABUP,
    OP_GETTABLE,
    OP_GETI,
    OP_GETFIELD,
    OP_SETTABUP,
    OP_SETTABLE,
    OP_SETI,
    OP_SETFIELD,
    OP_SELF = 20,
    OP_MMBIN = 46,
    OP_MMBINK = 48,
    OP_CLOSE = 54,
    OP_TEST = 66,
    OP_CALL = 68,
    OP_TAILCALL,
    OP_RETURN,
    OP_RETURN1 = 72,
    OP_FORLOOP,
    OP_TFORLOOP = 77,
    OP_SETLIST,
    OP_VARARG = 80,
    OP_VARARGPREP,
    OP_EXTRAARG
};

struct reader {
    const unsigned char *at, *end;
    bool good;
    bytecode_visit *visit;
    void *owner;
};

/* A function of the dump. */
struct function {
    const unsigned char *code, *constants, *steps, *lines;
    uint64_t count, constant_count, step_count, line_count;
    int first;              /* its line */
    short outer[OUTER_MAX]; /* its variables among the outermost function's, */
                            /* from 1; 0: a local of the call */
};

static const unsigned char *take(struct reader *reader, uint64_t size)
{
    const unsigned char *at = reader->at;
    if (size > (uint64_t)(reader->end - at)) {
        reader->good = false;
        reader->at = reader->end;
        return NULL;
    }
    reader->at += size;
    return at;
}

static unsigned take_byte(struct reader *reader)
{
    const unsigned char *at = take(reader, 1);
    return at ? *at : 0;
}

/* Seven bits a byte, the highest first; the last byte is marked. */
static uint64_t take_number(struct reader *reader)
{
    uint64_t number = 0;
    unsigned byte = 0;
    while (reader->good && (byte & 0x80) == 0) {
        byte = take_byte(reader);
        reader->good = reader->good && number >> 50 == 0;
        number = number << 7 | (byte & 0x7F);
    }
    return reader->good ? number : 0;
}

static const char *take_text(struct reader *reader, size_t *len)
{
    uint64_t size = take_number(reader);
    *len = size > 0 ? (size_t)size - 1 : 0;
    return size > 0 ? (const char *)take(reader, size - 1) : NULL;
}

/* A constant: its text, or NULL for all that is none. */
static const char *take_constant(struct reader *reader, size_t *len)
{
    enum { FLOAT = 19, INTEGER = 3, SHORT = 4, LONG = 20, TRUE = 17 };
    *len = 0;
    switch (take_byte(reader)) {
    case FLOAT:
    case INTEGER:
        take(reader, 8);
        return NULL;
    case SHORT:
    case LONG:
        return take_text(reader, len);
    case 0: /* nil, false */
    case 1:
    case TRUE:
        return NULL;
    default:
        reader->good = false;
        return NULL;
    }
}

static const char *constant_at(const struct reader *reader,
                               const struct function *function, unsigned number,
                               size_t *len)
{
    struct reader again = {
        .at = function->constants, .end = reader->end, .good = true};
    const char *text = NULL;
    *len = 0;
    for (unsigned i = 0; i <= number && number < function->constant_count; i++)
        text = take_constant(&again, len);
    return text;
}

static void read_constants(struct reader *reader, struct function *function)
{
    size_t len;
    function->constant_count = take_number(reader);
    function->constants = reader->at;
    for (uint64_t i = 0; reader->good && i < function->constant_count; i++) {
        const char *text = take_constant(reader, &len);
        const struct bytecode_use use = {
            .kind = USE_NAME, .text = text, .len = len};
        if (reader->good && text != NULL)
            reader->visit(reader->owner, &use);
    }
}

/* `parent` NULL: the outermost, whose variables are what is asked for. */
static void read_outer(struct reader *reader, struct function *function,
                       const struct function *parent)
{
    uint64_t count = take_number(reader);
    reader->good = reader->good && count <= OUTER_MAX;
    for (uint64_t i = 0; reader->good && i < count; i++) {
        bool local = take_byte(reader) != 0;
        unsigned index = take_byte(reader);
        take_byte(reader);
        function->outer[i] = parent == NULL ? (short)(i + 1)
                             : local        ? 0
                                            : parent->outer[index];
    }
}

static void read_lines(struct reader *reader, struct function *function)
{
    size_t len;
    function->step_count = take_number(reader);
    function->steps = take(reader, function->step_count);
    function->line_count = take_number(reader);
    function->lines = reader->at;
    for (uint64_t i = 0; reader->good && i < function->line_count; i++) {
        take_number(reader);
        take_number(reader);
    }
    for (uint64_t i = take_number(reader); reader->good && i > 0; i--) {
        take_text(reader, &len); /* locals: name, where it begins and ends */
        take_number(reader);
        take_number(reader);
    }
    for (uint64_t i = take_number(reader); reader->good && i > 0; i--)
        take_text(reader, &len);
}

/* What is known while the instructions are gone through. */
struct walk {
    const struct reader *reader;
    const struct function *function;
    struct reader lines; /* those that no step leads to, not come to yet */
    int line;
    short held[REGISTERS]; /* the variable whose value, or a part of it, is */
                           /* there; negative: a part; 0: something else */
    unsigned a, b, c;      /* of the instruction */
};

/* The line that is written down for this instruction, where no step is: they
 * stand in the order of the instructions. */
static int line_elsewhere(struct walk *walk, uint64_t pc)
{
    while (walk->lines.at < walk->reader->end && walk->lines.good) {
        uint64_t at = take_number(&walk->lines);
        int line = (int)take_number(&walk->lines);
        if (at >= pc)
            return at == pc ? line : walk->function->first;
    }
    return walk->function->first;
}

static void tell(const struct walk *walk, enum use_kind kind, int upvalue,
                 int name)
{
    struct bytecode_use use = {.kind = kind,
                               .upvalue = upvalue < 0 ? -upvalue : upvalue,
                               .line = walk->line};
    if (name >= 0)
        use.text =
            constant_at(walk->reader, walk->function, (unsigned)name, &use.len);
    if (upvalue != 0)
        walk->reader->visit(walk->reader->owner, &use);
}

static bool fills_nothing(unsigned op)
{
    return (op >= OP_MMBIN && op <= OP_MMBINK) ||
           (op >= OP_CLOSE && op <= OP_TEST) ||
           (op >= OP_RETURN && op <= OP_RETURN1) || op == OP_SETLIST ||
           op == OP_VARARGPREP || op == OP_EXTRAARG;
}

/* Fills its register and those after it. */
static bool fills_many(unsigned op)
{
    return op == OP_LOADNIL || op == OP_SELF || op == OP_CALL ||
           op == OP_TAILCALL || (op >= OP_FORLOOP && op <= OP_TFORLOOP) ||
           op == OP_VARARG;
}

static short part_of(short held)
{
    return held > 0 ? (short)-held : held;
}

/* Of instructions that are about no variable from outside. */
static void pass(struct walk *walk, unsigned op)
{
    unsigned last = fills_many(op) ? REGISTERS - 1 : walk->a;
    if (fills_nothing(op))
        return;
    for (unsigned i = walk->a; i <= last; i++)
        walk->held[i] = 0;
}

static void step(struct walk *walk, unsigned op)
{
    const short *outer = walk->function->outer;
    short *held = walk->held;
    unsigned a = walk->a;
    switch (op) {
    case OP_GETUPVAL:
        held[a] = outer[walk->b];
        tell(walk, USE_READ, held[a], -1);
        break;
    case OP_GETTABUP:
        held[a] = part_of(outer[walk->b]);
        tell(walk, USE_READ, held[a], (int)walk->c);
        break;
    case OP_GETTABLE:
    case OP_GETI:
    case OP_GETFIELD:
        held[a] = part_of(held[walk->b]);
        break;
    case OP_SETUPVAL:
        tell(walk, USE_ASSIGN, outer[walk->b], -1);
        break;
    case OP_SETTABUP:
        tell(walk, USE_CHANGE, outer[a], (int)walk->b);
        break;
    case OP_SETFIELD:
    case OP_SETTABLE:
    case OP_SETI:
        tell(walk, held[a] < 0 ? USE_INNER : USE_CHANGE, held[a], -1);
        break;
    default:
        pass(walk, op);
    }
}

/* A function that ends without `return` has one without a value. */
static void tell_answer(const struct walk *walk, unsigned op)
{
    struct bytecode_use use = {.kind = USE_ANSWER, .line = walk->line};
    if (op == OP_RETURN1 || op == OP_TAILCALL ||
        (op == OP_RETURN && walk->b != 1))
        walk->reader->visit(walk->reader->owner, &use);
}

static void walk_code(const struct reader *reader,
                      const struct function *function, bool outermost)
{
    struct walk walk = {
        .reader = reader,
        .function = function,
        .lines = {.at = function->lines, .end = reader->end, .good = true},
        .line = function->first};
    for (uint64_t pc = 0; pc < function->count; pc++) {
        uint32_t code;
        memcpy(&code, function->code + 4 * pc, 4);
        int by = pc < function->step_count
                     ? (int)(signed char)function->steps[pc]
                     : 0;
        walk.line =
            by == LINE_ELSEWHERE ? line_elsewhere(&walk, pc) : walk.line + by;
        walk.a = code >> 7 & 0xFF;
        walk.b = code >> 16 & 0xFF;
        walk.c = code >> 24;
        step(&walk, code & 0x7F);
        if (outermost)
            tell_answer(&walk, code & 0x7F);
    }
}

/* Lua lets functions stand in each other 200 deep at most. */
static void read_function(struct reader *reader, const struct function *parent,
                          unsigned depth)
{
    enum { DEPTH_MAX = 250 };
    struct function function = {.count = 0};
    size_t len;
    reader->good = reader->good && depth < DEPTH_MAX;
    take_text(reader, &len);
    function.first = (int)take_number(reader);
    take_number(reader);
    take(reader, 3); /* parameters, `...`, registers */
    function.count = take_number(reader);
    function.code = take(reader, 4 * function.count);
    read_constants(reader, &function);
    read_outer(reader, &function, parent);
    for (uint64_t i = take_number(reader); reader->good && i > 0; i--)
        read_function(reader, &function, depth + 1);
    read_lines(reader, &function);
    if (reader->good)
        walk_code(reader, &function, parent == NULL);
}

/* What the head says of how this machine writes numbers, and of the version:
 * another one is another format. */
static bool is_known(struct reader *reader)
{
    static const char signature[] = "\x1bLua\x54\0\x19\x93\r\n\x1a\n\4\x8\x8";
    const int64_t integer = 0x5678;
    const double number = 370.5;
    const size_t size = sizeof signature - 1;
    const unsigned char *head = take(reader, size + 16);
    double seen;
    if (head == NULL || memcmp(head, signature, size) != 0 ||
        memcmp(head + size, &integer, 8) != 0)
        return false;
    memcpy(&seen, head + size + 8, sizeof seen);
    return seen == number;
}

bool bytecode_read(const void *dump, size_t len, bytecode_visit *visit,
                   void *owner)
{
    const unsigned char *at = dump;
    struct reader reader = {
        .at = at, .end = at + len, .good = true, .visit = visit, owner};
    if (!is_known(&reader))
        return false;
    take_byte(&reader); /* how many variables from outside */
    read_function(&reader, NULL, 0);
    return reader.good && reader.at == reader.end;
}
