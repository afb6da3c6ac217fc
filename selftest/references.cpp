#include "selftest/references.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "imaging/memory_io.hpp"

namespace mbench::selftest {
namespace {

namespace fs = std::filesystem;

class EmbeddedReferences final : public References {
 public:
  explicit EmbeddedReferences(std::span<const EmbeddedFile> files) : files_{files} {}

  [[nodiscard]] std::string place(std::string_view file) const override {
    return file.empty() ? "built in" : fmt::format("{} (built in)", file);
  }
  [[nodiscard]] bool has(std::string_view file) const override { return find(file) != nullptr; }
  [[nodiscard]] std::vector<std::byte> read(std::string_view file) const override {
    if (const EmbeddedFile* found = find(file)) return {found->begin, found->end};
    throw Error{ErrorKind::bad_input,
                {.what = "a built-in reference is missing", .where = std::string{file}}};
  }
  [[nodiscard]] std::vector<std::string> files_in(std::string_view folder) const override {
    const std::string prefix = folder.empty() ? std::string{} : fmt::format("{}/", folder);
    std::vector<std::string> names;
    for (const EmbeddedFile& file : files_) {
      if (!file.name.starts_with(prefix)) continue;
      const std::string_view rest = file.name.substr(prefix.size());
      if (rest.find('/') == std::string_view::npos) names.emplace_back(rest);
    }
    return names;
  }
  [[nodiscard]] std::vector<std::string> folders_in(std::string_view folder) const override {
    const std::string prefix = folder.empty() ? std::string{} : fmt::format("{}/", folder);
    std::set<std::string> names;
    for (const EmbeddedFile& file : files_) {
      if (!file.name.starts_with(prefix)) continue;
      const std::string_view rest = file.name.substr(prefix.size());
      if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
        names.emplace(rest.substr(0, slash));
      }
    }
    return {names.begin(), names.end()};
  }

 private:
  [[nodiscard]] const EmbeddedFile* find(std::string_view name) const {
    const auto file = std::ranges::find(files_, name, &EmbeddedFile::name);
    return file == files_.end() ? nullptr : &*file;
  }

  std::span<const EmbeddedFile> files_;
};

class FolderReferences final : public References {
 public:
  explicit FolderReferences(fs::path folder) : folder_{std::move(folder)} {}

  [[nodiscard]] std::string place(std::string_view file) const override {
    return file.empty() ? folder_.string() : (folder_ / file).string();
  }
  [[nodiscard]] bool has(std::string_view file) const override {
    std::error_code ignored;
    return fs::exists(folder_ / file, ignored);
  }
  [[nodiscard]] std::vector<std::byte> read(std::string_view file) const override {
    return imaging::read_bytes(folder_ / file);
  }
  [[nodiscard]] std::vector<std::string> files_in(std::string_view folder) const override {
    std::vector<std::string> names;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator{folder_ / folder, none}) {
      if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }
  [[nodiscard]] std::vector<std::string> folders_in(std::string_view folder) const override {
    std::vector<std::string> names;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator{folder_ / folder, none}) {
      if (entry.is_directory()) names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }

 private:
  fs::path folder_;
};

}  // namespace

std::unique_ptr<References> open_embedded(std::span<const EmbeddedFile> files) {
  return std::make_unique<EmbeddedReferences>(files);
}

std::unique_ptr<References> open_folder(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    throw Error{ErrorKind::bad_input,
                {.what = "cannot open the folder of references",
                 .where = folder.string(),
                 .expected = "a folder",
                 .found = fs::exists(folder, ignored) ? "a file" : "nothing of that name",
                 .fix = "name the folder that holds golden.json"}};
  }
  return std::make_unique<FolderReferences>(folder);
}

std::vector<std::string> listed_names(const References& references, std::string_view file,
                                      std::string_view key, std::string_view member) {
  if (!references.has(file)) return {};
  const std::vector<std::byte> bytes = references.read(file);
  const auto* const begin = reinterpret_cast<const char*>(bytes.data());
  try {
    const auto json = nlohmann::json::parse(begin, begin + bytes.size());
    if (!member.empty() && !json.contains(std::string{member})) return {};
    std::vector<std::string> names;
    for (const auto& entry : member.empty() ? json : json.at(std::string{member})) {
      names.push_back(entry.at(std::string{key}).get<std::string>());
    }
    return names;
  } catch (const nlohmann::json::exception& error) {
    throw Error{ErrorKind::bad_input,
                {.what = "the list of references is damaged",
                 .where = references.place(file),
                 .expected = fmt::format("a JSON list of objects with \"{}\"", key),
                 .found = error.what()}};
  }
}

}  // namespace mbench::selftest
