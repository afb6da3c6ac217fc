#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "baselines/weights.hpp"
#include "core/device.hpp"
#include "core/image.hpp"
#include "core/matte.hpp"
#include "core/options.hpp"
#include "core/trimap.hpp"

namespace mbench::baselines {

/// What a method that looks at a clip frame by frame remembers of the frames before.
class ClipMemory {
 public:
  virtual ~ClipMemory() = default;
};

/// What a method is given. It never sees the truth.
struct MattingInput {
  std::string_view sample_id;  ///< for methods that look up something stored under that name
  const Image& image;
  /// Given whenever the sample has one, so always to a method that needs it; size of the image.
  const Trimap* trimap{nullptr};
  /// A rough mask of the foreground, 0 to 255; given to a method that needs it.
  const Plane<std::uint8_t>* segmentation{nullptr};
  /// The clip's, from begin_clip() of the same method, which brings it up to date: frames come in
  /// order, one at a time. Null for a still, and for methods that remember nothing.
  ClipMemory* memory{nullptr};
};

/// Where the time of one estimate went, in seconds.
struct EstimateTimes {
  double prepare_s{};   ///< from the image to the network's input
  double transfer_s{};  ///< to and from a device with memory of its own; 0 on the CPU
  double infer_s{};     ///< in the network
  double finish_s{};    ///< from the network's output to the matte
};

/// What a method answers.
struct Estimate {
  Matte alpha{};
  /// Not empty if the input leaves the answer undetermined (a trimap without foreground, say) and
  /// `alpha` holds the documented stand-in: the reason. Such samples are counted and flagged.
  std::string degenerate{};
  std::optional<Trimap> trimap{};  ///< what a method that finds trimaps found
  /// The colours in [0, 1] that alpha mixes, of a method that finds them and was asked for them.
  std::optional<Plane<Rgb<float>>> foreground{}, background{};
  std::optional<EstimateTimes> times{};  ///< of a method that works in these steps
};

/// What a record says about a method beyond its name and options.
struct MethodFacts {
  std::string title{};    ///< where the user brings the method; "": that of its entry
  std::string weights{};  ///< file, or "recipe:SEED"; "" without weights
  std::string weights_sha256{};
  std::string weights_reading{};  ///< what was found in the files, for people; a line for each
  bool untrained{};               ///< weights by formula: the mattes mean nothing
  std::optional<std::int64_t> parameters{};
  std::optional<std::int64_t> macs{};  ///< multiply-accumulates for an input of `macs_size`
  Size macs_size{};
  std::string precision{"fp64"};  ///< classical and trivial methods
};

/// The samples that a run is about to ask for.
struct PendingSamples {
  std::span<const std::string> ids;
  /// Calls `use` with what estimate() will be given for the sample of that index. Throws what is
  /// wrong with the sample: its own row will say so.
  std::function<void(std::size_t index, const std::function<void(const MattingInput&)>& use)> visit;
  const std::atomic<bool>* interrupted{};  ///< once true, nobody waits for the answers; or null
};

/// A way of computing alpha from an image. estimate() may be called from several threads at once,
/// for frames of one clip from one.
class Method {
 public:
  virtual ~Method() = default;
  /// Alpha has the size of the image. Throws Error of kind method if it cannot be computed.
  [[nodiscard]] virtual Estimate estimate(const MattingInput& input) const = 0;
  /// An empty memory for a clip; null if each image is estimated for itself. A frame
  /// that fails may leave it changed or not, but always in the same way.
  [[nodiscard]] virtual std::unique_ptr<ClipMemory> begin_clip() const { return nullptr; }
  /// Digest of what decides the answers besides the options: weights, stored mattes of these
  /// samples. Part of a run's identity, so that an interrupted run is not resumed with other files.
  [[nodiscard]] virtual std::string content_sha256(std::span<const std::string> sample_ids) const {
    (void)sample_ids;
    return {};
  }
  [[nodiscard]] virtual MethodFacts facts() const { return {}; }
  /// A method that is to be asked about these samples in place of this one, because it has worked
  /// on all of them at once; null, as for most, if there is none. A sample that it could not do
  /// fails when it is asked about, not here.
  [[nodiscard]] virtual std::unique_ptr<Method> answer_all(const PendingSamples& samples) const {
    (void)samples;
    return nullptr;
  }
};

/// What a method needs; checked before a run starts.
struct Needs {
  bool trimap{};
  bool segmentation{};
  bool weights{};
};

/// What a user chooses for a method.
struct MethodSettings {
  Options options{};
  WeightsChoice weights{};
  Device device{};
  Precision precision{Precision::fp32};
};

struct MethodEntry {
  std::string_view id, title, cite;
  std::string_view summary;  ///< one sentence
  Needs needs;
  std::span<const OptionSpec> options;
  std::unique_ptr<Method> (*make)(const MethodSettings& settings);
  bool gives_trimap{};  ///< Estimate::trimap is set
  bool deep{};          ///< a network: has weights, a device and a precision
  std::span<const PublishedWeights> published{};
  /// What the paper leaves open and how it is settled here, one sentence each.
  std::span<const std::string_view> open_choices{};
  /// Of a method whose options decide what it needs; null otherwise.
  Needs (*needs_of)(const Options& options){};
};

/// What the method needs with these options. Throws usage if it wraps an unknown method.
[[nodiscard]] Needs needs_of(const MethodEntry& entry, const Options& options);

/// Makes the method. Throws usage if the settings ask a method that is no network for weights, a
/// device or a precision; unavailable if this build or machine cannot run it.
[[nodiscard]] std::unique_ptr<Method> make_method(const MethodEntry& entry,
                                                  const MethodSettings& settings);

/// All methods, in the order in which they are listed.
[[nodiscard]] std::span<const MethodEntry* const> all_methods();
/// Throws usage for an unknown id, with the nearest one; see also refuse_published_only().
[[nodiscard]] const MethodEntry& find_method(std::string_view id);

}  // namespace mbench::baselines
