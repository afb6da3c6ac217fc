#pragma once
#include <optional>
#include <string>

#include "core/sample.hpp"
#include "core/trimap.hpp"
#include "results/record.hpp"
#include "runners/runner.hpp"

// The way of one sample through a method, step by step, for whoever runs or times it.

namespace mbench::runners {

/// What a method is given of a decoded sample, which must outlive it.
struct PreparedSample {
  const Sample& sample;
  std::optional<Plane<std::uint8_t>> segmentation{};

  [[nodiscard]] baselines::MattingInput input() const;
};

/// Throws bad_input if the sample lacks what the method needs.
[[nodiscard]] PreparedSample prepare(const RunJob& job, const Sample& sample);

/// What a method answered, as it is saved and scored, and where its time went in wall-clock
/// seconds. Waiting for a device that other samples use is in no step.
struct MethodAnswer {
  Matte matte{};
  std::optional<Trimap> trimap{};
  std::optional<Plane<Rgb<float>>> foreground{}, background{};
  std::string degenerate{};
  double prepare_s{};   ///< from the decoded sample to the network's input
  double transfer_s{};  ///< to and from a device with memory of its own
  double infer_s{};     ///< in the network; in all of a method that does not work in these steps
  double finish_s{};    ///< to the matte, rounded to its depth
};

/// Asks a method about a decoded sample. A float matte is rounded to `depth`. Throws bad_input if
/// the sample lacks what the method needs, method if the answer's size is wrong, and what the
/// method throws. `method`: the job's, or the one that has its answers ready;
/// `memory`: of the sample's clip.
[[nodiscard]] MethodAnswer ask(const RunJob& job, const baselines::Method& method,
                               const Sample& sample, Depth depth,
                               baselines::ClipMemory* memory = nullptr);

/// Scores the answer under the job's protocols, as `frame` of a clip where it is one; without a
/// truth under those that score trimaps.
[[nodiscard]] results::Scores score(const RunJob& job, const Sample& sample,
                                    const MethodAnswer& answer,
                                    const std::optional<metrics::SequenceFrame>& frame = {});

}  // namespace mbench::runners
