#include "selftest/models_folder.hpp"

#include <algorithm>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "selftest/npy.hpp"

namespace mbench::selftest {
namespace {

using Json = nlohmann::json;

std::string path(std::string_view folder, std::string_view file) {
  return folder.empty() ? std::string{file} : fmt::format("{}/{}", folder, file);
}

/// Calls `use` with the file's content. What it throws, and what nlohmann's JSON throws at a value
/// of another type than expected, names the file.
template <typename Use>
void with_json(const References& references, const std::string& file, Use&& use) {
  const std::vector<std::byte> bytes = references.read(file);
  const char* const text = reinterpret_cast<const char*>(bytes.data());
  try {
    use(Json::parse(text, text + bytes.size()));
  } catch (const Error& error) {
    throw error.at(references.place(file));
  } catch (const Json::exception& error) {
    throw Error{ErrorKind::bad_input,
                {.what = "the facts about a network cannot be read",
                 .where = references.place(file),
                 .expected = "JSON as docs/methods.md describes it",
                 .found = error.what()}};
  }
}

/// nlohmann's JSON would take -1 for 2^64 - 1 and 1.5 for 1.
std::uint64_t read_seed(const Json& seed) {
  if (seed.is_number_unsigned()) return seed.get<std::uint64_t>();
  throw Error{ErrorKind::bad_input,
              {.what = "the recipe of weights has a wrong seed",
               .expected = "a whole number from 0 to 2^64 - 1",
               .found = seed.dump(),
               .fix = "write the seed by which the references were made"}};
}

baselines::Recipe read_recipe(const Json& meta) {
  // One group of folders has the recipe's numbers in an object, the other beside the name.
  const Json& json = meta.at("recipe").is_object() ? meta.at("recipe") : meta;
  baselines::Recipe recipe{.seed = read_seed(json.at("seed")),
                           .gain = json.at("gain").get<double>()};
  const Json overrides = json.value("overrides", Json::object());
  for (const auto& [name, change] : overrides.items()) {
    recipe.overrides[name] = {.factor = change.at(0).get<double>(),
                              .offset = change.at(1).get<double>()};
  }
  return recipe;
}

void read_macs(const Json& meta, ModelFolder& model) {
  if (meta.contains("macs")) {  // linear in the pixels of the input
    const Json& macs = meta["macs"];
    model.macs_are_fitted = true;
    const Json& shape = meta.at("input").at("shape");
    model.macs_size = {shape.at(3).get<int>(), shape.at(2).get<int>()};
    model.macs = static_cast<std::int64_t>(macs.at("constant").get<double>() +
                                           macs.at("per_pixel").get<double>() *
                                               static_cast<double>(model.macs_size.pixels()));
  } else if (meta.contains("macs_at_512x512")) {
    model.macs_size = {512, 512};
    model.macs = meta["macs_at_512x512"].get<std::int64_t>();
  } else if (meta.contains("macs_at_input_size")) {
    const Json& size = meta.at("input_size");  // height first
    model.macs_size = {size.at(1).get<int>(), size.at(0).get<int>()};
    model.macs = meta["macs_at_input_size"].get<std::int64_t>();
  }
}

baselines::Array read_trace(const Json& passes) {
  baselines::Array trace;
  for (const Json& pass : passes) {
    for (const Json& number : pass) trace.values.push_back(number.get<float>());
  }
  const auto count = static_cast<std::int64_t>(passes.size());
  trace.shape = {count, count == 0 ? 0 : static_cast<std::int64_t>(trace.values.size()) / count};
  return trace;
}

void read_meta(const Json& meta, ModelFolder& model) {
  model.model = meta.at("model").get<std::string>();
  model.recipe = read_recipe(meta);
  for (const char* key : {"params_total", "parameters"}) {
    if (meta.contains(key)) model.parameters = meta[key].get<std::int64_t>();
  }
  read_macs(meta, model);
  const Json outputs = meta.value("outputs", Json::object());
  for (const auto& [name, facts] : outputs.items()) {
    model.outputs[fmt::format("out_{}", name)] = {
        .noise = facts.value("max_abs_diff_1_vs_2_threads", 0.0)};
  }
  for (const auto& [name, passes] : meta.items()) {
    if (name.starts_with("br_trace_")) model.traces.emplace(name, read_trace(passes));
  }
  const Json stages = meta.value("stages", Json::array());
  for (const Json& stage : stages) {
    model.stages.push_back({.name = stage.at(0).get<std::string>(),
                            .shape = stage.at(1).get<std::vector<std::int64_t>>(),
                            .mean = stage.at(2).get<double>(),
                            .standard_deviation = stage.at(3).get<double>(),
                            .max_abs = stage.at(4).get<double>()});
  }
}

ModelFolder read_model_folder(const References& references, const std::string& folder) {
  ModelFolder model{.folder = folder};
  with_json(references, path(folder, "meta.json"),
            [&](const Json& meta) { read_meta(meta, model); });
  if (const std::string keys = path(folder, "keys.json"); references.has(keys)) {
    with_json(references, keys, [&](const Json& entries) {
      for (const Json& entry : entries) {
        model.tensors.push_back({.name = entry.at(0).get<std::string>(),
                                 .shape = entry.at(1).get<std::vector<std::int64_t>>(),
                                 .type = entry.at(2).get<std::string>()});
      }
    });
  }
  constexpr std::string_view kExtension = ".npy";
  for (const std::string& file : references.files_in(folder)) {
    if (file.ends_with(kExtension)) {
      model.arrays.push_back(file.substr(0, file.size() - kExtension.size()));
    }
  }
  for (const std::string& name : references.folders_in(folder)) {
    if (name.starts_with("pipeline_")) model.pipelines.push_back(name);
  }
  return model;
}

/// Facts without a network are those of other references: they name their cases.
bool is_about_cases(const References& references) {
  bool about_cases = false;
  with_json(references, "meta.json", [&](const Json& meta) {
    about_cases = meta.contains("cases") && !meta.contains("model");
  });
  return about_cases;
}

std::vector<std::string> model_folders(const References& references) {
  if (references.has("meta.json")) {
    if (is_about_cases(references)) return {};
    return {""};
  }
  std::vector<std::string> folders;
  for (const std::string& folder : references.folders_in("")) {
    if (references.has(path(folder, "meta.json"))) folders.push_back(folder);
  }
  return folders;
}

}  // namespace

bool has_model_folders(const References& references) { return !model_folders(references).empty(); }

std::vector<ModelFolder> read_model_folders(const References& references) {
  std::vector<ModelFolder> models;
  for (const std::string& folder : model_folders(references)) {
    models.push_back(read_model_folder(references, folder));
  }
  return models;
}

baselines::Array read_array(const References& references, const ModelFolder& model,
                            std::string_view name) {
  const std::string file = path(model.folder, fmt::format("{}.npy", name));
  try {
    NumpyArray array = parse_npy(references.read(file));
    return {.shape = std::move(array.shape), .values = std::move(array.values)};
  } catch (const Error& error) {
    throw error.at(references.place(file));
  }
}

}  // namespace mbench::selftest
