#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <fmt/core.h>

#include "datasets/trimaps/rule.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::datasets::trimaps;

namespace {

constexpr std::array kSizes{Size{1, 1}, Size{2, 1}, Size{1, 2},  Size{9, 1},
                            Size{1, 9}, Size{4, 3}, Size{70, 50}};

/// By every rule, with its own options; those that need a type take that of an opaque object.
template <typename Use>
void for_each_rule(Use use) {
  for (const TrimapRule* rule : all_rules()) {
    CAPTURE(rule->facts.id);
    use(choose_rule(rule->facts.id));
  }
  for (const char* far : {"gfm:999", "gca:1,998", "dimtorch:40,30", "foamliu:200", "bgm:99",
                          "dist:9999", "lsa:0,999"}) {
    CAPTURE(far);
    use(choose_rule(far));
  }
}

Trimap make(const ChosenRule& rule, AlphaView alpha,
            imaging::ImageType type = imaging::ImageType::salient_opaque) {
  return make_trimap(rule, {.alpha = alpha, .type = type}, 1, "a").trimap;
}

/// Clear, opaque and what lies between, in every order.
Plane<std::uint8_t> three_levels(Size size, std::uint64_t seed) {
  Plane<std::uint8_t> alpha = testing::noise_plane(size, seed);
  for (std::uint8_t& v : alpha.values()) v = v < 100 ? 0 : v < 200 ? 255 : v;
  return alpha;
}

}  // namespace

TEST_CASE("a matte of one value is all background, all foreground or all unknown by every rule",
          "[trimaps][small]") {
  for (const Size size : kSizes) {
    CAPTURE(to_string(size));
    for_each_rule([&](const ChosenRule& rule) {
      const auto of = [&](int v) {
        return make(rule, Plane<std::uint8_t>{size, static_cast<std::uint8_t>(v)}.view());
      };
      CHECK(of(0) == Trimap{size, kBackground});
      CHECK(of(255) == Trimap{size, kForeground});
      for (const int v : {1, 128, 254}) CHECK(of(v) == Trimap{size, kUnknown});
      CHECK(make(rule, Plane<float>{size, 0.5F}.view()) == Trimap{size, kUnknown});
      CHECK(make(rule, Plane<std::uint16_t>{size, 65534}.view()) == Trimap{size, kUnknown});
    });
  }
}

TEST_CASE("unified maps of a matte of one value hang on the type alone", "[trimaps][small]") {
  const ChosenRule usr = choose_rule("usr");
  for (const Size size : kSizes) {
    const Plane<std::uint8_t> opaque{size, 255};
    const Plane<std::uint8_t> clear{size, 0};
    const auto of = [&](const Plane<std::uint8_t>& alpha, imaging::ImageType type) {
      return make(usr, alpha.view(), type);
    };
    CHECK(of(opaque, imaging::ImageType::salient_transparent) == Trimap{size, kUnknown});
    CHECK(of(clear, imaging::ImageType::salient_transparent) == Trimap{size, kBackground});
    CHECK(of(opaque, imaging::ImageType::non_salient) == Trimap{size, kUnknown});
    CHECK(of(clear, imaging::ImageType::non_salient) == Trimap{size, kUnknown});
  }
}

TEST_CASE("by every rule the trimap of a row is that of the same column", "[trimaps][small]") {
  for (const int length : {1, 2, 3, 40}) {
    CAPTURE(length);
    const Plane<std::uint8_t> row = three_levels({length, 1}, static_cast<std::uint64_t>(length));
    const Plane<std::uint8_t> column{Size{1, length}, {row.values().begin(), row.values().end()}};
    for_each_rule([&](const ChosenRule& rule) {
      const Trimap of_row = make(rule, row.view());
      const Trimap of_column = make(rule, column.view());
      CHECK(of_column.size() == column.size());
      CHECK(std::ranges::equal(of_row.values(), of_column.values()));
    });
  }
}

TEST_CASE("what a matte leaves unknown stays unknown, and nothing changes sides, by every rule",
          "[trimaps][small]") {
  for (const Size size : kSizes) {
    const Plane<std::uint8_t> alpha = three_levels(size, 6);
    for_each_rule([&](const ChosenRule& rule) {
      const Trimap trimap = make(rule, alpha.view());
      for (std::size_t i = 0; i < trimap.values().size(); ++i) {
        const std::uint8_t v = alpha.values()[i];
        const std::uint8_t own = v == 0 ? kBackground : v == 255 ? kForeground : kUnknown;
        const std::uint8_t level = trimap.values()[i];
        REQUIRE((level == kUnknown || level == own));
      }
    });
  }
}
