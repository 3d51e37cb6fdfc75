/* pipeline.c: bytes are decoded into rows, a script maps each row to a record,
 * the form validates and encodes it, records are batched, batches are
 * delivered to Fast, and every row's outcome is written down.
 *
 *     spare ──▶ reader ──filled──▶ mappers ──mapped──▶ sender ──▶ spare
 *
 * `spare` and `filled` are queues. `mapped` is an ordered row of slots, one a
 * chunk: a chunk's number names its slot, and since there are as many slots as
 * chunks, none is ever taken twice. Whoever has a chunk owns it. A failure
 * travels in its chunk to the sender, so that everything before it, and
 * nothing after it, is taken. */
#include "pipeline.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/interrupt.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/queue.h"
#include "base/thread.h"
#include "base/watch.h"
#include "decode/fill_down.h"
#include "mapper.h"

struct pipeline {
    const struct pipeline_options *options;
    struct queue spare, filled;
    unsigned chunks;
    _Atomic(struct chunk *) *mapped; /* a slot a chunk */
    atomic_bool stop;              /* the reader reads no more, nor waits to */
    double reader_cpu, sender_cpu; /* seconds, for -v */

    /* The sender's: of the input at hand. */
    unsigned at; /* of the inputs: those before it are over */
    bool rows;   /* it has some */
    struct left_out left;
    uint64_t unended;
};

static double cpu_seconds(void)
{
    struct timespec used;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (double)used.tv_sec + (double)used.tv_nsec * 1e-9;
}

/* Reader: fills chunk after chunk from one input after the other. */

static enum step read_chunk(struct pipeline *p, struct chunk *chunk,
                            unsigned *at)
{
    const struct pipeline_options *options = p->options;
    for (; *at < options->input_count; ++*at) {
        struct input *input = options->inputs[*at];
        chunk->input = input;
        /* Here, as it waits, and stops, like any other reading. */
        if (options->keep && !source_spool(input->source, &chunk->failure))
            return STEP_FAIL;
        enum step step = down_fill(input, chunk, &chunk->failure);
        if (step != STEP_END)
            return step;
    }
    return STEP_END;
}

static void *reader(void *argument)
{
    struct pipeline *p = argument;
    unsigned at = 0;
    for (uint64_t number = 0;; number++) {
        struct chunk *chunk = queue_take(&p->spare);
        if (chunk == NULL)
            break;
        chunk_clear(chunk);
        chunk->number = number;
        enum step step = STEP_END;
        if (!atomic_load(&p->stop))
            step = read_chunk(p, chunk, &at);
        if (atomic_load(&p->stop)) /* also what it broke off: no failure */
            step = STEP_END;
        chunk->failed = step == STEP_FAIL;
        chunk->last = step != STEP_ITEM;
        bool last = chunk->last;
        if (!queue_put(&p->filled, chunk)) {
            chunk_free(chunk);
            break;
        }
        if (last)
            break;
    }
    queue_close(&p->filled);
    p->reader_cpu = cpu_seconds();
    return NULL;
}

/* Mapper: maps whatever chunk comes next and leaves it in its slot. */

struct mapping_thread {
    struct pipeline *p;
    struct script *script;
    pthread_t thread;
    bool failed; /* at its end: what it has mapped cannot be relied on */
    struct err err;
};

static void *map_chunks(void *argument)
{
    struct mapping_thread *self = argument;
    struct pipeline *p = self->p;
    const struct pipeline_options *options = p->options;
    struct mapper mapper;
    struct chunk *chunk;
    uint64_t left = options->limit;
    mapper_init(&mapper, self->script);
    while ((chunk = queue_take(&p->filled)) != NULL) {
        bool enough = options->limit > 0 && left == 0;
        if (!chunk->failed && !chunk->last && !enough)
            mapper_map(&mapper, chunk, left);
        if (options->limit > 0) {
            left -= chunk->rows < left ? chunk->rows : left;
            if (left == 0)
                atomic_store(&p->stop, true);
        }
        atomic_store(&p->mapped[chunk->number % p->chunks], chunk);
        options->sink->kind->wake(options->sink);
    }
    self->failed = !mapper_end(&mapper, &self->err);
    mapper_release(&mapper);
    return NULL;
}

/* Sender: takes the chunks in order. */

/* The input at hand is over. A first pass says nothing: there is another one.
 */
static void end_input(struct pipeline *p)
{
    if (!p->options->keep)
        input_tell_end(p->options->inputs[p->at], &p->left, p->rows,
                       p->unended);
    p->left = (struct left_out){.count = {0}};
    p->rows = false;
    p->unended = 0;
    p->at++;
}

/* Chunks come input by input; the last one is of none, and an input without a
 * row may have none. */
static void follow_input(struct pipeline *p, const struct chunk *chunk)
{
    const struct pipeline_options *options = p->options;
    bool ends = chunk->last && !chunk->failed && !atomic_load(&p->stop);
    while (!chunk->last && options->inputs[p->at] != chunk->input)
        end_input(p);
    left_out_add(&p->left, &chunk->left);
    if (!chunk->last) {
        p->unended = chunk->unended;
        p->rows |= chunk->rows > 0;
    }
    while (ends && p->at < options->input_count)
        end_input(p);
}

static bool take(struct pipeline *p, struct chunk *chunk, struct err *err)
{
    const struct pipeline_options *options = p->options;
    struct progress *progress = options->progress;
    progress_at(progress, chunk->input, chunk->consumed);
    follow_input(p, chunk);
    if (options->doubts != NULL)
        doubts_take(options->doubts, chunk, &options->sink->ledger);
    if (!options->sink->kind->take(options->sink, chunk, err))
        return false;
    progress_tick(progress);
    if (chunk->failed)
        *err = chunk->failure;
    return !chunk->failed;
}

static bool send_all(struct pipeline *p, struct err *err)
{
    struct sink *sink = p->options->sink;
    for (uint64_t number = 0; !atomic_load(&interrupted);) {
        struct chunk *chunk =
            atomic_exchange(&p->mapped[number % p->chunks], NULL);
        if (chunk == NULL) {
            if (!sink->kind->wait(sink, err))
                return false;
            continue;
        }
        bool last = chunk->last;
        bool good = take(p, chunk, err);
        queue_put(&p->spare, chunk);
        if (!good || last)
            return good;
        number++;
    }
    return err_set(err, EXIT_INTERRUPTED,
                   "interrupted; run again to send the rest");
}

static void pipeline_init(struct pipeline *p,
                          const struct pipeline_options *options)
{
    *p = (struct pipeline){.options = options, .chunks = 2 * options->jobs + 4};
    queue_init(&p->spare, p->chunks);
    queue_init(&p->filled, p->chunks);
    p->mapped = mem_zero(p->chunks, sizeof *p->mapped);
    for (unsigned i = 0; i < p->chunks; i++)
        queue_put(&p->spare, chunk_new());
}

static void drain(struct queue *queue)
{
    struct chunk *chunk;
    while ((chunk = queue_try(queue)) != NULL)
        chunk_free(chunk);
    queue_release(queue);
}

static void pipeline_release(struct pipeline *p)
{
    for (unsigned i = 0; i < p->chunks; i++)
        chunk_free(atomic_load(&p->mapped[i]));
    drain(&p->spare);
    drain(&p->filled);
    free(p->mapped);
}

static void stop_inputs_on(const struct pipeline_options *options,
                           const atomic_bool *stop)
{
    for (unsigned i = 0; i < options->input_count; i++)
        input_stop_on(options->inputs[i], stop);
}

static void wake_sender(void *argument)
{
    struct sink *sink = argument;
    sink->kind->wake(sink);
}

/* The threads of a run, as far as they were started. */
struct threads {
    bool takes_signals, watches, reads;
    pthread_t reading;
    struct mapping_thread *mapping;
    unsigned mappers;
};

static bool start_threads(struct pipeline *p, struct threads *threads,
                          struct err *err)
{
    const struct pipeline_options *options = p->options;
    threads->mapping = mem_zero(options->jobs, sizeof *threads->mapping);
    threads->takes_signals = interrupt_begin(wake_sender, options->sink, err);
    threads->watches = threads->takes_signals && watch_begin(err);
    threads->reads =
        threads->watches && thread_start(&threads->reading, reader, p, err);
    if (!threads->reads)
        return false;
    for (unsigned i = 0; i < options->jobs; i++) {
        struct mapping_thread *mapping = &threads->mapping[i];
        *mapping =
            (struct mapping_thread){.p = p, .script = options->scripts[i]};
        if (!thread_start(&mapping->thread, map_chunks, mapping, err))
            return false;
        threads->mappers++;
    }
    return true;
}

static void join_mappers(struct threads *threads)
{
    for (; threads->mappers > 0; threads->mappers--)
        pthread_join(threads->mapping[threads->mappers - 1].thread, NULL);
}

/* All chunks were taken, so that the mappers are through: what each of them
 * says at its end. */
static bool mappers_good(const struct pipeline *p, struct threads *threads,
                         struct err *err)
{
    bool good = true;
    join_mappers(threads);
    for (unsigned i = 0; good && i < p->options->jobs; i++) {
        good = !threads->mapping[i].failed;
        if (!good)
            *err = threads->mapping[i].err;
    }
    return good;
}

/* Ends the threads, whether or not they were through. */
static void stop_threads(struct pipeline *p, struct threads *threads)
{
    atomic_store(&p->stop, true);
    queue_close(&p->spare);
    queue_close(&p->filled);
    if (threads->reads)
        pthread_join(threads->reading, NULL);
    join_mappers(threads);
    if (threads->watches)
        watch_end();
    if (threads->takes_signals)
        interrupt_end();
    free(threads->mapping);
}

/* Sends, and finishes the sink; where there is less than all threads, nothing
 * was sent, and what the sink has waiting is counted as pending. */
static bool send_and_finish(struct pipeline *p, struct threads *threads,
                            bool started, struct err *err)
{
    struct sink *sink = p->options->sink;
    struct err late;
    bool good = started && send_all(p, err) && mappers_good(p, threads, err);
    bool cut_short = !started || (!good && err->code == EXIT_INTERRUPTED);
    if (sink->kind->finish(sink, cut_short, &late) || !good)
        return good;
    *err = late;
    return false;
}

bool pipeline_run(const struct pipeline_options *options, struct err *err)
{
    struct pipeline p;
    struct threads threads = {.reads = false};
    pipeline_init(&p, options);
    double before = cpu_seconds();
    stop_inputs_on(options, &p.stop);
    bool started = start_threads(&p, &threads, err);
    bool good = send_and_finish(&p, &threads, started, err);
    stop_threads(&p, &threads);
    stop_inputs_on(options, NULL);
    p.sender_cpu = cpu_seconds() - before;
    log_debug("cpu: reader %.3f s, sender %.3f s", p.reader_cpu, p.sender_cpu);
    progress_end(options->progress);
    pipeline_release(&p);
    return good;
}
