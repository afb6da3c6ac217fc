#pragma once
#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "datasets/compose/explain_pixels.hpp"
#include "datasets/compose/finding.hpp"
#include "datasets/compose/material.hpp"
#include "datasets/compose/plan.hpp"
#include "datasets/compose/receipt.hpp"
#include "datasets/trimaps/rule.hpp"

namespace mbench::datasets::compose {

/// What a set is compared with.
struct VerifySettings {
  /// Rules that may have made its composites, that of the receipt (or the one asked for) first.
  std::vector<Candidate> candidates{};
  ForegroundEstimate estimate{};                ///< where foregrounds were estimated anew
  std::optional<trimaps::ChosenRule> trimap{};  ///< of the receipt
  std::uint64_t seed{};
  /// Can this build make composites again as the receipt says: has it rule and estimator of the
  /// versions that the receipt names?
  bool remakes{true};
  /// The same of trimaps and their rule; the rest is made again without it.
  bool remakes_trimaps{true};
  int threads{};  ///< 0: all cores
  const std::atomic<bool>* interrupted{};
  std::function<void(std::size_t done, std::size_t total)> progress{};
};

/// The whole account.
struct Verification {
  std::size_t composites{}, files{};  ///< that there should be
  /// Composites by the rule that makes them, the first candidate first. All of them were made
  /// again.
  std::vector<std::pair<std::string, std::size_t>> made_by{};
  /// Rules, with default options, that make the same pixels of the composites that were tried.
  std::map<std::string, std::vector<std::string>> same_pixels{};
  /// Composites with the pixels of the receipt, which cannot be made again: their inputs are not
  /// there, or have changed.
  std::size_t recorded{};
  std::string recorded_rule{};  ///< of the receipt, by which they are said to be made
  std::size_t unexplained{};    ///< composites that no candidate makes
  std::size_t absent{};         ///< composites that are missing or unreadable
  std::vector<Finding> findings{};
  bool interrupted{};
};

/// Compares a set with its receipt, and makes every composite again whose inputs are there, with
/// its matte, trimap, foreground and background.
/// Findings: "missing", "unreadable", "changed" in the order of the receipt; "extra" for images
/// that it does not name; "receipt" if its rules, options and seed make other pixels than it has,
/// or its pairs are not those of its rows, and as a note "unfinished" if it has not all pairs; then
/// of the inputs, where their folders are there, "input-missing" and "input-changed" (else one
/// note). A composite with other pixels than expected is made again by every candidate.
[[nodiscard]] Verification verify_receipt(const std::filesystem::path& folder,
                                          const Receipt& receipt, const VerifySettings& settings);

/// Compares images that came without a receipt, in `folder` or its sub-folder merged/, with what
/// the candidates make of the plan: "missing", "unreadable", "changed", "extra".
[[nodiscard]] Verification verify_plan(const std::filesystem::path& folder, const Plan& plan,
                                       const VerifySettings& settings);

}  // namespace mbench::datasets::compose
