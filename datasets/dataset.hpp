#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/options.hpp"
#include "core/sample.hpp"
#include "imaging/io.hpp"

namespace mbench::datasets {

/// One thing that is wrong with a data set. `sample` is empty when it concerns no sample alone.
struct Problem {
  std::string code{};  ///< "missing", "unpaired", "unreadable", "size", "levels", "contradiction"
  std::string sample{};
  ErrorParts parts{};
};

/// A data set found on disk: which samples there are and where their files lie. Opening a data set
/// reads no pixels.
struct Dataset {
  std::string id{};  ///< "aim500", or the folder's name
  std::string title{};
  std::string adapter{};  ///< id of the adapter that read it
  std::filesystem::path root{};
  std::vector<SampleFiles> samples{};  ///< in manifest order, which is the order of every table
  std::vector<std::string> default_protocols{};
  imaging::TrimapLevels trimap_levels{};
  std::vector<Problem>
      problems{};  ///< what the scan of the folder found: unpaired files and the like
};

/// One adapter: a layout on disk -> samples.
struct DatasetEntry {
  std::string_view id, title, cite;
  std::string_view layout;  ///< one line: which folders and names it expects
  std::span<const OptionSpec> options;
  /// Does the folder have this layout?
  bool (*recognises)(const std::filesystem::path& root);
  /// Lists the samples. Problems of single files go into Dataset::problems; throws bad_input only
  /// if nothing can be listed at all.
  Dataset (*open)(const std::filesystem::path& root, const Options& options);
};

/// All adapters, most specific layout first.
[[nodiscard]] std::span<const DatasetEntry* const> all_adapters();

/// Opens what the user named: a registered name, a built-in name ("demo", "aim500"), or a folder,
/// with options: "aim500:...", "../data/mine". Throws usage or bad_input, naming every place that
/// was searched.
[[nodiscard]] Dataset open_dataset(std::string_view name_with_options);

/// Reads the files of one sample. Throws bad_input naming the file: unreadable, sizes that differ,
/// trimap levels.
[[nodiscard]] Sample load_sample(const Dataset& dataset, const SampleFiles& files);

}  // namespace mbench::datasets
