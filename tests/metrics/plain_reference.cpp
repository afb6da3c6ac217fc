#include "tests/metrics/plain_reference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "tests/metrics/plain_measures.hpp"
#include "tests/metrics/plain_quantised.hpp"

namespace mbench::testing {
namespace {

/// {T satisfies `rule`}
template <typename Rule>
PlainMask where(TrimapView trimap, Rule rule) {
  PlainMask mask;
  for (int y = 0; y < trimap.size().height; ++y) {
    for (int x = 0; x < trimap.size().width; ++x) mask.push_back(rule(int{trimap(y, x)}));
  }
  return mask;
}

/// What the formulas below are about, by the letters of docs/metrics.md.
template <typename Number>
struct Letters {
  Letters(PlainMatte<Number> p, PlainMatte<Number> a, TrimapView trimap)
      : P{std::move(p)},
        A{std::move(a)},
        C{plain_clamped(P, trimap)},
        W{where(trimap, [](int) { return true; })},
        U{where(trimap, [](int t) { return t == 128; })},
        F{where(trimap, [](int t) { return t == 255; })},
        B{where(trimap, [](int t) { return t == 0; })},
        D{where(trimap, [](int t) { return t > 0; })},
        n{static_cast<long double>(plain_count(U))},
        N{static_cast<long double>(plain_count(W))} {}

  PlainMatte<Number> P;  ///< prediction
  PlainMatte<Number> A;  ///< truth
  PlainMatte<Number> C;  ///< prediction clamped to the trimap
  PlainMask W;           ///< whole image
  PlainMask U;           ///< unknown
  PlainMask F;           ///< foreground
  PlainMask B;           ///< background
  PlainMask D;           ///< detail: not background
  long double n;         ///< |U|
  long double N;         ///< |W|
};

template <typename M>
long double sad(const M& p, const M& a, const PlainMask& region) {
  return plain_absolute_sum(p, a, region) / 1000;
}

template <typename M>
long double k9(const M& p, const M& a, const PlainMask& region) {
  return plain_gradient_k9(p, a, region) / 1000;
}

template <typename M>
long double k9_stretched(const M& p, const M& a, const PlainMask& region) {
  return k9(plain_stretched(p), plain_stretched(a), region);
}

template <typename M>
long double s13(const M& p, const M& a, const PlainMask& region) {
  return plain_gradient_s13(p, a, region) / 10;
}

template <typename M>
PlainValue conn(const M& p, const M& a, const PlainMask& region, const PlainConnRules& rules) {
  const PlainValue sum = plain_connectivity(p, a, region, rules);
  if (!sum) return sum;
  return *sum / 1000;
}

/// Deep Image Matting's MATLAB program, over R; its copies differ at an empty threshold.
template <typename Number>
PlainScores matlab(const Letters<Number>& m, const PlainMask& R, PlainEmpty empty) {
  const auto pixels = static_cast<long double>(plain_count(R));
  return {{"sad", sad(m.P, m.A, R)},
          {"mse", plain_ratio(plain_squared_sum(m.P, m.A, R), pixels)},
          {"grad", k9_stretched(m.P, m.A, R)},
          {"conn", conn(m.P, m.A, R, {.empty = empty, .scan = PlainScan::columns})}};
}

/// AIM's tests, which GFM and P3M share.
template <typename Number>
PlainScores aim(const Letters<Number>& m, TrimapView trimap) {
  const PlainMask neither_0_nor_255 = where(trimap, [](int t) { return t != 0 && t != 255; });
  const long double divisor =
      m.n > 0 ? m.n : static_cast<long double>(plain_count(neither_0_nor_255));
  return {{"sad", sad(m.P, m.A, m.W)},
          {"mse", plain_squared_sum(m.P, m.A, m.W) / m.N},
          {"mad", plain_absolute_sum(m.P, m.A, m.W) / m.N},
          {"sad_trimap", sad(m.C, m.A, m.W)},
          {"mse_trimap", plain_ratio(plain_squared_sum(m.C, m.A, m.W), divisor)},
          {"mad_trimap", plain_ratio(plain_absolute_sum(m.C, m.A, m.W), divisor)},
          {"sad_fg", sad(m.P, m.A, m.F)},
          {"sad_bg", sad(m.P, m.A, m.B)},
          {"grad", s13(m.P, m.A, m.W)},
          {"conn", conn(m.P, m.A, m.W,
                        {.of_p = PlainTie::in_f64,
                         .of_a = PlainTie::in_f64,
                         .empty = PlainEmpty::is_skipped})}};
}

/// 100 sqrt(mean of ((p_t - p_{t-1}) - (a_t - a_{t-1}))^2); 0 for the first frame.
long double dtssd(const PlainInput& input) {
  if (!input.before) return 0;
  const std::array<AlphaView, 4> views{input.predicted, input.truth, input.before->predicted,
                                       input.before->truth};
  const auto any = [&](Depth depth) {
    return std::ranges::any_of(views, [&](AlphaView view) { return view.depth() == depth; });
  };
  const auto sum_of = [&](auto convert) {
    return plain_change_sum(convert(views[0]), convert(views[1]), convert(views[2]),
                            convert(views[3]));
  };
  const long double sum = any(Depth::f32) ? sum_of(plain_doubles) : sum_of([&](AlphaView view) {
    return plain_integers(view, any(Depth::u16));
  });
  return 100 * std::sqrt(sum / static_cast<long double>(input.truth.size().pixels()));
}

template <typename Number>
PlainScores of_mattes(std::string_view id, const Letters<Number>& m, const PlainInput& input) {
  const long double tiny = 1e-8L;  // "+ 1e-8" in the divisors of the programs around GCA
  if (id == "dim-matlab") return matlab(m, m.U, PlainEmpty::drops_all);
  if (id == "dim-matlab-skip") return matlab(m, m.U, PlainEmpty::is_skipped);
  if (id == "dim-matlab-orig") return matlab(m, m.U, PlainEmpty::stops);
  if (id == "whole") return matlab(m, m.W, PlainEmpty::drops_all);
  if (id == "aim" || id == "gfm" || id == "p3m") return aim(m, input.trimap);
  if (id == "gca") {
    return {{"sad", sad(m.P, m.A, m.U)},
            {"mse", plain_squared_sum(m.P, m.A, m.U) / (m.n + tiny)},
            {"grad", k9(m.P, m.A, m.U)},
            {"conn", conn(m.P, m.A, m.U, {.background_competes = true})}};
  }
  if (id == "gca-tester") {
    return {{"sad", sad(m.P, m.A, m.U)},
            {"mse", plain_squared_sum(m.P, m.A, m.U) / (m.n + tiny)},
            {"grad", k9(m.P, m.A, m.U)},
            {"conn", conn(m.P, m.A, m.U, {.of_p = PlainTie::in_f64, .background_competes = true})}};
  }
  if (id == "vitmatte") {
    return {{"sad", sad(m.P, m.A, m.U)}, {"mse", plain_squared_sum(m.P, m.A, m.U) / (m.n + tiny)}};
  }
  if (id == "mam") {
    const auto in_detail = static_cast<long double>(plain_count(m.D));
    return {{"sad", sad(m.P, m.A, m.W)},
            {"mse", plain_squared_sum(m.P, m.A, m.W) / (m.N + tiny)},
            {"mad", plain_absolute_sum(m.P, m.A, m.W) / (m.N + tiny)},
            {"grad", k9(m.P, m.A, m.W)},
            {"conn", conn(m.P, m.A, m.W, {.background_competes = true})},
            {"sad_detail", sad(m.P, m.A, m.D)},
            {"mse_detail", plain_squared_sum(m.P, m.A, m.D) / (in_detail + tiny)}};
  }
  if (id == "mmagic") {
    const long double mse = plain_squared_sum(m.C, m.A, m.W);
    return {{"sad", sad(m.C, m.A, m.W)},
            {"mse", m.n > 0 ? mse / m.n : 0},
            {"grad", k9_stretched(m.C, m.A, m.U)},
            {"conn", conn(m.C, m.A, m.U, {.of_p = PlainTie::in_f64, .of_a = PlainTie::in_f64})}};
  }
  if (id == "paddle") {
    return {{"sad", sad(m.C, m.A, m.U)},
            {"mse", m.n > 0 ? plain_squared_sum(m.C, m.A, m.U) / m.n : 0},
            {"grad", k9_stretched(m.C, m.A, m.U)},
            {"conn", conn(m.C, m.A, m.U, {})}};
  }
  if (id == "paddle-whole") {
    return {{"sad", sad(m.P, m.A, m.W)},
            {"mse", plain_squared_sum(m.P, m.A, m.W) / m.N},
            {"grad", k9_stretched(m.P, m.A, m.W)},
            {"conn", conn(m.P, m.A, m.W, {})}};
  }
  if (id == "rvm") {
    return {{"mad", plain_absolute_sum(m.P, m.A, m.W) / m.N * 1000},
            {"mse", plain_squared_sum(m.P, m.A, m.W) / m.N * 1000},
            {"grad", k9_stretched(m.P, m.A, m.W)},
            {"conn", conn(m.P, m.A, m.W, {})},
            {"dtssd", dtssd(input)}};
  }
  if (id == "rvm-hr") {
    return {{"mad", plain_absolute_sum(m.P, m.A, m.W) / m.N * 1000},
            {"mse", plain_squared_sum(m.P, m.A, m.W) / m.N * 1000},
            {"grad", k9(m.P, m.A, m.W)},
            {"dtssd", dtssd(input)}};
  }
  if (id == "indexnet-py") {
    const PlainMatte<Number> p = plain_stretched(m.P);
    const PlainMatte<Number> a = plain_stretched(m.A);
    return {{"sad", sad(p, a, m.U)},
            {"mse", plain_ratio(plain_squared_sum(p, a, m.U), m.n)},
            {"grad", s13(p, a, m.U)},
            {"conn", conn(p, a, m.U, {.empty = PlainEmpty::is_skipped})}};
  }
  if (id == "instmatt") {
    // Grad and Conn are means here, and not in thousands.
    const PlainValue conn_sum = plain_connectivity(m.P, m.A, m.U, {});
    return {{"sad", sad(m.P, m.A, m.U)},
            {"mse", plain_squared_sum(m.P, m.A, m.U) / (m.n + 1)},
            {"mad", plain_absolute_sum(m.P, m.A, m.U) / (m.n + 1)},
            {"grad", plain_gradient_k9(m.P, m.A, m.U) / (m.n + 1)},
            {"conn", *conn_sum / (m.n + 1)}};
  }
  throw std::invalid_argument{"no plain definition of protocol '" + std::string{id} + "'"};
}

/// Protocol "trimap": the classes are 0, 128 and 255; other levels belong to none.
PlainScores of_trimaps(const PlainInput& input) {
  const auto at_once = [&](int level, int& either) {
    int both = 0;
    either = 0;
    for (int y = 0; y < input.trimap.size().height; ++y) {
      for (int x = 0; x < input.trimap.size().width; ++x) {
        const bool p = input.predicted_trimap(y, x) == level;
        const bool t = input.trimap(y, x) == level;
        if (p && t) ++both;
        if (p || t) ++either;
      }
    }
    return both;
  };
  long double right = 0;
  long double sum_of_present = 0;
  int present = 0;
  std::vector<PlainValue> iou;
  for (const int level : {0, 128, 255}) {
    int either = 0;
    const int both = at_once(level, either);
    right += both;
    iou.push_back(plain_ratio(both, either));
    if (either == 0) continue;
    sum_of_present += *iou.back();
    ++present;
  }
  const PlainValue of_present = plain_ratio(sum_of_present, present);
  return {{"accuracy", right / static_cast<long double>(input.trimap.size().pixels())},
          {"iou_bg", iou[0]},
          {"iou_unknown", iou[1]},
          {"iou_fg", iou[2]},
          {"miou_mean3", present == 3 ? of_present : std::nullopt},
          {"miou_present", of_present}};
}

PlainScores of_files(std::string_view id, const PlainInput& input) {
  const Depth of_p = input.predicted.depth();
  const Depth of_a = input.truth.depth();
  if (of_p == Depth::f32 || of_a == Depth::f32) {
    const Letters letters{plain_doubles(input.predicted), plain_doubles(input.truth), input.trimap};
    return of_mattes(id, letters, input);
  }
  const bool as_16_bits = of_p == Depth::u16 || of_a == Depth::u16;
  const Letters letters{plain_integers(input.predicted, as_16_bits),
                        plain_integers(input.truth, as_16_bits), input.trimap};
  return of_mattes(id, letters, input);
}

}  // namespace

PlainScores plain_scores(std::string_view protocol_id, const PlainInput& input) {
  if (protocol_id == "trimap") return of_trimaps(input);
  const auto of_8_bits = [&](const Plane<std::uint8_t>& predicted) {
    PlainInput as_scored = input;
    as_scored.predicted = predicted.view();
    return of_files(protocol_id, as_scored);
  };
  if (protocol_id == "gca-tester") return of_8_bits(plain_truncated(input.predicted));
  if (protocol_id == "paddle" || protocol_id == "paddle-whole") {
    return of_8_bits(plain_rounded(input.predicted));
  }
  return of_files(protocol_id, input);
}

}  // namespace mbench::testing
