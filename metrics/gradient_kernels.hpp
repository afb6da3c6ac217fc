#pragma once
#include <array>

namespace mbench::metrics {

/// One half of a separable derivative-of-Gaussian kernel, sigma = 1.4 pixels:
///     smooth[i] = smooth[-i] = c_s * exp(-i^2 / (2 sigma^2))
///     derive[i] = -derive[-i] = c_d * i * exp(-i^2 / (2 sigma^2))
/// Literals, so that no exp() of a C library decides a bit; a test works them out again.
template <int R>
struct GradientTaps {
  static constexpr int kRadius = R;
  std::array<double, R + 1> smooth;
  std::array<double, R + 1> derive;
};

/// 9 x 9: the Gaussian density g(i) times its derivative, divided by the L2 norm of the product
/// (0.10176781915553735). The half size is where g falls to 0.01: ceil(3.6237) = 4.
inline constexpr GradientTaps<4> kTaps9{
    .smooth = {0.28495877171530906, 0.22079672201361886, 0.10271275910633446, 0.028686486029216508,
               0.0048100710537358883},
    .derive = {0.0, 1.1069451003001969, 1.0298829112513586, 0.43145158404452181,
               0.096459486109586897}};

/// 13 x 13: the Gaussian scaled to sum 1 over its 13 taps, and i / sigma^2 times it.
inline constexpr GradientTaps<6> kTaps13{
    .smooth = {0.28495939029487484, 0.22079720131221917, 0.10271298207197102, 0.028686548300940817,
               0.0048100814952872955, 0.00048422561194854706, 2.9266060195736962e-5},
    .derive = {0.0, 0.1126516333225608, 0.10480916537956227, 0.04390798209327676,
               0.0098164928475250929, 0.0012352694182360894, 8.9589980191031515e-5}};

}  // namespace mbench::metrics
