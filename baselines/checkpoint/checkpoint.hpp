#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "baselines/checkpoint/stored_tensor.hpp"

namespace mbench::checkpoint {

/// The weights of a published file.
struct Checkpoint {
  std::vector<StoredTensor> tensors{};  ///< in the order of the file; each name once
  std::string container{};              ///< "zip", "legacy" or "safetensors"
  std::string sha256{};                 ///< of the file's bytes
  std::uint64_t file_bytes{0};
  /// Where in the file's dicts the tensors were: "state_dict"; "" for a bare state dict.
  std::string entry{};
  std::string stripped_prefix{};  ///< "module." where all names began with it
  /// What else was in the file, for people: "epoch (integer 7)", "optimizer (dict of 2)".
  std::vector<std::string> ignored{};
};

/// For people: "zip container, 310 tensors in 'state_dict' without their prefix 'module.'; passed
/// over: epoch (integer 7)".
[[nodiscard]] std::string describe(const Checkpoint& checkpoint);

/// Reads a weight file as PyTorch writes them (torch.save: the zip container of 1.6 and later, the
/// stream of earlier versions) or a safetensors file. Weights may lie in a nested dict
/// (`state_dict`, `model`, `params`, ...); a prefix `module.` that all names share is removed.
/// Nothing in the file is executed, and classes that are not in known_globals.cpp are refused by
/// name. Memory is bounded by the size of the file, whatever it claims.
/// Throws bad_input, naming the file, for everything else.
[[nodiscard]] Checkpoint read_checkpoint(const std::filesystem::path& file);

/// The same of the bytes of a file.
[[nodiscard]] Checkpoint parse_checkpoint(std::span<const std::byte> bytes);

}  // namespace mbench::checkpoint
