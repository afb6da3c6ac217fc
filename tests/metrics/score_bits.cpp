#include "tests/metrics/score_bits.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "metrics/columns.hpp"
#include "metrics/protocol.hpp"
#include "tests/metrics/golden.hpp"
#include "tests/support/images.hpp"

namespace mbench::testing {
namespace {

constexpr std::array kDepths{Depth::u8, Depth::u16, Depth::f32};

/// Noise with plateaus at both ends, as mattes have them.
Matte random_matte(Size size, Depth depth, std::uint64_t seed) {
  const auto high = noise_plane(size, seed), low = noise_plane(size, seed + 1000);
  Plane<std::uint16_t> fine{size};
  for (std::size_t i = 0; i < fine.values().size(); ++i) {
    const int level = high.values()[i];
    const int value = level < 64 ? 0 : level >= 192 ? 65535 : level * 256 + low.values()[i];
    fine.values()[i] = static_cast<std::uint16_t>(value);
  }
  switch (depth) {
    case Depth::u8: return to_u8(fine.view());
    case Depth::u16: return fine;
    case Depth::f32: break;
  }
  return to_f32(fine.view());
}

std::string bits_of(const metrics::ColumnScores& scores) {
  std::string text;
  for (const auto& [column, score] : scores) {
    text += score.defined ? fmt::format(" {}={:a}", column, score.value)
                          : fmt::format(" {}=undefined", column);
  }
  return text;
}

void append_pair(std::string& text, std::string_view name, const metrics::ScoreInput& input) {
  for (const metrics::Protocol* protocol : metrics::all_protocols()) {
    text += fmt::format("{} {}{}\n", name, protocol->id, bits_of(evaluate(*protocol, input)));
  }
  text += fmt::format("{} together", name);
  for (const metrics::ColumnScores& scores : evaluate(metrics::all_protocols(), input)) {
    text += bits_of(scores);
  }
  text += '\n';
}

/// Every protocol with a column of sequences, on a frame with one before it.
void append_frame(std::string& text, std::string_view name, const metrics::ScoreInput& input) {
  for (const metrics::Protocol* protocol : metrics::all_protocols()) {
    const auto columns = metrics::column_ids(*protocol);
    if (std::ranges::find(columns, "dtssd") == columns.end()) continue;
    text += fmt::format("{} {}{}\n", name, protocol->id, bits_of(evaluate(*protocol, input)));
  }
}

}  // namespace

std::string score_bits() {
  std::string text;
  for (const std::string& name : golden_case_names()) {
    const GoldenCase pair = load_golden_case(name);
    append_pair(text, name,
                {.predicted = pair.predicted.view(),
                 .truth = pair.truth.view(),
                 .trimap = pair.trimap.view(),
                 .predicted_trimap = pair.predicted_trimap.view()});
  }
  std::uint64_t seed = 1;
  for (const Size size : {Size{3, 2}, Size{17, 9}, Size{64, 48}, Size{131, 77}}) {
    for (const Depth predicted_depth : kDepths) {
      for (const Depth truth_depth : kDepths) {
        const Matte predicted = random_matte(size, predicted_depth, ++seed);
        const Matte truth = random_matte(size, truth_depth, ++seed);
        const Trimap trimap = noise_trimap(size, ++seed), other = noise_trimap(size, ++seed);
        const std::string name = fmt::format("random_{} ({}, {})", to_string(size),
                                             to_string(predicted_depth), to_string(truth_depth));
        append_pair(text, name,
                    {.predicted = predicted.view(),
                     .truth = truth.view(),
                     .trimap = trimap.view(),
                     .predicted_trimap = other.view()});
      }
    }
  }
  // Frames after the stills, so that these stand where they stood before there were frames.
  for (const Size size : {Size{3, 2}, Size{64, 48}, Size{131, 77}}) {
    for (const Depth depth : kDepths) {
      for (const Depth depth_before : kDepths) {
        const Matte predicted = random_matte(size, depth, ++seed);
        const Matte truth = random_matte(size, depth, ++seed);
        const Matte predicted_before = random_matte(size, depth_before, ++seed);
        const Matte truth_before = random_matte(size, depth_before, ++seed);
        append_frame(text,
                     fmt::format("frame_{} ({} after {})", to_string(size), to_string(depth),
                                 to_string(depth_before)),
                     {.predicted = predicted.view(),
                      .truth = truth.view(),
                      .frame = metrics::SequenceFrame{.previous_predicted = predicted_before.view(),
                                                      .previous_truth = truth_before.view()}});
      }
    }
  }
  return text;
}

}  // namespace mbench::testing
