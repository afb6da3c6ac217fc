#include "runners/sample_runner.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/core.h>

#include "core/sha256.hpp"
#include "imaging/io.hpp"
#include "runners/scoring.hpp"
#include "runners/stopwatch.hpp"

namespace mbench::runners {
namespace {

/// The matte as it is saved and scored: floats rounded to the depth asked for, integers as they
/// are.
Matte as_saved(Matte alpha, Depth depth) {
  if (alpha.depth() != Depth::f32) return alpha;
  return depth == Depth::u8 ? Matte{to_u8(alpha)} : Matte{to_u16(alpha)};
}

/// Those of the protocols that score trimaps, which do without a truth.
std::vector<const metrics::Protocol*> trimap_protocols(const RunJob& job) {
  std::vector<const metrics::Protocol*> protocols;
  std::ranges::copy_if(job.protocols, std::back_inserter(protocols),
                       [](const metrics::Protocol* protocol) {
                         return protocol->needs == metrics::ProtocolNeeds::trimap_pair;
                       });
  return protocols;
}

/// What a method answers has the size of the image.
void require_image_size(std::string_view answer, Size found, const Sample& sample) {
  if (found == sample.image.size()) return;
  throw Error{ErrorKind::method,
              {.what = fmt::format("the {}'s size is not that of the image", answer),
               .where = sample.id,
               .expected = to_string(sample.image.size()),
               .found = to_string(found),
               .fix = fmt::format("mbench never resizes a {}: mend the method", answer)}};
}

void leave(ClipState& clip, Sample sample, Matte predicted) {
  clip.truth = std::move(sample.truth);
  clip.predicted = std::move(predicted);
}

}  // namespace

SampleRunner::SampleRunner(const RunJob& job, const RunSettings& settings)
    : job_{job}, settings_{settings}, trimap_protocols_{trimap_protocols(job)} {}

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

  const auto segmentation = prepare(sample);
  double prepare_s = watch.lap();
  baselines::Estimate estimate = ask(sample, segmentation, clip);
  double infer_s = watch.lap();
  double finish_s = 0.0;
  if (estimate.times) {  // waiting for a GPU that other samples use is in none of them
    prepare_s += estimate.times->prepare_s;
    infer_s = estimate.times->infer_s;
    finish_s = estimate.times->finish_s;
  }
  row.times_s.emplace_back("prepare", prepare_s);
  row.times_s.emplace_back("infer", infer_s);

  if (estimate.trimap) require_image_size("trimap", estimate.trimap->size(), sample);
  Matte matte = as_saved(std::move(estimate.alpha), settings_.matte_depth);
  row.degenerate = std::move(estimate.degenerate);
  if (settings_.keep_mattes) {
    save(files.id, matte, row);
    if (estimate.trimap) save(files.id, *estimate.trimap, row);
  }
  row.times_s.emplace_back("finish", finish_s + watch.lap());

  metrics::ScoreInput score_input{.predicted = matte.view(), .frame = frame};
  if (sample.truth) score_input.truth = sample.truth->view();
  if (sample.trimap) score_input.trimap = sample.trimap->view();
  if (estimate.trimap) score_input.predicted_trimap = estimate.trimap->view();
  try {
    row.scores = score(sample.truth ? job_.protocols : trimap_protocols_, score_input);
  } catch (const Error& error) {
    throw error.at(files.id);
  }
  row.times_s.emplace_back("score", watch.lap());
  if (clip != nullptr) leave(*clip, std::move(sample), std::move(matte));
}

void SampleRunner::replay(const SampleFiles& files, ClipState& clip) const {
  Sample sample = datasets::load_sample(job_.dataset, files);
  baselines::Estimate estimate = ask(sample, prepare(sample), &clip);
  clip.is_first = false;
  leave(clip, std::move(sample), as_saved(std::move(estimate.alpha), settings_.matte_depth));
}

SampleRunner::Segmentation SampleRunner::prepare(const Sample& sample) const {
  if (job_.needs.trimap && !sample.trimap) {
    throw Error{ErrorKind::bad_input,
                {.what = "the method needs a trimap and this sample has none",
                 .where = sample.id,
                 .fix = "add the trimap, or leave the sample out"}};
  }
  if (!job_.needs.segmentation) return std::nullopt;
  return segmentation_of(sample, job_.segmentation);
}

baselines::Estimate SampleRunner::ask(const Sample& sample, const Segmentation& segmentation,
                                      const ClipState* clip) const {
  baselines::Estimate estimate =
      job_.method.estimate({.sample_id = sample.id,
                            .image = sample.image,
                            .trimap = sample.trimap ? &*sample.trimap : nullptr,
                            .segmentation = segmentation ? &*segmentation : nullptr,
                            .memory = clip == nullptr ? nullptr : clip->memory.get()});
  require_image_size("matte", estimate.alpha.size(), sample);
  return estimate;
}

void SampleRunner::save(const std::string& id, const Matte& matte,
                        results::SampleResult& row) const {
  const std::filesystem::path file = matte_file(settings_.folder, id);
  imaging::write_matte(file, matte, matte.depth());
  row.sha256.emplace_back("pred", sha256_file(file));
}

void SampleRunner::save(const std::string& id, const Trimap& trimap,
                        results::SampleResult& row) const {
  const std::filesystem::path file = trimap_file(settings_.folder, id);
  imaging::write_trimap(file, trimap);
  row.sha256.emplace_back("pred_trimap", sha256_file(file));
}

}  // namespace mbench::runners
