#pragma once
#include <string_view>

namespace mbench::testing {

/// Fails the test, with the first lines that differ, unless `text` is the content of
/// tests/expected/NAME. With the environment variable MBENCH_UPDATE_EXPECTED=1 the file is written
/// instead, to be read and committed by whoever meant the change.
void check_approved(std::string_view name, std::string_view text);

}  // namespace mbench::testing
