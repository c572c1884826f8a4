/* The sorted terms of several segments to those of one. */
#include "growing.h"
#include "kernel.h"

#define MAX_SOURCES 4096

/* The sorted terms of one segment: where each begins, and the number of each among all. */
typedef struct {
    const char *text;
    const int64_t *starts;
    Py_ssize_t terms, next;
    Growing places;
} Terms;

static size_t size_of(const Terms *from)
{
    return (size_t)(from->starts[from->next + 1] - from->starts[from->next]);
}

static const char *term_of(const Terms *from)
{
    return from->text + from->starts[from->next];
}

/* Orders the terms that come next; a segment without any comes last. */
static int order(const Terms *one, const Terms *other)
{
    if (one->next >= one->terms || other->next >= other->terms)
        return (one->next >= one->terms) - (other->next >= other->terms);
    size_t a = size_of(one), b = size_of(other);
    int compared = memcmp(term_of(one), term_of(other), a < b ? a : b);
    return compared ? compared : (a > b) - (a < b);
}

/* Lets the segment at a place of the heap sink to where it belongs. */
static void sink(Terms **heap, Py_ssize_t count, Py_ssize_t at)
{
    for (Py_ssize_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && order(heap[child + 1], heap[child]) < 0)
            child++;
        if (order(heap[at], heap[child]) <= 0)
            return;
        Terms *above = heap[at];
        heap[at] = heap[child];
        heap[child] = above;
    }
}

static int merge(Terms **heap, Py_ssize_t count, Growing *text, Growing *sizes)
{
    for (Py_ssize_t at = count; at--;)
        sink(heap, count, at);
    const char *last = NULL;
    size_t last_size = 0;
    int32_t terms = 0;
    while (count && heap[0]->next < heap[0]->terms) {
        Terms *from = heap[0];
        size_t size = size_of(from);
        if (!last || size != last_size || memcmp(last, term_of(from), size)) {
            char *to = more(text, size);
            int32_t *own = to ? more(sizes, sizeof *own) : NULL;
            if (!own)
                return 0;
            memcpy(to, term_of(from), size);
            *own = (int32_t)size;
            last = term_of(from);
            last_size = size;
            terms++;
        }
        int32_t *place = more(&from->places, sizeof *place);
        if (!place)
            return 0;
        *place = terms - 1;
        from->next++;
        sink(heap, count, 0);
    }
    return 1;
}

static int take_terms(Terms *terms, PyObject *tuple, Buffers *buffers)
{
    Py_ssize_t size, starts;
    if (PyTuple_Size(tuple) != 2) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "text and starts expected");
        return 0;
    }
    terms->text = take(buffers, PyTuple_GetItem(tuple, 0), 1, &size, 0);
    terms->starts = terms->text ? take(buffers, PyTuple_GetItem(tuple, 1), 8, &starts, 0) : NULL;
    if (!terms->starts)
        return 0;
    terms->terms = starts - 1;
    int64_t before = 0;
    for (Py_ssize_t at = 0; at < starts; at++) {
        if (terms->starts[at] < before || terms->starts[at] > size) {
            PyErr_SetString(PyExc_ValueError, "the starts of terms do not ascend in their text");
            return 0;
        }
        before = terms->starts[at];
    }
    return 1;
}

/* (list of (text, starts int64)) -> all terms joined in order, the size of each (int32), and for
   each segment the places of its terms among all (int32). */
PyObject *merge_terms(PyObject *self, PyObject *list)
{
    (void)self;
    Growing text = {0}, sizes = {0};
    PyObject *result = NULL, *places = NULL;
    Py_ssize_t count = PyList_Size(list), taken = 0;
    if (count < 0)
        return NULL;
    if (count > MAX_SOURCES)
        return PyErr_Format(PyExc_ValueError, "%d segments at the most", MAX_SOURCES);
    Terms *sources = calloc((size_t)count + 1, sizeof *sources);
    Terms **heap = calloc((size_t)count + 1, sizeof *heap);
    Buffers *buffers = calloc((size_t)count + 1, sizeof *buffers);
    if (!sources || !heap || !buffers) {
        goto done;
    }
    while (taken < count &&
           take_terms(&sources[taken], PyList_GetItem(list, taken), &buffers[taken])) {
        heap[taken] = &sources[taken];
        taken++;
    }
    int merged = 0;
    if (taken == count) {
        Py_BEGIN_ALLOW_THREADS
        merged = merge(heap, count, &text, &sizes);
        Py_END_ALLOW_THREADS
    }
    if (!merged || !(places = PyList_New(count)))
        goto done;
    for (Py_ssize_t at = 0; at < count; at++)
        PyList_SetItem(places, at, as_bytes(&sources[at].places));
    result = Py_BuildValue("(NNN)", as_bytes(&text), as_bytes(&sizes), places);
done:
    for (Py_ssize_t at = 0; buffers && sources && at < count; at++) {
        release_all(&buffers[at]);
        drop(&sources[at].places);
    }
    free(sources);
    free(heap);
    free(buffers);
    drop(&text);
    drop(&sizes);
    return result_or_error(result);
}
