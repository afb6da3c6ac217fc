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

enum class Kind { foreground, alpha, background };

constexpr std::string_view noun(Kind kind) {
  switch (kind) {
    case Kind::foreground: return "foreground";
    case Kind::alpha: return "matte";
    case Kind::background: break;
  }
  return "background";
}

constexpr std::string_view option(Kind kind) {
  switch (kind) {
    case Kind::foreground: return "--fg";
    case Kind::alpha: return "--alpha";
    case Kind::background: break;
  }
  return "--bg";
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
  const bool by_stem = header.kind == Kind::alpha;
  header.file = by_stem ? files.find_by_stem(header.name) : files.find(header.name);
  if (!header.file) {
    header.problems.push_back(missing_file(header, files));
    return;
  }
  const fs::path& file = *header.file;
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

/// All headers that the pairs need, each read once, in the order in which pairs first name them.
class Headers {
 public:
  std::size_t add(Kind kind, const std::string& name) {
    const auto [entry, is_new] = numbers_.emplace(std::pair{kind, name}, headers_.size());
    if (is_new) headers_.push_back({.kind = kind, .name = name});
    return entry->second;
  }
  void read(const SourceFiles& foregrounds, const SourceFiles& alphas,
            const SourceFiles& backgrounds, int threads) {
    parallel_for(headers_.size(), threads, [&](std::size_t i) {
      Header& header = headers_[i];
      read_header(header, header.kind == Kind::foreground ? foregrounds
                          : header.kind == Kind::alpha    ? alphas
                                                          : backgrounds);
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

/// One pair with the numbers of its headers.
struct Numbers {
  std::size_t foreground{}, alpha{}, background{};
};

}  // namespace

Plan plan_set(const std::vector<Pair>& pairs, const SourceFiles& foregrounds,
              const SourceFiles& alphas, const SourceFiles& backgrounds, int limit, int threads) {
  const std::size_t count =
      limit > 0 ? std::min(pairs.size(), static_cast<std::size_t>(limit)) : pairs.size();
  Headers headers;
  std::vector<Numbers> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t foreground = headers.add(Kind::foreground, pairs[i].foreground);
    const std::size_t alpha = headers.add(Kind::alpha, pairs[i].foreground);
    numbers.push_back({foreground, alpha, headers.add(Kind::background, pairs[i].background)});
  }
  headers.read(foregrounds, alphas, backgrounds, threads);

  Plan plan;
  for (const Header& header : headers.all()) {
    plan.foregrounds += header.kind == Kind::foreground ? 1 : 0;
    plan.backgrounds += header.kind == Kind::background ? 1 : 0;
    plan.problems.insert(plan.problems.end(), header.problems.begin(), header.problems.end());
  }
  // Of all pairs, so that a part of a set has the names that the whole has.
  std::set<std::string> outputs;
  for (const Pair& pair : pairs) outputs.insert(pair.output);
  std::set<std::size_t> judged;  // foregrounds whose sizes have been compared
  for (std::size_t i = 0; i < count; ++i) {
    const Header& foreground = headers.at(numbers[i].foreground);
    const Header& alpha = headers.at(numbers[i].alpha);
    const Header& background = headers.at(numbers[i].background);
    const auto wrong_size = size_problem(foreground, alpha);
    if (judged.insert(numbers[i].foreground).second) {
      if (wrong_size) plan.problems.push_back(*wrong_size);
      if (const auto other = published_size_problem(pairs[i], foreground)) {
        plan.problems.push_back(*other);
      }
    }
    if (wrong_size || has_error(foreground) || has_error(alpha) || has_error(background)) continue;
    const std::string shared = shared_stem(pairs[i].output) + ".png";
    const bool is_free = shared.size() > 4 && !outputs.contains(shared);
    plan.composites.push_back({.index = i,
                               .output = pairs[i].output,
                               .size = foreground.info.size,
                               .foreground = *foreground.file,
                               .alpha = *alpha.file,
                               .background = *background.file,
                               .foreground_name = pairs[i].foreground,
                               .alpha_name = alpha.file->filename().string(),
                               .background_name = pairs[i].background,
                               .shared_name = is_free ? shared : pairs[i].output});
  }
  return plan;
}

}  // namespace mbench::datasets::compose
