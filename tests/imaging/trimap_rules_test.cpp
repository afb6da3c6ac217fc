#include "imaging/trimap_rules.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <sstream>
#include <utility>

#include "imaging/io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

struct GoldenTrimap {
  std::string name;
  int k{};
  TrimapCounts counts{};
  std::uint32_t crc{};
};

std::vector<GoldenTrimap> golden_trimaps() {
  std::istringstream lines{read_text(source_path("tests/golden/trimap_gen.csv"))};
  std::vector<GoldenTrimap> rows;
  bool is_heading = true;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    if (std::exchange(is_heading, false)) continue;
    GoldenTrimap row;
    char comma{};
    std::istringstream fields{line.substr(line.find(',') + 1)};
    row.name = line.substr(0, line.find(','));
    fields >> row.k >> comma >> row.counts.background >> comma >> row.counts.unknown >> comma >>
        row.counts.foreground >> comma >> row.crc;
    rows.push_back(row);
  }
  return rows;
}

Plane<std::uint8_t> read_alpha(const std::filesystem::path& file) {
  return to_u8(read_matte(file));
}

}  // namespace

TEST_CASE("made trimaps equal those of the AIM routine on every golden matte",
          "[imaging][trimap][golden]") {
  const auto rows = golden_trimaps();
  REQUIRE(rows.size() == 96);
  for (const GoldenTrimap& row : rows) {
    CAPTURE(row.name, row.k);
    const auto alpha = read_alpha(source_path("tests/golden/alpha/" + row.name + ".png"));
    const Trimap trimap = make_trimap(alpha, row.k);
    const TrimapCounts counts = count_levels(trimap);
    CHECK(counts.background == row.counts.background);
    CHECK(counts.unknown == row.counts.unknown);
    CHECK(counts.foreground == row.counts.foreground);
    CHECK(crc32(0, trimap.values().data(), static_cast<uInt>(trimap.values().size())) == row.crc);
  }
}

TEST_CASE("made trimaps and unified maps equal the published code's, pixel by pixel",
          "[imaging][trimap][golden]") {
  const auto folder = shared_path("golden-compose/trimap");
  if (!folder) return;
  int compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator{*folder}) {
    const std::string file = entry.path().filename().string();
    const auto split = file.find("__");
    if (split == std::string::npos) continue;
    const std::string rule = file.substr(split + 2);
    int k = 0;
    const bool is_trimap = std::sscanf(rule.c_str(), "gfm_k%d", &k) == 1;
    const bool is_stm = std::sscanf(rule.c_str(), "aim_usr_stm_k%d", &k) == 1;
    const bool is_ns = std::sscanf(rule.c_str(), "aim_usr_ns_k%d", &k) == 1;
    if (!is_trimap && !is_stm && !is_ns) continue;
    CAPTURE(file);
    const auto alpha = read_alpha(*folder / (file.substr(0, split) + "_alpha.png"));
    const ImageType type = is_stm  ? ImageType::salient_transparent
                           : is_ns ? ImageType::non_salient
                                   : ImageType::salient_opaque;
    CHECK(make_unified_map(alpha, type, k) == read_alpha(entry.path()));
    ++compared;
  }
  CHECK(compared > 0);
}

TEST_CASE("eroded trimaps equal GCA's, pixel by pixel, in every depth",
          "[imaging][trimap][golden]") {
  const auto folder = shared_path("golden-compose/trimap");
  if (!folder) return;
  int compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator{*folder}) {
    const std::string file = entry.path().filename().string();
    const auto split = file.find("__gca_");
    ErosionSizes sizes;
    if (split == std::string::npos || std::sscanf(file.c_str() + split, "__gca_f%d_b%d",
                                                  &sizes.foreground, &sizes.background) != 2) {
      continue;
    }
    CAPTURE(file);
    const auto alpha = read_alpha(*folder / (file.substr(0, split) + "_alpha.png"));
    const auto expected = read_alpha(entry.path());
    CHECK(eroded_trimap(alpha.view(), sizes) == expected);
    CHECK(eroded_trimap(to_u16(alpha.view()).view(), sizes) == expected);
    CHECK(eroded_trimap(to_f32(alpha.view()).view(), sizes) == expected);
    ++compared;
  }
  CHECK(compared == 30);
}

TEST_CASE("floats within 1e-5 of 0 and 1 count as known in eroded trimaps", "[imaging][trimap]") {
  const Plane<float> alpha{{5, 1}, {0.000009F, 0.00002F, 0.5F, 0.99998F, 0.999991F}};
  CHECK(eroded_trimap(alpha.view(), {.foreground = 1, .background = 1}) ==
        Trimap{{5, 1}, {0, 128, 128, 128, 255}});
}

TEST_CASE("a unified map is what equation 1 of its paper gives for every level and type",
          "[imaging][trimap]") {
  for (const std::uint8_t level : {kBackground, kUnknown, kForeground}) {
    const double t = level == kBackground ? 0.0 : level == kUnknown ? 0.5 : 1.0;
    for (const ImageType type : kImageTypes) {
      const double u = type == ImageType::salient_opaque        ? t
                       : type == ImageType::salient_transparent ? 1.5 * t - t * t
                                                                : 0.5;
      const Trimap expected{{1, 1}, static_cast<std::uint8_t>(u == 0.5 ? 128 : 255 * u)};
      CHECK(unified_map(Trimap{{1, 1}, level}, type) == expected);
    }
  }
}

TEST_CASE("a made unified map takes AIM's element unless told", "[imaging][trimap]") {
  Plane<std::uint8_t> alpha{{100, 80}};
  for (int y = 10; y < 70; ++y) std::ranges::fill(alpha.row(y).subspan(15, 70), 255);
  CHECK(make_unified_map(alpha, ImageType::salient_opaque) == make_trimap(alpha, 30));
  CHECK(make_unified_map(alpha, ImageType::salient_transparent, 7) ==
        unified_map(make_trimap(alpha, 7), ImageType::salient_transparent));
}

TEST_CASE("the types of images have the names of AIM-500's tags", "[imaging][trimap]") {
  CHECK(image_type("STM") == ImageType::salient_transparent);
  for (const ImageType type : kImageTypes) CHECK(image_type(to_string(type)) == type);
  CHECK_FALSE(image_type("so"));
}

TEST_CASE("a unified map keeps, merges or forgets the levels", "[imaging][trimap]") {
  const Trimap trimap{{3, 1}, {0, 128, 255}};
  CHECK(unified_map(trimap, ImageType::salient_opaque) == trimap);
  CHECK(unified_map(trimap, ImageType::salient_transparent) == Trimap{{3, 1}, {0, 128, 128}});
  CHECK(unified_map(trimap, ImageType::non_salient) == Trimap{{3, 1}, {128, 128, 128}});
}

TEST_CASE("a made trimap never calls soft alpha known", "[imaging][trimap]") {
  const Plane<std::uint8_t> alpha = noise_plane({60, 50}, 4);
  for (const int k : {1, 2, 5, 10}) {
    const Trimap trimap = make_trimap(alpha, k);
    bool consistent = true;
    for (std::size_t i = 0; i < trimap.values().size(); ++i) {
      const std::uint8_t level = trimap.values()[i];
      const std::uint8_t value = alpha.values()[i];
      consistent = consistent && (level != kForeground || value == 255) &&
                   (level != kBackground || value == 0);
    }
    CHECK(consistent);
  }
}
