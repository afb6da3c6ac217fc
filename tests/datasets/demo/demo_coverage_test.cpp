#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/exact_math.hpp"
#include "core/random.hpp"
#include "datasets/demo/canvas.hpp"
#include "datasets/demo/coverage.hpp"
#include "datasets/demo/shapes.hpp"
#include "tests/support/catch.hpp"

namespace mbench::datasets::demo {
namespace {

constexpr Vec3 kWhite{1, 1, 1};

/// Share of the unit square at (x, y) on the side n . p < c of a line, by clipping.
double half_plane_coverage(double x, double y, Vec2 n, double c) {
  const Vec2 square[] = {{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}};
  std::vector<Vec2> kept;
  for (int i = 0; i < 4; ++i) {
    const Vec2 p = square[i];
    const Vec2 q = square[(i + 1) % 4];
    const double dp = dot(n, p) - c;
    const double dq = dot(n, q) - c;
    if (dp < 0) kept.push_back(p);
    if ((dp < 0) != (dq < 0)) kept.push_back(mix(p, q, dp / (dp - dq)));
  }
  double area = 0.0;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const Vec2 p = kept[i];
    const Vec2 q = kept[(i + 1) % kept.size()];
    area += 0.5 * (p.x * q.y - p.y * q.x);
  }
  return area;
}

/// Area of the part of the disc of radius r about 0 with 0 <= x <= a, 0 <= y <= b (a, b >= 0).
double disc_corner(double a, double b, double r) {
  a = std::min(a, r);
  b = std::min(b, r);
  if (a * a + b * b <= r * r) return a * b;
  const auto integral = [r](double x) {  // of sqrt(r^2 - x^2) from 0
    return 0.5 * (x * std::sqrt(std::max(0.0, r * r - x * x)) + r * r * std::asin(x / r));
  };
  const double x0 = std::sqrt(r * r - b * b);  // where the arc leaves the height b
  return b * x0 + integral(a) - integral(x0);
}
double disc_quadrant(double x, double y, double r) {  // odd in x and y
  const double sign = (x < 0 ? -1.0 : 1.0) * (y < 0 ? -1.0 : 1.0);
  return sign * disc_corner(std::abs(x), std::abs(y), r);
}
double disc_coverage(double x, double y, Vec2 centre, double r) {
  const double left = x - centre.x;
  const double top = y - centre.y;
  return disc_quadrant(left + 1, top + 1, r) - disc_quadrant(left, top + 1, r) -
         disc_quadrant(left + 1, top, r) + disc_quadrant(left, top, r);
}

double mean_alpha(const Canvas& canvas) {
  double sum = 0.0;
  for (int y = 0; y < canvas.size().height; ++y) {
    for (int x = 0; x < canvas.size().width; ++x) sum += canvas.pixel(y, x).alpha;
  }
  return sum / static_cast<double>(canvas.size().pixels());
}

}  // namespace

// A straight edge through an 8 x 8 grid puts at most one boundary sub-sample per line of the grid
// on the wrong side by half its cell: 8 lines x 1/2 x 1/64 = 1/16; vertices are rounded to 1/2048.
TEST_CASE("A half-plane covers each pixel as its area says, within 1/16", "[demo][coverage]") {
  const double turns = GENERATE(0.0, 0.03, 0.11, 0.125, 0.21, 0.25, 0.37, 0.6, 0.83);
  const double offset = GENERATE(0.0, 0.3, -2.71);
  const Vec2 n{cos_turns(turns), sin_turns(turns)};
  const double c = dot(n, Vec2{10.3, 9.1}) + offset;
  const Vec2 foot = c * n;
  const Vec2 along = perpendicular(n);
  const std::vector<Outline> path{{foot + 100.0 * along, foot - 100.0 * along,
                                   foot - 100.0 * along - 100.0 * n,
                                   foot + 100.0 * along - 100.0 * n}};
  CoverageScanner scanner{Size{20, 20}};
  std::vector<int> counts(400);
  for (const Fragment& f : scanner.scan(path)) counts[f.y * 20 + f.x] = std::popcount(f.mask);
  double bias = 0.0;
  for (int y = 0; y < 20; ++y) {
    for (int x = 0; x < 20; ++x) {
      const double error = counts[y * 20 + x] / 64.0 - half_plane_coverage(x, y, n, c);
      CAPTURE(x, y, error);
      REQUIRE(std::abs(error) <= 1.0 / 16 + 1e-3);
      bias += error;
    }
  }
  CHECK(std::abs(bias) < 1.3);  // about 20 pixels on the edge, at 1/16 each at worst
}

TEST_CASE("A disc covers each pixel as its area says, within 1/16, and in all within 0.2 percent",
          "[demo][coverage]") {
  const double radius = GENERATE(3.0, 7.77, 14.2);
  const Vec2 centre{16.37, 15.81};
  CoverageScanner scanner{Size{32, 32}};
  // A polygon of 4000 corners is within 5e-6 pixel of the circle.
  Outline circle;
  for (int i = 0; i < 4000; ++i) {
    circle.push_back(centre + radius * Vec2{cos_turns(i / 4000.0), sin_turns(i / 4000.0)});
  }
  const std::vector<Outline> path{circle};
  std::vector<int> counts(32 * 32);
  int total = 0;
  for (const Fragment& f : scanner.scan(path)) {
    counts[f.y * 32 + f.x] = std::popcount(f.mask);
    total += std::popcount(f.mask);
  }
  for (int y = 0; y < 32; ++y) {
    for (int x = 0; x < 32; ++x) {
      const double error = counts[y * 32 + x] / 64.0 - disc_coverage(x, y, centre, radius);
      CAPTURE(x, y, error);
      REQUIRE(std::abs(error) <= 1.0 / 16 + 1e-3);
    }
  }
  const double area = std::numbers::pi * radius * radius;
  CHECK(total / 64.0 == Approx(area).epsilon(radius > 5 ? 0.002 : 0.01));
}

TEST_CASE("The ellipse polygon stays within 1/50 unit of the ellipse", "[demo][coverage]") {
  const double radius = GENERATE(1.0, 12.0, 90.0, 300.0);
  const Outline outline = ellipse({0, 0}, radius, radius);
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const Vec2 middle = mix(outline[i], outline[(i + 1) % outline.size()], 0.5);
    CHECK(radius - length(middle) < 0.025);
  }
}

TEST_CASE("A strand thinner than a pixel has the mean alpha of its area, within 2 percent",
          "[demo][coverage]") {
  const double width_px = GENERATE(0.12, 0.3, 0.55, 0.9);
  // Directions away from those in which the sub-samples stand in line: see the next test.
  const double turns = GENERATE(0.017, 0.03, 0.08, 0.119, 0.17, 0.22, 0.31, 0.44);
  Canvas canvas{Size{640, 640}};  // one unit is one pixel
  const Vec2 along{cos_turns(turns), sin_turns(turns)};
  constexpr double kLength = 500.0;
  std::vector<StrandPoint> points;
  for (int k = 0; k <= 50; ++k) {
    points.push_back(
        {Vec2{320.13, 320.41} + (kLength * (k / 50.0 - 0.5)) * along, 0.5 * width_px, kWhite});
  }
  canvas.strand(points);
  const double expected = width_px * kLength / (640.0 * 640.0);
  CHECK(mean_alpha(canvas) == Approx(expected).epsilon(0.02));
}

// Along an axis or a diagonal the sub-samples stand in line, and one thin strand meets a line of
// them or misses it; over all places where it may lie the mean is right all the same.
TEST_CASE("A thin strand along an axis or a diagonal has its area's mean alpha over all places",
          "[demo][coverage]") {
  const double width_px = GENERATE(0.12, 0.3, 0.55);
  const double turns = GENERATE(0.0, 0.125, 0.25);
  const Vec2 along{cos_turns(turns), sin_turns(turns)};
  const Vec2 across = (0.5 * width_px) * perpendicular(along);
  CoverageScanner scanner{Size{64, 64}};
  Random random{5};
  std::int64_t covered = 0;
  constexpr int kPlaces = 6000;
  for (int place = 0; place < kPlaces; ++place) {
    const Vec2 from{10.0 + random.uniform(), 10.0 + random.uniform()};
    const Vec2 to = from + 40.0 * along;
    for (const Fragment& f :
         scanner.scan_quad(from + across, from - across, to - across, to + across)) {
      covered += std::popcount(f.mask);
    }
  }
  CHECK(static_cast<double>(covered) / (64.0 * kPlaces) == Approx(width_px * 40.0).epsilon(0.02));
}

TEST_CASE("Shapes that share an edge leave no sub-sample out and share none",
          "[demo][coverage][property]") {
  Random random{GENERATE(1U, 2U, 3U, 4U)};
  CoverageScanner scanner{Size{24, 24}};
  for (int round = 0; round < 50; ++round) {
    // A quadrilateral fan about an inner point must tile its rectangle.
    const Vec2 inner{random.uniform(4.0, 20.0), random.uniform(4.0, 20.0)};
    const Vec2 corners[] = {{2, 2}, {22, 2}, {22, 22}, {2, 22}};
    std::vector<std::uint64_t> seen(24 * 24);
    for (int i = 0; i < 4; ++i) {
      const Vec2 p = corners[i];
      const Vec2 q = corners[(i + 1) % 4];
      for (const Fragment& f : scanner.scan_quad(p, mix(p, q, 0.37), q, inner)) {
        REQUIRE((seen[f.y * 24 + f.x] & f.mask) == 0);
        seen[f.y * 24 + f.x] |= f.mask;
      }
    }
    for (int y = 2; y < 22; ++y) {
      for (int x = 2; x < 22; ++x) REQUIRE(seen[y * 24 + x] == kFullMask);
    }
  }
}

TEST_CASE("Outlines partly or wholly off the canvas are cut at its border", "[demo][coverage]") {
  CoverageScanner scanner{Size{8, 8}};
  const std::vector<Outline> huge{{{-1e6, -1e6}, {1e6, -1e6}, {1e6, 1e6}, {-1e6, 1e6}}};
  const auto all = scanner.scan(huge);
  REQUIRE(all.size() == 64);
  for (const Fragment& f : all) CHECK(f.mask == kFullMask);
  const std::vector<Outline> away{{{-9, -9}, {-2, -9}, {-2, -2}}};
  CHECK(scanner.scan(away).empty());
  CHECK(scanner.scan_quad({-5, 1}, {-2, 1}, {-2, 3}, {-5, 3}).empty());
  CHECK(scanner.scan_quad({1, 20}, {2, 20}, {2, 23}, {1, 23}).empty());
}

TEST_CASE("An outline inside another one is a hole", "[demo][coverage]") {
  CoverageScanner scanner{Size{10, 10}};
  const std::vector<Outline> ring{rectangle({1, 1}, {9, 9}), rectangle({3, 3}, {7, 7})};
  int covered = 0;
  for (const Fragment& f : scanner.scan(ring)) covered += std::popcount(f.mask);
  CHECK(covered == 64 * (64 - 16));
}

TEST_CASE("The canvas is the over rule: alpha and colour as back-to-front compositing gives them",
          "[demo][canvas]") {
  // Three shapes with and without transparency over one pixel grid, against a plain per-sub-sample
  // reference in double precision.
  struct Layer {
    Vec2 low, high;
    Vec3 colour;
    double opacity;
  };
  const Layer layers[] = {{{1.3, 0.6}, {3.2, 2.4}, {.9, .1, .2}, 0.4},  // front
                          {{0.2, 1.1}, {2.6, 3.7}, {.2, .8, .3}, 1.0},
                          {{0.0, 0.0}, {4.0, 4.0}, {.1, .3, .7}, 0.25},
                          {{1.9, 1.4}, {3.9, 3.1}, {.5, .5, .1}, 0.8}};
  Canvas canvas{Size{4, 4}};
  const double unit_per_px = 1.0 / canvas.pixels_per_unit();
  for (const Layer& l : layers) {
    canvas.fill(rectangle(unit_per_px * l.low, unit_per_px * l.high), [&](Vec2) {
      return Tint{l.colour, l.opacity};
    });
  }
  for (int y = 0; y < 4; ++y) {
    for (int x = 0; x < 4; ++x) {
      double alpha = 0.0;
      Vec3 sum{};
      for (int s = 0; s < 64; ++s) {
        const Vec2 at{x + (s % 8 + 0.5) / 8, y + (s / 8 + 0.5) / 8};
        double a = 0.0;
        Vec3 p{};
        for (int k = 3; k >= 0; --k) {
          const Layer& l = layers[k];
          if (at.x < l.low.x || at.x >= l.high.x || at.y < l.low.y || at.y >= l.high.y) continue;
          p = l.opacity * l.colour + (1.0 - l.opacity) * p;
          a = l.opacity + (1.0 - l.opacity) * a;
        }
        alpha += a / 64;
        sum = sum + (1.0 / 64) * p;
      }
      const CanvasPixel pixel = canvas.pixel(y, x);
      CAPTURE(x, y);
      CHECK(pixel.alpha == Approx(alpha).margin(1e-6));
      CHECK(pixel.premultiplied.x == Approx(sum.x).margin(1e-6));
      CHECK(pixel.premultiplied.y == Approx(sum.y).margin(1e-6));
      CHECK(pixel.premultiplied.z == Approx(sum.z).margin(1e-6));
    }
  }
}

TEST_CASE("What is drawn later lies behind", "[demo][canvas]") {
  Canvas canvas{Size{8, 8}};
  canvas.fill_all([](Vec2) { return Vec3{1, 0, 0}; });
  canvas.fill_all([](Vec2) { return Vec3{0, 1, 0}; });
  const std::vector<StrandPoint> strand{{{0, 0}, 50.0, kWhite}, {{640, 640}, 50.0, kWhite}};
  canvas.strand(strand);
  CHECK(canvas.pixel(4, 4).premultiplied.x == 1.0);
  CHECK(canvas.pixel(4, 4).premultiplied.y == 0.0);
  CHECK(canvas.pixel(4, 4).alpha == 1.0);
}

TEST_CASE("The exact functions agree with the C library to 1e-9", "[demo][math]") {
  for (double x = -3.0; x < 3.0; x += 0.0137) {
    CAPTURE(x);
    REQUIRE(sin_turns(x) == Approx(std::sin(2 * std::numbers::pi * x)).margin(1e-9));
    REQUIRE(cos_turns(x) == Approx(std::cos(2 * std::numbers::pi * x)).margin(1e-9));
    REQUIRE(exp_exact(9 * x) == Approx(std::exp(9 * x)).epsilon(1e-9));
    REQUIRE(log_exact(std::exp(5 * x)) == Approx(5 * x).margin(1e-9));
    REQUIRE(pow_exact(x + 3.001, 1.7) == Approx(std::pow(x + 3.001, 1.7)).epsilon(1e-9));
  }
  CHECK(exp_exact(-1e4) == 0.0);
  CHECK(pow_exact(0.0, 2.0) == 0.0);
}

TEST_CASE("A fork of the random numbers depends on its tag alone, not on what was drawn before",
          "[demo][random]") {
  Random first{7};
  Random second{7};
  first.bits();
  first.normal();
  CHECK(first.fork(3).bits() == second.fork(3).bits());
  CHECK(first.fork(3).bits() != second.fork(4).bits());
  double sum = 0.0;
  double squares = 0.0;
  constexpr int kDraws = 20000;
  for (int i = 0; i < kDraws; ++i) {
    const double n = first.normal();
    sum += n;
    squares += n * n;
  }
  CHECK(sum / kDraws == Approx(0.0).margin(0.03));
  CHECK(squares / kDraws == Approx(1.0).margin(0.03));
}

}  // namespace mbench::datasets::demo
