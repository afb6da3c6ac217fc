#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runners/runner.hpp"

namespace mbench::runners {

/// What a clip remembers from frame to frame.
struct ClipState {
  std::unique_ptr<baselines::ClipMemory> memory{};  ///< null for methods that remember nothing
  bool is_first{true};
  /// Of the frame before, as scored; empty if that frame failed.
  std::optional<Matte> truth{}, predicted{};
};

/// Decodes one sample, runs the method on it, saves and scores its answers. Used from several
/// threads; a clip from one.
class SampleRunner {
 public:
  SampleRunner(const RunJob& job, const RunSettings& settings);

  /// `clip` is null for a still. Throws what the failed row should say.
  void run(const SampleFiles& files, ClipState* clip, results::SampleResult& row) const;

  /// Brings a clip to where it was after a frame that an earlier run finished.
  void replay(const SampleFiles& files, ClipState& clip) const;

 private:
  using Segmentation = std::optional<Plane<std::uint8_t>>;

  /// What the method needs besides the files.
  [[nodiscard]] Segmentation prepare(const Sample& sample) const;
  [[nodiscard]] baselines::Estimate ask(const Sample& sample, const Segmentation& segmentation,
                                        const ClipState* clip) const;
  void save(const std::string& id, const Matte& matte, results::SampleResult& row) const;
  void save(const std::string& id, const Trimap& trimap, results::SampleResult& row) const;

  const RunJob& job_;
  const RunSettings& settings_;
  std::vector<const metrics::Protocol*> trimap_protocols_;
};

}  // namespace mbench::runners
