#include "core/averaging.hpp"

namespace mbench {

std::string_view to_string(Averaging averaging) {
  return averaging == Averaging::samples ? "samples" : "frame-index";
}

}  // namespace mbench
