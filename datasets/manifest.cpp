#include "datasets/manifest.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "core/csv_field.hpp"
#include "core/parallel.hpp"
#include "core/sha256.hpp"
#include "core/text_file.hpp"
#include "datasets/csv.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/scan.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

const CsvRow kHeader{"id", "role", "path", "bytes", "sha256"};

struct Fingerprint {
  std::uint64_t bytes{};
  std::string sha256{};
};

std::string relative_path(const Dataset& dataset, const SampleFiles& sample, const fs::path& file) {
  const std::string path =
      file.lexically_normal().lexically_relative(dataset.root.lexically_normal()).generic_string();
  if (stays_inside(path)) return path;
  throw Error{ErrorKind::bad_input,
              {.what = "a file of a data set lies outside its folder, so that no manifest can name "
                       "it",
               .where = fmt::format("{}: {}", sample.id, file.string()),
               .expected = fmt::format("a file below {}", dataset.root.string()),
               .fix = "copy or link the file into the folder"}};
}

std::uint64_t parse_bytes(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() ||
      text != fmt::format("{}", value)) {
    throw Error{ErrorKind::bad_input, {.expected = "a number of bytes", .found = text}};
  }
  return value;
}

bool is_digest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

ManifestEntry parse_entry(const CsvRow& row) {
  const auto fail = [](std::string expected, std::string found) {
    return Error{ErrorKind::bad_input,
                 {.expected = std::move(expected), .found = std::move(found)}};
  };
  if (row.size() != kHeader.size()) {
    throw fail(fmt::format("{} fields", kHeader.size()), fmt::format("{}", row.size()));
  }
  const std::optional<Role> role = parse_role(row[1]);
  if (row[0].empty()) throw fail("the id of a sample", "nothing");
  if (!role) throw fail("image, trimap, truth or segmentation", fmt::format("'{}'", row[1]));
  if (!stays_inside(row[2])) {
    throw fail("a path inside the folder of the data set", fmt::format("'{}'", row[2]));
  }
  if (!is_digest(row[4])) {
    throw fail("64 lower-case hexadecimal digits", fmt::format("'{}'", row[4]));
  }
  return {
      .id = row[0], .role = *role, .path = row[2], .bytes = parse_bytes(row[3]), .sha256 = row[4]};
}

/// What is wrong with one file, if anything.
std::optional<Problem> compare_file(const fs::path& root, const ManifestEntry& entry) {
  const fs::path file = root / entry.path;
  std::error_code error;
  const auto bytes = fs::file_size(file, error);
  if (error) {
    return Problem{.code = "missing",
                   .sample = entry.id,
                   .parts = {.what = "a file of the manifest is missing",
                             .where = file.string(),
                             .expected = fmt::format("{} bytes", entry.bytes),
                             .found = error.message()},
                   .file = file};
  }
  const std::string digest = bytes == entry.bytes ? sha256_file(file) : std::string{};
  if (digest == entry.sha256) return std::nullopt;
  const bool resized = bytes != entry.bytes;
  return Problem{.code = "changed",
                 .sample = entry.id,
                 .parts = {.what = "a file differs from the manifest",
                           .where = file.string(),
                           .expected = resized ? fmt::format("{} bytes", entry.bytes)
                                               : fmt::format("sha256 {}", entry.sha256),
                           .found = resized ? fmt::format("{} bytes", bytes)
                                            : fmt::format("sha256 {}", digest),
                           .fix = "fetch the file again from where the data set comes from"},
                 .file = file};
}

void report_extra_files(const fs::path& root, const Manifest& manifest,
                        std::vector<Problem>& problems) {
  std::set<fs::path> named, folders;
  for (const ManifestEntry& entry : manifest) {
    named.insert((root / entry.path).lexically_normal());
    folders.insert((root / entry.path).lexically_normal().parent_path());
  }
  for (const fs::path& folder : folders) {
    std::set<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator file{folder, error}; !error && file != fs::directory_iterator{};
         file.increment(error)) {
      const std::string name = file->path().filename().string();
      if (has_image_extension(name) && !name.starts_with('.')) files.insert(folder / name);
    }
    for (const fs::path& file : files) {
      if (named.contains(file)) continue;
      problems.push_back({.code = "extra",
                          .parts = {.what = "an image file is not in the manifest",
                                    .where = file.string(),
                                    .expected = "the files of the manifest alone",
                                    .fix = "move the file elsewhere"},
                          .file = file});
    }
  }
}

}  // namespace

Manifest make_manifest(const Dataset& dataset, int threads, Unreadable unreadable) {
  Manifest manifest;
  std::map<fs::path, std::size_t> index_of;  // files in the order in which they are first named
  std::vector<fs::path> files;
  std::vector<std::size_t> file_of_entry;
  for (const SampleFiles& sample : dataset.samples) {
    for (const Role role : kRoles) {
      const fs::path& file = file_of(sample, role);
      if (file.empty()) continue;
      const auto [found, added] = index_of.emplace(file, files.size());
      if (added) files.push_back(file);
      file_of_entry.push_back(found->second);
      manifest.push_back(
          {.id = sample.id, .role = role, .path = relative_path(dataset, sample, file)});
    }
  }
  // A worker keeps its error: which one is thrown must not depend on which thread was first.
  std::vector<Fingerprint> fingerprints(files.size());
  std::vector<std::optional<Error>> errors(files.size());
  parallel_for(files.size(), threads, [&](std::size_t i) {
    try {
      fingerprints[i].sha256 = sha256_file(files[i]);
      std::error_code error;
      fingerprints[i].bytes = fs::file_size(files[i], error);
    } catch (const Error& error) {
      errors[i] = error;
    }
  });
  for (std::size_t i = 0; i < manifest.size(); ++i) {
    const std::size_t file = file_of_entry[i];
    if (errors[file]) {
      if (unreadable == Unreadable::refuse) throw errors[file]->at(manifest[i].id);
      fingerprints[file] = {.bytes = 0, .sha256 = std::string(64, '0')};
    }
    manifest[i].bytes = fingerprints[file].bytes;
    manifest[i].sha256 = fingerprints[file].sha256;
  }
  return manifest;
}

std::string to_csv(const Manifest& manifest) {
  std::string text = "id,role,path,bytes,sha256\n";
  for (const ManifestEntry& entry : manifest) {
    text += fmt::format("{},{},{},{},{}\n", csv_field(entry.id), to_string(entry.role),
                        csv_field(entry.path), entry.bytes, entry.sha256);
  }
  return text;
}

std::string manifest_sha256(const Manifest& manifest) { return sha256_hex(to_csv(manifest)); }

Manifest parse_manifest(std::string_view csv) {
  const std::vector<CsvRow> rows = parse_csv(csv);
  if (rows.empty() || rows.front() != kHeader) {
    throw Error{ErrorKind::bad_input,
                {.what = "a manifest has a wrong first line",
                 .expected = "id,role,path,bytes,sha256",
                 .fix = "make it again with `mbench data add`"}};
  }
  Manifest manifest;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    try {
      manifest.push_back(parse_entry(rows[i]));
    } catch (const Error& error) {
      ErrorParts parts = error.parts();
      parts.what = fmt::format("row {} of a manifest cannot be read", i + 1);
      throw Error{ErrorKind::bad_input, std::move(parts)};
    }
  }
  return manifest;
}

Manifest read_manifest(const fs::path& file) {
  const std::string text = read_text_file(file);
  try {
    return parse_manifest(text);
  } catch (const Error& error) {
    throw error.at(file.string());
  }
}

void write_manifest(const Manifest& manifest, const fs::path& file) {
  write_text_file_atomically(file, to_csv(manifest));
}

std::vector<Problem> verify_manifest(const fs::path& root, const Manifest& manifest, int threads) {
  std::vector<const ManifestEntry*> entries;  // a file that samples share is compared once
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const ManifestEntry& entry : manifest) {
    if (seen.emplace(entry.path, entry.sha256).second) entries.push_back(&entry);
  }
  std::vector<std::optional<Problem>> results(entries.size());
  parallel_for(entries.size(), threads, [&](std::size_t i) {
    try {
      results[i] = compare_file(root, *entries[i]);
    } catch (const Error& error) {
      results[i] = Problem{.code = "unreadable",
                           .sample = entries[i]->id,
                           .parts = error.parts(),
                           .file = root / entries[i]->path};
    }
  });
  std::vector<Problem> problems;
  for (std::optional<Problem>& result : results) {
    if (result) problems.push_back(*std::move(result));
  }
  report_extra_files(root, manifest, problems);
  return problems;
}

}  // namespace mbench::datasets
