#include "runners/clips.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "datasets/clip_frames.hpp"
#include "runners/image_tree.hpp"

namespace mbench::runners {
namespace {

namespace fs = std::filesystem;
using datasets::Problem;

constexpr std::string_view kMatteFolder = "pha";  // beside fgr, com: Robust Video Matting's layout

std::vector<std::string> split_path(const std::string& id) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0;;) {
    const auto slash = id.find('/', begin);
    parts.push_back(id.substr(begin, slash - begin));
    if (slash == std::string::npos) return parts;
    begin = slash + 1;
  }
}

/// The files with every folder `pha` in the place of the folder that holds it.
FilesById without_matte_folders(const FilesById& files) {
  std::set<std::string> holders;  // of a folder `pha`, as "a/b/"
  for (const auto& [id, file] : files) {
    std::string folder;
    const std::vector<std::string> parts = split_path(id);
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      if (parts[i] == kMatteFolder) holders.insert(folder);
      folder += parts[i] + "/";
    }
  }
  FilesById result;
  for (const auto& [id, file] : files) {
    std::string folder, short_id;
    const std::vector<std::string> parts = split_path(id);
    bool is_read = true;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool is_file = i + 1 == parts.size();
      const bool is_matte_folder = !is_file && parts[i] == kMatteFolder;
      if (holders.contains(folder) && !is_matte_folder) is_read = false;
      if (!is_matte_folder) short_id += is_file ? parts[i] : parts[i] + "/";
      folder += parts[i] + "/";
    }
    if (is_read) result.emplace(short_id, file);
  }
  return result;
}

/// "a/b" of "a/b/0000", "" of "0000".
std::string clip_of(const std::string& id) {
  const auto slash = id.rfind('/');
  return slash == std::string::npos ? std::string{} : id.substr(0, slash);
}

/// A truth on its way to a pair.
struct Frame {
  std::string id{};
  fs::path file{};
};

std::map<std::string, std::vector<Frame>> group_by_clip(const FilesById& files) {
  std::map<std::string, std::vector<Frame>> clips;
  for (const auto& [id, file] : files) clips[clip_of(id)].push_back({.id = id, .file = file});
  for (auto& [clip, frames] : clips) {
    // Ids lack the extension, so their order may differ: "a-1.png" comes before "a.png".
    std::ranges::sort(frames, {},
                      [](const Frame& frame) { return frame.file.filename().string(); });
  }
  return clips;
}

/// The folder of one kind of files that pair with the truths.
struct Partner {
  std::string_view role;
  const fs::path& folder;
  fs::path EvalPair::*place;
  FilesById files;
};

void report_missing(const Partner& partner, const std::string& what, const std::string& sample,
                    const std::string& name, const fs::path& truth,
                    std::vector<Problem>& problems) {
  const bool prediction = partner.role == "prediction";
  problems.push_back(
      {.code = prediction ? "missing-prediction" : "missing-trimap",
       .sample = sample,
       .parts = {.what = what,
                 .where = truth.string(),
                 .expected = fmt::format("{} below {}", name, partner.folder.string()),
                 .fix =
                     prediction ? "add it, or count it as failed with --allow-missing" : "add it"},
       .file = truth});
}

/// Gives the pairs of one clip their files of that partner, and takes these out of its list.
void take_files(Partner& partner, const std::string& clip, const std::vector<Frame>& frames,
                std::span<EvalPair> pairs, std::vector<Problem>& problems) {
  const auto is_there = [&](const Frame& frame) { return partner.files.contains(frame.id); };
  if (frames.size() > 1 && std::ranges::none_of(frames, is_there)) {
    report_missing(partner, fmt::format("clip without any {}", partner.role), clip,
                   fmt::format("{} frames like {}.png", frames.size(), frames.front().id),
                   frames.front().file.parent_path(), problems);
    return;
  }
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto found = partner.files.find(frames[i].id);
    if (found == partner.files.end()) {
      report_missing(partner, fmt::format("frame without {}", partner.role), pairs[i].id,
                     frames[i].id + ".png", frames[i].file, problems);
      continue;
    }
    pairs[i].*partner.place = found->second;
    partner.files.erase(found);
  }
}

void report_unpaired(const Partner& partner, const fs::path& truths,
                     std::vector<Problem>& problems) {
  for (const auto& [id, file] : partner.files) {
    problems.push_back(
        {.code = "unpaired",
         .sample = id,
         .parts = {.what = fmt::format("{} of a frame without ground truth", partner.role),
                   .where = file.string(),
                   .expected = fmt::format("{}.png below {}", id, truths.string()),
                   .fix = "remove the file, or name it as its ground truth"},
         .severity =
             partner.role == "trimap" ? datasets::Severity::warning : datasets::Severity::error,
         .file = file});
  }
}

std::string last_name(const fs::path& folder) {
  const fs::path path = fs::absolute(folder).lexically_normal();
  return (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
}

}  // namespace

EvalPairs pair_clips(const EvalFolders& folders) {
  EvalPairs result;
  std::vector<Problem>& problems = result.problems;
  // Where only trimaps are scored, the true trimap is the truth.
  const bool mattes = !folders.truth.empty();
  const fs::path& truth_folder = mattes ? folders.truth : folders.trimap;
  const FilesById truths = without_matte_folders(
      collect_images(truth_folder, mattes ? "ground truth" : "trimap", problems));
  std::vector<Partner> partners;
  const auto add_partner = [&](std::string_view role, const fs::path& folder,
                               fs::path EvalPair::*place) {
    if (folder.empty()) return;
    partners.push_back(
        {role, folder, place, without_matte_folders(collect_images(folder, role, problems))});
  };
  add_partner("prediction", folders.predicted, &EvalPair::predicted);
  if (mattes) add_partner("trimap", folders.trimap, &EvalPair::trimap);
  add_partner("predicted trimap", folders.predicted_trimap, &EvalPair::predicted_trimap);
  const auto is_missing_folder = [](const Problem& p) { return p.code == "missing-folder"; };
  if (std::ranges::any_of(problems, is_missing_folder)) return result;  // the rest would follow

  const auto clips = group_by_clip(truths);
  if (clips.size() > 1 && clips.contains("")) {
    const fs::path& file = clips.at("").front().file;
    problems.push_back({.code = "layout",
                        .parts = {.what = "images lie beside the folders of clips",
                                  .where = file.string(),
                                  .expected = "a folder for each clip, or images alone",
                                  .fix = "move them into a folder of their own"},
                        .file = file});
    return result;
  }
  for (const auto& [folder, frames] : clips) {
    const std::string clip = folder.empty() ? last_name(truth_folder) : folder;
    std::vector<fs::path> files;
    for (const Frame& frame : frames) files.push_back(frame.file);
    if (auto problem = datasets::frame_order_problem(clip, files)) {
      problems.push_back(std::move(*problem));
    }
    const std::size_t first = result.pairs.size();
    for (std::size_t i = 0; i < frames.size(); ++i) {
      EvalPair& pair = result.pairs.emplace_back(
          EvalPair{.id = folder.empty() ? clip + "/" + frames[i].id : frames[i].id,
                   .tags = {{"clip", clip}, {"frame", std::to_string(i)}}});
      (mattes ? pair.truth : pair.trimap) = frames[i].file;
    }
    result.clips.push_back({.first = first, .count = frames.size()});
    for (Partner& partner : partners) {
      take_files(partner, clip, frames, std::span{result.pairs}.subspan(first), problems);
    }
  }
  for (const Partner& partner : partners) report_unpaired(partner, truth_folder, problems);
  return result;
}

}  // namespace mbench::runners
