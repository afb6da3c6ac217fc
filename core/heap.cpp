#include "core/heap.hpp"

#include <cstdlib>  // defines __GLIBC__ where it is glibc

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace mbench {

void keep_freed_memory() {
#if defined(__GLIBC__)
  constexpr int kGibibyte = 1 << 30;
  mallopt(M_MMAP_THRESHOLD, kGibibyte);  // planes come from the heap,
  mallopt(M_TRIM_THRESHOLD, kGibibyte);  // and the heap does not shrink
#endif
}

void release_freed_memory() {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}

}  // namespace mbench
