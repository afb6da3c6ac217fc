// Feeds arbitrary bytes to the readers of small text files: the first byte chooses mbench.toml, a
// list file, a list in JSON, CSV, a manifest or a list of fingerprints. Nothing but mbench::Error
// may come out, and what a reader accepts it must accept again after it was written.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/csv_field.hpp"
#include "core/error.hpp"
#include "core/utf8.hpp"
#include "datasets/csv.hpp"
#include "datasets/fingerprints.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/json_list.hpp"
#include "datasets/list_file.hpp"
#include "datasets/manifest.hpp"
#include "datasets/roles.hpp"

using namespace mbench::datasets;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void read_list(std::string_view text) {
  for (const ListLine& line : parse_list(text)) {
    require(line.columns.empty() != line.problem.empty());
    for (const std::string& column : line.columns) require(has_image_extension(column));
  }
}

void read_csv(std::string_view text) {
  const auto rows = parse_csv(text);
  std::string again;
  for (const CsvRow& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      again += (i == 0 ? "" : ",") + mbench::csv_field(row[i]);
    again += '\n';
  }
  // The first field may begin with a byte order mark of its own, which reading skips.
  if (!again.starts_with("\xEF\xBB\xBF")) require(parse_csv(again) == rows);
}

void read_manifest_text(std::string_view text) {
  const Manifest manifest = parse_manifest(text);
  require(parse_manifest(to_csv(manifest)) == manifest);
}

void read_json_text(std::string_view text) {
  std::vector<Problem> problems;
  for (const ListRow& row : parse_json_list(text, "list.json", problems)) {
    require(row.files.contains(Role::image));
  }
}

void read_fingerprints(std::string_view text) {
  const std::vector<Fingerprint> pictures = parse_fingerprints(text);
  require(parse_fingerprints(to_csv(pictures)) == pictures);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
  try {
    switch (data[0] % 7) {
      case 0: (void)parse_folder_config(text); break;
      case 1: read_list(text); break;
      case 2: read_csv(text); break;
      case 3: read_manifest_text(text); break;
      case 4: read_json_text(text); break;
      case 5: read_fingerprints(text); break;
      default: (void)mbench::is_utf8(text); break;
    }
  } catch (const mbench::Error&) {
    // what a reader is expected to do with text that it cannot read
  }
  return 0;
}
