#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/matte.hpp"
#include "core/trimap.hpp"
#include "selftest/comparison.hpp"
#include "selftest/references.hpp"

namespace mbench::selftest {

// The form `golden`: golden.json and images, see tests/golden/README.md. Which cases, protocols and
// metrics there are is up to the file.

using MetricValues = std::vector<std::pair<std::string, ReferenceValue>>;

struct ProtocolValues {
  std::string protocol{};
  MetricValues metrics{};
};

/// What a program made of alpha/NAME.png with an elliptic element of size k.
struct MadeTrimap {
  int k{};
  TrimapCounts counts{};
  std::uint32_t crc32{};  ///< of the pixels in row order
};

struct GoldenCase {
  std::string name{};
  std::vector<ProtocolValues> printed{};  ///< by the original programs
  std::vector<ProtocolValues> exact{};
  std::vector<MadeTrimap> made_trimaps{};
};

/// The frames sequence/alpha/*.png and sequence/pred/*.png.
struct GoldenClip {
  std::string protocol{};
  std::vector<MetricValues> frames{};
  MetricValues means{};  ///< over the frames; may be empty
};

struct GoldenTable {
  std::vector<GoldenCase> cases{};
  std::optional<GoldenClip> clip{};
};

/// Reads golden.json. Throws bad_input, with the place in the file, for what is not of the form and
/// for a file without cases.
[[nodiscard]] GoldenTable read_golden_table(const References& references);

/// FOLDER/NAME.png. Throws bad_input, naming the file, if it is missing or damaged.
[[nodiscard]] Matte read_golden_matte(const References& references, std::string_view folder,
                                      std::string_view name);
/// The same for a trimap with whatever levels it has.
[[nodiscard]] Trimap read_golden_trimap(const References& references, std::string_view folder,
                                        std::string_view name);

}  // namespace mbench::selftest
