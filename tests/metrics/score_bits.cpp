#include "tests/metrics/score_bits.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

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

void append_pair(std::string& text, std::string_view name, const metrics::ScoreInput& input) {
  for (const metrics::Protocol* protocol : metrics::all_protocols()) {
    text += fmt::format("{} {}", name, protocol->id);
    for (const auto& [column, score] : metrics::evaluate(*protocol, input)) {
      text += score.defined ? fmt::format(" {}={:a}", column, score.value)
                            : fmt::format(" {}=undefined", column);
    }
    text += '\n';
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
  return text;
}

}  // namespace mbench::testing
