#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/dataset.hpp"
#include "datasets/roles.hpp"

namespace mbench::datasets {

/// One file of one sample. A file that several samples share stands in the manifest once for each.
struct ManifestEntry {
  std::string id{};  ///< of the sample
  Role role{};
  std::string path{};  ///< relative to the data set's folder, with '/'
  std::uint64_t bytes{};
  std::string sha256{};
  friend bool operator==(const ManifestEntry&, const ManifestEntry&) = default;
};

/// Every file of a data set in sample order, each sample's image, trimap, truth and
/// segmentation. It names no
/// place outside the data set: the same data has the same manifest wherever it lies.
using Manifest = std::vector<ManifestEntry>;

/// What a manifest says of a file that cannot be read.
enum class Unreadable {
  refuse,  ///< no manifest is made: bad_input for the first such file
  mark,    ///< 0 bytes and a digest of zeros: the sample fails later, the others are run
};

/// Reads and hashes every file, each once, on `threads` threads (0 = all cores); the result does
/// not depend on their number. Throws bad_input for a file that lies outside the data set's folder,
/// and for unreadable ones as told.
[[nodiscard]] Manifest make_manifest(const Dataset& dataset, int threads,
                                     Unreadable unreadable = Unreadable::refuse);

/// The canonical text: a line `id,role,path,bytes,sha256`, then one line per entry; CSV with LF.
[[nodiscard]] std::string to_csv(const Manifest& manifest);

/// SHA-256 of the canonical text: what a record stores as `manifest_sha256`.
[[nodiscard]] std::string manifest_sha256(const Manifest& manifest);

/// Reads the text of to_csv. Throws bad_input naming the row: a wrong first line, field, role,
/// size or digest, a path that leaves the folder.
[[nodiscard]] Manifest parse_manifest(std::string_view csv);

[[nodiscard]] Manifest read_manifest(const std::filesystem::path& file);
void write_manifest(const Manifest& manifest, const std::filesystem::path& file);

/// Compares a data set's folder with a manifest: "missing" and "changed" for each file of the
/// manifest, in its order, then "extra" for image files beside them that it does not name. Nothing
/// means that all bytes are equal. A file of another size is not hashed.
[[nodiscard]] std::vector<Problem> verify_manifest(const std::filesystem::path& root,
                                                   const Manifest& manifest, int threads);

}  // namespace mbench::datasets
