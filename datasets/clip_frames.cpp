#include "datasets/clip_frames.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <map>
#include <string_view>

#include <fmt/core.h>

namespace mbench::datasets {
namespace {

/// Empty if the sample has no such tag.
std::string_view tag(const SampleFiles& sample, std::string_view name) {
  const auto found = std::ranges::find(sample.tags, name, &Tags::value_type::first);
  return found == sample.tags.end() ? std::string_view{} : std::string_view{found->second};
}

std::pair<std::size_t, std::string_view> frame_order(const SampleFiles* sample) {
  const std::string_view frame = tag(*sample, "frame");
  return {frame.size(), frame};
}

/// "frame_12" as "frame_" and "12"; leading zeros do not count.
std::pair<std::string, std::string> text_and_number(const std::filesystem::path& file) {
  const std::string stem = file.stem().string();
  std::size_t digits = stem.size();
  while (digits > 0 && std::isdigit(static_cast<unsigned char>(stem[digits - 1])) != 0) --digits;
  std::string number = stem.substr(digits);
  number.erase(0, std::min(number.find_first_not_of('0'), number.size()));
  return {stem.substr(0, digits), std::move(number)};
}

}  // namespace

std::optional<ClipKey> clip_key(const SampleFiles& sample) {
  const std::string_view clip = tag(sample, "clip");
  if (clip.empty() || tag(sample, "frame").empty()) return std::nullopt;
  return ClipKey{clip, tag(sample, "trimap")};
}

std::vector<SampleGroup> group_by_clip(std::span<const SampleFiles> samples) {
  std::vector<SampleGroup> groups;
  std::map<ClipKey, std::size_t> places;
  for (const SampleFiles& sample : samples) {
    const std::optional<ClipKey> key = clip_key(sample);
    const std::size_t place =
        key ? places.try_emplace(*key, groups.size()).first->second : groups.size();
    if (place == groups.size()) groups.emplace_back();
    groups[place].push_back(&sample);
  }
  for (SampleGroup& group : groups) std::ranges::stable_sort(group, {}, frame_order);
  return groups;
}

std::optional<Problem> frame_order_problem(const std::string& clip,
                                           std::span<const std::filesystem::path> files) {
  for (std::size_t i = 1; i < files.size(); ++i) {
    const auto before = text_and_number(files[i - 1]);
    const auto now = text_and_number(files[i]);
    if (before.first != now.first || before.second.size() <= now.second.size()) continue;
    return Problem{
        .code = "frame-order",
        .sample = clip,
        .parts = {.what = "the numbers of frames are not in the byte order of their names",
                  .where = files[i].parent_path().string(),
                  .expected = "names of one length, e.g. 0002.png and 0010.png",
                  .found = fmt::format("{} before {}", files[i - 1].filename().string(),
                                       files[i].filename().string()),
                  .fix = "fill the numbers up with zeros"},
        .severity = Severity::warning,
        .file = files[i]};
  }
  return std::nullopt;
}

}  // namespace mbench::datasets
