#include <cmath>
#include <vector>

#include <Eigen/Dense>

#include "baselines/classical/laplacian/matting_laplacian.hpp"
#include "core/error.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::baselines;
using mbench::testing::banded_trimap;
using mbench::testing::random_scene;
using mbench::testing::Scene;

namespace {

/// The published sum, written out with dense matrices: every window, every pair, G by inversion.
Eigen::MatrixXd dense_laplacian(const Plane<Rgb<double>>& image, int radius, double epsilon) {
  const Size size = image.size();
  const int pixels = (2 * radius + 1) * (2 * radius + 1);
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(size.pixels(), size.pixels());
  for (int y = radius; y < size.height - radius; ++y) {
    for (int x = radius; x < size.width - radius; ++x) {
      Eigen::MatrixXd colours(pixels, 3);
      std::vector<Eigen::Index> index;
      for (int row = y - radius; row <= y + radius; ++row) {
        for (int column = x - radius; column <= x + radius; ++column) {
          const Rgb<double>& c = image(row, column);
          colours.row(static_cast<Eigen::Index>(index.size())) << c.r, c.g, c.b;
          index.push_back(row * size.width + column);
        }
      }
      const Eigen::MatrixXd centred = colours.rowwise() - colours.colwise().mean();
      const Eigen::Matrix3d covariance = centred.transpose() * centred / pixels;
      const Eigen::Matrix3d g =
          (covariance + epsilon / pixels * Eigen::Matrix3d::Identity()).inverse();
      for (int i = 0; i < pixels; ++i) {
        for (int j = 0; j < pixels; ++j) {
          sum(index[i], index[j]) +=
              (i == j ? 1.0 : 0.0) -
              (1.0 + (centred.row(i) * g * centred.row(j).transpose())(0)) / pixels;
        }
      }
    }
  }
  return sum;
}

Eigen::MatrixXd dense(const SymmetricMatrix& matrix) {
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(matrix.order(), matrix.order());
  for (std::int32_t j = 0; j < matrix.order(); ++j) {
    for (std::int64_t k = matrix.start[j]; k < matrix.start[j + 1]; ++k) {
      result(matrix.rows[k], j) = result(j, matrix.rows[k]) = matrix.values[k];
    }
  }
  return result;
}

}  // namespace

TEST_CASE("the matting Laplacian of all pixels is the published sum", "[baselines][laplacian]") {
  const int radius = GENERATE(1, 2, 3);
  const double epsilon = GENERATE(1e-7, 1e-3);
  CAPTURE(radius, epsilon);
  const Plane<Rgb<double>> image = to_f64(random_scene({11, 9}, 5).image);
  const LinearSystem system = matting_laplacian(image, all_pixels_as_variables(image.size()),
                                                {.radius = radius, .epsilon = epsilon});
  const Eigen::MatrixXd expected = dense_laplacian(image, radius, epsilon);
  CHECK((dense(system.matrix) - expected).cwiseAbs().maxCoeff() < 1e-8);
  for (const double value : system.right) CHECK(value == 0.0);
}

TEST_CASE("with given pixels it is the block of the unknown ones, and what the given ones push in",
          "[baselines][laplacian]") {
  const int radius = GENERATE(1, 2, 3);
  CAPTURE(radius);
  Scene scene = random_scene({13, 10}, 6);
  scene.trimap(4, 6) = kForeground;  // an island
  scene.trimap(8, 1) = kUnknown;     // and a hole
  const Plane<Rgb<double>> image = to_f64(scene.image);
  const PixelRoles roles = unknown_pixels_as_variables(scene.trimap);
  const LinearSystem system = matting_laplacian(image, roles, {.radius = radius, .epsilon = 1e-5});

  const Eigen::MatrixXd all = dense_laplacian(image, radius, 1e-5);
  Eigen::MatrixXd block(roles.variables, roles.variables);
  Eigen::VectorXd right = Eigen::VectorXd::Zero(roles.variables);
  for (Eigen::Index i = 0; i < all.rows(); ++i) {
    const std::int32_t u = roles.variable.values()[static_cast<std::size_t>(i)];
    if (u < 0) continue;
    for (Eigen::Index j = 0; j < all.cols(); ++j) {
      const std::int32_t v = roles.variable.values()[static_cast<std::size_t>(j)];
      if (v >= 0) block(u, v) = all(i, j);
      if (v < 0) right(u) -= all(i, j) * roles.given.values()[static_cast<std::size_t>(j)];
    }
  }
  CHECK((dense(system.matrix) - block).cwiseAbs().maxCoeff() < 1e-9);
  for (std::int32_t u = 0; u < roles.variables; ++u) {
    CHECK(system.right[u] == Approx(right(u)).margin(1e-9));
  }
}

TEST_CASE("rows are ascending and begin at the diagonal", "[baselines][laplacian]") {
  const LinearSystem system = mbench::testing::hard_system(random_scene({20, 15}, 3));
  const SymmetricMatrix& matrix = system.matrix;
  REQUIRE(matrix.order() > 0);
  for (std::int32_t j = 0; j < matrix.order(); ++j) {
    REQUIRE(matrix.rows[matrix.start[j]] == j);
    for (std::int64_t k = matrix.start[j] + 1; k < matrix.start[j + 1]; ++k) {
      REQUIRE(matrix.rows[k - 1] < matrix.rows[k]);
    }
  }
}

TEST_CASE("the matting Laplacian maps constants to zero", "[baselines][laplacian]") {
  const Plane<Rgb<double>> image = to_f64(random_scene({17, 12}, 9).image);
  const LinearSystem system = matting_laplacian(image, all_pixels_as_variables(image.size()), {});
  const std::vector<double> ones(system.right.size(), 1.0);
  std::vector<double> product(ones.size());
  multiply(system.matrix, ones, product);
  for (const double value : product) CHECK(std::abs(value) < 1e-9);
}

TEST_CASE("a covariance that rounding makes indefinite is an error, not a NaN",
          "[baselines][laplacian]") {
  Plane<Rgb<double>> image{Size{3, 3}};
  for (int i = 0; i < 9; ++i) {  // grey far above 1: rank one, and epsilon is lost in rounding
    const double value = 1e9 * std::sin(i + 1.0);
    image.values()[static_cast<std::size_t>(i)] = {value, value, value};
  }
  CHECK_THROWS_WITH(
      matting_laplacian(image, all_pixels_as_variables(image.size()), {.epsilon = 1e-12}),
      Catch::Contains("covariance of a window is not positive definite") &&
          Catch::Contains("window around row 1, column 1") && Catch::Contains("raise epsilon"));
}
