#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mbench::baselines {

/// Weights by a closed formula instead of training: they show that a network computes what the
/// published program computes, and that everything around it works. The mattes mean nothing.
struct Recipe {
  struct Override {
    double factor{1.0}, offset{0.0};  ///< value * factor + offset
    friend bool operator==(const Override&, const Override&) = default;
  };

  std::uint64_t seed{1};
  double gain{1.0};                             ///< of tensors with two or more dimensions
  std::map<std::string, Override> overrides{};  ///< by the tensor's name
  friend bool operator==(const Recipe&, const Recipe&) = default;
};

/// Which weights a method shall use. With neither, it looks for the published file by its name.
struct WeightsChoice {
  std::filesystem::path file{};
  std::optional<Recipe> recipe{};
};

/// "recipe:SEED", "recipe:SEED:GAIN" or the name of a file; "" chooses nothing. Throws usage if
/// SEED or GAIN is not a number.
[[nodiscard]] WeightsChoice parse_weights(std::string_view text);

/// "recipe:1", "recipe:1:1.5" or the file's name.
[[nodiscard]] std::string to_string(const WeightsChoice& choice);

/// A file of weights that the authors of a method published.
struct PublishedWeights {
  std::string_view file;  ///< "gfm_r34_tt.pth"
  std::string_view page;  ///< title of the page that links to it
  std::string_view note;  ///< what it was trained on, and what else one must know
};

/// Folders where published files are looked for: those of MBENCH_WEIGHTS_PATH (separated by
/// colons), then mbench/weights in the user's data folder.
[[nodiscard]] std::vector<std::filesystem::path> weights_folders();

/// The file in the first of weights_folders() that has it.
[[nodiscard]] std::optional<std::filesystem::path> find_weights(std::string_view file);

}  // namespace mbench::baselines
