#include "tests/datasets/compose/set_sources.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "imaging/io.hpp"
#include "tests/support/images.hpp"

namespace mbench::testing {
namespace {
namespace fs = std::filesystem;
using namespace datasets::compose;

Composite compose_dice(const Ingredients& in, const Options&, Random random) {
  const auto level = static_cast<std::uint8_t>(random.below(256));
  Composite composite{.image = Plane<Rgb<std::uint8_t>>{in.foreground.size()},
                      .background = Plane<Rgb<std::uint8_t>>{in.foreground.size()},
                      .particulars = {{"level", std::to_string(level)}}};
  for (int y = 0; y < in.foreground.size().height; ++y) {
    std::ranges::transform(
        in.foreground.row(y), composite.image.row(y).begin(), [level](const Rgb<std::uint8_t>& p) {
          return Rgb<std::uint8_t>{static_cast<std::uint8_t>(p.r + level), p.g, p.b};
        });
  }
  return composite;
}

}  // namespace

constinit const ComposeRule dice_rule{
    .facts = {.id = "dice", .title = "Draws", .summary = "Draws.", .source = "tests"},
    .pairing = Pairing::shuffled,
    .test_copies = 2,
    .compose = compose_dice};

void write_sources(const fs::path& root, int foregrounds, int backgrounds) {
  for (int i = 0; i < foregrounds; ++i) {
    const Size size{14 + i % 3, 12 + i % 2};
    const std::string name = fmt::format("f{:02}.png", i);
    imaging::write_image(root / "fg" / name, noise_image(size, 100 + i));
    Plane<std::uint8_t> alpha = noise_plane(size, 200 + i);
    for (std::uint8_t& value : alpha.values()) {  // a third each: background, mixed, foreground
      if (value < 85) value = 0;
      if (value > 170) value = 255;
    }
    imaging::write_matte(root / "alpha" / name, alpha.view(), Depth::u8);
  }
  for (int i = 0; i < backgrounds; ++i) {
    imaging::write_image(root / "bg" / fmt::format("b{:03}.png", i),
                         noise_image({9 + i % 11, 17 - i % 7}, 300 + i));
  }
}

SourceFolders folders_of(const fs::path& root) {
  return {.foregrounds = {root / "fg"}, .alphas = {root / "alpha"}, .backgrounds = {root / "bg"}};
}

SetSettings settings_of(const fs::path& root, const fs::path& out, int copies,
                        std::string_view rule) {
  SetSettings settings{.rule = rule == "dice" ? &dice_rule : &find_rule(rule_id(rule)),
                       .folders = folders_of(root),
                       .out = out};
  settings.options = parse_rule_options(rule, settings.rule->facts, "composition rule");
  settings.pairing =
      choose_pairs({.copies = copies}, *settings.rule, settings.options.options,
                   SourceFiles{settings.folders.foregrounds, "foregrounds"},
                   SourceFiles{settings.folders.backgrounds, "backgrounds"}, settings.folders);
  return settings;
}

Plan plan_of(const SetSettings& settings, int limit) {
  return plan_set(settings.pairing.pairs, PlanSources{settings.folders}, limit, 2);
}

SetOutcome compose(const SetSettings& settings, int limit) {
  return compose_set(settings, plan_of(settings, limit), 2);
}

std::vector<std::pair<std::string, std::string>> contents_of(const fs::path& folder) {
  std::vector<std::pair<std::string, std::string>> contents;
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    const std::string name = entry.path().lexically_relative(folder).string();
    if (entry.is_regular_file() && !entry.path().filename().string().starts_with('.')) {
      contents.emplace_back(name, read_text(entry.path()));
    }
  }
  std::ranges::sort(contents);
  return contents;
}

}  // namespace mbench::testing
