#include "selftest/sequence_rows.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "core/error.hpp"
#include "metrics/protocol.hpp"
#include "selftest/bounds.hpp"

namespace mbench::selftest {
namespace {

using FrameScores = std::vector<std::pair<std::string, Score>>;

struct Frame {
  std::string name;
  Matte predicted;
  Matte truth;
};

/// What can be said of a frame, given the one before it (null for the first).
FrameScores score_frame(const metrics::Protocol& protocol, const Frame& frame,
                        const Frame* previous) {
  metrics::SequenceFrame place{.is_first = previous == nullptr};
  if (previous != nullptr) {
    place.previous_predicted = previous->predicted.view();
    place.previous_truth = previous->truth.view();
  }
  FrameScores scores;
  for (auto& [id, score] : metrics::evaluate(
           protocol,
           {.predicted = frame.predicted.view(), .truth = frame.truth.view(), .frame = place})) {
    scores.emplace_back(id, std::move(score));
  }
  return scores;
}

std::vector<Frame> read_frames(const References& references, const GoldenClip& clip) {
  std::vector<std::string> files = references.files_in("sequence/alpha");
  // A viewer's thumbnails or a note beside the frames are no frames.
  std::erase_if(files, [](const std::string& file) { return !file.ends_with(".png"); });
  if (files.size() != clip.frames.size()) {
    throw Error{ErrorKind::bad_input,
                {.what = "golden.json and the folder differ in the number of frames",
                 .where = references.place("sequence/alpha"),
                 .expected = fmt::format("{} frames (golden.json)", clip.frames.size()),
                 .found = fmt::format("{} PNG files", files.size()),
                 .fix = "copy the folder of references again"}};
  }
  std::vector<Frame> frames;
  for (const std::string& file : files) {
    const std::string name = file.substr(0, file.rfind('.'));
    frames.push_back({.name = name,
                      .predicted = read_golden_matte(references, "sequence/pred", name),
                      .truth = read_golden_matte(references, "sequence/alpha", name)});
  }
  return frames;
}

const Score* find_score(const FrameScores& scores, std::string_view id) {
  const auto found = std::ranges::find(scores, id, &FrameScores::value_type::first);
  return found == scores.end() ? nullptr : &found->second;
}

const ReferenceValue* find_value(const MetricValues& values, std::string_view id) {
  const auto found = std::ranges::find(values, id, &MetricValues::value_type::first);
  return found == values.end() ? nullptr : &found->second;
}

/// All metrics that any frame has a value of, in the order of the file.
std::vector<std::string> metric_ids(const GoldenClip& clip) {
  std::vector<std::string> ids;
  for (const MetricValues& frame : clip.frames) {
    for (const auto& [id, value] : frame) {
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
  }
  return ids;
}

}  // namespace

std::vector<Row> sequence_rows(const References& references, const GoldenClip& clip) {
  const std::string group = fmt::format("{} (clip)", clip.protocol);
  const auto protocols = metrics::all_protocols();
  const auto protocol = std::ranges::find(protocols, clip.protocol, &metrics::Protocol::id);
  if (protocol == protocols.end()) return {{.group = group, .verdict = Verdict::not_known}};

  const std::vector<Frame> frames = read_frames(references, clip);
  std::vector<FrameScores> scores;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    try {
      scores.push_back(score_frame(**protocol, frames[i], i == 0 ? nullptr : &frames[i - 1]));
    } catch (const Error& error) {
      throw error.at(references.place(fmt::format("sequence, frame {}", frames[i].name)));
    }
  }
  std::vector<Row> rows;
  for (const std::string& id : metric_ids(clip)) {
    Comparison comparison{group, id, Reference::program,
                          score_bound(clip.protocol, id, Reference::program)};
    double sum = 0.0;
    std::size_t defined = 0;
    for (std::size_t i = 0; i < frames.size(); ++i) {
      const ReferenceValue* expected = find_value(clip.frames[i], id);
      const Score* score = find_score(scores[i], id);
      if (expected == nullptr || score == nullptr) continue;
      comparison.add(frames[i].name, *expected, *score);
      if (!score->defined) continue;
      sum += score->value;
      ++defined;
    }
    if (comparison.empty()) {
      rows.push_back({.group = group, .item = id, .verdict = Verdict::not_known});
      continue;
    }
    const ReferenceValue* mean = find_value(clip.means, id);
    if (mean != nullptr && defined == frames.size()) {
      comparison.add("mean over frames", *mean, Score::of(sum / static_cast<double>(defined)));
    }
    rows.push_back(comparison.row());
  }
  return rows;
}

}  // namespace mbench::selftest
