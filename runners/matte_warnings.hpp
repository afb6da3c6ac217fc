#pragma once
#include <filesystem>
#include <string_view>
#include <vector>

#include "datasets/dataset.hpp"
#include "imaging/io.hpp"

namespace mbench::runners {

/// Are all values numbers, and finite ones? Mattes of 8 and 16 bits are.
[[nodiscard]] bool is_finite(AlphaView matte);

/// What a matte is scored in spite of, as warnings with the file: "range", a float matte with
/// values outside [0, 1], which is seldom what was meant by 0 ... 255; "two-channels", a file in
/// which both the alpha channel, which is scored, and the grey values could be the matte. `role` is
/// "prediction" or "ground truth".
[[nodiscard]] std::vector<datasets::Problem> matte_warnings(const imaging::MatteFile& matte,
                                                            std::string_view role,
                                                            const std::filesystem::path& file);

}  // namespace mbench::runners
