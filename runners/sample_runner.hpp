#pragma once
#include <memory>
#include <optional>
#include <string>

#include "runners/runner.hpp"
#include "runners/sample_steps.hpp"

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
  /// `method`: the job's, or the one that has its answers ready.
  SampleRunner(const RunJob& job, const RunSettings& settings, const baselines::Method& method);

  /// `clip` is null for a still. Throws what the failed row should say.
  void run(const SampleFiles& files, ClipState* clip, results::SampleResult& row) const;

  /// Brings a clip to where it was after a frame that an earlier run finished.
  void replay(const SampleFiles& files, ClipState& clip) const;

 private:
  void save(const std::string& id, const MethodAnswer& answer, results::SampleResult& row) const;

  const RunJob& job_;
  const RunSettings& settings_;
  const baselines::Method& method_;
};

}  // namespace mbench::runners
