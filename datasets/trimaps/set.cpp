#include "datasets/trimaps/set.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/parallel.hpp"
#include "core/path_kind.hpp"
#include "core/sha256.hpp"
#include "datasets/compose/pixel_digest.hpp"
#include "datasets/made_folder.hpp"
#include "datasets/scan.hpp"
#include "datasets/tags.hpp"
#include "datasets/trimaps/receipt.hpp"
#include "imaging/io.hpp"

namespace mbench::datasets::trimaps {
namespace fs = std::filesystem;
namespace {

using RowsById = std::map<std::string, ReceiptRow>;

/// `id` is empty where no image has one.
Problem missing_type(const std::string& id, const fs::path& types, std::string_view rule) {
  return {.code = "type",
          .sample = id,
          .parts = {.what = fmt::format("trimap rule '{}' needs the type of each image", rule),
                    .where = types.string(),
                    .expected = "SO, STM or NS",
                    .found = id.empty() ? "no file of types" : fmt::format("none for '{}'", id),
                    .fix = fmt::format("name a file that says it, as aim_category_type.json does: "
                                       "--types FILE; or one type for all: --rule {}:SO",
                                       rule)}};
}

/// The trimaps of a folder while they are being made: what earlier runs left, and the log. Nothing
/// is written or removed before discard() or begin().
class SetFolder {
 public:
  SetFolder(const fs::path& folder, const Receipt& head, bool fresh)
      : folder_{folder, kFolderFiles}, identity_{identity(head)} {
    const EarlierFiles earlier = read_earlier(
        folder, kFolderFiles,
        {.identity = identity_,
         .fresh = fresh,
         .receipt =
             [&](std::string_view text, std::string_view file) {
               Receipt receipt = parse_receipt(text, file);
               for (ReceiptRow& row : receipt.rows) keep(std::move(row));
               return identity(receipt);
             },
         .row = [&](const JsonNode& row) { keep(read_row(row)); },
         .refuse = [&](const std::string& found, const fs::path& file) { refuse(found, file); }});
    finished_ = earlier.is_finished();
  }

  [[nodiscard]] RowsById& rows() { return rows_; }
  [[nodiscard]] bool is_finished() const { return finished_; }

  /// Removes what runs have made, and only that: other files stay.
  void discard() {
    std::error_code error;
    for (const auto& [id, row] : rows_) fs::remove(folder_.path() / (id + ".png"), error);
    folder_.discard();
    rows_.clear();
    finished_ = false;
  }
  /// From now on the set, of `planned` trimaps, is unfinished.
  void begin(std::size_t planned) {
    std::vector<std::string> lines;
    for (const auto& [id, row] : rows_) lines.push_back(to_json_line(row));
    folder_.begin({identity_, planned}, lines, {});
  }
  /// May be called from several threads.
  void append(const ReceiptRow& row) { folder_.append(to_json_line(row)); }
  void finish(const Receipt& receipt) { folder_.finish(to_json(receipt)); }

 private:
  [[noreturn]] void refuse(const std::string& found, const fs::path& file) const {
    throw Error{ErrorKind::usage,
                {.what = "the folder holds trimaps of another rule, version or seed",
                 .where = file.string(),
                 .expected = identity_,
                 .found = found,
                 .fix = "choose another folder with --out, or discard them with --fresh"}};
  }
  void keep(ReceiptRow row) {
    std::string id = row.id;
    rows_.insert_or_assign(std::move(id), std::move(row));
  }

  MadeFolder folder_;
  std::string identity_;
  RowsById rows_{};
  bool finished_{};
};

/// What an earlier run made of a planned trimap.
enum class Earlier {
  nothing,
  same,     ///< nothing to do
  stale,    ///< the matte or its type has changed since
  touched,  ///< the trimap itself has
  foreign,  ///< a file that no run has made
};

/// Does the file still hold the pixels that a run has written?
bool is_untouched(const fs::path& file, const ReceiptRow& row) {
  try {
    const Matte pixels = imaging::read_matte(file);
    return pixels.depth() == Depth::u8 && compose::pixel_digest(to_u8(pixels).view()) == row.pixels;
  } catch (const Error&) {
    return false;
  }
}

Earlier look_at(const PlannedTrimap& planned, const RowsById& rows, const fs::path& out) {
  const fs::path file = out / (planned.id + ".png");
  const auto row = rows.find(planned.id);
  if (!is_there(file)) return Earlier::nothing;
  if (row == rows.end()) return Earlier::foreign;
  if (!is_untouched(file, row->second)) return Earlier::touched;
  const std::string type{planned.type ? imaging::to_string(*planned.type) : std::string_view{}};
  const bool same = row->second.type == type &&
                    row->second.alpha == planned.alpha.filename().string() &&
                    row->second.alpha_sha256 == sha256_file(planned.alpha);
  return same ? Earlier::same : Earlier::stale;
}

/// Lists at most a few names.
std::string list_of(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 5;
  if (names.size() <= kShown) return fmt::format("{}", fmt::join(names, ", "));
  return fmt::format("{} and {} more", fmt::join(names.begin(), names.begin() + kShown, ", "),
                     names.size() - kShown);
}

void refuse_files(const std::vector<std::string>& names, std::string_view what,
                  const fs::path& out) {
  if (names.empty()) return;
  throw Error{ErrorKind::usage,
              {.what = std::string{what},
               .where = out.string(),
               .found = list_of(names),
               .fix = "choose another folder with --out, or move these files away"}};
}

/// Nothing that a person has made or changed is replaced.
void require_untouched(const Plan& plan, const std::vector<Earlier>& found, const fs::path& out) {
  const auto names = [&](Earlier kind) {
    std::vector<std::string> list;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (found[i] == kind) list.push_back(plan.trimaps[i].id + ".png");
    }
    return list;
  };
  refuse_files(names(Earlier::foreign), "the folder holds files that trimaps would replace", out);
  refuse_files(names(Earlier::touched),
               "trimaps were changed since they were made, and would be replaced", out);
}

/// Nor is it discarded, whichever matte it belongs to.
void require_all_untouched(const RowsById& rows, const fs::path& out, int threads) {
  std::vector<const ReceiptRow*> list;
  for (const auto& [id, row] : rows) list.push_back(&row);
  std::vector<char> touched(list.size());  // not bool: threads write neighbours
  parallel_for(list.size(), threads, [&](std::size_t i) {
    const fs::path file = out / (list[i]->id + ".png");
    touched[i] = is_there(file) && !is_untouched(file, *list[i]) ? 1 : 0;
  });
  std::vector<std::string> names;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (touched[i] != 0) names.push_back(list[i]->id + ".png");
  }
  refuse_files(names, "trimaps were changed since they were made, and would be discarded", out);
}

void require_apart(const SetSettings& settings) {
  const fs::path alphas = fs::is_directory(settings.alphas)
                              ? settings.alphas
                              : fs::absolute(settings.alphas).parent_path();
  std::error_code error;
  if (!fs::equivalent(alphas, settings.out, error) || error) return;
  throw Error{ErrorKind::usage,
              {.what = "trimaps would be written into the folder of their mattes",
               .where = settings.out.string(),
               .fix = "choose another folder with --out"}};
}

Receipt head_of(const SetSettings& settings) {
  return {.tool = this_tool(),
          .rule = {settings.rule.spelling, settings.rule.rule->facts.version},
          .seed = settings.rule.rule->draws ? settings.seed : 0};
}

/// Reading names the file itself, the rules do not know it.
Problem problem_of(const Error& error, const PlannedTrimap& planned) {
  const std::string file = planned.alpha.string();
  const bool by_reading = error.parts().where.find(file) != std::string::npos;
  return {.code = by_reading ? "unreadable" : "unusable",
          .sample = planned.id,
          .parts = by_reading ? error.parts() : error.at(file).parts(),
          .file = planned.alpha};
}

ReceiptRow make_one(const PlannedTrimap& planned, const SetSettings& settings) {
  const Matte matte = imaging::read_matte(planned.alpha);
  const MadeTrimap made =
      make_trimap(settings.rule, {.alpha = matte, .type = planned.type}, settings.seed, planned.id);
  ReceiptRow row{.id = planned.id,
                 .alpha = planned.alpha.filename().string(),
                 .alpha_sha256 = sha256_file(planned.alpha),
                 .made_by = made.made_by,
                 .size = made.trimap.size(),
                 .pixels = compose::pixel_digest(made.trimap.view())};
  if (planned.type) row.type = imaging::to_string(*planned.type);
  imaging::write_trimap(settings.out / (planned.id + ".png"), made.trimap);
  return row;
}

}  // namespace

Plan plan_set(const SetSettings& settings) {
  Plan plan;
  TagsByStem types;
  if (!settings.types.empty()) types = read_tags(settings.types);
  FolderScan scan;
  if (fs::is_directory(settings.alphas)) {
    scan = scan_folder(settings.alphas, {.report_sub_folders = true}, plan.problems);
    if (scan.by_stem.empty()) {
      plan.problems.push_back({.code = "missing",
                               .parts = {.what = "the folder holds no mattes",
                                         .where = settings.alphas.string(),
                                         .expected = "images: PNG, JPEG, TIFF, EXR or WebP"}});
    }
  } else {
    scan.by_stem.emplace(settings.alphas.stem().string(), settings.alphas);
  }
  const bool typed = needs_type(settings.rule);
  if (typed && settings.types.empty()) {
    plan.problems.push_back(missing_type("", "", settings.rule.rule->facts.id));
  }
  for (const auto& [id, alpha] : scan.by_stem) {
    PlannedTrimap planned{.id = id, .alpha = alpha};
    try {
      static_cast<void>(imaging::probe_image(alpha));
    } catch (const Error& error) {
      plan.problems.push_back(
          {.code = "unreadable", .sample = id, .parts = error.parts(), .file = alpha});
    }
    if (typed) planned.type = type_of(types, id);
    if (typed && !planned.type && !settings.types.empty()) {
      plan.problems.push_back(missing_type(id, settings.types, settings.rule.rule->facts.id));
    }
    plan.trimaps.push_back(std::move(planned));
  }
  return plan;
}

SetOutcome make_set(const SetSettings& settings, const Plan& plan,
                    const std::function<void(const SetProgress&)>& progress) {
  require_folder_or_nothing(settings.out, "trimaps are");
  require_apart(settings);
  Receipt receipt = head_of(settings);
  SetFolder folder{settings.out, receipt, settings.fresh};
  std::vector<Earlier> earlier(plan.trimaps.size());
  parallel_for(earlier.size(), settings.threads, [&](std::size_t i) {
    earlier[i] = look_at(plan.trimaps[i], folder.rows(), settings.out);
  });
  require_untouched(plan, earlier, settings.out);
  if (settings.fresh) {
    require_all_untouched(folder.rows(), settings.out, settings.threads);
    folder.discard();
    std::ranges::fill(earlier, Earlier::nothing);
  }
  std::vector<const PlannedTrimap*> missing;
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    if (earlier[i] == Earlier::same) continue;
    missing.push_back(&plan.trimaps[i]);
    folder.rows().erase(plan.trimaps[i].id);
  }
  // A trimap of another matte whose file is gone is no longer part of the set.
  std::erase_if(folder.rows(),
                [&](const auto& row) { return !is_there(settings.out / (row.first + ".png")); });
  SetProgress state{.total = plan.trimaps.size()};
  state.done = state.resumed = plan.trimaps.size() - missing.size();
  SetOutcome outcome{.resumed = state.resumed};
  if (missing.empty() && folder.is_finished()) return outcome;
  folder.begin(plan.trimaps.size());
  std::mutex mutex;
  std::map<std::string, Problem> problems;  // in the order of their ids: not that of the threads
  parallel_for(missing.size(), settings.threads, [&](std::size_t i) {
    const PlannedTrimap& planned = *missing[i];
    if (settings.interrupted != nullptr && settings.interrupted->load()) return;
    std::optional<ReceiptRow> row;
    std::optional<Problem> problem;
    try {
      row = make_one(planned, settings);
      folder.append(*row);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::bad_input) throw;
      problem = problem_of(error, planned);
    }
    const std::lock_guard lock{mutex};
    if (row) folder.rows().insert_or_assign(planned.id, std::move(*row));
    if (row) ++outcome.made;
    if (problem) problems.emplace(planned.id, std::move(*problem));
    state.failed = problems.size();
    ++state.done;
    state.last = planned.id;
    if (progress) progress(state);
  });
  outcome.interrupted = state.done < plan.trimaps.size();
  for (auto& [id, problem] : problems) outcome.problems.push_back(std::move(problem));
  if (outcome.made < missing.size()) return outcome;
  for (auto& [id, row] : folder.rows()) receipt.rows.push_back(std::move(row));
  folder.finish(receipt);
  return outcome;
}

}  // namespace mbench::datasets::trimaps
