#include "runners/pair_check.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>

#include <fmt/core.h>

#include "core/matte.hpp"
#include "core/parallel.hpp"
#include "imaging/trimap_levels.hpp"

namespace mbench::runners {
namespace {

namespace fs = std::filesystem;
using datasets::Problem;

/// A file of a pair with the word for it.
struct PairFile {
  std::string_view role;
  const fs::path& path;
};

std::array<PairFile, 4> files_of(const EvalPair& pair) {
  return {{{"ground truth", pair.truth},
           {"trimap", pair.trimap},
           {"prediction", pair.predicted},
           {"predicted trimap", pair.predicted_trimap}}};
}

/// What headers tell of one pair: files that cannot be read, sizes that differ from the first.
struct HeaderCheck {
  std::vector<Problem> problems{};
  Size size{};      ///< of the first file that could be read
  fs::path file{};  ///< that file
};

HeaderCheck read_headers(const EvalPair& pair) {
  HeaderCheck check;
  std::vector<Problem>& problems = check.problems;
  const PairFile* first = nullptr;
  const std::array<PairFile, 4> files = files_of(pair);
  for (const PairFile& file : files) {
    if (file.path.empty()) continue;
    Size size;
    try {
      size = imaging::probe_image(file.path).size;
    } catch (const Error& error) {
      problems.push_back(
          {.code = "unreadable", .sample = pair.id, .parts = error.parts(), .file = file.path});
      continue;
    }
    if (first == nullptr) {
      first = &file;
      check.size = size;
      check.file = file.path;
    } else if (size != check.size) {
      problems.push_back(
          {.code = "size",
           .sample = pair.id,
           .parts = {.what = fmt::format("{} and {} have different sizes", first->role, file.role),
                     .where = file.path.string(),
                     .expected =
                         fmt::format("{} ({})", to_string(check.size), first->path.string()),
                     .found = to_string(size),
                     .fix = "mbench never resizes: write it at the size of the ground truth"},
           .file = file.path});
    }
  }
  return check;
}

}  // namespace

std::vector<Problem> check_headers(const EvalPair& pair) { return read_headers(pair).problems; }

namespace {

/// The frames of a clip that do not have the size of its first.
std::vector<Problem> check_clip(std::span<const EvalPair> pairs,
                                std::span<const HeaderCheck> frames) {
  std::vector<Problem> problems;
  const HeaderCheck* first = nullptr;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (frames[i].file.empty()) continue;
    if (first == nullptr) first = &frames[i];
    if (frames[i].size == first->size) continue;
    problems.push_back(
        {.code = "size",
         .sample = pairs[i].id,
         .parts = {.what = "the frames of a clip have different sizes",
                   .where = frames[i].file.string(),
                   .expected = fmt::format("{} ({})", to_string(first->size), first->file.string()),
                   .found = to_string(frames[i].size),
                   .fix = "write all frames of a clip at one size, or make two clips of them"},
         .file = frames[i].file});
  }
  return problems;
}

}  // namespace

std::vector<Problem> check_headers(const EvalPairs& pairs, int threads) {
  std::vector<HeaderCheck> found(pairs.pairs.size());
  parallel_for(found.size(), threads,
               [&](std::size_t i) { found[i] = read_headers(pairs.pairs[i]); });
  std::vector<Problem> problems;
  for (const HeaderCheck& one : found) {
    std::ranges::copy(one.problems, std::back_inserter(problems));
  }
  for (const ClipRange& clip : pairs.clips) {
    std::ranges::move(check_clip(std::span{pairs.pairs}.subspan(clip.first, clip.count),
                                 std::span{found}.subspan(clip.first, clip.count)),
                      std::back_inserter(problems));
  }
  return problems;
}

std::vector<Problem> check_trimap_levels(const EvalPair& pair, imaging::TrimapLevels levels) {
  std::vector<Problem> problems;
  for (const fs::path& file : {pair.trimap, pair.predicted_trimap}) {
    if (file.empty()) continue;
    std::optional<Matte> channel;
    try {
      channel = imaging::read_matte(file);
    } catch (const std::exception&) {
      continue;
    }
    try {
      static_cast<void>(imaging::trimap_from_levels(*channel, levels));
    } catch (const Error& error) {
      problems.push_back({.code = "levels",
                          .sample = pair.id,
                          .parts = error.at(file.string()).parts(),
                          .file = file});
    }
  }
  return problems;
}

}  // namespace mbench::runners
