#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "baselines/classical/closed_form.hpp"
#include "baselines/foreground/closed_form.hpp"
#include "baselines/foreground/levin.hpp"
#include "baselines/foreground/multi_level.hpp"
#include "core/error.hpp"
#include "imaging/memory_io.hpp"
#include "selftest/compose_parts.hpp"
#include "selftest/difference.hpp"
#include "selftest/family.hpp"
#include "selftest/npy.hpp"

// The form `baselines`: folders with image.png, trimap.png and the true alpha_gt.png, and arrays of
// what methods make of them, alpha or colours in [0, 1]: METHOD.npy, fg_METHOD.npy, bg_METHOD.npy.
// METHOD_raw.npy is alpha before it was clipped.

namespace mbench::selftest {
namespace {

using baselines::Layers;
using baselines::SolverKind;
using Alpha = Plane<double>;
using Colours = Plane<Rgb<double>>;

/// One image with what was made of it.
struct Case {
  std::string name{};
  std::string folder{};  ///< with '/' behind it, or "" for the outermost
  std::set<std::string> arrays{};
};

/// The folder's case, if it holds one.
std::optional<Case> read_case(const References& references, const std::string& name) {
  Case found{.name = name.empty() ? "." : name, .folder = name.empty() ? "" : name + "/"};
  for (const char* file : {"image.png", "trimap.png", "alpha_gt.png"}) {
    if (!references.has(found.folder + file)) return std::nullopt;
  }
  constexpr std::string_view kExtension = ".npy";
  for (const std::string& file : references.files_in(folder_of(found.folder))) {
    if (file.ends_with(kExtension)) {
      found.arrays.insert(file.substr(0, file.size() - kExtension.size()));
    }
  }
  if (found.arrays.empty()) return std::nullopt;
  return found;
}

std::vector<Case> read_cases(const References& references) {
  std::vector<Case> cases;
  std::vector<std::string> folders = references.folders_in("");
  folders.insert(folders.begin(), "");
  for (const std::string& folder : folders) {
    if (auto found = read_case(references, folder)) cases.push_back(std::move(*found));
  }
  return cases;
}

/// What the methods are given.
struct Inputs {
  Colours image{};
  Trimap trimap{};
  Alpha alpha{};
};

Inputs read_inputs(const References& references, const Case& which) {
  const auto bytes = [&](const char* file) { return references.read(which.folder + file); };
  return {.image = baselines::unit_colours(read_colours(references, which.folder + "image.png")),
          .trimap = imaging::decode_trimap(bytes("trimap.png")),
          .alpha = baselines::unit_alpha(imaging::decode_matte(bytes("alpha_gt.png")))};
}

/// A reference matte and how this program makes it.
struct MatteProof {
  std::string_view array;
  std::string_view item;
  Bound bound;
  baselines::ClosedFormOptions options;
};
constexpr Bound kMatte{.absolute = 1e-4};
constexpr std::array kMattes{
    MatteProof{"cf", "solver=direct", kMatte, {.solver = {.kind = SolverKind::direct}}},
    MatteProof{"cf", "solver=cg", kMatte, {}},
    MatteProof{"cf_lambda100",
               "solver=direct",
               kMatte,
               {.lambda = 100.0, .solver = {.kind = SolverKind::direct}}},
    MatteProof{"cf_lambda100", "solver=cg", kMatte, {.lambda = 100.0}}};

/// Reference layers, fg_METHOD and bg_METHOD, and how this program makes them.
struct LayerProof {
  std::string_view method;
  Bound largest;
  std::optional<Bound> mean;
  Layers<double> (*make)(const Inputs& inputs);
};

Colours to_double(const Plane<Rgb<float>>& colours) {
  Colours result{colours.size()};
  std::ranges::transform(colours.values(), result.values().begin(), [](const Rgb<float>& colour) {
    return Rgb<double>{colour.r, colour.g, colour.b};
  });
  return result;
}

constexpr std::array kLayers{
    LayerProof{"cf",
               {.absolute = 1e-5},
               std::nullopt,
               [](const Inputs& in) {
                 return baselines::closed_form_layers(in.image, in.alpha,
                                                      {.solver = {.kind = SolverKind::direct}});
               }},
    LayerProof{"levin",
               {.absolute = 1e-6},
               std::nullopt,
               [](const Inputs& in) { return baselines::levin_layers(in.image, in.alpha); }},
    LayerProof{"ml", {.absolute = 1e-3}, Bound{.absolute = 1e-5}, [](const Inputs& in) {
                 const Layers<float> layers = baselines::multi_level_layers(
                     baselines::to_single(in.image), baselines::to_single(in.alpha));
                 return Layers<double>{to_double(layers.foreground), to_double(layers.background)};
               }}};

/// A matte as a list of numbers.
std::vector<double> numbers(AlphaView alpha) {
  const Alpha plane = baselines::unit_alpha(alpha);
  return {plane.values().begin(), plane.values().end()};
}

/// Rows of the report, in the order in which they came up.
class Rows {
 public:
  Comparison& at(std::string_view group, std::string_view item, Bound bound) {
    const std::string key = fmt::format("{}/{}", group, item);
    if (const auto known = places_.find(key); known != places_.end()) return rows_[known->second];
    places_.emplace(key, rows_.size());
    return rows_.emplace_back(group, item, Reference::program, bound);
  }
  [[nodiscard]] std::vector<Row> take() const {
    std::vector<Row> rows;
    for (const Comparison& comparison : rows_) rows.push_back(comparison.row());
    return rows;
  }

 private:
  std::map<std::string, std::size_t> places_{};
  std::vector<Comparison> rows_{};
};

void compare_mattes(const References& references, const Case& which, const Inputs& inputs,
                    Rows& rows) {
  for (const MatteProof& proof : kMattes) {
    if (!which.arrays.contains(std::string{proof.array})) continue;
    const std::string file = fmt::format("{}{}.npy", which.folder, proof.array);
    const NumpyArrayF64 expected = parse_npy_f64(references.read(file));
    const baselines::Estimate found =
        baselines::closed_form_matting(inputs.image, inputs.trimap, proof.options);
    add_largest(rows.at(proof.array, proof.item, proof.bound), which.name,
                difference(std::span<const double>{expected.values}, numbers(found.alpha)));
    const std::string raw = fmt::format("{}_raw", proof.array);
    if (which.arrays.contains(raw) && proof.item == kMattes.back().item) {
      rows.at(raw, "", proof.bound).leave_out(which.name, "mbench gives alpha clipped to [0, 1]");
    }
  }
}

void compare_layers(const References& references, const Case& which, const Inputs& inputs,
                    Rows& rows) {
  for (const LayerProof& proof : kLayers) {
    std::optional<Layers<double>> layers;
    for (const std::string side : {"fg", "bg"}) {
      const std::string array = fmt::format("{}_{}", side, proof.method);
      if (!which.arrays.contains(array)) continue;
      if (!layers) layers = proof.make(inputs);
      const Difference off =
          difference(read_colour_array(references, fmt::format("{}{}.npy", which.folder, array)),
                     side == "fg" ? layers->foreground : layers->background);
      add_largest(rows.at(array, "largest", proof.largest), which.name, off);
      if (proof.mean) add_mean(rows.at(array, "mean", *proof.mean), which.name, off);
    }
  }
}

bool is_known(std::string_view array) {
  const bool is_matte = std::ranges::any_of(kMattes, [&](const MatteProof& proof) {
    return array == proof.array || array == fmt::format("{}_raw", proof.array);
  });
  return is_matte || std::ranges::any_of(kLayers, [&](const LayerProof& proof) {
           return array == fmt::format("fg_{}", proof.method) ||
                  array == fmt::format("bg_{}", proof.method);
         });
}

bool has_cases(const References& references) { return !read_cases(references).empty(); }

std::vector<Row> run_baselines(const References& references, const Settings&) {
  Rows rows;
  std::set<std::string> unknown;
  for (const Case& which : read_cases(references)) {
    try {
      const Inputs inputs = read_inputs(references, which);
      compare_mattes(references, which, inputs, rows);
      compare_layers(references, which, inputs, rows);
    } catch (const Error& error) {
      if (!error.parts().where.empty()) throw;
      throw error.at(references.place(folder_of(which.folder)));
    }
    for (const std::string& array : which.arrays) {
      if (!is_known(array)) unknown.insert(array);
    }
  }
  std::vector<Row> result = rows.take();
  for (const std::string& array : unknown) {
    result.push_back({.group = array, .verdict = Verdict::not_known});
  }
  return result;
}

constexpr Form kBaselinesForm{.id = "baselines",
                              .marker = "*/alpha_gt.png",
                              .description =
                                  "images, trimaps and mattes, and what classical "
                                  "methods make of them",
                              .recognises = has_cases,
                              .embedded = embedded_baselines};
constexpr std::array kBaselinesProofs{Proof{&kBaselinesForm, run_baselines}};

}  // namespace

constinit const Family baselines_family{
    .id = "baselines",
    .title = "Classical methods and foreground estimation against independent solutions",
    .proofs = kBaselinesProofs};

}  // namespace mbench::selftest
