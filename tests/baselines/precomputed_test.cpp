#include "baselines/method.hpp"
#include "core/error.hpp"
#include "imaging/io.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::baselines;
using mbench::testing::make_method;
using mbench::testing::TemporaryFolder;

namespace {

const Image kImage{Plane<Rgb<std::uint8_t>>{Size{3, 2}}};
const Matte kMatte{Plane<std::uint8_t>{Size{3, 2}, {0, 1, 2, 253, 254, 255}}};

Estimate estimate_from(const TemporaryFolder& folder, std::string_view id) {
  return make_method("precomputed:dir=" + folder.path().string())
      ->estimate({.sample_id = id, .image = kImage});
}

ErrorKind kind_of_failure(const TemporaryFolder& folder, std::string_view id) {
  try {
    static_cast<void>(estimate_from(folder, id));
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::internal;
}

}  // namespace

TEST_CASE("a precomputed matte is found under the id of its sample", "[baselines][precomputed]") {
  const TemporaryFolder folder;
  const std::string id = GENERATE("GT01", "GT01/small", "a.b c");
  imaging::write_matte(folder.path() / (id + ".png"), kMatte, Depth::u8);
  const Estimate answer = estimate_from(folder, id);
  CHECK(answer.alpha == kMatte);
  CHECK(answer.degenerate.empty());
}

TEST_CASE("a precomputed matte keeps the depth of its file", "[baselines][precomputed]") {
  const TemporaryFolder folder;
  const Matte deep{Plane<std::uint16_t>{Size{3, 2}, {0, 1, 2, 65533, 65534, 65535}}};
  imaging::write_matte(folder / "x.png", deep, Depth::u16);
  CHECK(estimate_from(folder, "x").alpha == deep);
}

TEST_CASE("extensions in capital letters are found", "[baselines][precomputed]") {
  const TemporaryFolder folder;
  imaging::write_matte(folder / "x.png", kMatte, Depth::u8);
  std::filesystem::rename(folder / "x.png", folder / "x.PNG");
  CHECK(estimate_from(folder, "x").alpha == kMatte);
}

TEST_CASE("a missing precomputed matte is bad input that names the path",
          "[baselines][precomputed]") {
  const TemporaryFolder folder;
  imaging::write_matte(folder / "GT01.png", kMatte, Depth::u8);
  CHECK_THROWS_WITH(
      estimate_from(folder, "GT01/small"),
      Catch::Contains("no precomputed matte for sample 'GT01/small'") &&
          Catch::Contains((folder.path() / "GT01/small.png").string() + " (or .tif, .tiff"));
  CHECK(kind_of_failure(folder, "GT01/small") == ErrorKind::bad_input);
  CHECK(kind_of_failure(folder, "GT0") == ErrorKind::bad_input);
}

TEST_CASE("two precomputed mattes for one sample are bad input", "[baselines][precomputed]") {
  const TemporaryFolder folder;
  imaging::write_matte(folder / "x.png", kMatte, Depth::u8);
  imaging::write_matte(folder / "x.PNG", kMatte, Depth::u8);
  CHECK_THROWS_WITH(estimate_from(folder, "x"),
                    Catch::Contains("two precomputed mattes for sample 'x'") &&
                        Catch::Contains("x.png") && Catch::Contains("x.PNG"));
}

TEST_CASE("two spellings of one file are one precomputed matte", "[baselines][precomputed]") {
  const TemporaryFolder folder;
  imaging::write_matte(folder / "x.png", kMatte, Depth::u8);
  std::filesystem::create_hard_link(folder / "x.png", folder / "x.PNG");
  CHECK(estimate_from(folder, "x").alpha == kMatte);
}

TEST_CASE("a precomputed matte of another size is bad input", "[baselines][precomputed]") {
  const TemporaryFolder folder;
  imaging::write_matte(folder / "x.png", Matte{Plane<std::uint8_t>{Size{2, 3}}}, Depth::u8);
  CHECK_THROWS_WITH(estimate_from(folder, "x"), Catch::Contains("3x2 (image)") &&
                                                    Catch::Contains("2x3 (matte)") &&
                                                    Catch::Contains("x.png"));
  CHECK(kind_of_failure(folder, "x") == ErrorKind::bad_input);
}

TEST_CASE("precomputed refuses a folder that is not there, and no folder at all",
          "[baselines][precomputed]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(make_method("precomputed:dir=" + (folder / "absent").string()),
                    Catch::Contains("the folder of precomputed mattes does not exist") &&
                        Catch::Contains("absent"));
  CHECK_THROWS_WITH(make_method("precomputed"), Catch::Contains("precomputed:dir=FOLDER"));
}

TEST_CASE("the content digest follows the stored mattes of these samples, not their dates",
          "[baselines][precomputed]") {
  const TemporaryFolder folder;
  const std::vector<std::string> ids{"a", "b"};
  const auto digest = [&] {
    return make_method("precomputed:dir=" + folder.path().string())->content_sha256(ids);
  };
  imaging::write_matte(folder / "a.png", kMatte, Depth::u8);
  const std::string without_b = digest();
  imaging::write_matte(folder / "b.png", kMatte, Depth::u8);
  const std::string complete = digest();
  CHECK(complete.size() == 64);
  CHECK(complete != without_b);
  imaging::write_matte(folder / "other.png", kMatte, Depth::u8);
  imaging::write_matte(folder / "b.png", kMatte, Depth::u8);
  CHECK(digest() == complete);
  imaging::write_matte(folder / "b.png", Matte{Plane<std::uint8_t>{Size{3, 2}, 7}}, Depth::u8);
  CHECK(digest() != complete);
}

TEST_CASE("a method without stored content has an empty digest", "[baselines]") {
  CHECK(make_method("closed-form")->content_sha256({}).empty());
}
