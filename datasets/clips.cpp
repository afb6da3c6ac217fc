#include "datasets/clips.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "datasets/clip_frames.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/pairing.hpp"
#include "datasets/scan.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kFrames = "com", kMattes = "pha", kTrimaps = "trimap";
constexpr int kDeepest = 3;  // folders between the root and a clip: DATASET/CLIP has two

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

bool is_clip(const fs::path& folder) {
  return is_folder(folder / kFrames) && is_folder(folder / kMattes);
}

std::vector<fs::path> sub_folders(const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (fs::directory_iterator entry{folder, error}; !error && entry != fs::directory_iterator{};
       entry.increment(error)) {
    const bool hidden = entry->path().filename().string().starts_with('.');
    std::error_code gone;  // a link that leads nowhere
    if (!hidden && entry->is_directory(gone)) folders.push_back(entry->path());
  }
  std::ranges::sort(folders);
  return folders;
}

void add_clip_folders(const fs::path& folder, int depth, std::vector<fs::path>& clips) {
  if (is_clip(folder)) {
    clips.push_back(folder);
    return;
  }
  if (depth == kDeepest) return;
  for (const fs::path& next : sub_folders(folder)) add_clip_folders(next, depth + 1, clips);
}

bool has_clip(const fs::path& folder, int depth) {
  if (is_clip(folder)) return true;
  const std::vector<fs::path> folders =
      depth == kDeepest ? std::vector<fs::path>{} : sub_folders(folder);
  return std::ranges::any_of(folders,
                             [&](const fs::path& next) { return has_clip(next, depth + 1); });
}

bool recognises(const fs::path& root) {
  std::error_code error;
  return !fs::exists(root / kConfigName, error) && has_clip(root, 0);
}

std::string clip_name(const fs::path& folder, const fs::path& root) {
  if (folder != root) return folder.lexically_relative(root).generic_string();
  const fs::path path = fs::absolute(root).lexically_normal();
  return (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
}

/// The frames of one clip, as a data set of their own.
Dataset read_clip(const fs::path& folder, const std::string& name) {
  Dataset clip{.root = folder};
  const auto scan = [&](std::string_view kind) {
    return scan_folder(folder / kind, {.report_sub_folders = true}, clip.problems);
  };
  FoundFiles found{.images = scan(kFrames), .truths = scan(kMattes)};
  if (is_folder(folder / kTrimaps)) found.trimaps.push_back({.files = scan(kTrimaps)});
  pair_samples(found, "", clip);

  // Ids lack the extension, so their order may differ: "a-1.png" comes before "a.png".
  std::ranges::sort(clip.samples, {},
                    [](const SampleFiles& frame) { return frame.image.filename().string(); });
  std::vector<fs::path> files;
  for (std::size_t i = 0; i < clip.samples.size(); ++i) {
    SampleFiles& frame = clip.samples[i];
    frame.id = name + "/" + frame.id;
    frame.tags = {{"clip", name}, {"frame", std::to_string(i)}};
    files.push_back(frame.image);
  }
  for (Problem& problem : clip.problems) {
    if (!problem.sample.empty()) problem.sample = name + "/" + problem.sample;
  }
  if (auto problem = frame_order_problem(name, files)) {
    clip.problems.push_back(std::move(*problem));
  }
  return clip;
}

Dataset open(const fs::path& root, const Options&) {
  Dataset dataset{.root = root, .default_protocols = {"rvm"}};
  std::vector<fs::path> folders;
  add_clip_folders(root, 0, folders);
  for (const fs::path& folder : folders) {
    Dataset clip = read_clip(folder, clip_name(folder, root));
    std::ranges::move(clip.samples, std::back_inserter(dataset.samples));
    std::ranges::move(clip.problems, std::back_inserter(dataset.problems));
  }
  return dataset;
}

}  // namespace

constinit const DatasetEntry clips_dataset{
    .id = "clips",
    .title = "Image sequences",
    .cite = "lin2022",
    .layout = "CLIP/com/ CLIP/pha/ in any folder down to the third, perhaps CLIP/trimap/",
    .options = {},
    .recognises = recognises,
    .open = open};

}  // namespace mbench::datasets
