#include "runners/memory.hpp"

#include <sys/resource.h>

#include <fstream>
#include <sstream>
#include <string>

#include "core/heap.hpp"

namespace mbench::runners {
namespace {

/// A line of /proc/self/status in bytes, "VmHWM:    2064 kB"; 0 where there is none.
std::int64_t status_bytes(std::string_view key) {
  std::ifstream stream{"/proc/self/status"};
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with(key)) continue;
    std::int64_t kilobytes = 0;
    std::istringstream{line.substr(key.size())} >> kilobytes;
    return 1024 * kilobytes;
  }
  return 0;
}

bool forget_peak() {
  release_freed_memory();
  std::ofstream stream{"/proc/self/clear_refs"};
  stream << "5" << std::flush;
  return stream.good() && status_bytes("VmHWM:") > 0;
}

}  // namespace

PeakMemory::PeakMemory() : is_own_{forget_peak()}, before_bytes_{status_bytes("VmRSS:")} {}

std::int64_t PeakMemory::peak_bytes() const {
  if (is_own_) return status_bytes("VmHWM:");
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return 1024 * static_cast<std::int64_t>(usage.ru_maxrss);
}

}  // namespace mbench::runners
