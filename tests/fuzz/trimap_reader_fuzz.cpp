// Makes a grey PNG of few levels and a setting of trimap_levels of the bytes. image_reader_fuzz
// reads trimaps with the usual setting alone, and of the files that it makes up hardly one has
// three levels. What must hold: a trimap that is accepted holds what the setting says; one that is
// refused with a setting to use instead is accepted under that.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "imaging/memory_io.hpp"

namespace {

using namespace mbench;
using imaging::TrimapLevels;

void require(bool holds) {
  if (!holds) std::abort();
}

/// The setting in "set trimap_levels = [0, 102, 255] ...".
std::optional<TrimapLevels> suggested(const std::string& fix) {
  TrimapLevels levels;
  const int read = std::sscanf(fix.c_str(), "set trimap_levels = [%d, %d, %d]", &levels.background,
                               &levels.unknown, &levels.foreground);
  if (read == 3) return levels;
  return std::nullopt;
}

/// `values` are levels of 8 bits; `per_level` is 257 if the file holds 16.
void require_meaning(const Trimap& trimap, const std::vector<int>& values, TrimapLevels levels,
                     int per_level) {
  require(trimap.values().size() == values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const int found = trimap.values()[i];
    const int level = found == kBackground   ? levels.background
                      : found == kUnknown    ? levels.unknown
                      : found == kForeground ? levels.foreground
                                             : -1;
    require(values[i] == level * per_level);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kHead = 12;
  if (size <= kHead || size > kHead + 4096) return 0;
  const bool is_16_bit = data[0] % 2 == 1;
  const int per_level = is_16_bit ? 257 : 1;
  // Two bytes each, so that values which are no levels occur as well.
  const auto level_at = [&](std::size_t at) {
    return data[at] + (data[at + 1] % 16 == 1 ? 256 : 0);
  };
  const TrimapLevels setting =
      data[0] % 4 < 2 ? TrimapLevels{} : TrimapLevels{level_at(1), level_at(3), level_at(5)};
  const std::array<int, 4> levels_in_file{data[7], data[8], data[9], data[10]};
  // A 16-bit value that codes no level of 8 bits.
  const int odd = is_16_bit && data[11] % 16 == 1 ? 1 : 0;
  std::vector<int> values;
  for (std::size_t i = kHead; i < size; ++i) {
    values.push_back(std::min(65535, levels_in_file[data[i] % 4] * per_level + odd));
  }
  std::vector<std::uint8_t> narrow(values.begin(), values.end());
  std::vector<std::uint16_t> wide(values.begin(), values.end());
  const auto png = imaging::encode_png(
      {static_cast<int>(values.size()), 1}, 1, is_16_bit ? Depth::u16 : Depth::u8,
      is_16_bit ? std::as_bytes(std::span{wide}) : std::as_bytes(std::span{narrow}));
  try {
    require_meaning(imaging::decode_trimap(png, setting), values, setting, per_level);
  } catch (const Error& error) {
    require(error.kind() != ErrorKind::internal);
    if (const auto instead = suggested(error.parts().fix)) {
      require_meaning(imaging::decode_trimap(png, *instead), values, *instead, per_level);
    }
  }
  return 0;
}
