#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "baselines/deep/network.hpp"
#include "selftest/references.hpp"

namespace mbench::selftest {

// The form `models`: one folder per network with meta.json, keys.json, inputs and outputs as .npy.
// Weights are not stored: meta.json names the recipe.

/// What meta.json says of one output.
struct OutputFacts {
  double noise{};  ///< how far the original program's runs on 1 and 2 threads lie apart
};

struct ModelFolder {
  std::string folder{};  ///< within the references; "" for the references themselves
  std::string model{};
  baselines::Recipe recipe{};
  std::vector<baselines::TensorFacts> tensors{};  ///< keys.json; empty if there is none
  std::optional<std::int64_t> parameters{};
  std::optional<std::int64_t> macs{};  ///< of one forward pass on an image of `macs_size`
  Size macs_size{};
  bool macs_are_fitted{};  ///< of a formula that was fitted and rounded, not a count
  std::map<std::string, OutputFacts, std::less<>> outputs{};
  std::vector<baselines::Stage> stages{};
  /// What the original program reported pass by pass: "br_trace_..." of meta.json, [passes, n].
  baselines::Arrays traces{};
  std::vector<std::string> arrays{};     ///< names of the .npy files, without extension
  std::vector<std::string> pipelines{};  ///< names of the folders pipeline_*
};

/// The folders of all networks; meta.json of a network that is not known is read as well.
[[nodiscard]] std::vector<ModelFolder> read_model_folders(const References& references);

/// FOLDER/NAME.npy. Throws bad_input, naming the file, if it is missing or damaged.
[[nodiscard]] baselines::Array read_array(const References& references, const ModelFolder& model,
                                          std::string_view name);

/// Whether there is a meta.json of a network, in the references themselves or one folder below.
[[nodiscard]] bool has_model_folders(const References& references);

}  // namespace mbench::selftest
