#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/fingerprints.hpp"

namespace mbench::datasets {

/// Distances up to this one are taken for the same picture; docs/datasets.md has what was measured.
inline constexpr int kSamePicture = 10;

/// How two pictures agree.
enum class Agreement {
  bytes,       ///< the files are equal
  foreground,  ///< their foregrounds look the same
  whole,       ///< the pictures look the same
};

/// "bytes", "foreground" or "whole".
[[nodiscard]] std::string_view to_string(Agreement agreement);

/// A picture of the test set that the training set has, too.
struct Overlap {
  std::string test{}, train{};  ///< ids
  Agreement agreement{};
  int distance{};   ///< in bits of their hashes
  bool mirrored{};  ///< one is the other's mirror image
  friend bool operator==(const Overlap&, const Overlap&) = default;
};

/// Every pair of pictures of two sets that are equal in bytes, or whose hashes (of the foregrounds
/// where both have one, and of the whole pictures where both have one) differ in at most
/// `most_distant` bits, also if one is mirrored; each pair once, with its closest agreement, in the
/// order of the test set, and then by distance.
[[nodiscard]] std::vector<Overlap> find_overlap(std::span<const Fingerprint> test,
                                                std::span<const Fingerprint> train,
                                                int most_distant = kSamePicture);

}  // namespace mbench::datasets
