#include "runners/sample_runner.hpp"

#include <utility>

#include "core/sha256.hpp"
#include "core/stopwatch.hpp"
#include "imaging/eight_bit.hpp"
#include "imaging/io.hpp"

namespace mbench::runners {
namespace {

void leave(ClipState& clip, Sample sample, Matte predicted) {
  clip.truth = std::move(sample.truth);
  clip.predicted = std::move(predicted);
}

}  // namespace

SampleRunner::SampleRunner(const RunJob& job, const RunSettings& settings,
                           const baselines::Method& method)
    : job_{job}, settings_{settings}, method_{method} {}

void SampleRunner::run(const SampleFiles& files, ClipState* clip,
                       results::SampleResult& row) const {
  std::optional<metrics::SequenceFrame> frame;
  std::optional<Matte> previous_truth, previous_predicted;
  if (clip != nullptr) {
    frame.emplace().is_first = std::exchange(clip->is_first, false);
    previous_truth = std::exchange(clip->truth, std::nullopt);
    previous_predicted = std::exchange(clip->predicted, std::nullopt);
    if (previous_truth) frame->previous_truth = previous_truth->view();
    if (previous_predicted) frame->previous_predicted = previous_predicted->view();
  }
  Stopwatch watch;
  Sample sample = datasets::load_sample(job_.dataset, files);
  row.size = sample.image.size();
  if (!files.truth.empty()) row.sha256.emplace_back("truth", sha256_file(files.truth));
  row.times_s.emplace_back("decode", watch.lap());

  MethodAnswer answer = ask(job_, method_, sample, settings_.matte_depth,
                            clip == nullptr ? nullptr : clip->memory.get());
  row.times_s.emplace_back("prepare", answer.prepare_s);
  row.times_s.emplace_back("infer", answer.transfer_s + answer.infer_s);
  row.degenerate = std::move(answer.degenerate);
  (void)watch.lap();  // ask() timed itself
  if (settings_.keep_mattes) save(files.id, answer, row);
  row.times_s.emplace_back("finish", answer.finish_s + watch.lap());

  row.scores = score(job_, sample, answer, frame);
  row.times_s.emplace_back("score", watch.lap());
  if (clip != nullptr) leave(*clip, std::move(sample), std::move(answer.matte));
}

void SampleRunner::replay(const SampleFiles& files, ClipState& clip) const {
  Sample sample = datasets::load_sample(job_.dataset, files);
  MethodAnswer answer = ask(job_, method_, sample, settings_.matte_depth, clip.memory.get());
  clip.is_first = false;
  leave(clip, std::move(sample), std::move(answer.matte));
}

void SampleRunner::save(const std::string& id, const MethodAnswer& answer,
                        results::SampleResult& row) const {
  const auto save_as = [&](Answer kind, const auto& write) {
    const std::filesystem::path file = answer_file(settings_.folder, kind, id);
    write(file);
    row.sha256.emplace_back(digest_name(kind), sha256_file(file));
  };
  save_as(Answer::matte, [&](const auto& file) {
    imaging::write_matte(file, answer.matte, answer.matte.depth());
  });
  if (answer.trimap) {
    save_as(Answer::trimap, [&](const auto& file) { imaging::write_trimap(file, *answer.trimap); });
  }
  const auto save_colours = [&](Answer kind, const auto& colours) {
    if (!colours) return;
    const Image image{imaging::eight_bit(Image{*colours})};
    save_as(kind, [&](const auto& file) { imaging::write_image(file, image); });
  };
  save_colours(Answer::foreground, answer.foreground);
  save_colours(Answer::background, answer.background);
}

}  // namespace mbench::runners
