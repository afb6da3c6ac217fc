#include "datasets/check.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/parallel.hpp"
#include "core/trimap.hpp"
#include "datasets/roles.hpp"
#include "datasets/size_problem.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

/// The samples that share a truth (or an image, where there is no truth), by index. One thread
/// handles one group, so that a shared file is read once.
using Group = std::vector<std::size_t>;

std::vector<Group> group_by_shared_file(const Dataset& dataset) {
  std::vector<Group> groups;
  std::map<fs::path, std::size_t> group_of;
  for (std::size_t i = 0; i < dataset.samples.size(); ++i) {
    const SampleFiles& sample = dataset.samples[i];
    const fs::path& key = sample.truth.empty() ? sample.image : sample.truth;
    const auto [found, added] = group_of.emplace(key, groups.size());
    if (added) groups.emplace_back();
    groups[found->second].push_back(i);
  }
  return groups;
}

Problem file_problem(std::string code, const SampleFiles& sample, const fs::path& file,
                     ErrorParts parts, Severity severity = Severity::error) {
  if (parts.where.empty()) parts.where = file.string();
  return {.code = std::move(code),
          .sample = sample.id,
          .parts = std::move(parts),
          .severity = severity,
          .file = file};
}

/// Pixels of one known class whose truth is off, and those among them that lie on the wrong side.
struct Disagreement {
  std::int64_t noisy{};
  std::int64_t wrong{};
};

/// For known foreground and known background. The bounds 250, 128, 5 and 127 of 255 are exact in
/// integers of 8 and of 16 bits (255 * 257 = 65535).
template <typename T>
std::pair<Disagreement, Disagreement> count_disagreement(const Plane<T>& truth,
                                                         const Trimap& trimap) {
  const auto bound = [](int level) {
    if constexpr (std::is_floating_point_v<T>) {
      return static_cast<T>(level) / T{255};
    } else {
      return level * (sizeof(T) == 2 ? 257 : 1);
    }
  };
  const auto fully = bound(250), foreground_side = bound(128);
  const auto barely = bound(5), background_side = bound(127);
  Disagreement foreground, background;
  for (std::size_t i = 0; i < truth.values().size(); ++i) {
    const T value = truth.values()[i];
    if (trimap.values()[i] == kForeground) {
      foreground.noisy += value < fully ? 1 : 0;
      foreground.wrong += value < foreground_side ? 1 : 0;
    } else if (trimap.values()[i] == kBackground) {
      background.noisy += value > barely ? 1 : 0;
      background.wrong += value > background_side ? 1 : 0;
    }
  }
  return {foreground, background};
}

/// Problems of one group, and what is known of its files.
class GroupChecker {
 public:
  GroupChecker(const Dataset& dataset, const std::set<fs::path>& known_missing)
      : dataset_{&dataset}, known_missing_{&known_missing} {}

  [[nodiscard]] std::vector<Problem> take_problems() { return std::exchange(problems_, {}); }

  void check_headers(const SampleFiles& sample) {
    std::map<Role, Size> sizes;
    for (const Role role : kRoles) {
      const fs::path& file = file_of(sample, role);
      if (file.empty()) continue;
      const std::optional<Size> size = probed_size(sample, file);
      if (size) sizes.emplace(role, *size);
    }
    require_sizes(sample, sizes);
  }

  void check_pixels(const SampleFiles& sample) {
    std::map<Role, Size> sizes;
    if (const auto size = image_size(sample)) sizes.emplace(Role::image, *size);
    const Matte* truth = sample.truth.empty() ? nullptr : read_truth(sample);
    if (truth != nullptr) sizes.emplace(Role::truth, truth->size());
    std::optional<Trimap> trimap;
    if (!sample.trimap.empty()) trimap = read_trimap(sample);
    if (trimap) sizes.emplace(Role::trimap, trimap->size());
    if (const auto size = segmentation_size(sample)) sizes.emplace(Role::segmentation, *size);
    require_sizes(sample, sizes);
    if (trimap) check_classes(sample, *trimap);
    if (trimap && truth != nullptr && trimap->size() == truth->size()) {
      check_contradiction(sample, *trimap, *truth);
    }
  }

 private:
  /// False if the file is absent, which is reported unless the scan did so.
  bool exists(const SampleFiles& sample, const fs::path& file) {
    std::error_code error;
    if (fs::exists(file, error)) return true;
    const bool is_known =
        known_missing_->contains(file) || known_missing_->contains(file.parent_path());
    if (!is_known && reported_.insert(file).second) {
      problems_.push_back(file_problem("missing", sample, file,
                                       {.what = "a file is missing", .found = "no such file"}));
    }
    return false;
  }

  void report_unreadable(const SampleFiles& sample, const fs::path& file, const Error& error,
                         std::string code = "unreadable") {
    if (!reported_.insert(file).second) return;
    problems_.push_back(file_problem(std::move(code), sample, file, error.parts()));
  }

  std::optional<Size> probed_size(const SampleFiles& sample, const fs::path& file) {
    const auto known = sizes_.find(file);
    if (known != sizes_.end()) return known->second;
    std::optional<Size> size;
    if (exists(sample, file)) {
      try {
        size = imaging::probe_image(file).size;
      } catch (const Error& error) {
        report_unreadable(sample, file, error);
      }
    }
    sizes_.emplace(file, size);
    return size;
  }

  std::optional<Size> image_size(const SampleFiles& sample) {
    const auto known = sizes_.find(sample.image);
    if (known != sizes_.end()) return known->second;
    std::optional<Size> size;
    if (exists(sample, sample.image)) {
      try {
        size = imaging::read_image(sample.image).size();
      } catch (const Error& error) {
        report_unreadable(sample, sample.image, error);
      }
    }
    sizes_.emplace(sample.image, size);
    return size;
  }

  /// The truth of the group, read once; nullptr if it cannot be read.
  const Matte* read_truth(const SampleFiles& sample) {
    if (!truth_read_) {
      truth_read_ = true;
      if (exists(sample, sample.truth)) {
        try {
          truth_ = imaging::read_matte(sample.truth);
          check_range(sample, *truth_);
        } catch (const Error& error) {
          report_unreadable(sample, sample.truth, error);
        }
      }
    }
    return truth_ ? &*truth_ : nullptr;
  }

  std::optional<Trimap> read_trimap(const SampleFiles& sample) {
    if (!exists(sample, sample.trimap)) return std::nullopt;
    try {
      return imaging::read_trimap(sample.trimap, dataset_->trimap_levels);
    } catch (const Error& error) {
      // A file that is sound as a matte has wrong levels; any other is damaged.
      try {
        (void)imaging::read_matte(sample.trimap);
      } catch (const Error&) {
        report_unreadable(sample, sample.trimap, error);
        return std::nullopt;
      }
      report_unreadable(sample, sample.trimap, error, "levels");
      return std::nullopt;
    }
  }

  std::optional<Size> segmentation_size(const SampleFiles& sample) {
    if (sample.segmentation.empty() || !exists(sample, sample.segmentation)) return std::nullopt;
    try {
      return imaging::read_matte(sample.segmentation).size();
    } catch (const Error& error) {
      report_unreadable(sample, sample.segmentation, error);
      return std::nullopt;
    }
  }

  void require_sizes(const SampleFiles& sample, const std::map<Role, Size>& sizes) {
    const auto image = sizes.find(Role::image);
    if (image == sizes.end()) return;
    for (const auto& [role, size] : sizes) {
      if (size == image->second) continue;
      problems_.push_back(file_problem("size", sample, file_of(sample, role),
                                       size_mismatch(sample, image->second, role, size)));
    }
  }

  void check_range(const SampleFiles& sample, const Matte& truth) {
    std::int64_t nan = 0;
    std::int64_t outside = 0;
    truth.visit([&](const auto& plane) {
      for (const auto value : plane.values()) {
        if constexpr (std::is_floating_point_v<std::decay_t<decltype(value)>>) {
          nan += std::isnan(value) ? 1 : 0;
          outside += value < 0 || value > 1 ? 1 : 0;
        }
      }
    });
    if (nan + outside == 0) return;
    problems_.push_back(
        file_problem("range", sample, sample.truth,
                     {.what = "a truth holds values that are no alpha",
                      .expected = "values from 0 to 1",
                      .found = fmt::format("{} pixels outside, {} that are NaN", outside, nan),
                      .fix = "write the truth again; nothing is clamped"}));
  }

  void check_classes(const SampleFiles& sample, const Trimap& trimap) {
    const TrimapCounts counts = count_levels(trimap);
    std::vector<std::string_view> lacking;
    if (counts.background == 0) lacking.emplace_back("background");
    if (counts.unknown == 0) lacking.emplace_back("unknown");
    if (counts.foreground == 0) lacking.emplace_back("foreground");
    if (lacking.empty()) return;
    problems_.push_back(file_problem(
        "trimap-lacks", sample, sample.trimap,
        {.what = fmt::format("a trimap has no {} pixels", fmt::join(lacking, " and no ")),
         .found = fmt::format("{} background, {} unknown, {} foreground", counts.background,
                              counts.unknown, counts.foreground)},
        Severity::note));
  }

  void check_contradiction(const SampleFiles& sample, const Trimap& trimap, const Matte& truth) {
    const auto [foreground, background] =
        truth.visit([&](const auto& plane) { return count_disagreement(plane, trimap); });
    if (foreground.noisy + background.noisy == 0) return;
    const bool wrong = foreground.wrong + background.wrong > 0;
    problems_.push_back(file_problem(
        "contradiction", sample, sample.truth,
        {.what = wrong ? "truth and trimap contradict each other"
                       : "the truth is noisy where its trimap is known",
         .where = fmt::format("{} and {}", sample.truth.string(), sample.trimap.string()),
         .expected = "alpha from 250/255 in known foreground, up to 5/255 in known background",
         .found =
             fmt::format("{} foreground pixels below ({} below 128/255), {} background pixels "
                         "above ({} above 127/255)",
                         foreground.noisy, foreground.wrong, background.noisy, background.wrong),
         .fix = wrong ? "check that truth and trimap belong to the same image" : ""},
        wrong ? Severity::error : Severity::warning));
  }

  const Dataset* dataset_;
  const std::set<fs::path>* known_missing_;
  std::vector<Problem> problems_{};
  std::set<fs::path> reported_{};  ///< files whose fault stands in problems_
  std::map<fs::path, std::optional<Size>> sizes_{};
  bool truth_read_{false};
  std::optional<Matte> truth_{};
};

/// Runs `check` on every sample, group by group, and puts the problems in sample order.
template <typename Check>
std::vector<Problem> check_groups(const Dataset& dataset, int threads, const Check& check) {
  std::set<fs::path> known_missing;
  for (const Problem& problem : dataset.problems) {
    if (problem.code == "missing") known_missing.insert(problem.file);
  }
  const std::vector<Group> groups = group_by_shared_file(dataset);
  std::vector<std::vector<Problem>> of_sample(dataset.samples.size());
  parallel_for(groups.size(), threads, [&](std::size_t g) {
    GroupChecker checker{dataset, known_missing};
    for (const std::size_t i : groups[g]) {
      check(checker, dataset.samples[i]);
      of_sample[i] = checker.take_problems();
    }
  });
  std::vector<Problem> problems = dataset.problems;
  for (std::vector<Problem>& found : of_sample) {
    std::ranges::move(found, std::back_inserter(problems));
  }
  return problems;
}

}  // namespace

std::vector<Problem> preflight(const Dataset& dataset, int threads) {
  return check_groups(dataset, threads, [](GroupChecker& checker, const SampleFiles& sample) {
    checker.check_headers(sample);
  });
}

std::vector<Problem> check_dataset(const Dataset& dataset, int threads) {
  return check_groups(dataset, threads, [](GroupChecker& checker, const SampleFiles& sample) {
    checker.check_pixels(sample);
  });
}

}  // namespace mbench::datasets
