#include "datasets/compose/inspect.hpp"

#include <algorithm>
#include <mutex>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "datasets/compose/pixel_digest.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

/// Composites by which rules are told from each other.
constexpr std::size_t kTried = 5;

std::string words_of(const Distance& distance, const std::string& rule) {
  return fmt::format(
      "{} values differ from what '{}' makes, by {:.4g} on average over all values "
      "and at most {} levels",
      distance.values, rule, distance.mean, distance.max);
}

/// The account of one composite whose pixels are other than expected.
Finding changed_composite(const fs::path& root, const CheckedFile& file, Size found,
                          const Explanation& explanation, const std::string& rule) {
  ErrorParts parts{.what = "a composite is not as its rule makes it"};
  parts.expected = fmt::format("the pixels of rule '{}'", rule);
  const Size size = file.made_of ? file.made_of->size : file.composite->size;
  if (found != size) {
    parts.expected += fmt::format(", {}", to_string(size));
    parts.found = to_string(found);
  } else if (!explanation.rule.empty()) {
    parts.found = explanation.rule == rule
                      ? fmt::format("what '{}' makes of the inputs as they are now", rule)
                      : fmt::format("exactly what rule '{}' makes", explanation.rule);
  } else if (explanation.distance) {
    parts.found =
        fmt::format("{}; no known rule explains them", words_of(*explanation.distance, rule));
  } else {
    parts.found = "other pixels; the inputs are not there to tell more";
  }
  parts.fix = explanation.rule.empty() || explanation.rule == rule
                  ? "compose it again: what is as it should be is kept"
                  : fmt::format("ask with --rule {}, or compose by '{}' into another folder",
                                explanation.rule, rule);
  Finding result = file_finding("changed", root, file, std::move(parts));
  result.made_by = explanation.rule;
  result.distance = explanation.distance;
  return result;
}

/// Are the pictures the files that the row names?
bool is_made_of(const ReceiptRow& row, const Material& material, const OwnPictures& own) {
  return material.foreground.sha256 == row.foreground.sha256 &&
         material.alpha.sha256 == row.alpha.sha256 &&
         own.background.sha256 == row.background.sha256 &&
         std::ranges::equal(own.extras, row.extras, [](const auto& picture, const auto& file) {
           return picture.first == file.first && picture.second.sha256 == file.second.sha256;
         });
}

std::string_view folder_of(std::string_view path) { return path.substr(0, path.find('/')); }

constexpr std::string_view kTrimapFolder = "trimaps";

/// The first file of which the row has other pixels than were made, or that one of them lacks.
/// With `other_trimap` the row shall have one, but none was made.
std::string first_other_file(const ReceiptRow& row, const std::vector<SetFile>& made,
                             bool other_trimap) {
  const auto folder = [](const auto& file) { return folder_of(file.path); };
  if (other_trimap && std::ranges::find(row.files, kTrimapFolder, folder) == row.files.end()) {
    return fmt::format("{}/{}", kTrimapFolder, row.output);
  }
  for (const SetFile& file : made) {
    const auto named = std::ranges::find(row.files, folder_of(file.path), folder);
    if (named == row.files.end()) return file.path;
    if (named->pixels != digest_of(file)) return named->path;
  }
  for (const OutputFile& file : row.files) {
    const bool is_due = std::ranges::find(made, folder(file), folder) != made.end() ||
                        (other_trimap && folder(file) == kTrimapFolder);
    if (!is_due || std::ranges::count(row.files, folder(file), folder) > 1) return file.path;
  }
  return {};
}

}  // namespace

Finding file_finding(std::string code, const fs::path& root, const CheckedFile& file,
                     ErrorParts parts) {
  parts.where = (root / file.path).string();
  return {.problem = {.code = std::move(code),
                      .sample = file.composite != nullptr ? file.composite->output
                                : file.made_of            ? file.made_of->output
                                                          : std::string{},
                      .parts = std::move(parts),
                      .file = root / file.path},
          .path = file.path};
}

Inspector::Inspector(fs::path root, const VerifySettings& settings, KeptFiles kept)
    : root_{std::move(root)},
      settings_{settings},
      kept_{std::move(kept)},
      materials_{static_cast<std::size_t>(resolve_threads(settings.threads)), settings.estimate} {}

void Inspector::inspect(std::vector<CheckedFile>& files) {
  std::size_t done = 0;
  std::mutex mutex;
  parallel_for(files.size(), settings_.threads, [&](std::size_t i) {
    if (is_interrupted()) return;
    inspect(files[i]);
    const std::lock_guard lock{mutex};
    if (settings_.progress) settings_.progress(++done, files.size());
  });
}

bool Inspector::is_interrupted() const {
  return settings_.interrupted != nullptr && settings_.interrupted->load();
}

std::vector<std::string> Inspector::rules_like(const std::string& made_by,
                                               const std::vector<CheckedFile>& files) {
  std::vector<const CheckedFile*> tried;
  for (const CheckedFile& file : files) {
    if (file.made_by == made_by && tried.size() < kTried) tried.push_back(&file);
  }
  std::vector<std::string> alike;
  for (const Candidate& candidate : settings_.candidates) {
    if (candidate.options.spelling == made_by || candidate.rule == nullptr) continue;
    if (std::ranges::all_of(tried, [&](const CheckedFile* file) {
          const Picture picture = read_picture(root_ / file->path);
          return !explain(*file, picture.pixels, {&candidate, 1}).rule.empty();
        })) {
      alike.push_back(candidate.options.spelling);
    }
  }
  return alike;
}

void Inspector::inspect(CheckedFile& file) {
  const fs::path path = root_ / file.path;
  std::error_code error;
  if (!fs::exists(path, error)) {
    file.finding =
        file_finding("missing", root_, file,
                     {.what = "a file of the set is missing",
                      .expected = file.composite != nullptr ? to_string(file.composite->size)
                                                            : std::string{"the file"},
                      .found = "no such file",
                      .fix = "compose the set again: what is there is kept"});
    return;
  }
  Picture picture;
  try {
    picture = read_picture(path);
  } catch (const Error& unreadable) {
    file.finding = file_finding("unreadable", root_, file, unreadable.parts());
    return;
  }
  const std::string& rule = settings_.candidates.front().options.spelling;
  if (!file.expected.empty() && set_file_digest(file.path, picture.pixels) == file.expected) {
    if (file.composite != nullptr) confirm(file, picture.pixels);
    return;
  }
  if (!file.made_of && file.composite == nullptr) {
    file.finding =
        file_finding("changed", root_, file,
                     {.what = "a file differs from the receipt",
                      .expected = fmt::format("pixels of sha256 {}", file.expected),
                      .found = fmt::format("{}, other pixels", to_string(picture.pixels.size())),
                      .fix = "compose the set again"});
    return;
  }
  const Explanation explanation = explain(file, picture.pixels, settings_.candidates);
  file.made_by = explanation.rule;
  if (file.expected.empty() && explanation.rule == rule) return;
  file.finding = changed_composite(root_, file, picture.pixels.size(), explanation, rule);
}

/// A composite as its receipt has it: does the rule of the receipt make it, too, and all that
/// belongs to it?
void Inspector::confirm(CheckedFile& file, PixelView<Rgb<std::uint8_t>> image) {
  std::optional<Inputs> inputs;
  if (settings_.remakes) inputs = inputs_of(file);
  file.recorded = !inputs || !is_made_of(*file.composite, *inputs->material, inputs->own);
  if (file.recorded) return;
  const Explanation explanation = explain(file, image, settings_.candidates, *inputs);
  file.made_by = explanation.rule;
  file.contradicts = file.made_by != settings_.candidates.front().options.spelling;
  if (!file.contradicts) file.other_file = other_file_of(file, *inputs, *explanation.made);
}

std::string Inspector::other_file_of(const CheckedFile& file, const Inputs& inputs,
                                     const Composite& composite) const {
  try {
    const auto trimap =
        make_set_trimap(*file.made_of, *inputs.material, composite, kept_, settings_.seed);
    return first_other_file(*file.composite,
                            set_files(*file.made_of, *inputs.material, composite, trimap, kept_),
                            !settings_.remakes_trimaps);
  } catch (const Error&) {
    return "trimaps/" + file.made_of->output;  // the trimap rule cannot be applied to the matte
  }
}

/// Nothing if they cannot be read: the account of the inputs says why.
std::optional<Inspector::Inputs> Inspector::inputs_of(const CheckedFile& file) {
  if (!file.made_of) return std::nullopt;
  try {
    return Inputs{materials_.get(*file.made_of), read_own_pictures(*file.made_of)};
  } catch (const Error&) {
    return std::nullopt;
  }
}

Explanation Inspector::explain(const CheckedFile& file, PixelView<Rgb<std::uint8_t>> image,
                               std::span<const Candidate> candidates, const Inputs& inputs) {
  return explain_pixels(image, ingredients_of(*file.made_of, *inputs.material, inputs.own),
                        composite_stream(settings_.seed, file.made_of->index), candidates);
}

Explanation Inspector::explain(const CheckedFile& file, PixelView<Rgb<std::uint8_t>> image,
                               std::span<const Candidate> candidates) {
  const auto inputs = inputs_of(file);
  return inputs ? explain(file, image, candidates, *inputs) : Explanation{};
}

}  // namespace mbench::datasets::compose
