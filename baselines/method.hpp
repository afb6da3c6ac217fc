#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/image.hpp"
#include "core/matte.hpp"
#include "core/options.hpp"
#include "core/trimap.hpp"

namespace mbench::baselines {

/// What a method is given. It never sees the truth.
struct MattingInput {
  std::string_view sample_id;  ///< for methods that look up something stored under that name
  const Image& image;
  /// Given whenever the sample has one, so always to a method that needs it; size of the image.
  const Trimap* trimap{nullptr};
};

/// What a method answers.
struct Estimate {
  Matte alpha{};
  /// Not empty if the input leaves the answer undetermined (a trimap without foreground, say) and
  /// `alpha` holds the documented stand-in: the reason. Such samples are counted and flagged.
  std::string degenerate{};
};

/// A way of computing alpha from an image. estimate() may be called from several threads at once.
class Method {
 public:
  virtual ~Method() = default;
  /// Alpha has the size of the image. Throws Error of kind method if it cannot be computed.
  [[nodiscard]] virtual Estimate estimate(const MattingInput& input) const = 0;
  /// Digest of what decides the answers besides the options: weights, stored mattes of these
  /// samples. Part of a run's identity, so that an interrupted run is not resumed with other files.
  [[nodiscard]] virtual std::string content_sha256(std::span<const std::string> sample_ids) const {
    (void)sample_ids;
    return {};
  }
};

/// What a method needs; checked before a run starts.
struct Needs {
  bool trimap{};
  bool weights{};
};

struct MethodEntry {
  std::string_view id, title, cite;
  std::string_view summary;  ///< one sentence
  Needs needs;
  std::span<const OptionSpec> options;
  std::unique_ptr<Method> (*make)(const Options& options);
};

/// All methods, in the order in which they are listed.
[[nodiscard]] std::span<const MethodEntry* const> all_methods();
/// Throws usage for an unknown id, with the nearest one.
[[nodiscard]] const MethodEntry& find_method(std::string_view id);

}  // namespace mbench::baselines
