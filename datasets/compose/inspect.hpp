#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "datasets/compose/explain_pixels.hpp"
#include "datasets/compose/finding.hpp"
#include "datasets/compose/material.hpp"
#include "datasets/compose/plan.hpp"
#include "datasets/compose/receipt.hpp"
#include "datasets/compose/set_files.hpp"
#include "datasets/compose/verify.hpp"

namespace mbench::datasets::compose {

/// One file of a set, as it should be and as it is.
struct CheckedFile {
  std::string path{};
  const ReceiptRow* composite{};  ///< of which it is the image
  std::optional<PlannedComposite> made_of{};
  std::string expected{};  ///< digest; "" if no receipt names one
  std::optional<Finding> finding{};
  std::string made_by{};     ///< composites: spelling of the rule
  bool recorded{};           ///< composites: as the receipt has it, but not made again
  bool contradicts{};        ///< composites: as the receipt has it, but not as its rule makes it
  std::string other_file{};  ///< composites: first file that the receipt has otherwise than made
};

/// A finding of the file; `parts.where` is made its path.
[[nodiscard]] Finding file_finding(std::string code, const std::filesystem::path& root,
                                   const CheckedFile& file, ErrorParts parts);

/// Looks at the files of a set, many at a time.
class Inspector {
 public:
  /// `kept`: what the set has besides composites and mattes. `settings` must outlive it.
  Inspector(std::filesystem::path root, const VerifySettings& settings, KeptFiles kept);

  /// Fills in what is found.
  void inspect(std::vector<CheckedFile>& files);
  [[nodiscard]] bool is_interrupted() const;

  /// Candidates that make all of some composites which rule `made_by` makes, too.
  [[nodiscard]] std::vector<std::string> rules_like(const std::string& made_by,
                                                    const std::vector<CheckedFile>& files);

 private:
  /// What a composite is made of.
  struct Inputs {
    std::shared_ptr<const Material> material{};
    OwnPictures own{};
  };

  void inspect(CheckedFile& file);
  void confirm(CheckedFile& file, PixelView<Rgb<std::uint8_t>> image);
  [[nodiscard]] std::string other_file_of(const CheckedFile& file, const Inputs& inputs,
                                          const Composite& composite) const;
  [[nodiscard]] std::optional<Inputs> inputs_of(const CheckedFile& file);
  [[nodiscard]] Explanation explain(const CheckedFile& file, PixelView<Rgb<std::uint8_t>> image,
                                    std::span<const Candidate> candidates, const Inputs& inputs);
  [[nodiscard]] Explanation explain(const CheckedFile& file, PixelView<Rgb<std::uint8_t>> image,
                                    std::span<const Candidate> candidates);

  std::filesystem::path root_;
  const VerifySettings& settings_;
  KeptFiles kept_;
  MaterialCache materials_;
};

}  // namespace mbench::datasets::compose
