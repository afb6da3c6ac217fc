#include "datasets/demo_set.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include <fmt/core.h>

#include "datasets/aim500.hpp"
#include "datasets/demo/generate.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::array kOptions{OptionSpec{.name = "seed",
                                         .help = "number that every sample is drawn from",
                                         .type = OptionType::integer,
                                         .default_value = "7",
                                         .min = 0,
                                         .max = 2147483647},
                              OptionSpec{.name = "count",
                                         .help = "number of images",
                                         .type = OptionType::integer,
                                         .default_value = "40",
                                         .min = 1,
                                         .max = 100000},
                              OptionSpec{.name = "long_side",
                                         .help = "longer side of every image in pixels",
                                         .type = OptionType::integer,
                                         .default_value = "640",
                                         .min = demo::kSmallestLongSide,
                                         .max = demo::kLargestLongSide},
                              OptionSpec{.name = "size",
                                         .help = "width and height to which every image is "
                                                 "stretched, 800x600, instead of long_side"}};

fs::path cache_folder() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return fs::path{value == nullptr ? "" : value};
  };
  if (const fs::path own = variable("MBENCH_CACHE"); !own.empty()) return own;
  if (const fs::path xdg = variable("XDG_CACHE_HOME"); !xdg.empty()) return xdg / "mbench";
  if (const fs::path home = variable("HOME"); !home.empty()) return home / ".cache" / "mbench";
  throw Error{ErrorKind::usage,
              {.what = "there is no place for the demo data set",
               .expected = "one of the variables MBENCH_CACHE, XDG_CACHE_HOME, HOME",
               .found = "none is set"}};
}

bool recognises(const fs::path&) { return false; }  // a rendered folder is one of aim500's layout

Dataset open(const fs::path&, const Options& options) {
  demo::DemoOptions rendered{.seed = static_cast<std::uint64_t>(options.integer("seed")),
                             .count = options.integer("count"),
                             .long_side = options.integer("long_side")};
  if (options.has("size")) {
    const Size size = parse_size(options.text("size"));
    rendered.stretched_to = size;
    rendered.long_side = std::clamp(std::max(size.width, size.height), demo::kSmallestLongSide,
                                    demo::kLargestLongSide);
  }
  const fs::path root =
      demo_cache_folder(rendered.seed, rendered.count, rendered.long_side, rendered.stretched_to);
  demo::generate_demo(root, rendered);  // does nothing if it is there
  Dataset dataset = aim500_dataset.open(root, Options{});
  dataset.title = "mbench demo";
  dataset.adapter = demo_dataset.id;
  return dataset;
}

}  // namespace

constinit const DatasetEntry demo_dataset{
    .id = kDemoName,
    .title = "mbench demo: procedural images with exact alpha",
    .cite = "",
    .layout = "",
    .options = kOptions,
    .recognises = recognises,
    .open = open};

fs::path demo_cache_folder(std::uint64_t seed, int count, int long_side,
                           std::optional<Size> stretched_to) {
  return cache_folder() / "demo" /
         fmt::format("recipe{}-seed{}-count{}-side{}{}", demo::kRecipeVersion, seed, count,
                     long_side, stretched_to ? "-size" + to_string(*stretched_to) : "");
}

}  // namespace mbench::datasets
