#include "baselines/trivial/constant.hpp"

#include <array>

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{OptionSpec{.name = "alpha",
                                         .help = "alpha of every pixel, 0 to 1",
                                         .type = OptionType::number,
                                         .default_value = "0.5",
                                         .min = 0.0,
                                         .max = 1.0}};

class Constant final : public Method {
 public:
  explicit Constant(double alpha) : alpha_{static_cast<float>(alpha)} {}

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    return {.alpha = Plane<float>{input.image.size(), alpha_}};
  }

 private:
  float alpha_;
};

}  // namespace

constinit const MethodEntry constant_method{
    .id = "constant",
    .title = "Constant",
    .cite = "",
    .summary = "One alpha at every pixel; a score that any method must beat",
    .needs = {},
    .options = kOptions,
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<Constant>(settings.options.number("alpha"));
    }};

}  // namespace mbench::baselines
