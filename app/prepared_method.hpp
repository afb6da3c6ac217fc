#pragma once
#include <memory>
#include <string>
#include <vector>

#include "baselines/method.hpp"
#include "core/options.hpp"
#include "results/record.hpp"

namespace mbench::app {

/// What a command chooses for all of its methods.
struct MethodChoices {
  std::string weights{};          ///< file, "recipe:SEED" or ""
  std::string device{"cpu"};      ///< for networks
  std::string precision{"fp32"};  ///< for networks
  std::string segmentation{};     ///< for methods that start from one
};

/// A method that the user named, checked and not yet made.
struct NamedMethod {
  const baselines::MethodEntry* entry{};
  Options options{};
  baselines::Needs needs{};
  const baselines::MethodEntry*
      asked{};           ///< the one that computes: what a wrapper wraps, or `entry`
  bool uses_libtorch{};  ///< it computes by LibTorch
  /// A network, or a method that asks another which has weights.
  [[nodiscard]] bool is_network() const {
    return entry->deep || (entry->needs_of != nullptr && needs.weights);
  }
};

/// A method with its options, made once and run on every data set.
struct PreparedMethod {
  const baselines::MethodEntry* entry{};
  baselines::Needs needs{};
  std::unique_ptr<baselines::Method> method{};
  results::MethodInfo info{};
  std::string folder{};  ///< name of its folder below OUT/DATASET/
};

/// Looks up the methods that `texts` name, each as NAME:key=value, and makes none. Throws usage for
/// an unknown name or option, and as prepare_methods() does for choices.
[[nodiscard]] std::vector<NamedMethod> find_methods(const std::vector<std::string>& texts,
                                                    const MethodChoices& choices);

/// Makes one of these.
[[nodiscard]] PreparedMethod prepare_method(const NamedMethod& named, const MethodChoices& choices);

/// Makes the methods that `texts` name, each as NAME:key=value. Weights, device and precision go to
/// those that are networks; the others compute as ever. Throws usage if a choice suits none of the
/// methods, or one file of weights is to serve several; unavailable for what this build or machine
/// cannot run.
[[nodiscard]] std::vector<PreparedMethod> prepare_methods(const std::vector<std::string>& texts,
                                                          const MethodChoices& choices);

}  // namespace mbench::app
