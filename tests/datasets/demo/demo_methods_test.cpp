#include <cmath>

#include "baselines/method.hpp"
#include "datasets/demo/sample.hpp"
#include "tests/support/catch.hpp"

namespace mbench::datasets::demo {

TEST_CASE("Closed-form matting runs on every SO sample and beats a grey band", "[demo][methods]") {
  const auto& entry = baselines::find_method("closed-form");
  const auto method = entry.make({.options = Options{entry.options, {}, "method 'closed-form'"}});
  DemoOptions options;
  options.long_side = 160;
  int tried = 0;
  for (int index = 0; index < 40; ++index) {
    if (demo_title(index).type != "SO") continue;
    const DemoSample sample = render_demo_sample(index, options);
    CAPTURE(sample.id);
    const Image image{sample.image};
    const auto estimate =
        method->estimate({.sample_id = sample.id, .image = image, .trimap = &sample.trimap});
    CHECK(estimate.degenerate.empty());
    const AlphaView alpha = estimate.alpha.view();
    REQUIRE(alpha.size() == sample.alpha.size());
    double error = 0.0;
    double grey_error = 0.0;
    for (int y = 0; y < sample.alpha.size().height; ++y) {
      for (int x = 0; x < sample.alpha.size().width; ++x) {
        if (sample.trimap(y, x) != kUnknown) continue;
        const double truth = sample.alpha(y, x) / 255.0;
        error += std::abs(alpha.alpha(y, x) - truth);
        grey_error += std::abs(0.5 - truth);
      }
    }
    CHECK(error < grey_error);
    ++tried;
  }
  CHECK(tried == 28);
}

}  // namespace mbench::datasets::demo
