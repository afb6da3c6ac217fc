#include "core/size.hpp"

#include <fmt/core.h>

namespace mbench {

std::string to_string(Size size) { return fmt::format("{}x{}", size.width, size.height); }

}  // namespace mbench
