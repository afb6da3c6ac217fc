#include "baselines/trivial/trimap_as_alpha.hpp"

#include "baselines/trimap_input.hpp"

namespace mbench::baselines {
namespace {

class TrimapAsAlpha final : public Method {
 public:
  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    return {.alpha = require_trimap(input, trimap_as_alpha_method.id)};
  }
};

}  // namespace

constinit const MethodEntry trimap_as_alpha_method{
    .id = "trimap-as-alpha",
    .title = "Trimap as alpha",
    .cite = "",
    .summary = "The trimap's values 0, 128, 255 as an 8-bit matte: what is known before matting",
    .needs = {.trimap = true},
    .options = {},
    .make = [](const MethodSettings&) -> std::unique_ptr<Method> {
      return std::make_unique<TrimapAsAlpha>();
    }};

}  // namespace mbench::baselines
