#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "baselines/checkpoint/byte_source.hpp"
#include "baselines/checkpoint/checkpoint.hpp"
#include "baselines/checkpoint/pickle.hpp"

namespace mbench::checkpoint {

/// A container that torch.save wrote, before its weights are read. Uses the source.
struct PickledFile {
  Pickle pickle{};
  /// The bytes of a whole storage. Throws bad_input unless the file has as many as are claimed.
  std::function<std::shared_ptr<const StorageBytes>(const PickledStorage& storage)> load{};
};

[[nodiscard]] PickledFile open_zip_container(const ByteSource& source);
[[nodiscard]] PickledFile open_legacy_container(const ByteSource& source);

/// Tensors and ignored entries of a safetensors file.
[[nodiscard]] Checkpoint read_safetensors(const ByteSource& source);

/// Throws bad_input: a storage's bytes are not as many as the pickle claims.
[[noreturn]] void throw_storage_size(const PickledStorage& storage, std::uint64_t found_bytes);

/// Claimed size of a storage in bytes.
[[nodiscard]] std::uint64_t byte_count(const PickledStorage& storage);

}  // namespace mbench::checkpoint
