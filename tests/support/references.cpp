#include "tests/support/references.hpp"

#include <string>

#include "tests/support/files.hpp"

namespace mbench::testing {

bool is_in_references(std::string_view key) {
  static const std::string references = read_text(source_path("docs/references.bib"));
  return !key.empty() &&
         references.find(std::string{"{"}.append(key).append(",\n")) != std::string::npos;
}

}  // namespace mbench::testing
