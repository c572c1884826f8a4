"""The first documents in an order: one pass, the best so far in a heap whose top is the worst."""

cdef struct Entry:
    double score
    int32_t rank        # among documents of one score: the lower comes first
    Py_ssize_t place    # among the matches


def top_k(const uint32_t[::1] doc_ids, const double[::1] scores, const int32_t[::1] ranks,
          Py_ssize_t k):
    """The places in `doc_ids` (int64) of the first `k`: by score (None: all the same), the highest
    first, then by `ranks`, one of every document, the lowest first."""
    cdef Py_ssize_t count = doc_ids.shape[0], at
    if scores is not None and scores.shape[0] != count:
        raise ValueError("a score of every document expected")
    k = max(0, min(k, count))
    cdef Entry *heap = <Entry *>calloc(k + 1, sizeof(Entry))
    if heap == NULL:
        raise MemoryError
    places = longs(k)
    cdef int64_t[::1] to = places
    try:
        if count < LONG:
            choose(doc_ids, scores, ranks, heap, k)
        else:
            with nogil:
                choose(doc_ids, scores, ranks, heap, k)
        for at in range(k):
            to[at] = heap[at].place
    finally:
        free(heap)
    return places


cdef int choose(const uint32_t[::1] doc_ids, const double[::1] scores, const int32_t[::1] ranks,
                Entry *heap, Py_ssize_t k) except -1 nogil:
    """Fills `heap` with the first `k`, in order. A walk from the end is shorter where the last
    documents come first, for whoever comes late and is better has to be put in its place."""
    cdef Py_ssize_t step, at, count = doc_ids.shape[0], size = 0
    cdef bint backwards = False
    cdef Entry entry
    if scores is None and k and doc_ids[0] < doc_ids[count - 1] < ranks.shape[0]:
        backwards = ranks[doc_ids[count - 1]] < ranks[doc_ids[0]]
    for step in range(count if k else 0):
        at = count - 1 - step if backwards else step
        entry.score = 0.0 if scores is None else scores[at]
        if size == k and entry.score < heap[0].score:
            continue
        if doc_ids[at] >= ranks.shape[0]:
            raise ValueError("a document without a rank")
        entry.rank, entry.place = ranks[doc_ids[at]], at
        if size < k:
            heap[size] = entry
            size += 1
            if size == k:
                for at in range(k // 2 - 1, -1, -1):
                    sink(heap, k, at)
        elif before(&entry, heap):
            heap[0] = entry
            sink(heap, k, 0)
    while size > 1:  # the worst goes to the end, again and again
        size -= 1
        heap[0], heap[size] = heap[size], heap[0]
        sink(heap, size, 0)
    return 0


cdef inline bint before(const Entry *a, const Entry *b) noexcept nogil:
    if a.score != b.score:
        return a.score > b.score
    return a.rank < b.rank if a.rank != b.rank else a.place < b.place


cdef void sink(Entry *heap, Py_ssize_t count, Py_ssize_t at) noexcept nogil:
    """Lets an entry go down until both below it come before it."""
    cdef Entry sinking = heap[at]
    cdef Py_ssize_t child = 2 * at + 1
    while child < count:
        if child + 1 < count and before(&heap[child], &heap[child + 1]):
            child += 1
        if not before(&sinking, &heap[child]):
            break
        heap[at] = heap[child]
        at, child = child, 2 * child + 1
    heap[at] = sinking
