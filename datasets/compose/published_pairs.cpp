#include "datasets/compose/published_pairs.hpp"

#include <cstddef>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "core/registry.hpp"
#include "datasets/embedded.hpp"

namespace mbench::datasets::compose {
namespace {

constexpr std::string_view kExtension = ".csv";

std::string_view id_of(const EmbeddedFile& file) {
  return file.name.substr(0, file.name.size() - kExtension.size());
}

std::string_view text_of(const EmbeddedFile& file) {
  return {reinterpret_cast<const char*>(file.begin),
          static_cast<std::size_t>(file.end - file.begin)};
}

}  // namespace

std::vector<std::string_view> published_pairings() {
  std::vector<std::string_view> ids;
  for (const EmbeddedFile& file : embedded_manifests()) {
    if (file.name.ends_with("-test.csv")) ids.push_back(id_of(file));
  }
  return ids;
}

std::vector<Pair> published_pairs(std::string_view id) {
  for (const EmbeddedFile& file : embedded_manifests()) {
    if (file.name.ends_with("-test.csv") && id_of(file) == id) return parse_pairs(text_of(file));
  }
  const std::string nearest = nearest_name(id, published_pairings());
  throw Error{
      ErrorKind::usage,
      {.what = fmt::format("unknown pairing '{}'", id),
       .expected = fmt::format("one of: {}; or a CSV file with the columns fg and bg",
                               fmt::join(published_pairings(), ", ")),
       .fix = nearest.empty() ? std::string{} : fmt::format("did you mean '{}'?", nearest)}};
}

}  // namespace mbench::datasets::compose
