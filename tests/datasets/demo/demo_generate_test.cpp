#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "core/error.hpp"
#include "core/sha256.hpp"
#include "datasets/aim500.hpp"
#include "datasets/demo/generate.hpp"
#include "imaging/io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

namespace mbench::datasets::demo {
namespace fs = std::filesystem;
namespace {

DemoOptions tiny(int count = 6) {
  DemoOptions options;
  options.count = count;
  options.long_side = 80;
  return options;
}

/// Every file of a folder and the SHA-256 of its bytes.
std::map<std::string, std::string> bytes_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    if (entry.is_regular_file()) {
      files[fs::relative(entry.path(), folder).string()] = sha256_file(entry.path());
    }
  }
  return files;
}

int entries_in(const fs::path& folder) {
  return static_cast<int>(std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
}

}  // namespace

TEST_CASE("The generated folder is the same to the last byte with 1, 2 and 8 threads",
          "[demo][generate]") {
  const testing::TemporaryFolder folder;
  REQUIRE(generate_demo(folder / "one", tiny(), 1) == Generated::rendered);
  REQUIRE(generate_demo(folder / "two", tiny(), 2) == Generated::rendered);
  REQUIRE(generate_demo(folder / "eight", tiny(), 8) == Generated::rendered);
  const auto one = bytes_of(folder / "one");
  CHECK(one.size() == 6 * 6 + 2);
  CHECK(bytes_of(folder / "two") == one);
  CHECK(bytes_of(folder / "eight") == one);
}

TEST_CASE("The generated folder is read as a data set of AIM-500's layout", "[demo][generate]") {
  const testing::TemporaryFolder folder;
  generate_demo(folder / "demo", tiny(8), 2);
  REQUIRE(aim500_dataset.recognises(folder / "demo"));
  const Dataset dataset = aim500_dataset.open(folder / "demo", Options{});
  CHECK(dataset.problems.empty());
  REQUIRE(dataset.samples.size() == 8);
  for (const SampleFiles& files : dataset.samples) {
    const Sample sample = load_sample(dataset, files);
    REQUIRE(sample.truth.has_value());
    CHECK(sample.truth->depth() == Depth::u8);
    CHECK(sample.tags.size() == 2);
  }
}

TEST_CASE("What is on disk is what was rendered, and the manifest says so", "[demo][generate]") {
  const testing::TemporaryFolder folder;
  const DemoOptions options = tiny(3);
  generate_demo(folder / "demo", options, 1);
  const auto manifest =
      nlohmann::json::parse(testing::read_text(folder.path() / "demo" / "manifest.json"));
  CHECK(manifest["schema"] == "mbench.demo/1");
  CHECK(manifest["recipe_version"] == kRecipeVersion);
  CHECK(manifest["seed"] == 7);
  CHECK(manifest["count"] == 3);
  CHECK(manifest["long_side"] == 80);
  CHECK(manifest["trimap"] == "gfm:25");
  CHECK(manifest["backgrounds"] == "procedural");
  REQUIRE(manifest["samples"].size() == 3);
  const fs::path root = folder / "demo";
  for (int i = 0; i < 3; ++i) {
    const DemoSample sample = render_demo_sample(i, options);
    const std::string file = sample.id + ".png";
    CHECK(imaging::read_image(root / "original" / file) == Image{sample.image});
    CHECK(imaging::read_image(root / "fg" / file) == Image{sample.foreground});
    CHECK(imaging::read_image(root / "bg" / file) == Image{sample.background});
    CHECK(imaging::read_matte(root / "mask" / file) == Matte{sample.alpha});
    CHECK(imaging::read_trimap(root / "trimap" / file) == sample.trimap);
    CHECK(imaging::read_trimap(root / "usr" / file) == sample.unified);
    const auto& entry = manifest["samples"][static_cast<std::size_t>(i)];
    CHECK(entry["id"] == sample.id);
    CHECK(entry["pixels_sha256"]["mask"] == sha256_hex(std::as_bytes(sample.alpha.values())));
    CHECK(entry["pixels_sha256"]["original"] == sha256_hex(std::as_bytes(sample.image.values())));
  }
  const auto categories =
      nlohmann::json::parse(testing::read_text(root / "aim_category_type.json"));
  CHECK(categories["portrait_01"] == nlohmann::json{{"type", "SO"}, {"category", "portrait"}});
}

TEST_CASE("A generation that is stopped leaves nothing behind", "[demo][generate]") {
  const testing::TemporaryFolder folder;
  struct Stopped {};
  const auto stop = [](int done, int) {
    if (done == 2) throw Stopped{};
  };
  CHECK_THROWS_AS(generate_demo(folder / "demo", tiny(), 1, stop), Stopped);
  CHECK(entries_in(folder.path()) == 0);
}

TEST_CASE("Progress counts every sample once, up to the count", "[demo][generate]") {
  const testing::TemporaryFolder folder;
  int calls = 0;
  generate_demo(folder / "demo", tiny(5), 4, [&](int done, int count) {
    CHECK(count == 5);
    CHECK(done == ++calls);
  });
  CHECK(calls == 5);
}

TEST_CASE("The same set is not rendered twice; an empty folder is filled", "[demo][generate]") {
  const testing::TemporaryFolder folder;
  fs::create_directory(folder / "demo");
  CHECK(generate_demo(folder / "demo", tiny(2), 1) == Generated::rendered);
  const auto before = bytes_of(folder / "demo");
  CHECK(generate_demo(folder / "demo/", tiny(2), 1) == Generated::already_there);
  CHECK(bytes_of(folder / "demo") == before);
  CHECK(entries_in(folder.path()) == 1);
}

TEST_CASE("A folder that holds something else is never touched", "[demo][generate][error]") {
  const testing::TemporaryFolder folder;
  const auto message_for = [&](const DemoOptions& options) {
    try {
      generate_demo(folder / "demo", options, 1);
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::usage);
      return std::string{error.what()};
    }
    return std::string{"no error"};
  };
  SECTION("foreign files") {
    testing::write_text(folder.path() / "demo" / "precious.txt", "mine");
    CHECK_THAT(message_for(tiny(1)), Catch::Contains("other files"));
    CHECK(testing::read_text(folder.path() / "demo" / "precious.txt") == "mine");
  }
  SECTION("a set of another seed") {
    generate_demo(folder / "demo", tiny(1), 1);
    DemoOptions other = tiny(1);
    other.seed = 8;
    CHECK_THAT(message_for(other), Catch::Contains("other parameters"));
  }
  SECTION("a file") {
    testing::write_text(folder / "demo", "a file");
    CHECK_THAT(message_for(tiny(1)), Catch::Contains("a file"));
  }
  SECTION("a count of 0") {
    CHECK_THAT(message_for(tiny(0)), Catch::Contains("at least one image"));
  }
  CHECK(entries_in(folder.path()) <= 1);
}

TEST_CASE("Photographs take the place of the procedural backgrounds, and are named",
          "[demo][generate]") {
  const testing::TemporaryFolder folder;
  Plane<Rgb<std::uint8_t>> red{Size{50, 40}, Rgb<std::uint8_t>{200, 20, 20}};
  imaging::write_image(folder / "photos/red.PNG", red);
  imaging::write_image(folder / "photos/red2.png", red);
  testing::write_text(folder.path() / "photos" / "notes.txt", "not a picture");
  DemoOptions options = tiny(2);
  options.photographs = list_photographs(folder / "photos");
  REQUIRE(options.photographs.size() == 2);
  const DemoSample sample = render_demo_sample(1, options);
  CHECK(sample.photograph.starts_with("red"));
  const auto& corner = sample.background(0, 0);
  CHECK(std::abs(corner.r - 200) < 12);
  CHECK(std::abs(corner.g - 20) < 12);
  generate_demo(folder / "demo", options, 1);
  const auto manifest =
      nlohmann::json::parse(testing::read_text(folder.path() / "demo" / "manifest.json"));
  CHECK(manifest["backgrounds"] == nlohmann::json{"red.PNG", "red2.png"});
  CHECK(manifest["samples"][1]["background"] == sample.photograph);
}

TEST_CASE("A folder without readable photographs is refused", "[demo][generate][error]") {
  const testing::TemporaryFolder folder;
  const auto message_for = [&](const char* name) {
    try {
      static_cast<void>(list_photographs(folder / name));
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::bad_input);
      return std::string{error.what()};
    }
    return std::string{"no error"};
  };
  CHECK_THAT(message_for("absent"), Catch::Contains("cannot be read"));
  testing::write_text(folder.path() / "empty" / "notes.txt", "not a picture");
  CHECK_THAT(message_for("empty"), Catch::Contains("holds no photograph"));
  testing::write_text(folder.path() / "broken" / "bad.jpg", "not a picture");
  CHECK_THAT(message_for("broken"), Catch::Contains("bad.jpg"));
}

}  // namespace mbench::datasets::demo
