#include "datasets/demo/catalog.hpp"

#include "datasets/demo/recipes.hpp"

namespace mbench::datasets::demo {
namespace {

constexpr std::array kOutdoors{Place::foliage, Place::meadow, Place::hills};
constexpr std::array kGreenery{Place::foliage, Place::meadow};
constexpr std::array kAnywhere{Place::foliage, Place::room, Place::studio, Place::evening,
                               Place::hills};
constexpr std::array kIndoors{Place::room, Place::studio, Place::wall};
constexpr std::array kDetailed{Place::wall, Place::foliage, Place::room, Place::hills};
constexpr std::array kDark{Place::evening, Place::foliage, Place::hills};

constexpr std::array kUpright{0.75, 2.0 / 3.0, 0.8, 1.0};
constexpr std::array kMixed{4.0 / 3.0, 1.5, 1.0, 0.75};
constexpr std::array kWide{1.5, 4.0 / 3.0, 16.0 / 9.0};

constexpr Recipe kPortrait{"portrait", "SO", "portrait", draw_portrait, kAnywhere, 9, 20, kUpright};
constexpr Recipe kCat{"cat", "SO", "animal", draw_cat, kAnywhere, 10, 20, kMixed};
constexpr Recipe kDog{"dog", "SO", "animal", draw_dog, kOutdoors, 10, 20, kMixed};
constexpr Recipe kFox{"fox", "SO", "animal", draw_fox, kOutdoors, 10, 20, kMixed};
constexpr Recipe kBear{"bear", "SO", "animal", draw_bear, kOutdoors, 10, 20, kWide};
constexpr Recipe kRabbit{"rabbit", "SO", "animal", draw_rabbit, kGreenery, 10, 20, kWide};
constexpr Recipe kSheep{"sheep", "SO", "animal", draw_sheep, kOutdoors, 8, 16, kWide};
constexpr Recipe kBird{"bird", "SO", "animal", draw_bird, kGreenery, 14, 24, kMixed};
constexpr Recipe kFern{"fern", "SO", "plant", draw_fern, kIndoors, 6, 16, kMixed};
constexpr Recipe kGrass{"grass", "SO", "plant", draw_grass, kOutdoors, 8, 18, kMixed};
constexpr Recipe kBranch{"branch", "SO", "plant", draw_branch, kOutdoors, 10, 22, kWide};
constexpr Recipe kPotted{"potted-plant", "SO", "plant", draw_potted_plant,
                         kIndoors,       6,    14,      kUpright};
constexpr Recipe kDandelion{"dandelion", "SO", "plant", draw_dandelion,
                            kGreenery,   12,   24,      kUpright};
constexpr Recipe kChair{"chair", "SO", "furniture", draw_chair, kIndoors, 4, 10, kUpright};
constexpr Recipe kLamp{"lamp", "SO", "furniture", draw_lamp, kIndoors, 5, 12, kUpright};
constexpr Recipe kStool{"stool", "SO", "furniture", draw_stool, kIndoors, 4, 12, kMixed};
constexpr Recipe kBricks{"bricks", "SO", "toy", draw_bricks, kIndoors, 7, 16, kMixed};
constexpr Recipe kPlush{"plush", "SO", "toy", draw_plush, kAnywhere, 8, 18, kUpright};
constexpr Recipe kPeach{"peach", "SO", "fruit", draw_peach, kIndoors, 8, 18, kMixed};
constexpr Recipe kGrapes{"grapes", "SO", "fruit", draw_grapes, kGreenery, 10, 20, kUpright};

constexpr Recipe kWineGlass{"wine-glass", "STM", "transparent", draw_wine_glass, kDetailed, 2, 5,
                            kUpright};
constexpr Recipe kBottle{"bottle", "STM", "transparent", draw_bottle, kDetailed, 2, 5, kUpright};
constexpr Recipe kVase{"vase", "STM", "transparent", draw_vase, kDetailed, 2, 5, kMixed};
constexpr Recipe kBulb{"bulb", "STM", "transparent", draw_bulb, kDetailed, 2, 5, kMixed};
constexpr Recipe kBag{"plastic-bag", "STM", "transparent", draw_bag, kDetailed, 2, 4, kMixed};
constexpr Recipe kVeil{"veil", "STM", "transparent", draw_veil, kDetailed, 2, 4, kMixed};

constexpr Recipe kWeb{"web", "NS", "plant", draw_web, kDark, 3, 9, kMixed};
constexpr Recipe kNet{"net", "NS", "furniture", draw_net, kDetailed, 2, 5, kMixed};
constexpr Recipe kSmoke{"smoke", "NS", "transparent", draw_smoke, kDark, 3, 9, kUpright};
constexpr Recipe kSteam{"steam", "NS", "transparent", draw_steam, kDetailed, 2, 6, kMixed};
constexpr Recipe kRain{"rain", "NS", "transparent", draw_rain, kDark, 4, 10, kWide};

constexpr std::array kOrder{
    &kPortrait, &kCat,   &kWineGlass, &kFern,   &kWeb,    &kChair,  &kPeach,    &kPlush,
    &kDog,      &kSmoke, &kPortrait,  &kRabbit, &kBottle, &kPotted, &kBird,     &kLamp,
    &kPortrait, &kBear,  &kBag,       &kGrass,  &kRain,   &kBricks, &kSheep,    &kGrapes,
    &kPortrait, &kCat,   &kVase,      &kBranch, &kFox,    &kNet,    &kStool,    &kDog,
    &kPortrait, &kBulb,  &kDandelion, &kBird,   &kVeil,   &kSteam,  &kPortrait, &kWineGlass};

}  // namespace

Subject subject_of(int index) {
  const int round = index / static_cast<int>(kOrder.size());
  const auto place = static_cast<std::size_t>(index) % kOrder.size();
  const Recipe* recipe = kOrder[place];
  int per_round = 0;
  int before = 0;
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    if (kOrder[i] != recipe) continue;
    ++per_round;
    if (i < place) ++before;
  }
  return {recipe, round * per_round + before};
}

}  // namespace mbench::datasets::demo
