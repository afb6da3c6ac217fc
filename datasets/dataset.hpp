#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/options.hpp"
#include "core/sample.hpp"
#include "datasets/facts.hpp"
#include "imaging/io.hpp"

namespace mbench::datasets {

/// How much a problem matters.
enum class Severity {
  error,    ///< scores would be wrong or missing: must be mended before a run
  warning,  ///< scores are defined, but someone should look: noise in a known region
  note,     ///< worth knowing: a file that is not read
};

/// "error", "warning" or "note".
[[nodiscard]] std::string_view to_string(Severity severity);

/// One thing that is wrong with a data set.
struct Problem {
  std::string code{};    ///< one of those in docs/datasets.md: "missing", "unpaired", "size", ...
  std::string sample{};  ///< id of the sample; empty when it concerns no sample alone
  ErrorParts parts{};
  Severity severity{Severity::error};
  std::filesystem::path file{};  ///< the file at fault; empty when it is no single file
};

/// A data set found on disk: which samples there are and where their files lie. Opening a data set
/// reads no pixels.
struct Dataset {
  std::string id{};  ///< the name under which it is registered, or the folder's name
  std::string title{};
  std::string adapter{};  ///< id of the adapter that read it
  std::filesystem::path root{};
  std::vector<SampleFiles> samples{};  ///< in manifest order, which is the order of every table
  /// Empty if there is no truth to score against, or no trimap that a protocol could look at.
  std::vector<std::string> default_protocols{};
  imaging::TrimapLevels trimap_levels{};
  /// What the scan of the folder found: unpaired files and the like. A sample whose partner is
  /// missing stays in `samples`, with the path at which the partner was expected.
  std::vector<Problem> problems{};
  /// Options that differ from their defaults: part of what this data set is.
  std::vector<std::pair<std::string, std::string>> options{};
  /// The part of the adapter's facts that it is; nullptr for one that only has the layout.
  const PartFacts* published{};
  /// Options that open what else lies in the folder: "part=np". Empty where a part was asked for.
  std::vector<std::string> other_parts{};
};

/// Is the problem that of a sample of this data set: does it name its id, one of its files, or a
/// folder that lacks one of them ("missing")?
[[nodiscard]] bool concerns_sample(const Dataset& dataset, const Problem& problem);

/// One adapter: a layout on disk -> samples.
struct DatasetEntry {
  std::string_view id, title, cite;
  std::string_view layout;  ///< one line: which folders and names it expects
  std::span<const OptionSpec> options;
  /// Does the folder have this layout?
  bool (*recognises)(const std::filesystem::path& root);
  /// Lists the samples. Problems of single files go into Dataset::problems; throws bad_input only
  /// if nothing can be listed at all. The caller sets `id`, `adapter`, `root` and `options`, and
  /// `title` where the adapter leaves it empty.
  Dataset (*open)(const std::filesystem::path& root, const Options& options);
  const PublishedFacts* facts{};  ///< nullptr for a layout that nobody published
  bool backgrounds{};  ///< images to compose on, without mattes: nothing can be run on them
};

/// All adapters, most specific layout first.
[[nodiscard]] std::span<const DatasetEntry* const> all_adapters();

/// What a data set is opened for.
enum class Purpose {
  matting,  ///< to run methods on it: a set of backgrounds is refused, with what it is for
  any,      ///< to list, check or hash its files
};

/// Opens what the user named: a registered name, a built-in name ("demo"), or a folder, with
/// options: "alphamatting:split=small", "../data/mine". Throws usage or bad_input, naming every
/// place that was searched.
[[nodiscard]] Dataset open_dataset(std::string_view name_with_options,
                                   Purpose purpose = Purpose::matting);

/// Reads the files of one sample, each once. Throws bad_input naming the file: a problem of
/// severity error that the scan found for this sample, unreadable, sizes that differ, trimap
/// levels.
[[nodiscard]] Sample load_sample(const Dataset& dataset, const SampleFiles& files);

}  // namespace mbench::datasets
