#pragma once
#include <functional>
#include <string>

#include "core/matte.hpp"
#include "core/trimap.hpp"
#include "metrics/protocol.hpp"

namespace mbench::testing {

/// A number from 0 to n - 1, n >= 1: from a random generator or from the bytes of a fuzzer.
using Choose = std::function<unsigned(unsigned n)>;

/// A tiny image to score, likely to be at the edge of something.
struct TinyCase {
  Matte predicted{};
  Matte truth{};
  Trimap trimap{};            ///< may hold other levels than the three
  Trimap predicted_trimap{};  ///< likewise
  bool is_first{};            ///< of its clip
  Matte predicted_before{};   ///< of the frame before, unless it is the first
  Matte truth_before{};

  [[nodiscard]] metrics::ScoreInput input() const {
    metrics::SequenceFrame frame{.is_first = is_first};
    if (!is_first) {
      frame.previous_predicted = predicted_before.view();
      frame.previous_truth = truth_before.view();
    }
    return {.predicted = predicted.view(),
            .truth = truth.view(),
            .trimap = trimap.view(),
            .predicted_trimap = predicted_trimap.view(),
            .frame = frame};
  }
};

/// Width and height are chosen from 1 to `longest_side`, then depths of 8 or 16 bits or float, then
/// the pixels: noise, few levels (exact tenths and their neighbours among them), flat rectangles,
/// binary, components of equal size, constant.
[[nodiscard]] TinyCase make_tiny_case(const Choose& choose, int longest_side);
/// The same with up to 70 by 4 pixels: several blocks of Grad, and rows of more than one word in
/// the component tree.
[[nodiscard]] TinyCase make_wide_case(const Choose& choose);

/// Compares evaluate() with plain_scores() in every column of every protocol, alone and scored
/// together with all others: empty if they agree, or refuse the case both, else one line per column
/// that does not. Integer mattes: 1e-12 of the value (Grad: 1e-9); float mattes: 1e-9, but for the
/// Grad of a matte whose range is tiny against its values. Together with those that do not refuse
/// the case a protocol must have the bits that it has alone.
[[nodiscard]] std::string differences_from_plain(const TinyCase& tiny);

}  // namespace mbench::testing
