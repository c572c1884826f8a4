"""Arrays that loops give, of memory of Python's own; and checks of arrays that they take."""

cdef enum:
    MOST = 0x10000000000  # numbers of one array: more than memory holds; no size in bytes overflows


cdef object ints(Py_ssize_t size):
    return zeros(size, 4).cast("i")


cdef object longs(Py_ssize_t size):
    return zeros(size, 8).cast("q")


cdef object unsigned_longs(Py_ssize_t size):
    return zeros(size, 8).cast("Q")


cdef object zeros(Py_ssize_t size, Py_ssize_t width):
    if size < 0 or size > MOST:
        raise MemoryError("an array of a size that there cannot be")
    return memoryview(bytearray(size * width))


cdef object unset(Py_ssize_t size, Py_ssize_t width):
    """An array of anything, whose numbers are all written before somebody sees them."""
    if size < 0 or size > MOST:
        raise MemoryError("an array of a size that there cannot be")
    return memoryview(PyByteArray_FromStringAndSize(NULL, size * width))


cdef int check_counts(const int64_t[::1] counts, Py_ssize_t total) except -1:
    """Checks that counts are none negative and add up to a total."""
    cdef int64_t left = total
    cdef Py_ssize_t at
    for at in range(counts.shape[0]):
        if counts[at] < 0 or counts[at] > left:
            raise ValueError("counts do not add up to the numbers given")
        left -= counts[at]
    if left:
        raise ValueError("counts do not add up to the numbers given")
    return 0
