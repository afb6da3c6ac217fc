#include "datasets/compose/set.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <system_error>
#include <utility>
#include <variant>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/sha256.hpp"
#include "core/text_file.hpp"
#include "datasets/compose/pixel_digest.hpp"
#include "datasets/compose/set_files.hpp"
#include "datasets/compose/set_folder.hpp"
#include "imaging/io.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

std::vector<fs::path> absolute(const std::vector<fs::path>& folders) {
  std::vector<fs::path> result;
  for (const fs::path& folder : folders) {
    result.push_back(fs::absolute(folder).lexically_normal());
  }
  return result;
}

std::string pixels_of(const fs::path& out, const fs::path& path) {
  return set_file_digest(path.generic_string(), read_picture(out / path).pixels);
}

/// Digests of files, each read once.
class FileDigests {
 public:
  explicit FileDigests(std::function<std::string(const fs::path&)> digest)
      : digest_{std::move(digest)} {}
  [[nodiscard]] std::string of(const fs::path& file) {
    {
      const std::lock_guard lock{mutex_};
      const auto known = digests_.find(file);
      if (known != digests_.end()) return known->second;
    }
    std::string digest = digest_(file);  // twice at worst, but nobody waits
    const std::lock_guard lock{mutex_};
    return digests_.emplace(file, std::move(digest)).first->second;
  }

 private:
  std::function<std::string(const fs::path&)> digest_;
  std::mutex mutex_{};
  std::map<fs::path, std::string> digests_{};
};

bool is_interrupted(const SetSettings& settings) {
  return settings.interrupted != nullptr && settings.interrupted->load();
}

/// Does the row describe this composite, made of the files as they are now, and is it all there?
bool still_holds(const ReceiptRow& row, const PlannedComposite& composite, FileDigests& digests,
                 FileDigests& pixels) {
  try {
    if (row.size != composite.size || row.index != composite.index || row.type != composite.type ||
        row.extras.size() != composite.extras.size() ||
        row.foreground.name != composite.foreground_name ||
        row.alpha.name != composite.alpha_name ||
        row.background.name != composite.background_name) {
      return false;
    }
    for (std::size_t i = 0; i < row.extras.size(); ++i) {
      const ExtraFile& extra = composite.extras[i];
      if (row.extras[i] != std::pair{extra.extra, InputFile{extra.name, digests.of(extra.file)}}) {
        return false;
      }
    }
    for (const OutputFile& file : row.files) {
      if (pixels.of(file.path) != file.pixels) return false;
    }
    return digests.of(composite.foreground) == row.foreground.sha256 &&
           digests.of(composite.alpha) == row.alpha.sha256 &&
           digests.of(composite.background) == row.background.sha256;
  } catch (const Error&) {
    return false;  // what is missing or damaged is made again, and fails then if it must
  }
}

/// Writes the files of composites and says what they hold.
class CompositeWriter {
 public:
  CompositeWriter(const SetSettings& settings, std::size_t capacity)
      : settings_{settings},
        kept_{settings.trimap, settings.save_foregrounds, settings.save_backgrounds},
        materials_{capacity, settings.foreground ? settings.foreground->estimate : nullptr} {}

  [[nodiscard]] ReceiptRow write(const PlannedComposite& planned) {
    const auto material = materials_.get(planned);
    const OwnPictures own = read_own_pictures(planned);
    const Composite composite =
        settings_.rule->compose(ingredients_of(planned, *material, own), settings_.options.options,
                                composite_stream(settings_.seed, planned.index));
    ReceiptRow row{.index = planned.index,
                   .output = planned.output,
                   .size = composite.image.size(),
                   .foreground = {planned.foreground_name, material->foreground.sha256},
                   .alpha = {planned.alpha_name, material->alpha.sha256},
                   .background = {planned.background_name, own.background.sha256},
                   .type = planned.type,
                   .particulars = composite.particulars};
    for (std::size_t i = 0; i < planned.extras.size(); ++i) {
      row.extras.emplace_back(planned.extras[i].extra,
                              InputFile{planned.extras[i].name, own.extras[i].second.sha256});
    }
    const auto trimap = make_set_trimap(planned, *material, composite, kept_, settings_.seed);
    if (trimap) row.particulars.emplace_back("trimap", trimap->made_by);
    for (const SetFile& file : set_files(planned, *material, composite, trimap, kept_)) {
      if (file.is_shared) {
        write_once(file);
      } else {
        write_file(file);
      }
      row.files.push_back({file.path, digest_of(file)});
    }
    for (const OutputFile& file : row.files) {  // before the row: a row stands for whole files
      sync_folder((settings_.out / file.path).parent_path());
    }
    return row;
  }

 private:
  /// A file that all copies share is written by the first that needs it, at worst by two at once:
  /// each in one step, and the same bytes.
  void write_once(const SetFile& file) {
    {
      const std::lock_guard lock{mutex_};
      if (written_.contains(file.path)) return;
    }
    write_file(file);
    const std::lock_guard lock{mutex_};
    written_.insert(file.path);
  }

  void write_file(const SetFile& file) const {
    const fs::path path = settings_.out / file.path;
    if (const auto* image = std::get_if<const Plane<Rgb<std::uint8_t>>*>(&file.pixels)) {
      imaging::write_image(path, Image{**image});
    } else {
      imaging::write_matte(path, std::get<const Plane<std::uint8_t>*>(file.pixels)->view(),
                           Depth::u8);
    }
    sync_file(path);
  }

  const SetSettings& settings_;
  KeptFiles kept_;
  MaterialCache materials_;
  std::mutex mutex_{};
  std::set<std::string> written_{};
};

/// As the system sees both, whether they are there or not.
bool lies_in(const fs::path& inner, const fs::path& outer) {
  std::error_code error;
  const fs::path way = (fs::weakly_canonical(fs::absolute(inner), error) / "")
                           .lexically_relative(fs::weakly_canonical(fs::absolute(outer), error));
  return !error && !way.empty() && *way.begin() != "..";
}

/// A set inside the folders of another would be read as files of that.
void require_outside_of_sets(const fs::path& out) {
  std::error_code error;
  for (fs::path folder = fs::weakly_canonical(fs::absolute(out), error);
       !error && folder.has_relative_path(); folder = folder.parent_path()) {
    const bool is_part =
        std::ranges::find(kSetFolders, folder.filename().string()) != kSetFolders.end();
    if (!is_part || !has_receipt(folder.parent_path())) continue;
    throw Error{
        ErrorKind::usage,
        {.what = "the set would be written into another one",
         .where = out.string(),
         .expected = fmt::format("a folder outside the set {}", folder.parent_path().string()),
         .fix = "choose another folder with --out"}};
  }
}

void require_apart(const SetSettings& settings) {
  const auto same = [](const fs::path& folder, const fs::path& other) {
    std::error_code error;
    return fs::equivalent(folder, other, error) && !error;
  };
  for (const auto* inputs :
       {&settings.folders.foregrounds, &settings.folders.alphas, &settings.folders.backgrounds,
        &settings.folders.denoised_foregrounds, &settings.folders.denoised_backgrounds}) {
    for (const fs::path& input : *inputs) {
      if (lies_in(settings.out, input)) {
        throw Error{ErrorKind::usage,
                    {.what = "the set would be written into a folder that it is made from",
                     .where = settings.out.string(),
                     .expected = fmt::format("a folder outside {}", input.string()),
                     .fix = "choose another folder with --out"}};
      }
      for (const std::string_view part : kSetFolders) {
        if (!same(settings.out / part, input)) continue;
        throw Error{ErrorKind::usage,
                    {.what = "the set would be written into a folder that it is made from",
                     .where = input.string(),
                     .fix = "choose another folder with --out"}};
      }
    }
  }
}

/// Rows that need not be made again; the others of `earlier` that are planned are dropped.
std::vector<ReceiptRow> kept_rows(const std::map<std::string, ReceiptRow>& earlier,
                                  const Plan& plan, const SetSettings& settings, int threads) {
  std::map<std::string_view, const PlannedComposite*> planned;
  for (const PlannedComposite& composite : plan.composites) {
    planned.emplace(composite.output, &composite);
  }
  std::vector<const ReceiptRow*> rows;
  for (const auto& [output, row] : earlier) rows.push_back(&row);
  std::ranges::sort(rows, {}, &ReceiptRow::index);
  std::vector<char> holds(rows.size());
  FileDigests digests{sha256_file};
  FileDigests pixels{[&](const fs::path& path) { return pixels_of(settings.out, path); }};
  parallel_for(rows.size(), threads, [&](std::size_t i) {
    if (is_interrupted(settings)) return;
    const auto composite = planned.find(rows[i]->output);
    // One beyond --limit is not looked at: it is no part of this run.
    holds[i] =
        composite == planned.end() || still_holds(*rows[i], *composite->second, digests, pixels);
  });
  std::vector<ReceiptRow> kept;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (holds[i] != 0) kept.push_back(*rows[i]);
  }
  return kept;
}

/// What a whole run shares among its threads.
class Run {
 public:
  Run(const SetSettings& settings, const Plan& plan, SetFolder& folder, std::size_t capacity,
      const std::function<void(const SetProgress&)>& progress)
      : settings_{settings},
        folder_{folder},
        progress_{progress},
        writer_{settings, capacity},
        state_{.total = plan.composites.size()} {}

  void resume(std::size_t count) { state_.done = state_.resumed = count; }

  /// Makes one composite. What is wrong with its files is kept; a disk that fails is thrown.
  void make(const PlannedComposite& planned) {
    if (is_interrupted(settings_)) return;
    try {
      ReceiptRow row = writer_.write(planned);
      folder_.append(row);
      const std::lock_guard lock{mutex_};
      rows_.push_back(std::move(row));
    } catch (const Error& error) {
      const Error placed = error.parts().where.empty() ? error.at(planned.output) : error;
      if (placed.kind() != ErrorKind::bad_input) throw placed;
      const std::lock_guard lock{mutex_};
      problems_.try_emplace(placed.what(), Problem{.code = "unreadable", .parts = placed.parts()});
      ++state_.failed;
    }
    const std::lock_guard lock{mutex_};
    ++state_.done;
    state_.last = planned.output;
    if (progress_) progress_(state_);
  }

  [[nodiscard]] std::size_t done() const { return state_.done; }
  [[nodiscard]] std::vector<ReceiptRow>& rows() { return rows_; }
  [[nodiscard]] std::vector<Problem> problems() const {
    std::vector<Problem> problems;  // in the order of their texts: not that of the threads
    for (const auto& [text, problem] : problems_) problems.push_back(problem);
    return problems;
  }

 private:
  const SetSettings& settings_;
  SetFolder& folder_;
  const std::function<void(const SetProgress&)>& progress_;
  CompositeWriter writer_;
  std::mutex mutex_{};
  SetProgress state_;
  std::vector<ReceiptRow> rows_{};
  std::map<std::string, Problem> problems_{};
};

}  // namespace

Receipt receipt_head(const SetSettings& settings) {
  Receipt receipt{
      .tool = this_tool(),
      .rule = {settings.options.spelling, settings.rule->facts.version},
      .seed = settings.seed,
      .saves_foregrounds = settings.save_foregrounds,
      .saves_backgrounds = settings.save_backgrounds,
      .pairing = settings.pairing.source,
      .order = settings.pairing.order,
      .copies = settings.pairing.copies,
      .planned = settings.pairing.pairs.size(),
      .pairs_sha256 = pairs_sha256(settings.pairing.pairs),
      .folders = {.foregrounds = absolute(settings.folders.foregrounds),
                  .alphas = absolute(settings.folders.alphas),
                  .backgrounds = absolute(settings.folders.backgrounds),
                  .denoised_foregrounds = absolute(settings.folders.denoised_foregrounds),
                  .denoised_backgrounds = absolute(settings.folders.denoised_backgrounds)}};
  if (settings.foreground) receipt.foreground = settings.foreground->rule;
  if (settings.trimap) {
    receipt.trimap = UsedRule{settings.trimap->spelling, settings.trimap->rule->facts.version};
  }
  return receipt;
}

void check_place(const SetSettings& settings) {
  require_folder_or_nothing(settings.out, "sets are");
  require_apart(settings);
  require_outside_of_sets(settings.out);
  look_for_earlier_set(settings.out, identity(receipt_head(settings)), settings.fresh);
}

SetOutcome compose_set(const SetSettings& settings, const Plan& plan, int threads,
                       const std::function<void(const SetProgress&)>& progress) {
  require_folder_or_nothing(settings.out, "sets are");
  require_apart(settings);
  require_outside_of_sets(settings.out);
  Receipt receipt = receipt_head(settings);
  SetFolder folder{settings.out, receipt, settings.fresh};
  std::vector<ReceiptRow> kept = kept_rows(folder.earlier(), plan, settings, threads);
  if (is_interrupted(settings)) return {.resumed = kept.size(), .interrupted = true};
  std::set<std::string_view> done;
  for (const ReceiptRow& row : kept) done.insert(row.output);
  std::vector<const PlannedComposite*> missing;
  for (const PlannedComposite& composite : plan.composites) {
    if (!done.contains(composite.output)) missing.push_back(&composite);
  }
  SetOutcome outcome{.resumed = plan.composites.size() - missing.size()};
  if (missing.empty() && folder.is_finished() && kept.size() == folder.earlier().size()) {
    return outcome;
  }
  folder.begin(kept);
  Run run{settings, plan, folder, static_cast<std::size_t>(resolve_threads(threads)), progress};
  run.resume(outcome.resumed);
  parallel_for(missing.size(), threads, [&](std::size_t i) { run.make(*missing[i]); });
  outcome.made = run.rows().size();
  outcome.problems = run.problems();
  outcome.interrupted = run.done() < plan.composites.size();
  if (outcome.made < missing.size()) return outcome;
  receipt.rows = std::move(kept);
  for (ReceiptRow& row : run.rows()) receipt.rows.push_back(std::move(row));
  std::ranges::sort(receipt.rows, {}, &ReceiptRow::index);
  folder.finish(receipt);
  return outcome;
}

}  // namespace mbench::datasets::compose
