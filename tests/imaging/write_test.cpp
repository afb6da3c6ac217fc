#include <sys/stat.h>

#include <limits>
#include <thread>

#include "imaging/io.hpp"
#include "tests/imaging/one_file.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;
namespace fs = std::filesystem;

namespace {

constexpr Size kSize{37, 21};

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
}

}  // namespace

TEST_CASE("what is written is read back exactly", "[imaging][write]") {
  const TemporaryFolder folder;
  const Matte matte = noise_matte(kSize, 1);
  write_matte(folder / "m8.png", matte, Depth::u8);
  CHECK(read_matte(folder / "m8.png") == matte);

  const Matte wide = plane_of<std::uint16_t>(kSize, noise_samples(37, 21, 1, 2, 16));
  write_matte(folder / "m16.png", wide, Depth::u16);
  CHECK(read_matte(folder / "m16.png") == wide);

  const Trimap trimap = noise_trimap(kSize, 3);
  write_trimap(folder / "t.png", trimap);
  CHECK(read_trimap(folder / "t.png") == trimap);

  const Image image = noise_image(kSize, 4);
  write_image(folder / "i8.png", image);
  CHECK(read_image(folder / "i8.png") == image);

  Plane<Rgb<std::uint16_t>> pixels{kSize};
  for (std::size_t i = 0; i < pixels.values().size(); ++i) {
    pixels.values()[i] = {static_cast<std::uint16_t>(i), 300, 65535};
  }
  write_image(folder / "i16.png", pixels);
  CHECK(read_image(folder / "i16.png") == Image{pixels});
}

TEST_CASE("floats are rounded to nearest when they are written", "[imaging][write]") {
  const TemporaryFolder folder;
  const Plane<float> alpha{{4, 1}, {0.0F, 0.4999F / 255, 0.5001F / 255, 1.0F}};
  write_matte(folder / "m.png", alpha.view(), Depth::u8);
  CHECK(read_matte(folder / "m.png") == Matte{plane_of<std::uint8_t>({4, 1}, {0, 0, 1, 255})});
  const Plane<float> fine{{3, 1}, {0.4999F / 65535, 0.5001F / 65535, 0.5F}};
  write_matte(folder / "m.png", fine.view(), Depth::u16);
  CHECK(read_matte(folder / "m.png") == Matte{plane_of<std::uint16_t>({3, 1}, {0, 1, 32768})});
}

TEST_CASE("a row of a larger plane is written without its neighbours", "[imaging][write]") {
  const TemporaryFolder folder;
  const Plane<std::uint8_t> plane = noise_plane({8, 3}, 5);
  const PixelView<std::uint8_t> left{plane.values().data(), {3, 3}, 8};
  write_matte(folder / "m.png", left, Depth::u8);
  read_matte(folder / "m.png").visit([&](const auto& pixels) {
    REQUIRE(pixels.size() == Size{3, 3});
    for (int y = 0; y < 3; ++y) {
      for (int x = 0; x < 3; ++x) CHECK(pixels(y, x) == plane(y, x));
    }
  });
}

TEST_CASE("values outside [0, 1] and NaN are refused, not clamped", "[imaging][write]") {
  const TemporaryFolder folder;
  for (const float value : {1.5F, -0.1F, std::numeric_limits<float>::quiet_NaN()}) {
    const Plane<float> alpha{{1, 1}, value};
    const Error error = error_of([&] { write_matte(folder / "m.png", alpha.view(), Depth::u8); });
    CHECK(error.kind() == ErrorKind::bad_input);
    CHECK(error.parts().where == (folder / "m.png").string());
  }
  CHECK(files_in(folder.path()) == 0);
}

TEST_CASE("floats cannot be written as floats", "[imaging][write]") {
  const TemporaryFolder folder;
  const Plane<float> alpha{{1, 1}, 0.5F};
  CHECK(error_of([&] { write_matte(folder / "m.png", alpha.view(), Depth::f32); }).kind() ==
        ErrorKind::usage);
  CHECK(error_of([&] {
          write_image(folder / "i.png", Plane<Rgb<float>>{{1, 1}});
        }).kind() == ErrorKind::usage);
}

TEST_CASE("folders above the file are made and no temporary file stays", "[imaging][write]") {
  const TemporaryFolder folder;
  const fs::path file = folder / "a/b c/GT01/small.png";
  write_matte(file, noise_matte(kSize, 6), Depth::u8);
  CHECK(files_in(file.parent_path()) == 1);
  write_matte(file, noise_matte(kSize, 7), Depth::u8);  // replaces
  CHECK(read_matte(file) == noise_matte(kSize, 7));
  CHECK(files_in(file.parent_path()) == 1);
}

TEST_CASE("a written file has the permissions of any new file", "[imaging][write]") {
  const TemporaryFolder folder;
  write_text(folder / "plain", "x");
  write_matte(folder / "m.png", noise_matte({1, 1}, 1), Depth::u8);
  CHECK(fs::status(folder / "m.png").permissions() == fs::status(folder / "plain").permissions());
}

TEST_CASE("the same pixels give the same bytes", "[imaging][write]") {
  const TemporaryFolder folder;
  write_image(folder / "1.png", noise_image(kSize, 8));
  write_image(folder / "2.png", noise_image(kSize, 8));
  CHECK(read_text(folder / "1.png") == read_text(folder / "2.png"));
}

TEST_CASE("a file that cannot be written is an error that names it", "[imaging][write]") {
  const TemporaryFolder folder;
  write_text(folder / "file", "not a folder");
  const Error error = error_of([&] {
    write_matte(folder / "file/m.png", noise_matte({1, 1}, 1), Depth::u8);
  });
  CHECK(error.kind() == ErrorKind::internal);
  CHECK(error.parts().where == (folder / "file/m.png").string());
  // A folder stands where the file should go: the rename fails, and cleans up.
  fs::create_directories(folder / "taken.png");
  CHECK_THROWS_AS(write_matte(folder / "taken.png", noise_matte({1, 1}, 1), Depth::u8), Error);
  CHECK(files_in(folder.path()) == 2);
}

TEST_CASE("threads may write to one folder and even to one file", "[imaging][write]") {
  const TemporaryFolder folder;
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < 4; ++t) {
    threads.emplace_back([&folder, t] {
      for (int i = 0; i < 20; ++i) {
        write_matte(folder / "shared.png", noise_matte(kSize, t), Depth::u8);
        write_matte(folder / (std::to_string(t) + ".png"), noise_matte(kSize, t), Depth::u8);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(files_in(folder.path()) == 5);
  CHECK(read_matte(folder / "shared.png").size() == kSize);
  for (std::uint64_t t = 0; t < 4; ++t) {
    CHECK(read_matte(folder / (std::to_string(t) + ".png")) == noise_matte(kSize, t));
  }
}

TEST_CASE("an image without pixels cannot be written", "[imaging][write]") {
  const TemporaryFolder folder;
  CHECK(error_of([&] { write_trimap(folder / "t.png", Trimap{}); }).kind() == ErrorKind::usage);
}
