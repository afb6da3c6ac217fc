#include "tests/metrics/allocation_peak.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::int64_t> in_use{0};
std::atomic<std::int64_t> peak{0};

/// Before each block stands its size, in as many bytes as keep the block aligned.
constexpr std::size_t kHeader = alignof(std::max_align_t);
static_assert(kHeader >= sizeof(std::size_t));

}  // namespace

void* operator new(std::size_t size) {
  void* const block = std::malloc(kHeader + size);
  if (block == nullptr) throw std::bad_alloc{};
  *static_cast<std::size_t*>(block) = size;
  const std::int64_t now = in_use += static_cast<std::int64_t>(size);
  if (now > peak) peak = now;
  return static_cast<std::byte*>(block) + kHeader;
}

void operator delete(void* block) noexcept {
  if (block == nullptr) return;
  void* const start = static_cast<std::byte*>(block) - kHeader;
  in_use -= static_cast<std::int64_t>(*static_cast<std::size_t*>(start));
  std::free(start);
}

void operator delete(void* block, std::size_t /*size*/) noexcept { operator delete(block); }

namespace mbench::testing {

AllocationPeak::AllocationPeak() : before_{in_use} { peak = before_; }

std::int64_t AllocationPeak::bytes() const { return peak - before_; }

}  // namespace mbench::testing
