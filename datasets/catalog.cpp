#include <array>

#include "datasets/aim500.hpp"
#include "datasets/alphamatting.hpp"
#include "datasets/clips.hpp"
#include "datasets/composition_1k.hpp"
#include "datasets/dataset.hpp"
#include "datasets/demo_set.hpp"
#include "datasets/folder.hpp"

namespace mbench::datasets {
namespace {

// The only list of adapters. A folder is read by the first that recognises it, so the most specific
// layout comes first; `demo` recognises no folder, it is opened by its name.
constexpr std::array kCatalog{&demo_dataset,           &aim500_dataset, &alphamatting_dataset,
                              &composition_1k_dataset, &clips_dataset,  &folder_dataset};

}  // namespace

std::span<const DatasetEntry* const> all_adapters() { return kCatalog; }

}  // namespace mbench::datasets
