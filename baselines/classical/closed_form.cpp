#include "baselines/classical/closed_form.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "baselines/trimap_input.hpp"
#include "core/error.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{
        .name = "lambda",
        .help = "weight of soft constraints (published: 100); without it known pixels are fixed",
        .type = OptionType::number,
        .min = 1e-3,
        .max = 1e9},
    OptionSpec{.name = "radius",
               .help = "windows of (2 radius + 1)^2 pixels",
               .type = OptionType::integer,
               .default_value = "1",
               .min = 1,
               .max = 3},
    OptionSpec{.name = "epsilon",
               .help = "regularises the colour covariance; squared units of colour in [0, 1]",
               .type = OptionType::number,
               .default_value = "1e-7",
               .min = 1e-12,
               .max = 1.0},
    kSolverOption,
    kRtolOption,
    kMaxIterationsOption};

/// Adds lambda D_K to the matrix and lambda alpha_K to the right side; every pixel is a variable.
/// Returns alpha_K, the point from which the iteration starts.
std::vector<double> pull_towards(TrimapView trimap, double lambda, LinearSystem& system) {
  std::vector<double> known(system.right.size(), 0.0);
  std::size_t i = 0;
  for (int y = 0; y < trimap.size().height; ++y) {
    for (const std::uint8_t level : trimap.row(y)) {
      if (level == kForeground) known[i] = 1.0;
      if (level != kUnknown) {
        system.matrix.values[system.matrix.start[i]] += lambda;
        system.right[i] += lambda * known[i];
      }
      ++i;
    }
  }
  return known;
}

std::string smaller_than_window(Size size, int radius) {
  const int side = 2 * radius + 1;
  if (size.width >= side && size.height >= side) return {};
  return fmt::format("image of {} is smaller than one window of {}x{}", to_string(size), side,
                     side);
}

void require_finite(const Plane<Rgb<double>>& image, std::string_view sample_id) {
  const bool finite = std::ranges::all_of(image.values(), [](const Rgb<double>& pixel) {
    return std::isfinite(pixel.r) && std::isfinite(pixel.g) && std::isfinite(pixel.b);
  });
  if (finite) return;
  throw Error{ErrorKind::bad_input,
              {.what = "the image holds values that are not finite",
               .where = std::string{sample_id},
               .fix = "replace NaN and infinity in the file"}};
}

class ClosedForm final : public Method {
 public:
  explicit ClosedForm(const ClosedFormOptions& options) : options_{options} {}

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    const Trimap& trimap = require_trimap(input, closed_form_method.id);
    const Plane<Rgb<double>> image = to_f64(input.image);
    require_finite(image, input.sample_id);
    try {
      return closed_form_matting(image, trimap, options_);
    } catch (const Error& error) {
      throw error.at(input.sample_id);
    }
  }

 private:
  ClosedFormOptions options_;
};

}  // namespace

Estimate closed_form_matting(const Plane<Rgb<double>>& image, TrimapView trimap,
                             const ClosedFormOptions& options) {
  if (count_levels(trimap).unknown > 0) {
    std::string reason = undetermined_reason(trimap);
    if (reason.empty()) reason = smaller_than_window(image.size(), options.laplacian.radius);
    if (!reason.empty()) return {.alpha = half_where_unknown(trimap), .degenerate = reason};
  }

  const PixelRoles roles =
      options.lambda ? all_pixels_as_variables(image.size()) : unknown_pixels_as_variables(trimap);
  LinearSystem system = matting_laplacian(image, roles, options.laplacian);
  // From the known values on, the first residual has the same scale in both forms: that of what the
  // known pixels push into the unknown region. With 0 the soft form would begin at lambda times
  // that, and `rtol` would stop it early.
  std::vector<double> start = options.lambda ? pull_towards(trimap, *options.lambda, system)
                                             : std::vector<double>(system.right.size(), 0.0);
  const std::vector<double> solution = solve(system, std::move(start), options.solver);

  Plane<float> alpha{image.size()};
  for (int y = 0; y < image.size().height; ++y) {
    for (int x = 0; x < image.size().width; ++x) {
      const std::int32_t variable = roles.variable(y, x);
      const double value = variable < 0 ? roles.given(y, x) : solution[variable];
      alpha(y, x) = static_cast<float>(std::clamp(value, 0.0, 1.0));
    }
  }
  return {.alpha = std::move(alpha)};
}

constinit const MethodEntry closed_form_method{
    .id = "closed-form",
    .title = "Closed-form matting",
    .cite = "levin2008",
    .summary = "Alpha as a local affine function of colour; one sparse linear system",
    .needs = {.trimap = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      const Options& options = settings.options;
      ClosedFormOptions chosen{
          .laplacian = {.radius = options.integer("radius"), .epsilon = options.number("epsilon")},
          .solver = solver_options(options)};
      if (options.has("lambda")) chosen.lambda = options.number("lambda");
      return std::make_unique<ClosedForm>(chosen);
    }};

}  // namespace mbench::baselines
