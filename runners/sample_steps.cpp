#include "runners/sample_steps.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/stopwatch.hpp"
#include "runners/scoring.hpp"

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

}  // namespace

baselines::MattingInput PreparedSample::input() const {
  return {.sample_id = sample.id,
          .image = sample.image,
          .trimap = sample.trimap ? &*sample.trimap : nullptr,
          .segmentation = segmentation ? &*segmentation : nullptr};
}

PreparedSample prepare(const RunJob& job, const Sample& sample) {
  if (job.needs.trimap && !sample.trimap) {
    throw Error{ErrorKind::bad_input,
                {.what = "the method needs a trimap and this sample has none",
                 .where = sample.id,
                 .fix = "add the trimap, or leave the sample out"}};
  }
  PreparedSample prepared{.sample = sample};
  if (job.needs.segmentation) prepared.segmentation = segmentation_of(sample, job.segmentation);
  return prepared;
}

MethodAnswer ask(const RunJob& job, const baselines::Method& method, const Sample& sample,
                 Depth depth, baselines::ClipMemory* memory) {
  Stopwatch watch;
  const PreparedSample prepared = prepare(job, sample);
  MethodAnswer answer{.prepare_s = watch.lap()};
  baselines::MattingInput input = prepared.input();
  input.memory = memory;
  baselines::Estimate estimate = method.estimate(input);
  answer.infer_s = watch.lap();
  if (estimate.times) {
    answer.prepare_s += estimate.times->prepare_s;
    answer.transfer_s = estimate.times->transfer_s;
    answer.infer_s = estimate.times->infer_s;
    answer.finish_s = estimate.times->finish_s;
  }
  require_image_size("matte", estimate.alpha.size(), sample);
  if (estimate.trimap) require_image_size("trimap", estimate.trimap->size(), sample);
  if (estimate.foreground) require_image_size("foreground", estimate.foreground->size(), sample);
  if (estimate.background) require_image_size("background", estimate.background->size(), sample);
  answer.matte = as_saved(std::move(estimate.alpha), depth);
  answer.trimap = std::move(estimate.trimap);
  answer.foreground = std::move(estimate.foreground);
  answer.background = std::move(estimate.background);
  answer.degenerate = std::move(estimate.degenerate);
  answer.finish_s += watch.lap();
  return answer;
}

results::Scores score(const RunJob& job, const Sample& sample, const MethodAnswer& answer,
                      const std::optional<metrics::SequenceFrame>& frame) {
  metrics::ScoreInput input{.predicted = answer.matte.view(), .frame = frame};
  if (sample.truth) input.truth = sample.truth->view();
  if (sample.trimap) input.trimap = sample.trimap->view();
  if (answer.trimap) input.predicted_trimap = answer.trimap->view();
  try {
    return score(sample.truth ? job.protocols : trimap_protocols(job), input);
  } catch (const Error& error) {
    throw error.at(sample.id);
  }
}

}  // namespace mbench::runners
