#include "imaging/padding.hpp"

#include "tests/imaging/one_file.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

using Row = std::vector<int>;

Row mirrored_row(const Row& row, int left, int right) {
  const Plane<int> plane{{static_cast<int>(row.size()), 1}, row};
  const Plane<int> padded = pad_reflect(plane, {.left = left, .right = right});
  return {padded.values().begin(), padded.values().end()};
}

}  // namespace

TEST_CASE("reflect padding is NumPy's", "[imaging][padding]") {
  // What numpy.pad(row, (left, right), "reflect") of NumPy 1.24.2 gives.
  CHECK(mirrored_row({1, 2, 3, 4}, 2, 3) == Row{3, 2, 1, 2, 3, 4, 3, 2, 1});
  CHECK(mirrored_row({1, 2, 3}, 7, 5) == Row{2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2});
  CHECK(mirrored_row({1, 2}, 3, 2) == Row{2, 1, 2, 1, 2, 1, 2});
  CHECK(mirrored_row({5}, 2, 1) == Row{5, 5, 5, 5});
  CHECK(mirrored_row({4, 6}, 0, 0) == Row{4, 6});
}

TEST_CASE("rows are mirrored as columns are", "[imaging][padding]") {
  const Plane<int> image{{2, 2}, {1, 2, 3, 4}};
  CHECK(pad_reflect(image, {.top = 1, .bottom = 2, .left = 1}) ==
        Plane<int>{{3, 5}, {4, 3, 4, 2, 1, 2, 4, 3, 4, 2, 1, 2, 4, 3, 4}});
}

TEST_CASE("constant padding puts one value around an image", "[imaging][padding]") {
  const Plane<int> image{{2, 1}, {1, 2}};
  CHECK(pad_constant(image, {.top = 1, .bottom = 0, .left = 1, .right = 2}, 7) ==
        Plane<int>{{5, 2}, {7, 7, 7, 7, 7, 7, 1, 2, 7, 7}});
}

TEST_CASE("cropping undoes padding", "[imaging][padding]") {
  const Plane<std::uint8_t> image = noise_plane({21, 13}, 1);
  const Margins margins{.top = 3, .bottom = 20, .left = 30, .right = 1};
  CHECK(crop(pad_reflect(image, margins), inside(image.size(), margins)) == image);
  CHECK(crop(pad_constant(image, margins), inside(image.size(), margins)) == image);
}

TEST_CASE("margins complete both sides to a multiple", "[imaging][padding]") {
  CHECK(margins_to_multiple({64, 33}, 32) == Margins{.bottom = 31});
  CHECK(padded_size({65, 33}, margins_to_multiple({65, 33}, 32)) == Size{96, 64});
}

TEST_CASE("a part outside the image and a mirror of nothing are refused", "[imaging][padding]") {
  const Plane<int> image{{5, 4}};
  for (const Rect rect : {Rect{.x = -1, .size = {2, 2}}, Rect{.y = 3, .size = {2, 2}},
                          Rect{.x = 1, .size = {5, 1}}, Rect{.size = {-1, 2}}}) {
    const Error error = error_of([&] { (void)crop(image, rect); });
    CHECK(error.kind() == ErrorKind::bad_input);
    CHECK_THAT(error.what(), Catch::Contains("an image of 5x4"));
  }
  CHECK(error_of([] { (void)pad_reflect(Plane<int>{}, {.top = 1}); }).kind() ==
        ErrorKind::bad_input);
}
