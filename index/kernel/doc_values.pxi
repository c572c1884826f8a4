"""Filters over columns that hold a value for every document."""


def filter_documents(const uint32_t[::1] doc_ids, const double[::1] scores,
                     const int32_t[::1] values, const uint8_t[::1] chosen,
                     const int32_t[::1] first_day, const int32_t[::1] last_day,
                     int32_t low, int32_t high, bint undated,
                     uint32_t[::1] kept, double[::1] kept_scores):
    """How many documents have a chosen value and lie between two days, or have none if `undated`;
    they are written to `kept`, their scores to `kept_scores`. None for `scores`, `values` or
    `first_day` leaves that aside."""
    cdef Py_ssize_t count = doc_ids.shape[0], documents, at
    cdef uint32_t doc_id, value
    cdef int32_t first
    cdef bint passes
    if (values is None and first_day is None) or (values is None) != (chosen is None):
        raise ValueError("a column expected, and which of its values are chosen")
    documents = first_day.shape[0] if values is None else values.shape[0]
    if first_day is not None and (first_day.shape[0] != documents or last_day is None
                                  or last_day.shape[0] != documents):
        raise ValueError("columns of one length expected")
    if kept.shape[0] < count:
        raise ValueError("room for every document expected")
    if scores is not None and (scores.shape[0] != count or kept_scores is None
                               or kept_scores.shape[0] < count):
        raise ValueError("a score of every document, and room for it, expected")
    with nogil:
        count = 0
        for at in range(doc_ids.shape[0]):
            doc_id, passes = doc_ids[at], True
            if doc_id >= documents:
                raise ValueError("a document beyond the index")
            if values is not None:
                value = <uint32_t>values[doc_id]
                if value >= chosen.shape[0]:
                    raise ValueError("a value that there is not")
                passes = chosen[value] != 0
            if first_day is not None:  # without a branch: which documents pass, nobody can foresee
                first = first_day[doc_id]
                passes &= ((first >= low) & (last_day[doc_id] <= high)) | (undated & (first == 0))
            kept[count] = doc_id
            if scores is not None:
                kept_scores[count] = scores[at]
            count += passes
    return count


@cython.boundscheck(False)  # each document and each value is looked at before it is used
def count_values(const uint32_t[::1] doc_ids, const int32_t[::1] values, int64_t[:, ::1] counts):
    """Adds to `counts` how many of some documents have each value of a column: in turns to two
    rows, since to add to the same number again waits for its last sum, half of the time."""
    cdef Py_ssize_t at
    if counts.shape[0] != 2:
        raise ValueError("two rows of counts expected")
    with nogil:
        for at in range(doc_ids.shape[0]):
            if (doc_ids[at] >= values.shape[0]
                    or <uint32_t>values[doc_ids[at]] >= counts.shape[1]):
                raise ValueError("a document or a value that there is not")
            counts[at % 2, values[doc_ids[at]]] += 1
