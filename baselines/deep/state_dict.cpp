#include "baselines/deep/state_dict.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/core.h>

#include "baselines/checkpoint/checkpoint.hpp"
#include "baselines/checkpoint/matching.hpp"
#include "baselines/checkpoint/recipe.hpp"
#include "core/error.hpp"
#include "core/sha256.hpp"

namespace mbench::deep {
namespace {

void append(std::vector<StateEntry>& entries, const torch::nn::Module& module,
            const std::string& prefix) {
  for (const auto& item : module.named_parameters(false)) {
    entries.push_back({prefix + item.key(), item.value()});
  }
  for (const auto& item : module.named_buffers(false)) {
    entries.push_back({prefix + item.key(), item.value()});
  }
  for (const auto& item : module.named_children()) {
    append(entries, *item.value(), prefix + item.key() + ".");
  }
}

std::string_view type_name(at::ScalarType type) {
  switch (type) {
    case at::kLong: return "int64";
    case at::kDouble: return "float64";
    case at::kHalf: return "float16";
    case at::kBFloat16: return "bfloat16";
    default: return "float32";
  }
}

void fill_by_recipe(torch::nn::Module& network, const baselines::Recipe& recipe) {
  std::vector<StateEntry> entries = state_dict(network);
  std::vector<checkpoint::RecipeTensor> tensors;
  for (const StateEntry& entry : entries) {
    tensors.push_back({.name = entry.name,
                       .shape = entry.tensor.sizes().vec(),
                       .type = entry.tensor.is_floating_point() ? checkpoint::ElementType::f32
                                                                : checkpoint::ElementType::i64});
  }
  checkpoint::RecipeSettings settings{.seed = recipe.seed, .gain = recipe.gain};
  for (const auto& [name, change] : recipe.overrides) {
    settings.overrides[name] = {.mul = change.factor, .add = change.offset};
  }
  const checkpoint::Recipe formula{std::move(tensors), std::move(settings)};
  std::vector<float> values;
  for (std::size_t i = 0; i < entries.size(); ++i) {  // of several names the last one counts
    Tensor& tensor = entries[i].tensor;
    values.resize(static_cast<std::size_t>(tensor.numel()));
    formula.fill(i, values);
    tensor.copy_(at::from_blob(values.data(), tensor.sizes()));
  }
}

/// What decides the weights of a recipe.
std::string recipe_digest(const baselines::Recipe& recipe) {
  std::string text = fmt::format("recipe {} {}\n", recipe.seed, recipe.gain);
  for (const auto& [name, change] : recipe.overrides) {
    text += fmt::format("{} {} {}\n", name, change.factor, change.offset);
  }
  return sha256_hex(std::string_view{text});
}

std::filesystem::path require_published(const NetworkFile& file) {
  if (auto found = baselines::find_weights(file.published)) return *found;
  constexpr std::string_view kFormula =
      "; --weights recipe:1 shows that all works, with mattes that mean nothing";
  std::string folders;
  for (const auto& folder : baselines::weights_folders()) folders += ' ' + folder.string();
  ErrorParts parts{.what = fmt::format("the weights of {} are not here", file.network)};
  if (file.published.empty()) {
    const std::string_view reason = file.unnamed.empty() ? "none are published" : file.unnamed;
    parts.expected = fmt::format("--weights FILE: {}", reason);
    parts.fix = fmt::format("name a file with --weights{}", kFormula);
  } else {
    parts.expected = fmt::format("{} in{}", file.published, folders);
    parts.fix = fmt::format(
        "name the file with --weights, or put it into one of these folders (more of them: "
        "MBENCH_WEIGHTS_PATH){}",
        kFormula);
  }
  throw Error{ErrorKind::unavailable, std::move(parts)};
}

void require_finite(std::span<const float> values, const std::string& name) {
  const auto bad = std::ranges::count_if(values, [](float value) { return !std::isfinite(value); });
  if (bad == 0) return;
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("the tensor '{}' holds numbers that are not finite", name),
               .expected = "finite numbers only",
               .found = fmt::format("{} of {} are NaN or infinite", bad, values.size()),
               .fix = "the training diverged, or the file is damaged: take another one"}};
}

void fill_from_file(torch::nn::Module& network, const NetworkFile& file,
                    const checkpoint::Checkpoint& stored) {
  // A tensor with several names is wanted once, under any of them.
  checkpoint::WantedTensors wanted{.network = std::string{file.network}};
  for (const std::string_view prefix : file.unused_prefixes) {
    wanted.ignored_prefixes.emplace_back(prefix);
  }
  std::vector<Tensor> tensors;
  std::map<const void*, std::size_t> places;
  for (const StateEntry& entry : state_dict(network)) {
    const auto [place, is_new] = places.emplace(entry.tensor.unsafeGetTensorImpl(), tensors.size());
    if (is_new) {
      tensors.push_back(entry.tensor);
      wanted.tensors.push_back({.shape = entry.tensor.sizes().vec()});
    }
    wanted.tensors[place->second].names.push_back(entry.name);
  }
  const std::vector<const checkpoint::StoredTensor*> found = checkpoint::match(wanted, stored);
  std::vector<float> values;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    if (found[i] == nullptr) {
      tensors[i].zero_();
      continue;
    }
    values.resize(static_cast<std::size_t>(tensors[i].numel()));
    found[i]->copy_float32(values);
    require_finite(values, wanted.tensors[i].names.back());
    tensors[i].copy_(at::from_blob(values.data(), tensors[i].sizes()));
  }
}

}  // namespace

std::vector<StateEntry> state_dict(const torch::nn::Module& network) {
  std::vector<StateEntry> entries;
  append(entries, network, "");
  return entries;
}

std::vector<baselines::TensorFacts> facts(std::span<const StateEntry> entries) {
  std::vector<baselines::TensorFacts> all;
  for (const StateEntry& entry : entries) {
    all.push_back({.name = entry.name,
                   .shape = entry.tensor.sizes().vec(),
                   .type = std::string{type_name(entry.tensor.scalar_type())}});
  }
  return all;
}

std::int64_t parameter_count(const torch::nn::Module& network) {
  std::set<const void*> seen;
  std::int64_t count = 0;
  for (const Tensor& parameter : network.parameters()) {
    if (seen.insert(parameter.unsafeGetTensorImpl()).second) count += parameter.numel();
  }
  return count;
}

LoadedWeights load_weights(torch::nn::Module& network, const NetworkFile& file,
                           const baselines::WeightsChoice& choice) {
  const at::NoGradGuard no_gradients;
  if (choice.recipe) {
    fill_by_recipe(network, *choice.recipe);
    return {.name = to_string(choice), .sha256 = recipe_digest(*choice.recipe), .untrained = true};
  }
  const std::filesystem::path path = choice.file.empty() ? require_published(file) : choice.file;
  const checkpoint::Checkpoint stored = checkpoint::read_checkpoint(path);
  try {
    fill_from_file(network, file, stored);
  } catch (const Error& error) {
    throw error.at(path.string());
  }
  return {.name = path.string(),
          .sha256 = stored.sha256,
          .reading = fmt::format("{}: {}", path.string(), checkpoint::describe(stored))};
}

}  // namespace mbench::deep
