/* Unions and intersections of sets of documents, with the sums of their scores. */
#include "parts.h"

#define WINDOW 4096
#define BLOCK 256
#define LONG 10000 /* documents from which a walk lets other threads go on */

/* The documents of a stretch of the index, `base` to `base + limit`, while they are gathered. */
typedef struct {
    double scores[WINDOW];
    uint64_t bits[WINDOW / 64];
    uint32_t base, limit;
} Window;

/* The next stretch that holds a document; 0 where there is none, -1 for one beyond the index. */
static int next_window(Window *window, const Parts *parts)
{
    uint32_t lowest = UINT32_MAX;
    int some = 0;
    for (size_t at = 0; at < parts->count; at++) {
        const Part *part = &parts->all[at];
        if (part->at < part->count && part->ids[part->at] <= lowest) {
            lowest = part->ids[part->at];
            some = 1;
        }
    }
    if (!some)
        return 0;
    if (lowest >= parts->documents)
        return -1;
    window->base = lowest / WINDOW * WINDOW;
    size_t left = parts->documents - window->base;
    window->limit = left < WINDOW ? (uint32_t)left : WINDOW;
    return 1;
}

static inline void mark(Window *window, uint32_t offset)
{
    window->bits[offset / 64] |= (uint64_t)1 << offset % 64;
}

typedef double (*Score)(const Part *part, size_t at, uint32_t id);

static inline double no_score(const Part *part, size_t at, uint32_t id)
{
    (void)part, (void)at, (void)id;
    return 0.0;
}

static inline double found_score(const Part *part, size_t at, uint32_t id)
{
    (void)id;
    return part->scores[at];
}

static inline double term_score(const Part *part, size_t at, uint32_t id)
{
    double weight = part->frequencies8[at] * part->scale;
    double divisor = weight + part->divisors[part->codes[id]];
    return part->idf * ((weight * (part->k1 + 1)) / divisor) * part->boost;
}

/* Inlined for each kind of score, so that the loop does not ask for the kind. Bits of one number
   are put together before they are written. */
static inline __attribute__((always_inline)) void gather_with(Window *window, Part *part,
                                                              int scored, Score score)
{
    uint64_t bits = 0;
    uint32_t word = 0;
    size_t at = part->at;
    for (; at < part->count; at++) {
        uint32_t offset = part->ids[at] - window->base;
        if (offset >= window->limit)
            break;
        if (offset / 64 != word) {
            window->bits[word] |= bits;
            word = offset / 64;
            bits = 0;
        }
        bits |= (uint64_t)1 << offset % 64;
        if (scored)
            window->scores[offset] += score(part, at, window->base + offset);
    }
    window->bits[word] |= bits;
    part->at = at;
}

static void gather_marks(Window *window, Part *part)
{
    gather_with(window, part, 0, no_score);
}

static void gather_sums(Window *window, Part *part)
{
    if (!part->is_term && part->scores)
        gather_with(window, part, 1, found_score);
    else if (part->frequencies8 && part->codes)
        gather_with(window, part, 1, term_score);
    else
        gather_with(window, part, 1, score_at);
}

static void gather_highest(Window *window, Part *part)
{
    for (; part->at < part->count; part->at++) {
        uint32_t offset = part->ids[part->at] - window->base;
        if (offset >= window->limit)
            break;
        double score = score_at(part, part->at, window->base + offset);
        int first = !(window->bits[offset / 64] >> offset % 64 & 1);
        mark(window, offset);
        if (first || score > window->scores[offset])
            window->scores[offset] = score;
    }
}

/* Puts out what a stretch holds, and empties it; 0 where there is no room. */
static int put_out(Output *output, Window *window, double boost)
{
    for (uint32_t word = 0; word < WINDOW / 64; word++) {
        uint64_t bits = window->bits[word];
        size_t room = output->room - output->count;
        if (room < 64 && room < (size_t)__builtin_popcountll(bits))
            return 0;
        window->bits[word] = 0;
        for (; bits; bits &= bits - 1) {
            uint32_t offset = word * 64 + (uint32_t)__builtin_ctzll(bits);
            output->ids[output->count] = window->base + offset;
            if (output->scores) {
                output->scores[output->count] = window->scores[offset] * boost;
                window->scores[offset] = 0.0;
            }
            output->count++;
        }
    }
    return 1;
}

static const char *unite(Parts *parts, Output *output, double boost, int highest)
{
    Window window;
    memset(&window, 0, sizeof window);
    int found;
    while ((found = next_window(&window, parts)) > 0) {
        for (size_t at = 0; at < parts->count; at++) {
            if (!output->scores)
                gather_marks(&window, &parts->all[at]);
            else if (highest)
                gather_highest(&window, &parts->all[at]);
            else
                gather_sums(&window, &parts->all[at]);
        }
        if (!put_out(output, &window, boost))
            return "documents do not ascend";
    }
    return found < 0 ? "a document beyond the index" : NULL;
}

/* (parts, documents, boost, highest, ids, scores or None) -> how many were written to both. */
PyObject *unite_parts(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 6))
        return NULL;
    Buffers buffers = {.count = 0};
    Parts parts = {0};
    Output output;
    PyObject *result = NULL;
    double boost = PyFloat_AsDouble(given_[2]);
    if (!PyErr_Occurred() && parts_from(&parts, given_[0], PyLong_AsSsize_t(given_[1])) &&
        take_output(&output, &buffers, given_[4], given_[5])) {
        int highest = PyObject_IsTrue(given_[3]);
        const char *problem;
        if (parts_total(&parts) < LONG) {
            problem = unite(&parts, &output, boost, highest);
        } else {
            Py_BEGIN_ALLOW_THREADS
            problem = unite(&parts, &output, boost, highest);
            Py_END_ALLOW_THREADS
        }
        result = count_or_error(&output, problem);
    }
    parts_release(&parts);
    release_all(&buffers);
    return result;
}

/* Some found documents on their way: which of them a part holds, and what the parts score. */
typedef struct {
    const uint32_t *ids;
    size_t count;
    double sums[BLOCK];
    uint8_t held[BLOCK];
} Batch;

/* A frequent term, without a branch: it scores 0 where it is not. */
static void look_up_scores(Batch *batch, const Part *part)
{
    for (size_t at = 0; at < batch->count; at++) {
        uint32_t id = batch->ids[at], frequency = part->row[id];
        double weight = frequency * part->scale;
        double divisor = weight + part->divisors[part->codes[id]];
        batch->held[at] |= frequency != 0;
        batch->sums[at] += part->idf * ((weight * (part->k1 + 1)) / divisor) * part->boost;
    }
}

static void look_up(Batch *batch, const Part *part, int scored)
{
    for (size_t at = 0; at < batch->count; at++) {
        uint32_t id = batch->ids[at], frequency = part->row[id];
        batch->held[at] |= frequency != 0;
        if (scored && frequency)
            batch->sums[at] += score_of(part, frequency, id);
    }
}

/* By stepping through a part; it is asked for ascending documents. */
static void step_through(Batch *batch, Part *part, int scored)
{
    for (size_t at = 0; at < batch->count; at++) {
        uint32_t id = batch->ids[at];
        part->at = place_of(part->ids, part->count, part->at, id);
        if (part->at == part->count)
            return;
        if (part->ids[part->at] != id)
            continue;
        batch->held[at] = 1;
        if (scored)
            batch->sums[at] += score_at(part, part->at, id);
    }
}

static void ask(Batch *batch, Parts *parts, int scored)
{
    memset(batch->held, 0, sizeof batch->held);
    if (scored)
        memset(batch->sums, 0, sizeof batch->sums);
    for (size_t at = 0; at < parts->count; at++) {
        Part *part = &parts->all[at];
        if (!part->row)
            step_through(batch, part, scored);
        else if (scored && part->codes && part->k1 > 0)
            look_up_scores(batch, part);
        else
            look_up(batch, part, scored);
    }
}

static const char *keep(const Part *from, Parts *parts, Output *output, double boost, int wanted)
{
    Batch batch;
    int adding = output->scores && wanted;
    for (size_t first = 0; first < from->count; first += BLOCK) {
        batch.ids = from->ids + first;
        batch.count = from->count - first < BLOCK ? from->count - first : BLOCK;
        for (size_t at = 0; at < batch.count; at++)
            if (batch.ids[at] >= parts->documents)
                return "a document beyond the index";
        ask(&batch, parts, adding);
        for (size_t at = 0; at < batch.count; at++) {
            output->ids[output->count] = batch.ids[at];
            if (adding)
                output->scores[output->count] = from->scores[first + at] + batch.sums[at] * boost;
            else if (output->scores)
                output->scores[output->count] = from->scores[first + at];
            output->count += batch.held[at] == wanted;
        }
    }
    return NULL;
}

/* (found, parts, documents, boost, wanted, ids, scores or None) -> how many were written to both:
   the found documents that any of the parts holds, the scores added; not `wanted`: those that none
   holds, with their own scores. `found` is (ids, scores or None). */
PyObject *keep_documents(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 7))
        return NULL;
    Buffers buffers = {.count = 0};
    Parts parts = {0}, from = {0};
    Output output;
    PyObject *result = NULL, *list = PyList_New(1);
    Py_ssize_t documents = PyLong_AsSsize_t(given_[2]);
    double boost = PyFloat_AsDouble(given_[3]);
    if (list && !PyErr_Occurred()) {
        Py_INCREF(given_[0]);
        PyList_SetItem(list, 0, given_[0]);
        if (parts_from(&from, list, documents) && parts_from(&parts, given_[1], documents) &&
            take_output(&output, &buffers, given_[5], given_[6])) {
            int wanted = PyObject_IsTrue(given_[4]);
            const char *problem = NULL;
            if (output.room < from.all->count || (output.scores && !from.all->scores)) {
                problem = "room for every document, and scores of every one, expected";
            } else if (from.all->count < LONG) {
                problem = keep(from.all, &parts, &output, boost, wanted);
            } else {
                Py_BEGIN_ALLOW_THREADS
                problem = keep(from.all, &parts, &output, boost, wanted);
                Py_END_ALLOW_THREADS
            }
            result = count_or_error(&output, problem);
        }
    }
    Py_XDECREF(list);
    parts_release(&from);
    parts_release(&parts);
    release_all(&buffers);
    return result;
}
