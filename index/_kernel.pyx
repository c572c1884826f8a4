# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
# cython: show_performance_hints=False
# cython: embedsignature=True
"""The compiled loops of all three packages, as one module; `index.kernel` hands them out by name.

Each stands for a plain form in Python or numpy that gives the same. Arguments are buffers of the
type that is declared; what does not fit together raises ValueError, short memory MemoryError.
"""

import sys

cimport cython
from cpython.bytearray cimport PyByteArray_FromStringAndSize
from libc.stdint cimport INT64_MAX, UINT32_MAX
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcpy

VERSION = 11

if sys.byteorder != "little":  # tokens.pxi and packing.pxi read bytes as numbers
    raise ImportError("the compiled loops are for little-endian processors")

include "kernel/arrays.pxi"
include "kernel/lost_pages.pxi"
include "kernel/packing.pxi"
include "kernel/tokens.pxi"
include "kernel/words.pxi"
include "kernel/inversion.pxi"
include "kernel/merging.pxi"
include "kernel/doc_sets.pxi"
include "kernel/phrases.pxi"
include "kernel/near_terms.pxi"
include "kernel/doc_values.pxi"
include "kernel/text_walk.pxi"
include "kernel/spans.pxi"
include "kernel/cutting.pxi"
include "kernel/fragments.pxi"
