#include "tests/metrics/tiny_case.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"
#include "tests/metrics/plain_measures.hpp"
#include "tests/metrics/plain_reference.hpp"

namespace mbench::testing {
namespace {

/// How pixels are chosen. Values are 16-bit codes until they get their depth.
enum class Kind { noise, tenths, flat, binary, equal_components, constant, count };

/// A tenth (25.5 or 6553.5 times j, rounded) or a neighbour of it, as a 16-bit code: those of even
/// tenths are exact in 8 bits too.
std::uint16_t near_tenth(const Choose& choose) {
  const int code = static_cast<int>(choose(11) * 13107 / 2);
  const std::array<int, 7> step{0, 0, 0, 1, -1, 257, -257};
  return static_cast<std::uint16_t>(std::clamp(code + step[choose(7)], 0, 65535));
}

std::uint16_t any_code(const Choose& choose) {
  return static_cast<std::uint16_t>(choose(256) * 256 + choose(256));
}

Plane<std::uint16_t> make_codes(Size size, const Choose& choose) {
  Plane<std::uint16_t> codes{size};
  switch (static_cast<Kind>(choose(static_cast<unsigned>(Kind::count)))) {
    case Kind::noise:
      for (std::uint16_t& code : codes.values()) code = any_code(choose);
      break;
    case Kind::tenths:
      for (std::uint16_t& code : codes.values()) code = near_tenth(choose);
      break;
    case Kind::flat:
      for (unsigned rectangles = choose(6); rectangles > 0; --rectangles) {
        const std::uint16_t code = near_tenth(choose);
        const int left = static_cast<int>(choose(static_cast<unsigned>(size.width)));
        const int top = static_cast<int>(choose(static_cast<unsigned>(size.height)));
        const int right = static_cast<int>(choose(static_cast<unsigned>(size.width)));
        const int bottom = static_cast<int>(choose(static_cast<unsigned>(size.height)));
        for (int y = std::min(top, bottom); y <= std::max(top, bottom); ++y) {
          for (int x = std::min(left, right); x <= std::max(left, right); ++x) codes(y, x) = code;
        }
      }
      break;
    case Kind::binary:
      for (std::uint16_t& code : codes.values()) code = choose(2) == 0 ? 0 : 65535;
      break;
    case Kind::equal_components: {
      // Blocks of one size between lines of 0: the scan order decides which is the largest.
      const int pitch_x = 2 + static_cast<int>(choose(4));
      const int pitch_y = 2 + static_cast<int>(choose(4));
      Plane<std::uint16_t> of_block{size};
      for (std::uint16_t& code : of_block.values()) code = near_tenth(choose);
      for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
          const bool is_line = x % pitch_x == pitch_x - 1 || y % pitch_y == pitch_y - 1;
          codes(y, x) = is_line ? std::uint16_t{0} : of_block(y / pitch_y, x / pitch_x);
        }
      }
      break;
    }
    case Kind::constant:
    case Kind::count: std::ranges::fill(codes.values(), near_tenth(choose)); break;
  }
  return codes;
}

/// The float nearest to a code, sometimes one that 8 and 16 bits do not have.
float as_float(std::uint16_t code, const Choose& choose) {
  const auto value = static_cast<float>(code / 65535.0);
  switch (choose(16)) {
    case 0: return static_cast<float>(choose(11) / 10.0);  // a threshold
    case 1: return static_cast<float>(choose(21) / 20.0);  // 0.15 above a level
    case 2: return std::nextafter(static_cast<float>(choose(11) / 10.0), 2.0F);
    case 3: return std::nextafter(static_cast<float>(choose(11) / 10.0), -1.0F);
    case 4: return static_cast<float>(choose(511) / 510.0);  // a level of 8 bits, or half of one
    case 5: return std::nextafter(static_cast<float>(choose(511) / 510.0), 2.0F);
    case 6: return std::nextafter(static_cast<float>(choose(511) / 510.0), -1.0F);
    case 7: return static_cast<float>(choose(1025)) / 512.0F - 0.5F;  // outside [0, 1] as well
    default: return value;
  }
}

Matte with_depth(const Plane<std::uint16_t>& codes, const Choose& choose) {
  const std::span<const std::uint16_t> from = codes.values();
  switch (choose(6)) {
    case 0:
    case 1: return codes;
    case 2: {
      Plane<float> result{codes.size()};
      const bool is_alpha = choose(2) == 0;  // outside [0, 1] some protocols do nothing but refuse
      for (std::size_t i = 0; i < from.size(); ++i) {
        const float value = as_float(from[i], choose);
        result.values()[i] = is_alpha ? std::clamp(value, 0.0F, 1.0F) : value;
      }
      return result;
    }
    default: break;
  }
  Plane<std::uint8_t> result{codes.size()};
  for (std::size_t i = 0; i < from.size(); ++i) {
    result.values()[i] = static_cast<std::uint8_t>((from[i] + 128) / 257);
  }
  return result;
}

Trimap make_trimap(Size size, const Choose& choose) {
  constexpr std::array<std::uint8_t, 8> kLevels{0, 128, 255, 128, 0, 255, 127, 1};
  Trimap trimap{size};
  const unsigned kind = choose(8);
  const auto level = [&]() -> std::uint8_t {
    switch (kind) {
      case 0: return choose(2) == 0 ? kBackground : kForeground;  // nothing unknown
      case 1: return kUnknown;
      case 2: return 127;
      case 3: return kLevels[choose(8)];  // with other levels
      case 4: return kForeground;
      default: return kLevels[choose(3)];
    }
  };
  for (std::uint8_t& value : trimap.values()) value = level();
  return trimap;
}

/// The codes, a little off in places: predictions are seldom independent of the truth.
Plane<std::uint16_t> disturbed(Plane<std::uint16_t> codes, const Choose& choose) {
  for (std::uint16_t& code : codes.values()) {
    if (choose(4) == 0) code = near_tenth(choose);
  }
  return codes;
}

/// By how much the rounding of a matte's values is magnified where they are subtracted from each
/// other or stretched: the largest magnitude over the range; 1 for a constant matte, which becomes
/// 0.
double condition(const PlainMatte<double>& matte) {
  const auto [min, max] = std::ranges::minmax(matte.values);
  if (min == max) return 1.0;
  return std::max(std::abs(min), std::abs(max)) / (max - min);
}

/// The relative error that Grad may have where a matte holds floats. Derivatives of values in
/// double precision are off by a few eps max|v|, eps = 2^-52, after nine or thirteen products each
/// way, and they are as large as the range of the values. Grad is quadratic in them, so that it is
/// off by a few eps max|v| / range of its value, for the matte for which that is most. The few are
/// 16: twice the most among ten thousand mattes that span one to eight units in the last place.
double gradient_tolerance(const TinyCase& tiny) {
  constexpr double kFew = 16.0;
  const PlainMatte<double> predicted = plain_doubles(tiny.predicted);
  const double worst =
      std::max({condition(predicted), condition(plain_clamped(predicted, tiny.trimap)),
                condition(plain_doubles(tiny.truth))});
  return std::max(1e-9, kFew * std::numeric_limits<double>::epsilon() * worst);
}

bool close(double value, long double plain, double relative, double absolute) {
  const long double distance = std::abs(static_cast<long double>(value) - plain);
  return distance <= std::max<long double>(absolute, relative * std::abs(plain));
}

std::optional<PlainScores> plain_scores_if_any(const metrics::Protocol& protocol,
                                               const TinyCase& tiny) {
  PlainInput input{.predicted = tiny.predicted.view(),
                   .truth = tiny.truth.view(),
                   .trimap = tiny.trimap.view(),
                   .predicted_trimap = tiny.predicted_trimap.view()};
  if (!tiny.is_first) input.before = {tiny.predicted_before.view(), tiny.truth_before.view()};
  try {
    return plain_scores(protocol.id, input);
  } catch (const std::domain_error&) {
    return std::nullopt;
  }
}

std::optional<metrics::ColumnScores> scores_if_any(const metrics::Protocol& protocol,
                                                   const metrics::ScoreInput& input) {
  try {
    return evaluate(protocol, input);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    return std::nullopt;
  }
}

TinyCase make_case(Size size, const Choose& choose) {
  const Plane<std::uint16_t> truth = make_codes(size, choose);
  const Plane<std::uint16_t> predicted =
      choose(2) == 0 ? make_codes(size, choose) : disturbed(truth, choose);
  TinyCase result{.predicted = with_depth(predicted, choose),
                  .truth = with_depth(truth, choose),
                  .trimap = make_trimap(size, choose)};
  result.predicted_trimap = choose(4) == 0 ? result.trimap : make_trimap(size, choose);
  result.is_first = choose(4) == 0;
  if (!result.is_first) {
    result.predicted_before = with_depth(disturbed(predicted, choose), choose);
    result.truth_before = with_depth(disturbed(truth, choose), choose);
  }
  return result;
}

/// How scores differ from the plain ones; nothing stands for a refusal.
std::string difference(const metrics::Protocol& protocol, const TinyCase& tiny,
                       const std::optional<PlainScores>& plainly,
                       const std::optional<metrics::ColumnScores>& scored) {
  if (!plainly || !scored) {
    if (plainly.has_value() == scored.has_value()) return {};
    return fmt::format("{}: {}\n", protocol.id,
                       plainly ? "refused, plainly not" : "scored, plainly refused");
  }
  const PlainScores& plain = *plainly;
  const metrics::ColumnScores& scores = *scored;
  const auto has_floats = [](const Matte& matte) { return matte.depth() == Depth::f32; };
  const bool is_float = has_floats(tiny.predicted) || has_floats(tiny.truth) ||
                        has_floats(tiny.predicted_before) || has_floats(tiny.truth_before);
  std::string result;
  for (std::size_t i = 0; i < std::max(scores.size(), plain.size()); ++i) {
    if (i >= scores.size() || i >= plain.size() || scores[i].first != plain[i].first) {
      return result +
             fmt::format("{}: columns differ from the plain ones at column {}\n", protocol.id, i);
    }
    const Score& score = scores[i].second;
    const auto& expected = plain[i].second;
    const bool is_gradient = scores[i].first == "grad";
    // Alpha of a float matte as double is off by 1e-16, which is much where nearly equal values are
    // subtracted.
    const double of_float = is_gradient ? gradient_tolerance(tiny) : 1e-9;
    const double of_integer = is_gradient ? 1e-9 : 1e-12;
    const double relative = is_float ? of_float : of_integer;
    const double absolute = is_gradient ? 1e-11 : is_float ? 1e-12 : 1e-15;
    if (score.defined != expected.has_value() || score.defined == !score.reason.empty() ||
        (score.defined && !close(score.value, *expected, relative, absolute))) {
      result += fmt::format(
          "{} {}: {} against plainly {}\n", protocol.id, scores[i].first,
          score.defined ? fmt::format("{:.17g}", score.value) : "undefined: " + score.reason,
          expected ? fmt::format("{:.17g}", static_cast<double>(*expected)) : "undefined");
    }
  }
  return result;
}

bool same_to_the_bit(const metrics::ColumnScores& left, const metrics::ColumnScores& right) {
  return std::ranges::equal(left, right, [](const auto& a, const auto& b) {
    const auto bits = [](const Score& score) {
      return score.defined ? std::bit_cast<std::uint64_t>(score.value) : 0;
    };
    return a.first == b.first && a.second.defined == b.second.defined &&
           a.second.reason == b.second.reason && bits(a.second) == bits(b.second);
  });
}

}  // namespace

TinyCase make_tiny_case(const Choose& choose, int longest_side) {
  const auto side = [&] {
    return 1 + static_cast<int>(choose(static_cast<unsigned>(longest_side)));
  };
  const int width = side();
  return make_case({width, side()}, choose);
}

TinyCase make_wide_case(const Choose& choose) {
  const int width = 1 + static_cast<int>(choose(70));
  return make_case({width, 1 + static_cast<int>(choose(4))}, choose);
}

std::string differences_from_plain(const TinyCase& tiny) {
  std::string result;
  std::vector<const metrics::Protocol*> protocols;  // that do not refuse the case
  std::vector<metrics::ColumnScores> alone;
  std::vector<PlainScores> plain;
  for (const metrics::Protocol* protocol : metrics::all_protocols()) {
    const auto plainly = plain_scores_if_any(*protocol, tiny);
    const auto scored = scores_if_any(*protocol, tiny.input());
    result += difference(*protocol, tiny, plainly, scored);
    if (!plainly || !scored) continue;
    protocols.push_back(protocol);
    alone.push_back(*scored);
    plain.push_back(*plainly);
  }
  const std::vector<metrics::ColumnScores> together = evaluate(protocols, tiny.input());
  for (std::size_t i = 0; i < protocols.size(); ++i) {
    const std::string from_plain = difference(*protocols[i], tiny, plain[i], together[i]);
    if (!from_plain.empty()) result += "together, " + from_plain;
    if (!same_to_the_bit(together[i], alone[i])) {
      result += fmt::format("{}: not the same bits together as alone\n", protocols[i]->id);
    }
  }
  return result;
}

}  // namespace mbench::testing
