#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// What is known of one picture after it was read once, and enough to find it in another set.
struct Fingerprint {
  std::string id{};
  std::string sha256{};                       ///< of the picture's file
  std::optional<std::uint64_t> foreground{};  ///< perceptual_hash() with its matte
  std::optional<std::uint64_t> whole{};       ///< of the picture; not of composites
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

struct Fingerprints {
  std::string name{};  ///< of the set, as the user named it
  std::vector<Fingerprint> pictures{};
  std::vector<Problem> problems{};  ///< pictures that could not be read, and are left out
};

/// The fingerprints of what the user named, read on `threads` threads (0 = all cores), which do not
/// change the result:
///     a stored list        a file that to_csv() wrote
///     a data set           by name or folder: of composites one for each foreground
///     fg/ and alpha/       in a folder or one level below: Adobe's training set, Distinctions-646
///     a folder of images
/// Throws as open_dataset() does if it is none of these.
[[nodiscard]] Fingerprints fingerprints_of(const std::string& name, int threads);

/// A line `id,sha256,foreground,whole`, then one line for each picture, hashes as 16 hexadecimal
/// digits: what can be given to others in place of the pictures.
[[nodiscard]] std::string to_csv(const std::vector<Fingerprint>& pictures);

/// Reads the text of to_csv(). Throws bad_input naming the row.
[[nodiscard]] std::vector<Fingerprint> parse_fingerprints(std::string_view csv);

}  // namespace mbench::datasets
