#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "baselines/classical/solver/solve.hpp"
#include "baselines/classical/solver/symmetric_matrix.hpp"
#include "baselines/foreground/layers.hpp"

// Linear systems whose unknowns are the foreground and the background of every pixel: 2 i and
// 2 i + 1 for pixel i, in row order.

namespace mbench::baselines {

/// What a pixel adds for itself: ff F^2 + 2 fb F B + bb B^2.
struct PixelTerm {
  double ff{}, fb{}, bb{};
};

/// One number for each layer. As what a pair of neighbours adds:
/// foreground (F_i - F_j)^2 + background (B_i - B_j)^2.
struct PerLayer {
  double foreground{}, background{};
};

/// The matrix A of the energy x^T A x that is the sum of pixel(i) over all pixels and of pair(i, j)
/// over all pairs of pixels at the offsets given, i before j; pairs without weight take no room.
/// `offsets`: (rows down, columns right), each to a later pixel, those pixels in row order.
template <std::size_t Count, typename Pixel, typename Pair>
[[nodiscard]] SymmetricMatrix layer_matrix(Size size,
                                           const std::array<std::array<int, 2>, Count>& offsets,
                                           Pixel pixel, Pair pair) {
  const auto pixels = static_cast<std::size_t>(size.pixels());
  SymmetricMatrix matrix;
  matrix.start.reserve(2 * pixels + 1);
  std::vector<PerLayer> from_before(pixels);  // what pairs with earlier pixels add to the diagonal
  std::size_t i = 0;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x, ++i) {
      PixelTerm own = pixel(i);
      own.ff += from_before[i].foreground;
      own.bb += from_before[i].background;
      std::array<std::size_t, Count> later{};
      std::array<PerLayer, Count> terms{};
      for (std::size_t k = 0; k < Count; ++k) {
        const int other_y = y + offsets[k][0], other_x = x + offsets[k][1];
        if (other_y >= size.height || other_x < 0 || other_x >= size.width) continue;
        later[k] = static_cast<std::size_t>(other_y) * static_cast<std::size_t>(size.width) +
                   static_cast<std::size_t>(other_x);
        terms[k] = pair(i, later[k]);
        own.ff += terms[k].foreground;
        own.bb += terms[k].background;
        from_before[later[k]].foreground += terms[k].foreground;
        from_before[later[k]].background += terms[k].background;
      }
      const auto append = [&](std::size_t row, double value) {
        matrix.rows.push_back(static_cast<std::int32_t>(row));
        matrix.values.push_back(value);
      };
      append(2 * i, own.ff);
      if (own.fb != 0.0) append(2 * i + 1, own.fb);
      for (std::size_t k = 0; k < Count; ++k) {
        if (terms[k].foreground != 0.0) append(2 * later[k], -terms[k].foreground);
      }
      matrix.start.push_back(static_cast<std::int64_t>(matrix.rows.size()));
      append(2 * i + 1, own.bb);
      for (std::size_t k = 0; k < Count; ++k) {
        if (terms[k].background != 0.0) append(2 * later[k] + 1, -terms[k].background);
      }
      matrix.start.push_back(static_cast<std::int64_t>(matrix.rows.size()));
    }
  }
  return matrix;
}

/// Solves for both layers of an image, channel by channel, beginning at the image itself.
/// pull(i, colour) gives the right sides of pixel i for its colour in one channel. Throws as
/// solve() does.
template <typename Pull>
[[nodiscard]] Layers<double> solve_layers(const SymmetricMatrix& matrix,
                                          const Plane<Rgb<double>>& image, Pull pull,
                                          const SolverOptions& options) {
  constexpr std::array<double Rgb<double>::*, 3> kChannels{&Rgb<double>::r, &Rgb<double>::g,
                                                           &Rgb<double>::b};
  const std::size_t pixels = image.values().size();
  std::vector<RightSide> sides(kChannels.size());
  for (std::size_t c = 0; c < kChannels.size(); ++c) {
    sides[c].right.resize(2 * pixels);
    sides[c].start.resize(2 * pixels);
    for (std::size_t i = 0; i < pixels; ++i) {
      const double colour = image.values()[i].*kChannels[c];
      const PerLayer right = pull(i, colour);
      sides[c].right[2 * i] = right.foreground;
      sides[c].right[2 * i + 1] = right.background;
      sides[c].start[2 * i] = sides[c].start[2 * i + 1] = colour;
    }
  }
  const std::vector<std::vector<double>> solved = solve(matrix, std::move(sides), options);
  Layers<double> layers{Plane<Rgb<double>>{image.size()}, Plane<Rgb<double>>{image.size()}};
  for (std::size_t c = 0; c < kChannels.size(); ++c) {
    for (std::size_t i = 0; i < pixels; ++i) {
      layers.foreground.values()[i].*kChannels[c] = solved[c][2 * i];
      layers.background.values()[i].*kChannels[c] = solved[c][2 * i + 1];
    }
  }
  return layers;
}

}  // namespace mbench::baselines
