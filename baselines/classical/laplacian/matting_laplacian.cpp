#include "baselines/classical/laplacian/matting_laplacian.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include <fmt/core.h>

#include "baselines/classical/laplacian/window_assembly.hpp"
#include "core/error.hpp"

namespace mbench::baselines {
namespace {

using Colour = std::array<double, 3>;

/// Cholesky factor F of a symmetric positive definite 3 x 3 matrix; F^-1 d by forward substitution.
class Factor3 {
 public:
  /// The lower triangle row by row. Check is_valid() before use.
  Factor3(double m00, double m10, double m11, double m20, double m21, double m22) {
    inverse_00_ = 1.0 / std::sqrt(m00);
    l10_ = m10 * inverse_00_;
    l20_ = m20 * inverse_00_;
    inverse_11_ = 1.0 / std::sqrt(m11 - l10_ * l10_);
    l21_ = (m21 - l20_ * l10_) * inverse_11_;
    inverse_22_ = 1.0 / std::sqrt(m22 - l20_ * l20_ - l21_ * l21_);
  }

  /// False where rounding made a pivot negative or zero: a root that is no number, or its inverse
  /// infinite. What follows a bad pivot is no number either.
  [[nodiscard]] bool is_valid() const { return std::isfinite(inverse_22_); }

  [[nodiscard]] Colour whitened(const Colour& d) const {
    const double r = d[0] * inverse_00_;
    const double g = (d[1] - l10_ * r) * inverse_11_;
    const double b = (d[2] - l20_ * r - l21_ * g) * inverse_22_;
    return {r, g, b};
  }

 private:
  double inverse_00_, l10_, inverse_11_, l20_, l21_, inverse_22_;
};

[[noreturn]] void throw_indefinite(int y, int x, double epsilon) {
  throw Error{ErrorKind::method,
              {.what = "the colour covariance of a window is not positive definite",
               .where = fmt::format("window around row {}, column {}", y, x),
               .expected = "colours in [0, 1], or an epsilon that fits their range",
               .found = fmt::format("epsilon {:g}", epsilon),
               .fix = "raise epsilon, or scale the image to [0, 1]"}};
}

/// The colours of one window and its matrix; buffers are made once per image.
class Window {
 public:
  Window(int radius, double epsilon)
      : radius_{radius},
        pixels_{static_cast<std::size_t>(2 * radius + 1) *
                static_cast<std::size_t>(2 * radius + 1)},
        epsilon_{epsilon},
        centred_(pixels_),
        matrix_(pixels_ * pixels_) {}

  std::span<const double> matrix(const Plane<Rgb<double>>& image, int y, int x) {
    const double weight = 1.0 / static_cast<double>(pixels_);
    load_centred(image, y, x, weight);
    if (!whiten(weight)) throw_indefinite(y, x, epsilon_);
    // With G = F^-T F^-1 and whitened colours v = F^-1 d, d_i^T G d_j is the product v_i . v_j.
    for (std::size_t i = 0; i < pixels_; ++i) {
      const auto [vr, vg, vb] = centred_[i];
      double* const entries = matrix_.data() + i * pixels_;
      for (std::size_t j = i; j < pixels_; ++j) {
        const Colour& v = centred_[j];
        entries[j] = -(1.0 + vr * v[0] + vg * v[1] + vb * v[2]) * weight;
      }
      entries[i] += 1.0;
    }
    return matrix_;
  }

 private:
  void load_centred(const Plane<Rgb<double>>& image, int y, int x, double weight) {
    Colour mean{};
    std::size_t k = 0;
    for (int row = y - radius_; row <= y + radius_; ++row) {
      for (int column = x - radius_; column <= x + radius_; ++column, ++k) {
        const Rgb<double>& pixel = image(row, column);
        centred_[k] = {pixel.r, pixel.g, pixel.b};
        for (std::size_t c = 0; c < 3; ++c) mean[c] += centred_[k][c];
      }
    }
    for (double& value : mean) value *= weight;
    for (Colour& colour : centred_) {
      for (std::size_t c = 0; c < 3; ++c) colour[c] -= mean[c];
    }
  }

  /// Replaces every colour d by F^-1 d, F the Cholesky factor of the regularised covariance.
  [[nodiscard]] bool whiten(double weight) {
    double rr = 0.0, gr = 0.0, gg = 0.0, br = 0.0, bg = 0.0, bb = 0.0;
    for (const auto& [r, g, b] : centred_) {
      rr += r * r;
      gr += g * r;
      gg += g * g;
      br += b * r;
      bg += b * g;
      bb += b * b;
    }
    const double regularizer = epsilon_ * weight;
    const Factor3 factor{
        rr * weight + regularizer, gr * weight, gg * weight + regularizer, br * weight, bg * weight,
        bb * weight + regularizer};
    for (Colour& colour : centred_) colour = factor.whitened(colour);
    return factor.is_valid();
  }

  int radius_;
  std::size_t pixels_;
  double epsilon_;
  std::vector<Colour> centred_;  ///< minus the mean, then whitened
  std::vector<double> matrix_;   ///< upper triangle, row by row
};

}  // namespace

LinearSystem matting_laplacian(const Plane<Rgb<double>>& image, const PixelRoles& roles,
                               const MattingLaplacianOptions& options) {
  const int radius = options.radius;
  WindowAssembly assembly{roles, radius};
  Window window{radius, options.epsilon};
  for (int y = radius; y < image.size().height - radius; ++y) {
    for (int x = radius; x < image.size().width - radius; ++x) {
      if (assembly.touches_variable(y, x)) assembly.add(y, x, window.matrix(image, y, x));
    }
  }
  return assembly.take();
}

}  // namespace mbench::baselines
