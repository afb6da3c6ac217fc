#pragma once
#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "datasets/compose/finding.hpp"
#include "datasets/compose/plan.hpp"
#include "datasets/compose/receipt.hpp"
#include "datasets/compose/sources.hpp"

namespace mbench::datasets::compose {

/// The files that a set was made from, looked up again.
class ReceiptInputs {
 public:
  /// Folders may be gone: then nothing of their kind is found.
  explicit ReceiptInputs(const SourceFolders& folders);

  /// What a row was made of; nothing if one of its files is not there.
  [[nodiscard]] std::optional<PlannedComposite> find(const ReceiptRow& row) const;

  /// "input-missing" and "input-changed" in the order in which rows name the files, as warnings:
  /// the set itself is none the worse for it; and a note "inputs-absent" for each kind whose
  /// folders are not there. Stops looking soon after `interrupted` is set.
  [[nodiscard]] std::vector<Finding> compare(const Receipt& receipt, int threads,
                                             const std::atomic<bool>* interrupted = nullptr) const;

 private:
  struct Kind {
    std::string noun{}, places{};
    std::optional<SourceFiles> files{};
  };
  struct Checked;

  [[nodiscard]] static Kind make_kind(const std::vector<std::filesystem::path>& folders,
                                      std::string noun);
  [[nodiscard]] static std::optional<std::filesystem::path> find(const Kind& kind,
                                                                 const InputFile& file);
  [[nodiscard]] const Kind& kind_of(Extra extra) const;
  static void check(Checked& checked);

  Kind foregrounds_, alphas_, backgrounds_, denoised_foregrounds_, denoised_backgrounds_;
};

}  // namespace mbench::datasets::compose
