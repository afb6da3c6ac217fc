#include "baselines/checkpoint/container.hpp"

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::checkpoint {

std::uint64_t byte_count(const PickledStorage& storage) {
  return static_cast<std::uint64_t>(storage.count) * size_of(storage.type);
}

void throw_storage_size(const PickledStorage& storage, std::uint64_t found_bytes) {
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("storage '{}' of the weight file has a wrong size",
                                   printable(storage.key)),
               .expected = fmt::format("{} elements of {}: {} bytes", storage.count,
                                       to_string(storage.type), byte_count(storage)),
               .found = fmt::format("{} bytes", found_bytes),
               .fix = "fetch the file again: it was cut off or damaged"}};
}

}  // namespace mbench::checkpoint
