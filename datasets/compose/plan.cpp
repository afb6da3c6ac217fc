#include "datasets/compose/plan.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/utf8.hpp"
#include "imaging/io.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

enum class Kind { foreground, alpha, background, denoised_foreground, denoised_background };

constexpr std::string_view noun(Kind kind) {
  switch (kind) {
    case Kind::foreground: return "foreground";
    case Kind::alpha: return "matte";
    case Kind::background: return "background";
    case Kind::denoised_foreground: return "denoised foreground";
    case Kind::denoised_background: break;
  }
  return "denoised background";
}

constexpr std::string_view option(Kind kind) {
  switch (kind) {
    case Kind::foreground: return "--fg";
    case Kind::alpha: return "--alpha";
    case Kind::background: return "--bg";
    case Kind::denoised_foreground: return "--denoised-fg";
    case Kind::denoised_background: break;
  }
  return "--denoised-bg";
}

/// What the header of a file says, or why it cannot be read.
struct Header {
  Kind kind{};
  std::string name{};  ///< as listed
  std::optional<fs::path> file{};
  imaging::ImageInfo info{};
  std::vector<Problem> problems{};
};

bool has_error(const Header& header) {
  return std::ranges::find(header.problems, Severity::error, &Problem::severity) !=
         header.problems.end();
}

Problem missing_file(const Header& header, const SourceFiles& files) {
  std::string fix = fmt::format("add the file, or name another folder by {}", option(header.kind));
  if (header.kind == Kind::background) {
    if (files.find(coco_2017_name(header.name))) {
      fix = "the files have the names of COCO 2017: use --coco-2017";
    } else if (const auto other = files.find_by_stem(header.name)) {
      fix = fmt::format(
          "{} is there, but another format may hold other pixels: use the file that "
          "is listed",
          other->string());
    }
  }
  return {.code = "missing",
          .parts = {.what = fmt::format("a {} is missing", noun(header.kind)),
                    .where = files.places(),
                    .expected = header.name,
                    .found = "no such file",
                    .fix = std::move(fix)}};
}

void read_header(Header& header, const SourceFiles& files) {
  const bool by_stem = header.kind != Kind::foreground && header.kind != Kind::background;
  header.file = by_stem ? files.find_by_stem(header.name) : files.find(header.name);
  if (!header.file) {
    header.problems.push_back(missing_file(header, files));
    return;
  }
  const fs::path& file = *header.file;
  if (const auto& rivals = files.rivals(header.name); by_stem && !rivals.empty()) {
    header.problems.push_back({.code = "duplicate",
                               .parts = {.what = fmt::format("two files could be the {} of {}",
                                                             noun(header.kind), header.name),
                                         .where = file.parent_path().string(),
                                         .expected = "one file of each stem",
                                         .found = fmt::format("{} and {}", file.filename().string(),
                                                              rivals.front().filename().string()),
                                         .fix = "move one of them elsewhere"},
                               .file = file});
  }
  if (!is_utf8(file.filename().string())) {
    header.problems.push_back({.code = "name",
                               .parts = {.what = "a file's name is not valid UTF-8, so no receipt "
                                                 "can hold it",
                                         .where = file.string(),
                                         .fix = "rename the file"},
                               .file = file});
  }
  try {
    header.info = imaging::probe_image(file);
  } catch (const Error& error) {
    header.problems.push_back({.code = "unreadable", .parts = error.parts(), .file = file});
    return;
  }
  if (header.info.depth != Depth::u8) {
    header.problems.push_back(
        {.code = "depth",
         .parts = {.what = fmt::format("a {} has more than 8 bits", noun(header.kind)),
                   .where = file.string(),
                   .expected = "8 bit: composition rules are defined on them",
                   .found = std::string{to_string(header.info.depth)},
                   .fix = "convert it to 8 bit"},
         .file = file});
  }
  if (header.kind == Kind::alpha && header.info.channels % 2 == 0) {
    header.problems.push_back(
        {.code = "alpha-channel",
         .parts = {.what = "a matte has an alpha channel, which composition rules do not read",
                   .where = file.string(),
                   .expected = "the matte in the first colour channel",
                   .fix = "if the matte is the alpha channel, save that alone as a grey PNG"},
         .severity = Severity::warning,
         .file = file});
  }
}

const SourceFiles& files_of(const PlanSources& sources, Kind kind) {
  switch (kind) {
    case Kind::foreground: return sources.foregrounds;
    case Kind::alpha: return sources.alphas;
    case Kind::background: return sources.backgrounds;
    case Kind::denoised_foreground: return *sources.denoised_foregrounds;
    case Kind::denoised_background: break;
  }
  return *sources.denoised_backgrounds;
}

/// All headers that the pairs need, each read once, in the order in which pairs first name them.
class Headers {
 public:
  std::size_t add(Kind kind, const std::string& name) {
    const auto [entry, is_new] = numbers_.emplace(std::pair{kind, name}, headers_.size());
    if (is_new) headers_.push_back({.kind = kind, .name = name});
    return entry->second;
  }
  void read(const PlanSources& sources, int threads) {
    parallel_for(headers_.size(), threads, [&](std::size_t i) {
      read_header(headers_[i], files_of(sources, headers_[i].kind));
    });
  }
  [[nodiscard]] const Header& at(std::size_t i) const { return headers_[i]; }
  [[nodiscard]] const std::vector<Header>& all() const { return headers_; }

 private:
  std::vector<Header> headers_{};
  std::map<std::pair<Kind, std::string>, std::size_t> numbers_{};
};

std::optional<Problem> size_problem(const Header& foreground, const Header& alpha) {
  if (has_error(foreground) || has_error(alpha) || foreground.info.size == alpha.info.size) {
    return std::nullopt;
  }
  return Problem{.code = "size",
                 .parts = {.what = "a matte has not the size of its foreground",
                           .where = alpha.file->string(),
                           .expected = fmt::format("{} ({})", to_string(foreground.info.size),
                                                   foreground.file->string()),
                           .found = to_string(alpha.info.size),
                           .fix = "fetch both again: they are sent at one size"},
                 .file = *alpha.file};
}

std::optional<Problem> published_size_problem(const Pair& pair, const Header& foreground) {
  if (!pair.size || has_error(foreground) || *pair.size == foreground.info.size) {
    return std::nullopt;
  }
  return Problem{.code = "published-size",
                 .parts = {.what = "a foreground has not the published size",
                           .where = foreground.file->string(),
                           .expected = to_string(*pair.size),
                           .found = to_string(foreground.info.size),
                           .fix = "the set will not be the published one"},
                 .severity = Severity::warning,
                 .file = *foreground.file};
}

/// The other foregrounds that composites are merged with.
class SecondForegrounds {
 public:
  SecondForegrounds(const std::vector<Pair>& pairs, std::uint64_t seed) : seed_{seed} {
    std::set<std::string_view> seen;
    for (const Pair& pair : pairs) {
      if (seen.insert(pair.foreground).second) names_.push_back(pair.foreground);
    }
  }
  /// Any but that of the composite, each with equal probability; "" if there is no other.
  [[nodiscard]] std::string draw(const std::string& foreground, std::size_t index) const {
    if (names_.size() < 2) return {};
    Random random = composite_stream(seed_, index).fork(kSecondStream);
    const auto drawn = static_cast<std::size_t>(random.below(static_cast<int>(names_.size()) - 1));
    const auto own =
        static_cast<std::size_t>(std::ranges::find(names_, foreground) - names_.begin());
    return names_[drawn < own ? drawn : drawn + 1];
  }

 private:
  static constexpr std::uint64_t kSecondStream = 0x7365636f6e640000;  // apart from the rules' steps

  std::uint64_t seed_;
  std::vector<std::string> names_{};
};

/// One pair with the numbers of its headers.
struct Numbers {
  std::size_t foreground{}, alpha{}, background{};
  std::vector<std::pair<Extra, std::size_t>> extras{};
};

/// The headers of everything that one composite is made of.
Numbers add_headers(const Pair& pair, std::size_t index, const PlanSources& sources,
                    const SecondForegrounds& second, Headers& headers) {
  Numbers numbers{.foreground = headers.add(Kind::foreground, pair.foreground),
                  .alpha = headers.add(Kind::alpha, pair.foreground),
                  .background = headers.add(Kind::background, pair.background)};
  const auto add = [&](Extra extra, Kind kind, const std::string& name) {
    numbers.extras.emplace_back(extra, headers.add(kind, name));
  };
  if (sources.denoised_foregrounds) {
    add(Extra::denoised_foreground, Kind::denoised_foreground, pair.foreground);
  }
  if (sources.denoised_backgrounds) {
    add(Extra::denoised_background, Kind::denoised_background, pair.background);
  }
  if (!sources.second_foregrounds) return numbers;
  const std::string other = second.draw(pair.foreground, index);
  if (other.empty()) return numbers;
  add(Extra::second_foreground, Kind::foreground, other);
  add(Extra::second_alpha, Kind::alpha, other);
  return numbers;
}

/// Are all files of a composite there and readable?
bool is_whole(const Numbers& numbers, const Headers& headers) {
  return !has_error(headers.at(numbers.foreground)) && !has_error(headers.at(numbers.alpha)) &&
         !has_error(headers.at(numbers.background)) &&
         std::ranges::none_of(numbers.extras, [&](const auto& extra) {
           return has_error(headers.at(extra.second));
         });
}

/// The name by which a receipt finds the file again in the folders of its kind.
std::string name_in_receipt(const Header& header) {
  const bool is_listed = header.kind == Kind::foreground || header.kind == Kind::background;
  return is_listed ? header.name : header.file->filename().string();
}

PlannedComposite planned(const Pair& pair, std::size_t index, const Numbers& numbers,
                         const Headers& headers) {
  const Header& foreground = headers.at(numbers.foreground);
  const Header& alpha = headers.at(numbers.alpha);
  const Header& background = headers.at(numbers.background);
  PlannedComposite composite{.index = index,
                             .output = pair.output,
                             .size = foreground.info.size,
                             .foreground = *foreground.file,
                             .alpha = *alpha.file,
                             .background = *background.file,
                             .foreground_name = name_in_receipt(foreground),
                             .alpha_name = name_in_receipt(alpha),
                             .background_name = name_in_receipt(background)};
  for (const auto& [extra, number] : numbers.extras) {
    const Header& header = headers.at(number);
    composite.extras.push_back({extra, name_in_receipt(header), *header.file});
  }
  return composite;
}

/// Where nearly all files of a kind are missing, the folder is the wrong one: one problem says it
/// for all. Returns these kinds.
std::set<Kind> report_wrong_folders(const std::vector<Header>& headers, const PlanSources& sources,
                                    std::vector<Problem>& problems) {
  constexpr std::size_t kMany = 10;
  std::map<Kind, std::vector<const Header*>> missing;
  std::map<Kind, std::size_t> all;
  for (const Header& header : headers) {
    ++all[header.kind];
    if (!header.file) missing[header.kind].push_back(&header);
  }
  std::set<Kind> kinds;
  for (const auto& [kind, absent] : missing) {
    if (absent.size() < kMany || 10 * absent.size() < 9 * all[kind]) continue;
    kinds.insert(kind);
    Problem problem = missing_file(*absent.front(), files_of(sources, kind));
    problem.parts.what =
        fmt::format("{} of {} {}s are missing", absent.size(), all[kind], noun(kind));
    problem.parts.expected = fmt::format("{} and so on", absent.front()->name);
    problem.parts.found = "no such files";
    problems.push_back(std::move(problem));
  }
  return kinds;
}

}  // namespace

PlanSources::PlanSources(const SourceFolders& folders)
    : foregrounds{folders.foregrounds, "foregrounds"},
      alphas{folders.alphas, "mattes"},
      backgrounds{folders.backgrounds, "backgrounds"} {
  if (!folders.denoised_foregrounds.empty()) {
    denoised_foregrounds.emplace(folders.denoised_foregrounds, "denoised foregrounds");
  }
  if (!folders.denoised_backgrounds.empty()) {
    denoised_backgrounds.emplace(folders.denoised_backgrounds, "denoised backgrounds");
  }
}

Random composite_stream(std::uint64_t seed, std::size_t index) { return Random{seed}.fork(index); }

Plan plan_set(const std::vector<Pair>& pairs, const PlanSources& sources, int limit, int threads) {
  const std::size_t count =
      limit > 0 ? std::min(pairs.size(), static_cast<std::size_t>(limit)) : pairs.size();
  const SecondForegrounds second{pairs, sources.seed};
  Headers headers;
  std::vector<Numbers> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    numbers.push_back(add_headers(pairs[i], i, sources, second, headers));
  }
  headers.read(sources, threads);

  Plan plan;
  const std::set<Kind> none_there = report_wrong_folders(headers.all(), sources, plan.problems);
  for (const Header& header : headers.all()) {
    plan.foregrounds += header.kind == Kind::foreground ? 1 : 0;
    plan.backgrounds += header.kind == Kind::background ? 1 : 0;
    if (none_there.contains(header.kind) && !header.file) continue;
    plan.problems.insert(plan.problems.end(), header.problems.begin(), header.problems.end());
  }
  // Of all pairs, so that a part of a set has the names that the whole has.
  std::set<std::string> outputs;
  for (const Pair& pair : pairs) outputs.insert(pair.output);
  std::set<std::size_t> judged;  // foregrounds whose sizes have been compared
  for (std::size_t i = 0; i < count; ++i) {
    const Header& foreground = headers.at(numbers[i].foreground);
    const auto wrong_size = size_problem(foreground, headers.at(numbers[i].alpha));
    if (judged.insert(numbers[i].foreground).second) {
      if (wrong_size) plan.problems.push_back(*wrong_size);
      if (const auto other = published_size_problem(pairs[i], foreground)) {
        plan.problems.push_back(*other);
      }
    }
    if (wrong_size || !is_whole(numbers[i], headers)) continue;
    PlannedComposite composite = planned(pairs[i], i, numbers[i], headers);
    const std::string shared = shared_stem(composite.output) + ".png";
    const bool is_free = shared.size() > 4 && !outputs.contains(shared);
    composite.shared_name = is_free ? shared : composite.output;
    composite.type = type_of(sources.types, foreground.file->stem().string());
    plan.composites.push_back(std::move(composite));
  }
  return plan;
}

}  // namespace mbench::datasets::compose
