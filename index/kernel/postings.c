/* Postings of many terms packed, and unpacked, in one call. */
#include "growing.h"
#include "kernel.h"
#include "packing.h"

/* Where the numbers of each term end: checks that counts (int64) are none negative and add up. */
static int adds_up(const int64_t *counts, Py_ssize_t terms, Py_ssize_t total)
{
    int64_t sum = 0;
    for (Py_ssize_t term = 0; term < terms; term++) {
        if (counts[term] < 0 || counts[term] > total - sum)
            break;
        sum += counts[term];
    }
    if (sum == total)
        return 1;
    PyErr_SetString(PyExc_ValueError, "counts do not add up to the numbers given");
    return 0;
}

typedef size_t (*Measure)(const uint32_t *, size_t, uint8_t *);
typedef struct {
    Growing packed, sizes, modes;
} Packed;

static int pack_term(Packed *to, const uint32_t *numbers, size_t count, Measure measure)
{
    int64_t *size = more(&to->sizes, sizeof *size);
    uint8_t *mode = size ? more(&to->modes, 1) : NULL;
    if (!mode)
        return 0;
    *mode = 0;
    *size = count ? (int64_t)measure(numbers, count, mode) : 0;
    uint8_t *place = more(&to->packed, (size_t)*size);
    if (!place)
        return 0;
    if (measure == documents_size)
        put_documents(place, numbers, count, (size_t)*size, *mode);
    else if (measure == frequencies_size)
        put_frequencies(place, numbers, count, (size_t)*size, *mode);
    else
        put_positions(place, numbers, count, (size_t)*size, *mode);
    return 1;
}

/* (numbers uint32, counts int64) -> bytes, size of each term (int64), way of each (uint8). */
static PyObject *pack(Arguments given_, Py_ssize_t count, Measure measure)
{
    Buffers buffers = {0};
    Packed packed = {0};
    PyObject *result = NULL;
    Py_ssize_t total, terms;
    if (!given(count, 2))
        return NULL;
    const uint32_t *numbers = take(&buffers, given_[0], 4, &total, 0);
    const int64_t *counts = numbers ? take(&buffers, given_[1], 8, &terms, 0) : NULL;
    if (!counts || !adds_up(counts, terms, total))
        goto done;
    for (Py_ssize_t term = 0; term < terms; term++) {
        if (!pack_term(&packed, numbers, (size_t)counts[term], measure))
            goto done;
        numbers += counts[term];
    }
    result = Py_BuildValue("(NNN)", as_bytes(&packed.packed), as_bytes(&packed.sizes),
                           as_bytes(&packed.modes));
done:
    drop(&packed.packed);
    drop(&packed.sizes);
    drop(&packed.modes);
    release_all(&buffers);
    return result_or_error(result);
}

PyObject *pack_documents(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    return pack(given_, count, documents_size);
}

PyObject *pack_frequencies(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    return pack(given_, count, frequencies_size);
}

PyObject *pack_positions(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    return pack(given_, count, positions_size);
}

typedef int (*Unpack)(uint32_t *, size_t, const uint8_t *, size_t, uint8_t);

/* (bytes, sizes int64, ways uint8, counts int64, to uint32 in which the numbers are written). */
static PyObject *unpack(Arguments given_, Py_ssize_t count, Unpack unpack_term, uint8_t most)
{
    Buffers buffers = {0};
    PyObject *result = NULL;
    Py_ssize_t bytes, terms, same, also, total;
    if (!given(count, 5))
        return NULL;
    const uint8_t *packed = take(&buffers, given_[0], 1, &bytes, 0);
    const int64_t *sizes = packed ? take(&buffers, given_[1], 8, &terms, 0) : NULL;
    const uint8_t *modes = sizes ? take(&buffers, given_[2], 1, &same, 0) : NULL;
    const int64_t *counts = modes ? take(&buffers, given_[3], 8, &also, 0) : NULL;
    uint32_t *to = counts ? take(&buffers, given_[4], 4, &total, 1) : NULL;
    if (!to || !adds_up(counts, also, total) || !adds_up(sizes, terms, bytes))
        goto done;
    int good = terms == same && terms == also;
    for (Py_ssize_t term = 0; good && term < terms; term++) {
        good = modes[term] <= most && unpack_term(to, (size_t)counts[term], packed,
                                                  (size_t)sizes[term], modes[term]);
        to += counts[term];
        packed += sizes[term];
    }
    if (good)
        result = Py_NewRef(Py_None);
    else
        PyErr_SetString(PyExc_ValueError, "packed numbers are damaged");
done:
    release_all(&buffers);
    return result_or_error(result);
}

PyObject *unpack_documents(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    return unpack(given_, count, get_documents, BITS);
}

PyObject *unpack_frequencies(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    return unpack(given_, count, get_frequencies, FREQ32);
}

PyObject *unpack_positions(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    return unpack(given_, count, get_positions, 1);
}
