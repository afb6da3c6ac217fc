#include "metrics/matte_rows.hpp"

#include <cstdint>
#include <vector>

#include "tests/metrics/small_planes.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::metrics;
using testing::rows;
using testing::rows_u8;

namespace {

template <typename T>
std::vector<T> read_row(const MatteRows<T>& matte, int y, int begin, int end) {
  std::vector<T> values(static_cast<std::size_t>(end - begin));
  matte.read(y, begin, end, values.data());
  return values;
}

}  // namespace

TEST_CASE("a matte that has the wanted numbers is read in place", "[metrics]") {
  const auto plane = rows_u8({{1, 2}, {3, 4}});
  const MatteRows<std::uint8_t> matte{plane.view()};
  CHECK(matte.in_place(1) == plane.view().row_data(1));
  RowReader<std::uint8_t> reader{matte};
  CHECK(reader.row(1) == plane.view().row_data(1));
  CHECK(MatteRows<std::uint16_t>{plane.view(), 0, 257}.in_place(1) == nullptr);
  CHECK(MatteRows<double>{plane.view()}.in_place(1) == nullptr);
}

TEST_CASE("integers are widened, shifted and scaled exactly, one step upon another", "[metrics]") {
  const auto plane = rows_u8({{10, 20, 255}});
  const MatteRows<std::uint16_t> wide{plane.view(), 0, 257};
  CHECK(read_row(wide, 0, 0, 3) == std::vector<std::uint16_t>{2570, 5140, 65535});
  const auto stretched = wide.shifted_and_scaled<std::uint32_t>(2570, 65535);
  CHECK(read_row(stretched, 0, 1, 3) ==
        std::vector<std::uint32_t>{2570U * 65535U, (65535U - 2570U) * 65535U});
}

TEST_CASE("doubles are alpha, stretched to the range that is given", "[metrics]") {
  const auto bytes = rows_u8({{51, 255}});
  CHECK(read_row(MatteRows<double>{bytes.view()}, 0, 0, 2) == std::vector<double>{0.2, 1.0});
  const auto floats = rows<float>({{0.25F, 0.5F, 0.75F}});
  const MatteRows<double> matte{floats.view()};
  CHECK(matte(0, 1) == 0.5);
  CHECK(read_row(matte.stretched(0.25, 0.75), 0, 0, 3) == std::vector<double>{0.0, 0.5, 1.0});
  CHECK(read_row(matte.stretched(0.25, 0.25), 0, 1, 3) == std::vector<double>{0.0, 0.0});
}

TEST_CASE("the row before the one that was read last stays as it was", "[metrics]") {
  const auto floats = rows<float>({{0.0F, 1.0F}, {0.25F, 0.5F}, {0.75F, 0.125F}});
  RowReader<double> reader{MatteRows<double>{floats.view()}};
  const double* const first = reader.row(0);
  const double* const second = reader.row(1);
  CHECK(first[1] == 1.0);
  const double* const third = reader.row(2);
  CHECK(second[1] == 0.5);
  CHECK(third[1] == 0.125);
  CHECK(reader.row(1) == second);
}
