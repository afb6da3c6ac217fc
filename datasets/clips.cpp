#include "datasets/clips.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "core/path_kind.hpp"
#include "datasets/clip_frames.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/pairing.hpp"
#include "datasets/scan.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kFrames = "com", kForegrounds = "fgr", kMattes = "pha",
                           kTrimaps = "trimap";
constexpr int kDeepest = 3;  // folders between the root and a clip: DATASET/CLIP has two

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

/// Where the files of one clip lie.
struct ClipFolders {
  std::string name{};
  fs::path frames{}, mattes{}, trimaps{};
  bool composed{true};  ///< false: the frames are foregrounds
};

/// Does the folder hold its frames by kind first: pha/CLIP beside fgr/CLIP or com/CLIP?
bool is_sorted_by_kind(const fs::path& folder) {
  const auto holds_clips = [&](std::string_view kind) {
    return is_folder(folder / kind) && !sub_folders(folder / kind).empty();
  };
  return holds_clips(kMattes) && (holds_clips(kForegrounds) || holds_clips(kFrames));
}

std::string clip_name(const fs::path& folder, const fs::path& root) {
  if (folder != root) return folder.lexically_relative(root).generic_string();
  const fs::path path = fs::absolute(root).lexically_normal();
  return (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
}

/// The clips of folder/pha/CLIP. One without frames keeps the place where they should be.
void add_clips_by_kind(const fs::path& folder, const fs::path& root,
                       std::vector<ClipFolders>& clips) {
  const bool composed = is_folder(folder / kFrames);
  for (const fs::path& mattes : sub_folders(folder / kMattes)) {
    const fs::path clip = mattes.filename();
    clips.push_back(
        {.name = (folder.lexically_relative(root) / clip).lexically_normal().generic_string(),
         .frames = folder / (composed ? kFrames : kForegrounds) / clip,
         .mattes = mattes,
         .trimaps = folder / kTrimaps / clip,
         .composed = composed});
  }
}

void add_clip_folders(const fs::path& folder, const fs::path& root, int depth,
                      std::vector<ClipFolders>& clips) {
  if (is_sorted_by_kind(folder)) return add_clips_by_kind(folder, root, clips);
  // Beside whole clips, one that lacks a folder is a gap, not something else.
  if (is_folder(folder / kFrames) || is_folder(folder / kMattes)) {
    clips.push_back({.name = clip_name(folder, root),
                     .frames = folder / kFrames,
                     .mattes = folder / kMattes,
                     .trimaps = folder / kTrimaps});
    return;
  }
  if (depth == kDeepest) return;
  for (const fs::path& next : sub_folders(folder)) add_clip_folders(next, root, depth + 1, clips);
}

bool has_clip(const fs::path& folder, int depth) {
  if (is_clip(folder) || is_sorted_by_kind(folder)) return true;
  const std::vector<fs::path> folders =
      depth == kDeepest ? std::vector<fs::path>{} : sub_folders(folder);
  return std::ranges::any_of(folders,
                             [&](const fs::path& next) { return has_clip(next, depth + 1); });
}

bool recognises(const fs::path& root) {
  std::error_code error;
  return !fs::exists(root / kConfigName, error) && has_clip(root, 0);
}

/// A clip has one of its two folders, that of `there`, but not that of `absent`.
Problem missing_half(std::string_view clip, std::string_view absent, const fs::path& absent_folder,
                     std::string_view there, const fs::path& there_folder) {
  return {.code = "missing",
          .parts = {.what = fmt::format("clip '{}' has no {}", clip, absent),
                    .where = absent_folder.string(),
                    .expected =
                        fmt::format("the {} of the {} in {}", absent, there, there_folder.string()),
                    .found = "no such folder",
                    .fix = fmt::format("add the folder, or remove that of the {}", there)},
          .file = absent_folder};
}

/// The frames of one clip, as a data set of their own.
Dataset read_clip(const ClipFolders& folders) {
  const std::string& name = folders.name;
  Dataset clip;
  if (!is_folder(folders.frames)) {
    clip.problems.push_back(missing_half(name, "frames", folders.frames, "mattes", folders.mattes));
    return clip;
  }
  if (!is_folder(folders.mattes)) {
    clip.problems.push_back(missing_half(name, "mattes", folders.mattes, "frames", folders.frames));
    return clip;
  }
  const auto scan = [&](const fs::path& folder) {
    return scan_folder(folder, {.report_sub_folders = true}, clip.problems);
  };
  FoundFiles found{.images = scan(folders.frames), .truths = scan(folders.mattes)};
  if (is_folder(folders.trimaps)) found.trimaps.push_back({.files = scan(folders.trimaps)});
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

Problem uncomposed(const fs::path& root) {
  return {
      .code = "uncomposed",
      .parts = {.what = "the frames are foregrounds: there are no composites",
                .where = root.string(),
                .expected = "com/CLIP beside fgr/CLIP and pha/CLIP",
                .fix = "compose first (mbench compose --rule dim --fg fgr/CLIP --alpha "
                       "pha/CLIP --bg DIR --out DIR); scores on foregrounds are no published ones"},
      .severity = Severity::warning};
}

Dataset open(const fs::path& root, const Options&) {
  Dataset dataset{.root = root, .default_protocols = {"rvm"}};
  std::vector<ClipFolders> clips;
  add_clip_folders(root, root, 0, clips);
  for (const ClipFolders& folders : clips) {
    Dataset clip = read_clip(folders);
    std::ranges::move(clip.samples, std::back_inserter(dataset.samples));
    std::ranges::move(clip.problems, std::back_inserter(dataset.problems));
  }
  if (std::ranges::any_of(clips, [](const ClipFolders& clip) { return !clip.composed; })) {
    dataset.problems.push_back(uncomposed(root));
  }
  return dataset;
}

constexpr std::array<std::string_view, 3> kQuirks{
    "Robust Video Matting's test sets (composites of VideoMatte240K, Distinctions-646 and Adobe's "
    "set) hold CLIP/com, CLIP/fgr, CLIP/pha; the last two sets are stills moved over a background",
    "VideoMatte240K as downloaded holds fgr/CLIP and pha/CLIP without composites: 484 clips, of "
    "which 479 are for training",
    "averages are over frame indices, not over frames: see `mbench explain protocol:rvm`"};

constexpr PublishedFacts kFacts{
    .source =
        "grail.cs.washington.edu/projects/background-matting-v2 (VideoMatte240K); "
        "github.com/PeterL1n/RobustVideoMatting (test sets, on request)",
    .licence = "VideoMatte240K: for research, not for commercial use",
    .parts = {},
    .protocol = "rvm",
    .quirks = kQuirks,
    .numbers = "[lin2022]"};

}  // namespace

constinit const DatasetEntry clips_dataset{
    .id = "clips",
    .title = "Image sequences",
    .cite = "lin2022",
    .layout =
        "CLIP/com/ CLIP/pha/, perhaps CLIP/trimap/; or fgr/CLIP/ pha/CLIP/, perhaps com/CLIP/; "
        "in any folder down to the third",
    .options = {},
    .recognises = recognises,
    .open = open,
    .facts = &kFacts};

}  // namespace mbench::datasets
