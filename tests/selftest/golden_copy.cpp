#include "tests/selftest/golden_copy.hpp"

#include <array>
#include <string>

namespace mbench::testing {
namespace {

constexpr std::array kCases{"tiny_7x5", "row_1x64", "zero_zero", "trimap_127"};

}  // namespace

GoldenCopy::GoldenCopy()
    : values(nlohmann::ordered_json::parse(read_text(source_path("tests/golden/golden.json")))) {
  const auto golden = source_path("tests/golden");
  for (const char* folder : {"alpha", "pred", "trimap", "pred_trimap"}) {
    std::filesystem::create_directories(folder_ / folder);
    for (const char* name : kCases) {
      const std::string file = std::string{name} + ".png";
      std::filesystem::copy_file(golden / folder / file, folder_ / folder / file);
    }
  }
  std::filesystem::copy(golden / "sequence", folder_ / "sequence",
                        std::filesystem::copy_options::recursive);
  for (const char* block : {"cases", "exact"}) {
    nlohmann::ordered_json kept;
    for (const char* name : kCases) kept[name] = values[block][name];
    values[block] = kept;
  }
  save();
}

void GoldenCopy::save() const { write_text(folder_ / "golden.json", values.dump()); }

}  // namespace mbench::testing
