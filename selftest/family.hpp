#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/device.hpp"
#include "selftest/references.hpp"
#include "selftest/report.hpp"

namespace mbench::selftest {

/// A form of folder in which references are stored.
struct Form {
  std::string_view id;           ///< "golden"
  std::string_view marker;       ///< the file by which it is recognised
  std::string_view description;  ///< what is in it
  bool (*recognises)(const References& references);
  std::span<const EmbeddedFile> (*embedded)();  ///< null: none are built in
};

/// Where a proof computes.
struct Settings {
  Device device{};  ///< of networks
};

/// What is compared with the references of one form.
struct Proof {
  const Form* form;  ///< where the references come from
  /// Throws bad_input if the references are damaged; deviations are rows, not errors.
  std::vector<Row> (*run)(const References& references, const Settings& settings);
};

/// One kind of proof: what `mbench selftest ID` does.
struct Family {
  std::string_view id;            ///< "metrics"
  std::string_view title;         ///< "Metrics against the original programs"
  std::span<const Proof> proofs;  ///< one report for each that has references
  bool has_device{};              ///< Settings::device is its
};

extern const Form golden_form;
extern const Form models_form;
extern const Form compose_form;

extern const Family metrics_family;
extern const Family trimap_family;
extern const Family compose_family;
extern const Family baselines_family;
extern const Family models_family;

/// All families, in the order in which they run.
[[nodiscard]] std::span<const Family* const> all_families();
/// Throws usage for an unknown id, with the nearest one.
[[nodiscard]] const Family& find_family(std::string_view id);

/// Those of the families that have references inside the program: of any of their forms. Throws
/// usage, saying where such references come from, if none has.
[[nodiscard]] std::vector<const Family*> built_in(std::span<const Family* const> families);
/// Throws bad_input if there is not one comparison: a proof of nothing is no proof.
void require_comparisons(const std::vector<Report>& reports);

/// Runs the families on the references inside the program.
[[nodiscard]] std::vector<Report> run(std::span<const Family* const> families,
                                      const Settings& settings = {});
/// Runs those of the families whose form the folder has. Throws bad_input if it has none of the
/// forms of `families`.
[[nodiscard]] std::vector<Report> run_on_folder(std::span<const Family* const> families,
                                                const std::filesystem::path& folder,
                                                const Settings& settings = {});

}  // namespace mbench::selftest
