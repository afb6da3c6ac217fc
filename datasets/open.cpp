#include <algorithm>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/path_kind.hpp"
#include "datasets/aliases.hpp"
#include "datasets/dataset.hpp"
#include "datasets/demo_set.hpp"
#include "datasets/names.hpp"
#include "datasets/uncomposed.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

const DatasetEntry* recognise(const fs::path& folder) {
  for (const DatasetEntry* entry : all_adapters()) {
    if (entry->recognises(folder)) return entry;
  }
  return nullptr;
}

/// Folders inside, two levels deep, that are data sets: P3M-10k holds three.
std::vector<std::string> data_sets_inside(const fs::path& root) {
  std::vector<std::string> found;
  std::error_code error;
  fs::recursive_directory_iterator entry{root, error};
  for (; !error && entry != fs::recursive_directory_iterator{}; entry.increment(error)) {
    if (entry.depth() >= 1) entry.disable_recursion_pending();
    std::error_code gone;
    if (!entry->is_directory(gone)) continue;
    if (entry->path().filename().string().starts_with('.')) {
      entry.disable_recursion_pending();
    } else if (recognise(entry->path()) != nullptr) {
      found.push_back(entry->path().string());
    }
  }
  std::ranges::sort(found);
  return found;
}

/// The last part of a path that has one: "/data/mine/" and "." have a name too.
std::string folder_name(const fs::path& folder) {
  const fs::path absolute = fs::weakly_canonical(folder);
  return absolute.has_filename() ? absolute.filename().string() : std::string{"dataset"};
}

/// AISegment, as downloaded: clip_img/GROUP/clip_N/ID.jpg and matting/GROUP/matting_N/ID.png.
[[noreturn]] void throw_cut_outs(const fs::path& folder) {
  throw Error{
      ErrorKind::bad_input,
      {.what = "the mattes of AISegment are cut-outs, which are not read as mattes",
       .where = (folder / "matting").string(),
       .expected =
           "mattes as grey images in alpha/, of the same stems as the photographs in image/",
       .found = "RGBA pictures whose alpha channel is the matte, by groups and clips",
       .fix = "write the alpha channels alone (ImageMagick), beside the photographs: mkdir image "
              "alpha; find clip_img -name '*.jpg' -exec cp -t image {} +; for f in "
              "matting/*/*/*.png; do convert \"$f\" "
              "-alpha extract alpha/\"${f##*/}\"; done"}};
}

/// VideoMatte240K as downloaded: fgr/0000.mp4 and pha/0000.mp4.
[[noreturn]] void throw_videos(const fs::path& folder, const fs::path& video) {
  throw Error{ErrorKind::bad_input,
              {.what = "clips are read as images, not as videos",
               .where = folder.string(),
               .expected = "fgr/CLIP/0000.png and pha/CLIP/0000.png, one file per frame",
               .found = video.string(),
               .fix = "write out the frames (ffmpeg): for f in fgr/*.mp4 pha/*.mp4; do mkdir -p "
                      "\"${f%.mp4}\"; ffmpeg -i \"$f\" \"${f%.mp4}\"/%04d.png; done"}};
}

/// The first video in a folder, "" if there is none.
fs::path find_video(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator entry{folder, error}; !error && entry != fs::directory_iterator{};
       entry.increment(error)) {
    if (entry->path().extension() == ".mp4") return entry->path();
  }
  return {};
}

[[noreturn]] void throw_not_recognised(const fs::path& folder) {
  if (is_folder(folder / "clip_img") && is_folder(folder / "matting")) throw_cut_outs(folder);
  if (const fs::path video = find_video(folder / "pha"); !video.empty()) {
    throw_videos(folder, video);
  }
  const auto foregrounds = find_foregrounds(folder);
  if (foregrounds && !is_folder(folder / kComposedFolder)) {
    throw_compose_first(
        {.title = folder_name(folder), .home = folder, .foregrounds = {*foregrounds}});
  }
  std::string layouts;
  for (const DatasetEntry* entry : all_adapters()) {
    if (entry->layout.empty()) continue;
    layouts += fmt::format("{}{}: {}", layouts.empty() ? "" : "\n", entry->id, entry->layout);
  }
  constexpr std::size_t kShown = 5;
  std::vector<std::string> inside = data_sets_inside(folder);
  if (inside.size() > kShown) inside.resize(kShown);
  throw Error{
      ErrorKind::bad_input,
      {.what = "a folder has the layout of no known data set",
       .where = folder.string(),
       .expected = layouts,
       .fix = inside.empty()
                  ? std::string{"rename its sub-folders, or say in mbench.toml what they "
                                "hold (docs/datasets.md)"}
                  : fmt::format("open one of the data sets inside: {}", fmt::join(inside, ", "))}};
}

[[noreturn]] void throw_backgrounds(const DatasetEntry& entry, const Dataset& dataset) {
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("{} is a set of backgrounds: it has no mattes", dataset.title),
               .where = dataset.root.string(),
               .expected = "images with truths or trimaps, which a method can be run on",
               .found = fmt::format("{} photographs ({})", dataset.samples.size(), entry.id),
               .fix = "compose on them: mbench compose --rule dim --fg DIR --alpha DIR --bg DIR "
                      "--out DIR; `mbench data check` counts and reads them"}};
}

/// A path may hold anything, also a colon before `key=`; so an existing folder is never split.
NameWithOptions split(std::string_view text) {
  if (text.find('/') != std::string_view::npos && is_folder(text)) {
    return {.name = std::string{text}, .values = {}};
  }
  return parse_name_with_options(text);
}

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: break;
  }
  return "note";
}

Dataset open_dataset(std::string_view name_with_options, Purpose purpose) {
  NameWithOptions request = split(name_with_options);
  const Location location = where_dataset(request.name);
  const DatasetEntry* entry = location.built_in ? &demo_dataset : recognise(location.folder);
  if (entry == nullptr) throw_not_recognised(location.folder);

  if (location.is_name) {  // the name may say which part is meant, if the folder holds that set
    const std::optional<NamedSet> set = set_called(request.name);
    if (set && set->entry == entry) add_named_options(*set, request.values);
  }
  const Options options{entry->options, request.values,
                        fmt::format("data set '{}' (layout '{}')", request.name, entry->id)};
  Dataset dataset = entry->open(location.folder, options);
  dataset.id = location.is_name ? location.name : folder_name(location.folder);
  if (dataset.adapter.empty()) dataset.adapter = entry->id;
  if (dataset.root.empty()) dataset.root = location.folder;
  if (dataset.title.empty()) dataset.title = dataset.id;
  dataset.options = options.changed();
  if (entry->backgrounds && purpose == Purpose::matting) throw_backgrounds(*entry, dataset);
  if (!dataset.samples.empty()) return dataset;
  const auto reason = std::ranges::find_if(dataset.problems, [](const Problem& problem) {
    return problem.severity != Severity::note;  // a note tells of something else
  });
  const std::string first =
      reason == dataset.problems.end() ? "no image files" : format_error(reason->parts);
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("data set '{}' has no samples", dataset.id),
               .where = dataset.root.string(),
               .expected = std::string{entry->layout},
               .found = first}};
}

}  // namespace mbench::datasets
