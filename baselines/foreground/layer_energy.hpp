#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "baselines/classical/solver/solve.hpp"
#include "baselines/classical/solver/symmetric_matrix.hpp"
#include "baselines/foreground/layers.hpp"

// Linear systems for the foreground and the background of every pixel.

namespace mbench::baselines {

/// What a pixel adds for itself: ff F^2 + 2 fb F B + bb B^2.
struct PixelTerm {
  double ff{}, fb{}, bb{};
};

/// Where a matte leaves a degree of freedom open, the energy also holds this many times
/// (F - I)^2 + (B - I)^2 at every pixel: next to nothing, but enough for one answer.
constexpr double kTieBreaker = 1e-9;

/// One number for each layer. As what a pair of neighbours adds:
/// foreground (F_i - F_j)^2 + background (B_i - B_j)^2.
struct PerLayer {
  double foreground{}, background{};
};

/// The energy x^T A x + sum over the pixels alone of their own terms. A pixel that pairs with
/// another one has two unknowns, F at 2 k and B at 2 k + 1 for its number k; a pixel alone has two
/// equations of its own.
struct LayerEnergy {
  SymmetricMatrix matrix{};            ///< A
  std::vector<std::int32_t> number{};  ///< of each pixel, in row order; -1: alone
  std::vector<PixelTerm> alone{};      ///< of the pixels alone, in row order
};

/// The sum of pixel(i) over all pixels and of pair(i, j) over all pairs of pixels at the offsets
/// given, i before j; pairs without weight do not count. `offsets`: (rows down, columns right),
/// each to a later pixel, those pixels in row order.
template <std::size_t Count, typename Pixel, typename Pair>
[[nodiscard]] LayerEnergy layer_energy(Size size,
                                       const std::array<std::array<int, 2>, Count>& offsets,
                                       Pixel pixel, Pair pair) {
  const auto for_each_pair = [&](int y, int x, std::size_t i, auto use) {
    for (std::size_t k = 0; k < Count; ++k) {
      const int other_y = y + offsets[k][0], other_x = x + offsets[k][1];
      if (other_y >= size.height || other_x < 0 || other_x >= size.width) continue;
      const std::size_t j =
          static_cast<std::size_t>(other_y) * static_cast<std::size_t>(size.width) +
          static_cast<std::size_t>(other_x);
      const PerLayer term = pair(i, j);
      if (term.foreground != 0.0 || term.background != 0.0) use(j, term);
    }
  };
  const auto for_each_pixel = [&](auto use) {
    std::size_t i = 0;
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) use(y, x, i++);
    }
  };

  const auto pixels = static_cast<std::size_t>(size.pixels());
  LayerEnergy energy{.number = std::vector<std::int32_t>(pixels, -1)};
  for_each_pixel([&](int y, int x, std::size_t i) {
    for_each_pair(y, x, i,
                  [&](std::size_t j, const PerLayer&) { energy.number[i] = energy.number[j] = 0; });
  });
  std::int32_t count = 0;
  for (std::int32_t& number : energy.number) {
    if (number == 0) number = count++;
  }

  SymmetricMatrix& matrix = energy.matrix;
  matrix.start.reserve(2 * static_cast<std::size_t>(count) + 1);
  // What pairs with earlier pixels add to the diagonal.
  std::vector<PerLayer> from_before(static_cast<std::size_t>(count));
  const auto append = [&](std::int32_t row, double value) {
    matrix.rows.push_back(row);
    matrix.values.push_back(value);
  };
  const auto end_column = [&] {
    matrix.start.push_back(static_cast<std::int64_t>(matrix.rows.size()));
  };
  for_each_pixel([&](int y, int x, std::size_t i) {
    PixelTerm own = pixel(i);
    const std::int32_t number = energy.number[i];
    if (number < 0) {
      energy.alone.push_back(own);
      return;
    }
    const PerLayer before = from_before[static_cast<std::size_t>(number)];
    own.ff += before.foreground;
    own.bb += before.background;
    std::array<std::int32_t, Count> later{};
    std::array<PerLayer, Count> terms{};
    std::size_t pairs = 0;
    for_each_pair(y, x, i, [&](std::size_t j, const PerLayer& term) {
      own.ff += term.foreground;
      own.bb += term.background;
      later[pairs] = energy.number[j];
      PerLayer& sum = from_before[static_cast<std::size_t>(later[pairs])];
      sum.foreground += term.foreground;
      sum.background += term.background;
      terms[pairs++] = term;
    });
    append(2 * number, own.ff);
    append(2 * number + 1, own.fb);
    for (std::size_t k = 0; k < pairs; ++k) append(2 * later[k], -terms[k].foreground);
    end_column();
    append(2 * number + 1, own.bb);
    for (std::size_t k = 0; k < pairs; ++k) append(2 * later[k] + 1, -terms[k].background);
    end_column();
  });
  return energy;
}

/// The layers of an image with the least energy, channel by channel; iterations begin at the image
/// itself. pull(i, colour) gives the right sides of pixel i for its colour in one channel. Throws
/// as solve() does.
template <typename Pull>
[[nodiscard]] Layers<double> least_layers(const LayerEnergy& energy,
                                          const Plane<Rgb<double>>& image, Pull pull,
                                          const SolverOptions& options) {
  constexpr std::array<double Rgb<double>::*, 3> kChannels{&Rgb<double>::r, &Rgb<double>::g,
                                                           &Rgb<double>::b};
  Layers<double> layers{Plane<Rgb<double>>{image.size()}, Plane<Rgb<double>>{image.size()}};
  const auto order = static_cast<std::size_t>(energy.matrix.order());
  std::vector<RightSide> sides(kChannels.size());
  for (std::size_t c = 0; c < kChannels.size(); ++c) {
    sides[c].right.reserve(order);
    sides[c].start.reserve(order);
    auto alone = energy.alone.begin();
    for (std::size_t i = 0; i < energy.number.size(); ++i) {
      const double colour = image.values()[i].*kChannels[c];
      const PerLayer right = pull(i, colour);
      if (energy.number[i] >= 0) {
        sides[c].right.insert(sides[c].right.end(), {right.foreground, right.background});
        sides[c].start.insert(sides[c].start.end(), {colour, colour});
        continue;
      }
      const auto& [ff, fb, bb] = *alone++;
      const double determinant = ff * bb - fb * fb;
      layers.foreground.values()[i].*kChannels[c] =
          (bb * right.foreground - fb * right.background) / determinant;
      layers.background.values()[i].*kChannels[c] =
          (ff * right.background - fb * right.foreground) / determinant;
    }
  }
  const std::vector<std::vector<double>> solved = solve(energy.matrix, std::move(sides), options);
  for (std::size_t c = 0; c < kChannels.size(); ++c) {
    for (std::size_t i = 0; i < energy.number.size(); ++i) {
      if (energy.number[i] < 0) continue;
      const std::size_t k = 2 * static_cast<std::size_t>(energy.number[i]);
      layers.foreground.values()[i].*kChannels[c] = solved[c][k];
      layers.background.values()[i].*kChannels[c] = solved[c][k + 1];
    }
  }
  return layers;
}

}  // namespace mbench::baselines
