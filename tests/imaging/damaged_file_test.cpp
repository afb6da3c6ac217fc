#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "imaging/io.hpp"
#include "tests/imaging/one_file.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

constexpr Size kSize{40, 30};

std::string noise_png() {
  return png_bytes({.size = kSize,
                    .colour = PngColour::rgb,
                    .samples = noise_samples(kSize.width, kSize.height, 3, 1)});
}

std::string noise_jpeg() {
  const Plane<std::uint8_t> noise = noise_plane({kSize.width * 3, kSize.height}, 2);
  return jpeg_bytes(kSize, 3, {noise.values().begin(), noise.values().end()});
}

/// All readers refuse the file as bad_input and name it.
void check_refused(const OneFile& file) {
  for (const Error& error : {error_of([&] { (void)read_image(file.path()); }),
                             error_of([&] { (void)read_matte(file.path()); }),
                             error_of([&] { (void)read_trimap(file.path()); })}) {
    CHECK(error.kind() == ErrorKind::bad_input);
    CHECK(error.parts().where == file.path().string());
    CHECK_FALSE(error.parts().what.empty());
  }
}

/// A PNG that ends after its header and some chunks of `length` bytes.
std::string header_only(std::uint32_t width, std::uint32_t height, std::size_t length = 0) {
  std::string header;
  for (const std::uint32_t value : {width, height}) {
    for (int shift = 24; shift >= 0; shift -= 8) header += static_cast<char>(value >> shift & 255U);
  }
  header += std::string{"\x08\x02\0\0\0", 5};
  return "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", header) +
         png_chunk("IDAT", std::string(length, 'x')) + png_chunk("IEND", "");
}

}  // namespace

TEST_CASE("names with spaces and brackets are read", "[imaging][files]") {
  const std::string bytes = png_bytes({.size = {1, 1}, .samples = {7}});
  for (const char* name : {"woman-952506_1920 (1).png", "13(2).png", "é [x] %s {}.png", "no dot"}) {
    const OneFile file{bytes, name};
    CHECK(read_matte(file.path()).view().alpha(0, 0) == 7 / 255.0);
  }
}

TEST_CASE("a missing file is refused by name", "[imaging][files]") {
  const TemporaryFolder folder;
  const Error error = error_of([&] { (void)read_image(folder / "a.png"); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().what == "the image file does not exist");
  CHECK(error.parts().where == (folder / "a.png").string());
  CHECK_THROWS_WITH(probe_image(folder / "a.png" / "b.png"), Catch::Contains("does not exist"));
}

TEST_CASE("a folder in the place of a file is refused", "[imaging][files]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(read_matte(folder.path()), Catch::Contains("not a folder"));
  CHECK_THROWS_WITH(probe_image(folder.path()), Catch::Contains("not a folder"));
}

TEST_CASE("a pipe in the place of a file is refused without waiting for it", "[imaging][files]") {
  const TemporaryFolder folder;
  const std::filesystem::path pipe = folder / "pipe.png";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK_THROWS_WITH(read_matte(pipe), Catch::Contains("regular file"));
}

TEST_CASE("an empty file is refused", "[imaging][files]") {
  const OneFile file{""};
  check_refused(file);
  CHECK_THROWS_WITH(read_image(file.path()), Catch::Contains("empty"));
}

TEST_CASE("a text file is refused with its first characters", "[imaging][files]") {
  const OneFile file{"version https://git-lfs.github.com/spec/v1\n"};
  check_refused(file);
  CHECK_THROWS_WITH(read_image(file.path()), Catch::Contains("text that begins with 'version '"));
}

TEST_CASE("an image is recognised by its content, not by its name", "[imaging][files]") {
  const OneFile png{noise_png(), "image.jpg"};
  CHECK(probe_image(png.path()).format == "PNG");
  const OneFile jpeg{noise_jpeg(), "image.png"};
  CHECK(probe_image(jpeg.path()).format == "JPEG");
  CHECK(read_image(jpeg.path()).size() == kSize);
}

TEST_CASE("a truncated file is refused wherever it ends", "[imaging][files]") {
  for (const std::string& whole : {noise_png(), noise_jpeg()}) {
    for (std::size_t tenth = 0; tenth < 10; ++tenth) {
      CAPTURE(tenth);
      check_refused(OneFile{whole.substr(0, whole.size() * tenth / 10)});
    }
    for (std::size_t missing = 1; missing <= 12; ++missing) {
      CAPTURE(missing);
      check_refused(OneFile{whole.substr(0, whole.size() - missing)});
    }
  }
}

TEST_CASE("an interlaced file that lacks its last pass is refused", "[imaging][files]") {
  const std::string whole = png_bytes({.size = kSize,
                                       .samples = noise_samples(kSize.width, kSize.height, 1, 3),
                                       .interlaced = true});
  check_refused(OneFile{whole.substr(0, whole.size() * 8 / 10)});
}

TEST_CASE("a changed byte in a PNG never passes", "[imaging][files]") {
  const std::string whole = noise_png();
  for (std::size_t at = 8; at < whole.size(); at += 97) {
    CAPTURE(at);
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    const OneFile file{changed};
    CHECK_THROWS_AS(read_image(file.path()), Error);
  }
}

TEST_CASE("a header with too little data behind it is refused", "[imaging][files]") {
  check_refused(OneFile{header_only(5, 5)});
  check_refused(OneFile{header_only(5, 5, 100)});
}

TEST_CASE("hostile sizes are refused before memory is asked for", "[imaging][files]") {
  for (const auto& [width, height] :
       {std::pair{0x7fffffffU, 0x7fffffffU}, std::pair{1U, (1U << 28U) + 1U},
        std::pair{0xffffffffU, 0xffffffffU}, std::pair{0U, 5U}}) {
    CAPTURE(width, height);
    const OneFile file{header_only(width, height)};
    check_refused(file);
    CHECK_THROWS_WITH(probe_image(file.path()), Catch::Contains("268435456 pixels (2^28)"));
  }
  const OneFile plausible{header_only(16384, 16384)};
  CHECK_THROWS_WITH(read_image(plausible.path()), Catch::Contains("too few for 16384x16384"));
}

TEST_CASE("nothing is printed while damaged files are read", "[imaging][files]") {
  const TemporaryFolder folder;
  const std::string log = (folder / "stderr").string();
  std::fflush(stderr);
  const int saved = ::dup(2);
  REQUIRE(std::freopen(log.c_str(), "w", stderr) != nullptr);
  for (const std::string& whole : {noise_png(), noise_jpeg()}) {
    const OneFile half{whole.substr(0, whole.size() / 2)};
    (void)error_of([&] { (void)read_image(half.path()); });
    std::string changed = whole;
    for (std::size_t i = 100; i < changed.size(); i += 50) changed[i] = '!';
    const OneFile scrambled{changed};
    (void)error_of([&] { (void)read_image(scrambled.path()); });
  }
  std::fflush(stderr);
  ::dup2(saved, 2);
  ::close(saved);
  CHECK(read_text(log).empty());
}
