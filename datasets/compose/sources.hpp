#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mbench::datasets::compose {

/// Where the ingredients of a set lie. Each kind may lie in several folders, which are searched in
/// order: Adobe's training set has two.
struct SourceFolders {
  std::vector<std::filesystem::path> foregrounds{}, alphas{}, backgrounds{};
  /// Without noise, for rules that take them; perhaps none. Paired by stem.
  std::vector<std::filesystem::path> denoised_foregrounds{}, denoised_backgrounds{};
};

/// The image files of some folders, for looking them up by name.
class SourceFiles {
 public:
  SourceFiles() = default;
  /// Throws bad_input, naming the folder, if one cannot be listed. `noun`: "foregrounds".
  SourceFiles(const std::vector<std::filesystem::path>& folders, std::string_view noun);

  /// All file names: folder by folder, in each in byte order (which is Python's). A name that an
  /// earlier folder has does not count again.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

  /// The file of this name, from the first folder that has it. A name may lead into sub-folders.
  [[nodiscard]] std::optional<std::filesystem::path> find(const std::string& name) const;
  /// The same, else the first file of the same stem: mattes may be saved in another format.
  [[nodiscard]] std::optional<std::filesystem::path> find_by_stem(const std::string& name) const;

  /// Files of this stem beside the one that find_by_stem() would take by its place alone: the
  /// others of its folder, if none has the very name.
  [[nodiscard]] const std::vector<std::filesystem::path>& rivals(const std::string& name) const;

  /// For messages: the folders, with commas.
  [[nodiscard]] const std::string& places() const { return places_; }

 private:
  std::vector<std::filesystem::path> folders_{};
  std::vector<std::string> names_{};
  std::map<std::string, std::filesystem::path> by_name_{}, by_stem_{};
  std::map<std::string, std::vector<std::filesystem::path>> rivals_{};
  std::string places_{};
};

/// Reads a list of file names, one per line: with LF or CRLF, the last line with or without; empty
/// lines do not count. Throws bad_input naming the line for what is no image file's name.
[[nodiscard]] std::vector<std::string> read_name_list(const std::filesystem::path& file);

/// The name that a picture of COCO 2014 has in the release of 2017: without its first 15
/// characters, "COCO_train2014_". Other names stay as they are.
[[nodiscard]] std::string coco_2017_name(std::string name);

}  // namespace mbench::datasets::compose
