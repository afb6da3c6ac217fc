#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/core.h>
#include <fmt/format.h>

#include "baselines/deep/network.hpp"
#include "baselines/method.hpp"
#include "core/error.hpp"
#include "imaging/memory_io.hpp"
#include "selftest/family.hpp"
#include "selftest/model_bounds.hpp"
#include "selftest/models_folder.hpp"

namespace mbench::selftest {
namespace {

using baselines::Array;
using baselines::Arrays;
using baselines::Network;
using baselines::NetworkEntry;

std::string group_of(const ModelFolder& model) {
  return model.folder.empty() ? model.model : model.folder;
}

Row make_row(const ModelFolder& model, std::string_view item) {
  return {.group = group_of(model), .item = std::string{item}, .reference = Reference::program};
}

Row counted_row(const ModelFolder& model, std::string_view item, std::int64_t expected,
                std::int64_t found, double relative = 0.0) {
  Row row = make_row(model, item);
  row.compared = 1;
  row.bound = {.relative = relative};
  row.absolute = std::abs(static_cast<double>(found - expected));
  row.relative = row.absolute / static_cast<double>(std::max<std::int64_t>(1, expected));
  if (row.relative > relative) {
    row.broken = 1;
    row.verdict = Verdict::fail;
    row.note = fmt::format("expected {}, found {}", expected, found);
  }
  return row;
}

/// Names, order, shapes and types of all tensors.
Row state_dict_row(const ModelFolder& model, const Network& network) {
  Row row = make_row(model, "state dict");
  const std::vector<baselines::TensorFacts> found = network.state_dict();
  const std::size_t count = std::max(found.size(), model.tensors.size());
  for (std::size_t i = 0; i < count; ++i) {
    ++row.compared;
    if (i < found.size() && i < model.tensors.size() && found[i] == model.tensors[i]) continue;
    if (row.broken++ == 0) {
      const auto describe = [i](const std::vector<baselines::TensorFacts>& tensors) {
        if (i >= tensors.size()) return std::string{"nothing"};
        return fmt::format("{} [{}] {}", tensors[i].name, fmt::join(tensors[i].shape, ", "),
                           tensors[i].type);
      };
      row.verdict = Verdict::fail;
      row.note = fmt::format("entry {}: expected {}, found {}", i, describe(model.tensors),
                             describe(found));
    }
  }
  return row;
}

/// The first stage whose statistics differ from the stored ones, for a note.
std::string first_differing_stage(const ModelFolder& model,
                                  const std::vector<baselines::Stage>& stages) {
  auto place = stages.begin();
  for (const baselines::Stage& expected : model.stages) {
    const auto found = std::find_if(place, stages.end(), [&](const baselines::Stage& stage) {
      return stage.name == expected.name;
    });
    if (found == stages.end()) {
      return fmt::format("sub-module '{}' was not called in this order", expected.name);
    }
    place = found + 1;
    if (found->shape != expected.shape) {
      return fmt::format("first differing sub-module: '{}', shape [{}] instead of [{}]",
                         expected.name, fmt::join(found->shape, ", "),
                         fmt::join(expected.shape, ", "));
    }
    // The stored statistics have six or seven digits; a wrong layer is off by far more.
    const double scale = std::max(std::abs(expected.max_abs), 1e-6);
    const double off = std::max({std::abs(found->mean - expected.mean),
                                 std::abs(found->standard_deviation - expected.standard_deviation),
                                 std::abs(found->max_abs - expected.max_abs)}) /
                       scale;
    if (!(off <= 1e-4)) {
      return fmt::format(
          "first differing sub-module: '{}', mean {:.6g} (expected {:.6g}), deviation {:.6g} "
          "({:.6g}), largest {:.6g} ({:.6g})",
          expected.name, found->mean, expected.mean, found->standard_deviation,
          expected.standard_deviation, found->max_abs, expected.max_abs);
    }
  }
  return {};
}

Row output_row(const ModelFolder& model, const std::string& name, const Array& expected,
               const Array& found, const Arrays& references) {
  Row row = make_row(model, name);
  row.compared = 1;
  const OutputBound bound = output_bound(model, name);
  row.bound = {.absolute = bound.largest};
  if (expected.shape != found.shape) {
    row.broken = 1;
    row.verdict = Verdict::fail;
    row.note = fmt::format("shape [{}] instead of [{}]", fmt::join(found.shape, ", "),
                           fmt::join(expected.shape, ", "));
    return row;
  }
  const Deviation deviation = compare_output(name, expected, found, references);
  row.absolute = deviation.largest;
  row.relative = deviation.mean;
  if (deviation.undecided > 0) {
    row.note = fmt::format("{} pixels whose class is decided by less than 1e-3 left out",
                           deviation.undecided);
  }
  if (bound.differing > 0.0) {
    row.absolute = deviation.differing;
    row.bound = {.absolute = bound.differing};
    if (deviation.differing > 0.0) {
      row.note = fmt::format("{:.2g} of the values differ", deviation.differing);
    }
  } else if (bound.mean > 0.0 && !(deviation.mean <= bound.mean)) {
    row.note = fmt::format("mean {:.2g} beyond {:.2g}", deviation.mean, bound.mean);
  }
  if (!holds(deviation, bound)) {
    row.broken = 1;
    row.verdict = Verdict::fail;
  }
  return row;
}

/// Whether an array of a folder is what the network is given, by its name.
bool is_input(std::string_view name) {
  return name.starts_with("input") || name.starts_with("image") || name == "net_input" ||
         name == "trimap" || name == "segmentation";
}

/// Runs the network on the folder's inputs and compares what it gives with the stored outputs.
void append_outputs(std::vector<Row>& rows, const References& references, const ModelFolder& model,
                    Network& network) {
  Arrays stored;
  for (const std::string& name : model.arrays) {
    stored.emplace(name, read_array(references, model, name));
  }
  std::vector<std::string> wanted = model.arrays;
  for (const auto& [name, array] : model.traces) {
    stored.emplace(name, array);
    wanted.push_back(name);
  }
  const Arrays found = network.run(stored, wanted);
  bool missed = false;
  std::vector<Row> outputs;
  for (const auto& [name, array] : found) {
    const auto expected = stored.find(name);
    if (expected == stored.end()) continue;
    outputs.push_back(output_row(model, name, expected->second, array, stored));
    missed = missed || outputs.back().broken > 0;
  }
  for (const auto& [name, array] : stored) {
    if (found.contains(name)) continue;
    // Beside the pictures, what the method makes of them is to be compared as well.
    const bool is_prepared =
        name == "input" && stored.contains("image") && stored.contains("trimap");
    if (is_input(name) && !is_prepared) continue;
    Row row = make_row(model, name);
    row.compared = row.broken = 1;
    row.verdict = Verdict::fail;
    row.note = "this build does not compute it";
    outputs.push_back(std::move(row));
  }
  if (missed && !model.stages.empty()) {
    std::vector<baselines::Stage> stages;
    (void)network.run(stored, wanted, &stages);
    const std::string stage = first_differing_stage(model, stages);
    for (Row& row : outputs) {
      if (row.broken > 0 && row.note.empty()) row.note = stage;
    }
  }
  rows.insert(rows.end(), outputs.begin(), outputs.end());
}

/// A method with the options of the folder: `option=value` pairs that it has.
std::unique_ptr<baselines::Method> make_pipeline(const NetworkEntry& network,
                                                 const ModelFolder& model,
                                                 std::string_view strategy, std::string_view rule,
                                                 const Device& device) {
  const baselines::MethodEntry& entry = baselines::find_method(network.method);
  auto values = parse_name_with_options(network.options.empty()
                                            ? std::string{network.method}
                                            : fmt::format("{}:{}", network.method, network.options))
                    .values;
  const auto has_option = [&](std::string_view name) {
    return std::ranges::find(entry.options, name, &OptionSpec::name) != entry.options.end();
  };
  if (has_option("strategy")) values.emplace_back("strategy", strategy);
  if (has_option("resize-rule")) values.emplace_back("resize-rule", rule);
  return baselines::make_method(
      entry, {.options = {entry.options, values, fmt::format("method '{}'", entry.id)},
              .weights = {.recipe = model.recipe},
              .device = device});
}

/// A whole published test strategy on a picture: PIPELINE/alpha_RULE.npy.
void append_pipeline(std::vector<Row>& rows, const References& references, const ModelFolder& model,
                     const NetworkEntry& network, const std::string& pipeline,
                     const Device& device) {
  const std::string folder =
      model.folder.empty() ? pipeline : fmt::format("{}/{}", model.folder, pipeline);
  const Image image = imaging::decode_image(references.read(fmt::format("{}/image.png", folder)));
  constexpr std::string_view kPrefix = "alpha_";
  constexpr std::string_view kExtension = ".npy";
  for (const std::string& file : references.files_in(folder)) {
    if (!file.starts_with(kPrefix) || !file.ends_with(kExtension)) continue;
    const std::string name = file.substr(0, file.size() - kExtension.size());
    const std::string rule = name.substr(kPrefix.size());
    const std::string strategy = pipeline.substr(pipeline.find('_') + 1);
    const auto method = make_pipeline(network, model, strategy, rule, device);
    const baselines::Estimate estimate =
        method->estimate({.sample_id = model.model, .image = image});
    ModelFolder place = model;
    place.folder = folder;
    const Array expected = read_array(references, place, name);
    const Plane<float> found = to_f32(estimate.alpha);
    const Deviation deviation =
        compare_values(expected.values, {found.values().begin(), found.values().end()});
    const OutputBound bound = pipeline_bound();
    Row row{.group = fmt::format("{} {}", group_of(model), pipeline),
            .item = name,
            .reference = Reference::program,
            .compared = 1,
            .relative = deviation.mean,
            .absolute = deviation.largest,
            .bound = {.relative = bound.mean, .absolute = bound.largest}};
    if (!(deviation.largest <= bound.largest || deviation.mean <= bound.mean)) {
      row.broken = 1;
      row.verdict = Verdict::fail;
      row.note = fmt::format("mean deviation {:.3g}", deviation.mean);
    }
    rows.push_back(std::move(row));
  }
}

void append_model(std::vector<Row>& rows, const References& references, const ModelFolder& model,
                  const NetworkEntry& entry, const Device& device) {
  const std::unique_ptr<Network> network = entry.make();
  if (!model.tensors.empty()) rows.push_back(state_dict_row(model, *network));
  if (model.parameters) {
    rows.push_back(counted_row(model, "parameters", *model.parameters, network->parameters()));
  }
  if (model.macs) {
    const double rounding = model.macs_are_fitted ? 1e-3 : 0.0;
    rows.push_back(counted_row(model, fmt::format("MACs {}", to_string(model.macs_size)),
                               *model.macs, network->cost(model.macs_size).macs, rounding));
  }
  network->load({.recipe = model.recipe}, device);
  append_outputs(rows, references, model, *network);
  for (const std::string& pipeline : model.pipelines) {
    append_pipeline(rows, references, model, entry, pipeline, device);
  }
}

std::vector<Row> run_models(const References& references, const Settings& settings) {
  const std::vector<const NetworkEntry*> networks = baselines::all_networks();
  std::vector<Row> rows;
  for (const ModelFolder& model : read_model_folders(references)) {
    const auto entry = std::ranges::find_if(
        networks, [&](const NetworkEntry* network) { return network->id == model.model; });
    if (entry == networks.end()) {
      rows.push_back({.group = group_of(model), .verdict = Verdict::not_known});
      continue;
    }
    try {
      append_model(rows, references, model, **entry, settings.device);
    } catch (const Error& error) {  // the other folders are proven all the same
      Row row = make_row(model, "");
      row.compared = row.broken = 1;
      row.verdict = Verdict::fail;
      const ErrorParts& parts = error.parts();
      row.note = fmt::format("{}{}{}", parts.what, parts.where.empty() ? "" : ": ", parts.where);
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

constexpr std::array kModelsProofs{Proof{&models_form, run_models}};

}  // namespace

constinit const Form models_form{.id = "models",
                                 .marker = "*/meta.json",
                                 .description = "networks: keys, inputs and outputs",
                                 .recognises = has_model_folders,
                                 .embedded = nullptr};

constinit const Family models_family{.id = "models",
                                     .title = "Networks against the original programs",
                                     .proofs = kModelsProofs,
                                     .has_device = true};

}  // namespace mbench::selftest
